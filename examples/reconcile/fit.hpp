// SPDX-License-Identifier: BSL-1.0
//
// Garmin's FIT files, which most watches and bike computers write: bytes in, activities out.
//
//     auto file = decode_fit(bytes);                     // a triathlon: swim, transition, ride, transition, run
//     file.activities[0]                                 // ordinal 1: the whole, sport triathlon
//     file.activities[3]                                 // ordinal 4: the ride, parent_ordinal 1
//
// - An input may be several FIT files one after another; their activities are numbered on.
// - Sessions of one file are linked when each starts no more than 30 minutes after the one before has ended and overlaps it
//   by no more than a minute. Linked ones give a record of the whole and one each; others are activities of their own.
// - A damaged file is read up to its last good message. Without a session (the device crashed) the activity is made from the
//   positions and values, and `computed` names what was derived.
// - A start before 1998 is seconds since the device was switched on, not a date: `clock_unset`.
#pragma once

#include "decoded.hpp"

#include <cstddef>
#include <span>

namespace reconcile {

/// Errors      none thrown but std::bad_alloc; whatever is wrong is a finding. Files that hold no activity (workouts,
///             courses, settings) are skips, unreadable ones rejects.
/// Complexity  O(bytes), and O(n log n) in the samples where their times do not ascend.
[[nodiscard]] decoded decode_fit(std::span<const std::byte> bytes, const decode_limits& limits = {});

}  // namespace reconcile

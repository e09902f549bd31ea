// SPDX-License-Identifier: BSL-1.0
//
// A recording as the report draws it: values at even steps of time, so few that thousands of recordings fit into one page.
//
//     compact_samples(ride, 400)    at most 400 steps: positions, heart rate, power, speed, elevation
//
// As compact_text.hpp says: count, first time in ms since the record's start, step in ms, columns (bit 0: positions, 1: heart
// rate, 2: power, 3: speed, 4: elevation); with positions, the quantum in 1/1 000 000 degree. Then the columns, each number as the
// difference to the one before: latitude, longitude, bpm, W, 1/20 m/s, 1/2 m. Nothing stands where nothing was recorded.
#pragma once

#include <coincide/record/activity.hpp>

#include <cstddef>
#include <string>

namespace reconcile {

/// About how many characters one step of a record takes that has these columns, whatever their length; 0: nothing to draw.
[[nodiscard]] std::size_t characters_a_step(const coincide::activity& record);

/// Empty when there is nothing to draw: less than two samples. There are no more steps than samples.
[[nodiscard]] std::string compact_samples(const coincide::activity& record, std::size_t steps_max);

}  // namespace reconcile

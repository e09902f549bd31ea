// SPDX-License-Identifier: BSL-1.0
//
// What people and files do to a record: hide its ends, lose its end, type it in, read its clock in the wrong zone.
//
//     hide_ends(copy, 400, hidden::moved);                  // the first and last 400 m; the start is that of the first fix left
//     shift(copy, misread::as_utc, ghent);                  // 18:00 in Ghent became 18:00 UTC
//     auto entry = by_hand(ride, {.minutes = 15}, ghent);   // "about a quarter past, an hour and a quarter, 30 km"
#pragma once

#include "random.hpp"
#include "zone.hpp"

#include <coincide/record/activity.hpp>

namespace accuracy {

enum class hidden : std::uint8_t { kept, moved, totals };

/// False: too short a track to hide anything.
bool hide_ends(coincide::activity&, double meters, hidden);

/// The file ends early; what was written says no totals of the whole.
void cut_off(coincide::activity&, int keep_s);

/// How a time of day goes wrong on its way through text without a zone.
enum class misread : std::uint8_t { as_utc, as_local, sign, summer, at_server };
/// What is added to the start.
[[nodiscard]] seconds shift_of(misread, const city&, instant start);
void shift(coincide::activity&, misread, seconds by, rng&);

/// How roughly somebody remembers.
struct rounding {
    int start_min = 15, duration_min = 5;
    double distance_m = 1000;
    bool tells_precision = false, only_day = false;
};
[[nodiscard]] coincide::activity by_hand(const coincide::activity&, rounding, const city&, rng&);

}  // namespace accuracy

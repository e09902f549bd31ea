// SPDX-License-Identifier: BSL-1.0
//
// Clocks that are known to be wrong: a service that takes local time for UTC, a watch that was never set right.
//
//     {.source = "strava", .from = 2024-03-01, .to = 2024-03-20, .ahead = 7 h}     its records of that time may be 7 h late
//     {.device_serial = "3999", .from = …, .to = …, .ahead = -22 min}              this watch was 22 min behind
//
// The table is part of the policy, so that grouping stays a pure function; learn_clocks (group/learn_clocks.hpp) makes one of a history.
// A record keeps the time it came with. Pairs are compared on it and on the corrected one, and a link tells which was used.
#pragma once

#include <coincide/record/describe.hpp>
#include <coincide/record/device.hpp>
#include <coincide/record/time.hpp>

#include <cstdint>
#include <span>
#include <string>

namespace coincide {

/// One clock's constant error over a period. Empty texts match anything; source and device both empty match nothing.
struct clock_error {
    std::string athlete_id{};
    std::string source{};
    std::string device_serial{};
    instant from{}, to{};      // of the records' own starts
    seconds ahead{};           // positive: the clock shows a later time than it is
    std::uint32_t pairs = 0;   // matched pairs that taught it

    friend bool operator==(const clock_error&, const clock_error&) = default;
};

/// By how much the clock of a record may be ahead; the first entry that fits counts. O(entries).
template <record R>
[[nodiscard]] seconds known_error(const R& r, std::span<const clock_error> clocks) {
    if (clocks.empty()) return seconds{0};
    const auto start = read(r, start_time);
    const auto from = read_if_bound(r, coincide::source), whose = read_if_bound(r, coincide::athlete_id);
    const device_info* on = read_if_bound(r, coincide::device);
    if (!start) return seconds{0};
    for (const auto& c : clocks) {
        if (*start < c.from || *start > c.to || (c.source.empty() && c.device_serial.empty())) continue;
        if (!c.athlete_id.empty() && (!whose || *whose != c.athlete_id)) continue;
        if (!c.source.empty() && (!from || *from != c.source)) continue;
        if (!c.device_serial.empty() && (!on || on->serial != c.device_serial)) continue;
        return c.ahead;
    }
    return seconds{0};
}

}  // namespace coincide

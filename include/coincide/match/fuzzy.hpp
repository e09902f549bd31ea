// SPDX-License-Identifier: BSL-1.0
//
// The published hard windows, to the letter, as named presets: start within so many seconds, durations and distances within so
// many per cent, the same type or not.
//
//     inside(presets::ridetool, a, b)      // ±2 min, ±15 % duration, ±10 % distance
//
// They are here to be compared with and for hosts that must keep them. They miss late starts, zone shifts, splits and trims,
// and merge short activities that follow each other; presets::balanced (policy.hpp) weighs evidence instead.
//
// "±10 %" is of the larger value, so that the order of the two does not matter. A value that one side lacks drops its
// criterion; it does not fail it. All in integers.
#pragma once

#include <coincide/match/signature.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace coincide {

struct fuzzy_window {
    seconds start_gap_max{120};
    std::int32_t duration_percent_max = 100;  // 100: not compared
    std::int32_t distance_percent_max = 100;
    bool same_sport = false;
    bool equal_key = false;   // start minute and whole metres alike are enough, whatever the duration
    bool gps_decides = false; // where both have a track, their overlap is the stronger signal

    friend constexpr bool operator==(const fuzzy_window&, const fuzzy_window&) = default;
};

namespace presets {
/// Requirement 004, three levels: provider id (the record's identity), the key start_minute||distance_m, and the fuzzy one:
/// ±2 min start, ±15 % duration, ±10 % distance.
inline constexpr fuzzy_window ridetool{.start_gap_max = seconds{120}, .duration_percent_max = 15, .distance_percent_max = 10, .equal_key = true};
/// Requirement 000: (athlete, start ±2 min, activity type, duration ±10 %), and "GPS overlap as a stronger signal when available".
inline constexpr fuzzy_window trainstack{.start_gap_max = seconds{120}, .duration_percent_max = 10, .same_sport = true, .gps_decides = true};
/// Requirement 003, scenario 3: start within a 10-minute window, and activity type.
inline constexpr fuzzy_window sync_prd{.start_gap_max = seconds{600}, .same_sport = true};
}  // namespace presets

namespace detail {
/// Starts farther apart than this are never inside: the gap, or the minute that equal keys share.
constexpr std::int64_t reach_of(const fuzzy_window& w) noexcept { return std::max<std::int64_t>(milliseconds{w.start_gap_max}.count(), w.equal_key ? 59999 : 0); }

/// |a - b| <= percent of the larger; true when one is unknown (0).
constexpr bool within_percent(std::uint32_t a, std::uint32_t b, std::int32_t percent) noexcept {
    if (a == 0 || b == 0 || percent >= 100) return true;
    const std::uint64_t larger = a > b ? a : b, smaller = a > b ? b : a;
    return 100 * (larger - smaller) <= static_cast<std::uint64_t>(percent) * larger;
}
/// Rounded down, before 1970 as well.
constexpr std::int64_t minute_of(std::int64_t ms) noexcept { return ms / 60000 - (ms % 60000 < 0); }
}  // namespace detail

/// Whether the rule takes two records of one athlete for one activity. Symmetric; monotone: a wider window never loses a pair.
[[nodiscard]] constexpr bool inside(const fuzzy_window& w, const signature& a, const signature& b) noexcept {
    if (a.athlete != b.athlete || a.clock_unset || b.clock_unset) return false;
    if (w.equal_key && a.distance_5cm != 0 && detail::minute_of(a.start_ms) == detail::minute_of(b.start_ms) && a.distance_5cm / 20 == b.distance_5cm / 20) return true;
    const auto gap = a.start_ms > b.start_ms ? a.start_ms - b.start_ms : b.start_ms - a.start_ms;
    if (gap > milliseconds{w.start_gap_max}.count()) return false;
    if (w.same_sport && a.has_sport && b.has_sport && a.sport != b.sport) return false;
    return detail::within_percent(a.elapsed_ms, b.elapsed_ms, w.duration_percent_max) &&
           detail::within_percent(a.distance_5cm, b.distance_5cm, w.distance_percent_max);
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// How much each sign weighs, and what sum joins two records. Policy is a value that the caller passes; nothing is global.
//
//     auto groups = group(rides, presets::balanced);
//
// Weights are in 1/100 bit: +100 doubles the odds that two records are one activity, -100 halves them. They are set by
// reasoning about how often a value arises for one activity and for two of one athlete whose times are near (docs/thresholds.md
// gives each with its source and what was measured), not fitted to a data set.
#pragma once

#include <coincide/match/evidence.hpp>
#include <coincide/match/fuzzy.hpp>
#include <coincide/match/gps_overlap.hpp>

#include <optional>
#include <span>

namespace coincide {

/// A step of a weight table: the weight holds up to and including `limit`.
struct weight_step {
    std::int32_t limit;
    centibits weight;
};

/// The weight of the first step whose limit is not exceeded, or `beyond`.
[[nodiscard]] constexpr centibits weigh(std::span<const weight_step> table, std::int64_t value, centibits beyond) noexcept {
    for (const auto& step : table)
        if (value <= step.limit) return step.weight;
    return beyond;
}

namespace weights {
/// Seconds between the starts. Devices started by one hand are seconds apart; ±2 min is the requirements' window, 10 min the
/// widest of them. Two unrelated starts of one waking day fall within 5 s of each other in 1 of 6000 cases.
inline constexpr weight_step start_gap_s[] = {{5, 700}, {30, 600}, {120, 500}, {300, 350}, {600, 250}, {1200, 100}};
/// A start known only to within so many seconds can earn no more than this; one known to the day, nothing.
inline constexpr weight_step start_precision_s[] = {{30, 700}, {60, 500}, {900, 350}, {3600, 250}, {21600, 100}};
/// Per mille of the longer duration (distance) by which the two differ.
inline constexpr weight_step duration_gap_pm[] = {{10, 300}, {50, 200}, {100, 100}, {150, 50}, {300, -100}, {500, -200}};
inline constexpr weight_step distance_gap_pm[] = {{1, 450}, {5, 400}, {20, 300}, {50, 200}, {100, 100}, {150, 0}, {300, -200}, {500, -400}};
inline constexpr centibits duration_beyond = -300, distance_beyond = -600;
/// Equal to the millisecond, and no whole second: by chance 1 in 1000 of those that are equal to the second. Taken for 3 of the
/// 10 bits, since a value that was copied may also have been copied wrongly.
inline constexpr centibits duration_to_the_ms = 300;
/// Duration, distance and energy of a workout move together: their agreement counts once, not as independent signs.
inline constexpr centibits totals_max = 600;
/// Start and span are both read from the clock: equal starts and durations imply the overlap.
inline constexpr centibits clock_max = 1000;
/// Indoors a distance is a model of a wheel or a step; 20 % apart between a trainer and a watch is common.
inline constexpr centibits indoor_distance_min = -100;
/// Equal, kin, family, unspecific, confused, unrelated.
inline constexpr centibits sport[] = {150, 100, 50, 0, -100, -600};
inline constexpr centibits athlete_pin = 100000, declared_parent = 5000, equal_file = 4000, named_origin = 3000, equal_file_id = 2500;
inline constexpr centibits equal_stem = 300, one_source = -500, one_person = -200, one_device = 300, equal_heart_rate = 150;
/// Parts of a whole that add up to it: the chance that unrelated records inside a long one do so is small.
inline constexpr centibits adds_up = 400;
inline constexpr centibits equal_values = 1000, high_correlation = 400;
/// A clock wrong by exactly what both totals say; a shift must be earned back by other signs.
inline constexpr centibits clock_shift_by_track = -300, clock_shift_exact = 200, clock_shift_close = -50;
}  // namespace weights

struct match_policy {
    centibits join_min = 800;    // 8 bits: 256 to 1 beyond even odds among near pairs
    centibits review_min = 400;  // from here on a person is asked
    centibits veto_max = -200;   // two groups do not join when a pair across them sums to less
    raster_options sampling{};
    overlap_options overlap{};
    /// Set: this hard window alone decides, as the named requirement says; evidence is reported all the same.
    std::optional<fuzzy_window> window{};

    constexpr match_policy() = default;
    constexpr match_policy(const fuzzy_window& w) : window{w} {}  // NOLINT: a preset of a requirement is a policy
};

/// What a sum of evidence comes to.
[[nodiscard]] constexpr decision verdict_of(centibits total, const match_policy& policy) noexcept {
    return total >= policy.join_min ? decision::join : total >= policy.review_min ? decision::review : decision::apart;
}

namespace presets {
inline constexpr match_policy balanced{};
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// How much each sign weighs, in 1/100 bit: +100 doubles the odds that two records are one activity, -100 halves them.
//
//     starts 41 s apart          level 2 of `start`      +5.00
//     distances 1.2 % apart      level 2 of `distance`   +3.00
//
// Signs that depend on the athlete and the devices stand in `weight_table`, a value that is part of the policy and may be replaced. The
// rest are constants. All are set by reasoning about how often a value arises for one activity and for two of
// one athlete whose times are near (docs/thresholds.md gives each with its source and what was measured), not fitted to a data set.
#pragma once

#include <coincide/match/evidence.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace coincide {

/// A table's level: the first limit that is not exceeded, or the number of limits.
[[nodiscard]] constexpr std::size_t level_of(std::span<const std::int32_t> limits, std::int64_t value) noexcept {
    std::size_t level = 0;
    while (level < limits.size() && value > limits[level]) ++level;
    return level;
}

namespace limits {
/// Seconds between the starts, beyond what their precisions explain. Devices started by one hand are seconds apart; ±2 min is the
/// requirements' window, 10 min the widest of them. Two unrelated starts of one waking day fall within 5 s of each other in 1 of 6000 cases.
inline constexpr std::int32_t start_gap_s[] = {5, 30, 120, 300, 600, 1200};
/// Per mille of the longer duration (distance) by which the two differ.
inline constexpr std::int32_t duration_gap_pm[] = {10, 50, 100, 150, 300, 500};
inline constexpr std::int32_t distance_gap_pm[] = {1, 5, 20, 50, 100, 150, 300, 500};
/// Per mille of the shorter span that is not common.
inline constexpr std::int32_t span_missed_pm[] = {50, 200, 500, 800, 999};
/// Per mille of the common seconds that the tracks are apart.
inline constexpr std::int32_t track_missed_pm[] = {200, 500, 600, 750, 900};
}  // namespace limits

/// A weight for each level of a sign; the last one holds beyond all limits.
struct weight_table {
    std::array<centibits, 7> start{700, 600, 500, 350, 250, 100, 0};
    std::array<centibits, 6> overlap{700, 600, 400, -300, -800, -1500};  // of spans of ten minutes and more
    std::array<centibits, 7> duration{300, 200, 100, 50, -100, -200, -300};
    std::array<centibits, 9> distance{450, 400, 300, 200, 100, 0, -200, -400, -600};
    std::array<centibits, 6> track{1200, 800, -300, -600, -800, -1400};
    std::array<centibits, 6> sport{150, 100, 50, 0, -100, -600};  // equal, kin, family, unspecific, confused, unrelated

    friend constexpr bool operator==(const weight_table&, const weight_table&) = default;
};

/// A step of a constant table: the weight holds up to and including `limit`.
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
/// A start known only to within so many seconds can earn no more than this; one known to the day, nothing.
inline constexpr weight_step start_precision_s[] = {{30, 700}, {60, 500}, {900, 350}, {3600, 250}, {21600, 100}};
/// Equal to the millisecond, and no whole second: by chance 1 in 1000 of those that are equal to the second. Taken for 3 of the
/// 10 bits, since a value that was copied may also have been copied wrongly.
inline constexpr centibits duration_to_the_ms = 300;
/// Duration, distance and energy of a workout move together: their agreement counts once, not as independent signs.
inline constexpr centibits totals_max = 600;
/// Start and span are both read from the clock: equal starts and durations imply the overlap.
inline constexpr centibits clock_max = 1000;
/// A distance typed in whole kilometers says no more than that the other one rounds to it: one in two of an athlete's usual distances does.
inline constexpr centibits rounded_distance = 100;
/// Indoors a distance is a model of a wheel or a step; 20 % apart between a trainer and a watch is common.
inline constexpr centibits indoor_distance_min = -100;
inline constexpr centibits athlete_pin = 100000, declared_parent = 5000, equal_file = 4000, named_origin = 3000, equal_file_id = 2500;
inline constexpr centibits equal_stem = 300, one_source = -600, one_person = -200, one_device = 300, equal_heart_rate = 150;
/// A record that names but the day, or none, and one activity that fits while nothing else does: a day has one or two.
inline constexpr centibits only_one = 400;
/// Parts of a whole that add up to it: the chance that unrelated records inside a long one do so is small.
inline constexpr centibits adds_up = 400;
inline constexpr centibits equal_values = 1000, high_correlation = 400;
/// A pair counts for no more than this where a group is asked: one sure likeness outvotes a mild doubt, not a row of them.
inline constexpr centibits vote_max = 2000;
/// A wrong clock that tracks or sensor values show; it must be earned back by them.
inline constexpr centibits clock_shift_by_track = -300;
/// Of a clock that was never set: any shift is as likely, and the whole history was looked through for a track that fits. Some 30 of one
/// way (an assumption) are 5 bits more.
inline constexpr centibits clock_shift_unset = -800;
/// … where the best shifts of the stretches are a way of more than 10 m apart, as those of one habit at one pace may be, 4 bits more.
inline constexpr centibits clock_shift_unset_loose = -1200;
inline constexpr std::int32_t loose_fit_m = 10;
/// Two tracks with no shift at which they fit, where no clock says which.
inline constexpr centibits no_shift_fits = -600;
/// By what the clock is known to have been wrong around that time: at least a quarter of its pairs were.
inline constexpr centibits clock_shift_known = -200;
/// Without a track: one record in some 200 (an assumption) stands under a wrong zone, and has two habits of like length within reach (-9 bits). Seconds
/// by which the starts miss a quarter of an hour: a habit comes within 1 s in 3 of 900 cases (+8), within 3 s in 7, within 10 s in 21.
inline constexpr weight_step off_quarter_s[] = {{1, -100}, {3, -200}, {10, -350}, {30, -500}};
/// A start that was cut to the minute misses no more than a minute: 1 in 15. Two planned starts of planned activities do in 1 of 3.
inline constexpr centibits quarter_of_minutes = -500, quarter_of_plans = -750, next_day = -500;
/// What totals say more, or less, than between near records: a habit's durations are taken to lie some 4 %, its distances 1 % apart.
inline constexpr weight_step habit_duration_s[] = {{1, 550}, {3, 400}, {10, 250}, {30, 100}};
inline constexpr weight_step habit_distance_pm_tenths[] = {{1, 500}, {10, 300}, {50, 100}};
inline constexpr centibits equal_meters = 600, equal_decimeters = 800, planned_duration = 200, planned_distance = 150;
/// Equal figures of a copy: by chance in an assumed 1 of 6 for heart rates and climbs, 1 of 16 for energy.
inline constexpr centibits equal_bpm = 250, equal_energy = 400, equal_climb = 250, equal_power = 300;
}  // namespace weights

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// A clock that may be wrong by more than seconds: a zone taken twice or not at all, or an error that no zone explains.
//
//     export shifted by 7 h, same track     one constant shift, 100 % of 3600 s at one place    -3 + 12
//     export shifted by 7 h, no track       a quarter of an hour, totals and figures equal to the second and the metre
//     commute, 30 min of the hour apart     another best shift on every stretch                 nothing
//
// It needs strong second evidence, because athletes repeat themselves: a track that fits at one shift only and at the same one all
// along, sensor values that are equal second by second, or totals that are equal and not round. One device, or one service, that
// lists two activities at two times does not contradict itself.
#pragma once

#include <coincide/match/track_signs.hpp>

#include <algorithm>
#include <cstdint>

namespace coincide::detail {

inline constexpr std::int64_t quarter_ms = 900000;
inline constexpr std::int64_t clock_reach_ms = 26 * 3600000;  // zones reach from -12 h to +14 h, and the sign of one may be reversed

/// The quarter hour nearest to a difference of clocks.
constexpr std::int64_t quarters_in(std::int64_t ms) noexcept { return (ms + (ms < 0 ? -1 : 1) * quarter_ms / 2) / quarter_ms; }

/// The same hour of the next day is a habit far more often than a clock that is wrong by a day.
constexpr bool is_next_day(std::int64_t apart_ms) noexcept { return magnitude(magnitude(apart_ms) - 24 * 3600000) <= 5400000; }

/// By the tracks, near one of the likely shifts: the quarter hours around the difference of the starts, that difference itself, that
/// of the ends.
inline bool weigh_shifted_tracks(const features& a, const features& b, const totals_view& t, const raster& ta, const raster& tb,
                                 const match_policy& policy, bool touching, comparison& out) noexcept {
    const auto apart_ms = a.sig.start_ms - b.sig.start_ms, ends_apart_ms = a.sig.end_ms() - b.sig.end_ms();
    const auto nearest = quarters_in(apart_ms);
    track_overlap found;
    for (const auto around_s : {nearest * 900, (nearest - 1) * 900, (nearest + 1) * 900, apart_ms / 1000, ends_apart_ms / 1000}) {
        if (magnitude(around_s) <= 60 || !perhaps_one_way(ta, tb, around_s)) continue;
        const auto here = gps_overlap(ta, tb, policy.overlap, around_s);
        if (better(here, found) && here.common_s * 2 >= static_cast<std::int64_t>(std::min(ta.valid, tb.valid))) found = here;
    }
    const auto whole_quarter = magnitude(found.shift_s - quarters_in(found.shift_s * 1000) * 900) <= policy.overlap.shift_s_max;
    const bool likely = touching || (whole_quarter && !is_next_day(apart_ms));
    const bool enough = likely ? found.per_mille() >= 900 && found.common_s >= (t.close() ? 300 : 900) : found.per_mille() >= 970 && found.common_s >= 1200 && (t.close() || !is_next_day(apart_ms));
    if (!enough) return false;
    const auto fit = fit_of_shift(ta, tb, found.shift_s);
    if (!fit.constant() || fits_elsewhere(ta, tb, found.shift_s, policy.overlap.gap_m_max)) return false;
    out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(found.shift_s), 0, likely || t.close() ? weights::clock_shift_by_track : weight_of_any_shift(fit));
    out.why.add(evidence_code::gps, found.per_mille(), saturate<std::int32_t>(found.common_s), weight_of_track(found, policy.weights));
    return true;
}

/// By heart rate, power or cadence that is equal second by second at a whole quarter of an hour: a copy.
inline bool weigh_shifted_values(const prepared_tracks& ta, const prepared_tracks& tb, std::int64_t shift_s, comparison& out) noexcept {
    for (std::size_t c = 0; c < ta.values.size(); ++c) {
        const auto v = compare_values(ta.values[c], tb.values[c], shift_s);
        if (v.common_s < 600 || v.varied < 60 || v.equal_per_mille < 950) continue;
        out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(shift_s), 0, weights::clock_shift_by_track);
        out.why.add(evidence_code::values, v.equal_per_mille, v.common_s, weights::equal_values);
        return true;
    }
    return false;
}

/// By totals and other figures, at a whole quarter of an hour. Habits have like totals, so only what is equal to the second, the metre
/// or the beat speaks for a copy; round totals (60 min, 10 km) repeat themselves every other day.
inline bool weigh_shifted_totals(const features& a, const features& b, const totals_view& t, std::int64_t quarters, const weight_table& of,
                                 comparison& out) noexcept {
    const auto apart_ms = a.sig.start_ms - b.sig.start_ms;
    const auto off_s = (magnitude(apart_ms - quarters * quarter_ms) + 500) / 1000;
    const auto whole = [](const features& f, std::int64_t ms) { return f.sig.start_ms % ms == 0; };
    auto weight = weigh(weights::off_quarter_s, off_s, -10000);
    const bool round_durations = t.durations.a % 60000 == 0 && t.durations.b % 60000 == 0, round_distances = t.distance_known && t.round_distances();
    if (whole(a, 60000) || whole(b, 60000)) weight = off_s < 60 ? weights::quarter_of_minutes : -10000;
    if (whole(a, 300000) && whole(b, 300000) && (round_durations || round_distances)) weight = weights::quarter_of_plans;
    if (is_next_day(apart_ms)) weight += weights::next_day;
    if (weight < -2000 || !t.durations.known()) return false;

    const auto missed_s = (magnitude(t.durations.a - t.durations.b) + 500) / 1000;
    const auto missed_pm = t.distance_known ? static_cast<std::int64_t>(t.gap_m() * 10000.0 / t.larger_m()) : 0;
    auto of_duration = weigh(weights::habit_duration_s, missed_s, 0), of_distance = centibits{0};
    if (round_durations) of_duration = std::min(of_duration, weights::planned_duration);
    const auto decimeters = [](double m) { return round_half_away(m * 10); };
    if (t.distance_known) of_distance = weigh(weights::habit_distance_pm_tenths, missed_pm, 0);
    if (t.distance_known && decimeters(t.a_m) == decimeters(t.b_m)) of_distance = decimeters(t.a_m) % 10 == 0 ? weights::equal_meters : weights::equal_decimeters;
    if (round_distances) of_distance = std::min(of_distance, weights::planned_distance);

    centibits of_figures = 0;
    std::int32_t equal = 0, known = 0;
    const auto consider = [&](std::int32_t x, std::int32_t y, centibits more) {
        known += x > 0 && y > 0;
        if (x > 0 && x == y) ++equal, of_figures += more;
    };
    consider(a.avg_heart_rate, b.avg_heart_rate, weights::equal_bpm), consider(a.max_heart_rate, b.max_heart_rate, weights::equal_bpm);
    consider(a.energy_kcal, b.energy_kcal, weights::equal_energy), consider(a.climb_m, b.climb_m, weights::equal_climb);
    consider(a.avg_power_w, b.avg_power_w, weights::equal_power);

    out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(quarters * 900), 0, weight);
    out.why.add(evidence_code::equal_totals, saturate<std::int32_t>(missed_s), t.distance_known ? saturate<std::int32_t>(round_half_away(t.gap_m())) : -1,
                of_duration + of_distance - weight_of_totals(a, b, t, of).sum());
    if (known > 0) out.why.add(evidence_code::figures, equal, known, of_figures);
    return true;
}

/// Tries a wrong clock, and says whether it explains the pair: then the two times are no evidence. `touching` where a good part of
/// the spans is common, since one athlete cannot do two things at once.
inline bool weigh_clock_shift(const features& a, const features& b, const totals_view& t, const prepared_tracks* ta, const prepared_tracks* tb,
                              const match_policy& policy, bool touching, comparison& out) noexcept {
    const auto apart_ms = a.sig.start_ms - b.sig.start_ms;
    if (magnitude(apart_ms) > clock_reach_ms + 60000 || std::min(a.sig.elapsed_ms, b.sig.elapsed_ms) < 300000) return false;
    if (!touching && one_clock(a.sig, b.sig) && !t.exact()) return false;

    const bool game = a.sig.virtual_place || b.sig.virtual_place;
    if (ta && tb && !game && !ta->path.empty() && !tb->path.empty()) return weigh_shifted_tracks(a, b, t, ta->path, tb->path, policy, touching, out);

    const auto quarters = quarters_in(apart_ms);
    if (quarters == 0) return false;
    const bool near_quarter = magnitude(apart_ms - quarters * quarter_ms) <= 3000;
    if (ta && tb && near_quarter && weigh_shifted_values(*ta, *tb, quarters * 900, out)) return true;
    return weigh_shifted_totals(a, b, t, quarters, policy.weights, out);
}

}  // namespace coincide::detail

// SPDX-License-Identifier: BSL-1.0
//
// What tracks and sensor values say of two records: one place at the same seconds, one curve of heart rate, power or cadence.
//
//     98 % of 3600 common seconds at one place                 +12
//     28 %, two runs from one door                             -6
//     0 %, but 99 % with one clock 300 s later, all along      clock_shift -3, gps +12
//     equal heart rates in 100 % of 3600 s                     +10
#pragma once

#include <coincide/match/constant_shift.hpp>
#include <coincide/match/shift_by_places.hpp>
#include <coincide/match/signs.hpp>

#include <algorithm>
#include <cstdint>

namespace coincide::detail {

constexpr centibits weight_of_track(const track_overlap& o, const weight_table& of) noexcept { return of.track[level_of(limits::track_missed_pm, 1000 - o.per_mille())]; }

/// A shift that no zone explains is as good as any, and so is that of a clock that was never set.
constexpr centibits weight_of_any_shift(const shift_fit& fit) noexcept { return fit.spread_m > weights::loose_fit_m ? weights::clock_shift_unset_loose : weights::clock_shift_unset; }

/// Enough common time is needed for any answer.
constexpr bool enough_common(const track_overlap& o, const raster& a, const raster& b) noexcept {
    return o.common_s >= 20 && o.common_s * 4 >= static_cast<std::int64_t>(std::min(a.valid, b.valid));
}

/// Positions at the same second, then heart rate, power and cadence at the same second; a's clock is `ahead_s` ahead.
inline void weigh_tracks(const features& a, const features& b, const clock_view& clock, const prepared_tracks* ta, const prepared_tracks* tb,
                         const match_policy& policy, std::int64_t ahead_s, comparison& out) noexcept {
    if (!ta || !tb) return;
    const bool game = a.sig.virtual_place || b.sig.virtual_place;
    std::int64_t shift_s = ahead_s;
    if (!ta->path.empty() && !tb->path.empty()) {
        auto found = gps_overlap(ta->path, tb->path, policy.overlap, ahead_s);
        if (found.per_mille() < 500 && enough_common(found, ta->path, tb->path) && !game && !policy.window && ahead_s == 0) {
            // elsewhere at every second, yet along the same way: one clock may be minutes off
            constexpr std::int64_t reach_s = 660, shortest_s = 300;
            const auto guess = shift_by_places(ta->path, tb->path, reach_s);
            const auto shifted = guess.likely() ? gps_overlap(ta->path, tb->path, policy.overlap, guess.shift_s) : track_overlap{};
            const bool enough = shifted.per_mille() >= 900 && shifted.common_s >= shortest_s && enough_common(shifted, ta->path, tb->path);
            const auto fit = enough ? fit_of_shift(ta->path, tb->path, shifted.shift_s) : shift_fit{};
            if (fit.constant() && !fits_elsewhere(ta->path, tb->path, shifted.shift_s, policy.overlap.gap_m_max)) {
                found = shifted;
                found.shift_s += fit.middle_s;  // to the second, for what sensors say
                out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(found.shift_s), 0, weights::clock_shift_by_track);
            }
        }
        shift_s = found.shift_s;
        if (enough_common(found, ta->path, tb->path)) {
            auto weight = weight_of_track(found, policy.weights);
            // few samples prove little; a game's positions prove nothing against
            if (weight > 0 && found.common_s < 120) weight = weight * static_cast<centibits>(found.common_s) / 120;
            if (weight < 0 && game) weight = 0;
            out.why.add(evidence_code::gps, found.per_mille(), saturate<std::int32_t>(found.common_s), weight);
        }
    }
    value_overlap best{};
    for (std::size_t c = 0; c < ta->values.size(); ++c) {
        const auto v = compare_values(ta->values[c], tb->values[c], shift_s);
        if (v.common_s < 120 || v.varied < 20) continue;
        if (std::max(v.equal_per_mille, v.correlation) > std::max(best.equal_per_mille, best.correlation)) best = v;
    }
    if (best.equal_per_mille >= 950) out.why.add(evidence_code::values, best.equal_per_mille, best.common_s, weights::equal_values);
    else if (best.correlation >= 900) out.why.add(evidence_code::correlation, best.correlation, best.common_s, weights::high_correlation);
    if (clock.touch() && clock.spans.per_mille() >= 500 && a.sig.device != 0 && a.sig.device == b.sig.device)
        out.why.add(evidence_code::same_device, 0, 0, weights::one_device);
}

}  // namespace coincide::detail

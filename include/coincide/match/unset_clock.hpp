// SPDX-License-Identifier: BSL-1.0
//
// A clock that was never set (1989, 1970, 2099): its times say nothing, so only the shape of what was recorded does.
//
//     ride of 1989-12-31, ride of 2024-05-01     41 of 48 places passed 12 538 days apart, within 20 s
//                                                98 % of 3600 s at one place with that shift, and with no other     -8 + 12
//     trainer of 1970-01-01, of 2024-05-01       starts on each other: heart rate equal in 99 % of 2400 s           -3 + 10
#pragma once

#include <coincide/match/track_signs.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>

namespace coincide {

namespace detail {

/// Where both tracks are at one place all along, at one shift; per mille 0 where nowhere.
inline track_overlap fit_by_place(const raster& a, const raster& b, const overlap_options& options) noexcept {
    const auto guess = shift_by_places(a, b, std::numeric_limits<std::int32_t>::max());
    if (!guess.likely()) return {};
    const auto here = gps_overlap(a, b, options, guess.shift_s);
    return here.common_s * 2 >= static_cast<std::int64_t>(std::min(a.valid, b.valid)) ? here : track_overlap{};
}

/// Of two series, at the shift that puts their starts or their ends on each other, give or take 3 s.
inline value_overlap fit_by_ends(const value_series& a, const value_series& b, std::int64_t& shift_s) noexcept {
    value_overlap best;
    if (a.value.empty() || b.value.empty()) return best;
    const bool first = std::tie(a.first_s, a.value) < std::tie(b.first_s, b.value);
    for (const auto around_s : {a.first_s - b.first_s, a.end_s() - b.end_s()})
        for (const std::int64_t off_s : {0, -1, 1, -2, 2, -3, 3}) {
            const auto here = compare_values(a, b, around_s + off_s);
            if (here.common_s < 600) continue;
            const auto so_far = std::tuple{best.equal_per_mille, best.common_s}, now = std::tuple{here.equal_per_mille, here.common_s};
            const auto at_s = around_s + off_s;
            // of two equally good ones, the same one from either side
            if (now > so_far || (now == so_far && (first ? at_s < shift_s : at_s > shift_s))) best = here, shift_s = at_s;
        }
    return best;
}

/// What places and sensor values say of two records of which at least one has no set clock. Returns the shift that
/// explains the pair: seconds by which a's clock is ahead.
[[nodiscard]] inline std::optional<std::int64_t> weigh_unset_clock(const features& a, const features& b, const prepared_tracks& ta, const prepared_tracks& tb, const match_policy& policy, comparison& out) noexcept {
    constexpr std::int64_t shortest_s = 300, shift_max_s = std::numeric_limits<std::int32_t>::max();
    const bool game = a.sig.virtual_place || b.sig.virtual_place;
    const auto enough = [](const raster& r) { return static_cast<std::int64_t>(r.valid) >= shortest_s; };
    std::int64_t shift_s = 0;
    bool found = false;
    if (!game && enough(ta.path) && enough(tb.path)) {
        const auto here = fit_by_place(ta.path, tb.path, policy.overlap);
        const auto fit = here.per_mille() >= 900 && here.common_s >= shortest_s && magnitude(here.shift_s) <= shift_max_s - 60 ? fit_of_shift(ta.path, tb.path, here.shift_s) : shift_fit{};
        found = fit.constant() && !fits_elsewhere(ta.path, tb.path, here.shift_s, policy.overlap.gap_m_max);
        shift_s = here.shift_s + fit.middle_s;  // to the second, for what sensors say; middle_s is 60 s at most
        // two clocks that were never set, and agree, are right about each other
        const bool agree = a.sig.clock_unset && b.sig.clock_unset && magnitude(shift_s) <= 60;
        if (found && !agree)
            out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(shift_s), 1, weight_of_any_shift(fit));
        out.why.add(evidence_code::gps, here.per_mille(), saturate<std::int32_t>(here.common_s), found ? weight_of_track(here, policy.weights) : weights::no_shift_fits);
        if (!found) return std::nullopt;
    }
    value_overlap best;
    for (std::size_t c = 0; c < ta.values.size(); ++c) {
        auto by_ends_s = shift_s;
        const auto v = found ? compare_values(ta.values[c], tb.values[c], shift_s) : fit_by_ends(ta.values[c], tb.values[c], by_ends_s);
        if (v.common_s < 600 || v.varied < 60 || v.equal_per_mille < 950 || v.equal_per_mille <= best.equal_per_mille || magnitude(by_ends_s) > shift_max_s) continue;
        best = v;
        if (!found) shift_s = by_ends_s;
    }
    if (best.common_s == 0) return found ? std::optional{shift_s} : std::nullopt;
    if (!found) out.why.add(evidence_code::clock_shift, static_cast<std::int32_t>(shift_s), 1, weights::clock_shift_by_track);
    out.why.add(evidence_code::values, best.equal_per_mille, best.common_s, weights::equal_values);
    return shift_s;
}

}  // namespace detail

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// A clock that was never set (1989, 1970, 2099): its times say nothing, so only the shape of what was recorded does.
//
//     ride of 1989-12-31, ride of 2024-05-01     north-, south-, east- and westernmost points all 12 538 days apart
//                                                98 % of 3600 s at one place with that shift, and with no other     -8 + 12
//     trainer of 1970-01-01, of 2024-05-01       starts on each other: heart rate equal in 99 % of 2400 s           -3 + 10
//
// Two tracks of one way have the same turning points, and one passes where the other was: that gives a dozen shifts to try.
#pragma once

#include <coincide/match/track_signs.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>

namespace coincide {

/// Seconds at which a track begins, ends, and is furthest north, south, east and west. O(seconds).
[[nodiscard]] inline std::array<std::int64_t, 6> landmarks_of(const raster& r) noexcept {
    std::array<std::int64_t, 6> at{};
    std::array<std::int32_t, 4> most{};
    std::uint32_t zero = 0;  // longitudes count from the first one, so that the antimeridian is no edge
    bool any = false;
    for (std::size_t i = 0; i < r.lat.size(); ++i) {
        if (r.lat[i] == raster::no_fix) continue;
        const auto second = r.first_s + static_cast<std::int64_t>(i);
        if (!any) zero = static_cast<std::uint32_t>(r.lon[i]);
        const auto east = static_cast<std::int32_t>(static_cast<std::uint32_t>(r.lon[i]) - zero);
        const std::array<std::int32_t, 4> here{r.lat[i], -r.lat[i], east, east == std::numeric_limits<std::int32_t>::min() ? east + 1 : -east};
        if (!any) at[0] = second;
        at[1] = second;
        for (std::size_t k = 0; k < 4; ++k)
            if (!any || here[k] > most[k]) most[k] = here[k], at[2 + k] = second;
        any = true;
    }
    return at;
}

namespace detail {

/// The second at which a track is nearest to a place. O(seconds).
inline std::int64_t second_near(const raster& r, std::int32_t lat, std::int32_t lon) noexcept {
    std::int64_t at = r.first_s, least = std::numeric_limits<std::int64_t>::max();
    const std::int64_t cosine = cosine_q14(lat);
    for (std::size_t i = 0; i < r.lat.size(); ++i) {
        if (r.lat[i] == raster::no_fix) continue;
        const auto away = std::max(turn_between(r.lat[i], lat), turn_between(r.lon[i], lon) * cosine >> 14);
        if (away < least) least = away, at = r.first_s + static_cast<std::int64_t>(i);
    }
    return at;
}

/// Shifts worth a try: between equal landmarks, and where the other one passes three places along the way. Smallest first.
inline std::array<std::int64_t, 12> shifts_by_place(const raster& a, const raster& b) noexcept {
    std::array<std::int64_t, 12> out{};
    const auto of_a = landmarks_of(a), of_b = landmarks_of(b);
    std::size_t n = 0;
    for (; n < of_a.size(); ++n) out[n] = of_a[n] - of_b[n];
    for (std::size_t quarter = 1; quarter <= 3; ++quarter)
        for (const bool of_first : {true, false}) {
            const auto &from = of_first ? a : b, &to = of_first ? b : a;
            auto i = from.lat.size() * quarter / 4;
            while (i > 0 && from.lat[i] == raster::no_fix) --i;
            const auto shift = from.first_s + static_cast<std::int64_t>(i) - second_near(to, from.lat[i], from.lon[i]);
            out[n++] = of_first ? shift : -shift;
        }
    std::sort(out.begin(), out.end(), [](std::int64_t x, std::int64_t y) { return magnitude(x) < magnitude(y); });
    return out;
}

/// Where both tracks are at one place all along, at one shift; per mille 0 where nowhere.
inline track_overlap fit_by_place(const raster& a, const raster& b, const overlap_options& options) noexcept {
    track_overlap best;
    std::int64_t tried = std::numeric_limits<std::int64_t>::min() / 2;
    for (const auto shift : shifts_by_place(a, b)) {
        if (magnitude(shift - tried) <= options.shift_s_max / 2) continue;
        tried = shift;
        if (!perhaps_one_way(a, b, shift)) continue;
        const auto here = gps_overlap(a, b, options, shift);
        if (better(here, best) && here.common_s * 2 >= static_cast<std::int64_t>(std::min(a.valid, b.valid))) best = here;
    }
    return best;
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
        const auto fit = here.per_mille() >= 900 && here.common_s >= shortest_s && magnitude(here.shift_s) <= shift_max_s ? fit_of_shift(ta.path, tb.path, here.shift_s) : shift_fit{};
        found = fit.constant() && !fits_elsewhere(ta.path, tb.path, here.shift_s, policy.overlap.gap_m_max);
        shift_s = here.shift_s;
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

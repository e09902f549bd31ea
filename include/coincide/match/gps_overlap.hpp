// SPDX-License-Identifier: BSL-1.0
//
// How much of two tracks runs at the same place at the same time: the strongest everyday sign that they show one activity.
//
//     gps_overlap(a, b)   ->  common 3580 s, of which 3544 s within 50 m: 990 per mille
//
// A share of seconds, not a worst-case distance: Fréchet and Hausdorff are decided by the one worst point and lose most true
// twins in a city. Same place at another time is not the same activity, so time always counts; a small error of one clock
// (some devices are 2 to 20 s off) is found by trying shifts.
//
// Sphere, local equirectangular projection: against an ellipsoid distances are wrong by up to 0.6 %, far below the tolerance.
#pragma once

#include <coincide/match/raster.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>

namespace coincide {

struct overlap_options {
    /// 50 m: two receivers with 6 m noise, a few seconds of clock error at running speed and a cut corner stay inside;
    /// parallel streets mostly do not (measured in docs/thresholds.md).
    std::int32_t gap_m_max = 50;
    /// Clock errors tried when the zero shift does not settle it, in steps of one second.
    std::int32_t shift_s_max = 20;
};

struct track_overlap {
    std::int64_t common_s = 0;  // seconds for which both have a position
    std::int64_t hits_s = 0;    // of these, seconds within the gap
    std::int64_t shift_s = 0;   // seconds added to b's clock for this answer

    [[nodiscard]] constexpr std::int32_t per_mille() const noexcept {
        return common_s == 0 ? 0 : static_cast<std::int32_t>(hits_s * 1000 / common_s);
    }
};

namespace detail {

/// cos in 1/16384 for 0 … 90 degrees in 1024 steps, from the Taylor series, made by the compiler in plain IEEE arithmetic.
inline constexpr auto cosine_table = [] {
    std::array<std::int32_t, 1026> table{};
    for (std::size_t i = 0; i < 1025; ++i) {
        const double x = static_cast<double>(i) * (1.57079632679489661923 / 1024.0);
        double term = 1.0, sum = 1.0;
        for (int k = 1; k < 14; ++k) {
            term *= -x * x / (2.0 * k * (2.0 * k - 1.0));
            sum += term;
        }
        table[i] = static_cast<std::int32_t>(sum * 16384.0);
    }
    return table;
}();

constexpr std::int32_t cosine_q14(std::int32_t lat) noexcept {
    const std::uint32_t magnitude = lat < 0 ? 0u - static_cast<std::uint32_t>(lat) : static_cast<std::uint32_t>(lat);
    return cosine_table[(magnitude >> 20) & 1023u];  // 2^30 is 90 degrees: 1024 steps of 2^20
}

inline constexpr double earth_radius_m = 6371008.8;  // IUGG mean radius
constexpr std::int32_t angle_of_meters(std::int32_t meters) noexcept {
    return static_cast<std::int32_t>(meters * (4294967296.0 / (2.0 * 3.14159265358979323846 * earth_radius_m)));
}

/// Counts over n seconds. Differences are cut off where they are far beyond any gap (153 m; of longitude, 131071 angles before
/// the cosine), so every product fits 32 bits. Beyond 87 degrees of latitude a true hit may be missed, never one invented.
inline void count_hits(const std::int32_t* alat, const std::int32_t* alon, const std::int32_t* blat, const std::int32_t* blon,
                       std::size_t n, std::int32_t cosine, std::int32_t gap, std::int64_t& common, std::int64_t& hits) noexcept {
    constexpr std::int32_t beyond = 131071;
    std::int32_t c = 0, h = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto apart = [](std::int32_t x, std::int32_t y) {  // magnitude, so that rounding does not depend on the order
            const auto d = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) - static_cast<std::uint32_t>(y));
            return d > beyond || d < -beyond ? beyond : d < 0 ? -d : d;
        };
        const std::int32_t dy = std::min(apart(alat[i], blat[i]), 16383), lon = apart(alon[i], blon[i]);
        const std::int32_t dx = lon == beyond ? 16383 : std::min(lon * cosine >> 14, 16383);
        const std::int32_t both = (alat[i] != raster::no_fix) & (blat[i] != raster::no_fix);
        c += both;
        h += both & (dy * dy + dx * dx <= gap * gap);
    }
    common += c;
    hits += h;
}

}  // namespace detail

/// Overlap at one clock shift: `shift_s` is added to b's clock. O(common seconds), no allocation.
[[nodiscard]] inline track_overlap overlap_at(const raster& a, const raster& b, std::int64_t shift_s, std::int32_t gap_m_max) noexcept {
    track_overlap out;
    out.shift_s = shift_s;
    const std::int64_t from = std::max(a.first_s, b.first_s + shift_s), to = std::min(a.end_s(), b.end_s() + shift_s);
    const std::int32_t gap = std::min(detail::angle_of_meters(gap_m_max), 16382);
    constexpr std::int64_t block = 256;  // the factor for east-west distances is taken once a block
    for (std::int64_t s = from; s < to; s += block) {
        const auto n = static_cast<std::size_t>(std::min(block, to - s));
        const auto ia = static_cast<std::size_t>(s - a.first_s), ib = static_cast<std::size_t>(s - shift_s - b.first_s);
        std::size_t k = 0;  // the first second for which both have a position
        while (k < n && (a.lat[ia + k] == raster::no_fix || b.lat[ib + k] == raster::no_fix)) ++k;
        if (k == n) continue;
        const auto cosine = std::min(detail::cosine_q14(a.lat[ia + k]), detail::cosine_q14(b.lat[ib + k]));
        detail::count_hits(&a.lat[ia + k], &a.lon[ia + k], &b.lat[ib + k], &b.lon[ib + k], n - k, cosine, gap, out.common_s, out.hits_s);
    }
    return out;
}

namespace detail {
/// A larger share of hits, without dividing; of equal shares the one over more seconds.
constexpr bool better(const track_overlap& x, const track_overlap& y) noexcept {
    const auto xs = x.hits_s * y.common_s, ys = y.hits_s * x.common_s;
    return xs != ys ? xs > ys : x.common_s > y.common_s;
}
}  // namespace detail

/// The best overlap over small clock errors around `around_s`: none where that is nearly perfect, else the best share, the
/// smallest error of equal ones. Swapping the tracks changes only the sign of the shift.
[[nodiscard]] inline track_overlap gps_overlap(const raster& a, const raster& b, const overlap_options& options = {}, std::int64_t around_s = 0) noexcept {
    track_overlap best = overlap_at(a, b, around_s, options.gap_m_max);
    if (best.per_mille() >= 950) return best;
    const std::int64_t enough = best.common_s * 9 / 10;  // a better share of much less common time proves nothing
    for (std::int64_t step = 1; step <= options.shift_s_max; ++step) {
        const auto back = overlap_at(a, b, around_s - step, options.gap_m_max), on = overlap_at(a, b, around_s + step, options.gap_m_max);
        // of two equally good ones, the same one from either side: which is decided by the tracks, not by their order
        const bool equal = !detail::better(back, on) && !detail::better(on, back);
        const auto& at = detail::better(back, on) || (equal && std::tie(a.first_s, a.lat, a.lon) < std::tie(b.first_s, b.lat, b.lon)) ? back : on;
        if (at.common_s >= enough && at.hits_s * best.common_s > best.hits_s * at.common_s) best = at;
    }
    return best;
}

}  // namespace coincide

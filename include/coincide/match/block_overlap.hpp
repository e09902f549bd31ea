// SPDX-License-Identifier: BSL-1.0
//
// Of a block of common seconds of two rasters, how many are at one place: the loop that a comparison of tracks consists of (gps_overlap.hpp).
//
//     256 seconds, gap 50 m, at 51° north: bound_misses  ->  certain 7, possible 7: 249 hits
//                                                            certain 6, possible 7: one lies on the edge, count_misses decides
//
// In float, because that is what compilers vectorise best on every machine; decided in integers, because that is the same on every machine.
// The boxes of blocks (raster_columns.hpp) tell what is elsewhere without a look at the seconds.
#pragma once

#include <coincide/match/raster_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace coincide::detail {

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
    return cosine_table[std::min(magnitude >> 20, 1024u)];  // 2^30 is 90 degrees: 1024 steps of 2^20
}

/// From y to x, the short way round.
constexpr std::int32_t turn(std::int32_t x, std::int32_t y) noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(x) - static_cast<std::uint32_t>(y)); }

/// The size of that.
constexpr std::int64_t turn_between(std::int32_t x, std::int32_t y) noexcept {
    const std::int64_t d = turn(x, y);
    return d < 0 ? -d : d;
}

inline constexpr double earth_radius_m = 6371008.8;  // IUGG mean radius
constexpr std::int32_t angle_of_meters(std::int32_t meters) noexcept {
    return static_cast<std::int32_t>(meters * (4294967296.0 / (2.0 * 3.14159265358979323846 * earth_radius_m)));
}

/// The least difference of longitudes that is beyond the gap, whatever the latitudes say; cosine in 1/16384.
constexpr std::int32_t lon_beyond(std::int32_t gap, std::int32_t cosine) noexcept { return ((gap + 1) * 16384 + cosine - 1) / cosine; }

/// The exact decision, in integers: of n seconds, those farther apart than the gap. Differences are cut off just beyond it, so every product
/// fits 32 bits; the cut for longitudes is made before the cosine (1/16384), where it is wider.
inline std::uint32_t count_misses(const std::int32_t* alat, const std::int32_t* alon, const std::int32_t* blat, const std::int32_t* blon,
                                  std::size_t n, std::int32_t cosine, std::int32_t gap) noexcept {
    const std::int32_t lat_most = gap + 1, lon_most = lon_beyond(gap, cosine);
    std::uint32_t misses = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto dy = std::clamp(turn(alat[i], blat[i]), -lat_most, lat_most);
        const auto dx = std::abs(std::clamp(turn(alon[i], blon[i]), -lon_most, lon_most)) * cosine >> 14;  // the magnitude: rounding must not depend on the order
        misses += dy * dy + dx * dx > gap * gap;
    }
    return misses;
}

/// The same counts in float, 1.3 times as fast with AVX2 and 4 times with SSE2: those that are certainly, and those that are perhaps farther apart than the gap. Where no
/// second lies in the hair's breadth between (2 · 9 mm, and what float and fused arithmetic round), that is the exact answer.
///
/// Alone, without an exit, over blocks: the form that g++ and clang vectorise. Inlined into its caller, or with the exit test inside, it is
/// several times slower with g++.
struct miss_bounds {
    std::uint32_t certain = 0, possible = 0;
};
[[nodiscard, gnu::noinline]] inline miss_bounds bound_misses(const std::int32_t* alat, const std::int32_t* alon, const std::int32_t* blat, const std::int32_t* blon,
                                                             std::size_t n, std::int32_t cosine, std::int32_t gap) noexcept {
    const auto scale = static_cast<float>(cosine) / 16384, g = static_cast<float>(gap);
    const float within = g * g * 0.999999f - 1, beyond = (g * g + 2 * g + 3) * 1.000001f;
    std::uint32_t certain = 0, possible = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const auto dy = static_cast<float>(turn(alat[i], blat[i])), dx = static_cast<float>(turn(alon[i], blon[i])) * scale;
        const float square = dy * dy + dx * dx;
        certain += square > beyond;
        possible += square > within;
    }
    return {certain, possible};
}

/// Calls visit(sample of a, sample of b, n) for the stretches in which both have a position. O(pauses).
template <class Visit>
void for_common_runs(const raster_view& a, const raster_view& b, std::int64_t shift_s, Visit&& visit) {
    const auto b_begins = b.first_s + shift_s - a.first_s;  // in a's samples
    auto in_a = a.runs.begin();
    auto in_b = b.runs.begin();
    while (in_a != a.runs.end() && in_b != b.runs.end()) {
        const std::int64_t a_to = in_a->to, b_to = in_b->to + b_begins;
        const auto from = std::max<std::int64_t>(in_a->from, in_b->from + b_begins), to = std::min(a_to, b_to);
        if (from < to) visit(static_cast<std::size_t>(from), static_cast<std::size_t>(from - b_begins), static_cast<std::size_t>(to - from));
        if (a_to <= b_to) ++in_a;
        if (b_to <= a_to) ++in_b;
    }
}

/// The factor for east-west distances is taken once a block.
inline constexpr std::size_t overlap_block = 256;

inline std::int32_t block_cosine(const raster_view& a, const raster_view& b, std::size_t ia, std::size_t ib) noexcept {
    return std::max(std::min(cosine_q14(a.lat[ia]), cosine_q14(b.lat[ib])), 1);
}

inline std::int64_t block_hits(const raster_view& a, const raster_view& b, std::size_t ia, std::size_t ib, std::size_t n, std::int32_t gap) noexcept {
    const auto cosine = block_cosine(a, b, ia, ib);
    const auto misses = bound_misses(&a.lat[ia], &a.lon[ia], &b.lat[ib], &b.lon[ib], n, cosine, gap);
    const bool settled = misses.certain == misses.possible;
    return static_cast<std::int64_t>(n) - (settled ? misses.certain : count_misses(&a.lat[ia], &a.lon[ia], &b.lat[ib], &b.lon[ib], n, cosine, gap));
}

/// Whether no angle from … to of one is within the gap of one from … to of the other, the short way round.
constexpr bool are_apart(std::int64_t a_from, std::int64_t a_to, std::int64_t b_from, std::int64_t b_to, std::int64_t gap) noexcept {
    constexpr std::int64_t whole_turn = std::int64_t{1} << 32;
    const auto least = b_from - a_to, most = b_to - a_from;
    return (least > gap && most < whole_turn - gap) || (most < -gap && least > gap - whole_turn);
}

/// Whether all seconds of a block are misses, told from the boxes alone: block_hits would find none. Blocks need not begin where boxes do.
inline bool is_elsewhere(const raster_view& a, const raster_view& b, std::size_t ia, std::size_t ib, std::size_t n, std::int32_t gap) noexcept {
    constexpr auto size = raster_box::samples;
    const auto last_a = (ia + n - 1) / size, last_b = (ib + n - 1) / size;
    if (last_a >= a.boxes.size() || last_b >= b.boxes.size()) return false;  // not known
    for (auto i = ia / size; i <= last_a; ++i)
        for (auto j = ib / size; j <= last_b; ++j) {
            const auto &x = a.boxes[i], &y = b.boxes[j];
            if (are_apart(x.lat_from, x.lat_to, y.lat_from, y.lat_to, gap)) continue;
            if (!are_apart(x.lon_from, x.lon_to, y.lon_from, y.lon_to, lon_beyond(gap, block_cosine(a, b, ia, ib)) - 1)) return false;
        }
    return true;
}

/// 152 m at most: its square fits with another one into 31 bits.
constexpr std::int32_t gap_of(std::int32_t gap_m_max) noexcept { return angle_of_meters(std::clamp(gap_m_max, 0, 152)); }

}  // namespace coincide::detail

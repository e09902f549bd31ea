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

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace coincide {

struct overlap_options {
    /// 50 m: two receivers with 6 m noise, a few seconds of clock error at running speed and a cut corner stay inside;
    /// parallel streets mostly do not (measured in docs/thresholds.md).
    std::int32_t gap_m_max = 50;
    /// Clock errors tried when the zero shift does not settle it, to the second.
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

/// The exact decision, in integers: of n seconds, those farther apart than the gap. Differences are cut off just beyond it, so every product
/// fits 32 bits; the cut for longitudes is made before the cosine (1/16384), where it is wider.
inline std::uint32_t count_misses(const std::int32_t* alat, const std::int32_t* alon, const std::int32_t* blat, const std::int32_t* blon,
                                  std::size_t n, std::int32_t cosine, std::int32_t gap) noexcept {
    const std::int32_t lat_most = gap + 1, lon_most = ((gap + 1) * 16384 + cosine - 1) / cosine;
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
    if (a.boxes.empty() || b.boxes.empty()) return false;
    const auto last_a = (ia + n - 1) / size, last_b = (ib + n - 1) / size;
    for (auto i = ia / size; i <= last_a; ++i)
        for (auto j = ib / size; j <= last_b; ++j) {
            const auto &x = a.boxes[i], &y = b.boxes[j];
            if (are_apart(x.lat_from, x.lat_to, y.lat_from, y.lat_to, gap)) continue;
            if (!are_apart(x.lon_from, x.lon_to, y.lon_from, y.lon_to, (gap + 1) * 16384 / block_cosine(a, b, ia, ib))) return false;
        }
    return true;
}

/// 152 m at most: its square fits with another one into 31 bits.
constexpr std::int32_t gap_of(std::int32_t gap_m_max) noexcept { return angle_of_meters(std::clamp(gap_m_max, 0, 152)); }

}  // namespace detail

/// Overlap at one clock shift: `shift_s` is added to b's clock. O(common seconds), no allocation.
[[nodiscard]] inline track_overlap overlap_at(const raster_view& a, const raster_view& b, std::int64_t shift_s, std::int32_t gap_m_max) noexcept {
    track_overlap out;
    out.shift_s = shift_s;
    const auto gap = detail::gap_of(gap_m_max);
    detail::for_common_runs(a, b, shift_s, [&](std::size_t ia, std::size_t ib, std::size_t n) {
        out.common_s += static_cast<std::int64_t>(n);
        for (std::size_t k = 0; k < n; k += detail::overlap_block) out.hits_s += detail::block_hits(a, b, ia + k, ib + k, std::min(detail::overlap_block, n - k), gap);
    });
    return out;
}

/// Whether overlap_at(...).per_mille() is at least this: exactly that answer, but told from the boxes of blocks where these are apart often enough,
/// else from the fewest blocks that settle it. They are taken from all over the common time (by the golden ratio), so that a shared first
/// kilometre does not hide that the rest is elsewhere.
[[nodiscard]] inline bool overlaps(const raster_view& a, const raster_view& b, std::int64_t shift_s, std::int32_t gap_m_max, std::int32_t per_mille_min) noexcept {
    constexpr auto size = detail::overlap_block;
    std::int64_t common_s = 0;
    detail::for_common_runs(a, b, shift_s, [&](std::size_t, std::size_t, std::size_t n) { common_s += static_cast<std::int64_t>(n); });
    if (common_s == 0) return per_mille_min <= 0;
    const std::int64_t needed = (common_s * per_mille_min + 999) / 1000, allowed = common_s - needed;
    const auto gap = detail::gap_of(gap_m_max);
    std::int64_t elsewhere = 0, hits = 0, misses = 0;
    detail::for_common_runs(a, b, shift_s, [&](std::size_t ia, std::size_t ib, std::size_t n) {
        for (std::size_t k = 0; k < n && elsewhere <= allowed; k += size) {
            const auto length = std::min(size, n - k);
            if (detail::is_elsewhere(a, b, ia + k, ib + k, length, gap)) elsewhere += static_cast<std::int64_t>(length);
        }
    });
    if (elsewhere > allowed) return false;
    detail::for_common_runs(a, b, shift_s, [&](std::size_t ia, std::size_t ib, std::size_t n) {
        const auto blocks = (n + size - 1) / size, places = std::bit_ceil(blocks), stride = places * 618 / 1000 | 1;  // odd: each place of a power of two once
        for (std::size_t i = 0, at = 0; i < places && hits < needed && misses <= allowed; ++i, at = (at + stride) & (places - 1)) {
            if (at >= blocks) continue;
            const auto from = at * size, length = std::min(size, n - from);
            const auto here = detail::block_hits(a, b, ia + from, ib + from, length, gap);
            hits += here, misses += static_cast<std::int64_t>(length) - here;
        }
    });
    return hits >= needed;
}

namespace detail {
/// A larger share of hits, without dividing; of equal shares the one over more seconds.
constexpr bool better(const track_overlap& x, const track_overlap& y) noexcept {
    const auto xs = x.hits_s * y.common_s, ys = y.hits_s * x.common_s;
    return xs != ys ? xs > ys : x.common_s > y.common_s;
}
inline bool before(const raster_view& a, const raster_view& b) noexcept {
    const auto less = [](std::span<const std::int32_t> x, std::span<const std::int32_t> y) { return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end()); };
    if (a.first_s != b.first_s) return a.first_s < b.first_s;
    return less(a.lat, b.lat) || (!less(b.lat, a.lat) && less(a.lon, b.lon));
}
}  // namespace detail

namespace detail {
/// As overlap_at, from 64 of every 512 common seconds, or from all of a short track: near enough to choose a shift by.
inline track_overlap sampled_overlap_at(const raster_view& a, const raster_view& b, std::int64_t shift_s, std::int32_t gap, bool all) noexcept {
    constexpr std::size_t taken = 64, every = 512;
    track_overlap out{0, 0, shift_s};
    for_common_runs(a, b, shift_s, [&](std::size_t ia, std::size_t ib, std::size_t n) {
        for (std::size_t k = 0; k < n; k += all ? overlap_block : every) {
            const auto length = std::min(all ? overlap_block : taken, n - k);
            out.common_s += static_cast<std::int64_t>(length), out.hits_s += block_hits(a, b, ia + k, ib + k, length, gap);
        }
    });
    return out;
}
}  // namespace detail

/// The best overlap over small clock errors around `around_s`: none where that is nearly perfect, else the error of the best share
/// among samples, the smallest of equal ones, if it betters the whole. Every third error and the largest are tried, then those around the best:
/// one second off, tracks of 30 m/s are still within 50 m. Swapping the tracks changes only the sign of the shift.
[[nodiscard]] inline track_overlap gps_overlap(const raster_view& a, const raster_view& b, const overlap_options& options = {}, std::int64_t around_s = 0) noexcept {
    const track_overlap unmoved = overlap_at(a, b, around_s, options.gap_m_max);
    if (unmoved.per_mille() >= 950 || unmoved.common_s == 0) return unmoved;
    const auto gap = detail::gap_of(options.gap_m_max);
    const bool all = unmoved.common_s < 1800;
    const auto sampled = [&](std::int64_t error_s) { return detail::sampled_overlap_at(a, b, around_s + error_s, gap, all); };
    auto best = sampled(0), about = best;
    const std::int64_t enough = best.common_s * 9 / 10;  // a better share of much less common time proves nothing
    // of two equally good errors, the same one from either side: which is decided by the tracks, not by their order
    const auto is_better = [&](const track_overlap& x, const track_overlap& y) {
        const auto xs = x.hits_s * y.common_s, ys = y.hits_s * x.common_s;
        if (xs != ys) return xs > ys;
        const auto ex = x.shift_s - around_s, ey = y.shift_s - around_s;
        if (ex != -ey) return std::abs(ex) < std::abs(ey);
        return x.common_s != y.common_s ? x.common_s > y.common_s : (ex < ey) == detail::before(a, b);
    };
    const auto consider = [&](std::int64_t error_s) {
        const auto at = sampled(error_s);
        if (at.common_s > 0 && at.common_s >= enough && is_better(at, best)) best = at;
        if (at.common_s > 0 && at.common_s + 2 >= enough && is_better(at, about)) about = at;  // two seconds nearer may have enough
    };
    const std::int64_t most = options.shift_s_max;
    for (std::int64_t step = 3; step < most; step += 3) consider(-step), consider(step);
    if (most > 0) consider(-most), consider(most);
    const auto middle = about.shift_s - around_s;
    for (const auto step : {-2, -1, 1, 2})
        if (std::abs(middle + step) <= most) consider(middle + step);
    if (best.shift_s == around_s) return unmoved;
    const auto moved = overlap_at(a, b, best.shift_s, options.gap_m_max);
    return moved.hits_s * unmoved.common_s > unmoved.hits_s * moved.common_s ? moved : unmoved;
}

}  // namespace coincide

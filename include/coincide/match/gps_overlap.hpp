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

#include <coincide/match/block_overlap.hpp>
#include <coincide/match/raster.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
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

// SPDX-License-Identifier: BSL-1.0
//
// A clock that is wrong, told from a habit. Two tracks of one recording fit at one shift, and at the same one on every stretch. The
// same loop walked at another hour fits best at another shift on every stretch, because nobody keeps a pace to the second; and a
// tennis court, where nobody gets anywhere, fits at every shift.
//
//     ride, and its copy 7 h later          8 stretches, all sharp, best shifts 25200 … 25201 s, 7 m   ->  a wrong clock
//     dog walk, and the same walk at night  8 stretches, all sharp, best shifts 35977 … 36020 s, 56 m  ->  two walks
//     yoga at 07:00 and at 18:00            no stretch is sharp                                        ->  nothing is said
//
// In integers but for a square root. Swapping the tracks changes only the sign of the shift.
#pragma once

#include <coincide/match/gps_overlap.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace coincide {

struct shift_fit {
    std::int32_t stretches = 0;  // of the common time
    std::int32_t sharp = 0;      // of these, fit clearly worse 40 s to either side
    std::int32_t spread_s = 0;   // between the best shifts of the sharp ones
    std::int32_t spread_m = 0;   // the way that is moved in that time
    std::int32_t middle_s = 0;   // of their best shifts, from the shift that was asked about

    /// One shift for all of it. 20 m: what two receivers of 6 and 9 m noise move the best shifts apart, at any speed, while a pace
    /// that is 1 % off drifts by 12 m of a walk and 60 m of a ride in a quarter of an hour (docs/thresholds.md).
    [[nodiscard]] constexpr bool constant() const noexcept { return sharp >= 3 && sharp * 2 >= stretches && spread_m <= 20; }
};

namespace detail {

/// Sum of squared distances over sampled seconds, cut off at 153 m each, and how many there were.
struct misfit {
    std::int64_t sum = 0, count = 0;
    [[nodiscard]] constexpr std::int64_t mean() const noexcept { return count == 0 ? 0 : sum / count; }
    void add(const raster& a, std::int64_t at_a, const raster& b, std::int64_t at_b) noexcept {
        if (at_a < a.first_s || at_a >= a.end_s() || at_b < b.first_s || at_b >= b.end_s()) return;
        const auto i = static_cast<std::size_t>(at_a - a.first_s), j = static_cast<std::size_t>(at_b - b.first_s);
        if (a.lat[i] == raster::no_fix || b.lat[j] == raster::no_fix) return;
        const auto apart = [](std::int32_t x, std::int32_t y) { return std::min<std::int64_t>(turn_between(x, y), 131071); };
        const auto cosine = std::min(cosine_q14(a.lat[i]), cosine_q14(b.lat[j]));
        const auto dy = std::min<std::int64_t>(apart(a.lat[i], b.lat[j]), 16383), dx = std::min<std::int64_t>(apart(a.lon[i], b.lon[j]) * cosine >> 14, 16383);
        sum += dy * dy + dx * dx;
        ++count;
    }
};

/// Of seconds [from, to) of a's clock, with b's moved by `shift_s`, and of the same seconds of b's clock with a's moved: the other
/// order of the tracks gives the same sum.
inline misfit misfit_at(const raster& a, const raster& b, std::int64_t from, std::int64_t to, std::int64_t step, std::int64_t around_s, std::int64_t off_s) noexcept {
    misfit out;
    for (std::int64_t s = from; s < to; s += step) {
        out.add(a, s, b, s - around_s - off_s);
        out.add(a, s + off_s, b, s - around_s);
    }
    return out;
}

}  // namespace detail

/// How the tracks fit near `around_s` (seconds added to b's clock), stretch by stretch. O(1): at most some 10^5 distances.
[[nodiscard]] inline shift_fit fit_of_shift(const raster& a, const raster& b, std::int64_t around_s) noexcept {
    constexpr std::int64_t reach_s = 60, side_s = 40, stretches_max = 8, shortest_s = 60, points = 48, coarse_s = 4;
    shift_fit out;
    const std::int64_t from = std::max(a.first_s, b.first_s + around_s), to = std::min(a.end_s(), b.end_s() + around_s);
    const std::int64_t stretches = std::clamp((to - from) / shortest_s, std::int64_t{0}, stretches_max);
    const std::int64_t twelve_meters = std::int64_t{detail::angle_of_meters(12)} * detail::angle_of_meters(12);
    std::int64_t least = 0, most = 0;
    double angles_a_second = 0;
    for (std::int64_t k = 0; k < stretches; ++k) {
        const std::int64_t first = from + (to - from) * k / stretches, last = from + (to - from) * (k + 1) / stretches;
        const std::int64_t step = std::max<std::int64_t>(1, (last - first) / points);
        const auto mean_at = [&](std::int64_t off_s) { return detail::misfit_at(a, b, first, last, step, around_s, off_s); };
        if (mean_at(0).count < points / 2) continue;  // a pause
        ++out.stretches;
        const auto best_of = [&](std::int64_t low, std::int64_t high, std::int64_t by) {
            std::int64_t least_so_far = std::numeric_limits<std::int64_t>::max(), begin = low, end = low;
            for (std::int64_t off = low; off <= high; off += by) {
                const auto here = mean_at(off).mean();
                if (here < least_so_far) least_so_far = here, begin = end = off;
                else if (here == least_so_far) end = off;
            }
            return std::pair{(begin + end) / 2, least_so_far};  // of equally good ones the middle, towards zero from either side
        };
        const auto about = best_of(-reach_s, reach_s, coarse_s).first;
        const auto [at, best] = best_of(std::max(about - coarse_s, -reach_s), std::min(about + coarse_s, reach_s), 1);
        const auto beside = std::min(mean_at(at - side_s).mean(), mean_at(at + side_s).mean());
        if (beside < std::max(4 * best, twelve_meters) || at == reach_s || at == -reach_s) continue;
        least = out.sharp == 0 ? at : std::min(least, at);
        most = out.sharp == 0 ? at : std::max(most, at);
        ++out.sharp;
        angles_a_second += std::sqrt(static_cast<double>(beside - best)) / static_cast<double>(side_s);
    }
    out.spread_m = out.sharp == 0 ? 0 : static_cast<std::int32_t>(static_cast<double>(most - least) * angles_a_second / out.sharp / detail::angle_of_meters(1));
    out.spread_s = static_cast<std::int32_t>(most - least);
    out.middle_s = static_cast<std::int32_t>((most + least) / 2);
    return out;
}

/// A glance before a long look: at 48 seconds of the common time, are half of the places within 400 m (20 s of a fast ride)? O(1).
[[nodiscard]] inline bool perhaps_one_way(const raster& a, const raster& b, std::int64_t around_s) noexcept {
    constexpr std::int64_t points = 48;
    const std::int64_t from = std::max(a.first_s, b.first_s + around_s), to = std::min(a.end_s(), b.end_s() + around_s);
    const auto reach = detail::angle_of_meters(400);
    std::int64_t seen = 0, hits = 0;
    for (std::int64_t k = 0; k < points && from < to; ++k) {
        const std::int64_t s = from + (to - from) * k / points;
        const auto i = static_cast<std::size_t>(s - a.first_s), j = static_cast<std::size_t>(s - around_s - b.first_s);
        if (a.lat[i] == raster::no_fix || b.lat[j] == raster::no_fix) continue;
        ++seen;
        hits += detail::turn_between(a.lat[i], b.lat[j]) <= reach && (detail::turn_between(a.lon[i], b.lon[j]) * std::min(detail::cosine_q14(a.lat[i]), detail::cosine_q14(b.lat[j])) >> 14) <= reach;
    }
    return hits * 2 >= seen && from < to;
}

/// Whether the tracks are at one place minutes before and after that shift as well: laps of a small loop, or no way at all.
[[nodiscard]] inline bool fits_elsewhere(const raster& a, const raster& b, std::int64_t shift_s, std::int32_t gap_m_max) noexcept {
    for (const std::int64_t off_s : {-300, -120, 120, 300})
        if (overlap_at(a, b, shift_s + off_s, gap_m_max).per_mille() >= 900) return true;
    return false;
}

}  // namespace coincide

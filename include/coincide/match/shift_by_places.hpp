// SPDX-License-Identifier: BSL-1.0
//
// A first guess at how far one clock is off, from places: the same places are passed in both recordings, each by the same time later.
//
//     48 places of the shorter ride; the longer one passes 41 of them 3634 … 3640 s later, 9 of them at other times as well
//     shift_by_places(a, b, 7200)   ->  3637 s, agreeing 41, places 48
//
// Another day on the same road passes the same places, seldom many by one difference. Only a guess, by some seconds: gps_overlap at that
// shift says how much of the tracks it explains, and fit_of_shift whether it is a clock.
//
// Places are taken all along the shorter track, and the longer one is looked at about every 4 s up to 18 h, else at 16384 seconds; however
// far the clock. Nothing is kept and nothing allocated. In integers; swapping the tracks changes only the sign.
#pragma once

#include <coincide/match/gps_overlap.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace coincide {

struct shift_guess {
    std::int64_t shift_s = 0;     // added to b's clock
    std::int32_t agreeing = 0;    // places that are passed at that shift, give or take 10 s
    std::int32_t places = 0;      // that were looked for

    /// Worth a comparison: a part of a quarter of the shorter track, of which two thirds are found, is enough.
    [[nodiscard]] constexpr bool likely() const noexcept { return agreeing > 0 && agreeing * 6 >= places; }
};

namespace detail {

/// The places, found by the cell of 76 m (at least) that a position lies in.
class place_table {
public:
    /// Within 38 m north-south and east-west: passed in 9 s on a bicycle, so seen twice, and wider than two receivers are apart.
    static constexpr std::int32_t near_max = 1 << 12;
    static constexpr std::size_t places_max = 48;

    explicit place_table(std::int32_t lat) noexcept : cosine_{std::max(cosine_q14(lat), 16)} {
        while ((cosine_ << (lon_bits_ - lat_bits)) < 16384) ++lon_bits_;
    }
    void add(std::int64_t s, std::int32_t lat, std::int32_t lon) noexcept {
        lat_[size_] = lat, lon_[size_] = lon, s_[size_] = s, ++size_;
        const auto aside = near_max * 16384 / cosine_;
        std::array<std::uint32_t, 4> cells{};  // a place reaches into four cells at most, since none is smaller
        std::size_t n = 0;
        for (const auto y : {turn(lat, near_max), turn(lat, -near_max)})
            for (const auto x : {turn(lon, aside), turn(lon, -aside)}) {
                const auto cell = cell_of(y, x);
                if (std::find(cells.begin(), cells.begin() + n, cell) != cells.begin() + n) continue;
                cells[n++] = cell;
                links_[used_] = {static_cast<std::uint8_t>(size_ - 1), first_[cell]};
                first_[cell] = static_cast<std::uint8_t>(++used_);
            }
    }
    /// Calls visit(place, squared distance) for the places near a position; a second without data is near none.
    template <class Visit>
    void for_near(std::int32_t lat, std::int32_t lon, Visit&& visit) const {
        for (auto at = first_[cell_of(lat, lon)]; at != 0; at = links_[at - 1u].next) {
            const auto place = links_[at - 1u].place;
            const auto dy = turn_between(lat, lat_[place]), dx = turn_between(lon, lon_[place]) * cosine_ >> 14;
            if (dy <= near_max && dx <= near_max) visit(std::size_t{place}, static_cast<std::int32_t>(dy * dy + dx * dx));
        }
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::int64_t second_of(std::size_t place) const noexcept { return s_[place]; }

private:
    static constexpr int lat_bits = 13;
    struct link {
        std::uint8_t place, next;  // next: 1 + its number, 0 for none
    };
    [[nodiscard]] std::uint32_t cell_of(std::int32_t lat, std::int32_t lon) const noexcept {
        const auto mixed = static_cast<std::uint32_t>(lat >> lat_bits) * 0x9E3779B1u + static_cast<std::uint32_t>(lon >> lon_bits_) * 0x85EBCA77u;
        return mixed >> 21;
    }
    std::int32_t cosine_;
    int lon_bits_ = lat_bits;
    std::size_t size_ = 0, used_ = 0;
    std::array<std::int32_t, places_max> lat_, lon_;
    std::array<std::int64_t, places_max> s_;
    std::array<link, 4 * places_max> links_;
    std::array<std::uint8_t, 2048> first_{};
};

/// Differences of time, one for each time that a place is passed: at the second that is nearest to it.
class passages {
public:
    explicit passages(const place_table& places, std::int64_t reach_s, std::int64_t left_after_s) noexcept : places_{places}, reach_s_{reach_s}, left_after_s_{left_after_s} {}
    void see(std::size_t place, std::int64_t s, std::int32_t square) noexcept {
        auto& v = visit_[place];
        if (v.known && s - v.last_s > left_after_s_) leave(place);
        if (!v.known || square < v.square) v.square = square, v.nearest_s = s;
        v.known = true, v.last_s = s;
    }
    /// The difference that most agree on, within 20 s, and their mean; of equally many, the smallest.
    [[nodiscard]] shift_guess most_agreed() noexcept {
        for (std::size_t p = 0; p < places_.size(); ++p) leave(p);
        if (n_ == later_s_.size()) return {0, 0, static_cast<std::int32_t>(places_.size())};
        std::sort(later_s_.begin(), later_s_.begin() + static_cast<std::ptrdiff_t>(n_));
        shift_guess out{0, 0, static_cast<std::int32_t>(places_.size())};
        for (std::size_t from = 0, to = 0; from < n_; ++from) {
            while (to < n_ && later_s_[to] - later_s_[from] <= 20) ++to;
            const auto agreeing = static_cast<std::int32_t>(to - from);
            if (agreeing < out.agreeing) continue;
            std::int64_t sum = 0;
            for (auto i = from; i < to; ++i) sum += later_s_[i];
            const auto mean = sum / agreeing;
            if (agreeing > out.agreeing || std::abs(mean) < std::abs(out.shift_s)) out.shift_s = mean, out.agreeing = agreeing;
        }
        return out;
    }

private:
    void leave(std::size_t place) noexcept {
        auto& v = visit_[place];
        const auto later_s = v.nearest_s - places_.second_of(place);
        if (v.known && later_s >= -reach_s_ && later_s <= reach_s_ && n_ < later_s_.size()) later_s_[n_++] = later_s;
        v.known = false;
    }
    struct visit {
        std::int64_t last_s = 0, nearest_s = 0;
        std::int32_t square = 0;
        bool known = false;
    };
    const place_table& places_;
    std::int64_t reach_s_, left_after_s_;
    std::array<visit, place_table::places_max> visit_{};
    std::array<std::int64_t, 2048> later_s_;  // more passages than these are laps of a small loop, which tell no shift
    std::size_t n_ = 0;
};

}  // namespace detail

/// The shift within ±`reach_s` at which b passes most of the places that a passes. O(1): at most 16384 seconds of the longer track.
/// Absent: no track, nothing in common within reach, or laps of a small loop: agreeing is 0.
[[nodiscard]] inline shift_guess shift_by_places(const raster& a, const raster& b, std::int64_t reach_s) noexcept {
    if (a.empty() || b.empty()) return {};
    const bool of_a = a.valid != b.valid ? a.valid < b.valid : detail::before(a, b);
    constexpr std::size_t places_max = detail::place_table::places_max;
    if (!of_a && a.valid == b.valid && !detail::before(b, a)) return {0, static_cast<std::int32_t>(places_max), static_cast<std::int32_t>(places_max)};  // one and the same
    const auto& few = of_a ? a : b;
    const auto& many = of_a ? b : a;
    detail::place_table places{few.lat[few.runs.front().from]};
    auto run = few.runs.begin();
    for (std::size_t k = 0, before_run = 0; k < places_max; ++k) {
        const auto nth = few.valid * (2 * k + 1) / (2 * places_max);  // of the seconds that have a position
        while (nth >= before_run + (run->to - run->from)) before_run += run->to - run->from, ++run;
        const auto i = run->from + (nth - before_run);
        places.add(few.first_s + static_cast<std::int64_t>(i), few.lat[i], few.lon[i]);
    }
    // one second of every step, never at one distance, since that of the places could be a multiple of it
    const auto step = std::max<std::size_t>(4, (many.lat.size() + 16383) / 16384);
    detail::passages passed{places, reach_s, 30 + 2 * static_cast<std::int64_t>(step)};
    for (std::size_t from = 0; from < many.lat.size(); from += step) {
        const auto any = static_cast<std::size_t>(std::uint64_t{from} * 0x9E3779B97F4A7C15ull >> 32);
        const auto i = from + (step == 4 ? any % 4 : any % step);  // nearly always 4: a third of the time went into dividing
        if (i >= many.lat.size()) break;
        places.for_near(many.lat[i], many.lon[i], [&](std::size_t place, std::int32_t square) { passed.see(place, many.first_s + static_cast<std::int64_t>(i), square); });
    }
    auto out = passed.most_agreed();
    if (of_a) out.shift_s = -out.shift_s;
    return out;
}

}  // namespace coincide

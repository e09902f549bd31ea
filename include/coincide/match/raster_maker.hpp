// SPDX-License-Identifier: BSL-1.0
//
// How a raster is made from columns of fixes, block by block: the inside of raster.hpp.
//
// What devices write decides the way of a block. A fix each second: the columns are the raster, but for their unit. Whole seconds of which some
// are missing: each fix is put in its place, then the places between are filled. Others: interpolated second by second. Whatever is rarer
// goes fix by fix. All ways lead to the same samples.
#pragma once

#include <coincide/match/raster_columns.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

/// Degrees, -180 to below 180, to binary angles by truncation: one multiplication, so fused arithmetic cannot change the result.
constexpr std::int32_t binary_angle(double degrees) noexcept { return static_cast<std::int32_t>(degrees * (4294967296.0 / 360.0)); }

constexpr bool is_time(std::int64_t ms) noexcept { return ms > -time_ms_max && ms < time_ms_max; }

constexpr bool on_globe(double lat, double lon) noexcept { return lat >= -90.0 && lat <= 90.0 && lon >= -180.0 && lon <= 180.0 && !(lat == 0.0 && lon == 0.0); }

/// Takes fixes in columns, block by block. A block that a device wrote without a break (nearly all of them) goes through loops without an
/// exit, which are not inlined so that compilers vectorise them; any other one fix by fix, to the same samples.
class raster_maker {
public:
    static constexpr std::size_t block = 256;

    /// `expected` fixes, if that is known.
    raster_maker(const raster_options& options, std::size_t expected) : gap_max_ms_{std::clamp<std::int64_t>(milliseconds{options.gap_max}.count(), 0, 86400000)}, length_max_s_{options.length_max.count()} {
        const auto most = std::min(expected, static_cast<std::size_t>(length_max_s_)) + 1;
        out_.lat.reserve(most), out_.lon.reserve(most);
    }

    /// Fix i is at start_ms + t_ms[i]; at most `block` of them.
    void add(std::int64_t start_ms, const std::int64_t* t_ms, const double* lat, const double* lon, std::size_t n) {
        if (n == 0) return;
        if (!is_time(t_ms[0]) || !is_time(t_ms[n - 1]) || !are_places(lat, lon, n)) return add_one_by_one(start_ms, t_ms, lat, lon, n);
        turns lat_turns, lon_turns;
        convert(lat, lat_turns.data(), n), convert(lon, lon_turns.data(), n);
        const auto first_ms = start_ms + t_ms[0], last_ms = start_ms + t_ms[n - 1];
        const bool goes_on = end_ > 0 && last_.ms < first_ms && first_ms - last_.ms <= gap_max_ms_;
        if (!goes_on) add_fix({first_ms, lat_turns[0], lon_turns[0], true});
        const bool taken = goes_on || last_.ms == first_ms;  // not before the last one: a clock that went back
        const bool fits = taken && end_ > 0 && last_ms / 1000 + 2 - out_.first_s < length_max_s_ && last_ms > last_.ms;
        const std::size_t from = goes_on ? 0 : 1;
        if (fits && end_second() * 1000 == last_.ms + 1000 && (from == 1 || first_ms == last_.ms + 1000) && are_apart(t_ms, n, 1000)) {
            append(out_.lat, lat_turns, from, n), append(out_.lon, lon_turns, from, n);
            end_ += n - from, last_ = {last_ms, lat_turns[n - 1], lon_turns[n - 1], true};
        } else if (steps seconds_on; fits && last_.ms % 1000 == 0 && end_second() * 1000 == last_.ms + 1000 && (from == 1 || (first_ms - last_.ms) % 1000 == 0) &&
                   are_whole_seconds(t_ms, n, gap_max_ms_, seconds_on.data())) {
            seconds_on[0] = static_cast<std::uint32_t>((first_ms - last_.ms) / 1000);
            put_in_place(last_ms, seconds_on.data() + from, lat_turns.data() + from, lon_turns.data() + from, n - from);
        } else if (fits && are_joined(t_ms, n, gap_max_ms_)) {
            add_joined(start_ms, t_ms + from, lat_turns.data() + from, lon_turns.data() + from, n - from);
        } else {
            for (auto i = from; i < n; ++i)
                if (is_time(t_ms[i])) add_fix({start_ms + t_ms[i], lat_turns[i], lon_turns[i], true});
        }
    }
    [[nodiscard]] raster take() {
        out_.extend(run_from_, end_);
        out_.lat.resize(end_), out_.lon.resize(end_);
        return std::move(out_);
    }

private:
    using turns = std::array<std::int32_t, block>;
    using steps = std::array<std::uint32_t, block>;
    struct fix_at {
        std::int64_t ms = 0;
        std::int32_t lat = 0, lon = 0;
        bool known = false;
    };
    static constexpr std::int64_t ceil_s(std::int64_t ms) noexcept { return ms > 0 ? (ms + 999) / 1000 : -(-ms / 1000); }

    /// What is rare (on the equator to the last bit, on the antimeridian) is left to the slow way.
    [[nodiscard, gnu::noinline]] static bool are_places(const double* lat, const double* lon, std::size_t n) noexcept {
        std::uint64_t wrong = 0;
        for (std::size_t i = 0; i < n; ++i)
            wrong |= static_cast<std::uint64_t>(!(std::abs(lat[i]) <= 90.0)) | static_cast<std::uint64_t>(lat[i] == 0.0) | static_cast<std::uint64_t>(!(std::abs(lon[i]) < 180.0));
        return wrong == 0;
    }
    [[gnu::noinline]] static void convert(const double* degrees, std::int32_t* to, std::size_t n) noexcept {
        for (std::size_t i = 0; i < n; ++i) to[i] = binary_angle(degrees[i]);
    }
    [[nodiscard, gnu::noinline]] static bool are_apart(const std::int64_t* t_ms, std::size_t n, std::uint64_t ms) noexcept {
        std::uint64_t wrong = 0;
        for (std::size_t i = 1; i < n; ++i) wrong |= static_cast<std::uint64_t>(t_ms[i]) - static_cast<std::uint64_t>(t_ms[i - 1]) - ms;
        return wrong == 0;
    }
    /// Each 1 ms … gap_max after the one before it.
    [[nodiscard, gnu::noinline]] static bool are_joined(const std::int64_t* t_ms, std::size_t n, std::int64_t gap_max_ms) noexcept {
        std::uint64_t wrong = 0;
        for (std::size_t i = 1; i < n; ++i) {
            const auto after = static_cast<std::int64_t>(static_cast<std::uint64_t>(t_ms[i]) - static_cast<std::uint64_t>(t_ms[i - 1]));
            wrong |= static_cast<std::uint64_t>(after < 1) | static_cast<std::uint64_t>(after > gap_max_ms);
        }
        return wrong == 0;
    }
    /// Each one or more whole seconds after the one before it, and how many; not the first.
    [[nodiscard, gnu::noinline]] static bool are_whole_seconds(const std::int64_t* t_ms, std::size_t n, std::int64_t gap_max_ms, std::uint32_t* seconds_on) noexcept {
        std::uint64_t wrong = 0;
        for (std::size_t i = 1; i < n; ++i) {
            const auto after = static_cast<std::uint64_t>(t_ms[i]) - static_cast<std::uint64_t>(t_ms[i - 1]);
            const auto ms = static_cast<std::uint32_t>(after), whole = ms / 1000;
            wrong |= (after - whole * 1000) | static_cast<std::uint64_t>(after - 1 >= static_cast<std::uint64_t>(gap_max_ms));
            seconds_on[i] = whole;
        }
        return wrong == 0;
    }
    /// Angles a ms between each and the one before it.
    [[gnu::noinline]] static void find_rates(const std::int64_t* t_ms, const std::int32_t* turns_of, double* rate, std::size_t n) noexcept {
        for (std::size_t i = 1; i < n; ++i) rate[i] = 1.0 / static_cast<double>(static_cast<std::int32_t>(t_ms[i] - t_ms[i - 1])) * turned(turns_of[i - 1], turns_of[i]);
    }

    static double turned(std::int32_t from, std::int32_t to) noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(to) - static_cast<std::uint32_t>(from)); }
    static std::int32_t moved(std::int32_t from, double by) noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(static_cast<std::int32_t>(by))); }

    [[nodiscard]] std::int64_t end_second() const noexcept { return out_.first_s + static_cast<std::int64_t>(end_); }

    /// Fixes of which each is joined to the one before it, the first to the last one that was taken; there is room in the length. The
    /// second s, last <= s < now, lies at last + (now - last) · (s - last) / (now - last).
    void add_joined(std::int64_t start_ms, const std::int64_t* t_ms, const std::int32_t* lat_turns, const std::int32_t* lon_turns, std::size_t n) {
        if (n == 0) return;
        std::array<double, block> lat_rate, lon_rate;
        find_rates(t_ms, lat_turns, lat_rate.data(), n), find_rates(t_ms, lon_turns, lon_rate.data(), n);
        const double share = 1.0 / static_cast<double>(start_ms + t_ms[0] - last_.ms);
        lat_rate[0] = share * turned(last_.lat, lat_turns[0]), lon_rate[0] = share * turned(last_.lon, lon_turns[0]);
        go_to(ceil_s(last_.ms));
        make_room(static_cast<std::size_t>((start_ms + t_ms[n - 1]) / 1000 - out_.first_s) + 2);
        auto next_ms = end_second() * 1000;
        auto last = last_;
        auto *lat = out_.lat.data() + end_, *lon = out_.lon.data() + end_;
        const auto* const begin = lat;
        for (std::size_t i = 0; i < n; ++i) {
            const auto now_ms = start_ms + t_ms[i];
            for (; next_ms < now_ms; next_ms += 1000) {
                const auto since = static_cast<double>(static_cast<std::int32_t>(next_ms - last.ms));
                *lat++ = moved(last.lat, lat_rate[i] * since), *lon++ = moved(last.lon, lon_rate[i] * since);
            }
            last = {now_ms, lat_turns[i], lon_turns[i], true};
        }
        end_ += static_cast<std::size_t>(lat - begin), last_ = last;
        put_last();
    }
    /// Fixes on whole seconds, so many after one another; the sample before the first one is the last fix, and there is room in the length.
    void put_in_place(std::int64_t last_ms, const std::uint32_t* seconds_on, const std::int32_t* lat_turns, const std::int32_t* lon_turns, std::size_t n) {
        if (n == 0) return;
        make_room(static_cast<std::size_t>(last_ms / 1000 - out_.first_s) + 1);
        auto *lat = out_.lat.data() + end_ - 1, *lon = out_.lon.data() + end_ - 1;
        std::array<std::pair<std::uint32_t, std::uint32_t>, block> gaps;  // place of the fix behind one, and its length
        std::size_t gap_count = 0;
        std::uint32_t at = 0;
        for (std::size_t i = 0; i < n; ++i) {
            at += seconds_on[i];
            lat[at] = lat_turns[i], lon[at] = lon_turns[i];
            gaps[gap_count] = {at, seconds_on[i]};
            gap_count += seconds_on[i] != 1;
        }
        for (const auto& [to, length] : std::span{gaps}.first(gap_count)) {
            const auto from = to - length;
            const double share = 1.0 / (length * 1000.0), lat_rate = share * turned(lat[from], lat[to]), lon_rate = share * turned(lon[from], lon[to]);
            for (std::uint32_t s = 1; s < length; ++s) lat[from + s] = moved(lat[from], lat_rate * (s * 1000.0)), lon[from + s] = moved(lon[from], lon_rate * (s * 1000.0));
        }
        end_ += at, last_ = {last_ms, lat_turns[n - 1], lon_turns[n - 1], true};
    }
    /// The last fix, where it lies on a second that has no sample yet.
    void put_last() {
        if (last_.ms % 1000 != 0 || end_second() * 1000 > last_.ms) return;
        go_to(last_.ms / 1000);
        make_room(end_ + 1);
        out_.lat[end_] = last_.lat, out_.lon[end_] = last_.lon, ++end_;
    }
    /// Leaves out the seconds before s.
    void go_to(std::int64_t s) {
        if (s <= end_second()) return;
        const auto at = static_cast<std::size_t>(s - out_.first_s);
        make_room(at + 1);
        std::fill(out_.lat.begin() + static_cast<std::ptrdiff_t>(end_), out_.lat.begin() + static_cast<std::ptrdiff_t>(at), raster::no_fix);
        std::fill(out_.lon.begin() + static_cast<std::ptrdiff_t>(end_), out_.lon.begin() + static_cast<std::ptrdiff_t>(at), raster::no_fix);
        out_.extend(run_from_, end_), run_from_ = end_ = at;
    }
    void add_fix(const fix_at& now) {
        if (last_.known && now.ms <= last_.ms) return;
        const bool joined = last_.known && now.ms - last_.ms <= gap_max_ms_;
        if (end_ == 0) out_.first_s = ceil_s(joined ? last_.ms : now.ms);
        if (now.ms / 1000 - out_.first_s >= length_max_s_) return;  // a stamp that is off does not end a track
        if (joined) {
            go_to(ceil_s(last_.ms));
            const double share = 1.0 / static_cast<double>(now.ms - last_.ms), lat_rate = share * turned(last_.lat, now.lat), lon_rate = share * turned(last_.lon, now.lon);
            for (auto ms = end_second() * 1000; ms < now.ms; ms += 1000) {
                const auto since = static_cast<double>(ms - last_.ms);
                make_room(end_ + 1);
                out_.lat[end_] = moved(last_.lat, lat_rate * since), out_.lon[end_] = moved(last_.lon, lon_rate * since), ++end_;
            }
        }
        last_ = now;
        put_last();
    }
    void add_one_by_one(std::int64_t start_ms, const std::int64_t* t_ms, const double* lat, const double* lon, std::size_t n) {
        for (std::size_t i = 0; i < n; ++i)
            if (is_time(t_ms[i]) && on_globe(lat[i], lon[i])) add_fix({start_ms + t_ms[i], binary_angle(lat[i]), binary_angle(lon[i] == 180.0 ? -180.0 : lon[i]), true});
    }
    /// Appended and not overwritten, so that no zeros are written first.
    void append(std::vector<std::int32_t>& to, const turns& of, std::size_t from, std::size_t n) {
        to.resize(end_);
        to.insert(to.end(), of.begin() + from, of.begin() + n);
    }
    void make_room(std::size_t end) {
        if (end > out_.lat.size()) out_.lat.resize(end), out_.lon.resize(end);
    }

    raster out_{};
    std::int64_t gap_max_ms_, length_max_s_;
    fix_at last_{};
    std::size_t end_ = 0, run_from_ = 0;
};

}  // namespace detail

}  // namespace coincide

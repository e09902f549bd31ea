// SPDX-License-Identifier: BSL-1.0
//
// Instants and their text form (RFC 3339). Digits are read by hand, so no locale can interfere; the calendar is date's.
//
//     parse_rfc3339("2024-05-27T06:19:26.5+08:00")  ->  instant 2024-05-26T22:19:26.500Z, offset 28800 s
//     format_rfc3339(that instant)                   ->  "2024-05-26T22:19:26.500Z"
//
// What it does not do: time-zone names, leap-second tables. A second of 60 is the next second, and says so.
// This is the only header of the library that includes date.
#pragma once

#include <coincide/config.hpp>

#include <date/date.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coincide {

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. 64 bits, so no calendar year can overflow it.
using instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;

/// Starts outside 1970-01-01 … 2199-12-31 are rejected: no recording device existed before, and a later date is a unit slip.
inline constexpr instant earliest_start{std::chrono::milliseconds{0}};
inline constexpr instant latest_start{std::chrono::milliseconds{7258118399999}};

namespace detail {
/// 31 000 years: times no further from 1970 than that can be added and subtracted without overflow.
inline constexpr std::int64_t time_ms_max = 1000000000000000;
constexpr std::int64_t bounded_ms(std::int64_t ms) noexcept { return std::clamp(ms, -time_ms_max, time_ms_max); }
}  // namespace detail

/// A device that never learnt the date counts from the last day of 1989 (FIT) or from a day near it (receivers of positions), and
/// adds the hours it was on: a start in 1989 or the first month of 1990 is of such a clock, and decides nothing.
[[nodiscard]] constexpr bool is_of_unset_clock(instant start) noexcept {
    constexpr instant from{std::chrono::milliseconds{599616000000}}, until{std::chrono::milliseconds{633830400000}};  // 1989-01-01, 1990-02-01
    return start >= from && start < until;
}

/// A date and time as text said it.
struct rfc3339_time {
    instant at{};                                  // with no zone: the local digits read as if they were UTC
    std::optional<std::chrono::seconds> offset{};  // local minus UTC. Absent: no zone in the text, or "-00:00" (unknown)
    bool has_zone = false;                         // the text ended in Z or an offset, so `at` is an instant
    bool leap_second = false;                      // the text said :60; `at` is the following second
};

namespace detail {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Reads exactly `count` digits at `pos` and moves on; -1 when there are fewer.
constexpr int take_digits(std::string_view text, std::size_t& pos, std::size_t count) noexcept {
    if (text.size() - pos < count || pos > text.size()) return -1;
    int value = 0;
    for (std::size_t end = pos + count; pos < end; ++pos) {
        if (!is_digit(text[pos])) return -1;
        value = value * 10 + (text[pos] - '0');
    }
    return value;
}

constexpr bool take_char(std::string_view text, std::size_t& pos, std::string_view any_of) noexcept {
    if (pos >= text.size() || any_of.find(text[pos]) == std::string_view::npos) return false;
    ++pos;
    return true;
}

}  // namespace detail

/// Reads "YYYY-MM-DDThh:mm:ss[.fff…][Z|±hh:mm]". A missing zone is not an error here; callers that need an instant look at
/// has_zone. Fractions beyond a millisecond are cut. Accepts lower-case t and z and a blank for T, as the RFC allows.
///
/// Errors      nothing: any other shape, a day that does not exist, hour 24, an offset beyond ±23:59 (problem_code::bad_time).
/// Complexity  O(length), no allocation, no locale.
[[nodiscard]] constexpr std::optional<rfc3339_time> parse_rfc3339(std::string_view text) noexcept {
    using namespace std::chrono;
    std::size_t pos = 0;
    constexpr std::nullopt_t bad = std::nullopt;
    const int y = detail::take_digits(text, pos, 4);
    if (y < 0 || !detail::take_char(text, pos, "-")) return bad;
    const int mo = detail::take_digits(text, pos, 2);
    if (mo < 0 || !detail::take_char(text, pos, "-")) return bad;
    const int d = detail::take_digits(text, pos, 2);
    if (d < 0 || !detail::take_char(text, pos, "Tt ")) return bad;
    const int h = detail::take_digits(text, pos, 2);
    if (h < 0 || h > 23 || !detail::take_char(text, pos, ":")) return bad;
    const int mi = detail::take_digits(text, pos, 2);
    if (mi < 0 || mi > 59 || !detail::take_char(text, pos, ":")) return bad;
    const int s = detail::take_digits(text, pos, 2);
    if (s < 0 || s > 60) return bad;

    const date::year_month_day day{date::year{y}, date::month{static_cast<unsigned>(mo)}, date::day{static_cast<unsigned>(d)}};
    if (!day.ok()) return bad;

    int ms = 0;
    if (detail::take_char(text, pos, ".,")) {
        if (pos >= text.size() || !detail::is_digit(text[pos])) return bad;
        for (int scale = 100; pos < text.size() && detail::is_digit(text[pos]); ++pos, scale /= 10) ms += (text[pos] - '0') * scale;
    }

    rfc3339_time out;
    out.leap_second = s == 60;
    const auto days_since_epoch = date::sys_days{day}.time_since_epoch().count();
    auto at = milliseconds{std::int64_t{days_since_epoch} * 86400000} + hours{h} + minutes{mi} + seconds{s} + milliseconds{ms};
    if (pos < text.size()) {
        out.has_zone = true;
        if (detail::take_char(text, pos, "Zz")) {
            out.offset = seconds{0};
        } else {
            const bool negative = text[pos] == '-';
            if (!detail::take_char(text, pos, "+-")) return bad;
            const int oh = detail::take_digits(text, pos, 2);
            detail::take_char(text, pos, ":");  // "+0200" is ISO 8601 and common
            const int om = oh < 0 ? -1 : detail::take_digits(text, pos, 2);
            if (oh > 23 || om < 0 || om > 59) return bad;
            const seconds offset = (hours{oh} + minutes{om}) * (negative ? -1 : 1);
            if (!(negative && offset == seconds{0})) out.offset = offset;
            at -= offset;
        }
        if (pos != text.size()) return bad;
    }
    out.at = instant{at};
    return out;
}

/// "YYYY-MM-DDThh:mm:ssZ", with ".mmm" only when the milliseconds are not zero. An instant outside the years 0000 … 9999,
/// which has no such form, is written as the first or last one that has.
[[nodiscard]] inline std::string format_rfc3339(instant at) {
    using namespace std::chrono;
    at = std::clamp(at, instant{milliseconds{-62167219200000}}, instant{milliseconds{253402300799999}});
    const auto day = date::floor<date::days>(at);
    const date::year_month_day ymd{day};
    const auto in_day = at - day;
    const int y = int{ymd.year()};
    std::string text = "0000-00-00T00:00:00Z";
    const auto put = [&text](std::size_t end, std::int64_t value) {
        for (; value > 0; value /= 10) text[--end] = static_cast<char>('0' + value % 10);
    };
    put(4, y);
    put(7, unsigned{ymd.month()});
    put(10, unsigned{ymd.day()});
    put(13, duration_cast<hours>(in_day).count());
    put(16, duration_cast<minutes>(in_day).count() % 60);
    put(19, duration_cast<seconds>(in_day).count() % 60);
    if (const auto ms = in_day.count() % 1000; ms != 0) {
        text.back() = '.';
        text += "000Z";
        put(23, ms);
    }
    return text;
}

}  // namespace coincide

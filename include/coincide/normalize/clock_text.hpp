// SPDX-License-Identifier: BSL-1.0
//
// Numbers, lengths of time, offsets and dates as services write them in text. Digits are read by hand: no locale, no
// exception, no allocation.
//
//     offset_in("UTC-0500") -> -18000 s          duration_in("PT1H2M3.250S") -> 3723.25
//     fixed_zone_offset("Etc/GMT+6") -> -21600 s      detail::number_in(" 12.50 ") -> 12.5
#pragma once

#include <coincide/record/convert.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace coincide {

namespace detail {

constexpr bool same_word(std::string_view text, std::string_view lower) noexcept {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) return false;
    }
    return true;
}

/// A number that is the whole of a text but for blanks around it. No locale, no exception, no hexadecimal, no "inf".
inline std::optional<double> number_in(std::string_view text) noexcept {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    if (text.empty() || (!is_digit(text.back()) && text.back() != '.')) return std::nullopt;
    bool negative = false;
    if (text.starts_with('-')) negative = true, text.remove_prefix(1);
    // Digits by hand: from_chars for double is missing in older libc++. 18 digits are kept, which is more than a double holds.
    std::uint64_t digits = 0;
    int exponent = 0;
    bool point = false, any = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.') {
            if (point) return std::nullopt;
            point = true;
        } else if (is_digit(c)) {
            any = true;
            if (digits < 100'000'000'000'000'000) {
                digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
                exponent -= point;
            } else {
                exponent += !point;
            }
        } else {
            break;
        }
    }
    if (!any) return std::nullopt;
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
        int more = 0;
        const bool plus = i + 2 < text.size() && text[i + 1] == '+' && text[i + 2] != '-';
        const auto tail = text.substr(i + 1 + plus);
        const auto read = std::from_chars(tail.data(), tail.data() + tail.size(), more);
        if (read.ec != std::errc{} || read.ptr != tail.data() + tail.size() || more > 400 || more < -400) return std::nullopt;
        exponent += more;
    }
    // Exact for up to 15 digits and powers of ten up to 22; elsewhere within a unit in the last place or two.
    constexpr double tens[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    double value = static_cast<double>(digits);
    for (; exponent > 0; exponent -= exponent > 22 ? 22 : exponent) value *= tens[exponent > 22 ? 22 : exponent];
    for (; exponent < 0; exponent += exponent < -22 ? 22 : -exponent) value /= tens[exponent < -22 ? 22 : -exponent];
    return negative ? -value : value;
}

inline std::optional<std::int64_t> integer_in(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() && !text.empty() ? std::optional{value} : std::nullopt;
}

/// The month whose English name begins with these letters, 1 … 12, or 0.
constexpr int month_of(std::string_view word) noexcept {
    constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    if (word.size() < 3) return 0;
    for (int m = 0; m < 12; ++m)
        if (same_word(word.substr(0, 3), months.substr(static_cast<std::size_t>(m) * 3, 3))) return m + 1;
    return 0;
}

/// A date and time in words, in any order of its parts, as ISO digits in `iso`; false when it is none.
inline bool words_to_iso(std::string_view text, std::array<char, 20>& iso, bool& to_the_minute) noexcept {
    int y = -1, mo = 0, d = -1, h = -1, mi = 0, s = 0;
    bool pm = false, am = false;
    while (!text.empty()) {
        const auto begin = text.find_first_not_of(", \t\xC2\xA0\xE2\x80\xAF");  // also the narrow blank before PM
        if (begin == std::string_view::npos) break;
        text.remove_prefix(begin);
        const auto word = text.substr(0, text.find_first_of(", \t\xC2\xE2"));
        text.remove_prefix(word.size() == 0 ? 1 : word.size());
        if (const auto colon = word.find(':'); colon != std::string_view::npos) {
            const auto second = word.find(':', colon + 1);
            const auto hours = integer_in(word.substr(0, colon));
            const auto minutes = integer_in(word.substr(colon + 1, second == std::string_view::npos ? second : second - colon - 1));
            const auto rest = second == std::string_view::npos ? std::optional<std::int64_t>{0} : integer_in(word.substr(second + 1));
            if (!hours || !minutes || !rest || *hours < 0 || *minutes < 0 || *rest < 0 || *hours > 23 || *minutes > 59 || *rest > 60) return false;
            to_the_minute = second == std::string_view::npos;
            h = static_cast<int>(*hours), mi = static_cast<int>(*minutes), s = static_cast<int>(*rest);
        } else if (const auto number = integer_in(word)) {
            if (*number > 31 && *number < 10000) y = static_cast<int>(*number);
            else if (*number >= 1 && *number <= 31) d = static_cast<int>(*number);
            else return false;
        } else if (month_of(word) != 0) {
            mo = month_of(word);
        } else if (same_word(word, "pm")) {
            pm = true;
        } else if (same_word(word, "am")) {
            am = true;
        }  // a day of the week, "at"
    }
    if (y < 0 || mo == 0 || d < 0 || h < 0 || ((am || pm) && (h < 1 || h > 12))) return false;
    if (am || pm) h = h % 12 + (pm ? 12 : 0);
    const auto put = [&iso](std::size_t at, int digits, int value) {
        for (int i = digits - 1; i >= 0; --i, value /= 10) iso[at + static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    };
    iso = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', '\0'};
    put(0, 4, y), put(5, 2, mo), put(8, 2, d), put(11, 2, h), put(14, 2, mi), put(17, 2, s);
    return true;
}

/// ISO 8601 as services write it, as RFC 3339 asks for it: seconds added, the blank before an offset taken out.
inline std::optional<rfc3339_time> parse_loosely(std::string_view text, bool& to_the_minute) noexcept {
    if (auto strict = parse_rfc3339(text)) return strict;
    std::array<char, 48> clean;
    std::size_t n = 0;
    if (text.size() + 3 > clean.size() || text.size() < 16) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 16 && text[i] != ':') to_the_minute = true, clean[n++] = ':', clean[n++] = '0', clean[n++] = '0';
        if (i >= 16 && text[i] == ' ') continue;
        clean[n++] = text[i];
    }
    if (text.size() == 16) to_the_minute = true, clean[n++] = ':', clean[n++] = '0', clean[n++] = '0';
    return parse_rfc3339({clean.data(), n});
}

}  // namespace detail

/// "+01:00", "-0500", "UTC-0500", "GMT+2", "Z", "3600s": local minus UTC.
[[nodiscard]] inline std::optional<seconds> offset_in(std::string_view text) noexcept {
    if (text == "UTC" || text == "GMT" || text == "Z") return seconds{0};
    if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
    if (text.empty()) return std::nullopt;
    const bool negative = text.front() == '-';
    if (text.back() == 's') {
        const auto v = detail::number_in(text.substr(0, text.size() - 1));
        return v && *v > -86400 && *v < 86400 ? std::optional{seconds{static_cast<std::int64_t>(*v)}} : std::nullopt;
    }
    if (!negative && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    std::size_t pos = 0;
    const int h = detail::take_digits(text, pos, text.size() == 1 ? 1 : 2);
    detail::take_char(text, pos, ":");
    const int m = pos == text.size() ? 0 : detail::take_digits(text, pos, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59 || pos != text.size()) return std::nullopt;
    const seconds offset = std::chrono::hours{h} + std::chrono::minutes{m};
    return negative ? -offset : offset;
}

namespace detail {
/// Seconds of a unit of time as people and ISO 8601 abbreviate it; 0 for anything else.
constexpr double seconds_in(std::string_view word) noexcept {
    constexpr std::pair<std::string_view, double> units_of_time[] = {
        {"s", 1}, {"sec", 1}, {"secs", 1}, {"second", 1}, {"seconds", 1}, {"m", 60}, {"min", 60}, {"mins", 60}, {"minute", 60}, {"minutes", 60},
        {"h", 3600}, {"hr", 3600}, {"hrs", 3600}, {"hour", 3600}, {"hours", 3600}, {"d", 86400}, {"day", 86400}, {"days", 86400},
    };
    for (const auto& [known, length] : units_of_time)
        if (same_word(word, known)) return length;
    return 0;
}
}  // namespace detail

/// A length of time in seconds: "PT1H2M3.250S", "3723s", "1h 5m", "1:02:03", "62:03".
[[nodiscard]] inline std::optional<double> duration_in(std::string_view text) noexcept {
    double total = 0;
    if (text.find(':') != std::string_view::npos) {
        for (int parts = 0;; ++parts) {
            const auto colon = text.find(':');
            const auto part = detail::number_in(text.substr(0, colon));
            if (!part || *part < 0 || parts == 3) return std::nullopt;
            total = total * 60 + *part;
            if (colon == std::string_view::npos) return total;
            text.remove_prefix(colon + 1);
        }
    }
    if (text.starts_with('P')) text.remove_prefix(1);
    bool any = false;
    while (!text.empty()) {
        if (text.front() == 'T' || text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        const auto end = text.find_first_not_of("0123456789.");
        const auto value = detail::number_in(text.substr(0, end));
        if (!value || end == std::string_view::npos) return std::nullopt;
        text.remove_prefix(end);
        const auto word = text.substr(0, text.find_first_of("0123456789. T"));
        text.remove_prefix(word.size());
        const double length = detail::seconds_in(word);
        if (length == 0) return std::nullopt;
        total += *value * length;
        any = true;
    }
    return any ? std::optional{total} : std::nullopt;
}

/// Zones that are their own offset: "UTC", "GMT", "Etc/UTC", "Etc/GMT+6" (which is UTC-6: POSIX signs). No database needed.
[[nodiscard]] inline std::optional<seconds> fixed_zone_offset(std::string_view zone) noexcept {
    const bool turned = zone.starts_with("Etc/");  // POSIX signs, only there
    if (turned) zone.remove_prefix(4);
    if (zone == "UTC" || zone == "GMT" || zone == "UCT" || zone == "Zulu") return seconds{0};
    if (!zone.starts_with("GMT")) return std::nullopt;
    const auto offset = offset_in(zone);
    return offset && turned ? std::optional{-*offset} : offset;
}

}  // namespace coincide

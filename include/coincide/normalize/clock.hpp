// SPDX-License-Identifier: BSL-1.0
//
// What a source's clock said: text and numbers to an instant, or to local digits whose zone something else must tell.
//
//     read_stamp(delivered::of("2025-03-30 02:45:10 +0200"), stamp::text)       ->  instant 00:45:10Z, offset 7200 s
//     read_stamp(delivered::of("Sun, 30 Mar 2025 01:45:10"), stamp::words)      ->  local digits, no instant yet
//     read_stamp(delivered::of(std::int64_t{1743295510000}), stamp::unix_ms)    ->  instant 00:45:10Z
//
// No time-zone database is needed; `zone_database` is where a host that has one plugs it in (adapters/date_tz.hpp).
#pragma once

#include <coincide/normalize/clock_text.hpp>
#include <coincide/normalize/delivered.hpp>

#include <array>
#include <optional>
#include <string_view>

namespace coincide {

/// How a source writes a time.
enum class stamp : std::uint8_t {
    text,     // ISO 8601 as services write it: T or blank, seconds and zone optional, a blank before the zone allowed
    words,    // "May 29, 2022, 3:53:35 PM", "Sun, 30 Mar 2025 01:45:10", "28 Mar 2025, 17:29": English month names
    unix_s,   // a number, or text with one, of seconds since 1970
    unix_ms,
    unix_ns,
};

/// What the digits of a time are.
enum class zone_rule : std::uint8_t {
    written,        // the text tells (Z or an offset); without one they are local. Z says nothing about the place
    placed,         // as written, and the offset is always the place's: a Z is UTC there
    utc,            // UTC, also where the text names no zone. An offset that is not zero is believed
    local,          // local wall time, also with a false "Z" or "+00:00", or written as an epoch. An offset that is not zero is believed
};

struct clock_reading {
    instant at{};                                 // an instant, or local digits as if they were UTC
    bool is_instant = false;
    std::optional<seconds> offset{};              // that the text itself told
    std::optional<seconds> precision{};           // where the form is coarser than a second
    bool rescaled = false;                        // the number was in another scale than the form says
};

/// Offsets of named zones, from a host's time-zone database. Either function may say that it does not know.
struct zone_database {
    std::optional<seconds> (*at_instant)(std::string_view zone, instant at) = nullptr;
    std::optional<seconds> (*at_local)(std::string_view zone, instant local_digits) = nullptr;  // an hour that comes twice: the first
};

/// The time that a value says; nothing when it says none in this form.
[[nodiscard]] inline std::optional<clock_reading> read_stamp(const delivered& value, stamp form, zone_rule zone = zone_rule::written) noexcept {
    clock_reading out;
    if (form == stamp::text || form == stamp::words) {
        if (value.is != delivered::kind::text) return std::nullopt;
        std::array<char, 20> iso;
        bool to_the_minute = false;
        const bool in_words = form == stamp::words && detail::words_to_iso(value.text, iso, to_the_minute);
        const auto text = in_words ? std::string_view{iso.data(), 19} : value.text;
        const auto parsed = detail::parse_loosely(text, to_the_minute);
        if (!parsed) return std::nullopt;
        if (to_the_minute) out.precision = seconds{60};
        out.at = parsed->at;
        out.is_instant = parsed->has_zone;
        const bool believed = parsed->has_zone && parsed->offset && *parsed->offset != seconds{0};
        const bool told = zone == zone_rule::placed || believed || (zone == zone_rule::written && text.back() != 'Z' && text.back() != 'z');
        if (parsed->has_zone && told) out.offset = parsed->offset;
        if (believed) return out;
    } else {
        std::int64_t ticks = value.integer;
        double exact = value.number;
        if (value.is == delivered::kind::text) {
            const auto whole = detail::integer_in(value.text);
            const auto number = whole ? std::nullopt : detail::number_in(value.text);
            if (!whole && !number) return std::nullopt;
            ticks = whole.value_or(0);
            exact = number.value_or(static_cast<double>(ticks));
        } else if (!value.numeric()) {
            return std::nullopt;
        }
        const bool whole = value.is == delivered::kind::integer || exact == static_cast<double>(ticks);
        // Some answers change the scale under one name; no workout is from before 1973 in milliseconds, or after 5138 in seconds.
        constexpr double turn = 1e11;
        if (form == stamp::unix_s && exact >= turn) exact /= exact >= 10 * turn ? 1000 : 100, out.rescaled = true;
        if (form == stamp::unix_ms && exact > 0 && exact < turn) exact *= 1000, out.rescaled = true;
        if (form == stamp::unix_ns && whole) out.at = instant{milliseconds{ticks / 1'000'000}};
        else {
            const double to_s = form == stamp::unix_s ? 1.0 : form == stamp::unix_ms ? 1e-3 : 1e-9;
            const auto since = detail::duration_from_seconds<milliseconds>(exact * to_s);
            if (!since) return std::nullopt;
            out.at = instant{*since};
        }
        out.is_instant = true;
    }
    if (zone == zone_rule::utc) out.is_instant = true;
    if (zone == zone_rule::local) out.is_instant = false;
    return out;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Laws of clocks and of numbers in text: however a source writes it, it is the same time, the same offset, the same number.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

/// From 1976 on: before, a number of milliseconds is as small as one of seconds.
instant any_start() { return instant{seconds{*rc::gen::inRange<std::int64_t>(200'000'000, 7'258'118'400)}}; }
seconds any_offset() { return seconds{900 * *rc::gen::inRange(-48, 57)}; }  // UTC-12 to UTC+14, by quarter hours

std::string print(const char* format, auto... values) {
    char text[400];
    const int size = std::snprintf(text, sizeof text, format, values...);
    return {text, static_cast<std::size_t>(size)};
}
std::string sign_of(seconds offset) { return offset < 0s ? "-" : "+"; }
long hours_of(seconds offset) { return std::abs(offset.count()) / 3600; }
long minutes_of(seconds offset) { return std::abs(offset.count()) % 3600 / 60; }

/// "2025-03-30T02:45:10" of digits that are local.
std::string digits(instant at) { return format_rfc3339(at).substr(0, 19); }

constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
constexpr std::string_view needs[] = {"/id"};
struct clock_read {
    instant at{};
    std::optional<seconds> offset{};
    friend bool operator==(const clock_read&, const clock_read&) = default;
};
clock_read clock_by(const moment_rule& moment, std::optional<offset_rule> offset, const flat_payload& from) {
    profile by{.name = "test", .source = "testing", .needs = needs, .start = {&moment, 1}, .numbers = {}, .says = says};
    if (offset) by.offset = {&*offset, 1};
    const auto got = normalize(from, by);
    RC_ASSERT(got.has_value());
    RC_ASSERT(got->remarks.empty() || is_of_unset_clock(got->record.start_time));
    return {got->record.start_time, got->record.utc_offset};
}

}  // namespace

TEST_CASE("one moment is one instant and one offset, in whatever form it was written", "[clock][law]") {
    rc::prop("for any start and any place", [] {
        const auto at = any_start();
        const auto offset = any_offset();
        const auto local = at + offset;
        const clock_read wanted{at, offset};
        const flat_payload none{{"/id", "7"}};
        const auto iso = digits(local);
        auto blank = iso;
        blank[10] = ' ';
        const auto h = hours_of(offset), m = minutes_of(offset);
        for (const auto& text : {iso + sign_of(offset) + print("%02ld:%02ld", h, m), iso + sign_of(offset) + print("%02ld%02ld", h, m), blank + " " + sign_of(offset) + print("%02ld%02ld", h, m)})
            RC_ASSERT((clock_by({"/t", stamp::text}, {}, none.with({{"/t", text}})) == wanted));
        const auto with_offset = [&](const offset_rule& rule, const flat_value& v) { return clock_by({"/t", stamp::text, zone_rule::local}, rule, none.with({{"/t", iso + "Z"}, {"/o", v}})); };
        RC_ASSERT((with_offset(offset_as("/o", units::second), offset.count()) == wanted));
        RC_ASSERT((with_offset(offset_as("/o", units::minute), offset.count() / 60) == wanted));
        RC_ASSERT((with_offset(offset_as("/o", units::quarter_hour), offset.count() / 900) == wanted));
        RC_ASSERT((with_offset(offset_as("/o", units::hour), static_cast<double>(offset.count()) / 3600) == wanted));
        RC_ASSERT((with_offset(offset_as("/o", units::millisecond), offset.count() * 1000) == wanted));
        RC_ASSERT((with_offset(offset_text("/o"), "UTC" + sign_of(offset) + print("%02ld%02ld", h, m)) == wanted));
        RC_ASSERT((with_offset(offset_text("/o"), std::to_string(offset.count()) + "s") == wanted));
        const auto unix_s = at.time_since_epoch() / 1s;
        RC_ASSERT((clock_by({"/t", stamp::unix_s}, local_at("/o"), none.with({{"/t", unix_s}, {"/o", iso}})) == wanted));
        RC_ASSERT((clock_by({"/t", stamp::unix_ms}, local_at("/o", stamp::unix_ms), none.with({{"/t", unix_s * 1000}, {"/o", (unix_s + offset.count()) * 1000}})) == wanted));
        RC_ASSERT((clock_by({"/t", stamp::unix_ns}, local_at("/o"), none.with({{"/t", std::to_string(unix_s) + "000000000"}, {"/o", iso + "Z"}})) == wanted));
        RC_ASSERT((clock_by({"/t", stamp::text, zone_rule::utc}, local_at("/o"), none.with({{"/t", digits(at)}, {"/o", iso}})) == wanted));
    });
}

TEST_CASE("words and ISO digits are the same time", "[clock][law]") {
    rc::prop("in the forms of Strava, Runkeeper and Hevy", [] {
        constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        const auto at = any_start();
        const auto iso = digits(at);
        const auto part = [&](std::size_t from, std::size_t size) { return std::atoi(iso.substr(from, size).c_str()); };
        const int y = part(0, 4), d = part(8, 2), h = part(11, 2), mi = part(14, 2), s = part(17, 2);
        const char* month = months[part(5, 2) - 1];
        for (const auto& text : {print("%s %d, %d, %d:%02d:%02d %s", month, d, y, (h + 11) % 12 + 1, mi, s, h < 12 ? "AM" : "PM"), print("Sun, %d %s %d %02d:%02d:%02d", d, month, y, h, mi, s)})
            RC_ASSERT((read_stamp(delivered::of(std::string_view{text}), stamp::words)->at == at));
        const auto minute = print("%d %s %d, %02d:%02d", d, month, y, h, mi);
        RC_ASSERT((read_stamp(delivered::of(std::string_view{minute}), stamp::words)->at == at - seconds{s}));
    });
}

TEST_CASE("a length of time is the same in all its forms", "[clock][law]") {
    rc::prop("to the millisecond", [] {
        const auto ms = *rc::gen::inRange<std::int64_t>(0, 360'000'000);
        const long h = ms / 3'600'000, m = ms / 60'000 % 60, s = ms / 1000 % 60, rest = ms % 1000;
        for (const auto& text : {print("PT%ldH%ldM%ld.%03ldS", h, m, s, rest), print("PT%ld.%03ldS", static_cast<long>(ms / 1000), rest), print("%ld.%03lds", static_cast<long>(ms / 1000), rest),
                                 print("%ld:%02ld:%02ld.%03ld", h, m, s, rest), print("%ld:%02ld.%03ld", h * 60 + m, s, rest), print("%ldh %ldm %ld.%03lds", h, m, s, rest)}) {
            const auto read = duration_in(text);
            RC_ASSERT(read.has_value());
            RC_ASSERT((std::llround(*read * 1000) == ms));
        }
    });
}

TEST_CASE("an offset is the same in all its forms", "[clock][law]") {
    rc::prop("for every quarter hour", [] {
        const auto offset = any_offset();
        const auto h = hours_of(offset), m = minutes_of(offset);
        for (const auto& text : {print("%02ld:%02ld", h, m), print("%02ld%02ld", h, m)})
            for (const char* before : {"", "UTC", "GMT"}) RC_ASSERT((offset_in(before + sign_of(offset) + text) == offset));
        RC_ASSERT((offset_in(std::to_string(offset.count()) + "s") == offset));
        if (m == 0) RC_ASSERT((fixed_zone_offset("Etc/GMT" + sign_of(-offset) + std::to_string(h)) == offset));
    });
}

TEST_CASE("a number in text is the number", "[clock][law]") {
    rc::prop("exactly up to 15 digits, where the power of ten is small", [] {
        const auto whole = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999, 1'000'000'000'000'000);
        const int decimals = *rc::gen::inRange(0, 16);
        auto text = std::to_string(std::abs(whole));
        text.insert(0, static_cast<std::size_t>(std::max(0, decimals + 1 - static_cast<int>(text.size()))), '0');
        if (decimals > 0) text.insert(text.size() - static_cast<std::size_t>(decimals), ".");
        if (whole < 0) text.insert(0, "-");
        RC_ASSERT((detail::number_in(text) == std::strtod(text.c_str(), nullptr)));
        RC_ASSERT((detail::number_in(" " + text + "  ") == std::strtod(text.c_str(), nullptr)));
    });
    rc::prop("within two units in the last place for every number that an activity can have", [] {
        const double v = std::ldexp(static_cast<double>(*rc::gen::inRange<std::int64_t>(1, 9007199254740992)), *rc::gen::inRange(-80, 12));
        for (const auto& text : {print("%.17g", v), print("%.17e", v), print("%.20f", v)}) {
            const double exact = std::strtod(text.c_str(), nullptr);
            const auto read = detail::number_in(text);
            RC_ASSERT(read.has_value());
            RC_ASSERT((std::abs(*read - exact) <= 2 * (std::nextafter(exact, HUGE_VAL) - exact)));
        }
    });
}

TEST_CASE("any text is read to a value or to nothing, and always to the same", "[clock][law][hostile]") {
    rc::prop("of the letters that times are made of, and of all bytes", [] {
        const auto letters = *rc::gen::container<std::string>(rc::gen::elementOf(std::string{"0123456789+-:.,TZtzPHMSDhmsUCGe AprM\xC2\xA0\xE2\x80\xAF"}));
        const auto bytes = *rc::gen::arbitrary<std::string>();
        for (const auto& text : {letters, bytes, "2025-03-30T02:45:10" + letters, "Mar 30, 2025, 2:4" + letters, "1743295510" + letters}) {
            for (const auto form : {stamp::text, stamp::words, stamp::unix_s, stamp::unix_ms, stamp::unix_ns})
                for (const auto zone : {zone_rule::written, zone_rule::placed, zone_rule::utc, zone_rule::local}) {
                    const auto once = read_stamp(delivered::of(std::string_view{text}), form, zone), again = read_stamp(delivered::of(std::string_view{text}), form, zone);
                    RC_ASSERT((once.has_value() == again.has_value()));
                    if (!once) continue;
                    RC_ASSERT((once->at == again->at));
                    RC_ASSERT((!once->offset || (*once->offset > -24h && *once->offset < 24h)));
                    RC_ASSERT((zone != zone_rule::local || !once->is_instant));
                    RC_ASSERT((zone != zone_rule::utc || once->is_instant));
                }
            const auto length = duration_in(text);
            RC_ASSERT((!length || *length >= 0));
            const auto offset = offset_in(text);
            RC_ASSERT((!offset || (*offset > -24h && *offset < 24h)));
        }
    });
}

// SPDX-License-Identifier: BSL-1.0
//
// Stamps, offsets, zones and lengths of time as services write them, and text that is none of these.
#include <coincide/normalize/clock.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

using reading = std::optional<clock_reading>;

reading said(std::string_view text, zone_rule zone = zone_rule::written) { return read_stamp(delivered::of(text), stamp::text, zone); }
reading in_words(std::string_view text, zone_rule zone = zone_rule::written) { return read_stamp(delivered::of(text), stamp::words, zone); }
reading counted(std::int64_t ticks, stamp form) { return read_stamp(delivered::of(ticks), form); }
reading counted(double ticks, stamp form) { return read_stamp(delivered::of(ticks), form); }
reading counted(std::string_view ticks, stamp form) { return read_stamp(delivered::of(ticks), form); }

/// The digits "2025-03-30T00:45:10.500Z" that a reading stands for, and "?" behind them when they are no instant yet.
std::string digits(const reading& r) {
    if (!r) return "nothing";
    return format_rfc3339(r->at) + (r->is_instant ? "" : "?");
}

const std::vector<std::string> nonsense = {
    "", " ", "-", "+", ":", ":::", "::::::::::", "T", "Z", "P", "PT", "GMT+", "UTC-", "1e308", "-1e308", "1e999999999", "1e-999999999", "0x10", "inf", "nan",
    "NaN", "Infinity", "--5", "+-5", "-+5", "1e+-5", "1e", "1e+", ".", "-.", "1..2", "1.2.3", "12 30", "yesterday", "\xFF\xFE", std::string(3, '\0'),
    "0000-00-00T00:00:00Z", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-03-30T24:00:00Z", "2025-03-30T02:60:00Z", "2025-03-30", "2025-03-30T02",
    "2025-03-30T02:45:10+24:00", "2025-03-30T02:45:10+0", "12025-03-30T02:45:10Z", "-2025-03-30T02:45:10Z", "2025/03/30 02:45:10", "30.03.2025 02:45",
    std::string(400, '9'), "-" + std::string(400, '9'), std::string(400, '0') + "x", std::string(1'000'000, '7') + "x", std::string(1'000'000, ':'),
    std::string(1'000'000, ' '), std::string(1'000'000, '-')};

}  // namespace

TEST_CASE("text with a zone is an instant, in every form that services write", "[clock]") {
    for (const char* text :
         {"2025-03-30T00:45:10Z", "2025-03-30t00:45:10z", "2025-03-30 00:45:10Z", "2025-03-30T02:45:10+02:00", "2025-03-30T02:45:10+0200", "2025-03-30 02:45:10 +0200",
          "2025-03-30 02:45:10 +02:00", "2025-03-29T17:45:10-07:00", "2025-03-30T06:30:10+05:45", "2025-03-30T14:45:10+14:00", "2025-03-30T00:45:10-00:00"})
        CHECK(digits(said(text)) == "2025-03-30T00:45:10Z");
    CHECK(digits(said("2025-03-30T00:45:10.5Z")) == "2025-03-30T00:45:10.500Z");
    CHECK(digits(said("2025-03-30T00:45:10,25Z")) == "2025-03-30T00:45:10.250Z");
    CHECK(digits(said("2025-03-30T00:45:10.123456789Z")) == "2025-03-30T00:45:10.123Z");
    CHECK(digits(said("2025-03-30T00:45Z")) == "2025-03-30T00:45:00Z");
    CHECK(digits(said("2025-03-30 02:45+02:00")) == "2025-03-30T00:45:00Z");
}

TEST_CASE("an offset in the text is the place's; Z says nothing about the place unless the source means it so", "[clock]") {
    CHECK(said("2025-03-30T02:45:10+02:00")->offset == 2h);
    CHECK(said("2025-03-30 02:45:10 -0330")->offset == -3h - 30min);
    CHECK(said("2025-03-30T02:45:10+05:45")->offset == 5h + 45min);
    CHECK(said("2025-03-30T02:45:10+00:00")->offset == 0s);
    CHECK_FALSE(said("2025-03-30T02:45:10Z")->offset);
    CHECK_FALSE(said("2025-03-30T02:45:10-00:00")->offset);  // RFC 3339: the offset is not known
    CHECK(said("2025-03-30T02:45:10Z", zone_rule::placed)->offset == 0s);
    CHECK(said("2025-03-30T02:45:10+02:00", zone_rule::placed)->offset == 2h);
    CHECK_FALSE(said("2025-03-30T02:45:10+00:00", zone_rule::utc)->offset);
    CHECK_FALSE(said("2025-03-30T02:45:10+00:00", zone_rule::local)->offset);
}

TEST_CASE("text without a zone is local digits until something else tells the zone", "[clock]") {
    for (const char* text : {"2025-03-30T01:45:10", "2025-03-30 01:45:10", "2025-03-30T01:45:10.000"}) CHECK(digits(said(text)) == "2025-03-30T01:45:10Z?");
    CHECK(digits(said("2025-03-30T01:45:10", zone_rule::placed)) == "2025-03-30T01:45:10Z?");
    CHECK(digits(said("2025-03-30T01:45:10", zone_rule::utc)) == "2025-03-30T01:45:10Z");
}

TEST_CASE("a false Z leaves the digits as they stand; an offset that is not zero is meant", "[clock][trap]") {
    CHECK(digits(said("2025-03-30T02:45:10Z", zone_rule::local)) == "2025-03-30T02:45:10Z?");
    CHECK(digits(said("2025-03-30T02:45:10+00:00", zone_rule::local)) == "2025-03-30T02:45:10Z?");
    CHECK(digits(said("2025-03-30T02:45:10+00:00", zone_rule::utc)) == "2025-03-30T02:45:10Z");
    for (const auto rule : {zone_rule::local, zone_rule::utc}) {
        CHECK(digits(said("2025-03-30T02:45:10+02:00", rule)) == "2025-03-30T00:45:10Z");
        CHECK(said("2025-03-30T02:45:10+02:00", rule)->offset == 2h);
    }
}

TEST_CASE("a stamp without seconds is known to the minute", "[clock]") {
    CHECK(said("2025-03-30T02:45")->precision == 60s);
    CHECK(said("2025-03-30 02:45")->precision == 60s);
    for (const char* text : {"2025-03-30T02:45:00", "2025-03-30T02:45:00Z", "2025-03-30T02:45:00.5+02:00"}) CHECK_FALSE(said(text)->precision);
    CHECK_FALSE(in_words("Mar 30, 2025, 2:45:00 AM")->precision);
}

// Only text of exactly 16 characters counts as coarse (clock.hpp, read_stamp): not with a zone, not in words.
TEST_CASE("a stamp without seconds is known to the minute with a zone behind it too, and in words", "[clock]") {
    CHECK(said("2025-03-30T02:45Z")->precision == 60s);
    CHECK(said("2025-03-30T02:45+02:00")->precision == 60s);
    CHECK(in_words("28 Mar 2025, 17:29")->precision == 60s);
}

// parse_loosely drops blanks behind character 16 only, and here the blank is character 16.
TEST_CASE("seconds may be missing before a blank and an offset", "[clock]") {
    CHECK(digits(said("2025-03-30 02:45 +0200")) == "2025-03-30T00:45:00Z");
}

TEST_CASE("dates in words are read in any order of their parts", "[clock]") {
    CHECK(digits(in_words("Sun, 30 Mar 2025 01:45:10")) == "2025-03-30T01:45:10Z?");
    CHECK(digits(in_words("Tue, 1 Mar 2011 07:00:00")) == "2011-03-01T07:00:00Z?");
    CHECK(digits(in_words("28 Mar 2025, 17:29")) == "2025-03-28T17:29:00Z?");
    CHECK(digits(in_words("May 29, 2022, 3:53:35 PM")) == "2022-05-29T15:53:35Z?");
    CHECK(digits(in_words("May 29, 2022, 3:53:35 PM", zone_rule::utc)) == "2022-05-29T15:53:35Z");
    CHECK(digits(in_words("May 29, 2022, 3:53:35\u202FPM")) == "2022-05-29T15:53:35Z?");  // the narrow blank of newer systems
    CHECK(digits(in_words("May 29, 2022, 3:53:35\u00A0pm")) == "2022-05-29T15:53:35Z?");
    CHECK(digits(in_words("September 5, 2020 at 06:07")) == "2020-09-05T06:07:00Z?");
    CHECK(digits(in_words("2025-03-30T01:45:10Z")) == "2025-03-30T01:45:10Z");  // ISO where words were expected
    const char* months[] = {"Jan", "february", "MAR", "Apr", "may", "June", "Jul", "Aug", "Sept", "Oct", "Nov", "December"};
    for (int m = 0; m < 12; ++m) {
        const auto at = in_words("7 " + std::string{months[m]} + " 2024 01:02:03");
        REQUIRE(at);
        CHECK(format_rfc3339(at->at).substr(0, 10) == "2024-" + std::string(m < 9 ? "0" : "") + std::to_string(m + 1) + "-07");
    }
}

TEST_CASE("twelve o'clock is midnight before AM and noon before PM", "[clock][trap]") {
    const auto hour = [](std::string_view time) { return digits(in_words("May 29, 2022, " + std::string{time})).substr(11, 5); };
    CHECK(hour("12:30:00 AM") == "00:30");
    CHECK(hour("1:30:00 AM") == "01:30");
    CHECK(hour("11:59:00 AM") == "11:59");
    CHECK(hour("12:30:00 PM") == "12:30");
    CHECK(hour("1:30:00 PM") == "13:30");
    CHECK(hour("11:59:00 PM") == "23:59");
    for (const char* none : {"May 29, 2022, 0:30:00 AM", "May 29, 2022, 13:30:00 PM", "May 29, 2022, 24:00:00", "May 29, 2022, 12:60:00 PM"})
        CHECK(digits(in_words(none)) == "nothing");
}

TEST_CASE("words that are no date, or only half of one, give nothing", "[clock][hostile]") {
    for (const char* text : {"", ",", "May", "May 29, 2022", "3:53:35 PM", "29 2022 3:53", "Foo 29, 2022, 3:53", "February 30, 2022, 3:53:35 PM", "May 29, 99999, 3:53",
                             "May 0, 2022, 3:53", "May 29, 2022, -5:53:35", "May 29, 2022, 3:-5:35", "May 29, 2022, :53", "May 29, 2022, 3::5", "May 29, 2022, 3:53:35:7"})
        CHECK(digits(in_words(text)) == "nothing");
    CHECK(digits(in_words(std::string(1'000'000, ','))) == "nothing");
    CHECK(digits(in_words(std::string(1'000'000, '5'))) == "nothing");
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "May 5 ";
    CHECK(digits(in_words(many)) == "nothing");
}

// Hours and minutes are only checked from above before they are cut to an int: -4294967295 becomes 1.
TEST_CASE("an hour far below zero is no hour", "[clock][hostile]") { CHECK(digits(in_words("May 29, 2022, -4294967295:53:35")) == "nothing"); }

TEST_CASE("epochs are read in seconds, milliseconds and nanoseconds, as numbers and as text", "[clock]") {
    const std::string there = "2025-03-30T00:45:10Z";
    CHECK(digits(counted(std::int64_t{1743295510}, stamp::unix_s)) == there);
    CHECK(digits(counted(std::int64_t{1743295510000}, stamp::unix_ms)) == there);
    CHECK(digits(counted(std::int64_t{1743295510000000000}, stamp::unix_ns)) == there);
    CHECK(digits(counted(1743295510.0, stamp::unix_s)) == there);
    CHECK(digits(counted("1743295510", stamp::unix_s)) == there);
    CHECK(digits(counted("1743295510000", stamp::unix_ms)) == there);
    CHECK(digits(counted("1743295510000000000", stamp::unix_ns)) == there);
    CHECK(digits(counted(1743295510.5, stamp::unix_s)) == "2025-03-30T00:45:10.500Z");
    CHECK(digits(counted("1743295510.25", stamp::unix_s)) == "2025-03-30T00:45:10.250Z");
    CHECK(digits(counted(std::int64_t{1743295510123}, stamp::unix_ms)) == "2025-03-30T00:45:10.123Z");
    CHECK(digits(counted(std::int64_t{1743295510123456789}, stamp::unix_ns)) == "2025-03-30T00:45:10.123Z");
    CHECK(digits(counted(std::int64_t{0}, stamp::unix_s)) == "1970-01-01T00:00:00Z");
    CHECK_FALSE(counted(std::int64_t{1743295510}, stamp::unix_s)->rescaled);
    CHECK_FALSE(counted(std::int64_t{1743295510}, stamp::unix_s)->offset);
}

TEST_CASE("wall time written as an epoch stays local digits", "[clock][trap]") {
    CHECK(digits(read_stamp(delivered::of(std::int64_t{1743302710}), stamp::unix_s, zone_rule::local)) == "2025-03-30T02:45:10Z?");
}

TEST_CASE("an epoch in another scale than the source used to have is read by its size, and says so", "[clock][trap]") {
    for (const std::int64_t other : {std::int64_t{1743295510000}, std::int64_t{174329551000}}) {  // milliseconds; hundredths, as COROS has them
        const auto at = counted(other, stamp::unix_s);
        CHECK(digits(at) == "2025-03-30T00:45:10Z");
        CHECK(at->rescaled);
    }
    const auto in_seconds = counted(std::int64_t{1743295510}, stamp::unix_ms);
    CHECK(digits(in_seconds) == "2025-03-30T00:45:10Z");
    CHECK(in_seconds->rescaled);
    CHECK(counted("1743295510000", stamp::unix_s)->rescaled);
}

TEST_CASE("a value of another kind is no stamp", "[clock]") {
    CHECK_FALSE(read_stamp(delivered{}, stamp::text));
    CHECK_FALSE(read_stamp(delivered::of(true), stamp::unix_s));
    CHECK_FALSE(read_stamp(delivered::of(std::int64_t{1743295510}), stamp::text));
    CHECK_FALSE(read_stamp(delivered::of(std::int64_t{2025}), stamp::words));
    CHECK_FALSE(read_stamp({delivered::kind::other, false, 0, 0, {}}, stamp::unix_ms));
    CHECK_FALSE(counted("2025-03-30T00:45:10Z", stamp::unix_s));
}

TEST_CASE("the years 0001 and 9999 are read, and a leap second is the next second", "[clock][hostile]") {
    CHECK(digits(said("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z");
    CHECK(digits(said("9999-12-31T23:59:59.999Z")) == "9999-12-31T23:59:59.999Z");
    CHECK(digits(in_words("31 Dec 9999 23:59:59")) == "9999-12-31T23:59:59Z?");
    CHECK(digits(said("2016-12-31T23:59:60Z")) == "2017-01-01T00:00:00Z");
    CHECK(digits(said("2017-01-01T05:44:60+05:45")) == "2017-01-01T00:00:00Z");
    CHECK(digits(in_words("31 Dec 2016 23:59:60")) == "2017-01-01T00:00:00Z?");
}

TEST_CASE("text that is no time gives nothing in every form, however long it is", "[clock][hostile]") {
    for (const auto& text : nonsense) {
        INFO(text.substr(0, 60));
        CHECK_FALSE(said(text));
        CHECK_FALSE(in_words(text));
    }
    for (const auto form : {stamp::unix_s, stamp::unix_ms, stamp::unix_ns}) {
        for (const char* text : {"", "-", "+", ":::", "1e308", "-1e308", "1e999999999", "0x10", "inf", "nan", "12 30", "1.2.3"}) CHECK_FALSE(counted(text, form));
        CHECK_FALSE(counted(std::string(400, '9'), form));
        CHECK_FALSE(counted(std::string(1'000'000, '7'), form));
        for (const double v : {1e308, -1e308, 1e30, HUGE_VAL, -HUGE_VAL, std::nan("")}) CHECK_FALSE(counted(v, form));
    }
    for (const auto extreme : {INT64_MAX, INT64_MIN})
        for (const auto form : {stamp::unix_s, stamp::unix_ms, stamp::unix_ns}) static_cast<void>(counted(extreme, form));  // no overflow
}

TEST_CASE("offsets are read in every form that services write", "[clock]") {
    CHECK(offset_in("+01:00") == 1h);
    CHECK(offset_in("-0500") == -5h);
    CHECK(offset_in("+05:45") == 5h + 45min);
    CHECK(offset_in("-03:30") == -3h - 30min);
    CHECK(offset_in("+14") == 14h);
    CHECK(offset_in("UTC-0500") == -5h);
    CHECK(offset_in("UTC+0545") == 5h + 45min);
    CHECK(offset_in("UTC") == 0s);
    CHECK(offset_in("GMT+2") == 2h);
    CHECK(offset_in("GMT-11") == -11h);
    CHECK(offset_in("Z") == 0s);
    CHECK(offset_in("3600s") == 1h);
    CHECK(offset_in("-19800s") == -5h - 30min);
    CHECK(offset_in("0s") == 0s);
    for (const char* none : {" ", "-", "+", ":", ":::", "1", "0100", "+1:", "+24:00", "+01:60", "+01:00:00", "+123", "+12345", "86400s", "s", "s3600", "1e999s", "Europe/Berlin",
                             "UTCX", "+ 1", "--1"})
        CHECK_FALSE(offset_in(none));
    CHECK_FALSE(offset_in(std::string(1'000'000, '+')));
    CHECK_FALSE(offset_in(std::string(400, '9') + "s"));
}

// offset_in takes an empty text for UTC, as it does with what is left of "UTC" and "GMT".
TEST_CASE("an empty text tells no offset", "[clock][hostile]") { CHECK_FALSE(offset_in("")); }

TEST_CASE("zones that are their own offset need no database", "[clock]") {
    for (const char* utc : {"UTC", "GMT", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Zulu"}) CHECK(fixed_zone_offset(utc) == 0s);
    CHECK(fixed_zone_offset("Etc/GMT+6") == -6h);  // POSIX signs: west of Greenwich
    CHECK(fixed_zone_offset("Etc/GMT-14") == 14h);
    CHECK(fixed_zone_offset("Etc/GMT+12") == -12h);
    for (const char* none : {"", "Etc/", "Europe/Berlin", "America/New_York", "EST", "Etc/GMT+", "GMTX", "etc/gmt+6"}) CHECK_FALSE(fixed_zone_offset(none));
}

// Phones name an offset "GMT+02:00", with the sign of ISO 8601; fixed_zone_offset turns the sign of all that begin with GMT, not only of "Etc/GMT…".
TEST_CASE("the sign is turned only for names in Etc", "[clock][trap]") {
    CHECK(fixed_zone_offset("GMT+02:00") != -2h);
    CHECK(fixed_zone_offset("GMT-7") != 7h);
}

TEST_CASE("lengths of time are read in every form that services write", "[clock]") {
    CHECK(duration_in("PT1H2M3.250S") == 3723.25);
    CHECK(duration_in("PT3723S") == 3723.0);
    CHECK(duration_in("P1DT1S") == 86401.0);
    CHECK(duration_in("PT0S") == 0.0);
    CHECK(duration_in("3723s") == 3723.0);
    CHECK(duration_in("3723.5s") == 3723.5);
    CHECK(duration_in("1h 5m") == 3900.0);
    CHECK(duration_in("1h5m10s") == 3910.0);
    CHECK(duration_in("45min") == 2700.0);
    CHECK(duration_in("1:02:03") == 3723.0);
    CHECK(duration_in("62:03") == 3723.0);
    CHECK(duration_in("0:05.5") == 5.5);
    CHECK(duration_in("1:00:00:00") == std::nullopt);
    for (const auto& text : nonsense) {
        INFO(text.substr(0, 60));
        CHECK_FALSE(duration_in(text));
    }
    for (const char* none : {"12", "PTS", "PT1X", "-PT5M", "-5s", "-1:00", "1::2", "1:", ":1", "1h5", "h", "PT1H2", "2 decades"}) CHECK_FALSE(duration_in(none));
}

// Only the first letter of a unit is looked at: "500ms" is taken for 500 minutes.
TEST_CASE("a unit of time that is not known gives no length", "[clock]") {
    for (const char* none : {"500ms", "3mo", "5miles", "5smoots"}) CHECK_FALSE(duration_in(none));
}

TEST_CASE("a number in text is the whole text but for blanks around it", "[clock]") {
    using detail::number_in;
    CHECK(number_in("12.50") == 12.5);
    CHECK(number_in("  12.50  ") == 12.5);
    CHECK(number_in("+7") == 7.0);
    CHECK(number_in("-7") == -7.0);
    CHECK(number_in("7.") == 7.0);
    CHECK(number_in(".5") == 0.5);
    CHECK(number_in("1e3") == 1000.0);
    CHECK(number_in("1E-3") == 0.001);
    CHECK(number_in("1e+3") == 1000.0);
    CHECK(number_in("-0") == 0.0);
    CHECK(number_in(std::string(400, '0') + "12") == 12.0);
    CHECK(number_in("0." + std::string(300, '0')) == 0.0);
    for (const char* none : {"", " ", "-", "+", ".", "-.", "--5", "-+5", "0x10", "inf", "nan", "1,5", "1_000", "1 000", "12a", "1e", "1e+", "e5", "1e5.", "1e999999999", "\t1"})
        CHECK_FALSE(number_in(none));
    CHECK_FALSE(number_in(std::string(1'000'000, ' ')));
    const auto endless = number_in(std::string(1'000'000, '9'));
    CHECK((!endless || !std::isfinite(*endless)));  // never a wrong number
}

// A plus is taken off before the sign is read, and again behind the e.
TEST_CASE("a number has one sign", "[clock][hostile]") {
    CHECK_FALSE(detail::number_in("+-5"));
    CHECK_FALSE(detail::number_in("1e+-5"));
}

TEST_CASE("numbers in text are exact up to 15 digits, and else within two units in the last place", "[clock]") {
    for (const char* text : {"0.1", "3.32", "1609.344", "10043.7", "123456789012345", "0.00000123456789", "9.99999999999999e22", "1e22", "1e-22"})
        CHECK(detail::number_in(text) == std::strtod(text, nullptr));
    for (const char* text : {"51.0543422031402", "3.7174243110543311", "12345678901234567890123", "2.2250738585072014e-300", "1.7976931348623157e308", "3.1415926535897932384626433"}) {
        const double exact = std::strtod(text, nullptr), read = detail::number_in(text).value_or(0);
        INFO(text);
        CHECK(std::abs(read - exact) <= 2 * (std::nextafter(exact, HUGE_VAL) - exact));
    }
}

// SPDX-License-Identifier: BSL-1.0
//
// Instants and RFC 3339 text. The millisecond numbers come from another calendar (Python's datetime).
#include <coincide/record/time.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

instant instant_of(std::int64_t ms) { return instant{std::chrono::milliseconds{ms}}; }

}  // namespace

TEST_CASE("the examples of RFC 3339, section 5.8, are the instants that it says", "[time]") {
    CHECK(parse_rfc3339("1985-04-12T23:20:50.52Z")->at == instant_of(482196050520));
    CHECK(parse_rfc3339("1996-12-19T16:39:57-08:00")->at == instant_of(851042397000));
    CHECK(parse_rfc3339("1996-12-19T16:39:57-08:00")->offset == -8h);
    CHECK(parse_rfc3339("1937-01-01T12:00:27.87+00:20")->at == instant_of(-1041337172130));
    CHECK(parse_rfc3339("1937-01-01T12:00:27.87+00:20")->offset == 20min);
}

TEST_CASE("a leap second is the following second, and says so", "[time]") {
    for (const auto* text : {"1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00"}) {
        const auto when = parse_rfc3339(text);
        REQUIRE(when);
        CHECK(when->at == instant_of(662688000000));
        CHECK(when->leap_second);
    }
    CHECK_FALSE(parse_rfc3339("1990-12-31T23:59:59Z")->leap_second);
}

TEST_CASE("the example of the header is read and written as it says", "[time]") {
    const auto when = parse_rfc3339("2024-05-27T06:19:26.5+08:00");
    REQUIRE(when);
    CHECK(when->at == instant_of(1716761966500));
    CHECK(when->offset == 28800s);
    CHECK(format_rfc3339(when->at) == "2024-05-26T22:19:26.500Z");
}

TEST_CASE("a text without a zone is read as local digits and is no instant", "[time]") {
    const auto when = parse_rfc3339("2019-09-07T07:29:50");
    REQUIRE(when);
    CHECK_FALSE(when->has_zone);
    CHECK_FALSE(when->offset);
    CHECK(when->at == instant_of(1567841390000));
}

TEST_CASE("Z is the offset zero, and -00:00 is an instant with an unknown offset", "[time]") {
    const auto z = parse_rfc3339("2019-09-07T07:29:50Z"), plus = parse_rfc3339("2019-09-07T07:29:50+00:00"),
               minus = parse_rfc3339("2019-09-07T07:29:50-00:00");
    REQUIRE((z && plus && minus));
    CHECK(z->offset == 0s);
    CHECK(plus->offset == 0s);
    CHECK_FALSE(minus->offset);
    CHECK((z->has_zone && plus->has_zone && minus->has_zone));
    CHECK(z->at == plus->at);
    CHECK(z->at == minus->at);
}

TEST_CASE("lower-case letters and a blank for T are read as the RFC allows", "[time]") {
    const auto plain = parse_rfc3339("2019-09-07T07:29:50Z")->at;
    CHECK(parse_rfc3339("2019-09-07t07:29:50z")->at == plain);
    CHECK(parse_rfc3339("2019-09-07 07:29:50Z")->at == plain);
    CHECK(parse_rfc3339("2019-09-07 09:29:50+02:00")->at == plain);
}

TEST_CASE("fractions beyond a millisecond are cut, however many there are", "[time]") {
    const auto second = instant_of(1567841390000);
    CHECK(parse_rfc3339("2019-09-07T07:29:50.9999999Z")->at == second + 999ms);
    CHECK(parse_rfc3339("2019-09-07T07:29:50.0009Z")->at == second);
    CHECK(parse_rfc3339("2019-09-07T07:29:50.07Z")->at == second + 70ms);
    CHECK(parse_rfc3339("2019-09-07T07:29:50." + std::string(100000, '1') + "Z")->at == second + 111ms);
    CHECK(parse_rfc3339("1969-12-31T23:59:59.25Z")->at == instant_of(-750));
}

TEST_CASE("anything else is a bad time", "[time]") {
    for (const char* text : {
             "",
             "2",
             "2024",
             "2024-05-27",
             "2024-05-27T",
             "2024-05-27T06",
             "2024-05-27T06:19",
             "2024-05-27T06:19Z",
             "24-05-27T06:19:26Z",
             "2024-5-27T06:19:26Z",
             "2024-13-01T06:19:26Z",
             "2024-00-01T06:19:26Z",
             "2024-04-31T06:19:26Z",
             "2023-02-29T06:19:26Z",
             "1900-02-29T06:19:26Z",
             "2024-05-00T06:19:26Z",
             "2024-05-27T24:00:00Z",
             "2024-05-27T06:60:26Z",
             "2024-05-27T06:19:61Z",
             "2024-05-27T06:19:26.Z",
             "2024-05-27T06:19:26+24:00",
             "2024-05-27T06:19:26+02:60",
             "2024-05-27T06:19:26+2",
             "2024-05-27T06:19:26+",
             "2024-05-27T06:19:26Zjunk",
             "2024-05-27T06:19:26Z ",
             " 2024-05-27T06:19:26Z",
             "2024-05-27T06:19:26 UTC",
             "+024-05-27T06:19:26Z",
             "2024/05/27T06:19:26Z",
             "2024-05-27T-6:19:26Z",
             "2024-05-27T06:19:26.5.5Z",
             "2024-05-27T06:19:26ZZ",
             "2024-05-27T06:19:26+02:00Z",
         }) {
        INFO(text);
        const auto when = parse_rfc3339(text);
        REQUIRE_FALSE(when);
    }
    CHECK_FALSE(parse_rfc3339(std::string("2024-05-27T06:19:26Z\0", 21)));
    CHECK(parse_rfc3339("2000-02-29T06:19:26Z"));
    CHECK(parse_rfc3339("2024-05-27T06:19:26+23:59"));
}

TEST_CASE("milliseconds are written only when they are not zero, and with three digits", "[time]") {
    CHECK(format_rfc3339(instant_of(0)) == "1970-01-01T00:00:00Z");
    CHECK(format_rfc3339(instant_of(5)) == "1970-01-01T00:00:00.005Z");
    CHECK(format_rfc3339(instant_of(50)) == "1970-01-01T00:00:00.050Z");
    CHECK(format_rfc3339(instant_of(-1)) == "1969-12-31T23:59:59.999Z");
    CHECK(format_rfc3339(instant_of(662688000000)) == "1991-01-01T00:00:00Z");
}

TEST_CASE("the first and last instants with a form of four-digit years are written", "[time]") {
    CHECK(format_rfc3339(instant_of(-62135596800000)) == "0001-01-01T00:00:00Z");
    CHECK(format_rfc3339(instant_of(-62167219200000)) == "0000-01-01T00:00:00Z");
    CHECK(format_rfc3339(instant_of(253402300799999)) == "9999-12-31T23:59:59.999Z");
    CHECK(parse_rfc3339("0000-01-01T00:00:00Z")->at == instant_of(-62167219200000));
    CHECK(parse_rfc3339("9999-12-31T23:59:59.999Z")->at == instant_of(253402300799999));
}

TEST_CASE("an instant that has no form is written as the nearest that has", "[time][hostile]") {
    CHECK(format_rfc3339(instant::max()) == "9999-12-31T23:59:59.999Z");
    CHECK(format_rfc3339(instant::min()) == "0000-01-01T00:00:00Z");
}

TEST_CASE("starts are accepted from 1970 to the end of 2199", "[time]") {
    CHECK(format_rfc3339(earliest_start) == "1970-01-01T00:00:00Z");
    CHECK(format_rfc3339(latest_start) == "2199-12-31T23:59:59.999Z");
}

// SPDX-License-Identifier: BSL-1.0
//
// The requirements' windows to the letter, at both sides of each edge.
#include "activities.hpp"

#include <coincide/match/fuzzy.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

const auto start = rides::at("2024-05-01T08:00:00Z");

signature of(seconds after, seconds elapsed, double metres, std::string_view sport = "running") {
    return signature_of(rides::activity_of("garmin", "1", start + after, elapsed, metres, sport), 0);
}
const auto run = of(0s, 1000s, 10000);

bool both_ways(const fuzzy_window& w, const signature& a, const signature& b) {
    CHECK(inside(w, a, b) == inside(w, b, a));
    return inside(w, a, b);
}

}  // namespace

TEST_CASE("requirement 004: two minutes, 15 % of duration, 10 % of distance, any type", "[fuzzy]") {
    constexpr auto w = presets::ridetool;
    CHECK(both_ways(w, run, of(120s, 1000s, 10000)));
    CHECK(both_ways(w, run, of(-120s, 1000s, 10000)));
    CHECK_FALSE(both_ways(w, run, of(121s, 1000s, 10000)));
    CHECK(both_ways(w, run, of(61s, 850s, 10000)));
    CHECK_FALSE(both_ways(w, run, of(61s, 849s, 10000)));
    CHECK(both_ways(w, run, of(0s, 1000s, 9000)));
    CHECK_FALSE(both_ways(w, run, of(0s, 1000s, 8999)));
    CHECK(both_ways(w, run, of(0s, 1000s, 10000, "yoga")));
}

TEST_CASE("requirement 004: an equal key, start minute and whole metres, is enough", "[fuzzy]") {
    constexpr auto w = presets::ridetool;
    CHECK(both_ways(w, run, of(59s, 10s, 10000.9)));
    CHECK_FALSE(both_ways(w, run, of(60s, 10s, 10000)));          // the next minute
    CHECK_FALSE(both_ways(w, run, of(0s, 10s, 10001)));           // the next metre
    CHECK_FALSE(both_ways(w, of(0s, 1000s, 0), of(0s, 10s, 0)));  // an unknown distance is no key
    CHECK_FALSE(both_ways(fuzzy_window{.duration_percent_max = 15}, run, of(0s, 10s, 10000)));
}

TEST_CASE("minutes before 1970 are as long as others", "[fuzzy]") {
    const auto at = [](milliseconds since_1970) {
        auto s = run;
        s.start_ms = since_1970.count();
        return s;
    };
    const fuzzy_window w{.start_gap_max = 10s, .equal_key = true};
    CHECK_FALSE(both_ways(w, at(-50s), at(50s)));
    CHECK(both_ways(w, at(5s), at(55s)));
    CHECK(both_ways(w, at(-60s), at(-1ms)));
    CHECK_FALSE(both_ways(w, at(-60001ms), at(-1ms)));
}

TEST_CASE("requirement 000: two minutes, the type, 10 % of duration, any distance", "[fuzzy]") {
    constexpr auto w = presets::trainstack;
    CHECK(both_ways(w, run, of(120s, 900s, 100)));
    CHECK_FALSE(both_ways(w, run, of(0s, 899s, 10000)));
    CHECK_FALSE(both_ways(w, run, of(0s, 1000s, 10000, "trail_running")));
    CHECK_FALSE(both_ways(w, run, of(121s, 1000s, 10000)));
}

TEST_CASE("requirement 003: ten minutes and the type", "[fuzzy]") {
    constexpr auto w = presets::sync_prd;
    CHECK(both_ways(w, run, of(600s, 5s, 1)));
    CHECK_FALSE(both_ways(w, run, of(601s, 1000s, 10000)));
    CHECK_FALSE(both_ways(w, run, of(0s, 1000s, 10000, "cycling")));
}

TEST_CASE("the edge of a window is a millisecond wide", "[fuzzy]") {
    auto late = run;
    late.start_ms += 120000;
    CHECK(both_ways(presets::ridetool, run, late));
    late.start_ms += 1;
    CHECK_FALSE(both_ways(presets::ridetool, run, late));
}

TEST_CASE("a value that one side lacks drops its criterion", "[fuzzy]") {
    CHECK(both_ways(presets::ridetool, run, of(0s, 0s, 10000)));
    CHECK(both_ways(presets::ridetool, run, of(0s, 1000s, 0)));
    CHECK(both_ways(presets::trainstack, run, of(0s, 1000s, 10000, "")));
    CHECK_FALSE(both_ways(presets::ridetool, run, of(0s, 0s, 5000)));
}

TEST_CASE("records of two athletes, or of a clock that was never set, are never inside", "[fuzzy]") {
    auto other = rides::activity_of("garmin", "1", start, 1000s, 10000);
    other.athlete_id = "bob";
    CHECK_FALSE(both_ways(presets::ridetool, run, signature_of(other, 0)));
    auto unset = run;
    unset.clock_unset = 1;
    CHECK_FALSE(both_ways(presets::ridetool, run, unset));
}

TEST_CASE("the largest totals and the farthest starts are compared without overflow", "[fuzzy][hostile]") {
    auto most = run;
    most.elapsed_ms = most.distance_5cm = std::numeric_limits<std::uint32_t>::max();
    CHECK(both_ways(presets::ridetool, most, most));
    CHECK_FALSE(both_ways(presets::ridetool, run, most));
    const auto first = signature_of(rides::activity_of("a", "1", rides::at("0001-01-01T00:00:00Z"), 1h, 1), 0);
    const auto last = signature_of(rides::activity_of("a", "1", rides::at("9999-12-31T23:59:59Z"), 1h, 1), 0);
    CHECK_FALSE(both_ways(presets::sync_prd, first, last));
}

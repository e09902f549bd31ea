// SPDX-License-Identifier: BSL-1.0
//
// Columns of samples, and what tidy drops and mends.
#include "activities.hpp"

#include <coincide/record/track.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

bool missing(double v) { return v != v; }
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a column appears with its first value and is absent where nothing was said", "[track]") {
    samples ride;  // the example of the header
    ride.push({.t = 0ms, .lat_deg = 51.0, .lon_deg = 3.5, .hr_bpm = 120});
    ride.push({.t = 5s, .lat_deg = 51.0001, .lon_deg = 3.5});
    ride.push({.t = 9s, .lat_deg = 51.0002, .lon_deg = 3.5, .hr_bpm = 124});
    ride.finish();
    CHECK(ride.size() == 3);
    CHECK(ride.has_positions());
    CHECK(ride.positions() == 3);
    CHECK(ride.values[samples::power].empty());
    REQUIRE(ride.values[samples::hr].size() == 3);
    CHECK(ride[0].hr_bpm == 120);
    CHECK(missing(ride[1].hr_bpm));
    CHECK(ride[2].hr_bpm == 124);
    CHECK(missing(ride[0].power_w));
}

TEST_CASE("a column that begins late has no value before", "[track]") {
    samples ride;
    for (int s = 0; s < 5; ++s)
        ride.push({.t = seconds{s}, .lat_deg = 51, .lon_deg = 3, .power_w = s == 3 ? 200 : no_value});
    ride.finish();
    REQUIRE(ride.values[samples::power].size() == 5);
    for (std::size_t s = 0; s < 5; ++s) CHECK(missing(ride[s].power_w) == (s != 3));
}

TEST_CASE("samples without positions are a stream", "[track]") {
    samples indoors;
    indoors.push({.t = 0s, .hr_bpm = 100});
    indoors.push({.t = 1s, .hr_bpm = 101});
    indoors.finish();
    CHECK_FALSE(indoors.has_positions());
    CHECK(indoors.positions() == 0);
    CHECK_FALSE(indoors[0].has_position());
    CHECK(indoors.tidy() == track_faults{});
    CHECK(indoors.size() == 2);
}

TEST_CASE("a tidy track is left as it is", "[track]") {
    auto ride = rides::recorded(rides::path_of({}, 300), {.noise_m = 3, .heart_rate = 140});
    const auto before = ride;
    CHECK(ride.tidy() == track_faults{});
    CHECK(ride == before);
}

TEST_CASE("positions off the globe, at zero and with one coordinate are dropped and counted; their samples stay",
          "[track]") {
    samples ride;
    const auto push = [&ride](double lat, double lon) {
        ride.push({.t = seconds{static_cast<std::int64_t>(ride.size())}, .lat_deg = lat, .lon_deg = lon, .hr_bpm = 100});
    };
    push(51, 3);
    push(0, 0);
    push(90.0001, 3);
    push(51, -180.0001);
    push(infinity, 3);
    push(51, -infinity);
    push(no_value, 3);
    push(51, no_value);
    push(1e308, -1e308);
    push(no_value, no_value);  // no fault: a sample without a position
    push(0, 3);                // on the equator
    push(-90, 180);
    const auto faults = ride.tidy();
    CHECK(faults.out_of_range == 8);
    CHECK(faults.went_back == 0);
    CHECK(ride.size() == 12);
    CHECK(ride.positions() == 3);
    CHECK(ride[1].hr_bpm == 100);
    CHECK(missing(ride[7].lat_deg));
    CHECK(missing(ride[6].lon_deg));
}

TEST_CASE("positions with one coordinate only, or none that is good, leave a stream", "[track][hostile]") {
    samples half;
    for (int s = 0; s < 3; ++s) half.push({.t = seconds{s}, .lat_deg = 51});
    CHECK(half.tidy().out_of_range == 3);
    CHECK_FALSE(half.has_positions());
    CHECK(half.size() == 3);
    samples indoors;  // a device that writes zero for "no fix"
    for (int s = 0; s < 3; ++s) indoors.push({.t = seconds{s}, .lat_deg = 0, .lon_deg = 0, .hr_bpm = 100});
    CHECK(indoors.tidy().out_of_range == 3);
    CHECK_FALSE(indoors.has_positions());
    CHECK(indoors[2].hr_bpm == 100);
}

TEST_CASE("times that went back are sorted, and counted", "[track]") {
    samples ride;
    for (const int s : {0, 5, 3, 4, 9, 1}) ride.push({.t = seconds{s}, .lat_deg = 51 + s * 0.001, .lon_deg = 3});
    const auto faults = ride.tidy();
    CHECK(faults.went_back == 2);
    CHECK(ride.t_ms == std::vector<std::int64_t>{0, 1000, 3000, 4000, 5000, 9000});
    for (std::size_t i = 0; i < ride.size(); ++i)
        CHECK(ride[i].lat_deg == 51 + static_cast<double>(ride.t_ms[i] / 1000) * 0.001);
}

TEST_CASE("equal stamps are folded: what the earlier one lacks comes from the later", "[track]") {
    samples ride;
    ride.push({.t = 0s, .lat_deg = 51, .lon_deg = 3});
    ride.push({.t = 1s, .lat_deg = 51.1, .lon_deg = 3.1, .hr_bpm = 120});
    ride.push({.t = 1s, .hr_bpm = 130, .power_w = 200});
    ride.push({.t = 2s, .lat_deg = 51.2, .lon_deg = 3.2});
    const auto faults = ride.tidy();
    CHECK(faults.same_stamp == 1);
    REQUIRE(ride.size() == 3);
    CHECK(ride[1].lat_deg == 51.1);
    CHECK(ride[1].hr_bpm == 120);
    CHECK(ride[1].power_w == 200);
    CHECK(ride[2].lat_deg == 51.2);
}

TEST_CASE("of many equal stamps the first value stays, in a long track too", "[track]") {
    samples ride;  // longer than what a sort does by insertion, and not in order
    for (int i = 0; i < 3000; ++i)
        ride.push({.t = seconds{(i * 7) % 30}, .lat_deg = 50 + i * 0.001, .lon_deg = 3, .hr_bpm = i < 30 ? no_value : i});
    CHECK(ride.tidy().same_stamp == 2970);
    REQUIRE(ride.size() == 30);
    for (int i = 0; i < 30; ++i) {
        const auto s = ride[static_cast<std::size_t>((i * 7) % 30)];
        CHECK(s.lat_deg == 50 + i * 0.001);
        CHECK(s.hr_bpm == i + 30);
    }
}

TEST_CASE("tidying twice changes nothing more", "[track][law]") {
    rides::dice roll{7};
    for (int round = 0; round < 200; ++round) {
        samples ride;
        const auto n = roll.below(20);
        for (std::uint64_t i = 0; i < n; ++i)
            ride.push({.t = milliseconds{roll.between(0, 10)},
                       .lat_deg = roll.one_in(4) ? no_value : 180 * roll.part() - 90 + (roll.one_in(5) ? 90 : 0),
                       .lon_deg = roll.one_in(6) ? no_value : 3.0,
                       .hr_bpm = roll.one_in(2) ? no_value : 100.0});
        ride.tidy();
        const auto once = ride;
        CHECK(ride.tidy() == track_faults{});
        CHECK(ride.t_ms == once.t_ms);
        CHECK(std::is_sorted(ride.t_ms.begin(), ride.t_ms.end()));
        CHECK(std::adjacent_find(ride.t_ms.begin(), ride.t_ms.end()) == ride.t_ms.end());
        CHECK(ride.positions() == once.positions());
        for (const auto s : ride) CHECK((missing(s.lat_deg) == missing(s.lon_deg)));
    }
}

TEST_CASE("an empty track, one fix and stamps at the ends of time are tidied", "[track][hostile]") {
    samples none;
    CHECK(none.tidy() == track_faults{});
    samples one;
    one.push({.t = 0s, .lat_deg = 51, .lon_deg = 3});
    CHECK(one.tidy() == track_faults{});
    CHECK(one.size() == 1);
    samples ends;
    for (const auto t : {milliseconds::max(), milliseconds::min(), milliseconds{0}, milliseconds::max()})
        ends.push({.t = t, .lat_deg = 51, .lon_deg = 3});
    CHECK(ends.tidy().same_stamp == 1);
    CHECK(ends.size() == 3);
}

TEST_CASE("rows are read out of the columns in order", "[track]") {
    auto ride = rides::recorded(rides::path_of({}, 50), {});
    std::size_t i = 0;
    for (const auto s : ride) CHECK(s.t == seconds{static_cast<std::int64_t>(i++)});
    CHECK(i == 50);
}

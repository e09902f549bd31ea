// SPDX-License-Identifier: BSL-1.0
//
// Boost.Geometry on both sides of a track.
#include "activities.hpp"

#include <coincide/adapters/boost_geometry.hpp>

#include <boost/geometry/algorithms/length.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/strategies/strategies.hpp>
#include <catch2/catch.hpp>

#include <cmath>
#include <numbers>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

TEST_CASE("a track is a line of its positions, in time order, longitude first", "[boost_geometry]") {
    samples ride;
    ride.push({.t = 0s, .lat_deg = 51, .lon_deg = 3});
    ride.push({.t = 1s, .hr_bpm = 100});
    ride.push({.t = 2s, .lat_deg = 52, .lon_deg = 4});
    ride.finish();
    const auto line = to_linestring(ride);
    REQUIRE(line.size() == 2);
    CHECK(boost::geometry::get<0>(line[0]) == 3.0);
    CHECK(boost::geometry::get<1>(line[0]) == 51.0);
    CHECK(boost::geometry::get<0>(line[1]) == 4.0);
    CHECK(to_linestring(samples{}).empty());
}

TEST_CASE("a degree of latitude is a degree of arc", "[boost_geometry]") {
    samples north;
    for (int i = 0; i <= 10; ++i) north.push({.t = seconds{i}, .lat_deg = 50 + 0.1 * i, .lon_deg = 3});
    north.finish();
    const auto radians = static_cast<double>(boost::geometry::length(to_linestring(north)));
    CHECK(std::abs(radians - std::numbers::pi / 180) < 1e-12);
}

TEST_CASE("the length across the antimeridian is the short way", "[boost_geometry]") {
    samples east;
    east.push({.t = 0s, .lat_deg = 0.5, .lon_deg = 179.5});
    east.push({.t = 1s, .lat_deg = 0.5, .lon_deg = -179.5});
    east.finish();
    CHECK(boost::geometry::length(to_linestring(east)) < std::numbers::pi / 180);
}

TEST_CASE("a host's own points and times become a track", "[boost_geometry]") {
    using host_point = boost::geometry::model::d2::point_xy<float>;
    const std::vector<host_point> points{{3.5F, 51.0F}, {3.5F, 51.25F}, {3.5F, 51.5F}};
    const std::vector<std::chrono::duration<double>> times{0s, 1500ms, 3s};
    const auto ride = from_points(points, times);
    REQUIRE(ride.size() == 3);
    CHECK(ride.positions() == 3);
    CHECK(ride.t_ms == std::vector<std::int64_t>{0, 1500, 3000});
    CHECK(ride[1].lat_deg == 51.25);
    CHECK(ride[1].lon_deg == 3.5);
}

TEST_CASE("the shorter of points and times ends the track", "[boost_geometry]") {
    const std::vector<geo_point> points{{3.0, 51.0}, {3.1, 51.1}, {3.2, 51.2}};
    CHECK(from_points(points, std::vector<seconds>{0s, 1s}).size() == 2);
    CHECK(from_points(points, std::vector<seconds>{0s, 1s, 2s, 3s}).size() == 3);
    CHECK(from_points(points, std::vector<seconds>{}).empty());
    CHECK(from_points(std::vector<geo_point>{}, std::vector<seconds>{1s}).empty());
}

TEST_CASE("there and back again is the same track", "[boost_geometry][law]") {
    const auto ride = rides::recorded(rides::path_of({.lat = -17, .lon = 179.99}, 500), {.noise_m = 5, .every_s = 3});
    std::vector<milliseconds> times;
    for (const auto s : ride) times.push_back(s.t);
    CHECK(from_points(to_linestring(ride), times) == ride);
}

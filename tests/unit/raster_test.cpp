// SPDX-License-Identifier: BSL-1.0
//
// Tracks on whole seconds: where the positions come to lie, and which fixes are no use.
#include "activities.hpp"

#include <coincide/match/raster.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <limits>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr double angles_per_degree = 4294967296.0 / 360;
const auto start = rides::at("2024-05-01T10:00:00Z");
const auto start_s = start.time_since_epoch().count() / 1000;

samples track_of_fixes(std::initializer_list<sample> fixes) {
    samples out;
    for (const auto& f : fixes) out.push(f);
    out.finish();
    return out;
}
sample fix_at(milliseconds t, double lat, double lon) { return {.t = t, .lat_deg = lat, .lon_deg = lon}; }

/// Within one binary angle (9 mm) of these degrees, across the antimeridian too.
bool lies_at(std::int32_t angle, double degrees) {
    const auto wanted =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(degrees * angles_per_degree)));
    return std::abs(static_cast<std::int32_t>(static_cast<std::uint32_t>(angle) - static_cast<std::uint32_t>(wanted))) <= 2;
}

}  // namespace

TEST_CASE("the example of the header: three whole seconds between two fixes", "[raster]") {
    const auto r = make_raster(track_of_fixes({fix_at(400ms, 51.0, 3.5), fix_at(3400ms, 51.0003, 3.5)}), start);
    CHECK(r.first_s == start_s + 1);
    REQUIRE(r.lat.size() == 3);
    CHECK(r.valid == 3);
    CHECK(r.end_s() == start_s + 4);
    CHECK(lies_at(r.lat[0], 51.00006));
    CHECK(lies_at(r.lat[1], 51.00016));
    CHECK(lies_at(r.lat[2], 51.00026));
    for (const auto lon : r.lon) CHECK(lies_at(lon, 3.5));
}

TEST_CASE("a pause longer than the gap is no data, a shorter one is a straight line", "[raster]") {
    const auto bridged = make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(30s, 51.003, 3)}), start);
    CHECK(bridged.valid == 31);
    CHECK(lies_at(bridged.lat[10], 51.001));
    const auto paused =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(31s, 51.003, 3), fix_at(32s, 51.0031, 3)}), start);
    CHECK(paused.lat.size() == 33);
    CHECK(paused.valid == 3);
    for (std::size_t s = 1; s < 31; ++s) CHECK(paused.lat[s] == raster::no_fix);
    CHECK(paused.lat[31] != raster::no_fix);
}

TEST_CASE("a line across the antimeridian goes the short way", "[raster]") {
    const auto east = make_raster(track_of_fixes({fix_at(0s, -17, 179.999), fix_at(4s, -17, -179.997)}), start);
    REQUIRE(east.lon.size() == 5);
    CHECK(lies_at(east.lon[1], -180.0));
    CHECK(lies_at(east.lon[2], -179.999));
    CHECK(lies_at(east.lon[3], -179.998));
    const auto both_names = make_raster(track_of_fixes({fix_at(0s, -17, 180), fix_at(1s, -17, -180)}), start);
    CHECK(both_names.lon[0] == both_names.lon[1]);
}

TEST_CASE("the poles have positions", "[raster]") {
    const auto r = make_raster(track_of_fixes({fix_at(0s, 90, 0), fix_at(1s, 90, 120), fix_at(2s, -90, 0)}), start);
    CHECK(r.valid == 3);
    CHECK(r.lat[0] == 1 << 30);
    CHECK(r.lat[2] == -(1 << 30));
}

TEST_CASE("fixes that do not ascend, or are off the globe, or at zero, are skipped", "[raster][hostile]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto clean = make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(1s, 51.001, 3), fix_at(2s, 51.002, 3)}), start);
    const auto dirty = make_raster(
        track_of_fixes({fix_at(0s, 51, 3), fix_at(0s, 52, 3), fix_at(500ms, 0, 0), fix_at(600ms, 91, 3),
                        fix_at(700ms, 51, 181), fix_at(800ms, no_value, 3), fix_at(900ms, infinity, 3),
                        fix_at(950ms, 1e308, -1e308), fix_at(1s, 51.001, 3), fix_at(-5s, 40, 3), fix_at(2s, 51.002, 3),
                        fix_at(milliseconds::max(), 51, 3), fix_at(milliseconds::min(), 51, 3)}),
        start);
    CHECK(dirty.first_s == clean.first_s);
    CHECK(dirty.lat == clean.lat);
    CHECK(dirty.lon == clean.lon);
}

TEST_CASE("an empty track, one fix, and fixes of one stamp", "[raster][hostile]") {
    CHECK(make_raster(samples{}, start).empty());
    const auto one = make_raster(track_of_fixes({fix_at(7s, 51, 3)}), start);
    CHECK(one.valid == 1);
    CHECK(one.first_s == start_s + 7);
    CHECK(make_raster(track_of_fixes({fix_at(400ms, 51, 3)}), start).empty());  // no whole second
    CHECK(make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(0s, 51, 3), fix_at(0s, 51, 3)}), start).valid == 1);
}

TEST_CASE("a raster has at most its length, however far the fixes reach", "[raster][hostile]") {
    const auto far =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(1s, 51, 3), fix_at(24h * 365 * 100, 51, 3)}), start);
    CHECK(far.lat.size() == 2);
    const auto short_one =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(20s, 51, 3), fix_at(40s, 51, 3)}), start, {.length_max = 30s});
    CHECK(short_one.lat.size() <= 30);
    CHECK(short_one.valid == 21);
}

TEST_CASE("before 1970 seconds are counted downwards, not towards zero", "[raster][hostile]") {
    const auto r = make_raster(track_of_fixes({fix_at(0ms, 51, 3), fix_at(3s, 51.003, 3)}), instant{-1500ms});
    CHECK(r.first_s == -1);
    REQUIRE(r.lat.size() == 3);
    CHECK(lies_at(r.lat[0], 51.0005));
    CHECK(lies_at(r.lat[2], 51.0025));
}

TEST_CASE("a million fixes are one pass", "[raster][hostile]") {
    samples long_one;
    for (int i = 0; i < 1000000; ++i) long_one.push(fix_at(milliseconds{i * 200}, 51 + 1e-7 * i, 3 - 1e-7 * i));
    long_one.finish();
    const auto r = make_raster(long_one, start);
    CHECK(r.valid == 200000);
    CHECK(r.first_s == start_s);
    CHECK(lies_at(r.lat[199999], 51 + 1e-7 * 999995));
}

TEST_CASE("resampling at one's own seconds keeps every position", "[raster][law]") {
    const auto path = rides::path_of({.lat = -43.5, .lon = 179.98, .heading_deg = 80, .speed_mps = 9}, 900);  // crosses 180
    const auto r = make_raster(rides::recorded(path, {}), start);
    REQUIRE(r.valid == 900);
    for (std::size_t s = 0; s < path.size(); ++s) {
        CHECK(lies_at(r.lat[s], path[s].lat));
        CHECK(lies_at(r.lon[s], path[s].lon));
    }
}

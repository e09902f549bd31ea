// SPDX-License-Identifier: BSL-1.0
//
// The share of seconds at the same place: twins, strangers, clock errors, and the edges of the globe.
#include "activities.hpp"

#include <coincide/match/gps_overlap.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

const auto start = rides::at("2024-05-01T10:00:00Z");

raster raster_of(const std::vector<rides::position>& path, const rides::recorder& by = {}, seconds clock_off = 0s) {
    return make_raster(rides::recorded(path, by), start + clock_off);
}
/// The path moved so many metres to the east.
std::vector<rides::position> east_of(std::vector<rides::position> path, double metres) {
    for (auto& p : path) {
        p.lon += metres / (rides::meters_per_degree * std::cos(p.lat * std::numbers::pi / 180));
        if (p.lon > 180) p.lon -= 360;
    }
    return path;
}

}  // namespace

TEST_CASE("two receivers on one ride agree nearly everywhere", "[gps_overlap]") {
    const auto path = rides::path_of({}, 3600);
    const auto found = gps_overlap(raster_of(path, {.noise_m = 6, .every_s = 1, .seed = 1}),
                                   raster_of(path, {.noise_m = 6, .every_s = 4, .seed = 2}));
    CHECK(found.common_s >= 3590);
    CHECK(found.per_mille() >= 990);
    CHECK(found.shift_s == 0);
}

TEST_CASE("a track agrees with itself in every second", "[gps_overlap]") {
    const auto r = raster_of(rides::path_of({.lat = -33, .lon = -70}, 1000));
    const auto found = gps_overlap(r, r);
    CHECK(found.common_s == 1000);
    CHECK(found.hits_s == 1000);
    CHECK(found.per_mille() == 1000);
}

TEST_CASE("the same road at another time is no common second", "[gps_overlap]") {
    const auto path = rides::path_of({}, 1800);
    const auto found = gps_overlap(raster_of(path), raster_of(path, {}, 10h));
    CHECK(found.common_s == 0);
    CHECK(found.per_mille() == 0);
}

TEST_CASE("another road at the same time is no hit", "[gps_overlap]") {
    const auto found = gps_overlap(raster_of(rides::path_of({}, 1800)), raster_of(rides::path_of({.lat = 51.2}, 1800)));
    CHECK(found.common_s == 1800);
    CHECK(found.hits_s == 0);
}

TEST_CASE("a clock that is some seconds off is found, with its sign", "[gps_overlap]") {
    for (const int speed_mps : {5, 12, 30})
        for (const int length_s : {300, 1800, 3000}) {
            const auto path = rides::path_of({.speed_mps = static_cast<double>(speed_mps)}, length_s);
            for (int off = -20; off <= 20; ++off) {
                const auto found = gps_overlap(raster_of(path), raster_of(path, {}, seconds{off}));
                CHECK(found.per_mille() >= 950);
                CHECK(std::abs(found.shift_s + off) <= 50 / speed_mps);  // within the tolerance of 50 m
                const auto back = gps_overlap(raster_of(path, {}, seconds{off}), raster_of(path));
                CHECK(back.shift_s == -found.shift_s);
                CHECK(back.hits_s == found.hits_s);
            }
        }
}

TEST_CASE("a clock just beyond what is tried is found where the gap allows it", "[gps_overlap]") {
    samples north;
    for (int i = 0; i < 3600; ++i) north.push({.t = seconds{i}, .lat_deg = 45 + i * 13 / 111195.0, .lon_deg = 8});
    north.finish();
    const auto a = make_raster(north, start);
    for (const int off : {-23, -22, 22, 23}) CHECK(gps_overlap(a, make_raster(north, start + seconds{off})).per_mille() == 1000);  // 13 m/s: 3 s are 39 m
    CHECK(gps_overlap(a, make_raster(north, start + seconds{25})).per_mille() == 0);
}

TEST_CASE("fifty metres is the limit, north and east, at the latitudes where people live", "[gps_overlap]") {
    for (const double lat : {0.5, 30.0, 51.0, 60.0, 70.0, -45.0}) {
        INFO(lat);
        const std::vector<rides::position> here(100, {lat, 20.0});
        auto north = here;
        for (auto& p : north) p.lat += 48 / rides::meters_per_degree;
        CHECK(gps_overlap(raster_of(here), raster_of(north)).per_mille() == 1000);
        for (auto& p : north) p.lat += 4 / rides::meters_per_degree;
        CHECK(gps_overlap(raster_of(here), raster_of(north)).per_mille() == 0);
        CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 48))).per_mille() == 1000);
        CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 53))).per_mille() == 0);
        CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 53)), {.gap_m_max = 60}).per_mille() == 1000);
        CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 5000))).per_mille() == 0);
    }
}

TEST_CASE("fifty metres are fifty metres in the far north too", "[gps_overlap]") {
    const std::vector<rides::position> here(100, {78.2, 15.6});  // Longyearbyen
    CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 48))).per_mille() == 1000);
    CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 53))).per_mille() == 0);
    CHECK(gps_overlap(raster_of(here), raster_of(east_of(here, 5000))).per_mille() == 0);
}

TEST_CASE("tracks on both sides of the antimeridian are near each other", "[gps_overlap]") {
    const auto path = rides::path_of({.lat = -17, .lon = 179.99, .heading_deg = 85}, 1200);
    REQUIRE(path.front().lon > 0);
    REQUIRE(path.back().lon < 0);
    CHECK(gps_overlap(raster_of(path, {.noise_m = 4, .seed = 3}), raster_of(path, {.noise_m = 4, .seed = 4})).per_mille() >=
          990);
    const std::vector<rides::position> west(50, {10.0, 179.9999}), east(50, {10.0, -179.9999});  // 22 m
    CHECK(gps_overlap(raster_of(west), raster_of(east)).per_mille() == 1000);
}

TEST_CASE("a route gives the same share wherever in longitude it lies", "[gps_overlap][law]") {
    const auto path = rides::path_of({.lat = 40, .lon = 10}, 600), beside = east_of(path, 49);
    const auto here = gps_overlap(raster_of(path), raster_of(beside));
    for (const double turn : {90.0, 169.97, 169.999, -170.0, -189.97}) {
        const auto turned = [turn](std::vector<rides::position> p) {
            for (auto& at : p) {
                at.lon += turn;
                at.lon += at.lon > 180 ? -360 : at.lon < -180 ? 360 : 0;
            }
            return p;
        };
        const auto there = gps_overlap(raster_of(turned(path)), raster_of(turned(beside)));
        CHECK(there.common_s == here.common_s);
        CHECK(std::abs(there.hits_s - here.hits_s) <= here.common_s / 50);
    }
}

TEST_CASE("at the poles every longitude is the same place", "[gps_overlap]") {
    const std::vector<rides::position> one(60, {90.0, 10.0}), other(60, {90.0, -10.0});
    CHECK(gps_overlap(raster_of(one), raster_of(one)).per_mille() == 1000);
    CHECK(gps_overlap(raster_of(one), raster_of(other)).common_s == 60);
}

TEST_CASE("pauses count for neither side", "[gps_overlap]") {
    const auto path = rides::path_of({}, 1200);
    const auto found = gps_overlap(raster_of(path), raster_of(path, {.pause_from_s = 300, .pause_to_s = 600}));
    CHECK(found.common_s >= 898);
    CHECK(found.common_s <= 902);
    CHECK(found.per_mille() >= 990);
}

TEST_CASE("empty tracks, one fix and equal fixes overlap without harm", "[gps_overlap][hostile]") {
    const raster none;
    const auto ride = raster_of(rides::path_of({}, 100)), one = raster_of(rides::path_of({}, 1)),
               still = raster_of(std::vector<rides::position>(100, {51.05, 3.72}));
    CHECK(gps_overlap(none, none).common_s == 0);
    CHECK(gps_overlap(none, ride).per_mille() == 0);
    CHECK(gps_overlap(ride, none).per_mille() == 0);
    CHECK(gps_overlap(one, ride).common_s == 1);
    CHECK(gps_overlap(still, still).per_mille() == 1000);
}

TEST_CASE("a pair far apart in time costs nothing and has nothing in common", "[gps_overlap][hostile]") {
    const auto a = make_raster(rides::recorded(rides::path_of({}, 100), {}), rides::at("1970-01-01T00:00:00Z"));
    const auto b = make_raster(rides::recorded(rides::path_of({}, 100), {}), rides::at("9999-12-31T23:00:00Z"));
    CHECK(gps_overlap(a, b).common_s == 0);
}

TEST_CASE("a wider tolerance never loses a hit", "[gps_overlap][law]") {
    const auto path = rides::path_of({}, 600);
    const auto a = raster_of(path, {.noise_m = 20, .seed = 5}), b = raster_of(path, {.noise_m = 20, .seed = 6});
    std::int64_t last = 0;
    for (std::int32_t gap = 0; gap <= 150; gap += 10) {
        const auto hits = overlap_at(a, b, 0, gap).hits_s;
        CHECK(hits >= last);
        last = hits;
    }
    CHECK(last == 600);
}

TEST_CASE("a distance is the same from both ends, to the last angle", "[gps_overlap][law]") {
    for (const double lat : {10.0, 30.0, 45.0, 51.0, 60.0, 65.0})
        for (std::int32_t d = 5000; d < 13500; ++d) {
            const auto a = raster::of(0, {detail::binary_angle(lat)}, {0}), b = raster::of(0, {detail::binary_angle(lat)}, {d});
            const auto ab = overlap_at(a, b, 0, 50).hits_s, ba = overlap_at(b, a, 0, 50).hits_s;
            if (ab != ba) FAIL_CHECK(lat << " degrees, " << d << " angles");
        }
}

TEST_CASE("of two equally good shifts swapping the tracks takes the opposite one", "[gps_overlap][law]") {
    const auto shuttle = [](int phase) {  // ten seconds here, ten seconds a kilometre away
        samples s;
        for (int i = 0; i < 600; ++i) s.push({.t = seconds{i}, .lat_deg = 51 + ((i + phase) / 10 % 2) * 0.01, .lon_deg = 3});
        s.finish();
        return make_raster(s, start);
    };
    const auto there = gps_overlap(shuttle(0), shuttle(10)), back = gps_overlap(shuttle(10), shuttle(0));
    CHECK(there.hits_s == back.hits_s);
    CHECK(there.shift_s == -back.shift_s);
}

namespace {

/// Second by second, in integers, as the header says it.
std::int64_t hits_by_definition(const raster& a, const raster& b, std::int64_t shift_s, std::int32_t gap_m) {
    std::int64_t hits = 0;
    detail::for_common_runs(a, b, shift_s, [&](std::size_t ia, std::size_t ib, std::size_t n) {
        for (std::size_t k = 0; k < n; ++k) {
            const auto block = k - k % detail::overlap_block;  // the cosine is that of the block's first second
            const std::int64_t cosine = std::max(std::min(detail::cosine_q14(a.lat[ia + block]), detail::cosine_q14(b.lat[ib + block])), 1), gap = detail::angle_of_meters(gap_m);
            const std::int64_t dy = detail::turn(a.lat[ia + k], b.lat[ib + k]), dx = std::abs(std::int64_t{detail::turn(a.lon[ia + k], b.lon[ib + k])}) * cosine >> 14;
            hits += std::abs(dy) <= gap && dx <= gap && dy * dy + dx * dx <= gap * gap;
        }
    });
    return hits;
}
raster somewhere_near(const raster& of, rides::dice& roll, std::uint64_t spread, std::uint64_t pauses) {
    auto lat = of.lat, lon = of.lon;
    for (std::size_t i = 0; i < lat.size(); ++i) {
        lat[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(lat[i]) + static_cast<std::uint32_t>(roll.below(spread)) - static_cast<std::uint32_t>(spread / 2));
        lon[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(lon[i]) + static_cast<std::uint32_t>(roll.below(spread)) - static_cast<std::uint32_t>(spread / 2));
        if (pauses > 0 && roll.one_in(pauses)) lat[i] = lon[i] = raster::no_fix;
    }
    return raster::of(of.first_s + static_cast<std::int64_t>(roll.below(9)), std::move(lat), std::move(lon));
}

}  // namespace

TEST_CASE("the fast count is the exact one, at every distance, latitude and pause", "[gps_overlap][law]") {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        rides::dice roll{seed};
        const double lat = seed % 7 == 0 ? 89.99 : roll.around_zero(85);
        const auto ideal = make_raster(rides::recorded(rides::path_of({.lat = lat, .lon = seed % 5 == 0 ? 179.99 : 3.0, .heading_deg = 77, .speed_mps = 9}, 700), {}), start);
        const std::uint64_t spread = std::uint64_t{1} << (2 + roll.below(30));  // from centimetres to the whole globe
        const auto a = somewhere_near(ideal, roll, spread, seed % 3 == 0 ? 20 : 0), b = somewhere_near(ideal, roll, spread, seed % 4 == 0 ? 30 : 0);
        const std::int32_t gap = static_cast<std::int32_t>(roll.below(150));
        const auto found = overlap_at(a, b, 0, gap);
        INFO("seed " << seed << ", spread " << spread << ", gap " << gap);
        REQUIRE(found.hits_s == hits_by_definition(a, b, 0, gap));
        for (const std::int32_t per_mille : {0, 1, 300, 500, 800, 999, 1000, found.per_mille(), found.per_mille() + 1}) REQUIRE(overlaps(a, b, 0, gap, per_mille) == (found.per_mille() >= per_mille));
    }
}

TEST_CASE("whether tracks overlap is the same answer from boxes and from seconds, at the antimeridian, at the poles and in every direction", "[gps_overlap][law]") {
    std::size_t elsewhere = 0, near_by = 0;
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
        rides::dice roll{seed};
        const auto moved_by = [](std::int32_t angle, std::uint32_t by) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(angle) + by); };
        std::vector<std::int32_t> lats, lons;
        auto lat = detail::binary_angle(seed % 11 == 0 ? 89.9 : seed % 11 == 1 ? -89.9 : std::clamp(roll.around_zero(80), -80.0, 80.0)), lon = detail::binary_angle(seed % 3 == 0 ? 179.9995 : -3.0);
        const auto north_a_s = static_cast<std::uint32_t>(roll.below(200)) - 100u, east_a_s = static_cast<std::uint32_t>(roll.below(400)) - 200u;  // 0 … 2 m
        for (int s = 0; s < 900; ++s) lats.push_back(lat = moved_by(lat, north_a_s)), lons.push_back(lon = moved_by(lon, east_a_s));
        const auto slow = raster::of(500, lats, lons);
        const auto most = std::uint64_t{1} << (10 + roll.below(12));  // 10 m … 40 km
        const auto north = static_cast<std::uint32_t>(roll.below(most)) - static_cast<std::uint32_t>(most / 2), east = static_cast<std::uint32_t>(roll.below(most)) - static_cast<std::uint32_t>(most / 2);
        const auto back_at = roll.below(lats.size());  // from there on it is the same way again
        for (std::size_t i = 0; i < back_at; ++i) lats[i] = moved_by(lats[i], north), lons[i] = moved_by(lons[i], east);
        if (seed % 4 == 0) lats[back_at] = lons[back_at] = raster::no_fix;
        const auto moved = raster::of(slow.first_s + static_cast<std::int64_t>(roll.one_in(2) ? roll.below(3) : roll.below(800)) - 200, std::move(lats), std::move(lons));
        const auto gap = static_cast<std::int32_t>(roll.below(150));
        const auto found = overlap_at(slow, moved, 0, gap);
        (found.per_mille() < 400 ? elsewhere : near_by)++;
        raster_view without = moved;
        without.boxes = {};
        INFO("seed " << seed << ", gap " << gap);
        REQUIRE(found.hits_s == hits_by_definition(slow, moved, 0, gap));
        for (const std::int32_t per_mille : {1, 200, 500, 800, 1000, found.per_mille(), found.per_mille() + 1}) {
            REQUIRE(overlaps(slow, moved, 0, gap, per_mille) == (found.per_mille() >= per_mille));
            REQUIRE(overlaps(moved, slow, 0, gap, per_mille) == (overlap_at(moved, slow, 0, gap).per_mille() >= per_mille));
            REQUIRE(overlaps(moved, without, 0, gap, per_mille) == (overlap_at(moved, without, 0, gap).per_mille() >= per_mille));
        }
    }
    CHECK(elsewhere > 300);
    CHECK(near_by > 300);
}

TEST_CASE("seconds at the edge of the gap are decided in integers", "[gps_overlap][law]") {
    const auto gap = detail::angle_of_meters(50);
    for (const double degrees : {0.0, 37.0, 60.0, 80.0})
        for (std::int32_t off = -4; off <= 4; ++off)
            for (std::int32_t dy = 0; dy <= gap + 3; dy += 89) {
                const auto lat = detail::binary_angle(degrees);
                const std::int64_t cosine = detail::cosine_q14(lat);
                const auto dx = static_cast<std::int32_t>(std::sqrt(std::max(0.0, 1.0 * gap * gap - 1.0 * dy * dy)) * 16384 / static_cast<double>(cosine)) + off;
                const auto a = raster::of(0, {lat}, {0}), b = raster::of(0, {lat - dy}, {dx});
                REQUIRE(overlap_at(a, b, 0, 50).hits_s == hits_by_definition(a, b, 0, 50));
                REQUIRE(overlaps(a, b, 0, 50, 1000) == (hits_by_definition(a, b, 0, 50) == 1));
            }
    for (const auto dy : {gap - 1, gap, gap + 1}) CHECK(overlaps(raster::of(0, {dy}, {0}), raster::of(0, {0}, {0}), 0, 50, 1000) == (dy <= gap));
}

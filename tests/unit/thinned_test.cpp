// SPDX-License-Identifier: BSL-1.0
//
// Rasters of every fifth second, and skeletons.
#include "activities.hpp"

#include <coincide/match/gps_overlap.hpp>
#include <coincide/match/thinned.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

TEST_CASE("a thinned raster has the samples of whole steps of the clock", "[thinned]") {
    const auto r = raster::of(98, {1, 2, 3, raster::no_fix, 5, 6, 7, 8}, {11, 12, 13, raster::no_fix, 15, 16, 17, 18});
    const auto fives = thinned(r, 5);  // 100 and 105
    CHECK(fives.first_s == 20);
    CHECK(fives.lat == std::vector<std::int32_t>{3, 8});
    CHECK(fives.lon == std::vector<std::int32_t>{13, 18});
    CHECK(thinned(r, 1).lat == r.lat);
    CHECK(thinned(r, 1).runs == r.runs);
    CHECK(thinned(r, 101).lat == std::vector<std::int32_t>{raster::no_fix});
    CHECK(thinned(r, 1000).empty());
    CHECK(thinned(raster{}, 5).empty());

    const auto before_1970 = raster::of(-7, {1, 2, 3, 4}, {1, 2, 3, 4});
    CHECK(thinned(before_1970, 5).first_s == -1);
    CHECK(thinned(before_1970, 5).lat == std::vector<std::int32_t>{3});
}

TEST_CASE("skeletons tell twins from other ways, whole seconds or not", "[thinned]") {
    const auto start = rides::at("2024-05-01T10:00:00Z");
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        const auto path = rides::path_of({.heading_deg = 14.0 * static_cast<double>(seed), .speed_mps = 3}, 3600);
        const auto other = rides::path_of({.heading_deg = 14.0 * static_cast<double>(seed) + 120, .speed_mps = 3}, 3600);
        const auto one = thinned(make_raster(rides::recorded(path, {.noise_m = 6, .seed = seed}), start), 256);
        const auto twin = thinned(make_raster(rides::recorded(path, {.noise_m = 6, .every_s = 3, .seed = seed + 100}), start + 400ms), 256);
        const auto elsewhere = thinned(make_raster(rides::recorded(other, {.noise_m = 6, .seed = seed + 200}), start), 256);
        CHECK(overlap_at(one, twin, 0, 60).common_s == 14);
        CHECK(overlap_at(one, twin, 0, 60).hits_s >= 12);
        CHECK(overlap_at(one, elsewhere, 0, 60).hits_s <= 2);
    }
}

TEST_CASE("every fifth second gives the share of every second, within three hundredths", "[thinned]") {
    const auto start = rides::at("2024-05-01T10:00:00Z");
    const auto path = rides::path_of({.speed_mps = 6}, 3600);
    for (const double noise_m : {5.0, 15.0, 25.0}) {
        const auto a = make_raster(rides::recorded(path, {.noise_m = noise_m, .seed = 1}), start), b = make_raster(rides::recorded(path, {.noise_m = noise_m, .seed = 2}), start);
        const auto all = overlap_at(a, b, 0, 50).per_mille(), fives = overlap_at(thinned(a, 5), thinned(b, 5), 0, 50).per_mille();
        CHECK(std::abs(all - fives) <= 30);
    }
}

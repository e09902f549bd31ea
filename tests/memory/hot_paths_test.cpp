// SPDX-License-Identifier: BSL-1.0
//
// The paths that run a million times take nothing from the heap, and what is held is as small as is said.
#include "activities.hpp"
#include "memory/counted.hpp"

#include <coincide/group/group.hpp>
#include <coincide/ledger/header.hpp>
#include <coincide/match/compare.hpp>
#include <coincide/match/fingerprint.hpp>
#include <coincide/match/fingerprint_set.hpp>
#include <coincide/match/pairs.hpp>
#include <coincide/match/signature_index.hpp>
#include <coincide/merge/merge.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using counted::allocations, counted::bytes_held;

namespace {

const auto noon = rides::at("2024-05-01T12:00:00Z");
const auto path = rides::path_of({}, 3600);
const auto one = rides::ride_along("garmin", "1", noon, path, 0, {.noise_m = 4, .seed = 1});
const auto twin = rides::ride_along("strava", "2", noon, path, 0, {.noise_m = 4, .seed = 2});
const auto late = rides::ride_along("strava", "3", noon + 2h, path, 0, {.noise_m = 4, .seed = 3});

std::vector<signature> signatures(std::uint32_t n) {
    rides::dice roll{7};
    std::vector<signature> out(n);
    for (std::uint32_t i = 0; i < n; ++i) {
        auto& s = out[i];
        s.start_ms = 1000 * roll.between(1600000000, 1700000000), s.elapsed_ms = static_cast<std::uint32_t>(roll.between(600000, 9000000));
        s.distance_5cm = static_cast<std::uint32_t>(roll.between(100000, 2000000)), s.athlete = static_cast<std::uint32_t>(roll.below(1000)), s.row = i;
    }
    return out;
}

}  // namespace

TEST_CASE("two records are compared without the heap, tracks, wrong clocks and all", "[memory]") {
    const auto a = prepare_tracks(one), b = prepare_tracks(twin), c = prepare_tracks(late);
    const auto fa = features_of(one, 0), fb = features_of(twin, 1), fc = features_of(late, 2);
    CHECK(compare(fa, fb, &a, &b, presets::balanced).verdict == decision::join);
    CHECK(compare(fa, fc, &a, &c, presets::balanced).why.find(evidence_code::clock_shift) != nullptr);
    std::int64_t sum = 0;
    CHECK(allocations([&] { sum += compare(fa, fb, &a, &b, presets::balanced).why.total() + compare(fa, fc, &a, &c, presets::balanced).why.total(); }) == 0);
    CHECK(allocations([&] { sum += overlap_at(a.path, b.path, 0, 50).hits_s + gps_overlap(a.path, c.path).hits_s + overlaps(a.path, b.path, 0, 50, 900); }) == 0);
    CHECK(allocations([&] { sum += shift_by_places(a.path, c.path, 90000).shift_s + fit_of_shift(a.path, c.path, -7200).sharp; }) == 0);
    CHECK(sum != 0);
}

TEST_CASE("a described record is read and named without the heap", "[memory]") {
    std::uint64_t sum = 0;
    CHECK(allocations([&] { sum += static_cast<std::uint64_t>(read(one, distance_m).value_or(0)) + signature_of(one, 0).elapsed_ms + fingerprint_of(one)->bits; }) == 0);
    CHECK(sum != 0);
}

TEST_CASE("merging many groups takes nothing from the heap, once its memory has grown", "[memory]") {
    auto watch = one, phone = twin;
    watch.name = "Ride", phone.name = "Morning Ride", phone.tags = {"wet"}, watch.tags = {"race"};
    phone.start_time += 2s;
    const std::vector<activity> records{watch, phone, late};
    const auto groups = group(records, presets::balanced);
    chooser choose{records, presets::measured_first};
    std::size_t fields = 0, others = 0;
    const auto all = [&] {
        for (const auto& g : groups) {
            const auto& chosen = choose(g);
            fields += chosen.fields.size(), others += chosen.rows.size();
        }
    };
    all();
    CHECK(fields >= 10);
    CHECK(others >= 3);
    CHECK(allocations(all) == 0);
}

TEST_CASE("pairs of a batch take at most 72 bytes a record, and nothing the second time", "[memory]") {
    const auto all = signatures(200000);
    pair_finder find{fuzzy_window{.start_gap_max = 120s, .duration_percent_max = 15, .distance_percent_max = 10}};
    std::size_t pairs = 0;
    const auto held = bytes_held([&] { find(all, [&](auto, auto) { ++pairs; }); });
    CHECK(held <= 72 * all.size());
    CHECK(held >= find.bytes());
    CHECK(allocations([&] { find(all, [&](auto, auto) { ++pairs; }); }) == 0);
    CHECK(sizeof(signature) == 32);
}

TEST_CASE("looking a record up takes nothing from the heap", "[memory]") {
    const auto all = signatures(10000);
    signature_index index{fuzzy_window{.start_gap_max = 120s, .duration_percent_max = 15, .distance_percent_max = 10}};
    for (const auto& s : all) index.insert(s);
    std::size_t found = 0;
    CHECK(allocations([&] {
              for (const auto& s : all) index.find(s, [&](const signature&) { ++found; });
          }) == 0);
    CHECK(found >= all.size());
}

TEST_CASE("a raster takes 8 bytes a second, and is kept in 5 at most", "[memory]") {
    const auto held = bytes_held([] { static_cast<void>(make_raster(one.track, one.start_time)); });
    CHECK(held <= 8 * 3601 + 16 * 15 + 64);  // a box for each 256 s, and a run
    const auto prepared = prepare_tracks(one);
    prepared_tracks only_places;
    only_places.path = prepared.path;
    CHECK(encode(only_places).size() <= 5 * 3600);
}

TEST_CASE("what was prepared is read back to the last sample, and by no other version", "[memory][hostile]") {
    auto ride = one;
    for (std::size_t i = 0; i < ride.track.size(); ++i) ride.track.values[samples::hr].resize(ride.track.size(), 140);
    const auto prepared = prepare_tracks(ride);
    auto bytes = encode(prepared);
    const auto again = decode_tracks(bytes);
    REQUIRE(again);
    CHECK(again->path.first_s == prepared.path.first_s);
    CHECK(again->path.lat == prepared.path.lat);
    CHECK(again->path.lon == prepared.path.lon);
    CHECK(again->path.runs == prepared.path.runs);
    CHECK(again->path.boxes == prepared.path.boxes);
    CHECK(again->path.valid == prepared.path.valid);
    for (std::size_t v = 0; v < prepared.values.size(); ++v) {
        CHECK(again->values[v].first_s == prepared.values[v].first_s);
        CHECK(again->values[v].value == prepared.values[v].value);
    }
    for (const auto never : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), std::int64_t{1000000000000}}) {
        prepared_tracks hostile;
        hostile.path = raster::of(never, {1, 2}, {3, 4});
        CHECK_FALSE(decode_tracks(encode(hostile)));
        hostile.path = {};
        hostile.values[0].first_s = never, hostile.values[0].value = {140, 141};
        CHECK_FALSE(decode_tracks(encode(hostile)));
    }
    for (const std::int16_t never : {std::int16_t{-2}, std::int16_t{4096}, std::numeric_limits<std::int16_t>::max()}) {
        prepared_tracks hostile;
        hostile.values[0].value = {140, never};
        CHECK_FALSE(decode_tracks(encode(hostile)));
    }
    CHECK_FALSE(decode_tracks(std::string_view{bytes}.substr(0, bytes.size() / 2)));
    bytes.front() = static_cast<char>(prepared_format + 1);
    CHECK_FALSE(decode_tracks(bytes));
    CHECK_FALSE(decode_tracks(""));
}

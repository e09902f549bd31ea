// SPDX-License-Identifier: BSL-1.0
//
// Clocks that were never set: what is found by place and by sensor values, and what is asked about or left alone.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/adapters/places.hpp>
#include <coincide/group/learn_clocks.hpp>
#include <coincide/match/unset_clock.hpp>
#include <coincide/match/words.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using rides::at;

namespace {

const auto noon = at("2024-05-01T12:00:00Z"), zero = at("1989-12-31T00:10:00Z");

activity ride_of(std::string_view source, std::string_view id, instant start, const samples& track) {
    auto r = rides::activity_of(source, id, start, track.size() == 0 ? 0s : std::chrono::floor<seconds>(milliseconds{track.t_ms.back()}), 0);
    r.track = track;
    return r;
}
activity without_clock(activity r) {
    r.clock_unset = true;
    return r;
}
grouping groups_of(const std::vector<activity>& records) { return group(records, presets::balanced, {}, pairs_of_one_place(records)); }

const auto way = rides::path_of({.speed_mps = 6}, 3000);
const auto watch = rides::recorded(way, {.noise_m = 3, .seed = 1}), phone = rides::recorded(way, {.noise_m = 6, .seed = 2});

}  // namespace

TEST_CASE("a ride of 1989 is found by its place, a whole history away", "[unset_clock]") {
    std::vector<activity> year{without_clock(ride_of("fit_file", "a.fit", zero, watch)), ride_of("strava", "1", noon, phone)};
    for (int week = 1; week < 20; ++week)
        year.push_back(ride_of("strava", "w" + std::to_string(week), noon + 168h * week, rides::recorded(rides::path_of({.heading_deg = 40.0 + 15 * week, .speed_mps = 6}, 3000), {.noise_m = 5, .seed = 9})));
    const auto groups = groups_of(year);
    CHECK(rides::together(groups, 0, 1));
    CHECK(groups.size() == year.size() - 1);
    const auto* link = rides::link_between(groups[rides::group_of(groups, 0)], 0, 1);
    REQUIRE(link);
    const auto* shift = link->why.find(evidence_code::clock_shift);
    REQUIRE(shift);
    CHECK(shift->b == 1);
    const auto days = (noon - zero) / 24h;
    CHECK(std::abs(shift->a) / 86400 == days);
    CHECK(words_of(*shift) == "a clock was never set");
}

TEST_CASE("clocks that are further apart than evidence can tell are left alone", "[unset_clock][hostile]") {
    for (const auto apart : {2147483520s, 2147483648s, 2147483649s, 2147483700s}) {
        const std::vector<activity> records{without_clock(ride_of("z", "a", instant{}, watch)), ride_of("a", "1", instant{apart}, watch)};
        const std::vector<row_pair> both{{0, 1}};
        for (const auto& g : group(records, presets::balanced, {}, both))
            for (const auto& link : g.links)
                if (const auto* shift = link.why.find(evidence_code::clock_shift)) CHECK(std::abs(std::int64_t{shift->a}) == std::chrono::duration_cast<seconds>(apart).count());
    }
}

TEST_CASE("it joins the copies of that ride as well, on the ride's time", "[unset_clock]") {
    auto copy = ride_of("garmin", "7", noon + 2s, {});
    copy.elapsed = 3001s;
    const auto groups = groups_of({without_clock(ride_of("fit_file", "a.fit", zero, watch)), ride_of("strava", "1", noon, phone), copy});
    CHECK(groups.size() == 1);
}

TEST_CASE("a part of it is found too, where nothing else fits", "[unset_clock]") {
    auto part = without_clock(ride_of("fit_file", "a.fit", zero, rides::recorded({way.begin() + 600, way.begin() + 2400}, {.noise_m = 3, .seed = 5})));
    auto whole = ride_of("strava", "1", noon, phone);
    part.distance_m = 10800, whole.distance_m = 18000;
    CHECK(groups_of({part, whole}).size() == 1);
}

TEST_CASE("another day's ride on the same way is another ride", "[unset_clock]") {
    const auto slower = rides::recorded(rides::path_of({.speed_mps = 5.4, .sway_every_s = 333.333}, 3333), {.noise_m = 3, .seed = 1});
    CHECK(groups_of({without_clock(ride_of("fit_file", "a.fit", zero, watch)), ride_of("strava", "1", noon, slower)}).size() == 2);
}

TEST_CASE("two clocks that were never set, and agree, are taken at their word about each other", "[unset_clock]") {
    const std::vector<activity> both{without_clock(ride_of("fit_file", "a.fit", zero, watch)), without_clock(ride_of("polar", "1", zero + 3s, phone))};
    const auto groups = groups_of(both);
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].links[0].why.find(evidence_code::clock_shift) == nullptr);
    CHECK(groups[0].links[0].why.find(evidence_code::gps)->a >= 950);
}

TEST_CASE("indoors equal heart rates second by second tell, not equal lengths", "[unset_clock]") {
    const auto stream_of = [&](std::uint64_t seed) {
        rides::dice of{seed};
        samples s;
        double bpm = 120;
        for (int i = 0; i < 2400; ++i) s.push({.t = seconds{i}, .hr_bpm = bpm += static_cast<double>(of.between(-2, 2))});
        s.finish();
        return s;
    };
    const auto trained = [&](std::string_view from, std::string_view id, instant start, const samples& heart) {
        auto r = rides::activity_of(from, id, start, 2400s, 0);
        r.streams = heart;
        return r;
    };
    const auto mine = stream_of(1), other = stream_of(2);
    CHECK(groups_of({without_clock(trained("fit_file", "a.fit", zero, mine)), trained("zwift", "1", noon, mine)}).size() == 1);
    CHECK(groups_of({without_clock(trained("fit_file", "a.fit", zero, mine)), trained("zwift", "1", noon, other)}).size() == 2);
}

TEST_CASE("clocks that were never set teach nothing", "[unset_clock][learn]") {
    std::vector<activity> records;
    for (int i = 0; i < 4; ++i) {
        const auto path = rides::path_of({.heading_deg = 80.0 * i, .speed_mps = 6}, 1800);
        records.push_back(without_clock(ride_of("polar", "p" + std::to_string(i), zero + 24h * i, rides::recorded(path, {.noise_m = 3, .seed = 1}))));
        records.push_back(ride_of("garmin", "g" + std::to_string(i), noon + 24h * i, rides::recorded(path, {.noise_m = 4, .seed = 2})));
    }
    const auto learned = group_and_learn(records, presets::balanced, {}, pairs_of_one_place(records));
    CHECK(learned.groups.size() == 4);
    CHECK(learned.clocks.empty());
}

TEST_CASE("places: only boxes that meet, only where a clock was never set, bounded", "[places]") {
    const auto here = ride_of("strava", "1", noon, phone);
    auto lost = without_clock(ride_of("fit_file", "a.fit", zero, watch)), far = here;
    far.external_id = "2";
    for (auto& lat : far.track.lat) lat += 1;
    CHECK(pairs_of_one_place(std::vector{here, far}).empty());
    CHECK(pairs_of_one_place(std::vector{here, lost, far}) == std::vector<row_pair>{{0, 1}});
    auto bobs = lost;
    bobs.athlete_id = "bob";
    CHECK(pairs_of_one_place(std::vector{here, bobs}).empty());
    std::vector<activity> crowd{lost};
    for (int i = 0; i < 50; ++i) crowd.push_back(ride_of("strava", std::to_string(i), noon + 24h * i, phone));
    CHECK(pairs_of_one_place(crowd).size() == 50);
    CHECK(pairs_of_one_place(crowd, {.alike_max = 7}).size() == 7);
}

TEST_CASE("places meet across the antimeridian", "[places]") {
    const auto near_180 = [](std::string_view id, double lon, bool lost) {
        samples s;
        for (int i = 0; i < 10; ++i) s.push({.t = seconds{i}, .lat_deg = 10 + 0.001 * i, .lon_deg = lon + 0.0002 * i > 180 ? lon + 0.0002 * i - 360 : lon + 0.0002 * i});
        s.finish();
        auto r = ride_of("strava", id, noon, s);
        r.clock_unset = lost;
        return r;
    };
    CHECK(pairs_of_one_place(std::vector{near_180("1", 179.999, true), near_180("2", -179.9999, false)}).size() == 1);
    CHECK(pairs_of_one_place(std::vector{near_180("1", 179.999, false), near_180("2", -179.9999, true)}).size() == 1);
}

TEST_CASE("places do not depend on the order of the rows, and the nearest comes first across the antimeridian", "[places]") {
    const auto along = [](std::string_view id, double lon, bool lost, std::chrono::seconds length) {
        samples s;
        for (int i = 0; i < 10; ++i) s.push({.t = seconds{i}, .lat_deg = 10 + 0.001 * i, .lon_deg = lon + 0.003 * i > 180 ? lon + 0.003 * i - 360 : lon + 0.003 * i});
        s.finish();
        auto r = ride_of("strava", id, noon, s);
        r.elapsed = length;
        r.clock_unset = lost;
        return r;
    };
    const auto twin = along("twin", -179.999, false, 1000s), other = along("other", 179.97, false, 3000s), lost = along("lost", 179.999, true, 1000s);
    CHECK(pairs_of_one_place(std::vector{lost, other, twin}, {.alike_max = 1}) == std::vector<row_pair>{{0, 2}});
    const auto a = along("a", 10, true, 1000s), b = along("b", 10.001, true, 1000s), c = along("c", 10.0005, false, 1000s);
    CHECK(pairs_of_one_place(std::vector{a, b, c}, {.alike_max = 1}).size() == pairs_of_one_place(std::vector{b, a, c}, {.alike_max = 1}).size());
}

TEST_CASE("equal values one second apart give one shift from either side", "[unset_clock]") {
    value_series x, y;
    x.first_s = 100000, y.first_s = 500;
    for (int i = 0; i < 900; ++i) x.value.push_back(static_cast<std::int16_t>(120 + i % 2)), y.value.push_back(static_cast<std::int16_t>(121 - i % 2));
    std::int64_t there = 0, back = 0;
    CHECK(detail::fit_by_ends(x, y, there).equal_per_mille == detail::fit_by_ends(y, x, back).equal_per_mille);
    CHECK(there == -back);
}

TEST_CASE("a pair that is refused leaves a clock that was found as it is", "[unset_clock][group]") {
    // U and P are one; B is vetoed by P; C, a copy of P, is asked about U on the time that P gave it
    std::vector<activity> records{without_clock(ride_of("fit_file", "u.fit", zero, watch)), ride_of("strava", "p", noon, phone), ride_of("polar", "b", noon + 240h, phone),
                                  ride_of("garmin", "c", noon + 2s, {})};
    records[3].elapsed = 2999s;
    std::vector<features> all;
    for (const auto& r : records) all.push_back(features_of(r, static_cast<std::uint32_t>(all.size())));
    std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.sig.start_ms < y.sig.start_ms; });  // u, p, c, b
    const auto shifted = [&](std::uint32_t to, centibits weight) {
        decided_pair d{{0, to}, {}, false};
        d.answer.why.add(evidence_code::clock_shift, static_cast<std::int32_t>((all[0].sig.start_ms - all[to].sig.start_ms) / 1000), 1, weight);
        d.answer.verdict = decision::join;
        return d;
    };
    std::vector<decided_pair> pairs{shifted(1, 2000), shifted(3, 1500)};
    decided_pair copy{{1, 2}, {}, false};
    copy.answer.why.add(evidence_code::start, 2, 2, 1000);
    copy.answer.verdict = decision::join;
    pairs.push_back(copy);
    bool asked = false;
    const auto of = cluster(all, pairs, {}, presets::balanced, [&](candidate_pair p, const features& a, const features& b, std::int64_t, std::int64_t) -> centibits {
        if (p.a == 1 && p.b == 3) return -1500;
        if (p.a == 0 && p.b == 2) asked = a.sig.clock_unset == 0 && b.sig.clock_unset == 0;
        return 500;
    });
    CHECK(asked);
    CHECK(of[0] == of[1]);
    CHECK(of[0] == of[2]);
    CHECK(of[0] != of[3]);
}

TEST_CASE("a row that is none has no neighborhood", "[group][hostile]") {
    CHECK(neighborhood(std::vector<activity>{}, 0, presets::balanced).empty());
    CHECK(neighborhood(std::vector<activity>(2), 2, presets::balanced).empty());
    CHECK(neighborhood(std::vector<activity>(1), 0, presets::balanced) == std::vector<std::uint32_t>{0});
}

// SPDX-License-Identifier: BSL-1.0
//
// Histories with a known answer: twins, chains, splits, sessions, commutes, wrong clocks, crowds.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <string>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;
using rides::at;
using rides::link_between;
using rides::together;

namespace {

const auto start = at("2024-05-01T08:00:00Z");

grouping grouped(const std::vector<activity>& records, const match_policy& policy = presets::balanced) {
    return group(records, policy);
}

}  // namespace

TEST_CASE("one activity of three sources is one group", "[group]") {
    const std::vector<activity> r{activity_of("strava", "9", start + 3s, 3597s, 9990),
                                  activity_of("garmin", "1", start, 3600s, 10012),
                                  activity_of("apple_health", "x", start + 40s, 3550s, 9870)};
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK(std::vector(g[0].members.begin(), g[0].members.end()) == std::vector<std::uint32_t>{2, 1, 0});  // by source
    CHECK_FALSE(g[0].review);
    for (const auto& link : g[0].links) {
        CHECK(link.joined);
        CHECK(link.kind == relation::same);
        CHECK(r[link.a].source < r[link.b].source);
        CHECK(link.weight() == link.why.total());
        CHECK(link.weight() >= match_policy{}.join_min);
    }
}

TEST_CASE("groups stand in the order of athlete, start and identity", "[group]") {
    std::vector<activity> r{activity_of("garmin", "3", start + 48h, 1h, 1000), activity_of("garmin", "2", start, 1h, 10000),
                            activity_of("garmin", "1", start + 96h, 30min, 5000),
                            activity_of("garmin", "9", start, 1h, 10000)};
    r[3].athlete_id = "ada";
    const auto g = grouped(r);
    REQUIRE(g.size() == 4);
    CHECK(g[0].members[0] == 3);
    CHECK(g[1].members[0] == 1);
    CHECK(g[2].members[0] == 0);
    CHECK(g[3].members[0] == 2);
}

TEST_CASE("records of two athletes never meet", "[group]") {
    auto a = activity_of("garmin", "1", start, 1h, 10000), b = activity_of("strava", "2", start, 1h, 10000);
    b.athlete_id = "bob";
    b.origin = {"garmin", "1"};
    a.file = b.file = {.sha256 = std::string(64, 'a')};
    CHECK(grouped({a, b}).size() == 2);
}

TEST_CASE("a chain never becomes one group when its ends do not touch", "[group]") {
    // A and B agree, B and C agree, by their tracks; A is over when C begins
    const auto path = rides::path_of({}, 9000);
    const std::vector<activity> r{rides::ride_along("garmin", "a", start, path, 7, {.noise_m = 3, .seed = 1}, 0, 3600),
                                  rides::ride_along("strava", "b", start, path, 7, {.noise_m = 3, .seed = 2}, 1700, 5500),
                                  rides::ride_along("wahoo", "c", start, path, 7, {.noise_m = 3, .seed = 3}, 3700, 7300)};
    const auto g = grouped(r);
    CHECK_FALSE(together(g, 0, 2));
    CHECK(g.size() >= 2);
}

TEST_CASE("of two pairs that cannot both hold the stronger one does", "[group]") {
    // A and B agree by their tracks, and so do B and C, but B also names C as its original; A and C do not touch
    const auto path = rides::path_of({}, 9000);
    std::vector<activity> r{rides::ride_along("garmin", "a", start, path, 7, {.noise_m = 3, .seed = 1}, 0, 3600),
                            rides::ride_along("strava", "b", start, path, 7, {.noise_m = 3, .seed = 2}, 1700, 5500)};
    REQUIRE(grouped(r).size() == 1);
    r.push_back(rides::ride_along("wahoo", "c", start, path, 7, {.noise_m = 3, .seed = 3}, 3700, 7300));
    r[1].origin = {"wahoo", "c"};
    const auto g = grouped(r);
    CHECK(together(g, 1, 2));
    CHECK_FALSE(together(g, 0, 1));
}

TEST_CASE("a split ride is one group: the parts belong to the whole and not to each other", "[group]") {
    const auto path = rides::path_of({}, 7200);
    const std::vector<activity> r{
        rides::ride_along("garmin", "whole", start, path, 7, {.noise_m = 3, .seed = 1}),
        rides::ride_along("wahoo", "first", start, path, 7, {.noise_m = 3, .seed = 2}, 0, 3500),
        rides::ride_along("wahoo", "second", start, path, 7, {.noise_m = 3, .seed = 3}, 3600, 7200)};
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK_FALSE(g[0].review);
    for (const std::uint32_t part : {1u, 2u}) {
        const auto* link = link_between(g[0], part, 0);
        REQUIRE(link);
        CHECK(link->kind == relation::part_of);
        CHECK(link->joined);
        CHECK(link->a == part);
        CHECK(link->b == 0);
    }
    CHECK(link_between(g[0], 1, 2) == nullptr);
}

TEST_CASE("a recording that was cut short is the same ride, not a part", "[group]") {
    const auto path = rides::path_of({}, 5400);
    const std::vector<activity> r{rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 3, .seed = 1}),
                                  rides::ride_along("strava", "2", start, path, 7, {.noise_m = 3, .seed = 2}, 0, 2700)};
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK(g[0].links[0].kind == relation::same);
}

TEST_CASE("a session and its legs are one group, each leg a part, no leg like another", "[group]") {
    std::vector<activity> r{activity_of("garmin", "77", start, 3h, 51500, "triathlon"),
                            activity_of("garmin", "77#2", start, 30min, 1500, "open_water_swimming"),
                            activity_of("garmin", "77#3", start + 32min, 80min, 40000, "cycling"),
                            activity_of("garmin", "77#4", start + 114min, 60min, 10000, "running")};
    for (std::size_t leg = 1; leg < r.size(); ++leg) r[leg].parent_id = "77";
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK(g[0].links.size() == 3);
    for (const auto& link : g[0].links) {
        CHECK(link.kind == relation::part_of);
        CHECK(link.b == 0);
        CHECK(link.joined);
    }
}

TEST_CASE("a session of one file has one identity and is not taken for copies", "[group]") {
    std::vector<activity> r{activity_of("fit_file", "t.fit", start, 3h, 0, "triathlon"),
                            activity_of("fit_file", "t.fit#2", start, 30min, 1500, "swimming"),
                            activity_of("fit_file", "t.fit#3", start + 31min, 2h, 40000, "cycling")};
    for (auto& one : r)
        one.file = {.manufacturer = "garmin", .serial = "1", .time_created = start, .sha256 = std::string(64, 'b')};
    r[1].parent_id = r[2].parent_id = "t.fit";
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK(link_between(g[0], 1, 2) == nullptr);
    for (const auto& link : g[0].links) CHECK(link.kind == relation::part_of);
}

TEST_CASE("legs of two sources join as one session", "[group]") {
    std::vector<activity> r{activity_of("garmin", "77", start, 2h, 50000, "multisport"),
                            activity_of("garmin", "78", start, 58min, 40000, "cycling"),
                            activity_of("garmin", "79", start + 60min, 60min, 10000, "running"),
                            activity_of("strava", "5", start + 2s, 58min, 39900, "cycling"),
                            activity_of("strava", "6", start + 60min + 3s, 60min, 9990, "running")};
    r[1].parent_id = r[2].parent_id = "77";
    const auto g = grouped(r);
    CHECK(together(g, 1, 3));
    CHECK(together(g, 2, 4));
    CHECK(together(g, 0, 1));
    CHECK(together(g, 0, 2));
    CHECK(link_between(g[rides::group_of(g, 0)], 1, 2) == nullptr);
}

TEST_CASE("rides that follow each other stay apart, each with its own twin", "[group]") {
    const std::vector<activity> r{
        activity_of("garmin", "1", start, 1800s, 5030), activity_of("garmin", "2", start + 1830s, 1750s, 4800),
        activity_of("strava", "3", start + 2s, 1799s, 5021), activity_of("strava", "4", start + 1831s, 1752s, 4811)};
    const auto g = grouped(r);
    CHECK(g.size() == 2);
    CHECK(together(g, 0, 2));
    CHECK(together(g, 1, 3));
}

TEST_CASE("short bouts of one kind within minutes stay apart", "[group]") {
    std::vector<activity> r;
    for (int i = 0; i < 6; ++i)
        r.push_back(
            activity_of(i % 2 ? "garmin" : "strava", std::to_string(i), start + seconds{i * 110}, 90s, 400 + 13 * i));
    CHECK(grouped(r).size() == 6);
}

TEST_CASE("the way to work and the way home are left alone", "[group]") {
    std::vector<activity> r;
    rides::dice roll{11};
    for (int day = 0; day < 20; ++day) {
        const auto morning = start + 24h * day + seconds{roll.between(-600, 600)},
                   evening = morning + 9h + seconds{roll.between(-1800, 1800)};
        for (const auto when : {morning, evening}) {
            const auto length = seconds{roll.between(1440, 1560)};
            const auto metres = 8000 + roll.around_zero(40);
            const auto id = std::to_string(r.size());
            r.push_back(activity_of("garmin", id, when, length, metres, "cycling"));
            r.push_back(activity_of("strava", id, when + 2s, length, metres + 3, "cycling"));
        }
    }
    const auto g = grouped(r);
    CHECK(g.size() == 40);
    for (const auto one : g) {
        CHECK(one.members.size() == 2);
        CHECK_FALSE(one.review);
    }
}

TEST_CASE("a clock off by whole hours is found when both totals are equal", "[group]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 4321s, 15432.1),
                                  activity_of("strava", "2", start + 2h, 4321s, 15432.1)};
    CHECK(grouped(r).size() == 1);
    const std::vector<activity> far{activity_of("garmin", "1", start, 4321s, 15432.1),
                                    activity_of("strava", "2", start - 9h - 30min, 4321s, 15432.1)};
    CHECK(grouped(far).size() == 1);
    const std::vector<activity> no_zone{activity_of("garmin", "1", start, 4321s, 15432.1),
                                        activity_of("strava", "2", start + 2h + 7min, 4321s, 15432.1)};
    CHECK(grouped(no_zone).size() == 2);
}

TEST_CASE("the real ride takes the twin, not one that a clock would have to be wrong for", "[group]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1500s, 8011, "cycling"),
                                  activity_of("garmin", "2", start + 10h, 1500s, 8011, "cycling"),
                                  activity_of("strava", "3", start + 10h + 1s, 1500s, 8011, "cycling")};
    const auto g = grouped(r);
    CHECK(together(g, 1, 2));
    CHECK_FALSE(together(g, 0, 2));
}

TEST_CASE("a pair in doubt stays in two groups, and both say so", "[group]") {
    // one hour alike but for the distance: not enough to join, too much to leave
    std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000),
                            activity_of("strava", "2", start + 25min, 1h, 10300)};
    match_policy policy;
    policy.join_min = 2000, policy.review_min = -2000;
    const auto g = grouped(r, policy);
    REQUIRE(g.size() == 2);
    for (const auto one : g) {
        CHECK(one.review);
        REQUIRE(one.links.size() == 1);
        CHECK_FALSE(one.links[0].joined);
        CHECK(one.links[0].a == 0);
        CHECK(one.links[0].b == 1);
    }
}

TEST_CASE("a clock that was never set does not pull records of its year together", "[group]") {
    std::vector<activity> r{activity_of("fit_file", "1.fit", at("1989-12-31T00:01:00Z"), 1h, 10000),
                            activity_of("fit_file", "2.fit", at("1989-12-31T00:01:00Z"), 20min, 3000),
                            activity_of("fit_file", "3.fit", at("1989-12-31T00:01:00Z"), 2h, 55000, "cycling")};
    for (auto& one : r) one.clock_unset = true;
    CHECK(grouped(r).size() == 3);
}

TEST_CASE("a clock that was never set does not part a file from its copy", "[group]") {
    auto lost = activity_of("fit_file", "1.fit", at("1989-12-31T00:01:00Z"), 1h, 10000),
         upload = activity_of("garmin", "7", start, 1h, 10000);
    lost.clock_unset = true;
    lost.file = upload.file = {.serial = "3855", .time_created = at("1989-12-31T00:01:00Z")};
    CHECK(grouped({lost, upload}).size() == 1);
}

TEST_CASE("a record without a start stands alone unless an identity binds it", "[group]") {
    std::vector<activity> r{activity_of("garmin", "1", instant::max(), 1h, 10000),
                            activity_of("strava", "2", instant::max(), 50min, 7000),
                            activity_of("strava", "3", start, 1h, 10000)};
    CHECK(grouped(r).size() == 3);
    r[1].origin = {"garmin", "1"};
    CHECK(grouped(r).size() == 2);
}

TEST_CASE("a typed entry with a vague time goes to the only ride that has its totals, and asks where two do", "[group]") {
    for (const auto precision : {900s, 1800s, 43200s}) {
        std::vector<activity> r{activity_of("garmin", "1", at("2024-05-01T12:10:00Z"), 3605s, 10020),
                                activity_of("garmin", "2", at("2024-05-01T18:00:00Z"), 5400s, 41000, "cycling"),
                                activity_of("manual", "3", at("2024-05-01T12:00:00Z"), 1h, 10000)};
        r[2].start_precision = precision;
        CHECK(together(grouped(r), 0, 2));
        CHECK_FALSE(together(grouped(r), 1, 2));
        if (precision < 43200s) continue;
        r[1] = activity_of("garmin", "2", at("2024-05-01T18:00:00Z"), 3610s, 10050);
        const auto g = grouped(r);
        CHECK(g.size() == 3);
        CHECK(std::count_if(g.begin(), g.end(), [](const record_group& one) { return one.review; }) == 3);
    }
}

TEST_CASE("a typed entry of a day never joins the run of the day before", "[group]") {
    std::vector<activity> r{activity_of("garmin", "tue", at("2024-04-30T18:00:00Z"), 3605s, 10020),
                            activity_of("garmin", "wed", at("2024-05-01T18:05:00Z"), 3590s, 10010),
                            activity_of("manual", "m", at("2024-05-01T12:00:00Z"), 1h, 10000)};
    r[2].start_precision = 86400s;
    CHECK_FALSE(together(grouped(r), 0, 2));
    r[2].utc_offset = -7h;  // the local day reaches from 07:00Z on Wednesday to 07:00Z on Thursday
    CHECK_FALSE(together(grouped(r), 0, 2));
}

TEST_CASE("a hard window groups as its requirement says", "[group]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000),
                                  activity_of("strava", "2", start + 121s, 1h, 10011)};
    CHECK(grouped(r, match_policy{presets::ridetool}).size() == 2);
    CHECK(grouped(r, match_policy{presets::sync_prd}).size() == 1);
    CHECK(grouped(r).size() == 1);
}

TEST_CASE("no records are no groups, and records that say nothing are one each", "[group][hostile]") {
    const auto none = grouped({});
    CHECK(none.size() == 0);
    CHECK((none.begin() == none.end()));
    CHECK(grouped({activity{}}).size() == 1);
    const std::vector<activity> r(5);
    std::size_t members = 0;
    for (const auto one : grouped(r)) members += one.members.size();
    CHECK(members == 5);
}

TEST_CASE("hostile numbers are absent numbers", "[group][hostile]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    std::vector<activity> r;
    for (const double v : {nan, infinity, -infinity, 1e308, -1e308, -1.0, 0.0, 5e-324})
        for (const auto when : {instant{}, at("9999-12-31T23:59:59Z"), start, instant::min(), instant::max()}) {
            auto one = activity_of(r.size() % 2 ? "garmin" : "strava", std::to_string(r.size()), when, 1h, 0);
            one.distance_m = one.avg_heart_rate_bpm = one.max_heart_rate_bpm = one.start_lat_deg = one.start_lon_deg = v;
            one.elapsed = r.size() % 3 == 0 ? milliseconds::max() : milliseconds{3600000};
            one.track.push({.t = 0s, .lat_deg = v, .lon_deg = v, .hr_bpm = v});
            one.track.push({.t = 1s, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 100});
            one.start_precision = seconds::min();
            r.push_back(one);
        }
    const auto g = grouped(r);
    std::vector<int> seen(r.size());
    for (const auto one : g)
        for (const auto m : one.members) ++seen[m];
    for (const int n : seen) CHECK(n == 1);
}

TEST_CASE("tracks across the antimeridian and near the poles are found as others are", "[group]") {
    for (const auto& way : {rides::route{.lat = -17, .lon = 179.97, .heading_deg = 80},
                            rides::route{.lat = 65, .lon = -179.97, .heading_deg = -80}, rides::route{.lat = 85, .lon = 20},
                            rides::route{.lat = -85, .lon = -20}}) {
        const auto path = rides::path_of(way, 2400);
        const std::vector<activity> r{rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 3, .seed = 1}),
                                      rides::ride_along("strava", "2", start, path, 7, {.noise_m = 3, .seed = 2}, 600)};
        const auto g = grouped(r);
        REQUIRE(g.size() == 1);
        REQUIRE(g[0].links[0].why.find(evidence_code::gps));
        CHECK(g[0].links[0].why.find(evidence_code::gps)->a >= 980);
    }
}

TEST_CASE("two hundred thousand fixes are grouped", "[group][hostile]") {
    std::vector<activity> r{activity_of("garmin", "1", start, 72h, 0), activity_of("strava", "2", start, 72h, 0)};
    for (int i = 0; i < 200000; ++i) r[0].track.push({.t = milliseconds{i * 1296}, .lat_deg = 51 + 5e-6 * i, .lon_deg = 3});
    r[0].track.finish();
    r[1].track = r[0].track;
    CHECK(grouped(r).size() == 1);
}

TEST_CASE("two thousand records at one second are grouped, and what was left out is counted",
          "[group][hostile]") {
    std::vector<activity> r;
    for (int i = 0; i < 2000; ++i) r.push_back(activity_of("strava", std::to_string(100000 + i), start, 1h, 10000));
    const auto g = grouped(r);
    CHECK(g.left_out() > 0);
    std::size_t members = 0;
    for (const auto one : g) members += one.members.size();
    CHECK(members == r.size());
}

TEST_CASE("two thousand records of two lengths at one second are grouped", "[group][hostile]") {
    std::vector<activity> r;
    for (int i = 0; i < 2000; ++i)
        r.push_back(activity_of("s" + std::to_string(i % 97), std::to_string(100000 + i), start, i % 2 ? 2000s : 1500s,
                                i % 2 ? 10000 : 7600));
    CHECK(grouped(r).left_out() > 0);
}

TEST_CASE("two groups that were held apart are not asked again while they stay as they are", "[group]") {
    const std::vector<features> all(20);
    std::vector<decided_pair> pairs;
    for (std::uint32_t a = 0; a < 20; ++a)
        for (std::uint32_t b = a + 1; b < 20; ++b) {
            if (a == 0 && b == 19) continue;  // they were never compared, and will speak against it
            decided_pair d{{a, b}, {}, false};
            d.answer.why.add(evidence_code::duration, 0, 0, (a < 10) == (b < 10) ? 3000 : 2000);
            d.answer.verdict = decision::join;
            pairs.push_back(d);
        }
    int asked = 0;
    const auto of = cluster(all, pairs, {}, match_policy{}, [&asked](auto&&...) { return ++asked, centibits{-5000}; });
    CHECK(asked == 1);  // and not once for each of 99 pairs
    CHECK(of[0] == of[9]);
    CHECK(of[10] == of[19]);
    CHECK(of[0] != of[10]);
}

TEST_CASE("four hundred rides of which a device says that they are one file are grouped, each once", "[group][hostile]") {
    // each pair has a strong identity and most speak against it: groups that were held apart must not be asked anew for each such pair
    rides::dice roll{7};
    std::vector<activity> r;
    while (r.size() < 400) {
        auto more = rides::odd_records(roll, 20);
        for (auto& one : more) {
            one.external_id += "-" + std::to_string(r.size());
            one.start_time = start + std::chrono::seconds{roll.between(0, 3600)};
            one.clock_unset = false;
            one.file.manufacturer = "garmin", one.file.product = "3", one.file.serial = "1", one.file.time_created = start;
            r.push_back(one);
        }
    }
    std::vector<int> seen(r.size());
    for (const auto one : grouped(r))
        for (const auto m : one.members) ++seen[m];
    CHECK(std::all_of(seen.begin(), seen.end(), [](int n) { return n == 1; }));
}

TEST_CASE("a split ride without tracks is one group too", "[group]") {
    const std::vector<activity> r{activity_of("garmin", "b", at("2024-05-01T08:00:00Z"), 150min, 50100, "cycling"),
                                  activity_of("wahoo", "a", at("2024-05-01T08:00:00Z"), 60min, 20000, "cycling"),
                                  activity_of("wahoo", "c", at("2024-05-01T09:30:00Z"), 60min, 20300, "cycling")};
    const auto g = grouped(r);
    REQUIRE(g.size() == 1);
    CHECK(g[0].links.size() == 2);
    for (const auto& link : g[0].links) CHECK(link.kind == relation::part_of);
}

TEST_CASE("a chain of windows never becomes one group when its ends are outside the window", "[group]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000),
                                  activity_of("strava", "2", start + 100s, 1h, 10200),
                                  activity_of("wahoo", "3", start + 200s, 1h, 10400)};
    CHECK_FALSE(together(grouped(r, match_policy{presets::ridetool}), 0, 2));
}

TEST_CASE("a hard window holds for a crowd, too", "[group][fuzzy]") {
    std::vector<activity> r;  // each has more neighbors than are compared
    for (int n = 0; n < 40; ++n) r.push_back(activity_of("source_" + std::to_string(n), "1", start + seconds{n}, 1h, 10000));
    CHECK(grouped(r, match_policy{presets::ridetool}).size() == 1);
}

TEST_CASE("sets of one session that a third record bridges are one by a hard window", "[group][fuzzy]") {
    std::vector<activity> r{activity_of("hevy", "set 1", start, 2min, 0, "strength_training"), activity_of("hevy", "set 2", start + 110s, 2min, 0, "strength_training"),
                            activity_of("garmin", "1", start + 55s, 2min, 0, "strength_training")};
    r[0].parent_id = r[1].parent_id = "session";
    CHECK(grouped(r, match_policy{presets::ridetool}).size() == 1);
}

TEST_CASE("two records without a start are not joined by their totals", "[group]") {
    std::vector<activity> r{activity_of("garmin", "1", instant::max(), 1h, 10000),
                            activity_of("strava", "2", instant::max(), 1h, 10000)};
    for (auto& one : r) one.avg_heart_rate_bpm = 140, one.max_heart_rate_bpm = 170;
    CHECK(grouped(r).size() == 2);
}

TEST_CASE("a typed entry of a day goes to the only run of that day, and asks where there are two", "[group]") {
    std::vector<activity> r{activity_of("garmin", "tue", at("2024-04-30T18:00:00Z"), 3605s, 10020),
                            activity_of("garmin", "wed", at("2024-05-01T18:05:00Z"), 3590s, 10010),
                            activity_of("manual", "m", at("2024-05-01T12:00:00Z"), 1h, 10000)};
    r[2].start_precision = 86400s;
    auto g = grouped(r);
    REQUIRE(g.size() == 2);
    CHECK(together(g, 1, 2));
    CHECK(g[1].links[0].why.find(evidence_code::only_one));

    r.push_back(activity_of("garmin", "wed, early", at("2024-05-01T06:05:00Z"), 3620s, 10030));
    g = grouped(r);
    REQUIRE(g.size() == 4);
    for (const auto& one : g) CHECK(one.review == (one.members[0] != 0));
}

TEST_CASE("two equal bouts that follow each other are not a clock half an hour off", "[group]") {
    CHECK(grouped({activity_of("garmin", "1", start, 30min, 5000), activity_of("strava", "2", start + 30min, 30min, 5000)})
              .size() == 2);
}

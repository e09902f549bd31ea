// SPDX-License-Identifier: BSL-1.0
//
// Pairs that anybody would judge at once, and what the evidence of each must say.
#include "activities.hpp"

#include <coincide/match/compare.hpp>

#include <catch2/catch.hpp>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;
using rides::at;

namespace {

const auto start = at("2024-05-01T08:00:00Z");

comparison compare_records(const activity& x, const activity& y, const match_policy& policy = presets::balanced) {
    const auto tx = prepare_tracks(x, policy.sampling), ty = prepare_tracks(y, policy.sampling);
    const auto answer = compare(features_of(x, 0), features_of(y, 1), &tx, &ty, policy);
    const auto turned = compare(features_of(y, 1), features_of(x, 0), &ty, &tx, policy);
    CHECK(answer.why.total() == turned.why.total());
    CHECK(answer.verdict == turned.verdict);
    CHECK(answer.kind == turned.kind);
    return answer;
}
decision verdict_of(const activity& x, const activity& y) { return compare_records(x, y).verdict; }

centibits weight_of(const comparison& answer, evidence_code code) {
    const auto* found = answer.why.find(code);
    return found ? found->weight : 0;
}

}  // namespace

TEST_CASE("a watch and its service tell of one run", "[compare]") {
    auto watch = activity_of("fit_file", "2024/a.fit", start, 3600s, 10012),
         service = activity_of("strava", "77", start + 41s, 3561s, 9987, "trail_running");
    const auto answer = compare_records(watch, service);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.kind == relation::same);
    const auto* gap = answer.why.find(evidence_code::start);
    REQUIRE(gap);
    CHECK(gap->a + gap->b >= 41);  // apart, beyond what the precisions allow, and what they allow
    CHECK(gap->a <= 41);
    CHECK(answer.why.find(evidence_code::overlap)->a >= 980);
    CHECK(weight_of(answer, evidence_code::label) > 0);
    CHECK(weight_of(answer, evidence_code::distance) > 0);
}

TEST_CASE("the sum of the evidence is the verdict", "[compare]") {
    const auto answer =
        compare_records(activity_of("garmin", "1", start, 1h, 10000), activity_of("strava", "2", start, 1h, 10000));
    centibits sum = 0;
    for (const auto& e : answer.why) sum += e.weight;
    CHECK(sum == answer.why.total());
    CHECK((sum >= match_policy{}.join_min) == (answer.verdict == decision::join));
}

TEST_CASE("another day, another ride", "[compare]") {
    const auto monday = activity_of("garmin", "1", start, 3600s, 10000),
               tuesday = activity_of("strava", "2", start + 24h + 7min, 3550s, 10111);
    CHECK(verdict_of(monday, tuesday) == decision::apart);
}

TEST_CASE("spans that do not touch outweigh all that looks alike", "[compare]") {
    auto morning = activity_of("garmin", "1", start, 1500s, 8012, "cycling"),
         evening = activity_of("strava", "2", start + 9h + 4min, 1510s, 8030, "cycling");
    CHECK(verdict_of(morning, evening) == decision::apart);
    for (auto* r : {&morning, &evening}) r->avg_heart_rate_bpm = 131, r->max_heart_rate_bpm = 158, r->device.serial = "1";
    CHECK(verdict_of(morning, evening) == decision::apart);
}

TEST_CASE("a track at the same time in the same place outweighs totals that differ", "[compare]") {
    const auto path = rides::path_of({}, 3600);
    auto a = rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 4, .seed = 1});
    auto b = rides::ride_along("strava", "2", start, path, 7, {.noise_m = 6, .every_s = 3, .seed = 2}, 700);  // noticed late
    b.distance_m = *b.distance_m * 0.8;
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict == decision::join);
    CHECK(weight_of(answer, evidence_code::gps) > 0);
    CHECK(answer.why.find(evidence_code::gps)->a >= 950);
}

TEST_CASE("two riders' roads at one time are two rides, however alike the totals", "[compare]") {
    auto a = rides::ride_along("garmin", "1", start, rides::path_of({}, 3600), 7, {.noise_m = 4, .seed = 1});
    auto b = rides::ride_along("strava", "2", start, rides::path_of({.lat = 51.3}, 3600), 7, {.noise_m = 4, .seed = 2});
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict != decision::join);
    CHECK(weight_of(answer, evidence_code::gps) < 0);
    CHECK(answer.why.find(evidence_code::gps)->a <= 100);
}

TEST_CASE("positions of a game say nothing against a ride at home", "[compare]") {
    auto home = rides::ride_along("garmin", "1", start, rides::path_of({}, 3600), 0.01, {});
    auto game = rides::ride_along("zwift", "2", start + 5s, rides::path_of({.lat = -11.6, .lon = 166.9}, 3600), 9, {});
    home.distance_m = game.distance_m;
    home.sport = sport_from_slug("indoor_cycling"), game.sport = sport_from_slug("virtual_cycling");
    const auto answer = compare_records(home, game);
    CHECK(weight_of(answer, evidence_code::gps) == 0);
    CHECK(answer.verdict == decision::join);
}

TEST_CASE("a clock that runs a little ahead is bridged by the track", "[compare]") {
    const auto path = rides::path_of({.speed_mps = 9}, 2400);
    const auto a = rides::ride_along("garmin", "1", start, path, 9, {.noise_m = 3, .seed = 1});
    const auto b = rides::ride_along("wahoo", "2", start, path, 9, {.noise_m = 3, .clock_off_s = 17, .seed = 2});
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.why.find(evidence_code::gps)->a >= 950);
}

TEST_CASE("a zone shift is found by equal totals, and by the track", "[compare]") {
    const auto plain = activity_of("garmin", "1", start, 4321s, 15432.1),
               shifted = activity_of("strava", "2", start + 7h, 4321s, 15432.1);
    const auto answer = compare_records(plain, shifted);
    CHECK(answer.verdict == decision::join);
    REQUIRE(answer.why.find(evidence_code::clock_shift));
    CHECK(std::abs(answer.why.find(evidence_code::clock_shift)->a) == 7 * 3600);

    const auto path = rides::path_of({}, 3600);
    auto a = rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 3, .seed = 1}),
         b = rides::ride_along("strava", "2", start + 5h + 45min, path, 7, {.noise_m = 3, .seed = 2});
    const auto by_track = compare_records(a, b);
    CHECK(by_track.verdict == decision::join);
    CHECK(std::abs(by_track.why.find(evidence_code::clock_shift)->a) == 5 * 3600 + 45 * 60);
}

TEST_CASE("the same loop ridden again an hour later is another ride", "[compare]") {
    const auto path = rides::path_of({}, 3000);
    auto first = rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 3, .seed = 1}),
         again = rides::ride_along("strava", "2", start + 1h, path, 7, {.noise_m = 3, .seed = 2});
    // the second time a bit slower on the way: the same roads, other seconds
    samples slower;
    for (const auto s : again.track) slower.push({.t = s.t * 103 / 100, .lat_deg = s.lat_deg, .lon_deg = s.lon_deg});
    slower.finish();
    again.track = slower;
    again.elapsed = 3090s;
    CHECK(verdict_of(first, again) != decision::join);
}

TEST_CASE("a copy that names its original is a copy, whatever the totals say", "[compare]") {
    auto original = activity_of("garmin", "77", start, 1h, 10000),
         copy = activity_of("strava", "5", start + 3min, 52min, 9000, "other");
    copy.origin = {"garmin", "77"};
    const auto answer = compare_records(copy, original);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.kind == relation::copy_of);
    CHECK(answer.a_is_subject);
    CHECK_FALSE(compare_records(original, copy).a_is_subject);
    CHECK(weight_of(answer, evidence_code::copied) > 0);
}

TEST_CASE("two copies of one original belong together", "[compare]") {
    auto a = activity_of("strava", "5", start, 1h, 10000), b = activity_of("runkeeper", "6", start + 2s, 59min, 9990);
    a.origin = b.origin = {"garmin", "77"};
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict == decision::join);
    CHECK(weight_of(answer, evidence_code::copied) > 0);
}

TEST_CASE("equal FIT file ids and equal bytes are near proof", "[compare]") {
    auto a = activity_of("fit_file", "a.fit", start, 1h, 10000), b = activity_of("garmin", "77", start, 1h, 10000);
    a.file = b.file = {.manufacturer = "garmin", .product = "edge", .serial = "1234", .time_created = start};
    CHECK(weight_of(compare_records(a, b), evidence_code::file_id) >= 2000);
    a.file.sha256 = b.file.sha256 = std::string(64, 'a');
    CHECK(weight_of(compare_records(a, b), evidence_code::same_file) >= 2000);
}

TEST_CASE("a leg is a part of its session", "[compare]") {
    auto session = activity_of("garmin", "77", start, 2h, 50000, "triathlon"),
         leg = activity_of("garmin", "78", start + 20min, 1h, 40000, "cycling");
    leg.parent_id = "77";
    const auto answer = compare_records(leg, session);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.kind == relation::part_of);
    CHECK(answer.a_is_subject);
}

TEST_CASE("a leg shares its file with the session and is no copy of it", "[compare]") {
    auto session = activity_of("fit_file", "t.fit", start, 2h, 50000, "triathlon"),
         leg = activity_of("fit_file", "t.fit#2", start, 1h, 40000, "cycling");
    leg.parent_id = "t.fit";
    session.file = leg.file = {.serial = "1", .time_created = start, .sha256 = std::string(64, 'c')};
    const auto answer = compare_records(leg, session);
    CHECK(answer.kind == relation::part_of);
    CHECK(answer.why.find(evidence_code::same_file) == nullptr);
    CHECK(answer.why.find(evidence_code::file_id) == nullptr);
}

TEST_CASE("one source that lists two ids speaks against, and two files of one format do not", "[compare]") {
    const auto x = activity_of("garmin", "1", start, 1h, 10000), y = activity_of("garmin", "2", start, 1h, 10000);
    CHECK(weight_of(compare_records(x, y), evidence_code::same_source) < 0);
    const auto f = activity_of("gpx_file", "1.gpx", start, 1h, 10000),
               g = activity_of("gpx_file", "2.gpx", start, 1h, 10000);
    CHECK(compare_records(f, g).why.find(evidence_code::same_source) == nullptr);
}

TEST_CASE("a clock that was never set says nothing about time", "[compare]") {
    auto lost = activity_of("fit_file", "a.fit", at("1989-12-31T00:03:00Z"), 1h, 10000),
         set = activity_of("strava", "2", start, 1h, 10000);
    lost.clock_unset = true;
    const auto answer = compare_records(lost, set);
    CHECK(answer.why.find(evidence_code::start) == nullptr);
    CHECK(answer.why.find(evidence_code::overlap) == nullptr);
    auto other = activity_of("strava", "3", at("1989-12-31T00:03:00Z"), 1h, 10000);
    CHECK(compare_records(lost, other).why.find(evidence_code::start) == nullptr);
}

TEST_CASE("a typed entry of the right hour joins the run it means", "[compare]") {
    auto typed = activity_of("manual", "1", at("2024-05-01T08:00:00Z"), 1h, 10000),
         watch = activity_of("garmin", "2", at("2024-05-01T08:09:13Z"), 3562s, 9874);
    typed.start_precision = 900s;
    const auto answer = compare_records(typed, watch);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.why.find(evidence_code::start)->a == 553);
    CHECK(answer.why.find(evidence_code::start)->b >= 900);
    CHECK(answer.why.find(evidence_code::start)->weight > 0);
}

TEST_CASE("spans that meet only if the precision is used up speak for nothing and against nothing", "[compare]") {
    auto typed = activity_of("manual", "1", start, 1h, 10000);
    const auto watch = activity_of("garmin", "2", start + 50min, 3562s, 9874);
    CHECK(verdict_of(typed, watch) == decision::apart);
    typed.start_precision = 3000s;
    const auto answer = compare_records(typed, watch);
    CHECK(weight_of(answer, evidence_code::overlap) == 0);
    CHECK(answer.verdict == decision::join);
}

TEST_CASE("equal sensor values second by second join without a position", "[compare]") {
    auto a = activity_of("garmin", "1", start, 1h, 0, "strength_training"),
         b = activity_of("strava", "2", start, 1h, 0, "workout");
    const auto with_heart = rides::recorded(rides::path_of({}, 3600), {.heart_rate = 130});
    for (const auto s : with_heart) a.streams.push({.t = s.t, .hr_bpm = s.hr_bpm});
    a.streams.finish();
    b.streams = a.streams;
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict == decision::join);
    CHECK(weight_of(answer, evidence_code::values) > 0);
    CHECK(answer.why.find(evidence_code::values)->a == 1000);
}

TEST_CASE("sensor curves that differ speak for nothing and against nothing", "[compare]") {
    auto a = activity_of("garmin", "1", start, 1h, 10000), b = activity_of("strava", "2", start, 1h, 10000);
    const auto without = compare_records(a, b).why.total();
    rides::dice roll{1};
    for (int s = 0; s < 3600; ++s) {
        a.streams.push({.t = seconds{s}, .hr_bpm = static_cast<double>(roll.between(100, 180))});
        b.streams.push({.t = seconds{s}, .hr_bpm = static_cast<double>(roll.between(100, 180))});
    }
    CHECK(compare_records(a, b).why.total() == without);
}

TEST_CASE("indoors a distance is a model, and apart it does not part", "[compare]") {
    const auto treadmill = activity_of("garmin", "1", start, 1h, 10000, "treadmill_running"),
               shoe = activity_of("strava", "2", start + 3s, 1h, 7800, "treadmill_running");
    CHECK(verdict_of(treadmill, shoe) == decision::join);
}

TEST_CASE("a hard window alone decides", "[compare]") {
    const match_policy window{presets::trainstack};
    const auto run = activity_of("garmin", "1", start, 1h, 10000);
    CHECK(compare_records(run, activity_of("strava", "2", start + 119s, 1h, 10000), window).verdict == decision::join);
    CHECK(compare_records(run, activity_of("strava", "2", start + 121s, 1h, 10000), window).verdict == decision::apart);
    CHECK(compare_records(run, activity_of("strava", "2", start, 1h, 10000, "trail_running"), window).verdict ==
          decision::apart);
    const auto answer = compare_records(run, activity_of("strava", "2", start, 1h, 10000), window);
    REQUIRE(answer.why.find(evidence_code::window));
    CHECK(answer.why.find(evidence_code::window)->a == 1);
}

TEST_CASE("where the window asks for it and both have a track, the track is the stronger signal", "[compare]") {
    const match_policy window{presets::trainstack};
    const auto path = rides::path_of({}, 3600);
    const auto a = rides::ride_along("garmin", "1", start, path, 7, {.noise_m = 3, .seed = 1});
    const auto late =
        rides::ride_along("strava", "2", start, path, 7, {.noise_m = 3, .seed = 2}, 600);  // ten minutes late, 17 % shorter
    const auto elsewhere = rides::ride_along("strava", "3", start, rides::path_of({.lat = 51.4}, 3600), 7, {});
    CHECK(compare_records(a, late, window).verdict == decision::join);
    CHECK(compare_records(a, elsewhere, window).verdict == decision::apart);
}

TEST_CASE("records that say nothing, or nonsense, are compared without harm", "[compare][hostile]") {
    activity bare;
    auto vast = activity_of("garmin", "1", at("9999-12-31T23:59:59Z"), 0s, 1e308),
         early = activity_of("strava", "2", instant{}, 1h, -1);
    vast.elapsed = milliseconds{4000000000000000};
    vast.timer = vast.moving = vast.elapsed;
    early.start_precision = seconds::max();
    auto lost = early;
    lost.start_time = instant::min();
    for (const auto& x : {bare, vast, early, lost})
        for (const auto& y : {bare, vast, early, lost}) compare_records(x, y);
    CHECK(compare(features_of(vast, 0), features_of(early, 1), nullptr, nullptr, presets::balanced).verdict ==
          decision::apart);
}

TEST_CASE("no pair has more evidence than a list can hold", "[compare]") {
    const auto path = rides::path_of({}, 3600);
    auto a = rides::ride_along("garmin", "1", start, path, 7, {.heart_rate = 140}), b = a;
    b.external_id = "2";
    a.parent_id = "2", a.origin = {"garmin", "2"}, b.origin = {"garmin", "1"};
    for (auto* r : {&a, &b}) {
        r->timer = r->elapsed, r->avg_heart_rate_bpm = 140, r->max_heart_rate_bpm = 170, r->device.serial = "1";
        r->file = {.serial = "1", .time_created = start, .sha256 = std::string(64, '0')};
    }
    const auto answer = compare_records(a, b);
    CHECK(answer.verdict == decision::join);
    CHECK(answer.why.size() < evidence_list::capacity);  // one place is left for a pin
}

TEST_CASE("a typed entry of a day is not the run of the day before", "[compare]") {
    auto typed = activity_of("manual", "1", at("2024-05-02T00:00:00Z"), 1h, 10000),
         watch = activity_of("garmin", "2", at("2024-05-01T18:00:00Z"), 3605s, 10020);
    typed.start_precision = 86400s;
    CHECK(compare_records(typed, watch).verdict != decision::join);
}

TEST_CASE("a hard window decides, and the evidence is reported all the same", "[compare]") {
    const auto answer = compare_records(activity_of("garmin", "1", start, 1h, 10000),
                                        activity_of("strava", "2", start, 1h, 10000), match_policy{presets::ridetool});
    CHECK(answer.why.find(evidence_code::window));
    CHECK(answer.why.find(evidence_code::duration));
}

TEST_CASE("a start earns what its stated precision is worth", "[compare]") {
    const auto watch = activity_of("garmin", "2", start, 3562s, 9874);
    auto typed = activity_of("manual", "1", start, 1h, 10000);
    for (const auto& [precision, weight] :
         {std::pair{30, 700}, {60, 500}, {900, 350}, {3600, 250}, {21600, 100}, {43200, 0}}) {
        typed.start_precision = seconds{precision};
        CHECK(weight_of(compare_records(typed, watch), evidence_code::start) == weight);
    }
}

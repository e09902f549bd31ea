// SPDX-License-Identifier: BSL-1.0
//
// Wrong clocks, and habits that look like them.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of, rides::at, rides::path_of, rides::ride_along;

namespace {

const auto morning = at("2024-05-01T07:00:00Z");

comparison compare_records(const activity& x, const activity& y, const match_policy& policy = presets::balanced) {
    const auto tx = prepare_tracks(x), ty = prepare_tracks(y);
    return compare(features_of(x, 0), features_of(y, 1), &tx, &ty, policy);
}
decision verdict(const activity& x, const activity& y) { return compare_records(x, y).verdict; }

std::int64_t shift_of(const comparison& c) {
    const auto* seen = c.why.find(evidence_code::clock_shift);
    return seen ? seen->a : 0;
}

/// Somebody who stays where they are: a court, a gym, a trainer with its receiver on.
std::vector<rides::position> one_place(int seconds) {
    std::vector<rides::position> path;
    for (int s = 0; s < seconds; ++s) path.push_back({51.05 + 3e-5 * std::sin(s / 7.0), 3.72 + 3e-5 * std::cos(s / 11.0)});
    return path;
}

/// The same way at a pace that is so many per mille slower.
std::vector<rides::position> slower(const std::vector<rides::position>& path, int per_mille) {
    std::vector<rides::position> out;
    for (std::size_t s = 0; s * 1000 / (1000 + static_cast<std::size_t>(per_mille)) < path.size(); ++s)
        out.push_back(path[s * 1000 / (1000 + static_cast<std::size_t>(per_mille))]);
    return out;
}

std::size_t groups_of(const std::vector<activity>& records) { return group(records, presets::balanced).size(); }

}  // namespace

TEST_CASE("places that are passed by the same time later tell the shift of a clock, however large", "[clock_shift]") {
    for (const double speed_mps : {1.2, 3.0, 8.0, 16.0})
        for (const auto off : {std::chrono::seconds{-432}, 3637s, std::chrono::seconds{-25200}, std::chrono::seconds{86400 * 12538LL}}) {
            INFO(speed_mps << " m/s, " << off.count() << " s");
            const auto path = path_of({.lat = 60, .speed_mps = speed_mps}, 3600);
            const auto a = prepare_tracks(ride_along("garmin", "1", morning, path, 7, {.noise_m = 6, .seed = 1})).path;
            const auto b = prepare_tracks(ride_along("strava", "2", morning + off, path, 7, {.noise_m = 6, .every_s = 3, .seed = 2})).path;
            const auto guess = shift_by_places(a, b, off.count() < 0 ? -off.count() + 60 : off.count() + 60);
            CHECK(guess.places == 48);
            CHECK(guess.agreeing >= 32);
            CHECK(guess.likely());
            CHECK(std::abs(guess.shift_s + off.count()) <= 4);
            CHECK_FALSE(shift_by_places(a, b, std::abs(off.count()) - 60).likely());  // out of reach
        }
}

TEST_CASE("no length and no shift makes the places fall between the seconds that are looked at", "[clock_shift]") {
    for (const int hours : {1, 3, 6, 12, 20}) {
        const auto path = path_of({.lat = 47, .speed_mps = 10}, hours * 3600);
        const auto a = make_raster(rides::recorded(path, {.noise_m = 3, .seed = 1}), morning);
        for (const int off_s : {600, 601, 604, 607}) {
            INFO(hours << " h, " << off_s << " s");
            const auto guess = shift_by_places(a, make_raster(rides::recorded(path, {.noise_m = 3, .seed = 2}), morning + std::chrono::seconds{off_s}), 7200);
            CHECK(guess.agreeing >= 40);
            CHECK(std::abs(guess.shift_s + off_s) <= 2);
        }
    }
}

TEST_CASE("a long pause takes no places away", "[clock_shift]") {
    const auto path = path_of({.speed_mps = 8}, 8 * 3600);
    const auto with_pause = [&](std::uint64_t seed, std::chrono::seconds off) { return make_raster(rides::recorded(path, {.noise_m = 3, .pause_from_s = 3600, .pause_to_s = 7 * 3600, .seed = seed}), morning + off); };
    const auto guess = shift_by_places(with_pause(1, 0s), with_pause(2, 900s), 7200);
    CHECK(guess.places == 48);
    CHECK(guess.agreeing >= 40);
    CHECK(std::abs(guess.shift_s + 900) <= 2);
}

TEST_CASE("a part tells the shift of the whole, and so does a track across the antimeridian", "[clock_shift]") {
    const auto path = path_of({.lat = -17, .lon = 179.97, .speed_mps = 8}, 7200);
    const std::vector<rides::position> part(path.begin() + 4000, path.begin() + 5200);
    const auto whole = make_raster(rides::recorded(path, {.noise_m = 4, .seed = 1}), morning), cut = make_raster(rides::recorded(part, {.noise_m = 4, .seed = 2}), morning);
    CHECK(std::abs(shift_by_places(whole, cut, 7200).shift_s - 4000) <= 3);
    CHECK(shift_by_places(whole, cut, 7200).agreeing >= 40);
    CHECK(shift_by_places(cut, whole, 7200).shift_s == -shift_by_places(whole, cut, 7200).shift_s);
}

TEST_CASE("another way, no way and no track tell no shift", "[clock_shift][hostile]") {
    const auto one = make_raster(rides::recorded(path_of({}, 3600), {}), morning), far = make_raster(rides::recorded(path_of({.lat = 52}, 3600), {}), morning);
    CHECK(shift_by_places(one, far, 7200).agreeing == 0);
    CHECK_FALSE(shift_by_places(one, far, 7200).likely());
    CHECK_FALSE(shift_by_places(raster{}, one, 7200).likely());
    CHECK_FALSE(shift_by_places(one, raster{}, 7200).likely());
    const auto pole = raster::of(0, {1 << 30, 1 << 30}, {0, 1 << 30});
    CHECK(shift_by_places(pole, pole, 7200).shift_s == 0);
    const auto one_fix = raster::of(7, {1 << 20}, {1 << 20});
    CHECK(shift_by_places(one_fix, one, 7200).agreeing == 0);
    CHECK(shift_by_places(one_fix, one_fix, 7200).shift_s == 0);
    const auto hostile = raster::of(0, {std::numeric_limits<std::int32_t>::min(), 0x7FFFFFFE}, {0, 0});
    CHECK(shift_by_places(hostile, one, 7200).agreeing == 0);
    // a day of laps: more passages than are kept
    std::vector<rides::position> laps;
    for (int s = 0; s < 40000; ++s) laps.push_back({51 + 6e-4 * std::sin(s / 15.0), 3 + 9e-4 * std::cos(s / 15.0)});
    const auto day = make_raster(rides::recorded(laps, {}), morning);
    const auto other_day = make_raster(rides::recorded(laps, {.noise_m = 3, .seed = 2}), morning + 1h);
    CHECK(shift_by_places(day, day, 90000).shift_s == 0);
    CHECK_FALSE(shift_by_places(day, other_day, 90000).likely());
}

TEST_CASE("two tracks of one ride fit at one shift, on every stretch", "[clock_shift]") {
    const auto path = path_of({}, 3600);
    const auto a = ride_along("garmin", "1", morning, path, 7, {.noise_m = 6, .seed = 1}), b = ride_along("strava", "2", morning + 7h, path, 7, {.noise_m = 6, .seed = 2});
    const auto ta = prepare_tracks(a), tb = prepare_tracks(b);
    const auto fit = fit_of_shift(ta.path, tb.path, -25205);
    CHECK(fit.constant());
    CHECK(fit.sharp == 8);
    CHECK(fit.spread_m <= 20);
    CHECK(std::abs(fit.middle_s - 5) <= 1);
}

TEST_CASE("who stays in one place has no shift, and no twin at another hour", "[clock_shift]") {
    const auto yoga = one_place(3600);
    auto early = ride_along("garmin", "1", morning, yoga, 0, {.noise_m = 3, .seed = 1}), late = ride_along("polar", "2", morning + 11h, yoga, 0, {.noise_m = 3, .seed = 2});
    for (auto* one : {&early, &late}) one->distance_m.reset(), one->sport = sport_from_slug("yoga");
    const auto fit = fit_of_shift(prepare_tracks(early).path, prepare_tracks(late).path, -11 * 3600);
    CHECK(fit.sharp == 0);
    CHECK_FALSE(fit.constant());
    CHECK(verdict(early, late) == decision::apart);
    late.start_time = morning + 1h - 5s;  // two hours of tennis, one after the other
    CHECK(verdict(early, late) != decision::join);
}

TEST_CASE("the same loop at another hour is a habit, however even the pace", "[clock_shift]") {
    const auto walk = path_of({.speed_mps = 1.3}, 3000);
    const auto first = ride_along("garmin", "1", morning, walk, 1.3, {.noise_m = 3, .seed = 1});
    for (const int per_mille : {10, 20, 30}) {
        const auto again = ride_along("strava", "2", morning + 10h, slower(walk, per_mille), 1.3, {.noise_m = 3, .seed = 2});
        CHECK(verdict(first, again) != decision::join);
    }
    auto second_lap = ride_along("polar", "3", morning + 3000s - 8s, slower(walk, 5), 1.3, {.noise_m = 3, .seed = 3});
    CHECK(verdict(first, second_lap) != decision::join);
}

TEST_CASE("a slow hike under a wrong zone is found, a fast habit is not taken for one", "[clock_shift]") {
    const auto hike = path_of({.speed_mps = 1.1}, 7200);
    CHECK(verdict(ride_along("garmin", "1", morning, hike, 1.1, {.noise_m = 6, .seed = 1}), ride_along("strava", "2", morning + 1h, hike, 1.1, {.noise_m = 9, .seed = 2})) == decision::join);
    const auto ride = path_of({.speed_mps = 6.2}, 1080);
    const auto first = ride_along("gpx_file", "1", morning, ride, 6.2, {.noise_m = 3, .seed = 1}), again = ride_along("tcx_file", "2", morning + 6h, slower(ride, 8), 6.2, {.noise_m = 3, .seed = 2});
    CHECK(verdict(first, again) != decision::join);
}

TEST_CASE("habits are not chained by one wrong clock after another", "[clock_shift][group]") {
    const auto ferry = path_of({.speed_mps = 9}, 1500);
    std::vector<activity> crossings;
    for (int n = 0; n < 6; ++n) crossings.push_back(ride_along("gpx_file", std::to_string(n) + ".gpx", morning + n * 7h, ferry, 9, {.noise_m = 3, .seed = static_cast<std::uint64_t>(n + 1)}));
    const auto groups = group(crossings, presets::balanced);
    std::size_t largest = 0;
    for (const auto g : groups) largest = std::max(largest, g.members.size());
    CHECK(largest <= 2);
}

TEST_CASE("one watch, or one service, does not contradict itself by hours", "[clock_shift]") {
    const auto path = path_of({}, 3600);
    auto a = ride_along("garmin", "1", morning, path, 7, {.noise_m = 3, .seed = 1}), b = ride_along("garmin", "2", morning + 10h, path, 7, {.noise_m = 3, .seed = 2});
    b.distance_m = *a.distance_m * 1.001;
    CHECK(verdict(a, b) != decision::join);
    b.source = "fit_file";
    CHECK(verdict(a, b) == decision::join);
    a.device.serial = b.device.serial = "W1";
    CHECK(verdict(a, b) != decision::join);
    b.distance_m = a.distance_m;  // a copy to the metre keeps the serial, too
    CHECK(verdict(a, b) == decision::join);
}

TEST_CASE("a clock that is off by minutes is found by the track", "[clock_shift]") {
    const auto path = path_of({}, 3600);
    const auto a = ride_along("garmin", "1", morning, path, 7, {.noise_m = 3, .seed = 1});
    for (const int off_s : {30, 90, 300, 540, 655}) {
        const auto b = ride_along("wahoo", "2", morning, path, 7, {.noise_m = 3, .clock_off_s = off_s, .seed = 2});
        const auto answer = compare_records(a, b);
        CAPTURE(off_s);
        CHECK(answer.verdict == decision::join);
        CHECK(std::abs(shift_of(answer) + off_s) <= 20);
        CHECK(shift_of(compare_records(b, a)) == -shift_of(answer));
    }
    const auto elsewhere = ride_along("wahoo", "2", morning, path_of({.lat = 51.3}, 3600), 7, {.noise_m = 3, .seed = 2});
    CHECK(verdict(a, elsewhere) != decision::join);
}

TEST_CASE("a zone that is wrong is found although the recording started late", "[clock_shift]") {
    const auto path = path_of({}, 3600);
    const auto a = ride_along("garmin", "1", morning, path, 7, {.noise_m = 3, .seed = 1});
    const auto late = ride_along("wahoo", "2", morning + 7h, path, 7, {.noise_m = 3, .seed = 2}, 90);
    CHECK(verdict(a, late) == decision::join);
    CHECK(std::abs(shift_of(compare_records(a, late)) + 7 * 3600) <= 20);
}

TEST_CASE("heart rates that are equal second by second tell a wrong zone indoors", "[clock_shift]") {
    auto a = activity_of("garmin", "1", morning, 1h, 0, "indoor_cycling"), b = activity_of("strava", "2", morning + 2h, 1h, 0, "indoor_cycling");
    for (int s = 0; s < 3600; ++s) a.streams.push({.t = std::chrono::seconds{s}, .hr_bpm = std::round(140 + 25 * std::sin(s / 97.0) + 6 * std::sin(s / 11.0))});
    a.streams.finish();
    b.streams = a.streams;
    CHECK(verdict(a, b) == decision::join);
    for (std::size_t i = 0; i < b.streams.size(); ++i) b.streams.values[samples::hr][i] += static_cast<double>(i % 3);
    CHECK(verdict(a, b) != decision::join);
}

TEST_CASE("the third record of one ride is compared on the time of the group", "[clock_shift][group]") {
    auto garmin = activity_of("garmin", "1", morning, 2694s, 19841.6, "cycling"), strava = activity_of("strava", "2", morning + 12h, 2694s, 19841.6, "cycling"),
         polar = activity_of("polar", "3", morning + 70s, 2584s, 19407.7, "cycling");
    CHECK(groups_of({garmin, strava, polar}) == 1);
    CHECK(groups_of({polar, garmin, strava}) == 1);
    // … but two of one watch are two, whatever joins them
    auto evening = activity_of("garmin", "4", morning + 12h + 8min, 2650s, 19700, "cycling");
    garmin.device.serial = evening.device.serial = "W1";
    CHECK(groups_of({garmin, strava, evening}) == 2);
}

TEST_CASE("a hard window alone decides, whatever a wrong clock could explain", "[clock_shift][fuzzy]") {
    const auto path = path_of({}, 3600);
    const auto a = ride_along("garmin", "1", morning, path, 7, {}), b = ride_along("strava", "2", morning + 7h, path, 7, {});
    CHECK(compare_records(a, b, presets::trainstack).verdict == decision::apart);
}

TEST_CASE("what ends together is one activity that was started late on one side", "[compare]") {
    const auto whole = activity_of("garmin", "1", morning, 90min, 15000), late = activity_of("polar", "2", morning + 25min, 65min + 2s, 10833);
    const auto answer = compare_records(whole, late);
    CHECK(answer.verdict == decision::join);
    REQUIRE(answer.why.find(evidence_code::end));
    CHECK(answer.why.find(evidence_code::end)->a == 2);
    const auto other_end = activity_of("polar", "2", morning + 15min, 45min, 7500);
    CHECK(compare_records(whole, other_end).why.find(evidence_code::end) == nullptr);
}

TEST_CASE("what a forgotten stop covers has no room in it, though both end together", "[compare][group]") {
    const auto ride = activity_of("suunto", "1", morning, 10804s, 24000, "cycling"), spin = activity_of("polar", "2", morning + 8104s, 2700s, 21000, "indoor_cycling");
    CHECK(compare_records(ride, spin).verdict != decision::join);
    const auto run = activity_of("garmin", "1", morning, 4509s, 15366), forgotten = activity_of("suunto", "2", morning, 21891s, 15366), walk = activity_of("garmin", "3", morning + 19000s, 2780s, 3336, "walking");
    CHECK(groups_of({run, forgotten, walk}) == 2);
}

TEST_CASE("a program that is repeated every day is asked about at most", "[compare]") {
    const auto x = activity_of("technogym", "1", morning, 1803s, 5231, "treadmill_running"), y = activity_of("fitbit", "2", morning + 24h, 1803s, 5231, "treadmill_running");
    CHECK(verdict(x, y) != decision::join);
    const auto moved = activity_of("fitbit", "2", morning + 7h, 1803s, 5231, "treadmill_running");
    CHECK(verdict(x, moved) == decision::review);  // in whole minutes, seven hours fit one in fifteen
    const auto to_the_second = activity_of("technogym", "1", morning + 192s, 1803s, 5231, "treadmill_running");
    CHECK(verdict(to_the_second, activity_of("fitbit", "2", morning + 7h + 192s, 1803s, 5231, "treadmill_running")) == decision::join);
}

TEST_CASE("what began after the other one had ended is another activity, also when its length is unknown", "[compare]") {
    const auto first = activity_of("garmin", "1", morning, 235s, 1000), next = activity_of("strava", "2", morning + 280s, 0s, 1000);
    CHECK(verdict(first, next) != decision::join);
}

TEST_CASE("one file_id on rides of different days joins none of them", "[compare]") {
    auto a = activity_of("fit_file", "a.fit", morning, 3600s, 20000, "cycling"), b = activity_of("garmin", "9", morning + 120h, 3650s, 20100, "cycling");
    a.file = b.file = {.manufacturer = "converter", .product = "1", .serial = "7", .time_created = morning + 2400h, .sha256 = std::string(64, 'e')};
    CHECK(verdict(a, b) == decision::apart);
    b = a;
    b.source = "garmin", b.external_id = "9", b.start_time = morning + 120h;  // a copy with a wrong date
    CHECK(verdict(a, b) == decision::join);
}

TEST_CASE("two entries typed at midnight are two days' words, not two runs of one second", "[compare]") {
    const auto midnight = at("2024-05-01T00:00:00Z");
    const auto x = activity_of("manual", "1", midnight, 45min, 8000), y = activity_of("manual", "2", midnight, 45min, 8100);
    CHECK(signature_of(x, 0).precision_s == 1);  // an evening in New York?
    auto local_x = x, local_y = y;
    for (auto* one : {&local_x, &local_y}) one->utc_offset = 2h, one->start_time -= 2h;
    CHECK(verdict(local_x, local_y) != decision::join);
    CHECK(signature_of(local_x, 0).precision_s == day_precision_s);
    local_x.source = "garmin";
    CHECK(signature_of(local_x, 0).precision_s == 1);
}

TEST_CASE("a false start, its restart and the whole on another device are one group", "[group]") {
    const auto start = morning;
    const std::vector<activity> records{activity_of("garmin", "1", start, 95s, 300), activity_of("garmin", "2", start + 130s, 3470s, 11500), activity_of("apple_health", "3", start, 3600s, 11830)};
    CHECK(groups_of(records) == 1);
}

TEST_CASE("parts with a rest between them add up to the whole by their distance", "[group]") {
    const std::vector<activity> records{activity_of("suunto", "whole", morning, 9000s, 60000, "cycling"), activity_of("wahoo", "1", morning, 3600s, 30100, "cycling"),
                                        activity_of("wahoo", "2", morning + 5700s, 3300s, 29700, "cycling")};
    CHECK(groups_of(records) == 1);
    auto gym = records;
    gym[1].sport = gym[2].sport = sport_from_slug("strength_training");
    CHECK(groups_of(gym) > 1);
}

// SPDX-License-Identifier: BSL-1.0
//
// What holds for any two records: symmetry, monotone windows, and that hostile values do no harm.
#include "activities.hpp"

#include <coincide/match/compare.hpp>
#include <coincide/match/constant_shift.hpp>
#include <coincide/match/fingerprint.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

using namespace coincide;

namespace {

rides::dice any_dice() { return rides::dice{*rc::gen::arbitrary<std::uint64_t>()}; }

template <class T>
std::optional<T> perhaps(rides::dice& roll, T value) {
    return roll.one_in(3) ? std::nullopt : std::optional{value};
}

/// A number that a broken device or service may write.
double hostile_number(rides::dice& roll) {
    constexpr double numbers[] = {std::numeric_limits<double>::quiet_NaN(),
                                  std::numeric_limits<double>::infinity(),
                                  -std::numeric_limits<double>::infinity(),
                                  1e308,
                                  -1e308,
                                  0.0,
                                  -0.0,
                                  -1.0,
                                  1e9,
                                  1e-300,
                                  4294967296.0,
                                  9.3e18};
    return numbers[roll.below(std::size(numbers))];
}

/// Two records that may show one activity: near starts, like totals, any of them missing; now and then bound by an identity.
std::pair<activity, activity> any_pair(rides::dice& roll, bool tracks) {
    constexpr std::string_view sources[] = {"garmin", "strava", "manual", "fit_file", "gpx_file", "zwift", "something_new"};
    constexpr std::int64_t gaps[] = {0, 5, 60, 300, 3600, 7200, 86400};
    const auto length = roll.between(300, tracks ? 1500 : 9000);
    const auto speed = 1 + 8 * roll.part();
    const auto path =
        tracks ? rides::path_of({.lat = 170 * roll.part() - 85, .lon = 360 * roll.part() - 180, .speed_mps = speed},
                                static_cast<int>(length))
               : std::vector<rides::position>{};
    const auto start = rides::at("2024-03-01T06:00:00Z") + seconds{roll.between(0, 86400 * 300)};
    const auto one = [&](std::string id) {
        const auto gap = seconds{gaps[roll.below(std::size(gaps))] + roll.between(-3, 3)};
        auto r = rides::activity_of(sources[roll.below(std::size(sources))], id,
                                    start + (tracks && roll.one_in(2) ? seconds{0} : gap), seconds{0}, 0, "");
        const auto elapsed = length * roll.between(90, 100) / 100;
        r.elapsed = perhaps(roll, milliseconds{elapsed * 1000}), r.timer = perhaps(roll, milliseconds{elapsed * 950}),
        r.moving = perhaps(roll, milliseconds{elapsed * 900});
        r.distance_m = perhaps(roll, static_cast<double>(elapsed) * speed * (1 + roll.around_zero(0.03)));
        if (!roll.one_in(3)) r.sport = sport_id{static_cast<std::uint8_t>(roll.below(sport_count))};
        if (roll.one_in(3)) r.avg_heart_rate_bpm = 140, r.max_heart_rate_bpm = 170;
        if (roll.one_in(4)) r.start_precision = seconds{roll.between(0, 90000)};
        if (roll.one_in(4)) r.device.serial = "1";
        if (roll.one_in(8)) r.clock_unset = true;
        if (roll.one_in(6))
            r.file = {.serial = "1", .time_created = start, .sha256 = roll.one_in(2) ? "" : std::string(64, 'a')};
        if (roll.one_in(8)) r.parent_id = roll.one_in(2) ? "a" : "b";
        if (roll.one_in(8)) r.origin = {r.source, roll.one_in(2) ? "a" : "b"};
        if (roll.one_in(12)) r.distance_m = hostile_number(roll);
        if (tracks && !roll.one_in(4))
            r.track = rides::recorded(path,
                                      {.noise_m = 30 * roll.part(),
                                       .every_s = static_cast<int>(roll.between(1, 12)),
                                       .heart_rate = roll.one_in(2) ? 140 : 0,
                                       .seed = roll.next()},
                                      static_cast<std::size_t>(roll.between(0, length / 4)));
        return r;
    };
    return {one("a"), one("b")};
}

bool mirrored(const evidence& x, const evidence& y) {
    if (x.of != y.of || x.weight != y.weight) return false;
    switch (x.of) {
    case evidence_code::clock_shift: return x.a == -y.a && x.b == y.b;
    case evidence_code::duration:
    case evidence_code::distance:
    case evidence_code::label: return x.a == y.b && x.b == y.a;
    default: return x.a == y.a && x.b == y.b;
    }
}

void assert_symmetric(const activity& x, const activity& y, const match_policy& policy) {
    const auto tx = prepare_tracks(x, policy.sampling), ty = prepare_tracks(y, policy.sampling);
    const auto fx = features_of(x, 0), fy = features_of(y, 1);
    const auto there = compare(fx, fy, &tx, &ty, policy), back = compare(fy, fx, &ty, &tx, policy);
    RC_ASSERT(there.why.total() == back.why.total());
    RC_ASSERT(there.verdict == back.verdict);
    RC_ASSERT(there.kind == back.kind);
    RC_ASSERT(there.why.size() == back.why.size());
    for (const auto& e : there.why) {
        const auto* other = back.why.find(e.of);
        RC_ASSERT(other != nullptr);
        RC_ASSERT(mirrored(e, *other));
    }
}

}  // namespace

TEST_CASE("comparing does not depend on which record came first", "[match][law]") {
    rc::prop("for any two records without tracks", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, false);
        assert_symmetric(x, y, presets::balanced);
    });
    rc::prop("for any two records with tracks", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, true);
        RC_CLASSIFY(!x.track.empty() && !y.track.empty(), "both have a track");
        assert_symmetric(x, y, presets::balanced);
    });
    rc::prop("for the windows of the requirements", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, roll.one_in(4));
        for (const auto& window : {presets::ridetool, presets::trainstack, presets::sync_prd})
            assert_symmetric(x, y, match_policy{window});
    });
}

TEST_CASE("a verdict is its sum, and thresholds are monotone", "[match][law]") {
    rc::prop("a higher threshold never joins more", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, false);
        match_policy strict;
        strict.join_min = 1200, strict.review_min = 600;
        const auto fx = features_of(x, 0), fy = features_of(y, 1);
        const auto usual = compare(fx, fy, nullptr, nullptr, presets::balanced),
                   strictly = compare(fx, fy, nullptr, nullptr, strict);
        RC_ASSERT(usual.why == strictly.why);
        RC_ASSERT(usual.verdict >= strictly.verdict);
        RC_ASSERT((usual.verdict == decision::join) == (usual.why.total() >= match_policy{}.join_min));
    });
}

TEST_CASE("a record and a copy of it under another source are one activity", "[match][law]") {
    rc::prop("when it says when, how long and how far", [] {
        auto roll = any_dice();
        auto [x, y] = any_pair(roll, roll.one_in(3));
        RC_PRE((x.elapsed && x.distance_m && *x.distance_m > 1 && *x.distance_m < 1e8 &&
                !x.clock_unset));  // one operand: && must stop early
        RC_PRE(x.parent_id.empty() && x.start_precision.value_or(seconds{1}) <= seconds{60});
        y = x;
        x.source = "garmin", y.source = "strava", y.external_id = "copy";
        const auto tx = prepare_tracks(x), ty = prepare_tracks(y);
        RC_ASSERT(compare(features_of(x, 0), features_of(y, 1), &tx, &ty, presets::balanced).verdict == decision::join);
    });
}

TEST_CASE("gps overlap is symmetric up to the sign of the shift", "[match][law]") {
    rc::prop("in common seconds", [] {
        auto roll = any_dice();
        const auto path = rides::path_of(
            {.lat = 120 * roll.part() - 60, .lon = 360 * roll.part() - 180, .speed_mps = 2 + 10 * roll.part()}, 900);
        const auto start = rides::at("2024-05-01T10:00:00Z");
        const auto a = make_raster(rides::recorded(path, {.noise_m = 25 * roll.part(), .seed = roll.next()}), start);
        const auto b = make_raster(rides::recorded(path, {.noise_m = 25 * roll.part(), .every_s = 3, .seed = roll.next()}),
                                   start + seconds{roll.between(-40, 40)});
        const auto there = overlap_at(a, b, 7, 50), back = overlap_at(b, a, -7, 50);
        RC_ASSERT(there.common_s == back.common_s);
        RC_ASSERT(there.hits_s == back.hits_s);
        RC_ASSERT(gps_overlap(a, b).hits_s == gps_overlap(b, a).hits_s);
        RC_ASSERT(gps_overlap(a, b).shift_s == -gps_overlap(b, a).shift_s);
    });
    rc::prop("by samples of a long track too", [] {
        auto roll = any_dice();
        const auto path = rides::path_of({.lat = 47, .lon = 8, .speed_mps = 2 + 10 * roll.part()}, 2700);
        const auto start = rides::at("2024-05-01T10:00:00Z");
        const auto a = make_raster(rides::recorded(path, {.noise_m = 25 * roll.part(), .seed = roll.next()}), start);
        const auto b = make_raster(rides::recorded(path, {.noise_m = 25 * roll.part(), .every_s = 3, .seed = roll.next()}), start + seconds{roll.between(-30, 30)});
        RC_ASSERT(gps_overlap(a, b).hits_s == gps_overlap(b, a).hits_s);
        RC_ASSERT(gps_overlap(a, b).shift_s == -gps_overlap(b, a).shift_s);
    });
    rc::prop("and so is the fit of a shift", [] {
        auto roll = any_dice();
        const auto path = rides::path_of({.lat = 120 * roll.part() - 60, .lon = 360 * roll.part() - 180, .speed_mps = 6 * roll.part()}, 1200);
        const auto start = rides::at("2024-05-01T10:00:00Z");
        const auto a = make_raster(rides::recorded(path, {.noise_m = 10 * roll.part(), .seed = roll.next()}), start);
        const auto b = make_raster(rides::recorded(path, {.noise_m = 10 * roll.part(), .every_s = 2, .seed = roll.next()}), start + seconds{roll.between(-600, 600)});
        RC_ASSERT(shift_by_places(a, b, 660).shift_s == -shift_by_places(b, a, 660).shift_s);
        const auto around = roll.between(-700, 700);
        const auto there = fit_of_shift(a, b, around), back = fit_of_shift(b, a, -around);
        RC_ASSERT(there.stretches == back.stretches);
        RC_ASSERT(there.sharp == back.sharp);
        RC_ASSERT(there.spread_s == back.spread_s);
        RC_ASSERT(there.middle_s == -back.middle_s);
    });
    rc::prop("and never claims more hits than seconds", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, true);
        const auto found = gps_overlap(prepare_tracks(x).path, prepare_tracks(y).path);
        RC_ASSERT(found.hits_s >= 0);
        RC_ASSERT(found.hits_s <= found.common_s);
        RC_ASSERT(found.per_mille() <= 1000);
    });
}

TEST_CASE("a wider window never loses a pair", "[match][law]") {
    rc::prop("in start, duration, distance or type", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, false);
        const auto a = signature_of(x, 0), b = signature_of(y, 1);
        fuzzy_window narrow;
        narrow.start_gap_max = seconds{roll.between(0, 4000)};
        narrow.duration_percent_max = static_cast<std::int32_t>(roll.between(0, 100)),
        narrow.distance_percent_max = static_cast<std::int32_t>(roll.between(0, 100));
        narrow.same_sport = roll.one_in(2);
        auto wide = narrow;
        wide.start_gap_max += seconds{roll.between(0, 4000)};
        wide.duration_percent_max += static_cast<std::int32_t>(roll.between(0, 100)),
            wide.distance_percent_max += static_cast<std::int32_t>(roll.between(0, 100));
        wide.same_sport = narrow.same_sport && roll.one_in(2);
        RC_CLASSIFY(inside(narrow, a, b), "inside");
        RC_ASSERT(!inside(narrow, a, b) || inside(wide, a, b));
        RC_ASSERT(inside(narrow, a, b) == inside(narrow, b, a));
    });
    rc::prop("in equal keys", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, false);
        auto with_key = presets::trainstack;
        with_key.equal_key = true;
        const auto a = signature_of(x, 0), b = signature_of(y, 1);
        RC_ASSERT(!inside(presets::trainstack, a, b) || inside(with_key, a, b));
    });
}

TEST_CASE("hostile values do no harm", "[match][law][hostile]") {
    rc::prop("in any field of a record", [] {
        auto roll = any_dice();
        auto [x, y] = any_pair(roll, roll.one_in(5));
        for (auto* r : {&x, &y}) {
            for (auto* field : {&r->distance_m, &r->avg_heart_rate_bpm, &r->max_heart_rate_bpm, &r->elevation_gain_m,
                                &r->start_lat_deg, &r->start_lon_deg, &r->avg_power_w})
                if (roll.one_in(2)) *field = hostile_number(roll);
            for (auto* time : {&r->elapsed, &r->timer, &r->moving})
                if (roll.one_in(2))
                    *time = roll.one_in(2) ? milliseconds{static_cast<std::int64_t>(roll.next())}
                                           : milliseconds{roll.between(-10, 10)};
            if (roll.one_in(2))
                r->start_time = roll.one_in(2) ? instant{milliseconds{static_cast<std::int64_t>(roll.next())}}
                                               : rides::at("9999-12-31T23:59:59Z");
            if (roll.one_in(2)) r->start_precision = seconds{static_cast<std::int64_t>(roll.next())};
            for (int i = 0; i < 5; ++i)
                r->track.push({.t = milliseconds{roll.between(0, 5000)},
                               .lat_deg = hostile_number(roll),
                               .lon_deg = hostile_number(roll),
                               .hr_bpm = hostile_number(roll)});
            r->track.finish();
        }
        assert_symmetric(x, y, presets::balanced);
        static_cast<void>(fingerprint_of(x));
    });
}

TEST_CASE("a fingerprint follows the start minute and the metre", "[match][law]") {
    rc::prop("and nothing else", [] {
        auto roll = any_dice();
        const auto [x, y] = any_pair(roll, false);
        RC_PRE((x.distance_m && *x.distance_m >= 1 && *x.distance_m < 1e8));
        const auto key = fingerprint_of(x);
        RC_ASSERT(key.has_value());
        RC_ASSERT(key->minute() == static_cast<std::uint32_t>(x.start_time.time_since_epoch().count() / 60000));
        RC_PRE(*x.distance_m - std::floor(*x.distance_m) <
               0.999);  // less than a millimetre below the next one counts as that
        RC_ASSERT(key->meter() == static_cast<std::uint32_t>(*x.distance_m));
        auto other = y;
        other.start_time = x.start_time, other.distance_m = x.distance_m;
        RC_ASSERT(fingerprint_of(other) == key);
    });
}

// SPDX-License-Identifier: BSL-1.0
//
// Who leads: the requirements' source orders, device types, richness.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/merge/merge.hpp>

#include <catch2/catch.hpp>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;

namespace {

const auto start = rides::at("2024-05-01T08:00:00Z");

/// The source of the leading record of a group of all.
std::string leader_of(const std::vector<activity>& r, const merge_policy& policy = presets::measured_first) {
    const auto rows = rides::rows_by_identity(r);
    return r[merge(r, record_group{rows, {}, false}, policy).primary].source;
}
activity from(std::string_view source) { return activity_of(source, "1", start, 1h, 10000); }

}  // namespace

TEST_CASE("requirement 004: FIT file before Garmin before Wahoo before Strava", "[priority]") {
    const auto& policy = presets::ridetool_priority;
    CHECK(rank_of(policy, "ann", "fit_file") == 4);
    CHECK(rank_of(policy, "ann", "garmin") == 3);
    CHECK(rank_of(policy, "ann", "wahoo") == 2);
    CHECK(rank_of(policy, "ann", "strava") == 1);
    CHECK(leader_of({from("strava"), from("wahoo"), from("garmin"), from("fit_file")}, policy) == "fit_file");
    CHECK(leader_of({from("strava"), from("wahoo")}, policy) == "wahoo");
    CHECK(leader_of({from("strava"), from("coros")}, policy) == "strava");  // named before not named
}

TEST_CASE("requirement 000: Apple Health before Garmin before Strava", "[priority]") {
    const auto& policy = presets::trainstack_priority;
    CHECK(leader_of({from("garmin"), from("strava"), from("apple_health")}, policy) == "apple_health");
    CHECK(leader_of({from("strava"), from("garmin")}, policy) == "garmin");
}

TEST_CASE("an athlete's own order replaces everybody's", "[priority]") {
    auto policy = presets::ridetool_priority;
    policy.of_athlete["ann"] = {{"strava", 2}, {"garmin", 1}};
    CHECK(leader_of({from("garmin"), from("strava")}, policy) == "strava");
    CHECK(leader_of({from("fit_file"), from("garmin")}, policy) == "garmin");  // the file is no longer named
    auto bobs = std::vector{from("garmin"), from("strava")};
    for (auto& r : bobs) r.athlete_id = "bob";
    CHECK(leader_of(bobs, policy) == "garmin");
}

TEST_CASE("what nobody names goes by its kind: device makers and files, platforms, aggregators, people", "[priority]") {
    CHECK(leader_of({from("strava"), from("apple_health"), from("garmin")}) == "garmin");
    CHECK(leader_of({from("strava"), from("apple_health")}) == "apple_health");
    CHECK(leader_of({from("manual"), from("strava")}) == "strava");
    CHECK(leader_of({from("fit_file"), from("garmin")}) == "fit_file");
    CHECK(leader_of({from("manual"), from("gpx_file")}) == "gpx_file");
    CHECK(leader_of({from("some_new_service"), from("manual")}) == "some_new_service");
}

TEST_CASE("every kind ranks below every named source", "[priority]") {
    merge_policy policy;
    policy.sources = {{"manual", 0}};
    CHECK(leader_of({from("fit_file"), from("manual")}, policy) == "manual");
}

TEST_CASE("within one source the device decides: watch, band, ring, phone, other", "[priority]") {
    constexpr device_type best_first[] = {device_type::watch, device_type::band,  device_type::ring,
                                          device_type::phone, device_type::other, device_type::unknown};
    for (std::size_t better = 0; better + 1 < std::size(best_first); ++better) {
        auto a = activity_of("garmin", "1", start, 1h, 10000), b = activity_of("garmin", "2", start, 1h, 10000);
        a.device.type = best_first[better + 1];
        b.device.type = best_first[better];
        a.notes = a.name = "richer";
        const std::vector r{a, b};
        const auto rows = rides::rows_by_identity(r);
        CHECK(merge(r, record_group{rows, {}, false}, presets::measured_first).primary == 1);
    }
}

TEST_CASE("a better source leads over a better device", "[priority]") {
    auto phone = from("garmin"), watch = from("strava");
    phone.device.type = device_type::phone, watch.device.type = device_type::watch;
    CHECK(leader_of({phone, watch}) == "garmin");
}

TEST_CASE("at equal priority the record with more filled fields leads", "[priority][richness]") {
    auto poor = activity_of("garmin", "1", start, 1h, 10000), rich = activity_of("garmin", "2", start, 1h, 10000);
    rich.avg_heart_rate_bpm = 140, rich.energy_kcal = 700;
    CHECK(richness_of(rich) == richness_of(poor) + 2);
    const std::vector r{poor, rich};
    const auto rows = rides::rows_by_identity(r);
    const auto chosen = merge(r, record_group{rows, {}, false}, presets::measured_first);
    CHECK(chosen.primary == 1);
    CHECK(chosen.of(elapsed)->row == 1);
}

TEST_CASE("zeros that stand for unknown, empty texts and identities do not make a record richer", "[priority][richness]") {
    const auto plain = from("garmin");
    auto padded = plain;
    padded.energy_kcal = 0, padded.avg_heart_rate_bpm = 0, padded.max_speed_mps = 0;
    padded.avg_power_w = std::numeric_limits<double>::quiet_NaN();
    padded.name = "", padded.tags = {}, padded.device = {};
    padded.parent_id = "9", padded.origin = {"garmin", "9"}, padded.locked = {"name"};
    CHECK(richness_of(padded) == richness_of(plain));
    padded.elapsed = 50s;  // in less than a minute a zero is a value
    CHECK(richness_of(padded) > richness_of(plain));
}

TEST_CASE("a track counts as its columns", "[priority][richness]") {
    auto r = from("garmin");
    const auto before = richness_of(r);
    r.track = rides::recorded(rides::path_of({}, 100), {});
    const auto with_track = richness_of(r);
    CHECK(with_track > before);
    r.track = rides::recorded(rides::path_of({}, 100), {.heart_rate = 140});
    CHECK(richness_of(r) == with_track + 1);
}

TEST_CASE("equal records are led by the smaller identity", "[priority]") {
    const std::vector r{activity_of("garmin", "b", start, 1h, 10000), activity_of("garmin", "a", start, 1h, 10000)};
    const auto rows = rides::rows_by_identity(r);
    CHECK(merge(r, record_group{rows, {}, false}, presets::measured_first).primary == 1);
}

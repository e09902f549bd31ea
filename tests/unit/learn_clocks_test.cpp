// SPDX-License-Identifier: BSL-1.0
//
// Clocks that are wrong again and again: what teaches them, and what the table then decides.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/learn_clocks.hpp>
#include <coincide/match/words.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of, rides::at, rides::path_of, rides::ride_along, rides::together;

namespace {

const auto monday = at("2024-05-06T07:03:11Z");

/// A ride a day on another way each: on the watch, and on a service whose times are seven hours late.
std::vector<activity> week_of_copies(int days) {
    std::vector<activity> out;
    for (int day = 0; day < days; ++day) {
        const auto path = path_of({.lat = 51.0 + 0.05 * day}, 2400);
        const auto seed = static_cast<std::uint64_t>(10 + 2 * day);
        out.push_back(ride_along("garmin", "g" + std::to_string(day), monday + 24h * day, path, 7, {.noise_m = 3, .seed = seed}));
        out.push_back(ride_along("strava", "s" + std::to_string(day), monday + 24h * day + 7h, path, 7, {.noise_m = 3, .seed = seed + 1}));
    }
    return out;
}

}  // namespace

TEST_CASE("a service that is seven hours late on three days has a late clock", "[learn_clocks]") {
    const auto records = week_of_copies(4);
    const auto clocks = learn_clocks(records, group(records, presets::balanced));
    REQUIRE(clocks.size() == 1);
    CHECK(clocks[0].source == "strava");
    CHECK(clocks[0].ahead == 7h);
    CHECK(clocks[0].pairs == 4);
    CHECK(clocks[0].from <= monday);
    CHECK(clocks[0].to >= monday + 24h * 3);
    CHECK(words_of(clocks[0]).starts_with("the clock of strava is +7 h"));
}

TEST_CASE("two days are no record yet, and right clocks teach nothing", "[learn_clocks]") {
    auto records = week_of_copies(2);
    CHECK(learn_clocks(records, group(records, presets::balanced)).empty());
    records = week_of_copies(4);
    for (auto& one : records)
        if (one.source == "strava") one.start_time -= 7h;
    CHECK(learn_clocks(records, group(records, presets::balanced)).empty());
}

TEST_CASE("what has no track is found on the time of a clock that is known to be late, and only near that time", "[learn_clocks]") {
    auto records = week_of_copies(4);
    const auto add_pair = [&](instant when) {
        records.push_back(activity_of("garmin", "g" + std::to_string(records.size()), when, 3013s, 9120.4, "running"));
        records.push_back(activity_of("strava", "s" + std::to_string(records.size()), when + 7h + 4s, 2981s, 9040, "running"));
        return static_cast<std::uint32_t>(records.size() - 2);
    };
    const auto soon = add_pair(monday + 24h * 5 + 3h), next_year = add_pair(monday + 24h * 365);
    const auto alone = group(records, presets::balanced);
    CHECK_FALSE(together(alone, soon, soon + 1));
    const auto learned = group_and_learn(records, presets::balanced);
    CHECK(together(learned.groups, soon, soon + 1));
    CHECK_FALSE(together(learned.groups, next_year, next_year + 1));

    auto policy = presets::balanced;  // the table is all that a host has to keep
    policy.clocks = learned.clocks;
    CHECK(together(group(records, policy), soon, soon + 1));
}

TEST_CASE("a service that is late at times is read both ways", "[learn_clocks]") {
    auto records = week_of_copies(4);
    const auto ride = activity_of("garmin", "x", monday + 24h * 6, 3013s, 9120.4, "running");
    auto right = ride;
    right.source = "strava", right.external_id = "y", right.elapsed = 2981s;
    records.push_back(ride), records.push_back(right);
    const auto learned = group_and_learn(records, presets::balanced);
    REQUIRE(learned.clocks.size() == 1);
    CHECK(together(learned.groups, 8, 9));
}

TEST_CASE("a hard window learns nothing", "[learn_clocks][fuzzy]") {
    const auto records = week_of_copies(4);
    CHECK(group_and_learn(records, presets::trainstack).clocks.empty());
}

TEST_CASE("what one athlete's service is wrong by says nothing of another's", "[learn_clocks]") {
    auto records = week_of_copies(4);
    auto theirs = records;
    for (auto& one : theirs) {
        one.athlete_id = "somebody else";
        if (one.source == "strava") one.start_time -= 4h;
    }
    records.insert(records.end(), theirs.begin(), theirs.end());
    const auto clocks = learn_clocks(records, group(records, presets::balanced));
    REQUIRE(clocks.size() == 2);
    for (const auto& clock : clocks) {
        CHECK(clock.ahead == (clock.athlete_id == "somebody else" ? 3h : 7h));
        CHECK(known_error(theirs[1], std::span{&clock, 1}) == (clock.athlete_id == "somebody else" ? 3h : 0h));
    }
}

TEST_CASE("an early clock is early, whatever the names of the sources", "[learn_clocks]") {
    for (const auto* service : {"strava", "apple_health"})
        for (const auto error : {7h, -7h}) {
            auto records = week_of_copies(4);
            for (auto& one : records)
                if (one.source == "strava") one.source = service, one.start_time += error - 7h;
            const auto clocks = learn_clocks(records, group(records, presets::balanced));
            REQUIRE(clocks.size() == 1);
            CHECK(clocks[0].source == service);
            CHECK(clocks[0].ahead == error);
        }
}

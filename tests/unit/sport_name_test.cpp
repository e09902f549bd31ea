// SPDX-License-Identifier: BSL-1.0
//
// Between the catalogue and the names that services give their sports.
#include <coincide/normalize/providers/apple_health.hpp>
#include <coincide/normalize/providers/coros.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/providers/whoop.hpp>
#include <coincide/normalize/sport_name.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace coincide;

namespace {

constexpr sport_names vocabulary[] = {{"trail_running", "TrailRun|22|15/1"}, {"running", "Run|9|8/1"}, {"other", "Stroll|-1"}, {"nowhere_in_the_catalogue", "Quidditch"}};

std::string slug_of(std::string_view name, std::string_view prefix = {}) {
    const auto id = sport_of_name(name, vocabulary, prefix);
    return id ? std::string{id->slug()} : "unknown";
}

}  // namespace

TEST_CASE("a name is found whatever its case, blanks and marks", "[sport_name]") {
    for (const char* word : {"TrailRun", "trail run", "TRAIL_RUN", "Trail-Run", " trailrun ", "Trail  Run!"}) CHECK(slug_of(word) == "trail_running");
    for (const char* word : {"TrailRuns", "Trai", "TrailRun2", "Tr\xC3\xA4il run", "xTrailRun"}) CHECK(slug_of(word) == "unknown");
}

TEST_CASE("digits are names too: a slash counts, and a sign", "[sport_name][trap]") {
    CHECK(slug_of("22") == "trail_running");
    CHECK(slug_of("15/1") == "trail_running");
    CHECK(slug_of("8/1") == "running");
    CHECK(slug_of("-1") == "other");
    for (const char* word : {"151", "1", "/1", "15/", "81", "15/11", "2", "222", "-22", "9.0"}) CHECK(slug_of(word) == "unknown");
}

TEST_CASE("a name of marks alone is none", "[sport_name][hostile]") {
    for (const char* word : {"", " ", "-", "--", "...", "|", "_"}) CHECK(slug_of(word) == "unknown");
    CHECK(slug_of(std::string(1'000'000, 'x')) == "unknown");
    CHECK(slug_of(std::string(1'000'000, '-')) == "unknown");
    CHECK(slug_of(std::string(1'000'000, ' ') + "Run") == "running");
}

TEST_CASE("a name that the vocabulary does not have may be the catalogue's", "[sport_name]") {
    CHECK(slug_of("open_water_swimming") == "open_water_swimming");
    CHECK(slug_of("Open Water Swimming") == "open_water_swimming");
    CHECK(slug_of("Stroll") == "other");  // the vocabulary counts first
    CHECK(slug_of("Quidditch") == "unknown");
    CHECK_FALSE(sport_of_name("Run", {}));
    CHECK(sport_of_name("Running", {}) == find_sport("running"));
}

TEST_CASE("a prefix of every name is taken off where it is there", "[sport_name]") {
    CHECK(slug_of("HKWorkoutActivityTypeRun", "HKWorkoutActivityType") == "running");
    CHECK(slug_of("Run", "HKWorkoutActivityType") == "running");
    CHECK(slug_of("HKWorkoutActivityType", "HKWorkoutActivityType") == "unknown");
    CHECK(slug_of("HKWorkoutActivityTypeRun") == "unknown");
}

TEST_CASE("a sport is written back by the provider's own first name, where it has one", "[sport_name]") {
    CHECK(name_of_sport(sport_from_slug("trail_running"), vocabulary) == "TrailRun");
    CHECK(name_of_sport(sport_from_slug("running"), vocabulary) == "Run");
    CHECK_FALSE(name_of_sport(sport_from_slug("yoga"), vocabulary));
    CHECK(name_of_sport(sport_from_slug("mountain_biking"), providers::strava.vocabulary) == "MountainBikeRide");
    CHECK(name_of_sport(sport_from_slug("alpine_skiing"), providers::apple_export.vocabulary) == "DownhillSkiing");
}

TEST_CASE("names of real services are found as they stand in their payloads", "[sport_name]") {
    CHECK(sport_of_name("HKWorkoutActivityTypeHighIntensityIntervalTraining", providers::apple_export.vocabulary, providers::apple_export.name_prefix) == find_sport("hiit"));
    CHECK(sport_of_name("37", providers::apple_json.vocabulary) == find_sport("running"));
    CHECK(sport_of_name("hiking/rucking", providers::whoop.vocabulary) == find_sport("hiking"));
    CHECK(sport_of_name("track & field", providers::whoop.vocabulary) == find_sport("running"));
    CHECK(sport_of_name("-1", providers::whoop.vocabulary) == find_sport("other"));
    CHECK(sport_of_name("1", providers::whoop.vocabulary) == find_sport("cycling"));
    CHECK(sport_of_name("10/1", providers::coros.vocabulary) == find_sport("open_water_swimming"));
    CHECK_FALSE(sport_of_name("101/", providers::coros.vocabulary));
    CHECK(sport_of_name("E-Bike Ride", providers::strava.vocabulary) == find_sport("e_biking"));
    CHECK(sport_of_name("Stand Up Paddling", providers::strava.vocabulary) == find_sport("stand_up_paddling"));
}

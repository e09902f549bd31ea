// SPDX-License-Identifier: BSL-1.0
//
// Everything of a record that is no single number and no clock: ids, texts, sports, origins, devices, positions, samples, sums.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/unit_words.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr moment_rule start[] = {{"/start", stamp::text, zone_rule::utc}};
constexpr moment_rule end[] = {{"/end", stamp::text, zone_rule::utc}};
constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say_id(texts::external_id, "/other_id"), say(texts::name, "/title"), say(texts::notes, "/notes"),
                              say(texts::model, "/model"), say_id(texts::serial, "/serial")};
constexpr std::string_view needs[] = {"/start"};
constexpr std::string_view sport_at[] = {"/sport", "/mode+/sub", "/kind"};
constexpr sport_names vocabulary[] = {{"running", "Run|9|8/1"}, {"cycling", "Ride"}, {"trail_running", "TrailRun|15/1"}};
constexpr profile plain{.name = "test", .source = "testing", .needs = needs, .start = start, .end = end, .numbers = {}, .says = says, .sport = sport_at, .vocabulary = vocabulary};

const flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}, {"/end", "2025-03-30T01:45:10Z"}};

std::string problem_of(const result<normalized>& r) {
    if (r) return "none";
    return std::string{to_string(r.error().code)}.append(" ").append(r.error().field).append(" ").append(r.error().path);
}
std::string id_of(const flat_value& id) {
    const auto got = normalize(ride.with({{"/id", id}}), plain);
    return got ? got->record.external_id : problem_of(got);
}
std::string sport_of(const flat_payload& from, const profile& by = plain) {
    const auto got = normalize(from, by);
    return !got ? problem_of(got) : got->record.sport ? std::string{got->record.sport->slug()} : "none";
}
std::string origin_of(const flat_payload& from, std::span<const origin_rule> rules) {
    auto by = plain;
    by.origins = rules, by.apps = providers::apps;
    const auto got = normalize(from, by);
    return got ? got->record.origin.source + "/" + got->record.origin.external_id : problem_of(got);
}

}  // namespace

TEST_CASE("an id keeps all its digits, as text and as an integer", "[normalize][ids]") {
    CHECK(id_of("3855400590") == "3855400590");
    CHECK(id_of("a0b1-c2") == "a0b1-c2");
    CHECK(id_of(std::int64_t{3855400590}) == "3855400590");
    CHECK(id_of(std::int64_t{9007199254740993}) == "9007199254740993");  // 2^53 + 1: a double has no such number
    CHECK(id_of(std::int64_t{INT64_MAX}) == "9223372036854775807");
    CHECK(id_of(std::int64_t{-1}) == "-1");
    CHECK(id_of(7.0) == "7");
    CHECK(id_of("007") == "007");
}

TEST_CASE("an id whose digits are lost is no id", "[normalize][ids][reject]") {
    for (const double lost : {9007199254740992.0, 9.3e18, 1e19, 7.5, HUGE_VAL, std::nan("")}) CHECK(id_of(lost) == "wrong_type external_id /id");
    CHECK(id_of(true) == "wrong_type external_id /id");
    CHECK(id_of(flat_value::structured()) == "wrong_type external_id /id");
    CHECK(id_of("") == "missing_key external_id /id");
    CHECK(id_of(flat_value{}) == "missing_key external_id /id");
    CHECK(normalize(ride.without("/id").with({{"/other_id", 12}}), plain)->record.external_id == "12");
}

TEST_CASE("a source without ids gets the same id for one workout in every delivery", "[normalize][ids]") {
    auto by = plain;
    by.make_id = true;
    const auto made = [&](const flat_payload& from) { return normalize(from, by)->record.external_id; };
    const auto run = ride.without("/id").with({{"/sport", "HKRunning"}, {"/model", "Watch2,4"}});
    CHECK(made(run) == "2025-03-30T00:45:10Z+3600/HKRunning/Watch2,4");
    CHECK(made(run.with({{"/title", "Lunch Run"}})) == made(run));
    CHECK(made(run.with({{"/model", "Phone"}})) != made(run));
    CHECK(made(run.with({{"/sport", "HKWalking"}})) != made(run));
    CHECK(made(run.with({{"/end", "2025-03-30T01:45:11Z"}})) != made(run));
    CHECK(made(run.with({{"/id", "own"}})) == "own");
    CHECK(made(ride.without("/id").without("/end")) == "2025-03-30T00:45:10Z");
}

TEST_CASE("texts are taken as they stand; the first that says something counts", "[normalize]") {
    constexpr text_rule two[] = {say_id(texts::external_id, "/id"), say(texts::notes, "/public"), say(texts::notes, "/private")};
    auto by = plain;
    by.says = two;
    CHECK(normalize(ride.with({{"/public", ""}, {"/private", "tired \xE2\x98\x95"}}), by)->record.notes == "tired \xE2\x98\x95");
    CHECK(normalize(ride.with({{"/public", "fast"}, {"/private", "tired"}}), by)->record.notes == "fast");
    CHECK(normalize(ride.with({{"/title", " Lunch\nRide "}}), plain)->record.name == " Lunch\nRide ");
    CHECK(normalize(ride.with({{"/serial", 3947101021}}), plain)->record.device.serial == "3947101021");
    CHECK(problem_of(normalize(ride.with({{"/title", 12}}), plain)) == "wrong_type name /title");
    CHECK(problem_of(normalize(ride.with({{"/model", false}}), plain)) == "wrong_type device /model");
    by.account = "/athlete";
    CHECK(normalize(ride.with({{"/athlete", 134815}}), by)->account == "134815");
    CHECK(normalize(ride.with({{"/athlete", 134815}}), by)->record.athlete_id.empty());
}

TEST_CASE("the source's name of a sport is kept, and mapped where it is known", "[normalize][sport]") {
    CHECK(sport_of(ride.with({{"/sport", "Run"}})) == "running");
    CHECK(sport_of(ride.with({{"/sport", "trail run"}})) == "trail_running");
    CHECK(sport_of(ride.with({{"/sport", 9}})) == "running");
    CHECK(sport_of(ride.with({{"/sport", 9.0}})) == "running");
    CHECK(sport_of(ride.with({{"/sport", "open_water_swimming"}})) == "open_water_swimming");  // the catalogue's own name
    CHECK(sport_of(ride.with({{"/sport", "Quidditch"}})) == "other");
    CHECK(sport_of(ride) == "none");
    CHECK(sport_of(ride.with({{"/sport", ""}})) == "none");
    CHECK(sport_of(ride.with({{"/sport", true}})) == "wrong_type activity_type /sport");
    CHECK(sport_of(ride.with({{"/sport", flat_value::structured()}})) == "wrong_type activity_type /sport");
    CHECK(normalize(ride.with({{"/sport", "Quidditch"}}), plain)->record.source_activity_type == "Quidditch");
    CHECK(normalize(ride.with({{"/sport", "trail run"}}), plain)->record.source_activity_type == "trail run");
}

TEST_CASE("of several names the first that is known counts, and the first at all is kept", "[normalize][sport]") {
    CHECK(sport_of(ride.with({{"/sport", "Gobbledegook"}, {"/kind", "Ride"}})) == "cycling");
    CHECK(normalize(ride.with({{"/sport", "Gobbledegook"}, {"/kind", "Ride"}}), plain)->record.source_activity_type == "Gobbledegook");
    CHECK(sport_of(ride.with({{"/mode", 15}, {"/sub", 1}})) == "trail_running");
    CHECK(sport_of(ride.with({{"/mode", 15}, {"/kind", "Ride"}})) == "cycling");  // half a pair is none
    CHECK(normalize(ride.with({{"/mode", 15}, {"/sub", 1}}), plain)->record.source_activity_type == "15/1");
    auto by = plain;
    by.only_sport = "strength_training";
    CHECK(sport_of(ride, by) == "strength_training");
    auto prefixed = plain;
    prefixed.name_prefix = "HKWorkoutActivityType";
    CHECK(sport_of(ride.with({{"/sport", "HKWorkoutActivityTypeRide"}}), prefixed) == "cycling");
    CHECK(normalize(ride.with({{"/sport", "HKWorkoutActivityTypeRide"}}), prefixed)->record.source_activity_type == "HKWorkoutActivityTypeRide");
}

TEST_CASE("a second field refines a sport and every kind of it, and nothing else", "[normalize][sport][trap]") {
    constexpr sport_hint hints[] = {{"/trainer", "true", "cycling", "indoor_cycling"}, {"/trainer", "true", "running", "treadmill_running"}, {"/where", "1", "running", "trail_running"}};
    auto by = plain;
    by.hints = hints;
    CHECK(sport_of(ride.with({{"/sport", "Ride"}, {"/trainer", true}}), by) == "indoor_cycling");
    CHECK(sport_of(ride.with({{"/sport", "road_cycling"}, {"/trainer", true}}), by) == "indoor_cycling");
    CHECK(sport_of(ride.with({{"/sport", "Run"}, {"/trainer", true}}), by) == "treadmill_running");
    CHECK(sport_of(ride.with({{"/sport", "Run"}, {"/where", 1}}), by) == "trail_running");
    CHECK(sport_of(ride.with({{"/sport", "Run"}, {"/where", "1"}}), by) == "trail_running");
    CHECK(sport_of(ride.with({{"/sport", "Run"}, {"/trainer", false}}), by) == "running");
    CHECK(sport_of(ride.with({{"/sport", "yoga"}, {"/trainer", true}}), by) == "yoga");
    CHECK(sport_of(ride.with({{"/sport", "indoor_rowing"}, {"/trainer", true}}), by) == "indoor_rowing");
    CHECK(sport_of(ride.with({{"/trainer", true}}), by) == "none");
}

TEST_CASE("a copy names its original by a prefix, by an app, or only says that there was one", "[normalize][origin][trap]") {
    constexpr origin_rule strava[] = {{"/from", "garmin_push_", "garmin", {}}, {"/from", "zwift-activity-", "zwift", {}}, {"/from", "", "", {}}};
    CHECK(origin_of(ride.with({{"/from", "garmin_push_3855400590"}}), strava) == "garmin/3855400590");
    CHECK(origin_of(ride.with({{"/from", "zwift-activity-12.fit"}}), strava) == "zwift/12");
    CHECK(origin_of(ride.with({{"/from", "8f3a-lunch.fit"}}), strava) == "/8f3a-lunch.fit");
    CHECK(origin_of(ride, strava) == "/");
    constexpr origin_rule by_app[] = {{"/from", "G", "", "/app"}, {"/from", "", "", "/app"}, {"", "", "", "/app"}};
    CHECK(origin_of(ride.with({{"/from", "G123"}, {"/app", "GARMIN_CONNECT"}}), by_app) == "garmin/123");
    CHECK(origin_of(ride.with({{"/from", 123}, {"/app", "com.strava"}}), by_app) == "strava/123");
    CHECK(origin_of(ride.with({{"/app", "com.zwift.zwiftgame"}}), by_app) == "zwift/");
    CHECK(origin_of(ride.with({{"/from", 123}, {"/app", "com.example.unknown"}}), by_app) == "/");  // nobody we know
    constexpr app_name own[] = {{"Own", "testing"}};
    auto by = plain;
    by.origins = by_app, by.apps = own;
    CHECK(normalize(ride.with({{"/from", 123}, {"/app", "Own"}}), by)->record.origin.empty());  // it wrote that itself
}

TEST_CASE("an app that wrote the record is no device", "[normalize][origin]") {
    constexpr origin_rule by_app[] = {{"", "", "", "/model"}};
    auto by = plain;
    by.origins = by_app, by.apps = providers::apps;
    const auto copy = normalize(ride.with({{"/model", "Strava"}}), by);
    CHECK(copy->record.origin.source == "strava");
    CHECK(copy->record.device.model.empty());
    CHECK(normalize(ride.with({{"/model", "Watch2,4"}}), by)->record.device.model == "Watch2,4");
}

TEST_CASE("the kind of device may stand in a number or word", "[normalize]") {
    constexpr app_name types[] = {{"1", "watch"}, {"PHONE", "phone"}};
    auto by = plain;
    by.device_type = "/type", by.device_types = types;
    CHECK(normalize(ride.with({{"/type", 1}}), by)->record.device.type == device_type::watch);
    CHECK(normalize(ride.with({{"/type", "PHONE"}}), by)->record.device.type == device_type::phone);
    CHECK(normalize(ride.with({{"/type", 99}}), by)->record.device.type == device_type::unknown);
}

TEST_CASE("a start off the globe, at (0,0) or with half a position is dropped and told", "[normalize]") {
    constexpr number_rule position[] = {take(start_lat_deg, "/lat"), take(start_lon_deg, "/lon")};
    auto by = plain;
    by.numbers = position;
    const auto good = normalize(ride.with({{"/lat", -33.9}, {"/lon", 18.4}}), by);
    CHECK(good->record.start_lat_deg == -33.9);
    CHECK(good->remarks.empty());
    for (const auto& bad : {ride.with({{"/lat", 0}, {"/lon", 0}}), ride.with({{"/lat", 91}, {"/lon", 3}}), ride.with({{"/lat", 51}, {"/lon", 181}}), ride.with({{"/lat", 51}})}) {
        const auto got = normalize(bad, by);
        CHECK_FALSE(got->record.start_lat_deg);
        CHECK_FALSE(got->record.start_lon_deg);
        REQUIRE(got->remarks.size() == 1);
        CHECK(got->remarks[0].code == problem_code::fix_out_of_range);
    }
}

namespace {
constexpr number_rule summed_distance[] = {take(distance_m, "/v", "./unit", words::length).summed("/legs", "/at", stamp::text)};
constexpr number_rule summed_metres[] = {take(distance_m, "/v").summed("/legs", "/at", stamp::text)};
result<normalized> sum_of(std::span<const number_rule> rules, std::vector<flat_payload> legs) {
    auto by = plain;
    by.numbers = rules;
    auto session = ride;
    session.rows["/legs"] = std::move(legs);
    return normalize(session, by);
}
}  // namespace

TEST_CASE("rows that begin within the record are summed: the start counts, the end does not, and rows without a time do", "[normalize][sum][trap]") {
    const auto leg = [](const char* at, double v) { return flat_payload{{"/at", at}, {"/v", v}}; };
    const auto total = [&](std::vector<flat_payload> legs) { return sum_of(summed_metres, std::move(legs))->record.distance_m; };
    CHECK(total({leg("2025-03-30T00:45:10Z", 4000), leg("2025-03-30T01:15:00Z", 6044)}) == 10044.0);
    CHECK(total({leg("2025-03-30T00:45:09Z", 1), leg("2025-03-30T00:45:10Z", 2), leg("2025-03-30T01:45:09Z", 4), leg("2025-03-30T01:45:10Z", 8)}) == 6.0);
    CHECK(total({leg("?", 1), {{"/v", 2}}}) == 3.0);
    CHECK(total({}) == std::nullopt);
    CHECK(total({leg("2024-03-30T00:45:10Z", 1)}) == std::nullopt);
    CHECK(total({{{"/at", "2025-03-30T00:45:10Z"}}, leg("2025-03-30T00:45:10Z", 5)}) == 5.0);
    CHECK(sum_of(summed_distance, {{{"/v", 1}, {"/unit", "KILOMETERS"}}, {{"/v", 500}, {"/unit", "METERS"}}})->record.distance_m == 1500.0);
    CHECK(problem_of(sum_of(summed_metres, {leg("2025-03-30T00:45:10Z", 5), leg("2025-03-30T00:45:10Z", -5)})).starts_with("negative distance_m"));
    CHECK(problem_of(sum_of(summed_metres, {{{"/v", "far"}}, leg("2025-03-30T00:45:10Z", 5)})).starts_with("wrong_type distance_m"));
    CHECK(problem_of(sum_of(summed_metres, {leg("2025-03-30T00:45:10Z", 9e8), leg("2025-03-30T00:45:10Z", 9e8)})).starts_with("out_of_range distance_m"));
}

// number_reader::sum adds raw values of different units and keeps the first unit: 501 "KILOMETERS".
TEST_CASE("the original of a sum is never a number that nobody delivered", "[normalize][sum]") {
    const auto got = sum_of(summed_distance, {{{"/v", 1}, {"/unit", "KILOMETERS"}}, {{"/v", 500}, {"/unit", "METERS"}}});
    for (const auto& o : got->originals) CHECK(o.value != 501);
}

// The rows whose unit is known are summed, and the total is too small.
TEST_CASE("a sum with a row of unknown unit is left out, not too small", "[normalize][sum]") {
    CHECK_FALSE(sum_of(summed_distance, {{{"/v", 1}, {"/unit", "KILOMETERS"}}, {{"/v", 5}, {"/unit", "LEAGUES"}}})->record.distance_m);
}

TEST_CASE("what is wrong with a row is told with the array that holds it, and which row it is", "[normalize][sum][reject]") {
    const auto got = sum_of(summed_metres, {{{"/v", 5}}, {{"/v", 5}, {"/at", "2024-01-01T00:00:00Z"}}, {{"/v", -5}}});
    REQUIRE_FALSE(got);
    CHECK(problem_of(got) == "negative distance_m /v");
    CHECK(got.error().rows == "/legs");
    CHECK(got.error().row == 2);
}

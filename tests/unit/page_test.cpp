// SPDX-License-Identifier: BSL-1.0
//
// Whose page is it, and which records does it hold? And the paths inside them.
#include <coincide/adapters/nlohmann_json.hpp>
#include <coincide/normalize/page.hpp>
#include <coincide/normalize/profiles.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace coincide;
using nlohmann::json;

namespace {

/// "whoop: /records/0 /records/1", or "none"
std::string visited(std::string_view text, std::string_view source = {}, std::span<const profile* const> known = providers::all) {
    const auto document = json::parse(text);
    std::string out;
    const auto page = for_each_record(&document, known, source, [&](const auto&, const profile&, std::string_view pointer) { out.append(" ").append(pointer); });
    return page.by ? std::string{page.by->name}.append(":").append(out) : "none" + out;
}

const std::string whoop_run = R"({"id":"e1","start":"2025-03-30T00:45:10Z","end":"2025-03-30T01:45:10Z","timezone_offset":"+02:00","sport_name":"running","score":{}})";
const std::string strava_ride = R"({"id":7,"start_date":"2025-03-30T00:45:10Z","elapsed_time":4000,"distance":24931.4,"sport_type":"Ride"})";
std::string list(std::initializer_list<std::string_view> records) {
    std::string out = "[";
    for (const auto r : records) out.append(out.size() > 1 ? "," : "").append(r);
    return out + "]";
}

// A source of our own: its records stand anywhere, also inside groups.
constexpr std::string_view needs[] = {"/uid|/guid", "/kind==ride"}, lacks[] = {"/lap"}, places[] = {"/groups/*/rides", "/rides", ""};
constexpr moment_rule start[] = {{"/began", stamp::unix_s}};
constexpr text_rule says[] = {say_id(texts::external_id, "/uid"), say_id(texts::external_id, "/guid")};
constexpr number_rule more[] = {take(distance_m, "/m")};
constexpr profile own{.name = "own", .source = "own", .needs = needs, .lacks = lacks, .places = places, .start = start, .numbers = {}, .says = says};
constexpr profile richer{.name = "richer", .source = "rich", .needs = needs, .places = places, .start = start, .numbers = more, .says = says};
constexpr const profile* owns[] = {&own};
constexpr const profile* both[] = {&own, &richer};

std::string found(std::string_view text, std::string_view source = {}, std::span<const profile* const> known = owns) { return visited(text, source, known); }

}  // namespace

TEST_CASE("one record, a list, a service's own page and a list of pages are recognised by their shape", "[page]") {
    CHECK(visited(whoop_run) == "whoop: ");
    CHECK(visited(list({whoop_run, whoop_run})) == "whoop: /0 /1");
    CHECK(visited(R"({"records":)" + list({whoop_run, whoop_run}) + R"(,"next_token":"x"})") == "whoop: /records/0 /records/1");
    CHECK(visited(strava_ride) == "strava: ");
    CHECK(visited(list({strava_ride, strava_ride})) == "strava: /0 /1");
    CHECK(visited(list({list({strava_ride}), list({strava_ride, strava_ride})})) == "strava: /0/0 /1/0 /1/1");  // pages as they were fetched
    CHECK(visited(list({list({list({strava_ride})})})) == "none");                                             // deeper is no page
    CHECK(visited(R"({"status":0,"body":{"series":[{"id":7,"category":2,"startdate":1743295510,"enddate":1743299110}]}})") == "withings: /body/series/0");
    CHECK(visited(R"({"results":{"activities":[{"activity":{"activityId":"1","activitySummary":{"BeginTimestamp":{"value":"2012-05-01T08:00:00.000Z"}}}}]}})") ==
          "garmin connect before 2018: /results/activities/0/activity");
    CHECK(visited(R"([{"summarizedActivitiesExport":[{"activityId":1,"beginTimestamp":1743295510000,"duration":1,"activityType":"running"}]}])") ==
          "garmin account export: /0/summarizedActivitiesExport/0");
}

TEST_CASE("a page without activities is none: laps, types, statistics, nothing", "[page]") {
    for (const char* text : {"{}", "[]", "null", "7", "\"ride\"", "true", "[[]]", "[{}]", "[1,2,3]", R"({"activities":[]})", R"({"records":null})", R"({"records":{}})",
                             R"([{"id":1,"name":"Lap 1","start_date":"2025-03-30T00:45:10Z","elapsed_time":60,"distance":100,"lap_index":1,"type":"Run"}])",
                             R"([{"typeId":1,"typeKey":"running","parentTypeId":17},{"typeId":2,"typeKey":"cycling"}])",
                             R"({"recent_run_totals":{"count":2,"distance":20000,"moving_time":7000,"elapsed_time":7100}})",
                             R"({"calendarDate":"2025-03-30","startTimeInSeconds":1743295510,"durationInSeconds":86400,"summaryId":"x","activeTimeInSeconds":60})",
                             R"({"type":"FeatureCollection","features":[]})"})
        CHECK(visited(text) == "none");
}

TEST_CASE("a bad record in the middle is visited like the others, so that it can be told", "[page][reject]") {
    auto bad = whoop_run;
    bad.replace(bad.find("{}"), 2, R"({"kilojoule":"many"})");
    const auto text = R"({"records":)" + list({whoop_run, bad, "7", "null", "{}", whoop_run}) + "}";
    CHECK(visited(text) == "whoop: /records/0 /records/1 /records/2 /records/3 /records/4 /records/5");
}

TEST_CASE("the page is recognised by its first record that fits, wherever that stands", "[page]") {
    CHECK(visited(R"({"records":)" + list({"7", "{}", whoop_run}) + "}") == "whoop: /records/0 /records/1 /records/2");
    CHECK(visited(list({"null", strava_ride})) == "strava: /0 /1");
}

TEST_CASE("all needs must be there, one of several words is enough, and none of what is lacking", "[page]") {
    CHECK(found(R"({"uid":1,"kind":"ride"})") == "own: ");
    CHECK(found(R"({"guid":1,"kind":"ride"})") == "own: ");
    CHECK(found(R"({"kind":"ride"})") == "none");
    CHECK(found(R"({"uid":1,"kind":"lap"})") == "none");
    CHECK(found(R"({"uid":1})") == "none");
    CHECK(found(R"({"uid":null,"kind":"ride"})") == "own: ");  // of that kind, and to be refused as that
    CHECK(found(R"({"uid":1,"kind":"ride","lap":0})") == "none");
    CHECK(found(R"({"uid":1,"kind":"ride","lap":null})") == "own: ");
}

TEST_CASE("a star stands for every element", "[page]") {
    CHECK(found(R"({"groups":[{"rides":[{"uid":1,"kind":"ride"},{"uid":2,"kind":"ride"}]},{"rides":[]},{},{"rides":[{"uid":3,"kind":"ride"}]}]})") ==
          "own: /groups/0/rides/0 /groups/0/rides/1 /groups/3/rides/0");
    CHECK(found(R"({"groups":7})") == "none");
    CHECK(found(R"({"groups":[]})") == "none");
}

TEST_CASE("of two kinds that fit, the one that explains more is right, unless the source is named", "[page]") {
    CHECK(found(R"({"uid":1,"kind":"ride","m":5})", {}, both) == "richer: ");
    CHECK(found(R"({"uid":1,"kind":"ride","m":5})", "own", both) == "own: ");
    CHECK(found(R"({"uid":1,"kind":"ride"})", {}, both) == "own: ");
    CHECK(found(R"({"uid":1,"kind":"ride"})", "rich", both) == "richer: ");
    CHECK(found(R"({"uid":1,"kind":"ride"})", "garmin", both) == "own: ");              // the name helps nothing
    CHECK(found(R"({"uid":1,"kind":"ride","lap":1})", "own", both) == "richer: ");      // and cannot make a shape fit
    CHECK(visited(whoop_run, "strava") == "whoop: ");
}

TEST_CASE("a visitor gets the record, its profile and the root of the document", "[page]") {
    const auto page = json::parse(R"({"datasets":{"a":5},"rides":[{"uid":1,"kind":"ride"}]})");
    const auto taken_for = for_each_record(&page, owns, {}, [&](const auto& ride, const profile& by, std::string_view pointer) {
        CHECK(&by == &own);
        CHECK(pointer == "/rides/0");
        CHECK(ride.at("/uid").integer == 1);
        CHECK(ride.at("^/datasets/a").integer == 5);
        CHECK(ride.value() == &page["rides"][0]);
    });
    CHECK(taken_for.by == &own);
    CHECK(taken_for.place == "/rides");
    CHECK(recognize(&page, std::span<const profile* const>{owns}).by == &own);
    CHECK(recognize(&page, std::span<const profile* const>{}).by == nullptr);
}

TEST_CASE("a path may count elements, choose one by a word, and begin at the root", "[page][path]") {
    const auto document = json::parse(R"({"a":[{"slug":"x","v":1},{"slug":"distance","v":2},{"v":3}],"b":{"c":null,"d":[7,8]},"":5,"e":false})");
    const json_payload whole{&document};
    CHECK(whole.at("/a/1/v").integer == 2);
    CHECK(whole.at("/a/[slug=distance]/v").integer == 2);
    CHECK(whole.at("/b/d/1").integer == 8);
    CHECK(whole.at("/e").is == delivered::kind::boolean);
    CHECK(whole.at("/a").is == delivered::kind::other);
    CHECK(whole.at("").is == delivered::kind::other);
    for (const char* none : {"/x", "/a/3/v", "/a/-1/v", "/a/[slug=none]/v", "/a/[slug]/v", "/a/99999999999999999999/v", "/b/c", "/b/c/d", "/e/x", "/a/v", "/b/[d=7]"})
        CHECK(whole.at(none).absent());
    const json_payload inner{&document["a"][1], &document};
    CHECK(inner.at("/v").integer == 2);
    CHECK(inner.at("^/a/0/v").integer == 1);
    CHECK(inner.at("^/b/d/0").integer == 7);
    int rows = 0;
    CHECK(whole.for_each("/a", [&](const auto& row) { return rows += !row.at("/v").absent(), true; }));
    CHECK(rows == 3);
    CHECK_FALSE(whole.for_each("/b", [](const auto&) { return true; }));
}

TEST_CASE("a path becomes the pointer of what it chose", "[page][path]") {
    const auto document = json::parse(R"({"a":[{"slug":"x"},{"slug":"distance","v":{"w":2}}]})");
    const json_payload whole{&document};
    CHECK(whole.pointer_of("/a/[slug=distance]/v/w") == "/a/1/v/w");
    CHECK(whole.pointer_of("/a/0/slug") == "/a/0/slug");
    CHECK(whole.pointer_of("/b/c") == "/b/c");
    CHECK(whole.pointer_of("").empty());
}

// Paths are JSON pointers (delivered.hpp), but "~1" and "~0" are not read as '/' and '~'.
TEST_CASE("a member with a slash in its name is reached as RFC 6901 says", "[page][path]") {
    const auto document = json::parse(R"({"km/h":36,"a~b":1})");
    CHECK(json_payload{&document}.at("/km~1h").integer == 36);
    CHECK(json_payload{&document}.at("/a~0b").integer == 1);
}

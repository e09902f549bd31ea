// SPDX-License-Identifier: BSL-1.0
//
// An athlete's word holds whatever the evidence says.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>

#include <string>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;
using rides::together;

namespace {

const auto start = rides::at("2024-05-01T08:00:00Z");

std::vector<activity> twins() {
    return {activity_of("garmin", "1", start, 1h, 10000), activity_of("strava", "2", start, 1h, 10000)};
}
std::vector<activity> strangers() {
    return {activity_of("garmin", "1", start, 1h, 10000),
            activity_of("strava", "2", start + 24h * 40, 3h, 90000, "cycling")};
}

}  // namespace

TEST_CASE("a must joins what nothing else would", "[pins]") {
    const auto r = strangers();
    REQUIRE(group(r, presets::balanced).size() == 2);
    for (const pin p : {pin{0, 1, pin_kind::must}, pin{1, 0, pin_kind::must}}) {
        const auto g = group(r, presets::balanced, {&p, 1});
        REQUIRE(g.size() == 1);
        CHECK_FALSE(g[0].review);
        REQUIRE(g[0].links.size() == 1);
        CHECK(g[0].links[0].joined);
        REQUIRE(g[0].links[0].why.find(evidence_code::pin));
        CHECK(g[0].links[0].why.find(evidence_code::pin)->a == 1);
        CHECK(g[0].links[0].weight() == g[0].links[0].why.total());
    }
}

TEST_CASE("a cannot parts what everything else would join", "[pins]") {
    auto r = twins();
    r[1].origin = {"garmin", "1"};
    r[0].file = r[1].file = {.sha256 = std::string(64, 'a')};
    REQUIRE(group(r, presets::balanced).size() == 1);
    for (const pin p : {pin{0, 1, pin_kind::cannot}, pin{1, 0, pin_kind::cannot}})
        CHECK(group(r, presets::balanced, {&p, 1}).size() == 2);
}

TEST_CASE("of contradicting pins cannot holds", "[pins]") {
    const auto r = twins();
    const pin both[] = {{0, 1, pin_kind::must}, {1, 0, pin_kind::cannot}};
    CHECK(group(r, presets::balanced, both).size() == 2);
    const pin turned[] = {{0, 1, pin_kind::cannot}, {0, 1, pin_kind::must}};
    CHECK(group(r, presets::balanced, turned).size() == 2);
}

TEST_CASE("a cannot is not got round by a third record", "[pins]") {
    auto r = twins();
    r.push_back(activity_of("wahoo", "3", start + 1s, 1h, 10001));
    const pin p[] = {{0, 1, pin_kind::cannot}};
    const auto g = group(r, presets::balanced, p);
    CHECK_FALSE(together(g, 0, 1));
    const pin with_musts[] = {{0, 1, pin_kind::cannot}, {0, 2, pin_kind::must}, {1, 2, pin_kind::must}};
    CHECK_FALSE(together(group(r, presets::balanced, with_musts), 0, 1));
}

TEST_CASE("a cannot between a leg and its session holds", "[pins]") {
    auto session = activity_of("garmin", "77", start, 2h, 50000, "multisport"),
         leg = activity_of("garmin", "78", start, 1h, 40000, "cycling");
    leg.parent_id = "77";
    const pin p[] = {{1, 0, pin_kind::cannot}};
    CHECK(group(std::vector{session, leg}, presets::balanced, p).size() == 2);
}

TEST_CASE("pins hold under a hard window too", "[pins]") {
    const pin must[] = {{0, 1, pin_kind::must}}, cannot[] = {{0, 1, pin_kind::cannot}};
    CHECK(group(strangers(), match_policy{presets::ridetool}, must).size() == 1);
    CHECK(group(twins(), match_policy{presets::ridetool}, cannot).size() == 2);
}

TEST_CASE("pins of rows that do not exist, of one row, and across athletes change nothing", "[pins][hostile]") {
    auto r = twins();
    const pin nowhere[] = {
        {0, 7, pin_kind::must}, {4294967295u, 1, pin_kind::cannot}, {0, 0, pin_kind::must}, {1, 1, pin_kind::cannot}};
    CHECK(rides::told(r, group(r, presets::balanced, nowhere)) == rides::told(r, group(r, presets::balanced)));
    r[1].athlete_id = "bob";
    const pin across[] = {{0, 1, pin_kind::must}};
    CHECK(group(r, presets::balanced, across).size() == 2);
}

TEST_CASE("a repeated pin is one pin", "[pins]") {
    const auto r = strangers();
    const pin once[] = {{0, 1, pin_kind::must}},
              often[] = {{0, 1, pin_kind::must}, {1, 0, pin_kind::must}, {0, 1, pin_kind::must}};
    CHECK(rides::told(r, group(r, presets::balanced, once)) == rides::told(r, group(r, presets::balanced, often)));
}

TEST_CASE("a must takes the records that agree along with it", "[pins]") {
    auto r = twins();
    r.push_back(activity_of("wahoo", "3", start + 24h * 3, 1h, 10000));
    const pin p[] = {{0, 2, pin_kind::must}};
    const auto g = group(r, presets::balanced, p);
    CHECK(together(g, 0, 2));
}

TEST_CASE("a cannot holds in a crowd", "[pins][hostile]") {
    std::vector<activity> r;
    for (int i = 0; i < 200; ++i) r.push_back(activity_of("s" + std::to_string(1000 + i), "1", start, 1h, 10000));
    const pin p[] = {{150, 199, pin_kind::cannot}};
    CHECK_FALSE(together(group(r, presets::balanced, p), 150, 199));
}

TEST_CASE("a chain of musts is one group", "[pins]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000),
                                  activity_of("strava", "2", start + 5h, 2h, 40000, "cycling"),
                                  activity_of("wahoo", "3", start + 9h, 30min, 3000, "walking")};
    const pin p[] = {{0, 1, pin_kind::must}, {1, 2, pin_kind::must}};
    CHECK(group(r, presets::balanced, p).size() == 1);
}

TEST_CASE("a must holds between two legs whose session is not there", "[pins]") {
    std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000), activity_of("garmin", "2", start + 1h, 1h, 10000)};
    r[0].parent_id = r[1].parent_id = "77";
    const pin p[] = {{0, 1, pin_kind::must}};
    CHECK(group(r, presets::balanced, p).size() == 1);
}

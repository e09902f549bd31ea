// SPDX-License-Identifier: BSL-1.0
//
// One grouping in three forms, and that they say the same.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/merge/links.hpp>

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;

namespace {

const auto start = rides::at("2024-05-01T08:00:00Z");

}  // namespace

TEST_CASE("a ride of three sources in three forms", "[links]") {
    const std::vector<activity> r{activity_of("strava", "9", start + 3s, 3597s, 9990),
                                  activity_of("garmin", "1", start, 3600s, 10012),
                                  activity_of("apple_health", "x", start + 40s, 3550s, 9870)};
    const auto groups = group(r, presets::balanced);
    REQUIRE(groups.size() == 1);
    const auto g = groups[0];
    const auto chosen = merge(r, g, presets::measured_first);
    REQUIRE(chosen.primary == 1);

    std::set<std::uint32_t> duplicates;
    for (const auto [row, of] : duplicate_of(chosen)) {
        CHECK(of == 1);
        CHECK(duplicates.insert(row).second);
    }
    CHECK(duplicates == std::set<std::uint32_t>{0, 2});

    std::size_t rows = 0;
    for (const auto [a, b, kind, weight] : junction_rows(g)) {
        CHECK(kind == relation::same);
        CHECK(weight >= match_policy{}.join_min);
        CHECK(rides::link_between(g, a, b));
        ++rows;
    }
    CHECK(rows == g.links.size());

    std::size_t members = 0;
    for (const auto [row, id] : group_ids(g)) {
        CHECK(id == 2);  // apple_health/x is the smallest identity
        CHECK(row < 3);
        ++members;
    }
    CHECK(members == 3);
}

TEST_CASE("a record alone has no duplicate, no link and its own group", "[links]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000)};
    const auto groups = group(r, presets::balanced);
    const auto g = groups[0];
    const auto chosen = merge(r, g, presets::measured_first);
    for (const auto row : duplicate_of(chosen)) FAIL_CHECK(row.row);
    for (const auto row : junction_rows(g)) FAIL_CHECK(row.a);
    for (const auto row : group_ids(g)) CHECK(row == group_row{0, 0});
}

TEST_CASE("a pair in review is in no form a duplicate", "[links]") {
    const std::vector<activity> r{activity_of("garmin", "1", start, 1h, 10000),
                                  activity_of("strava", "2", start + 25min, 1h, 10300)};
    match_policy policy;
    policy.join_min = 2000, policy.review_min = -2000;
    const auto groups = group(r, policy);
    REQUIRE(groups.size() == 2);
    for (const auto g : groups) {
        REQUIRE(g.links.size() == 1);
        for (const auto row : junction_rows(g)) FAIL_CHECK(row.a);
        const auto chosen = merge(r, g, presets::measured_first);
        for (const auto row : duplicate_of(chosen)) FAIL_CHECK(row.row);
    }
}

TEST_CASE("the three forms partition a history in the same way", "[links][law]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto h = rides::history_of(seed, 12);
        const auto groups = group(h.records, presets::balanced);
        std::map<std::uint32_t, std::uint32_t> by_group, by_primary;
        for (const auto g : groups) {
            const auto chosen = merge(h.records, g, presets::measured_first);
            for (const auto [row, id] : group_ids(g)) CHECK(by_group.emplace(row, id).second);
            CHECK(by_primary.emplace(chosen.primary, chosen.primary).second);
            for (const auto [row, of] : duplicate_of(chosen)) CHECK(by_primary.emplace(row, of).second);
            // the joined links alone connect the members
            std::set<std::uint32_t> reached{g.members.front()};
            for (std::size_t round = 0; round < g.members.size(); ++round)
                for (const auto [a, b, kind, weight] : junction_rows(g))
                    if (reached.contains(a) || reached.contains(b)) reached.insert({a, b});
            CHECK(reached == std::set<std::uint32_t>(g.members.begin(), g.members.end()));
        }
        REQUIRE(by_group.size() == h.records.size());
        REQUIRE(by_primary.size() == h.records.size());
        for (const auto& [x, gx] : by_group)
            for (const auto& [y, gy] : by_group) CHECK((gx == gy) == (by_primary[x] == by_primary[y]));
    }
}

TEST_CASE("a leg is not a duplicate of its session", "[links]") {
    std::vector<activity> r{activity_of("garmin", "77", start, 2h, 50000, "multisport"),
                            activity_of("garmin", "78", start, 1h, 40000, "cycling")};
    r[1].parent_id = "77";
    const auto groups = group(r, presets::balanced);
    REQUIRE(groups.size() == 1);
    const auto chosen = merge(r, groups[0], presets::measured_first);
    for (const auto row : duplicate_of(chosen)) FAIL_CHECK(row.row);
}

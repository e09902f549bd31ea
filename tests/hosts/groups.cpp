// SPDX-License-Identifier: BSL-1.0
//
// One set of rides in the forms of all hosts: each falls into the same groups, by the same evidence.
#include "groups.hpp"

#include "columnar_rows.hpp"
#include "foreign_type.hpp"
#include "getters_class.hpp"
#include "minimal.hpp"
#include "ready_made.hpp"
#include "row_struct.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>

#include <vector>

using namespace coincide;

namespace {

/// The members of every group, by rows.
std::vector<std::vector<std::uint32_t>> members_of(const grouping& groups) {
    std::vector<std::vector<std::uint32_t>> out;
    for (const auto g : groups) out.emplace_back(g.members.begin(), g.members.end());
    return out;
}

}  // namespace

TEMPLATE_TEST_CASE("every host's records fall into the same groups", "[hosts]", activity, hosts::row_struct,
                   hosts::getters_class, hosts::columnar_row, hosts::foreign_type) {
    const auto facts = hosts::some_rides();
    const hosts::made_of<TestType> host{facts};
    const auto groups = group(host.records, presets::balanced);
    CHECK(members_of(groups) == std::vector<std::vector<std::uint32_t>>{{0, 1}, {2, 3}, {4}, {5}});
    const auto* link = rides::link_between(groups[0], 0, 1);
    REQUIRE(link);
    REQUIRE(link->why.find(evidence_code::gps));
    CHECK(link->why.find(evidence_code::gps)->a >= 980);
}

TEST_CASE("a host that says only when is grouped by that", "[hosts]") {
    const hosts::made_of<hosts::minimal> host{hosts::some_rides()};
    std::size_t members = 0;
    for (const auto& group_members : members_of(group(host.records, presets::balanced))) members += group_members.size();
    CHECK(members == host.records.size());
}

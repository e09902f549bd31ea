// SPDX-License-Identifier: BSL-1.0
//
// A group of each host's records, merged into the ready-made activity and into a host of one's own.
#include "getters_class.hpp"
#include "merges.hpp"
#include "minimal.hpp"
#include "ready_made.hpp"
#include "row_struct.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace coincide;

using hosts::merged, hosts::of_ride, hosts::of_run;

TEMPLATE_TEST_CASE("every host's group is merged alike into the ready-made activity", "[hosts]", activity, hosts::row_struct,
                   hosts::getters_class) {
    hosts::merges_alike<TestType>();
}

TEMPLATE_TEST_CASE("a merged record is written into a host of one's own", "[hosts]", hosts::row_struct,
                   hosts::getters_class) {
    const hosts::made_of<TestType> host{hosts::some_rides()};
    TestType mine{};
    write(merged(host.records, of_ride), host.records, mine);
    CHECK(read(mine, start_time) == read(host.records[0], start_time));
    CHECK(read(mine, elapsed) == std::chrono::seconds{1800});
    CHECK(std::abs(*read(mine, distance_m) - 12600.5) < 1e-6);
    CHECK(read(mine, sport)->slug() == "gravel_cycling");
    CHECK(read(mine, coincide::name) == "Morning");
    CHECK_FALSE(read(mine, source));
}

TEST_CASE("a host that says only when is merged by that", "[hosts]") {
    const hosts::made_of<hosts::minimal> host{hosts::some_rides()};
    const auto chosen = merged(host.records, of_run);
    hosts::minimal mine;
    write(chosen, host.records, mine);
    CHECK(mine.began == host.records[chosen.of(start_time)->row].began);
    CHECK(chosen.fields.size() == 1);
    CHECK(richness_of(host.records[0]) == 1);
}

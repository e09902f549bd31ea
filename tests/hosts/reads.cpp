// SPDX-License-Identifier: BSL-1.0
//
// One set of rides in the forms of all hosts: each is read and fingerprinted as the ready-made activity is.
#include "columnar_rows.hpp"
#include "foreign_type.hpp"
#include "getters_class.hpp"
#include "minimal.hpp"
#include "ready_made.hpp"
#include "row_struct.hpp"

#include <coincide/match/fingerprint.hpp>
#include <coincide/match/raster.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace coincide;

TEMPLATE_TEST_CASE("every host says the same of a ride", "[hosts]", activity, hosts::row_struct, hosts::getters_class,
                   hosts::columnar_row, hosts::foreign_type) {
    const auto facts = hosts::some_rides();
    const hosts::made_of<TestType> host{facts};
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const auto& r = host.records[i];
        CHECK(read(r, athlete_id) == facts[i].athlete);
        CHECK(read(r, start_time) == facts[i].start);
        CHECK(read(r, elapsed) == std::chrono::seconds{facts[i].elapsed_s});
        CHECK(std::abs(*read(r, distance_m) - facts[i].metres) < 1e-6);
        CHECK(read(r, sport)->slug() == facts[i].sport);
        CHECK(read(r, coincide::name).value_or("") == facts[i].title);
        CHECK(make_raster(track_of(r), facts[i].start).valid == make_raster(facts[i].track, facts[i].start).valid);
    }
}

TEMPLATE_TEST_CASE("a ride has one fingerprint in every host and unit", "[hosts][law]", hosts::row_struct,
                   hosts::getters_class, hosts::columnar_row, hosts::foreign_type) {
    auto facts = hosts::some_rides();
    rides::dice roll{5};
    for (int i = 0; i < 500; ++i) {  // tenths that are no whole metres: at a whole one a unit's rounding decides
        auto f = facts[2];
        f.metres = static_cast<double>(roll.between(100, 200000)) + 0.1 * static_cast<double>(roll.between(1, 9));
        f.start += std::chrono::seconds{roll.between(0, 100000000)};
        facts.push_back(f);
    }
    const hosts::made_of<activity> plain{facts};
    const hosts::made_of<TestType> host{facts};
    for (std::size_t i = 0; i < facts.size(); ++i)
        CHECK(fingerprint_of(host.records[i]) == fingerprint_of(plain.records[i]));
}

TEST_CASE("a host that says only when has a fingerprint without a distance", "[hosts]") {
    const hosts::made_of<hosts::minimal> host{hosts::some_rides()};
    CHECK(fingerprint_of(host.records[0])->meter() == fingerprint::no_distance);
}

TEST_CASE("a ride of whole metres has one fingerprint in every unit", "[hosts][law]") {
    std::vector<hosts::facts> facts;
    for (int metres = 1; metres < 50000; ++metres)
        facts.push_back(
            {"ann", "garmin", "1", rides::at("2024-05-01T08:00:10Z"), 60, static_cast<double>(metres), "running", ""});
    const hosts::made_of<hosts::row_struct> kilometers{facts};
    for (std::size_t i = 0; i < facts.size(); ++i)
        CHECK(fingerprint_of(kilometers.records[i]) == make_fingerprint(facts[i].start, facts[i].metres));
}

// SPDX-License-Identifier: BSL-1.0
//
// The exact key of requirement 004: what falls into one bucket, what does not, and the neighbors.
#include "activities.hpp"

#include <coincide/match/fingerprint.hpp>
#include <coincide/record/activity.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <set>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

const auto start = rides::at("2019-09-07T07:29:50Z");

bool near_miss(fingerprint key, fingerprint of) {
    const auto keys = neighbors(of);
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("the example of the header has its minute and metre", "[fingerprint]") {
    const auto key = make_fingerprint(start, 12062.22);
    REQUIRE(key);
    // 2019-09-07T07:29Z is 1567841340 s after 1970: minute 26130689
    CHECK(key->minute() == 1567841390 / 60);
    CHECK(key->meter() == 12062);
    CHECK(key->bits >> 56 == 1);
}

TEST_CASE("within one minute and one metre records share the key", "[fingerprint]") {
    CHECK(make_fingerprint(start, 12062.0) == make_fingerprint(start, 12062.99));
    CHECK(make_fingerprint(start, 12062.0) != make_fingerprint(start, 12063.0));
    const auto minute = rides::at("2019-09-07T07:29:00Z");
    CHECK(make_fingerprint(minute, 1.0) == make_fingerprint(minute + 59s + 999ms, 1.0));
    CHECK(make_fingerprint(minute, 1.0) != make_fingerprint(minute + 60s, 1.0));
    CHECK(make_fingerprint(minute, 1.0) != make_fingerprint(minute - 1ms, 1.0));
}

TEST_CASE("an unknown distance has a key of its own", "[fingerprint]") {
    const auto unknown = make_fingerprint(start, std::nullopt);
    REQUIRE(unknown);
    CHECK(unknown->meter() == fingerprint::no_distance);
    for (const double v : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1.0, 1e308,
                           -1e308, 268435455.0, 0.0})
        CHECK(make_fingerprint(start, v) == unknown);
    CHECK(make_fingerprint(start, 268435454.0)->meter() == 268435454);
}

TEST_CASE("starts outside 1970 to 2199 have no key", "[fingerprint][hostile]") {
    CHECK_FALSE(make_fingerprint(instant{-1ms}, 1.0));
    CHECK(make_fingerprint(instant{}, 1.0)->minute() == 0);
    CHECK(make_fingerprint(latest_start, 1.0));
    CHECK_FALSE(make_fingerprint(latest_start + 1ms, 1.0));
    CHECK_FALSE(make_fingerprint(rides::at("9999-12-31T23:59:59Z"), 1.0));
    CHECK_FALSE(make_fingerprint(instant::max(), 1.0));
    CHECK_FALSE(make_fingerprint(instant::min(), 1.0));
}

TEST_CASE("the neighbors are the nine keys within a minute and a metre, the key itself first", "[fingerprint]") {
    const auto key = fingerprint::pack(1000, 5000);
    const auto keys = neighbors(key);
    CHECK(keys[0] == key);
    CHECK(std::set<fingerprint>(keys.begin(), keys.end()).size() == 9);
    for (const auto k : keys) {
        CHECK((k.minute() >= 999 && k.minute() <= 1001));
        CHECK((k.meter() >= 4999 && k.meter() <= 5001));
        CHECK(k.bits >> 56 == 1);
    }
}

TEST_CASE("records that start half a minute and a metre apart are neighbors", "[fingerprint]") {
    for (int s = 0; s < 120; ++s)
        CHECK(near_miss(*make_fingerprint(start + seconds{s} + 30s, 12063.1),
                        *make_fingerprint(start + seconds{s}, 12062.22)));
    CHECK_FALSE(near_miss(*make_fingerprint(start + 120s, 12062.22), *make_fingerprint(start, 12062.22)));
    CHECK_FALSE(near_miss(*make_fingerprint(start, 12064.22), *make_fingerprint(start, 12062.22)));
}

TEST_CASE("with an unknown distance only the minute varies", "[fingerprint]") {
    const auto key = *make_fingerprint(start, std::nullopt);
    const auto keys = neighbors(key);
    CHECK(keys[0] == key);
    CHECK(std::set<fingerprint>(keys.begin(), keys.end()).size() == 3);
    for (const auto k : keys) CHECK(k.meter() == fingerprint::no_distance);
}

TEST_CASE("at the edges of time and distance neighbors stay within them", "[fingerprint][hostile]") {
    for (const auto k : neighbors(fingerprint::pack(0, 0))) CHECK((k.minute() <= 1 && k.meter() <= 1));
    for (const auto k : neighbors(fingerprint::pack(5, 268435454)))
        CHECK((k.meter() == 268435453 || k.meter() == 268435454));
    CHECK(neighbors(fingerprint::pack(0, fingerprint::no_distance))[0].minute() == 0);
}

TEST_CASE("a neighbor's neighbor is the key again", "[fingerprint][law]") {
    for (const std::uint32_t minute : {0u, 1u, 77u, 26130689u})
        for (const std::uint32_t metre : {0u, 1u, 12062u, 268435453u, 268435454u, fingerprint::no_distance})
            for (const auto k : neighbors(fingerprint::pack(minute, metre)))
                CHECK(near_miss(fingerprint::pack(minute, metre), k));
}

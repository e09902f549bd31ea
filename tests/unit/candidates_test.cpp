// SPDX-License-Identifier: BSL-1.0
//
// Which pairs are looked at, which are not, and that their number is bounded.
#include "activities.hpp"

#include <coincide/group/candidates.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;
using rides::at;

namespace {

const auto start = at("2024-05-01T06:50:00Z");

struct found {
    std::vector<candidate_pair> pairs;
    std::size_t left_out = 0;
    bool has(std::uint32_t a, std::uint32_t b) const {
        return std::binary_search(pairs.begin(), pairs.end(), candidate_pair{a, b});
    }
};

/// The pairs of records that are given in start order.
found pairs_of(const std::vector<activity>& records, const search_limits& limits = {}) {
    std::vector<features> all;
    for (const auto& r : records) all.push_back(features_of(r, static_cast<std::uint32_t>(all.size())));
    found out;
    const auto list = candidates(all, limits);
    out.pairs = list.pairs, out.left_out = list.left_out;
    CHECK(std::is_sorted(out.pairs.begin(), out.pairs.end()));
    CHECK(std::adjacent_find(out.pairs.begin(), out.pairs.end()) == out.pairs.end());
    for (const auto p : out.pairs) CHECK((p.a < p.b && p.b < records.size()));
    return out;
}

}  // namespace

TEST_CASE("the example of the header: near in time, or equally long within 26 hours", "[candidates]") {
    const auto p = pairs_of({activity_of("garmin", "1", start, 30min, 0), activity_of("strava", "2", start + 2min, 30min, 0),
                             activity_of("garmin", "3", at("2024-05-01T17:30:00Z"), 90min, 0),
                             activity_of("strava", "4", at("2024-05-02T06:51:00Z"), 30min, 0)});
    CHECK(p.pairs == std::vector<candidate_pair>{{0, 1}, {0, 3}, {1, 3}});
    CHECK(p.left_out == 0);
}

TEST_CASE("spans that touch are a pair, however far their starts are apart", "[candidates]") {
    CHECK(pairs_of({activity_of("a", "1", start, 48h, 0), activity_of("b", "2", start + 47h, 1h, 0)}).has(0, 1));
    CHECK_FALSE(pairs_of({activity_of("a", "1", start, 10h, 0), activity_of("b", "2", start + 11h, 1h, 0)}).has(0, 1));
}

TEST_CASE("an imprecise start reaches as far as it says", "[candidates]") {
    auto typed = activity_of("manual", "1", start, 1h, 0);
    typed.start_precision = 43200s;
    const auto run = activity_of("garmin", "2", start + 11h, 30min, 0);
    CHECK(pairs_of({typed, run}).has(0, 1));
    typed.start_precision.reset();
    CHECK_FALSE(pairs_of({typed, run}).has(0, 1));
    auto late = activity_of("manual", "2", start + 11h, 1h, 0);
    late.start_precision = 43200s;
    CHECK(pairs_of({activity_of("garmin", "1", start, 40min, 0), late}).has(0, 1));
}

TEST_CASE("without a duration starts within twenty minutes are a pair", "[candidates]") {
    CHECK(pairs_of({activity_of("a", "1", start, 0s, 0), activity_of("b", "2", start + 20min, 1h, 0)}).has(0, 1));
    CHECK_FALSE(pairs_of({activity_of("a", "1", start, 0s, 0), activity_of("b", "2", start + 21min, 1h, 0)}).has(0, 1));
}

TEST_CASE("identities are found years apart", "[candidates]") {
    auto original = activity_of("garmin", "77", start, 1h, 0),
         copy = activity_of("strava", "5", start + 24h * 900, 20min, 0);
    copy.origin = {"garmin", "77"};
    CHECK(pairs_of({original, copy}).has(0, 1));
    auto sister = activity_of("runkeeper", "6", start + 24h * 1800, 40min, 0);
    sister.origin = {"garmin", "77"};
    CHECK(pairs_of({original, copy, sister}).pairs.size() == 3);
    auto leg = activity_of("garmin", "8", start + 24h * 900, 20min, 0);
    leg.parent_id = "77";
    CHECK(pairs_of({original, leg}).has(0, 1));
    auto x = activity_of("fit_file", "x/20240501.fit", start, 1h, 0),
         y = activity_of("gpx_file", "x/20240501.gpx", start + 24h * 900, 1h, 0);
    CHECK(pairs_of({x, y}).has(0, 1));
    x = activity_of("fit_file", "x.fit", start, 1h, 0), y = activity_of("garmin", "9", start + 24h * 900, 1h, 0);
    x.file = y.file = {.serial = "1", .time_created = start};
    CHECK(pairs_of({x, y}).has(0, 1));
    x.file = y.file = {.sha256 = std::string(64, 'e')};
    CHECK(pairs_of({x, y}).has(0, 1));
}

TEST_CASE("a clock that was never set meets nobody by time", "[candidates]") {
    auto lost = activity_of("fit_file", "a.fit", start, 30min, 0);
    lost.clock_unset = true;
    CHECK_FALSE(pairs_of({lost, activity_of("garmin", "1", start, 90min, 0)}).has(0, 1));
}

TEST_CASE("a crowd at one second is cut off and counted", "[candidates]") {
    std::vector<activity> crowd;
    for (int i = 0; i < 1000; ++i) crowd.push_back(activity_of("garmin", std::to_string(i), start, 1h, 0));
    const auto p = pairs_of(crowd, {.neighbors_max = 16});
    CHECK(p.pairs.size() <= 16 * crowd.size());
    CHECK(p.left_out > 0);
    CHECK(p.left_out == crowd.size() - 17);  // the last 17 have no more than 16 after them
}

TEST_CASE("in a crowd a copy still meets its original", "[candidates]") {
    std::vector<activity> crowd;
    for (int i = 0; i < 600; ++i) crowd.push_back(activity_of("garmin", std::to_string(i), start, 1h, 0));
    crowd.back().origin = {"garmin", "0"};
    CHECK(pairs_of(crowd).has(0, 599));
}

TEST_CASE("no records, one record and records that say nothing", "[candidates][hostile]") {
    CHECK(pairs_of({}).pairs.empty());
    CHECK(pairs_of({activity_of("a", "1", start, 1h, 0)}).pairs.empty());
    CHECK(pairs_of({activity{}, activity{}}).pairs.size() <= 1);
    auto early = activity_of("a", "1", instant{}, 0s, 0), vast = activity_of("b", "2", at("9999-12-31T23:59:59Z"), 0s, 0);
    vast.elapsed = milliseconds{4000000000000000};
    vast.start_precision = seconds::max();
    CHECK(pairs_of({early, vast}).pairs.empty());
}

TEST_CASE("a session meets all its legs", "[candidates]") {
    std::vector<activity> session{activity_of("garmin", "p", start, 0s, 0)};
    for (int i = 0; i < 40; ++i) {
        session.push_back(activity_of("garmin", "leg" + std::to_string(i), start + seconds{600 * i}, 9min, 0));
        session.back().parent_id = "p";
    }
    const auto p = pairs_of(session);
    for (std::uint32_t leg = 1; leg <= 40; ++leg) CHECK(p.has(0, leg));
}

TEST_CASE("a clock that was never set meets what is as long as it is, give or take 2 s", "[candidates]") {
    auto lost = activity_of("fit_file", "a.fit", at("1989-12-31T00:03:00Z"), 3601s, 10000),
         again = activity_of("tcx_file", "a.tcx", at("1989-12-31T00:04:00Z"), 3600s, 10000);
    lost.clock_unset = again.clock_unset = true;
    CHECK(pairs_of({lost, again}).has(0, 1));
    CHECK(pairs_of({lost, activity_of("strava", "1", start, 3599s, 10000)}).has(0, 1));
    CHECK_FALSE(pairs_of({lost, activity_of("strava", "1", start, 3598s, 10000)}).has(0, 1));
}

TEST_CASE("of many that are as long as a record without a clock, the nearest in length are met", "[candidates]") {
    std::vector<activity> year{activity_of("fit_file", "a.fit", at("1989-12-31T00:03:00Z"), 3600s, 10000)};
    year[0].clock_unset = true;
    for (int day = 0; day < 40; ++day) year.push_back(activity_of("garmin", std::to_string(day), start + 72h * day, day % 2 == 0 ? 3601s : 3600s, 10000));
    const auto p = pairs_of(year, {.alike_max = 8});
    CHECK(p.pairs.size() == 8);
    for (std::uint32_t day = 1; day <= 15; day += 2) CHECK(p.has(0, day + 1));
}

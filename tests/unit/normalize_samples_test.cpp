// SPDX-License-Identifier: BSL-1.0
//
// The samples that a payload carries, as the columns of a record.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace coincide;

namespace {

constexpr moment_rule start[] = {{"/start"}};
constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
constexpr std::string_view needs[] = {"/start"};
constexpr sample_column columns[] = {{samples::hr, "/hr"}, {samples::ele, "/ele", 0.5, 1000}, {samples::cadence, "/hz", 60}};
constexpr sample_rule rows[] = {{.rows = "/points", .time = "/t", .lat = "/lat", .lon = "/lon", .columns = columns}};

profile with(std::span<const sample_rule> track) {
    return {.name = "test", .source = "testing", .needs = needs, .start = start, .numbers = {}, .says = says, .track = track};
}
normalized read(std::vector<flat_payload> points, std::span<const sample_rule> rules = rows) {
    flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T02:45:10+02:00"}};
    ride.rows["/points"] = std::move(points);
    return *normalize(ride, with(rules));
}
flat_payload point(double t, double lat, double lon, double hr = 120) { return {{"/t", t}, {"/lat", lat}, {"/lon", lon}, {"/hr", hr}}; }

using times = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("rows of samples become a track in canonical units", "[normalize][samples]") {
    const auto got = read({point(0, 51, 3), point(1.5, 51.0001, 3, 130).with({{"/ele", 1020}, {"/hz", 1.5}})}).record.track;
    CHECK(got.t_ms == times{0, 1500});
    CHECK(got.lat == std::vector<double>{51, 51.0001});
    CHECK(got[1].hr_bpm == 130);
    CHECK(got[1].ele_m == 10);
    CHECK(got[1].cadence_rpm == 90);
    CHECK_FALSE(got[0].ele_m == got[0].ele_m);  // not known there
    CHECK(got.values[samples::power].empty());
}

TEST_CASE("samples without positions are streams", "[normalize][samples]") {
    const auto record = read({{{"/t", 0}, {"/hr", 100}}, {{"/t", 1}, {"/hr", 101}}}).record;
    CHECK(record.track.empty());
    CHECK(record.streams.values[samples::hr] == std::vector<double>{100, 101});
    CHECK(read({}).record.streams.empty());
}

TEST_CASE("bad samples cost themselves, not the record", "[normalize][samples]") {
    const auto got = read({point(0, 51, 3), point(1, 0, 0), point(2, 99, 3), {{"/lat", 51}, {"/lon", 3}}, {{"/t", "soon"}}, point(3, 51, 3).with({{"/hr", "fast"}})});
    CHECK(got.record.track.t_ms == times{0, 1000, 2000, 3000});  // what has no time is no sample
    CHECK(got.record.track.positions() == 2);
    CHECK_FALSE(got.record.track[3].hr_bpm == got.record.track[3].hr_bpm);
    CHECK(got.remarks == std::vector<remark>{{problem_code::fix_without_time, "track", "/points"}, {problem_code::fix_out_of_range, "track", "/points"}});
}

TEST_CASE("samples of one time become one, and that is told", "[normalize][samples]") {
    const auto got = read({point(0, 51, 3), point(2, 51.1, 3), point(2, 51.2, 3)});
    CHECK(got.record.track.t_ms == times{0, 2000});
    CHECK(got.remarks == std::vector<remark>{{problem_code::time_went_back, "track", "/points"}});
}

TEST_CASE("samples that went back in time are sorted and told", "[normalize][samples]") {
    const auto got = read({point(2, 51, 3), point(0, 51.1, 3), point(0, 51.2, 3)});
    CHECK(got.record.track.t_ms == times{0, 2000});
    CHECK(got.record.track.lat == std::vector<double>{51.1, 51});
    REQUIRE(got.remarks.size() == 1);
    CHECK(got.remarks[0] == remark{problem_code::time_went_back, "track", "/points"});
}

TEST_CASE("sample times may be stamps, of an instant or of the local clock", "[normalize][samples]") {
    constexpr sample_rule stamps[] = {{.rows = "/points", .time = "/t", .time_factor = 0, .form = stamp::text, .columns = columns}};
    const auto at = [](const char* t) { return flat_payload{{"/t", t}, {"/hr", 100}}; };
    CHECK(read({at("2025-03-30T00:45:11Z"), at("2025-03-30T02:45:12+02:00"), at("2025-03-30T02:45:13")}, stamps).record.streams.t_ms == times{1000, 2000, 3000});
    constexpr sample_rule epochs[] = {{.rows = "/points", .time = "/t", .time_factor = 0, .form = stamp::unix_s, .columns = columns}};
    CHECK(read({{{"/t", 1743295511}, {"/hr", 100}}}, epochs).record.streams.t_ms == times{1000});
}

TEST_CASE("arrays side by side become one track; an array of another length does not belong to it", "[normalize][samples]") {
    static constexpr sample_column one[] = {{samples::hr, "/hr"}};
    constexpr sample_rule arrays[] = {{.time = "/t", .lat = "/lat", .lon = "/lon", .columns = one}};
    const auto list = [](std::initializer_list<double> values) {
        std::vector<flat_payload> out;
        for (const double v : values) out.push_back({{"", v}});
        return out;
    };
    flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}};
    ride.rows["/t"] = list({0, 1, 2}), ride.rows["/lat"] = list({51, 51.1, 51.2}), ride.rows["/lon"] = list({3, 3, 3}), ride.rows["/hr"] = list({100, 101});
    const auto got = *normalize(ride, with(arrays));
    CHECK(got.record.track.size() == 3);
    CHECK(got.record.track.positions() == 3);
    CHECK(got.record.track.values[samples::hr].empty());
    REQUIRE(got.remarks.size() == 1);
    CHECK(got.remarks[0].code == problem_code::unequal_lengths);
    ride.rows["/t"][1] = {{"", "soon"}};
    const auto untimed = *normalize(ride, with(arrays));
    CHECK(untimed.record.track.empty());
    REQUIRE(untimed.remarks.size() == 1);
    CHECK(untimed.remarks[0].code == problem_code::fix_without_time);
}

TEST_CASE("the first rule that yields samples counts", "[normalize][samples]") {
    constexpr sample_rule two[] = {{.rows = "/none", .time = "/t", .columns = columns}, rows[0]};
    CHECK(read({point(0, 51, 3)}, two).record.track.size() == 1);
}

TEST_CASE("a pace of a sample becomes its speed, and a rule may hold for some records only", "[normalize][samples]") {
    static constexpr sample_column for_500m[] = {inverse(samples::speed, "/p", 5000)}, for_1000m[] = {inverse(samples::speed, "/p", 10000)};
    constexpr sample_rule strokes[] = {{.only_where = "/type", .holds = "bike", .rows = "/points", .time = "/t", .columns = for_1000m}, {.rows = "/points", .time = "/t", .columns = for_500m}};
    flat_payload rowed{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}, {"/type", "rower"}};
    rowed.rows["/points"] = {{{"/t", 0}, {"/p", 1250}}, {{"/t", 1}, {"/p", 0}}, {{"/t", 2}, {"/p", -5}}};
    const auto speeds = normalize(rowed, with(strokes))->record.streams;
    CHECK(speeds[0].speed_mps == 4);
    CHECK(std::isnan(speeds[1].speed_mps));
    CHECK(std::isnan(speeds[2].speed_mps));
    CHECK(normalize(rowed.with({{"/type", "bike"}}), with(strokes))->record.streams[0].speed_mps == 8);
}

// value_at checks the number before it is multiplied: 1e308 Hz is infinite a minute.
TEST_CASE("a sample is finite or not known", "[normalize][samples][hostile]") {
    const auto got = read({point(0, 51, 3).with({{"/hz", 1e308}}), point(1, 51, 3).with({{"/hz", 1.5}})}).record.track;
    CHECK_FALSE(std::isinf(got[0].cadence_rpm));
}

TEST_CASE("samples that lie years from the start are left out, and told", "[normalize][samples][hostile]") {
    const auto got = read({point(0, 51, 3), point(1, 51.0001, 3), point(4e9, 51, 3), point(-4e9, 51, 3)});
    CHECK(got.record.track.t_ms == times{0, 1000});
    REQUIRE(got.remarks.size() == 1);
    CHECK(got.remarks[0].code == problem_code::out_of_range);
}

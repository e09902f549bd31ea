// SPDX-License-Identifier: BSL-1.0
//
// What a number of a payload becomes, by its rule: units, words for units, sentinels, second readings, sums.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/unit_words.hpp>

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr moment_rule start[] = {{"/start", stamp::text, zone_rule::utc}};
constexpr moment_rule end[] = {{"/end", stamp::text, zone_rule::utc}};
constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
constexpr std::string_view needs[] = {"/start"};

const flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}};

result<normalized> read_all(std::span<const number_rule> rules, const flat_payload& from) {
    return normalize(from, profile{.name = "test", .source = "testing", .needs = needs, .start = start, .end = end, .numbers = rules, .says = says});
}
result<normalized> read(const number_rule& rule, const flat_payload& from) { return read_all({&rule, 1}, from); }
result<normalized> read(const number_rule& rule, const flat_value& v) { return read(rule, ride.with({{"/v", v}})); }

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); }

/// "negative distance_m /v"
std::string problem_of(const result<normalized>& r) {
    if (r) return "none";
    return std::string{to_string(r.error().code)}.append(" ").append(r.error().field).append(" ").append(r.error().path);
}
/// The remark's code where there is exactly one.
std::string remark_of(const result<normalized>& r) {
    if (!r || r->remarks.size() != 1) return "not one";
    return std::string{to_string(r->remarks[0].code)}.append(" ").append(r->remarks[0].field).append(" ").append(r->remarks[0].path);
}

constexpr double infinity = std::numeric_limits<double>::infinity(), not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a number is read in the unit of its rule, and stays with the record as it was delivered", "[normalize][units]") {
    const auto got = read(take(energy_kcal, "/v", units::kilojoule), 2979.008);
    REQUIRE(got);
    CHECK(near(*got->record.energy_kcal, 712));
    REQUIRE(got->originals.size() == 1);
    CHECK(got->originals[0].key == "energy_kcal");
    CHECK(got->originals[0].path == "/v");
    CHECK(got->originals[0].unit == "kJ");
    CHECK(got->originals[0].value == 2979.008);
    CHECK(got->remarks.empty());
    CHECK(near(*read(take(distance_m, "/v", units::centimeter), 1004400)->record.distance_m, 10044));
    CHECK(near(*read(take(distance_m, "/v", units::mile), 6.2)->record.distance_m, 9977.9328));
    CHECK(near(*read(take(max_speed_mps, "/v", units::kilometer_per_hour), 36)->record.max_speed_mps, 10));
    CHECK(near(*read(take(avg_speed_mps, "/v", units::decameter_per_second), 0.27)->record.avg_speed_mps, 2.7));
    CHECK(near(*read(take(avg_heart_rate_bpm, "/v", units::hertz), 2.5)->record.avg_heart_rate_bpm, 150));
    CHECK(near(*read(take(avg_temperature_c, "/v", units::kelvin), 293.15)->record.avg_temperature_c, 20));
    CHECK(read(take(moving, "/v", units::millisecond), 3723250)->record.moving == 3723250ms);
    CHECK(read(take(elapsed, "/v", units::hour), 1.5)->record.elapsed == 90min);
    CHECK(read(take(avg_cadence_rpm, "/v", units::steps_per_minute), 170)->record.avg_cadence_rpm == 85.0);
}

TEST_CASE("a number in canonical units is taken as it is, a zero too", "[normalize][units]") {
    const auto got = read(take(distance_m, "/v"), 10044);
    CHECK(got->record.distance_m == 10044.0);
    CHECK(got->originals.empty());
    CHECK(read(take(distance_m, "/v"), 0)->record.distance_m == 0.0);
}

TEST_CASE("null, empty text and the words of services for no value say nothing", "[normalize]") {
    for (const auto as : {encoding::number, encoding::text_number, encoding::duration, encoding::measure, encoding::inverse_text}) {
        const auto rule = take(avg_speed_mps, "/v").encoded(as);
        CHECK_FALSE(read(rule, ride)->record.avg_speed_mps);
        CHECK_FALSE(read(rule, flat_value{})->record.avg_speed_mps);
        for (const char* none : {"", "NaN", "Infinity", "-Infinity"}) {
            const auto got = read(rule, none);
            REQUIRE(got);
            CHECK_FALSE(got->record.avg_speed_mps);
            CHECK(got->remarks.empty());
        }
    }
}

TEST_CASE("up to three values may stand for nothing, compared as they were delivered", "[normalize][trap]") {
    const auto climb = take(elevation_gain_m, "/v", units::centimeter).encoded(encoding::text_number).none(-1).none(-20000).none(-2000000);
    for (const char* none : {"-1", "-20000", "-2000000", "-2e6", "-1.0"}) CHECK_FALSE(read(climb, none)->record.elevation_gain_m);
    CHECK(read(climb, "100")->record.elevation_gain_m == 1.0);
    CHECK(problem_of(read(climb, "-100")) == "negative elevation_gain_m /v");
    CHECK_FALSE(read(take(avg_heart_rate_bpm, "/v").none(0), 0)->record.avg_heart_rate_bpm);
}

TEST_CASE("a value of the wrong type rejects the record, with role and path", "[normalize][reject]") {
    const auto rule = take(distance_m, "/v", units::kilometer);
    for (const flat_value& wrong : {flat_value{"12.5"}, flat_value{"far"}, flat_value{true}, flat_value::structured(), flat_value{"nan"}, flat_value{"inf"}})
        CHECK(problem_of(read(rule, wrong)) == "wrong_type distance_m /v");
    const auto text = rule.encoded(encoding::text_number);
    CHECK(read(text, "12.5")->record.distance_m == 12500.0);
    CHECK(read(text, 12.5)->record.distance_m == 12500.0);
    for (const flat_value& wrong : {flat_value{"12,5"}, flat_value{"12.5 km"}, flat_value{"--1"}, flat_value{false}, flat_value::structured(), flat_value{"1e999999999"}})
        CHECK(problem_of(read(text, wrong)) == "wrong_type distance_m /v");
    CHECK(problem_of(read(take(moving, "/v").encoded(encoding::duration), 3723)) == "wrong_type moving_time_s /v");
}

TEST_CASE("numbers that no activity has reject the record: negative, not finite, beyond all measure", "[normalize][reject]") {
    const auto rule = take(distance_m, "/v");
    CHECK(problem_of(read(rule, -1)) == "negative distance_m /v");
    CHECK(problem_of(read(rule, -1e-9)) == "negative distance_m /v");
    for (const double v : {infinity, -infinity, not_a_number}) CHECK(problem_of(read(rule, v)) == "not_finite distance_m /v");
    CHECK(problem_of(read(rule.encoded(encoding::text_number), std::string(400, '9'))) == "not_finite distance_m /v");
    CHECK(problem_of(read(rule, 1e308)) == "out_of_range distance_m /v");
    CHECK(problem_of(read(rule, 1.1e9)) == "out_of_range distance_m /v");
    CHECK(read(rule, 1e9)->record.distance_m == 1e9);
    CHECK(problem_of(read(take(distance_m, "/v", units::kilometer), 1e307)) == "out_of_range distance_m /v");
    CHECK(problem_of(read(take(elapsed, "/v"), INT64_MAX)) == "out_of_range elapsed_time_s /v");
    CHECK(problem_of(read(take(elapsed, "/v"), INT64_MIN)) == "negative elapsed_time_s /v");
}

TEST_CASE("angles and temperatures may be negative, and an offset counts before the sign", "[normalize]") {
    CHECK(read(take(avg_temperature_c, "/v"), -12)->record.avg_temperature_c == -12.0);
    CHECK(near(*read(take(avg_temperature_c, "/v", units::fahrenheit), -40)->record.avg_temperature_c, -40));
    CHECK(read(take(feeling, "/v", unit<dimension::scalar>{-1.0, 6.0, "1 strong - 5 weak"}), 1)->record.feeling == 5.0);
}

TEST_CASE("the unit may stand beside the value, and its case counts", "[normalize][units]") {
    const auto energy = take(energy_kcal, "/v", "/unit", words::energy);
    const auto in = [&](const number_rule& rule, const char* unit, double v) { return read(rule, ride.with({{"/v", v}, {"/unit", unit}})); };
    CHECK(in(energy, "Cal", 712)->record.energy_kcal == 712.0);
    CHECK(near(*in(energy, "cal", 712000)->record.energy_kcal, 712));
    CHECK(near(*in(energy, "kJ", 2979.008)->record.energy_kcal, 712));
    CHECK(in(energy, "kJ", 2979.008)->originals[0].unit == "kJ");
    const auto distance = take(distance_m, "/v", "/unit", words::length);
    CHECK(near(*in(distance, "mi", 1)->record.distance_m, 1609.344));
    CHECK(near(*in(distance, "yd", 100)->record.distance_m, 91.44));
    CHECK(in(take(moving, "/v", "/unit", words::duration), "min", 28.05)->record.moving == 1683s);
    CHECK(near(*in(take(avg_temperature_c, "/v", "/unit", words::temperature), "degF", 68)->record.avg_temperature_c, 20));
}

TEST_CASE("a unit that is not known, or not named, leaves the value out and says so", "[normalize][units][trap]") {
    const auto rule = take(distance_m, "/v", "/unit", words::length);
    for (const char* word : {"leagues", "KM", "Km", "km ", "M", "", "kcal"}) {
        const auto got = read(rule, ride.with({{"/v", 10}, {"/unit", word}}));
        REQUIRE(got);
        CHECK_FALSE(got->record.distance_m);
        CHECK(remark_of(got) == "unit_unknown distance_m /v");
    }
    CHECK(remark_of(read(rule, 10)) == "unit_unknown distance_m /v");
    const auto given = take(distance_m, "/v", units::kilometer, "/unit", words::length);
    CHECK(read(given, 10)->record.distance_m == 10000.0);
    CHECK(remark_of(read(given, ride.with({{"/v", 10}, {"/unit", "leagues"}}))) == "unit_unknown distance_m /v");
    CHECK(read(given, ride.with({{"/v", 10}, {"/unit", "mi"}}))->record.distance_m == 16093.44);
}

TEST_CASE("number and unit may stand in one text", "[normalize][units]") {
    const auto climb = take(elevation_gain_m, "/v", {}, words::length).encoded(encoding::measure);
    CHECK(read(climb, "8700 cm")->record.elevation_gain_m == 87.0);
    CHECK(read(climb, "8700 cm")->originals[0].unit == "cm");
    CHECK(near(*read(climb, "12.5 ft")->record.elevation_gain_m, 3.81));
    CHECK(remark_of(read(climb, "8700")) == "unit_unknown elevation_gain_m /v");
    CHECK(remark_of(read(climb, "8700 cubits")) == "unit_unknown elevation_gain_m /v");
    CHECK(problem_of(read(climb, "high cm")) == "wrong_type elevation_gain_m /v");
    CHECK(near(*read(take(avg_temperature_c, "/v", {}, words::temperature).encoded(encoding::measure), "68 degF")->record.avg_temperature_c, 20));
}

TEST_CASE("a second field tells which of two units is meant, and the record says that it was chosen", "[normalize][trap]") {
    const auto elapsed_rule = take(elapsed, "/v").or_in(0.001, "/timer", 1, 1e6);
    const auto both = [&](double v, double timer_s) { return read(elapsed_rule, ride.with({{"/v", v}, {"/timer", timer_s}})); };
    CHECK(both(4000, 3723)->record.elapsed == 4000s);
    CHECK(both(4000, 3723)->remarks.empty());
    CHECK(both(4000000, 3723)->record.elapsed == 4000s);
    CHECK(remark_of(both(4000000, 3723)) == "unit_chosen elapsed_time_s /v");
    CHECK(both(4000000, 3723)->originals[0].value == 4000000);
    CHECK(both(300000, 250000)->record.elapsed == 300000s);  // an expedition
    CHECK(read(elapsed_rule, 4000)->record.elapsed == 4000s);  // no second field: the limit decides
    CHECK(read(elapsed_rule, 4000000)->record.elapsed == 4000s);
    CHECK(read(elapsed_rule, ride.with({{"/v", 4000000}, {"/timer", 0}}))->record.elapsed == 4000s);
    CHECK(read(elapsed_rule, ride.with({{"/v", 4000000}, {"/timer", "PT1H2M3S"}}))->record.elapsed == 4000s);
}

TEST_CASE("a quotient of two fields, the span or a limit may tell too; where nothing tells, the value is left out", "[normalize][trap]") {
    const auto cadence = take(avg_cadence_rpm, "/v").or_in(0.5, "/steps per /timer", 30, 100);
    const auto ran = ride.with({{"/timer", 3600}, {"/steps", 10200}});  // 85 strides of one leg a minute
    CHECK(read(cadence, ran.with({{"/v", 85}}))->record.avg_cadence_rpm == 85.0);
    CHECK(read(cadence, ran.with({{"/v", 170}}))->record.avg_cadence_rpm == 85.0);
    CHECK(read(cadence, ride.with({{"/v", 170}}))->record.avg_cadence_rpm == 85.0);
    CHECK(read(cadence, ride.with({{"/v", 85}, {"/steps", 10200}, {"/timer", 0}}))->record.avg_cadence_rpm == 85.0);

    const auto total = take(moving, "/v").or_in(0.001, "span", 1, 4 * 86400);
    const auto an_hour = ride.with({{"/end", "2025-03-30T01:45:10Z"}});
    CHECK(read(total, an_hour.with({{"/v", 3500}}))->record.moving == 3500s);
    CHECK(read(total, an_hour.with({{"/v", 3500000}}))->record.moving == 3500s);
    CHECK(read(total, 3500000)->record.moving == 3500s);  // no end: no workout lasts four days

    const auto undecided = take(distance_m, "/v", units::kilometer).or_in(units::mile.factor, "/steps", 0.9);
    CHECK(near(*read(undecided, ride.with({{"/v", 10}, {"/steps", 11000}}))->record.distance_m, 10000));
    CHECK(near(*read(undecided, ride.with({{"/v", 6.2}, {"/steps", 11000}}))->record.distance_m, 9977.9328));
    CHECK(remark_of(read(undecided, 10)) == "unit_unknown distance_m /v");
    CHECK_FALSE(read(undecided, 10)->record.distance_m);
}

TEST_CASE("where both readings fit the second field, or none does, nothing is decided", "[normalize][trap]") {
    const auto distance = take(distance_m, "/v", units::kilometer).or_in(units::mile.factor, "/steps", 0.9).only_within(1.5);
    const auto steps = [&](int n, double v) { return read(distance, ride.with({{"/v", v}, {"/steps", n}})); };
    CHECK(near(*steps(9600, 9.6)->record.distance_m, 9600));
    CHECK(near(*steps(5700, 3)->record.distance_m, 4828.032));
    CHECK(remark_of(steps(14400, 10)) == "unit_unknown distance_m /v");   // 0.7 m a step in kilometres, 1.1 in miles
    CHECK(remark_of(steps(100000, 10)) == "unit_unknown distance_m /v");
}

TEST_CASE("of several second fields the first that is there decides", "[normalize][trap]") {
    const auto total = take(moving, "/v").or_in(0.001, "span|/m per /mps|/timer", 1, 4 * 86400);
    CHECK(read(total, ride.with({{"/v", 300000}, {"/end", "2025-04-02T00:45:10Z"}, {"/timer", 300}}))->record.moving == 300000s);
    CHECK(read(total, ride.with({{"/v", 300000}, {"/m", 810}, {"/mps", 2.7}}))->record.moving == 300s);
    CHECK(read(total, ride.with({{"/v", 300000}, {"/m", 810}, {"/mps", 0}, {"/timer", 300}}))->record.moving == 300s);
    CHECK(read(total, ride.with({{"/v", 300000}}))->record.moving == 300000s);
}

TEST_CASE("a pace becomes a speed, and no pace no speed", "[normalize][units]") {
    const auto coros = pace(avg_speed_mps, "/v", 1000);
    CHECK(near(*read(coros, 400)->record.avg_speed_mps, 2.5));
    CHECK(read(coros, 400)->originals[0].value == 400);
    CHECK_FALSE(read(coros, 0)->record.avg_speed_mps);
    CHECK(problem_of(read(coros, "400")) == "wrong_type avg_speed_mps /v");
    CHECK(problem_of(read(coros, -400)) == "negative avg_speed_mps /v");
    CHECK(problem_of(read(coros, 1e-300)) == "out_of_range avg_speed_mps /v");
    CHECK(near(*read(pace_text(avg_speed_mps, "/v", 1), "0.4")->record.avg_speed_mps, 2.5));
}

TEST_CASE("work and rest make the whole; without one of them there is no sum", "[normalize]") {
    const auto rule = take(elapsed, "/v", units::decisecond).plus("/rest");
    CHECK(read(rule, ride.with({{"/v", 12000}, {"/rest", 600}}))->record.elapsed == 1260s);
    CHECK_FALSE(read(rule, 12000)->record.elapsed);
}

TEST_CASE("rules of one role stand in order of trust: the first that yields a value is taken", "[normalize]") {
    const number_rule rules[] = {take(distance_m, "/m").none(0), take(distance_m, "/km", units::kilometer), take(distance_m, "/mi", units::mile)};
    CHECK(read_all(rules, ride.with({{"/m", 1}, {"/km", 2}}))->record.distance_m == 1.0);
    CHECK(read_all(rules, ride.with({{"/m", 0}, {"/km", 2}}))->record.distance_m == 2000.0);
    CHECK(read_all(rules, ride.with({{"/mi", 1}}))->record.distance_m == 1609.344);
    CHECK(problem_of(read_all(rules, ride.with({{"/m", "x"}, {"/km", 2}}))) == "wrong_type distance_m /m");
    CHECK(read_all(rules, ride.with({{"/m", 1}, {"/km", "x"}}))->record.distance_m == 1.0);  // not asked any more
}

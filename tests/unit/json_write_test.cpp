// SPDX-License-Identifier: BSL-1.0
#include "json_write.hpp"

#include <catch2/catch.hpp>

#include <clocale>
#include <limits>

using namespace reconcile;
using namespace std::chrono_literals;

namespace {

std::string number(double value, unsigned decimals = plain_decimals) {
    std::string out;
    append_number(out, value, decimals);
    return out;
}

std::string text(std::string_view value) {
    std::string out;
    append_string(out, value);
    return out;
}

std::string seconds_text(coincide::milliseconds value) {
    std::string out;
    append_seconds(out, value);
    return out;
}

coincide::activity small_record() {
    coincide::activity a;
    a.athlete_id = "me";
    a.source = "garmin";
    a.external_id = "7";
    a.start_time = coincide::parse_rfc3339("2024-05-26T22:19:26.500Z")->at;
    return a;
}

std::string record(const coincide::activity& a, bool tracks = false) {
    std::string out;
    write_record(out, a, {.with_tracks = tracks});
    return out;
}

}  // namespace

// Expected texts: Python 3, Decimal(repr(x)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP), zeros stripped.
TEST_CASE("numbers are rounded half away from zero", "[json][write]") {
    CHECK(number(1.0005) == "1.001");
    CHECK(number(0.00025) == "0");
    CHECK(number(-0.0005) == "-0.001");
    CHECK(number(0.125, bit_decimals) == "0.13");
    CHECK(number(2.675, bit_decimals) == "2.68");
    CHECK(number(49793.80049) == "49793.8");
    CHECK(number(51.00000005, degree_decimals) == "51.0000001");
    CHECK(number(4.9e-08, degree_decimals) == "0");
    CHECK(number(5e-08, degree_decimals) == "0.0000001");
    CHECK(number(123456789012.3456) == "123456789012.346");
    CHECK(number(0.1 + 0.2) == "0.3");
}

TEST_CASE("rounding up carries through nines", "[json][write]") {
    CHECK(number(999.9995) == "1000");
    CHECK(number(9.9996) == "10");
    CHECK(number(-179.99999995, degree_decimals) == "-180");
    CHECK(number(0.99999) == "1");
}

TEST_CASE("numbers have no exponent, no trailing zeros and no minus zero", "[json][write]") {
    CHECK(number(0) == "0");
    CHECK(number(-0.0) == "0");
    CHECK(number(-0.0004) == "0");
    CHECK(number(100) == "100");
    CHECK(number(2.50) == "2.5");
    CHECK(number(1e21) == "1000000000000000000000");
    CHECK(number(5e-324) == "0");
    CHECK(number(-std::numeric_limits<double>::max()).size() == 310);
}

TEST_CASE("durations are seconds with up to three decimals", "[json][write]") {
    CHECK(seconds_text(0ms) == "0");
    CHECK(seconds_text(1500ms) == "1.5");
    CHECK(seconds_text(1001ms) == "1.001");
    CHECK(seconds_text(7225s) == "7225");
    CHECK(seconds_text(-20ms) == "-0.02");
    CHECK(seconds_text(coincide::milliseconds::min()) == "-9223372036854775.808");
}

TEST_CASE("text is escaped as JSON wants it", "[json][write]") {
    CHECK(text("plain é 🚲") == "\"plain é 🚲\"");
    CHECK(text("\"\\/") == R"("\"\\/")");
    CHECK(text("\b\f\n\r\t") == R"("\b\f\n\r\t")");
    CHECK(text(std::string_view{"\0\x1f\x7f", 3}) == "\"\\u0000\\u001f\x7f\"");
}

TEST_CASE("bytes that are not UTF-8 become replacement characters", "[json][write]") {
    CHECK(text("a\xff") == "\"a\xEF\xBF\xBD\"");
    CHECK(text("\xC3") == "\"\xEF\xBF\xBD\"");
    CHECK(text("\xED\xA0\x80") == "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");  // a surrogate
    CHECK(text("\xC0\xAF é") == "\"\xEF\xBF\xBD\xEF\xBF\xBD é\"");              // an overlong slash
}

TEST_CASE("the writer puts commas where they belong", "[json][write]") {
    std::string out = "before\n";
    json_writer json{out};
    json.begin_object();
    json.key("a").begin_array();
    json.end_array();
    json.key("b").begin_array();
    json.integer(1);
    json.string("{");
    json.begin_object();
    json.end_object();
    json.boolean(true);
    json.number_or_null(coincide::no_value);
    json.end_array();
    json.key("c:").number(1.5);
    json.end_object();
    CHECK(out == "before\n{\"a\":[],\"b\":[1,\"{\",{},true,null],\"c:\":1.5}");
}

TEST_CASE("a record leaves out what is not known", "[json][write]") {
    CHECK(record(small_record()) ==
          R"({"athlete_id":"me","source":"garmin","external_id":"7","start_time":"2024-05-26T22:19:26.500Z"})");
    auto a = small_record();
    a.distance_m = coincide::no_value;
    a.energy_kcal = std::numeric_limits<double>::infinity();
    CHECK(record(a) == record(small_record()));
}

TEST_CASE("a record has its keys in the order of the format's table", "[json][write]") {
    auto a = small_record();
    a.extra = R"("mood":"fine","x":[1, 2])";
    a.computed = {"distance_m"};
    a.locked = {"name"};
    a.revision = 3;
    a.updated_at = a.start_time;
    a.parent_id = "p";
    a.start_lat_deg = 51.123456789;
    a.start_lon_deg = -3.5;
    a.file = {"garmin", "1", "2", a.start_time, "ab"};
    a.origin = {"wahoo", "9"};
    a.device = {"Garmin", "Edge", "3", coincide::device_type::bike_computer};
    a.feeling = 4;
    a.rpe = 7;
    a.tags = {"a", "b"};
    a.notes = "n";
    a.name = "t";
    a.source_activity_type = "GravelRide";
    a.sport = coincide::sport_from_slug("gravel_cycling");
    a.avg_cadence_rpm = 81;
    a.avg_temperature_c = -3.25;
    a.max_power_w = 700;
    a.avg_power_w = 200;
    a.max_heart_rate_bpm = 180;
    a.avg_heart_rate_bpm = 140;
    a.max_speed_mps = 12.34567;
    a.avg_speed_mps = 7;
    a.energy_kcal = 900;
    a.elevation_gain_m = 120;
    a.distance_m = 49793.8;
    a.moving = 6900s;
    a.timer = 7000s;
    a.elapsed = 7225500ms;
    a.start_precision = 60s;
    a.timezone = "Europe/Brussels";
    a.utc_offset = 7200s;
    CHECK(
        record(a) ==
        R"({"athlete_id":"me","source":"garmin","external_id":"7","start_time":"2024-05-26T22:19:26.500Z","utc_offset_s":7200,)"
        R"("timezone":"Europe/Brussels","start_precision_s":60,"elapsed_time_s":7225.5,"timer_time_s":7000,"moving_time_s":6900,)"
        R"("distance_m":49793.8,"elevation_gain_m":120,"energy_kcal":900,"avg_speed_mps":7,"max_speed_mps":12.346,)"
        R"("avg_heart_rate_bpm":140,"max_heart_rate_bpm":180,"avg_power_w":200,"max_power_w":700,"avg_temperature_c":-3.25,)"
        R"("avg_cadence_rpm":81,"activity_type":"gravel_cycling","source_activity_type":"GravelRide","name":"t","notes":"n",)"
        R"("tags":["a","b"],"rpe":7,"feeling":4,"device":{"manufacturer":"Garmin","model":"Edge","serial":"3",)"
        R"("type":"bike_computer"},"origin":{"source":"wahoo","external_id":"9"},"file":{"manufacturer":"garmin","product":"1",)"
        R"("serial":"2","time_created":"2024-05-26T22:19:26.500Z","sha256":"ab"},"start_lat":51.1234568,"start_lon":-3.5,)"
        R"("parent_id":"p","updated_at":"2024-05-26T22:19:26.500Z","revision":3,"locked":["name"],"computed":["distance_m"],)"
        R"("extra":{"mood":"fine","x":[1, 2]}})");
}

TEST_CASE("tracks are written only when asked for", "[json][write]") {
    auto a = small_record();
    a.track.push({.t = 0ms, .lat_deg = 51.00000004, .lon_deg = 3.5, .hr_bpm = 120});
    a.track.push({.t = 5500ms, .hr_bpm = 121.00049});
    a.track.finish();
    a.streams.push({.t = 0ms, .power_w = 200});
    CHECK(record(a) == record(small_record()));
    const auto written = record(a, true);
    CHECK(
        written.find(
            R"("track":{"t":[0,5.5],"lat":[51,null],"lon":[3.5,null],"hr":[120,121]},"streams":{"t":[0],"power":[200]})") !=
        std::string::npos);
}

TEST_CASE("a track without any position keeps its empty columns, which readers ask for", "[json][write]") {
    auto a = small_record();
    a.track.push({.t = 0ms, .hr_bpm = 120});
    CHECK(record(a, true).find(R"("track":{"t":[0],"lat":[null],"lon":[null],"hr":[120]})") != std::string::npos);
}

TEST_CASE("a decimal comma in the locale changes nothing that is written", "[json][write]") {
    if (!std::setlocale(LC_ALL, "de_DE.UTF-8")) return;
    CHECK(number(1234.5) == "1234.5");
    CHECK(seconds_text(1500ms) == "1.5");
    std::setlocale(LC_ALL, "C");
}

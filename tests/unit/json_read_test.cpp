// SPDX-License-Identifier: BSL-1.0
#include "json_read.hpp"
#include "json_write.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace reconcile;
using namespace std::chrono_literals;
using coincide::problem_code;

namespace {

struct outcome {
    std::optional<coincide::activity> record{};
    std::vector<finding> findings{};
};

outcome read_line(std::string_view line) {
    outcome out;
    out.record = decode_record_line(line, 1, out.findings);
    return out;
}

// A good record with more members: read(R"("distance_m":5)").
std::string line_with(std::string_view members) {
    std::string line = R"({"source":"strava","external_id":"7","start_time":"2024-05-27T06:19:26Z")";
    if (!members.empty()) line += ',';
    line += members;
    return line + '}';
}
outcome read(std::string_view members) { return read_line(line_with(members)); }

// What was rejected and where, as "code pointer"; "accepted" if nothing was.
std::string rejection(const outcome& out) {
    if (out.record) return "accepted";
    if (out.findings.size() != 1 || out.findings[0].kind != finding_kind::reject) return "not exactly one reject";
    return std::string{to_string(out.findings[0].code)} + ' ' + out.findings[0].pointer;
}
std::string rejection(std::string_view members) { return rejection(read(members)); }

// The only salvage finding of an accepted record.
std::string mended(const outcome& out) {
    if (!out.record) return "rejected";
    if (out.findings.size() != 1 || out.findings[0].kind != finding_kind::salvage) return "not exactly one salvage";
    return std::string{to_string(out.findings[0].code)} + ' ' + out.findings[0].field;
}

decoded read_all(std::string_view text) { return decode_ndjson(std::as_bytes(std::span{text})); }

std::string written(const decoded& records) {
    std::string out;
    for (const auto& record : records.activities) {
        write_record(out, record.activity, {.with_tracks = true});
        out += '\n';
    }
    return out;
}

}  // namespace

TEST_CASE("every key of the format is read", "[json][read]") {
    const auto out = read_line(
        R"({"athlete_id":"an","source":"strava","external_id":"7","start_time":"2024-05-27T06:19:26.5+08:00",)"
        R"("timezone":"Asia/Shanghai","start_precision_s":60,"elapsed_time_s":7225.5,"timer_time_s":7000,"moving_time_s":6900,)"
        R"("distance_m":49793.8,"elevation_gain_m":120,"energy_kcal":0,"avg_speed_mps":7.1,"max_speed_mps":12,)"
        R"("avg_heart_rate_bpm":140,"max_heart_rate_bpm":180,"avg_power_w":200,"max_power_w":700,"avg_temperature_c":-3,)"
        R"("avg_cadence_rpm":81,"activity_type":"gravel_cycling","source_activity_type":"GravelRide","name":"a\u00e9\ud83d\ude00",)"
        R"("notes":"n","tags":["x","y"],"rpe":7,"feeling":4,"device":{"manufacturer":"Garmin","model":"Edge","serial":"3",)"
        R"("type":"bike_computer"},"origin":{"source":"wahoo","external_id":"9"},"file":{"manufacturer":"garmin","product":"1",)"
        R"("serial":"2","time_created":"2024-05-27T06:19:26Z","sha256":"ab"},"start_lat":51.1,"start_lon":-3.5,"parent_id":"p",)"
        R"("updated_at":"2024-05-28T00:00:00Z","revision":-3,"locked":["name"],"computed":["distance_m"]})");
    REQUIRE(out.record);
    CHECK(out.findings.empty());
    const auto& a = *out.record;
    CHECK(a.athlete_id == "an");
    CHECK(a.source == "strava");
    CHECK(a.external_id == "7");
    CHECK(coincide::format_rfc3339(a.start_time) == "2024-05-26T22:19:26.500Z");
    CHECK(a.utc_offset == 28800s);
    CHECK(a.timezone == "Asia/Shanghai");
    CHECK(a.start_precision == 60s);
    CHECK(a.elapsed == 7225500ms);
    CHECK(a.timer == 7000s);
    CHECK(a.moving == 6900s);
    CHECK(a.distance_m == 49793.8);
    CHECK(a.elevation_gain_m == 120.0);
    CHECK(a.energy_kcal == 0.0);
    CHECK(a.avg_speed_mps == 7.1);
    CHECK(a.max_speed_mps == 12.0);
    CHECK(a.avg_heart_rate_bpm == 140.0);
    CHECK(a.max_heart_rate_bpm == 180.0);
    CHECK(a.avg_power_w == 200.0);
    CHECK(a.max_power_w == 700.0);
    CHECK(a.avg_temperature_c == -3.0);
    CHECK(a.avg_cadence_rpm == 81.0);
    CHECK(a.sport == coincide::sport_from_slug("gravel_cycling"));
    CHECK(a.source_activity_type == "GravelRide");
    CHECK(a.name == "aé😀");
    CHECK(a.notes == "n");
    CHECK(a.tags == std::vector<std::string>{"x", "y"});
    CHECK(a.rpe == 7.0);
    CHECK(a.feeling == 4.0);
    CHECK(a.device == coincide::device_info{"Garmin", "Edge", "3", coincide::device_type::bike_computer});
    CHECK(a.origin == coincide::origin_ref{"wahoo", "9"});
    CHECK(a.file.product == "1");
    CHECK(coincide::format_rfc3339(a.file.time_created.value()) == "2024-05-27T06:19:26Z");
    CHECK(a.file.sha256 == "ab");
    CHECK(a.start_lat_deg == 51.1);
    CHECK(a.start_lon_deg == -3.5);
    CHECK(a.parent_id == "p");
    CHECK(a.revision == -3);
    CHECK(a.locked == std::vector<std::string>{"name"});
    CHECK(a.computed == std::vector<std::string>{"distance_m"});
    CHECK(a.extra.empty());
}

TEST_CASE("null is the same as absent", "[json][read]") {
    const auto out = read(R"("athlete_id":null,"distance_m":null,"device":null,"track":null,"tags":null,"extra":null)");
    REQUIRE(out.record);
    CHECK(out.findings.empty());
    CHECK(out.record->athlete_id == "me");
    CHECK_FALSE(out.record->distance_m);
    CHECK(out.record->extra.empty());
    CHECK(read(R"("track":{"t":[0],"lat":[1],"lon":[2],"hr":null})").record);
}

TEST_CASE("a record without a required key is rejected", "[json][read]") {
    const std::string start = R"("start_time":"2024-05-27T06:19:26Z"})";
    CHECK(rejection(read_line(R"({"external_id":"7",)" + start)) == "missing_key /source");
    CHECK(rejection(read_line(R"({"source":"a","external_id":null,)" + start)) == "missing_key /external_id");
    CHECK(rejection(read_line(R"({"source":"a","external_id":"",)" + start)) == "missing_key /external_id");
    CHECK(rejection(read_line(R"({"source":"a","external_id":"7"})")) == "missing_key /start_time");
    CHECK(rejection(read_line("{}")) == "missing_key /source");
}

TEST_CASE("what is not JSON is rejected, with the reason", "[json][read]") {
    CHECK(rejection(read_line("hello")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":1)")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":1} x)")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":NaN})")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":01})")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":+1})")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":1.})")) == "malformed ");
    CHECK(rejection(read_line(R"({"a":"\ud800"})")) == "malformed ");
    CHECK(rejection(read_line("{\"a\":\"\xff\"}")) == "invalid_utf8 ");
    CHECK(rejection(read_line("[1]")) == "wrong_type ");
    CHECK(rejection(read_line(line_with("\"x\":" + std::string(80, '[') + std::string(80, ']')))) == "too_deep ");
    CHECK(read_line(line_with("\"x\":" + std::string(60, '[') + std::string(60, ']'))).record);
}

TEST_CASE("a value of the wrong type is rejected with its place", "[json][read]") {
    CHECK(rejection(R"("distance_m":"5000")") == "wrong_type /distance_m");
    CHECK(rejection(R"("name":5)") == "wrong_type /name");
    CHECK(rejection(R"("tags":["a",1])") == "wrong_type /tags/1");
    CHECK(rejection(R"("tags":"a")") == "wrong_type /tags");
    CHECK(rejection(R"("device":"Garmin")") == "wrong_type /device");
    CHECK(rejection(R"("device":{"model":1})") == "wrong_type /device/model");
    CHECK(rejection(R"("utc_offset_s":3600.5)") == "wrong_type /utc_offset_s");
    CHECK(rejection(R"("revision":"3")") == "wrong_type /revision");
    CHECK(rejection(R"("track":[])") == "wrong_type /track");
    CHECK(rejection(R"("streams":{"t":[0,"1"]})") == "wrong_type /streams/t/1");
    CHECK(rejection(R"("streams":{"t":[0],"hr":5})") == "wrong_type /streams/hr");
    const auto out = read(R"("distance_m":true)");
    CHECK(out.findings.at(0).field == "distance_m");
    CHECK(out.findings.at(0).line == 1U);
    CHECK(out.findings.at(0).source == "strava");
    CHECK(out.findings.at(0).external_id == "7");
}

TEST_CASE("a key that stands twice is rejected, at the top and in known objects", "[json][read]") {
    CHECK(rejection(R"("source":"x")") == "duplicate_key /source");
    CHECK(rejection(R"("distance_m":1,"distance\u005fm":1)") == "duplicate_key /distance_m");
    CHECK(rejection(R"("a/b":1,"a/b":1)") == "duplicate_key /a~1b");
    CHECK(rejection(R"("device":{"model":"a","model":"a"})") == "duplicate_key /device/model");
    CHECK(rejection(R"("track":{"t":[],"t":[],"lat":[],"lon":[]})") == "duplicate_key /track/t");
    CHECK(rejection(R"("extra":{"a":1,"a":2})") == "duplicate_key /extra/a");
    CHECK(rejection(R"("a":1,"extra":{"a":2})") == "duplicate_key /extra/a");
    CHECK(rejection(R"("mine":{"a":1,"a":2})") == "accepted");
}

TEST_CASE("negative and non-finite totals are rejected", "[json][read]") {
    CHECK(rejection(R"("distance_m":-0.1)") == "negative /distance_m");
    CHECK(rejection(R"("elapsed_time_s":-1)") == "negative /elapsed_time_s");
    CHECK(rejection(R"("avg_heart_rate_bpm":-1)") == "negative /avg_heart_rate_bpm");
    CHECK(rejection(R"("start_precision_s":-1)") == "negative /start_precision_s");
    CHECK(rejection(R"("distance_m":1e999)") == "not_finite /distance_m");
    CHECK(rejection(R"("avg_temperature_c":-1e999)") == "not_finite /avg_temperature_c");
    CHECK(rejection(R"("moving_time_s":1e18)") == "out_of_range /moving_time_s");
    CHECK(rejection(R"("avg_temperature_c":-40)") == "accepted");
}

TEST_CASE("a start that is no instant of our days is rejected", "[json][read]") {
    const auto start = [](std::string_view text) {
        return rejection(read_line(R"({"source":"a","external_id":"7","start_time":)" + std::string{text} + '}'));
    };
    CHECK(start(R"("1969-12-31T23:59:59Z")") == "out_of_range /start_time");
    CHECK(start(R"("2200-01-01T00:00:00Z")") == "out_of_range /start_time");
    CHECK(start(R"("2024-05-27T06:19:26")") == "missing_zone /start_time");
    CHECK(start(R"("2024-02-30T06:19:26Z")") == "bad_time /start_time");
    CHECK(start(R"("")") == "bad_time /start_time");
    CHECK(start("1716790766") == "wrong_type /start_time");
    CHECK(start(R"("1970-01-01T00:00:00Z")") == "accepted");
    CHECK(start(R"("2199-12-31T23:59:59.999Z")") == "accepted");
}

TEST_CASE("an offset in the start sets the UTC offset unless that is given", "[json][read]") {
    const auto at = [](std::string_view start, std::string_view more = "") {
        return read_line(R"({"source":"a","external_id":"7","start_time":")" + std::string{start} + '"' + std::string{more} +
                         '}');
    };
    CHECK(at("2024-05-27T06:19:26+02:00").record.value().utc_offset == 7200s);
    CHECK(at("2024-05-27T06:19:26+00:00").record.value().utc_offset == 0s);
    CHECK_FALSE(at("2024-05-27T06:19:26Z").record.value().utc_offset);
    CHECK_FALSE(at("2024-05-27T06:19:26-00:00").record.value().utc_offset);

    const auto conflict = at("2024-05-27T06:19:26+02:00", R"(,"utc_offset_s":3600)");
    CHECK(conflict.record.value().utc_offset == 3600s);
    CHECK(mended(conflict) == "offset_conflict utc_offset_s");
    CHECK(at("2024-05-27T06:19:26Z", R"(,"utc_offset_s":3600)").findings.empty());
    CHECK(at("2024-05-27T06:19:26+01:00", R"(,"utc_offset_s":3600)").findings.empty());
    CHECK(rejection(R"("utc_offset_s":86400)") == "out_of_range /utc_offset_s");
}

TEST_CASE("a clock that was never set is kept and flagged", "[json][read]") {
    const auto at = [](std::string_view start) {
        return read_line(R"({"source":"a","external_id":"7","start_time":")" + std::string{start} + "\"}");
    };
    CHECK(mended(at("1989-12-31T00:00:00Z")) == "clock_unset start_time");
    CHECK(at("1990-01-31T23:59:59Z").record.value().clock_unset);
    CHECK_FALSE(at("1990-02-01T00:00:00Z").record.value().clock_unset);
    CHECK_FALSE(at("1988-12-31T23:59:59Z").record.value().clock_unset);
}

TEST_CASE("second 60 is the next second, and flagged", "[json][read]") {
    const auto out = read_line(R"({"source":"a","external_id":"7","start_time":"2016-12-31T23:59:60Z"})");
    CHECK(mended(out) == "bad_time start_time");
    CHECK(coincide::format_rfc3339(out.record.value().start_time) == "2017-01-01T00:00:00Z");
}

TEST_CASE("integer ids keep their digits, however many", "[json][read]") {
    const auto id = [](std::string_view text) {
        return read_line(R"({"source":"a","start_time":"2024-05-27T06:19:26Z","external_id": )" + std::string{text} + " }");
    };
    CHECK(id("9007199254740993").record.value().external_id == "9007199254740993");  // 2^53 + 1
    CHECK(id("18446744073709551615").record.value().external_id == "18446744073709551615");
    CHECK(id("123456789012345678901234567890").record.value().external_id == "123456789012345678901234567890");
    CHECK(id("-5").record.value().external_id == "-5");
    CHECK(rejection(id("1.5")) == "wrong_type /external_id");
    CHECK(rejection(id("1e3")) == "wrong_type /external_id");
    CHECK(rejection(id("true")) == "wrong_type /external_id");
    const auto out = read(R"("parent_id":7,"origin":{"external_id":123456789012345678901234567890},"device":{"serial":42})");
    CHECK(out.record.value().parent_id == "7");
    CHECK(out.record.value().origin.external_id == "123456789012345678901234567890");
    CHECK(out.record.value().device.serial == "42");
    CHECK(read_line(R"({"external_id":7})").findings.at(0).external_id == "7");
}

TEST_CASE("unknown keys are kept as they came", "[json][read]") {
    CHECK(read(R"("b" : [1,  {"x":"}"}] , "distance_m":5, "a\u0062":1e5,"c":null)").record.value().extra ==
          R"("b":[1,  {"x":"}"}],"a\u0062":1e5,"c":null)");
    CHECK(read(R"("big":123456789012345678901234567890,"huge":1e999,"q":"\"\\")").record.value().extra ==
          R"("big":123456789012345678901234567890,"huge":1e999,"q":"\"\\")");
    CHECK(read(R"("points":3,"from":[],"group":"g","provenance":{},"alternatives":{},"likes":7)").record.value().extra == R"("likes":7)");  // our own output
    CHECK(read("\"a\":[1,\r\n2]").record.value().extra == "\"a\":[1,  2]");
}

TEST_CASE("unknown members of known objects are kept too", "[json][read]") {
    const auto out = read(R"("device":{"model":"Edge","firmware":"1.2", "hw" : 3},"origin":{"source":"x"})");
    CHECK(out.record.value().device.model == "Edge");
    CHECK(out.record.value().extra == R"("device":{"firmware":"1.2","hw":3})");
}

TEST_CASE("a member extra, our own output, is merged back", "[json][read]") {
    CHECK(read(R"("a":1,"extra":{"b":2, "c" :{"d":3}},"e":4)").record.value().extra == R"("a":1,"b":2,"c":{"d":3},"e":4)");
    CHECK(read(R"("extra":{})").record.value().extra.empty());
    CHECK(read(R"("extra":5)").record.value().extra == R"("extra":5)");
}

TEST_CASE("an unknown sport is other, and its name is kept", "[json][read]") {
    const auto out = read(R"("activity_type":"quidditch")");
    CHECK(out.record.value().sport == coincide::sport_from_slug("other"));
    CHECK(out.record.value().source_activity_type == "quidditch");
    CHECK(read(R"("activity_type":"quidditch","source_activity_type":"Q")").record.value().source_activity_type == "Q");
    const auto fridge = read(R"("device":{"type":"fridge"})");
    CHECK(fridge.record.value().device.type == coincide::device_type::other);
    CHECK(fridge.findings.size() == 1);
}

TEST_CASE("what is beside the point costs a value, not the record", "[json][read]") {
    const auto rpe = read(R"("rpe":0)");
    CHECK(mended(rpe) == "out_of_range rpe");
    CHECK_FALSE(rpe.record.value().rpe);
    const auto never = read(R"("updated_at":"0001-01-01T00:00:00Z")");
    CHECK(mended(never) == "out_of_range updated_at");
    CHECK_FALSE(never.record.value().updated_at);
    CHECK(mended(read(R"("updated_at":"9999-12-31T23:59:59-23:00")")) == "out_of_range updated_at");
    CHECK(mended(read(R"("start_lat":0,"start_lon":0)")) == "fix_out_of_range start_lat");
    CHECK(mended(read(R"("start_lat":51)")) == "fix_out_of_range start_lat");
    CHECK(rejection(R"("updated_at":"yesterday")") == "bad_time /updated_at");
}

TEST_CASE("times of a track are seconds with fractions", "[json][read]") {
    const auto out =
        read(R"("track":{"t":[0,1.0005,2.5],"lat":[1,2,3],"lon":[4,5,6],"ele":[null,-3.5,null],"hr":[null,null,null]})");
    CHECK(out.findings.empty());
    const auto& track = out.record.value().track;
    CHECK(track.t_ms == std::vector<std::int64_t>{0, 1001, 2500});
    CHECK(track.lat == std::vector<double>{1, 2, 3});
    CHECK(track[1].ele_m == -3.5);
    CHECK(track[0].ele_m != track[0].ele_m);
    CHECK(track.values[coincide::samples::hr].empty());
}

TEST_CASE("arrays of a track must be there and equally long", "[json][read]") {
    CHECK(rejection(R"("track":{"t":[0,1],"lat":[1,2],"lon":[4]})") == "unequal_lengths /track/lon");
    CHECK(rejection(R"("track":{"t":[0],"lat":[1,2],"lon":[4]})") == "unequal_lengths /track/lat");
    CHECK(rejection(R"("streams":{"t":[0,1],"hr":[]})") == "unequal_lengths /streams/hr");
    CHECK(rejection(R"("track":{"lat":[1],"lon":[4]})") == "missing_key /track/t");
    CHECK(rejection(R"("track":{"t":[0],"lat":[1]})") == "missing_key /track/lon");
    CHECK(rejection(R"("track":{"t":[0],"lat":[1],"lon":[1e999]})") == "not_finite /track/lon/0");
    CHECK(read(R"("track":{"t":[],"lat":[],"lon":[]})").record.value().track.empty());
}

TEST_CASE("faulty samples are dropped and counted", "[json][read]") {
    SECTION("off the globe, at (0,0), or half missing") {
        const auto out = read(R"("track":{"t":[0,1,2,3,4],"lat":[1,0,91,null,null],"lon":[1,0,5,5,null]})");
        CHECK(mended(out) == "fix_out_of_range track");
        CHECK(out.findings.at(0).reason.find("Dropped 3 ") == 0);
        CHECK(out.record.value().track.size() == 5);
        CHECK(out.record.value().track.positions() == 1);
    }
    SECTION("without a time, or with one that no recording has") {
        const auto out = read(R"("streams":{"t":[0,null,1e300,-1e10,1],"hr":[1,2,3,4,5]})");
        CHECK(mended(out) == "fix_without_time streams");
        CHECK(out.findings.at(0).reason.find("Dropped 3 ") == 0);
        CHECK(out.record.value().streams.t_ms == std::vector<std::int64_t>{0, 1000});
        CHECK(out.record.value().streams.values[coincide::samples::hr] == std::vector<double>{1, 5});
    }
    SECTION("running backwards") {
        const auto out = read(R"("streams":{"t":[0,5,3,5],"hr":[1,2,3,4]})");
        CHECK(mended(out) == "time_went_back streams");
        CHECK(out.record.value().streams.t_ms == std::vector<std::int64_t>{0, 3000, 5000});
        CHECK(out.record.value().streams.values[coincide::samples::hr] == std::vector<double>{1, 3, 2});
    }
}

TEST_CASE("limits are kept", "[json][read]") {
    decode_limits limits;
    limits.fixes = 2;
    std::vector<finding> findings;
    CHECK(decode_record_line(line_with(R"("streams":{"t":[0,1]})"), 1, findings, limits));
    CHECK_FALSE(decode_record_line(line_with(R"("streams":{"t":[0,1,2]})"), 1, findings, limits));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].code == problem_code::too_large);

    limits.line_bytes = 10;
    findings.clear();
    CHECK_FALSE(decode_record_line(line_with(""), 1, findings, limits));
    CHECK(findings.at(0).code == problem_code::too_large);
}

TEST_CASE("one bad line never stops the rest", "[json][read]") {
    const std::string good = line_with("");
    const auto out = read_all("\xEF\xBB\xBF" + good + "\r\n\n  \t\r\nbad\n" + good + "\n\x01\n" + good);
    REQUIRE(out.activities.size() == 3);
    CHECK(out.activities[2].ordinal == 7);  // its line
    REQUIRE(out.findings.size() == 2);
    CHECK(out.findings[0].line == 4U);
    CHECK(out.findings[1].line == 6U);
    CHECK(read_all("").activities.empty());
    REQUIRE(read_all("\n\n").findings.size() == 1);
    CHECK(read_all("\n\n").findings[0].code == coincide::problem_code::empty);
}

TEST_CASE("a rejected record leaves no other findings behind", "[json][read]") {
    CHECK(rejection(R"("start_lat":0,"rpe":99,"distance_m":-1)") == "negative /distance_m");
}

TEST_CASE("a decimal comma in the locale changes nothing that is read", "[json][read]") {
    if (!std::setlocale(LC_ALL, "de_DE.UTF-8")) return;
    CHECK(read(R"("distance_m":1234.5,"big":123456789012345678901234567890)").record.value().distance_m == 1234.5);
    std::setlocale(LC_ALL, "C");
}

TEST_CASE("real recordings are read without loss and written to the same bytes twice", "[json][read][data]") {
    const char* data = std::getenv("COINCIDE_DATA");
    if (!data) return;
    const auto folder = std::filesystem::path{data} / "recordings" / "derived";
    if (!std::filesystem::is_directory(folder)) return;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".ndjson") continue;
        std::ifstream in{entry.path(), std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        const auto records = read_all(text);
        for (const auto& f : records.findings) CHECK(f.kind != finding_kind::reject);
        const std::string once = written(records);
        CHECK(written(read_all(once)) == once);
        CHECK(records.activities.size() == static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
    }
}

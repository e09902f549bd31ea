// SPDX-License-Identifier: BSL-1.0
//
// JSON payloads through both adapters. simdjson is linked with reconcile, whose writer shows whole records as text here.
#include "json_write.hpp"

#include <coincide/adapters/nlohmann_json.hpp>
#include <coincide/adapters/simdjson.hpp>
#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/providers/suunto.hpp>
#include <coincide/normalize/providers/whoop.hpp>

#include <catch2/catch.hpp>

using namespace coincide;

namespace {

std::string written(const result<normalized>& r) {
    if (!r) return std::string{to_string(r.error().code)}.append(" ").append(r.error().field).append(" ").append(r.error().path);
    std::string out;
    reconcile::write_record(out, r->record, {.with_tracks = true});
    for (const auto& o : r->originals) out.append("\n").append(o.key).append(" ").append(o.path).append(" ").append(std::to_string(o.value)).append(o.unit);
    for (const auto& m : r->remarks) out.append("\n").append(to_string(m.code)).append(" ").append(m.field).append(" ").append(m.path);
    return out;
}

/// What both adapters read, when they agree; the payload is the same afterwards, and so is a second reading.
std::string read(std::string_view text, const profile& by) {
    const auto json = nlohmann::json::parse(text);
    const auto before = json.dump();
    const auto first = written(normalize(json_payload{&json}, by)), second = written(normalize(json_payload{&json}, by));
    simdjson::dom::parser parser;
    simdjson::dom::element element;
    const std::string padded{text};
    if (parser.parse(padded).get(element)) return "not JSON for simdjson";
    const auto other = written(normalize(json_payload{element}, by));
    if (json.dump() != before) return "the payload was changed";
    if (first != second) return "the second reading differs: " + second;
    return first == other ? first : first + "\nis for simdjson\n" + other;
}
bool says(const std::string& record, std::string_view part) { return record.find(part) != std::string::npos; }

const std::string whoop_run = R"({"id":"ecfc6a15","user_id":10129,"start":"2025-03-30T00:45:10.000Z","end":"2025-03-30T01:47:13.000Z","timezone_offset":"+02:00",
    "sport_name":"running","score_state":"SCORED","score":{"average_heart_rate":123,"max_heart_rate":146,"kilojoule":2979.008,"distance_meter":10044.5}})";

}  // namespace

TEST_CASE("a payload is read alike through both adapters, never altered, and alike again", "[normalize][json]") {
    const auto whoop = read(whoop_run, providers::whoop);
    CHECK(says(whoop, R"("external_id":"ecfc6a15","start_time":"2025-03-30T00:45:10Z","utc_offset_s":7200,"elapsed_time_s":3723)"));
    CHECK(says(whoop, R"("energy_kcal":712,"avg_heart_rate_bpm":123)"));
    CHECK(says(whoop, "energy_kcal /score/kilojoule 2979.008000kJ"));

    const auto strava = read(R"({"id":3855400590,"name":"Lunch Ride","start_date":"2025-03-30T00:45:10Z","start_date_local":"2025-03-30T02:45:10Z","utc_offset":7200.0,
        "elapsed_time":4000,"moving_time":3723,"distance":24931.4,"sport_type":"MountainBikeRide","trainer":false,"external_id":"garmin_push_12","max_speed":0,
        "kilojoules":780.5,"start_latlng":[51.05,3.72],"athlete":{"id":134815},"timezone":"(GMT+01:00) Europe/Brussels"})", providers::strava);
    CHECK(says(strava, R"("start_time":"2025-03-30T00:45:10Z","utc_offset_s":7200,"timezone":"Europe/Brussels")"));
    CHECK(says(strava, R"("origin":{"source":"garmin","external_id":"12"})"));
    CHECK(says(strava, R"("start_lat":51.05,"start_lon":3.72)"));
    CHECK_FALSE(says(strava, "energy_kcal"));  // kilojoules are work
    CHECK_FALSE(says(strava, "max_speed"));

    const auto suunto = read(R"({"DeviceLog":{"Header":{"DateTime":"2025-03-30T02:45:10.000+02:00","Duration":3723.4,"PauseDuration":276.6,"Distance":10044,"Energy":2979008,
        "ActivityType":3,"HR":[{"Avg":2.05,"Max":2.5}],"Temperature":[{"Avg":291.15}]},"Samples":[{"TimeISO8601":"2025-03-30T02:45:10.000+02:00","HR":2.0,
        "Latitude":0.8910,"Longitude":0.0648},{"TimeISO8601":"2025-03-30T02:45:11.000+02:00","HR":2.1}]}})", providers::suunto_devicelog);
    CHECK(says(suunto, R"("elapsed_time_s":4000,"moving_time_s":3723.4)"));
    CHECK(says(suunto, R"("energy_kcal":712)"));
    CHECK(says(suunto, R"("hr":[120,126])"));
    CHECK(says(suunto, R"("lat":[51.0505395,null])"));
}

TEST_CASE("ids keep their digits through both adapters", "[normalize][json][ids]") {
    const auto id = [](std::string_view digits) {
        const auto got = read(R"({"id":)" + std::string{digits} + R"(,"start":"2025-03-30T00:45:10Z","end":"2025-03-30T01:47:13Z","sport_id":0,"score_state":"X"})", providers::whoop);
        const auto at = got.find("\"external_id\":\"");
        return at == std::string::npos ? got : got.substr(at + 15, got.find('"', at + 15) - at - 15);
    };
    CHECK(id("7") == "7");
    CHECK(id("7.0") == "7");
    CHECK(id("\"7.0\"") == "7.0");
    CHECK(id("9007199254740992") == "9007199254740992");
    CHECK(id("9007199254740993") == "9007199254740993");
    CHECK(id("9223372036854775807") == "9223372036854775807");
    for (const char* lost : {"9223372036854775808", "18446744073709551615", "1e19", "9007199254740992.0", "7.5", "true", "[7]", "{\"id\":7}"})
        CHECK(id(lost) == "wrong_type external_id /id");
    CHECK(id("null") == "missing_key external_id /id");
    CHECK(id("\"\"") == "missing_key external_id /id");
}

TEST_CASE("every fault is told with its code, its role and the path in the payload", "[normalize][json][reject]") {
    const auto fault = [](std::string_view part, std::string_view instead) {
        auto text = whoop_run;
        REQUIRE(text.find(part) != std::string::npos);
        return read(text.replace(text.find(part), part.size(), instead), providers::whoop);
    };
    CHECK(fault("2979.008", "\"2979\"") == "wrong_type energy_kcal /score/kilojoule");
    CHECK(fault("2979.008", "[2979]") == "wrong_type energy_kcal /score/kilojoule");
    CHECK(fault("2979.008", "-1") == "negative energy_kcal /score/kilojoule");
    CHECK(fault("10044.5", "1e300") == "out_of_range distance_m /score/distance_meter");
    CHECK(fault("\"2025-03-30T00:45:10.000Z\"", "1743295510") == "bad_time start_time /start");
    CHECK(fault("\"2025-03-30T00:45:10.000Z\"", "null") == "missing_key start_time /start");
    CHECK(fault("2025-03-30T01:47:13.000Z", "2025-03-30T00:45:09Z") == "negative elapsed_time_s /end");
    CHECK(fault("2025-03-30T01:47:13.000Z", "") == "bad_time elapsed_time_s /end");
    CHECK(fault("\"running\"", "{}") == "wrong_type activity_type /sport_name");
    CHECK(says(fault("\"score\":{", "\"score\":null,\"points\":{"), R"("elapsed_time_s":3723)"));  // not scored yet
    CHECK(says(fault("\"score\":{", "\"score\":7,\"points\":{"), R"("elapsed_time_s":3723)"));     // nothing can stand in a number
    CHECK(says(fault("+02:00", "+25:00"), "offset_conflict utc_offset_s /timezone_offset"));
}

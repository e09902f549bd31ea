// SPDX-License-Identifier: BSL-1.0
#include "../support/activities.hpp"
#include "output_csv.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using coincide::activity;
using reconcile::merged_activity;

using cells = std::vector<std::string>;

/// Reads a CSV as RFC 4180 has it, with a line feed for a row end.
std::vector<cells> rows_of(std::string_view csv) {
    std::vector<cells> rows;
    bool quoted = false, begin = true;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        if (begin) rows.push_back({""});
        begin = false;
        const char c = csv[i];
        if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
            rows.back().back() += csv[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (quoted)
            rows.back().back() += c;
        else if (c == ',')
            rows.back().push_back("");
        else if (c == '\n')
            begin = true;
        else
            rows.back().back() += c;
    }
    CHECK_FALSE(quoted);
    CHECK(begin);
    return rows;
}

/// The row of an activity, by the names of the columns.
std::map<std::string, std::string> row_of(const std::vector<activity>& records, const merged_activity& merged) {
    std::string csv = reconcile::history_header().substr(3);
    append_history_row(csv, records, merged);
    const auto rows = rows_of(csv);
    REQUIRE(rows.size() == 2);
    REQUIRE(rows[0].size() == rows[1].size());
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < rows[0].size(); ++i) row[rows[0][i]] = rows[1][i];
    return row;
}

std::map<std::string, std::string> row_of(const activity& a) {
    merged_activity merged;
    merged.activity = a;
    return row_of({}, merged);
}

std::string row_text(const activity& a) {
    merged_activity merged;
    merged.activity = a;
    std::string csv;
    append_history_row(csv, {}, merged);
    return csv;
}

activity run() { return rides::activity_of("coincide", "ann/garmin/1", rides::at("2024-05-27T06:19:26Z"), 2400s, 6976.09); }

std::vector<merged_activity> merged(const std::vector<activity>& records) {
    std::vector<merged_activity> all;
    for (const auto& group : coincide::group(records, coincide::presets::balanced))
        for (auto& one : reconcile::merged_activities(records, group, coincide::presets::measured_first))
            all.push_back(std::move(one));
    return all;
}

}  // namespace

TEST_CASE("the header names every column once, after a byte order mark", "[csv]") {
    CHECK(reconcile::history_header() ==
          "\xEF\xBB\xBFstart_time,start_local,utc_offset_s,activity_type,name,elapsed_time_s,timer_time_s,moving_time_s,"
          "distance_m,elevation_gain_m,energy_kcal,avg_heart_rate_bpm,max_heart_rate_bpm,avg_power_w,max_power_w,avg_speed_"
          "mps,"
          "max_speed_mps,avg_cadence_rpm,avg_temperature_c,rpe,feeling,device,notes,tags,sources,records,review,athlete_id,"
          "group,parent_id\n");
}

TEST_CASE("what is not known is an empty cell", "[csv]") {
    activity bare;
    bare.start_time = rides::at("2024-05-27T06:19:26Z");
    for (const auto& [name, cell] : row_of(bare))
        CHECK((name == "start_time" || name == "records" || name == "review" || cell.empty()));
}

TEST_CASE("numbers are those of the NDJSON, and never quoted or marked", "[csv]") {
    auto a = run();
    a.distance_m = 1.0005;
    a.elapsed = 1500ms;
    a.elevation_gain_m = -12.34567;
    a.energy_kcal = 1e6;
    a.avg_power_w = 0.0;
    a.max_power_w = std::numeric_limits<double>::infinity();
    a.avg_temperature_c = -0.0001;
    a.rpe = 6;
    const auto row = row_of(a);
    CHECK(row.at("distance_m") == "1.001");
    CHECK(row.at("elapsed_time_s") == "1.5");
    CHECK(row.at("elevation_gain_m") == "-12.346");
    CHECK(row.at("energy_kcal") == "1000000");
    CHECK(row.at("avg_power_w") == "0");
    CHECK(row.at("max_power_w").empty());
    CHECK(row.at("avg_temperature_c") == "0");
    CHECK(row.at("rpe") == "6");
    CHECK(row_text(a).find(",-12.346,") != std::string::npos);
}

TEST_CASE("every number stands under its own name", "[csv]") {
    activity a;
    a.start_time = rides::at("2024-05-27T06:19:26Z");
    a.elapsed = 1s, a.timer = 2s, a.moving = 3s;
    a.distance_m = 4, a.elevation_gain_m = 5, a.energy_kcal = 6;
    a.avg_heart_rate_bpm = 7, a.max_heart_rate_bpm = 8, a.avg_power_w = 9, a.max_power_w = 10;
    a.avg_speed_mps = 11, a.max_speed_mps = 12, a.avg_cadence_rpm = 13, a.avg_temperature_c = 14, a.rpe = 15, a.feeling = 16;
    const auto row = row_of(a);
    int number = 0;
    for (const char* name : {"elapsed_time_s", "timer_time_s", "moving_time_s", "distance_m", "elevation_gain_m",
                             "energy_kcal", "avg_heart_rate_bpm", "max_heart_rate_bpm", "avg_power_w", "max_power_w",
                             "avg_speed_mps", "max_speed_mps", "avg_cadence_rpm", "avg_temperature_c", "rpe", "feeling"})
        CHECK(row.at(name) == std::to_string(++number));
}

TEST_CASE("the start is told in UTC, and as the clock on the wall said where the offset is known", "[csv]") {
    auto a = run();
    CHECK(row_of(a).at("start_time") == "2024-05-27T06:19:26Z");
    CHECK(row_of(a).at("start_local").empty());
    a.utc_offset = 7200s;
    CHECK(row_of(a).at("start_local") == "2024-05-27 08:19:26");
    CHECK(row_of(a).at("utc_offset_s") == "7200");
    a.utc_offset = -34200s;
    a.start_time += 999ms;
    CHECK(row_of(a).at("start_time") == "2024-05-27T06:19:26.999Z");
    CHECK(row_of(a).at("start_local") == "2024-05-26 20:49:26");
    CHECK(row_of(a).at("utc_offset_s") == "-34200");
}

TEST_CASE("commas, quotes and line breaks stay inside their cell", "[csv]") {
    auto a = run();
    a.name = "5 km, \"fast\"";
    a.notes = "first\nsecond\r\nthird, \"\"\n";
    a.tags = {"long, slow", "race"};
    const auto row = row_of(a);
    CHECK(row.at("name") == a.name);
    CHECK(row.at("notes") == a.notes);
    CHECK(row.at("tags") == "long, slow, race");
    CHECK(row.at("activity_type") == "running");
    CHECK(row_text(run()).find('"') == std::string::npos);
}

TEST_CASE("text that a spreadsheet would run as a formula is marked with an apostrophe", "[csv]") {
    for (const std::string start : {"=", "+", "-", "@", "\t", "\r", "\n", " =", "  @"}) {
        auto a = run();
        a.name = start + "cmd|' /C calc'!A0";
        a.notes = start;
        a.tags = {start + "1+1"};
        a.device.model = start + "HYPERLINK(\"http://x\")";
        a.athlete_id = start + "a";
        a.parent_id = start + "b";
        const auto row = row_of(a);
        CHECK(row.at("name") == "'" + a.name);
        CHECK(row.at("notes") == "'" + a.notes);
        CHECK(row.at("tags") == "'" + a.tags[0]);
        CHECK(row.at("device") == "'" + a.device.model);
        CHECK(row.at("athlete_id") == "'" + a.athlete_id);
        CHECK(row.at("parent_id") == "'" + a.parent_id);
        CHECK(row.at("distance_m") == "6976.09");
    }
    auto a = run();
    a.name = "a = b";
    a.notes = "'quoted'";
    CHECK(row_of(a).at("name") == "a = b");
    CHECK(row_of(a).at("notes") == "'quoted'");
}

TEST_CASE("a formula does not hide in a source or behind a character that is dropped", "[csv]") {
    auto record = run();
    record.source = "=1+1";
    merged_activity merged;
    merged.members = {0};
    merged.group = "=group";
    const auto row = row_of({record}, merged);
    CHECK(row.at("sources") == "'=1+1");
    CHECK(row.at("group") == "'=group");

    auto a = run();
    a.name = std::string{"\0=1+1", 5};
    a.notes = "\x01@SUM(A1)";
    CHECK(row_of(a).at("name") == "'=1+1");
    CHECK(row_of(a).at("notes") == "'@SUM(A1)");
}

TEST_CASE("umlauts stay, control characters go, bytes that are not UTF-8 are replaced", "[csv]") {
    auto a = run();
    a.name = "Z\xC3\xBCrich \xF0\x9F\x9A\xB4";
    a.notes = std::string{"a\0b\x07"
                          "c\xFF"
                          "d\x7F",
                          8};
    CHECK(row_of(a).at("name") == a.name);
    CHECK(row_of(a).at("notes") == "abc\xEF\xBF\xBD"
                                   "d\x7F");
}

TEST_CASE("a device is told by its maker and model, once", "[csv]") {
    const auto told = [](const coincide::device_info& device) {
        auto a = run();
        a.device = device;
        return row_of(a).at("device");
    };
    CHECK(told({"garmin", "3121", "77", coincide::device_type::bike_computer}) == "garmin 3121");
    CHECK(told({"garmin", "Garmin Edge 530", "", coincide::device_type::bike_computer}) == "Garmin Edge 530");
    CHECK(told({"stryd", "", "", coincide::device_type::unknown}) == "stryd");
    CHECK(told({"", "Verity Sense", "", coincide::device_type::band}) == "Verity Sense");
    CHECK(told({"", "", "4", coincide::device_type::phone}) == "phone");
    CHECK(told({}) == "");
}

TEST_CASE("sources are the services that hold the activity, records how many tell of it", "[csv]") {
    const auto start = rides::at("2024-05-27T06:19:26Z");
    std::vector<activity> records{
        rides::activity_of("fit_file", "a.fit", start, 2400s, 6976), rides::activity_of("garmin", "1", start, 2400s, 6976),
        rides::activity_of("gpx_file", "a.gpx", start, 2400s, 6976), rides::activity_of("strava", "2", start, 2400s, 6976),
        rides::activity_of("tcx_file", "a.tcx", start, 2400s, 6976)};
    records[2].origin.source = "strava";  // --source, or the file says so
    records[3].origin.source = "zwift";   // a copy, held by Strava
    merged_activity merged;
    merged.members = {0, 1, 2, 3, 4};
    merged.review = true;
    const auto row = row_of(records, merged);
    CHECK(row.at("sources") == "fit_file+garmin+strava+tcx_file");
    CHECK(row.at("records") == "5");
    CHECK(row.at("review") == "true");
    merged.review = false;
    CHECK(row_of(records, merged).at("review") == "false");
}

TEST_CASE("the legs of a session are rows of their own, which name their group", "[csv]") {
    const auto start = rides::at("2024-05-27T06:00:00Z");
    std::vector<activity> records{rides::activity_of("garmin", "7", start, 7200s, 50000, "multisport"),
                                  rides::activity_of("garmin", "7-1", start, 1800s, 1500, "open_water_swimming"),
                                  rides::activity_of("garmin", "7-2", start + 1900s, 5300s, 48500, "cycling")};
    records[1].parent_id = records[2].parent_id = "7";
    const auto all = merged(records);
    REQUIRE(all.size() == 3);
    const auto whole = row_of(records, all[0]), swim = row_of(records, all[1]), ride = row_of(records, all[2]);
    CHECK(whole.at("parent_id").empty());
    CHECK(whole.at("records") == "3");
    CHECK(whole.at("group") == "ann/garmin/7");
    for (const auto& leg : {swim, ride}) {
        CHECK(leg.at("parent_id") == whole.at("group"));
        CHECK(leg.at("group") == whole.at("group"));
        CHECK(leg.at("records") == "1");
    }
    CHECK(swim.at("distance_m") == "1500");
    CHECK(ride.at("activity_type") == "cycling");
}

TEST_CASE("a row says what the line of the merged activity says", "[csv]") {
    const auto start = rides::at("2024-05-27T06:19:26Z");
    std::vector<activity> records{rides::activity_of("garmin", "1", start, 2400s, 6976),
                                  rides::activity_of("strava", "2", start + 3s, 2390s, 6990)};
    records[1].name = "Along the canal";
    const auto all = merged(records);
    REQUIRE(all.size() == 1);
    std::string line;
    reconcile::append_activity(line, records, all[0], false);
    const auto row = row_of(records, all[0]);
    CHECK(row.at("name") == "Along the canal");
    CHECK(row.at("sources") == "garmin+strava");
    CHECK(line.find("\"start_time\":\"" + row.at("start_time") + "\"") != std::string::npos);
    CHECK(line.find("\"distance_m\":" + row.at("distance_m") + ",") != std::string::npos);
    CHECK(line.find("\"external_id\":\"" + row.at("group") + "\"") != std::string::npos);
}

// SPDX-License-Identifier: BSL-1.0
//
// Tables of exports as bytes: how they are split, what their rows become, and what is told of the bad ones.
#include "../support/xml_support.hpp"
#include "csv.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using coincide::problem_code;
using reconcile::csv_reader;
using reconcile::decoded;
using reconcile::finding_kind;
using xml_support::at;
using xml_support::has;

namespace {

decoded decode(std::string_view text, const reconcile::decode_limits& limits = {}) { return reconcile::decode_csv(xml_support::bytes_of(text), {}, limits); }

using row = std::vector<std::string>;
std::vector<row> split(std::string_view text) {
    csv_reader rows{text};
    std::vector<row> out;
    while (auto fields = rows.next()) out.push_back(*fields);
    return out;
}
std::vector<std::uint64_t> lines_of(std::string_view text) {
    csv_reader rows{text};
    std::vector<std::uint64_t> out;
    while (rows.next()) out.push_back(rows.line());
    return out;
}

/// "reject wrong_type /1/Distance:3": kind, code, pointer, line
std::vector<std::string> told(const decoded& in) {
    std::vector<std::string> out;
    for (const auto& f : in.findings) {
        out.push_back(std::string{f.kind == finding_kind::reject ? "reject " : f.kind == finding_kind::skip ? "skip " : "salvage "}.append(to_string(f.code)));
        if (!f.pointer.empty()) out.back().append(" ").append(f.pointer);
        if (f.line) out.back().append(":").append(std::to_string(*f.line));
    }
    return out;
}
using lines = std::vector<std::string>;

/// As the archive of 2024 has it, with the columns that matter here.
const std::string headings = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Filename,Elapsed Time,Moving Time,Distance,Max Speed,Calories\n";
std::string ride(int id, std::string_view km = "3.32", std::string_view meters = "3322.9", std::string_view calories = "101.0") {
    return std::to_string(id) + ",\"May 29, 2022, 3:53:35 PM\",Lunch Run,Run,,1125," + std::string{km} + ",176,activities/" + std::to_string(id) + ".fit.gz,1125.0,1101.0," + std::string{meters} +
           ",4.2," + std::string{calories} + "\n";
}

}  // namespace

TEST_CASE("text is split as RFC 4180 says: quotes hold separators, line ends and doubled quotes", "[csv]") {
    CHECK(split("a,b\nc,d\n") == std::vector<row>{{"a", "b"}, {"c", "d"}});
    CHECK(split("a,b\r\nc,d") == std::vector<row>{{"a", "b"}, {"c", "d"}});
    CHECK(split("\"a,1\",\"b\"\"2\",\"c\nd\"\n") == std::vector<row>{{"a,1", "b\"2", "c\nd"}});
    CHECK(split("\"c\r\nd\",x\r\n") == std::vector<row>{{"c\r\nd", "x"}});
    CHECK(split(",,\n") == std::vector<row>{{"", "", ""}});
    CHECK(split("a,\n,b\n") == std::vector<row>{{"a", ""}, {"", "b"}});
    CHECK(split("\"\",\"\"\n") == std::vector<row>{{"", ""}});
    CHECK(split("a\n\n\r\n\nb\n") == std::vector<row>{{"a"}, {"b"}});
    CHECK(split("a\"b,5\"\n") == std::vector<row>{{"a\"b", "5\""}});  // inches: a quote inside is a character
    CHECK(split("a\r") == std::vector<row>{{"a"}});
    CHECK(split("a\rb\n") == std::vector<row>{{"a\rb"}});
    CHECK(split("").empty());
    CHECK(split("\n\n").empty());
}

TEST_CASE("a row is told by the line it began in", "[csv]") {
    CHECK(lines_of("a\nb\n") == std::vector<std::uint64_t>{1, 2});
    CHECK(lines_of("\n\na\n\"x\ny\nz\"\n\r\nb") == std::vector<std::uint64_t>{3, 4, 8});
    csv_reader open{"a\n\"b\nc"};
    CHECK(open.next());
    CHECK_FALSE(open.broken());
    CHECK(open.next() == row{"b\nc"});
    CHECK(open.broken());
    CHECK_FALSE(open.next());
}

TEST_CASE("a row of Strava's archive: UTC without a mark, the metres of the second column, the file that belongs to it", "[csv][trap]") {
    const auto got = decode(headings + ride(7));
    CHECK(got.findings.empty());
    REQUIRE(got.activities.size() == 1);
    const auto& run = got.activities[0].activity;
    CHECK(run.source == "strava");
    CHECK(run.external_id == "7");
    CHECK(run.start_time == at("2022-05-29T15:53:35Z"));
    CHECK(run.name == "Lunch Run");
    CHECK(run.notes.empty());
    CHECK(run.elapsed == 1125s);
    CHECK(run.moving == 1101s);
    CHECK(run.distance_m == 3322.9);
    CHECK(run.energy_kcal == 101.0);
    CHECK(run.sport == coincide::find_sport("running"));
    CHECK(got.activities[0].pointer == "/0");
    CHECK(got.activities[0].companions == std::vector<std::string>{"activities/7.fit.gz"});
    CHECK(decode(headings + ride(7, "3.32", "")).activities.at(0).activity.distance_m == 3320.0);  // the first column is in kilometres
    CHECK(decode("Activity ID,Activity Date,Distance\n8,\"May 29, 2022, 12:00:01 AM\",1.5\n").activities.at(0).activity.distance_m == 1500.0);
}

TEST_CASE("a bad row is told with line, pointer and code, and the others go on", "[csv][reject]") {
    const auto got = decode(headings + ride(1) + ride(2, "3.32", "far") + "3,yesterday,,,,,,,,,,,,\n,\"May 29, 2022, 3:53:35 PM\",,,,,,,,,,,,\n5\n" + ride(6, "3.32", "-5") + ride(7));
    REQUIRE(got.activities.size() == 2);
    CHECK(got.activities[1].activity.external_id == "7");
    CHECK(got.activities[1].pointer == "/6");
    CHECK(told(got) == lines{"reject wrong_type /1/Distance#2:3", "reject bad_time /2/Activity Date:4", "reject missing_key /3/Activity ID:5", "reject missing_key /4/Activity Date:6",
                             "reject negative /5/Distance#2:7"});
    CHECK(got.findings[0].source == "strava");
}

TEST_CASE("numbers are text in a table; words that are none are told", "[csv][hostile]") {
    const auto calories = [](std::string_view text) {
        const auto got = decode(headings + ride(1, "3.32", "3322.9", text));
        return got.activities.empty() ? told(got).at(0) : got.activities[0].activity.energy_kcal ? std::to_string(*got.activities[0].activity.energy_kcal) : "none";
    };
    CHECK(calories("1e2") == "100.000000");
    CHECK(calories(" 100 ") == "100.000000");
    for (const char* none : {"", "NaN", "Infinity", "-Infinity"}) CHECK(calories(none) == "none");
    for (const char* word : {"nan", "inf", "--", "100 kcal", "0x64", "\"1,234\"", "\"12,5\"", "1e999999999", "true"}) CHECK(calories(word) == "reject wrong_type /0/Calories:2");
    CHECK(calories(std::string(400, '9')) == "reject not_finite /0/Calories:2");
    CHECK(calories("1e300") == "reject out_of_range /0/Calories:2");
}

TEST_CASE("Samsung's export: a line about the table, the package before the headings, UTC beside an offset", "[csv][trap]") {
    const auto got = decode("com.samsung.shealth.exercise,6310001,12\n"
                            "com.samsung.health.exercise.start_time,com.samsung.health.exercise.end_time,com.samsung.health.exercise.exercise_type,com.samsung.health.exercise.time_offset,"
                            "com.samsung.health.exercise.duration,com.samsung.health.exercise.distance,com.samsung.health.exercise.datauuid\n"
                            "2025-03-30 00:45:10.250,2025-03-30 01:45:10.250,1002,UTC-0330,3500000,10044.5,a-b\n");
    CHECK(got.findings.empty());
    REQUIRE(got.activities.size() == 1);
    const auto& run = got.activities[0].activity;
    CHECK(run.source == "samsung_health");
    CHECK(run.start_time == at("2025-03-30T00:45:10.250Z"));
    CHECK(run.utc_offset == -3h - 30min);
    CHECK(run.moving == 3500s);
    CHECK(run.elapsed == 1h);
    CHECK(run.external_id == "a-b");
    CHECK(got.activities[0].companions.empty());
}

TEST_CASE("other tables are skipped, and files that are no table are told", "[csv]") {
    CHECK(told(decode("date,steps\n2025-03-30,10000\n")) == lines{"skip no_activity"});
    CHECK(told(decode("Activity ID\n7\n")) == lines{"skip no_activity"});
    CHECK(told(decode("")) == lines{"reject empty"});
    CHECK(told(decode(" \r\n")) == lines{"reject empty"});
    CHECK(told(decode("\xEF\xBB\xBF")) == lines{"reject empty"});
    CHECK(decode("\xEF\xBB\xBF" + headings + ride(1)).activities.size() == 1);
    CHECK(decode(xml_support::in_utf16(headings + ride(1))).activities.empty());
    CHECK(decode(xml_support::in_utf16(headings + ride(1))).findings.size() == 1);
    CHECK(decode(headings).activities.empty());
    CHECK(decode("com.samsung.shealth.exercise,1\n").activities.empty());
    std::string wide = "Activity ID,Activity Date";
    for (int i = 0; i < 999; ++i) wide += ",x";
    CHECK(told(decode(wide + "\n7,\"May 29, 2022, 3:53:35 PM\"\n")) == lines{"skip no_activity"});
    CHECK(told(decode(std::string(1'000'000, ','))) == lines{"skip no_activity"});
}

TEST_CASE("wrong encoding costs its row, an open quote the rest", "[csv][hostile]") {
    auto latin = ride(2);
    latin.replace(latin.find("Lunch"), 5, "Caf\xE9");
    const auto got = decode(headings + ride(1) + latin + ride(3));
    CHECK(got.activities.size() == 2);
    CHECK(told(got) == lines{"reject invalid_utf8:3"});
    const auto open = decode(headings + ride(1) + "2,\"May 29, 2022\n3,May 29\n4,\n");
    CHECK(open.activities.size() == 1);
    CHECK(told(open) == lines{"reject truncated:3"});
}

TEST_CASE("a table cut at any byte keeps the rows before the cut", "[csv][hostile]") {
    const auto whole = headings + ride(1) + ride(2);
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const auto got = decode(std::string_view{whole}.substr(0, length));
        const std::size_t complete = length >= whole.size() - 1 ? 2 : length >= headings.size() + ride(1).size() ? 1 : 0;
        REQUIRE(got.activities.size() >= complete);
        REQUIRE((!got.activities.empty() || !got.findings.empty() || length < headings.size() + 1));
    }
    xml_support::noise noise{1};
    for (int round = 0; round < 3000; ++round) {
        auto damaged = whole;
        for (int i = 0; i <= round % 4; ++i) damaged[noise.next() % damaged.size()] = static_cast<char>(noise.next());
        static_cast<void>(decode(damaged));
        std::string random(noise.next() % 100, ' ');
        for (char& c : random) c = static_cast<char>(noise.next());
        REQUIRE(decode(random).activities.empty());
    }
}

TEST_CASE("ten thousand rows are read; those beyond a limit are left out and told", "[csv][limits]") {
    std::string text = headings;
    for (int i = 0; i <= 10'000; ++i) text += ride(i);
    reconcile::decode_limits ten_thousand;
    ten_thousand.activities = 10'000;
    const auto got = decode(text, ten_thousand);
    CHECK(got.activities.size() == 10'000);
    CHECK(got.activities.back().activity.external_id == "9999");
    CHECK(told(got) == lines{"reject too_large:10002"});
    reconcile::decode_limits three;
    three.activities = 3;
    CHECK(decode(headings + ride(1) + ride(2) + ride(3), three).findings.empty());
    const auto over = decode(headings + ride(1) + ride(2) + ride(3) + ride(4), three);
    CHECK(over.activities.size() == 3);
    CHECK(told(over) == lines{"reject too_large:5"});
}

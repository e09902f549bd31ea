// SPDX-License-Identifier: BSL-1.0
#include "../support/xml_support.hpp"
#include "tcx.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

namespace {

using namespace std::chrono_literals;
using coincide::problem_code;
using coincide::samples;
using reconcile::decoded;
using reconcile::finding_kind;
using xml_support::at;
using xml_support::find;
using xml_support::has;
using xml_support::lists;
using xml_support::near;

decoded decode(std::string_view text) { return reconcile::decode_tcx(xml_support::bytes_of(text)); }

std::string element(std::string_view name, std::string_view content) {
    return std::string{"<"}.append(name).append(">").append(content).append("</").append(name).append(">");
}

std::string point(std::string_view time, std::string_view lat = "", std::string_view more = "") {
    std::string out = time.empty() ? "" : element("Time", time);
    if (!lat.empty()) out += element("Position", element("LatitudeDegrees", lat) + element("LongitudeDegrees", "3"));
    return element("Trackpoint", out.append(more));
}

std::string lap(std::string_view start, std::string_view totals, std::string_view points = "") {
    return "<Lap StartTime='" + std::string{start} + "'>" + std::string{totals} + element("Track", points) + "</Lap>";
}

std::string activity(std::string_view content, std::string_view sport = "Biking") {
    return "<Activity Sport='" + std::string{sport} + "'>" + std::string{content} + "</Activity>";
}

std::string document(std::string_view activities, std::string_view more = "") {
    return "<TrainingCenterDatabase>" + element("Activities", activities) + std::string{more} + "</TrainingCenterDatabase>";
}

coincide::activity only(const decoded& result) {
    REQUIRE(result.activities.size() == 1);
    return result.activities[0].activity;
}

const std::string two_points = point("2020-05-01T08:00:00Z", "51") + point("2020-05-01T08:01:00Z", "51.001");
const std::string ride_text = document(activity(
    lap("2020-05-01T08:00:00Z", "<TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>111</DistanceMeters>", two_points)));

}  // namespace

TEST_CASE("totals are the sums of the laps, averages are weighted by their time", "[tcx]") {
    const auto totals = [](std::string_view seconds, std::string_view hr, std::string_view most) {
        return element("TotalTimeSeconds", seconds) + element("DistanceMeters", "500.25") + element("MaximumSpeed", most) +
               element("Calories", "20") + element("AverageHeartRateBpm", element("Value", hr)) +
               element("MaximumHeartRateBpm", element("Value", "150")) + element("Cadence", "80") +
               element("Extensions", element("x:LX", element("x:AvgWatts", hr) + element("x:MaxWatts", "400")));
    };
    const auto result = decode(
        document(activity("<Id>2020-05-01T08:00:00Z</Id>" + lap("2020-05-01T08:00:00Z", totals("60.5", "100", "9.5")) +
                          lap("2020-05-01T08:05:00Z", totals("181.5", "140", "8")))));
    const auto ride = only(result);
    CHECK(result.findings.empty());
    CHECK(ride.source == "tcx_file");
    CHECK(ride.start_time == at("2020-05-01T08:00:00Z"));
    CHECK(ride.timer == 242s);
    CHECK(ride.elapsed == 481500ms);  // no trackpoints: to the end of the last lap
    CHECK(ride.distance_m == 1000.5);
    CHECK(ride.energy_kcal == 40.0);
    CHECK(ride.max_speed_mps == 9.5);
    CHECK(ride.avg_heart_rate_bpm == 130.0);
    CHECK(ride.max_heart_rate_bpm == 150.0);
    CHECK(ride.avg_cadence_rpm == 80.0);
    CHECK(ride.avg_power_w == 130.0);
    CHECK(ride.max_power_w == 400.0);
    CHECK(ride.sport == coincide::sport_from_slug("cycling"));
    CHECK(ride.source_activity_type == "Biking");
    CHECK(ride.computed == std::vector<std::string>{"elapsed_time_s"});
}

TEST_CASE("trackpoints give every value, whatever the prefix of their extensions", "[tcx]") {
    const auto values = element("AltitudeMeters", "3") + element("DistanceMeters", "7") +
                        element("HeartRateBpm", element("Value", "118")) + element("Cadence", "80") +
                        element("Extensions", element("ns3:TPX", element("ns3:Speed", "8.1") + element("ns3:Watts", "210")));
    const auto ride = only(decode(document(
        activity(lap("2020-05-01T08:00:00Z", "",
                     point("2020-05-01T08:00:00Z", "51", values) +
                         point("2020-05-01T08:00:01Z", "",
                               "<Cadence>255</Cadence><Extensions><TPX><RunCadence>81</RunCadence></TPX></Extensions>"))))));
    const auto first = ride.track[0];
    CHECK(first.lat_deg == 51);
    CHECK(first.lon_deg == 3);
    CHECK(first.ele_m == 3);
    CHECK(first.distance_m == 7);
    CHECK(first.hr_bpm == 118);
    CHECK(first.cadence_rpm == 80);
    CHECK(first.speed_mps == 8.1);
    CHECK(first.power_w == 210);
    CHECK(ride.track[1].cadence_rpm == 81);
    CHECK_FALSE(ride.track[1].has_position());
    CHECK(ride.track.size() == 2);
    CHECK(ride.avg_heart_rate_bpm == 118.0);
    CHECK(lists(ride.computed, "avg_heart_rate_bpm"));
}

TEST_CASE("trackpoints without any position are streams", "[tcx]") {
    const auto ride = only(decode(
        document(activity(lap("2020-05-01T08:00:00Z", "", point("2020-05-01T08:00:00Z", "", "<Cadence>60</Cadence>"))))));
    CHECK(ride.track.empty());
    CHECK(ride.streams.size() == 1);
    CHECK_FALSE(ride.distance_m);
}

TEST_CASE("the distance comes from the track only when no lap gives one", "[tcx]") {
    CHECK(only(decode(ride_text)).distance_m == 111.0);
    const auto ride = only(decode(document(activity(lap("2020-05-01T08:00:00Z", "", two_points)))));
    CHECK(near(*ride.distance_m, 111.19508, 0.0001));  // 6371008.8 m * pi / 180000
    CHECK(lists(ride.computed, "distance_m"));
}

TEST_CASE("lap and first trackpoint decide the start, not the Id", "[tcx]") {
    const auto start = [](std::string_view id, std::string_view lap_start, std::string_view points) {
        return only(decode(document(
                        activity(element("Id", id) + lap(lap_start, "<TotalTimeSeconds>1</TotalTimeSeconds>", points)))))
            .start_time;
    };
    CHECK(start("2020-04-30T22:00:00Z", "2020-05-01T08:00:00Z", two_points) == at("2020-05-01T08:00:00Z"));
    CHECK(start("", "2020-05-01T07:59:50Z", two_points) == at("2020-05-01T07:59:50Z"));  // waiting for the first position
    CHECK(start("", "2020-05-01T10:00:00Z", two_points) == at("2020-05-01T08:00:00Z"));  // local time that says Z
    CHECK(start("", "2020-05-01T08:00:02Z", two_points) == at("2020-05-01T08:00:00Z"));
    CHECK(start("", "2020-05-01T10:00:00+02:00", two_points) == at("2020-05-01T08:00:00Z"));
    CHECK(start("", "soon", two_points) == at("2020-05-01T08:00:00Z"));
    CHECK(start("", "9999-01-01T00:00:00Z", two_points) == at("2020-05-01T08:00:00Z"));
    CHECK(start("", "2020-05-01T09:00:00Z", "") == at("2020-05-01T09:00:00Z"));
    CHECK(start("2020-05-01T07:00:00Z", "", "") == at("2020-05-01T07:00:00Z"));
}

TEST_CASE("an offset of the lap or the first trackpoint is kept; a time without zone is reported", "[tcx]") {
    CHECK(only(decode(document(activity(lap("2020-05-01T10:00:00+02:00", "", two_points))))).utc_offset == 7200s);
    CHECK_FALSE(only(decode(ride_text)).utc_offset);
    const auto result = decode(document(activity(lap("2020-05-01T08:00:00", "<TotalTimeSeconds>9</TotalTimeSeconds>"))));
    CHECK(only(result).start_time == at("2020-05-01T08:00:00Z"));
    CHECK(has(result, finding_kind::salvage, problem_code::missing_zone));
}

TEST_CASE("elapsed time covers pauses and is never below the timer", "[tcx]") {
    const auto paused = lap("2020-05-01T08:00:00Z", "<TotalTimeSeconds>20</TotalTimeSeconds>", two_points);
    CHECK(only(decode(document(activity(paused)))).elapsed == 60s);
    CHECK(only(decode(document(activity(paused)))).timer == 20s);
    const auto longer = lap("2020-05-01T08:00:00Z", "<TotalTimeSeconds>75.5</TotalTimeSeconds>", two_points);
    CHECK(only(decode(document(activity(longer)))).elapsed == 75500ms);
}

TEST_CASE("sports, device and program of a file", "[tcx]") {
    const auto laps = lap("2020-05-01T08:00:00Z", "", two_points);
    CHECK(only(decode(document(activity(laps, "Running")))).sport == coincide::sport_from_slug("running"));
    CHECK(only(decode(document(activity(laps, "Other")))).sport == coincide::sport_from_slug("other"));
    CHECK_FALSE(only(decode(document(activity(laps, "")))).sport);

    const auto creator = [&](std::string_view name, std::string_view unit) {
        return only(decode(document(
            activity(laps + "<Notes>n</Notes><Training><Plan><Name>Plan</Name></Plan></Training>" +
                     element("Creator", element("Name", name) + element("UnitId", unit) + element("ProductID", "1836"))),
            "<Author><Name>Connect Api</Name></Author>")));
    };
    const auto garmin = creator("Garmin Edge 1000", "3907354759");
    CHECK(garmin.device.model == "Garmin Edge 1000");
    CHECK(garmin.device.manufacturer == "garmin");
    CHECK(garmin.device.serial == "3907354759");
    CHECK(garmin.device.type == coincide::device_type::bike_computer);
    CHECK(garmin.file.product == "1836");
    CHECK(garmin.origin.source == "garmin");
    CHECK(garmin.notes == "n");
    CHECK(creator("Polar M400", "0").device.serial.empty());
    CHECK(creator("Unheard 1", "0").device.model == "Unheard 1");
    CHECK(creator("Unheard 1", "-7").device.serial.empty());
}

TEST_CASE("a session is a parent with its activities as legs", "[tcx]") {
    const auto leg = [](std::string_view start, std::string_view sport) {
        return activity(
            lap(start,
                "<TotalTimeSeconds>600</TotalTimeSeconds><DistanceMeters>1000</DistanceMeters><Calories>50</Calories>"),
            sport);
    };
    const auto session = "<MultiSportSession><Id>2020-05-01T08:00:00Z</Id><FirstSport>" +
                         leg("2020-05-01T08:00:00Z", "Running") +
                         "</FirstSport><NextSport><Transition StartTime='2020-05-01T08:10:00Z'/>" +
                         leg("2020-05-01T08:12:00Z", "Biking") + "</NextSport></MultiSportSession>";
    const auto result = decode(document(leg("2020-04-01T08:00:00Z", "Other") + session));
    CHECK(result.findings.empty());
    REQUIRE(result.activities.size() == 4);
    const auto& parent = result.activities[1];
    CHECK(parent.ordinal == 2);
    CHECK(parent.parent_ordinal == 0);
    CHECK(parent.activity.sport == coincide::sport_from_slug("multisport"));
    CHECK(parent.activity.start_time == at("2020-05-01T08:00:00Z"));
    CHECK(parent.activity.elapsed == 22min);
    CHECK(parent.activity.timer == 20min);
    CHECK(parent.activity.distance_m == 2000.0);
    CHECK(parent.activity.energy_kcal == 100.0);
    for (std::size_t i = 2; i < 4; ++i) {
        CHECK(result.activities[i].ordinal == i + 1);
        CHECK(result.activities[i].parent_ordinal == 2);
    }
    CHECK(result.activities[0].parent_ordinal == 0);

    const auto alone = decode(document("<MultiSportSession><FirstSport>" + leg("2020-05-01T08:00:00Z", "Running") +
                                       "</FirstSport></MultiSportSession>"));
    REQUIRE(alone.activities.size() == 1);
    CHECK(alone.activities[0].parent_ordinal == 0);
}

TEST_CASE("totals that cannot be are absent and reported, once a kind", "[tcx]") {
    const auto bad = lap(
        "2020-05-01T08:00:00Z",
        "<TotalTimeSeconds>-60</TotalTimeSeconds><DistanceMeters>1e300</DistanceMeters><MaximumSpeed>16200.0</MaximumSpeed>"
        "<Calories>many</Calories><AverageHeartRateBpm><Value>nan</Value></AverageHeartRateBpm>",
        point("2020-05-01T08:00:00Z"));
    const auto result = decode(document(activity(bad + bad)));
    const auto ride = only(result);
    CHECK_FALSE(ride.timer);
    CHECK_FALSE(ride.distance_m);
    CHECK_FALSE(ride.max_speed_mps);
    CHECK_FALSE(ride.energy_kcal);
    CHECK_FALSE(ride.avg_heart_rate_bpm);
    REQUIRE(find(result, problem_code::negative));
    CHECK(find(result, problem_code::negative)->field == "timer_time_s");
    CHECK(find(result, problem_code::negative)->reason.starts_with("2 "));
    CHECK(find(result, problem_code::wrong_type)->field == "energy_kcal");
    CHECK(find(result, problem_code::out_of_range)->field == "distance_m");
}

TEST_CASE("lap times that add up to months are dropped", "[tcx]") {
    std::string laps;
    for (int i = 0; i < 2; ++i)
        laps += lap("2020-05-01T08:00:00Z", "<TotalTimeSeconds>2500000</TotalTimeSeconds>", two_points);
    const auto result = decode(document(activity(laps)));
    CHECK_FALSE(only(result).timer);
    CHECK(only(result).elapsed == 60s);
    CHECK(has(result, finding_kind::salvage, problem_code::out_of_range));
}

TEST_CASE("what cannot be dated is rejected; what is no activity is skipped", "[tcx]") {
    const auto year_1 = decode(document(activity(lap("0001-01-01T00:00:00Z", "", point("9999-12-31T23:59:59Z", "51")))));
    CHECK(year_1.activities.empty());
    REQUIRE(year_1.findings.size() == 1);
    CHECK(year_1.findings[0].kind == finding_kind::reject);
    CHECK(year_1.findings[0].code == problem_code::out_of_range);
    CHECK(year_1.findings[0].field == "start_time");
    CHECK(has(decode(document(activity(lap("never", "<TotalTimeSeconds>9</TotalTimeSeconds>")))), finding_kind::reject,
              problem_code::missing_key));
    CHECK(has(decode(document(activity("<Id>2020-05-01T08:00:00Z</Id>"))), finding_kind::skip, problem_code::no_activity));
    CHECK(has(decode(document("")), finding_kind::skip, problem_code::no_activity));
    CHECK(has(decode("<TrainingCenterDatabase><Courses><Course><Track>" + two_points +
                     "</Track></Course></Courses></TrainingCenterDatabase>"),
              finding_kind::skip, problem_code::no_activity));
    CHECK(has(decode("<gpx/>"), finding_kind::reject, problem_code::malformed));
    CHECK(has(decode("<!DOCTYPE a [<!ENTITY a 'b'>]>" + ride_text), finding_kind::reject, problem_code::forbidden_entity));
}

TEST_CASE("the clock of a device that was never set is flagged, and the activity kept", "[tcx]") {
    const auto result = decode(document(
        activity("<Id>2012-09-01T15:18:04Z</Id>" + lap("1989-12-31T00:08:05Z", "<TotalTimeSeconds>84</TotalTimeSeconds>"))));
    CHECK(only(result).clock_unset);
    CHECK(only(result).start_time == at("1989-12-31T00:08:05Z"));
    CHECK(has(result, finding_kind::salvage, problem_code::clock_unset));
}

TEST_CASE("trackpoints that cannot be are mended as in every format", "[tcx]") {
    const auto result =
        decode(document(activity(lap("2020-05-01T08:00:00Z", "",
                                     two_points + point("2020-05-01T08:00:30Z", "inf") + point("", "51") +
                                         point("2200-01-01T00:00:00Z", "51") + point("2021-01-01T00:00:00Z", "51") +
                                         "<Trackpoint><Time>2020-05-01T08:00:40Z</Time><Position><LatitudeDegrees>51</"
                                         "LatitudeDegrees></Position></Trackpoint>"))));
    const auto ride = only(result);
    CHECK(ride.track.t_ms == std::vector<std::int64_t>{0, 30000, 40000, 60000});
    CHECK(ride.track.positions() == 2);
    CHECK(find(result, problem_code::fix_out_of_range)->reason.starts_with("2 "));
    CHECK(find(result, problem_code::fix_without_time)->reason.starts_with("1 "));
    CHECK(has(result, finding_kind::salvage, problem_code::time_went_back));
    CHECK(has(result, finding_kind::salvage, problem_code::out_of_range));
}

TEST_CASE("a TCX document cut at any byte keeps what came before", "[tcx]") {
    std::size_t points = 0;
    for (std::size_t length = 0; length < ride_text.size(); ++length) {
        const auto result = decode(std::string_view{ride_text}.substr(0, length));
        const auto found = result.activities.empty() ? 0 : result.activities[0].activity.track.size();
        REQUIRE(found >= points);
        points = found;
        REQUIRE(has(result, result.activities.empty() ? finding_kind::reject : finding_kind::salvage,
                    !result.activities.empty() ? problem_code::recovered
                    : length                   ? problem_code::truncated
                                               : problem_code::empty));
    }
    CHECK(points == 2);
}

TEST_CASE("damaged and random bytes give an answer as TCX too", "[tcx]") {
    xml_support::noise noise{2};
    for (int round = 0; round < 3000; ++round) {
        auto damaged = ride_text;
        for (int i = 0; i <= round % 4; ++i) damaged[noise.next() % damaged.size()] = static_cast<char>(noise.next());
        const auto result = decode(damaged);
        REQUIRE((!result.activities.empty() || !result.findings.empty()));
    }
}

TEST_CASE("blanks before the declaration are read over, and UTF-16 is read", "[tcx]") {
    CHECK(only(decode("          <?xml version='1.0' encoding='UTF-8'?>" + ride_text)).track.size() == 2);
    CHECK(only(decode(xml_support::in_utf16(ride_text))).track.size() == 2);
}

TEST_CASE("limits of trackpoints and activities end the reading and keep what there is", "[tcx]") {
    const auto one = activity(lap("2020-05-01T08:00:00Z", "", two_points));
    reconcile::decode_limits limits;
    limits.fixes = 3;
    const auto text = document(one + one);
    CHECK(has(reconcile::decode_tcx(xml_support::bytes_of(text), limits), finding_kind::salvage, problem_code::too_large));
    limits.fixes = 100;
    limits.activities = 1;
    const auto result = reconcile::decode_tcx(xml_support::bytes_of(text), limits);
    CHECK(result.activities.size() == 1);
    CHECK(has(result, finding_kind::salvage, problem_code::too_large));
}

TEST_CASE("real TCX recordings decode to what other decoders read", "[tcx]") {
    // Summed and counted in the files by a Python script over ElementTree.
    struct expected {
        const char* file;
        const char* start;
        std::chrono::milliseconds timer;
        double distance_m;
        std::size_t points;
    };
    for (const expected& want : {
             expected{"connectstats/activity_217470507.tcx", "1989-12-31T00:08:05Z", 756047ms, 525.0, 22},
             expected{"elevate/sloatsburg.tcx", "2019-06-15T09:42:23Z", 4989112ms, 14004.85,
                      4988},  // 4989, the laps share one stamp
             expected{"sweatpy/activity_5039744860.tcx", "2020-06-01T14:52:40Z", 126s, 668.19,
                      96},  // 100, five laps share four
             expected{"ifit/2021_09_10_15_09_Sassafras_Power_Climb__Sunset__South_Carolina.tcx", "2021-09-11T01:29:12.312Z",
                      1980s, 9527.039, 1878},
         }) {
        const auto text = xml_support::recording(want.file);
        if (text.empty()) continue;
        const auto ride = only(decode(text));
        CHECK(ride.start_time == at(want.start));
        CHECK(ride.timer == want.timer);
        CHECK(near(*ride.distance_m, want.distance_m, 0.01));
        CHECK(ride.track.size() + ride.streams.size() == want.points);
    }
}

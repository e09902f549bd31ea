// SPDX-License-Identifier: BSL-1.0
#include "../support/xml_support.hpp"
#include "gpx.hpp"

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

decoded decode(std::string_view text) { return reconcile::decode_gpx(xml_support::bytes_of(text)); }

std::string fix(std::string_view lat, std::string_view lon, std::string_view time, std::string_view more = "") {
    std::string out = "<trkpt lat='";
    out.append(lat).append("' lon='").append(lon).append("'>").append(more);
    if (!time.empty()) out.append("<time>").append(time).append("</time>");
    return out + "</trkpt>";
}

std::string document(std::string_view fixes, std::string_view texts = "", std::string_view creator = "test") {
    std::string out = "<gpx version='1.1' creator='";
    return out.append(creator)
        .append("'><trk>")
        .append(texts)
        .append("<trkseg>")
        .append(fixes)
        .append("</trkseg></trk></gpx>");
}

/// The activity of a document that holds exactly one.
coincide::activity only(const decoded& result) {
    REQUIRE(result.activities.size() == 1);
    return result.activities[0].activity;
}

const std::string two_fixes = fix("51", "3", "2020-05-01T08:00:00Z") + fix("51.001", "3", "2020-05-01T08:01:00Z");

}  // namespace

TEST_CASE("a track gives start, elapsed time and distance, marked as computed", "[gpx]") {
    const auto result = decode(document(two_fixes));
    const auto ride = only(result);
    CHECK(result.findings.empty());
    CHECK(ride.source == "gpx_file");
    CHECK(ride.start_time == at("2020-05-01T08:00:00Z"));
    CHECK(ride.elapsed == 60s);
    // A thousandth of a degree along a meridian of that sphere: 6371008.8 m * pi / 180000.
    REQUIRE(ride.distance_m);
    CHECK(near(*ride.distance_m, 111.19508, 0.0001));
    CHECK(ride.computed == std::vector<std::string>{"elapsed_time_s", "distance_m"});
    CHECK_FALSE(ride.elevation_gain_m);
    CHECK_FALSE(ride.utc_offset);
    CHECK_FALSE(ride.sport);
    CHECK(ride.track.size() == 2);
    CHECK(ride.track.t_ms == std::vector<std::int64_t>{0, 60000});
}

TEST_CASE("sensor values are found whatever their prefix, and averaged", "[gpx]") {
    const auto sensors = [](std::string_view hr, std::string_view temperature) {
        return "<ele>2.5</ele><extensions><power>200</power><x:TrackPointExtension><x:hr>" + std::string{hr} +
               "</x:hr><x:cad>80</x:cad><x:atemp>" + std::string{temperature} +
               "</x:atemp></x:TrackPointExtension><speed>3.5</speed><gpxdata:distance>12</gpxdata:distance></extensions>";
    };
    const auto ride = only(decode(document(fix("51", "3", "2020-05-01T08:00:00Z", sensors("120", "18")) +
                                           fix("51", "3", "2020-05-01T08:00:01Z", sensors("130", "20")))));
    const auto first = ride.track[0];
    CHECK(first.ele_m == 2.5);
    CHECK(first.hr_bpm == 120);
    CHECK(first.power_w == 200);
    CHECK(first.cadence_rpm == 80);
    CHECK(first.speed_mps == 3.5);
    CHECK(first.distance_m == 12);
    CHECK(ride.avg_heart_rate_bpm == 125.0);
    CHECK(ride.max_heart_rate_bpm == 130.0);
    CHECK(ride.avg_power_w == 200.0);
    CHECK(ride.avg_temperature_c == 19.0);
    for (const char* name : {"avg_heart_rate_bpm", "max_heart_rate_bpm", "avg_power_w", "max_power_w", "avg_temperature_c"})
        CHECK(lists(ride.computed, name));
}

TEST_CASE("every track is an activity, and segments are its pauses", "[gpx]") {
    const auto segment =
        "<trkseg>" + two_fixes + "</trkseg><trkseg>" + fix("51.002", "3", "2020-05-01T09:00:00Z") + "</trkseg>";
    const auto result =
        decode("<gpx><trk><name>a</name>" + segment + "</trk><trk><name>b</name>" + segment + "</trk></gpx>");
    REQUIRE(result.activities.size() == 2);
    CHECK(result.activities[0].ordinal == 1);
    CHECK(result.activities[1].ordinal == 2);
    CHECK(result.activities[0].activity.name == "a");
    CHECK(result.activities[1].activity.name == "b");
    CHECK(result.activities[1].activity.track.size() == 3);
    CHECK(result.activities[1].activity.elapsed == 1h);
    CHECK(near(*result.activities[1].activity.distance_m, 222.39016, 0.0002));  // the pause is walked too
}

TEST_CASE("texts of a track: name, notes and type, not those of its extensions or waypoints", "[gpx]") {
    const auto ride = only(
        decode("<gpx><metadata><name>file</name></metadata><wpt lat='1' lon='1'><name>home</name></wpt><trk><name>50k</name>"
               "<cmt>c</cmt><desc>d</desc><type>Hike</type><link><text>l</text></link><extensions><g:name>#1</g:name></"
               "extensions><trkseg>" +
               two_fixes + "</trkseg></trk></gpx>"));
    CHECK(ride.name == "50k");
    CHECK(ride.notes == "d");
    CHECK(ride.source_activity_type == "Hike");
    CHECK(only(decode(document(two_fixes, "<cmt>c</cmt>"))).notes == "c");
}

TEST_CASE("types map to sports; unknown ones are other", "[gpx]") {
    const auto sport_of = [](std::string_view type) {
        const auto ride = only(decode(document(two_fixes, "<type>" + std::string{type} + "</type>")));
        CHECK(ride.source_activity_type == type);
        return ride.sport ? ride.sport->slug() : "none";
    };
    CHECK(sport_of("1") == "cycling");
    CHECK(sport_of("9") == "running");
    CHECK(sport_of("2") == "alpine_skiing");
    CHECK(sport_of("16") == "workout");
    CHECK(sport_of("Ride") == "cycling");
    CHECK(sport_of("VirtualRide") == "virtual_cycling");
    CHECK(sport_of("road_biking") == "road_cycling");
    CHECK(sport_of("trail_running") == "trail_running");
    CHECK(sport_of("Mountain Biking") == "mountain_biking");
    CHECK(sport_of("unknown") == "other");
    CHECK(sport_of("...") == "other");
    CHECK(sport_of("") == "none");
}

TEST_CASE("the creator names a device, a service, or nothing we know", "[gpx]") {
    const auto by = [](std::string_view creator) { return only(decode(document(two_fixes, "", creator))); };
    CHECK(by("StravaGPX Android").origin.source == "strava");
    CHECK(by("Garmin Connect").origin.source == "garmin");
    CHECK(by("Garmin Connect").device.empty());
    CHECK(by("Garmin Edge 530").device.model == "Garmin Edge 530");
    CHECK(by("Garmin Edge 530").device.type == coincide::device_type::bike_computer);
    CHECK(by("Polar Vantage V").device.manufacturer == "polar");
    CHECK(by("Forerunner 245").device.manufacturer == "garmin");
    CHECK(by("eTrex 20x").device.model == "eTrex 20x");
    CHECK(by("Apple Health Export").origin.source == "apple_health");
    for (const char* unknown : {"GPS Track Editor", "OpenTracks", ""}) {
        CHECK(by(unknown).device.empty());
        CHECK(by(unknown).origin.empty());
    }
}

TEST_CASE("an offset tells where the athlete was; Z does not", "[gpx]") {
    const auto offset = only(decode(document(fix("51", "3", "2025-08-30T09:44:12.015+02:00"))));
    CHECK(offset.start_time == at("2025-08-30T07:44:12.015Z"));
    CHECK(offset.utc_offset == 7200s);
    CHECK_FALSE(offset.elapsed);  // one fix has no length
    CHECK_FALSE(offset.distance_m);

    const auto result = decode(document(fix("51", "3", "2025-08-30T09:44:12") + fix("51", "3", "2025-08-30T09:44:13")));
    CHECK(only(result).start_time == at("2025-08-30T09:44:12Z"));
    CHECK_FALSE(only(result).utc_offset);
    CHECK(has(result, finding_kind::salvage, problem_code::missing_zone));
    CHECK(result.findings.size() == 1);
}

TEST_CASE("what has no times is no activity", "[gpx]") {
    for (const auto& text :
         {std::string{"<gpx/>"}, std::string{"<gpx><wpt lat='1' lon='2'><time>2020-05-01T08:00:00Z</time></wpt></gpx>"},
          std::string{"<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"}, document(""),
          document(fix("51", "3", "") + fix("51", "4", "yesterday"))}) {
        const auto result = decode(text);
        CHECK(result.activities.empty());
        CHECK(has(result, finding_kind::skip, problem_code::no_activity));
        CHECK(result.findings.size() == 1);
    }
}

TEST_CASE("fixes without a time are dropped and counted", "[gpx]") {
    const auto result = decode(document(two_fixes + fix("51", "3", "") + fix("51", "3", "2020-13-01T08:00:00Z")));
    CHECK(only(result).track.size() == 2);
    REQUIRE(find(result, problem_code::fix_without_time));
    CHECK(find(result, problem_code::fix_without_time)->reason == "2 samples dropped: no readable time");
}

TEST_CASE("positions that cannot be are dropped and counted; the time and the sensors stay", "[gpx]") {
    const auto hr = [](int bpm) { return "<hr>" + std::to_string(bpm) + "</hr>"; };
    std::string fixes = two_fixes;
    int second = 0;
    for (const char* bad : {"nan", "inf", "1e308", "-90.1", "", "north", "1e999", "51,5"}) {
        ++second;
        fixes += fix(bad, "3", "2020-05-01T08:02:0" + std::to_string(second) + "Z", hr(100 + second));
    }
    fixes += fix("0", "0", "2020-05-01T08:03:00Z") + fix("51", "181", "2020-05-01T08:03:01Z");
    const auto result = decode(document(fixes));
    const auto ride = only(result);
    CHECK(ride.track.size() == 12);
    CHECK(ride.track.positions() == 2);
    CHECK(ride.max_heart_rate_bpm == 108.0);
    REQUIRE(find(result, problem_code::fix_out_of_range));
    CHECK(find(result, problem_code::fix_out_of_range)->reason.starts_with("10 "));
    CHECK(near(*ride.distance_m, 111.19508, 0.0001));
}

TEST_CASE("without any possible position the sensors are streams", "[gpx]") {
    const auto ride = only(decode(document(fix("0", "0", "2020-05-01T08:00:00Z", "<hr>120</hr>"))));
    CHECK(ride.track.empty());
    CHECK(ride.streams.size() == 1);
    CHECK_FALSE(ride.streams.has_positions());
    CHECK(only(decode(document(fix("0", "0", "2020-05-01T08:00:00Z")))).streams.empty());
}

TEST_CASE("sensor values that cannot be are dropped and counted, sentinels silently", "[gpx]") {
    const auto result =
        decode(document(fix("51", "3", "2020-05-01T08:00:00Z", "<hr>1e308</hr><cad>-4</cad><power>x</power>") +
                        fix("51", "3", "2020-05-01T08:00:01Z", "<hr>0</hr><cad>255</cad>")));
    const auto ride = only(result);
    for (const auto& column : ride.track.values) CHECK(column.empty());
    CHECK_FALSE(ride.avg_heart_rate_bpm);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings[0].code == problem_code::out_of_range);
    CHECK(result.findings[0].reason.starts_with("3 "));
}

TEST_CASE("time that runs backwards is sorted, equal stamps are folded, both counted", "[gpx]") {
    const auto result =
        decode(document(fix("51.001", "3", "2020-05-01T08:01:00Z") + fix("51", "3", "2020-05-01T08:00:00Z", "<hr>90</hr>") +
                        fix("51", "3", "2020-05-01T08:00:00Z", "<power>5</power>")));
    const auto ride = only(result);
    CHECK(ride.start_time == at("2020-05-01T08:00:00Z"));
    CHECK(ride.track.t_ms == std::vector<std::int64_t>{0, 60000});
    CHECK(ride.track[0].hr_bpm == 90);
    CHECK(ride.track[0].power_w == 5);
    REQUIRE(result.findings.size() == 2);
    CHECK(result.findings[0].code == problem_code::time_went_back);
    CHECK(result.findings[0].reason.starts_with("1 "));
    CHECK(result.findings[1].reason.starts_with("1 "));
}

TEST_CASE("impossible years: all of them reject the track, a few are dropped", "[gpx]") {
    for (const char* year : {"0001", "0000", "1969", "2200", "9999"}) {
        const auto odd = fix("51", "3", std::string{year} + "-06-01T00:00:00Z");
        const auto rejected = decode(document(odd + odd));
        CHECK(rejected.activities.empty());
        REQUIRE(rejected.findings.size() == 1);
        CHECK(rejected.findings[0].kind == finding_kind::reject);
        CHECK(rejected.findings[0].code == problem_code::out_of_range);
        CHECK(rejected.findings[0].field == "start_time");

        const auto kept = decode(document(two_fixes + odd));
        CHECK(only(kept).elapsed == 60s);
        CHECK(has(kept, finding_kind::salvage, problem_code::out_of_range));
    }
}

TEST_CASE("a stray date does not make a ride last for years", "[gpx]") {
    const auto result =
        decode(document(fix("51", "3", "1999-08-22T00:00:00Z") + two_fixes + fix("51", "3", "2021-05-01T08:00:00Z")));
    CHECK(only(result).start_time == at("2020-05-01T08:00:00Z"));
    CHECK(only(result).elapsed == 60s);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings[0].reason.starts_with("2 "));
}

TEST_CASE("the clock of a device that was never set is flagged, and the track kept", "[gpx]") {
    const auto result = decode(document(fix("51", "3", "1989-12-31T00:08:05Z")));
    CHECK(only(result).clock_unset);
    CHECK(only(result).start_time == at("1989-12-31T00:08:05Z"));
    CHECK(has(result, finding_kind::salvage, problem_code::clock_unset));
    CHECK_FALSE(only(decode(document(fix("51", "3", "1990-02-01T00:00:00Z")))).clock_unset);
    CHECK_FALSE(only(decode(document(fix("51", "3", "1988-12-31T23:59:59Z")))).clock_unset);
}

TEST_CASE("a document cut at any byte keeps the fixes before the cut", "[gpx]") {
    const auto whole = document(two_fixes + fix("51.002", "3", "2020-05-01T08:02:00Z"), "<name>n</name><type>9</type>");
    std::size_t fixes = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto result = decode(std::string_view{whole}.substr(0, length));
        const auto found = result.activities.empty() ? 0 : result.activities[0].activity.track.size();
        REQUIRE(found >= fixes);  // a longer piece never has less
        fixes = found;
        REQUIRE(has(result, found ? finding_kind::salvage : finding_kind::reject,
                    found    ? problem_code::recovered
                    : length ? problem_code::truncated
                             : problem_code::empty));
    }
    CHECK(fixes == 3);
}

TEST_CASE("damaged and random bytes give an answer, never a crash", "[gpx]") {
    const auto whole = document(two_fixes + fix("51.002", "3", "2020-05-01T08:02:00Z"), "<name>n</name>");
    xml_support::noise noise{1};
    for (int round = 0; round < 3000; ++round) {
        auto damaged = whole;
        for (int i = 0; i <= round % 4; ++i) damaged[noise.next() % damaged.size()] = static_cast<char>(noise.next());
        const auto result = decode(damaged);
        REQUIRE((!result.activities.empty() || !result.findings.empty()));
        std::string random(noise.next() % 100, ' ');
        for (char& c : random) c = static_cast<char>(noise.next());
        REQUIRE(decode(random).activities.empty());
    }
}

TEST_CASE("other documents than GPX are malformed, and entities are forbidden", "[gpx]") {
    CHECK(has(decode("<html><trk/></html>"), finding_kind::reject, problem_code::malformed));
    CHECK(has(decode("<TrainingCenterDatabase/>"), finding_kind::reject, problem_code::malformed));
    CHECK(has(decode("<!DOCTYPE gpx [<!ENTITY a 'b'>]>" + document(two_fixes)), finding_kind::reject,
              problem_code::forbidden_entity));
    CHECK(has(decode(""), finding_kind::reject, problem_code::empty));
    std::string deep = "<gpx>";
    for (int i = 0; i < 100'000; ++i) deep += "<a>";
    CHECK(has(decode(deep), finding_kind::reject, problem_code::too_deep));
}

TEST_CASE("a fault after a whole track keeps the track", "[gpx]") {
    const auto result = decode(document(two_fixes) + "<gpx/>");
    CHECK(only(result).track.size() == 2);
    CHECK(has(result, finding_kind::salvage, problem_code::recovered));
}

TEST_CASE("UTF-16 and leading blanks are read", "[gpx]") {
    CHECK(only(decode(xml_support::in_utf16(document(two_fixes)))).track.size() == 2);
    CHECK(only(decode("\n  <?xml version='1.0'?>" + document(two_fixes))).track.size() == 2);
}

TEST_CASE("limits of fixes and tracks end the reading and keep what there is", "[gpx]") {
    const auto text =
        "<gpx><trk><trkseg>" + two_fixes + "</trkseg></trk><trk><trkseg>" + two_fixes + "</trkseg></trk></gpx>";
    reconcile::decode_limits limits;
    limits.fixes = 3;
    auto result = reconcile::decode_gpx(xml_support::bytes_of(text), limits);
    CHECK(result.activities.size() == 2);
    CHECK(has(result, finding_kind::salvage, problem_code::too_large));
    limits.activities = 1;
    result = reconcile::decode_gpx(xml_support::bytes_of(text), limits);
    CHECK(result.activities.size() == 1);
    CHECK(has(result, finding_kind::salvage, problem_code::too_large));
    std::string empty = "<gpx>";
    for (int i = 0; i < 10; ++i) empty += "<trk/>";
    result = reconcile::decode_gpx(xml_support::bytes_of(empty + "</gpx>"), limits);
    CHECK(result.findings.size() == 2);  // the first track, and the limit: empty tracks count too
    limits.file_bytes = 10;
    result = reconcile::decode_gpx(xml_support::bytes_of(text), limits);
    CHECK(has(result, finding_kind::reject, problem_code::too_large));
}

TEST_CASE("a hundred thousand fixes are read", "[gpx]") {
    std::string fixes;
    for (int i = 0; i < 100'000; ++i) {
        const coincide::instant time{std::chrono::milliseconds{1588320000000 + i * std::int64_t{1000}}};
        fixes += fix("51." + std::to_string(100'000 + i % 1000), "3", coincide::format_rfc3339(time));
    }
    const auto ride = only(decode(document(fixes)));
    CHECK(ride.track.size() == 100'000);
    CHECK(ride.elapsed == 99'999s);
}

TEST_CASE("real recordings decode to what other decoders read", "[gpx]") {
    // Start, span and number of points: counted in the files; lengths: a haversine sum over ElementTree, in Python.
    struct expected {
        const char* file;
        const char* start;
        std::chrono::milliseconds elapsed;
        double distance_m;
        std::size_t fixes;
    };
    for (const expected& want : {
             expected{"elevate/ride.gpx", "2018-07-26T17:17:10Z", 4746s, 33718.7, 1266},
             expected{"gps-accuracy-winchester/routeA-Garmin-Edge-605.gpx", "2019-11-29T11:53:49Z", 6406s, 32105.2, 6398},
             expected{"garmin-vs-polar/21-06-2024-polar.gpx", "2024-06-21T14:19:51.520Z", 17133001ms, 40550.6, 16479},
             expected{"geo-activity-playground/2025-08-30_10_27_46.464_Wasserlinie_Cadzand-Bad.gpx",
                      "2025-08-30T08:27:48.170Z", 2012814ms, 1293.6, 141},
         }) {
        const auto text = xml_support::recording(want.file);
        if (text.empty()) continue;
        const auto ride = only(decode(text));
        CHECK(ride.start_time == at(want.start));
        CHECK(ride.elapsed == want.elapsed);
        CHECK(near(*ride.distance_m, want.distance_m, 0.1));
        CHECK(ride.track.positions() == want.fixes);
    }
}

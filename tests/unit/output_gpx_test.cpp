// SPDX-License-Identifier: BSL-1.0
#include "../support/activities.hpp"
#include "../support/xml_support.hpp"
#include "commands.hpp"
#include "gpx.hpp"
#include "json_write.hpp"
#include "output.hpp"
#include "output_gpx.hpp"
#include "xml.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using coincide::activity;
using coincide::no_value;
using coincide::sample;
using coincide::samples;
namespace fs = std::filesystem;

const auto start = rides::at("2024-05-27T06:19:26Z");

activity ride(std::vector<sample> fixes) {
    activity a;
    a.source = "coincide";
    a.start_time = start;
    a.sport = coincide::sport_from_slug("cycling");
    for (const auto& s : fixes) a.track.push(s);
    a.track.finish();
    return a;
}

sample fix(std::chrono::milliseconds t, double lat, double lon) {
    sample s;
    s.t = t;
    s.lat_deg = lat;
    s.lon_deg = lon;
    return s;
}

/// What our own reader makes of it: one activity, without any complaint.
activity read_back(const activity& a) {
    const auto text = reconcile::gpx_of(a);
    const auto result = reconcile::decode_gpx(xml_support::bytes_of(text));
    CHECK(result.findings.empty());
    REQUIRE(result.activities.size() == 1);
    return result.activities[0].activity;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// A folder of its own for each test, removed afterwards.
class scratch {
public:
    scratch() {
        static std::atomic<int> count{0};
        path_ = fs::temp_directory_path() / ("coincide_gpx_" + std::to_string(getpid()) + "_" + std::to_string(count++));
        fs::create_directories(path_);
    }
    ~scratch() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    fs::path operator/(std::string_view name) const { return path_ / name; }
    void put(std::string_view name, std::string_view content) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream{path_ / name, std::ios::binary} << content;
    }
    std::string get(std::string_view name) const {
        std::ifstream file{path_ / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    /// Everything below a folder, by name.
    std::set<std::string> names(std::string_view below) const {
        std::set<std::string> out;
        for (const auto& entry : fs::recursive_directory_iterator{path_ / below})
            out.insert(fs::relative(entry.path(), path_ / below).generic_string());
        return out;
    }

private:
    fs::path path_;
};

std::string lines(const std::vector<activity>& records) {
    std::string out;
    for (const auto& r : records) {
        reconcile::write_record(out, r, {.with_tracks = true});
        out += '\n';
    }
    return out;
}

reconcile::exit_status merge_into(const scratch& in, bool gpx) {
    std::ostringstream summary;
    reconcile::merge_options options;
    options.inputs = {{in / "in", {}}};
    options.out = in / "out";
    options.gpx = gpx;
    options.threads = 1;
    return reconcile::merge_inputs(options, summary, summary, nullptr);
}

activity recorded_ride(std::string_view id, coincide::instant at) {
    return rides::ride_along("garmin", id, at, rides::path_of({}, 900), 7, {.every_s = 5, .heart_rate = 140});
}

const std::set<std::string> always{".coincide",   "activities.ndjson", "groups.ndjson",
                                   "history.csv", "records.ndjson",    "rejects.ndjson", "report.html"};
std::set<std::string> with(std::set<std::string> more) {
    more.insert(always.begin(), always.end());
    return more;
}

/// The only merged activity of some records.
activity merged(const std::vector<activity>& records) {
    const auto groups = coincide::group(records, coincide::presets::balanced);
    REQUIRE(groups.size() == 1);
    auto all = reconcile::merged_activities(records, groups[0], coincide::presets::measured_first);
    REQUIRE(all.size() == 1);
    return std::move(all[0].activity);
}

}  // namespace

TEST_CASE("what is written is read back fix by fix", "[gpx]") {
    std::vector<sample> fixes;
    for (int i = 0; i < 200; ++i) {
        auto s = fix(i * 1000ms + (i % 3 == 1 ? 250ms : 0ms), 51.05 + i * 1.23e-5, 3.72 - i * 7.1e-6);
        if (i % 2 == 0) s.ele_m = -3.5 + i * 0.125;
        if (i % 3 != 0) s.hr_bpm = 100 + i % 60;
        if (i % 5 != 0) s.power_w = i * 2;
        if (i % 7 != 0) s.cadence_rpm = i % 110;
        if (i > 100) s.speed_mps = 7.125;
        fixes.push_back(s);
    }
    const auto a = ride(fixes);
    const auto b = read_back(a);
    CHECK(b.start_time == a.start_time);
    CHECK(b.sport == a.sport);
    REQUIRE(b.track.size() == a.track.size());
    CHECK(b.track.t_ms == a.track.t_ms);
    const auto same = [](double x, double y) { return x == y || (x != x && y != y); };
    for (std::size_t i = 0; i < a.track.size(); ++i) {
        REQUIRE(xml_support::near(b.track[i].lat_deg, a.track[i].lat_deg, 0.50001e-7));
        REQUIRE(xml_support::near(b.track[i].lon_deg, a.track[i].lon_deg, 0.50001e-7));
        for (std::size_t c = 0; c < samples::distance; ++c) REQUIRE(same(b.track.values[c][i], a.track.values[c][i]));
    }
}

TEST_CASE("names and notes come back whatever they hold", "[gpx]") {
    for (const std::string text :
         {"</script><img onerror>", "& ]]>", "&amp;lt;", "\"quoted\" 'twice'", "<![CDATA[x]]>", "<!-- x --",
          "a\nb\r\nc\rd\te", "Z\xC3\xBCrich \xF0\x9F\x9A\xB4 \xE2\x80\xA8", "<?xml version='1.0'?>", "&#0;"}) {
        auto a = ride({fix(0ms, 51, 3)});
        a.name = text;
        a.notes = "n " + text;
        const auto b = read_back(a);
        CHECK(b.name == text);
        CHECK(b.notes == "n " + text);
        CHECK(b.track.size() == 1);
    }
}

TEST_CASE("characters that XML cannot hold are dropped, bytes that are not UTF-8 replaced", "[gpx]") {
    auto a = ride({fix(0ms, 51, 3)});
    a.name = std::string{"a\0b\x01"
                         "c\x1F"
                         "d\xEF\xBF\xBE"
                         "e\xEF\xBF\xBF"
                         "f\xC0\xAFg\xED\xA0\x80h",
                         22};
    a.notes = "\x08\x0B\x0C";
    const std::string lost = "\xEF\xBF\xBD";
    const auto b = read_back(a);
    CHECK(b.name == "abcdef" + lost + lost + "g" + lost + lost + lost + "h");
    CHECK(b.notes.empty());
    CHECK_FALSE(contains(reconcile::gpx_of(a), "<desc>"));
}

TEST_CASE("any bytes make a document that is read to its end", "[gpx]") {
    xml_support::noise noise{1};
    for (int round = 0; round < 500; ++round) {
        auto a = ride({fix(0ms, 51, 3)});
        a.name.resize(noise.next() % 40);
        for (char& c : a.name) c = static_cast<char>(noise.next());
        const auto b = read_back(a);
        REQUIRE(b.name == reconcile::trimmed(reconcile::printable(a.name)));
        REQUIRE(b.track.size() == 1);
    }
}

TEST_CASE("unknown name, notes, sport and values leave no element", "[gpx]") {
    auto a = ride({fix(0ms, 51, 3)});
    a.sport.reset();
    const auto text = reconcile::gpx_of(a);
    for (const char* element : {"<name>", "<desc>", "<type>", "<ele>", "<extensions>"}) CHECK_FALSE(contains(text, element));
    CHECK(contains(text, "<trkpt lat=\"51\" lon=\"3\"><time>2024-05-27T06:19:26Z</time></trkpt>"));
}

TEST_CASE("elements stand in the order of their schemas", "[gpx]") {
    auto s = fix(1500ms, 51.00000005, -3.5);
    s.ele_m = 12.3456;
    s.hr_bpm = 120;
    s.cadence_rpm = 87.5;
    s.speed_mps = 7.25;
    s.power_w = 201.4;
    auto a = ride({s});
    a.name = "Ride";
    a.notes = "windy";
    const auto text = reconcile::gpx_of(a);
    CHECK(contains(text,
                   "<metadata><time>2024-05-27T06:19:26Z</time></metadata>\n<trk>\n<name>Ride</name>\n<desc>windy</desc>\n"
                   "<type>cycling</type>\n<trkseg>\n"));
    CHECK(contains(
        text, "<trkpt lat=\"51.0000001\" lon=\"-3.5\"><ele>12.346</ele><time>2024-05-27T06:19:27.500Z</time><extensions>"
              "<power>201</power><gpxtpx:TrackPointExtension><gpxtpx:hr>120</gpxtpx:hr><gpxtpx:cad>88</gpxtpx:cad>"
              "<gpxtpx:speed>7.25</gpxtpx:speed></gpxtpx:TrackPointExtension></extensions></trkpt>\n"));
}

TEST_CASE("samples without a position are left out, and the track goes on after them", "[gpx]") {
    auto indoors = fix(1000ms, no_value, no_value);
    indoors.hr_bpm = 150;
    const auto b = read_back(ride({fix(0ms, 51, 3), indoors, fix(2000ms, 51.001, 3), fix(3000ms, 51.002, no_value)}));
    CHECK(b.track.t_ms == std::vector<std::int64_t>{0, 2000});
    CHECK(b.track.values[samples::hr].empty());
}

TEST_CASE("a value that its element cannot hold is left out", "[gpx]") {
    auto s = fix(0ms, 51, 180);
    s.hr_bpm = 0;
    s.cadence_rpm = 255;
    s.power_w = -5;
    s.speed_mps = std::numeric_limits<double>::infinity();
    s.ele_m = std::numeric_limits<double>::infinity();
    auto t = s;
    t.t = 1000ms;
    t.hr_bpm = 256;
    t.lon_deg = 179.99999999;
    const auto text = reconcile::gpx_of(ride({s, t}));
    CHECK_FALSE(contains(text, "<extensions>"));
    CHECK_FALSE(contains(text, "<ele>"));
    CHECK_FALSE(contains(text, "inf"));
    CHECK_FALSE(contains(text, "\"180\""));  // the schema has longitudes below 180
    CHECK(contains(text, "lat=\"51\" lon=\"-180\""));
}

TEST_CASE("a file is named by start and sport, and a second of one name gets a number", "[gpx]") {
    reconcile::gpx_names names;
    auto a = ride({});
    a.utc_offset = 7200s;
    a.start_time += 900ms;
    CHECK(names.next(a) == "2024-05-27T06-19-26Z-cycling.gpx");
    CHECK(names.next(a) == "2024-05-27T06-19-26Z-cycling-2.gpx");
    a.sport = coincide::sport_from_slug("running");
    CHECK(names.next(a) == "2024-05-27T06-19-26Z-running.gpx");
    a.sport.reset();
    CHECK(names.next(a) == "2024-05-27T06-19-26Z.gpx");
    CHECK(names.next(a) == "2024-05-27T06-19-26Z-2.gpx");
    a.sport = coincide::sport_from_slug("cycling");
    CHECK(names.next(a) == "2024-05-27T06-19-26Z-cycling-3.gpx");
}

TEST_CASE("samples keep their instants when the start comes from another record", "[gpx]") {
    const auto path = rides::path_of({}, 1800);
    // the service tells the whole activity without a track, the phone was started four minutes late
    auto summary = rides::activity_of("garmin", "1", start, 1800s, 12600, "cycling");
    auto phone = rides::ride_along("gpx_file", "late.gpx", start, path, 7, {.every_s = 1}, 240);
    const auto both = merged({summary, phone});
    REQUIRE(both.start_time == start);
    REQUIRE(both.track.size() == 1560);
    CHECK(both.track.t_ms.front() == 240'000);
    CHECK(contains(reconcile::gpx_of(both), "<time>2024-05-27T06:23:26Z</time>"));
}

TEST_CASE("samples by a wrong clock count by the one that gave the start", "[gpx]") {
    auto summary = rides::activity_of("garmin", "1", start, 7213s, 50477, "cycling");
    auto phone = rides::ride_along("gpx_file", "a.gpx", start, rides::path_of({}, 7213), 7, {.every_s = 5});
    phone.distance_m = 50477;
    for (const auto error : {7h, -7h, 1h, -1h}) {
        phone.start_time = start + error;
        const auto both = merged({summary, phone});
        REQUIRE(both.start_time == start);
        CHECK(both.track.t_ms.front() == 0);
    }
}

TEST_CASE("samples whose clock has nothing to do with the start count by the start", "[gpx]") {
    auto edit = rides::activity_of("edit", "1", start, 1800s, 12600, "cycling");
    auto phone = rides::ride_along("gpx_file", "a.gpx", start + 50h, rides::path_of({}, 1800), 7, {.every_s = 5});
    const std::vector<std::uint32_t> both{0, 1};
    const auto all = reconcile::merged_activities({edit, phone}, {both, {}, true},
                                                  coincide::presets::measured_first);  // joined by the athlete
    REQUIRE(all.size() == 1);
    CHECK(all[0].activity.start_time == start);
    CHECK(all[0].activity.track.t_ms.front() == 0);
    CHECK(all[0].members == both);
    CHECK(all[0].review);
}

TEST_CASE("--gpx writes a file for each activity with positions, without it there is none", "[gpx]") {
    const scratch top;
    top.put("in/records.ndjson", lines({recorded_ride("1", start), recorded_ride("2", start + 24h),
                                        rides::activity_of("garmin", "3", start + 48h, 3600s, 0, "strength_training")}));
    REQUIRE(merge_into(top, false) == reconcile::done);
    CHECK(top.names("out") == always);

    REQUIRE(merge_into(top, true) == reconcile::done);
    CHECK(top.names("out") == with({"gpx", "gpx/2024-05-27T06-19-26Z-cycling.gpx", "gpx/2024-05-28T06-19-26Z-cycling.gpx"}));
    const auto text = top.get("out/gpx/2024-05-27T06-19-26Z-cycling.gpx");
    const auto result = reconcile::decode_gpx(xml_support::bytes_of(text));
    REQUIRE(result.activities.size() == 1);
    CHECK(result.activities[0].activity.track.positions() == 180);
}

TEST_CASE("a run removes the GPX files of the run before, and no other file", "[gpx]") {
    const scratch top;
    top.put("in/records.ndjson", lines({recorded_ride("1", start), recorded_ride("2", start + 24h)}));
    top.put("out/gpx/mine.gpx", "<gpx/>");
    top.put("out/gpx/2020-01-01T00-00-00Z-cycling.gpx", "<gpx/>");
    REQUIRE(merge_into(top, true) == reconcile::done);
    top.put("in/records.ndjson", lines({recorded_ride("2", start + 24h)}));
    REQUIRE(merge_into(top, true) == reconcile::done);
    CHECK(top.names("out") ==
          with({"gpx", "gpx/mine.gpx", "gpx/2020-01-01T00-00-00Z-cycling.gpx", "gpx/2024-05-28T06-19-26Z-cycling.gpx"}));
    REQUIRE(merge_into(top, false) == reconcile::done);
    CHECK(top.names("out") == with({"gpx", "gpx/mine.gpx", "gpx/2020-01-01T00-00-00Z-cycling.gpx"}));
}

TEST_CASE("a marker file that names other files harms none of them", "[gpx]") {
    const scratch top;
    top.put("in/records.ndjson", lines({recorded_ride("1", start)}));
    top.put("out/precious.txt", "x");
    top.put("out/gpx/deep/a.gpx", "x");
    top.put("precious.gpx", "x");
    top.put("out/.coincide", "gpx/../../precious.gpx\n../precious.gpx\nprecious.txt\ngpx/deep/a.gpx\ngpx/\n" +
                                 (top / "precious.gpx").string() + "\n");
    REQUIRE(merge_into(top, true) == reconcile::done);
    for (const char* name : {"out/precious.txt", "out/gpx/deep/a.gpx", "precious.gpx"}) CHECK(top.get(name) == "x");
}

TEST_CASE("output that cannot be completed changes nothing", "[gpx]") {
    const scratch top;
    top.put("in/records.ndjson", lines({recorded_ride("1", start)}));
    REQUIRE(merge_into(top, false) == reconcile::done);
    const auto before = top.get("out/activities.ndjson");
    top.put("in/records.ndjson", lines({recorded_ride("1", start), recorded_ride("2", start + 24h)}));

    top.put("out/gpx", "a file where the folder should be");
    CHECK(merge_into(top, true) == reconcile::not_written);
    CHECK(top.get("out/activities.ndjson") == before);
    CHECK(top.names("out") == with({"gpx"}));

    fs::remove(top / "out/gpx");
    top.put("out/.history.csv.part/in the way", "x");
    CHECK(merge_into(top, true) == reconcile::not_written);
    CHECK(top.get("out/activities.ndjson") == before);
    CHECK(top.names("out") == with({"gpx", ".history.csv.part", ".history.csv.part/in the way"}));
}

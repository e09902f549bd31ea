// SPDX-License-Identifier: BSL-1.0
//
// Archives that split an activity between a table and a file, read as a user gives them: as a folder, as a zip, as the table alone.
#include "../support/xml_support.hpp"
#include "companions.hpp"
#include "read_inputs.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using coincide::activity;
using xml_support::at;

namespace {

using files = std::vector<std::pair<std::string, std::string>>;  // name, content

/// A folder of its own for each test, removed afterwards.
class scratch {
public:
    explicit scratch(const files& content = {}) {
        static std::atomic<int> count{0};
        path_ = fs::temp_directory_path() / ("coincide_companions_" + std::to_string(getpid()) + "_" + std::to_string(count++));
        fs::create_directories(path_);
        for (const auto& [name, text] : content) {
            fs::create_directories((path_ / name).parent_path());
            std::ofstream{path_ / name, std::ios::binary} << text;
        }
    }
    ~scratch() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    [[nodiscard]] fs::path operator/(std::string_view name) const { return path_ / name; }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void write_zip(const fs::path& to, const files& content) {
    zip_t* const archive = zip_open(to.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    REQUIRE(archive);
    for (const auto& [name, text] : content)
        REQUIRE(zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8) >= 0);
    REQUIRE(zip_close(archive) == 0);
}

reconcile::history read(const fs::path& input) {
    const reconcile::input_spec inputs[] = {{input, ""}};
    reconcile::read_options options;
    options.threads = 2;
    return reconcile::read_inputs(inputs, options).records;
}

/// "strava/7 gpx_file/x.gpx", in order
std::string ids(const reconcile::history& all) {
    std::string out;
    for (const auto& r : all.records()) out.append(out.empty() ? "" : " ").append(r.source).append("/").append(r.external_id);
    return out;
}

const std::string headings = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename,Distance\n";
std::string ride(int id, std::string_view file, std::string_view date = "May 1, 2020, 8:00:00 AM") {
    return std::to_string(id) + ",\"" + std::string{date} + "\",Morning Ride,Ride,70,0.5," + std::string{file} + ",500\n";
}
std::string track(std::string_view start = "2020-05-01T08:00:00Z", std::string_view more = "") {
    return "<gpx creator='Garmin Edge 530'><trk><name>from the file</name><trkseg><trkpt lat='51' lon='3'><time>" + std::string{start} +
           "</time><extensions><hr>120</hr></extensions></trkpt><trkpt lat='51.001' lon='3'><time>2020-05-01T08:01:00Z</time></trkpt></trkseg></trk>" + std::string{more} + "</gpx>";
}

/// One record of a table, as the decoder gives it.
reconcile::read_file table_of(const char* from, std::vector<std::string> companions) {
    reconcile::read_file out;
    out.file.id = "activities.csv", out.file.from = from, out.file.format = reconcile::file_format::csv;
    out.file.file = fs::path{from};
    out.from.id = "activities.csv";
    reconcile::decoded_activity one;
    one.activity.source = "strava", one.activity.external_id = "7", one.activity.start_time = at("2020-05-01T08:00:00Z");
    one.companions = std::move(companions);
    out.content.activities.push_back(std::move(one));
    return out;
}

}  // namespace

TEST_CASE("a table and its file are one record, in a folder and in a zip", "[companions]") {
    const files archive{{"activities.csv", headings + ride(7, "activities/7.gpx")}, {"activities/7.gpx", track()}};
    const scratch folder{archive};
    const scratch other;
    write_zip(other / "export.zip", archive);
    for (const auto& input : {folder.path(), other / "export.zip"}) {
        const auto all = read(input);
        REQUIRE(ids(all) == "strava/7");
        const auto one = all.whole(0);
        CHECK(one.name == "Morning Ride");  // the source's own words
        CHECK(one.elapsed == 70s);          // and totals
        CHECK(one.distance_m == 500.0);
        CHECK(one.max_heart_rate_bpm == 120.0);  // what only the file knows
        CHECK(one.device.model == "Garmin Edge 530");
        CHECK(one.track.size() == 2);
        CHECK(one.file.sha256.size() == 64);
        REQUIRE(all.from(0).size() == 2);
        CHECK(all.from(0)[0].starts_with("activities.csv"));
        CHECK(all.from(0)[1] == "activities/7.gpx");
        CHECK(all.findings().empty());
    }
}

TEST_CASE("a table given alone finds the files beside it on disk", "[companions]") {
    const scratch folder{{{"activities.csv", headings + ride(7, "activities/7.gpx")}, {"activities/7.gpx", track()}, {"activities/8.gpx", track()}}};
    const auto all = read(folder / "activities.csv");
    REQUIRE(ids(all) == "strava/7");
    CHECK(all.whole(0).track.size() == 2);
}

TEST_CASE("a file that is missing, damaged or holds several activities is left as it is", "[companions]") {
    const auto two = track("2020-05-01T08:00:00Z", "<trk><trkseg><trkpt lat='51' lon='3'><time>2020-05-01T09:00:00Z</time></trkpt></trkseg></trk>");
    const scratch folder{{{"activities.csv", headings + ride(1, "activities/gone.gpx") + ride(2, "activities/bad.gpx", "May 2, 2020, 8:00:00 AM") +
                                                 ride(3, "activities/two.gpx", "May 3, 2020, 8:00:00 AM") + ride(4, "", "May 4, 2020, 8:00:00 AM")},
                          {"activities/bad.gpx", "no track at all"},
                          {"activities/two.gpx", two}}};
    const auto all = read(folder.path());
    CHECK(ids(all) == "gpx_file/activities/two.gpx strava/1 gpx_file/activities/two.gpx#2 strava/2 strava/3 strava/4");
    for (const auto& r : all.records())
        if (r.source == "strava") CHECK(r.track.empty());
    REQUIRE(all.findings().size() == 2);
    CHECK(all.findings()[0].file == "activities.csv");  // one recording that it names is not there
    CHECK(all.findings()[1].file == "activities/bad.gpx");
    const auto alone = read(folder / "activities.csv");
    CHECK(ids(alone) == "strava/1 strava/2 strava/3 strava/4");
    REQUIRE(alone.findings().size() == 2);  // told in any case
    CHECK(alone.findings()[0].file == "activities.csv");
    CHECK(alone.findings()[1].file.ends_with("bad.gpx"));
}

TEST_CASE("a file belongs to the first row that names it", "[companions]") {
    const scratch folder{{{"activities.csv", headings + ride(1, "activities/7.gpx") + ride(2, "activities/7.gpx")}, {"activities/7.gpx", track()}}};
    const auto all = read(folder.path());
    REQUIRE(ids(all) == "strava/1 strava/2");
    CHECK(all.whole(0).track.size() == 2);
    CHECK(all.records()[1].track.empty());
}

TEST_CASE("samples keep their instants when the table and the file begin at other times", "[companions]") {
    const scratch folder{{{"activities.csv", headings + ride(7, "activities/7.gpx", "May 1, 2020, 7:59:50 AM")}, {"activities/7.gpx", track()}}};
    const auto all = read(folder.path());
    REQUIRE(ids(all) == "strava/7");
    CHECK(all.records()[0].start_time == at("2020-05-01T07:59:50Z"));
    CHECK(all.whole(0).track.t_ms == std::vector<std::int64_t>{10000, 70000});
}

TEST_CASE("files that no row names are records of their own", "[companions]") {
    const scratch folder{{{"activities.csv", headings + ride(7, "activities/7.gpx")}, {"activities/7.gpx", track()}, {"activities/8.gpx", track("2020-05-01T08:00:30Z")}}};
    CHECK(ids(read(folder.path())) == "strava/7 gpx_file/activities/8.gpx");
}

TEST_CASE("a workout of Apple's export gets its routes, one after the other", "[companions]") {
    const auto route = [](std::string_view minute) {
        return "<gpx><trk><trkseg><trkpt lat='48.1' lon='11.5'><time>2019-05-01T06:" + std::string{minute} + ":01Z</time></trkpt><trkpt lat='48.2' lon='11.5'><time>2019-05-01T06:" +
               std::string{minute} + ":02Z</time></trkpt></trkseg></trk></gpx>";
    };
    const scratch folder{
        {{"apple_health_export/export.xml",
          "<HealthData><Workout workoutActivityType=\"HKWorkoutActivityTypeWalking\" startDate=\"2019-05-01 08:00:00 +0200\" endDate=\"2019-05-01 08:30:00 +0200\">"
          "<WorkoutRoute><FileReference path=\"/workout-routes/a.gpx\"/></WorkoutRoute><WorkoutRoute><FileReference path=\"/workout-routes/b.gpx\"/></WorkoutRoute></Workout></HealthData>"},
         {"apple_health_export/workout-routes/a.gpx", route("10")},
         {"apple_health_export/workout-routes/b.gpx", route("05")}}};
    const auto all = read(folder.path());
    REQUIRE(all.records().size() == 1);
    const auto walk = all.whole(0);
    CHECK(walk.source == "apple_health");
    CHECK(walk.start_time == at("2019-05-01T06:00:00Z"));
    CHECK(walk.track.t_ms == std::vector<std::int64_t>{301000, 302000, 601000, 602000});
    CHECK(all.from(0).size() == 3);
}

TEST_CASE("names in a table that are no names of files harm nothing", "[companions][hostile]") {
    std::string rows = headings;
    int id = 1;
    for (const char* name : {".", "..", "/", "activities", "activities/", "//", "\\", "activities/7.gpx/x", "C:\\7.gpx", "activities/%00.gpx"}) rows += ride(id++, name);
    rows += ride(id++, std::string(100'000, 'x'));
    rows += ride(id++, std::string("a\0.gpx", 6));
    const scratch folder{{{"activities.csv", rows}, {"activities/7.gpx", track()}}};
    for (const auto& input : {folder.path(), folder / "activities.csv"}) {
        std::size_t strava = 0;
        const auto all = read(input);
        for (const auto& r : all.records()) strava += r.source == "strava" && r.track.empty();
        CHECK(strava == 12);
    }
}

// Only Apple's routes are kept from leaving their folder; the names of Strava's table are joined to its path as they stand.
TEST_CASE("a table reads no file outside its own folder", "[companions][hostile]") {
    const scratch folder{{{"secret.gpx", track()}, {"export/activities.csv", headings + ride(1, "../secret.gpx")}}};
    const scratch absolute{{{"activities.csv", headings + ride(1, (folder / "secret.gpx").string())}}};
    CHECK(read(folder / "export/activities.csv").records().at(0).track.empty());
    CHECK(read(absolute / "activities.csv").records().at(0).track.empty());
}

// attach_companions takes the table for its own recording: it moves the record into itself, and frees the list that it walks (use after
// free, found by AddressSanitizer). In a process of its own, so that the suite goes on.
TEST_CASE("a table that names itself is left as it is", "[companions][hostile]") {
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (!std::freopen("/dev/null", "w", stderr)) _exit(2);
        std::vector<reconcile::read_file> all;
        all.push_back(table_of("in/activities.csv", {"activities.csv", "7.gpx"}));
        reconcile::attach_companions(all, [](const reconcile::input_file&) { return reconcile::read_file{}; });
        _exit(all[0].content.activities.size() == 1 && all[0].content.activities[0].activity.external_id == "7" ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

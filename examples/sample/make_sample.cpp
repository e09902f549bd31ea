// SPDX-License-Identifier: BSL-1.0
//
// Writes a small training history as files would really lie around: one athlete, a watch, a bike computer and a phone, two
// services, an archive, and the usual faults. For the demonstration and for trying things out; the same bytes every time.
//
//     make_sample FOLDER
//
// What is in it, and what should come out, is printed as a list.
#include "fit_builder.hpp"

#include <coincide/record/time.hpp>

#include <zip.h>
#include <zlib.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <numbers>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// A linear congruential generator (Knuth's MMIX constants): the same numbers on every platform.
class noise {
public:
    explicit noise(std::uint64_t seed) : state_{seed} {}
    double uniform() {  // -1 … 1
        state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<double>(state_ >> 11) / 4503599627370496.0 - 1.0;
    }

private:
    std::uint64_t state_;
};

struct point {
    std::int64_t at;  // Unix seconds
    double lat, lon, ele, hr, distance;
};

/// What happened: a loop of straight pieces at a speed that varies, one point a second.
std::vector<point> activity(std::int64_t start, int seconds, double speed, double lat, double lon, std::uint64_t route) {
    noise random{route};
    std::vector<point> out;
    double heading = random.uniform() * std::numbers::pi, distance = 0, now = speed, hr = 110;
    for (int s = 0; s <= seconds; ++s) {
        out.push_back({start + s, lat, lon, 20 + 5 * std::sin(s / 300.0), std::round(hr), distance});
        if (s % 40 == 0) heading += random.uniform() * 0.8;
        now += 0.05 * (speed - now) + 0.1 * random.uniform();
        hr += 0.02 * (145 - hr) + 0.5 * random.uniform();
        distance += now;
        lat += now * std::cos(heading) / 111195.0;
        lon += now * std::sin(heading) / (111195.0 * std::cos(lat * std::numbers::pi / 180));
    }
    return out;
}

/// What one device saw of it: every n-th point, with an error that drifts, from a later first second to an earlier last one.
std::vector<point> seen(const std::vector<point>& truth, std::uint64_t device, int every, int late = 0, int early = 0) {
    noise random{device};
    std::vector<point> out;
    double north = 0, east = 0;
    for (std::size_t i = static_cast<std::size_t>(late); i + static_cast<std::size_t>(early) < truth.size(); ++i) {
        north = 0.96 * north + 1.2 * random.uniform();
        east = 0.96 * east + 1.2 * random.uniform();
        if ((i - static_cast<std::size_t>(late)) % static_cast<std::size_t>(every) != 0) continue;
        auto p = truth[i];
        p.lat += north / 111195.0;
        p.lon += east / 70000.0;
        p.distance = truth[i].distance - truth[static_cast<std::size_t>(late)].distance;
        out.push_back(p);
    }
    return out;
}

std::string utc(std::int64_t at) { return coincide::format_rfc3339(coincide::instant{std::chrono::seconds{at}}); }

std::string fit(const std::vector<point>& points, std::uint16_t product, std::uint32_t serial, std::uint8_t sport) {
    fit_builder file;
    file.file_id({.manufacturer = 1, .product = product, .serial = serial, .created = points.front().at});
    double hr = 0, hr_max = 0;
    for (const auto& p : points) {
        file.record({.at = p.at, .lat = p.lat, .lon = p.lon, .ele = p.ele, .hr = p.hr, .distance = p.distance});
        hr += p.hr / static_cast<double>(points.size());
        hr_max = std::max(hr_max, p.hr);
    }
    const auto elapsed = static_cast<double>(points.back().at - points.front().at);
    file.session({.start = points.front().at, .written = points.back().at, .elapsed_s = elapsed, .timer_s = elapsed, .distance_m = points.back().distance,
                  .sport = sport, .kcal = elapsed / 6, .avg_hr = hr, .max_hr = hr_max});
    file.activity({.at = points.back().at, .utc_offset_s = 7200});
    const auto bytes = file.finish();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string gpx(const std::vector<point>& points, const std::string& creator, const std::string& name, const std::string& type, std::int64_t clock_error = 0) {
    auto text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"" + creator + "\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n<trk><name>" + name +
                "</name><type>" + type + "</type><trkseg>\n";
    for (const auto& p : points)
        text += "<trkpt lat=\"" + std::to_string(p.lat) + "\" lon=\"" + std::to_string(p.lon) + "\"><ele>" + std::to_string(p.ele) + "</ele><time>" + utc(p.at + clock_error) +
                "</time></trkpt>\n";
    return text + "</trkseg></trk></gpx>\n";
}

std::string tcx(const std::vector<point>& points, const std::string& sport) {
    auto text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"><Activities>\n<Activity Sport=\"" +
                sport + "\"><Id>" + utc(points.front().at) + "</Id><Lap StartTime=\"" + utc(points.front().at) + "\"><TotalTimeSeconds>" +
                std::to_string(points.back().at - points.front().at) + "</TotalTimeSeconds><DistanceMeters>" + std::to_string(points.back().distance) +
                "</DistanceMeters><Calories>300</Calories><Track>\n";
    for (const auto& p : points)
        text += "<Trackpoint><Time>" + utc(p.at) + "</Time><Position><LatitudeDegrees>" + std::to_string(p.lat) + "</LatitudeDegrees><LongitudeDegrees>" + std::to_string(p.lon) +
                "</LongitudeDegrees></Position><HeartRateBpm><Value>" + std::to_string(static_cast<int>(p.hr)) + "</Value></HeartRateBpm></Trackpoint>\n";
    return text + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>\n";
}

/// A summary as a service or a person has it, one line.
std::string line(const std::string& source, const std::string& id, std::int64_t start, int elapsed, double meters, const std::string& sport, const std::string& more = {}) {
    return "{\"source\":\"" + source + "\",\"external_id\":\"" + id + "\",\"start_time\":\"" + utc(start) + "\",\"elapsed_time_s\":" + std::to_string(elapsed) +
           ",\"distance_m\":" + std::to_string(meters) + ",\"activity_type\":\"" + sport + "\"" + more + "}\n";
}

class folder {
public:
    explicit folder(fs::path root) : root_{std::move(root)} {}

    void put(const std::string& name, const std::string& content, const std::string& what) {
        fs::create_directories((root_ / name).parent_path());
        std::ofstream{root_ / name, std::ios::binary} << content;
        std::cout << "  " << name << ": " << what << '\n';
    }
    void put_gz(const std::string& name, const std::string& content, const std::string& what) {
        fs::create_directories((root_ / name).parent_path());
        auto* file = gzopen((root_ / name).c_str(), "wb");
        gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
        gzclose(file);
        std::cout << "  " << name << ": " << what << '\n';
    }
    void put_zip(const std::string& name, const std::vector<std::pair<std::string, std::string>>& members, const std::string& what) {
        int failed = 0;
        auto* archive = zip_open((root_ / name).c_str(), ZIP_CREATE | ZIP_TRUNCATE, &failed);
        for (const auto& [member, content] : members) zip_file_add(archive, member.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
        zip_close(archive);
        std::cout << "  " << name << ": " << what << '\n';
    }

private:
    fs::path root_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: make_sample FOLDER\n";
        return 2;
    }
    folder out{argv[1]};
    constexpr std::int64_t monday = 1717394400;  // 2024-06-03T06:00:00Z
    constexpr std::int64_t day = 86400;
    constexpr std::uint16_t watch = 3288, computer = 3121;
    constexpr std::uint8_t running = 1, cycling = 2;

    std::cout << "Monday, a run that the watch recorded; its service and the athlete's own service tell it again\n";
    const auto run = activity(monday, 2400, 2.9, 52.10, 5.10, 1);
    const auto run_on_watch = seen(run, 11, 1);
    out.put("watch/2024-06-03-run.fit", fit(run_on_watch, watch, 1001, running), "the device's own file");
    out.put_gz("backup/2024-06-03-run.fit.gz", fit(run_on_watch, watch, 1001, running), "the same file, packed");
    out.put("services/strava.ndjson",
            line("strava", "9001", monday, 2400, run.back().distance * 1.004, "running", ",\"name\":\"Along the canal\",\"rpe\":6,\"origin\":{\"source\":\"garmin\",\"external_id\":\"5001\"}") +
                line("strava", "9002", monday + day + 3600, 5400, 40210, "cycling", ",\"name\":\"Windy\"") +
                line("strava", "9003", monday + 3 * day + 7 * 3600, 1800, 5300, "running"),
            "an aggregator's list of three");
    out.put("services/garmin.ndjson", line("garmin", "5001", monday, 2400, run.back().distance, "running", ",\"avg_heart_rate_bpm\":141"), "the maker's service");

    std::cout << "Tuesday, a ride with the bike computer; the watch was started four minutes late, the phone ran along\n";
    const auto ride = activity(monday + day + 3600, 5400, 7.4, 52.11, 5.12, 2);
    out.put("computer/ride.fit", fit(seen(ride, 21, 1), computer, 2002, cycling), "whole ride");
    out.put("watch/2024-06-04-ride.fit", fit(seen(ride, 22, 1, 240, 60), watch, 1001, cycling), "late start, early stop");
    out.put("phone/ride.gpx", gpx(seen(ride, 23, 5), "Phone Tracker", "Morning ride", "cycling"), "every fifth second");

    std::cout << "Wednesday, the watch was stopped at the cafe: two files of what the computer has in one\n";
    const auto tour = activity(monday + 2 * day + 7200, 9000, 6.8, 52.12, 5.14, 3);
    out.put("computer/tour.fit", fit(seen(tour, 31, 1), computer, 2002, cycling), "whole tour");
    out.put("watch/2024-06-05-tour-1.fit", fit(seen(tour, 32, 1, 0, 5400), watch, 1001, cycling), "first part");
    out.put("watch/2024-06-05-tour-2.fit", fit(seen(tour, 33, 1, 4500, 0), watch, 1001, cycling), "second part");

    std::cout << "Thursday, twice the same commute, and a phone whose clock is seven hours off\n";
    const auto there = activity(monday + 3 * day, 1500, 5.6, 52.10, 5.10, 4), back = activity(monday + 3 * day + 34200, 1530, 5.5, 52.10, 5.10, 4);
    out.put("watch/2024-06-06-commute-am.fit", fit(seen(there, 41, 1), watch, 1001, cycling), "morning");
    out.put("watch/2024-06-06-commute-pm.fit", fit(seen(back, 42, 1), watch, 1001, cycling), "evening: not the same ride");
    out.put("phone/commute.gpx", gpx(seen(there, 43, 3), "Phone Tracker", "Morning ride", "cycling", 7 * 3600), "the morning, by a wrong clock");

    std::cout << "Friday, strength, typed in by hand beside what the band counted; an export as TCX in an archive\n";
    out.put("manual.ndjson",
            line("manual", "note-1", monday + 4 * day + 43200, 3600, 0, "strength_training", ",\"start_precision_s\":900,\"notes\":\"heavy day\",\"rpe\":8") +
                "{\"source\":\"manual\",\"external_id\":\"note-2\",\"start_time\":\"yesterday\"}\n",
            "one good line, one without a usable time");
    out.put("services/band.ndjson", line("fitbit", "77", monday + 4 * day + 43260, 3540, 0, "strength_training", ",\"avg_heart_rate_bpm\":104"), "the band");
    const auto easy = activity(monday + 4 * day, 1800, 2.6, 52.13, 5.11, 5);
    out.put("watch/2024-06-07-easy.fit", fit(seen(easy, 51, 1), watch, 1001, running), "an easy run");
    out.put_zip("archive.zip", {{"export/easy.tcx", tcx(seen(easy, 51, 1), "Running")}, {"export/photo.jpg", "not an activity"}}, "the same run, exported, and a photo");

    std::cout << "Faults\n";
    const auto whole = fit(seen(activity(monday + 5 * day, 1200, 3.0, 52.14, 5.15, 6), 61, 1), watch, 1001, running);
    out.put("broken/battery-died.fit", whole.substr(0, whole.size() * 2 / 3), "cut off in the middle");
    out.put("broken/empty.gpx", "", "no bytes");
    out.put("broken/entities.gpx", "<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY a \"aaaa\">]><gpx>&a;</gpx>", "declares entities");
    out.put("broken/renamed.tcx", std::string(512, '\x7f'), "is no TCX");
    out.put("readme.txt", "notes\n", "not a recording");
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
//
// Reading files: one hour of every second with heart rate, power, speed and elevation, as FIT, as GPX and as a line of NDJSON.
//
//     speed_files                          bytes decoded, in memory
//     speed_files --long FOLDER            ten hours, and two seconds, of both formats for other programs
//     speed_files --make FOLDER 10000      writes so many files of 10 to 50 minutes, a ride's FIT beside its GPX, for `coincide merge`
#include "measured.hpp"
#include "scenes.hpp"

#include <fit_builder.hpp>
#include <fit.hpp>
#include <gpx.hpp>
#include <json_read.hpp>
#include <json_write.hpp>
#include <output_gpx.hpp>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <utility>
#include <vector>

using namespace coincide;
using namespace speed;

namespace {

activity ride_of(std::uint64_t seed, int length_s) {
    const auto s = make_scene(seed, {.seconds = length_s, .speed_mps = 8});
    activity out;
    out.athlete_id = "me", out.source = "garmin", out.external_id = std::to_string(seed);
    out.start_time = s.start, out.elapsed = seconds{length_s - 1}, out.distance_m = 8.0 * length_s, out.sport = sport_from_slug("cycling");
    for (std::size_t i = 0; i < s.one.size(); ++i) {
        auto at = s.one[i];
        const auto t = static_cast<double>(i);
        at.ele_m = 400 + 60 * std::sin(t / 700), at.hr_bpm = std::round(140 + 20 * std::sin(t / 90)), at.power_w = std::round(200 + 90 * std::sin(t / 40)), at.speed_mps = 8 + std::sin(t / 40);
        out.track.push(at);
    }
    out.track.finish();
    return out;
}

std::vector<std::byte> fit_of(const activity& ride) {
    fit_builder file;
    const auto start = ride.start_time.time_since_epoch().count() / 1000;
    file.file_id({.manufacturer = 1, .product = 2050, .serial = 77, .created = start});
    double along = 0;
    for (std::size_t i = 0; i < ride.track.size(); ++i) {
        const auto at = ride.track[i];
        along += at.speed_mps;
        file.record({.at = start + static_cast<std::int64_t>(i), .lat = at.lat_deg, .lon = at.lon_deg, .ele = at.ele_m, .hr = at.hr_bpm, .power = at.power_w, .speed = at.speed_mps, .distance = along});
    }
    const auto end = start + static_cast<std::int64_t>(ride.track.size()) - 1;
    file.session({.start = start, .written = end, .elapsed_s = static_cast<double>(end - start), .distance_m = along, .sport = 2});
    file.activity({.at = end});
    return file.finish();
}
std::vector<std::byte> bytes_of(const std::string& text) {
    std::vector<std::byte> out(text.size());
    std::memcpy(out.data(), text.data(), text.size());
    return out;
}
std::vector<std::byte> ndjson_of(const activity& ride) {
    std::string line;
    reconcile::write_record(line, ride, {.with_tracks = true});
    return bytes_of(line + '\n');
}

using decoder = reconcile::decoded (*)(std::span<const std::byte>);
void decode(benchmark::State& state, const std::vector<std::byte>& bytes, decoder read) {
    std::size_t fixes = 0;
    for (auto _ : state) {
        const auto all = read(bytes);
        fixes = all.activities.at(0).activity.track.size();
    }
    if (fixes != 3600) state.SkipWithError("not every fix was read");
    per_item(state, bytes.size(), fixes);
}
void fit(benchmark::State& state) {
    decode(state, fit_of(ride_of(1, 3600)), [](std::span<const std::byte> b) { return reconcile::decode_fit(b); });
}
void gpx(benchmark::State& state) {
    decode(state, bytes_of(reconcile::gpx_of(ride_of(1, 3600))), [](std::span<const std::byte> b) { return reconcile::decode_gpx(b); });
}
void ndjson(benchmark::State& state) {
    decode(state, ndjson_of(ride_of(1, 3600)), [](std::span<const std::byte> b) { return reconcile::decode_ndjson(b); });
}

void save(const std::filesystem::path& file, const std::vector<std::byte>& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}
void make_long(const std::filesystem::path& folder) {
    for (const auto& [name, length_s] : {std::pair{"short", 2}, std::pair{"long", 36000}}) {
        const auto ride = ride_of(1, length_s);
        save(folder / (std::string{name} + ".fit"), fit_of(ride));
        save(folder / (std::string{name} + ".gpx"), bytes_of(reconcile::gpx_of(ride)));
    }
}
void make_files(const std::filesystem::path& folder, std::size_t files) {
    for (std::size_t i = 0; i < files; i += 2) {
        const auto ride = ride_of(i / 2 + 1, 600 + static_cast<int>(i * 7919 % 2400));
        save(folder / (std::to_string(i) + ".fit"), fit_of(ride));
        if (i + 1 < files) save(folder / (std::to_string(i + 1) + ".gpx"), bytes_of(reconcile::gpx_of(ride)));
    }
}

}  // namespace

BENCHMARK(fit)->Name("FIT decoded (a byte)")->Unit(benchmark::kMillisecond);
BENCHMARK(gpx)->Name("GPX decoded (a byte)")->Unit(benchmark::kMillisecond);
BENCHMARK(ndjson)->Name("NDJSON with tracks decoded (a byte)")->Unit(benchmark::kMillisecond);

int main(int count, char** arguments) {
    if (count == 3 && std::strcmp(arguments[1], "--long") == 0) return make_long(arguments[2]), 0;
    if (count == 4 && std::strcmp(arguments[1], "--make") == 0) return make_files(arguments[2], std::strtoul(arguments[3], nullptr, 10)), 0;
    benchmark::Initialize(&count, arguments);
    benchmark::RunSpecifiedBenchmarks();
}

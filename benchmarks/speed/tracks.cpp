// SPDX-License-Identifier: BSL-1.0
//
// Tracks: preparing one, comparing two, and what the geometry libraries that a user would otherwise take need for the same question.
//
//     speed_tracks --benchmark_repetitions=9 --benchmark_report_aggregates_only=true
//
// 25 rides of an hour in turn, so that no branch predictor knows one by heart. Counters: ns a fix (or a pair), check: of the 25 twins those
// that are found to be one ride, or the sum of the answers.
#include "measured.hpp"
#include "scenes.hpp"

#include <coincide/match/gps_overlap.hpp>
#include <coincide/match/thinned.hpp>
#include <coincide/match/track_signs.hpp>

#include <boost/geometry.hpp>
#include <geos/algorithm/distance/DiscreteFrechetDistance.h>
#include <geos/geom/CoordinateArraySequence.h>
#include <geos/geom/GeometryFactory.h>
#include <geos/geom/LineString.h>
#include <s2/s2latlng.h>
#include <s2/s2polyline.h>

#include <array>
#include <memory>
#include <string>

using namespace coincide;
using namespace speed;

namespace {

constexpr std::size_t scene_count = 25;
constexpr std::int32_t gap_m = 25;  // of all measures here

const std::array<scene, scene_count>& scenes() {
    static const auto all = [] {
        std::array<scene, scene_count> made;
        for (std::size_t i = 0; i < scene_count; ++i) made[i] = make_scene(i);
        return made;
    }();
    return all;
}
struct prepared {
    raster one, twin, shifted, other_way, far;
    raster one_by_5, twin_by_5, skeleton, other_skeleton;
};
const std::array<prepared, scene_count>& rasters() {
    static const auto all = [] {
        std::array<prepared, scene_count> made;
        for (std::size_t i = 0; i < scene_count; ++i) {
            const auto& s = scenes()[i];
            made[i] = {make_raster(s.one, s.start), make_raster(s.twin, s.start), make_raster(s.twin, s.shifted_start), make_raster(s.other_way, s.start), make_raster(s.far, s.start), {}, {}, {}, {}};
            auto& m = made[i];
            m.one_by_5 = thinned(m.one, 5), m.twin_by_5 = thinned(m.twin, 5), m.skeleton = thinned(m.one, 256), m.other_skeleton = thinned(m.other_way, 256);
        }
        return made;
    }();
    return all;
}

/// Calls measure(i) for the scenes in turn, and reports a unit as one of `of_one` items.
template <class Measure>
void in_turn(benchmark::State& state, std::size_t of_one, Measure measure) {
    std::uint64_t check = 0;
    for (std::size_t i = 0; i < scene_count; ++i) check += measure(i);
    std::size_t at = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(measure(at));
        at = at + 1 == scene_count ? 0 : at + 1;
    }
    per_item(state, of_one, check);
}

// --- ours -------------------------------------------------------------------------------------------------------------------------

void overlap_hot(benchmark::State& state) {
    in_turn(state, 3600, [](std::size_t i) -> std::uint64_t { return overlap_at(rasters()[i].one, rasters()[i].twin, 0, gap_m).per_mille() >= 800; });
}
void overlap_pair(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return overlap_at(rasters()[i].one, rasters()[i].twin, 0, gap_m).per_mille() >= 800; });
}
void overlap_of_5_s(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return overlap_at(rasters()[i].one_by_5, rasters()[i].twin_by_5, 0, gap_m).per_mille() >= 800; });
}
void overlap_of_skeletons(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return overlap_at(rasters()[i].skeleton, rasters()[i].other_skeleton, 0, 60).per_mille() >= 333; });
}
void overlap_negative(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return overlaps(rasters()[i].one, rasters()[i].other_way, 0, gap_m, 800); });
}
void overlap_far(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return overlaps(rasters()[i].one, rasters()[i].far, 0, gap_m, 800); });
}
void clock_shift(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t {
        const auto &a = rasters()[i].one, &b = rasters()[i].shifted;
        const auto guess = shift_by_places(a, b, 26 * 3600);
        return guess.likely() && overlap_at(a, b, guess.shift_s, 50).per_mille() >= 900;
    });
}
void clock_shift_refused(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t { return shift_by_places(rasters()[i].one, rasters()[i].other_way, 26 * 3600).likely(); });
}
template <samples scene::*Which>
void prepare(benchmark::State& state) {
    std::size_t fixes = 0;
    for (const auto& s : scenes()) fixes += (s.*Which).size();
    in_turn(state, fixes / scene_count, [](std::size_t i) -> std::uint64_t { return make_raster(scenes()[i].*Which, scenes()[i].start).valid; });
}
void prepare_two_and_compare(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) -> std::uint64_t {
        const auto& s = scenes()[i];
        return overlap_at(make_raster(s.one, s.start), make_raster(s.twin, s.start), 0, gap_m).per_mille() >= 800;
    });
}

/// 24 000 tracks that follow each other in one arena: 690 MB, read once an iteration.
void overlap_streamed(benchmark::State& state) {
    static constexpr std::size_t tracks = 24000, s = 3600;
    static const auto arena = [] {
        std::vector<std::int32_t> all(tracks * 2 * s);
        for (std::size_t t = 0; t < tracks; ++t) {
            const auto& r = t % 2 == 0 ? rasters()[t / 2 % scene_count].one : rasters()[t / 2 % scene_count].twin;
            std::copy_n(r.lat.begin(), std::min(r.lat.size(), s), all.begin() + static_cast<std::ptrdiff_t>(t * 2 * s));
            std::copy_n(r.lon.begin(), std::min(r.lon.size(), s), all.begin() + static_cast<std::ptrdiff_t>((t * 2 + 1) * s));
        }
        return all;
    }();
    static constexpr raster_run whole[] = {{0, 3500}};  // what all twins have
    const auto view = [&](std::size_t t) { return raster_view{0, {&arena[t * 2 * s], s}, {&arena[(t * 2 + 1) * s], s}, whole}; };
    std::uint64_t accepted = 0;
    for (auto _ : state) {
        accepted = 0;
        for (std::size_t t = 0; t < tracks; t += 2) accepted += overlap_at(view(t), view(t + 1), 0, gap_m).per_mille() >= 800;
        benchmark::DoNotOptimize(accepted);
    }
    per_item(state, tracks * 2 * 3500 * sizeof(std::int32_t), accepted);  // a byte
}

// --- what else there is -----------------------------------------------------------------------------------------------------------

double haversine_m(double lat1, double lon1, double lat2, double lon2) {
    constexpr double degree = 3.14159265358979323846 / 180;
    const double a = std::sin((lat2 - lat1) * degree / 2), b = std::sin((lon2 - lon1) * degree / 2);
    return 2 * 6371008.8 * std::asin(std::sqrt(a * a + std::cos(lat1 * degree) * std::cos(lat2 * degree) * b * b));
}
/// What one writes by hand: go through both, interpolate the second at the times of the first, measure.
template <class Distance>
std::uint64_t merged(const scene& s, Distance distance_m) {
    const auto &a = s.one, &b = s.twin;
    std::size_t j = 0, hits = 0, common = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        while (j + 1 < b.size() && b.t_ms[j + 1] <= a.t_ms[i]) ++j;
        if (b.t_ms[j] > a.t_ms[i] || j + 1 >= b.size()) continue;
        const double part = static_cast<double>(a.t_ms[i] - b.t_ms[j]) / static_cast<double>(b.t_ms[j + 1] - b.t_ms[j]);
        const double lat = b.lat[j] + part * (b.lat[j + 1] - b.lat[j]), lon = b.lon[j] + part * (b.lon[j + 1] - b.lon[j]);
        ++common;
        hits += distance_m(a.lat[i], a.lon[i], lat, lon) <= gap_m;
    }
    return hits * 1000 >= common * 800;
}
void merge_haversine(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) { return merged(scenes()[i], haversine_m); });
}
void merge_equirectangular(benchmark::State& state) {
    in_turn(state, 1, [](std::size_t i) {
        const double meters = 111195.08, by_lon = meters * std::cos(scenes()[i].one.lat[0] * 3.14159265358979323846 / 180);
        return merged(scenes()[i], [&](double lat1, double lon1, double lat2, double lon2) {
            const double y = (lat1 - lat2) * meters, x = (lon1 - lon2) * by_lon;
            return std::sqrt(y * y + x * x);
        });
    });
}

void s2_nearly_covers(benchmark::State& state) {
    const auto line = [](const samples& of) {
        std::vector<S2LatLng> points;
        for (std::size_t i = 0; i < of.size(); ++i) points.push_back(S2LatLng::FromDegrees(of.lat[i], of.lon[i]));
        return std::make_unique<S2Polyline>(points);
    };
    static const auto lines = [&] {
        std::vector<std::pair<std::unique_ptr<S2Polyline>, std::unique_ptr<S2Polyline>>> all;
        for (const auto& s : scenes()) all.emplace_back(line(s.one), line(s.twin));
        return all;
    }();
    const auto error = S1Angle::Radians(gap_m / 6371008.8);
    in_turn(state, 1, [&](std::size_t i) -> std::uint64_t { return lines[i].first->NearlyCovers(*lines[i].second, error); });
}

void boost_discrete_frechet(benchmark::State& state) {
    namespace bg = boost::geometry;
    using point = bg::model::point<double, 2, bg::cs::cartesian>;  // planar: five times as fast as on the sphere
    using line = bg::model::linestring<point>;
    const auto flat = [](const samples& of) {
        line out;
        for (std::size_t i = 0; i < of.size(); ++i) out.emplace_back((of.lon[i] - 8) * 111195.08 * 0.682, (of.lat[i] - 47) * 111195.08);
        return out;
    };
    static const auto a = flat(scenes()[0].one), b = flat(scenes()[0].twin);
    double found = 0;
    for (auto _ : state) benchmark::DoNotOptimize(found = bg::discrete_frechet_distance(a, b));
    per_item(state, 1, static_cast<std::uint64_t>(found));
}

void geos_discrete_frechet(benchmark::State& state) {
    const auto factory = geos::geom::GeometryFactory::create();
    const auto flat = [&](const samples& of) {
        std::vector<geos::geom::Coordinate> points;
        for (std::size_t i = 0; i < of.size(); ++i) points.emplace_back((of.lon[i] - 8) * 111195.08 * 0.682, (of.lat[i] - 47) * 111195.08);
        return factory->createLineString(std::make_unique<geos::geom::CoordinateArraySequence>(std::move(points)));
    };
    const auto a = flat(scenes()[0].one), b = flat(scenes()[0].twin);
    double found = 0;
    for (auto _ : state) benchmark::DoNotOptimize(found = geos::algorithm::distance::DiscreteFrechetDistance::distance(*a, *b));
    per_item(state, 1, static_cast<std::uint64_t>(found));
}

}  // namespace

BENCHMARK(stream_read)->Name("memory, one core reads 1 GiB (a byte)")->Unit(benchmark::kMillisecond);
BENCHMARK(overlap_hot)->Name("overlap of 1 s rasters, hot (a fix)");
BENCHMARK(overlap_pair)->Name("overlap of 1 s rasters, hot (a pair of 1 h)");
BENCHMARK(overlap_streamed)->Name("overlap of 1 s rasters, from memory (a byte)")->Unit(benchmark::kMillisecond);
BENCHMARK(overlap_of_5_s)->Name("overlap of 5 s rasters, hot (a pair of 1 h)");
BENCHMARK(overlap_of_skeletons)->Name("same start, another way: skeletons of 256 s (a pair)");
BENCHMARK(overlap_negative)->Name("same start, another way, at least 80 %? (a pair)");
BENCHMARK(overlap_far)->Name("42 km away, at least 80 %? (a pair)");
BENCHMARK(clock_shift)->Name("clock 3637 s late, guessed and verified (a pair)");
BENCHMARK(clock_shift_refused)->Name("same start, another way: no clock explains it (a pair)");
BENCHMARK(prepare<&scene::one>)->Name("prepare, every second (a fix)");
BENCHMARK(prepare<&scene::twin>)->Name("prepare, whole seconds with drops (a fix)");
BENCHMARK(prepare<&scene::fractional>)->Name("prepare, fractions of seconds (a fix)");
BENCHMARK(prepare_two_and_compare)->Name("prepare two and compare (a pair)");
BENCHMARK(merge_equirectangular)->Name("by hand: merge, equirectangular (a pair)");
BENCHMARK(merge_haversine)->Name("by hand: merge, haversine (a pair)");
BENCHMARK(s2_nearly_covers)->Name("S2 NearlyCovers (a pair)");
BENCHMARK(boost_discrete_frechet)->Name("Boost.Geometry discrete Frechet, planar (a pair)")->Unit(benchmark::kMillisecond);
BENCHMARK(geos_discrete_frechet)->Name("GEOS discrete Frechet (a pair)")->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();

// SPDX-License-Identifier: BSL-1.0
//
// How many instructions the kernels take, counted under callgrind: a guard that gives the same number on a busy machine as on a quiet one.
//
//     instructions                 names of the kernels
//     instructions "overlap"       runs one; what is inside of `counted` is what counts
//
// count_instructions.py counts all of them and compares them with instructions.txt.
#include "scenes.hpp"
#include "workouts.hpp"

#include <coincide/group/group.hpp>
#include <coincide/match/fingerprint_set.hpp>
#include <coincide/match/pairs.hpp>
#include <coincide/match/shift_by_places.hpp>
#include <coincide/match/signature_index.hpp>
#include <coincide/merge/merge.hpp>

#include <cstdint>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

using namespace coincide;
using namespace speed;

namespace {
std::function<std::uint64_t()> work;

struct ride {
    std::string source_name, id, title;
    instant began{};
    double meters = 0, kilocalories = 0;
    std::int64_t lasted_s = 0;
};
}  // namespace

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{bind(source, &ride::source_name), bind(external_id, &ride::id),       bind(coincide::name, &ride::title),      bind(start_time, &ride::began),
                                   bind(elapsed, &ride::lasted_s),   bind(distance_m, &ride::meters), bind(energy_kcal, &ride::kilocalories)};
};

extern "C" [[gnu::noinline]] void counted_work(std::uint64_t& result) { result = work(); }

int main(int count, char** arguments) {
    const auto s = make_scene(1);
    const auto one = make_raster(s.one, s.start), twin = make_raster(s.twin, s.start), late = make_raster(s.twin, s.shifted_start), other_way = make_raster(s.other_way, s.start);
    const auto& all = workouts(50000);
    pair_finder find{the_rule};
    find(all, [](auto, auto) {});
    signature_index index{the_rule, all.size()};
    for (const auto& r : all) index.insert(r);
    std::vector<ride> rides;
    for (const auto* from : {"garmin", "strava", "polar", "manual"}) rides.push_back({from, "1", std::string{"ride of "} + from, first_start, 30000.0 + static_cast<double>(rides.size()), 700, 3600});
    const auto groups = group(rides, presets::balanced);
    chooser choose{rides, presets::measured_first};
    static_cast<void>(choose(groups[0]));

    const std::map<std::string, std::function<std::uint64_t()>> kernels{
        {"overlap, 1 h", [&] { return static_cast<std::uint64_t>(overlap_at(one, twin, 0, 25).hits_s); }},
        {"overlaps 80 %? another way", [&] { return std::uint64_t{overlaps(one, other_way, 0, 25, 800)}; }},
        {"shift by places", [&] { return static_cast<std::uint64_t>(shift_by_places(one, late, 93600).agreeing); }},
        {"shift by places, none", [&] { return static_cast<std::uint64_t>(shift_by_places(one, other_way, 93600).agreeing); }},
        {"prepare, every second, 1 h", [&] { return std::uint64_t{make_raster(s.one, s.start).valid}; }},
        {"prepare, drops, 1 h", [&] { return std::uint64_t{make_raster(s.twin, s.start).valid}; }},
        {"prepare, fractions, 1 h", [&] { return std::uint64_t{make_raster(s.fractional, s.start).valid}; }},
        {"pairs of 50 000", [&] {
             std::uint64_t pairs = 0;
             find(all, [&](auto, auto) { ++pairs; });
             return pairs;
         }},
        {"50 000 look-ups", [&] {
             std::uint64_t found = 0;
             for (const auto& r : all) index.find(r, [&](const signature&) { ++found; });
             return found;
         }},
        {"50 000 fingerprints", [&] {
             std::uint64_t mixed = 0;
             for (const auto& r : all) mixed ^= make_fingerprint(instant{milliseconds{r.start_ms}}, r.distance_5cm * 0.05)->bits;
             return mixed;
         }},
        {"choices of four", [&] { return std::uint64_t{choose(groups[0]).fields.size()}; }},
    };
    if (count < 2) {
        for (const auto& [name_of, what] : kernels) std::cout << name_of << '\n';
        return 0;
    }
    const auto chosen = kernels.find(arguments[1]);
    if (chosen == kernels.end()) return 2;
    work = chosen->second;
    std::uint64_t result = 0;
    counted_work(result);
    std::cout << result << '\n';
    return result != 0 || chosen->first == "overlaps 80 %? another way" ? 0 : 1;
}

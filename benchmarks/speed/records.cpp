// SPDX-License-Identifier: BSL-1.0
//
// What is done once a record: fingerprints and exact duplicates, units of a host's struct, grouping and merging.
#include "measured.hpp"
#include "scenes.hpp"
#include "workouts.hpp"

#include <coincide/group/group.hpp>
#include <coincide/match/fingerprint_set.hpp>
#include <coincide/merge/merge.hpp>

#include <accuracy/history.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <unordered_set>

using namespace coincide;
using namespace speed;

namespace {

constexpr std::size_t many = 1000000;

// --- exact duplicates -------------------------------------------------------------------------------------------------------------

void fingerprints(benchmark::State& state) {
    const auto& records = workouts(many);
    std::uint64_t check = 0;
    for (auto _ : state) {
        check = 0;
        for (const auto& r : records) check ^= make_fingerprint(instant{milliseconds{r.start_ms}}, r.distance_5cm * 0.05)->bits;
    }
    per_item(state, many, check & 0xFFFF);
}
std::vector<std::uint64_t> keys() {
    std::vector<std::uint64_t> all;
    for (const auto& r : workouts(many)) all.push_back(key_of(r.athlete, *make_fingerprint(instant{milliseconds{r.start_ms}}, r.distance_5cm * 0.05)));
    return all;
}
void exact_duplicates(benchmark::State& state) {
    const auto all = keys();
    std::uint64_t repeated = 0;
    for (auto _ : state) {
        fingerprint_set seen{many};
        repeated = 0;
        seen.insert_all(all, [&](std::size_t) { ++repeated; });
    }
    per_item(state, many, repeated);
}
void exact_duplicates_by_hash_set(benchmark::State& state) {
    const auto all = keys();
    std::uint64_t repeated = 0;
    for (auto _ : state) {
        std::unordered_set<std::uint64_t> seen;
        seen.reserve(many);
        repeated = 0;
        for (const auto k : all) repeated += !seen.insert(k).second;
    }
    per_item(state, many, repeated);
}
void exact_duplicates_by_text(benchmark::State& state) {  // what the requirement says, as one writes it
    const auto& records = workouts(many);
    std::uint64_t repeated = 0;
    for (auto _ : state) {
        std::unordered_set<std::string> seen;
        repeated = 0;
        for (const auto& r : records) repeated += !seen.insert(std::to_string(r.athlete) + "||" + std::to_string(r.start_ms / 60000) + "||" + std::to_string(r.distance_5cm / 20)).second;
    }
    per_item(state, many, repeated);
}

// --- units of a host's struct -----------------------------------------------------------------------------------------------------

struct host_ride {
    std::int64_t began_s = 0;
    double miles = 0, kilojoules = 0, mph = 0, feet = 0;
};

}  // namespace

template <>
struct coincide::describe<host_ride> {
    static constexpr schema fields{bind(coincide::distance_m, &host_ride::miles, units::mile), bind(coincide::energy_kcal, &host_ride::kilojoules, units::kilojoule),
                                   bind(coincide::avg_speed_mps, &host_ride::mph, units::mile_per_hour), bind(coincide::elevation_gain_m, &host_ride::feet, units::foot)};
};

namespace {

std::vector<host_ride> host_rides() {
    std::vector<host_ride> all(4096);  // in the cache: the conversion, not the memory
    accuracy::rng chance{9};
    for (auto& r : all) r = {chance.between(0, 1 << 30), chance.uniform(1, 50), chance.uniform(100, 5000), chance.uniform(5, 30), chance.uniform(0, 3000)};
    return all;
}
void units_by_schema(benchmark::State& state) {
    const auto all = host_rides();
    double sum = 0;
    for (auto _ : state) {
        sum = 0;
        for (const auto& r : all) sum += *read(r, distance_m) + *read(r, energy_kcal) + *read(r, avg_speed_mps) + *read(r, elevation_gain_m);
        benchmark::DoNotOptimize(sum);
    }
    per_item(state, all.size() * 4, static_cast<std::uint64_t>(sum));
}
void units_by_hand(benchmark::State& state) {
    const auto all = host_rides();
    double sum = 0;
    for (auto _ : state) {
        sum = 0;
        for (const auto& r : all) sum += r.miles * 1609.344 + r.kilojoules / 4.184 + r.mph * 0.44704 + r.feet * 0.3048;
        benchmark::DoNotOptimize(sum);
    }
    per_item(state, all.size() * 4, static_cast<std::uint64_t>(sum));
}
/// The same with what the schema asks besides: whether there is a number at all.
void units_by_hand_checked(benchmark::State& state) {
    const auto all = host_rides();
    double sum = 0;
    std::uint64_t absent = 0;
    const auto add = [&](double canonical) {
        if (std::isfinite(canonical)) sum += canonical;
        else ++absent;
    };
    for (auto _ : state) {
        sum = 0;
        for (const auto& r : all) add(r.miles * 1609.344), add(r.kilojoules / 4.184), add(r.mph * 0.44704), add(r.feet * 0.3048);
        benchmark::DoNotOptimize(sum), benchmark::DoNotOptimize(absent);
    }
    per_item(state, all.size() * 4, static_cast<std::uint64_t>(sum));
}

// --- groups and merging -----------------------------------------------------------------------------------------------------------

/// Histories of the benchmark of accuracy, and their tracks as a host keeps them.
struct history {
    std::vector<activity> records{};
    std::vector<prepared_tracks> prepared{};
};
std::vector<history> histories(bool tracks) {
    std::vector<history> made;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        made.push_back({accuracy::make_history(seed, accuracy::mix::all).records, {}});
        for (auto& r : made.back().records)
            if (tracks) made.back().prepared.push_back(prepare_tracks(r));
            else r.track = {}, r.streams = {};
    }
    return made;
}
void group_all(benchmark::State& state, const std::vector<history>& all) {
    std::size_t records = 0;
    std::uint64_t groups = 0;
    for (const auto& h : all) records += h.records.size();
    for (auto _ : state) {
        groups = 0;
        for (const auto& h : all) groups += group(h.records, presets::balanced, {}, {}, h.prepared).size();
    }
    per_item(state, records, groups);
}
void grouping_without_tracks(benchmark::State& state) { group_all(state, histories(false)); }
void grouping_prepared_tracks(benchmark::State& state) { group_all(state, histories(true)); }
void grouping_tracks(benchmark::State& state) {
    auto all = histories(true);
    for (auto& h : all) h.prepared.clear();
    group_all(state, all);
}
void merge_of_four(benchmark::State& state) {
    std::vector<activity> members;
    for (const auto* from : {"garmin", "strava", "apple_health", "manual"}) {
        activity a;
        a.athlete_id = "ann", a.source = from, a.external_id = "1", a.start_time = first_start, a.elapsed = std::chrono::hours{1}, a.distance_m = 10000.0 + static_cast<double>(members.size());
        a.name = std::string{"Ride of "} + from, a.sport = sport_from_slug("cycling"), a.avg_heart_rate_bpm = 140, a.energy_kcal = 600;
        members.push_back(a);
    }
    const std::vector<std::uint32_t> rows{0, 1, 2, 3};
    record_group all;
    all.members = rows;
    const merge_policy policy;
    std::uint64_t fields = 0;
    chooser choose{members, policy};
    for (auto _ : state) benchmark::DoNotOptimize(fields = choose(all).fields.size());
    per_item(state, 1, fields);
}

}  // namespace

BENCHMARK(fingerprints)->Name("fingerprint (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(exact_duplicates)->Name("exact duplicates among 1 M (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(exact_duplicates_by_hash_set)->Name("unordered_set of integers (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(exact_duplicates_by_text)->Name("unordered_set of strings (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(units_by_schema)->Name("units through the schema (a field)")->Unit(benchmark::kMicrosecond);
BENCHMARK(units_by_hand_checked)->Name("units by hand, with isfinite (a field)")->Unit(benchmark::kMicrosecond);
BENCHMARK(units_by_hand)->Name("units by hand (a field)")->Unit(benchmark::kMicrosecond);
BENCHMARK(grouping_without_tracks)->Name("grouping histories without tracks (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(grouping_prepared_tracks)->Name("grouping histories with prepared tracks (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(grouping_tracks)->Name("grouping histories, preparing their tracks (a record)")->Unit(benchmark::kMillisecond);
BENCHMARK(merge_of_four)->Name("choices of a group of four (a group)");
BENCHMARK_MAIN();

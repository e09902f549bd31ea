// SPDX-License-Identifier: BSL-1.0
//
// All fuzzy pairs of many records at once: 10 000 athletes, shuffled (workouts.hpp), beside SQLite in the same process. Every engine has to
// find the same number of pairs: that is the counter "check".
//
//     speed_pairs --benchmark_filter=1000000
//     speed_pairs --export=1000000 > records.csv        for engines that are measured elsewhere (duckdb.mjs)
#include "measured.hpp"
#include "workouts.hpp"

#include <coincide/group/disjoint_sets.hpp>
#include <coincide/match/pairs.hpp>

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

using namespace coincide;
using namespace speed;

namespace {

void batch(benchmark::State& state) {
    const auto& records = workouts(static_cast<std::size_t>(state.range(0)));
    pair_finder find{the_rule};
    std::uint64_t pairs = 0;
    for (auto _ : state) {
        pairs = 0;
        find(records, [&](std::uint32_t, std::uint32_t) { ++pairs; });
    }
    per_item(state, records.size(), pairs);
    state.counters["bytes"] = static_cast<double>(find.bytes()) / static_cast<double>(records.size());
}

void batch_and_group(benchmark::State& state) {
    const auto& records = workouts(static_cast<std::size_t>(state.range(0)));
    pair_finder find{the_rule};
    std::uint64_t groups = 0;
    for (auto _ : state) {
        disjoint_sets sets{static_cast<std::uint32_t>(records.size())};
        find(records, [&](std::uint32_t a, std::uint32_t b) { sets.unite(a, b); });
        groups = 0;
        for (std::uint32_t i = 0; i < records.size(); ++i) groups += sets.root(i) == i;
    }
    per_item(state, records.size(), groups);
}

/// Two threads, each with the athletes of one half: wall time.
void batch_on_two(benchmark::State& state) {
    const auto& records = workouts(static_cast<std::size_t>(state.range(0)));
    std::vector<signature> halves[2];
    for (const auto& r : records) halves[r.athlete >> 31].push_back(r);
    std::uint64_t pairs = 0;
    for (auto _ : state) {
        std::uint64_t found[2]{};
        const auto half = [&](std::size_t h) {
            pair_finder find{the_rule};
            find(halves[h], [&](std::uint32_t, std::uint32_t) { ++found[h]; });
        };
        std::thread other{half, 1};
        half(0), other.join();
        pairs = found[0] + found[1];
    }
    per_item(state, records.size(), pairs);
}

void every_pair_by_hand(benchmark::State& state) {  // sorted, then the window
    const auto& records = workouts(static_cast<std::size_t>(state.range(0)));
    std::uint64_t pairs = 0;
    for (auto _ : state) {
        auto sorted = records;
        std::sort(sorted.begin(), sorted.end(), [](const auto& x, const auto& y) { return x.athlete != y.athlete ? x.athlete < y.athlete : x.start_ms < y.start_ms; });
        pairs = 0;
        for (std::size_t i = 0; i < sorted.size(); ++i)
            for (auto j = i + 1; j < sorted.size() && sorted[j].athlete == sorted[i].athlete && sorted[j].start_ms - sorted[i].start_ms <= 120000; ++j) pairs += inside(the_rule, sorted[i], sorted[j]);
    }
    per_item(state, records.size(), pairs);
}

struct closes {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
};
/// In memory, with the index that answers it alone.
sqlite3* loaded(std::size_t n) {
    static std::map<std::size_t, std::unique_ptr<sqlite3, closes>> made;
    auto& db = made[n];
    if (db) return db.get();
    sqlite3* raw = nullptr;
    sqlite3_open(":memory:", &raw);
    db.reset(raw);
    sqlite3_exec(raw, "CREATE TABLE a (id INTEGER PRIMARY KEY, athlete INT, kind INT, start INT, duration INT, distance INT)", nullptr, nullptr, nullptr);
    sqlite3_stmt* put = nullptr;
    sqlite3_prepare_v2(raw, "INSERT INTO a VALUES (?,?,?,?,?,?)", -1, &put, nullptr);
    sqlite3_exec(raw, "BEGIN", nullptr, nullptr, nullptr);
    for (const auto& r : workouts(n)) {
        const std::int64_t values[] = {r.row, r.athlete, r.sport, r.start_ms, r.elapsed_ms, r.distance_5cm};
        for (int i = 0; i < 6; ++i) sqlite3_bind_int64(put, i + 1, values[i]);
        sqlite3_step(put), sqlite3_reset(put);
    }
    sqlite3_finalize(put);
    sqlite3_exec(raw, "COMMIT; CREATE INDEX near ON a (athlete, kind, start, duration, distance, id); ANALYZE", nullptr, nullptr, nullptr);
    return raw;
}
void sqlite_range_join(benchmark::State& state) {
    const auto n = static_cast<std::size_t>(state.range(0));
    sqlite3_stmt* ask = nullptr;
    sqlite3_prepare_v2(loaded(n), "SELECT x.id, y.id FROM a x INDEXED BY near JOIN a y INDEXED BY near ON y.athlete = x.athlete AND y.kind = x.kind AND y.start BETWEEN x.start AND x.start + 120000 "
                       "WHERE (y.start > x.start OR y.id > x.id) AND 100 * abs(x.duration - y.duration) <= 15 * max(x.duration, y.duration) "
                       "AND 100 * abs(x.distance - y.distance) <= 10 * max(x.distance, y.distance)", -1, &ask, nullptr);
    std::uint64_t pairs = 0;
    for (auto _ : state) {
        pairs = 0;
        while (sqlite3_step(ask) == SQLITE_ROW) ++pairs;
        sqlite3_reset(ask);
    }
    sqlite3_finalize(ask);
    per_item(state, n, pairs);
}

}  // namespace

BENCHMARK(stream_read)->Name("memory, one core reads 1 GiB (a byte)")->Unit(benchmark::kMillisecond);
BENCHMARK(batch)->Name("all pairs (a record)")->Unit(benchmark::kMillisecond)->RangeMultiplier(10)->Range(1000, 10000000);
BENCHMARK(batch_and_group)->Name("all pairs, grouped (a record)")->Unit(benchmark::kMillisecond)->RangeMultiplier(10)->Range(1000000, 10000000);
BENCHMARK(batch_on_two)->Name("all pairs on two threads (a record, wall)")->Unit(benchmark::kMillisecond)->UseRealTime()->RangeMultiplier(10)->Range(1000000, 10000000);
BENCHMARK(every_pair_by_hand)->Name("by hand: sort, then a window (a record)")->Unit(benchmark::kMillisecond)->Arg(1000000);
BENCHMARK(sqlite_range_join)->Name("SQLite, covering index (a record)")->Unit(benchmark::kMillisecond)->Arg(1000000);

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view{argv[1]}.starts_with("--export=")) {
        std::puts("id,athlete,kind,start,duration,distance");
        for (const auto& r : workouts(std::strtoull(argv[1] + std::strlen("--export="), nullptr, 10)))
            std::printf("%u,%u,%u,%lld,%u,%u\n", r.row, r.athlete, static_cast<unsigned>(r.sport), static_cast<long long>(r.start_ms), r.elapsed_ms, r.distance_5cm);
        return 0;
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}

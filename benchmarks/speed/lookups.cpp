// SPDX-License-Identifier: BSL-1.0
//
// One record into a history: who is near it? 131 072 different queries, half of which have an answer, so that no branch predictor learns
// them; beside SQLite in memory, with a prepared statement on a covering index, in the same process.
#include "measured.hpp"
#include "workouts.hpp"

#include <coincide/match/fingerprint.hpp>
#include <coincide/match/signature_index.hpp>

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_set>

using namespace coincide;
using namespace speed;

namespace {

constexpr std::size_t query_count = 131072;

/// The history of one athlete, dense for 100 000: a day holds 55.
std::vector<signature> history(std::size_t n) {
    auto all = make_workouts(n, 3);
    for (auto& s : all) s.athlete = 42;
    return all;
}
/// Half of them a little beside a record, half anywhere.
std::vector<signature> queries_into(const std::vector<signature>& all, std::size_t n = query_count) {
    auto out = make_workouts(n, 4);
    accuracy::rng chance{5};
    for (std::size_t i = 0; i < n; ++i) {
        if (chance.between(0, 1) == 0) out[i].athlete = all[static_cast<std::size_t>(chance.next() % all.size())].athlete;
        else out[i] = all[static_cast<std::size_t>(chance.next() % all.size())], out[i].start_ms += chance.between(-60000, 60000);
    }
    return out;
}
signature_index index_of(const std::vector<signature>& all) {
    signature_index out{the_rule, all.size()};
    for (const auto& s : all) out.insert(s);
    return out;
}

void look_up(benchmark::State& state) {
    const auto all = history(static_cast<std::size_t>(state.range(0)));
    const auto queries = queries_into(all);
    const auto index = index_of(all);
    std::uint64_t found = 0;
    for (auto _ : state) {
        found = 0;
        for (const auto& q : queries) index.find(q, [&](const signature&) { ++found; });
        benchmark::DoNotOptimize(found);
    }
    per_item(state, queries.size(), found);
    state.counters["bytes"] = static_cast<double>(index.bytes()) / static_cast<double>(index.size());
}

void look_up_and_insert(benchmark::State& state) {
    const auto all = history(static_cast<std::size_t>(state.range(0)));
    std::uint64_t found = 0;
    for (auto _ : state) {
        signature_index index{the_rule, all.size()};
        found = 0;
        for (const auto& s : all) {
            index.find(s, [&](const signature&) { ++found; });
            index.insert(s);
        }
    }
    per_item(state, all.size(), found);
}

void cold(benchmark::State& state) {
    static const auto& all = workouts(10000000);
    static const auto index = index_of(all);
    static const auto queries = queries_into(all, 1 << 20);
    const bool batched = state.range(0) != 0;
    std::uint64_t found = 0;
    for (auto _ : state) {
        found = 0;
        if (batched) index.find_all(queries, [&](const signature&, const signature&) { ++found; });
        else
            for (const auto& q : queries) index.find(q, [&](const signature&) { ++found; });
    }
    per_item(state, queries.size(), found);
    state.counters["bytes"] = static_cast<double>(index.bytes()) / static_cast<double>(index.size());
}

void sqlite_look_up(benchmark::State& state) {
    const auto all = history(static_cast<std::size_t>(state.range(0)));
    const auto queries = queries_into(all);
    sqlite3* db = nullptr;
    sqlite3_open(":memory:", &db);
    sqlite3_exec(db, "CREATE TABLE a (athlete INT, kind INT, start INT, duration INT, distance INT); BEGIN", nullptr, nullptr, nullptr);
    sqlite3_stmt* put = nullptr;
    sqlite3_prepare_v2(db, "INSERT INTO a VALUES (?,?,?,?,?)", -1, &put, nullptr);
    const auto bind = [](sqlite3_stmt* to, const signature& s) {
        const std::int64_t values[] = {s.athlete, s.sport, s.start_ms, s.elapsed_ms, s.distance_5cm};
        for (int i = 0; i < 5; ++i) sqlite3_bind_int64(to, i + 1, values[i]);
    };
    for (const auto& s : all) bind(put, s), sqlite3_step(put), sqlite3_reset(put);
    sqlite3_finalize(put);
    sqlite3_exec(db, "COMMIT; CREATE INDEX near ON a (athlete, kind, start, duration, distance)", nullptr, nullptr, nullptr);
    sqlite3_stmt* ask = nullptr;
    sqlite3_prepare_v2(db, "SELECT count(*) FROM a WHERE athlete = ?1 AND kind = ?2 AND start BETWEEN ?3 - 120000 AND ?3 + 120000 "
                       "AND 100 * abs(duration - ?4) <= 15 * max(duration, ?4) AND 100 * abs(distance - ?5) <= 10 * max(distance, ?5)", -1, &ask, nullptr);
    std::uint64_t found = 0;
    for (auto _ : state) {
        found = 0;
        for (const auto& q : queries) bind(ask, q), sqlite3_step(ask), found += static_cast<std::uint64_t>(sqlite3_column_int64(ask, 0)), sqlite3_reset(ask);
    }
    sqlite3_finalize(ask), sqlite3_close(db);
    per_item(state, queries.size(), found);
}

}  // namespace

BENCHMARK(look_up)->Name("look up (a query)")->RangeMultiplier(10)->Range(1000, 100000)->Unit(benchmark::kMillisecond);
BENCHMARK(look_up_and_insert)->Name("look up and insert (a record)")->RangeMultiplier(10)->Range(1000, 100000)->Unit(benchmark::kMillisecond);
BENCHMARK(cold)->Name("look up among 10 M records of 10 000 athletes, in batches or not (a query)")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);
BENCHMARK(sqlite_look_up)->Name("SQLite in memory (a query)")->RangeMultiplier(10)->Range(1000, 100000)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();

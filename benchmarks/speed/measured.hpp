// SPDX-License-Identifier: BSL-1.0
//
// What all measurements of speed share: nanoseconds an item, and the bandwidth of the memory in the same run.
//
//     void overlap(benchmark::State& state) {
//         for (auto _ : state) …;
//         per_item(state, fixes, hits);       // counters "ns" (CPU time an item) and "check" (that the work was done, and right)
//     }
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

namespace speed {

/// `items` of one iteration. `check` depends on the results and not on the machine.
inline void per_item(benchmark::State& state, std::size_t items, std::uint64_t check) {
    state.counters["ns"] = benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(items) * 1e-9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["check"] = static_cast<double>(check);
}

/// One core reads 1 GiB: counter "ns" is a byte's time.
inline void stream_read(benchmark::State& state) {
    static const std::vector<std::uint64_t> memory(std::size_t{1} << 27, 1);
    std::uint64_t sum = 0;
    for (auto _ : state) benchmark::DoNotOptimize(sum = std::accumulate(memory.begin(), memory.end(), std::uint64_t{0}));
    per_item(state, memory.size() * sizeof(std::uint64_t), sum);
}

}  // namespace speed

// SPDX-License-Identifier: BSL-1.0
//
// Millions of plausible workouts as signatures: 10 000 athletes, five years, ten types, and half of the workouts seen by two to four
// sources whose starts, durations and distances differ a little. Shuffled; integers only, so they are the same on every machine.
//
//     const std::vector<signature>& some = workouts(1'000'000);      // row i is number i
#pragma once

#include <coincide/match/fuzzy.hpp>

#include <accuracy/random.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace speed {

using namespace coincide;

inline std::vector<signature> make_workouts(std::size_t n, std::uint64_t seed, std::uint32_t athletes = 10000) {
    constexpr int five_years_s = 5 * 365 * 86400;
    accuracy::rng chance{accuracy::mixed(seed, n)};
    std::vector<signature> all;
    all.reserve(n);
    while (all.size() < n) {
        const auto athlete = static_cast<std::uint32_t>(accuracy::mixed(7, static_cast<std::uint64_t>(chance.between(1, static_cast<int>(athletes)))) >> 32);
        const auto start = std::int64_t{1560000000} + chance.between(0, five_years_s);
        const int lasts_s = chance.between(1200, 10800), speed_cmps = chance.between(150, 900), sources = chance.between(0, 1) == 0 ? 1 : chance.between(2, 4);
        const auto kind = static_cast<std::uint32_t>(chance.between(1, 10));
        for (int source = 0; source < sources && all.size() < n; ++source) {
            const std::int64_t late_s = source == 0 ? 0 : chance.between(-70, 70), per_mille = 1000 + (source == 0 ? 0 : chance.between(-40, 40));
            signature s;
            s.start_ms = (start + late_s) * 1000;
            s.elapsed_ms = static_cast<std::uint32_t>(std::int64_t{lasts_s} * per_mille);
            s.distance_5cm = static_cast<std::uint32_t>(std::int64_t{lasts_s} * speed_cmps / 5 * (1000 + chance.between(-25, 25)) / 1000);
            s.athlete = athlete, s.sport = kind & 0xFFu, s.has_sport = 1, s.source = static_cast<std::uint16_t>(source + 1);
            all.push_back(s);
        }
    }
    for (std::size_t i = n; i > 1; --i) std::swap(all[i - 1], all[static_cast<std::size_t>(chance.next() % i)]);
    for (std::size_t i = 0; i < n; ++i) all[i].row = static_cast<std::uint32_t>(i);
    return all;
}

inline const std::vector<signature>& workouts(std::size_t n) {
    static std::map<std::size_t, std::vector<signature>> made;
    const auto [at, is_new] = made.try_emplace(n);
    if (is_new) at->second = make_workouts(n, 1);
    return at->second;
}

/// The rule that all engines are asked: same athlete and type, start within 120 s, duration within 15 % and distance within 10 % of the larger.
inline constexpr fuzzy_window the_rule{.start_gap_max = std::chrono::seconds{120}, .duration_percent_max = 15, .distance_percent_max = 10, .same_sport = true};

}  // namespace speed

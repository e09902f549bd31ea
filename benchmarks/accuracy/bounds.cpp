// SPDX-License-Identifier: BSL-1.0
//
// Wilson: the shares p for which the one seen is within z = 1.96 standard deviations of p. Of 97 in 100:
// (0.97 + z²/200 ± z·√(0.97·0.03/100 + z²/40000)) / (1 + z²/100) = 0.9155, 0.9897.
#include "bounds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace accuracy {
namespace {

constexpr double z = 1.959963984540054;

double f1(std::int64_t joined, std::int64_t wrong, std::int64_t true_pairs) {
    const auto both = joined + wrong + true_pairs;  // 2 p r / (p + r), with p = joined / (joined + wrong) and r = joined / true_pairs
    return both == 0 ? 0 : 2 * static_cast<double>(joined) / static_cast<double>(both);
}

/// splitmix64 by Vigna.
std::uint64_t next(std::uint64_t& state) {
    auto x = state += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

}  // namespace

bounded share_of(std::int64_t hits, std::int64_t of) {
    if (of <= 0) return {};
    const auto n = static_cast<double>(of), p = static_cast<double>(hits) / n;
    const double middle = p + z * z / (2 * n), reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)), scale = 1 + z * z / n;
    return {p, hits == 0 ? 0.0 : (middle - reach) / scale, hits == of ? 1.0 : (middle + reach) / scale, true};  // exact at the ends
}

bounded f1_of(std::span<const counts> histories) {
    const auto all = sum(histories);
    if (all.true_pairs == 0) return {};
    std::array<double, 1000> drawn{};
    std::uint64_t state = 20261128;
    for (auto& value : drawn) {
        std::int64_t joined = 0, wrong = 0, pairs = 0;
        for (std::size_t i = 0; i < histories.size(); ++i) {
            const auto& one = histories[next(state) % histories.size()];
            joined += one.joined, wrong += one.wrong_joins, pairs += one.true_pairs;
        }
        value = f1(joined, wrong, pairs);
    }
    std::sort(drawn.begin(), drawn.end());
    return {f1(all.joined, all.wrong_joins, all.true_pairs), drawn[24], drawn[974], true};
}

}  // namespace accuracy

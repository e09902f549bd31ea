// SPDX-License-Identifier: BSL-1.0
//
// Chance that falls the same way on every platform: no <random> distribution, no mathematics library.
//
//     rng chance{42};
//     chance.uniform(20, 60);                 // seconds at a red light
//     chance.normal(0, 4);                    // metres beside the road
//     chance.chance(0.3) ? "Run" : "Jog";
//     rng of_act{mixed(42, 17)};              // act 17 of history 42: the same whatever the acts before it drew
//
// One draw an argument, one an operand: compilers evaluate those in different orders (what stands in braces, in one).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>

namespace accuracy {

/// SplitMix64 (Steele, Lea, Flood 2014): also spreads seeds that differ in one bit.
constexpr std::uint64_t splitmix(std::uint64_t& state) noexcept {
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/// A seed of a seed.
constexpr std::uint64_t mixed(std::uint64_t seed, std::uint64_t number) noexcept {
    std::uint64_t state = seed ^ (number * 0xd1342543de82ef95u + 0x632be59bd9b4e019u);
    return splitmix(state);
}

/// xoshiro256** (Blackman, Vigna 2018).
class rng {
public:
    explicit constexpr rng(std::uint64_t seed) noexcept {
        for (auto& word : state_) word = splitmix(seed);
    }

    constexpr std::uint64_t next() noexcept {
        const std::uint64_t out = rotated(state_[1] * 5, 7) * 9, t = state_[1] << 17;
        state_[2] ^= state_[0], state_[3] ^= state_[1], state_[1] ^= state_[2], state_[0] ^= state_[3];
        state_[2] ^= t;
        state_[3] = rotated(state_[3], 45);
        return out;
    }

    /// In [0, 1).
    constexpr double uniform() noexcept { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    constexpr double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }
    /// low … high, both included.
    constexpr int between(int low, int high) noexcept {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    constexpr bool chance(double probability) noexcept { return uniform() < probability; }

    /// The sum of four 16-bit draws, standardized: a bell cut at 3.5 deviations, from one draw and no logarithm.
    constexpr double normal() noexcept {
        const std::uint64_t r = next();
        const auto sum = (r & 0xffff) + ((r >> 16) & 0xffff) + ((r >> 32) & 0xffff) + (r >> 48);
        return (static_cast<double>(sum) - 131070.0) * (1.7320508075688772 / 65536.0);
    }
    constexpr double normal(double mean, double deviation) noexcept { return mean + deviation * normal(); }

    template <class Range>
    constexpr const auto& pick(const Range& range) noexcept {
        return range[static_cast<std::size_t>(next() % std::size(range))];
    }

private:
    static constexpr std::uint64_t rotated(std::uint64_t x, int by) noexcept { return (x << by) | (x >> (64 - by)); }
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace accuracy

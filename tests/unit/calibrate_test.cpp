// SPDX-License-Identifier: BSL-1.0
//
// Weights from a host's own history: what labels teach, what is learned without them, and what stays as it was.
#include "activities.hpp"

#include <coincide/group/calibrate.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

/// Days with one run, recorded twice a few seconds apart, and a second one some minutes after its end.
struct days {
    std::vector<activity> records{};
    std::vector<pin> decided{};
};
days some_days(int n, std::uint64_t seed) {
    rides::dice roll{seed};
    days out;
    const auto row = [&] { return static_cast<std::uint32_t>(out.records.size()); };
    for (int d = 0; d < n; ++d) {
        const auto at = rides::at("2024-01-01T07:00:00Z") + 48h * d + seconds{roll.between(0, 3600)};
        const auto length = seconds{roll.between(900, 1100)};
        const auto first = row();
        out.records.push_back(rides::activity_of("garmin", "a" + std::to_string(d), at, length, 3000));
        out.records.push_back(rides::activity_of("polar", "b" + std::to_string(d), at + seconds{roll.between(0, 4)}, length, 3000));
        out.records.push_back(rides::activity_of("garmin", "c" + std::to_string(d), at + length + 60s, length, 3000));
        out.decided.push_back({first, first + 1, pin_kind::must});
        out.decided.push_back({first, first + 2, pin_kind::cannot});
        out.decided.push_back({first + 1, first + 2, pin_kind::cannot});
    }
    return out;
}
const weight_table preset{};

}  // namespace

TEST_CASE("the chance of a sum and the logarithm are those of the textbook", "[calibrate]") {
    for (const centibits total : {-1599, -800, -150, -1, 0, 1, 99, 100, 450, 800, 1599}) {
        const auto chance = 65536.0 / (1.0 + std::exp2(-total / 100.0));
        CHECK(std::abs(static_cast<double>(detail::chance_q16(total)) - chance) <= 2.0);
    }
    CHECK(detail::chance_q16(1000000) >= 65534);
    CHECK(detail::chance_q16(-1000000) <= 2);
    for (const std::uint64_t x : {1ull, 2ull, 3ull, 10ull, 65536ull, 1000000007ull, 1ull << 63, ~0ull})
        CHECK(std::abs(detail::log2_centibits(x) - 100.0 * std::log2(static_cast<double>(x))) <= 1.0);
}

TEST_CASE("pairs that were decided teach what starts are worth here", "[calibrate]") {
    const auto taught = some_days(400, 1);
    const auto own = calibrate(taught.records, presets::balanced, taught.decided);
    CHECK(own.pairs == 1200);
    CHECK(own.alike == 400);
    // 400 of 400 within 5 s, 0 of 800: log2(400.5 / 400.5 * 800.5 / 0.5) = 10.6 bits, 400 of 500 parts of the way from 7, and at most 2 more
    CHECK(own.weights.start[0] == 900);
    // none of 400, and all of 800, more than 20 minutes late: log2(0.5 / 400.5) + log2(800.5 / 800.5) = -9.6, at most 2 less
    CHECK(own.weights.start[5] <= preset.start[5]);
    CHECK(own.weights.start[6] <= own.weights.start[5]);
    CHECK(own.prior == -100);  // 400 to 800
}

TEST_CASE("one sport on all tells nothing", "[calibrate]") {
    const auto taught = some_days(400, 2);
    CHECK(calibrate(taught.records, presets::balanced, taught.decided).weights.sport[0] <= 40);
}

TEST_CASE("without labels the clear pairs teach the same", "[calibrate]") {
    const auto history = some_days(400, 3);
    const auto own = calibrate(history.records, presets::balanced), told = calibrate(history.records, presets::balanced, history.decided);
    CHECK(own.alike == 400);
    for (std::size_t i = 0; i < preset.start.size(); ++i) CHECK(std::abs(own.weights.start[i] - told.weights.start[i]) <= 20);
}

TEST_CASE("a few pairs change little, none nothing", "[calibrate]") {
    const auto few = some_days(5, 4);
    const auto own = calibrate(few.records, presets::balanced, few.decided);
    CHECK(std::abs(own.weights.start[0] - preset.start[0]) <= 20);
    CHECK(calibrate(std::vector<activity>{}, presets::balanced).weights == preset);
    CHECK(calibrate(std::vector<activity>(3), presets::balanced).weights == preset);
}

TEST_CASE("a worse agreement never weighs more, and nothing moves beyond its limit", "[calibrate]") {
    for (const std::uint64_t seed : {5u, 6u, 7u}) {
        auto history = rides::history_of(seed, 300).records;
        auto own = calibrate(history, presets::balanced).weights;
        auto before = preset;
        const auto x = detail::signs_of(before), y = detail::signs_of(own);
        for (std::size_t s = 0; s < x.size(); ++s) {
            CHECK(std::is_sorted(y[s].rbegin(), y[s].rend()));
            for (std::size_t i = 0; i < x[s].size(); ++i) CHECK(y[s][i] <= x[s][i] + 200);
        }
    }
}

TEST_CASE("the order of the records does not matter to what is learned", "[calibrate]") {
    auto history = rides::history_of(8, 200).records;
    const auto one = calibrate(history, presets::balanced);
    rides::dice roll{9};
    roll.shuffle(history);
    CHECK(calibrate(history, presets::balanced).weights == one.weights);
}

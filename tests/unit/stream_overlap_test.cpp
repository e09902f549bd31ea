// SPDX-License-Identifier: BSL-1.0
//
// Heart rate, power and cadence second by second.
#include "activities.hpp"

#include <coincide/match/stream_overlap.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

const auto start = rides::at("2024-05-01T10:00:00Z");
const auto start_s = start.time_since_epoch().count() / 1000;

template <class Beat>
value_series series_of(int length_s, Beat beat, instant from = start) {
    samples out;
    for (int s = 0; s < length_s; ++s) out.push({.t = seconds{s}, .hr_bpm = beat(s)});
    out.finish();
    return make_series(out, samples::hr, from);
}
double curve(int s) { return std::round(140 + 25 * std::sin(s / 97.0) + 6 * std::sin(s / 11.0)); }

}  // namespace

TEST_CASE("one recording exported twice has equal values", "[stream_overlap]") {
    const auto a = series_of(3600, curve);
    const auto found = compare_values(a, a);
    CHECK(found.common_s == 3600);
    CHECK(found.equal_per_mille == 1000);
    CHECK(found.correlation >= 999);
    CHECK(found.correlation <= 1000);
    CHECK(found.varied > 500);
}

TEST_CASE("one heart on two devices correlates without being equal", "[stream_overlap]") {
    rides::dice roll{3};
    const auto a = series_of(1800, curve),
               b = series_of(1800, [&roll](int s) { return curve(s) + static_cast<double>(roll.between(1, 3)); });
    const auto found = compare_values(a, b);
    CHECK(found.equal_per_mille == 0);
    CHECK(found.correlation >= 950);
    CHECK(found.correlation <= 1000);
}

TEST_CASE("of two series of a week the first three days are compared, and no sum overflows", "[stream_overlap][hostile]") {
    value_series a;
    a.first_s = start_s;
    for (int s = 0; s < 7 * 86400; ++s) a.value.push_back(s % 2 ? std::int16_t{4095} : std::int16_t{0});
    const auto found = compare_values(a, a);
    CHECK(found.common_s == 3 * 86400);
    CHECK(found.equal_per_mille == 1000);
    CHECK(found.correlation >= 999);
}

TEST_CASE("an opposite curve correlates negatively", "[stream_overlap]") {
    const auto found = compare_values(series_of(600, curve), series_of(600, [](int s) { return 280 - curve(s); }));
    CHECK(found.correlation <= -999);
}

TEST_CASE("a side that does not vary has no correlation", "[stream_overlap]") {
    const auto flat = series_of(600, [](int) { return 100.0; });
    const auto found = compare_values(flat, flat);
    CHECK(found.equal_per_mille == 1000);
    CHECK(found.correlation == 0);
    CHECK(found.varied <= 1);
    CHECK(compare_values(flat, series_of(600, curve)).correlation == 0);
}

TEST_CASE("only common seconds count, and a shift moves the second clock", "[stream_overlap]") {
    const auto a = series_of(600, curve), late = series_of(600, curve, start + 100s);
    CHECK(compare_values(a, late).common_s == 500);
    CHECK(compare_values(a, late).equal_per_mille < 900);
    CHECK(compare_values(a, late, -100).common_s == 600);
    CHECK(compare_values(a, late, -100).equal_per_mille == 1000);
    CHECK(compare_values(a, series_of(600, curve, start + 1000s)).common_s == 0);
}

TEST_CASE("comparing is symmetric", "[stream_overlap][law]") {
    rides::dice roll{9};
    for (int round = 0; round < 50; ++round) {
        const auto random = [&roll](int) { return roll.one_in(5) ? no_value : static_cast<double>(roll.between(0, 4000)); };
        const auto a = series_of(200, random), b = series_of(200, random, start + seconds{roll.between(-50, 50)});
        const auto ab = compare_values(a, b, 7), ba = compare_values(b, a, -7);
        CHECK(ab.common_s == ba.common_s);
        CHECK(ab.equal_per_mille == ba.equal_per_mille);
        CHECK(ab.correlation == ba.correlation);
        CHECK(ab.varied == ba.varied);
    }
}

TEST_CASE("a second has one value, the first, and absent ones are left out", "[stream_overlap]") {
    samples s;
    s.push({.t = 0ms, .hr_bpm = 100});
    s.push({.t = 400ms, .hr_bpm = 110});
    s.push({.t = 3s, .hr_bpm = 120});
    s.push({.t = 4s});
    s.finish();
    const auto made = make_series(s, samples::hr, start);
    CHECK(made.first_s == start_s);
    CHECK(made.value == std::vector<std::int16_t>{100, -1, -1, 120});
}

TEST_CASE("values that no heart, leg or crank has are left out", "[stream_overlap][hostile]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto made = series_of(8, [](int s) {
        constexpr double values[] = {100, no_value, infinity, -infinity, -1, 4000.5, 1e308, 4000};
        return values[s];
    });
    CHECK(made.value == std::vector<std::int16_t>{100, -1, -1, -1, -1, -1, -1, 4000});
}

TEST_CASE("a series has at most its length, in either direction of time", "[stream_overlap][hostile]") {
    samples s;
    for (const auto t : {seconds{0}, seconds{1}, seconds{86400 * 365}, seconds{-5}, seconds{2}})
        s.push({.t = t, .hr_bpm = 100});
    s.finish();
    CHECK(make_series(s, samples::hr, start).value.size() == 3);
    CHECK(make_series(samples{}, samples::hr, start).value.empty());
    CHECK(make_series(s, samples::power, start).value.empty());
}

TEST_CASE("three days of the largest values do not overflow", "[stream_overlap][hostile]") {
    const auto high = series_of(259200, [](int s) { return s % 2 == 0 ? 4000.0 : 0.0; });
    const auto found = compare_values(high, high);
    CHECK(found.common_s == 259200);
    CHECK(found.correlation >= 999);
}

TEST_CASE("every common second counts once, wherever samples are missing", "[stream_overlap]") {
    rides::dice roll{11};
    const auto any_series = [&roll] {
        value_series v{roll.between(0, 40), {}};
        const auto largest = roll.one_in(3) ? 4000 : 200;
        const auto gaps = roll.between(1, 60);  // of some none
        for (auto n = roll.below(900); n > 0; --n) v.value.push_back(static_cast<std::int16_t>(gaps < 35 && roll.below(100) < static_cast<std::size_t>(gaps) / 4 ? -1 : roll.between(0, largest)));
        return v;
    };
    for (int round = 0; round < 300; ++round) {
        const auto a = any_series(), b = round % 5 == 0 ? a : any_series();
        const auto shift_s = roll.one_in(2) ? 0 : roll.between(-700, 700);
        std::vector<std::pair<double, double>> both;
        for (std::int64_t s = -2000; s < 3000; ++s) {
            const auto at = [](const value_series& v, std::int64_t i) { return i < 0 || i >= static_cast<std::int64_t>(v.value.size()) ? -1 : v.value[static_cast<std::size_t>(i)]; };
            const auto x = at(a, s - a.first_s), y = at(b, s - shift_s - b.first_s);
            if (x >= 0 && y >= 0) both.emplace_back(x, y);
        }
        const auto found = compare_values(a, b, shift_s);
        REQUIRE(found.common_s == static_cast<int>(both.size()));
        if (both.empty()) continue;
        double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
        int equal = 0, changes_x = 1, changes_y = 1;
        for (const auto& [x, y] : both) mean_x += x / static_cast<double>(both.size()), mean_y += y / static_cast<double>(both.size()), equal += x == y;
        for (std::size_t i = 1; i < both.size(); ++i) changes_x += both[i].first != both[i - 1].first, changes_y += both[i].second != both[i - 1].second;
        for (const auto& [x, y] : both) xx += (x - mean_x) * (x - mean_x), yy += (y - mean_y) * (y - mean_y), xy += (x - mean_x) * (y - mean_y);
        CHECK(found.equal_per_mille == equal * 1000 / static_cast<int>(both.size()));
        CHECK(found.varied == std::min(changes_x, changes_y));
        if (both.size() > 2 && xx > 0.5 && yy > 0.5) CHECK(std::abs(found.correlation - 1000 * xy / std::sqrt(xx * yy)) < 1.001);  // cut, not rounded
    }
}

TEST_CASE("values that no heart or crank has are none, whoever made the series", "[stream_overlap][hostile]") {
    const std::vector<std::int16_t> alone{120, 32767, 130, 4096, -32768, -1, 4095};
    value_series a{0, std::vector<std::int16_t>(512, 32767)}, b = a;
    CHECK(compare_values(a, b).common_s == 0);
    std::copy(alone.begin(), alone.end(), a.value.begin()), b = a;
    const auto found = compare_values(a, b);
    CHECK(found.common_s == 3);
    CHECK(found.correlation <= 1000);
}

// SPDX-License-Identifier: BSL-1.0
//
// Heart rate, power and cadence as a sign: two exports of one recording have the same values second by second; a chest strap
// heard by two devices gives nearly the same curve.
//
//     compare_values(a, b)   ->  3600 common seconds, 998 per mille equal, correlation 999 / 1000
//
// It only ever speaks for a pair. Curves that differ are no sign of two activities: an optical sensor on a wrist may follow
// nothing at all while a strap reads the same heart (correlations from -0.5 to 0.7 have been seen for one and the same run).
#pragma once

#include <coincide/record/track.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace coincide {

/// One value a second of the absolute clock; -1 where there is none.
struct value_series {
    std::int64_t first_s = 0;
    std::vector<std::int16_t> value{};

    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(value.size()); }
};

inline constexpr std::int64_t series_reach_ms = 1000000000000;  // 31 years from the start: no sample of a recording is further
inline constexpr double value_max = 4000.0;  // no heart, leg or crank does more; beyond it a sample is left out

struct value_overlap {
    std::int32_t common_s = 0;
    std::int32_t equal_per_mille = 0;
    std::int32_t correlation = 0;  // of 1000; 0 when a side does not vary
    std::int32_t varied = 0;       // changes of value from one common second to the next, the fewer of both sides
};

/// The series of one column of a track or stream; samples outside `length_max_s` from the first are left out. O(n).
[[nodiscard]] inline value_series make_series(const samples& of, samples::column column, instant start, std::int64_t length_max_s = 259200) {
    value_series out;
    const auto& values = of.values[column];
    bool any = false;
    for (std::size_t i = 0; i < values.size() && i < of.size(); ++i) {
        if (of.t_ms[i] > series_reach_ms || of.t_ms[i] < -series_reach_ms) continue;
        if (!(values[i] >= 0.0 && values[i] <= value_max)) continue;
        const auto s = std::chrono::floor<std::chrono::seconds>(start + milliseconds{of.t_ms[i]}).time_since_epoch().count();
        if (!any) out.first_s = s;
        any = true;
        if (s < out.end_s() || s - out.first_s >= length_max_s) continue;  // one value a second: the first
        out.value.resize(static_cast<std::size_t>(s - out.first_s), std::int16_t{-1});
        out.value.push_back(static_cast<std::int16_t>(values[i]));
    }
    return out;
}

/// Compares two series over their common seconds, in integers but for one square root. Symmetric. O(common seconds).
[[nodiscard]] inline value_overlap compare_values(const value_series& a, const value_series& b, std::int64_t shift_s = 0) noexcept {
    std::int64_t n = 0, equal = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    std::int32_t changes_a = 0, changes_b = 0;
    int last_a = -1, last_b = -1;
    const std::int64_t from = std::max(a.first_s, b.first_s + shift_s), to = std::min(a.end_s(), b.end_s() + shift_s);
    for (std::int64_t s = from; s < to; ++s) {
        const std::int64_t x = a.value[static_cast<std::size_t>(s - a.first_s)], y = b.value[static_cast<std::size_t>(s - shift_s - b.first_s)];
        if (x < 0 || y < 0) continue;
        ++n;
        equal += x == y;
        sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
        changes_a += x != last_a, changes_b += y != last_b;
        last_a = static_cast<int>(x), last_b = static_cast<int>(y);
    }
    value_overlap out;
    out.common_s = static_cast<std::int32_t>(n);
    if (n == 0) return out;
    out.equal_per_mille = static_cast<std::int32_t>(equal * 1000 / n);
    out.varied = std::min(changes_a, changes_b);
    // 259200 s of values up to 4000: n * sum of squares stays below 2^61
    const std::int64_t va = n * saa - sa * sa, vb = n * sbb - sb * sb, cov = n * sab - sa * sb;
    if (va > 0 && vb > 0)
        out.correlation = static_cast<std::int32_t>(static_cast<double>(cov) * 1000.0 / (std::sqrt(static_cast<double>(va)) * std::sqrt(static_cast<double>(vb))));
    return out;
}

}  // namespace coincide

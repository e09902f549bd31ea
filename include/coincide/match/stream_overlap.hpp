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

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace coincide {

/// One value a second of the absolute clock; -1 where there is none. Values beyond 4095 are none.
struct value_series {
    std::int64_t first_s = 0;
    std::vector<std::int16_t> value{};

    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(value.size()); }
};

inline constexpr std::int64_t series_reach_ms = 1000000000000;  // 31 years from the start: no sample of a recording is further
inline constexpr std::int64_t common_max_s = 259200;              // three days: what is compared of two series
inline constexpr double value_max = 4000.0;  // no heart, leg or crank does more; beyond it a sample is left out

struct value_overlap {
    std::int32_t common_s = 0;
    std::int32_t equal_per_mille = 0;
    std::int32_t correlation = 0;  // of 1000; 0 when a side does not vary
    std::int32_t varied = 0;       // changes of value from one common second to the next, the fewer of both sides
};

/// The series of one column of a track or stream; samples outside `length_max_s` from the first are left out. O(n).
[[nodiscard]] inline value_series make_series(const samples& of, samples::column column, instant start, std::int64_t length_max_s = common_max_s) {
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

namespace detail {

/// Sums over the seconds that both series have.
struct value_sums {
    std::int64_t n = 0, equal = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
    std::int32_t changes_a = 0, changes_b = 0;
    std::int16_t last_a = -1, last_b = -1;

    static constexpr std::size_t block_s = 256;  // so many squares of 4095 fit in 32 bits

    void add(const std::int16_t* x, const std::int16_t* y, std::size_t seconds) noexcept {
        for (std::size_t now = 0; seconds > 0; x += now, y += now, seconds -= now) {
            now = std::min(seconds, block_s);
            if (all_common(x, y, now)) add_common(x, y, now);
            else
                for (std::size_t i = 0; i < now; ++i)
                    if (all_common(x + i, y + i, 1)) add_one(x[i], y[i]);
        }
    }

private:
    [[nodiscard]] static bool all_common(const std::int16_t* x, const std::int16_t* y, std::size_t n_s) noexcept {
        std::uint16_t bits = 0;
        for (std::size_t i = 0; i < n_s; ++i) bits = static_cast<std::uint16_t>(bits | static_cast<std::uint16_t>(x[i]) | static_cast<std::uint16_t>(y[i]));
        return bits < 4096;  // none below 0 or beyond 4095
    }
    void add_one(std::int16_t x, std::int16_t y) noexcept {
        const std::int64_t p = x, q = y;
        ++n, equal += p == q, a += p, b += q, aa += p * p, bb += q * q, ab += p * q;
        changes_a += x != last_a, changes_b += y != last_b;
        last_a = x, last_b = y;
    }
    void add_common(const std::int16_t* x, const std::int16_t* y, std::size_t n_s) noexcept {
        std::int32_t same = 0, va = x[0] != last_a, vb = y[0] != last_b;
        std::uint32_t sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (std::size_t i = 0; i < n_s; ++i) {
            const std::int32_t p = x[i], q = y[i];
            same += p == q;
            sa += static_cast<std::uint32_t>(p), sb += static_cast<std::uint32_t>(q);
            saa += static_cast<std::uint32_t>(p * p), sbb += static_cast<std::uint32_t>(q * q), sab += static_cast<std::uint32_t>(p * q);
        }
        for (std::size_t i = 1; i < n_s; ++i) va += x[i] != x[i - 1], vb += y[i] != y[i - 1];
        n += static_cast<std::int64_t>(n_s), equal += same, a += sa, b += sb, aa += saa, bb += sbb, ab += sab;
        changes_a += va, changes_b += vb;
        last_a = x[n_s - 1], last_b = y[n_s - 1];
    }
};

}  // namespace detail

/// Compares two series over their common seconds (the first three days of them), in integers but for one square root. Symmetric. O(common seconds).
[[nodiscard]] inline value_overlap compare_values(const value_series& a, const value_series& b, std::int64_t shift_s = 0) noexcept {
    detail::value_sums sums;
    const std::int64_t from = std::max(a.first_s, b.first_s + shift_s), to = std::min({a.end_s(), b.end_s() + shift_s, from + common_max_s});
    if (from < to) sums.add(a.value.data() + (from - a.first_s), b.value.data() + (from - shift_s - b.first_s), static_cast<std::size_t>(to - from));
    const auto n = sums.n;
    value_overlap out;
    out.common_s = static_cast<std::int32_t>(n);
    if (n == 0) return out;
    out.equal_per_mille = static_cast<std::int32_t>(sums.equal * 1000 / n);
    out.varied = std::min(sums.changes_a, sums.changes_b);
    // common_max_s of values up to 4095: n * sum of squares stays below 2^61
    const std::int64_t va = n * sums.aa - sums.a * sums.a, vb = n * sums.bb - sums.b * sums.b, cov = n * sums.ab - sums.a * sums.b;
    if (va > 0 && vb > 0)
        out.correlation = static_cast<std::int32_t>(static_cast<double>(cov) * 1000.0 / (std::sqrt(static_cast<double>(va)) * std::sqrt(static_cast<double>(vb))));
    return out;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Positions and values over time, in columns: what the ready-made activity holds, and what `track_of` of any host is read as.
//
//     samples ride;                                   // three fixes, the second without heart rate
//     ride.push({.t = 0ms, .lat_deg = 51.0, .lon_deg = 3.5, .hr_bpm = 120});
//     ride.push({.t = 5s,  .lat_deg = 51.0001, .lon_deg = 3.5});
//     ride.push({.t = 9s,  .lat_deg = 51.0002, .lon_deg = 3.5, .hr_bpm = 124});
//
// A column exists only when some sample has a value; NaN marks the samples that have none. Times are milliseconds since the
// start of the record. `tidy` gives what matching relies on: ascending times, one sample a stamp, positions on the globe.
#pragma once

#include <coincide/record/describe.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <vector>

namespace coincide {

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// One sample of a track or stream; NaN where there is no value. With `lat_deg` and `lon_deg` it is a fix.
struct sample {
    milliseconds t{0};
    double lat_deg = no_value;
    double lon_deg = no_value;
    double ele_m = no_value;
    double hr_bpm = no_value;
    double power_w = no_value;
    double cadence_rpm = no_value;
    double speed_mps = no_value;
    double distance_m = no_value;

    [[nodiscard]] bool has_position() const noexcept { return lat_deg == lat_deg && lon_deg == lon_deg; }
};

template <>
struct describe<sample> {
    static constexpr schema fields{
        bind(since_start, &sample::t),
        bind(lat_deg, &sample::lat_deg),
        bind(lon_deg, &sample::lon_deg),
    };
};

/// What tidy had to drop or mend.
struct track_faults {
    std::size_t out_of_range = 0;  // positions off the globe, at (0,0), or with only one coordinate
    std::size_t went_back = 0;     // samples whose time was before their predecessor's
    std::size_t same_stamp = 0;    // samples folded into the one with the same time

    friend bool operator==(const track_faults&, const track_faults&) = default;
};

/// Columns of equal length, or empty.
class samples {
public:
    /// The value columns beside t, lat and lon, in the order of the interchange format.
    enum column : std::size_t { ele, hr, power, cadence, speed, distance, column_count };

    std::vector<std::int64_t> t_ms{};
    std::vector<double> lat{}, lon{};  // both empty: a stream without positions
    std::vector<double> values[column_count]{};

    [[nodiscard]] std::size_t size() const noexcept { return t_ms.size(); }
    [[nodiscard]] bool empty() const noexcept { return t_ms.empty(); }
    [[nodiscard]] bool has_positions() const noexcept { return !lat.empty(); }

    [[nodiscard]] sample operator[](std::size_t i) const noexcept {
        const auto at = [i](const std::vector<double>& c) { return i < c.size() ? c[i] : no_value; };
        return {milliseconds{t_ms[i]}, at(lat), at(lon), at(values[ele]), at(values[hr]), at(values[power]),
                at(values[cadence]), at(values[speed]), at(values[distance])};
    }

    /// Adds a sample at the end; columns appear with their first value. Amortised O(1).
    void push(const sample& s) {
        t_ms.push_back(s.t.count());
        append(lat, s.lat_deg);
        append(lon, s.lon_deg);
        const double v[] = {s.ele_m, s.hr_bpm, s.power_w, s.cadence_rpm, s.speed_mps, s.distance_m};
        for (std::size_t c = 0; c < column_count; ++c) append(values[c], v[c]);
    }

    /// Number of samples with a position.
    [[nodiscard]] std::size_t positions() const noexcept {
        std::size_t n = 0;
        for (const double v : lat) n += v == v;
        return n;
    }

    /// Drops positions off the globe, at (0,0), or with one coordinate; sorts by time, stably; folds equal stamps (a value
    /// that the earlier one lacks comes from the later); drops columns without a value. O(n) when the times ascend already, else O(n log n).
    track_faults tidy();

    class iterator;
    [[nodiscard]] iterator begin() const noexcept;
    [[nodiscard]] iterator end() const noexcept;
    friend bool operator==(const samples&, const samples&) = default;

private:
    void append(std::vector<double>& column_values, double v) {
        if (column_values.empty() && v != v) return;
        column_values.resize(t_ms.size() - 1, no_value);
        column_values.push_back(v);
    }
    [[nodiscard]] std::vector<std::vector<double>*> all_columns() {
        std::vector<std::vector<double>*> all{&lat, &lon};
        for (auto& c : values) all.push_back(&c);
        return all;
    }

public:
    /// Makes every column as long as t. Call after the last push.
    void finish() {
        for (auto* c : all_columns())
            if (!c->empty()) c->resize(t_ms.size(), no_value);
    }
};

/// Reads rows out of the columns, by value.
class samples::iterator {
public:
    using value_type = sample;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    iterator(const samples* of, std::size_t at) noexcept : of_{of}, at_{at} {}
    sample operator*() const noexcept { return (*of_)[at_]; }
    iterator& operator++() noexcept { return ++at_, *this; }
    iterator operator++(int) noexcept { return {of_, at_++}; }
    friend bool operator==(const iterator&, const iterator&) = default;

private:
    const samples* of_ = nullptr;
    std::size_t at_ = 0;
};
inline samples::iterator samples::begin() const noexcept { return {this, 0}; }
inline samples::iterator samples::end() const noexcept { return {this, size()}; }

/// Whether a position can be one: finite, on the globe, and not (0,0), which devices write for "no fix".
[[nodiscard]] constexpr bool plausible_position(double lat_degrees, double lon_degrees) noexcept {
    return lat_degrees >= -90.0 && lat_degrees <= 90.0 && lon_degrees >= -180.0 && lon_degrees <= 180.0 &&
           !(lat_degrees == 0.0 && lon_degrees == 0.0);
}

inline track_faults samples::tidy() {
    track_faults faults;
    finish();
    if (lat.empty() != lon.empty()) (lat.empty() ? lat : lon).resize(size(), no_value);
    for (std::size_t i = 0; i < lat.size(); ++i) {
        if (lat[i] != lat[i] && lon[i] != lon[i]) continue;
        if (plausible_position(lat[i], lon[i])) continue;
        lat[i] = lon[i] = no_value;
        ++faults.out_of_range;
    }
    for (auto* c : all_columns())
        if (std::none_of(c->begin(), c->end(), [](double v) { return v == v; })) c->clear();
    for (std::size_t i = 1; i < t_ms.size(); ++i) {
        faults.went_back += t_ms[i] < t_ms[i - 1];
        faults.same_stamp += t_ms[i] == t_ms[i - 1];
    }
    if (faults.went_back == 0 && faults.same_stamp == 0) return faults;

    std::vector<std::size_t> order(size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return t_ms[a] < t_ms[b]; });
    std::vector<std::size_t> into(size());  // row of the tidy track that sample order[k] goes to
    std::size_t rows = 0;
    faults.same_stamp = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        const bool same = k > 0 && t_ms[order[k]] == t_ms[order[k - 1]];
        faults.same_stamp += same;
        rows += !same;
        into[k] = rows - 1;
    }
    std::vector<std::int64_t> sorted_t(rows);
    for (std::size_t k = 0; k < order.size(); ++k) sorted_t[into[k]] = t_ms[order[k]];
    for (auto* c : all_columns()) {
        if (c->empty()) continue;
        std::vector<double> sorted(rows, no_value);
        for (std::size_t k = 0; k < order.size(); ++k)
            if (sorted[into[k]] != sorted[into[k]]) sorted[into[k]] = (*c)[order[k]];
        *c = std::move(sorted);
    }
    t_ms = std::move(sorted_t);
    return faults;
}

}  // namespace coincide

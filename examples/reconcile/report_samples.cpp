// SPDX-License-Identifier: BSL-1.0
#include "report_samples.hpp"

#include "compact_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace reconcile {
namespace {

using coincide::activity;
using coincide::samples;

struct drawn_column {
    samples::column column;
    double scale;
};
constexpr drawn_column drawn[] = {{samples::hr, 1}, {samples::power, 1}, {samples::speed, 20}, {samples::ele, 2}};
constexpr std::int64_t bridged_ms = 60'000;  // a longer silence is a pause and stays empty

/// Where a record has a column: with its track, else beside it.
const samples* holder_of(const activity& record, samples::column column) {
    for (const auto* of : {&record.track, &record.streams})
        if (!of->values[column].empty()) return of;
    return nullptr;
}

struct time_steps {
    std::int64_t first_ms = 0, step_ms = 1;
    std::size_t count = 0;

    [[nodiscard]] std::size_t nearest(std::int64_t t_ms) const {
        const auto at = (t_ms - first_ms + step_ms / 2) / step_ms;
        return static_cast<std::size_t>(std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(count) - 1));
    }
    [[nodiscard]] std::int64_t time(std::size_t step) const { return first_ms + static_cast<std::int64_t>(step) * step_ms; }
    [[nodiscard]] bool bridges(std::size_t from, std::size_t to) const {
        return to - from == 2 || static_cast<std::int64_t>(to - from) * step_ms <= bridged_ms;
    }
};

time_steps steps_over(const activity& record, std::size_t most) {
    auto first = std::numeric_limits<std::int64_t>::max(), last = std::numeric_limits<std::int64_t>::min();
    for (const auto* of : {&record.track, &record.streams}) {
        if (of->empty()) continue;
        first = std::min(first, of->t_ms.front());
        last = std::max(last, of->t_ms.back());
    }
    time_steps steps{first, 1, std::min(most, std::max(record.track.size(), record.streams.size()))};
    if (steps.count < 2 || last <= first) return {};
    const auto gaps = static_cast<std::int64_t>(steps.count) - 1;
    steps.step_ms = (last - first + gaps - 1) / gaps;
    return steps;
}

/// Straight lines through the steps without a value, where the silence is short.
void bridge(std::vector<double>& values, const time_steps& steps) {
    std::size_t known = values.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] != values[i]) continue;
        if (known < i && i - known > 1 && steps.bridges(known, i))
            for (auto k = known + 1; k < i; ++k)
                values[k] = values[known] + (values[i] - values[known]) * static_cast<double>(k - known) / static_cast<double>(i - known);
        known = i;
    }
}

/// The mean of what was recorded around each step.
std::vector<double> means(const samples& of, const std::vector<double>& values, const time_steps& steps) {
    std::vector<double> sum(steps.count), out(steps.count, coincide::no_value);
    std::vector<std::uint32_t> known(steps.count);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) continue;
        const auto step = steps.nearest(of.t_ms[i]);
        sum[step] += values[i];
        ++known[step];
    }
    for (std::size_t k = 0; k < steps.count; ++k)
        if (known[k] != 0) out[k] = sum[k] / known[k];
    bridge(out, steps);
    return out;
}

struct path {
    std::vector<double> lat, lon;
};

/// The fix nearest to each step: a mean of positions would cut corners.
path nearest_fixes(const samples& track, const time_steps& steps) {
    path out{std::vector<double>(steps.count, coincide::no_value), std::vector<double>(steps.count, coincide::no_value)};
    std::vector<std::int64_t> off(steps.count, std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = 0; i < track.size(); ++i) {
        const auto fix = track[i];
        if (!fix.has_position()) continue;
        const auto step = steps.nearest(track.t_ms[i]);
        const auto distance = std::abs(track.t_ms[i] - steps.time(step));
        if (distance >= off[step]) continue;
        off[step] = distance;
        out.lat[step] = fix.lat_deg;
        out.lon[step] = fix.lon_deg;
    }
    double east = 0;  // longitudes go on past 180 degrees, so that no line runs around the globe
    double before = coincide::no_value;
    for (auto& lon : out.lon) {
        if (lon != lon) continue;
        if (before == before && std::abs(lon - before) > 180) east += lon < before ? 360 : -360;
        before = lon;
        lon += east;
    }
    bridge(out.lat, steps);
    bridge(out.lon, steps);
    return out;
}

double extent(const std::vector<double>& values) {
    double least = std::numeric_limits<double>::infinity(), most = -least;
    for (const double v : values)
        if (v == v) least = std::min(least, v), most = std::max(most, v);
    return most > least ? most - least : 0;
}

/// In millionths of a degree: a power of two, fine enough for a drawing 4000 pixels wide.
std::uint64_t quantum_of(const path& way) {
    const double wide = std::max(extent(way.lat), extent(way.lon)) * 1e6;
    std::uint64_t quantum = 1;
    while (wide / static_cast<double>(quantum) > 4096) quantum *= 2;
    return quantum;
}

void append_column(std::string& out, const std::vector<double>& values, double scale) {
    std::int64_t before = 0;
    for (const double v : values) {
        const double scaled = v * scale;
        if (!(std::abs(scaled) < 1e12)) {
            append_nothing(out);
            continue;
        }
        const auto now = std::llround(scaled);
        append_signed(out, now - before);
        before = now;
    }
}

}  // namespace

std::size_t characters_a_step(const activity& record) {
    std::size_t characters = record.track.has_positions() ? 4 : 0;
    for (const auto& d : drawn) characters += holder_of(record, d.column) ? 2 : 0;
    return characters;
}

std::string compact_samples(const activity& record, std::size_t steps_max) {
    if (characters_a_step(record) == 0) return {};
    const auto steps = steps_over(record, steps_max);
    if (steps.count == 0) return {};

    std::string out;
    append_whole(out, steps.count);
    append_signed(out, steps.first_ms);
    append_whole(out, static_cast<std::uint64_t>(steps.step_ms));
    std::uint64_t columns = record.track.has_positions() ? 1 : 0;
    for (std::size_t c = 0; c < std::size(drawn); ++c)
        if (holder_of(record, drawn[c].column)) columns |= std::uint64_t{2} << c;
    append_whole(out, columns);
    if (record.track.has_positions()) {
        const auto way = nearest_fixes(record.track, steps);
        const auto quantum = quantum_of(way);
        append_whole(out, quantum);
        append_column(out, way.lat, 1e6 / static_cast<double>(quantum));
        append_column(out, way.lon, 1e6 / static_cast<double>(quantum));
    }
    for (const auto& d : drawn)
        if (const auto* of = holder_of(record, d.column)) append_column(out, means(*of, of->values[d.column], steps), d.scale);
    return out;
}

}  // namespace reconcile

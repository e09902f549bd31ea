// SPDX-License-Identifier: BSL-1.0
//
// A track resampled to whole seconds of the absolute clock, in binary angles. Two rasters need no merging to be compared: the
// same index is the same second.
//
//     fixes at 10:00:00.4 (51.0000, 3.5000) and 10:00:03.4 (51.0003, 3.5000)
//     raster: first_s = 10:00:01, three samples: 51.00006, 51.00016, 51.00026
//
// Binary angles are int32 with 2^32 = 360 degrees (9.3 mm at most, the unit of FIT's semicircles), so differences wrap at the
// antimeridian by themselves. Between two fixes the position is interpolated in integers, but never across more than
// `gap_max`: a pause is no data. Seconds without data hold `no_fix`.
#pragma once

#include <coincide/record/describe.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <vector>

namespace coincide {

struct raster_options {
    /// Longest gap that is interpolated. Devices with "smart recording" leave up to some 20 s between fixes; straight pieces
    /// longer than 30 s at riding speed would cut real corners by more than the comparison's tolerance.
    seconds gap_max{30};
    /// Longest raster; later fixes are left out (3 days: longer than any recording this is meant for).
    seconds length_max{259200};
};

struct raster {
    static constexpr std::int32_t no_fix = 0x7FFFFFFF;  // outside ±90 degrees, which is ±2^30

    std::int64_t first_s = 0;              // second of the epoch of sample 0
    std::vector<std::int32_t> lat{}, lon{};
    std::size_t valid = 0;                 // samples that are not no_fix

    [[nodiscard]] bool empty() const noexcept { return valid == 0; }
    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(lat.size()); }
};

namespace detail {

/// Degrees to binary angles by truncation: one multiplication, so fused arithmetic cannot change the result.
constexpr std::int32_t binary_angle(double degrees) noexcept {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(degrees * (4294967296.0 / 360.0))));
}

struct timed_fix {
    std::int64_t ms;
    std::int32_t lat, lon;
};

constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) noexcept { return a >= 0 ? (a + b - 1) / b : -(-a / b); }

constexpr std::int32_t between(std::int32_t from, std::int32_t to, std::int64_t part, std::int64_t whole) noexcept {
    const auto step = static_cast<std::int32_t>(static_cast<std::uint32_t>(to) - static_cast<std::uint32_t>(from));  // wraps
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(step * part / whole));
}

}  // namespace detail

/// Resamples any range of fixes that ascend in time; others, and positions off the globe, are skipped.
///
/// `start`     instant of the record's start, for fixes that count from it
/// Complexity  O(fixes + seconds covered) time; 8 bytes a second of the span, at most length_max
/// Absent      no usable pair of fixes: an empty raster
template <std::ranges::input_range Fixes>
    requires fix<std::ranges::range_value_t<Fixes>>
[[nodiscard]] raster make_raster(Fixes&& fixes, instant start, const raster_options& options = {}) {
    using Fix = std::ranges::range_value_t<Fixes>;
    const std::int64_t gap_max_ms = milliseconds{options.gap_max}.count(), length_max_s = options.length_max.count();
    raster out;
    bool has_previous = false;
    detail::timed_fix previous{};
    for (auto&& f : fixes) {
        std::optional<instant> at;
        if constexpr (has_role<Fix, fix_time_t>) at = read(f, fix_time);
        else if (const auto since = read(f, since_start)) at = start + *since;
        const auto la = read(f, lat_deg), lo = read(f, lon_deg);
        if (!at || !la || !lo) continue;
        if (!(*la >= -90.0 && *la <= 90.0 && *lo >= -180.0 && *lo <= 180.0) || (*la == 0.0 && *lo == 0.0)) continue;
        const detail::timed_fix now{at->time_since_epoch().count(), detail::binary_angle(*la), detail::binary_angle(*lo)};
        if (has_previous && now.ms <= previous.ms) continue;
        const bool joined = has_previous && now.ms - previous.ms <= gap_max_ms;
        const std::int64_t from_s = joined ? detail::ceil_div(previous.ms, 1000) : detail::ceil_div(now.ms, 1000);
        const std::int64_t to_s = now.ms >= 0 ? now.ms / 1000 : -detail::ceil_div(-now.ms, 1000);
        if (out.lat.empty()) out.first_s = from_s;
        if (to_s - out.first_s >= length_max_s) break;
        for (std::int64_t s = std::max(from_s, out.end_s()); s <= to_s; ++s) {
            const auto pad = static_cast<std::size_t>(s - out.first_s);
            out.lat.resize(pad, raster::no_fix);
            out.lon.resize(pad, raster::no_fix);
            const auto part = joined ? s * 1000 - previous.ms : 0, whole = joined ? now.ms - previous.ms : 1;
            out.lat.push_back(joined ? detail::between(previous.lat, now.lat, part, whole) : now.lat);
            out.lon.push_back(joined ? detail::between(previous.lon, now.lon, part, whole) : now.lon);
            ++out.valid;
        }
        previous = now;
        has_previous = true;
    }
    return out;
}

}  // namespace coincide

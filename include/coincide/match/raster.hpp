// SPDX-License-Identifier: BSL-1.0
//
// A track resampled to whole seconds of the absolute clock, in binary angles. Two rasters need no merging to be compared: the
// same index is the same second.
//
//     fixes at 10:00:00.4 (51.0000, 3.5000) and 10:00:03.4 (51.0003, 3.5000)
//     raster: first_s = 10:00:01, three samples: 51.00006, 51.00016, 51.00026
//
// Binary angles are int32 with 2^32 = 360 degrees (9.3 mm at most, the unit of FIT's semicircles), so differences wrap at the
// antimeridian by themselves. Between two fixes the position is interpolated, but never across more than `gap_max`: a pause is no data.
// Seconds without data hold `no_fix`; the seconds that have data are listed as runs, so that loops over them need not ask.
//
// Made once a track, in one pass; whole blocks of fixes a second apart, which most devices record, are converted without a branch.
#pragma once

#include <coincide/match/raster_maker.hpp>
#include <coincide/record/track.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <type_traits>

namespace coincide {

/// Resamples any range of fixes that ascend in time; others, and positions off the globe, are skipped.
///
/// `start`     instant of the record's start, for fixes that count from it
/// Complexity  O(fixes + seconds covered) time; 8 bytes a second of the span, at most length_max
/// Absent      no usable pair of fixes: an empty raster
template <std::ranges::input_range Fixes>
    requires fix<std::ranges::range_value_t<Fixes>>
[[nodiscard]] raster make_raster(Fixes&& fixes, instant start, const raster_options& options = {}) {
    using Fix = std::ranges::range_value_t<Fixes>;
    constexpr std::size_t block = detail::raster_maker::block;
    const auto start_ms = start.time_since_epoch().count();
    if (!detail::is_time(start_ms)) return {};
    if constexpr (std::is_same_v<std::remove_cvref_t<Fixes>, samples>) {
        const auto n = std::min({fixes.size(), fixes.lat.size(), fixes.lon.size()});
        if (n == 0) return {};
        detail::raster_maker out{options, n};
        for (std::size_t i = 0; i < n; i += block) out.add(start_ms, &fixes.t_ms[i], &fixes.lat[i], &fixes.lon[i], std::min(block, n - i));
        return out.take();
    } else {
        constexpr bool on_the_clock = has_role<Fix, fix_time_t>;
        detail::raster_maker out{options, 0};
        const auto base_ms = on_the_clock ? 0 : start_ms;
        std::array<std::int64_t, block> t_ms;
        std::array<double, block> lat, lon;
        std::size_t n = 0;
        for (auto&& f : fixes) {
            std::optional<instant> at;
            if constexpr (on_the_clock) at = read(f, fix_time);
            else if (const auto since = read(f, since_start)) at = instant{*since};  // the start comes on top
            const auto la = read(f, lat_deg), lo = read(f, lon_deg);
            if (!at || !la || !lo) continue;
            t_ms[n] = at->time_since_epoch().count(), lat[n] = *la, lon[n] = *lo;
            if (++n == block) out.add(base_ms, t_ms.data(), lat.data(), lon.data(), n), n = 0;
        }
        out.add(base_ms, t_ms.data(), lat.data(), lon.data(), n);
        return out.take();
    }
}

}  // namespace coincide

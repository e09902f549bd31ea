// SPDX-License-Identifier: BSL-1.0
//
// What a resampled track is (raster.hpp makes it): two columns of binary angles, and where in them there is data.
#pragma once

#include <coincide/record/role.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace coincide {

struct raster_options {
    /// Longest gap that is interpolated. Devices with "smart recording" leave up to some 20 s between fixes; straight pieces
    /// longer than 30 s at riding speed would cut real corners by more than the comparison's tolerance.
    seconds gap_max{30};
    /// Longest raster; later fixes are left out (3 days: longer than any recording this is meant for).
    seconds length_max{259200};
};

/// Samples [from, to) that all have a position.
struct raster_run {
    std::uint32_t from = 0, to = 0;
    friend constexpr bool operator==(const raster_run&, const raster_run&) = default;
};

/// A raster that lies in memory of somebody else: one arena for all tracks of a host, a mapped file.
struct raster_view {
    std::int64_t first_s = 0;
    std::span<const std::int32_t> lat{}, lon{};
    std::span<const raster_run> runs{};

    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(lat.size()); }
};

struct raster {
    static constexpr std::int32_t no_fix = 0x7FFFFFFF;  // outside ±90 degrees, which is ±2^30

    std::int64_t first_s = 0;              // second of the epoch of sample 0
    std::vector<std::int32_t> lat{}, lon{};
    std::vector<raster_run> runs{};        // ascending, with at least one no_fix between two
    std::size_t valid = 0;                 // samples that are not no_fix

    [[nodiscard]] operator raster_view() const noexcept { return {first_s, lat, lon, runs}; }
    [[nodiscard]] bool empty() const noexcept { return valid == 0; }
    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(lat.size()); }

    /// Of columns that were kept, as many longitudes as latitudes. O(n).
    [[nodiscard]] static raster of(std::int64_t first_s, std::vector<std::int32_t> lat, std::vector<std::int32_t> lon) {
        raster r{first_s, std::move(lat), std::move(lon), {}, 0};
        for (std::size_t i = 0; i < r.lat.size(); ++i)
            if (r.lat[i] != no_fix) r.extend(i, i + 1);
        return r;
    }
    /// Says that samples [from, to) have positions; `from` is not before the end of the last run.
    void extend(std::size_t from, std::size_t to) {
        valid += to - from;
        if (!runs.empty() && runs.back().to == from) runs.back().to = static_cast<std::uint32_t>(to);
        else if (from < to) runs.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
    }
};

}  // namespace coincide

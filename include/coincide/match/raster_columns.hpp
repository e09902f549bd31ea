// SPDX-License-Identifier: BSL-1.0
//
// What a resampled track is (raster.hpp makes it): two columns of binary angles, and where in them there is data.
#pragma once

#include <coincide/record/role.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
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

/// Where the samples of one block are: none of them is outside. What crosses the antimeridian is taken to go round the globe.
struct raster_box {
    static constexpr std::size_t samples = 256;  // of a raster, box k is that of samples 256 k and on

    std::int32_t lat_from = std::numeric_limits<std::int32_t>::max(), lat_to = std::numeric_limits<std::int32_t>::min();
    std::int32_t lon_from = lat_from, lon_to = lat_to;

    void include(std::span<const std::int32_t> lat, std::span<const std::int32_t> lon) noexcept {
        widen(lat_from, lat_to, lat), widen(lon_from, lon_to, lon);
    }
    friend constexpr bool operator==(const raster_box&, const raster_box&) = default;

private:
    /// By value and one column at a time: so compilers vectorise it.
    static void widen(std::int32_t& from, std::int32_t& to, std::span<const std::int32_t> by) noexcept {
        auto least = from, most = to;
        for (const auto at : by) least = std::min(least, at), most = std::max(most, at);
        from = least, to = most;
    }
};

/// A raster that lies in memory of somebody else: one arena for all tracks of a host, a mapped file.
struct raster_view {
    std::int64_t first_s = 0;
    std::span<const std::int32_t> lat{}, lon{};
    std::span<const raster_run> runs{};
    std::span<const raster_box> boxes{};  // box k of samples 256 k and on; where they end, what is clearly elsewhere costs more

    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(lat.size()); }
};

struct raster {
    static constexpr std::int32_t no_fix = 0x7FFFFFFF;  // outside ±90 degrees, which is ±2^30

    std::int64_t first_s = 0;              // second of the epoch of sample 0
    std::vector<std::int32_t> lat{}, lon{};
    std::vector<raster_run> runs{};        // ascending, with at least one no_fix between two
    std::vector<raster_box> boxes{};       // up to the last sample that has a position
    std::size_t valid = 0;                 // samples that are not no_fix

    [[nodiscard]] operator raster_view() const noexcept { return {first_s, lat, lon, runs, boxes}; }
    [[nodiscard]] bool empty() const noexcept { return valid == 0; }
    [[nodiscard]] std::int64_t end_s() const noexcept { return first_s + static_cast<std::int64_t>(lat.size()); }

    /// Of columns that were kept, as many longitudes as latitudes. O(n).
    [[nodiscard]] static raster of(std::int64_t first_s, std::vector<std::int32_t> lat, std::vector<std::int32_t> lon) {
        raster r{first_s, std::move(lat), std::move(lon)};
        for (std::size_t from = 0, to = 0; from < r.lat.size(); from = to + 1) {
            for (to = from; to < r.lat.size() && r.lat[to] != no_fix;) ++to;
            r.extend(from, to);
        }
        return r;
    }
    /// Says that samples [from, to) have positions; `from` is not before the end of the last run.
    void extend(std::size_t from, std::size_t to) {
        if (from >= to) return;
        valid += to - from;
        if (!runs.empty() && runs.back().to == from) runs.back().to = static_cast<std::uint32_t>(to);
        else runs.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
        boxes.resize((to - 1) / raster_box::samples + 1);
        for (std::size_t n = 0; from < to; from += n) {
            const auto k = from / raster_box::samples;
            n = std::min(to, (k + 1) * raster_box::samples) - from;
            boxes[k].include(std::span{lat}.subspan(from, n), std::span{lon}.subspan(from, n));
        }
    }
};

}  // namespace coincide

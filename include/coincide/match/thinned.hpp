// SPDX-License-Identifier: BSL-1.0
//
// Every fifth second of a raster, or every 256th, at whole multiples of that step on the absolute clock, so that two of them are compared as
// rasters are. A first look at many candidates, or all there is where memory is short:
//
//     const auto fives = thinned(ride, 5);                    // 720 samples of an hour, 5.8 kB
//     const auto skeleton = thinned(ride, 256);               // 14 samples, 112 bytes
//     overlap_at(skeleton, other_skeleton, 0, 60)             // common 14 steps, of which 13 within 60 m
//
// Where skeletons of two recordings agree in less than a third of their samples, and their clocks to some seconds, the recordings are not one
// ride: of 25 made-up twins of an hour all agree in 12 of 14 and more, other ways from one start in 2 at most (tests/unit/thinned_test.cpp).
#pragma once

#include <coincide/match/raster.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace coincide {

/// Sample i is that of second (first_s + i) · step_s: first_s, shifts and counts are in steps. O(seconds / step); step_s >= 1.
[[nodiscard]] inline raster thinned(const raster_view& of, std::int64_t step_s) {
    std::int64_t first = of.first_s / step_s;  // rounded up, before 1970 as well
    if (first * step_s < of.first_s) ++first;
    std::vector<std::int32_t> lat, lon;
    for (auto s = first * step_s; s < of.end_s(); s += step_s) {
        const auto i = static_cast<std::size_t>(s - of.first_s);
        lat.push_back(of.lat[i]), lon.push_back(of.lon[i]);
    }
    return raster::of(first, std::move(lat), std::move(lon));
}

}  // namespace coincide

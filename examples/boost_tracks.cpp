// SPDX-License-Identifier: BSL-1.0
//
// Tracks of Boost.Geometry points: a host's own linestring becomes a track, and a track runs through Boost's algorithms.
#include <coincide/adapters/boost_geometry.hpp>
#include <coincide/match/gps_overlap.hpp>

#include <boost/geometry/algorithms/length.hpp>
#include <boost/geometry/strategies/spherical/distance_haversine.hpp>

#include <iostream>
#include <vector>

int main() {
    using coincide::seconds;
    coincide::geo_linestring line;  // (lon, lat), as Boost has it
    std::vector<seconds> times;
    for (int s = 0; s < 600; ++s) {
        line.push_back(coincide::geo_point{3.5 + 0.00004 * s, 51.0});
        times.push_back(seconds{s});
    }
    const auto track = coincide::from_points(line, times);
    const auto raster = coincide::make_raster(track, coincide::instant{seconds{1717394400}});
    const auto itself = coincide::gps_overlap(raster, raster);

    const double radians = static_cast<double>(boost::geometry::length(to_linestring(track), boost::geometry::strategy::distance::haversine<double>{1.0}));
    std::cout << radians * coincide::detail::earth_radius_m << " m, " << itself.common_s << " common seconds, " << itself.per_mille() << " per mille at the same place\n";
    return itself.per_mille() == 1000 ? 0 : 1;
}

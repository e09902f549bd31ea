// SPDX-License-Identifier: BSL-1.0
//
// Boost.Geometry on both sides: our samples as Boost points, so that its algorithms run on a track, and a host's own Boost
// points as fixes, with their times beside them. With places.hpp the only header that includes Boost; link coincide::geo to use it.
//
//     boost::geometry::length(to_linestring(ride.track))                    // radians on the unit sphere
//     samples s = from_points(host_linestring, host_times_since_start);     // any point with (lon, lat) in degrees
//
// Boost stores (lon, lat), hosts say (lat, lon): the order is turned here and nowhere else.
#pragma once

#include <coincide/record/track.hpp>

#include <boost/geometry/core/access.hpp>
#include <boost/geometry/core/cs.hpp>
#include <boost/geometry/geometries/linestring.hpp>
#include <boost/geometry/geometries/point.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <ranges>

namespace coincide {

using geo_point = boost::geometry::model::point<double, 2, boost::geometry::cs::spherical_equatorial<boost::geometry::degree>>;
using geo_linestring = boost::geometry::model::linestring<geo_point>;

/// The positions of a track, in time order; samples without a position are left out. O(n).
[[nodiscard]] inline geo_linestring to_linestring(const samples& of) {
    geo_linestring out;
    for (const auto& s : of)
        if (s.has_position()) out.push_back(geo_point{s.lon_deg, s.lat_deg});
    return out;
}

/// A track from points with coordinates (lon, lat) in degrees, and their times since the start. The shorter of the two ranges
/// ends it. Call tidy() on the result where positions or times may be wrong. O(n).
template <std::ranges::input_range Points, std::ranges::input_range Times>
[[nodiscard]] samples from_points(const Points& points, const Times& since_start_times) {
    samples out;
    auto time = std::ranges::begin(since_start_times);
    for (const auto& p : points) {
        if (time == std::ranges::end(since_start_times)) break;
        out.push({.t = std::chrono::duration_cast<milliseconds>(*time),
                  .lat_deg = static_cast<double>(boost::geometry::get<1>(p)),
                  .lon_deg = static_cast<double>(boost::geometry::get<0>(p))});
        ++time;
    }
    out.finish();
    return out;
}

}  // namespace coincide

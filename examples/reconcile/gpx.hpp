// SPDX-License-Identifier: BSL-1.0
//
// GPX 1.0 and 1.1: each `trk` is an activity; its segments (`trkseg`) are one track with pauses.
//
//     <gpx creator="StravaGPX"><trk><name>Evening Ride</name><type>1</type><trkseg>
//       <trkpt lat="45.210269" lon="5.783458"><ele>201.2</ele><time>2018-07-26T17:17:10Z</time>
//         <extensions><gpxtpx:hr>117</gpxtpx:hr></extensions></trkpt> …
//
//     -> start_time 2018-07-26T17:17:10Z, sport cycling, name "Evening Ride", origin strava, a track with heart rate
//
// The format has no totals: elapsed time (first to last fix), distance (along all fixes, across segments too) and the
// averages come from the track and are listed as computed. Climb is not: it would be the noise of the elevations. Sensor
// values are found by name whatever the prefix: hr, cad, power, speed, distance, atemp. Waypoints, routes and fixes without
// a time belong to no activity.
#pragma once

#include "decoded.hpp"

#include <cstddef>
#include <span>

namespace reconcile {

/// The activities of a GPX document, in its order, and what was wrong with it. A document that breaks off gives what came
/// before.
[[nodiscard]] decoded decode_gpx(std::span<const std::byte> document, const decode_limits& limits = {});

}  // namespace reconcile

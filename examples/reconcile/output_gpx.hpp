// SPDX-License-Identifier: BSL-1.0
//
// A merged activity as a GPX 1.1 file, for the services and programs that read nothing better.
//
//     gpx_names names;
//     const auto name = names.next(ride);      // "2024-05-27T06-19-26Z-cycling.gpx"
//     const auto text = gpx_of(ride);          // <gpx …><metadata>…<trk><name>…<trkseg><trkpt lat=… lon=…>…
//
// One track of one segment. Samples without a position have no place in it and are left out. Heart rate, cadence and speed
// stand in Garmin's TrackPointExtension v2, which has no power. That is written as Strava writes and reads it, a bare
// <power>: it stretches the schema, but Garmin's own PowerInWatts is ignored by Strava, and would be lost on the way.
#pragma once

#include <coincide/record/activity.hpp>

#include <map>
#include <string>

namespace reconcile {

/// Positions to 7 decimals, times to the millisecond, elevation and speed to 3 decimals; heart rate, cadence and power whole,
/// as their readers expect. Characters that XML 1.0 cannot hold are dropped from the texts.
[[nodiscard]] std::string gpx_of(const coincide::activity& merged);

/// Names of files by start (UTC) and sport, without the characters that Windows forbids. A second activity of one name gets
/// "-2", and so on.
class gpx_names {
public:
    [[nodiscard]] std::string next(const coincide::activity& merged);

private:
    std::map<std::string, unsigned> given_{};
};

}  // namespace reconcile

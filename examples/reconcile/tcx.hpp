// SPDX-License-Identifier: BSL-1.0
//
// TCX v2 (Garmin Training Center): each `Activity` is an activity; a `MultiSportSession` is one with its activities as legs.
//
//     <Activity Sport="Biking"><Id>2020-06-01T14:52:40Z</Id>
//       <Lap StartTime="2020-06-01T14:52:40Z"><TotalTimeSeconds>26</TotalTimeSeconds><DistanceMeters>142.35</DistanceMeters>…
//       <Lap StartTime="2020-06-01T14:53:06Z"><TotalTimeSeconds>100</TotalTimeSeconds><DistanceMeters>525.84</DistanceMeters>…
//
//     -> start_time 2020-06-01T14:52:40Z, timer 126 s, distance 668.19 m, sport cycling
//
// Totals are the sums of the laps, averages are weighted by lap time. The start is that of the first lap, or the first
// trackpoint when the two are far apart; `Id` holds another time in files of some programs and counts only when there is
// nothing else. Elapsed time runs to the last trackpoint, without any to the end of the last lap; it is listed as computed.
// Trackpoints without a position stay in the track when any has one, else they are streams. Courses and workouts are no
// activities.
#pragma once

#include "decoded.hpp"

#include <cstddef>
#include <span>

namespace reconcile {

/// The activities of a TCX document, in its order, and what was wrong with it. A session is followed by its legs, whose
/// parent_ordinal names it. A document that breaks off gives what came before.
[[nodiscard]] decoded decode_tcx(std::span<const std::byte> document, const decode_limits& limits = {});

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// The workouts of Apple Health's export.xml as records: what apple_xml finds, read by the profile of normalize/.
//
//     export.xml with a workout that names the route /workout-routes/route_1.gpx
//         ->  a record from "export.xml#Workout[1]", with the companion "workout-routes/route_1.gpx"
#pragma once

#include "apple_xml.hpp"
#include "normalized.hpp"

namespace reconcile {

/// Adds the record of one workout, or why there is none.
void keep_workout(decoded& out, apple_workout&& workout, const coincide::normalize_options& options);

/// The part of an HKDevice text: "<<HKDevice: 0x1>, name:Apple Watch, manufacturer:Apple, hardware:Watch2,4, software:4>" has
/// the hardware "Watch2,4". Empty when it has none.
[[nodiscard]] std::string_view device_part(std::string_view device, std::string_view part) noexcept;

}  // namespace reconcile

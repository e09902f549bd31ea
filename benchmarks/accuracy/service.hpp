// SPDX-License-Identifier: BSL-1.0
//
// Services: which fields each shows, what it calls things, and what happens to a record that is copied there.
//
//     auto mine = shown_by(services::garmin, recorded, where, chance);        // as the maker's service lists it
//     auto copy = copied_to(services::strava, mine, where, chance);           // "Morning Run", moving time, perhaps an origin
//     blur(copy, habit::minute_start, chance);                                // a service that keeps no seconds
#pragma once

#include "random.hpp"
#include "scenarios.hpp"
#include "zone.hpp"

#include <coincide/record/activity.hpp>

#include <string_view>

namespace accuracy {

/// What a service shows. Where it says several times, they differ: see the providers' documentation.
struct service {
    std::string_view slug{};
    bool elapsed = true, timer = true, moving = false, track = true, streams = true;
    bool names = true;        // gives a name of its own: "Morning Run"
    bool coarse = false;      // few sport names: every run is running
    bool offset = true;       // tells the local time
    double tells_origin = 0;  // share of copies that say what they were copied from
    bool origin_id = false;   // … with its id, not only its service
    double tells_device = 0.5;
};

// clang-format off
namespace services {
//                                       slug             elapsed timer moving track streams names coarse offset origin id    device
inline constexpr service garmin{        "garmin",         true,  true,  true,  true,  true,  true,  false, true,  0,    false, 1};
inline constexpr service wahoo{         "wahoo",          true,  true,  false, true,  true,  false, true,  true,  0,    false, 1};
inline constexpr service polar{         "polar",          false, true,  false, true,  true,  false, false, true,  0,    false, 0.8};
inline constexpr service suunto{        "suunto",         true,  true,  false, true,  true,  false, false, true,  0,    false, 0.8};
inline constexpr service coros{         "coros",          true,  true,  false, true,  true,  true,  false, true,  0,    false, 0.8};
inline constexpr service whoop{         "whoop",          true,  false, false, false, false, false, true,  true,  0,    false, 0};
inline constexpr service fitbit{        "fitbit",         true,  true,  false, false, true,  false, true,  true,  0,    false, 0.5};
inline constexpr service oura{          "oura",           true,  false, false, false, false, false, true,  true,  0,    false, 0};
inline constexpr service zwift{         "zwift",          true,  true,  true,  true,  true,  true,  false, false, 0,    false, 0};
inline constexpr service technogym{     "technogym",      true,  false, false, false, false, false, false, true,  0,    false, 0.5};
inline constexpr service apple_health{  "apple_health",   true,  true,  false, true,  true,  false, true,  true,  0.5,  false, 0.9};
inline constexpr service strava{        "strava",         true,  false, true,  true,  true,  true,  true,  true,  0.4,  true,  0.6};
inline constexpr service intervals{     "intervals_icu",  true,  false, true,  true,  true,  true,  true,  true,  0.6,  true,  0.4};
inline constexpr service trainingpeaks{ "trainingpeaks",  false, true,  false, true,  true,  true,  true,  false, 0,    false, 0.2};
inline constexpr service runkeeper{     "runkeeper",      false, true,  false, true,  false, false, true,  true,  0.1,  false, 0};
inline constexpr service ridewithgps{   "ridewithgps",    true,  false, true,  true,  true,  true,  true,  true,  0,    false, 0.3};
inline constexpr service google_fit{    "google_fit",     true,  false, false, false, false, false, true,  false, 0.4,  false, 0};
inline constexpr service health_connect{"health_connect", true,  false, false, false, false, false, true,  true,  0.5,  false, 0.2};
inline constexpr service fit_file{      "fit_file",       true,  true,  false, true,  true,  false, false, false, 0,    false, 1};
inline constexpr service gpx_file{      "gpx_file",       true,  false, false, true,  true,  true,  true,  false, 0,    false, 0};
inline constexpr service manual{        "manual",         true,  false, false, false, false, true,  false, true,  0,    false, 0};
}  // namespace services
// clang-format on

[[nodiscard]] const service& service_named(std::string_view slug);

/// What a service does to the records that pass through it.
enum class habit : std::uint8_t {
    none, renamed, distance, minute_start, whole_minutes, moving, thinned, no_track, no_pulse,
};
[[nodiscard]] const scenario& scenario_of(habit);

[[nodiscard]] coincide::activity shown_by(const service&, const coincide::activity& recorded, std::string_view title, const city&, rng&);
[[nodiscard]] coincide::activity copied_to(const service&, const coincide::activity& original, std::string_view title, const city&, rng&);
/// False: there was nothing to change.
bool blur(coincide::activity&, habit, rng&);

/// "Morning Run".
[[nodiscard]] std::string name_by_hour(instant start, std::string_view title, const city&);
/// A plausible other name of the sport.
[[nodiscard]] coincide::sport_id other_label(coincide::sport_id, rng&);

}  // namespace accuracy

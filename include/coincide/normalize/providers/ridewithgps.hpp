// SPDX-License-Identifier: BSL-1.0
//
// Ride with GPS: trips with their track points.
// Source: Ride with GPS API v1. Distances are metres, speeds kilometres an hour; in track points x is the longitude.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace ridewithgps_data {
inline constexpr moment_rule start[] = {{"/departed_at"}};
inline constexpr moment_rule updated[] = {{"/updated_at"}};
inline constexpr offset_rule offset[] = {offset_as("/utc_offset", units::second)};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/duration"),
    take(moving, "/moving_time"),
    take(distance_m, "/distance"),
    take(elevation_gain_m, "/elevation_gain"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/avg_speed", units::kilometer_per_hour),
    take(max_speed_mps, "/max_speed", units::kilometer_per_hour),
    take(avg_heart_rate_bpm, "/avg_hr"),
    take(max_heart_rate_bpm, "/max_hr"),
    take(avg_cadence_rpm, "/avg_cad"),
    take(avg_power_w, "/avg_watts"),
    take(max_power_w, "/max_watts"),
    take(start_lat_deg, "/first_lat"),
    take(start_lon_deg, "/first_lng"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name"), say(texts::notes, "/description")};
inline constexpr std::string_view needs[] = {"/departed_at", "/distance|/duration"};
inline constexpr std::string_view places[] = {"/trip", "/trips", "/results", ""};
inline constexpr std::string_view sport_at[] = {"/activity_type"};
inline constexpr sample_column columns[] = {
    {samples::ele, "/e"}, {samples::hr, "/h"}, {samples::power, "/p"}, {samples::cadence, "/c"}, {samples::speed, "/s", units::kilometer_per_hour.factor},
};
inline constexpr sample_rule track_at[] = {{.rows = "/track_points", .time = "/t", .time_factor = 0, .form = stamp::unix_s, .lat = "/y", .lon = "/x", .columns = columns}};
inline constexpr sport_names vocabulary[] = {
    {"cycling", "cycling:generic"}, {"road_cycling", "cycling:road"}, {"gravel_cycling", "cycling:gravel"}, {"mountain_biking", "cycling:mountain"},
    {"indoor_cycling", "cycling:indoor"}, {"virtual_cycling", "cycling:virtual"}, {"running", "running:generic"}, {"trail_running", "running:trail"},
    {"walking", "walking:generic"}, {"hiking", "hiking:generic"},
};
}  // namespace ridewithgps_data

inline constexpr profile ridewithgps{
    .name = "ride with gps", .source = "ridewithgps", .needs = ridewithgps_data::needs, .places = ridewithgps_data::places, .start = ridewithgps_data::start,
    .offset = ridewithgps_data::offset, .zone = "/time_zone", .numbers = ridewithgps_data::numbers, .says = ridewithgps_data::says,
    .sport = ridewithgps_data::sport_at, .vocabulary = ridewithgps_data::vocabulary, .updated = ridewithgps_data::updated,
    .track = ridewithgps_data::track_at, .account = "/user_id",
};
}  // namespace coincide::providers

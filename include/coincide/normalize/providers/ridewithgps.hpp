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
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name"), say(texts::notes, "/description"), say(texts::manufacturer, "/device_manufacturer"), say(texts::model, "/device_display_name")};
inline constexpr std::string_view needs[] = {"/departed_at", "/distance|/duration"};
inline constexpr std::string_view places[] = {"/trip", "/trips", "/results", ""};
inline constexpr std::string_view sport_at[] = {"/activity_type"};
inline constexpr sample_column columns[] = {
    {samples::ele, "/e"}, {samples::hr, "/h"}, {samples::power, "/p"}, {samples::cadence, "/c"}, {samples::speed, "/s", units::kilometer_per_hour.factor},
};
inline constexpr sample_rule track_at[] = {{.rows = "/track_points", .time = "/t", .time_factor = 0, .form = stamp::unix_s, .lat = "/y", .lon = "/x", .columns = columns}};
inline constexpr sport_names vocabulary[] = {
    {"cycling", "cycling:generic|cycling:commute"}, {"road_cycling", "cycling:road"}, {"gravel_cycling", "cycling:gravel"}, {"mountain_biking", "cycling:mountain"},
    {"indoor_cycling", "cycling:indoor"}, {"virtual_cycling", "cycling:virtual"}, {"cyclocross", "cycling:cyclocross"}, {"recumbent_cycling", "cycling:recumbent"},
    {"handcycling", "cycling:hand_cycling"}, {"track_cycling", "cycling:track"}, {"bmx", "cycling:bmx"}, {"e_biking", "e_biking:generic|e_biking:road"},
    {"e_mountain_biking", "e_biking:mountain"}, {"running", "running:generic"}, {"road_running", "running:road"}, {"trail_running", "running:trail"},
    {"track_running", "running:track"}, {"treadmill_running", "running:indoor|running:treadmill"}, {"walking", "walking:generic"}, {"hiking", "walking:hiking|hiking:generic"},
    {"indoor_walking", "walking:indoor"}, {"speed_walking", "walking:speed"}, {"swimming", "swimming:generic"}, {"pool_swimming", "swimming:lap|swimming:pool"},
    {"open_water_swimming", "swimming:open_water"}, {"alpine_skiing", "snow:alpine|snow:downhill|snow:alpine_skiing"},
    {"cross_country_skiing", "snow:nordic|snow:cross_country|snow:cross_country_skiing"}, {"backcountry_skiing", "snow:backcountry|snow:backcountry_skiing"},
    {"snowboarding", "snow:snowboarding|snow:snowboard"}, {"snowshoeing", "snow:snowshoeing|snow:snowshoe"}, {"winter_sport", "snow:generic"},
    {"workout", "training:generic"}, {"strength_training", "training:strength|training:strength_training"}, {"cardio", "training:cardio"}, {"yoga", "training:yoga"},
    {"driving", "driving:generic|driving"}, {"motorcycling", "motorcycling:generic|motorcycling"},
};
}  // namespace ridewithgps_data

inline constexpr profile ridewithgps{
    .name = "ride with gps", .source = "ridewithgps", .needs = ridewithgps_data::needs, .places = ridewithgps_data::places, .start = ridewithgps_data::start,
    .offset = ridewithgps_data::offset, .zone = "/time_zone", .numbers = ridewithgps_data::numbers, .says = ridewithgps_data::says,
    .sport = ridewithgps_data::sport_at, .vocabulary = ridewithgps_data::vocabulary, .updated = ridewithgps_data::updated,
    .track = ridewithgps_data::track_at, .account = "/user_id",
};
}  // namespace coincide::providers

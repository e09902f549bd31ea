// SPDX-License-Identifier: BSL-1.0
//
// intervals.icu: activities, most of them copies of another service's.
// Source: intervals.icu API. external_id is the id at the source that `source` names, for Garmin with or without a leading G. `feel`
// runs from 1 (strong) to 5 (weak), the other way round than ours.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace intervals_icu_data {
inline constexpr moment_rule start[] = {{"/start_date", stamp::text, zone_rule::utc}, {"/start_date_local", stamp::text, zone_rule::local}};
inline constexpr offset_rule offset[] = {local_at("/start_date_local")};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/elapsed_time"),
    take(timer, "/icu_recording_time"),
    take(moving, "/moving_time"),
    take(distance_m, "/distance"),
    take(distance_m, "/icu_distance"),
    take(elevation_gain_m, "/total_elevation_gain"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/average_speed"),
    take(max_speed_mps, "/max_speed"),
    take(avg_heart_rate_bpm, "/average_heartrate"),
    take(max_heart_rate_bpm, "/max_heartrate"),
    take(avg_cadence_rpm, "/average_cadence"),
    take(avg_power_w, "/icu_average_watts"),
    take(avg_temperature_c, "/average_temp"),
    take(rpe, "/icu_rpe"),
    take(feeling, "/feel", unit<dimension::scalar>{-1.0, 6.0, "1 strong - 5 weak"}),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name"), say(texts::notes, "/description"), say(texts::model, "/device_name")};
inline constexpr std::string_view needs[] = {"/start_date|/start_date_local", "/elapsed_time|/moving_time", "/source|/icu_recording_time|/icu_joules|/icu_average_watts|/icu_training_load|/icu_athlete_id|/icu_distance"};
inline constexpr std::string_view places[] = {"", "/activities", "/events/*/activity"};
inline constexpr std::string_view sport_at[] = {"/type"};
inline constexpr origin_rule origins[] = {
    {"/external_id", "G", "", "/source"}, {"/external_id", "", "", "/source"}, {"/external_id", "", "", {}},
};
inline constexpr sport_hint hints[] = {{"/trainer", "true", "cycling", "indoor_cycling"}, {"/trainer", "true", "running", "treadmill_running"}};
}  // namespace intervals_icu_data

inline constexpr profile intervals_icu{
    .name = "intervals.icu", .source = "intervals_icu", .needs = intervals_icu_data::needs, .places = intervals_icu_data::places,
    .start = intervals_icu_data::start, .offset = intervals_icu_data::offset, .zone = "/timezone", .numbers = intervals_icu_data::numbers,
    .says = intervals_icu_data::says, .sport = intervals_icu_data::sport_at, .vocabulary = strava_data::vocabulary,  // Strava's names
    .hints = intervals_icu_data::hints, .origins = intervals_icu_data::origins, .apps = apps, .account = "/icu_athlete_id",
};
}  // namespace coincide::providers

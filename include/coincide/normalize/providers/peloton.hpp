// SPDX-License-Identifier: BSL-1.0
//
// Peloton: a workout with its performance graph, and lists of workouts.
// Source: Peloton API as public clients use it. Units follow the account and are always read. ride.duration is the length of the
// class; total_work is mechanical. "caesar" is rowing. device_time_created_at is wall time written as an epoch. strava_id names
// the copy that was pushed there.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace peloton_data {
inline constexpr moment_rule start[] = {{"/workout/start_time", stamp::unix_s}};
inline constexpr moment_rule end[] = {{"/workout/end_time", stamp::unix_s}};
inline constexpr offset_rule offset[] = {local_at("/workout/device_time_created_at", stamp::unix_s, "/workout/created_at")};
inline constexpr number_rule numbers[] = {
    take(distance_m, "/performance_graph/summaries/[slug=distance]/value", "/performance_graph/summaries/[slug=distance]/display_unit", words::length),
    take(energy_kcal, "/performance_graph/summaries/[slug=calories]/value", "/performance_graph/summaries/[slug=calories]/display_unit", words::energy),
    take(elevation_gain_m, "/performance_graph/summaries/[slug=elevation]/value", "/performance_graph/summaries/[slug=elevation]/display_unit", words::length),
    take(avg_speed_mps, "/performance_graph/average_summaries/[slug=avg_speed]/value", "/performance_graph/average_summaries/[slug=avg_speed]/display_unit", words::speed).none(0),
    take(max_speed_mps, "/performance_graph/metrics/[slug=speed]/max_value", "/performance_graph/metrics/[slug=speed]/display_unit", words::speed).none(0),
    take(avg_heart_rate_bpm, "/performance_graph/metrics/[slug=heart_rate]/average_value").none(0),
    take(max_heart_rate_bpm, "/performance_graph/metrics/[slug=heart_rate]/max_value").none(0),
    take(avg_cadence_rpm, "/performance_graph/metrics/[slug=cadence]/average_value").none(0),
    take(avg_cadence_rpm, "/performance_graph/metrics/[slug=stroke_rate]/average_value").none(0),
    take(avg_power_w, "/performance_graph/metrics/[slug=output]/average_value").none(0),
    take(max_power_w, "/performance_graph/metrics/[slug=output]/max_value").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/workout/id"), say(texts::name, "/workout/ride/title"), say(texts::name, "/peloton/ride/title"), say(texts::name, "/workout/title"), say(texts::name, "/workout/name")};
inline constexpr std::string_view needs[] = {"/workout/start_time", "/workout/fitness_discipline"};
inline constexpr std::string_view places[] = {"", "/data"};
inline constexpr std::string_view sport_at[] = {"/workout/fitness_discipline"};
inline constexpr origin_rule origins[] = {{"/workout/strava_id", "", "strava", {}}, {"/workout/fitbit_id", "", "fitbit", {}}};

inline constexpr moment_rule list_start[] = {{"/start_time", stamp::unix_s}};
inline constexpr moment_rule list_end[] = {{"/end_time", stamp::unix_s}};
inline constexpr offset_rule list_offset[] = {local_at("/device_time_created_at", stamp::unix_s, "/created_at")};
inline constexpr text_rule list_says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/ride/title"), say(texts::name, "/title"), say(texts::name, "/name")};
inline constexpr std::string_view list_needs[] = {"/start_time", "/fitness_discipline"};
inline constexpr std::string_view list_sport_at[] = {"/fitness_discipline"};
inline constexpr origin_rule list_origins[] = {{"/strava_id", "", "strava", {}}, {"/fitbit_id", "", "fitbit", {}}};
inline constexpr sport_hint hints[] = {  // a bike or treadmill of theirs, unless it says so
    {"/workout/is_outdoor", "true", "treadmill_running", "running"}, {"/workout/is_outdoor", "true", "indoor_walking", "walking"}, {"/workout/is_outdoor", "true", "indoor_cycling", "cycling"},
};
inline constexpr sport_hint list_hints[] = {
    {"/is_outdoor", "true", "treadmill_running", "running"}, {"/is_outdoor", "true", "indoor_walking", "walking"}, {"/is_outdoor", "true", "indoor_cycling", "cycling"},
};
inline constexpr sport_names vocabulary[] = {
    {"indoor_cycling", "cycling"}, {"circuit_training", "bike_bootcamp|caesar_bootcamp|circuit"}, {"treadmill_running", "running"},
    {"indoor_walking", "walking"}, {"indoor_rowing", "caesar"}, {"strength_training", "strength"}, {"cardio", "cardio"},
    {"stretching", "stretching"}, {"yoga", "yoga"}, {"meditation", "meditation"},
};
}  // namespace peloton_data

inline constexpr profile peloton{
    .name = "peloton", .source = "peloton", .needs = peloton_data::needs, .places = peloton_data::places, .start = peloton_data::start,
    .end = peloton_data::end, .offset = peloton_data::offset, .zone = "/workout/timezone", .numbers = peloton_data::numbers, .says = peloton_data::says,
    .sport = peloton_data::sport_at, .vocabulary = peloton_data::vocabulary, .hints = peloton_data::hints, .origins = peloton_data::origins, .account = "/workout/user_id",
};
inline constexpr profile peloton_list{
    .name = "peloton list", .source = "peloton", .needs = peloton_data::list_needs, .places = peloton_data::places, .start = peloton_data::list_start,
    .end = peloton_data::list_end, .offset = peloton_data::list_offset, .zone = "/timezone", .numbers = {}, .says = peloton_data::list_says,
    .sport = peloton_data::list_sport_at, .vocabulary = peloton_data::vocabulary, .hints = peloton_data::list_hints, .origins = peloton_data::list_origins, .account = "/user_id",
};
}  // namespace coincide::providers

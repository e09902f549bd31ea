// SPDX-License-Identifier: BSL-1.0
//
// Wahoo Cloud API: workouts with their summary, and the webhook that carries a summary with its workout.
// Source: Wahoo Cloud API documentation. The summary writes all numbers as text; `minutes` is a planned length and is not read.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace wahoo_data {
inline constexpr moment_rule start[] = {{"/starts", stamp::text, zone_rule::utc}};
inline constexpr moment_rule updated[] = {{"/updated_at", stamp::text}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/workout_summary/duration_total_accum").encoded(encoding::text_number),
    take(moving, "/workout_summary/duration_active_accum").encoded(encoding::text_number),
    take(distance_m, "/workout_summary/distance_accum").encoded(encoding::text_number),
    take(elevation_gain_m, "/workout_summary/ascent_accum").encoded(encoding::text_number),
    take(energy_kcal, "/workout_summary/calories_accum").encoded(encoding::text_number),  // work_accum is mechanical, in joules
    take(avg_speed_mps, "/workout_summary/speed_avg").encoded(encoding::text_number),
    take(avg_heart_rate_bpm, "/workout_summary/heart_rate_avg").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/workout_summary/cadence_avg").encoded(encoding::text_number),
    take(avg_power_w, "/workout_summary/power_avg").encoded(encoding::text_number),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name")};
inline constexpr std::string_view needs[] = {"/starts", "/workout_type_id|/workout_summary"};
inline constexpr std::string_view places[] = {"", "/workouts", "/workout"};
inline constexpr std::string_view sport_at[] = {"/workout_type_id"};
inline constexpr origin_rule origins[] = {{"/workout_token", "", "", {}}};

inline constexpr moment_rule alone_start[] = {{"/started_at", stamp::text, zone_rule::utc}, {"/workout/starts", stamp::text, zone_rule::utc}};
inline constexpr number_rule alone_numbers[] = {
    take(elapsed, "/duration_total_accum").encoded(encoding::text_number),
    take(moving, "/duration_active_accum").encoded(encoding::text_number),
    take(distance_m, "/distance_accum").encoded(encoding::text_number),
    take(elevation_gain_m, "/ascent_accum").encoded(encoding::text_number),
    take(energy_kcal, "/calories_accum").encoded(encoding::text_number),
    take(avg_speed_mps, "/speed_avg").encoded(encoding::text_number),
    take(avg_heart_rate_bpm, "/heart_rate_avg").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/cadence_avg").encoded(encoding::text_number),
    take(avg_power_w, "/power_avg").encoded(encoding::text_number),
};
inline constexpr text_rule alone_says[] = {
    say_id(texts::external_id, "/workout/id"), say_id(texts::external_id, "/workout_id"), say_id(texts::external_id, "/id"), say(texts::name, "/workout/name"), say(texts::name, "/name"),
};
inline constexpr std::string_view alone_needs[] = {"/started_at|/workout/starts", "/duration_total_accum|/duration_active_accum"};
inline constexpr std::string_view alone_sport_at[] = {"/workout/workout_type_id"};

inline constexpr moment_rule hook_start[] = {{"/workout_summary/workout/starts", stamp::text, zone_rule::utc}};
inline constexpr moment_rule hook_updated[] = {{"/workout_summary/updated_at", stamp::text}};
inline constexpr text_rule hook_says[] = {say_id(texts::external_id, "/workout_summary/workout/id"), say(texts::name, "/workout_summary/workout/name")};
inline constexpr std::string_view hook_needs[] = {"/workout_summary/workout/starts"};
inline constexpr std::string_view hook_sport_at[] = {"/workout_summary/workout/workout_type_id"};
inline constexpr sport_names vocabulary[] = {
    {"cycling", "0|Biking"}, {"running", "1|Running|67|Running race"}, {"cardio", "2|FE|18|FE general|43|Cardio class"},
    {"track_running", "3|Running track"}, {"trail_running", "4|Running trail"}, {"treadmill_running", "5|Running treadmill|19|FE treadmill"},
    {"walking", "6|Walking"}, {"speed_walking", "7|Walking speed"}, {"nordic_walking", "8|Walking nordic"}, {"hiking", "9|Walking hiking"},
    {"mountaineering", "10|Mountaineering"}, {"cyclocross", "11|Biking cyclocross"},
    {"indoor_cycling", "12|Biking indoor|21|FE bike|49|Biking indoor cycling class|61|Biking indoor trainer"},
    {"mountain_biking", "13|Biking mountain"}, {"recumbent_cycling", "14|Biking recumbent"}, {"road_cycling", "15|Biking road"},
    {"track_cycling", "16|Biking track"}, {"motorcycling", "17|Biking motocycling"}, {"elliptical", "20|FE elliptical"},
    {"indoor_rowing", "22|FE rower"}, {"stair_climbing", "23|FE climber|44|Stair climber"}, {"pool_swimming", "25|Swimming lap"},
    {"open_water_swimming", "26|Swimming open water"}, {"snowboarding", "27|Snowboarding"}, {"skiing", "28|Skiing"},
    {"alpine_skiing", "29|Skiing downhill"}, {"cross_country_skiing", "30|Skiing cross country"}, {"ice_skating", "31|Skating|32|Skating ice"},
    {"inline_skating", "33|Skating inline"}, {"skateboarding", "34|Long boarding"}, {"sailing", "35|Sailing"}, {"windsurfing", "36|Windsurfing"},
    {"canoeing", "37|Canoeing"}, {"kayaking", "38|Kayaking"}, {"rowing", "39|Rowing"}, {"kitesurfing", "40|Kiteboarding"},
    {"stand_up_paddling", "41|Stand up paddle board"}, {"workout", "42|Workout"}, {"wheelchair", "45|Wheelchair"}, {"golf", "46|Golfing"},
    {"other", "47|Other|255|Unknown"}, {"indoor_walking", "56|Walking treadmill"}, {"multisport", "62|Multisport"}, {"transition", "63|Transition"},
    {"e_biking", "64|E-biking"}, {"yoga", "66|Yoga"}, {"virtual_cycling", "68|Biking indoor virtual"}, {"handcycling", "70|Handcycling"},
    {"virtual_running", "71|Running indoor virtual"},
};
}  // namespace wahoo_data

inline constexpr profile wahoo{
    .name = "wahoo", .source = "wahoo", .needs = wahoo_data::needs, .places = wahoo_data::places, .start = wahoo_data::start,
    .zone = "/workout_summary/time_zone", .numbers = wahoo_data::numbers, .says = wahoo_data::says, .sport = wahoo_data::sport_at,
    .vocabulary = wahoo_data::vocabulary, .origins = wahoo_data::origins, .updated = wahoo_data::updated,
};
inline constexpr profile wahoo_webhook{
    .name = "wahoo webhook", .source = "wahoo", .needs = wahoo_data::hook_needs, .start = wahoo_data::hook_start, .zone = "/workout_summary/time_zone",
    .numbers = wahoo_data::numbers, .says = wahoo_data::hook_says, .sport = wahoo_data::hook_sport_at, .vocabulary = wahoo_data::vocabulary,
    .updated = wahoo_data::hook_updated, .account = "/user/id",
};
inline constexpr profile wahoo_summary{
    .name = "wahoo summary", .source = "wahoo", .needs = wahoo_data::alone_needs, .start = wahoo_data::alone_start, .zone = "/time_zone",
    .numbers = wahoo_data::alone_numbers, .says = wahoo_data::alone_says, .sport = wahoo_data::alone_sport_at, .vocabulary = wahoo_data::vocabulary,
    .updated = wahoo_data::updated,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// COROS: workouts of the partner API, and the activity list and detail of the Training Hub.
// Source: COROS partner API sample; public descriptions of the Training Hub. Zones count quarter hours. Energy is calories in some
// answers and kilocalories in others: no workout burns 20 000 kcal. avgSpeed is a pace (s/km). Public tables of types contradict
// each other beyond mode 8/1, so the name counts where there is one. Most fields were not seen in a recorded answer.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace coros_data {
inline constexpr moment_rule start[] = {{"/startTime", stamp::unix_s}, {"/summary/startTimestamp", stamp::unix_s}};
inline constexpr moment_rule end[] = {{"/endTime", stamp::unix_s}, {"/summary/endTimestamp", stamp::unix_s}};
inline constexpr offset_rule offset[] = {offset_as("/startTimezone", units::quarter_hour)};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/totalTime"),
    take(elapsed, "/summary/totalTime").or_in(0.01, "span"),
    take(moving, "/duration"),
    take(moving, "/workoutTime"),
    take(moving, "/summary/workoutTime").or_in(0.01, "span"),
    take(distance_m, "/distance"),
    take(distance_m, "/summary/distance").or_in(0.01, "span", 3),  // 3 m/s: metres of a ride are 30 times nearer than centimetres
    take(elevation_gain_m, "/summary/elevGain"),
    take(elevation_gain_m, "/ascent"),
    take(energy_kcal, "/calorie").or_in(0.001, "/duration|/workoutTime|span", 0.15, 20000),  // 540 kcal an hour
    take(energy_kcal, "/summary/calories").or_in(0.001, "span", 0.15, 20000),
    pace(avg_speed_mps, "/avgSpeed", 1000.0),
    pace(avg_speed_mps, "/summary/avgPace", 1000.0),
    take(avg_heart_rate_bpm, "/avgHr"),
    take(avg_heart_rate_bpm, "/summary/avgHr"),
    take(max_heart_rate_bpm, "/maxHr"),
    take(max_heart_rate_bpm, "/summary/maxHr"),
    take(avg_cadence_rpm, "/avgFrequency").of_both_legs(),
    take(avg_cadence_rpm, "/avgCadence").of_both_legs(),
    take(avg_cadence_rpm, "/summary/avgCadence").of_both_legs(),
    take(avg_power_w, "/avgPower"),
    take(avg_power_w, "/summary/avgPower"),
    take(max_power_w, "/maxPower"),
    take(max_power_w, "/summary/maxPower"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/labelId"), say(texts::name, "/name"), say(texts::name, "/summary/name"), say(texts::model, "/deviceName"), say(texts::model, "/device")};
inline constexpr std::string_view needs[] = {"/labelId|/summary/sportType", "/startTime|/summary/startTimestamp", "/mode|/sportType|/endTime|/summary/sportType"};
inline constexpr std::string_view places[] = {"", "/data", "/data/dataList", "/dataList", "/sportDataList"};
inline constexpr std::string_view sport_at[] = {"/sportName", "/mode+/subMode", "/sportType", "/summary/sportType"};
inline constexpr sport_names vocabulary[] = {
    {"workout", "98|Custom Sport"}, {"running", "100|8/1|Run"}, {"treadmill_running", "101|8/2|Indoor Run"}, {"trail_running", "102|15/1|Trail Run"},
    {"track_running", "103|20/1|Track Run"}, {"hiking", "104|16/1|Hike"}, {"mountaineering", "105|14/1|Mountain Climb"},
    {"climbing", "106|10003|33/2|Climb|Multi-Pitch Climb"}, {"cycling", "200|299|9/1|Bike|Helmet Bike"}, {"indoor_cycling", "201|9/2|Indoor Bike"},
    {"e_biking", "202|Road E-Bike"}, {"gravel_cycling", "203|Gravel Road Bike"}, {"mountain_biking", "204|Mountain Bike"},
    {"e_mountain_biking", "205|Mountain E-Bike"}, {"pool_swimming", "300|10/2|Pool Swim"}, {"open_water_swimming", "301|10/1|Open Water Swim"},
    {"cardio", "400|401|18/1|18/2|Gym Cardio|GPS Cardio"}, {"strength_training", "402|23/2|Strength"}, {"alpine_skiing", "500|21/1|Ski"},
    {"snowboarding", "501|21/2|Snowboard"}, {"cross_country_skiing", "502|19/1|XC Ski"}, {"backcountry_skiing", "503|10002|13/3|29/1|Ski Touring"},
    {"rowing", "700|24/1|Rowing"}, {"indoor_rowing", "701|24/2|Indoor Rowing"}, {"rafting", "702|25/1|Whitewater"}, {"paddling", "704|26/1|Flatwater"},
    {"windsurfing", "705|27/1|Windsurfing"}, {"surfing", "706|28/1|Speedsurfing"}, {"indoor_climbing", "800|Indoor Climb"}, {"bouldering", "801|Bouldering"},
    {"walking", "900|31/1|Walk"}, {"jump_rope", "901|34/2|Jump Rope"}, {"stair_climbing", "902|Climb Stairs"}, {"triathlon", "10000|13/1|Triathlon"},
    {"multisport", "10001|13/2|Multi Sport"},
};
}  // namespace coros_data

inline constexpr profile coros{
    .name = "coros", .source = "coros", .needs = coros_data::needs, .places = coros_data::places, .start = coros_data::start, .end = coros_data::end,
    .offset = coros_data::offset, .numbers = coros_data::numbers, .says = coros_data::says, .make_id = true, .sport = coros_data::sport_at, .vocabulary = coros_data::vocabulary,
};
}  // namespace coincide::providers

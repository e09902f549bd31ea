// SPDX-License-Identifier: BSL-1.0
//
// Fitbit Web API: the activity log list, and the activities of one day.
// Source: Fitbit Web API reference; logs as recorded. Durations are milliseconds. Distance, speed and climb follow the
// Accept-Language of the request; without `distanceUnit` it is taken where only one reading gives steps of 0.6 to 1.35 m, and left
// out elsewhere. Ids of types differ between public tables, so the name counts first.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace fitbit_data {
inline constexpr unit_word climb_rows[] = {word_for("Kilometer", units::meter), word_for("Mile", units::foot)};
inline constexpr unit_word speed_rows[] = {word_for("Kilometer", units::kilometer_per_hour), word_for("Mile", units::mile_per_hour)};
inline constexpr unit_words<dimension::length> climb_words{climb_rows};
inline constexpr unit_words<dimension::speed> speed_words{speed_rows};
inline constexpr moment_rule start[] = {{"/startTime", stamp::text, zone_rule::placed}};
inline constexpr moment_rule updated[] = {{"/lastModified"}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/duration", units::millisecond),
    take(moving, "/activeDuration", units::millisecond),
    take(distance_m, "/distance", units::kilometer, "/distanceUnit", words::length).or_in(units::mile.factor, "/steps", 0.9).only_within(1.5),
    take(elevation_gain_m, "/elevationGain", "/distanceUnit", climb_words),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/speed", "/distanceUnit", speed_words),
    take(avg_heart_rate_bpm, "/averageHeartRate").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/logId"), say(texts::model, "/source/name")};
inline constexpr std::string_view needs[] = {"/logId", "/startTime", "/activityName|/activityTypeId"};
inline constexpr std::string_view places[] = {"/activities", "", "/activityLog"};
inline constexpr std::string_view sport_at[] = {"/activityName", "/activityTypeId"};
inline constexpr origin_rule origins[] = {{"", "", "", "/source/name"}};
inline constexpr precision_rule precision[] = {{"/logType", "auto_detected", seconds{60}}};

inline constexpr moment_rule day_start[] = {{"/startTime", stamp::text, zone_rule::local, "/startDate"}};
inline constexpr number_rule day_numbers[] = {
    take(elapsed, "/duration", units::millisecond),
    take(distance_m, "/distance", units::kilometer).or_in(units::mile.factor, "/steps", 0.9).only_within(1.5),
    take(energy_kcal, "/calories"),
};
inline constexpr text_rule day_says[] = {say_id(texts::external_id, "/logId"), say(texts::notes, "/description")};
inline constexpr std::string_view day_needs[] = {"/logId", "/startTime", "/startDate"};
inline constexpr std::string_view day_sport_at[] = {"/name", "/activityParentName", "/activityParentId"};
inline constexpr precision_rule day_precision[] = {{"/hasStartTime", "false", seconds{86400}}};
inline constexpr sport_names vocabulary[] = {
    {"running", "Run|Outdoor Run|90009"}, {"walking", "Walk|Outdoor Walk|Incline Walk|90013|17190|Walking"}, {"cycling", "Bike|Outdoor Bike|90001|1071"}, {"hiking", "Hike|90012"},
    {"swimming", "Swim|90024"}, {"treadmill_running", "Treadmill|Indoor Run|90019|20049"}, {"elliptical", "Elliptical|20047"},
    {"strength_training", "Weights|Free Weights|Weight Machines|2131"}, {"workout", "Workout|Interval Workout|Structured Workout|3000"}, {"aerobics", "Aerobic Workout|3001"},
    {"circuit_training", "Circuit Training|Bootcamp"}, {"team_sport", "Sport|15000"}, {"yoga", "Yoga|52001"}, {"pilates", "Pilates"},
    {"martial_arts", "Martial Arts"}, {"boxing", "Kickboxing|55002"}, {"tennis", "Tennis|15675"}, {"golf", "Golf"},
    {"indoor_cycling", "Spinning|Stationary bike|Indoor Bike|55001"}, {"stair_climbing", "Stairclimber"}, {"indoor_rowing", "Rowing machine"}, {"dance", "Dance"},
    {"stretching", "Stretching"}, {"mountain_biking", "Mountain Bike"}, {"functional_training", "CrossFit"}, {"meditation", "Meditating"}, {"indoor_climbing", "Indoor Climbing"}, {"skiing", "Skiing"}, {"snowboarding", "Snowboarding"},
};
}  // namespace fitbit_data

inline constexpr profile fitbit{
    .name = "fitbit", .source = "fitbit", .needs = fitbit_data::needs, .places = fitbit_data::places, .start = fitbit_data::start,
    .precision = fitbit_data::precision, .numbers = fitbit_data::numbers, .says = fitbit_data::says, .sport = fitbit_data::sport_at,
    .vocabulary = fitbit_data::vocabulary, .origins = fitbit_data::origins, .apps = apps, .updated = fitbit_data::updated,
};
inline constexpr profile fitbit_day{
    .name = "fitbit day", .source = "fitbit", .needs = fitbit_data::day_needs, .places = fitbit_data::places, .start = fitbit_data::day_start,
    .precision = fitbit_data::day_precision, .numbers = fitbit_data::day_numbers, .says = fitbit_data::day_says, .sport = fitbit_data::day_sport_at,
    .vocabulary = fitbit_data::vocabulary, .updated = fitbit_data::updated,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// TrainingPeaks: workouts of the partner API.
// Source: TrainingPeaks partner API types. The start is local and nothing tells its offset: the instant needs the athlete's zone.
// TotalTime is decimal hours; Energy is work.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace trainingpeaks_data {
inline constexpr moment_rule start[] = {{"/StartTime", stamp::text, zone_rule::local}, {"/startTime", stamp::text, zone_rule::local}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/TotalTime", units::hour),
    take(elapsed, "/totalTime", units::hour),
    take(distance_m, "/Distance"),
    take(distance_m, "/distance"),
    take(elevation_gain_m, "/ElevationGain"),
    take(elevation_gain_m, "/elevationGain"),
    take(energy_kcal, "/Calories"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/VelocityAverage"),
    take(avg_speed_mps, "/velocityAverage"),
    take(max_speed_mps, "/VelocityMaximum"),
    take(max_speed_mps, "/velocityMaximum"),
    take(avg_heart_rate_bpm, "/HeartRateAverage"),
    take(avg_heart_rate_bpm, "/heartRateAverage"),
    take(max_heart_rate_bpm, "/HeartRateMaximum"),
    take(max_heart_rate_bpm, "/heartRateMaximum"),
    take(avg_cadence_rpm, "/CadenceAverage"),
    take(avg_cadence_rpm, "/cadenceAverage"),
    take(avg_power_w, "/PowerAverage"),
    take(avg_power_w, "/powerAverage"),
    take(max_power_w, "/PowerMaximum"),
    take(max_power_w, "/powerMaximum"),
    take(avg_temperature_c, "/TempAvg"),
    take(avg_temperature_c, "/tempAvg"),
    take(rpe, "/Rpe"),
    take(rpe, "/rpe"),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/Id"), say_id(texts::external_id, "/workoutId"), say(texts::name, "/Title"), say(texts::name, "/title"),
    say(texts::notes, "/AthleteComments"), say(texts::notes, "/Description"),
};
inline constexpr std::string_view needs[] = {"/StartTime|/startTime", "/TotalTime|/totalTime", "/WorkoutType|/workoutTypeValueId"};
inline constexpr std::string_view places[] = {"", "/workouts"};
inline constexpr std::string_view sport_at[] = {"/WorkoutType", "/workoutTypeValueId"};
inline constexpr sport_hint not_activities[] = {{"/WorkoutType", "DayOff", {}, {}}, {"/workoutTypeValueId", "7", {}, {}}};
inline constexpr sport_names vocabulary[] = {
    {"swimming", "Swim|1"}, {"cycling", "Bike|2"}, {"running", "Run|3"}, {"duathlon", "Brick|4"}, {"functional_training", "Crosstrain|5"},
    {"other", "Race|DayOff|Custom|Other|10|100"}, {"mountain_biking", "MtnBike|8"}, {"strength_training", "Strength|9|29"},
    {"cross_country_skiing", "XCSki|11"}, {"rowing", "Rowing|12"}, {"walking", "Walk|13"},
};
}  // namespace trainingpeaks_data

inline constexpr profile trainingpeaks{
    .name = "trainingpeaks", .source = "trainingpeaks", .needs = trainingpeaks_data::needs, .places = trainingpeaks_data::places,
    .start = trainingpeaks_data::start, .numbers = trainingpeaks_data::numbers, .says = trainingpeaks_data::says, .sport = trainingpeaks_data::sport_at,
    .vocabulary = trainingpeaks_data::vocabulary, .not_activities = trainingpeaks_data::not_activities, .account = "/AthleteId",
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Zwift: activities. Distances, climbs and positions are those of a game.
// Source: Zwift API clients. `id` is a 64-bit number that JavaScript rounds: `id_str` counts.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace zwift_data {
inline constexpr moment_rule start[] = {{"/startDate", stamp::text, zone_rule::utc}, {"/startDateTime", stamp::text, zone_rule::utc}};
inline constexpr moment_rule end[] = {{"/endDate", stamp::text, zone_rule::utc}, {"/endDateTime", stamp::text, zone_rule::utc}};
inline constexpr number_rule numbers[] = {
    take(moving, "/movingTimeInMs", units::millisecond),
    take(distance_m, "/distanceInMeters"),
    take(elevation_gain_m, "/totalElevation"),
    take(elevation_gain_m, "/totalElevationInMeters"),
    take(elevation_gain_m, "/elevationInMeters"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/avgSpeedInMetersPerSecond"),
    take(max_speed_mps, "/maxSpeedInMetersPerSecond").none(0),
    take(avg_heart_rate_bpm, "/avgHeartRate").none(0),
    take(avg_heart_rate_bpm, "/avgHeartRateinBPM").none(0),
    take(max_heart_rate_bpm, "/maxHeartRate").none(0),
    take(avg_cadence_rpm, "/avgCadenceInRotationsPerMinute").none(0),
    take(avg_power_w, "/avgWatts").none(0),
    take(max_power_w, "/maxWatts").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id_str"), say_id(texts::external_id, "/id"), say_id(texts::external_id, "/activityId"), say(texts::name, "/name"), say(texts::name, "/activityName"), say(texts::notes, "/notes")};
inline constexpr std::string_view needs[] = {"/startDate|/startDateTime", "/distanceInMeters|/movingTimeInMs|/fitFileKey", "/id_str|/id|/activityId"};
inline constexpr std::string_view places[] = {"", "/activities"};
inline constexpr std::string_view sport_at[] = {"/sport"};
inline constexpr sport_names vocabulary[] = {
    {"virtual_cycling", "CYCLING"}, {"virtual_running", "RUNNING"}, {"indoor_rowing", "ROWING"},
};
}  // namespace zwift_data

inline constexpr profile zwift{
    .name = "zwift", .source = "zwift", .needs = zwift_data::needs, .places = zwift_data::places, .start = zwift_data::start, .end = zwift_data::end,
    .numbers = zwift_data::numbers, .says = zwift_data::says, .sport = zwift_data::sport_at, .vocabulary = zwift_data::vocabulary, .account = "/profileId",
};
}  // namespace coincide::providers

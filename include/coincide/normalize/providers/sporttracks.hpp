// SPDX-License-Identifier: BSL-1.0
//
// SportTracks: fitness activities.
// Source: code of public relays. `calories` holds kilojoules; clock_duration is the wall time.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace sporttracks_data {
inline constexpr moment_rule start[] = {{"/start_time"}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/clock_duration").encoded(encoding::text_number),
    take(moving, "/duration").encoded(encoding::text_number),
    take(distance_m, "/total_distance").encoded(encoding::text_number),
    take(elevation_gain_m, "/elevation_gain").encoded(encoding::text_number),
    take(energy_kcal, "/calories", units::kilojoule).encoded(encoding::text_number),
    take(max_speed_mps, "/max_speed").encoded(encoding::text_number),
    take(avg_heart_rate_bpm, "/avg_heartrate").encoded(encoding::text_number),
    take(max_heart_rate_bpm, "/max_heartrate").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/avg_cadence").encoded(encoding::text_number),
    take(avg_power_w, "/avg_power").encoded(encoding::text_number),
    take(max_power_w, "/max_power").encoded(encoding::text_number),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/fitness_activity_id"), say_id(texts::external_id, "/uri"), say(texts::name, "/name"), say(texts::notes, "/notes")};
inline constexpr std::string_view needs[] = {"/start_time", "/clock_duration|/name", "/clock_duration|/total_distance|/duration", "/type"};
inline constexpr std::string_view lacks[] = {"/distance_raw", "/fitness_discipline", "/exercise_type"};
inline constexpr std::string_view places[] = {"", "/items"};
inline constexpr std::string_view sport_at[] = {"/type"};
inline constexpr sport_names vocabulary[] = {  // "Cycling: Road": the kind after the sport
    {"running", "Running|Run|Running: Road"}, {"trail_running", "Running: Trail"}, {"treadmill_running", "Running: Treadmill"}, {"track_running", "Running: Track"},
    {"cycling", "Cycling|Ride"}, {"road_cycling", "Cycling: Road"}, {"mountain_biking", "Cycling: Mountain"}, {"indoor_cycling", "Cycling: Indoor|Cycling: Trainer"},
    {"gravel_cycling", "Cycling: Gravel"}, {"cyclocross", "Cycling: Cyclocross"}, {"swimming", "Swimming|Swim"}, {"pool_swimming", "Swimming: Pool"},
    {"open_water_swimming", "Swimming: Open Water"}, {"walking", "Walking|Walk"}, {"hiking", "Hiking|Hike"}, {"strength_training", "Strength Training|Gym: Weight Training"},
    {"rowing", "Rowing"}, {"skiing", "Skiing"}, {"alpine_skiing", "Skiing: Alpine"}, {"cross_country_skiing", "Skiing: Nordic|Skiing: Cross-country"}, {"other", "Other"},
};
}  // namespace sporttracks_data

inline constexpr profile sporttracks{
    .name = "sporttracks", .source = "sporttracks", .needs = sporttracks_data::needs, .lacks = sporttracks_data::lacks, .places = sporttracks_data::places, .start = sporttracks_data::start,
    .numbers = sporttracks_data::numbers, .says = sporttracks_data::says, .sport = sporttracks_data::sport_at, .vocabulary = sporttracks_data::vocabulary,
};
}  // namespace coincide::providers

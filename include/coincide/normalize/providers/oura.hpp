// SPDX-License-Identifier: BSL-1.0
//
// Oura API v2: workouts.
// Source: Oura API v2 documentation. No heart rate and no track in the record; starts that were detected are whole minutes.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace oura_data {
inline constexpr moment_rule start[] = {{"/start_datetime", stamp::text, zone_rule::placed}};
inline constexpr moment_rule end[] = {{"/end_datetime"}};
inline constexpr number_rule numbers[] = {take(distance_m, "/distance"), take(energy_kcal, "/calories")};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/label")};
inline constexpr std::string_view needs[] = {"/start_datetime", "/end_datetime", "/activity|/intensity"};
inline constexpr std::string_view places[] = {"", "/data", "/*/data"};
inline constexpr std::string_view sport_at[] = {"/activity"};
inline constexpr precision_rule precision[] = {{"/source", "autodetected", seconds{60}}};
inline constexpr sport_names vocabulary[] = {
    {"running", "running"}, {"trail_running", "trail_running"}, {"walking", "walking"}, {"hiking", "hiking"}, {"cycling", "cycling"},
    {"mountain_biking", "mountain_biking"}, {"indoor_cycling", "indoor_cycling"}, {"swimming", "swimming"}, {"rowing", "rowing"},
    {"kayaking", "kayaking"}, {"stand_up_paddling", "stand_up_paddling|paddleBoarding"}, {"surfing", "surfing"}, {"sailing", "sailing"},
    {"water_polo", "water_polo"}, {"strength_training", "strength_training|weightlifting"},
    {"functional_training", "functional_training|crossTraining"}, {"hiit", "hiit"}, {"circuit_training", "circuit_training"},
    {"elliptical", "elliptical"}, {"stair_climbing", "stair_climbing|stairExercise"}, {"jump_rope", "jump_rope"}, {"yoga", "yoga"},
    {"pilates", "pilates"}, {"stretching", "stretching"}, {"meditation", "meditation|breathwork"}, {"skiing", "skiing"},
    {"cross_country_skiing", "cross_country_skiing"}, {"snowboarding", "snowboarding"}, {"ice_skating", "ice_skating"}, {"soccer", "soccer"},
    {"basketball", "basketball"}, {"volleyball", "volleyball"}, {"baseball", "baseball"}, {"rugby", "rugby"}, {"cricket", "cricket"},
    {"handball", "handball"}, {"lacrosse", "lacrosse"}, {"american_football", "american_football"}, {"ice_hockey", "ice_hockey"},
    {"hockey", "field_hockey"}, {"tennis", "tennis"}, {"squash", "squash"}, {"badminton", "badminton"}, {"table_tennis", "table_tennis"},
    {"pickleball", "pickleball"}, {"padel", "padel"}, {"boxing", "boxing"}, {"martial_arts", "martial_arts"}, {"wrestling", "wrestling"},
    {"rock_climbing", "rock_climbing"}, {"climbing", "climbing"}, {"golf", "golf"}, {"inline_skating", "inline_skating"},
    {"skateboarding", "skateboarding"}, {"horse_riding", "horseback_riding"}, {"dance", "dancing|dance"}, {"aerobics", "group_exercise|aerobics"},
    {"gymnastics", "gymnastics"}, {"triathlon", "triathlon"}, {"other", "other|activity"}, {"workout", "workout"}, {"recovery", "rest|recovery"},
    {"chores", "houseWork"}, {"core_training", "coreExercise"}, {"alpine_skiing", "downhillSkiing"}, {"nordic_walking", "nordicWalking"},
};
}  // namespace oura_data

inline constexpr profile oura{
    .name = "oura", .source = "oura", .needs = oura_data::needs, .places = oura_data::places, .start = oura_data::start, .end = oura_data::end,
    .precision = oura_data::precision, .numbers = oura_data::numbers, .says = oura_data::says, .sport = oura_data::sport_at, .vocabulary = oura_data::vocabulary,
};
}  // namespace coincide::providers

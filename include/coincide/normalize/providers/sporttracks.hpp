// SPDX-License-Identifier: BSL-1.0
//
// SportTracks: fitness activities.
// Source: code of public relays. `calories` holds kilojoules; clock_duration is the wall time.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace sporttracks_data {
inline constexpr moment_rule start[] = {{"/start_time"}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/clock_duration"),
    take(moving, "/duration"),
    take(distance_m, "/total_distance"),
    take(energy_kcal, "/calories", units::kilojoule),
    take(avg_heart_rate_bpm, "/avg_heartrate"),
    take(max_heart_rate_bpm, "/max_heartrate"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/fitness_activity_id"), say_id(texts::external_id, "/uri"), say(texts::name, "/name"), say(texts::notes, "/notes")};
inline constexpr std::string_view needs[] = {"/start_time", "/clock_duration"};
inline constexpr std::string_view places[] = {"", "/items"};
inline constexpr std::string_view sport_at[] = {"/type"};
}  // namespace sporttracks_data

inline constexpr profile sporttracks{
    .name = "sporttracks", .source = "sporttracks", .needs = sporttracks_data::needs, .places = sporttracks_data::places, .start = sporttracks_data::start,
    .numbers = sporttracks_data::numbers, .says = sporttracks_data::says, .sport = sporttracks_data::sport_at, .vocabulary = strava_data::vocabulary,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Hevy: strength workouts.
// Source: Hevy API. Sets and weights stay in the payload; there is neither energy nor heart rate.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace hevy_data {
inline constexpr moment_rule start[] = {{"/start_time", stamp::text, zone_rule::placed}};
inline constexpr moment_rule end[] = {{"/end_time"}};
inline constexpr moment_rule updated[] = {{"/updated_at"}};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/title"), say(texts::notes, "/description")};
inline constexpr std::string_view needs[] = {"/start_time", "/end_time", "/exercises"};
inline constexpr std::string_view places[] = {"", "/workouts", "/workout", "/events/*/workout"};
}  // namespace hevy_data

inline constexpr profile hevy{
    .name = "hevy", .source = "hevy", .needs = hevy_data::needs, .places = hevy_data::places, .start = hevy_data::start, .end = hevy_data::end,
    .numbers = {}, .says = hevy_data::says, .make_id = true, .only_sport = "strength_training", .updated = hevy_data::updated,
};
}  // namespace coincide::providers

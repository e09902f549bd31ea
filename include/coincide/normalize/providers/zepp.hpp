// SPDX-License-Identifier: BSL-1.0
//
// Zepp and Amazfit (Huami): the workout history.
// Source: clients of the Huami export. All numbers are text; the id is the start; paces are seconds a metre; -1, -60, -20000
// and -2000000 stand for none. Types beyond 1, 6, 8 and 9 vary by app version.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace zepp_data {
inline constexpr moment_rule start[] = {{"/trackid", stamp::unix_s}};
inline constexpr moment_rule end[] = {{"/end_time", stamp::unix_s}};
inline constexpr number_rule numbers[] = {
    take(moving, "/run_time").encoded(encoding::text_number).none(-1),
    take(distance_m, "/dis").encoded(encoding::text_number).none(-1),
    take(elevation_gain_m, "/altitude_ascend").encoded(encoding::text_number).none(-1).none(-20000).none(-2000000),
    take(energy_kcal, "/calorie").encoded(encoding::text_number).none(-1),
    pace_text(avg_speed_mps, "/avg_pace", 1.0).none(-1),
    take(avg_heart_rate_bpm, "/avg_heart_rate").encoded(encoding::text_number).none(-1).none(0),
    take(max_heart_rate_bpm, "/max_heart_rate").encoded(encoding::text_number).none(-1).none(0),
    take(avg_cadence_rpm, "/avg_frequency").of_both_legs().encoded(encoding::text_number).none(-1).none(-60).none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/trackid")};
inline constexpr std::string_view needs[] = {"/trackid", "/run_time|/dis|/end_time"};
inline constexpr std::string_view places[] = {"/data/summary", "/summary", ""};
inline constexpr std::string_view sport_at[] = {"/type"};
inline constexpr sport_names vocabulary[] = {
    {"running", "1"}, {"walking", "6"}, {"trail_running", "7"}, {"treadmill_running", "8"}, {"cycling", "9"}, {"indoor_cycling", "10"},
    {"elliptical", "12"}, {"pool_swimming", "14"}, {"open_water_swimming", "15"}, {"workout", "16"}, {"hiking", "22"}, {"strength_training", "52"},
};
}  // namespace zepp_data

inline constexpr profile zepp{
    .name = "zepp", .source = "zepp", .needs = zepp_data::needs, .places = zepp_data::places, .start = zepp_data::start, .end = zepp_data::end, .zone = "/syncedTimezone",
    .numbers = zepp_data::numbers, .says = zepp_data::says, .sport = zepp_data::sport_at, .vocabulary = zepp_data::vocabulary,
};
}  // namespace coincide::providers

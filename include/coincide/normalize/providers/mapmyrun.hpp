// SPDX-License-Identifier: BSL-1.0
//
// MapMyRun, MapMyRide … (Under Armour Connected Fitness): workouts.
// Source: Under Armour API documentation. Energy is joules. Activity types are links whose ids vary by catalogue version.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace mapmyrun_data {
inline constexpr moment_rule start[] = {{"/start_datetime", stamp::text, zone_rule::utc}};
inline constexpr moment_rule updated[] = {{"/updated_datetime", stamp::text, zone_rule::utc}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/aggregates/elapsed_time_total"),
    take(moving, "/aggregates/active_time_total"),
    take(distance_m, "/aggregates/distance_total"),
    take(energy_kcal, "/aggregates/metabolic_energy_total", units::joule),
    take(avg_speed_mps, "/aggregates/speed_avg"),
    take(max_speed_mps, "/aggregates/speed_max"),
    take(avg_heart_rate_bpm, "/aggregates/heartrate_avg"),
    take(max_heart_rate_bpm, "/aggregates/heartrate_max"),
    take(avg_cadence_rpm, "/aggregates/cadence_avg"),
    take(avg_power_w, "/aggregates/power_avg"),
    take(max_power_w, "/aggregates/power_max"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/_links/self/0/id"), say(texts::name, "/name"), say(texts::notes, "/notes")};
inline constexpr origin_rule origins[] = {{"/reference_key", "", "", "/source"}, {"", "", "", "/source"}, {"/reference_key", "", "", {}}};
inline constexpr sample_column columns[] = {{samples::ele, "/1/elevation"}};
inline constexpr sample_rule track_at[] = {{.rows = "/time_series/position", .time = "/0", .lat = "/1/lat", .lon = "/1/lng", .columns = columns}};
inline constexpr std::string_view needs[] = {"/start_datetime", "/aggregates/elapsed_time_total|/aggregates/active_time_total|/aggregates/distance_total"};
inline constexpr std::string_view places[] = {"", "/_embedded/workouts"};
inline constexpr std::string_view sport_at[] = {"/_links/activity_type/0/id"};
inline constexpr sport_names vocabulary[] = {
    {"running", "16"}, {"walking", "9"}, {"cycling", "11"}, {"hiking", "24"}, {"workout", "1"}, {"swimming", "20"}, {"mountain_biking", "41"},
    {"road_cycling", "36"},
};
}  // namespace mapmyrun_data

inline constexpr profile mapmyrun{
    .name = "mapmyrun", .source = "mapmyrun", .needs = mapmyrun_data::needs, .places = mapmyrun_data::places, .start = mapmyrun_data::start,
    .zone = "/start_locale_timezone", .numbers = mapmyrun_data::numbers, .says = mapmyrun_data::says, .sport = mapmyrun_data::sport_at,
    .vocabulary = mapmyrun_data::vocabulary, .origins = mapmyrun_data::origins, .apps = apps,
    .updated = mapmyrun_data::updated, .track = mapmyrun_data::track_at,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Samsung Health: exercises of the data SDK, and com.samsung.shealth.exercise of the CSV export.
// Source: Samsung Health data SDK; importers of the CSV export. The SDK counts milliseconds since 1970, the CSV writes UTC without a
// mark; a start that equals the end is an exercise that was not finished. pkg_name of another app marks a copy.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace samsung_health_data {
inline constexpr moment_rule start[] = {{"/start_time", stamp::unix_ms}, {"/start_time", stamp::text, zone_rule::utc}};
inline constexpr moment_rule end[] = {{"/end_time", stamp::unix_ms}, {"/end_time", stamp::text, zone_rule::utc}};
inline constexpr offset_rule offset[] = {offset_as("/time_offset", units::millisecond), offset_text("/time_offset")};
inline constexpr number_rule numbers[] = {
    take(moving, "/duration", units::millisecond),
    take(distance_m, "/distance"),
    take(elevation_gain_m, "/altitude_gain"),
    take(energy_kcal, "/calorie"),
    take(avg_speed_mps, "/mean_speed"),
    take(max_speed_mps, "/max_speed"),
    take(avg_heart_rate_bpm, "/mean_heart_rate").none(0),
    take(max_heart_rate_bpm, "/max_heart_rate").none(0),
    take(avg_cadence_rpm, "/mean_cadence").of_both_legs().none(0),
    take(avg_power_w, "/mean_power"),
    take(max_power_w, "/max_power"),
};
inline constexpr moment_rule updated[] = {{"/update_time", stamp::unix_ms}, {"/update_time", stamp::text, zone_rule::utc}};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/datauuid"), say(texts::name, "/title"), say(texts::notes, "/comment"), say_id(texts::serial, "/deviceuuid")};
inline constexpr std::string_view needs[] = {"/start_time", "/end_time|/duration", "/exercise_type"};
inline constexpr std::string_view places[] = {"", "/exercises", "/data"};
inline constexpr std::string_view sport_at[] = {"/exercise_custom_type", "/exercise_type"};
inline constexpr origin_rule origins[] = {{"", "", "", "/pkg_name"}};
inline constexpr sport_names vocabulary[] = {
    {"other", "0|Custom"}, {"walking", "1001|Walking"}, {"running", "1002|Running"}, {"baseball", "2001|Baseball|2002|Softball"},
    {"cricket", "2003|Cricket"}, {"golf", "3001|Golf"}, {"bowling", "3003|Bowling"}, {"hockey", "4001|Hockey"}, {"rugby", "4002|Rugby"},
    {"basketball", "4003|Basketball"}, {"soccer", "4004|Soccer"}, {"handball", "4005|Handball"}, {"american_football", "4006|American football"},
    {"volleyball", "5001|Volleyball|5002|Beach volleyball"}, {"squash", "6001|Squash"}, {"tennis", "6002|Tennis"}, {"badminton", "6003|Badminton"},
    {"table_tennis", "6004|Table tennis"}, {"racquetball", "6005|Racquetball"}, {"boxing", "7002|Boxing"}, {"martial_arts", "7003|Martial arts"},
    {"dance", "8002|Dancing"}, {"pilates", "9001|Pilates"}, {"yoga", "9002|Yoga"}, {"stretching", "10001|Stretching"},
    {"jump_rope", "10002|Jump rope"}, {"circuit_training", "10007|Circuit training"}, {"inline_skating", "11001|Inline skating"},
    {"cycling", "11007|Cycling"}, {"horse_riding", "11009|Horse riding"}, {"hiking", "13001|Hiking|13003|Backpacking"},
    {"rock_climbing", "13002|Rock climbing"}, {"mountain_biking", "13004|Mountain biking"}, {"orienteering", "13005|Orienteering"},
    {"swimming", "14001|Swimming"}, {"water_fitness", "14002|Water aerobics"}, {"canoeing", "14003|Canoeing"}, {"sailing", "14004|Sailing"},
    {"diving", "14005|Scuba diving"}, {"snorkeling", "14006|Snorkeling"}, {"kayaking", "14007|Kayaking"}, {"kitesurfing", "14008|Kitesurfing"},
    {"rafting", "14009|Rafting"}, {"rowing", "14010|Rowing"}, {"windsurfing", "14011|Windsurfing"}, {"water_skiing", "14013|Water skiing"},
    {"stair_climbing", "15001|Stair climbing"}, {"strength_training", "15002|Weight machine"}, {"indoor_cycling", "15003|Exercise bike"},
    {"indoor_rowing", "15004|Rowing machine"}, {"treadmill_running", "15005|Treadmill"}, {"elliptical", "15006|Elliptical"},
    {"cross_country_skiing", "16001|Cross-country skiing"}, {"skiing", "16002|Skiing"}, {"ice_skating", "16003|Ice dancing|16004|Ice skating"},
    {"ice_hockey", "16006|Ice hockey"}, {"snowboarding", "16007|Snowboarding"}, {"alpine_skiing", "16008|Alpine skiing"},
    {"snowshoeing", "16009|Snowshoeing"},
};
}  // namespace samsung_health_data

inline constexpr profile samsung_health{
    .name = "samsung health", .source = "samsung_health", .needs = samsung_health_data::needs, .places = samsung_health_data::places,
    .start = samsung_health_data::start, .end = samsung_health_data::end, .offset = samsung_health_data::offset, .numbers = samsung_health_data::numbers,
    .says = samsung_health_data::says, .make_id = true, .sport = samsung_health_data::sport_at, .vocabulary = samsung_health_data::vocabulary,
    .origins = samsung_health_data::origins, .apps = apps, .updated = samsung_health_data::updated,
};
}  // namespace coincide::providers

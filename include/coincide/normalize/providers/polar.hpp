// SPDX-License-Identifier: BSL-1.0
//
// Polar AccessLink exercises (both spellings of the keys), and training sessions: of older Flow exports, and of newer ones and
// AccessLink v4, which name their units. Source: Polar AccessLink documentation; Flow exports. start_time is local: UTC is it minus start_time_utc_offset minutes.
// The duration is ISO 8601 and leaves pauses out. `sport` is coarse, often OTHER; the detailed one counts first.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace polar_data {
inline constexpr moment_rule start[] = {{"/start-time", stamp::text, zone_rule::local}, {"/start_time", stamp::text, zone_rule::local}};
inline constexpr moment_rule updated[] = {{"/upload-time", stamp::text, zone_rule::utc}, {"/upload_time", stamp::text, zone_rule::utc}};
inline constexpr offset_rule offset[] = {offset_as("/start-time-utc-offset", units::minute), offset_as("/start_time_utc_offset", units::minute)};
inline constexpr number_rule numbers[] = {
    take(moving, "/duration").encoded(encoding::duration),
    take(distance_m, "/distance"),
    take(energy_kcal, "/calories"),
    take(avg_heart_rate_bpm, "/heart-rate/average").none(0),
    take(avg_heart_rate_bpm, "/heart_rate/average").none(0),
    take(max_heart_rate_bpm, "/heart-rate/maximum").none(0),
    take(max_heart_rate_bpm, "/heart_rate/maximum").none(0),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/id"), say(texts::model, "/device"), say_id(texts::serial, "/device-id"), say_id(texts::serial, "/device_id"),
};
inline constexpr std::string_view needs[] = {"/start-time|/start_time", "/duration", "/start-time-utc-offset|/start_time_utc_offset|/detailed-sport-info|/detailed_sport_info"};
inline constexpr std::string_view places[] = {"", "/exercises", "/data"};
inline constexpr std::string_view sport_at[] = {"/detailed-sport-info", "/detailed_sport_info", "/sport"};

inline constexpr moment_rule flow_start[] = {{"/startTime"}};
inline constexpr moment_rule flow_end[] = {{"/stopTime"}};
inline constexpr offset_rule flow_offset[] = {offset_as("/timeZoneOffset", units::minute), offset_as("/exercises/0/timezoneOffset", units::minute)};
inline constexpr number_rule flow_numbers[] = {
    take(timer, "/duration").encoded(encoding::duration),
    take(distance_m, "/distance"),
    take(distance_m, "/exercises/0/distance"),
    take(energy_kcal, "/kiloCalories"),
    take(energy_kcal, "/exercises/0/kiloCalories"),
    take(elevation_gain_m, "/exercises/0/ascent"),
    take(avg_speed_mps, "/exercises/0/speed/avg", units::kilometer_per_hour),
    take(max_speed_mps, "/exercises/0/speed/max", units::kilometer_per_hour),
    take(avg_heart_rate_bpm, "/averageHeartRate"),
    take(avg_heart_rate_bpm, "/exercises/0/heartRate/avg"),
    take(max_heart_rate_bpm, "/maximumHeartRate"),
    take(max_heart_rate_bpm, "/exercises/0/heartRate/max"),
    take(avg_cadence_rpm, "/exercises/0/cadence/avg"),
    take(avg_power_w, "/exercises/0/power/avg"),
    take(max_power_w, "/exercises/0/power/max"),
    take(start_lat_deg, "/exercises/0/latitude"),
    take(start_lon_deg, "/exercises/0/longitude"),
};
inline constexpr text_rule flow_says[] = {say_id(texts::external_id, "/identifier/id"), say(texts::name, "/name"), say(texts::notes, "/note"), say_id(texts::serial, "/deviceId")};
inline constexpr std::string_view flow_needs[] = {"/startTime", "/stopTime", "/exercises/0/sport|/exercises/0/duration"};
inline constexpr std::string_view flow_lacks[] = {"/durationMillis"};
inline constexpr std::string_view flow_sport_at[] = {"/exercises/0/sport"};

inline constexpr moment_rule session_start[] = {{"/startTime", stamp::text, zone_rule::local}};
inline constexpr moment_rule session_end[] = {{"/stopTime", stamp::text, zone_rule::local}};
inline constexpr moment_rule session_updated[] = {{"/modified", stamp::text, zone_rule::utc}};
inline constexpr offset_rule session_offset[] = {offset_as("/timezoneOffsetMinutes", units::minute), offset_as("/exercises/0/timezoneOffsetMinutes", units::minute)};
inline constexpr number_rule session_numbers[] = {
    take(timer, "/durationMillis", units::millisecond),
    take(distance_m, "/distanceMeters"),
    take(distance_m, "/exercises/0/distanceMeters"),
    take(elevation_gain_m, "/exercises/0/ascentMeters"),
    take(energy_kcal, "/calories"),
    take(avg_heart_rate_bpm, "/hrAvg").none(0),
    take(max_heart_rate_bpm, "/hrMax").none(0),
    take(start_lat_deg, "/latitude"),
    take(start_lon_deg, "/longitude"),
};
inline constexpr text_rule session_says[] = {
    say_id(texts::external_id, "/identifier/id"), say(texts::name, "/name"), say(texts::notes, "/note"), say(texts::model, "/product/modelName"), say_id(texts::serial, "/deviceId"),
};
inline constexpr std::string_view session_needs[] = {"/durationMillis", "/startTime", "/sport/id|/exercises/0/sport/id"};
inline constexpr std::string_view session_places[] = {"", "/trainingSessions"};
inline constexpr std::string_view session_sport_at[] = {"/sport/id", "/exercises/0/sport/id"};
inline constexpr sport_names session_vocabulary[] = {  // numbers of Polar's sports that were seen; others stay `other`
    {"running", "1"}, {"cycling", "2"}, {"walking", "3"}, {"mountain_biking", "5"}, {"hiking", "11"}, {"squash", "13"}, {"strength_training", "15"}, {"treadmill_running", "17"},
    {"indoor_cycling", "18"}, {"road_running", "27"}, {"road_cycling", "38"}, {"soccer", "39|50"},
};
inline constexpr sport_names vocabulary[] = {
    {"running", "RUNNING|JOGGING"}, {"road_running", "RUNNING_ROAD"}, {"trail_running", "RUNNING_TRAIL"}, {"treadmill_running", "RUNNING_TREADMILL"},
    {"cycling", "CYCLING"}, {"road_cycling", "CYCLING_ROAD|ROAD_BIKING"}, {"mountain_biking", "CYCLING_MOUNTAIN|CYCLING_MOUNTAIN_BIKE"},
    {"indoor_cycling", "CYCLING_INDOOR|INDOOR_CYCLING|SPINNING"}, {"cyclocross", "CYCLING_CYCLOCROSS"}, {"swimming", "SWIMMING|AQUATICS_SWIMMING"},
    {"pool_swimming", "SWIMMING_POOL|POOL_SWIMMING"}, {"open_water_swimming", "SWIMMING_OPEN_WATER"}, {"walking", "WALKING"}, {"nordic_walking", "WALKING_NORDIC"},
    {"hiking", "HIKING"}, {"mountaineering", "MOUNTAINEERING"}, {"cross_country_skiing", "WINTERSPORTS_CROSS_COUNTRY_SKIING"},
    {"alpine_skiing", "WINTERSPORTS_ALPINE_SKIING|DOWNHILL_SKIING|WINTERSPORTS_DOWNHILL_SKIING"}, {"backcountry_skiing", "WINTERSPORTS_BACKCOUNTRY_SKIING"},
    {"snowboarding", "WINTERSPORTS_SNOWBOARDING"}, {"snowshoeing", "WINTERSPORTS_SNOWSHOEING"}, {"ice_skating", "WINTERSPORTS_ICE_SKATING"},
    {"strength_training", "STRENGTH_TRAINING"}, {"cardio", "FITNESS_CARDIO"}, {"jump_rope", "JUMP_ROPE"}, {"elliptical", "FITNESS_ELLIPTICAL|CROSS_TRAINER"},
    {"indoor_rowing", "FITNESS_INDOOR_ROWING"}, {"stair_climbing", "FITNESS_STAIR_CLIMBING"}, {"rowing", "WATERSPORTS_ROWING"},
    {"kayaking", "WATERSPORTS_KAYAKING"}, {"canoeing", "WATERSPORTS_CANOEING"}, {"stand_up_paddling", "WATERSPORTS_STAND_UP_PADDLING"},
    {"surfing", "WATERSPORTS_SURFING"}, {"kitesurfing", "WATERSPORTS_KITESURFING"}, {"windsurfing", "WATERSPORTS_WINDSURFING"},
    {"sailing", "WATERSPORTS_SAILING"}, {"water_skiing", "WATERSPORTS_WATERSKI"}, {"basketball", "BASKETBALL|TEAMSPORTS_BASKETBALL"},
    {"soccer", "SOCCER|TEAMSPORTS_SOCCER|TEAMSPORTS_FOOTBALL"}, {"american_football", "TEAMSPORTS_AMERICAN_FOOTBALL"},
    {"baseball", "TEAMSPORTS_BASEBALL"}, {"volleyball", "TEAMSPORTS_VOLLEYBALL"}, {"handball", "TEAMSPORTS_HANDBALL"}, {"rugby", "TEAMSPORTS_RUGBY"},
    {"hockey", "TEAMSPORTS_HOCKEY|TEAMSPORTS_FLOORBALL"}, {"tennis", "TENNIS|RACKET_SPORTS_TENNIS"}, {"badminton", "RACKET_SPORTS_BADMINTON"},
    {"squash", "RACKET_SPORTS_SQUASH"}, {"table_tennis", "RACKET_SPORTS_TABLE_TENNIS"}, {"padel", "RACKET_SPORTS_PADEL"}, {"yoga", "FITNESS_YOGA"},
    {"pilates", "FITNESS_PILATES"}, {"stretching", "FITNESS_STRETCHING"}, {"boxing", "COMBAT_SPORTS_BOXING|KICKBOXING_MARTIAL_ARTS"},
    {"martial_arts", "COMBAT_SPORTS_MARTIAL_ARTS"}, {"rock_climbing", "OUTDOOR_CLIMBING"}, {"indoor_climbing", "INDOOR_CLIMBING"},
    {"orienteering", "ORIENTEERING"}, {"golf", "GOLF"}, {"inline_skating", "INLINE_SKATING"}, {"skateboarding", "SKATEBOARDING"},
    {"horse_riding", "HORSEBACK_RIDING"}, {"multisport", "MULTISPORT"}, {"triathlon", "TRIATHLON"}, {"driving", "MOTORSPORTS"}, {"dance", "DANCE"},
    {"other", "OTHER"},
};
}  // namespace polar_data

inline constexpr profile polar{
    .name = "polar accesslink", .source = "polar", .needs = polar_data::needs, .places = polar_data::places, .start = polar_data::start,
    .offset = polar_data::offset, .numbers = polar_data::numbers, .says = polar_data::says, .sport = polar_data::sport_at,
    .vocabulary = polar_data::vocabulary, .updated = polar_data::updated,
};
inline constexpr profile polar_flow{
    .name = "polar flow export", .source = "polar", .needs = polar_data::flow_needs, .lacks = polar_data::flow_lacks, .start = polar_data::flow_start, .end = polar_data::flow_end,
    .offset = polar_data::flow_offset, .numbers = polar_data::flow_numbers, .says = polar_data::flow_says, .make_id = true,
    .sport = polar_data::flow_sport_at, .vocabulary = polar_data::vocabulary,
};
inline constexpr profile polar_session{
    .name = "polar training session", .source = "polar", .needs = polar_data::session_needs, .places = polar_data::session_places,
    .start = polar_data::session_start, .end = polar_data::session_end, .offset = polar_data::session_offset, .numbers = polar_data::session_numbers,
    .says = polar_data::session_says, .make_id = true, .sport = polar_data::session_sport_at, .vocabulary = polar_data::session_vocabulary,
    .updated = polar_data::session_updated,
};
}  // namespace coincide::providers

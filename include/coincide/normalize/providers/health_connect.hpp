// SPDX-License-Identifier: BSL-1.0
//
// Android Health Connect: an exercise session with the records that lie in it.
// Source: Android Health Connect reference. Distance, energy and climb are records of their own; those that begin within the session
// are summed. `Energy.calories` are small calories. A null zone offset is unknown, not UTC. exerciseType is the integer of
// androidx, which differs from the platform's. Copies of other services name their package.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace health_connect_data {
inline constexpr moment_rule start[] = {{"/exerciseSession/startTime"}};
inline constexpr moment_rule end[] = {{"/exerciseSession/endTime"}};
inline constexpr moment_rule updated[] = {{"/exerciseSession/metadata/lastModifiedTime"}};
inline constexpr offset_rule offset[] = {offset_as("/exerciseSession/startZoneOffset/totalSeconds", units::second), offset_text("/exerciseSession/startZoneOffset")};
inline constexpr number_rule numbers[] = {
    take(distance_m, "/distance/value", "./distance/unit", words::length).summed("/distance", "/startTime", stamp::text),
    take(distance_m, "/distance/inMeters").summed("/distance", "/startTime", stamp::text),
    take(distance_m, "/distance/inKilometers", units::kilometer).summed("/distance", "/startTime", stamp::text),
    take(energy_kcal, "/energy/value", "./energy/unit", words::energy).summed("/totalCaloriesBurned", "/startTime", stamp::text),
    take(energy_kcal, "/energy/inKilocalories").summed("/totalCaloriesBurned", "/startTime", stamp::text),
    take(energy_kcal, "/energy/value", "./energy/unit", words::energy).summed("/activeCaloriesBurned", "/startTime", stamp::text),
    take(energy_kcal, "/energy/inKilocalories").summed("/activeCaloriesBurned", "/startTime", stamp::text),
    take(elevation_gain_m, "/elevation/value", "./elevation/unit", words::length).summed("/elevationGained", "/startTime", stamp::text),
    take(elevation_gain_m, "/elevation/inMeters").summed("/elevationGained", "/startTime", stamp::text),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/exerciseSession/metadata/id"), say(texts::name, "/exerciseSession/title"), say(texts::notes, "/exerciseSession/notes"),
    say(texts::manufacturer, "/exerciseSession/metadata/device/manufacturer"), say(texts::model, "/exerciseSession/metadata/device/model"),
};
inline constexpr std::string_view needs[] = {"/exerciseSession/startTime", "/exerciseSession/endTime"};
inline constexpr std::string_view places[] = {"", "/records", "/sessions", "/data", "/exerciseSessions"};
inline constexpr std::string_view sport_at[] = {"/exerciseSession/exerciseType"};
inline constexpr origin_rule origins[] = {
    {"/exerciseSession/metadata/clientRecordId", "", "", "/exerciseSession/metadata/dataOrigin/packageName"},
    {"", "", "", "/exerciseSession/metadata/dataOrigin/packageName"},
    {"/exerciseSession/metadata/clientRecordId", "", "", "/exerciseSession/metadata/dataOrigin"}, {"", "", "", "/exerciseSession/metadata/dataOrigin"},
    {"/exerciseSession/metadata/clientRecordId", "", "", {}},
};
inline constexpr app_name device_types[] = {{"1", "watch"}, {"2", "phone"}, {"3", "other"}, {"4", "ring"}, {"5", "other"}, {"6", "band"}, {"7", "other"}, {"8", "other"}};

inline constexpr moment_rule flat_start[] = {{"/startTime"}};
inline constexpr moment_rule flat_end[] = {{"/endTime"}};
inline constexpr moment_rule flat_updated[] = {{"/metadata/lastModifiedTime"}};
inline constexpr offset_rule flat_offset[] = {offset_as("/startZoneOffset/totalSeconds", units::second), offset_text("/startZoneOffset")};
inline constexpr number_rule flat_numbers[] = {
    take(distance_m, "/distance/inMeters"),
    take(distance_m, "/distance/inKilometers", units::kilometer),
    take(energy_kcal, "/energy/inKilocalories"),
};
inline constexpr sample_column route_columns[] = {{samples::ele, "/altitude/inMeters"}};
inline constexpr sample_rule flat_track[] = {{.rows = "/exerciseRoute/route", .time = "/time", .time_factor = 0, .form = stamp::text, .lat = "/latitude", .lon = "/longitude", .columns = route_columns}};
inline constexpr text_rule flat_says[] = {
    say_id(texts::external_id, "/metadata/id"), say(texts::name, "/title"), say(texts::notes, "/notes"), say(texts::manufacturer, "/metadata/device/manufacturer"),
    say(texts::model, "/metadata/device/model"),
};
inline constexpr std::string_view flat_needs[] = {"/startTime", "/endTime", "/exerciseType", "/metadata/id|/metadata/dataOrigin"};
inline constexpr std::string_view flat_sport_at[] = {"/exerciseType"};
inline constexpr origin_rule flat_origins[] = {
    {"/metadata/clientRecordId", "", "", "/metadata/dataOrigin/packageName"}, {"", "", "", "/metadata/dataOrigin/packageName"},
    {"/metadata/clientRecordId", "", "", "/metadata/dataOrigin"}, {"", "", "", "/metadata/dataOrigin"}, {"/metadata/clientRecordId", "", "", {}},
};
inline constexpr sport_names vocabulary[] = {
    {"other", "0|OTHER_WORKOUT"}, {"badminton", "2|BADMINTON"}, {"baseball", "4|BASEBALL|65|SOFTBALL"}, {"basketball", "5|BASKETBALL"},
    {"cycling", "8|BIKING"}, {"indoor_cycling", "9|BIKING_STATIONARY"}, {"circuit_training", "10|BOOT_CAMP"}, {"boxing", "11|BOXING"},
    {"functional_training", "13|CALISTHENICS"}, {"cricket", "14|CRICKET"}, {"dance", "16|DANCING"}, {"elliptical", "25|ELLIPTICAL"},
    {"aerobics", "26|EXERCISE_CLASS"}, {"fencing", "27|FENCING"}, {"american_football", "28|FOOTBALL_AMERICAN"},
    {"australian_football", "29|FOOTBALL_AUSTRALIAN"}, {"disc_sport", "31|FRISBEE_DISC"}, {"golf", "32|GOLF"}, {"meditation", "33|GUIDED_BREATHING"},
    {"gymnastics", "34|GYMNASTICS"}, {"handball", "35|HANDBALL"}, {"hiit", "36|HIGH_INTENSITY_INTERVAL_TRAINING"}, {"hiking", "37|HIKING"},
    {"ice_hockey", "38|ICE_HOCKEY"}, {"ice_skating", "39|ICE_SKATING"}, {"martial_arts", "44|MARTIAL_ARTS"}, {"paddling", "46|PADDLING"},
    {"flying", "47|PARAGLIDING"}, {"pilates", "48|PILATES"}, {"racquetball", "50|RACQUETBALL"}, {"rock_climbing", "51|ROCK_CLIMBING"},
    {"inline_skating", "52|ROLLER_HOCKEY|60|SKATING"}, {"rowing", "53|ROWING"}, {"indoor_rowing", "54|ROWING_MACHINE"}, {"rugby", "55|RUGBY"},
    {"running", "56|RUNNING"}, {"treadmill_running", "57|RUNNING_TREADMILL"}, {"sailing", "58|SAILING"}, {"diving", "59|SCUBA_DIVING"},
    {"skiing", "61|SKIING"}, {"snowboarding", "62|SNOWBOARDING"}, {"snowshoeing", "63|SNOWSHOEING"}, {"soccer", "64|SOCCER"},
    {"squash", "66|SQUASH"}, {"stair_climbing", "68|STAIR_CLIMBING|69|STAIR_CLIMBING_MACHINE"},
    {"strength_training", "70|STRENGTH_TRAINING|81|WEIGHTLIFTING"}, {"stretching", "71|STRETCHING"}, {"surfing", "72|SURFING"},
    {"open_water_swimming", "73|SWIMMING_OPEN_WATER"}, {"pool_swimming", "74|SWIMMING_POOL"}, {"table_tennis", "75|TABLE_TENNIS"},
    {"tennis", "76|TENNIS"}, {"volleyball", "78|VOLLEYBALL"}, {"walking", "79|WALKING"}, {"water_polo", "80|WATER_POLO"},
    {"wheelchair", "82|WHEELCHAIR"}, {"yoga", "83|YOGA"},
};
}  // namespace health_connect_data

inline constexpr profile health_connect{
    .name = "health connect", .source = "health_connect", .needs = health_connect_data::needs, .places = health_connect_data::places,
    .start = health_connect_data::start, .end = health_connect_data::end, .offset = health_connect_data::offset, .numbers = health_connect_data::numbers,
    .says = health_connect_data::says, .sport = health_connect_data::sport_at, .vocabulary = health_connect_data::vocabulary,
    .name_prefix = "EXERCISE_TYPE_", .origins = health_connect_data::origins, .apps = apps, .device_type = "/exerciseSession/metadata/device/type",
    .device_types = health_connect_data::device_types, .updated = health_connect_data::updated,
};
inline constexpr profile health_connect_session{
    .name = "health connect session", .source = "health_connect", .needs = health_connect_data::flat_needs, .places = health_connect_data::places,
    .start = health_connect_data::flat_start, .end = health_connect_data::flat_end, .offset = health_connect_data::flat_offset,
    .numbers = health_connect_data::flat_numbers, .says = health_connect_data::flat_says, .sport = health_connect_data::flat_sport_at,
    .vocabulary = health_connect_data::vocabulary, .name_prefix = "EXERCISE_TYPE_", .origins = health_connect_data::flat_origins, .apps = apps,
    .device_type = "/metadata/device/type", .device_types = health_connect_data::device_types, .updated = health_connect_data::flat_updated, .track = health_connect_data::flat_track,
};
}  // namespace coincide::providers

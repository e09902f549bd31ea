// SPDX-License-Identifier: BSL-1.0
//
// Health Connect and Samsung Health as a phone's SDK sends them on: pages of one form for all stores, whose `provider` tells which one,
// with the totals of a workout as a list of typed values. Apple's pages of this form are read by apple_json.
// Source: the specification of the open-wearables SDK and its samples.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/providers/health_connect.hpp>
#include <coincide/normalize/providers/samsung_health.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace health_sdk_data {
inline constexpr moment_rule start[] = {{"/startDate"}};
inline constexpr moment_rule end[] = {{"/endDate"}};
inline constexpr offset_rule offset[] = {offset_text("/zoneOffset")};
inline constexpr number_rule numbers[] = {
    take(moving, "/values/[type=duration]/value", "/values/[type=duration]/unit", words::duration),
    take(distance_m, "/values/[type=distance]/value", "/values/[type=distance]/unit", words::length),
    take(elevation_gain_m, "/values/[type=elevationGained]/value", "/values/[type=elevationGained]/unit", words::length),
    take(elevation_gain_m, "/values/[type=altitudeGain]/value", "/values/[type=altitudeGain]/unit", words::length),
    take(energy_kcal, "/values/[type=activeCalories]/value", "/values/[type=activeCalories]/unit", words::energy),
    take(energy_kcal, "/values/[type=calories]/value", "/values/[type=calories]/unit", words::energy),
    take(energy_kcal, "/values/[type=totalCalories]/value", "/values/[type=totalCalories]/unit", words::energy),
    take(avg_speed_mps, "/values/[type=avgSpeed]/value", "/values/[type=avgSpeed]/unit", words::speed),
    take(avg_speed_mps, "/values/[type=meanSpeed]/value", "/values/[type=meanSpeed]/unit", words::speed),
    take(max_speed_mps, "/values/[type=maxSpeed]/value", "/values/[type=maxSpeed]/unit", words::speed),
    take(avg_heart_rate_bpm, "/values/[type=avgHeartRate]/value", "/values/[type=avgHeartRate]/unit", words::rate),
    take(avg_heart_rate_bpm, "/values/[type=meanHeartRate]/value", "/values/[type=meanHeartRate]/unit", words::rate),
    take(max_heart_rate_bpm, "/values/[type=maxHeartRate]/value", "/values/[type=maxHeartRate]/unit", words::rate),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/id"), say(texts::name, "/title"), say(texts::notes, "/notes"), say(texts::manufacturer, "/source/deviceManufacturer"),
    say(texts::model, "/source/deviceModel"), say(texts::model, "/source/deviceName"), say_id(texts::serial, "/source/deviceId"),
};
inline constexpr std::string_view connect_needs[] = {"/startDate", "/endDate", "/values", "^/provider==health_connect|^/provider==google"};
inline constexpr std::string_view samsung_needs[] = {"/startDate", "/endDate", "/values", "^/provider==samsung|^/provider==samsung_health"};
inline constexpr std::string_view places[] = {"/data/workouts", "/workouts"};
inline constexpr std::string_view sport_at[] = {"/metadata/exerciseType", "/type"};
inline constexpr origin_rule origins[] = {{"", "", "", "/source/appId"}};
inline constexpr app_name device_types[] = {{"watch", "watch"}, {"band", "band"}, {"ring", "ring"}, {"phone", "phone"}, {"scale", "other"}};
}  // namespace health_sdk_data

inline constexpr profile health_connect_sdk{
    .name = "health connect sdk", .source = "health_connect", .needs = health_sdk_data::connect_needs, .places = health_sdk_data::places,
    .start = health_sdk_data::start, .end = health_sdk_data::end, .offset = health_sdk_data::offset, .numbers = health_sdk_data::numbers,
    .says = health_sdk_data::says, .sport = health_sdk_data::sport_at, .vocabulary = health_connect_data::vocabulary, .name_prefix = "EXERCISE_TYPE_",
    .origins = health_sdk_data::origins, .apps = apps, .device_type = "/source/deviceType", .device_types = health_sdk_data::device_types,
};
inline constexpr profile samsung_health_sdk{
    .name = "samsung health sdk", .source = "samsung_health", .needs = health_sdk_data::samsung_needs, .places = health_sdk_data::places,
    .start = health_sdk_data::start, .end = health_sdk_data::end, .offset = health_sdk_data::offset, .numbers = health_sdk_data::numbers,
    .says = health_sdk_data::says, .sport = health_sdk_data::sport_at, .vocabulary = samsung_health_data::vocabulary, .origins = health_sdk_data::origins,
    .apps = apps, .device_type = "/source/deviceType", .device_types = health_sdk_data::device_types,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Runkeeper Health Graph: fitness activities.
// Source: Health Graph samples. The start is local; utc_offset is in hours and missing in old records, whose instant is then unknown.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace runkeeper_data {
inline constexpr moment_rule start[] = {{"/start_time", stamp::words, zone_rule::local}};
inline constexpr offset_rule offset[] = {offset_as("/utc_offset", units::hour)};
inline constexpr number_rule numbers[] = {
    take(moving, "/duration"),
    take(distance_m, "/total_distance"),
    take(elevation_gain_m, "/climb"),
    take(energy_kcal, "/total_calories"),
    take(avg_heart_rate_bpm, "/average_heart_rate").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/uri"), say(texts::notes, "/notes")};
inline constexpr origin_rule origins[] = {{"", "", "", "/source"}};
inline constexpr std::string_view needs[] = {"/start_time", "/uri|/total_distance", "/type", "/duration"};
inline constexpr std::string_view lacks[] = {"/clock_duration", "/name"};
inline constexpr std::string_view places[] = {"/items", ""};
inline constexpr std::string_view sport_at[] = {"/type"};
inline constexpr sample_column columns[] = {{samples::ele, "/altitude"}};
inline constexpr sample_rule track_at[] = {{.rows = "/path", .time = "/timestamp", .lat = "/latitude", .lon = "/longitude", .columns = columns}};
inline constexpr sport_names vocabulary[] = {
    {"running", "Running"}, {"cycling", "Cycling"}, {"mountain_biking", "Mountain Biking"}, {"walking", "Walking"}, {"hiking", "Hiking"},
    {"alpine_skiing", "Downhill Skiing"}, {"cross_country_skiing", "Cross-Country Skiing"}, {"snowboarding", "Snowboarding"},
    {"inline_skating", "Skating"}, {"swimming", "Swimming"}, {"wheelchair", "Wheelchair"}, {"rowing", "Rowing"},
    {"elliptical", "Elliptical|Arc Trainer"}, {"other", "Other"}, {"yoga", "Yoga"}, {"pilates", "Pilates"}, {"functional_training", "CrossFit"},
    {"indoor_cycling", "Spinning"}, {"aerobics", "Zumba|Group Workout"}, {"barre", "Barre"}, {"dance", "Dance"},
    {"circuit_training", "Bootcamp|Circuit Training"}, {"boxing", "Boxing / MMA"}, {"meditation", "Meditation"},
    {"strength_training", "Strength Training"}, {"core_training", "Core Strengthening"}, {"stair_climbing", "Stairmaster / Stepwell"},
    {"team_sport", "Sports"}, {"nordic_walking", "Nordic Walking"},
};
}  // namespace runkeeper_data

inline constexpr profile runkeeper{
    .name = "runkeeper", .source = "runkeeper", .needs = runkeeper_data::needs, .lacks = runkeeper_data::lacks, .places = runkeeper_data::places,
    .start = runkeeper_data::start, .offset = runkeeper_data::offset, .numbers = runkeeper_data::numbers, .says = runkeeper_data::says,
    .sport = runkeeper_data::sport_at, .vocabulary = runkeeper_data::vocabulary, .origins = runkeeper_data::origins, .apps = apps,
    .track = runkeeper_data::track_at,
};
}  // namespace coincide::providers

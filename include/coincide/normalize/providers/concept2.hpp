// SPDX-License-Identifier: BSL-1.0
//
// Concept2 Logbook: results with their strokes.
// Source: Concept2 Logbook API v1. `date` is the local time of the END: the start is earlier by work and rest. Times are tenths of a
// second, strokes count decimetres; their pace is tenths of a second for 500 m, on the bike for 1000 m.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace concept2_data {
inline constexpr moment_rule start[] = {{"/date_utc", stamp::text, zone_rule::utc}, {"/date", stamp::text, zone_rule::local}};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/time", units::decisecond).plus("/rest_time"),
    take(moving, "/time", units::decisecond),
    take(distance_m, "/distance"),
    take(energy_kcal, "/calories_total"),
    take(avg_heart_rate_bpm, "/heart_rate/average").none(0),
    take(max_heart_rate_bpm, "/heart_rate/max").none(0),
    take(avg_cadence_rpm, "/stroke_rate").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::notes, "/comments")};
inline constexpr std::string_view needs[] = {"/date", "/time", "/type", "/distance"};
inline constexpr std::string_view places[] = {"/data", "", "/*/data", "/data/result"};
inline constexpr std::string_view sport_at[] = {"/type"};
inline constexpr sample_column columns[] = {
    {samples::hr, "/hr"}, {samples::cadence, "/spm"}, {samples::distance, "/d", units::decimeter.factor}, inverse(samples::speed, "/p", 5000),
};
inline constexpr sample_column bike_columns[] = {
    {samples::hr, "/hr"}, {samples::cadence, "/spm"}, {samples::distance, "/d", units::decimeter.factor}, inverse(samples::speed, "/p", 10000),
};
inline constexpr sample_rule strokes[] = {
    {.only_where = "/type", .holds = "bike", .rows = "/stroke_data", .time = "/t", .time_factor = units::decisecond.factor, .columns = bike_columns},
    {.rows = "/stroke_data", .time = "/t", .time_factor = units::decisecond.factor, .columns = columns},
};
inline constexpr sport_names vocabulary[] = {
    {"indoor_rowing", "rower|slides|dynamic|multierg"}, {"indoor_skiing", "skierg"}, {"indoor_cycling", "bike"}, {"rowing", "water"},
    {"cross_country_skiing", "snow"}, {"roller_skiing", "rollerski"}, {"paddling", "paddle"},
};
}  // namespace concept2_data

inline constexpr profile concept2{
    .name = "concept2", .source = "concept2", .needs = concept2_data::needs, .places = concept2_data::places, .start = concept2_data::start,
    .end_stamped = true, .zone = "/timezone", .numbers = concept2_data::numbers, .says = concept2_data::says, .sport = concept2_data::sport_at,
    .vocabulary = concept2_data::vocabulary, .track = concept2_data::strokes, .account = "/user_id",
};
}  // namespace coincide::providers

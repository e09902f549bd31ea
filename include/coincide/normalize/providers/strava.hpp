// SPDX-License-Identifier: BSL-1.0
//
// Strava: API v3 (list and detail), the website's training log, and activities.csv of the bulk export.
// Source: Strava API v3 reference; lists, details and an export as they were recorded. `start_date_local` ends in a false Z, and
// `kilojoules` is work, not food energy: neither is read. `external_id` names what the activity was uploaded from.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace strava_data {
inline constexpr moment_rule start[] = {{"/start_date", stamp::text, zone_rule::utc}};
inline constexpr offset_rule offset[] = {offset_as("/utc_offset", units::second), local_at("/start_date_local")};
inline constexpr number_rule numbers[] = {
    take(elapsed, "/elapsed_time"),
    take(moving, "/moving_time"),
    take(distance_m, "/distance"),
    take(elevation_gain_m, "/total_elevation_gain"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/average_speed"),
    take(max_speed_mps, "/max_speed").none(0),  // typed in by hand
    take(avg_heart_rate_bpm, "/average_heartrate"),
    take(max_heart_rate_bpm, "/max_heartrate"),
    take(avg_cadence_rpm, "/average_cadence"),  // on foot: strides of one leg
    take(avg_power_w, "/average_watts"),
    take(max_power_w, "/max_watts"),
    take(avg_temperature_c, "/average_temp"),
    take(rpe, "/perceived_exertion"),
    take(start_lat_deg, "/start_latlng/0"),
    take(start_lon_deg, "/start_latlng/1"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name"), say(texts::notes, "/description"), say(texts::model, "/device_name")};
inline constexpr std::string_view needs[] = {"/start_date", "/elapsed_time|/moving_time", "/sport_type|/type", "/id|/upload_id|/distance"};
inline constexpr std::string_view lacks[] = {"/lap_index", "/distance_raw", "/icu_recording_time", "/icu_training_load", "/icu_athlete_id", "/source", "/segment"};
inline constexpr std::string_view places[] = {"", "/activity", "/activities"};
inline constexpr std::string_view sport_at[] = {"/sport_type", "/type"};
inline constexpr origin_rule origins[] = {
    {"/external_id", "garmin_push_", "garmin", {}},
    {"/external_id", "garmin_ping_", "garmin", {}},
    {"/external_id", "zwift-activity-", "zwift", {}},
    {"/external_id", "", "", {}},  // a file name or a hash: says that there was a file
};
inline constexpr sport_hint hints[] = {
    {"/trainer", "true", "cycling", "indoor_cycling"}, {"/trainer", "true", "running", "treadmill_running"},
};

inline constexpr number_rule web_numbers[] = {
    take(elapsed, "/elapsed_time_raw"),
    take(moving, "/moving_time_raw"),
    take(distance_m, "/distance_raw"),  // `distance` is text in the account's language and unit
    take(elevation_gain_m, "/elevation_gain_raw"),
};
inline constexpr moment_rule web_start[] = {{"/start_time", stamp::text, zone_rule::utc}};
inline constexpr offset_rule web_offset[] = {local_at("/start_date_local_raw", stamp::unix_s)};
inline constexpr std::string_view web_needs[] = {"/distance_raw", "/elapsed_time_raw", "/start_time"};
inline constexpr std::string_view web_places[] = {"/models", ""};

inline constexpr moment_rule csv_start[] = {{"/Activity Date", stamp::words, zone_rule::utc}};  // without a mark, yet UTC
inline constexpr number_rule csv_numbers[] = {
    take(elapsed, "/Elapsed Time"),
    take(timer, "/Timer Time"),
    take(moving, "/Moving Time"),
    take(distance_m, "/Distance#2"),  // the second column of that name is in metres …
    take(distance_m, "/Distance", units::kilometer),  // … the first in kilometres
    take(elevation_gain_m, "/Elevation Gain"),
    take(energy_kcal, "/Calories"),
    take(avg_speed_mps, "/Average Speed"),
    take(max_speed_mps, "/Max Speed").none(0),
    take(avg_heart_rate_bpm, "/Average Heart Rate"),
    take(max_heart_rate_bpm, "/Max Heart Rate#2"),
    take(max_heart_rate_bpm, "/Max Heart Rate"),
    take(avg_cadence_rpm, "/Average Cadence"),
    take(avg_power_w, "/Average Watts"),
    take(max_power_w, "/Max Watts"),
    take(avg_temperature_c, "/Average Temperature"),
    take(rpe, "/Perceived Exertion"),
};
inline constexpr text_rule csv_says[] = {
    say_id(texts::external_id, "/Activity ID"),
    say(texts::name, "/Activity Name"),
    say(texts::notes, "/Activity Description"),
    say(texts::notes, "/Activity Private Note"),
};
inline constexpr std::string_view csv_needs[] = {"/Activity ID", "/Activity Date"};
inline constexpr std::string_view csv_sport_at[] = {"/Activity Type"};
inline constexpr sport_names vocabulary[] = {
    {"running", "Run"}, {"trail_running", "TrailRun"}, {"virtual_running", "VirtualRun"}, {"cycling", "Ride"},
    {"mountain_biking", "MountainBikeRide"}, {"gravel_cycling", "GravelRide"}, {"e_biking", "EBikeRide"}, {"e_mountain_biking", "EMountainBikeRide"},
    {"virtual_cycling", "VirtualRide"}, {"recumbent_cycling", "Velomobile"}, {"handcycling", "Handcycle"}, {"swimming", "Swim"}, {"walking", "Walk"},
    {"hiking", "Hike"}, {"alpine_skiing", "AlpineSki"}, {"backcountry_skiing", "BackcountrySki"}, {"cross_country_skiing", "NordicSki"},
    {"snowboarding", "Snowboard"}, {"snowshoeing", "Snowshoe"}, {"ice_skating", "IceSkate"}, {"rowing", "Rowing"}, {"kayaking", "Kayaking"},
    {"canoeing", "Canoeing"}, {"stand_up_paddling", "StandUpPaddling"}, {"surfing", "Surfing"}, {"kitesurfing", "Kitesurf"},
    {"windsurfing", "Windsurf"}, {"sailing", "Sail"}, {"strength_training", "WeightTraining"}, {"yoga", "Yoga"}, {"pilates", "Pilates"},
    {"functional_training", "Crossfit"}, {"elliptical", "Elliptical"}, {"stair_climbing", "StairStepper"}, {"hiit", "HighIntensityIntervalTraining"},
    {"pickleball", "Pickleball"}, {"racquetball", "Racquetball"}, {"squash", "Squash"}, {"badminton", "Badminton"}, {"table_tennis", "TableTennis"},
    {"tennis", "Tennis"}, {"soccer", "Soccer"}, {"rock_climbing", "RockClimbing"}, {"golf", "Golf"}, {"skateboarding", "Skateboard"},
    {"inline_skating", "InlineSkate"}, {"roller_skiing", "RollerSki"}, {"wheelchair", "Wheelchair"}, {"workout", "Workout"},
    {"indoor_rowing", "VirtualRow"}, {"dance", "Dance"}, {"padel", "Padel"}, {"basketball", "Basketball"}, {"volleyball", "Volleyball"},
    {"cricket", "Cricket"},
};
}  // namespace strava_data

inline constexpr profile strava{
    .name = "strava", .source = "strava", .needs = strava_data::needs, .lacks = strava_data::lacks, .places = strava_data::places,
    .start = strava_data::start, .offset = strava_data::offset, .zone = "/timezone", .numbers = strava_data::numbers, .says = strava_data::says,
    .sport = strava_data::sport_at, .vocabulary = strava_data::vocabulary, .hints = strava_data::hints, .origins = strava_data::origins,
    .account = "/athlete/id",
};
inline constexpr profile strava_web{
    .name = "strava training log", .source = "strava", .needs = strava_data::web_needs, .places = strava_data::web_places,
    .start = strava_data::web_start, .offset = strava_data::web_offset, .numbers = strava_data::web_numbers, .says = strava_data::says,
    .sport = strava_data::sport_at, .vocabulary = strava_data::vocabulary, .hints = strava_data::hints,
};
inline constexpr profile strava_csv{
    .name = "strava activities.csv", .source = "strava", .needs = strava_data::csv_needs, .start = strava_data::csv_start,
    .numbers = strava_data::csv_numbers, .says = strava_data::csv_says, .sport = strava_data::csv_sport_at, .vocabulary = strava_data::vocabulary,
};
}  // namespace coincide::providers

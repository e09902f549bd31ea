// SPDX-License-Identifier: BSL-1.0
//
// Google Fit: sessions with the datasets beside them, activity segments, and the sessions of an export (Takeout).
// Source: Google Fit REST reference (closed to new use). Numbers of sessions are text. Distances and energies lie in datasets of the
// whole page; those that begin within the session are summed. Types such as still, tilting or asleep are no workouts.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace google_fit_data {
inline constexpr moment_rule start[] = {{"/startTimeMillis", stamp::unix_ms}};
inline constexpr moment_rule end[] = {{"/endTimeMillis", stamp::unix_ms}};
inline constexpr moment_rule updated[] = {{"/modifiedTimeMillis", stamp::unix_ms}};
inline constexpr number_rule numbers[] = {
    take(moving, "/activeTimeMillis", units::millisecond).encoded(encoding::text_number),
    take(distance_m, "/value/0/fpVal").summed("^/datasets/com.google.distance.delta", "/startTimeNanos", stamp::unix_ns),
    take(energy_kcal, "/value/0/fpVal").summed("^/datasets/com.google.calories.expended", "/startTimeNanos", stamp::unix_ns),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say(texts::name, "/name"), say(texts::notes, "/description")};
inline constexpr std::string_view needs[] = {"/startTimeMillis", "/endTimeMillis", "/activityType"};
inline constexpr std::string_view places[] = {"/session", ""};
inline constexpr std::string_view sport_at[] = {"/activityType"};
inline constexpr origin_rule origins[] = {{"", "", "", "/application/packageName"}};
inline constexpr sport_hint not_activities[] = {
    {"/activityType", "3", {}, {}}, {"/activityType", "4", {}, {}}, {"/activityType", "5", {}, {}}, {"/activityType", "72", {}, {}}, {"/activityType", "109", {}, {}}, {"/activityType", "110", {}, {}}, {"/activityType", "111", {}, {}}, {"/activityType", "112", {}, {}}, {"/activityType", "117", {}, {}}, {"/activityType", "118", {}, {}},
};

inline constexpr moment_rule segment_start[] = {{"/startTimeNanos", stamp::unix_ns}};
inline constexpr moment_rule segment_end[] = {{"/endTimeNanos", stamp::unix_ns}};
inline constexpr sport_hint segment_not_activities[] = {
    {"/value/0/intVal", "3", {}, {}}, {"/value/0/intVal", "4", {}, {}}, {"/value/0/intVal", "5", {}, {}}, {"/value/0/intVal", "72", {}, {}}, {"/value/0/intVal", "109", {}, {}}, {"/value/0/intVal", "110", {}, {}}, {"/value/0/intVal", "111", {}, {}}, {"/value/0/intVal", "112", {}, {}}, {"/value/0/intVal", "117", {}, {}}, {"/value/0/intVal", "118", {}, {}},
};
inline constexpr std::string_view segment_needs[] = {"/startTimeNanos", "/endTimeNanos", "/dataTypeName==com.google.activity.segment"};
inline constexpr std::string_view segment_places[] = {"/point"};
inline constexpr std::string_view segment_sport_at[] = {"/value/0/intVal"};

inline constexpr moment_rule takeout_start[] = {{"/startTime", stamp::text, zone_rule::utc}};
inline constexpr moment_rule takeout_end[] = {{"/endTime", stamp::text, zone_rule::utc}};
inline constexpr number_rule takeout_numbers[] = {
    take(distance_m, "/aggregate/[metricName=com.google.distance.delta]/floatValue"),
    take(energy_kcal, "/aggregate/[metricName=com.google.calories.expended]/floatValue"),
    take(avg_speed_mps, "/aggregate/[metricName=com.google.speed.summary]/floatValue"),
};
inline constexpr std::string_view takeout_needs[] = {"/fitnessActivity", "/startTime", "/endTime"};
inline constexpr std::string_view takeout_sport_at[] = {"/fitnessActivity"};
inline constexpr sport_hint takeout_not_activities[] = {
    {"/fitnessActivity", "still", {}, {}}, {"/fitnessActivity", "unknown", {}, {}}, {"/fitnessActivity", "tilting", {}, {}}, {"/fitnessActivity", "sleep", {}, {}},
    {"/fitnessActivity", "sleep.light", {}, {}}, {"/fitnessActivity", "sleep.deep", {}, {}}, {"/fitnessActivity", "sleep.rem", {}, {}}, {"/fitnessActivity", "sleep.awake", {}, {}},
};
inline constexpr sport_names vocabulary[] = {
    {"driving", "0|in_vehicle"}, {"cycling", "1|biking|19|utility_biking"},
    {"walking", "2|on_foot|7|walking|93|walking_fitness|116|walking_stroller"}, {"running", "8|running|56|jogging|57|running_on_sand"},
    {"aerobics", "9|aerobics|101|zumba"}, {"badminton", "10|badminton"}, {"baseball", "11|baseball|120|softball"}, {"basketball", "12|basketball"},
    {"winter_sport", "13|biathlon|71|sledding"}, {"handcycling", "14|hand_bike"}, {"mountain_biking", "15|mountain_bike"},
    {"road_cycling", "16|road_biking"}, {"indoor_cycling", "17|spinning|18|stationary_bike|103|ergometer"}, {"boxing", "20|boxing|42|kickboxing"},
    {"functional_training", "21|calisthenics|113|crossfit"}, {"circuit_training", "22|circuit_training"}, {"cricket", "23|cricket"},
    {"dance", "24|dancing"}, {"elliptical", "25|elliptical"}, {"fencing", "26|fencing"}, {"american_football", "27|football_american"},
    {"australian_football", "28|football_australian"}, {"soccer", "29|soccer"}, {"disc_sport", "30|frisbee"},
    {"chores", "31|gardening|38|housework"}, {"golf", "32|golf"}, {"gymnastics", "33|gymnastics"}, {"handball", "34|handball"},
    {"hiking", "35|hiking"}, {"hockey", "36|hockey"}, {"horse_riding", "37|horseback_riding|50|polo"}, {"jump_rope", "39|jump_rope"},
    {"kayaking", "40|kayaking"}, {"strength_training", "41|kettlebell_training|80|strength_training|97|weightlifting"},
    {"kitesurfing", "43|kitesurfing|69|kite_skiing"}, {"martial_arts", "44|martial_arts|46|mixed_martial_arts"},
    {"meditation", "45|meditation|122|guided_breathing"}, {"workout", "47|p90x|115|interval_training"}, {"flying", "48|paragliding"},
    {"pilates", "49|pilates"}, {"racquetball", "51|racquetball"}, {"rock_climbing", "52|rock_climbing"}, {"rowing", "53|rowing"},
    {"indoor_rowing", "54|rowing_machine"}, {"rugby", "55|rugby"}, {"treadmill_running", "58|treadmill_running|88|treadmill"},
    {"sailing", "59|sailing"}, {"diving", "60|scuba_diving|102|diving"}, {"skateboarding", "61|skateboarding"},
    {"ice_skating", "62|skating|104|ice_skating|105|indoor_skating"}, {"roller_skiing", "63|cross_skating|70|roller_skiing"},
    {"inline_skating", "64|inline_skating"}, {"skiing", "65|skiing"}, {"backcountry_skiing", "66|back_country_skiing"},
    {"cross_country_skiing", "67|cross_country_skiing"}, {"alpine_skiing", "68|downhill_skiing"}, {"snowboarding", "73|snowboarding"},
    {"snowmobiling", "74|snowmobile"}, {"snowshoeing", "75|snowshoeing"}, {"squash", "76|squash"},
    {"stair_climbing", "77|stair_climbing|78|stair_machine"}, {"stand_up_paddling", "79|stand_up_paddleboarding"}, {"surfing", "81|surfing"},
    {"swimming", "82|swimming"}, {"pool_swimming", "83|swimming_pool"}, {"open_water_swimming", "84|swimming_open_water"},
    {"table_tennis", "85|table_tennis"}, {"team_sport", "86|team_sports"}, {"tennis", "87|tennis"},
    {"volleyball", "89|volleyball|90|volleyball_beach|91|volleyball_indoor"}, {"wakeboarding", "92|wakeboarding"},
    {"nordic_walking", "94|nordic_walking"}, {"indoor_walking", "95|treadmill_walking"}, {"water_polo", "96|water_polo"},
    {"wheelchair", "98|wheelchair"}, {"windsurfing", "99|windsurfing"}, {"yoga", "100|yoga"}, {"bowling", "106|curling"}, {"other", "108|other"},
    {"hiit", "114|hiit"}, {"archery", "119|archery"},
};
}  // namespace google_fit_data

inline constexpr profile google_fit{
    .name = "google fit", .source = "google_fit", .needs = google_fit_data::needs, .places = google_fit_data::places, .start = google_fit_data::start,
    .end = google_fit_data::end, .numbers = google_fit_data::numbers, .says = google_fit_data::says, .sport = google_fit_data::sport_at,
    .vocabulary = google_fit_data::vocabulary, .origins = google_fit_data::origins, .apps = apps, .updated = google_fit_data::updated,
    .not_activities = google_fit_data::not_activities,
};
inline constexpr profile google_fit_segment{
    .name = "google fit segments", .source = "google_fit", .needs = google_fit_data::segment_needs, .places = google_fit_data::segment_places,
    .start = google_fit_data::segment_start, .end = google_fit_data::segment_end, .numbers = {}, .says = {}, .make_id = true,
    .sport = google_fit_data::segment_sport_at, .vocabulary = google_fit_data::vocabulary, .updated = google_fit_data::updated,
    .not_activities = google_fit_data::segment_not_activities,
};
inline constexpr profile google_fit_takeout{
    .name = "google fit takeout", .source = "google_fit", .needs = google_fit_data::takeout_needs, .start = google_fit_data::takeout_start,
    .end = google_fit_data::takeout_end, .numbers = google_fit_data::takeout_numbers, .says = {}, .make_id = true, .sport = google_fit_data::takeout_sport_at,
    .vocabulary = google_fit_data::vocabulary, .not_activities = google_fit_data::takeout_not_activities,
};
}  // namespace coincide::providers

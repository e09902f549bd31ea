// SPDX-License-Identifier: BSL-1.0
//
// Suunto: workouts of the cloud API, and the DeviceLog (SML as JSON) of the watch.
// Source: Suunto app cloud API and importers of its logs. totalTime is seconds in one sample and milliseconds in another: the
// span decides, else that no workout lasts four days. `hrmax` and `userMaxHR` are the user's settings. The DeviceLog counts in
// hertz, radians, kelvin and joules, and its ActivityType is an enum of its own.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace suunto_data {
inline constexpr moment_rule start[] = {{"/startTime", stamp::unix_ms}, {"/startTime", stamp::text}};
inline constexpr moment_rule end[] = {{"/stopTime", stamp::unix_ms}, {"/stopTime", stamp::text}};
inline constexpr offset_rule offset[] = {offset_as("/timeOffsetInMinutes", units::minute)};
inline constexpr number_rule numbers[] = {
    take(moving, "/totalTime").or_in(0.001, "span|/totalDistance per /avgSpeed", 1, 4 * 86400).at_most(1.5),
    take(distance_m, "/totalDistance"),
    take(elevation_gain_m, "/totalAscent"),
    take(energy_kcal, "/energyConsumption"),
    take(energy_kcal, "/totalCalories"),
    take(avg_speed_mps, "/avgSpeed"),
    take(max_speed_mps, "/maxSpeed"),
    take(avg_heart_rate_bpm, "/hrdata/workoutAvgHR"),
    take(avg_heart_rate_bpm, "/avgHR"),
    take(max_heart_rate_bpm, "/hrdata/workoutMaxHR"),
    take(max_heart_rate_bpm, "/maxHR"),
    take(avg_cadence_rpm, "/cadence/avg", units::hertz).or_in(1, {}, 1, 300),
    take(avg_cadence_rpm, "/avgCadence", units::hertz).or_in(1, {}, 1, 300),
    take(start_lat_deg, "/startPosition/y"),
    take(start_lon_deg, "/startPosition/x"),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/workoutKey"), say_id(texts::external_id, "/workoutId"), say(texts::name, "/workoutName"), say(texts::notes, "/description"),
    say(texts::manufacturer, "/gear/manufacturer"), say(texts::model, "/gear/displayName"), say(texts::model, "/gear/name"), say_id(texts::serial, "/gear/serialNumber"),
};
inline constexpr std::string_view needs[] = {"/workoutKey|/workoutId", "/startTime", "/totalTime"};
inline constexpr std::string_view lacks[] = {"/workoutTypeValueId"};  // TrainingPeaks
inline constexpr std::string_view places[] = {"", "/payload", "/workouts", "/workout"};
inline constexpr std::string_view sport_at[] = {"/activityId"};

inline constexpr moment_rule log_start[] = {{"/DeviceLog/Header/DateTime"}};
inline constexpr number_rule log_numbers[] = {
    take(elapsed, "/DeviceLog/Header/Duration").plus("/DeviceLog/Header/PauseDuration"),
    take(moving, "/DeviceLog/Header/Duration"),
    take(distance_m, "/DeviceLog/Header/Distance"),
    take(elevation_gain_m, "/DeviceLog/Header/Ascent"),
    take(energy_kcal, "/DeviceLog/Header/Energy", units::joule),
    take(avg_heart_rate_bpm, "/DeviceLog/Header/HR/0/Avg", units::hertz),
    take(max_heart_rate_bpm, "/DeviceLog/Header/HR/0/Max", units::hertz),
    take(avg_cadence_rpm, "/DeviceLog/Header/Cadence/0/Avg", units::hertz),
    take(avg_speed_mps, "/DeviceLog/Header/Speed/0/Avg"),
    take(max_speed_mps, "/DeviceLog/Header/Speed/0/Max"),
    take(avg_temperature_c, "/DeviceLog/Header/Temperature/0/Avg", units::kelvin),
    take(start_lat_deg, "/DeviceLog/Samples/0/Latitude", units::radian),
    take(start_lon_deg, "/DeviceLog/Samples/0/Longitude", units::radian),
};
inline constexpr text_rule log_says[] = {
    say(texts::model, "/DeviceLog/Header/Device/Name"), say(texts::model, "/DeviceLog/Device/Name"), say_id(texts::serial, "/DeviceLog/Device/SerialNumber"),
    say_id(texts::sport_name, "/DeviceLog/Header/ActivityType"),
};
inline constexpr sample_column log_columns[] = {
    {samples::ele, "/Altitude"}, {samples::hr, "/HR", 60.0}, {samples::power, "/Power"}, {samples::cadence, "/Cadence", 60.0},
    {samples::speed, "/Speed"}, {samples::distance, "/Distance"},
};
inline constexpr sample_rule log_track[] = {{.rows = "/DeviceLog/Samples", .time = "/TimeISO8601", .time_factor = 0, .form = stamp::text, .lat = "/Latitude",
                                          .lon = "/Longitude", .angle_factor = units::radian.factor, .columns = log_columns}};
inline constexpr std::string_view log_needs[] = {"/DeviceLog/Header/DateTime"};
inline constexpr sport_names vocabulary[] = {
    {"walking", "0|Walking"}, {"running", "1|Running|59|Track and field"}, {"cycling", "2|Cycling"},
    {"cross_country_skiing", "3|Cross-country skiing|117|Skate skiing|118|Classic skiing"}, {"other", "4|Sports|5|6|7|8|9"},
    {"mountain_biking", "10|Mountain biking"}, {"hiking", "11|Hiking|70|Trekking"}, {"inline_skating", "12|Roller skating"},
    {"alpine_skiing", "13|Downhill skiing|84|Telemarkskiing"}, {"paddling", "14|Paddling"}, {"rowing", "15|Rowing"}, {"golf", "16|Golfing"},
    {"workout", "17|Indoor sports|20|Outdoor gym"}, {"parkour", "18|Parkouring"}, {"team_sport", "19|Ball games"},
    {"swimming", "21|Swimming|100|Mermaiding"}, {"trail_running", "22|Trail running|115|Vertical running"},
    {"strength_training", "23|Gym|63|Kettlebell"}, {"nordic_walking", "24|Nordic walking"}, {"horse_riding", "25|Horseback riding"},
    {"driving", "26|Motorsports"}, {"skateboarding", "27|Skateboarding"}, {"water_sport", "28|Water sports"}, {"climbing", "29|Climbing"},
    {"snowboarding", "30|Snowboarding|110|Splitboarding"}, {"backcountry_skiing", "31|Ski touring|107|Backcountry skiing|116|Ski mountaineering"},
    {"aerobics", "32|Fitness class|69|Aerobics|76|Cheerleading"}, {"soccer", "33|Soccer|67|Futsal"}, {"tennis", "34|Tennis"},
    {"basketball", "35|Basketball"}, {"badminton", "36|Badminton"}, {"baseball", "37|Baseball|45|Softball"}, {"volleyball", "38|Volleyball"},
    {"american_football", "39|American football"}, {"table_tennis", "40|Table tennis"}, {"racquetball", "41|Racquet ball"}, {"squash", "42|Squash"},
    {"hockey", "43|Floorball|113|Field hockey"}, {"handball", "44|Handball"}, {"bowling", "46|Bowling"}, {"cricket", "47|Cricket"},
    {"rugby", "48|Rugby"}, {"ice_skating", "49|Ice skating"}, {"ice_hockey", "50|Ice hockey"}, {"yoga", "51|Yoga/pilates|121|Yoga"},
    {"indoor_cycling", "52|Indoor cycling"}, {"treadmill_running", "53|Treadmill"}, {"functional_training", "54|Crossfit|104|Calisthenics"},
    {"elliptical", "55|Crosstrainer"}, {"roller_skiing", "56|Roller skiing"}, {"indoor_rowing", "57|Indoor rowing"}, {"stretching", "58|Stretching"},
    {"orienteering", "60|Orienteering"}, {"stand_up_paddling", "61|Standup paddling"}, {"martial_arts", "62|Combat sport"}, {"dance", "64|Dancing"},
    {"snowshoeing", "65|Snow shoeing"}, {"disc_sport", "66|Frisbee golf"}, {"multisport", "68|Multisport|80|Adventure racing"},
    {"sailing", "71|Sailing"}, {"kayaking", "72|Kayaking"}, {"circuit_training", "73|Circuit training"}, {"triathlon", "74|Triathlon"},
    {"padel", "75|Padel"}, {"boxing", "77|Boxing"}, {"diving", "78|Scubadiving|79|Freediving|101|Spearfishing"}, {"gymnastics", "81|Gymnastics"},
    {"canoeing", "82|Canoeing"}, {"mountaineering", "83|Mountaineering"}, {"open_water_swimming", "85|Openwater swimming"},
    {"windsurfing", "86|Windsurfing"}, {"kitesurfing", "87|Kitesurfing"}, {"flying", "88|Paragliding"}, {"snorkeling", "90|Snorkeling"},
    {"surfing", "91|Surfing"}, {"duathlon", "92|Swimrun|93|Duathlon|94|Aquathlon"}, {"obstacle_running", "95|Obstacle racing"},
    {"fishing", "96|Fishing"}, {"hunting", "97|Hunting"}, {"transition", "98|Transition"}, {"gravel_cycling", "99|Gravel cycling"},
    {"jump_rope", "102|Jump rope"}, {"track_running", "103|Track running"}, {"e_biking", "105|E-biking"}, {"e_mountain_biking", "106|E-mtb"},
    {"wheelchair", "108|Wheelchair sport"}, {"handcycling", "109|Hand cycling"}, {"winter_sport", "111|Biathlon"}, {"meditation", "112|Meditation"},
    {"cyclocross", "114|Cyclocross"}, {"chores", "119|Chores"}, {"pilates", "120|Pilates"},
};
}  // namespace suunto_data

inline constexpr profile suunto{
    .name = "suunto", .source = "suunto", .needs = suunto_data::needs, .lacks = suunto_data::lacks, .places = suunto_data::places, .start = suunto_data::start, .end = suunto_data::end,
    .offset = suunto_data::offset, .numbers = suunto_data::numbers, .says = suunto_data::says, .sport = suunto_data::sport_at,
    .vocabulary = suunto_data::vocabulary,
};
inline constexpr profile suunto_devicelog{
    .name = "suunto devicelog", .source = "suunto", .needs = suunto_data::log_needs, .start = suunto_data::log_start, .numbers = suunto_data::log_numbers,
    .says = suunto_data::log_says, .make_id = true, .track = suunto_data::log_track,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Apple Health: workouts of export.xml, and HealthKit workouts as apps write them in JSON.
// Source: Apple HealthKit documentation (HKWorkout, HKUnit); exports as recorded. Units follow the user's region and are always
// read. The offset in export.xml is the phone's at export time: the instant is right, the local hour is not, so only HKTimeZone
// counts. `duration` is active time; end - start may be far longer (1683 s against 5064 s). There are no ids in export.xml.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace apple_health_data {
inline constexpr moment_rule start[] = {{"/@startDate"}};
inline constexpr moment_rule end[] = {{"/@endDate"}};
inline constexpr number_rule numbers[] = {
    take(moving, "/@duration", "/@durationUnit", words::duration),
    take(distance_m, "/@totalDistance", "/@totalDistanceUnit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWalkingRunning/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWalkingRunning/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceCycling/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceCycling/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceSwimming/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceSwimming/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWheelchair/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWheelchair/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceDownhillSnowSports/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceDownhillSnowSports/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceRowing/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceRowing/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistancePaddleSports/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistancePaddleSports/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceCrossCountrySkiing/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceCrossCountrySkiing/@unit", words::length),
    take(distance_m, "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceSkatingSports/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierDistanceSkatingSports/@unit", words::length),
    take(energy_kcal, "/@totalEnergyBurned", "/@totalEnergyBurnedUnit", words::energy),
    take(energy_kcal, "/WorkoutStatistics/HKQuantityTypeIdentifierActiveEnergyBurned/@sum", "/WorkoutStatistics/HKQuantityTypeIdentifierActiveEnergyBurned/@unit", words::energy),
    take(avg_heart_rate_bpm, "/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@unit", words::rate),
    take(max_heart_rate_bpm, "/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@maximum", "/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@unit", words::rate),
    take(avg_speed_mps, "/WorkoutStatistics/HKQuantityTypeIdentifierRunningSpeed/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierRunningSpeed/@unit", words::speed),
    take(avg_speed_mps, "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingSpeed/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingSpeed/@unit", words::speed),
    take(avg_speed_mps, "/WorkoutStatistics/HKQuantityTypeIdentifierWalkingSpeed/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierWalkingSpeed/@unit", words::speed),
    take(max_speed_mps, "/WorkoutStatistics/HKQuantityTypeIdentifierRunningSpeed/@maximum", "/WorkoutStatistics/HKQuantityTypeIdentifierRunningSpeed/@unit", words::speed),
    take(max_speed_mps, "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingSpeed/@maximum", "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingSpeed/@unit", words::speed),
    take(avg_cadence_rpm, "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingCadence/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingCadence/@unit", words::rate),
    take(avg_power_w, "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingPower/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingPower/@unit", words::power),
    take(avg_power_w, "/WorkoutStatistics/HKQuantityTypeIdentifierRunningPower/@average", "/WorkoutStatistics/HKQuantityTypeIdentifierRunningPower/@unit", words::power),
    take(max_power_w, "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingPower/@maximum", "/WorkoutStatistics/HKQuantityTypeIdentifierCyclingPower/@unit", words::power),
    take(max_power_w, "/WorkoutStatistics/HKQuantityTypeIdentifierRunningPower/@maximum", "/WorkoutStatistics/HKQuantityTypeIdentifierRunningPower/@unit", words::power),
    take(elevation_gain_m, "/MetadataEntry/HKElevationAscended", {}, words::length).encoded(encoding::measure),
    take(avg_temperature_c, "/MetadataEntry/HKWeatherTemperature", {}, words::temperature).encoded(encoding::measure),
};
inline constexpr text_rule says[] = {
    say(texts::external_id, "/MetadataEntry/HKSyncIdentifier"), say(texts::manufacturer, "/@device/manufacturer"), say(texts::model, "/@device/hardware"),
    say(texts::model, "/@device/name"), say(texts::model, "/@sourceName"),
};
inline constexpr std::string_view needs[] = {"/@workoutActivityType", "/@startDate"};
inline constexpr std::string_view sport_at[] = {"/@workoutActivityType"};
inline constexpr sport_hint hints[] = {
    {"/MetadataEntry/HKIndoorWorkout", "1", "running", "treadmill_running"}, {"/MetadataEntry/HKIndoorWorkout", "1", "cycling", "indoor_cycling"},
    {"/MetadataEntry/HKIndoorWorkout", "1", "walking", "indoor_walking"}, {"/MetadataEntry/HKIndoorWorkout", "1", "rowing", "indoor_rowing"},
    {"/MetadataEntry/HKSwimmingLocationType", "1", "swimming", "pool_swimming"}, {"/MetadataEntry/HKSwimmingLocationType", "2", "swimming", "open_water_swimming"},
};
inline constexpr origin_rule origins[] = {
    {"/MetadataEntry/HKExternalUUID", "", "", "/@sourceName"}, {"/MetadataEntry/HKSyncIdentifier", "", "", "/@sourceName"}, {"", "", "", "/@sourceName"},
};

inline constexpr moment_rule json_start[] = {{"/startDate"}, {"/start"}};
inline constexpr moment_rule json_end[] = {{"/endDate"}, {"/end"}};
inline constexpr number_rule json_numbers[] = {
    take(moving, "/values/[type=duration]/value", "/values/[type=duration]/unit", words::duration),
    take(moving, "/duration/quantity", "/duration/unit", words::duration),  // libraries that write a quantity with its unit
    take(moving, "/duration"),  // HKWorkout.duration is in seconds
    take(distance_m, "/values/[type=distance]/value", "/values/[type=distance]/unit", words::length),
    take(distance_m, "/totalDistance/quantity", "/totalDistance/unit", words::length),
    take(distance_m, "/totalDistance"),
    take(distance_m, "/distance/qty", "/distance/units", words::length),
    take(energy_kcal, "/values/[type=activeEnergyBurned]/value", "/values/[type=activeEnergyBurned]/unit", words::energy),
    take(energy_kcal, "/totalEnergyBurned/quantity", "/totalEnergyBurned/unit", words::energy),
    take(energy_kcal, "/totalEnergyBurned"),
    take(energy_kcal, "/activeEnergyBurned/qty", "/activeEnergyBurned/units", words::energy),
    take(energy_kcal, "/activeEnergy/qty", "/activeEnergy/units", words::energy),
    take(avg_heart_rate_bpm, "/values/[type=averageHeartRate]/value", "/values/[type=averageHeartRate]/unit", words::rate),
    take(avg_heart_rate_bpm, "/avgHeartRate/qty", "/avgHeartRate/units", words::rate),
    take(avg_heart_rate_bpm, "/heartRate/avg/qty", "/heartRate/avg/units", words::rate),
    take(max_heart_rate_bpm, "/values/[type=maxHeartRate]/value", "/values/[type=maxHeartRate]/unit", words::rate),
    take(max_heart_rate_bpm, "/maxHeartRate/qty", "/maxHeartRate/units", words::rate),
    take(max_heart_rate_bpm, "/heartRate/max/qty", "/heartRate/max/units", words::rate),
    take(avg_speed_mps, "/values/[type=averageRunningSpeed]/value", "/values/[type=averageRunningSpeed]/unit", words::speed),
    take(avg_speed_mps, "/values/[type=averageCyclingSpeed]/value", "/values/[type=averageCyclingSpeed]/unit", words::speed),
    take(avg_speed_mps, "/avgSpeed/qty", "/avgSpeed/units", words::speed),
    take(max_speed_mps, "/maxSpeed/qty", "/maxSpeed/units", words::speed),
    take(avg_cadence_rpm, "/values/[type=averageCyclingCadence]/value", "/values/[type=averageCyclingCadence]/unit", words::rate),
    take(avg_cadence_rpm, "/stepCadence/qty", units::steps_per_minute),
    take(avg_power_w, "/values/[type=averageRunningPower]/value", "/values/[type=averageRunningPower]/unit", words::power),
    take(avg_power_w, "/values/[type=averageCyclingPower]/value", "/values/[type=averageCyclingPower]/unit", words::power),
    take(elevation_gain_m, "/values/[type=elevationAscended]/value", "/values/[type=elevationAscended]/unit", words::length),
    take(elevation_gain_m, "/elevationUp/qty", "/elevationUp/units", words::length),
    take(avg_temperature_c, "/values/[type=weatherTemperature]/value", "/values/[type=weatherTemperature]/unit", words::temperature),
    take(avg_temperature_c, "/temperature/qty", "/temperature/units", words::temperature),
};
inline constexpr offset_rule json_offset[] = {offset_text("/zoneOffset")};
inline constexpr sample_column json_columns[] = {{samples::ele, "/altitude"}, {samples::speed, "/speed"}};
inline constexpr sample_rule json_track[] = {{.rows = "/route", .time = "/timestamp", .time_factor = 0, .form = stamp::text, .lat = "/latitude", .lon = "/longitude", .columns = json_columns}};
inline constexpr text_rule json_says[] = {
    say_id(texts::external_id, "/id"), say_id(texts::external_id, "/uuid"), say(texts::manufacturer, "/source/deviceManufacturer"),
    say(texts::model, "/source/productType"), say(texts::model, "/source/deviceModel"), say(texts::manufacturer, "/device/manufacturer"), say(texts::model, "/sourceRevision/productType"),
    say(texts::model, "/device/name"), say(texts::model, "/device"), say(texts::name, "/title"), say(texts::notes, "/notes"),
};
inline constexpr std::string_view json_needs[] = {"/startDate|/start", "/endDate|/end", "/workoutActivityType|/values|/activeEnergyBurned/qty|/activeEnergy/qty|/distance/qty|/isIndoor|/location|/heartRateData"};
inline constexpr std::string_view json_lacks[] = {"^/provider==health_connect", "^/provider==samsung|^/provider==samsung_health|^/provider==google", "/score_state"};
inline constexpr std::string_view json_places[] = {"", "/workouts", "/data/workouts", "/data"};
inline constexpr std::string_view json_sport_at[] = {"/workoutActivityType", "/type", "/name"};
inline constexpr sport_hint json_hints[] = {
    {"/values/[type=indoorWorkout]/value", "true", "running", "treadmill_running"}, {"/values/[type=indoorWorkout]/value", "true", "cycling", "indoor_cycling"},
    {"/values/[type=indoorWorkout]/value", "true", "walking", "indoor_walking"}, {"/values/[type=indoorWorkout]/value", "true", "rowing", "indoor_rowing"},
    {"/values/[type=indoorWorkout]/value", "1", "running", "treadmill_running"}, {"/values/[type=indoorWorkout]/value", "1", "cycling", "indoor_cycling"},
    {"/values/[type=indoorWorkout]/value", "1", "walking", "indoor_walking"}, {"/values/[type=indoorWorkout]/value", "1", "rowing", "indoor_rowing"},
    {"/metadata/HKIndoorWorkout", "true", "running", "treadmill_running"}, {"/metadata/HKIndoorWorkout", "true", "cycling", "indoor_cycling"},
    {"/metadata/HKIndoorWorkout", "1", "running", "treadmill_running"}, {"/metadata/HKIndoorWorkout", "1", "cycling", "indoor_cycling"},
    {"/name", "Indoor Run", "running", "treadmill_running"}, {"/name", "Indoor Walk", "walking", "indoor_walking"}, {"/name", "Indoor Cycling", "cycling", "indoor_cycling"},
    {"/name", "Indoor Rowing", "rowing", "indoor_rowing"}, {"/name", "Pool Swim", "swimming", "pool_swimming"}, {"/name", "Open Water Swim", "swimming", "open_water_swimming"},
    {"/isIndoor", "true", "running", "treadmill_running"}, {"/isIndoor", "true", "cycling", "indoor_cycling"}, {"/isIndoor", "true", "walking", "indoor_walking"},
};
inline constexpr origin_rule json_origins[] = {{"", "", "", "/source/bundleIdentifier"}, {"", "", "", "/source/name"}, {"", "", "", "/sourceName"}};
inline constexpr sport_names vocabulary[] = {
    {"american_football", "AmericanFootball|1"}, {"archery", "Archery|2"}, {"australian_football", "AustralianFootball|3"},
    {"badminton", "Badminton|4"}, {"baseball", "Baseball|Softball|5|42"}, {"basketball", "Basketball|6"}, {"bowling", "Bowling|Curling|7|12"},
    {"boxing", "Boxing|Kickboxing|8|65"}, {"climbing", "Climbing|9"}, {"cricket", "Cricket|10"},
    {"functional_training", "CrossTraining|FunctionalStrengthTraining|11|20"}, {"cycling", "Cycling|Outdoor Cycling|Indoor Cycling|13"},
    {"dance", "Dance|DanceInspiredTraining|CardioDance|SocialDance|14|15|77|78"}, {"elliptical", "Elliptical|16"},
    {"horse_riding", "EquestrianSports|17"}, {"fencing", "Fencing|18"}, {"fishing", "Fishing|19"}, {"golf", "Golf|21"},
    {"gymnastics", "Gymnastics|22"}, {"handball", "Handball|23"}, {"hiking", "Hiking|24"}, {"hockey", "Hockey|25"}, {"hunting", "Hunting|26"},
    {"lacrosse", "Lacrosse|27"}, {"martial_arts", "MartialArts|28"}, {"meditation", "MindAndBody|29"},
    {"cardio", "MixedMetabolicCardioTraining|StepTraining|MixedCardio|30|69|73"}, {"paddling", "PaddleSports|31"}, {"other", "Play|Other|32|3000"},
    {"stretching", "PreparationAndRecovery|Flexibility|Cooldown|33|62|80"}, {"racquetball", "Racquetball|34"}, {"rowing", "Rowing|Outdoor Rowing|Indoor Rowing|35"},
    {"rugby", "Rugby|36"}, {"running", "Running|TrackAndField|Outdoor Run|Indoor Run|37|49"}, {"sailing", "Sailing|38"}, {"ice_skating", "SkatingSports|39"},
    {"winter_sport", "SnowSports|40"}, {"soccer", "Soccer|41"}, {"squash", "Squash|43"}, {"stair_climbing", "StairClimbing|Stairs|44|68"},
    {"surfing", "SurfingSports|45"}, {"swimming", "Swimming|Pool Swim|Open Water Swim|46"}, {"table_tennis", "TableTennis|47"}, {"tennis", "Tennis|48"},
    {"strength_training", "TraditionalStrengthTraining|50"}, {"volleyball", "Volleyball|51"}, {"walking", "Walking|Outdoor Walk|Indoor Walk|52"},
    {"water_fitness", "WaterFitness|53"}, {"water_polo", "WaterPolo|54"}, {"water_sport", "WaterSports|55"}, {"wrestling", "Wrestling|56"},
    {"yoga", "Yoga|57"}, {"barre", "Barre|58"}, {"core_training", "CoreTraining|59"}, {"cross_country_skiing", "CrossCountrySkiing|60"},
    {"alpine_skiing", "DownhillSkiing|61"}, {"hiit", "HighIntensityIntervalTraining|63"}, {"jump_rope", "JumpRope|64"}, {"pilates", "Pilates|66"},
    {"snowboarding", "Snowboarding|67"}, {"wheelchair", "WheelchairWalkPace|WheelchairRunPace|70|71"}, {"tai_chi", "TaiChi|72"},
    {"handcycling", "HandCycling|74"}, {"disc_sport", "DiscSports|75"}, {"gaming", "FitnessGaming|76"}, {"pickleball", "Pickleball|79"},
    {"triathlon", "SwimBikeRun|82"}, {"transition", "Transition|83"}, {"diving", "UnderwaterDiving|84"},
};
}  // namespace apple_health_data

inline constexpr profile apple_export{
    .name = "apple export.xml", .source = "apple_health", .needs = apple_health_data::needs, .start = apple_health_data::start, .end = apple_health_data::end,
    .offset_untrusted = true, .zone = "/MetadataEntry/HKTimeZone", .numbers = apple_health_data::numbers, .says = apple_health_data::says, .make_id = true,
    .sport = apple_health_data::sport_at, .vocabulary = apple_health_data::vocabulary, .name_prefix = "HKWorkoutActivityType",
    .hints = apple_health_data::hints, .origins = apple_health_data::origins, .apps = apps,
};
inline constexpr profile apple_json{
    .name = "apple healthkit json", .source = "apple_health", .needs = apple_health_data::json_needs, .lacks = apple_health_data::json_lacks, .places = apple_health_data::json_places,
    .start = apple_health_data::json_start, .end = apple_health_data::json_end, .offset = apple_health_data::json_offset,
    .zone = "/metadata/HKTimeZone", .numbers = apple_health_data::json_numbers,
    .says = apple_health_data::json_says, .make_id = true, .sport = apple_health_data::json_sport_at, .vocabulary = apple_health_data::vocabulary,
    .name_prefix = "HKWorkoutActivityType", .hints = apple_health_data::json_hints, .origins = apple_health_data::json_origins, .apps = apps,
    .track = apple_health_data::json_track,
};
}  // namespace coincide::providers

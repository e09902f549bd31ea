// SPDX-License-Identifier: BSL-1.0
//
// Garmin Connect: activity lists and details of the web, searches from before 2018, and the account export.
// Source: lists of 2019 and 2026, details, and the account export, as recorded. `elapsedDuration` was milliseconds in 2019 and is
// seconds in 2026 under the same name: the timer time decides. Run cadence counts both legs on the web, one in the export; the
// export is in centimetres, milliseconds and tens of metres a second.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace garmin_connect_data {
inline constexpr moment_rule start[] = {{"/startTimeGMT", stamp::text, zone_rule::utc}, {"/beginTimestamp", stamp::unix_ms}};
inline constexpr offset_rule offset[] = {local_at("/startTimeLocal")};
inline constexpr number_rule numbers[] = {
    take(timer, "/duration"),
    take(elapsed, "/elapsedDuration").or_in(0.001, "/duration|/movingDuration|/distance per /averageSpeed").at_least(0.9),
    take(moving, "/movingDuration"),
    take(distance_m, "/distance"),
    take(elevation_gain_m, "/elevationGain"),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/averageSpeed"),
    take(max_speed_mps, "/maxSpeed"),
    take(avg_heart_rate_bpm, "/averageHR"),
    take(max_heart_rate_bpm, "/maxHR"),
    take(avg_cadence_rpm, "/averageRunningCadenceInStepsPerMinute", units::steps_per_minute),
    take(avg_cadence_rpm, "/averageBikingCadenceInRevPerMinute"),
    take(avg_cadence_rpm, "/averageSwimCadenceInStrokesPerMinute"),
    take(avg_power_w, "/avgPower"),
    take(max_power_w, "/maxPower"),
    take(start_lat_deg, "/startLatitude"),
    take(start_lon_deg, "/startLongitude"),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/activityId"), say(texts::name, "/activityName"), say(texts::notes, "/description"),
    say(texts::manufacturer, "/manufacturer"), say_id(texts::serial, "/deviceId"), say_id(texts::parent_id, "/parentId"),
};
inline constexpr std::string_view needs[] = {"/activityId", "/startTimeGMT|/beginTimestamp", "/activityType/typeKey"};
inline constexpr std::string_view places[] = {"", "/activityList", "/activities", "/ActivitiesForDay/payload"};
inline constexpr std::string_view sport_at[] = {"/activityType/typeKey"};

inline constexpr moment_rule detail_start[] = {{"/summaryDTO/startTimeGMT", stamp::text, zone_rule::utc}};
inline constexpr moment_rule detail_updated[] = {{"/metadataDTO/lastUpdateDate", stamp::text, zone_rule::utc}};
inline constexpr offset_rule detail_offset[] = {local_at("/summaryDTO/startTimeLocal")};
inline constexpr number_rule detail_numbers[] = {
    take(timer, "/summaryDTO/duration"),
    take(elapsed, "/summaryDTO/elapsedDuration"),  // seconds in every year
    take(moving, "/summaryDTO/movingDuration"),
    take(distance_m, "/summaryDTO/distance"),
    take(elevation_gain_m, "/summaryDTO/elevationGain"),
    take(energy_kcal, "/summaryDTO/calories"),
    take(avg_speed_mps, "/summaryDTO/averageSpeed"),
    take(max_speed_mps, "/summaryDTO/maxSpeed"),
    take(avg_heart_rate_bpm, "/summaryDTO/averageHR"),
    take(max_heart_rate_bpm, "/summaryDTO/maxHR"),
    take(avg_cadence_rpm, "/summaryDTO/averageRunCadence", units::steps_per_minute),
    take(avg_cadence_rpm, "/summaryDTO/averageBikeCadence"),
    take(avg_cadence_rpm, "/summaryDTO/averageSwimCadence"),
    take(avg_power_w, "/summaryDTO/averagePower"),
    take(max_power_w, "/summaryDTO/maxPower"),
    take(avg_temperature_c, "/summaryDTO/averageTemperature"),
    take(start_lat_deg, "/summaryDTO/startLatitude"),
    take(start_lon_deg, "/summaryDTO/startLongitude"),
};
inline constexpr text_rule detail_says[] = {
    say_id(texts::external_id, "/activityId"), say(texts::name, "/activityName"), say(texts::notes, "/description"),
    say(texts::manufacturer, "/metadataDTO/manufacturer"), say_id(texts::serial, "/metadataDTO/deviceMetaDataDTO/deviceId"),
};
inline constexpr std::string_view detail_needs[] = {"/activityId", "/summaryDTO/startTimeGMT"};
inline constexpr std::string_view detail_sport_at[] = {"/activityTypeDTO/typeKey", "/activityType/typeKey"};

inline constexpr moment_rule old_start[] = {{"/activitySummary/BeginTimestamp/value", stamp::text, zone_rule::utc}};
inline constexpr number_rule old_numbers[] = {  // every number is text beside its unit
    take(timer, "/activitySummary/SumDuration/value", units::second, "/activitySummary/SumDuration/uom", words::duration).encoded(encoding::text_number),
    take(elapsed, "/activitySummary/SumElapsedDuration/value", units::second, "/activitySummary/SumElapsedDuration/uom", words::duration).encoded(encoding::text_number),
    take(moving, "/activitySummary/SumMovingDuration/value", units::second, "/activitySummary/SumMovingDuration/uom", words::duration).encoded(encoding::text_number),
    take(distance_m, "/activitySummary/SumDistance/value", units::meter, "/activitySummary/SumDistance/uom", words::length).encoded(encoding::text_number),
    take(elevation_gain_m, "/activitySummary/GainElevation/value", units::meter, "/activitySummary/GainElevation/uom", words::length).encoded(encoding::text_number),
    take(energy_kcal, "/activitySummary/SumEnergy/value", units::kilocalorie, "/activitySummary/SumEnergy/uom", words::energy).encoded(encoding::text_number),
    take(avg_speed_mps, "/activitySummary/WeightedMeanSpeed/value", units::meter_per_second, "/activitySummary/WeightedMeanSpeed/uom", words::speed).encoded(encoding::text_number),
    take(max_speed_mps, "/activitySummary/MaxSpeed/value", units::meter_per_second, "/activitySummary/MaxSpeed/uom", words::speed).encoded(encoding::text_number),
    take(avg_heart_rate_bpm, "/activitySummary/WeightedMeanHeartRate/value").encoded(encoding::text_number),
    take(max_heart_rate_bpm, "/activitySummary/MaxHeartRate/value").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/activitySummary/WeightedMeanRunCadence/value", units::steps_per_minute).encoded(encoding::text_number),
    take(avg_cadence_rpm, "/activitySummary/WeightedMeanBikeCadence/value").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/activitySummary/WeightedMeanSwimCadence/value").encoded(encoding::text_number),
    take(avg_power_w, "/activitySummary/WeightedMeanPower/value").encoded(encoding::text_number),
    take(start_lat_deg, "/activitySummary/BeginLatitude/value").encoded(encoding::text_number),
    take(start_lon_deg, "/activitySummary/BeginLongitude/value").encoded(encoding::text_number),
};
inline constexpr text_rule old_says[] = {
    say_id(texts::external_id, "/activityId"), say(texts::name, "/activityName/value"), say(texts::notes, "/activityDescription/value"),
    say(texts::model, "/device/display"),
};
inline constexpr std::string_view old_needs[] = {"/activityId", "/activitySummary/BeginTimestamp/value"};
inline constexpr std::string_view old_places[] = {"/results/activities/*/activity", "/activities", "/activity", ""};
inline constexpr std::string_view old_sport_at[] = {"/activityType/key"};

inline constexpr moment_rule export_start[] = {{"/beginTimestamp", stamp::unix_ms}, {"/startTimeGmt", stamp::unix_ms}};
inline constexpr offset_rule export_offset[] = {local_at("/startTimeLocal", stamp::unix_ms)};  // wall time written as an epoch
inline constexpr number_rule export_numbers[] = {
    take(timer, "/duration", units::millisecond),
    take(elapsed, "/elapsedDuration", units::millisecond),
    take(moving, "/movingDuration", units::millisecond),
    take(distance_m, "/distance", units::centimeter),
    take(elevation_gain_m, "/elevationGain", units::centimeter),
    take(energy_kcal, "/calories"),
    take(avg_speed_mps, "/avgSpeed", units::decameter_per_second),
    take(max_speed_mps, "/maxSpeed", units::decameter_per_second),
    take(avg_heart_rate_bpm, "/avgHr"),
    take(max_heart_rate_bpm, "/maxHr"),
    take(avg_cadence_rpm, "/avgRunCadence"),
    take(avg_cadence_rpm, "/avgDoubleCadence", units::steps_per_minute),
    take(avg_cadence_rpm, "/avgBikeCadence"),
    take(avg_cadence_rpm, "/avgSwimCadence"),
    take(avg_power_w, "/avgPower"),
    take(max_power_w, "/maxPower"),
    take(start_lat_deg, "/startLatitude"),
    take(start_lon_deg, "/startLongitude"),
};
inline constexpr text_rule export_says[] = {
    say_id(texts::external_id, "/activityId"), say(texts::name, "/name"), say(texts::notes, "/description"), say(texts::manufacturer, "/manufacturer"),
    say_id(texts::serial, "/deviceId"), say_id(texts::parent_id, "/parentId"),
};
inline constexpr std::string_view export_needs[] = {"/activityId", "/beginTimestamp|/startTimeGmt", "/duration|/distance"};
inline constexpr std::string_view export_lacks[] = {"/startTimeGMT", "/activityType/typeKey"};
inline constexpr std::string_view export_places[] = {"/*/summarizedActivitiesExport", "/summarizedActivitiesExport", ""};
inline constexpr std::string_view export_sport_at[] = {"/activityType"};
inline constexpr sport_names vocabulary[] = {
    {"other", "all|other|rc_drone|uncategorized|stop_watch|para_sports"}, {"driving", "atv|driving_general"},
    {"backcountry_skiing", "backcountry_skiing|backcountry_skiing_snowboarding"}, {"basketball", "basketball"},
    {"transition", "bikeToRunTransition|runToBikeTransition|swimToBikeTransition|transition|transition_v2|bike_to_run_transition_v2|run_to_bike_transition_v2|swim_to_bike_transition_v2"}, {"bmx", "bmx"}, {"sailing", "boating|sailing|boating_v2|offshore_grinding_v2|offshore_grinding|onshore_grinding_v2|onshore_grinding|sailing_v2"},
    {"bouldering", "bouldering"}, {"boxing", "boxing"}, {"meditation", "breathwork|meditation"}, {"walking", "casual_walking|steps|walking"},
    {"cross_country_skiing", "cross_country_skiing|cross_country_skiing_ws|skate_skiing|skate_skiing_ws"}, {"cycling", "cycling"},
    {"cyclocross", "cyclocross"}, {"mountain_biking", "downhill_biking|mountain_biking|enduro_mtb"}, {"e_biking", "e_bike_fitness"},
    {"e_mountain_biking", "e_bike_mountain|e_enduro_mtb"}, {"elliptical", "elliptical"}, {"cardio", "fitness_equipment|indoor_cardio"},
    {"stair_climbing", "floor_climbing|stair_climbing"}, {"flying", "flying|hang_gliding|sky_diving|wingsuit_flying"}, {"golf", "golf"},
    {"gravel_cycling", "gravel_cycling"}, {"hiit", "hiit"}, {"hiking", "hiking"}, {"horse_riding", "horseback_riding"},
    {"hunting", "hunting_fishing"}, {"indoor_climbing", "indoor_climbing"}, {"indoor_cycling", "indoor_cycling"}, {"indoor_rowing", "indoor_rowing"},
    {"treadmill_running", "indoor_running|treadmill_running"}, {"inline_skating", "inline_skating"}, {"jump_rope", "jump_rope"},
    {"kayaking", "kayaking_v2"}, {"pool_swimming", "lap_swimming"}, {"motorcycling", "motocross|motorcycling"}, {"mountaineering", "mountaineering"},
    {"multisport", "multi_sport"}, {"obstacle_running", "obstacle_run"}, {"open_water_swimming", "open_water_swimming"}, {"paddling", "paddling|paddling_v2"},
    {"padel", "padel|paddelball"}, {"pickleball", "pickleball"}, {"pilates", "pilates"}, {"recumbent_cycling", "recumbent_cycling"},
    {"alpine_skiing", "resort_skiing|resort_skiing_snowboarding|resort_skiing_snowboarding_ws"}, {"snowboarding", "resort_snowboarding|backcountry_snowboarding|snowboarding_ws"}, {"road_cycling", "road_biking"},
    {"rock_climbing", "rock_climbing"}, {"rowing", "rowing|rowing_v2"}, {"rucking", "rucking"}, {"running", "running"}, {"ice_skating", "skating|skating_ws"},
    {"snowshoeing", "snow_shoe|snow_shoe_ws"}, {"snowmobiling", "snowmobiling|snowmobiling_ws"}, {"soccer", "soccer"}, {"speed_walking", "speed_walking"},
    {"stand_up_paddling", "stand_up_paddleboarding|stand_up_paddleboarding_v2"}, {"road_running", "street_running"},
    {"strength_training", "strength_training"}, {"surfing", "surfing|surfing_v2"}, {"swimming", "swimming"}, {"tennis", "tennis|tennis_v2"},
    {"track_cycling", "track_cycling"}, {"track_running", "track_running"}, {"trail_running", "trail_running|ultra_run"}, {"triathlon", "triathlon"},
    {"virtual_cycling", "virtual_ride"}, {"virtual_running", "virtual_run"}, {"wakeboarding", "wakeboarding|wakeboarding_v2"},
    {"rafting", "whitewater_rafting_kayaking|whitewater_rafting_v2|whitewater_rafting"}, {"windsurfing", "wind_kite_surfing|windsurfing_v2"}, {"yoga", "yoga"},
    {"handcycling", "indoor_handcycling"},
    {"stretching", "mobility"},
    {"winter_sport", "winter_sports"},
    {"water_sport", "water_sports"},
    {"fishing", "fishing_v2"},
    {"kitesurfing", "kiteboarding_v2|kiteboarding"},
    {"team_sport", "team_sports"},
    {"baseball", "softball"},
    {"hockey", "field_hockey"},
    {"disc_sport", "ultimate_disc|disc_golf"},
    {"racket_sport", "racket_sports|platform_tennis"},
    {"martial_arts", "mixed_martial_arts"},
    {"wheelchair", "wheelchair_push_run|wheelchair_push_walk"},
};
}  // namespace garmin_connect_data

inline constexpr profile garmin_connect{
    .name = "garmin connect", .source = "garmin", .needs = garmin_connect_data::needs, .places = garmin_connect_data::places,
    .start = garmin_connect_data::start, .offset = garmin_connect_data::offset, .numbers = garmin_connect_data::numbers, .says = garmin_connect_data::says,
    .sport = garmin_connect_data::sport_at, .vocabulary = garmin_connect_data::vocabulary, .account = "/ownerId",
};
inline constexpr profile garmin_connect_detail{
    .name = "garmin connect detail", .source = "garmin", .needs = garmin_connect_data::detail_needs, .start = garmin_connect_data::detail_start,
    .offset = garmin_connect_data::detail_offset, .zone = "/timeZoneUnitDTO/timeZone", .numbers = garmin_connect_data::detail_numbers,
    .says = garmin_connect_data::detail_says, .sport = garmin_connect_data::detail_sport_at, .vocabulary = garmin_connect_data::vocabulary,
    .updated = garmin_connect_data::detail_updated, .account = "/userProfileId",
};
inline constexpr profile garmin_connect_old{
    .name = "garmin connect before 2018", .source = "garmin", .needs = garmin_connect_data::old_needs, .places = garmin_connect_data::old_places,
    .start = garmin_connect_data::old_start, .zone = "/activityTimeZone/key", .numbers = garmin_connect_data::old_numbers,
    .says = garmin_connect_data::old_says, .sport = garmin_connect_data::old_sport_at, .vocabulary = garmin_connect_data::vocabulary,
};
inline constexpr profile garmin_export{
    .name = "garmin account export", .source = "garmin", .needs = garmin_connect_data::export_needs, .lacks = garmin_connect_data::export_lacks,
    .places = garmin_connect_data::export_places, .start = garmin_connect_data::export_start, .offset = garmin_connect_data::export_offset,
    .numbers = garmin_connect_data::export_numbers, .says = garmin_connect_data::export_says, .sport = garmin_connect_data::export_sport_at,
    .vocabulary = garmin_connect_data::vocabulary,
};
}  // namespace coincide::providers

// SPDX-License-Identifier: BSL-1.0
//
// Garmin Health API: activity summaries and activityDetails, as pushed or back-filled.
// Source: Garmin Health API summaries as recorded. The duration is timer time. averageRunCadenceInStepsPerMinute holds one leg
// in spite of its name, but both in records that were back-filled from an account export: the step count decides, else what
// legs can do (100 strides of one leg a minute are 200 steps).
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace garmin_health_data {
inline constexpr moment_rule start[] = {{"/startTimeInSeconds", stamp::unix_s}};
inline constexpr offset_rule offset[] = {offset_as("/startTimeOffsetInSeconds", units::second)};
inline constexpr number_rule numbers[] = {
    take(timer, "/durationInSeconds"),
    take(distance_m, "/distanceInMeters"),
    take(elevation_gain_m, "/totalElevationGainInMeters"),
    take(energy_kcal, "/activeKilocalories"),
    take(avg_speed_mps, "/averageSpeedInMetersPerSecond"),
    pace(avg_speed_mps, "/averagePaceInMinutesPerKilometer", 1000.0 / 60.0),
    take(max_speed_mps, "/maxSpeedInMetersPerSecond"),
    take(avg_heart_rate_bpm, "/averageHeartRateInBeatsPerMinute"),
    take(max_heart_rate_bpm, "/maxHeartRateInBeatsPerMinute"),
    take(avg_cadence_rpm, "/averageRunCadenceInStepsPerMinute").or_in(0.5, "/steps per /durationInSeconds", 30, 100),
    take(avg_cadence_rpm, "/averageBikeCadenceInRoundsPerMinute"),
    take(avg_cadence_rpm, "/averageSwimCadenceInStrokesPerMinute"),
    take(start_lat_deg, "/startingLatitudeInDegree"),
    take(start_lon_deg, "/startingLongitudeInDegree"),
};
inline constexpr text_rule says[] = {
    say_id(texts::external_id, "/activityId"), say_id(texts::external_id, "/summaryId"), say(texts::name, "/activityName"),
    say(texts::model, "/deviceName"), say_id(texts::parent_id, "/parentSummaryId"),
};
inline constexpr std::string_view needs[] = {"/summaryId|/activityId", "/startTimeInSeconds", "/durationInSeconds"};
inline constexpr std::string_view lacks[] = {"/calendarDate", "/met", "/activeTimeInSeconds", "/timeOffsetEpochToBreaths"};
inline constexpr std::string_view places[] = {"", "/activityList", "/activities", "/manuallyUpdatedActivities"};
inline constexpr std::string_view sport_at[] = {"/activityType"};

inline constexpr moment_rule detail_start[] = {{"/summary/startTimeInSeconds", stamp::unix_s}};
inline constexpr offset_rule detail_offset[] = {offset_as("/summary/startTimeOffsetInSeconds", units::second)};
inline constexpr number_rule detail_numbers[] = {
    take(timer, "/summary/durationInSeconds"),
    take(distance_m, "/summary/distanceInMeters"),
    take(elevation_gain_m, "/summary/totalElevationGainInMeters"),
    take(energy_kcal, "/summary/activeKilocalories"),
    take(avg_speed_mps, "/summary/averageSpeedInMetersPerSecond"),
    take(max_speed_mps, "/summary/maxSpeedInMetersPerSecond"),
    take(avg_heart_rate_bpm, "/summary/averageHeartRateInBeatsPerMinute"),
    take(max_heart_rate_bpm, "/summary/maxHeartRateInBeatsPerMinute"),
    take(avg_cadence_rpm, "/summary/averageRunCadenceInStepsPerMinute").or_in(0.5, "/summary/steps per /summary/durationInSeconds", 30, 100),
    take(avg_cadence_rpm, "/summary/averageBikeCadenceInRoundsPerMinute"),
    take(avg_cadence_rpm, "/summary/averageSwimCadenceInStrokesPerMinute"),
    take(start_lat_deg, "/summary/startingLatitudeInDegree"),
    take(start_lon_deg, "/summary/startingLongitudeInDegree"),
};
inline constexpr text_rule detail_says[] = {
    say_id(texts::external_id, "/activityId"), say_id(texts::external_id, "/summary/activityId"), say_id(texts::external_id, "/summaryId"),
    say(texts::name, "/summary/activityName"), say(texts::model, "/summary/deviceName"), say_id(texts::parent_id, "/summary/parentSummaryId"),
};
inline constexpr std::string_view detail_needs[] = {"/summary/startTimeInSeconds", "/summary/durationInSeconds"};
inline constexpr std::string_view detail_places[] = {"", "/activityDetails"};
inline constexpr std::string_view detail_sport_at[] = {"/summary/activityType"};
inline constexpr sample_column columns[] = {
    {samples::ele, "/elevationInMeters"}, {samples::hr, "/heartRate"}, {samples::power, "/powerInWatts"}, {samples::cadence, "/bikeCadenceInRPM"},
    {samples::cadence, "/stepsPerMinute"}, {samples::speed, "/speedMetersPerSecond"}, {samples::distance, "/totalDistanceInMeters"},
};
inline constexpr sample_rule track_at[] = {{.rows = "/samples", .time = "/startTimeInSeconds", .time_factor = 0, .form = stamp::unix_s,
                                         .lat = "/latitudeInDegree", .lon = "/longitudeInDegree", .columns = columns}};
inline constexpr sport_names vocabulary[] = {
    {"running", "RUNNING"}, {"treadmill_running", "INDOOR_RUNNING|TREADMILL_RUNNING"}, {"obstacle_running", "OBSTACLE_RUN"},
    {"road_running", "STREET_RUNNING"}, {"track_running", "TRACK_RUNNING"}, {"trail_running", "TRAIL_RUNNING|ULTRA_RUN"},
    {"virtual_running", "VIRTUAL_RUN"}, {"cycling", "CYCLING"}, {"bmx", "BMX"}, {"cyclocross", "CYCLOCROSS"},
    {"mountain_biking", "DOWNHILL_BIKING|ENDURO_MTB|MOUNTAIN_BIKING"}, {"e_biking", "E_BIKE_FITNESS"},
    {"e_mountain_biking", "E_BIKE_MOUNTAIN|E_ENDURO_MTB"}, {"gravel_cycling", "GRAVEL_CYCLING"}, {"indoor_cycling", "INDOOR_CYCLING"},
    {"recumbent_cycling", "RECUMBENT_CYCLING"}, {"road_cycling", "ROAD_BIKING"}, {"track_cycling", "TRACK_CYCLING"},
    {"virtual_cycling", "VIRTUAL_RIDE"}, {"handcycling", "HANDCYCLING|INDOOR_HANDCYCLING"}, {"cardio", "FITNESS_EQUIPMENT|INDOOR_CARDIO"},
    {"bouldering", "BOULDERING"}, {"elliptical", "ELLIPTICAL"}, {"hiit", "HIIT"}, {"indoor_climbing", "INDOOR_CLIMBING"},
    {"indoor_rowing", "INDOOR_ROWING"}, {"stretching", "MOBILITY"}, {"pilates", "PILATES"}, {"stair_climbing", "STAIR_CLIMBING|FLOOR_CLIMBING"},
    {"strength_training", "STRENGTH_TRAINING"}, {"yoga", "YOGA"}, {"meditation", "MEDITATION|BREATHWORK"}, {"swimming", "SWIMMING"},
    {"pool_swimming", "LAP_SWIMMING"}, {"open_water_swimming", "OPEN_WATER_SWIMMING"}, {"walking", "WALKING|CASUAL_WALKING"},
    {"speed_walking", "SPEED_WALKING"}, {"hiking", "HIKING"}, {"rucking", "RUCKING"}, {"winter_sport", "WINTER_SPORTS"},
    {"snowboarding", "BACKCOUNTRY_SNOWBOARDING|SNOWBOARDING_WS"}, {"backcountry_skiing", "BACKCOUNTRY_SKIING"},
    {"cross_country_skiing", "CROSS_COUNTRY_SKIING_WS|SKATE_SKIING_WS"}, {"alpine_skiing", "RESORT_SKIING|RESORT_SKIING_SNOWBOARDING_WS"},
    {"ice_skating", "SKATING_WS"}, {"snowshoeing", "SNOW_SHOE_WS"}, {"snowmobiling", "SNOWMOBILING_WS"}, {"water_sport", "WATER_SPORTS"},
    {"sailing", "BOATING_V2|BOATING|OFFSHORE_GRINDING_V2|OFFSHORE_GRINDING|ONSHORE_GRINDING_V2|ONSHORE_GRINDING|SAILING_V2|SAILING"},
    {"fishing", "FISHING_V2|FISHING"}, {"kayaking", "KAYAKING_V2|KAYAKING"}, {"kitesurfing", "KITEBOARDING_V2|KITEBOARDING"},
    {"paddling", "PADDLING_V2|PADDLING"}, {"rowing", "ROWING_V2|ROWING"}, {"snorkeling", "SNORKELING"},
    {"stand_up_paddling", "STAND_UP_PADDLEBOARDING_V2|STAND_UP_PADDLEBOARDING"}, {"surfing", "SURFING_V2|SURFING"},
    {"wakeboarding", "WAKEBOARDING_V2|WAKEBOARDING"}, {"water_skiing", "WATERSKIING"}, {"rafting", "WHITEWATER_RAFTING_V2|WHITEWATER_RAFTING"},
    {"windsurfing", "WINDSURFING_V2|WINDSURFING"},
    {"transition",
     "TRANSITION_V2|BIKE_TO_RUN_TRANSITION_V2|BIKE_TO_RUN_TRANSITION|RUN_TO_BIKE_TRANSITION_V2|RUN_TO_BIKE_TRANSITION|"
     "SWIM_TO_BIKE_TRANSITION_V2|SWIM_TO_BIKE_TRANSITION|TRANSITION"},
    {"team_sport", "TEAM_SPORTS"}, {"american_football", "AMERICAN_FOOTBALL"}, {"baseball", "BASEBALL|SOFTBALL"}, {"basketball", "BASKETBALL"},
    {"cricket", "CRICKET"}, {"hockey", "FIELD_HOCKEY"}, {"ice_hockey", "ICE_HOCKEY"}, {"lacrosse", "LACROSSE"}, {"rugby", "RUGBY"},
    {"soccer", "SOCCER"}, {"disc_sport", "ULTIMATE_DISC|DISC_GOLF"}, {"volleyball", "VOLLEYBALL"}, {"racket_sport", "RACKET_SPORTS|PLATFORM_TENNIS"},
    {"badminton", "BADMINTON"}, {"padel", "PADDELBALL"}, {"pickleball", "PICKLEBALL"}, {"racquetball", "RACQUETBALL"}, {"squash", "SQUASH"},
    {"table_tennis", "TABLE_TENNIS"}, {"tennis", "TENNIS_V2|TENNIS"}, {"other", "OTHER|STOP_WATCH|PARA_SPORTS"}, {"boxing", "BOXING"},
    {"dance", "DANCE"}, {"golf", "GOLF"}, {"inline_skating", "INLINE_SKATING"}, {"jump_rope", "JUMP_ROPE"}, {"martial_arts", "MIXED_MARTIAL_ARTS"},
    {"mountaineering", "MOUNTAINEERING"}, {"rock_climbing", "ROCK_CLIMBING"}, {"wheelchair", "WHEELCHAIR_PUSH_RUN|WHEELCHAIR_PUSH_WALK"},
    {"multisport", "MULTI_SPORT"},
};
}  // namespace garmin_health_data

inline constexpr profile garmin_health{
    .name = "garmin health", .source = "garmin", .needs = garmin_health_data::needs, .lacks = garmin_health_data::lacks,
    .places = garmin_health_data::places, .start = garmin_health_data::start, .offset = garmin_health_data::offset,
    .numbers = garmin_health_data::numbers, .says = garmin_health_data::says, .sport = garmin_health_data::sport_at,
    .vocabulary = garmin_health_data::vocabulary, .account = "/userId",
};
inline constexpr profile garmin_health_details{
    .name = "garmin health activityDetails", .source = "garmin", .needs = garmin_health_data::detail_needs, .places = garmin_health_data::detail_places,
    .start = garmin_health_data::detail_start, .offset = garmin_health_data::detail_offset, .numbers = garmin_health_data::detail_numbers,
    .says = garmin_health_data::detail_says, .sport = garmin_health_data::detail_sport_at, .vocabulary = garmin_health_data::vocabulary,
    .track = garmin_health_data::track_at, .account = "/userId",
};
}  // namespace coincide::providers

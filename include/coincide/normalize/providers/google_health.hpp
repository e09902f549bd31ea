// SPDX-License-Identifier: BSL-1.0
//
// Google Health API: exercise data points, the successor of the Fitbit Web API.
// Source: Google Health API reference. Millimetres, millimetres a second and durations as text ("3723s"); cadence counts both legs.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace google_health_data {
inline constexpr moment_rule start[] = {{"/exercise/interval/startTime", stamp::text, zone_rule::utc}};
inline constexpr moment_rule end[] = {{"/exercise/interval/endTime", stamp::text, zone_rule::utc}};
inline constexpr offset_rule offset[] = {offset_text("/exercise/interval/startUtcOffset")};
inline constexpr number_rule numbers[] = {
    take(moving, "/exercise/activeDuration").encoded(encoding::duration),
    take(distance_m, "/exercise/metricsSummary/distanceMillimeters", units::millimeter).encoded(encoding::text_number),
    take(elevation_gain_m, "/exercise/metricsSummary/elevationGainMillimeters", units::millimeter).encoded(encoding::text_number),
    take(energy_kcal, "/exercise/metricsSummary/caloriesKcal").encoded(encoding::text_number),
    take(avg_speed_mps, "/exercise/metricsSummary/averageSpeedMillimetersPerSecond", units::millimeter_per_second).encoded(encoding::text_number),
    pace_text(avg_speed_mps, "/exercise/metricsSummary/averagePaceSecondsPerMeter", 1.0),
    take(avg_heart_rate_bpm, "/exercise/metricsSummary/averageHeartRateBeatsPerMinute").encoded(encoding::text_number),
    take(avg_cadence_rpm, "/exercise/metricsSummary/mobilityMetrics/avgCadenceStepsPerMinute", units::steps_per_minute).encoded(encoding::text_number),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/name"), say_id(texts::external_id, "/dataPointName"), say(texts::name, "/exercise/displayName"), say(texts::notes, "/exercise/notes"), say(texts::model, "/dataSource/device/displayName")};
inline constexpr std::string_view needs[] = {"/exercise/interval/startTime", "/exercise/exerciseType"};
inline constexpr std::string_view places[] = {"", "/dataPoints"};
inline constexpr std::string_view sport_at[] = {"/exercise/exerciseType"};
inline constexpr sport_names vocabulary[] = {
    {"running", "RUNNING|INCLINE_RUN|TRACK_AND_FIELD"}, {"trail_running", "TRAIL_RUN"}, {"treadmill_running", "TREADMILL"},
    {"walking", "WALKING|INCLINE_WALK|STROLLER_WALK|WALK_WITH_WEIGHTS"}, {"nordic_walking", "NORDIC_WALKING"}, {"indoor_walking", "TREADMILL_WALK"},
    {"speed_walking", "POWER_WALKING"}, {"rucking", "RUCKING"}, {"hiking", "HIKING|BACKPACKING"}, {"cycling", "BIKING|OUTDOOR_BIKE|UNICYCLING"},
    {"handcycling", "HAND_CYCLING"}, {"mountain_biking", "MOUNTAIN_BIKE"}, {"indoor_cycling", "STATIONARY_BIKE|ASSAULT_BIKE|SPINNING"},
    {"e_biking", "ELECTRIC_BIKE"}, {"swimming", "SWIMMING|SYNCHRONIZED_SWIMMING"}, {"pool_swimming", "SWIMMING_POOL"},
    {"open_water_swimming", "SWIMMING_OPEN_WATER"}, {"rowing", "ROWING"}, {"indoor_rowing", "ROWING_MACHINE"}, {"kayaking", "KAYAKING"},
    {"canoeing", "CANOEING"}, {"stand_up_paddling", "PADDLEBOARDING"}, {"surfing", "SURFING"},
    {"water_sport", "FOILING|WATER_VOLLEYBALL|WATER_SPORT"}, {"kitesurfing", "KITESURFING"}, {"windsurfing", "WINDSURFING"}, {"sailing", "SAILING"},
    {"wakeboarding", "WAKEBOARDING"}, {"water_skiing", "WATER_SKIING"}, {"water_polo", "WATER_POLO"},
    {"water_fitness", "WATER_AEROBICS|WATER_JOGGING"},
    {"strength_training", "STRENGTH_TRAINING|BODY_WEIGHT|POWERLIFTING|WEIGHTLIFTING|FREE_WEIGHTS|WEIGHTS|WEIGHT_MACHINES|RESISTANCE_BANDS"},
    {"functional_training", "FUNCTIONAL_STRENGTH_TRAINING|CALISTHENICS|TRX|CROSSFIT|CROSS_TRAINING"}, {"core_training", "CORE_TRAINING"},
    {"elliptical", "ELLIPTICAL"}, {"stair_climbing", "STAIRCLIMBER"}, {"cardio", "STEP_TRAINING|CARDIO_WORKOUT|CARDIO_SCULPT"},
    {"jump_rope", "JUMPING_ROPE"}, {"aerobics", "AEROBIC_WORKOUT|EXERCISE_CLASS|CHEERLEADING|ZUMBA"}, {"hiit", "HIIT|TABATA_WORKOUT"},
    {"workout", "INTERVAL_WORKOUT|OUTDOOR_WORKOUT|WORKOUT"}, {"circuit_training", "CIRCUIT_TRAINING|BOOTCAMP"}, {"gaming", "FITNESS_GAMING"},
    {"barre", "BARRE_CLASS"}, {"yoga", "YOGA|YOGA_BIKRAM|YOGA_HATHA|YOGA_POWER|YOGA_VINYASA"}, {"pilates", "PILATES"}, {"stretching", "STRETCHING"},
    {"meditation", "MEDITATE"}, {"tai_chi", "TAI_CHI"}, {"skiing", "SKIING"}, {"cross_country_skiing", "CROSS_COUNTRY_SKI"},
    {"snowboarding", "SNOWBOARDING"}, {"snowshoeing", "SNOWSHOEING"}, {"snowmobiling", "SNOWMOBILING"},
    {"ice_skating", "ICE_SKATING|SPEED_SKATING|SKATING"}, {"winter_sport", "SNOW_SPORT"}, {"soccer", "SOCCER"}, {"basketball", "BASKETBALL"},
    {"baseball", "BASEBALL|SOFTBALL"}, {"american_football", "FOOTBALL_AMERICAN"}, {"australian_football", "FOOTBALL_AUSTRALIAN"},
    {"volleyball", "VOLLEYBALL|VOLLEYBALL_BEACH"}, {"handball", "HANDBALL"}, {"rugby", "RUGBY"}, {"hockey", "HOCKEY|FIELD_HOCKEY"},
    {"lacrosse", "LACROSSE"}, {"cricket", "CRICKET"}, {"tennis", "TENNIS"}, {"table_tennis", "TABLE_TENNIS"}, {"badminton", "BADMINTON"},
    {"squash", "SQUASH"}, {"padel", "PADEL"}, {"pickleball", "PICKELBALL"}, {"racquetball", "RACQUETBALL"}, {"racket_sport", "RACKET_SPORTS"},
    {"boxing", "BOXING|KICKBOXING"}, {"martial_arts", "MARTIAL_ARTS|JIU_JITSU|KARATE|TAEKWONDO|MUAY_THAI"}, {"wrestling", "WRESTLING"},
    {"fencing", "FENCING"}, {"climbing", "CLIMBING"}, {"rock_climbing", "ROCK_CLIMBING"}, {"indoor_climbing", "INDOOR_CLIMBING"},
    {"orienteering", "ORIENTEERING"}, {"archery", "ARCHERY"}, {"fishing", "FISHING"}, {"hunting", "HUNTING"}, {"flying", "PARAGLIDING"},
    {"parkour", "PARKOUR"}, {"horse_riding", "EQUESTRIAN_SPORTS"}, {"golf", "GOLF"}, {"inline_skating", "ROLLER_SKATING|ROLLERBLADING"},
    {"skateboarding", "SKATEBOARDING"}, {"gymnastics", "GYMNASTICS|TRAMPOLINE"}, {"bowling", "BOWLING|CURLING"},
    {"disc_sport", "FRISBEE_PLAYING_GENERAL|ULTIMATE_FRISBEE"}, {"team_sport", "SPORT"}, {"multisport", "MULTISPORT"},
    {"dance", "DANCING|BALLET|BALLROOM_DANCE|BREAKDANCING|HIP_HOP|JAZZ_DANCE|MODERN_DANCE|TANGO"}, {"motorcycling", "MOTORCYCLE|MOTOCROSS"},
    {"diving", "DIVING|SCUBA_DIVING"}, {"snorkeling", "SNORKELING"}, {"wheelchair", "WHEELCHAIR"},
    {"chores", "CLEANING|HOUSEHOLD_CHORES|GARDENING|MOWING_LAWN|SHOVELING|WEEDING|HOEING|CARPENTRY"}, {"other", "OTHER|EXERCISE_TYPE_UNSPECIFIED"},
};
}  // namespace google_health_data

inline constexpr profile google_health{
    .name = "google health", .source = "google_health", .needs = google_health_data::needs, .places = google_health_data::places,
    .start = google_health_data::start, .end = google_health_data::end, .offset = google_health_data::offset, .numbers = google_health_data::numbers,
    .says = google_health_data::says, .make_id = true, .sport = google_health_data::sport_at, .vocabulary = google_health_data::vocabulary,
};
}  // namespace coincide::providers

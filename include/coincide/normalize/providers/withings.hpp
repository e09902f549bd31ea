// SPDX-License-Identifier: BSL-1.0
//
// Withings: the series of getworkouts.
// Source: Withings public API; answers as recorded. Heart rates of 0 mean none; moving time is the span without pause_duration;
// category 128 is no activity.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace withings_data {
inline constexpr moment_rule start[] = {{"/startdate", stamp::unix_s}};
inline constexpr moment_rule end[] = {{"/enddate", stamp::unix_s}};
inline constexpr moment_rule updated[] = {{"/modified", stamp::unix_s}};
inline constexpr number_rule pauses = take(moving, "/data/pause_duration");
inline constexpr number_rule numbers[] = {
    take(distance_m, "/data/distance"),
    take(elevation_gain_m, "/data/elevation"),
    take(energy_kcal, "/data/calories"),
    take(avg_heart_rate_bpm, "/data/hr_average").none(0),
    take(max_heart_rate_bpm, "/data/hr_max").none(0),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id"), say_id(texts::model, "/model"), say_id(texts::serial, "/deviceid")};
inline constexpr std::string_view needs[] = {"/startdate", "/enddate", "/category"};
inline constexpr std::string_view places[] = {"/body/series", "/series", ""};
inline constexpr std::string_view sport_at[] = {"/category"};
inline constexpr sport_hint not_activities[] = {{"/category", "128", {}, {}}};
inline constexpr sport_names vocabulary[] = {
    {"walking", "1|WALK"}, {"running", "2|RUN"}, {"hiking", "3|HIKING"}, {"inline_skating", "4|SKATING"}, {"bmx", "5|BMX"},
    {"cycling", "6|BICYCLING"}, {"swimming", "7|SWIMMING"}, {"surfing", "8|SURFING|11|BODYBOARD"}, {"kitesurfing", "9|KITESURFING"},
    {"windsurfing", "10|WINDSURFING"}, {"tennis", "12|TENNIS"}, {"table_tennis", "13|TABLE_TENNIS"}, {"squash", "14|SQUASH"},
    {"badminton", "15|BADMINTON"}, {"strength_training", "16|LIFT_WEIGHTS"}, {"functional_training", "17|CALISTHENICS"},
    {"elliptical", "18|ELLIPTICAL"}, {"pilates", "19|PILATES"}, {"basketball", "20|BASKET_BALL"}, {"soccer", "21|SOCCER"},
    {"american_football", "22|FOOTBALL"}, {"rugby", "23|RUGBY"}, {"volleyball", "24|VOLLEY_BALL"}, {"water_polo", "25|WATERPOLO"},
    {"horse_riding", "26|HORSE_RIDING"}, {"golf", "27|GOLF"}, {"yoga", "28|YOGA"}, {"dance", "29|DANCING"}, {"boxing", "30|BOXING"},
    {"fencing", "31|FENCING"}, {"wrestling", "32|WRESTLING"}, {"martial_arts", "33|MARTIAL_ARTS"}, {"skiing", "34|SKIING"},
    {"snowboarding", "35|SNOWBOARDING"}, {"other", "36|OTHER"}, {"rowing", "187|ROWING"}, {"aerobics", "188|ZUMBA"}, {"baseball", "191|BASEBALL"},
    {"handball", "192|HANDBALL"}, {"hockey", "193|HOCKEY"}, {"ice_hockey", "194|ICE_HOCKEY"}, {"climbing", "195|CLIMBING"},
    {"ice_skating", "196|ICE_SKATING"}, {"multisport", "272|MULTI_SPORT"}, {"indoor_walking", "306|INDOOR_WALK"},
    {"treadmill_running", "307|INDOOR_RUNNING"}, {"indoor_cycling", "308|INDOOR_CYCLING|547"}, {"stand_up_paddling", "455"}, {"padel", "456"}, {"kayaking", "494"}, {"sailing", "496"}, {"trail_running", "498"},
    {"pickleball", "510"}, {"triathlon", "521"}, {"mountain_biking", "523"}, {"backcountry_skiing", "529"}, {"cricket", "548"}, {"meditation", "551"},
    {"stretching", "552"}, {"lacrosse", "557"},
};
}  // namespace withings_data

inline constexpr profile withings{
    .name = "withings", .source = "withings", .needs = withings_data::needs, .places = withings_data::places, .start = withings_data::start,
    .end = withings_data::end, .zone = "/timezone", .pauses = withings_data::pauses, .numbers = withings_data::numbers, .says = withings_data::says,
    .sport = withings_data::sport_at, .vocabulary = withings_data::vocabulary, .updated = withings_data::updated,
    .not_activities = withings_data::not_activities,
};
}  // namespace coincide::providers

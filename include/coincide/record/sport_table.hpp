// SPDX-License-Identifier: BSL-1.0
//
// The catalogue behind sport.hpp: one row a sport. A row's parent says "is a kind of"; the root of the chain is its family.
// `core` marks the sports every product meets; the others exist because recordings name them. Ids are row numbers and are not
// stable between versions: store the slug.
#pragma once

#include <cstdint>
#include <string_view>

namespace coincide::detail {

enum class sport_place : std::uint8_t { outdoor, indoor, either };

struct sport_row {
    std::string_view slug;
    std::string_view parent;  // empty: the root of its family
    sport_place place;
    bool distance_based;      // a distance is expected; a zero is then "unknown", not "none"
    bool core;
};

inline constexpr sport_row sport_table[] = {
    {"aerobics", "cardio", sport_place::indoor, false, false},
    {"alpine_skiing", "skiing", sport_place::outdoor, true, true},
    {"american_football", "team_sport", sport_place::outdoor, false, true},
    {"archery", "", sport_place::either, false, false},
    {"australian_football", "team_sport", sport_place::outdoor, false, false},
    {"backcountry_skiing", "skiing", sport_place::outdoor, true, true},
    {"badminton", "racket_sport", sport_place::either, false, true},
    {"barre", "", sport_place::indoor, false, false},
    {"baseball", "team_sport", sport_place::outdoor, false, true},
    {"basketball", "team_sport", sport_place::either, false, true},
    {"bmx", "cycling", sport_place::outdoor, true, false},
    {"bouldering", "climbing", sport_place::either, false, false},
    {"bowling", "", sport_place::indoor, false, false},
    {"boxing", "", sport_place::indoor, false, true},
    {"canoeing", "paddling", sport_place::outdoor, true, false},
    {"cardio", "workout", sport_place::indoor, false, true},
    {"chores", "", sport_place::either, false, false},
    {"circuit_training", "workout", sport_place::either, false, true},
    {"climbing", "", sport_place::either, false, true},
    {"commuting_cycling", "cycling", sport_place::outdoor, true, false},
    {"core_training", "strength_training", sport_place::indoor, false, false},
    {"cricket", "team_sport", sport_place::outdoor, false, false},
    {"cross_country_skiing", "skiing", sport_place::outdoor, true, true},
    {"cycling", "", sport_place::either, true, true},
    {"cyclocross", "cycling", sport_place::outdoor, true, false},
    {"dance", "", sport_place::indoor, false, true},
    {"disc_sport", "", sport_place::outdoor, false, false},
    {"diving", "", sport_place::outdoor, false, true},
    {"driving", "", sport_place::outdoor, true, false},
    {"duathlon", "multisport", sport_place::either, true, false},
    {"e_biking", "cycling", sport_place::outdoor, true, true},
    {"e_mountain_biking", "e_biking", sport_place::outdoor, true, false},
    {"elliptical", "cardio", sport_place::indoor, true, true},
    {"fencing", "", sport_place::indoor, false, false},
    {"fishing", "", sport_place::outdoor, false, false},
    {"flying", "", sport_place::outdoor, true, false},
    {"functional_training", "workout", sport_place::indoor, false, true},
    {"gaming", "", sport_place::indoor, false, false},
    {"golf", "", sport_place::outdoor, true, true},
    {"gravel_cycling", "cycling", sport_place::outdoor, true, true},
    {"gymnastics", "", sport_place::indoor, false, false},
    {"handball", "team_sport", sport_place::indoor, false, false},
    {"handcycling", "cycling", sport_place::either, true, true},
    {"hiit", "workout", sport_place::indoor, false, true},
    {"hiking", "walking", sport_place::outdoor, true, true},
    {"hockey", "team_sport", sport_place::either, false, true},
    {"horse_riding", "", sport_place::outdoor, true, true},
    {"hunting", "", sport_place::outdoor, false, false},
    {"ice_hockey", "team_sport", sport_place::indoor, false, true},
    {"ice_skating", "", sport_place::either, true, true},
    {"indoor_climbing", "climbing", sport_place::indoor, false, true},
    {"indoor_cycling", "cycling", sport_place::indoor, true, true},
    {"indoor_rowing", "rowing", sport_place::indoor, true, true},
    {"indoor_skiing", "", sport_place::indoor, true, false},
    {"indoor_walking", "walking", sport_place::indoor, true, true},
    {"inline_skating", "", sport_place::either, true, true},
    {"jump_rope", "cardio", sport_place::either, false, true},
    {"kayaking", "paddling", sport_place::outdoor, true, true},
    {"kitesurfing", "", sport_place::outdoor, true, true},
    {"lacrosse", "team_sport", sport_place::either, false, false},
    {"martial_arts", "", sport_place::indoor, false, true},
    {"meditation", "", sport_place::indoor, false, true},
    {"motorcycling", "", sport_place::outdoor, true, false},
    {"mountain_biking", "cycling", sport_place::outdoor, true, true},
    {"mountaineering", "hiking", sport_place::outdoor, true, true},
    {"multisport", "", sport_place::either, true, true},
    {"nordic_walking", "walking", sport_place::outdoor, true, true},
    {"obstacle_running", "running", sport_place::outdoor, true, false},
    {"open_water_swimming", "swimming", sport_place::outdoor, true, true},
    {"orienteering", "running", sport_place::outdoor, true, false},
    {"other", "", sport_place::either, false, true},
    {"paddling", "", sport_place::outdoor, true, true},
    {"padel", "racket_sport", sport_place::either, false, true},
    {"parkour", "", sport_place::outdoor, false, false},
    {"pickleball", "racket_sport", sport_place::either, false, true},
    {"pilates", "", sport_place::indoor, false, true},
    {"pool_swimming", "swimming", sport_place::indoor, true, true},
    {"racket_sport", "", sport_place::either, false, true},
    {"racquetball", "racket_sport", sport_place::indoor, false, false},
    {"rafting", "paddling", sport_place::outdoor, true, false},
    {"recovery", "", sport_place::indoor, false, false},
    {"recumbent_cycling", "cycling", sport_place::outdoor, true, false},
    {"road_cycling", "cycling", sport_place::outdoor, true, true},
    {"road_running", "running", sport_place::outdoor, true, false},
    {"rock_climbing", "climbing", sport_place::outdoor, false, true},
    {"roller_skiing", "cross_country_skiing", sport_place::outdoor, true, false},
    {"rowing", "", sport_place::outdoor, true, true},
    {"rucking", "hiking", sport_place::outdoor, true, false},
    {"rugby", "team_sport", sport_place::outdoor, false, true},
    {"running", "", sport_place::either, true, true},
    {"sailing", "", sport_place::outdoor, true, true},
    {"skateboarding", "", sport_place::outdoor, true, false},
    {"skiing", "", sport_place::outdoor, true, true},
    {"snorkeling", "", sport_place::outdoor, false, false},
    {"snowboarding", "", sport_place::outdoor, true, true},
    {"snowmobiling", "", sport_place::outdoor, true, false},
    {"snowshoeing", "", sport_place::outdoor, true, true},
    {"soccer", "team_sport", sport_place::either, false, true},
    {"speed_walking", "walking", sport_place::outdoor, true, false},
    {"squash", "racket_sport", sport_place::indoor, false, true},
    {"stair_climbing", "cardio", sport_place::either, false, true},
    {"stand_up_paddling", "paddling", sport_place::outdoor, true, true},
    {"strength_training", "workout", sport_place::indoor, false, true},
    {"stretching", "", sport_place::indoor, false, true},
    {"surfing", "", sport_place::outdoor, true, true},
    {"swimming", "", sport_place::either, true, true},
    {"table_tennis", "racket_sport", sport_place::indoor, false, true},
    {"tai_chi", "", sport_place::either, false, false},
    {"team_sport", "", sport_place::either, false, true},
    {"tennis", "racket_sport", sport_place::either, false, true},
    {"track_cycling", "cycling", sport_place::either, true, true},
    {"track_running", "running", sport_place::either, true, true},
    {"trail_running", "running", sport_place::outdoor, true, true},
    {"transition", "", sport_place::either, true, true},
    {"treadmill_running", "running", sport_place::indoor, true, true},
    {"triathlon", "multisport", sport_place::either, true, true},
    {"virtual_cycling", "indoor_cycling", sport_place::indoor, true, true},
    {"virtual_running", "treadmill_running", sport_place::indoor, true, true},
    {"volleyball", "team_sport", sport_place::either, false, true},
    {"wakeboarding", "", sport_place::outdoor, true, false},
    {"walking", "", sport_place::either, true, true},
    {"water_fitness", "", sport_place::indoor, false, false},
    {"water_polo", "team_sport", sport_place::indoor, false, false},
    {"water_skiing", "", sport_place::outdoor, true, false},
    {"water_sport", "", sport_place::outdoor, false, false},
    {"wheelchair", "", sport_place::either, true, true},
    {"windsurfing", "", sport_place::outdoor, true, true},
    {"winter_sport", "", sport_place::outdoor, false, false},
    {"workout", "", sport_place::either, false, true},
    {"wrestling", "martial_arts", sport_place::indoor, false, false},
    {"yoga", "", sport_place::either, false, true},
};

/// Sports of different families that devices and services are known to confuse (auto-detection, or too few types).
struct sport_pair {
    std::string_view a, b;
};
inline constexpr sport_pair confused_sports[] = {
    {"hiking", "mountaineering"},
    {"walking", "running"},
    {"hiking", "trail_running"},
    {"snowshoeing", "hiking"},
    {"skiing", "snowboarding"},
    {"indoor_rowing", "rowing"},
    {"paddling", "rowing"},
    {"strength_training", "functional_training"},
    {"strength_training", "hiit"},
    {"strength_training", "climbing"},
    {"yoga", "stretching"},
    {"snowshoeing", "backcountry_skiing"},
};

/// Names that say "some activity": they agree with everything and prove nothing.
inline constexpr std::string_view unspecific_sports[] = {"cardio", "duathlon", "multisport", "other", "transition", "triathlon", "workout"};

}  // namespace coincide::detail

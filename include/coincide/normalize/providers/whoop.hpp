// SPDX-License-Identifier: BSL-1.0
//
// WHOOP: workouts of API v1 (integer ids, sport_id) and v2 (UUIDs, sport_name).
// Source: WHOOP developer documentation. Energy is kilojoules; the score is absent until it is computed; no moving time, no device.
#pragma once

#include <coincide/normalize/apps.hpp>
#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/unit_words.hpp>

namespace coincide::providers {
namespace whoop_data {
inline constexpr moment_rule start[] = {{"/start", stamp::text, zone_rule::utc}};
inline constexpr moment_rule end[] = {{"/end", stamp::text, zone_rule::utc}};
inline constexpr moment_rule updated[] = {{"/updated_at", stamp::text}};
inline constexpr offset_rule offset[] = {offset_text("/timezone_offset")};
inline constexpr number_rule numbers[] = {
    take(distance_m, "/score/distance_meter"),
    take(elevation_gain_m, "/score/altitude_gain_meter"),
    take(energy_kcal, "/score/kilojoule", units::kilojoule),
    take(avg_heart_rate_bpm, "/score/average_heart_rate"),
    take(max_heart_rate_bpm, "/score/max_heart_rate"),
};
inline constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
inline constexpr std::string_view needs[] = {"/start", "/end", "/sport_id|/sport_name", "/score_state|/score|/timezone_offset"};
inline constexpr std::string_view places[] = {"", "/records", "/workouts"};
inline constexpr std::string_view sport_at[] = {"/sport_name", "/sport_id"};
inline constexpr sport_names vocabulary[] = {
    {"running", "running|track & field|stroller jogging|0|35"},
    {"walking", "walking|stroller walking|dog walking|caddying|toddlerwearing|babywearing|63|93"}, {"hiking", "hiking/rucking|hiking-rucking|52"},
    {"cycling", "cycling|1"}, {"mountain_biking", "mountain biking|57"}, {"indoor_cycling", "spin|assault bike|97"}, {"swimming", "swimming|33"},
    {"water_polo", "water polo|37"}, {"rowing", "rowing|18"}, {"kayaking", "kayaking|55"}, {"stand_up_paddling", "paddleboarding|61"},
    {"surfing", "surfing|64"}, {"sailing", "sailing|28"}, {"diving", "diving|73"}, {"water_skiing", "water skiing"},
    {"wakeboarding", "wakeboarding"}, {"kitesurfing", "kite boarding"},
    {"other",
     "operations - water|operations - tactical|operations - medical|operations - flying|coaching|watching sports|commuting|"
     "public speaking|musical performance|dedicated parenting|paintball|activity|other|-1|71|74|75|76|77|87|89"},
    {"strength_training", "weightlifting|weightlifting_msk|powerlifting|strength trainer|45|59"}, {"functional_training", "functional fitness|48"},
    {"elliptical", "elliptical|65"}, {"stair_climbing", "stairmaster|climber|stadium steps|66|83"}, {"hiit", "hiit|96"},
    {"jump_rope", "jumping rope|84"}, {"obstacle_running", "obstacle course racing|94"}, {"parkour", "parkour"}, {"yoga", "yoga|hot yoga|44"},
    {"pilates", "pilates|43"}, {"stretching", "stretching"}, {"meditation", "meditation|70"}, {"barre", "barre|barre3"}, {"skiing", "skiing|29"},
    {"cross_country_skiing", "cross country skiing|47"}, {"snowboarding", "snowboarding|91"}, {"ice_skating", "ice skating"},
    {"soccer", "soccer|30"}, {"basketball", "basketball|17"}, {"american_football", "football|21"},
    {"australian_football", "australian football|85"}, {"team_sport", "gaelic football|netball|spikeball|hurling/camogie|hurling-camogie|104"},
    {"baseball", "baseball|softball|16|31"}, {"volleyball", "volleyball|36"}, {"rugby", "rugby|27"}, {"lacrosse", "lacrosse|25"},
    {"cricket", "cricket|100"}, {"disc_sport", "ultimate|disc golf|82"}, {"ice_hockey", "ice hockey|24"}, {"hockey", "field hockey|20"},
    {"tennis", "tennis|34"}, {"squash", "squash|32"}, {"badminton", "badminton"}, {"table_tennis", "table tennis"}, {"padel", "padel"},
    {"pickleball", "pickleball|101"}, {"racket_sport", "paddle tennis|106"}, {"boxing", "boxing|kickboxing|box fitness|39|103"},
    {"martial_arts", "martial arts|jiu jitsu|muay thai|56|98"}, {"wrestling", "wrestling|38"}, {"fencing", "fencing|19"},
    {"rock_climbing", "rock climbing|60"}, {"golf", "golf|22"}, {"inline_skating", "inline skating|102"}, {"skateboarding", "skateboarding|86"},
    {"horse_riding", "horseback riding|polo|53"}, {"triathlon", "triathlon|62"}, {"duathlon", "duathlon|49"}, {"motorcycling", "motocross|92"},
    {"driving", "motor racing|95"}, {"dance", "dance|circus arts|stage performance|42"}, {"circuit_training", "f45 training|barry's"},
    {"gymnastics", "gymnastics|51"}, {"handball", "handball"}, {"recovery", "ice bath|hot tub|sauna|massage therapy|air compression|percussive massage|88"},
    {"chores", "manual labor|high stress work|yard work|cooking|cleaning|99"}, {"gaming", "gaming|90"}, {"wheelchair", "wheelchair pushing|105"},
};
}  // namespace whoop_data

inline constexpr profile whoop{
    .name = "whoop", .source = "whoop", .needs = whoop_data::needs, .places = whoop_data::places, .start = whoop_data::start, .end = whoop_data::end,
    .offset = whoop_data::offset, .numbers = whoop_data::numbers, .says = whoop_data::says, .sport = whoop_data::sport_at,
    .vocabulary = whoop_data::vocabulary, .updated = whoop_data::updated, .account = "/user_id",
};
}  // namespace coincide::providers

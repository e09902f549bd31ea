// SPDX-License-Identifier: BSL-1.0
//
// The facts of the FIT profile that the decoder needs: which message and field numbers it reads, what the numbers of sports
// and makers are called, and which products are clearly a watch, a band or a bike computer.
//
//     sport 2, sub_sport 58  ->  "cycling/virtual_activity"  ->  slug "virtual_cycling"
//     maker 1, product 2050  ->  "garmin", a watch (fenix 3)
//
// Numbers that are in no table stay numbers in text; nothing is guessed.
#pragma once

#include <coincide/record/device.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

namespace reconcile::fit {

// clang-format off

/// Global message numbers.
namespace message_number {
inline constexpr std::uint16_t file_id = 0, sport = 12, session = 18, record = 20, device_info = 23, activity = 34;
}

/// Field numbers, by message. The comment is the raw value of one unit, where that is not 1.
namespace file_id_field {
inline constexpr std::uint8_t type = 0, manufacturer = 1, product = 2, serial_number = 3, time_created = 4, product_name = 8;
}
namespace sport_field {
inline constexpr std::uint8_t sport = 0, sub_sport = 1;
}
namespace session_field {
inline constexpr std::uint8_t start_time = 2, start_lat = 3, start_lon = 4, sport = 5, sub_sport = 6;
inline constexpr std::uint8_t elapsed = 7, timer = 8, moving = 59;             // 1000 = 1 s
inline constexpr std::uint8_t distance = 9;                                    // 100 = 1 m
inline constexpr std::uint8_t calories = 11;
inline constexpr std::uint8_t avg_speed = 14, max_speed = 15;                  // 1000 = 1 m/s
inline constexpr std::uint8_t enhanced_avg_speed = 124, enhanced_max_speed = 125;  // 1000 = 1 m/s
inline constexpr std::uint8_t avg_heart_rate = 16, max_heart_rate = 17;
inline constexpr std::uint8_t avg_cadence = 18, avg_fractional_cadence = 92;   // the fraction: 128 = 1 rpm
inline constexpr std::uint8_t avg_power = 20, max_power = 21;
inline constexpr std::uint8_t ascent = 22, fractional_ascent = 199;            // the fraction: 100 = 1 m
inline constexpr std::uint8_t avg_temperature = 57;
inline constexpr std::uint8_t feel = 192, rpe = 193;                           // 0 ... 100
}
namespace record_field {
inline constexpr std::uint8_t lat = 0, lon = 1;                                // 2^31 = 180 degrees
inline constexpr std::uint8_t altitude = 2, enhanced_altitude = 78;            // 5 = 1 m, counted from -500 m
inline constexpr std::uint8_t heart_rate = 3, power = 7;
inline constexpr std::uint8_t cadence = 4, fractional_cadence = 53;            // the fraction: 128 = 1 rpm
inline constexpr std::uint8_t cadence256 = 52;                                 // 256 = 1 rpm
inline constexpr std::uint8_t distance = 5;                                    // 100 = 1 m
inline constexpr std::uint8_t speed = 6, enhanced_speed = 73;                  // 1000 = 1 m/s
inline constexpr std::uint8_t compressed_speed_distance = 8;
}
namespace device_info_field {
inline constexpr std::uint8_t device_index = 0, manufacturer = 2, serial_number = 3, product = 4, product_name = 27;
}
namespace activity_field {
inline constexpr std::uint8_t local_timestamp = 5;
}

inline constexpr std::uint32_t file_type_activity = 4;
inline constexpr std::uint32_t device_index_creator = 0;

struct sport_row {
    std::uint8_t number;
    std::string_view name, slug;
};
inline constexpr sport_row sports[] = {
    {0, "generic", "workout"}, {1, "running", "running"}, {2, "cycling", "cycling"}, {3, "transition", "transition"},
    {4, "fitness_equipment", "cardio"}, {5, "swimming", "swimming"}, {6, "basketball", "basketball"},
    {7, "soccer", "soccer"}, {8, "tennis", "tennis"}, {9, "american_football", "american_football"},
    {10, "training", "workout"}, {11, "walking", "walking"}, {12, "cross_country_skiing", "cross_country_skiing"},
    {13, "alpine_skiing", "alpine_skiing"}, {14, "snowboarding", "snowboarding"}, {15, "rowing", "rowing"},
    {16, "mountaineering", "mountaineering"}, {17, "hiking", "hiking"}, {18, "multisport", "multisport"},
    {19, "paddling", "paddling"}, {20, "flying", "flying"}, {21, "e_biking", "e_biking"},
    {22, "motorcycling", "motorcycling"}, {23, "boating", "sailing"}, {24, "driving", "driving"},
    {25, "golf", "golf"}, {26, "hang_gliding", "flying"}, {27, "horseback_riding", "horse_riding"},
    {28, "hunting", "hunting"}, {29, "fishing", "fishing"}, {30, "inline_skating", "inline_skating"},
    {31, "rock_climbing", "rock_climbing"}, {32, "sailing", "sailing"}, {33, "ice_skating", "ice_skating"},
    {34, "sky_diving", "flying"}, {35, "snowshoeing", "snowshoeing"}, {36, "snowmobiling", "snowmobiling"},
    {37, "stand_up_paddleboarding", "stand_up_paddling"}, {38, "surfing", "surfing"},
    {39, "wakeboarding", "wakeboarding"}, {40, "water_skiing", "water_skiing"}, {41, "kayaking", "kayaking"},
    {42, "rafting", "rafting"}, {43, "windsurfing", "windsurfing"}, {44, "kitesurfing", "kitesurfing"},
    {45, "tactical", "other"}, {46, "jumpmaster", "flying"}, {47, "boxing", "boxing"},
    {48, "floor_climbing", "stair_climbing"}, {49, "baseball", "baseball"}, {53, "diving", "diving"},
    {56, "shooting", "archery"}, {58, "winter_sport", "winter_sport"}, {59, "grinding", "sailing"},
    {62, "hiit", "hiit"}, {63, "video_gaming", "gaming"}, {64, "racket", "racket_sport"},
    {65, "wheelchair_push_walk", "wheelchair"}, {66, "wheelchair_push_run", "wheelchair"},
    {67, "meditation", "meditation"}, {68, "para_sport", "other"}, {69, "disc_golf", "disc_sport"},
    {70, "team_sport", "team_sport"}, {71, "cricket", "cricket"}, {72, "rugby", "rugby"}, {73, "hockey", "hockey"},
    {74, "lacrosse", "lacrosse"}, {75, "volleyball", "volleyball"}, {76, "water_tubing", "water_skiing"},
    {77, "wakesurfing", "surfing"}, {78, "water_sport", "water_sport"}, {79, "archery", "archery"},
    {80, "mixed_martial_arts", "martial_arts"}, {81, "motor_sports", "driving"}, {82, "snorkeling", "snorkeling"},
    {83, "dance", "dance"}, {84, "jump_rope", "jump_rope"}, {85, "pool_apnea", "diving"},
    {86, "mobility", "stretching"}, {87, "geocaching", "hiking"}, {88, "canoeing", "canoeing"},
    {254, "all", "multisport"},
};

struct number_name {
    std::uint16_t number;
    std::string_view name;
};
inline constexpr number_name sub_sports[] = {
    {0, "generic"}, {1, "treadmill"}, {2, "street"}, {3, "trail"}, {4, "track"}, {5, "spin"}, {6, "indoor_cycling"},
    {7, "road"}, {8, "mountain"}, {9, "downhill"}, {10, "recumbent"}, {11, "cyclocross"}, {12, "hand_cycling"},
    {13, "track_cycling"}, {14, "indoor_rowing"}, {15, "elliptical"}, {16, "stair_climbing"}, {17, "lap_swimming"},
    {18, "open_water"}, {19, "flexibility_training"}, {20, "strength_training"}, {21, "warm_up"}, {22, "match"},
    {23, "exercise"}, {24, "challenge"}, {25, "indoor_skiing"}, {26, "cardio_training"}, {27, "indoor_walking"},
    {28, "e_bike_fitness"}, {29, "bmx"}, {30, "casual_walking"}, {31, "speed_walking"},
    {32, "bike_to_run_transition"}, {33, "run_to_bike_transition"}, {34, "swim_to_bike_transition"}, {35, "atv"},
    {36, "motocross"}, {37, "backcountry"}, {38, "resort"}, {39, "rc_drone"}, {40, "wingsuit"}, {41, "whitewater"},
    {42, "skate_skiing"}, {43, "yoga"}, {44, "pilates"}, {45, "indoor_running"}, {46, "gravel_cycling"},
    {47, "e_bike_mountain"}, {48, "commuting"}, {49, "mixed_surface"}, {50, "navigate"}, {51, "track_me"},
    {52, "map"}, {53, "single_gas_diving"}, {54, "multi_gas_diving"}, {55, "gauge_diving"}, {56, "apnea_diving"},
    {57, "apnea_hunting"}, {58, "virtual_activity"}, {59, "obstacle"}, {62, "breathing"}, {63, "ccr_diving"},
    {65, "sail_race"}, {66, "expedition"}, {67, "ultra"}, {68, "indoor_climbing"}, {69, "bouldering"}, {70, "hiit"},
    {71, "indoor_grinding"}, {72, "hunting_with_dogs"}, {73, "amrap"}, {74, "emom"}, {75, "tabata"}, {77, "esport"},
    {78, "triathlon"}, {79, "duathlon"}, {80, "brick"}, {81, "swim_run"}, {82, "adventure_race"},
    {83, "trucker_workout"}, {84, "pickleball"}, {85, "padel"}, {86, "indoor_wheelchair_walk"},
    {87, "indoor_wheelchair_run"}, {88, "indoor_hand_cycling"}, {90, "field"}, {91, "ice"}, {92, "ultimate"},
    {93, "platform"}, {94, "squash"}, {95, "badminton"}, {96, "racquetball"}, {97, "table_tennis"}, {98, "overland"},
    {99, "trolling_motor"}, {110, "fly_canopy"}, {111, "fly_paraglide"}, {112, "fly_paramotor"},
    {113, "fly_pressurized"}, {114, "fly_navigate"}, {115, "fly_timer"}, {116, "fly_altimeter"}, {117, "fly_wx"},
    {118, "fly_vfr"}, {119, "fly_ifr"}, {121, "dynamic_apnea"}, {123, "enduro"}, {124, "rucking"}, {125, "rally"},
    {126, "pool_triathlon"}, {127, "e_bike_enduro"}, {254, "all"},
};

/// Pairs whose slug is not that of the sport alone.
struct sport_pair_row {
    std::string_view sport, sub_sport, slug;
};
inline constexpr sport_pair_row sport_pairs[] = {
    {"running", "treadmill", "treadmill_running"}, {"running", "indoor_running", "treadmill_running"},
    {"running", "virtual_activity", "virtual_running"}, {"running", "trail", "trail_running"},
    {"running", "ultra", "trail_running"}, {"running", "track", "track_running"},
    {"running", "street", "road_running"}, {"running", "obstacle", "obstacle_running"},
    {"cycling", "spin", "indoor_cycling"}, {"cycling", "indoor_cycling", "indoor_cycling"},
    {"cycling", "virtual_activity", "virtual_cycling"}, {"cycling", "road", "road_cycling"},
    {"cycling", "mountain", "mountain_biking"}, {"cycling", "downhill", "mountain_biking"},
    {"cycling", "enduro", "mountain_biking"}, {"cycling", "cyclocross", "cyclocross"},
    {"cycling", "track_cycling", "track_cycling"}, {"cycling", "gravel_cycling", "gravel_cycling"},
    {"cycling", "mixed_surface", "gravel_cycling"}, {"cycling", "recumbent", "recumbent_cycling"},
    {"cycling", "hand_cycling", "handcycling"}, {"cycling", "indoor_hand_cycling", "handcycling"},
    {"cycling", "bmx", "bmx"}, {"cycling", "commuting", "commuting_cycling"},
    {"cycling", "e_bike_fitness", "e_biking"}, {"cycling", "e_bike_mountain", "e_mountain_biking"},
    {"e_biking", "e_bike_mountain", "e_mountain_biking"}, {"e_biking", "e_bike_enduro", "e_mountain_biking"},
    {"swimming", "lap_swimming", "pool_swimming"}, {"swimming", "open_water", "open_water_swimming"},
    {"walking", "indoor_walking", "indoor_walking"}, {"walking", "speed_walking", "speed_walking"},
    {"hiking", "rucking", "rucking"}, {"rowing", "indoor_rowing", "indoor_rowing"},
    {"fitness_equipment", "treadmill", "treadmill_running"},
    {"fitness_equipment", "indoor_cycling", "indoor_cycling"}, {"fitness_equipment", "spin", "indoor_cycling"},
    {"fitness_equipment", "indoor_rowing", "indoor_rowing"}, {"fitness_equipment", "elliptical", "elliptical"},
    {"fitness_equipment", "stair_climbing", "stair_climbing"},
    {"fitness_equipment", "indoor_walking", "indoor_walking"},
    {"fitness_equipment", "indoor_skiing", "indoor_skiing"},
    {"fitness_equipment", "strength_training", "strength_training"}, {"fitness_equipment", "yoga", "yoga"},
    {"fitness_equipment", "pilates", "pilates"}, {"training", "strength_training", "strength_training"},
    {"training", "cardio_training", "cardio"}, {"training", "yoga", "yoga"}, {"training", "pilates", "pilates"},
    {"training", "flexibility_training", "stretching"}, {"training", "hiit", "hiit"},
    {"training", "breathing", "meditation"}, {"training", "indoor_rowing", "indoor_rowing"},
    {"training", "elliptical", "elliptical"}, {"training", "stair_climbing", "stair_climbing"},
    {"training", "amrap", "hiit"}, {"training", "emom", "hiit"}, {"training", "tabata", "hiit"},
    {"multisport", "triathlon", "triathlon"}, {"multisport", "pool_triathlon", "triathlon"},
    {"multisport", "duathlon", "duathlon"}, {"multisport", "brick", "duathlon"},
    {"multisport", "swim_run", "duathlon"}, {"cross_country_skiing", "backcountry", "backcountry_skiing"},
    {"alpine_skiing", "backcountry", "backcountry_skiing"}, {"alpine_skiing", "indoor_skiing", "indoor_skiing"},
    {"rock_climbing", "generic", "climbing"}, {"rock_climbing", "indoor_climbing", "indoor_climbing"},
    {"rock_climbing", "bouldering", "bouldering"}, {"racket", "pickleball", "pickleball"},
    {"racket", "padel", "padel"}, {"racket", "squash", "squash"}, {"racket", "badminton", "badminton"},
    {"racket", "racquetball", "racquetball"}, {"racket", "table_tennis", "table_tennis"},
    {"hockey", "ice", "ice_hockey"},
};

/// Makers of recorders, trainers and apps that write activities. Sensor makers are not here: their number does.
inline constexpr number_name manufacturers[] = {
    {1, "garmin"}, {2, "garmin_fr405_antfs"}, {6, "srm"}, {13, "dynastream_oem"}, {15, "dynastream"}, {23, "suunto"},
    {32, "wahoo_fitness"}, {38, "osynce"}, {40, "concept2"}, {41, "shimano"}, {44, "brim_brothers"}, {45, "xplova"},
    {48, "pioneer"}, {60, "rotor"}, {61, "geonaute"}, {67, "bkool"}, {68, "cateye"}, {69, "stages_cycling"},
    {70, "sigmasport"}, {71, "tomtom"}, {73, "wattbike"}, {86, "elite"}, {87, "nielsen_kellerman"}, {89, "tacx"},
    {95, "stryd"}, {96, "icg"}, {107, "magene"}, {111, "technogym"}, {115, "igpsport"}, {116, "thinkrider"},
    {118, "waterrower"}, {119, "orangetheory"}, {123, "polar_electro"}, {128, "ifit_com"}, {135, "coospo"},
    {142, "tag_heuer"}, {255, "development"}, {258, "lezyne"}, {260, "zwift"}, {262, "recon"}, {265, "strava"},
    {267, "bryton"}, {268, "sram"}, {281, "trainer_road"}, {282, "the_sufferfest"}, {284, "virtualtraining"},
    {286, "omata"}, {289, "hammerhead"}, {294, "coros"}, {305, "whoop"}, {307, "onelap"}, {309, "form"},
    {310, "decathlon"}, {326, "nike"}, {331, "mywhoosh"}, {337, "runna"}, {339, "zepp"}, {340, "peloton"},
    {345, "real_velo"}, {348, "huawei"}, {349, "gotoes"},
};

// Garmin's product numbers.
inline constexpr std::uint16_t garmin_bike_computers[] = {
    1036, 1169, 1199, 1213, 1325, 1333, 1334, 1386, 1387, 1422, 1497, 1555, 1561, 1567, 1721, 1736, 1742, 1821, 1822,
    1823, 1836, 1918, 2052, 2053, 2067, 2070, 2100, 2147, 2204, 2238, 2260, 2261, 2274, 2288, 2289, 2290, 2530, 2531,
    2599, 2600, 2628, 2629, 2630, 2713, 2909, 2924, 3011, 3092, 3095, 3112, 3121, 3122, 3142, 3349, 3350, 3558, 3570,
    3812, 3813, 3843, 4061, 4062, 4169, 4305, 4440, 4633, 4634, 4655,
};
inline constexpr std::uint16_t garmin_watches[] = {
    473, 474, 475, 494, 717, 782, 987, 988, 1018, 1124, 1274, 1328, 1345, 1360, 1410, 1436, 1446, 1499, 1537, 1551,
    1600, 1623, 1632, 1664, 1765, 1903, 1907, 1928, 1929, 1930, 1931, 1936, 1967, 1988, 2050, 2061, 2072, 2073, 2130,
    2131, 2132, 2148, 2153, 2156, 2157, 2158, 2160, 2173, 2174, 2187, 2188, 2189, 2219, 2262, 2266, 2293, 2310, 2311,
    2313, 2332, 2337, 2368, 2396, 2397, 2407, 2408, 2413, 2431, 2432, 2457, 2473, 2474, 2475, 2476, 2477, 2497, 2503,
    2533, 2534, 2544, 2547, 2604, 2650, 2656, 2667, 2668, 2675, 2691, 2697, 2700, 2727, 2733, 2772, 2796, 2797, 2798,
    2814, 2819, 2833, 2859, 2886, 2888, 2891, 2900, 2945, 2977, 2988, 3003, 3004, 3049, 3066, 3076, 3077, 3110, 3111,
    3113, 3126, 3134, 3135, 3144, 3145, 3163, 3224, 3225, 3226, 3246, 3247, 3248, 3249, 3250, 3251, 3258, 3282, 3287,
    3288, 3289, 3290, 3291, 3308, 3314, 3321, 3378, 3387, 3388, 3389, 3405, 3420, 3421, 3422, 3441, 3446, 3448, 3449,
    3450, 3451, 3466, 3469, 3473, 3498, 3499, 3500, 3501, 3512, 3513, 3514, 3515, 3516, 3535, 3536, 3537, 3538, 3542,
    3589, 3596, 3599, 3600, 3615, 3624, 3638, 3639, 3648, 3652, 3702, 3703, 3704, 3737, 3739, 3740, 3794, 3809, 3823,
    3837, 3850, 3851, 3869, 3872, 3888, 3889, 3905, 3906, 3907, 3908, 3909, 3910, 3930, 3934, 3943, 3944, 3949, 3950,
    3978, 3982, 3983, 3986, 3990, 3991, 3992, 3993, 4002, 4005, 4017, 4024, 4033, 4071, 4105, 4115, 4116, 4124, 4125,
    4132, 4135, 4155, 4222, 4223, 4233, 4257, 4258, 4260, 4261, 4312, 4313, 4314, 4315, 4341, 4374, 4375, 4376, 4380,
    4394, 4426, 4432, 4433, 4472, 4477, 4532, 4533, 4534, 4536, 4556, 4565, 4570, 4574, 4575, 4583, 4584, 4585, 4586,
    4587, 4588, 4595, 4603, 4625, 4631, 4643, 4644, 4647, 4656, 4666, 4678, 4745, 4759, 4775, 4776, 4814, 4815, 4879,
    4916, 4944, 4952, 4953, 4954, 4955, 4956, 5056, 5133, 5134,
};
inline constexpr std::uint16_t garmin_bands[] = {
    1837, 1956, 2135, 2150, 2271, 2294, 2347, 2348, 2361, 2362, 2406, 2606, 2622, 2623, 2831, 2832, 2878, 2927, 3218,
    4063,
};

// clang-format on

/// The row with this number; nullptr when there is none.
template <class Row, std::size_t N>
[[nodiscard]] constexpr const Row* find_number(const Row (&rows)[N], std::uint32_t number) noexcept {
    for (const Row& row : rows)
        if (row.number == number) return &row;
    return nullptr;
}

/// The canonical slug of a sport and sub-sport, by their names. A sub-sport that the table does not know changes nothing.
[[nodiscard]] constexpr std::string_view slug_of(const sport_row& sport, std::string_view sub_sport) noexcept {
    for (const auto& pair : sport_pairs)
        if (pair.sport == sport.name && pair.sub_sport == sub_sport) return pair.slug;
    return sport.slug;
}

/// What kind of device a maker's product is; `unknown` unless maker and product clearly tell.
[[nodiscard]] constexpr coincide::device_type device_type_of(std::string_view maker, std::optional<std::uint32_t> product,
                                                             std::string_view product_name) noexcept {
    using coincide::device_type;
    const auto listed = [product](const auto& numbers) {
        return std::find(std::begin(numbers), std::end(numbers), product) != std::end(numbers);
    };
    if (maker == "garmin") {
        if (listed(garmin_bike_computers)) return device_type::bike_computer;
        if (listed(garmin_watches)) return device_type::watch;
        if (listed(garmin_bands)) return device_type::band;
        return device_type::unknown;
    }
    if (maker == "wahoo_fitness") {
        if (product_name.starts_with("ELEMNT RIVAL")) return device_type::watch;
        return product_name.starts_with("ELEMNT") ? device_type::bike_computer : device_type::unknown;
    }
    if (maker == "coros") {
        return product_name.find("DURA") == std::string_view::npos ? device_type::watch : device_type::bike_computer;
    }
    if (maker == "suunto" || maker == "tag_heuer") return device_type::watch;
    if (maker == "hammerhead" || maker == "lezyne" || maker == "bryton" || maker == "srm") return device_type::bike_computer;
    return device_type::unknown;
}

}  // namespace reconcile::fit

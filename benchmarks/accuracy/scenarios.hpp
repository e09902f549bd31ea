// SPDX-License-Identifier: BSL-1.0
//
// The rows of the report: how a record came about, and what an act has near it.
//
//     t.record   = &scenarios::copy_minute_start;    // how this record differs from the plain original
//     t.act_kind = &kinds_of_act::commute;           // why this act is easily taken for another
//
// Ranks are in tens: of two records the harder alteration names their pair.
#pragma once

#include "history.hpp"

namespace accuracy {

// clang-format off
namespace scenarios {
inline constexpr scenario plain{"plain", 0};

inline constexpr scenario copy{"copy: through an aggregator", 10};
inline constexpr scenario copy_renamed{"copy: renamed, other sport name", 12};
inline constexpr scenario copy_file{"copy: file exported and loaded again", 11};
inline constexpr scenario copy_echo{"copy: copy of a copy, renamed on the way", 13};
inline constexpr scenario copy_thinned{"copy: track thinned", 14};
inline constexpr scenario copy_no_pulse{"copy: heart rate lost", 14};
inline constexpr scenario copy_distance{"copy: distance to 10 or 100 m", 15};
inline constexpr scenario copy_minute_start{"copy: start cut to the minute", 17};
inline constexpr scenario copy_minutes{"copy: start and duration in whole minutes, no track", 19};
inline constexpr scenario copy_moving{"copy: moving time for elapsed", 18};
inline constexpr scenario copy_no_track{"copy: track lost", 16};
inline constexpr scenario copy_twice{"copy: twice on one service under two ids", 13};

inline constexpr scenario device_gps{"device: second watch or bike computer", 20};
inline constexpr scenario device_phone{"device: phone", 21};
inline constexpr scenario device_one_service{"device: two units through one service", 22};
inline constexpr scenario device_band{"device: band or ring without positions", 24};
inline constexpr scenario device_detected{"device: band that notices by itself", 36};
inline constexpr scenario device_label{"device: another, and another sport", 26};

inline constexpr scenario indoor_trainer{"indoor: virtual ride and watch", 30};
inline constexpr scenario indoor_treadmill{"indoor: machine and watch", 31};

inline constexpr scenario late_short{"late start, 20 s to 2 min", 32};
inline constexpr scenario late_long{"late start, 2 to 15 min", 38};
inline constexpr scenario early_short{"early stop, 20 s to 2 min", 32};
inline constexpr scenario early_long{"early stop, 2 to 15 min", 38};
inline constexpr scenario forgotten{"forgotten stop: hours too long", 44};
inline constexpr scenario forgotten_cut{"forgotten stop: corrected copy", 46};

inline constexpr scenario privacy_kept{"privacy: ends hidden, times as they were", 33};
inline constexpr scenario privacy_moved{"privacy: ends hidden, start moved, totals as they were", 39};
inline constexpr scenario privacy_totals{"privacy: ends hidden, start and totals anew", 40};

inline constexpr scenario split{"split: crash or battery, whole on another device", 42};
inline constexpr scenario split_cafe{"split: saved at a stop, whole on another device", 43};
inline constexpr scenario split_false_start{"split: false start, whole on another device", 45, "whether a first minute that another device did not see belongs to the ride"};
inline constexpr scenario apart_whole{"split: saved piece by piece, whole on another device", 47};
inline constexpr scenario truncated{"file cut off", 41};
inline constexpr scenario leg{"session: a leg", 34};
inline constexpr scenario session{"session: the whole with legs", 33};
inline constexpr scenario session_bare{"session: the whole on another service, without legs", 35};
inline constexpr scenario set_of_session{"session: a set", 37};

inline constexpr scenario missing_distance{"missing: distance", 27};
inline constexpr scenario missing_duration{"missing: durations", 28};
inline constexpr scenario missing_zeros{"missing: zeros for what is not known", 27};

inline constexpr scenario hand_rounded{"by hand: rounded start and totals", 50};
inline constexpr scenario hand_precision{"by hand: rounded, start precision told", 49};
inline constexpr scenario hand_day{"by hand: only the day", 52, "whether what was recorded that day is what was typed"};
inline constexpr scenario hand_day_twin{"by hand: only the day, two alike on it", 90, "which of two like activities of a day is meant"};

inline constexpr scenario zone_copy_track{"zone, whole hours: copy with track", 60};
inline constexpr scenario zone_copy_bare{"zone, whole hours: copy without track", 62};
inline constexpr scenario zone_device_track{"zone, whole hours: other device with track", 64};
inline constexpr scenario zone_device_bare{"zone, other device without track", 66, "whether a recording hours away is a wrong clock or a habit"};
inline constexpr scenario zone_quarter_copy{"zone, half or quarter hours: copy", 63};
inline constexpr scenario zone_quarter_device{"zone, half or quarter hours: other device with track", 67};
inline constexpr scenario zone_sign{"zone, sign reversed", 68};
inline constexpr scenario zone_summer{"zone, summer time taken or left out", 65};
inline constexpr scenario zone_twin{"zone, without track, others alike at that hour", 91, "which of several like activities the shifted one shows"};
inline constexpr scenario clock_short{"clock wrong, up to 2 min", 48};
inline constexpr scenario clock_long{"clock wrong, 2 to 50 min", 58};
inline constexpr scenario clock_unset{"clock never set", 70};
inline constexpr scenario clock_unset_twin{"clock never set, others of one way and pace", 92, "which of several like activities it shows"};
}  // namespace scenarios

namespace kinds_of_act {
inline constexpr scenario alone{"nothing near it", 0};
inline constexpr scenario commute{"apart: commute out and home", 1};
inline constexpr scenario next_day{"apart: same route next day, same hour", 2};
inline constexpr scenario habit{"apart: same loop thrice a week, same minute", 3};
inline constexpr scenario program{"apart: daily treadmill program", 4};
inline constexpr scenario warm_up{"apart: warm-up, main, cool-down", 5};
inline constexpr scenario brick{"apart: brick, ride then run", 6};
inline constexpr scenario repetitions{"apart: repetitions saved one by one", 7};
inline constexpr scenario laps{"apart: laps of a track saved one by one", 8};
inline constexpr scenario sets{"apart: strength sets saved one by one", 9};
inline constexpr scenario yoga_core{"apart: yoga and core within minutes", 10};
inline constexpr scenario dog{"apart: dog walks twice a day", 11};
inline constexpr scenario false_start{"apart: false start and restart", 12};
inline constexpr scenario friends{"apart: friend alongside, another account", 13};
inline constexpr scenario two_sessions{"apart: session beside single recordings", 14};
}  // namespace kinds_of_act
// clang-format on

}  // namespace accuracy

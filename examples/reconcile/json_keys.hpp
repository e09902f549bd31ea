// SPDX-License-Identifier: BSL-1.0
//
// The keys of the interchange record, once, in the order of its table: the reader and the writer both walk this list.
//
//     for_each_key([](auto role, auto member) { std::cout << role.name << '\n'; });   // athlete_id, source, external_id, …
//
// The type of the member decides how a value is read and written; the role gives the key and the dimension.
#pragma once

#include <coincide/record/activity.hpp>

#include <string_view>
#include <type_traits>

namespace reconcile {

template <class Visit>
constexpr void for_each_key(Visit&& visit) {
    using coincide::activity;
    visit(coincide::athlete_id, &activity::athlete_id);
    visit(coincide::source, &activity::source);
    visit(coincide::external_id, &activity::external_id);
    visit(coincide::start_time, &activity::start_time);
    visit(coincide::utc_offset, &activity::utc_offset);
    visit(coincide::timezone, &activity::timezone);
    visit(coincide::start_precision, &activity::start_precision);
    visit(coincide::elapsed, &activity::elapsed);
    visit(coincide::timer, &activity::timer);
    visit(coincide::moving, &activity::moving);
    visit(coincide::distance_m, &activity::distance_m);
    visit(coincide::elevation_gain_m, &activity::elevation_gain_m);
    visit(coincide::energy_kcal, &activity::energy_kcal);
    visit(coincide::avg_speed_mps, &activity::avg_speed_mps);
    visit(coincide::max_speed_mps, &activity::max_speed_mps);
    visit(coincide::avg_heart_rate_bpm, &activity::avg_heart_rate_bpm);
    visit(coincide::max_heart_rate_bpm, &activity::max_heart_rate_bpm);
    visit(coincide::avg_power_w, &activity::avg_power_w);
    visit(coincide::max_power_w, &activity::max_power_w);
    visit(coincide::avg_temperature_c, &activity::avg_temperature_c);
    visit(coincide::avg_cadence_rpm, &activity::avg_cadence_rpm);
    visit(coincide::sport, &activity::sport);
    visit(coincide::source_activity_type, &activity::source_activity_type);
    visit(coincide::name, &activity::name);
    visit(coincide::notes, &activity::notes);
    visit(coincide::tags, &activity::tags);
    visit(coincide::rpe, &activity::rpe);
    visit(coincide::feeling, &activity::feeling);
    visit(coincide::device, &activity::device);
    visit(coincide::origin, &activity::origin);
    visit(coincide::file, &activity::file);
    visit(coincide::start_lat_deg, &activity::start_lat_deg);
    visit(coincide::start_lon_deg, &activity::start_lon_deg);
    visit(coincide::track, &activity::track);
    visit(coincide::streams, &activity::streams);
    visit(coincide::parent_id, &activity::parent_id);
    visit(coincide::updated_at, &activity::updated_at);
    visit(coincide::revision, &activity::revision);
    visit(coincide::locked, &activity::locked);
    visit(coincide::computed, &activity::computed);
}

/// Keys of a track's value columns, in the order of coincide::samples::column.
inline constexpr std::string_view column_keys[coincide::samples::column_count] = {"ele",     "hr",    "power",
                                                                                  "cadence", "speed", "distance"};

template <class Role>
inline constexpr bool is_angle = std::is_same_v<typename Role::dimension, coincide::dimension::angle>;

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// The ready-made record: for hosts without a type of their own, for the command line, for tests. It holds what the
// interchange format holds, already described, in canonical units.
//
//     coincide::activity ride;
//     ride.source = "garmin";  ride.external_id = "3855400590";
//     ride.start_time = parse_rfc3339("2019-07-21T14:13:16Z")->at;
//     ride.elapsed = 7225s;  ride.distance_m = 49793.8;
#pragma once

#include <coincide/record/track.hpp>

#include <optional>
#include <string>
#include <vector>

namespace coincide {

struct activity {
    std::string athlete_id{};
    std::string source{};
    std::string external_id{};
    instant start_time{};
    bool clock_unset = false;  // start_time is that of a device whose clock was never set: it decides nothing
    std::optional<seconds> utc_offset{};
    std::string timezone{};
    std::optional<seconds> start_precision{};  // absent: 1 s
    std::optional<milliseconds> elapsed{}, timer{}, moving{};
    std::optional<double> distance_m{}, elevation_gain_m{}, energy_kcal{};
    std::optional<double> avg_speed_mps{}, max_speed_mps{};
    std::optional<double> avg_heart_rate_bpm{}, max_heart_rate_bpm{};
    std::optional<double> avg_power_w{}, max_power_w{};
    std::optional<double> avg_temperature_c{};
    std::optional<double> avg_cadence_rpm{};
    std::optional<sport_id> sport{};
    std::string source_activity_type{};
    std::string name{}, notes{};
    std::vector<std::string> tags{};
    std::optional<double> rpe{}, feeling{};
    device_info device{};
    origin_ref origin{};
    file_identity file{};
    std::optional<double> start_lat_deg{}, start_lon_deg{};
    samples track{};    // with positions
    samples streams{};  // without
    std::string parent_id{};
    std::optional<instant> updated_at{};
    std::optional<std::int64_t> revision{};
    std::vector<std::string> locked{};    // fields that the athlete has fixed
    std::vector<std::string> computed{};  // fields that were derived from the track, not delivered
    std::string extra{};                  // unknown members of a JSON record, as received: `"key":value,…`
};

struct streams_t : role<samples, dimension::text> { static constexpr std::string_view name = "streams"; };
struct clock_unset_t : role<bool, dimension::text, authority::identity> { static constexpr std::string_view name = "clock_unset"; };
inline constexpr streams_t streams{};
inline constexpr clock_unset_t unset_clock{};

template <>
struct describe<activity> {
    static constexpr schema fields{
        bind(coincide::athlete_id, &activity::athlete_id),
        bind(coincide::source, &activity::source),
        bind(coincide::external_id, &activity::external_id),
        bind(coincide::start_time, &activity::start_time),
        bind(unset_clock, &activity::clock_unset),
        bind(coincide::utc_offset, &activity::utc_offset),
        bind(coincide::timezone, &activity::timezone),
        bind(coincide::start_precision, &activity::start_precision),
        bind(coincide::elapsed, &activity::elapsed),
        bind(coincide::timer, &activity::timer),
        bind(coincide::moving, &activity::moving),
        bind(coincide::distance_m, &activity::distance_m),
        bind(coincide::elevation_gain_m, &activity::elevation_gain_m),
        bind(coincide::energy_kcal, &activity::energy_kcal),
        bind(coincide::avg_speed_mps, &activity::avg_speed_mps),
        bind(coincide::max_speed_mps, &activity::max_speed_mps),
        bind(coincide::avg_heart_rate_bpm, &activity::avg_heart_rate_bpm),
        bind(coincide::max_heart_rate_bpm, &activity::max_heart_rate_bpm),
        bind(coincide::avg_power_w, &activity::avg_power_w),
        bind(coincide::max_power_w, &activity::max_power_w),
        bind(coincide::avg_temperature_c, &activity::avg_temperature_c),
        bind(coincide::avg_cadence_rpm, &activity::avg_cadence_rpm),
        bind(coincide::sport, &activity::sport),
        bind(coincide::source_activity_type, &activity::source_activity_type),
        bind(coincide::name, &activity::name),
        bind(coincide::notes, &activity::notes),
        bind(coincide::tags, &activity::tags),
        bind(coincide::rpe, &activity::rpe),
        bind(coincide::feeling, &activity::feeling),
        bind(coincide::device, &activity::device),
        bind(coincide::origin, &activity::origin),
        bind(coincide::file, &activity::file),
        bind(coincide::start_lat_deg, &activity::start_lat_deg),
        bind(coincide::start_lon_deg, &activity::start_lon_deg),
        bind(coincide::track, &activity::track),
        bind(coincide::streams, &activity::streams),
        bind(coincide::parent_id, &activity::parent_id),
        bind(coincide::updated_at, &activity::updated_at),
        bind(coincide::revision, &activity::revision),
        bind(coincide::locked, &activity::locked),
        bind(coincide::computed, &activity::computed),
    };
};
static_assert(record<activity>);


}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// A role is the meaning of a field: `distance_m` is "the distance, in metres", whatever a host calls it and keeps it in.
// Role objects have the bare noun, so that descriptions and reads are sentences:
//
//     bind(distance_m, &Ride::km, units::kilometer)
//     read(ride, distance_m)                             // std::optional<double>, metres
//
// A host adds roles of its own; they take part in merging without a change to the library:
//
//     struct mood_t : coincide::role<double> { static constexpr std::string_view name = "mood"; };
//     inline constexpr mood_t mood{};
#pragma once

#include <coincide/record/device.hpp>
#include <coincide/record/sport.hpp>
#include <coincide/record/time.hpp>
#include <coincide/record/unit.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

/// Who owns a field when records of one activity disagree.
enum class authority : unsigned char {
    objective,   // measured: the best device
    subjective,  // felt or named: the athlete
    identity,    // whose and which: never chosen by merging
};

/// Fields that only make sense from one source together.
enum class facet : unsigned char {
    none,
    span,    // start and durations
    motion,  // distance, moving time, speeds, climb, positions
};

/// Base of every role. Value is the canonical type that `read` gives. Class types are read by pointer, the rest by value.
template <class Value, class Dimension = dimension::scalar, authority Owner = authority::objective, facet Facet = facet::none>
struct role {
    using value_type = Value;
    using dimension = Dimension;
    static constexpr authority owner = Owner;
    static constexpr facet together = Facet;
};

using milliseconds = std::chrono::milliseconds;
using seconds = std::chrono::seconds;
struct track_tag {};  // a track is read with track_of(record): its type is the host's own

// One line a role: type, dimension, owner, facet; the name is the key of the interchange format where it has one.
struct athlete_id_t : role<std::string_view, dimension::text, authority::identity> { static constexpr std::string_view name = "athlete_id"; };
struct source_t : role<std::string_view, dimension::text, authority::identity> { static constexpr std::string_view name = "source"; };
struct external_id_t : role<std::string_view, dimension::text, authority::identity> { static constexpr std::string_view name = "external_id"; };
struct start_time_t : role<instant, dimension::instant, authority::objective, facet::span> { static constexpr std::string_view name = "start_time"; };
struct utc_offset_t : role<seconds, dimension::duration> { static constexpr std::string_view name = "utc_offset_s"; };
struct timezone_t : role<std::string_view, dimension::text> { static constexpr std::string_view name = "timezone"; };
struct start_precision_t : role<seconds, dimension::duration, authority::objective, facet::span> { static constexpr std::string_view name = "start_precision_s"; };
struct elapsed_t : role<milliseconds, dimension::duration, authority::objective, facet::span> { static constexpr std::string_view name = "elapsed_time_s"; };
struct timer_t_ : role<milliseconds, dimension::duration, authority::objective, facet::span> { static constexpr std::string_view name = "timer_time_s"; };
struct moving_t : role<milliseconds, dimension::duration, authority::objective, facet::motion> { static constexpr std::string_view name = "moving_time_s"; };
struct distance_m_t : role<double, dimension::length, authority::objective, facet::motion> { static constexpr std::string_view name = "distance_m"; };
struct elevation_gain_m_t : role<double, dimension::length, authority::objective, facet::motion> { static constexpr std::string_view name = "elevation_gain_m"; };
struct energy_kcal_t : role<double, dimension::energy> { static constexpr std::string_view name = "energy_kcal"; };
struct avg_speed_mps_t : role<double, dimension::speed, authority::objective, facet::motion> { static constexpr std::string_view name = "avg_speed_mps"; };
struct max_speed_mps_t : role<double, dimension::speed, authority::objective, facet::motion> { static constexpr std::string_view name = "max_speed_mps"; };
struct avg_heart_rate_bpm_t : role<double, dimension::rate> { static constexpr std::string_view name = "avg_heart_rate_bpm"; };
struct max_heart_rate_bpm_t : role<double, dimension::rate> { static constexpr std::string_view name = "max_heart_rate_bpm"; };
struct avg_power_w_t : role<double, dimension::power> { static constexpr std::string_view name = "avg_power_w"; };
struct max_power_w_t : role<double, dimension::power> { static constexpr std::string_view name = "max_power_w"; };
struct avg_temperature_c_t : role<double, dimension::temperature> { static constexpr std::string_view name = "avg_temperature_c"; };
struct avg_cadence_rpm_t : role<double, dimension::rate> { static constexpr std::string_view name = "avg_cadence_rpm"; };
struct sport_t : role<sport_id, dimension::text> { static constexpr std::string_view name = "activity_type"; };
struct source_activity_type_t : role<std::string_view, dimension::text> { static constexpr std::string_view name = "source_activity_type"; };
struct title_t : role<std::string_view, dimension::text, authority::subjective> { static constexpr std::string_view name = "name"; };
struct notes_t : role<std::string_view, dimension::text, authority::subjective> { static constexpr std::string_view name = "notes"; };
struct tags_t : role<std::vector<std::string>, dimension::text, authority::subjective> { static constexpr std::string_view name = "tags"; };
struct rpe_t : role<double, dimension::scalar, authority::subjective> { static constexpr std::string_view name = "rpe"; };
struct feeling_t : role<double, dimension::scalar, authority::subjective> { static constexpr std::string_view name = "feeling"; };
struct device_t : role<device_info, dimension::text> { static constexpr std::string_view name = "device"; };
struct origin_t : role<origin_ref, dimension::text, authority::identity> { static constexpr std::string_view name = "origin"; };
struct file_t : role<file_identity, dimension::text, authority::identity> { static constexpr std::string_view name = "file"; };
struct start_lat_deg_t : role<double, dimension::angle, authority::objective, facet::motion> { static constexpr std::string_view name = "start_lat"; };
struct start_lon_deg_t : role<double, dimension::angle, authority::objective, facet::motion> { static constexpr std::string_view name = "start_lon"; };
struct track_t : role<track_tag, dimension::text, authority::objective, facet::motion> { static constexpr std::string_view name = "track"; };
struct parent_id_t : role<std::string_view, dimension::text, authority::identity> { static constexpr std::string_view name = "parent_id"; };
struct updated_at_t : role<instant, dimension::instant, authority::identity> { static constexpr std::string_view name = "updated_at"; };
struct revision_t : role<double, dimension::scalar, authority::identity> { static constexpr std::string_view name = "revision"; };
struct locked_t : role<std::vector<std::string>, dimension::text, authority::identity> { static constexpr std::string_view name = "locked"; };
struct computed_t : role<std::vector<std::string>, dimension::text, authority::identity> { static constexpr std::string_view name = "computed"; };

inline constexpr athlete_id_t athlete_id{};
inline constexpr source_t source{};
inline constexpr external_id_t external_id{};
inline constexpr start_time_t start_time{};
inline constexpr utc_offset_t utc_offset{};
inline constexpr timezone_t timezone{};
inline constexpr start_precision_t start_precision{};
inline constexpr elapsed_t elapsed{};
inline constexpr timer_t_ timer{};
inline constexpr moving_t moving{};
inline constexpr distance_m_t distance_m{};
inline constexpr elevation_gain_m_t elevation_gain_m{};
inline constexpr energy_kcal_t energy_kcal{};
inline constexpr avg_speed_mps_t avg_speed_mps{};
inline constexpr max_speed_mps_t max_speed_mps{};
inline constexpr avg_heart_rate_bpm_t avg_heart_rate_bpm{};
inline constexpr max_heart_rate_bpm_t max_heart_rate_bpm{};
inline constexpr avg_power_w_t avg_power_w{};
inline constexpr max_power_w_t max_power_w{};
inline constexpr avg_temperature_c_t avg_temperature_c{};
inline constexpr avg_cadence_rpm_t avg_cadence_rpm{};
inline constexpr sport_t sport{};
inline constexpr source_activity_type_t source_activity_type{};
inline constexpr title_t name{};
inline constexpr notes_t notes{};
inline constexpr tags_t tags{};
inline constexpr rpe_t rpe{};
inline constexpr feeling_t feeling{};
inline constexpr device_t device{};
inline constexpr origin_t origin{};
inline constexpr file_t file{};
inline constexpr start_lat_deg_t start_lat_deg{};
inline constexpr start_lon_deg_t start_lon_deg{};
inline constexpr track_t track{};
inline constexpr parent_id_t parent_id{};
inline constexpr updated_at_t updated_at{};
inline constexpr revision_t revision{};
inline constexpr locked_t locked{};
inline constexpr computed_t computed{};

// Roles of a fix, one position of a track. A fix needs a latitude and a longitude, and a time: absolute (fix_time), or since
// the start of the record (since_start).
struct fix_time_t : role<instant, dimension::instant> { static constexpr std::string_view name = "fix_time"; };
struct since_start_t : role<milliseconds, dimension::duration> { static constexpr std::string_view name = "since_start"; };
struct lat_deg_t : role<double, dimension::angle> { static constexpr std::string_view name = "lat_deg"; };
struct lon_deg_t : role<double, dimension::angle> { static constexpr std::string_view name = "lon_deg"; };
inline constexpr fix_time_t fix_time{};
inline constexpr since_start_t since_start{};
inline constexpr lat_deg_t lat_deg{};
inline constexpr lon_deg_t lon_deg{};

}  // namespace coincide

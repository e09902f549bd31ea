// SPDX-License-Identifier: BSL-1.0
//
// Values that are off by a unit's factor: kilometers in a field of meters, kilojoules for kilocalories, both legs for one.
// They are reported with the likely factor and never changed, unless the host asks for it with `repair`.
//
//     distance 10.04, moving 3723 s, average speed 2.696 m/s
//         10.04 m in 3723 s is 0.0027 m/s, a thousandth of the speed told  ->  {"distance_m", 1000, suspicion_by::second_field}
//
// Within one record by a second field, by the speed of the sport, and by what a body can do; between two records of one
// activity by their ratio. Works on any described type.
#pragma once

#include <coincide/normalize/read_number.hpp>
#include <coincide/record/describe.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace coincide {

enum class suspicion_by : unsigned char {
    second_field,  // distance, time and average speed do not fit together
    speed,         // no one moves like this in that sport
    body,          // energy, heart rate or cadence that no body has
    shape,         // climb of hundredths of meters
    duplicate,     // another record of the same activity
};

/// true value = value × factor, most likely.
struct suspicion {
    std::string_view field;
    double factor = 1;
    suspicion_by why{};
    friend bool operator==(const suspicion&, const suspicion&) = default;
};

namespace detail {

/// Factors by which sources are known to be wrong: km/m, cm/m, mi/km, yd/m, ft/m; ms/s, min/s; kJ/kcal, cal/kcal; km/h, mph; both
/// legs; hertz (traps 5, 6, 7, 10, 11, 12 and 22 of the provider tables).
inline constexpr double length_slips[] = {1000, 100, 1609.344, 1.609344, 0.3048, 0.9144};
inline constexpr double duration_slips[] = {1000, 60, 3600};
inline constexpr double energy_slips[] = {4.184, 1000};
inline constexpr double speed_slips[] = {3.6, 2.2369363, 10};
inline constexpr double rate_slips[] = {2, 60};

/// The slip that a ratio is, as the factor to multiply by; nothing when it is none. 2 % is more than rounding and less than
/// the distance between two slips. A yard is told from a metre only within 1 %, and only in a pool: elsewhere two devices are
/// often that far apart.
constexpr std::optional<double> slip_of(double ratio, std::span<const double> slips) noexcept {
    for (const double s : slips) {
        const double within = s > 0.8 && s < 1.2 ? 0.01 : 0.02;
        if (ratio > s * (1 - within) && ratio < s * (1 + within)) return s;
        if (ratio * s > 1 - within && ratio * s < 1 + within) return 1 / s;
    }
    return std::nullopt;
}

/// Average speeds from a stroll with stops to the best of the world, with room: m/s.
struct speed_range {
    std::string_view sport;
    double slowest, fastest;
};
inline constexpr speed_range speed_ranges[] = {
    {"swimming", 0.1, 2.5}, {"running", 0.5, 10}, {"hiking", 0.05, 4}, {"walking", 0.1, 4}, {"cycling", 0.5, 25}, {"rowing", 0.3, 7},
    {"skiing", 0.1, 35}, {"ice_skating", 0.3, 18}, {"inline_skating", 0.3, 18},
};
static_assert(std::all_of(std::begin(speed_ranges), std::end(speed_ranges), [](const speed_range& r) { return find_sport(r.sport).has_value(); }));
inline constexpr speed_range any_sport{"", 0.005, 120};

constexpr speed_range range_of(std::optional<sport_id> s) noexcept {
    if (s)
        for (const auto& r : speed_ranges)
            if (const auto family = find_sport(r.sport); family && descends_from(*s, *family)) return r;
    return any_sport;
}

template <class Host, class Role>
std::optional<double> number_of(const Host& r, Role role_of) {
    const auto v = read_if_bound(r, role_of);
    if (!v) return std::nullopt;
    double out = 0;
    if constexpr (std::is_same_v<typename Role::value_type, double>) out = *v;
    else out = std::chrono::duration<double>(*v).count();
    return out > 0 && out <= largest_total ? std::optional{out} : std::nullopt;
}

}  // namespace detail

/// What is off in one record. Empty for a sound one, and for one that says too little. O(fields).
template <record Host>
[[nodiscard]] std::vector<suspicion> implausible(const Host& r) {
    using detail::number_of;
    std::vector<suspicion> out;
    const auto meters = number_of(r, distance_m), told = number_of(r, avg_speed_mps), wall = number_of(r, elapsed);
    const auto going = number_of(r, moving), running_timer = number_of(r, timer);
    const auto took = going ? going : running_timer ? running_timer : wall;
    const auto range = detail::range_of(read_if_bound(r, sport));
    const auto fits = [&range](double speed) { return speed >= range.slowest && speed <= range.fastest; };
    if (meters && took) {
        const double speed = *meters / *took;
        const auto slip = told ? detail::slip_of(*told / speed, std::span{detail::length_slips}.first(5)) : std::nullopt;
        const auto time_slip = told ? detail::slip_of(speed / *told, detail::duration_slips) : std::nullopt;
        const auto speed_slip = told ? detail::slip_of(speed / *told, detail::speed_slips) : std::nullopt;
        if (told && fits(*told) && !fits(speed)) {  // the speed told is sound: distance or time is not, and walls of time tell which
            const bool time_is_off = time_slip && wall && going && *going > *wall * 1.01;
            if (time_is_off) out.push_back({moving_t::name, *time_slip, suspicion_by::second_field});
            else if (slip) out.push_back({distance_m_t::name, *slip, suspicion_by::second_field});
        } else if (told && fits(speed) && !fits(*told) && speed_slip) {
            out.push_back({avg_speed_mps_t::name, *speed_slip, suspicion_by::second_field});
        } else if (!told && !fits(speed)) {
            for (const double factor : {1000.0, 0.001, 100.0, 0.01}) {
                const bool one_unit = factor > 1 ? speed < range.slowest / 10 : speed > range.fastest * 2;
                if (!one_unit || !fits(speed * factor)) continue;
                out.push_back({distance_m_t::name, factor, suspicion_by::speed});
                break;
            }
        }
    }
    // Nobody turns over 2500 kcal in an hour: the best riders do some 1200 over an hour's time trial.
    if (const auto kcal = number_of(r, energy_kcal); kcal && took && *took > 300) {
        const double an_hour = *kcal / *took * 3600;
        if (an_hour > 100000) out.push_back({energy_kcal_t::name, 0.001, suspicion_by::body});
        else if (an_hour > 2500) out.push_back({energy_kcal_t::name, 1 / 4.184, suspicion_by::body});
    }
    // One leg makes up to some 110 strides a minute in a sprint.
    const auto s = read_if_bound(r, sport);
    const auto on_foot = [&s](std::string_view slug) { return s && detail::descends_from(*s, sport_from_slug(slug)); };
    if (const auto cadence = number_of(r, avg_cadence_rpm)) {
        if (*cadence < 5) out.push_back({avg_cadence_rpm_t::name, 60, suspicion_by::body});
        else if (*cadence > 120 && (on_foot("running") || on_foot("walking") || on_foot("hiking"))) out.push_back({avg_cadence_rpm_t::name, 0.5, suspicion_by::body});
    }
    if (const auto beats = number_of(r, avg_heart_rate_bpm); beats && *beats < 5) out.push_back({avg_heart_rate_bpm_t::name, 60, suspicion_by::body});
    if (const auto beats = number_of(r, max_heart_rate_bpm); beats && *beats < 5) out.push_back({max_heart_rate_bpm_t::name, 60, suspicion_by::body});
    // Hundredths of meters: no barometer counts them, and no road of 3 km outdoors is that flat (seen in back-filled records).
    if (const auto climb = number_of(r, elevation_gain_m); climb && meters && *meters > 3000 && *climb < *meters * 2e-4) {
        const double hundredths = *climb * 100;
        const bool whole_climb = *climb == static_cast<double>(static_cast<long long>(*climb));
        if (!whole_climb && hundredths >= 1) out.push_back({elevation_gain_m_t::name, 100, suspicion_by::shape});
    }
    return out;
}

namespace detail {
template <class Role>
void compare_field(const auto& a, const auto& b, Role role_of, std::span<const double> slips, std::vector<suspicion>& out) {
    const auto x = number_of(a, role_of), y = number_of(b, role_of);
    if (!x || !y) return;
    if (const auto slip = slip_of(*y / *x, slips)) out.push_back({Role::name, *slip, suspicion_by::duplicate});
}
}  // namespace detail

/// What is off in `a` if `b`, another record of the same activity, is right.
template <record A, record B>
[[nodiscard]] std::vector<suspicion> implausible_beside(const A& a, const B& b) {
    std::vector<suspicion> out;
    const auto s = read_if_bound(a, sport);
    const bool swims = s && detail::descends_from(*s, sport_from_slug("swimming"));
    detail::compare_field(a, b, distance_m, std::span{detail::length_slips}.first(swims ? 6 : 5), out);
    detail::compare_field(a, b, elevation_gain_m, std::span{detail::length_slips}.first(2), out);  // climbs differ too much for the rest
    detail::compare_field(a, b, elapsed, detail::duration_slips, out);
    detail::compare_field(a, b, timer, detail::duration_slips, out);
    detail::compare_field(a, b, moving, detail::duration_slips, out);
    detail::compare_field(a, b, energy_kcal, detail::energy_slips, out);
    detail::compare_field(a, b, avg_speed_mps, detail::speed_slips, out);
    detail::compare_field(a, b, avg_cadence_rpm, detail::rate_slips, out);
    detail::compare_field(a, b, avg_heart_rate_bpm, std::span{detail::rate_slips}.last(1), out);
    return out;
}

/// Applies one suspicion: for hosts whose policy is to repair. A role that the type cannot write is left as it is.
template <record Host>
void repair(Host& r, const suspicion& s) {
    describe<Host>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) {
        using value = typename Role::value_type;
        if constexpr (writable<Host, Role> && (std::is_same_v<value, double> || std::is_same_v<value, milliseconds>)) {
            if (Role::name != s.field) return;
            const auto v = detail::number_of(r, Role{});
            if (!v) return;
            if constexpr (std::is_same_v<value, double>) write_role(r, Role{}, *v * s.factor);
            else if (const auto d = detail::duration_from_seconds<milliseconds>(*v * s.factor)) write_role(r, Role{}, *d);
        }
    });
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Every unit that a profile may name, with the role it stands behind in tests, and one number through the whole normalizer.
#pragma once

#include "flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>

#include <optional>
#include <type_traits>

namespace all_units {

inline constexpr coincide::moment_rule start[] = {{"/start", coincide::stamp::text, coincide::zone_rule::utc}};
inline constexpr coincide::text_rule says[] = {say_id(coincide::texts::external_id, "/id")};
inline constexpr std::string_view needs[] = {"/start"};

inline coincide::result<coincide::normalized> read_by(const coincide::number_rule& rule, const flat_value& v) {
    const flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}, {"/v", v}, {"/lon", 3}};
    const coincide::number_rule rules[] = {rule, take(coincide::start_lon_deg, "/lon")};  // a latitude alone is no position
    return normalize(ride, coincide::profile{.name = "test", .source = "testing", .needs = needs, .start = start, .numbers = rules, .says = says});
}

/// A unit of a dimension behind one role, and how many decimals of it a record can hold (times are kept in milliseconds).
template <class Role>
struct checked {
    coincide::unit<typename Role::dimension> in;
    int decimals = 3;
};
namespace u = coincide::units;
inline constexpr checked<coincide::distance_m_t> lengths[] = {{u::meter}, {u::kilometer}, {u::decimeter}, {u::centimeter}, {u::millimeter}, {u::mile}, {u::yard}, {u::foot}, {u::inch}};
inline constexpr checked<coincide::moving_t> durations[] = {{u::second}, {u::millisecond, 0}, {u::decisecond, 2}, {u::minute}, {u::quarter_hour}, {u::hour}, {u::day}};
inline constexpr checked<coincide::energy_kcal_t> energies[] = {{u::kilocalorie}, {u::small_calorie}, {u::kilojoule}, {u::joule}};
inline constexpr checked<coincide::avg_speed_mps_t> speeds[] = {{u::meter_per_second}, {u::millimeter_per_second}, {u::decameter_per_second}, {u::kilometer_per_hour},
                                                                {u::hectometer_per_hour}, {u::decameter_per_hour}, {u::mile_per_hour}};
inline constexpr checked<coincide::avg_cadence_rpm_t> rates[] = {{u::per_minute}, {u::steps_per_minute}, {u::hertz}};
inline constexpr checked<coincide::avg_power_w_t> powers[] = {{u::watt}};
inline constexpr checked<coincide::avg_temperature_c_t> temperatures[] = {{u::celsius}, {u::fahrenheit}, {u::kelvin}};
inline constexpr checked<coincide::start_lat_deg_t> angles[] = {{u::degree}, {u::radian}, {u::semicircle}};

template <class Check>
void for_each(Check check) {
    const auto over = [&](const auto& of_dimension) {
        for (const auto& one : of_dimension) check(one);
    };
    over(lengths), over(durations), over(energies), over(speeds), over(rates), over(powers), over(temperatures), over(angles);
}

template <class Role>
std::optional<double> canonical(const coincide::activity& a) {
    const auto v = a.*coincide::detail::member_of<Role>;
    if constexpr (std::is_same_v<typename Role::value_type, double>) return v;
    else return v ? std::optional{std::chrono::duration<double>(*v).count()} : std::nullopt;
}
/// What the normalizer makes of a number in this unit; nothing where it refuses it.
template <class Role>
std::optional<double> taken(const checked<Role>& unit, double v) {
    const auto got = read_by(take(Role{}, "/v", unit.in), v);
    return got ? canonical<Role>(got->record) : std::nullopt;
}

}  // namespace all_units

// SPDX-License-Identifier: BSL-1.0
//
// Units a host's numbers may be in. A unit is a factor to the canonical unit of its dimension, so metres can never be
// taken for seconds: the dimension is part of the type and `bind` compares it with the role's.
//
//     bind(distance_m, &Ride::km, units::kilometer)     // 12.5 is read as 12 500 m
//     bind(distance_m, &Ride::km, units::hour)          // does not compile
//
// Canonical units: metres, seconds, kcal, m/s, beats and revolutions a minute, watts, degrees (angle), degrees Celsius.
#pragma once

#include <coincide/config.hpp>

namespace coincide {

namespace dimension {
struct scalar {};       // ratings, counts, anything a host brings
struct length {};
struct duration {};
struct instant {};
struct energy {};
struct speed {};
struct rate {};         // per minute: heart beats, revolutions
struct power {};
struct angle {};
struct temperature {};
struct text {};         // no unit applies
}  // namespace dimension

/// canonical = value * factor + offset
template <class Dimension>
struct unit {
    double factor = 1.0;
    double offset = 0.0;
};

namespace units {
inline constexpr unit<dimension::length> meter{1.0};
inline constexpr unit<dimension::length> kilometer{1000.0};
inline constexpr unit<dimension::length> centimeter{0.01};
inline constexpr unit<dimension::length> millimeter{0.001};
inline constexpr unit<dimension::length> mile{1609.344};        // international mile, exact since 1959
inline constexpr unit<dimension::length> yard{0.9144};          // exact
inline constexpr unit<dimension::length> foot{0.3048};          // exact
inline constexpr unit<dimension::duration> second{1.0};
inline constexpr unit<dimension::duration> millisecond{0.001};
inline constexpr unit<dimension::duration> minute{60.0};
inline constexpr unit<dimension::duration> hour{3600.0};
inline constexpr unit<dimension::instant> unix_second{1.0};
inline constexpr unit<dimension::instant> unix_millisecond{0.001};
inline constexpr unit<dimension::instant> fit_second{1.0, 631065600.0};  // since 1989-12-31T00:00:00Z (FIT protocol)
inline constexpr unit<dimension::energy> kilocalorie{1.0};
inline constexpr unit<dimension::energy> kilojoule{1.0 / 4.184};  // thermochemical calorie
inline constexpr unit<dimension::energy> joule{1.0 / 4184.0};
inline constexpr unit<dimension::speed> meter_per_second{1.0};
inline constexpr unit<dimension::speed> kilometer_per_hour{1.0 / 3.6};
inline constexpr unit<dimension::speed> mile_per_hour{0.44704};
inline constexpr unit<dimension::rate> per_minute{1.0};
inline constexpr unit<dimension::rate> hertz{60.0};
inline constexpr unit<dimension::power> watt{1.0};
inline constexpr unit<dimension::angle> degree{1.0};
inline constexpr unit<dimension::angle> radian{57.295779513082320877};
inline constexpr unit<dimension::angle> semicircle{180.0 / 2147483648.0};  // FIT: 2^31 semicircles are 180 degrees
inline constexpr unit<dimension::temperature> celsius{1.0};
inline constexpr unit<dimension::temperature> fahrenheit{5.0 / 9.0, -160.0 / 9.0};
inline constexpr unit<dimension::temperature> kelvin{1.0, -273.15};
}  // namespace units

}  // namespace coincide

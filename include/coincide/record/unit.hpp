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

/// canonical = (value - zero) * factor: never an addition after the product, which some instruction sets fuse and round otherwise.
template <class Dimension>
struct unit {
    double factor = 1.0;
    double zero = 0.0;    // the value at which the canonical unit is at 0
    const char* name = "";  // as people write it, for messages; empty: the canonical unit
};

namespace units {
inline constexpr unit<dimension::length> meter{1.0, 0.0, "m"};
inline constexpr unit<dimension::length> kilometer{1000.0, 0.0, "km"};
inline constexpr unit<dimension::length> decimeter{0.1, 0.0, "dm"};
inline constexpr unit<dimension::length> centimeter{0.01, 0.0, "cm"};
inline constexpr unit<dimension::length> millimeter{0.001, 0.0, "mm"};
inline constexpr unit<dimension::length> mile{1609.344, 0.0, "mi"};  // international mile, exact since 1959
inline constexpr unit<dimension::length> yard{0.9144, 0.0, "yd"};    // exact
inline constexpr unit<dimension::length> foot{0.3048, 0.0, "ft"};    // exact
inline constexpr unit<dimension::length> inch{0.0254, 0.0, "in"};    // exact
inline constexpr unit<dimension::duration> second{1.0, 0.0, "s"};
inline constexpr unit<dimension::duration> millisecond{0.001, 0.0, "ms"};
inline constexpr unit<dimension::duration> decisecond{0.1, 0.0, "0.1 s"};
inline constexpr unit<dimension::duration> minute{60.0, 0.0, "min"};
inline constexpr unit<dimension::duration> quarter_hour{900.0, 0.0, "15 min"};
inline constexpr unit<dimension::duration> hour{3600.0, 0.0, "h"};
inline constexpr unit<dimension::duration> day{86400.0, 0.0, "d"};
inline constexpr unit<dimension::instant> unix_second{1.0, 0.0, "Unix s"};
inline constexpr unit<dimension::instant> unix_millisecond{0.001, 0.0, "Unix ms"};
inline constexpr unit<dimension::instant> fit_second{1.0, -631065600.0, "FIT s"};  // since 1989-12-31T00:00:00Z (FIT protocol)
inline constexpr unit<dimension::energy> kilocalorie{1.0, 0.0, "kcal"};
inline constexpr unit<dimension::energy> small_calorie{0.001, 0.0, "cal"};
inline constexpr unit<dimension::energy> kilojoule{1.0 / 4.184, 0.0, "kJ"};  // thermochemical calorie
inline constexpr unit<dimension::energy> joule{1.0 / 4184.0, 0.0, "J"};
inline constexpr unit<dimension::speed> meter_per_second{1.0, 0.0, "m/s"};
inline constexpr unit<dimension::speed> millimeter_per_second{0.001, 0.0, "mm/s"};
inline constexpr unit<dimension::speed> decameter_per_second{10.0, 0.0, "10 m/s"};  // Garmin's account export
inline constexpr unit<dimension::speed> kilometer_per_hour{1.0 / 3.6, 0.0, "km/h"};
inline constexpr unit<dimension::speed> hectometer_per_hour{100.0 / 3600.0, 0.0, "100 m/h"};
inline constexpr unit<dimension::speed> decameter_per_hour{10.0 / 3600.0, 0.0, "10 m/h"};
inline constexpr unit<dimension::speed> mile_per_hour{0.44704, 0.0, "mph"};
inline constexpr unit<dimension::rate> per_minute{1.0, 0.0, "1/min"};
inline constexpr unit<dimension::rate> steps_per_minute{0.5, 0.0, "steps/min"};  // both legs; canonical cadence is strides of one
inline constexpr unit<dimension::rate> hertz{60.0, 0.0, "Hz"};
inline constexpr unit<dimension::power> watt{1.0, 0.0, "W"};
inline constexpr unit<dimension::angle> degree{1.0, 0.0, "deg"};
inline constexpr unit<dimension::angle> radian{57.295779513082320877, 0.0, "rad"};
inline constexpr unit<dimension::angle> semicircle{180.0 / 2147483648.0, 0.0, "semicircle"};  // FIT: 2^31 are 180 degrees
inline constexpr unit<dimension::temperature> celsius{1.0, 0.0, "degC"};
inline constexpr unit<dimension::temperature> fahrenheit{5.0 / 9.0, 32.0, "degF"};
inline constexpr unit<dimension::temperature> kelvin{1.0, 273.15, "K"};
inline constexpr unit<dimension::scalar> count{};
}  // namespace units

}  // namespace coincide

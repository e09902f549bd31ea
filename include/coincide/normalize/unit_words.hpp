// SPDX-License-Identifier: BSL-1.0
//
// The words with which services name a unit beside a value: HealthKit's HKUnit strings, Garmin's "uom", Health Connect's
// enums, Peloton's display_unit. Case matters: "Cal" is a kilocalorie, "cal" a thousandth of it (HealthKit reference).
#pragma once

#include <coincide/normalize/profile.hpp>

namespace coincide::words {

namespace detail {
inline constexpr unit_word length_rows[] = {
    word_for("m", units::meter), word_for("km", units::kilometer), word_for("cm", units::centimeter), word_for("mm", units::millimeter),
    word_for("mi", units::mile), word_for("yd", units::yard), word_for("ft", units::foot), word_for("in", units::inch),
    word_for("meter", units::meter), word_for("kilometer", units::kilometer), word_for("centimeter", units::centimeter),
    word_for("mile", units::mile), word_for("yard", units::yard), word_for("foot", units::foot),
    word_for("METERS", units::meter), word_for("KILOMETERS", units::kilometer), word_for("MILES", units::mile),
    word_for("FEET", units::foot), word_for("INCHES", units::inch), word_for("Kilometer", units::kilometer), word_for("Mile", units::mile),
    word_for("Meter", units::meter), word_for("Meters", units::meter), word_for("Yard", units::yard), word_for("Yards", units::yard), word_for("miles", units::mile), word_for("meters", units::meter), word_for("kilometers", units::kilometer),
};
inline constexpr unit_word duration_rows[] = {
    word_for("s", units::second), word_for("sec", units::second), word_for("second", units::second), word_for("min", units::minute),
    word_for("minute", units::minute), word_for("hr", units::hour), word_for("h", units::hour), word_for("hour", units::hour),
    word_for("d", units::day), word_for("ms", units::millisecond),
};
inline constexpr unit_word energy_rows[] = {
    word_for("kcal", units::kilocalorie), word_for("Cal", units::kilocalorie), word_for("kilocalorie", units::kilocalorie),
    word_for("cal", units::small_calorie), word_for("kJ", units::kilojoule), word_for("J", units::joule),
    word_for("KILOCALORIES", units::kilocalorie), word_for("CALORIES", units::small_calorie), word_for("KILOJOULES", units::kilojoule),
    word_for("JOULES", units::joule), word_for("kj", units::kilojoule),
};
inline constexpr unit_word speed_rows[] = {
    word_for("m/s", units::meter_per_second), word_for("mps", units::meter_per_second), word_for("km/hr", units::kilometer_per_hour),
    word_for("km/h", units::kilometer_per_hour), word_for("kph", units::kilometer_per_hour), word_for("mi/hr", units::mile_per_hour),
    word_for("mph", units::mile_per_hour), word_for("hmph", units::hectometer_per_hour), word_for("hydph", unit<dimension::speed>{91.44 / 3600.0}),
    word_for("METERS_PER_SECOND", units::meter_per_second), word_for("KILOMETERS_PER_HOUR", units::kilometer_per_hour),
    word_for("MILES_PER_HOUR", units::mile_per_hour),
};
inline constexpr unit_word rate_rows[] = {
    word_for("count/min", units::per_minute), word_for("bpm", units::per_minute), word_for("rpm", units::per_minute), word_for("spm", units::per_minute),
    word_for("count/s", units::hertz), word_for("stepsPerMinute", units::steps_per_minute),
};
inline constexpr unit_word temperature_rows[] = {
    word_for("degC", units::celsius), word_for("degF", units::fahrenheit), word_for("K", units::kelvin),
};
inline constexpr unit_word power_rows[] = {word_for("W", units::watt), word_for("watts", units::watt), word_for("WATTS", units::watt)};
}  // namespace detail

inline constexpr unit_words<dimension::length> length{detail::length_rows};
inline constexpr unit_words<dimension::duration> duration{detail::duration_rows};
inline constexpr unit_words<dimension::energy> energy{detail::energy_rows};
inline constexpr unit_words<dimension::speed> speed{detail::speed_rows};
inline constexpr unit_words<dimension::rate> rate{detail::rate_rows};
inline constexpr unit_words<dimension::temperature> temperature{detail::temperature_rows};
inline constexpr unit_words<dimension::power> power{detail::power_rows};

}  // namespace coincide::words

// SPDX-License-Identifier: BSL-1.0
//
// Devices, and what they make of a performance: samples with errors, and totals by their own reckoning.
//
//     device watch = device_of(models::forerunner, chance);
//     coincide::activity r = record(done, {.from_s = -4, .to_s = 3631}, watch, home, chance);   // pressed 4 s early, 31 s late
//     r.distance_m;   // 0.8 % more than was run, say
#pragma once

#include "performance.hpp"

#include <coincide/record/activity.hpp>

#include <string>
#include <vector>

namespace accuracy {

enum class sampling : std::uint8_t { every_second, smart, phone };

struct device_model {
    std::string_view source{};  // the service its maker runs, or the app's
    std::string_view maker{}, model{};
    coincide::device_type type = coincide::device_type::unknown;
    sampling samples = sampling::every_second;
    bool has_gps = true, has_pulse = true, has_power = false, writes_file = false;
    double distance_error = 0.008;  // between units, as a share
};

namespace models {
using enum coincide::device_type;
inline constexpr device_model forerunner{"garmin", "Garmin", "Forerunner 255", watch, sampling::smart, true, true, false, true};
inline constexpr device_model fenix{"garmin", "Garmin", "fenix 7", watch, sampling::every_second, true, true, false, true};
inline constexpr device_model edge{"garmin", "Garmin", "Edge 530", bike_computer, sampling::every_second, true, true, true, true, 0.004};
inline constexpr device_model elemnt{"wahoo", "Wahoo", "ELEMNT BOLT", bike_computer, sampling::every_second, true, true, true, true, 0.004};
inline constexpr device_model vantage{"polar", "Polar", "Vantage M2", watch, sampling::every_second};
inline constexpr device_model race{"suunto", "Suunto", "Race", watch, sampling::every_second, true, true, false, true};
inline constexpr device_model pace{"coros", "COROS", "PACE 3", watch, sampling::every_second, true, true, false, true};
inline constexpr device_model apple_watch{"apple_health", "Apple", "Watch Series 8", watch};
inline constexpr device_model strava_app{"strava", "Apple", "iPhone 13", phone, sampling::phone, true, false, false, false, 0.012};
inline constexpr device_model runkeeper_app{"runkeeper", "Samsung", "Galaxy S22", phone, sampling::phone, true, false, false, false, 0.015};
inline constexpr device_model whoop_band{"whoop", "WHOOP", "4.0", band, sampling::every_second, false};
inline constexpr device_model fitbit_band{"fitbit", "Fitbit", "Charge 5", band, sampling::every_second, false, true, false, false, 0.06};
inline constexpr device_model oura_ring{"oura", "Oura", "Ring 3", ring, sampling::every_second, false, true, false, false, 0.08};
inline constexpr device_model zwift{"zwift", "Zwift", "", other, sampling::every_second, true, true, true, true, 0.0};
inline constexpr device_model treadmill{"technogym", "Technogym", "Run Personal", other, sampling::every_second, false, false};
}  // namespace models

/// A clock that is wrong for a while: the battery was empty, the phone was not near.
struct clock_spell {
    instant from{}, until{};
    seconds by{0};
};

/// One unit of a model, with its own habits.
struct device {
    const device_model* model = nullptr;
    std::string serial{};
    double distance_factor = 1, energy_factor = 1, pulse_bias = 0;
    double gps_sigma_m = 4, gps_correlation_s = 50;
    int phone_interval_s = 3;
    bool auto_pause = false, has_heights = false, gives_meters = false;
    std::vector<clock_spell> clock{};
    [[nodiscard]] seconds clock_error_at(instant) const noexcept;
};
[[nodiscard]] device device_of(const device_model&, rng&);

/// When the buttons were pressed, in seconds of the performance; may lie outside it.
struct presses {
    int from_s = 0, to_s = 0;
};
[[nodiscard]] presses pressed(rng&, int from_s, int to_s);

/// What the device knows afterwards: a record without source and id. `home` is where the meters count from.
[[nodiscard]] coincide::activity record(const performance&, presses, const kind&, const device&, const city& home, rng&);

}  // namespace accuracy

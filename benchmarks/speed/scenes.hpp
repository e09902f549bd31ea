// SPDX-License-Identifier: BSL-1.0
//
// Rides for measuring: each is a real-looking way, recorded by two devices, and what is not the same ride.
//
//     scene s = make_scene(7, {.seconds = 3600, .speed_mps = 3, .sigma_m = 3.5});
//     s.one, s.twin        the same hour, errors of their own, every third fix of the twin dropped
//     s.other_way          the same start and time, another way
//     s.shifted            the twin, its clock 1 h 37 s late
//     s.far                the same hour 42 km away
//
// GPS error: 25 s of autocorrelation, as receivers have it, and 0.7 m of white noise.
#pragma once

#include <accuracy/route.hpp>

#include <coincide/record/activity.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

namespace speed {

using namespace coincide;

struct scene_options {
    int seconds = 3600;
    double speed_mps = 3, sigma_m = 3.5;
};

struct scene {
    samples one{}, twin{}, fractional{}, other_way{}, far{};
    instant start{}, shifted_start{};
};

inline constexpr instant first_start{std::chrono::seconds{1716800000}};

/// As one device writes it: `keep(second)` says which seconds it keeps, `late_ms` is the fraction of a second that it is behind.
template <class Keep>
samples recorded(accuracy::rng& chance, const accuracy::route& way, const scene_options& options, double north_m, std::int64_t late_ms, Keep keep) {
    constexpr double meters_per_degree = 111195.08, degree = 3.14159265358979323846 / 180;
    accuracy::walker on{&way};
    samples out;
    const double kept = std::exp(-1 / 25.0), fresh = options.sigma_m * std::sqrt(1 - kept * kept);
    double east = chance.normal(0, options.sigma_m), north = chance.normal(0, options.sigma_m), along = 0;
    for (int s = 0; s < options.seconds; ++s) {
        along += options.speed_mps * (1 + 0.2 * std::sin(s / 40.0));
        east = east * kept + chance.normal(0, fresh), north = north * kept + chance.normal(0, fresh);
        const auto at = on.at(std::fmod(along, way.length()));
        const double white_east = chance.normal(0, 0.7), white_north = chance.normal(0, 0.7);
        if (!keep(s)) continue;
        const double lat = 47 + (at.y + north + white_north + north_m) / meters_per_degree;
        out.push({.t = milliseconds{1000 * std::int64_t{s} + late_ms}, .lat_deg = lat, .lon_deg = 8 + (at.x + east + white_east) / (meters_per_degree * std::cos(47 * degree))});
    }
    out.finish();
    return out;
}

inline scene make_scene(std::uint64_t seed, const scene_options& options = {}) {
    accuracy::rng chance{accuracy::mixed(seed, 1)};
    const auto ground = accuracy::landscape_of(chance);
    const double length = options.seconds * options.speed_mps * 1.05;
    const auto way = accuracy::make_loop(chance, ground, accuracy::surface::roads, {0, 0, 0}, length);
    const auto other = accuracy::make_loop(chance, ground, accuracy::surface::roads, {0, 0, 0}, length);
    scene out;
    out.start = first_start + std::chrono::hours{24 * static_cast<int>(seed)};
    out.shifted_start = out.start + std::chrono::seconds{3637};
    const auto all = [](int) { return true; };
    out.one = recorded(chance, way, options, 0, 0, all);
    out.twin = recorded(chance, way, options, 0, 0, [&, next = 0](int s) mutable {  // every 2nd to 5th is missing
        if (s < next) return true;
        next = s + static_cast<int>(chance.between(2, 5));
        return s == 0;
    });
    out.fractional = recorded(chance, way, options, 0, 370, all);
    out.other_way = recorded(chance, other, options, 0, 0, all);
    out.far = recorded(chance, way, options, 42000, 0, all);
    return out;
}

}  // namespace speed

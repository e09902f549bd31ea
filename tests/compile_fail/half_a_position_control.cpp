// SPDX-License-Identifier: BSL-1.0
//
// Control of half_a_position.cpp: the same, without the mistake.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct point {
    std::chrono::sys_seconds at{};
    double lat = 0, lon = 0;
};

template <>
struct coincide::describe<point> {
    static constexpr schema fields{
        bind(fix_time, &point::at),
        bind(lat_deg, &point::lat),
        bind(lon_deg, &point::lon),
    };
};

static_assert(coincide::fix<point>);

// SPDX-License-Identifier: BSL-1.0
//
// Control of bound_twice_same_member.cpp: the same, without the mistake.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct ride {
    std::chrono::sys_seconds started{};
    std::optional<double> km{};
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::km, units::kilometer),
    };
};

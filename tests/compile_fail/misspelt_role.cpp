// expect: distnace_m
// SPDX-License-Identifier: BSL-1.0
//
// A role that does not exist.
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
        bind(distnace_m, &ride::km, units::kilometer),
    };
};

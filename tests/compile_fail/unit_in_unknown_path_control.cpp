// SPDX-License-Identifier: BSL-1.0
//
// Control of unit_in_unknown_path.cpp: the same, without the mistake.
#include <coincide/normalize/columns.hpp>
#include <coincide/normalize/providers/fitbit.hpp>

#include <chrono>

struct row {
    std::chrono::sys_seconds started{};
    int duration = 0;
};

template <>
struct coincide::describe<row> {
    static constexpr schema fields{
        bind(start_time, &row::started),
        bind(elapsed, &row::duration, unit_in(providers::fitbit, elapsed, "/duration")),
    };
};

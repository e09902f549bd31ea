// expect: this_profile_has_no_rule_for_this_role_at_this_path
// SPDX-License-Identifier: BSL-1.0
//
// A schema that asks a profile for a path that it does not have.
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
        bind(elapsed, &row::duration, unit_in(providers::fitbit, elapsed, "/durationInSeconds")),
    };
};

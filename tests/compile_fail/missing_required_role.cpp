// expect: fields.*start_time.*invalid
// SPDX-License-Identifier: BSL-1.0
//
// A description that does not say when the activity began is no record.
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
        bind(distance_m, &ride::km, units::kilometer),
    };
};

static_assert(coincide::record<ride>);

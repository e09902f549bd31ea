// SPDX-License-Identifier: BSL-1.0
//
// A host in a few lines: it describes its own type and reads it back.
#include <coincide/record/describe.hpp>

struct ride {
    std::chrono::sys_seconds started{};
    double km = 0;
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::km, units::kilometer),
    };
};
static_assert(coincide::record<ride>);

int main() { return coincide::read(ride{{}, 12.5}, coincide::distance_m) == 12500.0 ? 0 : 1; }

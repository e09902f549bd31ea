// expect: distance_m_t
// SPDX-License-Identifier: BSL-1.0
//
// A number that is kept as text: the host has to parse it, in a getter.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct ride {
    std::chrono::sys_seconds started{};
    std::string km{};
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::km, units::kilometer),
    };
};

inline auto how_far(const ride& r) { return coincide::read(r, coincide::distance_m); }

// expect: distance_m_t
// SPDX-License-Identifier: BSL-1.0
//
// Writing a role that is bound to a getter without a setter.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct ride {
    std::chrono::sys_seconds started{};
    double km = 0;
    double distance() const { return km; }
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::distance, units::kilometer),
    };
};

inline void set(ride& r) { coincide::write_role(r, coincide::distance_m, 1000.0); }

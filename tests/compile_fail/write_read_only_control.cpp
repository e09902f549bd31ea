// SPDX-License-Identifier: BSL-1.0
//
// Control of write_read_only.cpp: the same, without the mistake.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct ride {
    std::chrono::sys_seconds started{};
    double km = 0;
    double distance() const { return km; }
    void set_distance(double v) { km = v; }
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::distance, &ride::set_distance, units::kilometer),
    };
};

inline void set(ride& r) { coincide::write_role(r, coincide::distance_m, 1000.0); }

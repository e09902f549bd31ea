// expect: distance_m_t
// SPDX-License-Identifier: BSL-1.0
//
// Reading a role that the description does not bind.
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
    };
};

inline auto how_far(const ride& r) { return coincide::read(r, coincide::distance_m); }

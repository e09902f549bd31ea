// SPDX-License-Identifier: BSL-1.0
//
// Control of dangling_text.cpp: the same, without the mistake.
#include <coincide/record/describe.hpp>

#include <chrono>
#include <optional>
#include <string>

struct ride {
    std::chrono::sys_seconds started{};
    std::string service{};
    const std::string& from() const { return service; }
};

template <>
struct coincide::describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(source, &ride::from),
    };
};

inline auto who(const ride& r) { return coincide::read(r, coincide::source); }

// SPDX-License-Identifier: BSL-1.0
//
// The least that a record can be: it says when it began.
#pragma once

#include "facts.hpp"

namespace hosts {

struct minimal {
    std::chrono::sys_seconds began{};
};

template <>
struct made_of<minimal> {
    std::vector<minimal> records{};
    explicit made_of(const std::vector<facts>& all) {
        for (const auto& f : all) records.push_back({std::chrono::floor<std::chrono::seconds>(f.start)});
    }
};

}  // namespace hosts

template <>
struct coincide::describe<hosts::minimal> {
    static constexpr schema fields{bind(start_time, &hosts::minimal::began)};
};
static_assert(coincide::record<hosts::minimal>);

// SPDX-License-Identifier: BSL-1.0
//
// The ready-made activity: the host that the others are compared with.
#pragma once

#include "facts.hpp"

namespace hosts {

template <>
struct made_of<coincide::activity> {
    std::vector<coincide::activity> records{};
    explicit made_of(const std::vector<facts>& all) {
        for (const auto& f : all) {
            auto r = rides::activity_of(f.source, f.id, f.start, std::chrono::seconds{f.elapsed_s}, f.metres, f.sport);
            r.athlete_id = f.athlete, r.name = f.title, r.track = f.track;
            records.push_back(r);
        }
    }
};

}  // namespace hosts

// SPDX-License-Identifier: BSL-1.0
//
// What the targets share: a check that stops the fuzzer, and records as the command line writes them.
#pragma once

#include "decoded.hpp"
#include "json_write.hpp"

#include <cstdlib>
#include <string>

namespace fuzzing {

inline void require(bool holds) {
    if (!holds) std::abort();
}

inline std::string written(const reconcile::decoded& records) {
    std::string out;
    for (auto record : records.activities) {
        if (record.activity.athlete_id.empty()) record.activity.athlete_id = "me";  // as the command line does
        reconcile::write_record(out, record.activity, {.with_tracks = true});
        out += '\n';
    }
    return out;
}

}  // namespace fuzzing

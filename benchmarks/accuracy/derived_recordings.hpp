// SPDX-License-Identifier: BSL-1.0
//
// The recordings that hard cases are made of: read, told apart by activity, and put apart in time.
//
//     rides/a.fit, rides/a.gpx of one ride     ->  act 0, both moved by the same number of weeks
//     runs/b.fit, a year later or at that time ->  act 1, three weeks after act 0
//
// Files with several activities (legs of a triathlon, the tracks of one GPX) are left out: what belongs together there is another question.
#pragma once

#include <coincide/record/activity.hpp>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace accuracy::derived {

struct recording {
    coincide::activity record{};
    std::uint32_t act = 0;
};

/// By act, then identity. Recordings of a clock that was never set keep their start.
[[nodiscard]] std::vector<recording> read_recordings(const std::filesystem::path& folder);

/// Moves a record with everything in it that names a time.
void shift(coincide::activity& record, std::chrono::milliseconds by);

}  // namespace accuracy::derived

// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as TCX. Beside not crashing: whatever is accepted is fit for matching, and legs name a session before them.
#include "fuzzing.hpp"
#include "tcx.hpp"

#include <cstdint>

using fuzzing::require;

namespace {

void require_ascending(const coincide::samples& rows) {
    require(rows.empty() || rows.t_ms.front() >= 0);
    for (std::size_t i = 1; i < rows.size(); ++i) require(rows.t_ms[i - 1] < rows.t_ms[i]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto result = reconcile::decode_tcx({reinterpret_cast<const std::byte*>(data), size});
    require(!result.activities.empty() || !result.findings.empty());
    unsigned expected = 0;
    for (const auto& one : result.activities) {
        const auto& activity = one.activity;
        const auto ordinal = one.ordinal, parent = one.parent_ordinal;
        require(ordinal == ++expected && parent < ordinal);
        require(activity.start_time >= coincide::earliest_start && activity.start_time <= coincide::latest_start);
        require(!activity.elapsed || activity.elapsed->count() > 0);
        require(!activity.elapsed || !activity.timer || *activity.elapsed >= *activity.timer || parent == 0);
        for (const auto& total : {activity.distance_m, activity.energy_kcal, activity.avg_heart_rate_bpm})
            require(!total || *total >= 0);
        require_ascending(activity.track);
        require_ascending(activity.streams);
    }
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as GPX. Beside not crashing: whatever is accepted is fit for matching.
#include "fuzzing.hpp"
#include "gpx.hpp"

#include <cstdint>

using fuzzing::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto result = reconcile::decode_gpx({reinterpret_cast<const std::byte*>(data), size});
    require(!result.activities.empty() || !result.findings.empty());
    for (const auto& one : result.activities) {
        const auto& activity = one.activity;
        require(activity.start_time >= coincide::earliest_start && activity.start_time <= coincide::latest_start);
        require(!activity.elapsed || activity.elapsed->count() > 0);
        require(!activity.distance_m || *activity.distance_m >= 0);
        require(activity.track.empty() || activity.track.t_ms.front() == 0);
        for (std::size_t i = 1; i < activity.track.size(); ++i) require(activity.track.t_ms[i - 1] < activity.track.t_ms[i]);
        for (const coincide::sample fix : activity.track)
            require(!fix.has_position() || coincide::plausible_position(fix.lat_deg, fix.lon_deg));
    }
    return 0;
}

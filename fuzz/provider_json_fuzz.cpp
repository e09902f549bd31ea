// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as a service's JSON. Beside not crashing: whatever is accepted is fit for matching, has an identity, and is read back from
// what the command line writes of it.
#include "fuzzing.hpp"
#include "json_read.hpp"
#include "provider_json.hpp"

#include <cmath>

using fuzzing::require, fuzzing::written;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span{data, size});
    const auto once = reconcile::decode_provider_json(bytes, {});
    require(!once.activities.empty() || !once.findings.empty());
    for (const auto& one : once.activities) {
        const auto& a = one.activity;
        require(!a.source.empty() && !a.external_id.empty());
        require(a.start_time >= coincide::earliest_start && a.start_time <= coincide::latest_start);
        require(!a.elapsed || a.elapsed->count() >= 0);
        for (const auto total : {a.distance_m, a.elevation_gain_m, a.energy_kcal, a.avg_speed_mps, a.avg_heart_rate_bpm, a.avg_cadence_rpm, a.avg_power_w})
            require(!total || (std::isfinite(*total) && *total >= 0));
        require(a.start_lat_deg.has_value() == a.start_lon_deg.has_value());
        for (std::size_t i = 1; i < a.track.size(); ++i) require(a.track.t_ms[i - 1] < a.track.t_ms[i]);
    }
    const auto text = written(once);
    require(written(reconcile::decode_provider_json(bytes, {})) == text);
    const auto again = reconcile::decode_ndjson(std::as_bytes(std::span{text}));
    require(again.activities.size() == once.activities.size());
    require(written(again) == text);
    return 0;
}

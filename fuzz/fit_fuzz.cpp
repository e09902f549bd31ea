// SPDX-License-Identifier: BSL-1.0
//
// Feeds any bytes to the FIT decoder. It must come back, and what it gives must hold together.
#include "fit.hpp"
#include "fuzzing.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

using fuzzing::require;

namespace {

void check(const coincide::samples& s) {
    require(s.lat.size() == s.lon.size());
    require(s.lat.empty() || s.lat.size() == s.size());
    for (const auto& column : s.values) require(column.empty() || column.size() == s.size());
    require(std::adjacent_find(s.t_ms.begin(), s.t_ms.end(), std::greater_equal<>{}) == s.t_ms.end());
    for (const auto& column : s.values)
        for (const double v : column) require(!std::isinf(v));
    for (const double v : s.lat) require(std::isnan(v) || std::abs(v) <= 90.0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const reconcile::decode_limits limits{.file_bytes = 1 << 20, .fixes = 20000, .activities = 500};
    const auto out = reconcile::decode_fit(std::as_bytes(std::span{data, size}), limits);
    require(!out.activities.empty() || !out.findings.empty());
    unsigned ordinal = 0;
    for (const auto& one : out.activities) {
        const auto& a = one.activity;
        const auto own = one.ordinal, parent = one.parent_ordinal;
        require(own == ++ordinal && parent < own);
        require(a.source == "fit_file");
        require(a.start_time >= coincide::earliest_start && a.start_time <= coincide::latest_start);
        for (const auto& total : {a.elapsed, a.timer, a.moving}) require(!total || total->count() >= 0);
        for (const auto& total : {a.distance_m, a.elevation_gain_m, a.energy_kcal, a.avg_speed_mps, a.max_speed_mps})
            require(!total || (std::isfinite(*total) && *total >= 0.0));
        check(a.track);
        check(a.streams);
        require(!a.streams.has_positions());
        require(a.track.empty() || a.track.positions() > 0);
    }
    for (const auto& f : out.findings) require(!f.offset || *f.offset <= size);
    return 0;
}

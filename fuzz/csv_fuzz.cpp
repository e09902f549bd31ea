// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as a table. Beside not crashing: rows and lines go on to the end, whatever is accepted is fit for matching and has an
// identity, and is read back from what the command line writes of it.
#include "csv.hpp"
#include "fuzzing.hpp"
#include "json_read.hpp"

#include <cmath>

using fuzzing::require, fuzzing::written;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span{data, size});
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    reconcile::csv_reader rows{text};
    std::uint64_t line = 0;
    std::size_t characters = 0;
    while (const auto fields = rows.next()) {
        require(!fields->empty() && rows.line() > line);
        line = rows.line();
        for (const auto& field : *fields) characters += field.size();
    }
    require(characters <= size);

    const auto once = reconcile::decode_csv(bytes, {});
    for (const auto& one : once.activities) {
        const auto& a = one.activity;
        require(!a.source.empty() && !a.external_id.empty());
        require(a.start_time >= coincide::earliest_start && a.start_time <= coincide::latest_start);
        for (const auto total : {a.distance_m, a.elevation_gain_m, a.energy_kcal, a.avg_speed_mps, a.avg_heart_rate_bpm, a.avg_cadence_rpm, a.avg_power_w})
            require(!total || (std::isfinite(*total) && *total >= 0));
        for (const auto& companion : one.companions) require(!companion.empty());
    }
    const auto first = written(once);
    require(written(reconcile::decode_csv(bytes, {})) == first);
    const auto again = reconcile::decode_ndjson(std::as_bytes(std::span{first}));
    require(again.activities.size() == once.activities.size() && written(again) == first);
    return 0;
}

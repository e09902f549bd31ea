// SPDX-License-Identifier: BSL-1.0
#include "grouped.hpp"

#include <coincide/adapters/places.hpp>

#include <cstdint>
#include <vector>

namespace reconcile {

namespace {

/// Samples are unpacked for as long as they are compared.
auto tracks_of(const history& all, const coincide::match_policy& policy) {
    return [&all, sampling = policy.sampling](std::uint32_t row) {
        coincide::activity only;
        only.start_time = all.records()[row].start_time;
        all.packed(row).put_back(only);
        return coincide::prepare_tracks(only, sampling);
    };
}

std::vector<coincide::row_pair> pairs_of_one_place(const history& all) {
    return coincide::pairs_of_one_place(all.records(), {}, [&all](std::uint32_t row) { return all.packed(row).unpack().track; });
}

}  // namespace

coincide::learned_grouping grouped(const history& all, std::span<const coincide::pin> pins) {
    const auto& policy = coincide::presets::balanced;
    return group_and_learn(all.records(), policy, pins, pairs_of_one_place(all), tracks_of(all, policy));
}

coincide::grouping grouped_by(const coincide::match_policy& policy, const history& all, std::span<const coincide::pin> pins) {
    return group(all.records(), policy, pins, pairs_of_one_place(all), tracks_of(all, policy));
}

}  // namespace reconcile

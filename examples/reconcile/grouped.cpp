// SPDX-License-Identifier: BSL-1.0
#include "grouped.hpp"

#include <coincide/adapters/places.hpp>

namespace reconcile {

coincide::learned_grouping grouped(const std::vector<coincide::activity>& records, std::span<const coincide::pin> pins) {
    return group_and_learn(records, coincide::presets::balanced, pins, coincide::pairs_of_one_place(records));
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// How the command line groups: wrong clocks are learned, clocks that were never set are looked for by place.
#pragma once

#include <coincide/group/learn_clocks.hpp>
#include <coincide/record/activity.hpp>

#include <span>
#include <vector>

namespace reconcile {

[[nodiscard]] coincide::learned_grouping grouped(const std::vector<coincide::activity>& records, std::span<const coincide::pin> pins = {});

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// How the command line groups: wrong clocks are learned, clocks that were never set are looked for by place.
#pragma once

#include "history.hpp"

#include <coincide/group/learn_clocks.hpp>

#include <span>

namespace reconcile {

[[nodiscard]] coincide::learned_grouping grouped(const history& all, std::span<const coincide::pin> pins = {});

/// By clocks that are known already.
[[nodiscard]] coincide::grouping grouped_by(const coincide::match_policy& policy, const history& all, std::span<const coincide::pin> pins);

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Values that are off by a unit's factor, as findings: told, and repaired only when the athlete asks for it.
//
//     {"kind":"salvage","file":"page.json","pointer":"/3","field":"distance_m","code":"implausible",
//      "reason":"1000 times the value would fit (time and average speed say so)"}
#pragma once

#include "decoded.hpp"

#include <coincide/group/group.hpp>

#include <vector>

namespace reconcile {

/// Looks at every record of one file; adds what is off to its findings, and mends it when `mend` is set.
void doubt_values(decoded& content, bool mend);

/// What members of one group say of each other: against the primary, where both are the whole.
[[nodiscard]] std::vector<finding> doubt_members(const std::vector<coincide::activity>& records, const coincide::record_group& group, std::uint32_t primary);

}  // namespace reconcile

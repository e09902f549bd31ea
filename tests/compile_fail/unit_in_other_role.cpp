// expect: this_profile_has_no_rule_for_this_role_at_this_path
// SPDX-License-Identifier: BSL-1.0
//
// A schema that asks a profile for another role than stands at the path: a distance where the duration is.
#include <coincide/normalize/columns.hpp>
#include <coincide/normalize/providers/fitbit.hpp>

inline constexpr auto in = unit_in(coincide::providers::fitbit, coincide::distance_m, "/duration");

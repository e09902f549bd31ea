// SPDX-License-Identifier: BSL-1.0
//
// Control of unit_in_other_role.cpp: the same, without the mistake.
#include <coincide/normalize/columns.hpp>
#include <coincide/normalize/providers/fitbit.hpp>

inline constexpr auto in = unit_in(coincide::providers::fitbit, coincide::elapsed, "/duration");

// SPDX-License-Identifier: BSL-1.0
//
// Control of profile_wrong_unit.cpp: the same, without the mistake.
#include <coincide/normalize/profile.hpp>

inline constexpr coincide::number_rule rules[] = {take(coincide::distance_m, "/score/kilometer", coincide::units::kilometer)};

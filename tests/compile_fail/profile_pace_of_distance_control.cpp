// SPDX-License-Identifier: BSL-1.0
//
// Control of profile_pace_of_distance.cpp: the same, without the mistake.
#include <coincide/normalize/profile.hpp>

inline constexpr coincide::number_rule rules[] = {pace(coincide::avg_speed_mps, "/pace", 1000)};

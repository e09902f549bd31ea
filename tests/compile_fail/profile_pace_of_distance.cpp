// expect: dimension::speed
// SPDX-License-Identifier: BSL-1.0
//
// A pace for a role that is no speed.
#include <coincide/normalize/profile.hpp>

inline constexpr coincide::number_rule rules[] = {pace(coincide::distance_m, "/pace", 1000)};

// expect: distance_m_t
// SPDX-License-Identifier: BSL-1.0
//
// A distance in kilojoules.
#include <coincide/normalize/profile.hpp>

inline constexpr coincide::number_rule rules[] = {take(coincide::distance_m, "/score/kilojoule", coincide::units::kilojoule)};

// expect: distance_m_t
// SPDX-License-Identifier: BSL-1.0
//
// A distance whose unit is looked up among those of energy.
#include <coincide/normalize/unit_words.hpp>

inline constexpr coincide::number_rule rules[] = {take(coincide::distance_m, "/distance", "/unit", coincide::words::energy)};

// SPDX-License-Identifier: BSL-1.0
//
// Control of profile_wrong_words.cpp: the same, without the mistake.
#include <coincide/normalize/unit_words.hpp>

inline constexpr coincide::number_rule rules[] = {take(coincide::distance_m, "/distance", "/unit", coincide::words::length)};

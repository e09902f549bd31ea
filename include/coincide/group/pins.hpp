// SPDX-License-Identifier: BSL-1.0
//
// An athlete's word on a pair: these two are one activity, or they are not. The only hard constraint of grouping; it holds
// whatever the evidence says, and whatever is delivered later.
#pragma once

#include <coincide/config.hpp>

#include <compare>
#include <cstdint>

namespace coincide {

enum class pin_kind : std::uint8_t { must, cannot };

/// Rows of the records handed to `group`. The order of a and b does not matter; of contradicting pins `cannot` holds.
struct pin {
    std::uint32_t a = 0, b = 0;
    pin_kind kind = pin_kind::must;

    friend constexpr bool operator==(const pin&, const pin&) = default;
};

/// Two rows of the same records.
struct row_pair {
    std::uint32_t a = 0, b = 0;
    friend constexpr auto operator<=>(const row_pair&, const row_pair&) = default;
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// When a person said something, in an order that all devices agree on: a hybrid logical clock (Kulkarni and others, 2014), with the
// device's name to part equal stamps.
//
//     hybrid_stamp now = tick(last, wall_clock, "phone-7");   // grows on one device, also when its clock goes back
//
// Of two values of one field the greater (stamp, device, value bytes) holds, so merging them is commutative, associative and idempotent.
// A clock that is a year ahead must not win for a year: the ledger fixes the effective stamp when it first accepts a word, at most
// `ahead_max` after the receipt, and all replicas use that one.
#pragma once

#include <coincide/record/time.hpp>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace coincide {

struct hybrid_stamp {
    std::int64_t ms = 0;        // of the wall clock, or of the last stamp where that was later
    std::uint64_t counter = 0;  // of stamps within one ms
    std::string device{};

    friend auto operator<=>(const hybrid_stamp&, const hybrid_stamp&) = default;
};

/// The next stamp of a device: after `last`, whatever the wall clock says.
[[nodiscard]] inline hybrid_stamp tick(const hybrid_stamp& last, instant wall_clock, std::string_view on) {
    const auto ms = wall_clock.time_since_epoch().count();
    if (ms > last.ms) return {ms, 0, std::string{on}};
    return {last.ms, last.counter + 1, std::string{on}};
}

/// As the ledger stores it: no later than the receipt and the bound. By how much it was later goes into the counter, so the words of one
/// device keep their order.
[[nodiscard]] inline hybrid_stamp effective(hybrid_stamp said, instant received, std::chrono::milliseconds ahead_max) {
    const std::int64_t latest = (received + ahead_max).time_since_epoch().count();
    if (said.ms <= latest) return said;
    constexpr std::uint64_t counters = 1 << 16;  // of one ms
    const auto later = std::min(static_cast<std::uint64_t>(said.ms) - static_cast<std::uint64_t>(latest), ~std::uint64_t{0} / counters - 1);
    said.counter = later * counters + std::min(said.counter, counters - 1);
    said.ms = latest;
    return said;
}

}  // namespace coincide

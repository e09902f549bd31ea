// SPDX-License-Identifier: BSL-1.0
//
// Whole columns at once, for hosts that keep or receive data in columns: one multiplication and one addition a value, no
// branch, the same bits as value by value.
//
//     convert(km, metres, units::kilometer);                          // 12.5 -> 12 500
//     convert(raw_hr, bpm, units::per_minute, {.nothing = 255});       // 255 -> NaN, "not known"
//
// A table of a provider converts all its columns with the factors of its profile: unit_in(profile, role, path).
#pragma once

#include <coincide/normalize/profile.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

namespace coincide {

struct column_options {
    double nothing = no_value;  // this value as delivered means "not known"
};

/// canonical = (value - zero) × factor for every value; what is `nothing`, NaN or infinite becomes NaN. Spans of equal length;
/// they may be the same memory. O(n), no allocation.
template <class Number, class Dimension>
    requires std::is_arithmetic_v<Number>
constexpr void convert(std::span<const Number> from, std::span<double> to, unit<Dimension> in, column_options options = {}) noexcept {
    COINCIDE_ASSERT(from.size() == to.size(), "columns of one table are equally long");
    const double nothing = options.nothing;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const auto v = static_cast<double>(from[i]);
        const double canonical = (v - in.zero) * in.factor;
        to[i] = ((v == nothing) | !(canonical - canonical == 0.0)) ? no_value : canonical;
    }
}

namespace detail {
void this_profile_has_no_rule_for_this_role_at_this_path();  // never defined: naming it ends constant evaluation
}

/// The unit in which a profile says that a role is delivered at a path: for the schema of a struct that holds a provider's
/// values as they came. Does not compile when the profile has no such rule, or when the
/// unit depends on more than the value: a pace, a unit named beside it, a second reading.
///
///     bind(elapsed, &FitbitRow::duration, unit_in(providers::fitbit, elapsed, "/duration"))     // milliseconds
template <class Role>
[[nodiscard]] consteval unit<typename Role::dimension> unit_in(const profile& by, Role, std::string_view path) {
    for (const auto& r : by.numbers)
        if (r.role == Role::name && r.path == path && r.as <= encoding::text_number && r.words.empty() && r.other_factor == 0) return {r.factor, r.zero};
    detail::this_profile_has_no_rule_for_this_role_at_this_path();
    return {};
}

}  // namespace coincide

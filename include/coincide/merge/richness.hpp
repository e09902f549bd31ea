// SPDX-License-Identifier: BSL-1.0
//
// How much a record says: the number of its known fields (requirement 000: when priorities are equal, prefer the source with
// more populated fields). A track counts as its columns; a zero total in a record over a minute is not known.
#pragma once

#include <coincide/match/signature.hpp>
#include <coincide/record/activity.hpp>

#include <string_view>

namespace coincide {

/// Whether a record says something about a role; zeros that stand for "unknown" do not count.
template <class Role, record R>
[[nodiscard]] bool knows(const R& r) {
    if constexpr (!has_role<R, Role>) return false;
    else if constexpr (std::same_as<Role, track_t>) return std::ranges::begin(track_of(r)) != std::ranges::end(track_of(r));
    else if constexpr (std::same_as<Role, streams_t>) {
        const auto* s = read(r, Role{});
        return s && !s->empty();
    } else if constexpr (detail::by_pointer<Role>) return read(r, Role{}) != nullptr;
    else {
        const auto value = read(r, Role{});
        if (!value) return false;
        // the roles for which a zero means "not known": distance, energy, heart rate, speed (interchange format)
        constexpr bool zero_is_unknown = std::same_as<typename Role::value_type, double> &&
                                         (std::same_as<Role, distance_m_t> || std::same_as<typename Role::dimension, dimension::energy> ||
                                          std::same_as<typename Role::dimension, dimension::speed> ||
                                          std::same_as<Role, avg_heart_rate_bpm_t> || std::same_as<Role, max_heart_rate_bpm_t>);
        if constexpr (zero_is_unknown) return *value > 0 || detail::known_total(*value, detail::duration_of(r).ms);
        else return true;
    }
}

namespace detail {
/// Fields that one role adds: itself, and for a track each of its value columns.
template <class Role, record R>
[[nodiscard]] int fields_filled(const R& r) {
    if constexpr (Role::owner == authority::identity) return 0;
    else {
        int filled = knows<Role>(r);
        if constexpr (std::same_as<Role, track_t>)
            if constexpr (std::same_as<std::remove_cvref_t<decltype(track_of(r))>, samples>)
                for (const auto& column : track_of(r).values) filled += !column.empty();
        return filled;
    }
}
}  // namespace detail

/// Number of fields a record fills, of those that merging chooses.
template <record R>
[[nodiscard]] int richness_of(const R& r) {
    int filled = 0;
    describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { filled += detail::fields_filled<Role>(r); });
    return filled;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// How much a record says: the number of its known fields (requirement 000: when priorities are equal, prefer the source with
// more populated fields). A track counts as its columns; a zero total in a record over a minute is not known.
#pragma once

#include <coincide/match/signature.hpp>
#include <coincide/record/activity.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <type_traits>

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

template <class Role, class... Fields>
consteval std::size_t place_in(const schema<Fields...>&) {
    std::size_t at = 0;
    static_cast<void>(((std::is_same_v<Role, typename Fields::role_type> || (++at, false)) || ...));
    return at;
}

/// What a record knows of the roles that merging chooses: a bit for each field of its schema, in order.
template <record R>
struct known_roles {
    static constexpr std::size_t fields = []<class... Fields>(const schema<Fields...>&) { return sizeof...(Fields); }(describe<R>::fields);
    std::array<std::uint64_t, (fields + 63) / 64> bits{};

    template <class Role>
    static constexpr std::size_t place = place_in<Role>(describe<R>::fields);

    known_roles() = default;
    explicit known_roles(const R& r) {
        describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) {
            if constexpr (Role::owner != authority::identity) bits[place<Role> / 64] |= std::uint64_t{knows<Role>(r)} << place<Role> % 64;
        });
    }
    [[nodiscard]] bool has(std::size_t at) const noexcept { return bits[at / 64] >> at % 64 & 1; }
    known_roles& operator|=(const known_roles& o) noexcept {
        for (std::size_t i = 0; i < bits.size(); ++i) bits[i] |= o.bits[i];
        return *this;
    }
    [[nodiscard]] int count() const noexcept {
        int n = 0;
        for (const auto word : bits) n += std::popcount(word);
        return n;
    }
};

template <record R>
[[nodiscard]] int richness_of(const R& r, const known_roles<R>& known) {
    auto filled = known.count();
    if constexpr (has_role<R, track_t>)
        if constexpr (std::same_as<std::remove_cvref_t<decltype(track_of(r))>, samples>)
            for (const auto& column : track_of(r).values) filled += !column.empty();
    return filled;
}

}  // namespace detail

/// Number of fields a record fills, of those that merging chooses.
template <record R>
[[nodiscard]] int richness_of(const R& r) {
    return detail::richness_of(r, detail::known_roles<R>{r});
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// The members of a group, best first: who leads, and in which order the others are asked for what the leader lacks.
//
//     a whole ride from an aggregator, a watch's FIT file of it, the same maker's file of its first half
//     ->  the watch's whole, the aggregator's whole, the half
//
// Wholes before parts; then the source's rank (priority.hpp), the device type, the number of filled fields (richness.hpp), and
// the identity, so that the order is one whatever order the records came in.
#pragma once

#include <coincide/group/group.hpp>
#include <coincide/merge/priority.hpp>
#include <coincide/merge/richness.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace coincide {

/// Records in a range that holds them: merging keeps pointers into them.
template <class R>
concept record_range = std::ranges::random_access_range<R> && record<std::ranges::range_value_t<R>> && std::is_lvalue_reference_v<std::ranges::range_reference_t<const R>>;

/// Members of a group, leader first: wholes before parts, then source, device type, richness, identity.
struct ranking {
    std::vector<std::uint32_t> rows{};
    std::size_t wholes = 0;  // the first so many are not a part of another member
};

namespace detail {

template <class R>
[[nodiscard]] decltype(auto) row_of(const R& records, std::uint32_t row) {
    return std::ranges::begin(records)[static_cast<std::ranges::range_difference_t<R>>(row)];
}

/// What ranking and the rules of merging ask of a member, whatever the role; read once.
struct member_facts {
    std::uint32_t row = 0;
    std::uint32_t at = 0;  // among the members, which come sorted by identity
    bool part = false, by_person = false, is_edit = false;
    int source_rank = 0;  // higher leads
    device_type device = device_type::unknown;
    int richness = 0;
    const std::vector<std::string>* locked = nullptr;    // fields that the athlete has locked
    const std::vector<std::string>* computed = nullptr;  // fields that were derived, not delivered
    std::optional<sport_id> sport{};

    [[nodiscard]] bool locks(std::string_view field_name) const { return lists(locked, field_name); }
    [[nodiscard]] bool computes(std::string_view field_name) const { return lists(computed, field_name); }

    friend bool operator<(const member_facts& a, const member_facts& b) noexcept {
        if (a.part != b.part) return b.part;
        if (a.source_rank != b.source_rank) return a.source_rank > b.source_rank;
        if (a.device != b.device) return a.device < b.device;
        return a.richness != b.richness ? a.richness > b.richness : a.at < b.at;
    }

private:
    [[nodiscard]] static bool lists(const std::vector<std::string>* names, std::string_view field_name) {
        return names && std::find(names->begin(), names->end(), field_name) != names->end();
    }
};

template <record R>
[[nodiscard]] member_facts facts_of(const R& r, const known_roles<R>& known, std::uint32_t row, std::uint32_t at, const merge_policy& policy) {
    const auto from = read_if_bound(r, coincide::source).value_or("");
    const auto* d = read_if_bound(r, coincide::device);
    const auto kind = kind_of_source(from);
    return {row, at, false, kind == source_kind::person, from == "edit", rank_of(policy, read_if_bound(r, athlete_id).value_or(""), from, kind),
            d ? d->type : device_type::unknown, richness_of(r, known), read_if_bound(r, coincide::locked), read_if_bound(r, coincide::computed), read_if_bound(r, coincide::sport)};
}

/// Marks what is a part of another member, and puts the best first; the number of wholes.
inline std::size_t rank(std::span<member_facts> members, std::span<const pair_link> links) {
    const auto tells_part = [](const pair_link& l) { return l.joined && l.kind == relation::part_of; };
    if (std::any_of(links.begin(), links.end(), tells_part)) {
        std::sort(members.begin(), members.end(), [](const member_facts& x, const member_facts& y) { return x.row < y.row; });
        for (const auto& l : links) {
            if (!tells_part(l)) continue;
            const auto m = std::lower_bound(members.begin(), members.end(), l.a, [](const member_facts& x, std::uint32_t row) { return x.row < row; });
            if (m != members.end() && m->row == l.a) m->part = true;
        }
    }
    std::sort(members.begin(), members.end());
    const auto parts = std::find_if(members.begin(), members.end(), [](const member_facts& m) { return m.part; });
    return static_cast<std::size_t>((parts == members.begin() ? members.end() : parts) - members.begin());
}

}  // namespace detail

/// Ranks the members of a group. O(m log m + links log m) in their number m, and one look at each one's fields.
template <std::ranges::random_access_range R>
[[nodiscard]] ranking rank_members(const R& records, std::span<const std::uint32_t> members, std::span<const pair_link> links, const merge_policy& policy) {
    using host = std::ranges::range_value_t<R>;
    std::vector<detail::member_facts> facts;
    facts.reserve(members.size());
    for (const auto row : members) {
        const auto& r = detail::row_of(records, row);
        facts.push_back(detail::facts_of<host>(r, detail::known_roles<host>{r}, row, static_cast<std::uint32_t>(facts.size()), policy));
    }
    ranking ranked;
    ranked.wholes = detail::rank(facts, links);
    for (const auto& m : facts) ranked.rows.push_back(m.row);
    return ranked;
}

}  // namespace coincide

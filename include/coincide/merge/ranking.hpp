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
#include <ranges>
#include <span>
#include <vector>

namespace coincide {

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

struct rank_key {
    std::uint32_t at;  // among the members, which come sorted by identity
    bool part;
    int source;        // higher leads
    device_type device;
    int richness;

    friend bool operator<(const rank_key& a, const rank_key& b) noexcept {
        if (a.part != b.part) return b.part;
        if (a.source != b.source) return a.source > b.source;
        if (a.device != b.device) return a.device < b.device;
        return a.richness != b.richness ? a.richness > b.richness : a.at < b.at;
    }
};

}  // namespace detail

/// Ranks the members of a group. O(m log m + links log links) in their number m, and one look at each one's fields.
template <std::ranges::random_access_range R>
[[nodiscard]] ranking rank_members(const R& records, std::span<const std::uint32_t> members, std::span<const pair_link> links,
                                                      const merge_policy& policy) {
    std::vector<std::uint32_t> parts;
    for (const auto& l : links)
        if (l.joined && l.kind == relation::part_of) parts.push_back(l.a);
    std::sort(parts.begin(), parts.end());
    std::vector<detail::rank_key> keys;
    keys.reserve(members.size());
    for (const auto row : members) {
        const auto& r = detail::row_of(records, row);
        const auto* d = read_if_bound(r, device);
        keys.push_back({static_cast<std::uint32_t>(keys.size()), std::binary_search(parts.begin(), parts.end(), row),
                        rank_of(policy, read_if_bound(r, athlete_id).value_or(""), read_if_bound(r, coincide::source).value_or("")), d ? d->type : device_type::unknown, richness_of(r)});
    }
    std::sort(keys.begin(), keys.end());
    ranking ranked;
    ranked.rows.reserve(members.size());
    for (const auto& k : keys) {
        ranked.rows.push_back(members[k.at]);
        ranked.wholes += !k.part;
    }
    if (ranked.wholes == 0) ranked.wholes = ranked.rows.size();
    return ranked;
}

}  // namespace coincide

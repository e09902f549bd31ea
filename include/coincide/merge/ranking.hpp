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
#include <numeric>
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
    bool part;
    int source;        // higher leads
    device_type device;
    int richness;
    friend bool operator==(const rank_key&, const rank_key&) = default;
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
    for (const auto row : members) {
        const auto& r = detail::row_of(records, row);
        const auto* d = read_if_bound(r, device);
        keys.push_back({std::binary_search(parts.begin(), parts.end(), row), rank_of(policy, read_if_bound(r, athlete_id).value_or(""), read_if_bound(r, coincide::source).value_or("")),
                        d ? d->type : device_type::unknown, richness_of(r)});
    }
    std::vector<std::uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {  // members come sorted by identity
        const auto &a = keys[x], &b = keys[y];
        if (a.part != b.part) return b.part;
        if (a.source != b.source) return a.source > b.source;
        if (a.device != b.device) return a.device < b.device;
        return a.richness > b.richness;
    });
    ranking ranked;
    for (const auto i : order) {
        ranked.rows.push_back(members[i]);
        ranked.wholes += !keys[i].part;
    }
    if (ranked.wholes == 0) ranked.wholes = ranked.rows.size();
    return ranked;
}

}  // namespace coincide

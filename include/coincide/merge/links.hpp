// SPDX-License-Identifier: BSL-1.0
//
// The same answer in the three forms that hosts store: a `duplicate_of` column, a junction table, a group id column
// (requirement 000 leaves the choice open; all three can be made from one grouping, and none deletes a record).
//
//     for (auto [row, of] : duplicate_of(chosen))          update activities set duplicate_of = of where id = row
//     for (auto [a, b, kind, weight] : junction_rows(g))   insert into activity_links …
//     for (auto [row, group] : group_ids(g, chosen))       update activities set duplicate_group = group where id = row
#pragma once

#include <coincide/merge/merge.hpp>

#include <range/v3/view/filter.hpp>
#include <range/v3/view/transform.hpp>

#include <cstdint>
#include <span>

namespace coincide {

struct duplicate_row {
    std::uint32_t row, of;
    friend bool operator==(const duplicate_row&, const duplicate_row&) = default;
};
struct junction_row {
    std::uint32_t a, b;
    relation kind;
    centibits weight;
    friend bool operator==(const junction_row&, const junction_row&) = default;
};
struct group_row {
    std::uint32_t row, group;  // the group is named by the row of its smallest identity
    friend bool operator==(const group_row&, const group_row&) = default;
};

/// Every whole but the primary, with the primary; parts and legs are no duplicates. A view: `chosen` must outlive it.
[[nodiscard]] inline auto duplicate_of(const choices& chosen) {
    return std::span{chosen.ranked.rows}.first(chosen.ranked.wholes) | ranges::views::filter([p = chosen.primary](std::uint32_t row) { return row != p; }) |
           ranges::views::transform([p = chosen.primary](std::uint32_t row) { return duplicate_row{row, p}; });
}

/// The joined links. A view into the grouping.
[[nodiscard]] inline auto junction_rows(const record_group& g) {
    return g.links | ranges::views::filter([](const pair_link& l) { return l.joined; }) |
           ranges::views::transform([](const pair_link& l) { return junction_row{l.a, l.b, l.kind, l.weight()}; });
}

/// Every member with its group. A view into the grouping.
[[nodiscard]] inline auto group_ids(const record_group& g) {
    return g.members | ranges::views::transform([id = g.members.front()](std::uint32_t row) { return group_row{row, id}; });
}

}  // namespace coincide

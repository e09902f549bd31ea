// SPDX-License-Identifier: BSL-1.0
//
// What does a group say? For every field: which record's value, by which rule, and who says otherwise.
//
//     const auto chosen = merge(rides, group, presets::measured_first);
//     chosen.primary                        row of the record that leads
//     chosen.of(distance_m)->row, ->by      row 2, rule::facet
//     write(chosen, rides, clean);          into any writable described type
//
// Rules, strongest first: a field the athlete has locked; an athlete's edit; the only record that knows; for what is felt or
// named, the athlete's own record; for what is measured, the best source, then the best device, then the richer record, with
// fields that belong together (distance, moving time, speeds, track) from one record. What the leader lacks comes from the
// others. Nothing is computed or averaged: every value is one that a record holds. (Tags are united.)
//
// A pure function of the whole group, never a fold of pairs: the order of records cannot matter.
#pragma once

#include <coincide/merge/choose.hpp>

#include <algorithm>
#include <ranges>
#include <type_traits>
#include <vector>

namespace coincide {

/// Chooses for every role of the records' schema, a host's own roles included. The primary is the first by rank.
///
/// For many groups: chooser (choose.hpp), which uses its memory again.
/// Complexity  O(m · roles + m log m + links log m) for m members, plus m² for alternatives. Errors: none.
template <std::ranges::random_access_range R>
    requires record_range<R>
[[nodiscard]] choices merge(const R& records, const record_group& g, const merge_policy& policy) {
    return chooser<R>{records, policy}(g);
}

namespace detail {
template <class Role, std::ranges::random_access_range R, record To>
void write_choice(const choices& chosen, const R& records, To& to) {
    using host = std::ranges::range_value_t<R>;
    if constexpr (has_role<host, Role> && writable<To, Role>) {
        const auto* c = chosen.of(Role{});
        if (!c) return;
        const auto& from = row_of(records, c->row);
        if constexpr (std::same_as<Role, track_t>) {
            constexpr auto bound = describe<To>::fields[track];
            if constexpr (std::is_member_function_pointer_v<decltype(bound.set)>) (to.*bound.set)(track_of(from));
            else if constexpr (requires { to.*bound.get = track_of(from); }) to.*bound.get = track_of(from);
        } else if constexpr (std::same_as<Role, tags_t>) {
            std::vector<std::string> all = *read(from, tags);
            for (const auto row : chosen.contributors(*c))
                for (const auto& tag : *read(row_of(records, row), tags)) all.push_back(tag);
            std::sort(all.begin(), all.end());
            all.erase(std::unique(all.begin(), all.end()), all.end());
            write_role(to, tags, all);
        } else {
            write_role(to, Role{}, *read(from, Role{}));
        }
    }
}
}  // namespace detail

/// Writes the chosen values into a described type. Roles that the target does not bind, or cannot write, are left alone.
template <std::ranges::random_access_range R, record To>
void write(const choices& chosen, const R& records, To& to) {
    describe<To>::fields.for_each(
        [&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { detail::write_choice<Role>(chosen, records, to); });
}

}  // namespace coincide

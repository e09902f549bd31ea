// SPDX-License-Identifier: BSL-1.0
//
// The keys of the interchange record, once, in the order of its table: the reader and the writer both walk this list.
//
//     for_each_key([](auto role, auto member) { std::cout << role.name << '\n'; });   // athlete_id, source, external_id, …
//
// The type of the member decides how a value is read and written; the role gives the key and the dimension.
#pragma once

#include <coincide/record/activity.hpp>

#include <string_view>
#include <type_traits>

namespace reconcile {

template <class Visit>
constexpr void for_each_key(Visit&& visit) {
    coincide::describe<coincide::activity>::fields.for_each([&]<class Role, class G, class S, class A>(const coincide::field<Role, G, S, A>& bound) {
        if constexpr (!std::is_same_v<Role, coincide::clock_unset_t>) visit(Role{}, bound.get);  // follows from the start
    });
}

inline constexpr std::string_view column_keys[coincide::samples::column_count] = {"ele",     "hr",    "power",
                                                                                  "cadence", "speed", "distance"};

template <class Role>
inline constexpr bool is_angle = std::is_same_v<typename Role::dimension, coincide::dimension::angle>;

}  // namespace reconcile

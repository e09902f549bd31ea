// SPDX-License-Identifier: BSL-1.0
//
// How a host says, once, what the fields of its own type mean. Every algorithm then works on that type, without a copy.
//
//     struct Ride { std::chrono::sys_seconds started; int seconds; std::optional<double> km; std::string kind; };
//
//     template <> struct coincide::describe<Ride> {
//         static constexpr schema fields{
//             bind(start_time, &Ride::started),
//             bind(elapsed,    &Ride::seconds),                     // a number is in seconds unless a unit says otherwise
//             bind(distance_m, &Ride::km, units::kilometer),        // std::optional: may be absent
//             bind(sport,      &Ride::kind),                        // canonical slug
//         };
//     };
//     static_assert(coincide::record<Ride>);
//
// Members, const getters and free functions can be bound; a setter makes a getter writable. The description must stand in the
// header that defines the type. Rows of a columnar store are described through the getters of a small row handle.
// Policy (tolerances, priorities) is never part of a schema.
#pragma once

#include <coincide/record/role.hpp>
#include <coincide/record/convert.hpp>

#include <type_traits>
#include <utility>

namespace coincide {

/// The customisation point: specialise it for a host type with `static constexpr schema fields{...}`.
template <class Host>
struct describe;

/// A host value equal to this one means "not known": `absent_when(0)` for a heart rate without a strap.
template <class Value>
struct absent_when {
    Value value;
    constexpr explicit absent_when(Value v) : value{v} {}
};
struct never_absent {};
struct read_only {};

/// One line of a schema; made by bind.
template <class Role, class Get, class Set, class Absent>
struct field {
    using role_type = Role;
    Get get;
    Set set;
    unit<typename Role::dimension> in;
    Absent absent;
    constexpr const field& operator[](Role) const noexcept { return *this; }
};

/// Binds a role to a data member, a const getter, or a function object taking the host.
///
/// `in`        the unit of the host's number; canonical when left out
/// `absent`    absent_when(value); std::optional and empty text are absent without it
template <class Role, class Get, class Absent = never_absent>
constexpr auto bind(Role, Get get, unit<typename Role::dimension> in = {}, Absent absent = {}) {
    return field<Role, Get, read_only, Absent>{get, read_only{}, in, absent};
}

/// As above, with a setter: a member function that takes the host's value.
template <class Role, class Get, class Set, class Absent = never_absent>
    requires std::is_member_function_pointer_v<Set>
constexpr auto bind(Role, Get get, Set set, unit<typename Role::dimension> in = {}, Absent absent = {}) {
    return field<Role, Get, Set, Absent>{get, set, in, absent};
}

namespace detail {
template <class Role>
struct role_is_bound_twice {
    static constexpr bool never = false;
};
template <class Role, class... Fields>
consteval bool bound_once() {
    constexpr bool once = (std::size_t{std::is_same_v<Role, typename Fields::role_type>} + ...) == 1;
    if constexpr (!once) static_assert(role_is_bound_twice<Role>::never, "coincide: this schema binds one role twice; the role is named above");
    return once;
}
}  // namespace detail

namespace detail {
/// Not a field: `bind` found no overload of ours (with a std:: type among its arguments it then finds std::bind).
template <class Field>
concept bound_field = requires { typename Field::role_type; };
}  // namespace detail

template <class... Fields>
struct schema : Fields... {
    static_assert((detail::bound_field<Fields> && ...), "coincide: a line of this schema is no bind(role, member, unit) that fits: look at its unit, its member and its role");
    static_assert((detail::bound_once<typename Fields::role_type, Fields...>() && ...));
    constexpr explicit schema(Fields... fields) : Fields(fields)... {}
    using Fields::operator[]...;

    /// Calls visit(field) for every field, in the order of the schema.
    template <class Visit>
    constexpr void for_each(Visit&& visit) const {
        (visit(static_cast<const Fields&>(*this)), ...);
    }
};

/// A type with a description.
template <class Host>
concept described = requires { describe<std::remove_cvref_t<Host>>::fields; };

/// A described type that binds this role.
template <class Host, class Role>
concept has_role = described<Host> && requires { describe<std::remove_cvref_t<Host>>::fields[Role{}]; };

/// A described type that records an activity: it must say at least when it began. Put a static_assert of this beside the
/// description, so that a mistake is reported there.
template <class Host>
concept record = described<Host> && requires { describe<std::remove_cvref_t<Host>>::fields[start_time]; };

/// A position with a time. `since_start` needs the start of the record it belongs to.
template <class Host>
concept fix = described<Host> && requires { describe<std::remove_cvref_t<Host>>::fields[lat_deg]; } &&
              requires { describe<std::remove_cvref_t<Host>>::fields[lon_deg]; } && (has_role<Host, fix_time_t> || has_role<Host, since_start_t>);

namespace detail {
template <class Get, class Host>
constexpr decltype(auto) get_from(Get get, const Host& host) {
    if constexpr (std::is_member_object_pointer_v<Get>) return (host.*get);
    else if constexpr (std::is_member_function_pointer_v<Get>) return (host.*get)();
    else return get(host);
}
}  // namespace detail

/// What a record says about a role, in canonical form and unit; nothing when it does not say.
///
/// Returns     std::optional<value> for numbers, times and text (views into the host); a pointer for class types
///             (device, origin, file, tags), null when absent.
/// Absent      an empty optional, an empty text, the absent_when value, NaN, an infinity, a time text that is none.
template <class Host, class Role>
    requires has_role<Host, Role>
[[nodiscard]] constexpr auto read(const Host& host, Role r) {
    constexpr auto bound = describe<std::remove_cvref_t<Host>>::fields[Role{}];
    static_cast<void>(r);
    return detail::to_canonical<Role>(detail::get_from(bound.get, host), bound.in, bound.absent);
}

/// As read, for any record: a role that the type does not bind is absent.
template <class Host, class Role>
[[nodiscard]] constexpr auto read_if_bound(const Host& host, Role r) {
    if constexpr (has_role<Host, Role>) return read(host, r);
    else return detail::absent_value<Role>();
}

/// The host's own track: a range of fixes, by reference where it is a member.
template <class Host>
    requires has_role<Host, track_t>
[[nodiscard]] constexpr decltype(auto) track_of(const Host& host) {
    constexpr auto get = describe<std::remove_cvref_t<Host>>::fields[track].get;
    return detail::get_from(get, host);
}

/// A role that `write` can set: bound to a data member, or with a setter.
template <class Host, class Role>
concept writable = has_role<Host, Role> && requires {
    requires std::is_member_object_pointer_v<decltype(describe<Host>::fields[Role{}].get)> ||
                 !std::is_same_v<std::remove_cvref_t<decltype(describe<Host>::fields[Role{}].set)>, read_only>;
};

/// Sets one role from its canonical value, converting back to the host's unit and type.
template <class Host, class Role, class Value>
    requires writable<Host, Role>
constexpr void write_role(Host& host, Role, const Value& value) {
    constexpr auto bound = describe<Host>::fields[Role{}];
    using Get = std::remove_cvref_t<decltype(bound.get)>;
    if constexpr (std::is_member_object_pointer_v<Get>) {
        detail::from_canonical(host.*bound.get, value, bound.in);
    } else {
        std::remove_cvref_t<decltype(detail::get_from(bound.get, host))> converted{};
        detail::from_canonical(converted, value, bound.in);
        (host.*bound.set)(std::move(converted));
    }
}

}  // namespace coincide

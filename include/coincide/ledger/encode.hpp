// SPDX-License-Identifier: BSL-1.0
//
// A host's record as bytes and back, through its schema: what the ledger keeps of a delivery.
//
//     const std::string body = encode(ride);           // every role that has a value, by name
//     const std::string series = encode_series(ride);  // its track and its streams; empty where it has neither
//     Ride again;  decode(body, again) && decode_series(series, again);
//
// A value has the letter of its kind in front: r number, i instant, d duration (ms), t text, s sport, b flag, l list of texts, v device,
// o origin, f file. So a change can be shown without the host's type.
//
// Values are kept in canonical units, so a host may change its own; roles stand in the order of their names, so it may move them.
// Of a record only what its schema binds is kept. A role that was added since is absent in older bytes, one that was taken away is
// passed over. Equal records have equal bytes.
#pragma once

#include <coincide/ledger/encode_samples.hpp>
#include <coincide/record/activity.hpp>

#include <algorithm>
#include <concepts>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

template <class T>
inline constexpr bool no_bytes_for = false;
template <class Value>
concept a_duration = chrono_duration<Value> && !time_point<Value>;
template <class Role>
inline constexpr bool is_series = std::same_as<Role, track_t> || std::same_as<Role, streams_t>;

inline void put_value(byte_writer& out, double v) { out.byte('r').real(v); }
inline void put_value(byte_writer& out, bool v) { out.byte('b').byte(v); }
inline void put_value(byte_writer& out, instant v) { out.byte('i').integer(v.time_since_epoch().count()); }
inline void put_value(byte_writer& out, milliseconds v) { out.byte('d').integer(v.count()); }
inline void put_value(byte_writer& out, std::string_view v) { out.byte('t').raw(v); }
inline void put_value(byte_writer& out, sport_id v) { out.byte('s').raw(v.slug()); }
inline void put_value(byte_writer& out, const std::vector<std::string>& v) {
    out.byte('l').count(v.size());
    for (const auto& one : v) out.text(one);
}
inline void put_value(byte_writer& out, const device_info& v) { out.byte('v').text(v.manufacturer).text(v.model).text(v.serial).text(to_string(v.type)); }
inline void put_value(byte_writer& out, const origin_ref& v) { out.byte('o').text(v.source).text(v.external_id); }
inline void put_value(byte_writer& out, const file_identity& v) {
    out.byte('f').text(v.manufacturer).text(v.product).text(v.serial).text(v.sha256).byte(v.time_created.has_value());
    if (v.time_created) out.integer(v.time_created->time_since_epoch().count());
}

template <class Value>
[[nodiscard]] std::optional<Value> value_of(std::string_view bytes) {
    byte_reader in{bytes};
    const char kind = static_cast<char>(in.byte());
    Value out{};
    if constexpr (std::same_as<Value, double>) out = in.real();
    else if constexpr (std::same_as<Value, bool>) out = in.byte() != 0;
    else if constexpr (std::same_as<Value, instant>) out = instant{milliseconds{in.time_ms()}};
    else if constexpr (a_duration<Value>) out = std::chrono::duration_cast<Value>(milliseconds{in.time_ms()});
    else if constexpr (std::same_as<Value, std::string_view>) out = in.rest();
    else if constexpr (std::same_as<Value, sport_id>) out = sport_from_slug(in.rest());
    else if constexpr (std::same_as<Value, std::vector<std::string>>) {
        for (auto n = in.count(); n > 0 && in.good(); --n) out.emplace_back(in.text());
    } else if constexpr (std::same_as<Value, device_info>) {
        out.manufacturer = in.text(), out.model = in.text(), out.serial = in.text(), out.type = device_type_from(in.text());
    } else if constexpr (std::same_as<Value, origin_ref>) out.source = in.text(), out.external_id = in.text();
    else if constexpr (std::same_as<Value, file_identity>) {
        out.manufacturer = in.text(), out.product = in.text(), out.serial = in.text(), out.sha256 = in.text();
        if (in.byte() != 0) out.time_created = instant{milliseconds{in.time_ms()}};
    } else static_assert(no_bytes_for<Value>, "coincide: the ledger has no bytes for this role's value type: give the role a number, a text or a duration");
    std::string expected;
    byte_writer again{expected};
    if constexpr (a_duration<Value>) put_value(again, milliseconds{0});
    else put_value(again, Value{});
    return in.good() && kind == expected.front() ? std::optional{std::move(out)} : std::nullopt;
}

template <class Role, class Host>
void put_role(const Host& of, std::vector<std::pair<std::string_view, std::string>>& to) {
    if constexpr (!is_series<Role>) {
        const auto v = read(of, Role{});
        if (!v) return;
        std::string bytes;
        byte_writer out{bytes};
        if constexpr (a_duration<typename Role::value_type>) put_value(out, milliseconds{*v});
        else put_value(out, *v);
        to.emplace_back(Role::name, std::move(bytes));
    }
}

}  // namespace detail

/// The values of an encoded record by name, in byte order. Views into the body; empty where it is damaged.
[[nodiscard]] inline std::vector<std::pair<std::string_view, std::string_view>> values_of(std::string_view body) {
    std::vector<std::pair<std::string_view, std::string_view>> out;
    byte_reader in{body};
    while (!in.done()) {
        const auto role_name = in.text();
        out.emplace_back(role_name, in.text());
    }
    if (!in.good()) out.clear();
    return out;
}

/// The body of values, which must stand in the order of their names.
template <class Pairs>
[[nodiscard]] std::string body_of(const Pairs& values) {
    std::string body;
    byte_writer out{body};
    for (const auto& [role_name, bytes] : values) out.text(role_name).text(bytes);
    return body;
}

/// Everything a record says but its track and streams. O(fields log fields + bytes).
template <record R>
[[nodiscard]] std::string encode(const R& of) {
    std::vector<std::pair<std::string_view, std::string>> values;
    describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { detail::put_role<Role>(of, values); });
    std::sort(values.begin(), values.end());
    return body_of(values);
}

/// A record's own track as samples; of other tracks than the ready-made columns, the times and positions.
template <record R>
[[nodiscard]] samples samples_of(const R& of) {
    samples out;
    if constexpr (has_role<R, track_t>) {
        const auto& fixes = track_of(of);
        using fix_type = std::ranges::range_value_t<decltype(fixes)>;
        if constexpr (std::same_as<std::remove_cvref_t<decltype(fixes)>, samples>) out = fixes;
        else {
            const auto start = read(of, start_time);
            for (const auto& f : fixes) {
                std::optional<milliseconds> since;
                if constexpr (has_role<fix_type, since_start_t>) since = read(f, since_start);
                else if (const auto at = read(f, fix_time); at && start) since = *at - *start;
                const auto la = read(f, lat_deg), lo = read(f, lon_deg);
                if (since && la && lo) out.push({.t = *since, .lat_deg = *la, .lon_deg = *lo});
            }
            out.finish();
        }
    }
    return out;
}

/// Track, then streams. Empty where the record has neither.
template <record R>
[[nodiscard]] std::string encode_series(const R& of) {
    std::string bytes;
    const auto path = samples_of(of);
    samples still;
    if constexpr (has_role<R, streams_t>)
        if (const auto* s = read(of, streams)) still = *s;
    if (path.empty() && still.empty()) return bytes;
    byte_writer out{bytes};
    put_samples(out, path);
    put_samples(out, still);
    return bytes;
}

/// The same of series as bytes. Empty for empty ones.
[[nodiscard]] inline std::string sketch_of(std::string_view series) {
    std::string bytes;
    if (series.empty()) return bytes;
    byte_reader in{series};
    byte_writer out{bytes};
    for (int k = 0; k < 2; ++k) {
        put_samples(out, sketch_of(take_samples(in).value_or(samples{})));
    }
    return bytes;
}

/// Puts the values of a body into a record. Roles that the type does not bind, or cannot write, are passed over; so is a value whose
/// kind has changed. False where the bytes are damaged.
template <record R>
bool decode(std::string_view body, R& to) {
    const auto values = values_of(body);
    if (values.empty() && !body.empty()) return false;
    const auto put = [&]<class Role>(Role) {
        if constexpr (writable<R, Role> && !detail::is_series<Role>) {
            const auto at = std::lower_bound(values.begin(), values.end(), Role::name, [](const auto& v, std::string_view wanted) { return v.first < wanted; });
            if (at == values.end() || at->first != Role::name) return;
            if (const auto v = detail::value_of<typename Role::value_type>(at->second)) write_role(to, Role{}, *v);
        }
    };
    describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { put(Role{}); });
    return true;
}

namespace detail {
/// Into the ready-made columns, or into a range of fixes that can be written and appended to; other types keep no track.
template <record R>
void put_track(samples&& all, R& to) {
    if constexpr (writable<R, track_t>) {
        constexpr auto bound = describe<R>::fields[track];
        using track_type = std::remove_cvref_t<decltype(track_of(to))>;
        using fix_type = std::ranges::range_value_t<track_type>;
        if constexpr (!std::is_member_object_pointer_v<decltype(bound.get)>) return;
        else if constexpr (std::same_as<track_type, samples>) to.*bound.get = std::move(all);
        else if constexpr (requires(fix_type f) { (to.*bound.get).push_back(f); } && writable<fix_type, lat_deg_t> && writable<fix_type, lon_deg_t>) {
            const auto start = read(to, start_time).value_or(instant{});
            for (const auto s : all) {
                fix_type f{};
                write_role(f, lat_deg, s.lat_deg), write_role(f, lon_deg, s.lon_deg);
                if constexpr (writable<fix_type, since_start_t>) write_role(f, since_start, s.t);
                if constexpr (writable<fix_type, fix_time_t>) write_role(f, fix_time, start + s.t);
                (to.*bound.get).push_back(std::move(f));
            }
        }
    }
}
}  // namespace detail

/// Puts track and streams back, of a record that has its start. False where the bytes are damaged.
template <record R>
bool decode_series(std::string_view series, R& to) {
    if (series.empty()) return true;
    byte_reader in{series};
    auto path = take_samples(in), still = take_samples(in);
    if (!path || !still) return false;
    if (!path->empty()) detail::put_track(std::move(*path), to);
    if constexpr (writable<R, streams_t>)
        if (!still->empty()) write_role(to, streams, *still);
    return true;
}

}  // namespace coincide

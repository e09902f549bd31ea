// SPDX-License-Identifier: BSL-1.0
//
// Whose page is it? A document (one record, a list, a service's own page of a list) is recognised by its shape, and every
// record in it is visited with the profile that reads it.
//
//     for_each_record(document, providers::all, {}, [&](const auto& ride, const profile& by, std::string_view pointer) {
//         keep(normalize(ride, by), pointer);                         // pointer: "/body/series/0"
//     });
//
// A page that holds no records of a known kind (laps, statistics, a list of types) visits nothing and says so.
#pragma once

#include <coincide/normalize/json.hpp>
#include <coincide/normalize/profile.hpp>

#include <span>
#include <string>
#include <string_view>

namespace coincide {

namespace detail {

/// A key that stands there, be it with null: a record whose only value is missing is still one of its kind.
template <payload P>
[[nodiscard]] bool stands(const P& in, std::string_view path) {
    if constexpr (requires { in.find(path); }) return in.find(path).has_value();
    else return !in.at(path).absent();
}

/// Whether at least one of "a|b" stands in the payload; "a==word": with that text.
template <payload P>
[[nodiscard]] bool has_any(const P& in, std::string_view paths) {
    while (!paths.empty()) {
        const auto one = paths.substr(0, paths.find('|'));
        const auto equals = one.find("==");
        if (equals == std::string_view::npos ? stands(in, one) : in.at(one.substr(0, equals)).text == one.substr(equals + 2)) return true;
        paths.remove_prefix(one.size() == paths.size() ? one.size() : one.size() + 1);
    }
    return false;
}

template <json_value Value, class Visit>
bool visit_place(Value root, Value at, std::string_view place, const std::string& pointer, Visit&& visit);

/// One record, every record of an array, or every record of an array of pages.
template <json_value Value, class Visit>
bool visit_items(Value root, Value at, const std::string& pointer, Visit&& visit, int depth = 0) {
    using access = json_access<Value>;
    if (!access::is_array(at) || depth == 2) return visit(json_payload{at, root}, pointer);
    std::size_t i = 0;
    bool going = true;
    access::for_each(at, [&](Value item) { return going = visit_items(root, item, pointer + '/' + std::to_string(i++), visit, depth + 1); });
    return going;
}

template <json_value Value, class Visit>
bool visit_place(Value root, Value at, std::string_view place, const std::string& pointer, Visit&& visit) {
    using access = json_access<Value>;
    if (place.empty()) return visit_items(root, at, pointer, visit);
    const auto step = next_step(place);
    if (step.token != "*") {
        const auto inner = json_payload{at, root}.find(place.substr(0, place.size() - step.rest.size()));
        return !inner || visit_place(root, *inner, step.rest, pointer + '/' + std::string{step.token}, visit);
    }
    std::size_t i = 0;
    bool going = true;
    if (access::is_array(at))
        access::for_each(at, [&](Value item) { return going = visit_place(root, item, step.rest, pointer + '/' + std::to_string(i++), visit); });
    return going;
}

}  // namespace detail

/// Whether a payload has the shape of a profile's records.
template <payload P>
[[nodiscard]] bool looks_like(const P& in, const profile& by) {
    for (const auto paths : by.needs)
        if (!detail::has_any(in, paths)) return false;
    for (const auto path : by.lacks)
        if (path.find("==") == std::string_view::npos ? !in.at(path).absent() : detail::has_any(in, path)) return false;
    return true;
}

/// How many of a profile's fields a payload has: between two profiles that both fit, the one that explains more is right.
template <payload P>
[[nodiscard]] std::size_t fields_explained(const P& in, const profile& by) {
    std::size_t found = 0;
    for (const auto& r : by.numbers) found += !in.at(r.rows.empty() ? r.path : r.rows).absent();
    for (const auto& t : by.says) found += !in.at(t.path).absent();
    for (const auto& m : by.start) found += !in.at(m.path).absent();
    for (const auto& m : by.end) found += !in.at(m.path).absent();
    for (const auto path : by.needs) found += detail::has_any(in, path);
    return found;
}

/// What a document was taken for.
struct page_kind {
    const profile* by = nullptr;  // null: not recognised
    std::string_view place{};
};

/// The profile of a document's records: the one that explains most of the first record that fits it. `source` narrows the
/// choice where one of its profiles fits. O(profiles × fields).
template <json_value Value>
[[nodiscard]] page_kind recognize(Value document, std::span<const profile* const> known, std::string_view slug = {}) {
    constexpr std::string_view itself[] = {""};
    page_kind best;
    std::size_t most = 0;
    for (const bool any_source : {false, true}) {
        for (const auto* by : known) {
            if (!any_source && (slug.empty() || by->source != slug)) continue;
            for (const auto place : by->places.empty() ? std::span<const std::string_view>{itself} : by->places) {
                detail::visit_place(document, document, place, std::string{}, [&](const auto& item, const std::string&) {
                    if (!looks_like(item, *by)) return true;
                    if (const auto found = fields_explained(item, *by); found > most) most = found, best = {by, place};
                    return false;
                });
            }
        }
        if (best.by) break;
    }
    return best;
}

/// Visits every record of a document: visit(payload, profile, pointer). Records that do not fit their page are visited too,
/// so that normalizing can tell what is wrong with them. Returns what the page was taken for.
template <json_value Value, class Visit>
page_kind for_each_record(Value document, std::span<const profile* const> known, std::string_view slug, Visit&& visit) {
    const auto page = recognize(document, known, slug);
    if (!page.by) return page;
    detail::visit_place(document, document, page.place, std::string{}, [&](const auto& item, const std::string& pointer) {
        visit(item, *page.by, std::string_view{pointer});
        return true;
    });
    return page;
}

}  // namespace coincide

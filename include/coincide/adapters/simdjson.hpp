// SPDX-License-Identifier: BSL-1.0
//
// simdjson's DOM as a payload: the handle is the element itself.
//
//     simdjson::dom::parser parser;
//     simdjson::dom::element page;
//     if (parser.parse(body).get(page) == simdjson::SUCCESS)
//         for_each_record(page, providers::all, {}, [&](const auto& ride, const profile& p, std::string_view pointer) { … });
#pragma once

#include <coincide/normalize/json.hpp>

#include <simdjson.h>

namespace coincide {

template <>
struct json_access<simdjson::dom::element> {
    using value = simdjson::dom::element;
    using type = simdjson::dom::element_type;

    static delivered scalar(value v) {
        switch (v.type()) {
        case type::NULL_VALUE: return {};
        case type::BOOL: return delivered::of(bool{v.get_bool().value_unsafe()});
        case type::INT64: return delivered::of(std::int64_t{v.get_int64().value_unsafe()});
        case type::UINT64: return delivered::of(static_cast<double>(v.get_uint64().value_unsafe()));  // above 2^63
        case type::DOUBLE: return delivered::of(double{v.get_double().value_unsafe()});
        case type::STRING: return delivered::of(std::string_view{v.get_string().value_unsafe()});
        case type::ARRAY:
        case type::OBJECT: break;
        }
        return {delivered::kind::other, false, 0, 0, {}};
    }
    static bool is_object(value v) { return v.type() == type::OBJECT; }
    static bool is_array(value v) { return v.type() == type::ARRAY; }
    static std::optional<value> member(value v, std::string_view key) {
        simdjson::dom::object members;
        value found;
        if (v.get(members) || members.at_key(key).get(found)) return std::nullopt;
        return found;
    }
    template <class Visit>
    static void for_each(value v, Visit&& visit) {
        simdjson::dom::array items;
        if (v.get(items)) return;
        for (const value item : items)
            if (!visit(item)) return;
    }
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// nlohmann::json as a payload. The handle is a pointer, so nothing is copied; the document must outlive what views it.
//
//     const auto page = nlohmann::json::parse(body);
//     for_each_record(&page, providers::all, {}, [&](const auto& ride, const profile& p, std::string_view pointer) { … });
#pragma once

#include <coincide/normalize/json.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace coincide {

template <>
struct json_access<const nlohmann::json*> {
    using value = const nlohmann::json*;

    static delivered scalar(value v) {
        using type = nlohmann::json::value_t;
        switch (v->type()) {
        case type::null:
        case type::discarded: return {};
        case type::boolean: return delivered::of(*v->get_ptr<const bool*>());
        case type::number_integer: return delivered::of(*v->get_ptr<const std::int64_t*>());
        case type::number_unsigned: {
            const auto n = *v->get_ptr<const std::uint64_t*>();
            return n <= std::uint64_t{INT64_MAX} ? delivered::of(static_cast<std::int64_t>(n)) : delivered::of(static_cast<double>(n));
        }
        case type::number_float: return delivered::of(*v->get_ptr<const double*>());
        case type::string: return delivered::of(std::string_view{*v->get_ptr<const std::string*>()});
        case type::object:
        case type::array:
        case type::binary: break;
        }
        return {delivered::kind::other, false, 0, 0, {}};
    }
    static bool is_object(value v) { return v->is_object(); }
    static bool is_array(value v) { return v->is_array(); }
    static std::optional<value> member(value v, std::string_view key) {
        const auto found = v->find(std::string{key});
        return found == v->end() ? std::nullopt : std::optional{&*found};
    }
    template <class Visit>
    static void for_each(value v, Visit&& visit) {
        for (const auto& item : *v)
            if (!visit(&item)) return;
    }
};

}  // namespace coincide

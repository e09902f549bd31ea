// SPDX-License-Identifier: BSL-1.0
//
// Any JSON library as a payload. A library is described once, by a specialisation of `json_access` for its value handle,
// which must be cheap to copy; adapters/nlohmann_json.hpp and adapters/simdjson.hpp are the two ready ones.
//
//     const auto ride = nlohmann::json::parse(body);
//     const auto record = normalize(json_payload{&ride}, providers::strava);
#pragma once

#include <coincide/normalize/delivered.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace coincide {

/// The customisation point:
///     static delivered scalar(Value)                              // kind::other for objects and arrays
///     static bool is_object(Value), is_array(Value)
///     static std::optional<Value> member(Value, std::string_view)  // nothing when there is none; the value is an object
///     static void for_each(Value array, visit)                     // visit(Value) -> bool, false ends
template <class Value>
struct json_access;

template <class Value>
concept json_value = requires(Value v, std::string_view key, bool (*visit)(Value)) {
    { json_access<Value>::scalar(v) } -> std::same_as<delivered>;
    { json_access<Value>::is_object(v) } -> std::same_as<bool>;
    { json_access<Value>::is_array(v) } -> std::same_as<bool>;
    { json_access<Value>::member(v, key) } -> std::same_as<std::optional<Value>>;
    json_access<Value>::for_each(v, visit);
};

/// A record inside a JSON document.
template <json_value Value>
class json_payload {
public:
    static constexpr bool text_only = false;

    explicit json_payload(Value record) : record_{record}, root_{record} {}
    json_payload(Value record, Value root) : record_{record}, root_{root} {}

    [[nodiscard]] Value value() const { return record_; }

    [[nodiscard]] delivered at(std::string_view path) const {
        const auto found = find(path);
        return found ? access::scalar(*found) : delivered{};
    }

    template <class Visit>
    bool for_each(std::string_view path, Visit&& visit) const {
        const auto found = find(path);
        if (!found || !access::is_array(*found)) return false;
        access::for_each(*found, [&](Value item) { return visit(json_payload{item, root_}); });
        return true;
    }

    /// The value at a path; O(members passed).
    [[nodiscard]] std::optional<Value> find(std::string_view path) const {
        std::optional<Value> at = record_;
        if (path.starts_with('^')) at = root_, path.remove_prefix(1);
        while (at && !path.empty()) {
            const auto step = detail::next_step(path);
            at = one_step(*at, step.token);
            path = step.rest;
        }
        return at;
    }

    /// The JSON pointer of a path: choices become the index they chose. A path that leads nowhere is given as it is.
    [[nodiscard]] std::string pointer_of(std::string_view path) const {
        std::string pointer;
        std::optional<Value> at = record_;
        while (!path.empty()) {
            const auto step = detail::next_step(path);
            const auto choice = detail::choice_in(step.token);
            std::size_t i = 0, chosen = 0;
            if (at && !choice.key.empty() && access::is_array(*at)) {
                access::for_each(*at, [&](Value item) { return chosen = i++, !says(item, choice); });
                pointer.append("/").append(std::to_string(chosen));
            } else {
                pointer.append("/").append(step.token);
            }
            if (at) at = one_step(*at, step.token);
            path = step.rest;
        }
        return pointer;
    }

private:
    using access = json_access<Value>;

    static std::optional<Value> one_step(Value from, std::string_view token) {
        if (access::is_object(from)) return token.find('~') == std::string_view::npos ? access::member(from, token) : access::member(from, unescaped(token));
        if (!access::is_array(from)) return std::nullopt;
        const auto choice = detail::choice_in(token);
        const auto index = choice.key.empty() ? index_of(token) : std::nullopt;
        std::optional<Value> found;
        std::size_t i = 0;
        access::for_each(from, [&](Value item) {
            const bool meant = choice.key.empty() ? index == i : says(item, choice);
            if (meant) found = item;
            ++i;
            return !meant;
        });
        return found;
    }
    static std::string unescaped(std::string_view token) {
        std::string key;
        for (std::size_t i = 0; i < token.size(); ++i) {
            const bool escape = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
            key += escape ? (token[++i] == '0' ? '~' : '/') : token[i];
        }
        return key;
    }
    static bool says(Value item, const detail::path_choice& choice) {
        if (!access::is_object(item)) return false;
        const auto member = access::member(item, choice.key);
        return member && access::scalar(*member).text == choice.word;
    }
    static std::optional<std::size_t> index_of(std::string_view token) {
        std::size_t index = 0;
        for (const char c : token) {
            if (c < '0' || c > '9' || index > 1'000'000) return std::nullopt;
            index = index * 10 + static_cast<std::size_t>(c - '0');
        }
        return token.empty() ? std::nullopt : std::optional{index};
    }

    Value record_, root_;
};

}  // namespace coincide

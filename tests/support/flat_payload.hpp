// SPDX-License-Identifier: BSL-1.0
//
// A payload made by hand: what stands at which path, without any format behind it.
//
//     flat_payload ride{{"/id", "7"}, {"/start", "2025-03-30T00:45:10Z"}, {"/km", 10.04}};
//     ride.rows["/legs"] = {{{"/km", 4}}, {{"/km", 6}}};
#pragma once

#include <coincide/normalize/delivered.hpp>

#include <concepts>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A value that keeps its own text.
class flat_value {
public:
    flat_value() = default;
    flat_value(const char* text) : text_{text} {}
    flat_value(std::string text) : text_{std::move(text)} {}
    template <class T>
        requires std::same_as<T, bool>
    flat_value(T v) : value_{coincide::delivered::of(v)} {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    flat_value(T v) : value_{coincide::delivered::of(static_cast<std::int64_t>(v))} {}
    flat_value(double v) : value_{coincide::delivered::of(v)} {}

    /// An object or array, of which nothing more is known.
    static flat_value structured() {
        flat_value v;
        v.value_.is = coincide::delivered::kind::other;
        return v;
    }
    [[nodiscard]] coincide::delivered get() const { return text_ ? coincide::delivered::of(std::string_view{*text_}) : value_; }

private:
    std::optional<std::string> text_{};
    coincide::delivered value_{};
};

struct flat_payload {
    static constexpr bool text_only = false;
    std::map<std::string, flat_value, std::less<>> values{};
    std::map<std::string, std::vector<flat_payload>, std::less<>> rows{};

    flat_payload() = default;
    flat_payload(std::initializer_list<std::pair<const std::string, flat_value>> v) : values{v} {}

    [[nodiscard]] coincide::delivered at(std::string_view path) const {
        const auto found = values.find(path);
        return found == values.end() ? coincide::delivered{} : found->second.get();
    }
    template <class Visit>
    bool for_each(std::string_view path, Visit&& visit) const {
        const auto found = rows.find(path);
        if (found == rows.end()) return false;
        for (const auto& row : found->second)
            if (!visit(row)) break;
        return true;
    }
    /// The same with other or further values.
    [[nodiscard]] flat_payload with(std::initializer_list<std::pair<const std::string, flat_value>> more) const {
        auto out = *this;
        for (const auto& [path, value] : more) out.values[path] = value;
        return out;
    }
    [[nodiscard]] flat_payload without(std::string_view path) const {
        auto out = *this;
        if (const auto found = out.values.find(path); found != out.values.end()) out.values.erase(found);
        return out;
    }
};
static_assert(coincide::payload<flat_payload>);

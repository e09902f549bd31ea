// SPDX-License-Identifier: BSL-1.0
//
// Between the catalogue and the names that services give their sports. A name that a vocabulary does not know may still be a
// slug of the catalogue; else the sport is `other`, and the name stays with the record.
//
//     sport_of_name("Trail Run", providers::strava.vocabulary)      ->  trail_running
//     name_of_sport(sport_from_slug("trail_running"), vocabulary)   ->  "TrailRun"
#pragma once

#include <coincide/normalize/profile.hpp>

#include <optional>
#include <string_view>

namespace coincide {

namespace detail {

constexpr bool counts_in_name(char c) noexcept { return is_digit(c) || c == '/' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
constexpr char lower_letter(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether two names are one but for case, blanks and marks; a slash counts ("10/1" is not "101"), and a sign is a name of
/// its own ("-1" is not "1"). A name of marks alone is none.
constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.starts_with('-') != b.starts_with('-')) return false;
    std::size_t i = 0, j = 0;
    bool any = false;
    for (;; ++i, ++j, any = true) {
        while (i < a.size() && !counts_in_name(a[i])) ++i;
        while (j < b.size() && !counts_in_name(b[j])) ++j;
        if (i == a.size() || j == b.size()) return any && i == a.size() && j == b.size();
        if (lower_letter(a[i]) != lower_letter(b[j])) return false;
    }
}

/// Calls visit(name) for each of "Run|Running|9" until it says false.
template <class Visit>
constexpr void each_name(std::string_view names, Visit&& visit) {
    while (!names.empty()) {
        const auto one = names.substr(0, names.find('|'));
        if (!visit(one)) return;
        names.remove_prefix(one.size() == names.size() ? one.size() : one.size() + 1);
    }
}

}  // namespace detail

/// The sport of a provider's name; nothing when neither the vocabulary nor the catalogue knows it. O(vocabulary).
[[nodiscard]] constexpr std::optional<sport_id> sport_of_name(std::string_view word, std::span<const sport_names> vocabulary, std::string_view prefix = {}) noexcept {
    if (!prefix.empty() && word.starts_with(prefix)) word.remove_prefix(prefix.size());
    for (const auto& row : vocabulary) {
        bool found = false;
        detail::each_name(row.names, [&](std::string_view known) { return !(found = detail::same_name(known, word)); });
        if (found) return find_sport(row.slug);
    }
    for (std::size_t row = 0; row < sport_count; ++row)
        if (detail::same_name(detail::sport_table[row].slug, word)) return sport_id{static_cast<std::uint8_t>(row)};
    return std::nullopt;
}

/// The provider's own name of a sport, for writing back; nothing where it has none. O(vocabulary).
[[nodiscard]] constexpr std::optional<std::string_view> name_of_sport(sport_id id, std::span<const sport_names> vocabulary) noexcept {
    for (const auto& row : vocabulary)
        if (row.slug == id.slug()) return row.names.substr(0, row.names.find('|'));
    return std::nullopt;
}

}  // namespace coincide

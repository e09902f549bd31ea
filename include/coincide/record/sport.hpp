// SPDX-License-Identifier: BSL-1.0
//
// Which sport a record says it is, and how far two sports are apart.
//
//     auto hike = sport_from_slug("hiking");            // kind of walking, outdoor, distance expected
//     sport_distance_between(hike, sport_from_slug("walking"))   -> sport_distance::kin
//     sport_distance_between(hike, sport_from_slug("yoga"))      -> sport_distance::unrelated
//
// Labels disagree between sources (one says hike, the other walk; one says strength, the other climbing), so a sport is
// evidence, never a filter. Unknown names become `other`; the name itself stays with the record (source_activity_type).
#pragma once

#include <coincide/config.hpp>
#include <coincide/record/sport_table.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

namespace coincide {

inline constexpr std::size_t sport_count = std::size(detail::sport_table);

namespace detail {

/// Row of a slug, or sport_count. O(log n).
constexpr std::size_t find_sport_row(std::string_view slug) noexcept {
    std::size_t low = 0, high = sport_count;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (sport_table[middle].slug < slug) low = middle + 1;
        else high = middle;
    }
    return low < sport_count && sport_table[low].slug == slug ? low : sport_count;
}

inline constexpr auto other_sport_row = static_cast<std::uint8_t>(find_sport_row("other"));

/// What the rows say by name, as numbers: each one's parent (itself at the root), and whether it is unspecific.
struct sport_links {
    std::array<std::uint8_t, sport_count> parent{};
    std::array<bool, sport_count> unspecific{};
};
inline constexpr sport_links sports_linked = [] {
    sport_links links;
    for (std::size_t row = 0; row < sport_count; ++row) {
        const auto parent = find_sport_row(sport_table[row].parent);
        links.parent[row] = static_cast<std::uint8_t>(parent == sport_count ? row : parent);
    }
    for (const auto slug : unspecific_sports) links.unspecific[find_sport_row(slug)] = true;
    return links;
}();

}  // namespace detail

/// A row of the catalogue. Default: `other`.
class sport_id {
public:
    constexpr sport_id() noexcept = default;
    constexpr explicit sport_id(std::uint8_t row) noexcept : row_{row} { COINCIDE_ASSERT(row < sport_count, "a row of the catalogue"); }

    [[nodiscard]] constexpr std::uint8_t row() const noexcept { return row_; }
    [[nodiscard]] constexpr std::string_view slug() const noexcept { return detail::sport_table[row_].slug; }
    [[nodiscard]] constexpr bool indoor() const noexcept { return detail::sport_table[row_].place == detail::sport_place::indoor; }
    [[nodiscard]] constexpr bool distance_based() const noexcept { return detail::sport_table[row_].distance_based; }
    [[nodiscard]] constexpr bool core() const noexcept { return detail::sport_table[row_].core; }
    /// Positions of a virtual ride are those of a game: they say nothing about the rider's place.
    [[nodiscard]] constexpr bool is_virtual() const noexcept { return slug().starts_with("virtual_"); }
    /// Says only that there was some activity (workout, other, cardio, multisport, transition).
    [[nodiscard]] constexpr bool unspecific() const noexcept { return detail::sports_linked.unspecific[row_]; }
    /// One step up; itself at the root of its family.
    [[nodiscard]] constexpr sport_id parent() const noexcept { return sport_id{detail::sports_linked.parent[row_]}; }
    [[nodiscard]] constexpr sport_id family() const noexcept {
        sport_id at = *this;
        while (at.parent() != at) at = at.parent();
        return at;
    }

    friend constexpr bool operator==(sport_id, sport_id) = default;

private:
    std::uint8_t row_ = detail::other_sport_row;
};

/// The catalogue row of a canonical slug; nothing when the catalogue does not know it. O(log n).
[[nodiscard]] constexpr std::optional<sport_id> find_sport(std::string_view slug) noexcept {
    const auto row = detail::find_sport_row(slug);
    return row == sport_count ? std::nullopt : std::optional{sport_id{static_cast<std::uint8_t>(row)}};
}

/// As find_sport, but an unknown slug is `other`.
[[nodiscard]] constexpr sport_id sport_from_slug(std::string_view slug) noexcept {
    const auto row = detail::find_sport_row(slug);
    return row == sport_count ? sport_id{} : sport_id{static_cast<std::uint8_t>(row)};
}

/// How two labels may belong to one activity, nearest first.
enum class sport_distance : std::uint8_t {
    equal,       // the same slug
    kin,         // one is a kind of the other
    family,      // the same family: road and gravel cycling
    unspecific,  // one side says only "some activity"
    confused,    // different families that are known to be confused: walking and running
    unrelated,
};

namespace detail {
/// Whether `ancestor` stands somewhere above `sport` (or is it).
constexpr bool descends_from(sport_id sport, sport_id ancestor) noexcept {
    while (sport != ancestor && sport.parent() != sport) sport = sport.parent();
    return sport == ancestor;
}

/// On which sides of which pairs of confused labels a sport stands: bit k for pair k.
struct confusion {
    std::uint64_t first = 0, second = 0;
};
inline constexpr auto confusions = [] {
    static_assert(std::size(confused_sports) <= 64);
    std::array<confusion, sport_count> of{};
    for (std::size_t k = 0; k < std::size(confused_sports); ++k) {
        const auto x = sport_from_slug(confused_sports[k].a), y = sport_from_slug(confused_sports[k].b);
        for (std::size_t row = 0; row < sport_count; ++row) {
            const sport_id sport{static_cast<std::uint8_t>(row)};
            of[row].first |= std::uint64_t{descends_from(sport, x)} << k;
            of[row].second |= std::uint64_t{descends_from(sport, y)} << k;
        }
    }
    return of;
}();
}  // namespace detail

/// Symmetric. `equal` also for two unspecific labels with one slug.
[[nodiscard]] constexpr sport_distance sport_distance_between(sport_id a, sport_id b) noexcept {
    if (a == b) return sport_distance::equal;
    if (a.unspecific() || b.unspecific()) return sport_distance::unspecific;
    if (detail::descends_from(a, b) || detail::descends_from(b, a)) return sport_distance::kin;
    if (a.family() == b.family()) return sport_distance::family;
    const auto &x = detail::confusions[a.row()], &y = detail::confusions[b.row()];
    if ((x.first & y.second) != 0 || (x.second & y.first) != 0) return sport_distance::confused;
    return sport_distance::unrelated;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// The sport catalogue at compile time: that it is a sound table, and what look-ups give.
#include <coincide/record/sport.hpp>

#include <type_traits>

namespace coincide {
namespace {

constexpr sport_id sport_of(std::string_view slug) { return *find_sport(slug); }  // does not compile for an unknown slug

constexpr bool ascending_slugs() {
    for (std::size_t i = 1; i < sport_count; ++i)
        if (!(detail::sport_table[i - 1].slug < detail::sport_table[i].slug)) return false;
    return true;
}
constexpr bool every_slug_is_found() {
    for (std::size_t i = 0; i < sport_count; ++i)
        if (find_sport(detail::sport_table[i].slug) != sport_id{static_cast<std::uint8_t>(i)}) return false;
    return true;
}
constexpr bool every_parent_exists() {
    for (const auto& row : detail::sport_table)
        if (!row.parent.empty() && !find_sport(row.parent)) return false;
    return true;
}
constexpr bool every_chain_ends() {
    for (std::size_t i = 0; i < sport_count; ++i) {
        sport_id at{static_cast<std::uint8_t>(i)};
        for (std::size_t steps = 0; at.parent() != at; ++steps, at = at.parent())
            if (steps > sport_count) return false;
    }
    return true;
}
constexpr bool special_names_exist() {
    for (const auto name : detail::unspecific_sports)
        if (!find_sport(name)) return false;
    for (const auto& pair : detail::confused_sports)
        if (!find_sport(pair.a) || !find_sport(pair.b)) return false;
    return true;
}
constexpr bool symmetric(std::string_view a, std::string_view b) {
    return sport_distance_between(sport_from_slug(a), sport_from_slug(b)) ==
           sport_distance_between(sport_from_slug(b), sport_from_slug(a));
}

static_assert(sport_count <= 256, "a row number is one byte");
static_assert(ascending_slugs(), "look-up is a binary search");
static_assert(every_slug_is_found());
static_assert(every_parent_exists());
static_assert(every_chain_ends());
static_assert(special_names_exist());
static_assert(symmetric("running", "hiking") && symmetric("bmx", "cycling") && symmetric("yoga", "other"));
static_assert(symmetric("running", "yoga") && symmetric("walking", "running"));

static_assert(sport_id{} == sport_of("other") && sport_of("other").unspecific());
static_assert(!find_sport("") && !find_sport("Running") && !find_sport("zzz") && !find_sport("runnin"));
static_assert(sport_from_slug("underwater_chess") == sport_of("other"));
static_assert(sport_of("cycling").family() == sport_of("cycling") && sport_of("cycling").parent() == sport_of("cycling"));
static_assert(sport_of("e_mountain_biking").parent() == sport_of("e_biking"));
static_assert(sport_of("e_mountain_biking").family() == sport_of("cycling"));
static_assert(sport_of("running").distance_based() && !sport_of("archery").distance_based());
static_assert(!sport_of("running").is_virtual());

static_assert(sport_distance_between(sport_of("hiking"), sport_of("hiking")) == sport_distance::equal);
static_assert(sport_distance_between(sport_of("hiking"), sport_of("walking")) == sport_distance::kin);
static_assert(sport_distance_between(sport_of("hiking"), sport_of("yoga")) == sport_distance::unrelated);
static_assert(sport_distance_between(sport_of("bmx"), sport_of("cyclocross")) == sport_distance::family);
static_assert(sport_distance_between(sport_of("yoga"), sport_of("other")) == sport_distance::unspecific);
static_assert(sport_distance_between(sport_of("running"), sport_of("walking")) == sport_distance::confused);

static_assert(sizeof(sport_id) == 1 && std::is_trivially_copyable_v<sport_id>);
static_assert(noexcept(find_sport(std::string_view{})) && noexcept(sport_id{}.family()));
static_assert(noexcept(sport_distance_between(sport_id{}, sport_id{})));

}  // namespace
}  // namespace coincide

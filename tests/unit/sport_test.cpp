// SPDX-License-Identifier: BSL-1.0
//
// How far labels are apart, and that the catalogue has every sport of the shared list, with its parent, place and kind.
#include <coincide/record/sport.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

using namespace coincide;

namespace {

sport_distance between(std::string_view a, std::string_view b) {
    return sport_distance_between(sport_from_slug(a), sport_from_slug(b));
}

/// The text after `"key": ` in one object of the list, without quotes; enough for a file of our own with one key a line.
std::string value_of(const std::string& object, const std::string& key) {
    const auto at = object.find("\"" + key + "\": ");
    if (at == std::string::npos) return {};
    const auto from = at + key.size() + 4, to = object.find_first_of(",\n", from);
    auto text = object.substr(from, to - from);
    std::erase(text, '"');
    return text == "null" ? "" : text;
}

}  // namespace

TEST_CASE("sports are as near as their labels say", "[sport]") {
    CHECK(between("running", "running") == sport_distance::equal);
    CHECK(between("hiking", "walking") == sport_distance::kin);
    CHECK(between("walking", "hiking") == sport_distance::kin);
    CHECK(between("mountaineering", "walking") == sport_distance::kin);  // by way of hiking
    CHECK(between("road_cycling", "gravel_cycling") == sport_distance::family);
    CHECK(between("virtual_cycling", "road_cycling") == sport_distance::family);
    CHECK(between("running", "other") == sport_distance::unspecific);
    CHECK(between("workout", "cardio") == sport_distance::unspecific);
    CHECK(between("walking", "running") == sport_distance::confused);
    CHECK(between("speed_walking", "trail_running") == sport_distance::confused);  // kinds of the confused ones
    CHECK(between("hiking", "yoga") == sport_distance::unrelated);
    CHECK(between("pool_swimming", "road_cycling") == sport_distance::unrelated);
}

TEST_CASE("a label that says only some activity agrees with everything", "[sport]") {
    for (const auto* any : {"workout", "other", "cardio", "multisport", "transition"}) {
        CHECK(sport_from_slug(any).unspecific());
        CHECK(between(any, "gravel_cycling") == sport_distance::unspecific);
        CHECK(between(any, any) == sport_distance::equal);
    }
    CHECK_FALSE(sport_from_slug("running").unspecific());
}

TEST_CASE("the distance of two sports does not depend on their order", "[sport][law]") {
    for (std::size_t i = 0; i < sport_count; ++i)
        for (std::size_t j = 0; j < sport_count; ++j) {
            const sport_id a{static_cast<std::uint8_t>(i)}, b{static_cast<std::uint8_t>(j)};
            const bool symmetric = sport_distance_between(a, b) == sport_distance_between(b, a);
            if (!symmetric) FAIL_CHECK(a.slug() << " and " << b.slug());
            if ((sport_distance_between(a, b) == sport_distance::equal) != (a == b))
                FAIL_CHECK(a.slug() << " and " << b.slug());
        }
}

TEST_CASE("an unknown name is other", "[sport]") {
    CHECK_FALSE(find_sport("underwater_hockey"));
    CHECK(sport_from_slug("underwater_hockey").slug() == "other");
    CHECK(sport_from_slug("").slug() == "other");
    CHECK(sport_from_slug("Running").slug() == "other");
    CHECK(sport_from_slug(std::string(100000, 'r')).slug() == "other");
    CHECK(sport_id{}.slug() == "other");
}

TEST_CASE("a virtual ride is indoors and its positions are those of a game", "[sport]") {
    CHECK(sport_from_slug("virtual_cycling").is_virtual());
    CHECK(sport_from_slug("virtual_running").is_virtual());
    CHECK(sport_from_slug("virtual_cycling").indoor());
    CHECK_FALSE(sport_from_slug("indoor_cycling").is_virtual());
    CHECK_FALSE(sport_from_slug("cycling").indoor());
}

TEST_CASE("a distance is expected of a swim in a pool and not of yoga", "[sport]") {
    CHECK(sport_from_slug("pool_swimming").distance_based());
    CHECK_FALSE(sport_from_slug("yoga").distance_based());
}

TEST_CASE("the catalogue holds the shared list of sports as it is", "[sport][golden]") {
    const char* folder = std::getenv("COINCIDE_DATA");
    if (!folder) return;
    std::ifstream list{std::string{folder} + "/activity-types.json"};
    if (!list) return;
    std::stringstream all;
    all << list.rdbuf();
    const auto text = all.str();
    std::size_t seen = 0, core = 0;
    for (auto from = text.find("{\n   \"slug\""); from != std::string::npos; from = text.find("{\n   \"slug\"", from + 1)) {
        const auto object = text.substr(from, text.find('}', from) - from);
        const auto slug = value_of(object, "slug");
        INFO(slug);
        const auto found = find_sport(slug);
        REQUIRE(found);
        const auto parent = value_of(object, "parent");
        CHECK(found->parent().slug() == (parent.empty() ? slug : parent));
        CHECK(found->family().slug() == value_of(object, "family"));
        CHECK(found->distance_based() == (value_of(object, "is_distance_based") == "true"));
        CHECK(found->indoor() == (value_of(object, "environment") == "indoor"));
        CHECK(found->core() == (value_of(object, "core") == "true"));
        ++seen;
        core += found->core();
    }
    CHECK(seen == sport_count);
    CHECK(core == 82);
}

TEST_CASE("labels are confused when each stands under another side of a pair in the list, and nothing nearer holds", "[sport][law]") {
    for (std::size_t i = 0; i < sport_count; ++i)
        for (std::size_t j = 0; j < sport_count; ++j) {
            const sport_id a{static_cast<std::uint8_t>(i)}, b{static_cast<std::uint8_t>(j)};
            const auto found = sport_distance_between(a, b);
            REQUIRE(found == sport_distance_between(b, a));
            if (found < sport_distance::confused) continue;
            bool listed = false;
            for (const auto& [x, y] : detail::confused_sports) {
                const auto under = [](sport_id kind, std::string_view slug) {
                    while (kind.slug() != slug && kind.parent() != kind) kind = kind.parent();
                    return kind.slug() == slug;
                };
                listed |= (under(a, x) && under(b, y)) || (under(a, y) && under(b, x));
            }
            REQUIRE((found == sport_distance::confused) == listed);
        }
}

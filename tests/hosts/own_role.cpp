// SPDX-License-Identifier: BSL-1.0
//
// A host's own role takes part in merging without a change to the library.
#include "activities.hpp"

#include <coincide/coincide.hpp>

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <vector>

namespace {

struct mood_t : coincide::role<double, coincide::dimension::scalar, coincide::authority::subjective> {
    static constexpr std::string_view name = "mood";
};
struct wind_t : coincide::role<double, coincide::dimension::speed> {
    static constexpr std::string_view name = "wind";
};
struct owner_t : coincide::role<std::string_view, coincide::dimension::text, coincide::authority::identity> {
    static constexpr std::string_view name = "owner";
};
struct gear_t : coincide::role<std::vector<std::string>, coincide::dimension::text> {
    static constexpr std::string_view name = "gear";
};
inline constexpr mood_t mood{};
inline constexpr wind_t wind{};
inline constexpr owner_t owner{};
inline constexpr gear_t gear{};

struct diary {
    std::string source{}, id{};
    std::chrono::sys_seconds began{};
    int seconds = 0;
    std::optional<int> smiley{};
    double wind_kmh = -1;
    std::string belongs_to{};
    std::vector<std::string> used{};
    std::vector<std::string> fixed{};
};

}  // namespace

template <>
struct coincide::describe<diary> {
    static constexpr schema fields{
        bind(coincide::source, &diary::source),
        bind(external_id, &diary::id),
        bind(start_time, &diary::began),
        bind(elapsed, &diary::seconds),
        bind(mood, &diary::smiley),
        bind(wind, &diary::wind_kmh, units::kilometer_per_hour, absent_when(-1.0)),
        bind(owner, &diary::belongs_to),
        bind(gear, &diary::used),
        bind(locked, &diary::fixed),
    };
};

using namespace coincide;

namespace {

std::vector<diary> two_of_one_run() {
    const auto start = std::chrono::floor<std::chrono::seconds>(rides::at("2024-05-01T08:00:00Z"));
    return {
        {.source = "garmin",
         .id = "1",
         .began = start,
         .seconds = 3600,
         .smiley = 2,
         .wind_kmh = 18,
         .belongs_to = "garmin",
         .used = {"shoe"}},
        {.source = "manual", .id = "2", .began = start, .seconds = 3590, .smiley = 5, .wind_kmh = 36, .belongs_to = "ann"}};
}
diary merged_of(const std::vector<diary>& records, choices* said = nullptr) {
    const auto groups = group(records, presets::balanced);
    REQUIRE(groups.size() == 1);
    const auto chosen = merge(records, groups[0], presets::measured_first);
    diary out;
    write(chosen, records, out);
    if (said) *said = chosen;
    return out;
}

}  // namespace

TEST_CASE("an own role is merged by its authority: felt is the athlete's, measured the device's", "[hosts]") {
    choices chosen;
    const auto m = merged_of(two_of_one_run(), &chosen);
    CHECK(m.smiley == 5);
    CHECK(m.wind_kmh > 17.99);
    CHECK(m.wind_kmh < 18.01);
    CHECK(chosen.of(mood)->by == rule::authority);
    CHECK(chosen.alternatives(*chosen.of(mood)).size() == 1);
    CHECK(chosen.of(wind)->by == rule::priority);
}

TEST_CASE("an own role that is an identity is left alone", "[hosts]") {
    choices chosen;
    CHECK(merged_of(two_of_one_run(), &chosen).belongs_to.empty());
    CHECK(chosen.of(owner) == nullptr);
}

TEST_CASE("an own role of a class type is read by pointer and kept", "[hosts]") {
    CHECK(merged_of(two_of_one_run()).used == std::vector<std::string>{"shoe"});
}

TEST_CASE("an own role can be locked", "[hosts]") {
    auto records = two_of_one_run();
    records[0].fixed = {"mood"};
    CHECK(merged_of(records).smiley == 2);
}

TEST_CASE("an own role makes a record richer", "[hosts]") {
    auto records = two_of_one_run();
    const auto before = richness_of(records[1]);
    records[1].smiley.reset();
    CHECK(richness_of(records[1]) == before - 1);
}

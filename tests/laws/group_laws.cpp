// SPDX-License-Identifier: BSL-1.0
//
// What holds for the groups of any history: a partition, whatever the order, athlete by athlete, with an athlete's word above all.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/group.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace coincide;

namespace {

rides::dice any_dice() { return rides::dice{*rc::gen::arbitrary<std::uint64_t>()}; }

/// A history, some of it denser than people are: the same days again, identities, wrong clocks.
std::vector<activity> any_records(rides::dice& roll, int activities, bool tracks = false) {
    auto records = rides::history_of(roll.next(), activities, tracks).records;
    for (auto& r : records) {
        if (roll.one_in(12)) r.start_time += std::chrono::hours{roll.between(-3, 3)};
        if (roll.one_in(15)) r.clock_unset = true;
        if (roll.one_in(10)) r.start_precision = seconds{roll.between(0, 86400)};
        if (roll.one_in(12)) r.elapsed.reset();
        if (roll.one_in(12)) r.distance_m.reset();
        if (roll.one_in(15)) r.origin = {"garmin", "garmin-" + std::to_string(roll.below(5))};
        if (roll.one_in(20)) r.parent_id = r.source + "-" + std::to_string(roll.below(5));
    }
    return records;
}
std::vector<activity> shuffled(std::vector<activity> records, rides::dice& roll) {
    roll.shuffle(records);
    return records;
}
std::vector<pin> any_pins(rides::dice& roll, std::size_t rows, std::size_t how_many) {
    std::vector<pin> pins;
    for (std::size_t i = 0; i < how_many; ++i)
        pins.push_back({static_cast<std::uint32_t>(roll.below(rows)), static_cast<std::uint32_t>(roll.below(rows)),
                        roll.one_in(2) ? pin_kind::must : pin_kind::cannot});
    return pins;
}

void assert_well_formed(const std::vector<activity>& records, const grouping& groups) {
    std::vector<int> seen(records.size());
    for (const auto g : groups) {
        RC_ASSERT(!g.members.empty());
        const auto identity = [&](std::uint32_t row) { return std::tie(records[row].source, records[row].external_id); };
        for (std::size_t i = 0; i < g.members.size(); ++i) {
            ++seen[g.members[i]];
            RC_ASSERT(records[g.members[i]].athlete_id == records[g.members[0]].athlete_id);
            if (i > 0) RC_ASSERT(!(identity(g.members[i]) < identity(g.members[i - 1])));
        }
        const auto inside = [&](std::uint32_t row) {
            return std::find(g.members.begin(), g.members.end(), row) != g.members.end();
        };
        bool review = false;
        for (const auto& link : g.links) {
            RC_ASSERT(link.a != link.b);
            RC_ASSERT(link.joined == (inside(link.a) && inside(link.b)));
            RC_ASSERT((inside(link.a) || inside(link.b)));
            RC_ASSERT(link.weight() == link.why.total());
            RC_ASSERT(link.weight() >= match_policy{}.review_min);
            if (link.kind == relation::same) RC_ASSERT(!(identity(link.b) < identity(link.a)));
            review |= !link.joined;
        }
        RC_ASSERT(g.review == review);
    }
    for (const int n : seen) RC_ASSERT(n == 1);
}

}  // namespace

TEST_CASE("every record is in exactly one group, and links tell the truth about it", "[group][law]") {
    rc::prop("for any history", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 15);
        assert_well_formed(records, group(records, presets::balanced));
    });
    rc::prop("with any pins", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 8);
        assert_well_formed(records, group(records, presets::balanced, any_pins(roll, records.size(), roll.below(8))));
    });
}

TEST_CASE("the order of the records does not matter", "[group][law]") {
    rc::prop("to members, links and weights", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 15), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(other, group(other, presets::balanced)));
    });
    rc::prop("nor to tracks", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 3, roll.one_in(4)), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(other, group(other, presets::balanced)));
    });
    rc::prop("nor under a window of the requirements", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 10), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, match_policy{presets::ridetool})) ==
                  rides::told(other, group(other, match_policy{presets::ridetool})));
    });
}

TEST_CASE("two athletes' records give the groups of each alone", "[group][law]") {
    rc::prop("however they are mixed", [] {
        auto roll = any_dice();
        auto anns = any_records(roll, 8), bobs = roll.one_in(2) ? anns : any_records(roll, 8);
        for (auto& r : bobs) r.athlete_id = "bob";
        auto all = anns;
        all.insert(all.end(), bobs.begin(), bobs.end());
        all = shuffled(all, roll);
        auto apart = rides::told(anns, group(anns, presets::balanced));
        for (auto& line : rides::told(bobs, group(bobs, presets::balanced))) apart.push_back(line);
        RC_ASSERT(rides::told(all, group(all, presets::balanced)) == apart);
    });
}

TEST_CASE("grouping again gives the same", "[group][law]") {
    rc::prop("for any history", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 10);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(records, group(records, presets::balanced)));
    });
}

TEST_CASE("an athlete's word holds", "[group][law]") {
    rc::prop("cannot always", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 8);
        const auto pins = any_pins(roll, records.size(), 1 + roll.below(8));
        const auto groups = group(records, presets::balanced, pins);
        for (const auto& p : pins)
            if (p.kind == pin_kind::cannot && p.a != p.b) RC_ASSERT(!rides::together(groups, p.a, p.b));
    });
    rc::prop("must, alone", [] {
        auto roll = any_dice();
        auto records = any_records(roll, 8);
        const pin p{static_cast<std::uint32_t>(roll.below(records.size())),
                    static_cast<std::uint32_t>(roll.below(records.size())), pin_kind::must};
        RC_ASSERT(rides::together(group(records, presets::balanced, {&p, 1}), p.a, p.b));
    });
    rc::prop("every must that no cannot contradicts", [] {
        auto roll = any_dice();
        const auto records = any_records(roll, 8);
        auto pins = any_pins(roll, records.size(), 1 + roll.below(5));
        for (auto& p : pins) p.kind = pin_kind::must;
        const auto groups = group(records, presets::balanced, pins);
        for (const auto& p : pins) RC_ASSERT(rides::together(groups, p.a, p.b));
    });
}

TEST_CASE("a record that has nothing to do with the others changes nothing", "[group][law]") {
    rc::prop("ten years later", [] {
        auto roll = any_dice();
        auto records = any_records(roll, 8);
        const auto before = rides::told(records, group(records, presets::balanced));
        records.push_back(rides::activity_of("wahoo", "late", rides::at("2034-06-01T06:00:00Z"), seconds{4000}, 12345));
        auto after = rides::told(records, group(records, presets::balanced));
        std::erase(after, std::string{" ann/wahoo/late"});
        RC_ASSERT(after == before);
    });
}

TEST_CASE("what a plausible history truly was is found", "[group][law]") {
    rc::prop("no two activities of one athlete are joined", [] {
        auto roll = any_dice();
        const auto h = rides::history_of(roll.next(), 12);
        const auto groups = group(h.records, presets::balanced);
        for (const auto g : groups)
            for (const auto m : g.members) RC_ASSERT(h.truth[m] == h.truth[g.members[0]]);
    });
    rc::prop("and recordings of one activity are together", [] {
        auto roll = any_dice();
        const auto h = rides::history_of(roll.next(), 12);
        const auto groups = group(h.records, presets::balanced);
        for (std::uint32_t x = 0; x < h.records.size(); ++x)
            for (std::uint32_t y = 0; y < x; ++y)
                if (h.truth[x] == h.truth[y]) RC_ASSERT(rides::together(groups, x, y));
    });
}

// SPDX-License-Identifier: BSL-1.0
//
// What holds for the groups of any history: a partition, whatever the order, athlete by athlete, with an athlete's word above all.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/group/athletes.hpp>
#include <coincide/group/learn_clocks.hpp>
#include <coincide/ledger/encode_samples.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace coincide;

namespace {

rides::dice any_dice() { return rides::dice{*rc::gen::arbitrary<std::uint64_t>()}; }

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
        const auto records = rides::odd_records(roll, 15);
        assert_well_formed(records, group(records, presets::balanced));
    });
    rc::prop("with any pins", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 8);
        assert_well_formed(records, group(records, presets::balanced, any_pins(roll, records.size(), roll.below(8))));
    });
}

TEST_CASE("the order of the records does not matter", "[group][law]") {
    rc::prop("to members, links and weights", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 15), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(other, group(other, presets::balanced)));
    });
    rc::prop("nor to tracks", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 3, roll.one_in(4)), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(other, group(other, presets::balanced)));
    });
    rc::prop("nor under a window of the requirements", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 10), other = shuffled(records, roll);
        RC_ASSERT(rides::told(records, group(records, match_policy{presets::ridetool})) ==
                  rides::told(other, group(other, match_policy{presets::ridetool})));
    });
}

TEST_CASE("two athletes' records give the groups of each alone", "[group][law]") {
    rc::prop("however they are mixed", [] {
        auto roll = any_dice();
        auto anns = rides::odd_records(roll, 8), bobs = roll.one_in(2) ? anns : rides::odd_records(roll, 8);
        for (auto& r : bobs) r.athlete_id = "bob";
        auto all = anns;
        all.insert(all.end(), bobs.begin(), bobs.end());
        all = shuffled(all, roll);
        auto apart = rides::told(anns, group(anns, presets::balanced));
        for (auto& line : rides::told(bobs, group(bobs, presets::balanced))) apart.push_back(line);
        RC_ASSERT(rides::told(all, group(all, presets::balanced)) == apart);
    });
}

TEST_CASE("tracks that were prepared before give the same groups", "[group][law]") {
    rc::prop("of all records, of some, alone and in pieces", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 2, true);
        for (auto& r : rides::odd_records(roll, 2, true)) r.athlete_id = "bob", records.insert(records.begin() + static_cast<std::ptrdiff_t>(roll.below(records.size() + 1)), r);
        std::vector<prepared_tracks> prepared;
        for (const auto& r : records) prepared.push_back(prepare_tracks(r));
        if (roll.one_in(2)) prepared.resize(roll.below(records.size() + 1));
        const auto told = rides::told(records, group(records, presets::balanced));
        RC_ASSERT(rides::told(records, group(records, presets::balanced, {}, {}, prepared)) == told);
        std::vector<grouping> answers;
        for (const auto& piece : split_by_athlete(records, 2)) answers.push_back(group_piece(records, piece, presets::balanced, {}, {}, prepared));
        RC_ASSERT(rides::told(records, join_pieces(answers)) == told);
        for (const auto row : {0u, static_cast<unsigned>(records.size() - 1)})
            RC_ASSERT(neighborhood(records, row, presets::balanced, {}, {}, prepared) == neighborhood(records, row, presets::balanced));
    });
    rc::prop("and so do tracks that a function brings, where the records hold a sketch of them", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 3, true);
        auto sketched = records;
        for (auto& r : sketched) r.track = sketch_of(r.track), r.streams = sketch_of(r.streams);
        const auto bring = [&](std::uint32_t row) { return prepare_tracks(records[row]); };
        RC_ASSERT(rides::told(records, group(sketched, presets::balanced, {}, {}, bring)) == rides::told(records, group(records, presets::balanced)));
        const auto learned = group_and_learn(sketched, presets::balanced, {}, {}, bring), whole = group_and_learn(records, presets::balanced);
        RC_ASSERT(rides::told(records, learned.groups) == rides::told(records, whole.groups));
        RC_ASSERT(learned.clocks == whole.clocks);
        RC_ASSERT(neighborhood(sketched, 0, presets::balanced, {}, {}, bring) == neighborhood(records, 0, presets::balanced));
    });
    rc::prop("and are not prepared again", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 3, true);
        const std::vector<prepared_tracks> none(records.size());
        for (const auto& g : group(records, presets::balanced, {}, {}, none))
            for (const auto& l : g.links) RC_ASSERT(l.why.find(evidence_code::gps) == nullptr);
    });
}

TEST_CASE("groups are the same in any number of pieces, on as many threads", "[group][law]") {
    rc::prop("with pins and further pairs of all athletes", [] {
        auto roll = any_dice();
        std::vector<activity> all;
        const auto athletes = 1 + roll.below(6);
        for (std::size_t a = 0; a < athletes; ++a)
            for (auto& r : rides::odd_records(roll, static_cast<int>(roll.below(5)))) {
                r.athlete_id = a == 0 ? "" : std::to_string(a);
                all.push_back(r);
            }
        if (all.empty()) return;
        all = shuffled(all, roll);
        const auto pins = any_pins(roll, all.size(), roll.below(6));
        std::vector<row_pair> also;
        for (auto i = roll.below(6); i > 0; --i) also.push_back({static_cast<std::uint32_t>(roll.below(all.size())), static_cast<std::uint32_t>(roll.below(all.size()))});
        const auto pieces_max = static_cast<std::size_t>(roll.below(8));
        const auto pieces = split_by_athlete(all, pieces_max);
        RC_ASSERT(pieces.size() <= std::max<std::size_t>(pieces_max, 1));
        std::vector<grouping> answers(pieces.size());
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < pieces.size(); ++i) threads.emplace_back([&, i] { answers[i] = group_piece(all, pieces[i], presets::balanced, pins, also); });
        }
        const auto joined = join_pieces(answers), whole = group(all, presets::balanced, pins, also);
        RC_ASSERT(rides::told(all, joined) == rides::told(all, whole));
        RC_ASSERT(joined.left_out() == whole.left_out());
        RC_ASSERT(joined.largest_component() == whole.largest_component());
    });
}

TEST_CASE("grouping again gives the same", "[group][law]") {
    rc::prop("for any history", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 10);
        RC_ASSERT(rides::told(records, group(records, presets::balanced)) ==
                  rides::told(records, group(records, presets::balanced)));
    });
}

TEST_CASE("an athlete's word holds", "[group][law]") {
    rc::prop("cannot always", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 8);
        const auto pins = any_pins(roll, records.size(), 1 + roll.below(8));
        const auto groups = group(records, presets::balanced, pins);
        for (const auto& p : pins)
            if (p.kind == pin_kind::cannot && p.a != p.b) RC_ASSERT(!rides::together(groups, p.a, p.b));
    });
    rc::prop("must, alone", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 8);
        const pin p{static_cast<std::uint32_t>(roll.below(records.size())),
                    static_cast<std::uint32_t>(roll.below(records.size())), pin_kind::must};
        RC_ASSERT(rides::together(group(records, presets::balanced, {&p, 1}), p.a, p.b));
    });
    rc::prop("every must that no cannot contradicts", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 8);
        auto pins = any_pins(roll, records.size(), 1 + roll.below(5));
        for (auto& p : pins) p.kind = pin_kind::must;
        const auto groups = group(records, presets::balanced, pins);
        for (const auto& p : pins) RC_ASSERT(rides::together(groups, p.a, p.b));
    });
}

TEST_CASE("a record that has nothing to do with the others changes nothing", "[group][law]") {
    rc::prop("ten years later", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 8);
        const auto before = rides::told(records, group(records, presets::balanced));
        records.push_back(rides::activity_of("wahoo", "late", rides::at("2034-06-01T06:00:00Z"), seconds{40000}, 412345));  // by no clock that was never set another one's ride
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

namespace {

/// The groups of a history that arrives record by record: each time only the new record's neighborhood is grouped again.
std::vector<std::string> grouped_one_by_one(const std::vector<activity>& arriving, const match_policy& policy, const std::vector<pin>& pins) {
    std::vector<activity> so_far;
    std::map<std::string, std::string> line_of;  // by member, the group it is in
    for (std::uint32_t row = 0; row < arriving.size(); ++row) {
        so_far.push_back(arriving[row]);
        const auto near = neighborhood(so_far, row, policy, pins);
        RC_ASSERT(std::binary_search(near.begin(), near.end(), row));
        std::vector<activity> again;
        for (const auto r : near) again.push_back(so_far[r]);
        std::vector<pin> pins_again;
        const auto at = [&](std::uint32_t r) { return std::lower_bound(near.begin(), near.end(), r); };
        for (const auto& p : pins)
            if (std::binary_search(near.begin(), near.end(), p.a) && std::binary_search(near.begin(), near.end(), p.b))
                pins_again.push_back({static_cast<std::uint32_t>(at(p.a) - near.begin()), static_cast<std::uint32_t>(at(p.b) - near.begin()), p.kind});
        const auto groups = group(again, policy, pins_again);
        const auto lines = rides::told(again, groups);
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (const auto member : groups[g].members) line_of[rides::identity_of(again[member])] = lines[g];
    }
    std::set<std::string> lines;
    for (const auto& [member, line] : line_of) lines.insert(line);
    return {lines.begin(), lines.end()};
}

std::vector<std::string> grouped_at_once(const std::vector<activity>& all, const match_policy& policy, const std::vector<pin>& pins) {
    auto lines = rides::told(all, group(all, policy, pins));
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

TEST_CASE("records that arrive one by one give the groups of all at once, whatever came first", "[group][law]") {
    rc::prop("when each time only the neighborhood of the new one is grouped again", [] {
        auto roll = any_dice();
        const auto all = shuffled(rides::odd_records(roll, 12), roll);
        RC_ASSERT(grouped_one_by_one(all, presets::balanced, {}) == grouped_at_once(all, presets::balanced, {}));
    });
    rc::prop("with tracks, and with an athlete's pins", [] {
        auto roll = any_dice();
        const auto all = shuffled(rides::odd_records(roll, roll.one_in(3) ? 2 : 8, roll.one_in(4)), roll);
        const auto pins = any_pins(roll, all.size(), roll.below(6));
        RC_ASSERT(grouped_one_by_one(all, presets::balanced, pins) == grouped_at_once(all, presets::balanced, pins));
    });
    rc::prop("where crowds are cut off, and components are too large", [] {
        auto roll = any_dice();
        auto all = rides::odd_records(roll, 12);
        for (auto& r : all)
            if (roll.one_in(2)) r.start_time = all.front().start_time + seconds{roll.below(600)};
        all = shuffled(std::move(all), roll);
        auto policy = presets::balanced;
        policy.limits.neighbors_max = 1 + roll.below(4), policy.limits.alike_max = 1 + roll.below(3), policy.limits.component_max = 3 + roll.below(8);
        RC_ASSERT(grouped_one_by_one(all, policy, {}) == grouped_at_once(all, policy, {}));
    });
}

TEST_CASE("a component beyond its limit keeps its identities only, and is counted", "[group][law]") {
    rc::prop("for any history", [] {
        auto roll = any_dice();
        const auto all = rides::odd_records(roll, 10);
        auto policy = presets::balanced;
        policy.limits.component_max = 1;
        const auto groups = group(all, policy);
        RC_ASSERT((groups.left_out() > 0) == (groups.largest_component() > 1));
        for (const auto g : groups)
            for (const auto& link : g.links) {
                const auto has = [&](evidence_code code) { return link.why.find(code) != nullptr; };
                RC_ASSERT((has(evidence_code::copied) || has(evidence_code::parent) || has(evidence_code::same_file) || has(evidence_code::file_id)));
            }
    });
}

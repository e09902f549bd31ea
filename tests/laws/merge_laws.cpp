// SPDX-License-Identifier: BSL-1.0
//
// What holds for the merge of any group: nothing invented, nothing lost, the same in any order, and settled after one time.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/merge/merge.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace coincide;

namespace {

rides::dice any_dice() { return rides::dice{*rc::gen::arbitrary<std::uint64_t>()}; }

/// Members of one group, by hand: any sources, any fields, some locked, computed or edited.
std::vector<activity> any_members(rides::dice& roll) {
    constexpr std::string_view sources[] = {"garmin", "strava", "manual", "fit_file", "edit", "apple_health", "unheard_of"};
    constexpr std::string_view fields[] = {"name", "notes",         "distance_m", "elapsed_time_s", "tags",
                                           "rpe",  "activity_type", "track",      "energy_kcal"};
    constexpr std::string_view words[] = {"", "Morning Run", "Lunch Run", "loop", "felt good"};
    std::vector<activity> out(1 + roll.below(6));
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& r = out[i];
        r = rides::activity_of(sources[roll.below(std::size(sources))], "id" + std::to_string(i),
                               rides::at("2024-05-01T08:00:00Z") + seconds{roll.between(0, 99)}, seconds{0}, 0, "");
        const auto maybe = [&](auto& field, double low, double high) {
            if (roll.one_in(2)) field = low + static_cast<double>(roll.below(4)) * (high - low) / 3;
        };
        // no members under a minute: there a zero is known, beside the hour of another it means "unknown"
        if (roll.one_in(2)) r.elapsed = seconds{roll.between(61, 4000)};
        if (roll.one_in(2)) r.timer = seconds{roll.between(61, 4000)};
        if (roll.one_in(2)) r.moving = seconds{roll.between(61, 4000)};
        maybe(r.distance_m, 0, 20000), maybe(r.elevation_gain_m, 0, 500), maybe(r.energy_kcal, 0, 900),
            maybe(r.avg_speed_mps, 0, 5), maybe(r.max_speed_mps, 0, 9);
        maybe(r.avg_heart_rate_bpm, 0, 150), maybe(r.avg_power_w, 0, 300), maybe(r.rpe, 1, 10), maybe(r.feeling, 1, 5),
            maybe(r.start_lat_deg, 50, 51), maybe(r.avg_cadence_rpm, 60, 90);
        r.name = words[roll.below(std::size(words))], r.notes = words[roll.below(std::size(words))],
        r.timezone = roll.one_in(2) ? "Europe/Brussels" : "";
        for (auto n = roll.below(3); n > 0; --n) r.tags.push_back("tag" + std::to_string(roll.below(4)));
        if (roll.one_in(2)) r.sport = sport_id{static_cast<std::uint8_t>(roll.below(sport_count))};
        if (roll.one_in(3)) r.device = {"maker", "", std::to_string(roll.below(3)), static_cast<device_type>(roll.below(7))};
        if (roll.one_in(3))
            r.track = rides::recorded(rides::path_of({}, 5), {.heart_rate = roll.one_in(2) ? 100 : 0, .seed = roll.next()});
        if (roll.one_in(4))
            r.locked = {std::string{fields[roll.below(std::size(fields))]},
                        std::string{fields[roll.below(std::size(fields))]}};
        if (roll.one_in(4)) r.computed = {std::string{fields[roll.below(std::size(fields))]}};
        if (roll.one_in(10)) r.avg_power_w = std::numeric_limits<double>::quiet_NaN();
        if (roll.one_in(4)) r.utc_offset = seconds{7200};
    }
    return out;
}

/// Links that make some members parts of the first by identity.
std::vector<pair_link> any_parts(rides::dice& roll, const std::vector<std::uint32_t>& rows) {
    std::vector<pair_link> links;
    for (std::size_t i = 1; i < rows.size(); ++i)
        if (roll.one_in(4)) {
            pair_link link;
            link.a = rows[i], link.b = rows[0], link.kind = relation::part_of;
            links.push_back(link);
        }
    return links;
}

choices merge_all(const std::vector<activity>& r, std::span<const pair_link> links = {}) {
    const auto rows = rides::rows_by_identity(r);
    return merge(r, record_group{rows, links, false}, presets::measured_first);
}
activity written(const choices& chosen, const std::vector<activity>& r) {
    activity out;
    write(chosen, r, out);
    return out;
}

/// The names of the roles, of those that merging chooses, for which check(role) is false. (One assertion a law, and not one a
/// role, keeps this file quick to compile.)
template <class Check>
std::vector<std::string_view> roles_that_fail(Check check) {
    std::vector<std::string_view> names;
    describe<activity>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) {
        if constexpr (Role::owner != authority::identity)
            if (!check(Role{})) names.push_back(Role::name);
    });
    return names;
}
const std::vector<std::string_view> none{};
/// Whether two records say the same about a role.
template <class Role>
bool agree(const activity& x, const activity& y) {
    if constexpr (std::same_as<Role, track_t>)
        return x.track == y.track;
    else if constexpr (detail::by_pointer<Role>) {
        const auto *a = read(x, Role{}), *b = read(y, Role{});
        return (!a && !b) || (a && b && *a == *b);
    } else
        return read(x, Role{}) == read(y, Role{});
}
std::set<std::string> set_of(const std::vector<std::string>& tags) { return {tags.begin(), tags.end()}; }

}  // namespace

TEST_CASE("merging never invents a value", "[merge][law]") {
    rc::prop("every value is one that the named member holds; tags are a union of members'", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        const auto links = any_parts(roll, rides::rows_by_identity(r));
        const auto chosen = merge_all(r, links);
        const auto merged = written(chosen, r);
        const auto invented = roles_that_fail([&]<class Role>(Role role) {
            const auto* c = chosen.of(role);
            if (!c) return !knows<Role>(merged);
            if (c->row >= r.size() || !knows<Role>(r[c->row])) return false;
            if constexpr (std::same_as<Role, tags_t>) {
                auto all = set_of(r[c->row].tags);
                for (const auto row : chosen.contributors(*c)) all.merge(set_of(r[row].tags));
                return set_of(merged.tags) == all && merged.tags.size() == all.size();
            } else {
                return agree<Role>(merged, r[c->row]);
            }
        });
        RC_ASSERT(invented == none);
    });
}

TEST_CASE("nothing that a whole member knows is lost", "[merge][law]") {
    rc::prop("and nothing that is felt or named, of any member", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        const auto links = any_parts(roll, rides::rows_by_identity(r));
        const auto chosen = merge_all(r, links);
        const auto lost = roles_that_fail([&]<class Role>(Role role) {
            bool known = false;
            for (std::size_t i = 0; i < chosen.ranked.rows.size(); ++i)
                known |= knows<Role>(r[chosen.ranked.rows[i]]) &&
                         (i < chosen.ranked.wholes || Role::owner == authority::subjective);
            return !known || chosen.of(role) != nullptr;
        });
        RC_ASSERT(lost == none);
    });
}

TEST_CASE("the order of the records does not matter to a merge", "[merge][law]") {
    rc::prop("neither to values nor to rules nor to alternatives", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        auto other = r;
        roll.shuffle(other);
        const auto x = merge_all(r), y = merge_all(other);
        RC_ASSERT(rides::identity_of(r[x.primary]) == rides::identity_of(other[y.primary]));
        RC_ASSERT(x.fields.size() == y.fields.size());
        for (std::size_t i = 0; i < x.fields.size(); ++i) {
            const auto &a = x.fields[i], &b = y.fields[i];
            RC_ASSERT(a.role == b.role);
            RC_ASSERT(a.by == b.by);
            RC_ASSERT(rides::identity_of(r[a.row]) == rides::identity_of(other[b.row]));
            const auto others = x.alternatives(a), others_too = y.alternatives(b);
            RC_ASSERT(others.size() == others_too.size());
            for (std::size_t k = 0; k < others.size(); ++k) RC_ASSERT(rides::identity_of(r[others[k]]) == rides::identity_of(other[others_too[k]]));
        }
        const auto m = written(x, r), n = written(y, other);
        RC_ASSERT(roles_that_fail([&]<class Role>(Role) { return agree<Role>(m, n); }) == none);
    });
}

TEST_CASE("merging what was merged changes no value", "[merge][law]") {
    rc::prop("with itself", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        auto merged = written(merge_all(r), r);
        merged.athlete_id = "ann", merged.source = "coincide", merged.external_id = "1";
        auto again = merged;
        again.external_id = "2";
        const std::vector twice{merged, again};
        const auto chosen = merge_all(twice);
        const auto m = written(chosen, twice);
        RC_ASSERT(roles_that_fail([&]<class Role>(Role) { return agree<Role>(m, merged); }) == none);
        for (const auto& c : chosen.fields) RC_ASSERT(chosen.alternatives(c).empty());
    });
}

TEST_CASE("a lock wins, then an edit", "[merge][law]") {
    rc::prop("for every field", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        const auto chosen = merge_all(r);
        const auto ignored = roles_that_fail([&]<class Role>(Role role) {
            const auto* c = chosen.of(role);
            if (!c) return true;
            const auto locks = [](const activity& one) {
                return knows<Role>(one) && std::find(one.locked.begin(), one.locked.end(), Role::name) != one.locked.end();
            };
            const auto edits = [](const activity& one) { return knows<Role>(one) && one.source == "edit"; };
            if (std::any_of(r.begin(), r.end(), locks)) return locks(r[c->row]) && c->by == rule::lock;
            if (std::any_of(r.begin(), r.end(), edits)) return edits(r[c->row]) && c->by == rule::edit;
            return c->by != rule::lock && c->by != rule::edit;
        });
        RC_ASSERT(ignored == none);
    });
}

TEST_CASE("the alternatives of names and notes are what others say, each once", "[merge][law]") {
    rc::prop("and never the chosen value", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        const auto chosen = merge_all(r);
        const auto check = [&](auto role, auto text_of) {
            std::set<std::string> said;
            for (const auto& one : r)
                if (!text_of(one).empty()) said.insert(text_of(one));
            const auto* c = chosen.of(role);
            RC_ASSERT((c != nullptr) == !said.empty());
            if (!c) return;
            std::vector<std::string> told{text_of(r[c->row])};
            for (const auto row : chosen.alternatives(*c)) told.push_back(text_of(r[row]));
            RC_ASSERT(told.size() == said.size());
            RC_ASSERT(std::set<std::string>(told.begin(), told.end()) == said);
        };
        check(coincide::name, [](const activity& one) { return one.name; });
        check(notes, [](const activity& one) { return one.notes; });
    });
}

TEST_CASE("the leader is a member, and every member is ranked once", "[merge][law]") {
    rc::prop("wholes before parts", [] {
        auto roll = any_dice();
        const auto r = any_members(roll);
        const auto rows = rides::rows_by_identity(r);
        const auto links = any_parts(roll, rows);
        const auto chosen = merge_all(r, links);
        auto ranked = chosen.ranked.rows;
        RC_ASSERT(chosen.primary == ranked.front());
        for (std::size_t i = 0; i < ranked.size(); ++i) {
            const bool part = std::any_of(links.begin(), links.end(), [&](const pair_link& l) { return l.a == ranked[i]; });
            RC_ASSERT(part == (i >= chosen.ranked.wholes));
        }
        std::sort(ranked.begin(), ranked.end());
        RC_ASSERT(std::unique(ranked.begin(), ranked.end()) == ranked.end());
        RC_ASSERT(ranked.size() == r.size());
    });
}

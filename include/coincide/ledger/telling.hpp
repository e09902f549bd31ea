// SPDX-License-Identifier: BSL-1.0
//
// From the groups before and after a commit to the changes that its feed tells: the inside of plan.hpp.
//
//     before {garmin 5001}, {strava 9}   after {garmin 5001, strava 9}
//     ->  joined strava 9, dissolved strava 9's, field name "" -> "Lunch Ride"
#pragma once

#include <coincide/ledger/change.hpp>
#include <coincide/ledger/stored_group.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail {

/// Compares groups of one athlete, of which all that changed are given.
class group_changes {
public:
    group_changes(const std::map<record_key, stored_group>& before, const std::vector<stored_group>& after) {
        for (const auto& g : after)
            for (const auto& m : g.members) now_.emplace(m, &g);
        for (const auto& [k, g] : before) came_from_[successor_of(g)].push_back(&g);
        for (const auto& g : after) compare(g);
        for (const auto* g : came_from_[nullptr]) add({.of = change_kind::dissolved, .record = g->key()}), touch(*g);
    }

    std::vector<ledger_change> changes{};
    std::optional<std::int64_t> earliest_ms{};

private:
    void add(ledger_change c) { changes.push_back(std::move(c)); }
    void touch(const stored_group& g) { earliest_ms = std::min(earliest_ms.value_or(g.earliest_ms), g.earliest_ms); }

    /// Where a group's leader is now, or the smallest member that still is somewhere.
    [[nodiscard]] const stored_group* successor_of(const stored_group& g) const {
        if (const auto at = now_.find(g.members[g.primary]); at != now_.end()) return at->second;
        for (const auto& m : g.members)
            if (const auto at = now_.find(m); at != now_.end()) return at->second;
        return nullptr;
    }
    void compare(const stored_group& g) {
        const auto told = changes.size();
        const auto& came = came_from_[&g];
        const stored_group* from = came.empty() ? nullptr : came.front();
        for (const auto* o : came)
            if (std::binary_search(o->members.begin(), o->members.end(), g.members[g.primary])) from = o;
        if (!from) add({.of = change_kind::formed, .record = g.key()});
        for (const auto& m : g.members)
            if (from ? !std::binary_search(from->members.begin(), from->members.end(), m) : m != g.key()) add({.of = change_kind::joined, .record = m, .group = g.key(), .after = who_says_what(g), .source = g.members[g.primary].source});
        for (const auto* o : came)
            if (o != from) add({.of = change_kind::dissolved, .record = o->key(), .group = g.key()}), touch(*o);
        if (from) {
            for (const auto& m : from->members)
                if (!std::binary_search(g.members.begin(), g.members.end(), m) && now_.contains(m)) add({.of = change_kind::left, .record = m, .group = from->key()});
            const auto &led = from->members[from->primary], &leads = g.members[g.primary];
            if (led != leads) add({.of = change_kind::primary, .record = g.key(), .before = name_of(led), .after = name_of(leads), .source = leads.source});
            compare_values(*from, g);
        }
        for (const auto& l : g.links)
            if (!l.joined && std::binary_search(g.members.begin(), g.members.end(), l.a) && !(from && asked_before(*from, l))) add({.of = change_kind::asked, .record = l.a, .group = l.b});
        if (changes.size() == told) return;
        touch(g);
        if (from) touch(*from);
    }
    [[nodiscard]] static bool asked_before(const stored_group& g, const stored_link& l) {
        return std::any_of(g.links.begin(), g.links.end(), [&](const stored_link& o) { return !o.joined && o.a == l.a && o.b == l.b; });
    }
    [[nodiscard]] static std::string name_of(const record_key& k) { return "t" + k.source + " " + k.external_id; }
    [[nodiscard]] static std::string_view source_of(const stored_group& g, std::string_view field_name) {
        const auto* c = g.choice_of(field_name);
        return !c ? std::string_view{} : c->member < g.members.size() ? std::string_view{g.members[c->member].source} : "edit";
    }
    /// Which source each value of a group is from: a list of field, source, field, source …
    [[nodiscard]] static std::string who_says_what(const stored_group& g) {
        std::vector<std::string> list;
        for (const auto& c : g.choices) list.push_back(c.role), list.emplace_back(source_of(g, c.role));
        std::string bytes;
        byte_writer out{bytes};
        put_value(out, list);
        return bytes;
    }
    void compare_values(const stored_group& from, const stored_group& g) {
        std::map<std::string_view, std::pair<std::string_view, std::string_view>> values;
        for (const auto& [role_name, v] : values_of(from.body)) values[role_name].first = v;
        for (const auto& [role_name, v] : values_of(g.body)) values[role_name].second = v;
        for (const auto& [role_name, v] : values)
            if (v.first != v.second)
                add({.of = change_kind::field, .record = g.key(), .field = std::string{role_name}, .before = std::string{v.first}, .after = std::string{v.second}, .source = std::string{source_of(g, role_name)}});
        for (const std::string_view series : {"track", "streams"}) {
            const auto of = [&](const stored_group& in) {
                const auto* c = in.choice_of(series);
                return c && c->member < in.members.size() ? name_of(in.members[c->member]) : std::string{};
            };
            if (of(from) != of(g)) add({.of = change_kind::field, .record = g.key(), .field = std::string{series}, .before = of(from), .after = of(g), .source = std::string{source_of(g, series)}});
        }
    }

    std::map<record_key, const stored_group*> now_{};
    std::map<const stored_group*, std::vector<const stored_group*>> came_from_{};
};

}  // namespace coincide::detail

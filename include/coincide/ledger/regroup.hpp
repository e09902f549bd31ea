// SPDX-License-Identifier: BSL-1.0
//
// Finds what a change can reach and groups it anew. The inside of plan.hpp.
//
// Looked at twice: on what hung together before the commit, and on what does after it. Only records in one of the two can change groups.
#pragma once

#include <coincide/ledger/near.hpp>
#include <coincide/ledger/plan_state.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace coincide::detail {

class regrouping {
public:
    explicit regrouping(plan_state& s) : s_{s} {}

    void pin_known(near_records& all, bool now) {
        std::map<std::pair<record_key, record_key>, word_fact> greatest;
        for (const auto& h : all.headers()) {
            if (!s_.known.covers(keys_under(key_of("da", h.key)))) continue;
            for (auto& w : s_.words_about(h.key, now)) {
                if (!is_pin(w.what) || w.about.size() != 2) continue;
                auto& at = greatest[std::minmax(w.about[0], w.about[1])];
                if (at.about.empty() || at.order() < w.order()) at = std::move(w);
            }
        }
        for (const auto& [pair, w] : greatest)
            if (w.what != word::unpin) all.pin_together(pair.first, pair.second, w.what == word::must ? pin_kind::must : pin_kind::cannot);
    }
    [[nodiscard]] auto partners(bool now) {
        return [this, now](const record_key& k) {
            std::vector<record_key> others;
            for (const auto& w : s_.words_about(k, now))
                if (is_pin(w.what))
                    for (const auto& other : w.about)
                        if (other != k) others.push_back(other);
            return others;
        };
    }
    void add_stored_headers(near_records& all, bool without_touched) const {
        s_.known.for_each(keys_under("dh"), [&](const std::string&, const std::string& value) {
            auto h = decode_header(value);
            if (!h) return;
            const auto at = s_.touched.find(h->key);
            if (without_touched && at != s_.touched.end() && (at->second.header || !at->second.now)) return;
            all.add(std::move(*h), nullptr);
        });
    }

    void regroup() {
        near_records all{s_.ask, s_.policy.match};
        if (!s_.everything) add_stored_headers(all, true);
        for (auto& [k, r] : s_.touched)
            if (r.header && r.now) {
                auto h = *r.header;
                all.add(std::move(h), r.tracks.empty() ? nullptr : &r.tracks);
            }
        if (s_.everything || s_.known.head().version == 0) {
            for (const auto& h : all.headers()) static_cast<void>(s_.ask.need(keys_under(key_of("da", h.key))));
            pin_known(all, true);
            take_groups(all);
            return;
        }
        std::set<record_key> seeds;
        for (const auto& [k, r] : s_.touched)
            if (r.moved || s_.pinned.contains(k)) seeds.insert(k);
        for (const auto& k : reached_before(seeds)) seeds.insert(k);
        for (const auto& k : std::set<record_key>{seeds})
            if (const auto g = s_.stored_group_of(k)) seeds.insert(g->members.begin(), g->members.end());
        pin_known(all, true);
        std::vector<std::uint32_t> rows;
        for (const auto& k : seeds)
            if (const auto* r = all.find(k)) rows.push_back(*r);
        const auto reached = all.reached_from(rows, partners(true));
        if (!s_.ask.complete()) return;
        near_records alone{s_.ask, s_.policy.match};
        all.keep(reached, alone);
        take_groups(alone);
    }
    /// What hung together with the seeds before this commit.
    [[nodiscard]] std::vector<record_key> reached_before(const std::set<record_key>& seeds) {
        near_records all{s_.ask, s_.policy.match};
        add_stored_headers(all, false);
        pin_known(all, false);
        std::vector<std::uint32_t> rows;
        for (const auto& k : seeds) {
            if (const auto* r = all.find(k)) rows.push_back(*r);
            else if (const auto state = s_.state_of(k)) static_cast<void>(s_.ask.get(key_writer{"dh"}.integer(state->start_ms).text(k.source).text(k.external_id).take()));
        }
        std::vector<record_key> out;
        for (const auto r : all.reached_from(rows, partners(false))) out.push_back(all.headers()[r].key);
        return out;
    }
    void take_groups(near_records& all) {
        const auto found = all.groups();
        if (!s_.ask.complete()) return;
        s_.planned.left_out = found.left_out();
        for (const auto g : found) {
            stored_group s;
            s.review = g.review;
            s.earliest_ms = std::numeric_limits<std::int64_t>::max(), s.latest_ms = std::numeric_limits<std::int64_t>::min();
            const bool any_set = std::any_of(g.members.begin(), g.members.end(), [&](auto row) { return !all.headers()[row].of.sig.clock_unset; });
            for (const auto row : g.members) {
                const auto& h = all.headers()[row];
                s.members.push_back(h.key);
                if (any_set && h.of.sig.clock_unset) continue;  // its time says nothing
                const std::int64_t start_ms = h.start.time_since_epoch().count();
                s.earliest_ms = std::min(s.earliest_ms, start_ms), s.latest_ms = std::max(s.latest_ms, start_ms + std::int64_t{h.of.sig.elapsed_ms});
            }
            for (const auto& l : g.links) s.links.push_back({all.headers()[l.a].key, all.headers()[l.b].key, l.kind, l.joined, l.why});
            for (const auto& m : s.members) s_.regrouped.insert(m);
            s_.groups.push_back(std::move(s));
        }
    }

private:
    plan_state& s_;
};

}  // namespace coincide::detail

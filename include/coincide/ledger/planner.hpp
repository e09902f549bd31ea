// SPDX-License-Identifier: BSL-1.0
//
// How a plan is made: accept facts, find the records whose sum has changed, regroup what they can reach, merge what is in those groups.
// The inside of plan.hpp, free of the host's type.
#pragma once

#include <coincide/ledger/accept.hpp>
#include <coincide/ledger/regroup.hpp>
#include <coincide/ledger/telling.hpp>
#include <coincide/ledger/writing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail {

class planner {
public:
    planner(const ledger_view& known, std::string_view athlete, const request& in, const ledger_policy& policy, merge_function merge) : s_{known, athlete, in, policy}, merge_{merge}, ranks_{ranks_of(policy.merge, athlete)} {}

    [[nodiscard]] ledger_plan run() {
        s_.planned.version = s_.version;
        s_.before = ledger_meta::read(s_.ask);
        s_.after = s_.before;
        accepting accept{s_};
        if (!s_.ask.complete() || accept.done_before()) return finish();
        accept.accept_words();
        accept.accept_records();
        if (!s_.ask.complete() || s_.planned.wrong) return finish();
        const auto clocks = s_.after.clock_table();
        s_.digest = digest_of(s_.policy, s_.athlete, clocks);
        s_.everything = s_.known.head().version > 0 && s_.digest != s_.before.digest;
        if (s_.everything) s_.touch_all();
        for (auto& [key, record] : s_.touched) settle(key, record, clocks);
        if (!s_.ask.complete()) return finish();
        if (nothing_to_do()) return answer(), finish();
        pass_words_on();
        regrouping{s_}.regroup();
        if (!s_.ask.complete()) return finish();
        merge_groups();
        if (!s_.ask.complete()) return finish();
        answer();
        write();
        return finish();
    }

private:
    [[nodiscard]] ledger_plan finish() {
        if (s_.ask.complete()) return std::move(s_.planned);
        ledger_plan more;
        more.missing = s_.ask.missing();
        return more;
    }

    /// What a record comes to now, and what matching sees of it.
    void settle(const record_key& k, touched_record& r, std::span<const clock_error> clocks) {
        r.now = s_.current(k, r.facts);
        if (!r.now) {
            r.moved = r.before.has_value();
            return;
        }
        const auto stored_key = r.before ? key_writer{"dh"}.integer(r.before->start_ms).text(k.source).text(k.external_id).take() : std::string{};
        if (r.before && r.before->content == r.now->content && !s_.everything) {  // as before; its header is asked for where it is a seed
            if (s_.pinned.contains(k))
                if (const auto* bytes = s_.ask.get(stored_key)) r.header = decode_header(*bytes);
            return;
        }
        activity seen;
        static_cast<void>(decode(r.now->body, seen));
        seen.athlete_id = s_.athlete;
        if (!r.now->series_name.empty()) {
            const auto own = s_.series.find(r.now->series_name);
            const auto* bytes = own != s_.series.end() ? own->second : s_.ask.get("bl" + r.now->series_name);
            if (bytes) static_cast<void>(decode_series(*bytes, seen));
        }
        r.header.emplace();
        r.header->key = k, r.header->start = seen.start_time, r.header->of = features_of(seen, 0, clocks);
        r.header->has_series = !r.now->series_name.empty();
        if (r.header->has_series) {
            const auto tracks = prepare_tracks(seen, s_.policy.match.sampling);
            r.tracks = encode(tracks), r.header->box = box_of_raster(tracks.path);
        }
        r.header_bytes = encode(*r.header);
        const auto *stored = r.before ? s_.ask.get(stored_key) : nullptr, *stored_tracks = r.before && r.header->has_series ? s_.ask.get(key_of("dt", k)) : nullptr;
        r.moved = !stored || *stored != r.header_bytes || (r.header->has_series && (!stored_tracks || *stored_tracks != r.tracks));
    }
    [[nodiscard]] bool nothing_to_do() const {
        return s_.words.empty() && s_.asked.erase.empty() && s_.asked.operation.empty() && !s_.everything &&
               std::none_of(s_.touched.begin(), s_.touched.end(), [this](const auto& t) { return t.second.fresh > 0 || s_.changed(t.second); });
    }

    /// What the athlete said of a record that is there no more, and of nothing else that is, goes to those it was in a group with: the same
    /// words again, about them too.
    void pass_words_on() {
        said_ = s_.words.size();
        for (const auto& [k, r] : s_.touched) {
            if (!r.before || r.now) continue;
            const auto group = s_.stored_group_of(k);
            if (!group) continue;
            for (auto& w : s_.words_about(k, true)) {
                const auto lives = [this](const record_key& each) { return s_.lives(each); };
                if (!is_about_a_group(w.what) || w.what == word::primary || std::any_of(w.about.begin(), w.about.end(), lives)) continue;
                std::copy_if(group->members.begin(), group->members.end(), std::back_inserter(w.about), lives);
                std::erase_if(w.about, [this](const record_key& each) { return each.source == s_.asked.erase; });
                if (!w.about.empty() && lives(w.about.back())) s_.words.push_back(std::move(w));
            }
        }
    }

    void merge_groups() {
        for (const auto& [k, r] : s_.touched)
            if (r.now.has_value() != r.before.has_value())  // words that were addressed to it may now be for another one
                for (const auto& w : s_.words_about(k, true)) s_.remerge.insert(w.about.begin(), w.about.end());
        for (const auto& [k, r] : s_.touched) add_old_group(k);
        for (const auto& k : s_.regrouped) add_old_group(k);
        if (s_.everything)
            s_.known.for_each(keys_under("dg"), [&](const std::string&, const std::string& value) {
                if (auto g = decode_group(value)) s_.old.insert_or_assign(g->key(), std::move(*g));
            });
        for (const auto& k : std::set<record_key>{s_.remerge}) add_old_group(k);
        for (const auto& [k, r] : s_.touched)
            if (s_.changed(r)) s_.remerge.insert(k);
        // groups that keep their members: of some, values or a word changed; the others are left alone
        const auto keeps_members = [&](const stored_group& g) {
            return std::none_of(g.members.begin(), g.members.end(), [&](const auto& m) { return s_.regrouped.contains(m) || !s_.lives(m); });
        };
        for (auto at = s_.old.begin(); at != s_.old.end();) {
            const auto& g = at->second;
            const bool kept = keeps_members(g), says_more = std::any_of(g.members.begin(), g.members.end(), [&](const auto& m) { return s_.remerge.contains(m); });
            if (kept && says_more) s_.groups.push_back(stored_group{g});
            at = kept && !says_more ? s_.old.erase(at) : std::next(at);
        }
        if (!s_.ask.complete()) return;
        for (auto& g : s_.groups) {
            const auto old = s_.old.find(g.key());
            const bool as_before = !s_.everything && old != s_.old.end() && old->second.members == g.members && old->second.links == g.links &&
                                   std::none_of(g.members.begin(), g.members.end(), [&](const auto& m) { return s_.remerge.contains(m); });
            if (as_before) g = old->second;
            else merge_one(g);
        }
    }
    void add_old_group(const record_key& member) {
        if (auto g = s_.stored_group_of(member)) s_.old.insert_or_assign(g->key(), std::move(*g));
    }
    void merge_one(stored_group& g) {
        std::vector<member_bytes> members;
        std::vector<word_fact> words;
        for (const auto& m : g.members) {
            const auto at = s_.touched.find(m);
            const auto now = at != s_.touched.end() ? at->second.now : s_.current(m, s_.facts_of(m));
            members.push_back(now ? member_bytes{now->body, now->sketch} : member_bytes{});
            for (auto& w : s_.words_about(m, true))
                if (is_about_a_group(w.what)) words.push_back(std::move(w));
        }
        // a word is for the group of the first record it names that is still there
        std::erase_if(words, [&](const word_fact& w) {
            const auto home = std::find_if(w.about.begin(), w.about.end(), [&](const record_key& k) { return s_.lives(k); });
            return home == w.about.end() || !std::binary_search(g.members.begin(), g.members.end(), *home);
        });
        if (!s_.ask.complete()) return;
        const auto said = words_on_group(words);
        const bool leads = said.primary && std::binary_search(g.members.begin(), g.members.end(), *said.primary);
        merge_(g, members, said.values, leads ? &*said.primary : nullptr, ranks_);
    }

    void answer() {
        std::map<record_key, const stored_group*> of;
        for (const auto& g : s_.groups)
            for (const auto& m : g.members) of.emplace(m, &g);
        for (auto& a : s_.planned.answers) {
            if (a.of == outcome::rejected) continue;
            const auto& r = s_.touched.find(a.key)->second;
            const auto at = of.find(a.key);
            const auto* g = at == of.end() ? nullptr : at->second;
            a.group = g ? g->key() : r.before ? r.before->group : record_key{};
            if (a.of == outcome::unchanged || !s_.changed(r)) continue;
            if (r.before) a.of = outcome::changed;
            else if (g && g->members.size() > 1) {
                const bool is_part = std::any_of(g->links.begin(), g->links.end(), [&](const stored_link& l) { return l.joined && l.kind == relation::part_of && l.a == a.key; });
                a.of = is_part ? outcome::part : outcome::joined;
            } else a.of = g && g->review ? outcome::review : outcome::fresh;
        }
    }

    void write() {
        ledger_writing to{s_.known, s_.version, s_.digest};
        std::uint64_t index = 0;
        for (auto& w : s_.words) to.word(w, index++);
        for (const auto& [k, r] : s_.touched) {
            for (auto i = r.facts.size() - r.fresh; i < r.facts.size(); ++i) to.delivery(k, r.facts[i].second, index++);
            for (auto i = r.facts.size() - r.fresh; i < r.facts.size(); ++i)
                if (const auto own = s_.series.find(r.facts[i].second.series_name); own != s_.series.end()) to.blob(own->first, *own->second);
        }
        for (const auto& [k, r] : s_.touched) {
            if (r.header_bytes.empty() && r.now) continue;
            if (r.before) to.forget_header(k, r.before->start_ms);
            if (r.now) to.header(*r.header, r.header_bytes, r.tracks, s_.policy.match.limits);
        }
        if (s_.everything) to.forget_derived();
        for (const auto& [k, g] : s_.old) to.forget_group(k);
        for (const auto& g : s_.groups) {
            to.group(g);
            for (const auto& m : g.members) {
                const auto at = s_.touched.find(m);
                if (at != s_.touched.end() && at->second.now && at->second.header) to.state(m, at->second.header->of.sig.start_ms, at->second.now->content, g.key());
                else if (const auto s = s_.state_of(m)) to.state(m, s->start_ms, s->content, g.key());
            }
        }
        for (const auto& [k, r] : s_.touched) {
            if (!r.now && r.before) to.forget_state(k);
        }
        if (!s_.asked.operation.empty()) {
            auto answers = s_.planned.answers;
            if (!s_.asked.erase.empty()) scrub(answers, s_.asked.erase);
            to.operation(s_.asked.operation, fingerprint_of(s_.asked), answers);
        }
        if (!s_.asked.erase.empty()) to.erase_source(s_.asked.erase);
        tell_changes();
        // the feed, last: the commit's own entry holds its id, which is made of all the others
        s_.planned.note = {s_.version, {}, s_.asked.received, s_.asked.author, s_.asked.batch, earliest_, s_.planned.changes.size()};
        for (std::size_t i = 0; i < s_.planned.changes.size(); ++i) to.put(key_of("cl", s_.version, i + 1), encode(s_.planned.changes[i]));
        s_.planned.writes = to.take();
        s_.planned.id = s_.planned.note.id = id_of(s_.known.head(), s_.athlete, s_.planned.writes);
        const ledger_entry own{key_of("cl", s_.version, 0), encode(s_.planned.note)};
        s_.planned.writes.puts.insert(std::lower_bound(s_.planned.writes.puts.begin(), s_.planned.writes.puts.end(), own), own);
    }
    void tell_changes() {
        const auto add = [this](ledger_change c) { s_.planned.changes.push_back(std::move(c)); };
        if (s_.everything) add({.of = change_kind::derived});
        if (!s_.asked.erase.empty()) add({.of = change_kind::erased, .source = s_.asked.erase});
        for (const auto& w : std::span{s_.words}.first(said_)) add({.of = change_kind::said, .record = w.about.empty() ? record_key{} : w.about.front(), .field = std::string{to_string(w.what)}, .source = w.source});
        for (const auto& [k, r] : s_.touched) {
            if (r.now && (s_.changed(r) || r.fresh > 0)) add({.of = change_kind::delivered, .record = k, .before = r.before ? "tknown" : "", .source = k.source});
            if (!r.now && (r.before || r.fresh > 0)) add({.of = change_kind::gone, .record = k, .source = k.source});
            if (r.now && r.now->contested && r.fresh > 0) add({.of = change_kind::conflict, .record = k, .source = k.source});
        }
        group_changes groups{s_.old, s_.groups};
        for (auto& c : groups.changes) add(std::move(c));
        if (!s_.asked.erase.empty())
            for (auto& c : s_.planned.changes) scrub(c, s_.asked.erase);
        if (groups.earliest_ms) earliest_ = instant{milliseconds{*groups.earliest_ms}};
    }

    plan_state s_;
    /// Of this athlete, whose records need not name him.
    [[nodiscard]] static merge_policy ranks_of(const merge_policy& of, std::string_view athlete) {
        const auto own = of.of_athlete.find(athlete);
        return {own != of.of_athlete.end() ? own->second : of.sources, {}};
    }

    merge_function merge_;
    merge_policy ranks_;
    std::size_t said_ = 0;  // words that were asked for; those after them are passed on
    std::optional<instant> earliest_{};
};

}  // namespace coincide::detail

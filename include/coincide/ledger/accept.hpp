// SPDX-License-Identifier: BSL-1.0
//
// Takes in what was asked: words and deliveries become facts, and what they concern is noted. The inside of plan.hpp.
#pragma once

#include <coincide/ledger/plan_state.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace coincide::detail {

class accepting {
public:
    explicit accepting(plan_state& s) : s_{s} {}

    [[nodiscard]] bool done_before() {
        if (s_.asked.operation.empty()) return false;
        const auto* found = s_.ask.get(key_writer{"fo"}.text(s_.asked.operation).take());
        if (!found) return false;
        byte_reader at{*found};
        const auto version = at.count();
        const bool is_same = at.text() == fingerprint_of(s_.asked);
        s_.planned.answers = take_answers(at);
        if (is_same && at.good()) s_.planned.done_before = true, s_.planned.version = version;
        else s_.planned.answers.clear(), s_.planned.wrong = problem{at.good() ? problem_code::id_reused : problem_code::malformed, "operation", {}, {}, 0};
        return true;
    }

    void accept_words() {
        for (const auto& w : s_.asked.words) {
            if (w.what == word::undo) {
                if (!may_undo(w.version)) return;
                touch_what_was_said_in(w.version);
            }
            if (w.what == word::split || w.what == word::confirm || is_about_a_group(w.what)) accept_about_group(w);
            else accept(w);
        }
    }
    void accept(word_fact w) {
        w.said_ms = w.at.ms, w.received = s_.asked.received, w.author = s_.asked.author;
        w.at = effective(w.at, s_.asked.received, s_.policy.ahead_max);
        if (is_pin(w.what) && w.about.size() == 2)
            for (const auto& k : w.about) s_.touch(k), s_.pinned.insert(k);
        if (w.what == word::unlink) s_.touch_source(w.source);
        for (const auto& k : w.about)
            if (is_about_a_group(w.what)) s_.remerge.insert(k);
        s_.after.add(w, s_.version);
        s_.words.push_back(std::move(w));
    }
    /// Words that need to know the group of about[0].
    void accept_about_group(const word_fact& w) {
        const auto g = s_.stored_group_of(w.about.front());
        if (!s_.ask.complete()) return;
        if (w.what == word::split || w.what == word::confirm) {
            if (!g) s_.planned.wrong = problem{problem_code::unknown_record, "about", {}, {}, 0};
            for (std::size_t i = 0; g && i < g->members.size(); ++i) {
                const bool chain = w.what == word::confirm;
                if (chain ? i + 1 == g->members.size() : g->members[i] == w.about.front()) continue;
                auto pin = w;
                pin.what = chain ? word::must : word::cannot;
                pin.about = {chain ? g->members[i] : w.about.front(), chain ? g->members[i + 1] : g->members[i]};
                accept(std::move(pin));
            }
            return;
        }
        auto own = w;
        if (g)
            for (const auto& m : g->members)
                if (m != w.about.front()) own.about.push_back(m);
        if (w.what == word::lock && w.value.empty() && g)  // what the field says now
            for (const auto& [role_name, value] : values_of(g->body))
                if (role_name == w.field) own.value = value;
        if (w.what == word::lock && own.value.empty()) s_.planned.wrong = problem{problem_code::missing_key, "value", {}, {}, 0};  // nothing to keep
        accept(std::move(own));
    }

    void accept_records() {
        if (!s_.asked.erase.empty()) {
            s_.touch_source(s_.asked.erase);
            s_.after.forget_clocks_of(s_.asked.erase);
            for (const auto* family : {"cl", "da", "fd", "fo", "fr"}) s_.ask.need(keys_under(family));
        }
        for (std::size_t i = 0; i < s_.asked.records.size(); ++i) {
            const auto& r = s_.asked.records[i];
            ingested told{r.key, outcome::unchanged, r.wrong, {}};
            if (!told.wrong && (s_.after.unlinked(r.key.source) || r.key.source == s_.asked.erase)) told.wrong = problem{problem_code::source_unlinked, source_t::name, {}, {}, 0};
            if (told.wrong) told.of = outcome::rejected;
            else {
                auto& record = s_.touch(r.key);
                auto fact = r.fact;
                give_order(fact);
                const bool known = std::any_of(record.facts.begin(), record.facts.end(), [&](const auto& f) {
                    return s_.after.holds(f.first) && f.second.content == fact.content && f.second.revision == fact.revision && f.second.updated_at == fact.updated_at;
                });
                if (!known) {
                    fact.received = s_.asked.received;
                    record.facts.emplace_back(s_.version, fact);
                    ++record.fresh;
                    if (!r.series.empty()) s_.series.insert_or_assign(fact.series_name, &r.series);
                    told.of = outcome::kept;  // until it is known what comes of it
                }
            }
            s_.planned.answers.push_back(std::move(told));
        }
    }

    [[nodiscard]] bool may_undo(std::uint64_t version) {
        if (version == 0 || version >= s_.version) return s_.planned.wrong = problem{problem_code::unknown_version, "version", {}, {}, 0}, false;
        const auto* bytes = s_.ask.get(key_of("cl", version, 0));
        const auto note = bytes ? decode_note(*bytes) : std::nullopt;
        if (note && s_.asked.received - note->received > s_.policy.undo_window) return s_.planned.wrong = problem{problem_code::too_late, "version", {}, {}, 0}, false;
        return true;
    }
    /// Everything on which a version has a bearing: it begins, or ceases, to count. With it, what it took back.
    void touch_what_was_said_in(std::uint64_t first) {
        std::vector<std::uint64_t> versions{first};
        std::set<std::uint64_t> seen{first};  // an undo of two that share what they took back would count it again, and again
        for (std::size_t i = 0; i < versions.size(); ++i)
            for (auto at = s_.before.undos.lower_bound({versions[i], 0}); at != s_.before.undos.end() && at->first == versions[i]; ++at)
                if (seen.insert(at->second).second) versions.push_back(at->second);
        for (const auto version : versions) {
            s_.ask.scan(feed_range(version - 1, version), [&](const std::string&, const std::string& value) {
                if (const auto c = decode_change(value); c && (c->of == change_kind::delivered || c->of == change_kind::gone)) s_.touch(c->record);
            });
            s_.ask.scan(keys_under(key_writer{"fd"}.number(version).take()), [&](const std::string&, const std::string& value) {
                const auto w = decode_word(value);
                if (!w) return;
                if (w->what == word::unlink) s_.touch_source(w->source);
                for (const auto& k : w->about) {
                    if (is_pin(w->what)) s_.touch(k), s_.pinned.insert(k);
                    else s_.remerge.insert(k);
                }
            });
        }
    }

private:
    plan_state& s_;
};

}  // namespace coincide::detail

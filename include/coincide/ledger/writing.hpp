// SPDX-License-Identifier: BSL-1.0
//
// The entries that a commit writes, family by family: the inside of plan.hpp, and the one place that knows all keys.
//
//     facts     fr <source> <id> <version> <index>   a delivery          fd <version> <index>   a word        fo <operation>  what is done
//     blobs     bl <sha256>                          a record's series
//     indexes   da <source> <id> <version> <index>   words about a record                       dm …          undos, unlinked sources, clocks
//     derived   ds <source> <id>   start, content, group      dg <source> <id>   a group, by its smallest member
//               dh, dl, du, dn, dt                            see header.hpp
//     feed      cl <version> <index>                 what a commit changed; index 0 is the commit itself
//
// Facts and the feed are written once. Derived entries are written only where their bytes differ from what is there.
#pragma once

#include <coincide/ledger/change.hpp>
#include <coincide/ledger/folding.hpp>
#include <coincide/ledger/header.hpp>
#include <coincide/ledger/request.hpp>
#include <coincide/ledger/sha256.hpp>
#include <coincide/ledger/stored_group.hpp>
#include <coincide/ledger/view.hpp>

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

/// A change without what a source may have said: its ids, and values, which may be its own.
inline void scrub(ledger_change& c, std::string_view from) {
    for (auto* k : {&c.record, &c.group})
        if (k->source == from) k->external_id.clear();
    c.before.clear(), c.after.clear();
}

inline void scrub(std::vector<ingested>& answers, std::string_view from) {
    for (auto& a : answers)
        for (auto* k : {&a.key, &a.group})
            if (k->source == from) k->external_id.clear();
}

class ledger_writing {
public:
    ledger_writing(const ledger_view& known, std::uint64_t version, std::string_view digest) : known_{known}, version_{version}, digest_{digest} { put("dmv", digest_); }

    void word(const word_fact& w, std::uint64_t index) {
        const auto bytes = encode(w);
        put(key_of("fd", version_, index), bytes);
        for (const auto& k : w.about) put(key_writer{"da"}.text(k.source).text(k.external_id).number(version_).number(index).take(), bytes);
        if (w.what == coincide::word::undo) put(key_of("dmx", w.version, version_), "");
        if (w.what == coincide::word::unlink) put(key_writer{"dmk"}.text(w.source).number(version_).take(), "");
        if (w.what == coincide::word::clocks) put(key_writer{"dmj"}.number(version_).take(), bytes);
    }
    void delivery(const record_key& k, const delivery_fact& f, std::uint64_t index) {
        put(key_writer{"fr"}.text(k.source).text(k.external_id).number(version_).number(index).take(), encode(f));
    }
    void blob(const std::string& name_of_it, const std::string& bytes) { put("bl" + name_of_it, bytes); }
    void operation(std::string_view id, std::string_view fingerprint, const std::vector<ingested>& answers) {
        std::string bytes;
        byte_writer out{bytes};
        out.count(version_).text(fingerprint);
        put_answers(out, answers);
        put(key_writer{"fo"}.text(id).take(), std::move(bytes));
    }

    void header(const record_header& h, const std::string& bytes, const std::string& tracks, const search_limits& limits) {
        const auto at = header_key(h), place = at.substr(2);
        put(at, bytes);
        if (reaches_far(h.of.sig, limits)) {
            std::string to;
            byte_writer{to}.integer(reach_ms(h.of.sig, limits));
            put("dl" + place, std::move(to));
        }
        if (h.of.sig.clock_unset) put("du" + place, bytes);
        for (const auto hash : names_of(h.of)) put(key_writer{"dn"}.number(hash).take() + place, "");
        if (h.has_series) put(key_of("dt", h.key), tracks);
    }
    /// Takes out what `header` put for the header that is stored now.
    void forget_header(const record_key& k, std::int64_t start_ms) {
        const auto place = key_writer{""}.integer(start_ms).text(k.source).text(k.external_id).take();
        const auto* stored = known_.find("dh" + place);
        const auto h = stored ? decode_header(*stored) : std::nullopt;
        for (const auto* family : {"dh", "dl", "du"}) forget(family + place);
        if (h)
            for (const auto hash : names_of(h->of)) forget(key_writer{"dn"}.number(hash).take() + place);
        if (h && h->has_series) forget(key_of("dt", k));
    }
    void state(const record_key& k, std::int64_t start_ms, std::string_view content, const record_key& group_key) {
        std::string bytes;
        byte_writer out{bytes};
        coincide::put(out.integer(start_ms).text(content), group_key);
        put(key_of("ds", k), std::move(bytes));
    }
    void forget_state(const record_key& k) { forget(key_of("ds", k)); }
    void group(const stored_group& g) { put(key_of("dg", g.key()), encode(g, digest_)); }
    void forget_group(const record_key& k) { forget(key_of("dg", k)); }

    /// Everything that can be made anew, as far as it is not put again.
    void forget_derived() {
        for (const auto* family : {"dg", "dh", "dl", "dn", "ds", "dt", "du"})
            known_.for_each(keys_under(family), [&](const std::string& key, const std::string&) { forget(key); });
    }

    /// Takes a source out of everything, for good: its deliveries, series that only they had, its ids in words and in the feed, and the
    /// values that the feed tells, for they may be the source's.
    void erase_source(std::string_view from) {
        std::set<std::string> series, of_others;
        known_.for_each(keys_under("fr"), [&](const std::string& key, const std::string& value) {
            const bool theirs = key_reader{std::string_view{key}.substr(2)}.text() == from;
            if (theirs) forget(key);
            if (const auto f = decode_delivery(value); f && !f->series_name.empty()) (theirs ? series : of_others).insert(f->series_name);
        });
        for (const auto& one : series)
            if (!of_others.contains(one)) forget("bl" + one);
        const auto is_theirs = [from](const record_key& k) { return k.source == from; };
        known_.for_each(keys_under("fd"), [&](const std::string& key, const std::string& value) {
            auto w = decode_word(value);
            if (w && w->what == coincide::word::clocks) return forget_clocks_of(from, key, std::move(*w));
            if (!w || std::none_of(w->about.begin(), w->about.end(), is_theirs)) return;
            const bool led = w->what == coincide::word::primary && is_theirs(w->about.front());
            std::erase_if(w->about, is_theirs);
            if (led || w->about.empty() || (is_pin(w->what) && w->about.size() < 2)) return forget(key);
            put(key, encode(*w));
        });
        known_.for_each(keys_under("da"), [&](const std::string& key, const std::string&) {
            key_reader in{std::string_view{key}.substr(2)};
            const record_key about{in.text(), in.text()};
            const auto version = in.number(), index = in.number();
            const auto word_now = entries_.find(key_of("fd", version, index));
            if (is_theirs(about) || (word_now != entries_.end() && !word_now->second)) forget(key);
            else if (word_now != entries_.end()) put(key, *word_now->second);
        });
        known_.for_each(keys_under("cl"), [&](const std::string& key, const std::string& value) {
            auto c = decode_change(value);
            if (!c || c->of == change_kind::commit) return;
            scrub(*c, from);
            put(key, encode(*c));
        });
        known_.for_each(keys_under("fo"), [&](const std::string& key, const std::string& value) {
            byte_reader in{value};
            std::string bytes;
            byte_writer out{bytes};
            out.count(in.count()).text(in.text());
            auto answers = take_answers(in);
            scrub(answers, from);
            if (in.good()) put_answers(out, answers);  // else they stay none: what was damaged is not made to look whole
            put(key, std::move(bytes));
        });
    }

    [[nodiscard]] write_set take() {
        write_set out;
        for (auto& [key, value] : entries_) {
            const auto* stored = known_.find(key);
            if (value && !(stored && *stored == *value)) out.puts.push_back({key, std::move(*value)});
            if (!value && known_.head().version > 0) out.deletes.push_back(key);
        }
        return out;
    }
    void put(std::string key, std::string value) { entries_[std::move(key)] = std::move(value); }
    /// Unless it is put, before or after.
    void forget(std::string key) { entries_.try_emplace(std::move(key), std::nullopt); }

private:
    /// A table of clocks without those of a source, where the word stands and where it is looked up.
    void forget_clocks_of(std::string_view from, const std::string& key, word_fact w) {
        w.value = without_clocks_of(from, w.value);
        put(key, encode(w));
        put(key_writer{"dmj"}.number(key_reader{std::string_view{key}.substr(2)}.number()).take(), encode(w));
    }
    const ledger_view& known_;
    std::uint64_t version_;
    std::string digest_;
    std::map<std::string, std::optional<std::string>> entries_{};
};

/// Names a commit by what it writes and on what: a repeated attempt has the same name, and no chance is needed.
[[nodiscard]] inline commit_id id_of(const ledger_head& on, std::string_view athlete, const write_set& writes) {
    std::string all;
    byte_writer out{all};
    out.text(athlete).count(on.version).count(on.epoch);
    for (const auto b : on.last_commit) out.byte(b);
    for (const auto& e : writes.puts) out.text(e.key).text(e.value);
    for (const auto& k : writes.deletes) out.text(k);
    const auto digest = sha256(all);
    commit_id id{};
    for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::uint8_t>(digest[i]);
    return id;
}

}  // namespace coincide::detail

// SPDX-License-Identifier: BSL-1.0
//
// Everything that a ledger holds of an athlete, as a host's records again: for exports, reports, and for what looks at a whole history, such
// as learn_clocks.
//
//     const auto all = read_back<Ride>(store, "ann");              // result<ledger_content<Ride>>
//     const auto groups = group(all->records, policy, all->pins);  // the groups that the ledger has (with its clocks in the policy)
//
//     learn<Ride>(store, "ann", policy, now, stamp);               // looks for wrong clocks; where it finds others than are known, the
//                                                                  // groups are made anew on them, in one commit
#pragma once

#include <coincide/group/learn_clocks.hpp>
#include <coincide/ledger/ingest.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

template <record R>
struct ledger_content {
    std::uint64_t version = 0;
    std::vector<R> records{};             // what each record says now, with its series; sorted by identity
    std::vector<std::string> raw{};       // what its source sent, where the host kept it
    std::vector<pin> pins{};              // that hold, by rows
    std::vector<clock_error> clocks{};
    std::vector<stored_group> groups{};   // sorted by key
};

/// One version of the ledger, also while others write: it is read again until none was written meanwhile. Memory and time O(history).
/// Errors  what the storage says when it fails; `conflicting` when other writers were faster each time; malformed (an entry is damaged)
template <record R, ledger_store S>
[[nodiscard]] result<ledger_content<R>> read_back(S& store, std::string_view athlete, const attempt_limits& limits = {}) {
    ledger_view known;
    bool is_whole = false;
    for (unsigned attempt = 0; attempt < limits.attempts_max && !is_whole; ++attempt) {
        const auto head = store.head(athlete);
        if (!head) return tl::unexpected<problem>(head.error());
        known = ledger_view{*head};
        if (const auto failed = detail::read_into(known, store, athlete, {keys_under("bl"), keys_under("dg"), keys_under("dm"), keys_under("fd"), keys_under("fr")})) return tl::unexpected<problem>(*failed);
        const auto after = store.head(athlete);
        if (!after) return tl::unexpected<problem>(after.error());
        is_whole = *after == *head;
    }
    if (!is_whole) return fail(problem_code::conflicting, "entries");
    detail::asking ask{known};
    const auto meta = detail::ledger_meta::read(ask);
    ledger_content<R> out{.version = known.head().version, .clocks = meta.clock_table()};

    bool damaged = false;
    const auto is_whole_table = [](const word_fact& w) {
        byte_reader table{w.value};
        static_cast<void>(take_clocks(table));
        return w.what != word::clocks || table.good();
    };
    known.for_each(keys_under("dmj"), [&](const std::string&, const std::string& value) {
        const auto w = decode_word(value);
        damaged |= !w || !is_whole_table(*w);
    });
    std::map<record_key, std::vector<delivery_fact>> facts;
    known.for_each(keys_under("fr"), [&](const std::string& key, const std::string& value) {
        key_reader in{std::string_view{key}.substr(2)};
        record_key k;
        k.source = in.text(), k.external_id = in.text();
        if (!meta.holds(in.number()) || meta.unlinked(k.source)) return;
        if (auto f = decode_delivery(value)) facts[std::move(k)].push_back(std::move(*f));
        else damaged = true;
    });
    std::map<record_key, std::uint32_t> row_of;
    for (const auto& [k, all] : facts) {
        std::vector<const delivery_fact*> each;
        for (const auto& f : all) each.push_back(&f);
        const auto now = detail::current_of(std::move(each));
        if (!now) continue;
        R r{};
        const auto* series = now->series_name.empty() ? nullptr : known.find("bl" + now->series_name);
        damaged |= !decode(now->body, r) || (!now->series_name.empty() && (!series || !decode_series(*series, r)));
        row_of.emplace(k, static_cast<std::uint32_t>(out.records.size()));
        out.records.push_back(std::move(r));
        out.raw.push_back(now->raw);
    }
    std::map<std::pair<record_key, record_key>, word_fact> greatest;
    known.for_each(keys_under("fd"), [&](const std::string& key, const std::string& value) {
        if (!meta.holds(key_reader{std::string_view{key}.substr(2)}.number())) return;
        auto w = decode_word(value);
        damaged |= !w || !is_whole_table(*w);
        if (!w || !detail::is_pin(w->what) || w->about.size() != 2) return;
        auto& at = greatest[std::minmax(w->about[0], w->about[1])];
        if (at.about.empty() || at.order() < w->order()) at = std::move(*w);
    });
    for (const auto& [pair, w] : greatest) {
        const auto a = row_of.find(pair.first), b = row_of.find(pair.second);
        if (w.what != word::unpin && a != row_of.end() && b != row_of.end()) out.pins.push_back({a->second, b->second, w.what == word::must ? pin_kind::must : pin_kind::cannot});
    }
    known.for_each(keys_under("dg"), [&](const std::string&, const std::string& value) {
        if (auto g = decode_group(value)) out.groups.push_back(std::move(*g));
        else damaged = true;
    });
    if (damaged) return fail(problem_code::malformed, "entries");
    return out;
}

/// Learns the wrong clocks of a history and, where they are others than the ledger knows, groups it anew. O(history).
template <record R, ledger_store S>
[[nodiscard]] result<ledger_answer> learn(S& store, std::string_view athlete, const ledger_policy& policy, instant received, hybrid_stamp at) {
    const auto all = read_back<R>(store, athlete);
    if (!all) return tl::unexpected<problem>(all.error());
    auto plain = policy.match;
    plain.clocks = {};
    const auto clocks = learn_clocks(all->records, group(all->records, plain, all->pins));
    if (clocks == all->clocks) return ledger_answer{.version = all->version};
    request in{.received = received, .batch = "learn clocks"};
    in.words.push_back(clocks_are(clocks, std::move(at)));
    return carry_out<R>(store, athlete, in, policy);
}

}  // namespace coincide

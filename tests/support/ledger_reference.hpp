// SPDX-License-Identifier: BSL-1.0
//
// What a ledger's facts come to, reckoned the plain way: read all facts, fold them, group everything, merge every group. Nothing of the
// ledger's own planning is used, so the two can be held against each other.
#pragma once

#include "ledgers.hpp"

#include <coincide/adapters/places.hpp>
#include <coincide/group/group.hpp>
#include <coincide/merge/merge.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ledgers {

struct reference {
    std::vector<std::vector<std::string>> groups;                            // sorted members, sorted
    std::map<std::string, std::map<std::string, std::string>> values;        // smallest member -> role -> encoded value
    std::map<std::string, std::string> primary;
};

template <class Store>
reference reckoned(Store& store, const ledger_policy& policy, std::string_view athlete = "ann") {
    std::vector<std::pair<std::uint64_t, word_fact>> words;
    for (const auto& e : entries(store, "fd", athlete)) words.emplace_back(key_reader{std::string_view{e.key}.substr(2)}.number(), *decode_word(e.value));
    std::set<std::uint64_t> undone;
    for (auto w = words.rbegin(); w != words.rend(); ++w)
        if (w->second.what == word::undo && !undone.contains(w->first)) undone.insert(w->second.version);
    std::erase_if(words, [&](const auto& w) { return undone.contains(w.first); });

    std::map<record_key, std::vector<delivery_fact>> deliveries;
    for (const auto& e : entries(store, "fr", athlete)) {
        key_reader in{std::string_view{e.key}.substr(2)};
        record_key k;
        k.source = in.text(), k.external_id = in.text();
        const bool unlinked = std::any_of(words.begin(), words.end(), [&](const auto& w) { return w.second.what == word::unlink && w.second.source == k.source; });
        if (!undone.contains(in.number()) && !unlinked) deliveries[k].push_back(*decode_delivery(e.value));
    }
    std::vector<activity> records;
    std::map<record_key, std::uint32_t> rows;
    for (auto& [k, all] : deliveries) {
        std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) {
            return std::tie(y.revision, y.updated_at, y.received, y.gone, y.said, y.body, y.series_name) < std::tie(x.revision, x.updated_at, x.received, x.gone, x.said, x.body, x.series_name);
        });
        std::map<std::string, std::string> values;
        std::string series;
        bool any = false;
        for (const auto& f : all) {
            if (f.gone) break;
            any = true;
            for (const auto& [role_name, v] : values_of(f.body)) values.emplace(role_name, v);
            if (series.empty()) series = f.series_name;
        }
        if (!any) continue;
        activity a;
        decode(body_of(values), a);
        if (!series.empty())
            for (const auto& e : entries(store, "bl" + series, athlete)) decode_series(e.value, a);
        rows[k] = static_cast<std::uint32_t>(records.size());
        records.push_back(std::move(a));
    }
    std::map<std::pair<record_key, record_key>, word_fact> said;
    for (const auto& [version, w] : words)
        if (w.about.size() == 2 && (w.what == word::must || w.what == word::cannot || w.what == word::unpin)) {
            auto& at = said[{std::min(w.about[0], w.about[1]), std::max(w.about[0], w.about[1])}];
            if (at.about.empty() || std::tie(at.at, at.what, at.value) < std::tie(w.at, w.what, w.value)) at = w;
        }
    std::vector<pin> pins;
    for (const auto& [pair, w] : said)
        if (w.what != word::unpin && rows.contains(pair.first) && rows.contains(pair.second))
            pins.push_back({rows[pair.first], rows[pair.second], w.what == word::must ? pin_kind::must : pin_kind::cannot});

    reference out;
    for (const auto g : group(records, policy.match, pins, pairs_of_one_place(records))) {
        std::set<record_key> members;
        for (const auto row : g.members) members.insert({records[row].source, records[row].external_id});
        out.groups.emplace_back();
        for (const auto& m : members) out.groups.back().push_back(name_of(m));
        const auto chosen = merge(records, g, policy.merge);
        activity clean;
        write(chosen, records, clean);
        auto& values = out.values[out.groups.back().front()];
        const auto body = encode(clean);
        for (const auto& [role_name, v] : values_of(body)) values.emplace(role_name, v);
        out.primary[out.groups.back().front()] = name_of({records[chosen.primary].source, records[chosen.primary].external_id});
        std::map<std::string, word_fact> edits;
        for (const auto& [version, w] : words) {
            if (w.what != word::edit && w.what != word::lock && w.what != word::release) continue;
            const auto home = std::find_if(w.about.begin(), w.about.end(), [&](const record_key& k) { return rows.contains(k); });
            if (home == w.about.end() || !members.contains(*home)) continue;
            auto& at = edits[w.field];
            if (at.about.empty() || std::tie(at.at, at.what, at.value) < std::tie(w.at, w.what, w.value)) at = w;
        }
        for (const auto& [field_name, w] : edits)
            if (w.what != word::release) values[field_name] = w.value;
    }
    std::sort(out.groups.begin(), out.groups.end());
    return out;
}

/// What differs between a ledger and the plain reckoning of its facts; empty: nothing. Leaders that the athlete chose are not compared.
template <class Store>
std::string difference(Store& store, const ledger_policy& policy, std::string_view athlete = "ann") {
    const auto want = reckoned(store, policy, athlete);
    if (partition(store, athlete) != want.groups) return "groups are not those of all facts at once";
    for (const auto& g : groups(store, athlete)) {
        std::map<std::string, std::string> values;
        for (const auto& [role_name, v] : values_of(g.body)) values.emplace(role_name, v);
        const auto& wanted = want.values.at(name_of(g.key()));
        if (values != wanted) {
            for (const auto& [role_name, v] : wanted)
                if (!values.contains(role_name) || values[role_name] != v) return "the merged " + role_name + " of " + name_of(g.key()) + " is not that of all members at once";
            return "a merged value of " + name_of(g.key()) + " comes from nowhere";
        }
    }
    return {};
}

/// What is wrong with the form of a ledger: a record in no group or in two, a gap in the feed, a state that names another group.
template <class Store>
std::string malformed(Store& store, std::string_view athlete = "ann") {
    std::map<record_key, record_key> in_group;
    for (const auto& g : groups(store, athlete))
        for (const auto& m : g.members)
            if (!in_group.emplace(m, g.key()).second) return name_of(m) + " is in two groups";
    std::size_t states = 0;
    for (const auto& e : entries(store, "ds", athlete)) {
        key_reader in{std::string_view{e.key}.substr(2)};
        record_key k;
        k.source = in.text(), k.external_id = in.text();
        byte_reader value{e.value};
        value.integer(), value.text();
        const auto at = in_group.find(k);
        if (at == in_group.end()) return name_of(k) + " is in no group";
        if (at->second != take_record_key(value)) return name_of(k) + " names another group than it is in";
        ++states;
    }
    if (states != in_group.size()) return "a group has a member that is not known";
    if (entries(store, "dh", athlete).size() != states) return "headers and records do not go together";
    std::uint64_t version = 0, left = 0, index = 0;
    for (const auto& e : entries(store, "cl", athlete)) {
        key_reader in{std::string_view{e.key}.substr(2)};
        const auto v = in.number(), i = in.number();
        if (i == 0) {
            if (left != 0 || v != version + 1) return "the feed has a gap before version " + std::to_string(v);
            version = v, index = 0, left = decode_note(e.value)->changes;
        } else if (v != version || i != ++index || left-- == 0) return "the feed has a gap in version " + std::to_string(v);
    }
    const auto head = store.head(athlete);
    return left != 0 || version != head->version ? "the feed does not reach the head" : std::string{};
}

}  // namespace ledgers

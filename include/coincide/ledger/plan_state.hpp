// SPDX-License-Identifier: BSL-1.0
//
// What a plan knows while it is made: what came in, what is stored about it, and what has been found so far. The inside of plan.hpp.
#pragma once

#include <coincide/ledger/change.hpp>
#include <coincide/ledger/folding.hpp>
#include <coincide/ledger/header.hpp>
#include <coincide/ledger/request.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

struct ledger_plan {
    std::vector<key_range> missing{};      // to be read first; the rest is then empty
    std::optional<problem> wrong{};        // the request as a whole cannot be done
    write_set writes{};                    // empty: there is nothing to commit
    commit_id id{};
    std::uint64_t version = 0;             // that the commit makes, or that did the same operation before
    bool done_before = false;              // this operation's id is known, with the same content
    std::vector<ingested> answers{};       // to the records of the request, in their order
    std::vector<ledger_change> changes{};  // as they go into the feed
    commit_note note{};
    std::size_t left_out = 0;              // records not compared with all that are near in time: there are too many (candidates.hpp)
};

namespace detail {

struct stored_state {
    std::int64_t start_ms = 0;
    std::string content{};
    record_key group{};
};
struct touched_record {
    std::vector<std::pair<std::uint64_t, delivery_fact>> facts{};  // with the versions that brought them; those of this commit last
    std::size_t fresh = 0;                                         // how many are of this commit
    std::optional<stored_state> before{};
    std::optional<current_record> now{};
    std::optional<record_header> header{};
    std::string header_bytes{}, tracks{};
    bool moved = false;  // what matching sees of it has changed
};

struct plan_state {
    plan_state(const ledger_view& stored, std::string_view whose, const request& request_, const ledger_policy& by)
        : ask{stored}, known{stored}, athlete{whose}, asked{request_}, policy{by}, version{stored.head().version + 1} {}
    plan_state(const plan_state&) = delete;
    plan_state& operator=(const plan_state&) = delete;

    asking ask;
    const ledger_view& known;
    std::string_view athlete;
    const request& asked;
    const ledger_policy& policy;
    std::uint64_t version;                                // that this commit makes
    ledger_meta before{}, after{};
    std::string digest{};
    bool everything = false;                              // all that is derived is made anew
    std::vector<word_fact> words{};                       // of this commit
    std::map<record_key, touched_record> touched{};       // whose facts, or whose standing, may have changed
    std::map<std::string, const std::string*> series{};   // that came in, by name
    std::set<record_key> pinned{}, remerge{}, regrouped{};  // said to be together or not; whose group says something else; grouped anew
    std::vector<stored_group> groups{};                   // as they are now, of all that was looked at
    std::map<record_key, stored_group> old{};             // as they were
    ledger_plan planned{};

    [[nodiscard]] std::vector<std::pair<std::uint64_t, delivery_fact>> facts_of(const record_key& k) {
        std::vector<std::pair<std::uint64_t, delivery_fact>> out;
        const auto prefix = key_of("fr", k);
        ask.scan(keys_under(prefix), [&](const std::string& key, const std::string& value) {
            if (auto f = decode_delivery(value)) out.emplace_back(key_reader{std::string_view{key}.substr(prefix.size())}.number(), std::move(*f));
        });
        return out;
    }
    [[nodiscard]] std::optional<stored_state> state_of(const record_key& k) {
        const auto* bytes = ask.get(key_of("ds", k));
        if (!bytes) return std::nullopt;
        byte_reader in{*bytes};
        stored_state s;
        s.start_ms = in.time_ms(), s.content = in.text(), s.group = take_record_key(in);
        return in.good() ? std::optional{std::move(s)} : std::nullopt;
    }
    [[nodiscard]] std::optional<stored_group> stored_group_of(const record_key& member) {
        const auto state = state_of(member);
        const auto* bytes = state ? ask.get(key_of("dg", state->group)) : nullptr;
        return bytes ? decode_group(*bytes) : std::nullopt;
    }
    /// Words about a record that hold, before or after this commit.
    [[nodiscard]] std::vector<word_fact> words_about(const record_key& k, bool now) {
        std::vector<word_fact> out;
        const auto prefix = key_of("da", k);
        ask.scan(keys_under(prefix), [&](const std::string& key, const std::string& value) {
            if (!(now ? after : before).holds(key_reader{std::string_view{key}.substr(prefix.size())}.number())) return;
            if (auto w = decode_word(value)) out.push_back(std::move(*w));
        });
        if (now)
            for (const auto& w : words)
                if (std::find(w.about.begin(), w.about.end(), k) != w.about.end()) out.push_back(w);
        return out;
    }
    touched_record& touch(const record_key& k) {
        const auto [at, is_new] = touched.try_emplace(k);
        if (is_new) at->second.facts = facts_of(k), at->second.before = state_of(k);
        return at->second;
    }
    void touch_source(std::string_view from) {
        ask.scan(keys_under(key_writer{"fr"}.text(from).take()), [&](const std::string& key, const std::string&) { touch(record_named(key)); });
    }
    void touch_all() {
        ask.need(keys_under("d"));
        ask.scan(keys_under("fr"), [&](const std::string& key, const std::string&) { touch(record_named(key)); });
    }
    [[nodiscard]] static record_key record_named(std::string_view key) {
        key_reader in{key.substr(2)};
        record_key k;
        k.source = in.text(), k.external_id = in.text();
        return k;
    }
    [[nodiscard]] std::optional<current_record> current(const record_key& k, const std::vector<std::pair<std::uint64_t, delivery_fact>>& facts) const {
        if (after.unlinked(k.source) || k.source == asked.erase) return std::nullopt;
        std::vector<const delivery_fact*> holding;
        for (const auto& [by, f] : facts)
            if (after.holds(by)) holding.push_back(&f);
        return current_of(std::move(holding));
    }
    [[nodiscard]] bool lives(const record_key& k) {
        const auto at = touched.find(k);
        return at != touched.end() ? at->second.now.has_value() : state_of(k).has_value();
    }
    [[nodiscard]] bool changed(const touched_record& r) const { return r.now.has_value() != r.before.has_value() || (r.now && r.now->content != r.before->content); }

};

}  // namespace detail

}  // namespace coincide

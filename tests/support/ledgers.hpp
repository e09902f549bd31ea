// SPDX-License-Identifier: BSL-1.0
//
// Looks into ledgers for tests: what they hold as lines that can be compared, and what the same records come to without a ledger.
#pragma once

#include <coincide/adapters/memory_store.hpp>
#include <coincide/ledger/ingest.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// Compiled once, in ledgers.cpp: what every test would otherwise compile again. A host with many files does the same.
extern template coincide::incoming_record coincide::incoming<coincide::activity>(const coincide::activity&, std::string_view, const coincide::ledger_policy&, std::string_view);
extern template coincide::ledger_plan coincide::plan<coincide::activity>(const coincide::ledger_view&, std::string_view, const coincide::request&, const coincide::ledger_policy&);

namespace ledgers {

using namespace coincide;

template <class Store>
std::vector<ledger_entry> entries(Store& store, std::string_view family, std::string_view athlete = "ann") {
    auto all = detail::read_range(store, athlete, keys_under(std::string{family}));
    return all ? std::move(*all) : std::vector<ledger_entry>{};
}

template <class Store>
std::vector<stored_group> groups(Store& store, std::string_view athlete = "ann") {
    std::vector<stored_group> out;
    for (const auto& e : entries(store, "dg", athlete))
        if (auto g = decode_group(e.value)) out.push_back(std::move(*g));
    return out;
}

inline std::string name_of(const record_key& k) { return k.source + ":" + k.external_id; }

/// Groups as lines: members with the leader marked, links with their weights, values with whose they are.
template <class Store>
std::vector<std::string> told(Store& store, std::string_view athlete = "ann") {
    std::vector<std::string> lines;
    for (const auto& g : groups(store, athlete)) {
        std::string line;
        for (std::size_t i = 0; i < g.members.size(); ++i) line.append(name_of(g.members[i])).append(i == g.primary ? "* " : " ");
        line.append(g.review ? "| review |" : "|");
        for (const auto& l : g.links) line.append(" " + name_of(l.a) + (l.joined ? "=" : "?") + name_of(l.b) + " " + std::string{to_string(l.kind)} + " " + std::to_string(l.why.total()));
        line.append(" |");
        for (const auto& c : g.choices) line.append(" " + c.role + ":" + std::to_string(c.member) + std::string{to_string(c.by)});
        lines.push_back(line + " | " + hex(g.body));
    }
    return lines;
}

/// What a ledger says now, without how it came to: equal states are equal to every reader.
template <class Store>
std::vector<ledger_entry> state(Store& store, std::string_view athlete = "ann") {
    std::vector<ledger_entry> out;
    for (const auto* family : {"dg", "dh", "dl", "dn", "ds", "dt", "du"})
        for (auto& e : entries(store, family, athlete)) out.push_back(std::move(e));
    return out;
}

/// The members of each group, in a comparable order.
template <class Store>
std::vector<std::vector<std::string>> partition(Store& store, std::string_view athlete = "ann") {
    std::vector<std::vector<std::string>> out;
    for (const auto& g : groups(store, athlete)) {
        out.emplace_back();
        for (const auto& m : g.members) out.back().push_back(name_of(m));
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// The group that a record is in.
template <class Store>
stored_group group_of(Store& store, std::string_view source_slug, std::string_view id) {
    const record_key k{std::string{source_slug}, std::string{id}};
    for (auto& g : groups(store))
        if (std::binary_search(g.members.begin(), g.members.end(), k)) return g;
    return {};
}

template <class Role>
auto value(const stored_group& g, Role) {
    std::optional<typename Role::value_type> out;
    for (const auto& [role_name, bytes] : values_of(g.body))
        if (role_name == Role::name) out = detail::value_of<typename Role::value_type>(bytes);
    return out;
}
inline std::string text(const stored_group& g, std::string_view role_name) {
    for (const auto& [each, bytes] : values_of(g.body))
        if (each == role_name) return std::string{bytes.substr(1)};
    return {};
}

inline instant at_s(std::int64_t s) { return instant{std::chrono::seconds{1716800000 + s}}; }

/// Deliveries and words as tests say them, on one athlete's ledger in memory.
struct book {
    memory_store store{7};
    ledger_policy policy{};
    instant now = at_s(0);
    std::int64_t tick = 0;

    ledger_answer run(const request& in) {
        auto done = carry_out<activity>(store, "ann", in, policy);
        if (!done) {
            failed = done.error();
            return {};
        }
        failed.reset();
        return std::move(*done);
    }
    ledger_answer deliver(const std::vector<activity>& records, std::string_view batch = {}) {
        request in{.received = now, .batch = std::string{batch}};
        for (const auto& r : records) in.records.push_back(incoming(r, "ann", policy));
        return run(in);
    }
    ledger_answer deliver(const activity& record) { return deliver(std::vector{record}); }
    ledger_answer say(word_fact w) {
        request in{.received = now, .author = "ann"};
        in.words.push_back(std::move(w));
        return run(in);
    }
    hybrid_stamp stamp_now(std::string_view on = "phone") { return {now.time_since_epoch().count(), static_cast<std::uint64_t>(++tick), std::string{on}}; }
    std::uint64_t version() { return store.head("ann")->version; }

    std::optional<problem> failed{};
};

}  // namespace ledgers

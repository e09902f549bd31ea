// SPDX-License-Identifier: BSL-1.0
//
// Which records a commit concerns, read back within its transaction: a write set alone does not tell what an undo or an unlinked source
// leaves of the others. The inside of postgres_projection.hpp.
#pragma once

#include <coincide/adapters/postgres_query.hpp>
#include <coincide/ledger/folding.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail::postgres {

using delivery_list = std::vector<std::pair<std::uint64_t, delivery_fact>>;
struct records_read {
    ledger_meta meta{};
    std::map<record_key, delivery_list> all{};  // of the records that a commit concerns; none: the record was erased
};

[[nodiscard]] inline record_key record_in(std::string_view key, std::uint64_t* version = nullptr) {
    key_reader in{key.substr(2)};
    record_key k;
    k.source = in.text(), k.external_id = in.text();
    if (version) *version = in.number();
    return k;
}
[[nodiscard]] inline bool is_of(std::string_view key, std::string_view family) { return key.starts_with(family); }

/// Entries of ranges, or their keys alone.
[[nodiscard]] inline bool read(PGconn* db, std::string_view athlete, const std::vector<key_range>& ranges, bool values, ledger_view& to) {
    constexpr const char* sql[] = {  // without values PostgreSQL need not look beyond its index
        "SELECT e.key, ''::bytea FROM unnest($2::bytea[], $3::bytea[]) r(f, t) CROSS JOIN LATERAL "
        "(SELECT key FROM coincide_entry WHERE athlete = $1::bytea AND key >= r.f AND key < r.t ORDER BY key) e",
        "SELECT e.key, e.value FROM unnest($2::bytea[], $3::bytea[]) r(f, t) CROSS JOIN LATERAL "
        "(SELECT key, value FROM coincide_entry WHERE athlete = $1::bytea AND key >= r.f AND key < r.t ORDER BY key) e"};
    rows all{sql[values], {some_bytes, some_bytes}};
    for (const auto& r : ranges) all.bytes(r.from).bytes(r.to);
    std::vector<statement> asked;
    all.to(asked, athlete);
    for (const auto& s : asked) {
        const auto found = ask(db, s);
        if (!good(found)) return false;
        std::vector<ledger_entry> entries;
        for (int row = 0; row < PQntuples(found.get()); ++row) entries.push_back({std::string{cell(found, row, 0)}, std::string{cell(found, row, 1)}});
        for (const auto& r : ranges) to.add(r, std::exchange(entries, {}));
    }
    return true;
}

/// The deliveries of each record whose deliveries are written, or counted otherwise since something was taken back or unlinked.
[[nodiscard]] inline std::optional<records_read> records_now(PGconn* db, std::string_view athlete, const write_set& writes) {
    records_read out;
    std::set<std::uint64_t> versions;
    std::set<std::string, std::less<>> unlinked;
    const auto look = [&](std::string_view key) {
        key_reader in{key.substr(std::min<std::size_t>(key.size(), 3))};
        if (is_of(key, "fr")) out.all.try_emplace(record_in(key));
        if (is_of(key, "dmx")) versions.insert(in.number());
        if (is_of(key, "dmk")) unlinked.insert(in.text());
    };
    for (const auto& e : writes.puts) look(e.key);
    for (const auto& k : writes.deletes) look(k);
    if (out.all.empty() && versions.empty() && unlinked.empty()) return out;
    ledger_view known{{.version = 1}}, keys{{.version = 1}};
    if (!read(db, athlete, {keys_under("dm")}, true, known)) return std::nullopt;
    asking ask_known{known};
    out.meta = ledger_meta::read(ask_known);
    for (bool more = true; std::exchange(more, false);)  // what takes back a taking back
        for (const auto& [by, version] : out.meta.undos)
            if (versions.contains(by)) more |= versions.insert(version).second;
    for (const auto& [from, version] : out.meta.unlinks)
        if (versions.contains(version)) unlinked.insert(from);
    if (!versions.empty() || !unlinked.empty()) {
        if (!read(db, athlete, {keys_under("fr")}, false, keys)) return std::nullopt;
        keys.for_each(keys_under("fr"), [&](const std::string& key, const std::string&) {
            std::uint64_t version = 0;
            auto k = record_in(key, &version);
            if (versions.contains(version) || unlinked.contains(k.source)) out.all.try_emplace(std::move(k));
        });
    }
    std::vector<key_range> ranges;
    for (const auto& [k, facts] : out.all) ranges.push_back(keys_under(key_of("fr", k)));
    ledger_view facts;
    if (!read(db, athlete, ranges, true, facts)) return std::nullopt;
    facts.for_each(keys_under("fr"), [&](const std::string& key, const std::string& value) {
        std::uint64_t version = 0;
        const auto at = out.all.find(record_in(key, &version));
        if (auto f = decode_delivery(value); f && at != out.all.end()) at->second.emplace_back(version, std::move(*f));
    });
    return out;
}

}  // namespace coincide::detail::postgres

// SPDX-License-Identifier: BSL-1.0
//
// All that is asked of a host's storage, for one athlete at a time: three calls.
//
//     head("ann")                                     ->  version 41
//     read("ann", {from, to}, 1000)                   ->  up to 1000 entries in byte order of their keys, from <= key < to
//     commit("ann", {version 41}, puts, deletes, id)  ->  ok, and the head is version 42 with this id; or conflict, and nothing happened
//
// A commit happens wholly or not at all, is durable before it says ok, and happens only if the head is still the expected one: a row
// lock, a transaction, a mutex, a compare-and-swap can all do it. Reads may be of a newer state than the head that was asked for before
// them, even mixed: the commit finds out. They may not be older. Nothing is asked across athletes. testing/ledger_laws.hpp tells whether a
// storage keeps this.
#pragma once

#include <coincide/ledger/bytes.hpp>
#include <coincide/result.hpp>

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

/// The first half of a SHA-256 of what the commit writes and on what head, so a repeated attempt has the same one.
using commit_id = std::array<std::uint8_t, 16>;

/// Of an athlete that nothing is known of: all zero.
struct ledger_head {
    std::uint64_t version = 0;  // commits so far: 1, 2, 3 … without gaps
    std::uint64_t epoch = 0;    // made by chance when a storage is created or restored from a backup; a cursor of another epoch is void
    commit_id last_commit{};

    friend bool operator==(const ledger_head&, const ledger_head&) = default;
};

struct ledger_entry {
    std::string key{}, value{};
    friend auto operator<=>(const ledger_entry&, const ledger_entry&) = default;
};

/// from <= key < to, by unsigned bytes.
struct key_range {
    std::string from{}, to{};
    friend auto operator<=>(const key_range&, const key_range&) = default;
};

/// Every key that begins with these bytes (which are not all 255).
[[nodiscard]] inline key_range keys_under(std::string prefix) {
    auto end = prefix;
    while (!end.empty() && static_cast<std::uint8_t>(end.back()) == 255) end.pop_back();
    if (!end.empty()) end.back() = static_cast<char>(static_cast<std::uint8_t>(end.back()) + 1);
    return {std::move(prefix), std::move(end)};
}
[[nodiscard]] inline key_range only_key(std::string key) {
    auto end = key;
    end.push_back('\0');
    return {std::move(key), std::move(end)};
}

struct write_set {
    std::vector<ledger_entry> puts{};    // sorted by key, each once
    std::vector<std::string> deletes{};  // sorted; none that is put

    [[nodiscard]] bool empty() const noexcept { return puts.empty() && deletes.empty(); }
};

enum class commit_result : std::uint8_t {
    ok,        // done, and durable
    conflict,  // the head was another one: nothing happened
    unknown,   // the connection was cut: done or not, the head's last commit tells
    failed,    // nothing happened, and trying again at once is no use
};

[[nodiscard]] constexpr std::string_view to_string(commit_result r) noexcept {
    constexpr std::string_view names[] = {"ok", "conflict", "unknown", "failed"};
    return names[static_cast<std::size_t>(r)];
}

template <class S>
concept ledger_store = requires(S& store, std::string_view athlete, const key_range& range, std::size_t limit, const ledger_head& expected, const write_set& writes,
                                const commit_id& id) {
    { store.head(athlete) } -> std::same_as<result<ledger_head>>;
    { store.read(athlete, range, limit) } -> std::same_as<result<std::vector<ledger_entry>>>;
    { store.commit(athlete, expected, writes, id) } -> std::same_as<commit_result>;
};

/// A storage that reads several ranges in one round trip; `read_ranges` gives all entries of each.
template <class S>
concept reads_several = requires(S& store, std::string_view athlete, std::span<const key_range> ranges) {
    { store.read_ranges(athlete, ranges) } -> std::same_as<result<std::vector<std::vector<ledger_entry>>>>;
};

}  // namespace coincide

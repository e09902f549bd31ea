// SPDX-License-Identifier: BSL-1.0
//
// What the laws of a storage are written with: made-up athletes, ids, chance, and a list of what was broken. The inside of ledger_laws.hpp.
#pragma once

#include <coincide/ledger/storage.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

struct broken_law {
    std::string law{}, saw{};
};

struct ledger_laws_options {
    std::string athlete = "law";  // in front of the athletes that are made up; they should not be in use
    unsigned threads = 4;         // 0: the storage is not made for several
    unsigned steps = 1000;        // of the long series
    std::uint64_t seed = 1;
};

namespace detail {

template <ledger_store S>
class store_probe {
public:
    store_probe(S& store, const ledger_laws_options& options) : store_{store}, options_{options}, state_{options.seed} {}

protected:
    using entries = std::vector<ledger_entry>;

    void expect(bool holds, std::string_view law, std::string saw) {
        if (!holds && broken_.size() < 20) broken_.push_back({std::string{law}, std::move(saw)});
    }
    [[nodiscard]] std::string someone() { return options_.athlete + std::to_string(++made_up_) + "-" + std::to_string(options_.seed); }
    [[nodiscard]] ledger_head head_of(std::string_view who) {
        const auto h = store_.head(who);
        expect(h.has_value(), "written", "head failed");
        return h ? *h : ledger_head{};
    }
    [[nodiscard]] entries all_of(std::string_view who, const key_range& range = {"", "\xff\xff\xff\xff"}, std::size_t limit = 1000000) { return all_in(store_, who, range, limit); }
    [[nodiscard]] entries all_in(S& store, std::string_view who, const key_range& range = {"", "\xff\xff\xff\xff"}, std::size_t limit = 1000000) {
        auto e = store.read(who, range, limit);
        expect(e.has_value(), "written", "read failed");
        return e ? std::move(*e) : entries{};
    }
    [[nodiscard]] static commit_id id_of(std::uint64_t n) {
        commit_id id{};
        for (std::size_t i = 0; i < 8; ++i) id[i] = static_cast<std::uint8_t>(n >> (8 * i) & 0xFF);
        id[15] = 1;
        return id;
    }
    [[nodiscard]] std::uint64_t chance(std::uint64_t below) {  // splitmix64 (Vigna)
        auto z = state_ += 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return (z ^ (z >> 31)) % below;
    }
    /// A commit that ought to be done; the head after it.
    ledger_head must_commit(std::string_view who, const write_set& writes, std::string_view law = "written") {
        const auto before = head_of(who);
        const auto id = id_of(++ids_);
        const auto done = store_.commit(who, before, writes, id);
        expect(done == commit_result::ok, law, "a commit on the head gave " + std::string{to_string(done)});
        const auto after = head_of(who);
        expect(after.version == before.version + 1, law, "the version went from " + std::to_string(before.version) + " to " + std::to_string(after.version));
        expect(after.last_commit == id, law, "the head has not the commit's id");
        expect(after.epoch == before.epoch, law, "the epoch changed with a commit");
        return after;
    }

    S& store_;
    const ledger_laws_options& options_;
    std::vector<broken_law> broken_{};
    std::uint64_t state_, ids_ = 1000000;
    unsigned made_up_ = 0;
};

}  // namespace detail

}  // namespace coincide

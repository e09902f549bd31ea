// SPDX-License-Identifier: BSL-1.0
//
// A ledger's storage in memory: for tests, for hosts that keep a ledger only for a while, and as the shortest example of what a storage
// is. Safe to use from several threads.
//
//     memory_store store{1};                               // an epoch of the host's choice
//     ingest(store, "ann", rides, policy, now);
#pragma once

#include <coincide/ledger/storage.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

class memory_store {
public:
    explicit memory_store(std::uint64_t epoch = 1) : epoch_{epoch} {}

    [[nodiscard]] result<ledger_head> head(std::string_view athlete) {
        const std::lock_guard lock{mutex_};
        const auto at = athletes_.find(athlete);
        return at == athletes_.end() ? ledger_head{.epoch = epoch_} : at->second.head;
    }

    [[nodiscard]] result<std::vector<ledger_entry>> read(std::string_view athlete, const key_range& range, std::size_t limit) {
        const std::lock_guard lock{mutex_};
        std::vector<ledger_entry> out;
        const auto of = athletes_.find(athlete);
        if (of == athletes_.end()) return out;
        for (auto at = of->second.entries.lower_bound(range.from); at != of->second.entries.end() && at->first < range.to && out.size() < limit; ++at)
            out.push_back({at->first, at->second});
        return out;
    }

    [[nodiscard]] commit_result commit(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        const std::lock_guard lock{mutex_};
        auto at = athletes_.find(athlete);
        if (at == athletes_.end()) at = athletes_.emplace(athlete, partition{{.epoch = epoch_}, {}}).first;
        auto& [head_now, entries] = at->second;
        if (head_now != expected) return commit_result::conflict;
        for (const auto& e : writes.puts) entries.insert_or_assign(e.key, e.value);
        for (const auto& k : writes.deletes) entries.erase(k);
        head_now = {head_now.version + 1, epoch_, id};
        return commit_result::ok;
    }

private:
    struct partition {
        ledger_head head{};
        std::map<std::string, std::string, std::less<>> entries{};
    };
    std::mutex mutex_{};
    std::uint64_t epoch_;
    std::map<std::string, partition, std::less<>> athletes_{};
};

}  // namespace coincide

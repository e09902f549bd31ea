// SPDX-License-Identifier: BSL-1.0
//
// What has been read of one athlete's ledger, and what is still to be read: the input of `plan`, which does no reading itself.
//
//     ledger_view known{head};
//     known.add(range, entries);           // what the storage gave for a range: all of it
//     known.covers(range)                  // true: what is not there does not exist
//
// An athlete at version 0 has nothing, and nothing need be read.
#pragma once

#include <coincide/ledger/storage.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

class ledger_view {
public:
    ledger_view() = default;
    explicit ledger_view(const ledger_head& head) : head_{head} {}

    [[nodiscard]] const ledger_head& head() const noexcept { return head_; }

    /// Everything that a range holds. O(entries log known).
    void add(const key_range& range, std::vector<ledger_entry>&& entries) {
        for (auto& e : entries) entries_.insert_or_assign(std::move(e.key), std::move(e.value));
        auto from = range.from, to = range.to;
        auto at = covered_.upper_bound(from);
        if (at != covered_.begin() && std::prev(at)->second >= from) --at, from = at->first;
        while (at != covered_.end() && at->first <= to) to = std::max(to, at->second), at = covered_.erase(at);
        covered_.emplace(std::move(from), std::move(to));
    }
    [[nodiscard]] bool covers(const key_range& range) const {
        if (head_.version == 0) return true;
        const auto at = covered_.upper_bound(range.from);
        return at != covered_.begin() && std::prev(at)->second >= range.to;
    }
    [[nodiscard]] const std::string* find(std::string_view key) const {
        const auto at = entries_.find(key);
        return at == entries_.end() ? nullptr : &at->second;
    }
    /// Calls visit(key, value) for each known entry of a range, in order.
    template <class Visit>
    void for_each(const key_range& range, Visit&& visit) const {
        for (auto at = entries_.lower_bound(range.from); at != entries_.end() && at->first < range.to; ++at) visit(at->first, at->second);
    }

private:
    ledger_head head_{};
    std::map<std::string, std::string, std::less<>> entries_{};
    std::map<std::string, std::string, std::less<>> covered_{};  // from -> to, apart from each other
};

namespace detail {

/// Looks into a view and notes what is missing. Where something is, the answers are those of an empty range, and the caller has to come
/// again with more.
class asking {
public:
    explicit asking(const ledger_view& known) : known_{known} {}

    [[nodiscard]] const std::string* get(std::string key) {
        const auto* found = known_.find(key);
        if (!found) need(only_key(std::move(key)));
        return found;
    }
    template <class Visit>
    void scan(const key_range& range, Visit&& visit) {
        if (!need(range)) known_.for_each(range, visit);
    }
    /// True when the range has to be read first.
    bool need(const key_range& range) {
        if (known_.covers(range)) return false;
        missing_.push_back(range);
        return true;
    }
    [[nodiscard]] bool complete() const noexcept { return missing_.empty(); }

    /// Sorted, apart from each other; many of one family become one that spans them.
    [[nodiscard]] std::vector<key_range> missing() const {
        auto sorted = missing_;
        std::sort(sorted.begin(), sorted.end());
        std::vector<key_range> out;
        for (std::size_t i = 0, j = 0; i < sorted.size(); i = j) {
            while (j < sorted.size() && sorted[j].from.compare(0, family_size, sorted[i].from, 0, family_size) == 0) ++j;
            const bool spanned = j - i > apart_max;
            for (auto k = i; k < j; ++k) {
                if (k > i && (spanned || sorted[k].from <= out.back().to)) out.back().to = std::max(out.back().to, sorted[k].to);
                else out.push_back(sorted[k]);
            }
        }
        return out;
    }

private:
    static constexpr std::size_t family_size = 2, apart_max = 256;
    const ledger_view& known_;
    std::vector<key_range> missing_{};
};

}  // namespace detail

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// One record into a history of any length: who is near it by a published rule (fuzzy.hpp), without looking at the rest.
//
//     signature_index known{presets::ridetool};
//     known.find(s, [&](const signature& other) { … });      // those of the same athlete that `inside` takes for the same activity
//     known.insert(s);
//
// A flat table by athlete and start, with the records in it. A cell is 70 minutes of one athlete: much wider than the gap, so that nine
// of ten look-ups touch one cell and not two; and as an athlete rarely records more than a few in that time, a cell is one cache line or
// two. Batches fetch ahead: the line of the twelfth next query is asked for while this one is answered.
//
// 64 to 128 bytes a record. One cell takes `crowd_max` records: beyond that `insert` says no, and the record is to be grouped by what
// looks at crowds (candidates.hpp). Not synchronised.
#pragma once

#include <coincide/match/fuzzy.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coincide {

class signature_index {
public:
    static constexpr std::size_t crowd_max = 1024;

    explicit signature_index(const fuzzy_window& window, std::size_t expected = 0)
        : window_{window}, gap_ms_{detail::reach_of(window)} {
        slots_.resize(std::bit_ceil(std::max<std::size_t>(16, expected * 2)), nothing());
        shift_ = 64 - std::countr_zero(slots_.size());
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return slots_.capacity() * sizeof(signature); }

    /// False where the record's clock was never set, or its cell is full: it is not in the index then. Amortised O(1).
    bool insert(const signature& s) {
        if (s.clock_unset) return false;
        if ((size_ + 1) * 2 > slots_.size()) grow();
        auto at = place_of(s.athlete, s.start_ms >> cell_bits);
        std::size_t passed = 0;
        for (; !is_nothing(slots_[at]); at = (at + 1) & (slots_.size() - 1))
            if (++passed > crowd_max) return false;
        slots_[at] = s;
        ++size_;
        return true;
    }

    /// Calls visit(const signature&) for each record that the rule takes for the same activity as s. O(records of that hour).
    template <class Visit>
    void find(const signature& s, Visit&& visit) const {
        if (s.clock_unset) return;
        const auto first = (s.start_ms - gap_ms_) >> cell_bits, last = (s.start_ms + gap_ms_) >> cell_bits;
        for (auto cell = first; cell <= last; ++cell)
            for (auto at = place_of(s.athlete, cell); !is_nothing(slots_[at]); at = (at + 1) & (slots_.size() - 1)) {
                const auto& other = slots_[at];
                if (other.start_ms >> cell_bits == cell && inside(window_, s, other)) visit(other);
            }
    }

    /// Calls visit(query, const signature&) for each of many queries.
    template <class Visit>
    void find_all(std::span<const signature> queries, Visit&& visit) const {
        constexpr std::size_t ahead = 12;
        for (std::size_t i = 0; i < queries.size(); ++i) {
            if (const auto next = i + ahead; next < queries.size()) __builtin_prefetch(&slots_[place_of(queries[next].athlete, queries[next].start_ms >> cell_bits)]);
            find(queries[i], [&](const signature& other) { visit(queries[i], other); });
        }
    }

private:
    static constexpr int cell_bits = 22;  // 2^22 ms are 70 minutes

    [[nodiscard]] static constexpr signature nothing() noexcept {
        signature s;
        s.clock_unset = 1;  // those are not kept
        return s;
    }
    [[nodiscard]] static bool is_nothing(const signature& s) noexcept { return s.clock_unset != 0; }
    [[nodiscard]] std::size_t place_of(std::uint32_t athlete, std::int64_t cell) const noexcept {
        const auto key = (std::uint64_t{athlete} << 32 ^ static_cast<std::uint64_t>(cell) * 0xD6E8FEB86659FD93ull) * 0x9E3779B97F4A7C15ull;
        return static_cast<std::size_t>((key ^ key << 32) >> shift_);
    }
    void grow() {
        std::vector<signature> old(slots_.size() * 2, nothing());
        old.swap(slots_);
        --shift_;
        for (const auto& s : old) {
            if (is_nothing(s)) continue;
            auto at = place_of(s.athlete, s.start_ms >> cell_bits);
            while (!is_nothing(slots_[at])) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = s;
        }
    }

    fuzzy_window window_;
    std::int64_t gap_ms_;
    std::vector<signature> slots_{};
    std::size_t size_ = 0;
    int shift_ = 0;
};

}  // namespace coincide

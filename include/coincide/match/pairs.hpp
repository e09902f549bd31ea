// SPDX-License-Identifier: BSL-1.0
//
// All pairs of millions of records that a published rule (fuzzy.hpp) takes for one activity, in a few nanoseconds a record.
//
//     pair_finder find{presets::ridetool};
//     find(signatures, [&](std::uint32_t row, std::uint32_t other_row) { sets.unite(row, other_row); });
//
// A pass deals the records out by athlete into parts that fit the cache; each part is sorted by start and swept: whoever starts within the
// gap of another is a candidate, and the rule decides. Loops that would have to guess (is the next one near? does the rule hold?) write
// their result and advance by the answer instead.
//
// Memory: a copy of the signatures (32 bytes a record), 4 bytes a record, and the pairs of one part. The pairs, and their order, do not
// depend on the order of the input. Work grows with the pairs that start together: ten thousand records of one second are 5 · 10^7 pairs.
#pragma once

#include <coincide/match/fuzzy.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coincide {

class pair_finder {
public:
    explicit pair_finder(const fuzzy_window& window) : window_{window}, gap_ms_{detail::reach_of(window)} {}

    /// Calls visit(row, row) for each pair of which `inside` is true, the earlier start first. O(n + pairs), O(n log n) where many starts
    /// lie close together. Records whose clock was never set are in no pair.
    template <class Visit>
    void operator()(std::span<const signature> records, Visit&& visit) {
        deal_out(records);
        std::size_t from = 0;
        for (const auto to : part_ends_) {
            const std::span<signature> part{dealt_.data() + from, to - from};
            sort_by_start(part);
            sweep(part);
            for (const auto& p : found_) visit(part[p.a].row, part[p.b].row);
            from = to;
        }
    }

    /// Of memory that is held for the next call.
    [[nodiscard]] std::size_t bytes() const noexcept {
        return (dealt_.capacity() + sorted_.capacity()) * sizeof(signature) + (part_ends_.capacity() + bucket_ends_.capacity() + near_.capacity()) * sizeof(std::uint32_t) + found_.capacity() * sizeof(near_pair);
    }

private:
    static constexpr std::size_t part_records = 1024, parts_max = 1024;  // 32 kB; more parts than that cost more to deal out than they save
    static constexpr std::size_t insertion_max = 24;

    struct near_pair {
        std::uint32_t a, b;
    };

    [[nodiscard]] static std::size_t part_of(const signature& s, int shift) noexcept {  // the high bits of a product mix all of the hash
        return static_cast<std::size_t>(std::uint64_t{s.athlete} * 0x9E3779B97F4A7C15ull >> shift);
    }

    void deal_out(std::span<const signature> records) {
        const auto parts = std::clamp(std::bit_ceil(records.size() / part_records + 1), std::size_t{2}, parts_max);
        const int shift = 64 - std::countr_zero(parts);
        part_ends_.assign(parts, 0);
        std::size_t n = 0;
        for (const auto& r : records) part_ends_[part_of(r, shift)] += r.clock_unset == 0;
        for (auto& end : part_ends_) n += end, end = static_cast<std::uint32_t>(n) - end;  // where it begins; counted up to its end below
        dealt_.resize(n);
        for (const auto& r : records)
            if (r.clock_unset == 0) dealt_[part_ends_[part_of(r, shift)]++] = r;
    }

    [[nodiscard]] static bool before(const signature& x, const signature& y) noexcept { return x.start_ms != y.start_ms ? x.start_ms < y.start_ms : x.row < y.row; }

    /// One counting pass into as many buckets as there are records, then insertion. A bucket that holds many is sorted by comparing.
    void sort_by_start(std::span<signature> part) {
        const auto n = part.size();
        if (n < 2) return;
        std::int64_t first = part[0].start_ms, last = first;
        for (const auto& s : part) first = std::min(first, s.start_ms), last = std::max(last, s.start_ms);
        const auto range = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
        const int coarse = std::max(0, static_cast<int>(std::bit_width(range)) - 32);
        const std::uint64_t scale = (std::uint64_t{n} << 32) / ((range >> coarse) + 1);
        const auto bucket_of = [&](const signature& s) { return static_cast<std::size_t>(((static_cast<std::uint64_t>(s.start_ms) - static_cast<std::uint64_t>(first)) >> coarse) * scale >> 32); };
        bucket_ends_.assign(n, 0);
        for (const auto& s : part) ++bucket_ends_[bucket_of(s)];
        std::uint32_t at = 0, most = 0;
        for (auto& end : bucket_ends_) most = std::max(most, end), at += end, end = at - end;
        sorted_.resize(n);
        for (const auto& s : part) sorted_[bucket_ends_[bucket_of(s)]++] = s;
        if (most > insertion_max) {
            std::uint32_t from = 0;
            for (const auto end : bucket_ends_) {
                if (end - from > insertion_max) std::sort(sorted_.begin() + from, sorted_.begin() + end, before);
                from = end;
            }
        }
        part[0] = sorted_[0];
        for (std::size_t i = 1; i < n; ++i) {
            auto to = i;
            for (; to > 0 && before(sorted_[i], part[to - 1]); --to) part[to] = part[to - 1];
            part[to] = sorted_[i];
        }
    }

    /// Neighbours one apart in the order, of those that start together neighbours two apart, and so on.
    void sweep(std::span<const signature> part) {
        found_.clear();
        const auto n = part.size();
        if (n < 2) return;
        near_.resize(n);
        std::size_t near_count = 0;
        for (std::size_t i = 0; i + 1 < n; ++i) {
            near_[near_count] = static_cast<std::uint32_t>(i);
            near_count += part[i + 1].start_ms - part[i].start_ms <= gap_ms_;
        }
        for (std::uint32_t apart = 1; near_count > 0; ++apart) {
            const auto begin = found_.size();
            found_.resize(begin + near_count);
            auto* out = found_.data() + begin;
            std::size_t still = 0;
            for (std::size_t k = 0; k < near_count; ++k) {
                const auto i = near_[k], j = i + apart;
                *out = {i, j};
                out += inside(window_, part[i], part[j]);
                near_[still] = i;
                still += j + 1 < n && part[j + 1].start_ms - part[i].start_ms <= gap_ms_;
            }
            found_.resize(static_cast<std::size_t>(out - found_.data()));
            near_count = still;
        }
    }

    fuzzy_window window_;
    std::int64_t gap_ms_;
    std::vector<signature> dealt_{}, sorted_{};
    std::vector<std::uint32_t> part_ends_{}, bucket_ends_{}, near_{};
    std::vector<near_pair> found_{};
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Which pairs are worth comparing. Of n records of one athlete only those near in time, or bound by an identity, can be one
// activity; the rest is never looked at.
//
//     records in start order:  06:50  06:52  17:30  (next day) 06:51      ->  pairs (0,1), and by the clock (0,3), (1,3)
//
// Near in time: spans that touch within their precision, starts within 20 minutes when a span is unknown; and within 26 hours (a clock
// that is wrong by hours) durations alike to 40 %, tracks that begin or end a whole quarter of an hour apart, and spans that touch on a
// clock's known error. Bound: one names the other, one file_id, equal bytes, equal file names.
//
// Bounded: each record is compared with at most `neighbors_max` later ones in start order, so ten thousand records of one
// second cost 3 * 10^5 comparisons and not 5 * 10^7; the records that had more are counted. Identities are found at any density; of
// more than `alike_max` equal ones each meets its next.
//
// Clocks that were never set say nothing of time: they meet records of the same length, and those of the same place when the host
// asks for them (adapters/places.hpp).
#pragma once

#include <coincide/match/policy.hpp>
#include <coincide/match/signs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coincide {

/// Positions in the time-ordered list of one athlete's records, a < b.
struct candidate_pair {
    std::uint32_t a = 0, b = 0;
    friend constexpr auto operator<=>(const candidate_pair&, const candidate_pair&) = default;
};

struct candidate_list {
    std::vector<candidate_pair> pairs{};  // sorted, each once
    std::vector<candidate_pair> cut{};    // a: a record of which a limit left out some neighbors, b: the first of those; sorted
    std::size_t left_out = 0;             // records that had more neighbors near in time than the limit
};

namespace detail {

/// Cheap test on two signatures, before anything is prepared.
constexpr bool worth_comparing(const signature& a, const signature& b) noexcept {
    const auto slack = 1000 * (std::int64_t{a.precision_s} + b.precision_s);
    const auto gap = std::max(a.start_ms, b.start_ms) - std::min(a.end_ms(), b.end_ms());  // negative: they overlap
    if (gap <= slack) return true;
    if (a.elapsed_ms == 0 || b.elapsed_ms == 0) return magnitude(a.start_ms - b.start_ms) <= 1200000 + slack;
    return within_percent(a.elapsed_ms, b.elapsed_ms, 40);  // a wrong clock keeps the duration, but for what was cut off
}

/// Spans that touch by a clock's known error.
constexpr bool touch_on_known_time(const features& a, const features& b) noexcept {
    const auto touches = [&](std::int64_t a_ahead_s) {
        auto set_back = a.sig;
        set_back.start_ms -= 1000 * a_ahead_s;
        return overlap_of_spans(set_back, b.sig).common_ms > 0;
    };
    const std::int64_t x = a.perhaps_ahead_s, y = b.perhaps_ahead_s;
    return (x != 0 && touches(x)) || (y != 0 && touches(-y)) || (x != 0 && y != 0 && touches(x - y));
}

/// Two tracks that begin, or end, a whole quarter of an hour apart, give or take a minute: one may be a part of the other under a wrong zone.
constexpr bool tracks_a_quarter_apart(const features& a, const features& b) noexcept {
    const auto near_quarter = [](std::int64_t ms) {
        const auto off = magnitude(ms) % 900000;
        return off <= 60000 || off >= 840000;
    };
    return a.tracked && b.tracked && std::min(a.sig.elapsed_ms, b.sig.elapsed_ms) >= 300000 &&
           (near_quarter(a.sig.start_ms - b.sig.start_ms) || near_quarter(a.sig.end_ms() - b.sig.end_ms()));
}

struct keyed {
    std::uint64_t key;
    std::uint32_t at;
    friend constexpr auto operator<=>(const keyed&, const keyed&) = default;
};

/// Pairs, and who had more of them than a limit allows.
struct pair_collector {
    std::span<const features> all;
    const search_limits& limits;
    candidate_list& out;
    std::vector<keyed> keys{};

    void add(std::uint32_t x, std::uint32_t y) { out.pairs.push_back({std::min(x, y), std::max(x, y)}); }

    void near_in_time() {
        for (std::uint32_t i = 0; i < all.size(); ++i) {
            const auto& a = all[i].sig;
            if (a.clock_unset) continue;
            const auto reach = std::max<std::int64_t>(a.start_ms + limits.clock_reach.count(), a.end_ms() + 1000 * std::int64_t{a.precision_s});
            std::size_t taken = 0;
            for (std::uint32_t j = i + 1; j < all.size() && all[j].sig.start_ms <= reach; ++j) {
                if (all[j].sig.clock_unset || !(worth_comparing(a, all[j].sig) || touch_on_known_time(all[i], all[j]) || tracks_a_quarter_apart(all[i], all[j]))) continue;
                if (taken++ == limits.neighbors_max) {
                    out.cut.push_back({i, j}), ++out.left_out;
                    break;
                }
                add(i, j);
            }
        }
    }
    /// Each record with those that name it; of several with one identity, which a host should have united, the first ones.
    void those_that_name() {
        std::vector<keyed> owners;
        for (std::uint32_t i = 0; i < all.size(); ++i)
            if (all[i].own != 0) owners.push_back({all[i].own, i});
        std::sort(owners.begin(), owners.end());
        for (std::uint32_t i = 0; i < all.size(); ++i)
            for (const auto key : {all[i].origin, all[i].parent}) {
                std::size_t met = 0;
                for (auto at = std::lower_bound(owners.begin(), owners.end(), keyed{key, 0}); key != 0 && at != owners.end() && at->key == key; ++at) {
                    if (met++ == limits.alike_max) {
                        out.cut.push_back({i, at->at});
                        break;
                    }
                    if (at->at != i) add(at->at, i);
                }
            }
    }
    /// Pairs of records with one key; of more than the limit, each with its next ones.
    void of_one(std::uint64_t features::*key) {
        keys.clear();
        for (std::uint32_t i = 0; i < all.size(); ++i)
            if (all[i].*key != 0) keys.push_back({all[i].*key, i});
        std::sort(keys.begin(), keys.end());
        for (std::size_t i = 0; i < keys.size(); ++i)
            for (std::size_t j = i + 1; j < keys.size() && keys[j].key == keys[i].key; ++j) {
                if (j - i > limits.alike_max) {
                    out.cut.push_back({keys[i].at, keys[j].at});
                    break;
                }
                add(keys[i].at, keys[j].at);
            }
    }
    /// A record whose clock was never set with those whose length is within 2 s of its own, the nearest in length first.
    void of_one_length() {
        keys.clear();
        for (std::uint32_t i = 0; i < all.size(); ++i)
            if (all[i].sig.elapsed_ms != 0) keys.push_back({all[i].sig.elapsed_ms, i});
        std::sort(keys.begin(), keys.end());
        for (std::size_t k = 0; k < keys.size(); ++k) {
            if (!all[keys[k].at].sig.clock_unset) continue;
            const auto length = keys[k].key;
            auto down = k, up = k + 1;
            for (std::size_t met = 0;; ++met) {
                const bool shorter = down > 0 && length - keys[down - 1].key <= 2000, longer = up < keys.size() && keys[up].key - length <= 2000;
                if (!shorter && !longer) break;
                const bool take_shorter = shorter && (!longer || length - keys[down - 1].key <= keys[up].key - length);
                const auto other = take_shorter ? keys[--down].at : keys[up++].at;
                if (met == limits.alike_max) {
                    out.cut.push_back({keys[k].at, other});
                    break;
                }
                add(keys[k].at, other);
            }
        }
    }
};

}  // namespace detail

/// Candidate pairs of one athlete's records, given in start order. O(n · neighbors near in time).
[[nodiscard]] inline candidate_list candidates(std::span<const features> in_start_order, const search_limits& limits) {
    candidate_list out;
    detail::pair_collector collect{in_start_order, limits, out};
    collect.near_in_time();
    collect.those_that_name();
    for (const auto key : {&features::origin, &features::file_id, &features::sha256, &features::file_stem}) collect.of_one(key);
    if (std::any_of(in_start_order.begin(), in_start_order.end(), [](const features& f) { return f.sig.clock_unset; })) collect.of_one_length();
    std::sort(out.cut.begin(), out.cut.end());
    std::sort(out.pairs.begin(), out.pairs.end());
    out.pairs.erase(std::unique(out.pairs.begin(), out.pairs.end()), out.pairs.end());
    return out;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Which pairs are worth comparing. Of n records of one athlete only those near in time, or bound by an identity, can be one
// activity; the rest is never looked at.
//
//     records in start order:  06:50  06:52  17:30  (next day) 06:51      ->  pairs (0,1), and by the clock (0,3), (1,3)
//
// Near in time: spans that touch within their precision, starts within 20 minutes when a span is unknown, or durations alike to
// 40 % within 26 hours (a clock that is wrong by hours). Bound: one names the other, one file_id, equal bytes, equal file names.
//
// Bounded: each record is compared with at most `neighbors_max` later ones in start order, so ten thousand records of one
// second cost 3 * 10^5 comparisons and not 5 * 10^7; the records that had more are counted. Identities are found at any density.
#pragma once

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

struct candidate_options {
    std::size_t neighbors_max = 32;    // a day with three sources of a triathlon's legs has some twenty
    std::size_t looked_at_max = 4096;  // later records within reach; bounds what a crowd of equal times costs
    milliseconds clock_reach{26 * 3600000 + 60000};  // ±13 h, with the sign of the zone reversed, and a minute
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

struct keyed {
    std::uint64_t key;
    std::uint32_t at;
    friend constexpr auto operator<=>(const keyed&, const keyed&) = default;
};

/// Each record with those that name it; of several with one identity, which a host should have united, the first 16.
inline void pair_names(std::vector<keyed>& names, std::vector<keyed>& named, std::vector<candidate_pair>& out) {
    std::sort(named.begin(), named.end());
    for (const auto& n : names) {
        int met = 0;
        for (auto at = std::lower_bound(named.begin(), named.end(), keyed{n.key, 0}); at != named.end() && at->key == n.key && met < 16; ++at, ++met)
            if (at->at != n.at) out.push_back({std::min(at->at, n.at), std::max(at->at, n.at)});
    }
}

/// All pairs of records with one key; beyond 16 equal ones each is paired with its next 16 only.
inline void pair_equal_keys(std::vector<keyed>& keys, std::vector<candidate_pair>& out) {
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i)
        for (std::size_t j = i + 1; j < keys.size() && j <= i + 16 && keys[j].key == keys[i].key; ++j)
            if (keys[i].at != keys[j].at) out.push_back({std::min(keys[i].at, keys[j].at), std::max(keys[i].at, keys[j].at)});
    keys.clear();
}

}  // namespace detail

/// Candidate pairs of one athlete's records, given in start order; sorted, each once. O(n · neighbors near in time).
///
/// `left_out`   counts records that had more neighbors near in time than the limits allow
[[nodiscard]] inline std::vector<candidate_pair> candidates(std::span<const features> in_start_order, const candidate_options& options, std::size_t& left_out) {
    const auto n = static_cast<std::uint32_t>(in_start_order.size());
    std::vector<candidate_pair> out;
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto& a = in_start_order[i].sig;
        if (a.clock_unset) continue;
        const auto reach = std::max<std::int64_t>(a.start_ms + options.clock_reach.count(), a.end_ms() + 1000 * std::int64_t{a.precision_s});
        std::size_t taken = 0;
        for (std::uint32_t j = i + 1; j < n && in_start_order[j].sig.start_ms <= reach; ++j) {
            const auto& b = in_start_order[j].sig;
            const bool worth = !b.clock_unset && detail::worth_comparing(a, b);
            if ((worth && taken == options.neighbors_max) || j - i > options.looked_at_max) {
                ++left_out;
                break;
            }
            if (!worth) continue;
            ++taken;
            out.push_back({i, j});
        }
    }
    std::vector<detail::keyed> keys, owners;
    for (std::uint32_t i = 0; i < n; ++i) {
        if (in_start_order[i].own != 0) owners.push_back({in_start_order[i].own, i});
        for (const auto key : {in_start_order[i].origin, in_start_order[i].parent})
            if (key != 0) keys.push_back({key, i});
    }
    detail::pair_names(keys, owners, out);
    keys.clear();
    for (const auto key : {&features::origin, &features::file_id, &features::sha256, &features::file_stem}) {
        for (std::uint32_t i = 0; i < n; ++i)
            if (in_start_order[i].*key != 0) keys.push_back({in_start_order[i].*key, i});
        detail::pair_equal_keys(keys, out);
    }
    for (std::uint32_t i = 0; i < n; ++i)  // clocks that were never set meet each other by their durations
        if (in_start_order[i].sig.clock_unset && in_start_order[i].sig.elapsed_ms != 0)
            for (const std::uint64_t bucket : {0u, 1u}) keys.push_back({(in_start_order[i].sig.elapsed_ms + 5000 * bucket) / 10000 * 2 + bucket, i});
    detail::pair_equal_keys(keys, out);
    // … and clocks that were, by durations that are equal to the millisecond
    if (std::any_of(in_start_order.begin(), in_start_order.end(), [](const features& f) { return f.sig.clock_unset; }))
        for (std::uint32_t i = 0; i < n; ++i)
            if (const auto ms = in_start_order[i].sig.elapsed_ms; ms % 1000 != 0) keys.push_back({ms, i});
    detail::pair_equal_keys(keys, out);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace coincide

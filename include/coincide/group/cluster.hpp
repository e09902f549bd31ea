// SPDX-License-Identifier: BSL-1.0
//
// From decided pairs to groups. Pairs are not transitive (A like B, B like C, A unlike C), so a group is checked as a whole:
// two groups join only when no pair across them speaks clearly against it (joiner.hpp).
//
//     ride A 08:00–09:00, long record B 08:30–10:30, ride C 09:30–10:30
//     A–B and B–C look alike; A and C do not touch  ->  the stronger pair joins, the other goes to review
//     but B 08:00–10:30 covers both                 ->  one group, A and C are parts of B
//
// The strongest pairs are taken first, ties by position, so the answer does not depend on the order of the input.
#pragma once

#include <coincide/group/joiner.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

/// A record that names but the day goes to the only activity of that day that fits, one whose clock was never set to the only one at
/// all whose places or values fit. `fits` are those pairs.
template <class Joiner>
void join_the_only_one(Joiner& groups, std::span<const features> all, std::uint32_t at, std::span<decided_pair* const> fits) {
    const auto other = [at](const decided_pair* d) { return d->of.a == at ? d->of.b : d->of.a; };
    if (!groups.is_alone(at)) return;
    for (const auto* d : fits)
        if (groups.group_of(other(d)) != groups.group_of(other(fits.front()))) return;
    auto* best = *std::max_element(fits.begin(), fits.end(), [](const auto* x, const auto* y) { return x->answer.why.total() < y->answer.why.total(); });
    const bool unset = all[at].sig.clock_unset;
    if (best->answer.verdict != decision::review || vague(all[other(best)].sig)) return;
    best->answer.why.add(evidence_code::only_one, unset, 0, weights::only_one);
    best->answer.verdict = decision::join;
    groups.try_to_join(*best);
}

}  // namespace detail

/// Joins pairs into clusters and marks in each pair whether it was joined. Returns the cluster number of each record.
///
/// `pairs`               sorted by position
/// `apart`               pairs (sorted) that an athlete has pinned apart; they hold against everything, pinned pairs against evidence
/// `compare_pair`        gives the sum for a pair that is not among `pairs`, by features on the time of the group and the seconds by which
///                       each one's clock is ahead of that; called only for pairs across groups about to join
template <class ComparePair>
[[nodiscard]] std::vector<std::uint32_t> cluster(std::span<const features> all, std::vector<decided_pair>& pairs, std::span<const candidate_pair> apart,
                                                 const match_policy& policy, ComparePair&& compare_pair) {
    detail::joiner groups{all, pairs, apart, policy, compare_pair};
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
        const auto wx = pairs[x].answer.why.total(), wy = pairs[y].answer.why.total();
        return wx != wy ? wx > wy : pairs[x].of < pairs[y].of;
    });
    for (const auto k : order)
        if (pairs[k].answer.verdict == decision::join) groups.try_to_join(pairs[k]);

    std::map<std::uint32_t, std::vector<decided_pair*>> of_vague;
    for (auto& pair : pairs)
        for (const auto at : {pair.of.a, pair.of.b})
            if (!policy.window && (all[at].sig.clock_unset ? pair.answer.why.find(evidence_code::clock_shift) != nullptr : detail::vague(all[at].sig))) of_vague[at].push_back(&pair);
    for (const auto& [at, fits] : of_vague) detail::join_the_only_one(groups, all, at, fits);

    std::vector<std::uint32_t> of(all.size());
    for (std::uint32_t i = 0; i < of.size(); ++i) of[i] = groups.group_of(i);
    for (auto& pair : pairs) pair.joined = of[pair.of.a] == of[pair.of.b];
    return of;
}

/// Parts that add up: where two or more records of one source lie one after the other inside a longer one, and cover most of its
/// time and the same share of its distance, each is one of its parts, even if alone it was only worth a review.
/// `pairs` are sorted by position. O(pairs log pairs).
inline void find_parts(std::span<const features> all, std::vector<decided_pair>& pairs, const match_policy& policy) {
    struct inside {
        std::uint32_t whole, part;
        std::size_t pair;
    };
    std::vector<inside> found;
    for (std::size_t k = 0; k < pairs.size(); ++k)
        for (const auto& [whole, part] : {std::pair{pairs[k].of.a, pairs[k].of.b}, std::pair{pairs[k].of.b, pairs[k].of.a}})
            if (pairs[k].answer.kind == relation::same && !all[whole].sig.clock_unset && !detail::of_other_sports(pairs[k].answer) && detail::part_of_span(all[part].sig, all[whole].sig))
                found.push_back({whole, part, k});
    std::sort(found.begin(), found.end(), [&](const inside& x, const inside& y) {
        return std::tuple{x.whole, all[x.part].sig.source, x.part} < std::tuple{y.whole, all[y.part].sig.source, y.part};
    });
    for (std::size_t from = 0, to = 0; from < found.size(); from = to) {
        const auto& whole = all[found[from].whole];
        double distance = 0, duration = 0;
        bool one_after_other = true, distances = whole.distance_m > 0;
        for (; to < found.size() && found[to].whole == found[from].whole && all[found[to].part].sig.source == all[found[from].part].sig.source; ++to) {
            const auto& part = all[found[to].part];  // in start order, as positions are
            if (to > from) one_after_other &= detail::disjoint(all[found[to - 1].part].sig, part.sig);
            distances &= part.distance_m > 0;
            distance += part.distance_m;
            duration += part.sig.elapsed_ms;
        }
        const auto share = static_cast<std::int64_t>(duration * 1000 / whole.sig.elapsed_ms);
        const auto share_of_distance = distances ? static_cast<std::int64_t>(distance * 1000 / whole.distance_m) : share;
        // a rest between the parts takes time, and no way
        const bool adds_up = share <= 1050 && (distances ? share >= 500 && share_of_distance >= 850 && share_of_distance <= 1050 && share <= share_of_distance + 50 : share >= 900);
        if (to - from < 2 || !one_after_other || !adds_up) continue;
        for (std::size_t k = from; k < to; ++k) {
            auto& answer = pairs[found[k].pair].answer;
            answer.why.add(evidence_code::parts, static_cast<std::int32_t>(to - from), static_cast<std::int32_t>(share), weights::adds_up);
            if (answer.why.total() >= policy.join_min) answer.verdict = decision::join;
        }
    }
}

/// Names the parts: in a group where two or more members that do not touch lie inside a longer one, a member inside the longer one
/// is `part_of` it, not a duplicate. Two recordings of one whole stay `same`. O(members² + links).
inline void name_parts(std::span<const features> all, std::span<const std::uint32_t> members, std::span<decided_pair*> links) {
    if (members.size() < 3) return;
    std::vector<std::uint32_t> wholes;  // sorted
    for (const auto whole : members) {
        const features *first_to_end = nullptr, *last_to_start = nullptr;
        for (const auto m : members) {
            if (m == whole || !detail::part_of_span(all[m].sig, all[whole].sig)) continue;
            if (!first_to_end || all[m].sig.end_ms() < first_to_end->sig.end_ms()) first_to_end = &all[m];
            if (!last_to_start || all[m].sig.start_ms > last_to_start->sig.start_ms) last_to_start = &all[m];
        }
        if (first_to_end && detail::disjoint(first_to_end->sig, last_to_start->sig)) wholes.push_back(whole);
    }
    std::sort(wholes.begin(), wholes.end());
    for (auto* link : links)
        for (const auto& [whole, part] : {std::pair{link->of.a, link->of.b}, std::pair{link->of.b, link->of.a}}) {
            if (link->answer.kind != relation::same || !std::binary_search(wholes.begin(), wholes.end(), whole)) continue;
            if (!detail::part_of_span(all[part].sig, all[whole].sig)) continue;
            link->answer.kind = relation::part_of;
            link->answer.a_is_subject = part == link->of.a;
        }
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// From decided pairs to groups. Pairs are not transitive (A like B, B like C, A unlike C), so a group is checked as a whole:
// two groups join only when no pair across them speaks clearly against it.
//
//     ride A 08:00–09:00, long record B 08:30–10:30, ride C 09:30–10:30
//     A–B and B–C look alike; A and C do not touch  ->  the stronger pair joins, the other goes to review
//     but B 08:00–10:30 covers both                 ->  one group, A and C are parts of B
//
// The strongest pairs are taken first, ties by position, so the answer does not depend on the order of the input.
#pragma once

#include <coincide/group/candidates.hpp>
#include <coincide/match/compare.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

/// A compared pair of one athlete's records that is at least worth a review.
struct decided_pair {
    candidate_pair of{};
    comparison answer{};
    bool joined = false;
};

namespace detail {

/// x lies (nine tenths of it) inside the clearly longer whole.
constexpr bool part_of_span(const signature& x, const signature& whole) noexcept {
    return x.elapsed_ms > 0 && std::uint64_t{x.elapsed_ms} * 10 <= std::uint64_t{whole.elapsed_ms} * 9 && overlap_of_spans(x, whole).per_mille() >= 900;
}
/// x lies (nine tenths of it) inside the longer whole, however little that is longer.
constexpr bool inside_span(const signature& x, const signature& whole) noexcept {
    return x.elapsed_ms > 0 && x.elapsed_ms < whole.elapsed_ms && overlap_of_spans(x, whole).per_mille() >= 900;
}
constexpr bool disjoint(const signature& x, const signature& y) noexcept { return overlap_of_spans(x, y).per_mille() <= 100; }

/// Their sports have nothing to do with each other.
constexpr bool of_other_sports(const comparison& c) noexcept {
    const auto* label = c.why.find(evidence_code::label);
    const auto row = [](std::int32_t r) { return sport_id{static_cast<std::uint8_t>(r)}; };
    return label && label->weight < 0 && sport_distance_between(row(label->a), row(label->b)) == sport_distance::unrelated;
}

constexpr bool siblings(const features& a, const features& b) noexcept { return a.parent != 0 && a.parent == b.parent; }

/// A leg stands and falls with its parent: only the wholes are compared.
inline bool bound_to_parent(std::span<const features> all, std::uint32_t x, std::span<const std::uint32_t> members) {
    return all[x].parent != 0 && std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return all[m].own == all[x].parent; });
}

class clusters {
public:
    explicit clusters(std::size_t n) : of_(n), members_(n) {
        std::iota(of_.begin(), of_.end(), 0u);
        for (std::uint32_t i = 0; i < n; ++i) members_[i] = {i};
    }
    [[nodiscard]] std::uint32_t of(std::uint32_t i) const noexcept { return of_[i]; }
    [[nodiscard]] const std::vector<std::uint32_t>& members(std::uint32_t cluster) const noexcept { return members_[cluster]; }
    void join(std::uint32_t x, std::uint32_t y) {
        if (members_[x].size() < members_[y].size()) std::swap(x, y);
        for (const auto m : members_[y]) of_[m] = x;
        members_[x].insert(members_[x].end(), members_[y].begin(), members_[y].end());
        members_[y].clear();
    }

private:
    std::vector<std::uint32_t> of_;
    std::vector<std::vector<std::uint32_t>> members_;
};

/// One clock, or files of one kind of which neither tells its device.
constexpr bool perhaps_one_clock(const signature& a, const signature& b) noexcept {
    return one_clock(a, b) || (a.source == b.source && (a.device == 0 || b.device == 0));
}

/// How many different times (beyond a minute, and within a day and two hours) the clocks of two groups tell. One zone that is wrong
/// makes two; more are habits that were chained.
inline int clocks_in(const std::vector<std::int64_t>& ahead_s, const std::vector<std::uint32_t>& xs, const std::vector<std::uint32_t>& ys) {
    std::vector<std::int64_t> all;
    for (const auto* members : {&xs, &ys})
        for (const auto m : *members) all.push_back(ahead_s[m]);
    std::sort(all.begin(), all.end());
    int clocks = 1;
    for (std::size_t i = 1; i < all.size(); ++i) clocks += all[i] - all[i - 1] > 60;
    return all.back() - all.front() > 26 * 3600 + 60 ? 3 : clocks;
}

/// Whether x and y, which do not touch, are two parts of one member of either group.
inline bool share_a_whole(std::span<const features> all, std::uint32_t x, std::uint32_t y, std::span<const std::uint32_t> xs, std::span<const std::uint32_t> ys) {
    if (!disjoint(all[x].sig, all[y].sig)) return false;
    const auto covers = [&](std::uint32_t w) {
        const auto has = [&](std::uint32_t part) {
            return inside_span(all[part].sig, all[w].sig) || (all[part].parent != 0 && all[part].parent == all[w].own);
        };
        const bool room = all[w].distance_m == 0 || all[x].distance_m + all[y].distance_m <= all[w].distance_m * 1.1;
        return w != x && w != y && room && has(x) && has(y);
    };
    return std::any_of(xs.begin(), xs.end(), covers) || std::any_of(ys.begin(), ys.end(), covers);
}

}  // namespace detail

/// Joins pairs into clusters and marks in each pair whether it was joined. Returns the cluster number of each record.
///
/// `compare_pair`        gives the sum for a pair that is not among `pairs`, by features on the time of the group (see `set_clock`) and the
///                       seconds by which each one's clock is ahead of that; called only for pairs across groups about to join
/// `veto_below`          a pair across two groups speaks against joining them when its sum is below this
/// `apart`               pairs (sorted) that an athlete has pinned apart; they hold against everything, pinned pairs against evidence
template <class ComparePair>
[[nodiscard]] std::vector<std::uint32_t> cluster(std::span<const features> all, std::vector<decided_pair>& pairs, std::span<const candidate_pair> apart,
                                                 centibits veto_below, ComparePair&& compare_pair) {
    detail::clusters groups(all.size());
    // A pair that joins by a wrong clock says how far one clock is ahead; the rest of both groups is then compared on one time.
    std::vector<features> on_time(all.begin(), all.end());
    std::vector<std::int64_t> ahead_s(all.size(), 0);
    const auto set_clock = [&](const std::vector<std::uint32_t>& members, std::int64_t back_s) {
        for (std::size_t i = 0; back_s != 0 && i < members.size(); ++i) on_time[members[i]].sig.start_ms -= 1000 * back_s, ahead_s[members[i]] += back_s;
    };
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
        const auto wx = pairs[x].answer.why.total(), wy = pairs[y].answer.why.total();
        return wx != wy ? wx > wy : pairs[x].of < pairs[y].of;
    });
    const auto find_pair = [&](candidate_pair p) {  // pairs are sorted by position
        const auto at = std::lower_bound(pairs.begin(), pairs.end(), p, [](const decided_pair& d, candidate_pair key) { return d.of < key; });
        return at != pairs.end() && at->of == p ? &*at : nullptr;
    };
    // A part stands and falls with its whole, where that goes with the other one, and the other one is no part.
    const auto bound_to_whole = [&](std::uint32_t x, std::uint32_t y, const auto& xs) {
        return std::any_of(xs.begin(), xs.end(), [&](std::uint32_t w) {
            if (!detail::part_of_span(on_time[x].sig, on_time[w].sig) || std::uint64_t{on_time[y].sig.elapsed_ms} * 3 < std::uint64_t{on_time[w].sig.elapsed_ms} * 2) return false;
            const auto* d = find_pair({std::min(w, y), std::max(w, y)});
            return d && d->answer.verdict == decision::join;
        });
    };
    // What a pair across two groups says against joining them (0 and more: nothing), and what a decided one says for it.
    constexpr centibits impossible = -100000;
    const auto says = [&](std::uint32_t x, std::uint32_t y, const auto& xs, const auto& ys) -> centibits {
        const candidate_pair p{std::min(x, y), std::max(x, y)};
        if (const auto* d = find_pair(p)) {  // one clock cannot be wrong against itself
            const bool against_itself = d->answer.verdict != decision::join && d->answer.why.find(evidence_code::clock_shift) && detail::one_clock(all[x].sig, all[y].sig);
            return against_itself ? impossible : d->answer.why.total();
        }
        if (detail::siblings(all[x], all[y])) return 0;
        if (detail::bound_to_parent(all, x, xs) || detail::bound_to_parent(all, y, ys)) return 0;
        if (detail::share_a_whole(on_time, x, y, xs, ys) || bound_to_whole(x, y, xs) || bound_to_whole(y, x, ys)) return 0;
        // one device, and one service, have one clock: what joins two of theirs by different errors is wrong
        const bool raw = ahead_s[p.a] != ahead_s[p.b] && detail::perhaps_one_clock(all[p.a].sig, all[p.b].sig);
        const auto sum = raw ? compare_pair(p, all[p.a], all[p.b], 0, 0) : compare_pair(p, on_time[p.a], on_time[p.b], ahead_s[p.a], ahead_s[p.b]);
        return std::min(sum, centibits{0});
    };
    // A member that clearly speaks against is a veto; one that mildly does is outvoted by pairs that are surer by as much and a join.
    const auto keeps_apart = [&](const auto& xs, const auto& ys, std::size_t checked_max) {
        centibits for_it = 0, against_it = 0;
        bool against = false;
        for (std::size_t i = 0; i < std::min(xs.size(), checked_max); ++i)
            for (std::size_t j = 0; j < std::min(ys.size(), checked_max); ++j) {
                const auto sum = says(xs[i], ys[j], xs, ys);
                if (sum < veto_below) against = true;
                if (sum < std::min(veto_below, 4 * veto_below)) return true;
                (sum > 0 ? for_it : against_it) += std::min(sum, centibits{2000});
            }
        return against && (veto_below > 0 || for_it + against_it < 8 * -veto_below);
    };
    constexpr std::size_t checked_max = 64;  // members of each side that are checked, so that a huge group stays affordable
    const auto try_to_join = [&](const decided_pair& pair) {
        const auto x = groups.of(pair.of.a), y = groups.of(pair.of.b);
        if (x == y) return;
        const auto &xs = groups.members(x), &ys = groups.members(y);
        bool against = std::any_of(apart.begin(), apart.end(), [&](const candidate_pair& p) {
            const auto a = groups.of(p.a), b = groups.of(p.b);
            return (a == x && b == y) || (a == y && b == x);
        });
        const bool pinned = pair.answer.why.find(evidence_code::pin) != nullptr;
        const auto* shift = pair.answer.why.find(evidence_code::clock_shift);
        const auto back_s = (shift ? std::int64_t{shift->a} : 0) - (ahead_s[pair.of.a] - ahead_s[pair.of.b]);
        set_clock(xs, back_s);
        against = against || (back_s != 0 && !pinned && detail::clocks_in(ahead_s, xs, ys) > 2);
        against = against || (!pinned && keeps_apart(xs, ys, checked_max));
        if (against) set_clock(xs, -back_s);
        else groups.join(x, y);
    };
    for (const auto k : order)
        if (pairs[k].answer.verdict == decision::join) try_to_join(pairs[k]);

    // A record that names but the day goes to the only activity of that day that fits.
    std::vector<std::vector<decided_pair*>> of_days(all.size());
    for (auto& pair : pairs)
        for (const auto at : {pair.of.a, pair.of.b})
            if (all[at].sig.precision_s >= day_precision_s && groups.members(groups.of(at)).size() == 1) of_days[at].push_back(&pair);
    for (std::uint32_t at = 0; at < all.size(); ++at) {
        const auto& fits = of_days[at];
        const auto other = [&](const decided_pair* d) { return groups.of(d->of.a == at ? d->of.b : d->of.a); };
        if (fits.empty() || groups.members(groups.of(at)).size() != 1 || std::any_of(fits.begin(), fits.end(), [&](auto* d) { return other(d) != other(fits.front()); })) continue;
        auto* best = *std::max_element(fits.begin(), fits.end(), [](auto* x, auto* y) { return x->answer.why.total() < y->answer.why.total(); });
        const bool tells_a_time = all[best->of.a == at ? best->of.b : best->of.a].sig.precision_s < day_precision_s;
        if (best->answer.verdict != decision::review || !tells_a_time || veto_below > 0) continue;  // and not where a hard window decides
        best->answer.why.add(evidence_code::only_one, 0, 0, weights::only_one);
        best->answer.verdict = decision::join;
        try_to_join(*best);
    }
    std::vector<std::uint32_t> of(all.size());
    for (std::uint32_t i = 0; i < of.size(); ++i) of[i] = groups.of(i);
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

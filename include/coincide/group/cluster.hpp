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
constexpr bool disjoint(const signature& x, const signature& y) noexcept { return overlap_of_spans(x, y).per_mille() <= 100; }

constexpr bool siblings(const features& a, const features& b) noexcept { return a.parent != 0 && a.parent == b.parent; }

/// A leg stands and falls with its parent: only the wholes are compared.
inline bool bound_to_parent(std::span<const features> all, std::uint32_t x, std::span<const std::uint32_t> members) {
    return all[x].parent != 0 && std::any_of(members.begin(), members.end(), [&](std::uint32_t m) { return all[m].own == all[x].parent; });
}

/// A pair across two groups speaks against joining them when its sum is below this.
inline constexpr centibits veto_below = -200;

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

/// Whether x and y, which do not touch, are two parts of one member of either group.
inline bool share_a_whole(std::span<const features> all, std::uint32_t x, std::uint32_t y, std::span<const std::uint32_t> xs, std::span<const std::uint32_t> ys) {
    if (!disjoint(all[x].sig, all[y].sig)) return false;
    const auto covers = [&](std::uint32_t w) {
        const bool has_x = part_of_span(all[x].sig, all[w].sig) || (all[x].parent != 0 && all[x].parent == all[w].own);
        const bool has_y = part_of_span(all[y].sig, all[w].sig) || (all[y].parent != 0 && all[y].parent == all[w].own);
        return has_x && has_y;
    };
    return std::any_of(xs.begin(), xs.end(), covers) || std::any_of(ys.begin(), ys.end(), covers);
}

}  // namespace detail

/// Joins pairs into clusters and marks in each pair whether it was joined. Returns the cluster number of each record.
///
/// `compare_pair(a, b)`  gives the sum for a pair that is not among `pairs`; called only for pairs across groups about to join
/// `apart`               pairs (sorted) that an athlete has pinned apart
template <class ComparePair>
[[nodiscard]] std::vector<std::uint32_t> cluster(std::span<const features> all, std::vector<decided_pair>& pairs, std::span<const candidate_pair> apart,
                                                 ComparePair&& compare_pair) {
    detail::clusters groups(all.size());
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
    const auto speaks_against = [&](std::uint32_t x, std::uint32_t y, const auto& xs, const auto& ys) {
        const candidate_pair p{std::min(x, y), std::max(x, y)};
        if (std::binary_search(apart.begin(), apart.end(), p)) return true;
        if (find_pair(p) || detail::siblings(all[x], all[y])) return false;
        if (detail::bound_to_parent(all, x, xs) || detail::bound_to_parent(all, y, ys)) return false;
        if (detail::share_a_whole(all, x, y, xs, ys)) return false;
        return compare_pair(p) < detail::veto_below;
    };
    constexpr std::size_t checked_max = 64;  // members of each side that are checked, so that a huge group stays affordable
    for (const auto k : order) {
        auto& pair = pairs[k];
        if (pair.answer.verdict != decision::join) continue;
        const auto x = groups.of(pair.of.a), y = groups.of(pair.of.b);
        if (x == y) continue;
        const auto &xs = groups.members(x), &ys = groups.members(y);
        bool against = false;
        for (std::size_t i = 0; i < std::min(xs.size(), checked_max) && !against; ++i)
            for (std::size_t j = 0; j < std::min(ys.size(), checked_max) && !against; ++j) against = speaks_against(xs[i], ys[j], xs, ys);
        if (!against) groups.join(x, y);
    }
    std::vector<std::uint32_t> of(all.size());
    for (std::uint32_t i = 0; i < of.size(); ++i) of[i] = groups.of(i);
    for (auto& pair : pairs) pair.joined = of[pair.of.a] == of[pair.of.b];
    return of;
}

/// Names the parts: in a group where two or more members that do not touch lie inside a longer one, or where legs are declared,
/// a member inside the longer one is `part_of` it, not a duplicate. Two recordings of one whole stay `same`.
inline void name_parts(std::span<const features> all, std::span<const std::uint32_t> members, std::span<decided_pair*> links) {
    for (const auto whole : members) {
        std::vector<std::uint32_t> inside;
        for (const auto m : members)
            if (m != whole && detail::part_of_span(all[m].sig, all[whole].sig)) inside.push_back(m);
        bool several = false;
        for (std::size_t i = 0; i < inside.size() && !several; ++i)
            for (std::size_t j = i + 1; j < inside.size() && !several; ++j) several = detail::disjoint(all[inside[i]].sig, all[inside[j]].sig);
        if (!several) continue;
        for (auto* link : links) {
            const bool a_whole = link->of.a == whole, b_whole = link->of.b == whole;
            const auto part = a_whole ? link->of.b : link->of.a;
            if ((!a_whole && !b_whole) || link->answer.kind != relation::same) continue;
            if (std::find(inside.begin(), inside.end(), part) == inside.end()) continue;
            link->answer.kind = relation::part_of;
            link->answer.a_is_subject = b_whole;
        }
    }
}

}  // namespace coincide

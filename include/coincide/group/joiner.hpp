// SPDX-License-Identifier: BSL-1.0
//
// Whether two groups are one activity, asked of all their members. The inside of cluster.hpp.
//
//     A–B +28, A–C +9, B–C -3      {A, B} and C: 9 - 3 is less than 16 bits    ->  C stays apart, A–C goes to review
//     A–B +28, A–C +20, B–C -3     20 - 3 outvotes the doubt                   ->  one group
//     A–B +28, A–C +28, B–C -15    one athlete cannot do two things at once    ->  C stays apart
#pragma once

#include <coincide/group/candidates.hpp>
#include <coincide/match/compare.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <set>
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

/// How many different times (beyond a minute, and within a day and two hours) the clocks of two groups tell, those that were never
/// set aside. One zone that is wrong makes two; more are habits that were chained, unless tracks say otherwise.
inline int clocks_in(std::span<const features> of, const std::vector<std::int64_t>& ahead_s, const std::vector<std::uint32_t>& xs, const std::vector<std::uint32_t>& ys) {
    std::vector<std::int64_t> all;
    for (const auto* members : {&xs, &ys})
        for (const auto m : *members)
            if (!of[m].sig.clock_unset) all.push_back(ahead_s[m]);
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    int clocks = 1;
    for (std::size_t i = 1; i < all.size(); ++i) clocks += all[i] - all[i - 1] > 60;
    return all.back() - all.front() > 26 * 3600 + 60 ? 4 : clocks;
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

inline constexpr std::size_t asked_members_max = 64;  // of each side, so that a huge group stays affordable

/// Joins groups of one athlete's records, pair by pair, the surest first. `compare_pair` as in `cluster`.
template <class ComparePair>
class joiner {
public:
    using members = std::vector<std::uint32_t>;

    /// `pairs` sorted by position; they and `all` outlive this.
    joiner(std::span<const features> all, const std::vector<decided_pair>& pairs, std::span<const candidate_pair> apart, const match_policy& policy, ComparePair& compare_pair)
        : all_{all}, pairs_{pairs}, policy_{policy}, compare_pair_{compare_pair}, groups_(all.size()), on_time_(all.begin(), all.end()), ahead_s_(all.size(), 0) {
        for (const auto& p : apart) apart_.push_back(p), apart_.push_back({p.b, p.a});
        std::sort(apart_.begin(), apart_.end());
    }

    [[nodiscard]] std::uint32_t group_of(std::uint32_t at) const noexcept { return groups_.of(at); }
    [[nodiscard]] bool is_alone(std::uint32_t at) const noexcept { return groups_.members(groups_.of(at)).size() == 1; }

    /// Joins the two groups of a pair unless the athlete or a member speaks against it.
    void try_to_join(const decided_pair& pair) {
        const auto x = groups_.of(pair.of.a), y = groups_.of(pair.of.b);
        if (x == y) return;
        const auto &xs = groups_.members(x), &ys = groups_.members(y);
        // A pair that joins by a wrong clock says how far one clock is ahead; the rest of both groups is then compared on one time.
        const bool pinned = pair.answer.why.find(evidence_code::pin) != nullptr;
        const auto* shift = pair.answer.why.find(evidence_code::clock_shift);
        const auto back_s = (shift ? std::int64_t{shift->a} : 0) - (ahead_s_[pair.of.a] - ahead_s_[pair.of.b]);
        // Two groups that were held apart are, until one of them grows.
        const refusal asked{x, y, xs.size(), ys.size(), back_s};
        const bool as_members_say = !pinned && (!shift || clocks_set(pair.of.a, pair.of.b));
        if ((as_members_say && refused_.contains(asked)) || pinned_apart(xs, ys)) return;
        set_clock(xs, back_s);
        const unsigned a_unset = on_time_[pair.of.a].sig.clock_unset, b_unset = on_time_[pair.of.b].sig.clock_unset;
        if (shift) set_unset(pair.of, 0, 0);  // as good as any clock once a pair says how far it is off
        const int clocks = back_s == 0 ? 1 : clocks_in(all_, ahead_s_, xs, ys);
        const bool apart = !pinned && (clocks > 3 || (clocks == 3 && !all_join(xs, ys)) || keeps_apart(xs, ys));
        if (!apart) return groups_.join(x, y);
        if (as_members_say) refused_.insert(asked);
        set_clock(xs, -back_s);
        if (shift) set_unset(pair.of, a_unset, b_unset);
    }

private:
    using refusal = std::tuple<std::uint32_t, std::uint32_t, std::size_t, std::size_t, std::int64_t>;  // two groups, their sizes, and by how far one was set back

    void set_clock(const members& of, std::int64_t back_s) {
        for (std::size_t i = 0; back_s != 0 && i < of.size(); ++i) on_time_[of[i]].sig.start_ms -= 1000 * back_s, ahead_s_[of[i]] += back_s;
    }
    /// Whether each track of one group alone joins each of the other, by clocks that are not one: two wrong zones on one activity look so,
    /// chained habits hardly do.
    [[nodiscard]] bool all_join(const members& xs, const members& ys) const {
        std::size_t met = 0;
        for (const auto x : xs)
            for (const auto y : ys) {
                if (!all_[x].tracked || !all_[y].tracked) continue;
                const auto* d = find_pair(x, y);
                if (!d || d->answer.verdict != decision::join || (ahead_s_[x] != ahead_s_[y] && perhaps_one_clock(all_[x].sig, all_[y].sig))) return false;
                ++met;
            }
        return met >= 2;
    }
    void set_unset(candidate_pair of, unsigned a, unsigned b) { on_time_[of.a].sig.clock_unset = a & 1u, on_time_[of.b].sig.clock_unset = b & 1u; }
    [[nodiscard]] bool pinned_apart(const members& xs, const members& ys) const {
        if (apart_.empty()) return false;
        const auto& fewer = xs.size() < ys.size() ? xs : ys;
        const auto other = groups_.of(xs.size() < ys.size() ? ys.front() : xs.front());
        return std::any_of(fewer.begin(), fewer.end(), [&](std::uint32_t m) {
            for (auto at = std::lower_bound(apart_.begin(), apart_.end(), candidate_pair{m, 0}); at != apart_.end() && at->a == m; ++at)
                if (groups_.of(at->b) == other) return true;
            return false;
        });
    }
    [[nodiscard]] const decided_pair* find_pair(std::uint32_t x, std::uint32_t y) const {
        const candidate_pair p{std::min(x, y), std::max(x, y)};
        const auto at = std::lower_bound(pairs_.begin(), pairs_.end(), p, [](const decided_pair& d, candidate_pair key) { return d.of < key; });
        return at != pairs_.end() && at->of == p ? &*at : nullptr;
    }
    /// A part stands and falls with its whole, where that goes with the other one, and the other one is no part.
    [[nodiscard]] bool bound_to_whole(std::uint32_t x, std::uint32_t y, const members& xs) const {
        return std::any_of(xs.begin(), xs.end(), [&](std::uint32_t w) {
            if (!part_of_span(on_time_[x].sig, on_time_[w].sig) || std::uint64_t{on_time_[y].sig.elapsed_ms} * 3 < std::uint64_t{on_time_[w].sig.elapsed_ms} * 2) return false;
            const auto* d = find_pair(w, y);
            return d && d->answer.verdict == decision::join;
        });
    }
    /// Legs follow their session and parts their whole: they have no say of their own.
    [[nodiscard]] bool has_no_say(std::uint32_t x, std::uint32_t y, const members& xs, const members& ys) const {
        return siblings(all_[x], all_[y]) || bound_to_parent(all_, x, xs) || bound_to_parent(all_, y, ys) || share_a_whole(on_time_, x, y, xs, ys) ||
               bound_to_whole(x, y, xs) || bound_to_whole(y, x, ys);
    }
    [[nodiscard]] bool clocks_set(std::uint32_t x, std::uint32_t y) const noexcept { return !all_[x].sig.clock_unset && !all_[y].sig.clock_unset; }
    /// The sum of a pair across two groups on their one time; nothing where it has no say.
    [[nodiscard]] std::optional<centibits> sum_of(std::uint32_t x, std::uint32_t y, const members& xs, const members& ys) const {
        const candidate_pair p{std::min(x, y), std::max(x, y)};
        if (const auto* d = find_pair(x, y)) {
            // one clock cannot be wrong against itself
            if (d->answer.verdict != decision::join && d->answer.why.find(evidence_code::clock_shift) && clocks_set(x, y) && one_clock(all_[x].sig, all_[y].sig)) return policy_.veto_always;
            return d->answer.why.total();
        }
        if (has_no_say(x, y, xs, ys)) return std::nullopt;
        // one device, and one service, have one clock: what joins two of theirs by different errors is wrong
        const bool raw = ahead_s_[p.a] != ahead_s_[p.b] && clocks_set(x, y) && perhaps_one_clock(all_[p.a].sig, all_[p.b].sig);
        return raw ? compare_pair_(p, all_[p.a], all_[p.b], 0, 0) : compare_pair_(p, on_time_[p.a], on_time_[p.b], ahead_s_[p.a], ahead_s_[p.b]);
    }
    /// A member that clearly speaks against is a veto; one that mildly does can be outvoted by surer pairs. By a hard window a pair
    /// outside it is a veto.
    [[nodiscard]] bool keeps_apart(const members& xs, const members& ys) const {
        const auto mild = policy_.window ? policy_.join_min : policy_.veto_max, clear = policy_.window ? policy_.join_min : policy_.veto_always + 1;
        centibits sum = 0;
        bool doubted = false;
        for (std::size_t i = 0; i < std::min(xs.size(), asked_members_max); ++i)
            for (std::size_t j = 0; j < std::min(ys.size(), asked_members_max); ++j) {
                const auto one = sum_of(xs[i], ys[j], xs, ys);
                if (!one) continue;
                if (*one < clear) return true;
                doubted |= *one < mild;
                sum += std::min(*one, weights::vote_max);
            }
        return doubted && sum < policy_.outvote_min;
    }

    std::span<const features> all_;
    const std::vector<decided_pair>& pairs_;
    std::vector<candidate_pair> apart_{};  // each way round, sorted
    const match_policy& policy_;
    ComparePair& compare_pair_;
    clusters groups_;
    std::set<refusal> refused_{};
    std::vector<features> on_time_;      // `all` on the time of the group
    std::vector<std::int64_t> ahead_s_;  // by which each clock is ahead of that
};

}  // namespace detail

}  // namespace coincide

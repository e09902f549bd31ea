// SPDX-License-Identifier: BSL-1.0
//
// Which records show one activity. The public entry of matching:
//
//     for (auto const& g : coincide::group(rides, presets::balanced)) {
//         for (auto row : g.members) …            // rows of `rides`, sorted by identity
//         for (auto const& link : g.links) …      // every decided pair, with its evidence
//         if (g.review) …                         // a person should look: a link here was not joined
//     }
//
// Pure: the same records, pins and policy give the same groups, whatever the order of the records. (Records without source and
// external_id have no identity; ties between equal ones go by row.) Every record is in exactly one group. Records of two
// athletes never meet. Nothing is kept: the answer holds rows, not records.
#pragma once

#include <coincide/group/cluster.hpp>
#include <coincide/group/pins.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace coincide {

/// A decided pair, by rows. For part_of and copy_of, `a` is the part or the copy; for `same`, the smaller identity.
struct pair_link {
    std::uint32_t a = 0, b = 0;
    relation kind = relation::same;
    bool joined = true;  // false: a review between two groups
    evidence_list why{};

    [[nodiscard]] centibits weight() const noexcept { return why.total(); }
};

struct record_group {
    std::span<const std::uint32_t> members{};  // rows, sorted by (source, external id)
    std::span<const pair_link> links{};        // sorted the same way; links in review stand in both groups
    bool review = false;
};

/// The groups of one call, sorted by athlete, earliest start, identity. Views into it live as long as it does.
class grouping {
public:
    class iterator {
    public:
        using value_type = record_group;
        using difference_type = std::ptrdiff_t;
        iterator() = default;
        iterator(const grouping* of, std::size_t at) noexcept : of_{of}, at_{at} {}
        record_group operator*() const noexcept { return (*of_)[at_]; }
        iterator& operator++() noexcept { return ++at_, *this; }
        iterator operator++(int) noexcept { return {of_, at_++}; }
        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        const grouping* of_ = nullptr;
        std::size_t at_ = 0;
    };

    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] record_group operator[](std::size_t g) const noexcept {
        const auto [members_from, links_from] = g == 0 ? bounds{} : ends_[g - 1];
        const auto [members_to, links_to] = ends_[g];
        record_group out{std::span{rows_}.subspan(members_from, members_to - members_from), std::span{links_}.subspan(links_from, links_to - links_from), false};
        for (const auto& link : out.links) out.review |= !link.joined;
        return out;
    }
    [[nodiscard]] iterator begin() const noexcept { return {this, 0}; }
    [[nodiscard]] iterator end() const noexcept { return {this, size()}; }
    /// Records that were not compared with all that are near in time, because too many stood there (see candidates.hpp).
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }

private:
    struct bounds {
        std::size_t members = 0, links = 0;
    };
    std::vector<std::uint32_t> rows_{};
    std::vector<pair_link> links_{};
    std::vector<bounds> ends_{};
    std::size_t left_out_ = 0;

    template <std::ranges::random_access_range R>
    friend class grouper;
};

/// Runs one grouping; `group` below is its only user.
template <std::ranges::random_access_range R>
class grouper {
public:
    grouper(const R& records, const match_policy& policy, std::span<const pin> pins) : records_{records}, policy_{policy}, pins_{pins} {}

    [[nodiscard]] grouping run() {
        read_identities();
        for (std::size_t from = 0, to = 0; from < order_.size(); from = to) {
            while (to < order_.size() && identity_[order_[to]].athlete == identity_[order_[from]].athlete) ++to;
            one_athlete({order_.data() + from, to - from});
        }
        return std::move(out_);
    }

private:
    using row = std::uint32_t;
    struct identity {
        std::string_view athlete, source, external_id;
        [[nodiscard]] auto key() const { return std::tie(source, external_id); }
    };
    [[nodiscard]] decltype(auto) record_at(row r) const { return std::ranges::begin(records_)[static_cast<std::ranges::range_difference_t<R>>(r)]; }

    void read_identities() {
        const auto n = static_cast<row>(std::ranges::size(records_));
        identity_.reserve(n);
        starts_.reserve(n);
        for (row r = 0; r < n; ++r) {
            const auto& record = record_at(r);
            identity_.push_back({read_if_bound(record, athlete_id).value_or(""), read_if_bound(record, coincide::source).value_or(""),
                                 read_if_bound(record, external_id).value_or("")});
            starts_.push_back(read(record, start_time).value_or(instant{}));
        }
        order_.resize(n);
        std::iota(order_.begin(), order_.end(), row{0});
        std::sort(order_.begin(), order_.end(), [this](row x, row y) {
            const auto &a = identity_[x], &b = identity_[y];
            return std::tie(a.athlete, starts_[x], a.source, a.external_id, x) < std::tie(b.athlete, starts_[y], b.source, b.external_id, y);
        });
    }

    [[nodiscard]] bool before(row x, row y) const {
        return std::make_tuple(identity_[x].key(), x) < std::make_tuple(identity_[y].key(), y);
    }

    /// `rows`: one athlete's records in start order; positions below are indices into it.
    void one_athlete(std::span<const row> rows) {
        std::vector<features> all;
        all.reserve(rows.size());
        for (const auto r : rows) all.push_back(features_of(record_at(r), r));
        const auto pairs = candidates(all, {}, out_.left_out_);
        auto [must, cannot] = pins_of(rows);
        auto decided = decide(rows, all, pairs, must, cannot);
        if (!policy_.window) find_parts(all, decided, policy_);
        const auto veto_below = policy_.window ? policy_.join_min : policy_.veto_max;
        std::map<std::uint32_t, prepared_tracks> prepared;  // of groups that may join: few, and asked for again and again
        const auto tracks_at = [&](std::uint32_t at) {
            const auto [found, is_new] = prepared.try_emplace(at);
            if (is_new) found->second = prepare_tracks(record_at(rows[at]), policy_.sampling);
            return &found->second;
        };
        const auto compare_on_time = [&](candidate_pair p, const features& a, const features& b, std::int64_t a_ahead_s, std::int64_t b_ahead_s) {
            if (prepared.size() > 64) prepared.clear();
            const auto *ta = tracks_at(p.a), *tb = tracks_at(p.b);
            if (a_ahead_s == 0 && b_ahead_s == 0) return compare(a, b, ta, tb, policy_).why.total();
            const auto ma = set_back(*ta, a_ahead_s), mb = set_back(*tb, b_ahead_s);
            return compare(a, b, &ma, &mb, policy_).why.total();
        };
        const auto of = cluster(all, decided, cannot, veto_below, compare_on_time);
        add_groups(rows, all, decided, of);
    }

    struct pins_by_position {
        std::vector<candidate_pair> must, cannot;
    };
    [[nodiscard]] pins_by_position pins_of(std::span<const row> rows) const {
        pins_by_position out;
        if (pins_.empty()) return out;
        std::vector<std::pair<row, std::uint32_t>> position;  // row -> position
        for (std::uint32_t i = 0; i < rows.size(); ++i) position.emplace_back(rows[i], i);
        std::sort(position.begin(), position.end());
        const auto find = [&](row r) {
            const auto at = std::lower_bound(position.begin(), position.end(), std::pair{r, 0u});
            return at != position.end() && at->first == r ? &at->second : nullptr;
        };
        for (const auto& p : pins_) {
            const auto *a = find(p.a), *b = find(p.b);
            if (!a || !b || *a == *b) continue;
            (p.kind == pin_kind::must ? out.must : out.cannot).push_back({std::min(*a, *b), std::max(*a, *b)});
        }
        for (auto* list : {&out.must, &out.cannot}) std::sort(list->begin(), list->end());
        std::erase_if(out.must, [&](const candidate_pair& p) { return std::binary_search(out.cannot.begin(), out.cannot.end(), p); });
        return out;
    }

    /// Compares the pairs, preparing each track once and dropping it after its last use.
    [[nodiscard]] std::vector<decided_pair> decide(std::span<const row> rows, std::span<const features> all, std::vector<candidate_pair> pairs,
                                                   std::span<const candidate_pair> must, std::span<const candidate_pair> cannot) const {
        pairs.insert(pairs.end(), must.begin(), must.end());
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        std::vector<std::size_t> last_use(rows.size());
        for (std::size_t k = 0; k < pairs.size(); ++k) last_use[pairs[k].a] = last_use[pairs[k].b] = k;
        std::vector<std::unique_ptr<prepared_tracks>> tracks(rows.size());
        const auto tracks_at = [&](std::uint32_t at) {
            if (!tracks[at]) tracks[at] = std::make_unique<prepared_tracks>(prepare_tracks(record_at(rows[at]), policy_.sampling));
            return tracks[at].get();
        };
        std::vector<decided_pair> out;
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const auto p = pairs[k];
            const bool pinned = std::binary_search(must.begin(), must.end(), p);
            if ((pinned || !detail::siblings(all[p.a], all[p.b])) && !std::binary_search(cannot.begin(), cannot.end(), p)) {
                decided_pair d{p, compare(all[p.a], all[p.b], tracks_at(p.a), tracks_at(p.b), policy_), false};
                if (pinned) {
                    d.answer.why.add(evidence_code::pin, 1, 0, weights::athlete_pin);
                    d.answer.verdict = decision::join;
                }
                if (d.answer.verdict != decision::apart) out.push_back(d);
            }
            for (const auto at : {p.a, p.b})
                if (last_use[at] == k) tracks[at].reset();
        }
        return out;
    }

    void add_groups(std::span<const row> rows, std::span<const features> all, std::vector<decided_pair>& decided, const std::vector<std::uint32_t>& of) {
        std::vector<std::vector<std::uint32_t>> members(rows.size());  // by cluster number, positions in start order
        for (std::uint32_t i = 0; i < rows.size(); ++i) members[of[i]].push_back(i);
        std::vector<std::vector<decided_pair*>> links(rows.size());
        for (auto& d : decided) {
            links[of[d.of.a]].push_back(&d);
            if (!d.joined) links[of[d.of.b]].push_back(&d);
        }
        // positions ascend by start, so the first member gives the cluster's place; clusters in order of their first member
        std::vector<std::uint32_t> firsts;
        for (std::uint32_t c = 0; c < members.size(); ++c)
            if (!members[c].empty()) firsts.push_back(c);
        for (const auto c : firsts) name_parts(all, members[c], links[c]);
        const auto smallest = [&](std::uint32_t c) {
            return rows[*std::min_element(members[c].begin(), members[c].end(), [&](auto x, auto y) { return before(rows[x], rows[y]); })];
        };
        std::sort(firsts.begin(), firsts.end(), [&](std::uint32_t x, std::uint32_t y) {
            const auto sx = starts_[rows[members[x].front()]], sy = starts_[rows[members[y].front()]];
            return sx != sy ? sx < sy : before(smallest(x), smallest(y));
        });
        for (const auto c : firsts) {
            const auto rows_at = out_.rows_.size();
            for (const auto m : members[c]) out_.rows_.push_back(rows[m]);
            std::sort(out_.rows_.begin() + static_cast<std::ptrdiff_t>(rows_at), out_.rows_.end(), [this](row x, row y) { return before(x, y); });
            const auto links_at = out_.links_.size();
            for (const auto* d : links[c]) out_.links_.push_back(link_of(*d, rows));
            std::sort(out_.links_.begin() + static_cast<std::ptrdiff_t>(links_at), out_.links_.end(),
                      [this](const pair_link& x, const pair_link& y) { return x.a != y.a ? before(x.a, y.a) : before(x.b, y.b); });
            out_.ends_.push_back({out_.rows_.size(), out_.links_.size()});
        }
    }

    [[nodiscard]] pair_link link_of(const decided_pair& d, std::span<const row> rows) const {
        auto a = rows[d.of.a], b = rows[d.of.b];
        const bool swap = d.answer.kind == relation::same ? before(b, a) : !d.answer.a_is_subject;
        if (swap) std::swap(a, b);
        return {a, b, d.answer.kind, d.joined, d.answer.why};
    }

    const R& records_;
    const match_policy& policy_;
    std::span<const pin> pins_;
    std::vector<identity> identity_{};
    std::vector<instant> starts_{};
    std::vector<row> order_{};
    grouping out_{};
};

/// Groups records by the activity they show. `records` is any random-access range of a described type; at most 2^32 rows.
///
/// Complexity  O(n log n + pairs near in time · seconds of their tracks); memory O(n) and the tracks of one neighborhood.
/// Absent      a record without a start meets others by an identity or an equal duration, and stands alone otherwise.
/// Errors      none; hostile values are absent values.
template <std::ranges::random_access_range R>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] grouping group(const R& records, const match_policy& policy, std::span<const pin> pins = {}) {
    return grouper<R>{records, policy, pins}.run();
}

}  // namespace coincide

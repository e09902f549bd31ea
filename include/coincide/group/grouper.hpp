// SPDX-License-Identifier: BSL-1.0
//
// How a grouping is made: rows by athlete and start, candidate pairs, their comparison, clusters, and the answer in its order. The
// inside of group.hpp, free of the host's type.
#pragma once

#include <coincide/group/cluster.hpp>
#include <coincide/group/grouping.hpp>
#include <coincide/group/pins.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide::detail {

/// What the engine asks of the host's records, whatever their type: so it is compiled once, and not for every host.
struct record_source {
    const void* records = nullptr;
    features (*features_at)(const void*, std::uint32_t row, const match_policy&) = nullptr;
    prepared_tracks (*tracks_at)(const void*, std::uint32_t row, const match_policy&) = nullptr;
};

/// Whose a record is, and its place among the others.
struct record_identity {
    std::string_view athlete, source, external_id;
    instant start{};
    [[nodiscard]] auto key() const { return std::tie(source, external_id); }
};

/// Runs one grouping; `group` is its only user.
class grouper {
public:
    grouper(const record_source& records, std::vector<record_identity>&& identities, const match_policy& policy, std::span<const pin> pins)
        : records_{records}, identity_{std::move(identities)}, policy_{policy}, pins_{pins} {}

    [[nodiscard]] grouping run() {
        sort_rows();
        for (std::size_t from = 0, to = 0; from < order_.size(); from = to) {
            while (to < order_.size() && identity_[order_[to]].athlete == identity_[order_[from]].athlete) ++to;
            one_athlete({order_.data() + from, to - from});
        }
        return std::move(out_);
    }

private:
    using row = std::uint32_t;
    void sort_rows() {
        order_.resize(identity_.size());
        std::iota(order_.begin(), order_.end(), row{0});
        std::sort(order_.begin(), order_.end(), [this](row x, row y) {
            const auto &a = identity_[x], &b = identity_[y];
            return std::tie(a.athlete, a.start, a.source, a.external_id, x) < std::tie(b.athlete, b.start, b.source, b.external_id, y);
        });
    }
    [[nodiscard]] prepared_tracks tracks_of(row r) const { return records_.tracks_at(records_.records, r, policy_); }

    [[nodiscard]] bool before(row x, row y) const {
        return std::make_tuple(identity_[x].key(), x) < std::make_tuple(identity_[y].key(), y);
    }

    /// `rows`: one athlete's records, brought into the order of their starts (of a day, its midnight); positions below are indices into it.
    void one_athlete(std::span<row> rows) {
        std::vector<features> all;
        all.reserve(rows.size());
        for (const auto r : rows) all.push_back(records_.features_at(records_.records, r, policy_));
        std::stable_sort(all.begin(), all.end(), [](const features& x, const features& y) { return x.sig.start_ms < y.sig.start_ms; });
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = all[i].sig.row;
        const auto pairs = candidates(all, {}, out_.left_out_);
        auto [must, cannot] = pins_of(rows);
        auto decided = decide(rows, all, pairs, must, cannot);
        if (!policy_.window) find_parts(all, decided, policy_);
        std::map<std::uint32_t, prepared_tracks> prepared;  // of groups that may join: few, and asked for again and again
        const auto tracks_at = [&](std::uint32_t at) {
            const auto [found, is_new] = prepared.try_emplace(at);
            if (is_new) found->second = tracks_of(rows[at]);
            return &found->second;
        };
        const auto compare_on_time = [&](candidate_pair p, const features& a, const features& b, std::int64_t a_ahead_s, std::int64_t b_ahead_s) {
            if (prepared.size() > 64) prepared.clear();
            const auto *ta = tracks_at(p.a), *tb = tracks_at(p.b);
            if (a_ahead_s == 0 && b_ahead_s == 0) return compare(a, b, ta, tb, policy_).why.total();
            const auto ma = set_back(*ta, a_ahead_s), mb = set_back(*tb, b_ahead_s);
            return compare(a, b, &ma, &mb, policy_).why.total();
        };
        const auto of = cluster(all, decided, cannot, policy_, compare_on_time);
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
            if (!tracks[at]) tracks[at] = std::make_unique<prepared_tracks>(tracks_of(rows[at]));
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
        // in order of their earliest start
        std::vector<std::uint32_t> firsts;
        for (std::uint32_t c = 0; c < members.size(); ++c)
            if (!members[c].empty()) firsts.push_back(c);
        for (const auto c : firsts) name_parts(all, members[c], links[c]);
        const auto smallest = [&](std::uint32_t c) {
            return rows[*std::min_element(members[c].begin(), members[c].end(), [&](auto x, auto y) { return before(rows[x], rows[y]); })];
        };
        const auto earliest = [&](std::uint32_t c) {
            return identity_[rows[*std::min_element(members[c].begin(), members[c].end(), [&](auto x, auto y) { return identity_[rows[x]].start < identity_[rows[y]].start; })]].start;
        };
        std::sort(firsts.begin(), firsts.end(), [&](std::uint32_t x, std::uint32_t y) {
            const auto sx = earliest(x), sy = earliest(y);
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
        return {a, b, d.answer.kind, d.joined, swap ? d.answer.why.mirrored() : d.answer.why};
    }

    const record_source& records_;
    std::vector<record_identity> identity_;
    const match_policy& policy_;
    std::span<const pin> pins_;
    std::vector<row> order_{};
    grouping out_{};
};

}  // namespace coincide::detail

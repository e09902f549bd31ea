// SPDX-License-Identifier: BSL-1.0
//
// How a grouping is made: rows by athlete and start, candidate pairs, their comparison, clusters, and the answer in its order. The
// inside of group.hpp, free of the host's type.
#pragma once

#include <coincide/group/grouping_writer.hpp>
#include <coincide/group/pins.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide::detail {

/// A record's tracks: the host's, which were prepared before, or made here and held.
struct track_handle {
    const prepared_tracks* at = nullptr;
    std::unique_ptr<const prepared_tracks> own{};

    explicit track_handle(const prepared_tracks& kept) : at{&kept} {}
    explicit track_handle(const prepared_tracks&&) = delete;
    explicit track_handle(prepared_tracks&& made) : own{std::make_unique<const prepared_tracks>(std::move(made))} { at = own.get(); }
};

/// What the engine asks of the host's records, whatever their type: so it is compiled once, and not for every host.
struct record_source {
    const void* records = nullptr;
    features (*features_at)(const void*, std::uint32_t row, const match_policy&) = nullptr;
    track_handle (*tracks_at)(const void*, std::uint32_t row, const match_policy&) = nullptr;
};

/// Runs one grouping, or one look around a record.
class grouper {
    using row = std::uint32_t;

public:
    grouper(const record_source& records, std::vector<record_identity>&& identities, const match_policy& policy, std::span<const pin> pins, std::span<const row_pair> also)
        : records_{records}, identity_{std::move(identities)}, policy_{policy}, pins_{pins}, also_{also} {}

    grouper(const grouper&) = delete;  // the writer looks at identity_
    grouper& operator=(const grouper&) = delete;

    [[nodiscard]] grouping run() {
        for_each_athlete([this](std::span<row> rows) { one_athlete(rows); });
        return std::move(writer_.out);
    }

    /// Every pair that is compared, by rows, whatever comes of it.
    template <class Visit>
    void for_each_pair(Visit&& visit) {
        for_each_athlete([&](std::span<row> rows) {
            compare_all(look_at(rows), [&](const decided_pair& d) { visit(row_pair{rows[d.of.a], rows[d.of.b]}, d.answer); });
        });
    }

    /// The rows that hang together with some of one athlete: by links that are at least a review, and by what their limits make them look
    /// at. `visit` is told of each; where it finds that something near it is not known yet, the answer may be too large.
    template <class Visit>
    [[nodiscard]] std::vector<row> neighborhood_of(std::span<const row> of, Visit&& visit) {
        if (of.empty() || of.front() >= identity_.size()) return {};
        sort_rows();
        const auto whose = identity_[of.front()].athlete;
        const auto mine = std::equal_range(order_.begin(), order_.end(), whose, by_athlete{identity_});
        const auto in = look_at({mine.first, mine.second});
        // one more neighbor changes what a limit leaves out: such records are taken with all they look at, and the first they do not
        const auto is_cut = [&](std::uint32_t at) {
            const auto found = std::lower_bound(in.nearby.cut.begin(), in.nearby.cut.end(), candidate_pair{at, 0});
            return found != in.nearby.cut.end() && found->a == at;
        };
        std::vector<candidate_pair> both_ways;
        for (const auto* pairs : {&in.nearby.pairs, &in.nearby.cut})
            for (const auto p : *pairs) both_ways.push_back(p), both_ways.push_back({p.b, p.a});
        std::sort(both_ways.begin(), both_ways.end());
        std::vector<char> reached(in.rows.size(), 0), seed(identity_.size(), 0);
        for (const auto r : of) seed[r] = 1;
        std::vector<row> out;
        std::vector<std::uint32_t> to_do;
        for (std::uint32_t at = 0; at < in.rows.size(); ++at)
            if (seed[in.rows[at]]) to_do.push_back(at), reached[at] = 1;
        while (!to_do.empty()) {
            const auto at = to_do.back();
            to_do.pop_back();
            out.push_back(in.rows[at]);
            visit(in.rows[at]);
            std::optional<track_handle> own;
            for (auto p = std::lower_bound(both_ways.begin(), both_ways.end(), candidate_pair{at, 0}); p != both_ways.end() && p->a == at; ++p) {
                if (reached[p->b]) continue;
                if (!is_cut(at) && !is_cut(p->b)) {
                    const candidate_pair pair{std::min(at, p->b), std::max(at, p->b)};
                    if (!may_meet(pair, in)) continue;
                    if (!own) own = tracks_of(in.rows[at]);
                    const auto theirs = tracks_of(in.rows[p->b]);
                    if (decide_one(pair, in, at < p->b ? own->at : theirs.at, at < p->b ? theirs.at : own->at).answer.verdict == decision::apart) continue;
                }
                reached[p->b] = 1;
                to_do.push_back(p->b);
            }
        }
        std::sort(out.begin(), out.end());
        return out;
    }

private:
    template <class Each>
    void for_each_athlete(Each&& each) {
        sort_rows();
        for (std::size_t from = 0, to = 0; from < order_.size(); from = to) {
            while (to < order_.size() && identity_[order_[to]].athlete == identity_[order_[from]].athlete) ++to;
            each(std::span<row>{order_.data() + from, to - from});
        }
    }
    void sort_rows() {
        order_.resize(identity_.size());
        std::iota(order_.begin(), order_.end(), row{0});
        std::sort(order_.begin(), order_.end(), [this](row x, row y) {
            const auto &a = identity_[x], &b = identity_[y];
            return std::tie(a.athlete, a.start, a.source, a.external_id, x) < std::tie(b.athlete, b.start, b.source, b.external_id, y);
        });
    }
    struct by_athlete {
        std::span<const record_identity> identity;
        bool operator()(row x, std::string_view y) const { return identity[x].athlete < y; }
        bool operator()(std::string_view x, row y) const { return x < identity[y].athlete; }
    };
    [[nodiscard]] track_handle tracks_of(row r) const { return records_.tracks_at(records_.records, r, policy_); }

    /// One athlete's rows in the order of their starts (of a day, its midnight); positions are indices into them.
    struct athlete_view {
        std::span<row> rows;
        std::vector<features> all{};
        candidate_list nearby{};
        std::vector<candidate_pair> must{}, cannot{};
    };
    [[nodiscard]] athlete_view look_at(std::span<row> rows) const {
        athlete_view v{rows};
        v.all.reserve(rows.size());
        for (const auto r : rows) v.all.push_back(records_.features_at(records_.records, r, policy_));
        std::stable_sort(v.all.begin(), v.all.end(), [](const features& x, const features& y) { return x.sig.start_ms < y.sig.start_ms; });
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = v.all[i].sig.row;
        v.nearby = candidates(v.all, policy_.limits);
        auto named = named_pairs(rows);
        v.must = std::move(named.must), v.cannot = std::move(named.cannot);
        auto& pairs = v.nearby.pairs;
        for (const auto* more : {&named.also, &v.must}) pairs.insert(pairs.end(), more->begin(), more->end());
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        return v;
    }

    void one_athlete(std::span<row> rows) {
        const auto seen = look_at(rows);
        const auto& all = seen.all;
        std::vector<decided_pair> decided;  // worth at least a review, or pinned together
        compare_all(seen, [&](const decided_pair& d) {
            if (d.answer.verdict != decision::apart) decided.push_back(d);
        });
        writer_.count(seen.nearby.left_out, 0);
        part_crowds(all.size(), decided);
        if (!policy_.window) find_parts(all, decided, policy_);
        std::map<std::uint32_t, track_handle> prepared;  // of groups that may join: few, and asked for again and again
        const auto tracks_at = [&](std::uint32_t at) {
            const auto found = prepared.find(at);
            return found != prepared.end() ? found->second.at : prepared.emplace(at, tracks_of(rows[at])).first->second.at;
        };
        const auto compare_on_time = [&](candidate_pair p, const features& a, const features& b, std::int64_t a_ahead_s, std::int64_t b_ahead_s) {
            if (prepared.size() > 2 * detail::asked_members_max) prepared.clear();
            const auto *ta = tracks_at(p.a), *tb = tracks_at(p.b);
            if (a_ahead_s == 0 && b_ahead_s == 0) return compare(a, b, ta, tb, policy_).why.total();
            const auto ma = set_back(*ta, a_ahead_s), mb = set_back(*tb, b_ahead_s);
            return compare(a, b, &ma, &mb, policy_).why.total();
        };
        const auto of = cluster(all, decided, seen.cannot, policy_, compare_on_time);
        writer_.add_groups(rows, all, decided, of);
    }

    /// Pins, and pairs that the host wants compared, by position. Those of other athletes are left out.
    struct pairs_by_position {
        std::vector<candidate_pair> must{}, cannot{}, also{};
    };
    [[nodiscard]] pairs_by_position named_pairs(std::span<const row> rows) const {
        pairs_by_position out;
        if (pins_.empty() && also_.empty()) return out;
        std::vector<std::pair<row, std::uint32_t>> position;  // row -> position
        for (std::uint32_t i = 0; i < rows.size(); ++i) position.emplace_back(rows[i], i);
        std::sort(position.begin(), position.end());
        const auto find = [&](row r) {
            const auto at = std::lower_bound(position.begin(), position.end(), std::pair{r, 0u});
            return at != position.end() && at->first == r ? &at->second : nullptr;
        };
        const auto add = [&](row x, row y, std::vector<candidate_pair>& to) {
            const auto *a = find(x), *b = find(y);
            if (a && b && *a != *b) to.push_back({std::min(*a, *b), std::max(*a, *b)});
        };
        for (const auto& p : pins_) add(p.a, p.b, p.kind == pin_kind::must ? out.must : out.cannot);
        for (const auto& p : also_) add(p.a, p.b, out.also);
        for (auto* list : {&out.must, &out.cannot}) std::sort(list->begin(), list->end());
        std::erase_if(out.must, [&](const candidate_pair& p) { return std::binary_search(out.cannot.begin(), out.cannot.end(), p); });
        return out;
    }

    [[nodiscard]] decided_pair decide_one(candidate_pair p, const athlete_view& in, const prepared_tracks* ta, const prepared_tracks* tb) const {
        const bool pinned = std::binary_search(in.must.begin(), in.must.end(), p);
        decided_pair d{p, compare(in.all[p.a], in.all[p.b], ta, tb, policy_), false};
        if (pinned) {
            d.answer.why.add(evidence_code::pin, 1, 0, weights::athlete_pin);
            d.answer.verdict = decision::join;
        }
        return d;
    }
    [[nodiscard]] bool may_meet(candidate_pair p, const athlete_view& in) const {
        return (std::binary_search(in.must.begin(), in.must.end(), p) || !siblings(in.all[p.a], in.all[p.b])) && !std::binary_search(in.cannot.begin(), in.cannot.end(), p);
    }

    /// Compares the pairs, preparing each track once and dropping it after its last use.
    template <class Visit>
    void compare_all(const athlete_view& in, Visit&& visit) const {
        const auto& pairs = in.nearby.pairs;
        std::vector<std::size_t> last_use(in.rows.size());
        for (std::size_t k = 0; k < pairs.size(); ++k) last_use[pairs[k].a] = last_use[pairs[k].b] = k;
        std::vector<std::optional<track_handle>> tracks(in.rows.size());
        const auto tracks_at = [&](std::uint32_t at) {
            if (!tracks[at]) tracks[at] = tracks_of(in.rows[at]);
            return tracks[at]->at;
        };
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const auto p = pairs[k];
            if (may_meet(p, in)) visit(decide_one(p, in, tracks_at(p.a), tracks_at(p.b)));
            for (const auto at : {p.a, p.b})
                if (last_use[at] == k) tracks[at].reset();
        }
    }

    /// Where more records hang together than the limit allows, only what names or pins them is kept.
    void part_crowds(std::size_t n, std::vector<decided_pair>& decided) {
        clusters components{n};
        for (const auto& d : decided)
            if (const auto x = components.of(d.of.a), y = components.of(d.of.b); x != y) components.join(x, y);
        for (std::uint32_t c = 0; c < n; ++c) {
            const auto size = components.members(c).size();
            writer_.count(size > policy_.limits.component_max ? size : 0, size);
        }
        std::erase_if(decided, [&](const decided_pair& d) { return components.members(components.of(d.of.a)).size() > policy_.limits.component_max && !names_it(d.answer.why); });
    }
    [[nodiscard]] static bool names_it(const evidence_list& why) {
        for (const auto code : {evidence_code::pin, evidence_code::parent, evidence_code::copied, evidence_code::same_file, evidence_code::file_id})
            if (why.find(code)) return true;
        return false;
    }

    record_source records_;
    std::vector<record_identity> identity_;
    const match_policy& policy_;
    std::span<const pin> pins_;
    std::span<const row_pair> also_;
    std::vector<row> order_{};
    grouping_writer writer_{identity_};
};

}  // namespace coincide::detail

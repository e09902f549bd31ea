// SPDX-License-Identifier: BSL-1.0
//
// Pairs are walked act by act and group by group, never all with all: a history of 1000 records with acts of three has 1000 true
// pairs, not 499500.
#include "measure.hpp"

#include <algorithm>
#include <set>

namespace accuracy {
namespace {

constexpr scenario plain{"plain", 0, {}};
const scenario& or_plain(const scenario* s) { return s ? *s : plain; }
const scenario& higher(const scenario& x, const scenario& y) { return std::pair{-x.rank, x.name} <= std::pair{-y.rank, y.name} ? x : y; }

using rows = std::vector<std::uint32_t>;

template <class Key>
std::map<std::uint32_t, rows> rows_by(std::size_t n, const Key& key) {
    std::map<std::uint32_t, rows> out;
    for (std::uint32_t i = 0; i < n; ++i) out[key(i)].push_back(i);
    return out;
}
template <class Use>
void each_pair(const rows& of, const Use& use) {
    for (std::size_t i = 0; i < of.size(); ++i)
        for (std::size_t j = i + 1; j < of.size(); ++j) use(of[i], of[j]);
}

/// Walks every pair that counts, once; `see(kind, a, b)` hears of it, with `joined_pair` for the true ones that were joined.
constexpr auto joined_pair = static_cast<mistake_kind>(255);

template <class See>
counts walk(const history& of, const answer& given, const See& see) {
    const auto n = of.records.size();
    const auto& group = given.group;
    const auto act = [&](std::uint32_t r) { return of.truths[r].act; };
    const auto between = [&](std::uint32_t a, std::uint32_t b) { return std::minmax({group[a], group[b]}); };
    const auto acts = rows_by(n, act), groups = rows_by(n, [&](std::uint32_t r) { return group[r]; });

    counts c{.records = static_cast<std::int64_t>(n), .acts = static_cast<std::int64_t>(acts.size())};
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::uint32_t, std::uint32_t>> asked;  // groups, and the first pair that asks
    for (const auto& [a, b] : given.in_review)
        if (group[a] != group[b]) asked.try_emplace(between(a, b), a, b);
    std::set<std::pair<std::uint32_t, std::uint32_t>> to_the_point;  // questions to which the answer is yes

    for (const auto& [id, members] : acts) {
        each_pair(members, [&](auto a, auto b) {
            ++c.true_pairs;
            if (group[a] == group[b]) return ++c.joined, see(joined_pair, a, b);
            if (!asked.contains(between(a, b))) return see(mistake_kind::missed, a, b);
            ++c.in_review, to_the_point.insert(between(a, b));
            see(mistake_kind::in_review, a, b);
        });
        const auto& first = groups.at(group[members.front()]);
        c.exact_groups += first == members;  // both in order of rows
    }
    for (const auto& [id, members] : groups) {
        std::map<std::uint32_t, std::int64_t> of_act;
        for (const auto r : members) ++of_act[act(r)];
        for (const auto& [which, here] : of_act) {
            const auto k = static_cast<double>(here);
            c.b3_precision += k * k / static_cast<double>(members.size());
            c.b3_recall += k * k / static_cast<double>(acts.at(which).size());
        }
        if (of_act.size() < 2) continue;
        each_pair(members, [&](auto a, auto b) {
            if (act(a) != act(b)) ++c.wrong_joins, see(mistake_kind::wrong_join, a, b);
        });
    }
    c.reviews = static_cast<std::int64_t>(asked.size());
    for (const auto& [which, pair] : asked)
        if (!to_the_point.contains(which)) ++c.needless_reviews, see(mistake_kind::needless_review, pair.first, pair.second);
    return c;
}

void add(std::map<std::string_view, scenario_counts>& to, const std::map<std::string_view, scenario_counts>& from) {
    for (const auto& [name, more] : from) {
        auto& row = to.try_emplace(name, scenario_counts{.what = more.what}).first->second;
        row.acts += more.acts, row.records += more.records;
        row.true_pairs += more.true_pairs, row.joined += more.joined, row.in_review += more.in_review;
        row.wrong_joins += more.wrong_joins, row.needless_reviews += more.needless_reviews;
    }
}

}  // namespace

std::string_view to_string(mistake_kind kind) {
    constexpr std::string_view names[] = {"wrong join", "missed", "in review", "needless review"};
    return names[static_cast<std::size_t>(kind)];
}

answer answer_of(const coincide::grouping& groups, std::size_t records) {
    answer out{std::vector<std::uint32_t>(records), {}};
    std::uint32_t number = 0;
    for (const auto& g : groups) {
        for (const auto row : g.members) out.group[row] = number;
        for (const auto& link : g.links)
            if (!link.joined) out.in_review.emplace_back(std::minmax({link.a, link.b}));
        ++number;
    }
    std::sort(out.in_review.begin(), out.in_review.end());  // a link in review stands in both groups
    out.in_review.erase(std::unique(out.in_review.begin(), out.in_review.end()), out.in_review.end());
    return out;
}

counts& counts::operator+=(const counts& other) {
    records += other.records, acts += other.acts;
    true_pairs += other.true_pairs, joined += other.joined, in_review += other.in_review, wrong_joins += other.wrong_joins;
    reviews += other.reviews, needless_reviews += other.needless_reviews, exact_groups += other.exact_groups;
    b3_precision += other.b3_precision, b3_recall += other.b3_recall;
    return *this;
}

counts sum(std::span<const counts> of) {
    counts all;
    for (const auto& one : of) all += one;
    return all;
}

measurement& measurement::operator+=(const measurement& other) {
    all += other.all;
    add(of_records, other.of_records);
    add(of_acts, other.of_acts);
    return *this;
}

counts count(const history& of, const answer& given) {
    return walk(of, given, [](auto...) {});
}

measurement measure(const history& of, const answer& given) {
    measurement out;
    const auto row = [](auto& table, const scenario& s) -> scenario_counts& { return table.try_emplace(s.name, scenario_counts{.what = s}).first->second; };
    std::set<std::uint32_t> seen;
    for (const auto& t : of.truths) {
        ++row(out.of_records, or_plain(t.record)).records;
        auto& near = row(out.of_acts, or_plain(t.act_kind));
        ++near.records;
        near.acts += seen.insert(t.act).second;
    }
    out.all = walk(of, given, [&](mistake_kind kind, std::uint32_t a, std::uint32_t b) {
        const auto &x = of.truths[a], &y = of.truths[b];
        const auto &came_about = higher(or_plain(x.record), or_plain(y.record)), &near = higher(or_plain(x.act_kind), or_plain(y.act_kind));
        for (auto* counted : {&row(out.of_records, came_about), &row(out.of_acts, near)}) {
            counted->true_pairs += x.act == y.act;
            counted->joined += kind == joined_pair;
            counted->in_review += kind == mistake_kind::in_review;
            counted->wrong_joins += kind == mistake_kind::wrong_join;
            counted->needless_reviews += kind == mistake_kind::needless_review;
        }
        if (kind != joined_pair) out.mistakes.push_back({kind, a, b, came_about.name, near.name});
    });
    return out;
}

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// From clusters to the answer: groups in the order of their earliest start, members and links in the order of identities. The inside of
// group.hpp.
#pragma once

#include <coincide/group/cluster.hpp>
#include <coincide/group/grouping.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide::detail {

/// Whose a record is, and its place among the others.
struct record_identity {
    std::string_view athlete, source, external_id;
    instant start{};
    [[nodiscard]] auto key() const { return std::tie(source, external_id); }
};

/// Adds the groups of one athlete after another.
class grouping_writer {
public:
    using row = std::uint32_t;
    explicit grouping_writer(std::span<const record_identity> identity) : identity_{identity} {}

    grouping out{};

    [[nodiscard]] bool before(row x, row y) const { return std::make_tuple(identity_[x].key(), x) < std::make_tuple(identity_[y].key(), y); }
    void count(std::size_t left_out, std::size_t component) {
        out.left_out_ += left_out;
        out.largest_component_ = std::max(out.largest_component_, component);
    }

    /// `rows`: by position; `of`: the cluster of each position.
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
            const auto rows_at = out.rows_.size();
            for (const auto m : members[c]) out.rows_.push_back(rows[m]);
            std::sort(out.rows_.begin() + static_cast<std::ptrdiff_t>(rows_at), out.rows_.end(), [this](row x, row y) { return before(x, y); });
            const auto links_at = out.links_.size();
            for (const auto* d : links[c]) out.links_.push_back(link_of(*d, rows));
            std::sort(out.links_.begin() + static_cast<std::ptrdiff_t>(links_at), out.links_.end(),
                      [this](const pair_link& x, const pair_link& y) { return x.a != y.a ? before(x.a, y.a) : before(x.b, y.b); });
            out.ends_.push_back({out.rows_.size(), out.links_.size()});
        }
    }

private:
    [[nodiscard]] pair_link link_of(const decided_pair& d, std::span<const row> rows) const {
        auto a = rows[d.of.a], b = rows[d.of.b];
        const bool swap = d.answer.kind == relation::same ? before(b, a) : !d.answer.a_is_subject;
        if (swap) std::swap(a, b);
        return {a, b, d.answer.kind, d.joined, swap ? d.answer.why.mirrored() : d.answer.why};
    }

    std::span<const record_identity> identity_;
};

}  // namespace coincide::detail

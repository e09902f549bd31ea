// SPDX-License-Identifier: BSL-1.0
//
// The answer of `group`: which rows show one activity, and why. It holds rows, not records.
//
//     g.members   rows 4, 9, 17                                  sorted by (source, external id)
//     g.links     4–9 same +18.5 joined, 9–17 copy_of +30 joined  every decided pair, with its evidence
//     g.review    false                                          true: a link here was not joined, a person should look
#pragma once

#include <coincide/match/signs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coincide {

namespace detail {
class grouping_writer;
}

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
    /// Records that were not compared with all that are near in time, because too many stood there (see candidates.hpp and component_max).
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }
    /// The most records that links tied to each other, joined or not: what one new record may change.
    [[nodiscard]] std::size_t largest_component() const noexcept { return largest_component_; }

    /// Row r becomes rows[r].
    void renumber(std::span<const std::uint32_t> rows) noexcept {
        for (auto& r : rows_) r = rows[r];
        for (auto& link : links_) link.a = rows[link.a], link.b = rows[link.b];
    }
    /// The groups of others behind these.
    void append(const grouping& others) {
        const auto [members_at, links_at] = bounds{rows_.size(), links_.size()};
        rows_.insert(rows_.end(), others.rows_.begin(), others.rows_.end());
        links_.insert(links_.end(), others.links_.begin(), others.links_.end());
        for (const auto& end : others.ends_) ends_.push_back({members_at + end.members, links_at + end.links});
        left_out_ += others.left_out_;
        largest_component_ = std::max(largest_component_, others.largest_component_);
    }

private:
    struct bounds {
        std::size_t members = 0, links = 0;
    };
    std::vector<std::uint32_t> rows_{};
    std::vector<pair_link> links_{};
    std::vector<bounds> ends_{};
    std::size_t left_out_ = 0, largest_component_ = 0;

    friend class detail::grouping_writer;
};

}  // namespace coincide

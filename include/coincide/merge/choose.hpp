// SPDX-License-Identifier: BSL-1.0
//
// The choices of many groups, one after another, in memory that is used again: what a host calls that merges in bulk. merge.hpp
// tells the rules and has the same for one group.
//
//     chooser choose{rides, presets::measured_first};
//     for (const auto group : groups) save(choose(group));   // takes nothing from the heap once its memory has grown
#pragma once

#include <coincide/merge/rules.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

/// What choosing needs of a field of a schema, so that its code is there once and not for each.
template <record R>
struct chosen_role {
    role_facts facts{};
    bool (*differ)(const R&, const R&) = nullptr;  // whether two records that know it say different things; null where no alternatives are kept
};
template <record R, class Role>
constexpr chosen_role<R> chosen_role_of() {
    constexpr bool keeps = Role::owner == authority::subjective || std::same_as<Role, sport_t> || std::same_as<Role, source_activity_type_t>;
    if constexpr (!keeps) return {facts_of_role<Role>};
    else
        return {facts_of_role<Role>, [](const R& x, const R& y) {
                    if constexpr (by_pointer<Role>) return !(*read(x, Role{}) == *read(y, Role{}));
                    else return read(x, Role{}) != read(y, Role{});
                }};
}
/// All fields of a schema, in its order.
template <record R>
inline constexpr auto chosen_roles = []<class... Fields>(const schema<Fields...>&) {
    return std::array<chosen_role<R>, sizeof...(Fields)>{chosen_role_of<R, typename Fields::role_type>()...};
}(describe<R>::fields);

}  // namespace detail

/// Makes the choices of groups of `records`; keeps references to both, and to the policy. Not for two threads at once.
///
/// Complexity  O(m · roles + m log m + links log m) a group of m members, plus m² for alternatives. Errors: none.
template <std::ranges::random_access_range R>
    requires record_range<R>
class chooser {
public:
    using host = std::ranges::range_value_t<R>;
    chooser(const R& records, const merge_policy& policy) : records_{&records}, policy_{&policy} {}
    chooser(const R&&, const merge_policy&) = delete;  // both must outlive it
    chooser(const R&, const merge_policy&&) = delete;
    chooser(const R&&, const merge_policy&&) = delete;

    /// The choices of a group, until the next call.
    [[nodiscard]] const choices& operator()(const record_group& g) & { return of(g.members, g.links); }
    [[nodiscard]] choices operator()(const record_group& g) && { return of(g.members, g.links), std::move(out_); }

    /// The same for members of which one, `row`, is to lead, whatever its rank.
    [[nodiscard]] const choices& led_by(std::uint32_t row, std::span<const std::uint32_t> members, std::span<const pair_link> links) & {
        return of(members, links, &row);
    }

private:
    using known_roles = detail::known_roles<host>;

    const choices& of(std::span<const std::uint32_t> members, std::span<const pair_link> links, const std::uint32_t* first = nullptr) {
        COINCIDE_ASSERT(!members.empty(), "a group has at least one member");
        known_.clear(), members_.clear(), out_.ranked.rows.clear(), out_.fields.clear(), out_.rows.clear();
        known_by_any_ = {};
        for (const auto row : members) {
            const auto& r = detail::row_of(*records_, row);
            known_by_any_ |= known_.emplace_back(r);
            members_.push_back(detail::facts_of(r, known_.back(), row, static_cast<std::uint32_t>(members_.size()), *policy_));
        }
        out_.ranked.wholes = detail::rank(members_, links);
        if (first) lead_with(*first);
        for (const auto& m : members_) out_.ranked.rows.push_back(m.row);
        out_.primary = members_.front().row;
        knowing_.resize(members_.size());
        lead_.span = leader<elapsed_t, timer_t_>();
        lead_.motion = leader<distance_m_t, track_t>();
        lead_.start = choose_start();
        choose_all();
        return out_;
    }
    void lead_with(std::uint32_t row) {
        const auto at = std::find_if(members_.begin(), members_.end(), [&](const detail::member_facts& m) { return m.row == row; });
        COINCIDE_ASSERT(at != members_.end(), "the one that leads is a member");
        if (at == members_.end()) return;
        out_.ranked.wholes += at - members_.begin() >= static_cast<std::ptrdiff_t>(out_.ranked.wholes);
        std::rotate(members_.begin(), at, at + 1);
    }
    void choose_all() {
        const detail::rule_book rules{members_};
        for (std::size_t word = 0; word < known_by_any_.bits.size(); ++word)
            for (auto left = known_by_any_.bits[word]; left != 0; left &= left - 1) choose(rules, 64 * word + static_cast<std::size_t>(std::countr_zero(left)));
    }

    [[nodiscard]] decltype(auto) at(std::uint32_t position) const { return detail::row_of(*records_, members_[position].row); }

    /// Who knows a field, of those who may speak: a part's distance or heart rate is not the whole's, but a name or a note is about both.
    [[nodiscard]] detail::positions knowing(std::size_t place) {
        const auto owner = detail::chosen_roles<host>[place].facts.owner;
        const auto speakers = owner == authority::subjective ? members_.size() : out_.ranked.wholes;
        std::size_t n = 0;
        for (std::uint32_t p = 0; p < speakers; ++p) {
            knowing_[n] = p;
            n += known_[members_[p].at].has(place);
        }
        return detail::positions{knowing_}.first(n);
    }
    template <class Role>
    [[nodiscard]] detail::positions knowing() {
        if constexpr (has_role<host, Role>) return knowing(known_roles::template place<Role>);
        else return {};
    }

    /// The best record that knows the facet's main field; delivered values before computed ones.
    template <class First, class Second>
    [[nodiscard]] std::uint32_t leader() {
        const auto first = knowing<First>();
        for (const auto p : first)
            if (!members_[p].computes(First::name)) return p;
        if (!first.empty()) return first.front();
        const auto second = knowing<Second>();
        return second.empty() ? detail::nobody : second.front();
    }
    /// The record whose start is taken: the athlete's word, else the span's leader, unless its clock was never set and another
    /// one's was.
    [[nodiscard]] std::uint32_t choose_start() {
        const auto all = knowing<start_time_t>();
        rule by{};
        if (const auto word = detail::rule_book{members_}.athletes_word(detail::facts_of_role<start_time_t>, all, by); word != detail::nobody) return word;
        const auto end = std::remove_if(all.begin(), all.end(), [this](std::uint32_t p) { return read_if_bound(at(p), unset_clock).value_or(false); });
        if (end == all.begin() || std::find(all.begin(), end, lead_.span) != end) return lead_.span;
        return all.front();
    }

    void choose(const detail::rule_book& rules, std::size_t place) {
        const auto& role = detail::chosen_roles<host>[place];
        const auto knowing_it = knowing(place);
        if (knowing_it.empty()) return;
        auto& c = out_.fields.emplace_back();
        c.role = role.facts.name, c.others_from = static_cast<std::uint32_t>(out_.rows.size());
        if (!rules.decide(role.facts, knowing_it, lead_, c, out_.rows)) return out_.fields.pop_back();
        if (role.differ && c.by != rule::unite) list_alternatives(role.differ, c, knowing_it);
    }

    void list_alternatives(bool (*differ)(const host&, const host&), choice& c, detail::positions knowing_it) {
        for (const auto p : knowing_it) {
            const auto row = members_[p].row;
            const auto says_as = [&](std::uint32_t other) { return !differ(at(p), detail::row_of(*records_, other)); };
            const auto others = out_.alternatives(c);
            if (row != c.row && !says_as(c.row) && std::none_of(others.begin(), others.end(), says_as)) out_.rows.push_back(row), ++c.others;
        }
    }

    const R* records_;
    const merge_policy* policy_;
    std::vector<known_roles> known_{};             // by member_facts::at
    known_roles known_by_any_{};
    std::vector<detail::member_facts> members_{};  // in the order of rank
    std::vector<std::uint32_t> knowing_{};         // who knows the role at hand
    detail::leaders lead_{};
    choices out_{};
};

}  // namespace coincide

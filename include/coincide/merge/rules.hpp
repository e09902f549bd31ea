// SPDX-License-Identifier: BSL-1.0
//
// The rules of a merge: of the members that know a field, whose value, and why. The same code for every field.
//
//     a watch's ride, leader, without a name; "Morning Ride" from an aggregator; "First 100" typed by the athlete
//     name        "First 100", rule::authority; the aggregator's row among the alternatives
//     distance    the watch's, with its moving time and track: rule::facet
#pragma once

#include <coincide/merge/ranking.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace coincide {

/// Why a value was chosen; the words of `provenance`.
enum class rule : std::uint8_t { lock, edit, only, authority, priority, richness, facet, unite, derived };

[[nodiscard]] constexpr std::string_view to_string(rule r) noexcept {
    constexpr std::string_view names[] = {"locked", "edited", "only", "authority", "priority", "richness", "facet", "union", "computed"};
    return names[static_cast<std::size_t>(r)];
}

/// The choice for one role.
struct choice {
    std::string_view role{};       // the role's name
    std::uint32_t row = 0;         // whose value; for a union, its first contributor
    rule by = rule::only;
    std::uint32_t others_from = 0, others = 0;  // among choices::rows
};

struct choices {
    std::uint32_t primary = 0;
    ranking ranked{};
    std::vector<choice> fields{};       // in the order of the schema; a role that nobody knows has none
    std::vector<std::uint32_t> rows{};  // what the fields' `others` point at

    /// The choice for a role; null when no record knows it.
    template <class Role>
    [[nodiscard]] const choice* of(Role) const noexcept {
        for (const auto& c : fields)
            if (c.role == Role::name) return &c;
        return nullptr;
    }
    /// For a union: all rows that add to it, in order of rank.
    [[nodiscard]] std::span<const std::uint32_t> contributors(const choice& c) const noexcept { return c.by == rule::unite ? others_of(c) : std::span<const std::uint32_t>{}; }
    /// Rows with another value, in order of rank, each value once; for names, notes, labels, ratings.
    [[nodiscard]] std::span<const std::uint32_t> alternatives(const choice& c) const noexcept { return c.by == rule::unite ? std::span<const std::uint32_t>{} : others_of(c); }

private:
    [[nodiscard]] std::span<const std::uint32_t> others_of(const choice& c) const noexcept { return std::span{rows}.subspan(c.others_from, c.others); }
};

namespace detail {

/// What the rules ask of a role.
struct role_facts {
    std::string_view name{};
    authority owner{};
    facet together{};
    bool of_start = false, is_tags = false, is_sport = false;
};
template <class Role>
inline constexpr role_facts facts_of_role{Role::name, Role::owner, Role::together, std::same_as<Role, start_time_t> || std::same_as<Role, start_precision_t>,
                                          std::same_as<Role, tags_t>, std::same_as<Role, sport_t>};

using positions = std::span<std::uint32_t>;  // of members, in the order of rank
inline constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// Who leads the facets, by position.
struct leaders {
    std::uint32_t span = nobody, motion = nobody, start = nobody;
    [[nodiscard]] std::uint32_t of(facet f) const noexcept { return f == facet::motion ? motion : f == facet::span ? span : nobody; }
};

class rule_book {
public:
    explicit rule_book(std::span<const member_facts> members) : members_{members} {
        for (const auto& m : members) words_ |= m.locked || m.is_edit, computed_ |= m.computed != nullptr;
    }

    /// The choice among those that know a role; false when the rules leave none. A union's rows are appended to `rows`.
    [[nodiscard]] bool decide(const role_facts& of, positions knowing, const leaders& lead, choice& c, std::vector<std::uint32_t>& rows) const {
        auto at = athletes_word(of, knowing, c.by);
        if (at == nobody) {
            if (knowing.size() > 1) c.by = rule::facet;  // unless more than one may say
            if (of.of_start && lead.start != nobody) knowing = only(knowing, lead.start);  // a start and its precision come from one record
            if (knowing.empty()) return false;
            at = knowing.size() > 1 ? among(of, knowing, lead, c, rows) : knowing.front();
        }
        if (c.by == rule::only && computes(at, of)) c.by = rule::derived;
        c.row = members_[at].row;
        return true;
    }
    /// What the athlete has locked, else edited.
    [[nodiscard]] std::uint32_t athletes_word(const role_facts& of, positions knowing, rule& by) const {
        if (!words_) return nobody;
        if (const auto held = first(knowing, [&](const member_facts& m) { return m.locks(of.name); }); held != nobody) return by = rule::lock, held;
        if (const auto edit = first(knowing, [](const member_facts& m) { return m.is_edit; }); edit != nobody) return by = rule::edit, edit;
        return nobody;
    }

private:
    [[nodiscard]] bool computes(std::uint32_t p, const role_facts& of) const { return computed_ && members_[p].computes(of.name); }
    [[nodiscard]] static positions only(positions knowing, std::uint32_t p) {
        const auto found = std::find(knowing.begin(), knowing.end(), p);
        return knowing.subspan(static_cast<std::size_t>(found - knowing.begin()), found != knowing.end());
    }
    template <class Test>
    [[nodiscard]] std::uint32_t first(positions of, Test test) const {
        for (const auto p : of)
            if (test(members_[p])) return p;
        return nobody;
    }

    [[nodiscard]] std::uint32_t among(const role_facts& of, positions knowing, const leaders& lead, choice& c, std::vector<std::uint32_t>& rows) const {
        if (of.is_tags) {
            c.by = rule::unite, c.others = static_cast<std::uint32_t>(knowing.size());
            for (const auto p : knowing) rows.push_back(members_[p].row);
            return knowing.front();
        }
        if (of.is_sport) return best_sport(knowing, c);
        if (of.owner == authority::subjective) {
            if (const auto own = first(knowing, [](const member_facts& m) { return m.by_person; }); own != nobody) return c.by = rule::authority, own;
            return c.by = by_rank(knowing), knowing.front();
        }
        if (const auto leads = lead.of(of.together); std::find(knowing.begin(), knowing.end(), leads) != knowing.end()) return c.by = rule::facet, leads;
        if (computed_) {
            const auto delivered = first(knowing, [&](const member_facts& m) { return !m.computes(of.name); });
            if (delivered == nobody) return c.by = rule::derived, knowing.front();
            if (delivered != knowing.front()) return c.by = rule::authority, delivered;  // the source's word before our reckoning
        }
        return c.by = by_rank(knowing), knowing.front();
    }

    /// The athlete's own label; else the best source's. A more exact label of the same line wins over a coarse one.
    [[nodiscard]] std::uint32_t best_sport(positions knowing, choice& c) const {
        const auto says = [this](std::uint32_t p) { return *members_[p].sport; };
        const auto own = first(knowing, [](const member_facts& m) { return m.by_person && !m.sport->unspecific(); });
        const auto exact = first(knowing, [](const member_facts& m) { return !m.sport->unspecific(); });
        auto best = knowing.front();
        if (own != nobody) best = own, c.by = rule::authority;
        else if (exact != nobody && exact != knowing.front()) best = exact, c.by = rule::richness;
        else c.by = by_rank(knowing);
        for (const auto p : knowing)
            if (says(p) != says(best) && descends_from(says(p), says(best)) && !says(best).unspecific()) best = p, c.by = rule::richness;
        return best;
    }

    /// Whether sources or devices set the first two apart, or only their richness did.
    [[nodiscard]] rule by_rank(positions knowing) const {
        const auto &x = members_[knowing[0]], &y = members_[knowing[1]];
        return x.source_rank != y.source_rank || x.device != y.device ? rule::priority : rule::richness;
    }

    std::span<const member_facts> members_;
    bool words_ = false, computed_ = false;  // whether any member locks or edits, or has derived a field
};

}  // namespace detail

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// The choices of one group: for every role whose value, by which rule, and who says otherwise. What merge.hpp calls; its
// comment tells the rules.
#pragma once

#include <coincide/merge/ranking.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
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
    std::string_view role{};                     // the role's name
    std::uint32_t row = 0;                       // whose value; for a union, its first contributor
    rule by = rule::only;
    std::vector<std::uint32_t> contributors{};   // for a union: all rows that add to it
    std::vector<std::uint32_t> alternatives{};   // rows with another value, in order of rank; for names, notes, labels, ratings
};

struct choices {
    std::uint32_t primary = 0;
    ranking ranked{};
    std::vector<choice> fields{};         // in the order of the schema; a role that nobody knows has none

    /// The choice for a role; null when no record knows it.
    template <class Role>
    [[nodiscard]] const choice* of(Role) const noexcept {
        for (const auto& c : fields)
            if (c.role == Role::name) return &c;
        return nullptr;
    }
};

namespace detail {

/// What the rules ask of a member, whatever the role; read once.
struct member_facts {
    std::uint32_t row = 0;
    bool by_person = false, is_edit = false;
    int source_rank = 0;
    device_type device = device_type::unknown;
    const std::vector<std::string>* locked = nullptr;    // fields that the athlete has locked
    const std::vector<std::string>* computed = nullptr;  // fields that were derived, not delivered
    std::optional<sport_id> sport{};

    [[nodiscard]] static bool lists(const std::vector<std::string>* names, std::string_view field_name) {
        return names && std::find(names->begin(), names->end(), field_name) != names->end();
    }
    [[nodiscard]] bool locks(std::string_view field_name) const { return lists(locked, field_name); }
    [[nodiscard]] bool computes(std::string_view field_name) const { return lists(computed, field_name); }
};

template <record R>
[[nodiscard]] member_facts facts_of(const R& r, std::uint32_t row, const merge_policy& policy) {
    const auto from = read_if_bound(r, coincide::source).value_or("");
    const auto* d = read_if_bound(r, coincide::device);
    return {row, kind_of_source(from) == source_kind::person, from == "edit", rank_of(policy, read_if_bound(r, athlete_id).value_or(""), from),
            d ? d->type : device_type::unknown, read_if_bound(r, coincide::locked), read_if_bound(r, coincide::computed), read_if_bound(r, coincide::sport)};
}

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

using positions = std::vector<std::uint32_t>;  // in the order of rank, ascending
inline constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// Who leads the facets, by position.
struct leaders {
    std::uint32_t span = nobody, motion = nobody, start = nobody;
    [[nodiscard]] std::uint32_t of(facet f) const noexcept { return f == facet::motion ? motion : f == facet::span ? span : nobody; }
};

/// The rules: of the members that know a role (not empty after the athlete's word) whose value, and why. The same code for every role.
class rule_book {
public:
    explicit rule_book(std::span<const member_facts> members) : members_{members} {}

    [[nodiscard]] bool decide(const role_facts& of, positions& knowing, const leaders& lead, choice& c) const {
        auto at = athletes_word(of, knowing, c.by);
        if (at == nobody) {
            if (knowing.empty()) return false;
            if (knowing.size() > 1) c.by = rule::facet;  // unless more than one may say
            if (of.of_start && lead.start != nobody) std::erase_if(knowing, [&](std::uint32_t p) { return p != lead.start; });  // a start and its precision come from one record
            if (knowing.empty()) return false;
            at = knowing.size() > 1 ? among(of, knowing, lead, c) : knowing.front();
        }
        if (c.by == rule::only && members_[at].computes(of.name)) c.by = rule::derived;
        c.row = members_[at].row;
        return true;
    }
    /// What the athlete has locked, else edited.
    [[nodiscard]] std::uint32_t athletes_word(const role_facts& of, const positions& knowing, rule& by) const {
        if (const auto held = first(knowing, [&](const member_facts& m) { return m.locks(of.name); }); held != nobody) return by = rule::lock, held;
        if (const auto edit = first(knowing, [](const member_facts& m) { return m.is_edit; }); edit != nobody) return by = rule::edit, edit;
        return nobody;
    }

private:
    template <class Test>
    [[nodiscard]] std::uint32_t first(const positions& of, Test test) const {
        for (const auto p : of)
            if (test(members_[p])) return p;
        return nobody;
    }

    [[nodiscard]] std::uint32_t among(const role_facts& of, const positions& knowing, const leaders& lead, choice& c) const {
        if (of.is_tags) {
            c.by = rule::unite;
            for (const auto p : knowing) c.contributors.push_back(members_[p].row);
            return knowing.front();
        }
        if (of.is_sport) return best_sport(knowing, c);
        if (of.owner == authority::subjective) {
            if (const auto own = first(knowing, [](const member_facts& m) { return m.by_person; }); own != nobody) return c.by = rule::authority, own;
            return c.by = by_rank(knowing), knowing.front();
        }
        if (const auto leads = lead.of(of.together); std::find(knowing.begin(), knowing.end(), leads) != knowing.end()) return c.by = rule::facet, leads;
        const auto delivered = first(knowing, [&](const member_facts& m) { return !m.computes(of.name); });
        if (delivered == nobody) return c.by = rule::derived, knowing.front();
        if (delivered != knowing.front()) return c.by = rule::authority, delivered;  // the source's word before our reckoning
        return c.by = by_rank(knowing), knowing.front();
    }

    /// The athlete's own label; else the best source's. A more exact label of the same line wins over a coarse one.
    [[nodiscard]] std::uint32_t best_sport(const positions& knowing, choice& c) const {
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
    [[nodiscard]] rule by_rank(const positions& knowing) const {
        const auto &x = members_[knowing[0]], &y = members_[knowing[1]];
        return x.source_rank != y.source_rank || x.device != y.device ? rule::priority : rule::richness;
    }

    std::span<const member_facts> members_;
};

/// Whether two records say different things about a role.
template <class Role, record R>
[[nodiscard]] bool differ(const R& x, const R& y) {
    if constexpr (by_pointer<Role>) return !(*read(x, Role{}) == *read(y, Role{}));
    else return read(x, Role{}) != read(y, Role{});
}

}  // namespace detail

/// Makes the choices for one group, given its members leader first.
template <std::ranges::random_access_range R>
class chooser {
public:
    using host = std::ranges::range_value_t<R>;
    chooser(const R& records, ranking ranked, const merge_policy& policy) : records_{records} {
        out_.ranked = std::move(ranked);
        out_.primary = out_.ranked.rows.front();
        members_.reserve(out_.ranked.rows.size()), knowing_.reserve(out_.ranked.rows.size());
        for (const auto row : out_.ranked.rows) members_.push_back(detail::facts_of(detail::row_of(records_, row), row, policy));
        lead_.span = leader<elapsed_t, timer_t_>();
        lead_.motion = leader<distance_m_t, track_t>();
        lead_.start = choose_start();
    }

    [[nodiscard]] choices run() {
        out_.fields.reserve(32);  // more than most groups know
        describe<host>::fields.for_each([this]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) {
            if constexpr (Role::owner != authority::identity) this->template choose<Role>();
        });
        return std::move(out_);
    }

private:
    [[nodiscard]] decltype(auto) at(std::uint32_t position) const { return detail::row_of(records_, members_[position].row); }

    /// Who may speak: a part's distance or heart rate is not the whole's, but a name or a note is about both.
    template <class Role>
    [[nodiscard]] std::uint32_t speakers() const {
        return static_cast<std::uint32_t>(Role::owner == authority::subjective ? members_.size() : out_.ranked.wholes);
    }
    template <class Role>
    void find_knowing() {
        knowing_.clear();
        for (std::uint32_t p = 0; p < speakers<Role>(); ++p)
            if (knows<Role>(at(p))) knowing_.push_back(p);
    }

    /// The best record that knows the facet's main field; delivered values before computed ones.
    template <class First, class Second>
    [[nodiscard]] std::uint32_t leader() {
        find_knowing<First>();
        for (const auto p : knowing_)
            if (!members_[p].computes(First::name)) return p;
        if (!knowing_.empty()) return knowing_.front();
        find_knowing<Second>();
        return knowing_.empty() ? detail::nobody : knowing_.front();
    }
    /// The record whose start is taken: the athlete's word, else the span's leader, unless its clock was never set and another
    /// one's was.
    [[nodiscard]] std::uint32_t choose_start() {
        find_knowing<start_time_t>();
        rule by{};
        if (const auto word = rules().athletes_word(detail::facts_of_role<start_time_t>, knowing_, by); word != detail::nobody) return word;
        std::erase_if(knowing_, [this](std::uint32_t p) { return read_if_bound(at(p), unset_clock).value_or(false); });
        if (knowing_.empty() || std::find(knowing_.begin(), knowing_.end(), lead_.span) != knowing_.end()) return lead_.span;
        return knowing_.front();
    }
    [[nodiscard]] detail::rule_book rules() const { return detail::rule_book{members_}; }

    template <class Role>
    void choose() {
        find_knowing<Role>();
        choice c{Role::name, 0, rule::only, {}, {}};
        if (!rules().decide(detail::facts_of_role<Role>, knowing_, lead_, c)) return;
        constexpr bool keeps_alternatives = Role::owner == authority::subjective || std::same_as<Role, sport_t> || std::same_as<Role, source_activity_type_t>;
        if constexpr (keeps_alternatives)
            if (c.by != rule::unite) list_alternatives<Role>(c);
        out_.fields.push_back(std::move(c));
    }

    template <class Role>
    void list_alternatives(choice& c) const {
        const auto& chosen = detail::row_of(records_, c.row);
        for (const auto p : knowing_) {
            bool said = !detail::differ<Role>(at(p), chosen);
            for (const auto other : c.alternatives) said |= !detail::differ<Role>(at(p), detail::row_of(records_, other));
            if (!said) c.alternatives.push_back(members_[p].row);
        }
    }

    const R& records_;
    std::vector<detail::member_facts> members_{};  // in the order of rank
    detail::leaders lead_{};
    detail::positions knowing_{};  // of the role at hand
    choices out_{};
};

}  // namespace coincide

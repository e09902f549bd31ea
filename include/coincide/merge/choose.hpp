// SPDX-License-Identifier: BSL-1.0
//
// The choices of one group: for every role whose value, by which rule, and who says otherwise. What merge.hpp calls; its
// comment tells the rules.
#pragma once

#include <coincide/merge/ranking.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
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

/// Whether a record's list of field names (locked, computed) has this one.
template <class List, record R>
[[nodiscard]] bool lists(const R& r, List list, std::string_view field_name) {
    const auto* names = read_if_bound(r, list);
    return names && std::find(names->begin(), names->end(), field_name) != names->end();
}

template <record R>
[[nodiscard]] source_kind kind_of(const R& r) { return kind_of_source(read_if_bound(r, coincide::source).value_or("")); }
template <record R>
[[nodiscard]] bool is_edit(const R& r) { return read_if_bound(r, coincide::source).value_or("") == "edit"; }

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
    chooser(const R& records, ranking ranked, const merge_policy& policy) : records_{records}, policy_{policy} {
        out_.ranked = std::move(ranked);
        out_.primary = out_.ranked.rows.front();
        span_leader_ = leader<elapsed_t, timer_t_>();
        motion_leader_ = leader<distance_m_t, track_t>();
        start_leader_ = choose_start();
    }

    [[nodiscard]] choices run() {
        describe<host>::fields.for_each([this]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) {
            this->template choose<Role>();
        });
        return std::move(out_);
    }

private:
    using row = std::uint32_t;
    static constexpr row nobody = ~row{0};
    [[nodiscard]] decltype(auto) at(row r) const { return detail::row_of(records_, r); }

    /// Who may speak: a part's distance or heart rate is not the whole's, but a name or a note is about both.
    template <class Role>
    [[nodiscard]] std::span<const row> speakers() const {
        return std::span{out_.ranked.rows}.first(Role::owner == authority::subjective ? out_.ranked.rows.size() : out_.ranked.wholes);
    }

    template <class Role>
    [[nodiscard]] std::vector<row> who_know() const {
        std::vector<row> knowing;
        for (const auto r : speakers<Role>())
            if (knows<Role>(at(r))) knowing.push_back(r);
        return knowing;
    }

    /// The best record that knows the facet's main field; delivered values before computed ones.
    template <class First, class Second>
    [[nodiscard]] row leader() const {
        for (const bool delivered : {true, false})
            for (const auto r : speakers<First>())
                if (knows<First>(at(r)) && (!delivered || !detail::lists(at(r), computed, First::name))) return r;
        for (const auto r : speakers<Second>())
            if (knows<Second>(at(r))) return r;
        return nobody;
    }

    struct athlete_says {
        std::uint32_t row;
        rule by;
    };
    /// What the athlete has locked, else edited.
    template <class Role>
    [[nodiscard]] std::optional<athlete_says> athletes_word(const std::vector<row>& knowing) const {
        if (const auto held = first(knowing, [](const host& r) { return detail::lists(r, locked, Role::name); })) return athlete_says{*held, rule::lock};
        if (const auto edit = first(knowing, [](const host& r) { return detail::is_edit(r); })) return athlete_says{*edit, rule::edit};
        return std::nullopt;
    }

    /// The record whose start is taken: the athlete's word, else the span's leader, unless its clock was never set and another
    /// one's was.
    [[nodiscard]] row choose_start() const {
        if (const auto word = athletes_word<start_time_t>(who_know<start_time_t>())) return word->row;
        const auto clock_set = [this](row r) { return knows<start_time_t>(at(r)) && !read_if_bound(at(r), unset_clock).value_or(false); };
        if (span_leader_ != nobody && clock_set(span_leader_)) return span_leader_;
        for (const auto r : speakers<start_time_t>())
            if (clock_set(r)) return r;
        return span_leader_;
    }

    /// A start and its precision come from one record.
    template <class Role>
    [[nodiscard]] bool may_say(row r) const {
        constexpr bool of_start = std::same_as<Role, start_time_t> || std::same_as<Role, start_precision_t>;
        return !of_start || start_leader_ == nobody || r == start_leader_;
    }

    template <class Role>
    void choose() {
        if constexpr (Role::owner != authority::identity) choose_among<Role>();
    }

    template <class Role>
    void choose_among() {
        auto knowing = who_know<Role>();
        choice c{Role::name, 0, rule::only, {}, {}};
        if (const auto word = athletes_word<Role>(knowing)) c.row = word->row, c.by = word->by;
        else {
            if (knowing.empty()) return;
            if (knowing.size() > 1) c.by = rule::facet;  // unless more than one may say
            std::erase_if(knowing, [this](row r) { return !may_say<Role>(r); });
            if (knowing.empty()) return;
            c.row = knowing.front();
            if (knowing.size() > 1) decide<Role>(knowing, c);
        }
        if (c.by == rule::only && detail::lists(at(c.row), computed, Role::name)) c.by = rule::derived;
        if constexpr (keeps_alternatives<Role>)
            if (c.by != rule::unite) list_alternatives<Role>(knowing, c);
        out_.fields.push_back(std::move(c));
    }

    template <class Role>
    void decide(const std::vector<row>& knowing, choice& c) const {
        if constexpr (std::same_as<Role, tags_t>) {
            c.by = rule::unite;
            c.contributors = knowing;
        } else if constexpr (Role::owner == authority::subjective) {
            const auto own = first(knowing, [](const host& r) { return detail::kind_of(r) == source_kind::person; });
            if (own) c.row = *own, c.by = rule::authority;
            else c.by = by_rank(knowing);
        } else if constexpr (std::same_as<Role, sport_t>) {
            choose_sport(knowing, c);
        } else {
            const auto lead = Role::together == facet::motion ? motion_leader_ : Role::together == facet::span ? span_leader_ : nobody;
            if (std::find(knowing.begin(), knowing.end(), lead) != knowing.end()) {
                c.row = lead, c.by = rule::facet;
                return;
            }
            const auto delivered = first(knowing, [](const host& r) { return !detail::lists(r, computed, Role::name); });
            if (!delivered) c.by = rule::derived;
            else if (*delivered != knowing.front()) c.row = *delivered, c.by = rule::authority;  // the source's word before our reckoning
            else c.by = by_rank(knowing);
        }
    }

    /// The athlete's own label; else the best source's. A more exact label of the same line wins over a coarse one.
    void choose_sport(const std::vector<row>& knowing, choice& c) const {
        const auto says = [this](row r) { return *read(at(r), coincide::sport); };
        const auto own = first(knowing, [](const host& r) { return detail::kind_of(r) == source_kind::person && !read(r, coincide::sport)->unspecific(); });
        const auto exact = first(knowing, [](const host& r) { return !read(r, coincide::sport)->unspecific(); });
        if (own) c.row = *own, c.by = rule::authority;
        else if (exact && *exact != knowing.front()) c.row = *exact, c.by = rule::richness;
        else c.by = by_rank(knowing);
        for (const auto r : knowing)
            if (says(r) != says(c.row) && detail::descends_from(says(r), says(c.row)) && !says(c.row).unspecific()) c.row = r, c.by = rule::richness;
    }

    /// Whether sources or devices set the first two apart, or only their richness did.
    [[nodiscard]] rule by_rank(const std::vector<row>& knowing) const {
        const auto key = [this](row r) {
            const auto* d = read_if_bound(at(r), device);
            return std::pair{rank_of(policy_, read_if_bound(at(r), athlete_id).value_or(""), read_if_bound(at(r), coincide::source).value_or("")),
                             d ? d->type : device_type::unknown};
        };
        return key(knowing[0]) != key(knowing[1]) ? rule::priority : rule::richness;
    }

    template <class Test>
    [[nodiscard]] std::optional<row> first(const std::vector<row>& rows, Test test) const {
        for (const auto r : rows)
            if (test(at(r))) return r;
        return std::nullopt;
    }

    template <class Role>
    static constexpr bool keeps_alternatives = Role::owner == authority::subjective || std::same_as<Role, sport_t> || std::same_as<Role, source_activity_type_t>;

    template <class Role>
    void list_alternatives(const std::vector<row>& knowing, choice& c) const {
        for (const auto r : knowing) {
            bool said = !detail::differ<Role>(at(r), at(c.row));
            for (const auto other : c.alternatives) said |= !detail::differ<Role>(at(r), at(other));
            if (!said) c.alternatives.push_back(r);
        }
    }

    const R& records_;
    const merge_policy& policy_;
    row span_leader_ = nobody, motion_leader_ = nobody, start_leader_ = nobody;
    choices out_{};
};

}  // namespace coincide

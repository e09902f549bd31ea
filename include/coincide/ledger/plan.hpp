// SPDX-License-Identifier: BSL-1.0
//
// From what was read and what came in to what is to be written and told. A pure function: no clock, no chance, no storage; a host that
// has its own way of waiting for a storage calls it itself, others use ingest.hpp.
//
//     ledger_view known{head};
//     while (true) {
//         const auto p = plan<Ride>(known, "ann", in, policy);
//         if (p.missing.empty()) break;                                   // p.writes, p.answers, p.changes
//         for (const auto& range : p.missing) known.add(range, …read it…);  // two to four rounds for a delivery
//     }
//     …commit(known.head(), p.writes, p.id)…
//
// Facts are added; groups and merged records are made anew where they can have changed, and nowhere else. What comes out is what
// group() and merge() make of all the facts at once, in whatever order they came (a law in tests/laws/ledger_laws.cpp).
#pragma once

#include <coincide/ledger/planner.hpp>

#include <concepts>
#include <optional>
#include <string_view>

namespace coincide {

namespace detail {

/// Whether a host's type can hold what a word says of one of its fields.
template <record R>
[[nodiscard]] std::optional<problem> wrong_with_value(const word_fact& w, const ledger_policy& policy) {
    std::optional<problem> found{problem{problem_code::unsupported, "field", {}, {}, 0}};  // unless a role has this name
    const auto look = [&]<class Role>(Role) {
        if constexpr (Role::owner != authority::identity && !is_series<Role>) {
            if (w.field != Role::name) return;
            found.reset();
            if (w.what == word::release || (w.what == word::lock && w.value.empty())) return;
            const auto v = value_of<typename Role::value_type>(w.value);
            if (!v) found = problem{problem_code::wrong_type, Role::name, {}, {}, 0};
            else if constexpr (std::same_as<typename Role::value_type, double>) {
                if (!finite(*v)) found = problem{problem_code::not_finite, Role::name, {}, {}, 0};
                else if (*v < 0 && (std::same_as<Role, distance_m_t> || std::same_as<Role, energy_kcal_t>)) found = problem{problem_code::negative, Role::name, {}, {}, 0};
            } else if constexpr (std::same_as<Role, elapsed_t> || std::same_as<Role, timer_t_> || std::same_as<Role, moving_t>) {
                if (v->count() < 0) found = problem{problem_code::negative, Role::name, {}, {}, 0};
            } else if constexpr (std::same_as<Role, start_time_t>) {
                if (*v < earliest_start || *v > latest_start) found = problem{problem_code::out_of_range, Role::name, {}, {}, 0};
            }
        }
    };
    describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { look(Role{}); });
    if (!found && w.value.size() > policy.text_bytes_max + 1) found = problem{problem_code::too_large, "value", {}, {}, 0};
    return found;
}

/// What cannot be asked at all, whatever the ledger holds.
template <record R>
[[nodiscard]] std::optional<problem> wrong_with_words(const request& in, const ledger_policy& policy) {
    if (in.received < earliest_start || in.received > latest_start) return problem{problem_code::out_of_range, "received", {}, {}, 0};
    for (const auto& w : in.words) {
        const bool of_record = is_about_a_group(w.what) || w.what == word::split || w.what == word::confirm;
        if ((of_record && w.about.empty()) || (is_pin(w.what) && (w.about.size() != 2 || w.about[0] == w.about[1]))) return problem{problem_code::missing_key, "about", {}, {}, 0};
        for (const auto& k : w.about)
            if (k.source.size() > id_bytes_max || k.external_id.size() > id_bytes_max) return problem{problem_code::too_large, "about", {}, {}, 0};
        if (w.what > word::confirm) return problem{problem_code::unsupported, "word", {}, {}, 0};
        if (w.what == word::edit || w.what == word::lock || w.what == word::release)
            if (auto wrong = wrong_with_value<R>(w, policy)) return wrong;
    }
    return std::nullopt;
}

}  // namespace detail

/// Complexity  of a delivery: what near.hpp reads, and the members of the groups that it touches; of a new policy: the history
/// Errors      `wrong` for what concerns the whole request (an unknown version, an operation's id with other content); records that
///             cannot be taken are answered one by one
template <record R>
    requires has_role<R, source_t> && has_role<R, external_id_t> && std::default_initializable<R>
[[nodiscard]] ledger_plan plan(const ledger_view& known, std::string_view athlete, const request& in, const ledger_policy& policy) {
    if (const auto wrong = detail::wrong_with_words<R>(in, policy)) {
        ledger_plan refused;
        refused.wrong = wrong;
        return refused;
    }
    return detail::planner{known, athlete, in, policy, &merge_group<R>}.run();
}

}  // namespace coincide

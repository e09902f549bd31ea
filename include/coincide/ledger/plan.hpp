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

#include <string_view>

namespace coincide {

/// Complexity  of a delivery: what near.hpp reads, and the members of the groups that it touches; of a new policy: the history
/// Errors      `wrong` for what concerns the whole request (an unknown version, an operation's id with other content); records that
///             cannot be taken are answered one by one
template <record R>
    requires has_role<R, source_t> && has_role<R, external_id_t> && std::default_initializable<R>
[[nodiscard]] ledger_plan plan(const ledger_view& known, std::string_view athlete, const request& in, const ledger_policy& policy) {
    return detail::planner{known, athlete, in, policy, &merge_group<R>}.run();
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Read, plan, commit; and again where another writer was faster. What a webhook handler, an importer and an app call.
//
//     auto done = ingest(store, "ann", rides, policy, now);        // result<ledger_answer>
//     done->answers[0].of      outcome::joined                     // one for each record, in their order
//     done->version            42                                  // all of them in one commit, or none
//
//     auto fixed = carry_out<Ride>(store, "ann", words, policy);   // what people say: request.hpp
//
// Two deliveries at once make one activity: the commit of the slower one finds another head than it planned on, and plans anew.
#pragma once

#include <coincide/ledger/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

struct ledger_answer {
    std::uint64_t version = 0;             // of the ledger with this in it
    bool wrote = false;                    // false: nothing was new
    std::vector<ingested> answers{};       // to the request's records, in their order
    std::vector<ledger_change> changes{};
    std::optional<instant> earliest{};     // what is to be reckoned again begins here
    std::size_t left_out = 0;              // records that were not compared with all that are near them: there are too many
    unsigned attempts = 0;
};

struct attempt_limits {
    unsigned attempts_max = 32;  // of all commits and reads; an athlete rarely has more than a few writers at once (an assumption)
    unsigned rounds_max = 64;    // of reading, for one plan
};

namespace detail {

inline constexpr std::size_t page_entries = 4096;

/// All entries of a range, page by page.
template <ledger_store S>
[[nodiscard]] result<std::vector<ledger_entry>> read_range(S& store, std::string_view athlete, key_range range) {
    std::vector<ledger_entry> all;
    while (true) {
        auto page = store.read(athlete, range, page_entries);
        if (!page) return page;
        const bool last = page->size() < page_entries;
        if (!last) range.from = only_key(page->back().key).to;
        std::move(page->begin(), page->end(), std::back_inserter(all));
        if (last) return all;
    }
}

template <ledger_store S>
[[nodiscard]] std::optional<problem> read_into(ledger_view& known, S& store, std::string_view athlete, const std::vector<key_range>& ranges) {
    if constexpr (reads_several<S>) {
        auto all = store.read_ranges(athlete, ranges);
        if (!all) return all.error();
        for (std::size_t i = 0; i < ranges.size(); ++i) known.add(ranges[i], std::move((*all)[i]));
    } else {
        for (const auto& range : ranges) {
            auto entries = read_range(store, athlete, range);
            if (!entries) return entries.error();
            known.add(range, std::move(*entries));
        }
    }
    return std::nullopt;
}

/// Whether a commit whose answer was lost has happened: the feed knows the id of every version.
template <ledger_store S>
[[nodiscard]] result<bool> has_happened(S& store, std::string_view athlete, const ledger_head& before, const commit_id& id) {
    const auto head = store.head(athlete);
    if (!head) return tl::unexpected<problem>(head.error());
    if (head->last_commit == id) return true;
    if (head->version == before.version) return false;
    const auto entries = store.read(athlete, only_key(key_of("cl", before.version + 1, 0)), 1);
    if (!entries) return tl::unexpected<problem>(entries.error());
    const auto note = entries->empty() ? std::nullopt : decode_note(entries->front().value);
    return note && note->id == id;
}

/// Commits whose answer was lost. One that has not happened may still happen: each is asked for again before the next attempt.
struct open_attempts {
    struct attempt {
        ledger_head before{};
        commit_id id{};
        ledger_answer answer{};
    };
    std::vector<attempt> all{};
    bool all_known = true;  // false: the storage did not say of one whether it has happened

    template <ledger_store S>
    [[nodiscard]] std::optional<ledger_answer> find_done(S& store, std::string_view athlete) {
        all_known = true;
        for (auto& a : all) {
            const auto happened = has_happened(store, athlete, a.before, a.id);
            all_known &= happened.has_value();
            if (happened && *happened) return std::move(a.answer);
        }
        return std::nullopt;
    }
};

}  // namespace detail

/// Carries out a request. `between(attempt)` is called before each further attempt: the place to wait, longer and by chance.
///
/// Errors  the request's own; what the storage says when it fails; `conflicting` when the race was lost too often; `outcome_unknown`
///         when it cannot be found out whether the commit happened: sending the same again is safe, it has no second effect
template <record R, ledger_store S, class Between>
[[nodiscard]] result<ledger_answer> carry_out(S& store, std::string_view athlete, const request& in, const ledger_policy& policy, const attempt_limits& limits, Between&& between) {
    problem last{problem_code::conflicting, "commit", {}, {}, 0};
    detail::open_attempts open;
    for (unsigned attempt = 0; attempt < limits.attempts_max; ++attempt) {
        if (attempt > 0) between(attempt);
        if (const auto done = open.find_done(store, athlete)) return *done;
        const auto head = store.head(athlete);
        if (!head || !open.all_known) {
            last = head ? problem{problem_code::outcome_unknown, "commit", {}, {}, 0} : head.error();
            continue;
        }
        ledger_view known{*head};
        ledger_plan p;
        bool read_all = false;
        for (unsigned round = 0; round < limits.rounds_max && !read_all; ++round) {
            p = plan<R>(known, athlete, in, policy);
            if (p.missing.empty()) read_all = true;
            else if (const auto failed = detail::read_into(known, store, athlete, p.missing)) {
                last = *failed;
                break;
            }
        }
        if (!read_all) continue;
        if (p.wrong) return tl::unexpected<problem>(*p.wrong);
        ledger_answer answer{p.version, !p.writes.empty(), std::move(p.answers), std::move(p.changes), p.note.earliest, p.left_out, attempt + 1};
        if (p.writes.empty()) {
            const auto now = p.done_before ? head : store.head(athlete);  // what was read may have been newer than the head before it
            if (!p.done_before) answer.version = now ? now->version : head->version;
            return answer;
        }
        const auto became = store.commit(athlete, *head, p.writes, p.id);
        if (became == commit_result::ok) return answer;
        if (became == commit_result::unknown) open.all.push_back({*head, p.id, std::move(answer)});
        last = problem{became == commit_result::failed ? problem_code::unreadable : became == commit_result::unknown ? problem_code::outcome_unknown : problem_code::conflicting, "commit", {}, {}, 0};
    }
    if (const auto done = open.find_done(store, athlete)) return *done;
    if (!open.all_known) return fail(problem_code::outcome_unknown, "commit");
    return tl::unexpected<problem>(last);
}
template <record R, ledger_store S>
[[nodiscard]] result<ledger_answer> carry_out(S& store, std::string_view athlete, const request& in, const ledger_policy& policy, const attempt_limits& limits = {}) {
    return carry_out<R>(store, athlete, in, policy, limits, [](unsigned) {});
}

/// Takes records in, in one commit. Records that are known and say nothing new write nothing.
template <std::ranges::input_range Records, ledger_store S>
    requires record<std::ranges::range_value_t<Records>>
[[nodiscard]] result<ledger_answer> ingest(S& store, std::string_view athlete, const Records& records, const ledger_policy& policy, instant received, std::string_view batch = {}) {
    request in{.received = received, .batch = std::string{batch}};
    for (const auto& r : records) in.records.push_back(incoming(r, athlete, policy));
    return carry_out<std::ranges::range_value_t<Records>>(store, athlete, in, policy);
}

}  // namespace coincide

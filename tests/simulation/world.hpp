// SPDX-License-Identifier: BSL-1.0
//
// A storage that fails as real ones do, and the deliveries, words and repeats that reach it: all from one seed.
#pragma once

#include "activities.hpp"
#include "fibers.hpp"
#include "ledger_reference.hpp"

#include <coincide/ledger/ingest.hpp>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace simulation {

using namespace coincide;

/// Deliberate mistakes that the simulator must find.
enum class mutant { none, no_compare_and_swap, acknowledge_before_commit, pairwise_fold, arrival_breaks_ties, time_cursor, no_operation_ids, unknown_is_done };

struct faults {
    std::uint64_t read_fails_one_in = 40, commit_fails_one_in = 25, unknown_one_in = 15, dies_one_in = 30;
    bool off = false;  // at the end all faults stop, and everything must come to rest
};

struct counts {
    std::uint64_t calls = 0, commits = 0, conflicts = 0, unknown = 0, failed = 0, deaths = 0, requests = 0;
};

/// What one worker sees of the storage. It gives way before every call, and after a commit, when the answer is under way.
class shaky_store {
public:
    shaky_store(memory_store& real, fibers& turns, rides::dice& roll, faults& may, counts& seen, mutant wrong) : real_{real}, turns_{turns}, roll_{roll}, may_{may}, seen_{seen}, wrong_{wrong} {}

    bool dead = false;  // the process is gone: nothing that it still does has an effect

    result<ledger_head> head(std::string_view who) {
        if (!reachable()) return fail(problem_code::unreadable, "head");
        return real_.head(who);
    }
    result<std::vector<ledger_entry>> read(std::string_view who, const key_range& range, std::size_t limit) {
        if (!reachable()) return fail(problem_code::unreadable, "entries");
        return real_.read(who, range, limit);
    }
    commit_result commit(std::string_view who, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        if (!reachable()) return commit_result::failed;
        if (happens(may_.commit_fails_one_in)) return ++seen_.failed, wrong_ == mutant::acknowledge_before_commit ? commit_result::ok : commit_result::failed;
        const bool dies = happens(may_.dies_one_in), before = roll_.one_in(2);
        if (dies && before) return die();
        const bool unknown = happens(may_.unknown_one_in);
        if (unknown && roll_.one_in(2)) return ++seen_.unknown, turns_.give_way(), wrong_ == mutant::unknown_is_done ? commit_result::ok : commit_result::unknown;
        const auto on = wrong_ == mutant::no_compare_and_swap ? *real_.head(who) : expected;
        const auto done = real_.commit(who, on, writes, id);
        ++(done == commit_result::ok ? seen_.commits : seen_.conflicts);
        turns_.give_way();
        if (dies) return die();
        if (unknown) return ++seen_.unknown, commit_result::unknown;
        return done;
    }

private:
    [[nodiscard]] bool happens(std::uint64_t one_in) { return !may_.off && one_in != 0 && roll_.one_in(one_in); }
    [[nodiscard]] bool reachable() {
        ++seen_.calls;
        turns_.give_way();
        return !dead && !happens(may_.read_fails_one_in);
    }
    commit_result die() { return ++seen_.deaths, dead = true, commit_result::failed; }

    memory_store& real_;
    fibers& turns_;
    rides::dice& roll_;
    faults& may_;
    counts& seen_;
    mutant wrong_;
};

/// What a source or a device sends, and goes on sending until it is answered.
struct message {
    std::vector<activity> records{};
    std::vector<record_key> gone{};
    std::vector<word_fact> words{};
    std::string operation{};
    std::int64_t sent_ms = 0;  // its own receipt, so that the order of processing does not show in what is stored
    [[nodiscard]] request as_request(const ledger_policy& policy) const {
        request in{.received = instant{milliseconds{sent_ms}}, .operation = operation};
        for (const auto& r : records) in.records.push_back(incoming(r, "ann", policy));
        for (const auto& k : gone) in.records.push_back(coincide::gone(k, 9));
        in.words = words;
        return in;
    }
};

/// A few activities that several sources saw, told late, twice, in revisions, with what the athlete says of them meanwhile.
inline std::vector<message> traffic(rides::dice& roll) {
    auto seen = rides::history_of(roll.next(), static_cast<int>(2 + roll.below(4))).records;
    std::vector<message> out;
    const auto add = [&](message m) {
        m.sent_ms = 1717000000000 + roll.between(0, 100000000);
        out.push_back(std::move(m));
    };
    const auto key = [&] {
        const auto& r = seen[roll.below(seen.size())];
        return record_key{r.source, r.external_id};
    };
    for (const auto& r : seen) {
        add({.records = {r}});
        if (roll.one_in(3)) {
            auto later = r;
            later.revision = roll.between(1, 3);
            if (roll.one_in(2)) later.name = "revised " + std::to_string(roll.below(3));
            if (roll.one_in(3)) later.start_time += std::chrono::minutes{roll.between(-200, 200)};
            add({.records = {later}});
        }
        if (roll.one_in(12)) add({.gone = {{r.source, r.external_id}}});
    }
    if (roll.one_in(3)) add({.records = seen});  // and everything once more, as a file
    for (auto n = roll.below(5); n > 0; --n) {
        const hybrid_stamp at{1717000000000 + roll.between(0, 3), roll.below(2), roll.one_in(2) ? "phone" : "tablet"};
        const auto a = key(), b = key();
        if (a != b && roll.one_in(2)) add({.words = {said(roll.one_in(2) ? word::must : word::cannot, {a, b}, at)}, .operation = "op" + std::to_string(n)});
        else add({.words = {said(word::edit, {a}, at, "notes", encoded(notes, roll.one_in(2) ? "felt good" : "felt bad"))}, .operation = "op" + std::to_string(n)});
    }
    if (roll.one_in(8)) add({.words = {unlink_of("strava", {1717000000000, 0, "phone"})}, .operation = "unlink"});
    for (auto n = roll.below(4); n > 0 && !out.empty(); --n) {
        auto again = out[roll.below(out.size())];
        out.push_back(std::move(again));
    }
    roll.shuffle(out);
    return out;
}

}  // namespace simulation

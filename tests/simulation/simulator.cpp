// SPDX-License-Identifier: BSL-1.0
//
// Runs the ledger against a storage that fails, with workers that die and repeat, a seed a run. After every commit the ledger must be well
// formed; at the end, when the faults stop, nothing may be lost or doubled, and everything must be what its facts come to at once.
//
//     simulator --seeds 10000                 all must pass
//     simulator --seed 4711                   that one again, step by step the same
//     simulator --mutants 1000                every deliberate mistake must be found within so many seeds
#include "world.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace simulation {

namespace {

/// The wrong way of merging: two by two, each result a record of its own.
void merge_pairwise(stored_group& g, std::span<const member_bytes> members, const athletes_values& said, const record_key* first, const merge_policy& policy) {
    if (members.size() < 3) return merge_group<activity>(g, members, said, first, policy);
    auto two = g;
    two.links.clear();
    std::vector<member_bytes> folded{members[0]};
    for (std::size_t i = 1; i < members.size(); ++i) {
        folded.push_back(members[i]);
        two.members = {g.members[0], g.members[i]};
        merge_group<activity>(two, folded, {}, nullptr, policy);
        folded = {member_bytes{two.body, {}}};
    }
    merge_group<activity>(g, members, said, first, policy);
    g.body = folded.front().body;
}

ledger_plan plan_by(const ledger_view& known, const request& in, const ledger_policy& policy, mutant wrong) {
    return detail::planner{known, "ann", in, policy, wrong == mutant::pairwise_fold ? &merge_pairwise : &merge_group<activity>}.run();
}

/// The wrong way of parting equal stamps: whoever comes later wins.
struct arrivals {
    std::map<std::string, std::uint32_t> of{};
    void stamp_words(request& in) {
        const auto number = of.try_emplace(in.operation, static_cast<std::uint32_t>(of.size() + 1)).first->second;
        for (auto& w : in.words) w.at = {w.at.ms, number, {}};
    }
};

/// A message to the ledger until it is answered; nothing: the worker died. With a mistake in merging the production loop cannot be used.
bool send(shaky_store& store, const message& m, const ledger_policy& policy, mutant wrong, arrivals& so_far) {
    auto in = m.as_request(policy);
    if (wrong == mutant::no_operation_ids) in.operation.clear();
    if (wrong == mutant::arrival_breaks_ties) so_far.stamp_words(in);
    if (wrong != mutant::pairwise_fold) return carry_out<activity>(store, "ann", in, policy, {.attempts_max = 12}).has_value();
    for (int attempt = 0; attempt < 12; ++attempt) {
        const auto head = store.head("ann");
        if (!head) continue;
        ledger_view known{*head};
        auto p = plan_by(known, in, policy, wrong);
        bool failed = false;
        while (!failed && !p.missing.empty()) {
            failed = detail::read_into(known, store, "ann", p.missing).has_value();
            if (!failed) p = plan_by(known, in, policy, wrong);
        }
        if (failed) continue;
        if (p.writes.empty() || store.commit("ann", *head, p.writes, p.id) == commit_result::ok) return true;
    }
    return false;
}

/// A replica that follows the feed, by version or (wrongly) by time.
struct follower {
    std::uint64_t version = 0;
    std::int64_t time_ms = -1;
    std::set<record_key> live{};

    void pull(memory_store& store, bool by_time) {
        std::int64_t newest = time_ms;
        bool wanted = false;
        for (const auto& e : ledgers::entries(store, "cl")) {
            key_reader at{std::string_view{e.key}.substr(2)};
            const auto v = at.number(), i = at.number();
            if (i == 0) {
                const auto received = decode_note(e.value)->received.time_since_epoch().count();
                wanted = by_time ? received > time_ms : v > version;
                newest = std::max<std::int64_t>(newest, received);
                if (!by_time) version = std::max(version, v);
                continue;
            }
            const auto c = decode_change(e.value);
            if (!wanted || !c) continue;
            if (c->of == change_kind::delivered) live.insert(c->record);
            if (c->of == change_kind::gone) live.erase(c->record);
        }
        time_ms = newest;
    }
};

std::set<record_key> live_records(memory_store& store) {
    std::set<record_key> out;
    for (const auto& g : ledgers::groups(store)) out.insert(g.members.begin(), g.members.end());
    return out;
}

struct failure {
    std::uint64_t seed;
    std::string what;
};

/// One run. Empty: everything held.
std::string run_seed(std::uint64_t seed, mutant wrong, counts& seen) {
    rides::dice roll{seed * 0x9E3779B97F4A7C15ull + 1};
    memory_store real{seed + 1};
    const ledger_policy policy;
    const auto messages = traffic(roll);
    faults may;
    if (roll.one_in(5)) may.unknown_one_in = 2;
    if (roll.one_in(5)) may.dies_one_in = 4;
    const auto workers = 1 + roll.below(4);
    std::vector<std::vector<const message*>> queue(workers);
    for (const auto& m : messages) {
        queue[roll.below(workers)].push_back(&m);
        if (roll.one_in(6)) queue[roll.below(workers)].push_back(&m);  // a second delivery of it, at the same time or later
    }
    seen.requests += messages.size();
    fibers turns;
    std::string broken;
    std::uint64_t checked_version = 0;
    arrivals so_far;
    follower replica;
    for (auto& own : queue)
        turns.add([&, mine = own] {
            shaky_store store{real, turns, roll, may, seen, wrong};
            for (const auto* m : mine) {
                unsigned tries = 0;
                while (broken.empty() && !send(store, *m, policy, wrong, so_far)) {
                    store.dead = false;  // started again, it finds the message still there
                    if (++tries > 200) broken = "a message is never answered";
                }
            }
        });
    turns.run([&](std::size_t n) {
        const auto version = real.head("ann")->version;
        if (version != checked_version && broken.empty()) {
            checked_version = version;
            broken = ledgers::malformed(real);
            if (broken.empty() && roll.one_in(4)) broken = ledgers::difference(real, policy);
            if (roll.one_in(3)) replica.pull(real, wrong == mutant::time_cursor);
        }
        return roll.below(n);
    });
    if (!broken.empty()) return broken;

    // Faults are over. Everything was answered, so everything must be there, once.
    may.off = true;
    if (auto what = ledgers::malformed(real); !what.empty()) return what;
    if (auto what = ledgers::difference(real, policy); !what.empty()) return what;
    const auto deliveries = ledgers::entries(real, "fr").size(), words = ledgers::entries(real, "fd").size();
    const auto told_before = ledgers::told(real);
    const auto version = real.head("ann")->version;
    fibers alone;
    std::vector<message> again = messages;
    roll.shuffle(again);
    alone.add([&] {
        shaky_store store{real, alone, roll, may, seen, mutant::none};
        for (const auto& m : again)
            if (wrong != mutant::arrival_breaks_ties && !carry_out<activity>(store, "ann", m.as_request(policy), policy)) broken = "a message that was answered cannot be sent again";
    });
    alone.run([](std::size_t) { return std::size_t{0}; });
    if (!broken.empty()) return broken;
    const bool unlinked = std::any_of(messages.begin(), messages.end(), [](const message& m) { return m.operation == "unlink"; });
    if (real.head("ann")->version != version && !unlinked) return "sending everything again changed something: it had been lost";
    std::set<std::string> operations;
    for (const auto& m : messages)
        if (!m.operation.empty()) operations.insert(m.operation);
    std::set<std::string> said;  // a word that was passed on stands twice, about more records
    for (const auto& e : ledgers::entries(real, "fd")) {
        auto w = *decode_word(e.value);
        w.about.resize(std::min<std::size_t>(w.about.size(), w.what == word::edit ? 1 : 2));
        said.insert(encode(w));
    }
    if (ledgers::entries(real, "fd").size() != words || said.size() != operations.size()) return "a word has no effect, or two";
    if (ledgers::entries(real, "fr").size() != deliveries && !unlinked) return "a delivery was lost";
    replica.pull(real, wrong == mutant::time_cursor);
    if (replica.live != live_records(real)) return "who follows the feed has other records";

    // Another order of the same messages, without faults, comes to the same; but for a word on a record that is gone, which passes to those
    // it was with when the word was said.
    const bool any_gone = std::any_of(messages.begin(), messages.end(), [](const message& m) { return !m.gone.empty(); });
    if (!unlinked && !any_gone) {
        memory_store other{1};
        arrivals then;
        for (const auto& m : again) {
            auto in = m.as_request(policy);
            if (wrong == mutant::arrival_breaks_ties) then.stamp_words(in);
            if (!carry_out<activity>(other, "ann", in, policy)) return "a message cannot be carried out";
        }
        if (ledgers::told(other) != told_before) return "another order of the same messages comes to something else";
    }
    return {};
}

std::optional<failure> first_failure(std::uint64_t from, std::uint64_t seeds, mutant wrong, counts& seen) {
    for (auto seed = from; seed < from + seeds; ++seed)
        if (auto what = run_seed(seed, wrong, seen); !what.empty()) return failure{seed, std::move(what)};
    return std::nullopt;
}

}  // namespace

}  // namespace simulation

int main(int argc, char** argv) {
    using namespace simulation;
    std::uint64_t seeds = 200, from = 1, mutants = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        const auto n = std::strtoull(argv[i + 1], nullptr, 10);
        if (std::strcmp(argv[i], "--seeds") == 0) seeds = n;
        else if (std::strcmp(argv[i], "--from") == 0) from = n;
        else if (std::strcmp(argv[i], "--seed") == 0) from = n, seeds = 1;
        else if (std::strcmp(argv[i], "--mutants") == 0) mutants = n;
        else return std::fprintf(stderr, "simulator [--seeds N] [--from N] [--seed N] [--mutants N]\n"), 2;
    }
    bool good = true;
    if (mutants > 0) {
        constexpr std::pair<mutant, const char*> all[] = {{mutant::no_compare_and_swap, "no compare-and-swap"}, {mutant::acknowledge_before_commit, "acknowledged before the commit"},
            {mutant::pairwise_fold, "merged pair by pair"}, {mutant::arrival_breaks_ties, "equal stamps parted by arrival"}, {mutant::time_cursor, "feed followed by time"},
            {mutant::no_operation_ids, "operations without ids"}, {mutant::unknown_is_done, "an unknown outcome taken for done"}};
        for (const auto& [wrong, words] : all) {
            counts seen;
            const auto found = first_failure(from, mutants, wrong, seen);
            if (found) std::printf("%-40s found at seed %llu: %s\n", words, static_cast<unsigned long long>(found->seed), found->what.c_str());
            else std::printf("%-40s NOT FOUND within %llu seeds\n", words, static_cast<unsigned long long>(mutants)), good = false;
        }
        return good ? 0 : 1;
    }
    counts seen;
    if (const auto found = first_failure(from, seeds, mutant::none, seen)) {
        std::printf("seed %llu: %s\nagain: simulator --seed %llu\n", static_cast<unsigned long long>(found->seed), found->what.c_str(), static_cast<unsigned long long>(found->seed));
        good = false;
    }
    std::printf("%llu seeds: %llu messages, %llu storage calls, %llu commits, %llu conflicts, %llu unknown outcomes, %llu failed commits, %llu deaths\n", static_cast<unsigned long long>(seeds),
                static_cast<unsigned long long>(seen.requests), static_cast<unsigned long long>(seen.calls), static_cast<unsigned long long>(seen.commits), static_cast<unsigned long long>(seen.conflicts),
                static_cast<unsigned long long>(seen.unknown), static_cast<unsigned long long>(seen.failed), static_cast<unsigned long long>(seen.deaths));
    return good ? 0 : 1;
}

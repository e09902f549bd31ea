// SPDX-License-Identifier: BSL-1.0
//
// Storages against the laws that a host runs against its own: ours keep them, and each way of being wrong is told by its name.
#include <coincide/adapters/memory_store.hpp>
#include <coincide/testing/ledger_laws.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace coincide;

namespace {

const ledger_laws_options quick{.threads = 0, .steps = 300};

std::set<std::string> laws_broken(const std::vector<broken_law>& broken) {
    std::set<std::string> out;
    for (const auto& b : broken) out.insert(b.law);
    return out;
}

/// A storage in memory that is wrong in one way.
struct broken_store {
    enum class flaw { lost_update, gap_in_versions, torn_commit, reordered, dirty_read, page_short, prefix_athlete, forgets_id, keeps_deleted, signed_bytes };
    flaw is;
    memory_store right{1};
    std::map<std::string, std::map<std::string, std::string>> extra{};

    explicit broken_store(flaw f) : is{f} {}
    std::string athlete_of(std::string_view who) const { return std::string{is == flaw::prefix_athlete ? who.substr(0, 4) : who}; }

    result<ledger_head> head(std::string_view who) {
        auto h = right.head(athlete_of(who));
        if (is == flaw::gap_in_versions) h->version *= 2;
        if (is == flaw::forgets_id) h->last_commit = {};
        return h;
    }
    result<std::vector<ledger_entry>> read(std::string_view who, const key_range& range, std::size_t limit) {
        auto out = right.read(athlete_of(who), range, is == flaw::page_short ? limit + 1 : limit);
        if (is == flaw::reordered && out->size() > 2) std::swap((*out)[0], (*out)[1]);
        if (is == flaw::signed_bytes) std::sort(out->begin(), out->end(), [](const auto& x, const auto& y) {
            return std::lexicographical_compare(x.key.begin(), x.key.end(), y.key.begin(), y.key.end(), [](char a, char b) { return static_cast<signed char>(a) < static_cast<signed char>(b); });
        });
        return out;
    }
    commit_result commit(std::string_view who, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        const auto own = athlete_of(who);
        auto on = expected;
        if (is == flaw::gap_in_versions) on.version /= 2;
        if (is == flaw::forgets_id) on.last_commit = right.head(own)->last_commit;
        if (is == flaw::lost_update) on = *right.head(own);
        auto part = writes;
        if (is == flaw::torn_commit && part.puts.size() > 1000) part.puts.resize(1000);
        if (is == flaw::keeps_deleted) part.deletes.clear();
        const auto done = right.commit(own, on, part, id);
        if (is == flaw::dirty_read && done == commit_result::conflict) {  // written before the head was looked at
            const auto now = *right.head(own);
            static_cast<void>(right.commit(own, now, {writes.puts, {}}, now.last_commit));
        }
        return done;
    }
};

}  // namespace

TEST_CASE("the storage in memory keeps every law", "[ledger][store]") {
    memory_store store;
    for (const auto& b : check_ledger_laws(store)) FAIL_CHECK(b.law << ": " << b.saw);
}

TEST_CASE("a storage that is wrong fails the law that it breaks", "[ledger][store]") {
    using enum broken_store::flaw;
    const std::pair<broken_store::flaw, std::string> all[] = {
        {lost_update, "race"},   {gap_in_versions, "written"}, {torn_commit, "pages"},   {reordered, "order"},   {dirty_read, "conflict"},
        {page_short, "pages"},   {prefix_athlete, "isolation"}, {forgets_id, "written"}, {keeps_deleted, "written"}, {signed_bytes, "order"},
    };
    for (const auto& [is, law] : all) {
        broken_store store{is};
        const auto broken = check_ledger_laws(store, quick);
        INFO("expected " << law << ", told: " << (broken.empty() ? "nothing" : broken.front().law + ": " + broken.front().saw));
        CHECK(laws_broken(broken).contains(law));
    }
}

TEST_CASE("a storage that loses what it said to have written is not durable", "[ledger][store]") {
    memory_store store;
    const auto broken = check_ledger_laws(store, [] { return std::make_unique<memory_store>(); }, quick);
    CHECK(laws_broken(broken) == std::set<std::string>{"durable"});
}

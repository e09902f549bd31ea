// SPDX-License-Identifier: BSL-1.0
//
// The ledger in an SQLite file: the laws of a storage, kill -9 in the middle of anything, and processes that race.
#include "activities.hpp"
#include "ledgers.hpp"
#include "sanitized.hpp"

#include <coincide/adapters/sqlite_store.hpp>
#include <coincide/testing/ledger_laws.hpp>

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>
#include <memory>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace coincide;

namespace {

/// A file in a folder of its own, gone afterwards.
struct scratch {
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("coincide-sqlite-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    scratch() { std::filesystem::create_directories(folder); }
    ~scratch() { std::filesystem::remove_all(folder); }
    std::string file() const { return (folder / "ledger.sqlite").string(); }
    static inline int count = 0;
};

sqlite_store opened(const scratch& in) {
    auto store = sqlite_store::open(in.file(), 42);
    REQUIRE(store);
    return std::move(*store);
}

std::vector<activity> history(std::uint64_t seed) { return rides::history_of(seed, 15).records; }

std::vector<std::vector<std::string>> at_once(const std::vector<activity>& records) {
    ledgers::book all;
    all.deliver(records);
    return ledgers::partition(all.store);
}

}  // namespace

TEST_CASE("SQLite keeps every law of a storage", "[sqlite]") {
    const scratch in;
    auto store = opened(in);
    for (const auto& b : check_ledger_laws(store, [&] { return std::make_unique<sqlite_store>(opened(in)); }, {.steps = 300})) FAIL_CHECK(b.law << ": " << b.saw);
}

TEST_CASE("a file that is none, or of a newer version, is refused", "[sqlite]") {
    const scratch in;
    CHECK(!sqlite_store::open("/nowhere/at/all.sqlite", 1));
    {
        auto store = opened(in);
        CHECK(store.head("ann")->epoch == 42);
        REQUIRE(sqlite3_exec(store.connection(), "PRAGMA user_version = 99", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    const auto newer = sqlite_store::open(in.file(), 1);
    REQUIRE(!newer);
    CHECK(newer.error().code == problem_code::unsupported);
}

TEST_CASE("the epoch is that of the file", "[sqlite]") {
    const scratch in;
    static_cast<void>(opened(in));
    CHECK(sqlite_store::open(in.file(), 77)->head("ann")->epoch == 42);
}

TEST_CASE("a process that is killed at any point leaves whole commits, and going on gives the whole history", "[sqlite]") {
    const auto records = history(3);
    const auto want = at_once(records);
    for (int round = 0; round < static_cast<int>(test_support::rounds(8)); ++round) {
        const scratch in;
        static_cast<void>(opened(in));
        for (int life = 0; life < 200; ++life) {
            const auto child = ::fork();
            if (child == 0) {  // delivers everything, one by one; what is known already writes nothing
                auto store = sqlite_store::open(in.file(), 42);
                bool all = static_cast<bool>(store);
                for (std::size_t i = 0; all && i < records.size(); ++i) all = ingest(*store, "ann", std::vector{records[i]}, ledger_policy{}, instant{}).has_value();
                ::_exit(all ? 0 : 1);
            }
            ::usleep(static_cast<useconds_t>(2000 + 1700 * ((round * 31 + life * 7) % 23) + 1000 * life));  // each life a little longer: it ends
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            auto store = opened(in);
            const auto head = *store.head("ann");
            std::uint64_t last = 0;
            for (const auto& e : ledgers::entries(store, "cl")) last = std::max(last, key_reader{std::string_view{e.key}.substr(2)}.number());
            REQUIRE(last == head.version);
            if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;
            if (ledgers::entries(store, "fr").size() == records.size()) break;
        }
        auto store = opened(in);
        for (const auto& r : records) REQUIRE(ingest(store, "ann", std::vector{r}, ledger_policy{}, instant{}));
        CHECK(ledgers::partition(store) == want);
    }
}

TEST_CASE("processes and threads that deliver overlapping records make the groups of all of them", "[sqlite][race]") {
    const auto records = history(9);
    const auto want = at_once(records);
    const scratch in;
    static_cast<void>(opened(in));
    std::vector<pid_t> children;
    for (unsigned worker = 0; worker < 3; ++worker) {
        const auto child = ::fork();
        if (child == 0) {
            rides::dice roll{worker};
            auto mine = records;
            roll.shuffle(mine);
            auto store = sqlite_store::open(in.file(), 42);
            bool all = static_cast<bool>(store);
            for (std::size_t i = 0; all && i < mine.size(); ++i) all = ingest(*store, "ann", std::vector{mine[i]}, ledger_policy{}, instant{}).has_value();
            ::_exit(all ? 0 : 1);
        }
        children.push_back(child);
    }
    for (const auto child : children) {
        int status = 0;
        ::waitpid(child, &status, 0);
        CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    }
    auto store = opened(in);
    CHECK(ledgers::partition(store) == want);
    CHECK(ledgers::entries(store, "fr").size() == records.size());
    CHECK(store.head("ann")->version <= records.size());
}

TEST_CASE("a reader in the middle of a transaction keeps nobody from writing, and nothing is lost", "[sqlite][fault][f57]") {
    const scratch in;
    auto reader = opened(in), one = opened(in), other = opened(in);
    REQUIRE(ingest(one, "ann", history(1), ledger_policy{}, instant{}));
    const auto run = [](sqlite_store& s, const char* text) { return sqlite3_exec(s.connection(), text, nullptr, nullptr, nullptr); };
    REQUIRE(run(reader, "BEGIN") == SQLITE_OK);
    const auto seen = *reader.head("ann");  // from here on the reader's view is fixed
    for (std::uint64_t i = 0; i < 20; ++i) {
        auto& writer = i % 2 == 0 ? one : other;
        write_set writes;
        writes.puts.push_back({"x" + std::to_string(i), "y"});
        REQUIRE(writer.commit("ann", *writer.head("ann"), writes, {}) == commit_result::ok);
    }
    CHECK(*reader.head("ann") == seen);
    write_set late;
    late.puts.push_back({"z", "y"});
    CHECK(reader.commit("ann", seen, late, {}) == commit_result::failed);  // inside the host's own transaction: refused, not half done
    REQUIRE(run(reader, "ROLLBACK") == SQLITE_OK);
    CHECK(reader.head("ann")->version == seen.version + 20);
    CHECK(ledgers::entries(reader, "x").size() == 20);
    CHECK(ledgers::entries(reader, "z").empty());
    CHECK(reader.commit("ann", seen, late, {}) == commit_result::conflict);
}

TEST_CASE("a writer that has to wait too long is told, and the next try works", "[sqlite][fault][f57]") {
    const scratch in;
    auto holder = opened(in);
    auto hurried = sqlite_store::open(in.file(), 42, std::chrono::milliseconds{20});
    REQUIRE(hurried);
    REQUIRE(sqlite3_exec(holder.connection(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    write_set writes;
    writes.puts.push_back({"x", "y"});
    CHECK(hurried->commit("ann", *hurried->head("ann"), writes, {}) == commit_result::failed);
    REQUIRE(sqlite3_exec(holder.connection(), "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(hurried->head("ann")->version == 0);
    CHECK(hurried->commit("ann", *hurried->head("ann"), writes, {}) == commit_result::ok);
    CHECK(ledgers::entries(holder, "x").size() == 1);
}

TEST_CASE("a full disk is told, and nothing has happened", "[sqlite][fault]") {
    const scratch in;
    auto store = opened(in);
    REQUIRE(ingest(store, "ann", history(1), ledger_policy{}, instant{}));
    const auto before = ledgers::state(store);
    REQUIRE(sqlite3_exec(store.connection(), "PRAGMA max_page_count = 1", nullptr, nullptr, nullptr) == SQLITE_OK);  // no page more than there are
    write_set large;
    large.puts.push_back({"x", std::string(10000000, 'x')});
    const auto head = *store.head("ann");
    CHECK(store.commit("ann", head, large, {}) == commit_result::failed);
    CHECK(*store.head("ann") == head);
    CHECK(ledgers::state(store) == before);
    REQUIRE(sqlite3_exec(store.connection(), "PRAGMA max_page_count = 1000000", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(store.commit("ann", head, large, {}) == commit_result::ok);
}

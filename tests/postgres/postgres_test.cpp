// SPDX-License-Identifier: BSL-1.0
//
// The ledger in PostgreSQL, on a server of the tests' own: the laws of a storage, connections that are cut at every point of a commit, a server
// that crashes, and writers that race.
#include "activities.hpp"
#include "ledgers.hpp"
#include "one_server.hpp"

#include <coincide/adapters/postgres_store.hpp>
#include <coincide/testing/ledger_laws.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <poll.h>
#include <set>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

static_assert(ledger_store<postgres_store> && reads_several<postgres_store>);

/// Where a new ledger can be made; empty without PostgreSQL.
std::string somewhere() {
    static int count = 0;
    return server() ? server()->conninfo_of("ledger_" + std::to_string(++count)) : std::string{};
}
std::string schema_of(const std::string& where) { return where.substr(where.find("ledger_"), where.rfind('\'') - where.find("ledger_")); }
postgres_store opened(const std::string& where, postgres_options options = {}) {
    auto store = postgres_store::open(where, std::move(options));
    if (!store) FAIL("cannot open " << where << ": " << to_string(store.error().code));
    return std::move(*store);
}

commit_id id_of(std::uint64_t n) {
    commit_id id{};
    for (std::size_t i = 0; i < 8; ++i) id[i] = static_cast<std::uint8_t>(n >> (8 * i) & 0xFF);
    id[15] = 1;
    return id;
}
template <class Store>
std::vector<ledger_entry> all_of(Store& store, std::string_view athlete) {
    auto all = store.read(athlete, {"", std::string(8, '\xff')}, 10000000);
    REQUIRE(all);
    return std::move(*all);
}
template <class Store>
ledger_head head_of(Store& store, std::string_view athlete) {
    const auto h = store.head(athlete);
    REQUIRE(h);
    return *h;
}

/// What stands between a client and the server, and cuts the line at a COMMIT.
class cutter {
public:
    enum class at { never, before_commit, during_commit, after_commit };
    std::atomic<at> cuts{at::never};
    std::atomic<int> cuts_made{0};

    cutter() : folder_{server()->folder() + "/cut" + std::to_string(++count)}, listening_{::socket(AF_UNIX, SOCK_STREAM, 0)} {
        std::filesystem::create_directories(folder_);
        const auto here = address_of(folder_);
        REQUIRE(::bind(listening_, reinterpret_cast<const sockaddr*>(&here), sizeof here) == 0);
        REQUIRE(::listen(listening_, 8) == 0);
        worker_ = std::thread{[this] {
            for (int client; (client = ::accept(listening_, nullptr, nullptr)) >= 0; ::close(client)) {
                const int up = ::socket(AF_UNIX, SOCK_STREAM, 0);
                const auto there = address_of(server()->folder());
                if (::connect(up, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0) pass_on(client, up);
                ::close(up);
            }
        }};
    }
    cutter(const cutter&) = delete;
    cutter& operator=(const cutter&) = delete;
    ~cutter() { ::shutdown(listening_, SHUT_RDWR), worker_.join(), ::close(listening_); }

    /// One connection at a time.
    std::string conninfo_for(std::string where) const { return where.replace(where.find(server()->folder()), server()->folder().size(), folder_); }

private:
    static sockaddr_un address_of(const std::string& folder) {
        sockaddr_un out{};
        out.sun_family = AF_UNIX;
        (folder + "/.s.PGSQL.5432").copy(out.sun_path, sizeof out.sun_path - 1);
        return out;
    }
    static bool send_all(int to, std::string_view bytes) {
        while (!bytes.empty()) {
            const auto n = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    void pass_on(int client, int up) {
        using namespace std::string_view_literals;
        bool sent = false;
        std::vector<char> buffer(1 << 20);
        while (true) {
            pollfd both[] = {{client, POLLIN, 0}, {up, POLLIN, 0}};
            if (::poll(both, 2, -1) < 0) return;
            for (const auto& [from, events, seen] : both) {
                if (seen == 0) continue;
                const auto n = ::recv(from, buffer.data(), buffer.size(), 0);
                if (n <= 0) return;
                const std::string_view bytes{buffer.data(), static_cast<std::size_t>(n)};
                const bool commits = bytes.find("COMMIT\0"sv) != bytes.npos;  // asked for, or answered
                const auto when = cuts.load();
                if (from == client && commits && when == at::before_commit) return static_cast<void>(++cuts_made);
                if (from == up && sent && when == at::after_commit) {
                    if (!commits) continue;  // of what was answered before it
                    return static_cast<void>(++cuts_made);
                }
                if (!send_all(from == client ? up : client, bytes)) return;
                sent = sent || (from == client && commits);
                if (sent && when == at::during_commit) return static_cast<void>(++cuts_made);
            }
        }
    }

    static inline int count = 0;
    std::string folder_;
    int listening_;
    std::thread worker_{};
};

/// Ends the connections of an application at random times.
class killer {
public:
    explicit killer(std::uint64_t seed) : worker_{[this, seed] {
        rides::dice roll{seed};
        while (going_) {
            std::this_thread::sleep_for(std::chrono::microseconds{roll.between(500, 12000)});
            server()->run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'");
        }
    }} {}
    killer(const killer&) = delete;
    killer& operator=(const killer&) = delete;
    ~killer() { going_ = false, worker_.join(); }

private:
    std::atomic<bool> going_{true};
    std::thread worker_;
};

}  // namespace

TEST_CASE("PostgreSQL keeps every law of a storage", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    for (const auto& b : check_ledger_laws(store, [&] { return std::make_unique<postgres_store>(opened(where)); })) FAIL_CHECK(b.law << ": " << b.saw);
}

TEST_CASE("it does so whatever a database's defaults are", "[postgres]") {
    if (!server()) return;
    for (const std::string defaults : {"default_transaction_isolation=serializable", "default_transaction_read_only=on", "enable_indexscan=off", "client_encoding=LATIN1",
                                       "bytea_output=escape", "synchronous_commit=off"}) {
        auto where = somewhere();
        static_cast<void>(opened(where));
        where.insert(where.rfind('\''), " -c" + defaults);
        INFO(defaults);
        auto store = opened(where);
        for (const auto& b : check_ledger_laws(store, [&] { return std::make_unique<postgres_store>(opened(where)); }, {.steps = 150})) FAIL_CHECK(b.law << ": " << b.saw);
        PGresult* shown = PQexec(store.connection(), "SHOW synchronous_commit");
        CHECK(std::string{PQgetvalue(shown, 0, 0)} == "on");
        PQclear(shown);
    }
}

TEST_CASE("an athlete that nothing was written for", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const auto h = head_of(store, "nobody");
    CHECK(h.version == 0);
    CHECK(h.epoch > 0);
    CHECK(h.epoch < std::uint64_t{1} << 63);
    CHECK(h.last_commit == commit_id{});
    CHECK(all_of(store, "nobody").empty());
    CHECK(store.athletes()->empty());
}

TEST_CASE("several ranges in one round trip are those one by one", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    memory_store model{head_of(store, "ann").epoch};
    rides::dice roll{5};
    const auto any_key = [&] {
        std::string out;
        for (auto n = roll.below(5); n > 0; --n) out.push_back("\x00\x01\x7f\x80\xfe\xff"[roll.below(6)]);
        return out;
    };
    for (int round = 0; round < 40; ++round) {
        std::map<std::string, std::string> puts;
        for (auto n = roll.below(30); n > 0; --n) puts[any_key()] = roll.one_in(3) ? "" : any_key() + std::to_string(round);
        write_set writes;
        for (const auto& [k, v] : puts) writes.puts.push_back({k, v});
        std::set<std::string> gone;
        for (auto n = roll.below(10); n > 0; --n)
            if (const auto k = any_key(); !puts.contains(k)) gone.insert(k);
        writes.deletes.assign(gone.begin(), gone.end());
        for (const auto* athlete : {"ann", "an"}) {
            if (roll.one_in(3)) continue;
            const auto h = head_of(model, athlete);
            REQUIRE(model.commit(athlete, h, writes, id_of(static_cast<std::uint64_t>(round + 1))) == commit_result::ok);
            REQUIRE(store.commit(athlete, h, writes, id_of(static_cast<std::uint64_t>(round + 1))) == commit_result::ok);
        }
        std::vector<key_range> ranges;
        for (auto n = roll.below(8); n > 0; --n) ranges.push_back({any_key(), any_key()});  // empty, the wrong way round, overlapping, twice
        const auto several = store.read_ranges("ann", ranges);
        REQUIRE(several);
        REQUIRE(several->size() == ranges.size());
        for (std::size_t i = 0; i < ranges.size(); ++i) {
            CHECK((*several)[i] == *model.read("ann", ranges[i], 1000));
            const auto limit = roll.below(4);
            CHECK(*store.read("ann", ranges[i], limit) == *model.read("ann", ranges[i], limit));
        }
    }
    CHECK(all_of(store, "an") == all_of(model, "an"));
    CHECK(*store.athletes() == std::vector<std::string>{"an", "ann"});
}

TEST_CASE("one commit of a hundred thousand entries, and a value of many megabytes", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    write_set many;
    for (std::uint64_t i = 0; i < 100000; ++i) many.puts.push_back({key_writer{"k"}.number(i).take(), std::string(i % 300, static_cast<char>(i % 251))});
    many.puts.push_back({"l", std::string(70000000, 'x')});
    REQUIRE(store.commit("ann", head_of(store, "ann"), many, id_of(1)) == commit_result::ok);
    CHECK(all_of(store, "ann") == many.puts);
    key_range rest = keys_under("k");
    std::size_t visited = 0;
    while (true) {
        const auto page = store.read("ann", rest, 4096);
        REQUIRE(page);
        CHECK(std::equal(page->begin(), page->end(), many.puts.begin() + static_cast<std::ptrdiff_t>(visited)));
        visited += page->size();
        if (page->size() < 4096) break;
        rest.from = only_key(page->back().key).to;
    }
    CHECK(visited == 100000);
    write_set fewer;
    for (std::size_t i = 0; i < many.puts.size(); ++i)
        if (i % 10 != 0) fewer.deletes.push_back(many.puts[i].key);
    REQUIRE(store.commit("ann", head_of(store, "ann"), fewer, id_of(2)) == commit_result::ok);
    CHECK(all_of(store, "ann").size() == 10001);
}

TEST_CASE("what PostgreSQL cannot take is refused, and nothing has happened", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    rides::dice roll{1};
    std::string long_key;
    for (int i = 0; i < 5000; ++i) long_key.push_back(static_cast<char>(roll.below(256)));
    CHECK(store.commit("ann", head_of(store, "ann"), {{{"a", "1"}, {long_key, "2"}}, {}}, id_of(1)) == commit_result::failed);
    CHECK(!store.last_error().empty());
    CHECK(head_of(store, "ann").version == 0);
    CHECK(all_of(store, "ann").empty());
    CHECK(store.commit("ann", head_of(store, "ann"), {{{"a", "1"}, {"a", "2"}}, {}}, id_of(1)) == commit_result::failed);
    CHECK(store.commit("ann", head_of(store, "ann"), {{{"a", "1"}, {long_key.substr(0, 2600 - 3), "2"}}, {}}, id_of(1)) == commit_result::ok);
}

TEST_CASE("of two connections that commit on one head one wins", "[postgres][race]") {
    const auto where = somewhere();
    if (where.empty()) return;
    constexpr std::uint64_t versions = 150;
    std::vector<std::atomic<int>> won(versions + 1);
    std::atomic<int> odd{0};
    std::vector<std::thread> both;
    for (int who = 0; who < 2; ++who)
        both.emplace_back([&, who, store = std::make_shared<postgres_store>(opened(where))] {
            while (true) {
                const auto seen = store->head("ann");
                if (!seen) ++odd;
                if (!seen || seen->version >= versions) return;
                const auto own = std::to_string(who);
                const write_set writes{{{"by", own}, {key_writer{"v"}.number(seen->version + 1).take(), own}}, {}};
                const auto done = store->commit("ann", *seen, writes, id_of(seen->version * 2 + static_cast<std::uint64_t>(who)));
                if (done == commit_result::ok) ++won[seen->version + 1];
                else if (done != commit_result::conflict) ++odd;
                // a ledger of one's own is not in the way
                const auto mine = store->head(own);
                if (!mine || store->commit(own, *mine, {{{"n", own}}, {}}, id_of(1)) != commit_result::ok) ++odd;
            }
        });
    for (auto& t : both) t.join();
    CHECK(odd == 0);
    for (std::uint64_t v = 1; v <= versions; ++v) CHECK(won[v] == 1);
    auto store = opened(where);
    CHECK(head_of(store, "ann").version == versions);
    CHECK(all_of(store, "ann").size() == versions + 1);
}

TEST_CASE("a line that is cut at a commit: the head tells what became of it", "[postgres][fault]") {
    const auto where = somewhere();
    if (where.empty()) return;
    static_cast<void>(opened(where));
    const bool own_tables = GENERATE(false, true);
    const auto when = GENERATE(cutter::at::before_commit, cutter::at::during_commit, cutter::at::after_commit);
    cutter line;
    postgres_options options;
    if (own_tables) {  // their commit takes its time: a check at its end sleeps
        server()->run("SET search_path = " + schema_of(where) +
            "; CREATE TABLE own (v text); CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';"
            "CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON own DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()");
        options.alongside = [](PGconn* db, std::string_view, const write_set&) {
            PQclear(PQexec(db, "INSERT INTO own VALUES ('x')"));
            return true;
        };
    }
    auto store = opened(line.conninfo_for(where), options);
    for (std::uint64_t n = 0; n < 3; ++n) {  // the first one makes the head, the others move it
        const auto before = head_of(store, "ann");
        line.cuts = when;
        CHECK(store.commit("ann", before, {{{"n", std::to_string(n)}}, {}}, id_of(n)) == commit_result::unknown);
        line.cuts = cutter::at::never;
        const auto after = head_of(store, "ann");
        const bool happened = after.last_commit == id_of(n);
        INFO("commit " << n << (happened ? " happened" : " did not happen"));
        CHECK(after.version == before.version + happened);
        if (when == cutter::at::before_commit) CHECK(!happened);
        if (when == cutter::at::after_commit || (own_tables && when == cutter::at::during_commit)) CHECK(happened);
        std::this_thread::sleep_for(own_tables ? 400ms : 20ms);
        CHECK(head_of(store, "ann") == after);  // nothing comes late
        if (!happened) CHECK(store.commit("ann", after, {{{"n", std::to_string(n)}}, {}}, id_of(n)) == commit_result::ok);
    }
    CHECK(line.cuts_made == 3);
    CHECK(head_of(store, "ann").version == 3);
    CHECK(all_of(store, "ann") == std::vector<ledger_entry>{{"n", "2"}});
}

TEST_CASE("connections that are killed at any time: ok is ok, failed is not, and unknown can be found out", "[postgres][fault]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where + " application_name=victim");
    auto other = opened(where);
    std::map<std::string, std::string> model;
    std::map<commit_result, int> seen;
    rides::dice roll{11};
    {
        const killer running{3};
        for (std::uint64_t n = 1; n <= 400; ++n) {
            const auto before = store.head("ann");
            if (!before) continue;
            write_set writes;
            for (auto k = roll.below(40); k > 0; --k) writes.puts.push_back({std::to_string(1000 + k), std::to_string(n)});
            std::reverse(writes.puts.begin(), writes.puts.end());
            writes.puts.push_back({"last", std::to_string(n)});
            const auto done = store.commit("ann", *before, writes, id_of(n));
            ++seen[done];
            auto after = store.head("ann");
            while (!after) after = store.head("ann");
            const bool happened = after->last_commit == id_of(n);
            CHECK(after->version == before->version + happened);
            CHECK((done == commit_result::unknown || happened == (done == commit_result::ok)));
            CHECK(done != commit_result::conflict);
            if (happened)
                for (const auto& e : writes.puts) model[e.key] = e.value;
            if (n % 10 != 0) continue;
            const auto all = all_of(other, "ann");
            CHECK(std::equal(all.begin(), all.end(), model.begin(), model.end(), [](const auto& e, const auto& kv) { return e.key == kv.first && e.value == kv.second; }));
        }
    }
    INFO("ok " << seen[commit_result::ok] << ", failed " << seen[commit_result::failed] << ", unknown " << seen[commit_result::unknown]);
    CHECK(seen[commit_result::ok] > 50);
    CHECK(seen[commit_result::failed] + seen[commit_result::unknown] > 5);
}

TEST_CASE("a server that crashes has all that was said to be done, and is found again", "[postgres][fault]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    for (std::uint64_t n = 1; n <= 5; ++n) {
        const auto before = head_of(store, "ann");
        REQUIRE(store.commit("ann", before, {{{"n", std::to_string(n)}, {"big", std::string(200000, static_cast<char>('a' + n))}}, {}}, id_of(n)) == commit_result::ok);
        const auto now = head_of(store, "ann");
        const auto entries = all_of(store, "ann");
        server()->crash();
        CHECK(!store.head("ann"));
        CHECK(store.commit("ann", now, {{{"n", "lost"}}, {}}, id_of(99)) == commit_result::failed);
        CHECK(!store.read("ann", {"", "z"}, 10));
        CHECK(!postgres_store::open(where));
        REQUIRE(server()->start_again());
        CHECK(head_of(store, "ann") == now);
        CHECK(all_of(store, "ann") == entries);
        auto again = opened(where);
        CHECK(head_of(again, "ann") == now);
    }
}

TEST_CASE("a host's own tables in the same transaction", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    bool agree = true;
    std::string sql = "INSERT INTO own VALUES ('x')";
    auto store = opened(where, {.alongside = [&](PGconn* db, std::string_view athlete, const write_set& writes) {
                            CHECK(athlete == "ann");
                            CHECK(writes.puts.size() == 1);
                            PGresult* seen = PQexec(db, "SELECT count(*) FROM coincide_entry");
                            CHECK(std::string{PQgetvalue(seen, 0, 0)} == "1");
                            PQclear(seen);
                            PQclear(PQexec(db, sql.c_str()));
                            return agree;
                        }});
    PQclear(PQexec(store.connection(), "CREATE TABLE own (v text UNIQUE)"));
    const auto rows = [&] {
        PGresult* counted = PQexec(store.connection(), "SELECT count(*) FROM own");
        std::string out = PQgetvalue(counted, 0, 0);
        PQclear(counted);
        return out;
    };
    const write_set one{{{"a", "1"}}, {}};
    agree = false;
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(1)) == commit_result::failed);
    CHECK(head_of(store, "ann").version == 0);
    CHECK(rows() == "0");
    agree = true;
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(2)) == commit_result::ok);
    CHECK(rows() == "1");
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(3)) == commit_result::failed);  // an error that was not looked at
    CHECK(head_of(store, "ann").last_commit == id_of(2));
    sql = "SELECT pg_terminate_backend(pg_backend_pid())";
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(4)) == commit_result::unknown);
    CHECK(head_of(store, "ann").last_commit == id_of(2));
    CHECK(all_of(store, "ann") == one.puts);
    CHECK(rows() == "1");
}

TEST_CASE("a writer that throws, or stops in the middle, is in nobody's way", "[postgres][fault]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto thrower = opened(where, {.alongside = [](PGconn*, std::string_view, const write_set&) -> bool { throw 1; }});
    auto store = opened(where, {.patience = 400ms});
    const write_set one{{{"a", "1"}}, {}};
    REQUIRE(store.commit("ann", head_of(store, "ann"), one, id_of(1)) == commit_result::ok);
    const auto h = head_of(thrower, "ann");
    CHECK_THROWS(thrower.commit("ann", h, one, id_of(2)));
    CHECK(head_of(thrower, "ann") == h);  // and its transaction is gone
    CHECK(store.commit("ann", h, one, id_of(3)) == commit_result::ok);

    // somebody holds the row longer than this store is willing to wait
    PGconn* holder = PQconnectdb(where.c_str());
    PQclear(PQexec(holder, "BEGIN"));
    PQclear(PQexec(holder, "SELECT * FROM coincide_head FOR UPDATE"));
    const auto from = steady_clock::now();
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(4)) == commit_result::failed);
    CHECK(steady_clock::now() - from < 5s);
    PQfinish(holder);
    CHECK(store.commit("ann", head_of(store, "ann"), one, id_of(5)) == commit_result::ok);

    // a writer of ours stops within its transaction, and is cut off
    std::atomic<bool> inside{false};
    std::thread paused{[&] {
        auto slow = opened(where, {.patience = 300ms, .alongside = [&](PGconn*, std::string_view, const write_set&) {
                               inside = true;
                               std::this_thread::sleep_for(1500ms);
                               return true;
                           }});
        const auto seen = head_of(slow, "ann");
        CHECK(slow.commit("ann", seen, {{{"a", "late"}}, {}}, id_of(6)) != commit_result::ok);
    }};
    while (!inside) std::this_thread::sleep_for(1ms);
    auto patient = opened(where);
    CHECK(patient.commit("ann", head_of(patient, "ann"), {{{"a", "in time"}}, {}}, id_of(7)) == commit_result::ok);
    paused.join();
    CHECK(head_of(store, "ann").last_commit == id_of(7));
    CHECK(all_of(store, "ann") == std::vector<ledger_entry>{{"a", "in time"}});
}

TEST_CASE("tables are made once, by whoever comes first, and those of a newer version are refused", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    std::mutex lock;
    std::set<std::uint64_t> epochs;
    std::atomic<int> refused{0};
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] {
            auto store = postgres_store::open(where);
            const auto h = store ? store->head("ann") : result<ledger_head>{tl::unexpect, problem{}};
            if (!h) ++refused;
            const std::lock_guard hold{lock};
            if (h) epochs.insert(h->epoch);
        });
    for (auto& t : all) t.join();
    CHECK(refused == 0);
    CHECK(epochs.size() == 1);

    auto elsewhere = opened(somewhere());
    CHECK(!epochs.contains(head_of(elsewhere, "ann").epoch));

    auto store = opened(where);
    PQclear(PQexec(store.connection(), "UPDATE coincide_schema SET number = 99"));
    const auto newer = postgres_store::open(where);
    REQUIRE(!newer);
    CHECK(newer.error().code == problem_code::unsupported);
    const auto nowhere = postgres_store::open("host=/nowhere/at/all");
    REQUIRE(!nowhere);
    CHECK(nowhere.error().code == problem_code::unreadable);
}

TEST_CASE("a role that may write, and not make tables", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    const auto schema = schema_of(where);
    server()->run("CREATE ROLE clerk_" + schema + " LOGIN; GRANT USAGE ON SCHEMA " + schema + " TO clerk_" + schema);
    auto as_clerk = where;
    as_clerk.replace(as_clerk.find("user=coincide"), 13, "user=clerk_" + schema);
    CHECK(!postgres_store::open(as_clerk));
    static_cast<void>(opened(where));
    server()->run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO clerk_" + schema);
    auto store = opened(as_clerk);
    CHECK(store.commit("ann", head_of(store, "ann"), {{{"a", "1"}}, {}}, id_of(1)) == commit_result::ok);
}

TEST_CASE("after a backup was restored the heads of before are void", "[postgres]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where), other = opened(where);
    REQUIRE(store.commit("ann", head_of(store, "ann"), {{{"a", "1"}}, {}}, id_of(1)) == commit_result::ok);
    const auto before = head_of(other, "ann"), before_ben = head_of(other, "ben");
    const auto epoch = store.renew_epoch();
    REQUIRE(epoch);
    CHECK(*epoch != before.epoch);
    CHECK(other.commit("ann", before, {{{"a", "2"}}, {}}, id_of(2)) == commit_result::conflict);
    CHECK(other.commit("ben", before_ben, {{{"a", "2"}}, {}}, id_of(2)) == commit_result::conflict);
    CHECK(head_of(other, "ann") == ledger_head{1, *epoch, id_of(1)});
    CHECK(head_of(other, "ben") == ledger_head{0, *epoch, {}});
    CHECK(other.commit("ann", head_of(other, "ann"), {{{"a", "2"}}, {}}, id_of(2)) == commit_result::ok);
}

TEST_CASE("threads that deliver overlapping records of some athletes make the groups of all of them", "[postgres][race]") {
    const auto where = somewhere();
    if (where.empty()) return;
    const std::vector<std::string> athletes{"ann", "ben"};
    std::vector<activity> records;
    for (std::size_t a = 0; a < athletes.size(); ++a)
        for (auto& r : rides::history_of(20 + a, 8, false, athletes[a]).records) records.push_back(std::move(r));
    const bool killed = GENERATE(false, true);
    static_cast<void>(opened(where));
    std::atomic<int> failed{0};
    std::atomic<unsigned> attempts{0};
    {
        const auto running = killed ? std::make_unique<killer>(8) : nullptr;
        std::vector<std::thread> workers;
        for (unsigned w = 0; w < 4; ++w)
            workers.emplace_back([&, w] {
                rides::dice roll{w};
                auto mine = records;
                roll.shuffle(mine);
                mine.resize(mine.size() * 3 / 4);
                if (w == 0) mine = records;  // so that nothing is left out
                auto store = postgres_store::open(where + (killed ? " application_name=victim" : ""));
                for (int again = 0; !store && again < 1000; ++again) store = postgres_store::open(where + " application_name=victim");
                for (std::size_t i = 0; i < mine.size(); ++i) {
                    request in{.received = ledgers::at_s(0)};
                    in.records.push_back(incoming(mine[i], mine[i].athlete_id, ledger_policy{}));
                    const auto done = carry_out<activity>(*store, mine[i].athlete_id, in, ledger_policy{}, {.attempts_max = 5000});
                    if (done) attempts += done->attempts;
                    else ++failed;
                }
            });
        for (auto& w : workers) w.join();
    }
    CHECK(failed == 0);
    CHECK(attempts > records.size());
    auto store = opened(where);
    for (const auto& athlete : athletes) {
        std::vector<activity> own;
        for (const auto& r : records)
            if (r.athlete_id == athlete) own.push_back(r);
        memory_store at_once;
        REQUIRE(ingest(at_once, athlete, own, ledger_policy{}, ledgers::at_s(0)));
        CHECK(ledgers::partition(store, athlete) == ledgers::partition(at_once, athlete));
        CHECK(ledgers::entries(store, "dg", athlete) == ledgers::entries(at_once, "dg", athlete));
        CHECK(ledgers::entries(store, "fr", athlete).size() == own.size());
        CHECK(head_of(store, athlete).version <= own.size());
        std::uint64_t versions = 0;
        for (const auto& e : ledgers::entries(store, "cl", athlete)) versions = std::max(versions, key_reader{std::string_view{e.key}.substr(2)}.number());
        CHECK(versions == head_of(store, athlete).version);
    }
}

TEST_CASE("a server of a test leaves nothing behind", "[postgres]") {
    if (!server()) return;
    std::string folder;
    {
        const auto other = postgres_server::start({.fsync = true, .settings = {"work_mem=8MB"}});
        REQUIRE(other);
        folder = other->folder();
        CHECK(other->run("SHOW fsync") == "on");
        CHECK(other->run("SHOW work_mem") == "8MB");
        CHECK(other->run("SHOW listen_addresses").empty());
    }
    CHECK(!std::filesystem::exists(folder));
}

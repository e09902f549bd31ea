// SPDX-License-Identifier: BSL-1.0
//
// Ledgers in PostgreSQL, for servers with any number of writers. Link libpq 14 or later; the server is of version 13 or later.
//
//     auto store = postgres_store::open("host=db dbname=app options='-csearch_path=ledger'");      // makes its three tables if they are missing
//     if (!store) …store.error()…
//     ingest(*store, "ann", rides, policy, now);
//
// A commit takes the row of the athlete's head first, and only if it is the expected one; whoever comes second waits there, and finds another
// head. One object for each thread; a lost connection is opened again by the next call. A commit whose answer was lost is looked up by its
// transaction's number before anything else is read, so that the head then read is what became of it.
//
// A host's own tables in the same transaction:
//
//     postgres_store::open(where, {.alongside = [](PGconn* db, std::string_view athlete, const write_set& writes) { …PQexecParams(db, …); return true; }});
//
// Limits: an athlete's id and a key have 2,600 bytes together, a value 1,000,000,000. A pooler must keep a session (not a transaction)
// to one connection.
#pragma once

#include <coincide/adapters/postgres_query.hpp>
#include <coincide/ledger/storage.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace coincide {

struct postgres_options {
    std::chrono::milliseconds patience{30000};  // so long another writer is waited for; one that stops within its transaction is cut off then

    /// Called within each commit's transaction, after its entries are written. False, or an error in the transaction: nothing happened.
    std::function<bool(PGconn*, std::string_view athlete, const write_set&)> alongside{};
};

class postgres_store {
public:
    static constexpr int schema_version = 1;  // in the table coincide_schema; a newer one is refused

    /// Connects, and makes or migrates the tables; any number of processes may do so at once. How long a connection is waited for is in
    /// libpq's words: connect_timeout, tcp_user_timeout.
    /// Errors  unreadable (no connection, or no right to make the tables), unsupported (made by a newer version)
    [[nodiscard]] static result<postgres_store> open(std::string conninfo, postgres_options options = {}) {
        postgres_store store{std::move(conninfo), std::move(options)};
        if (!store.connected()) return fail(problem_code::unreadable, "database");
        if (const auto wrong = store.migrate()) return tl::unexpected<problem>(*wrong);
        return store;
    }

    [[nodiscard]] result<ledger_head> head(std::string_view athlete) {
        const auto found = ask({"SELECT s.epoch, coalesce(h.version, 0), coalesce(h.last_commit, '') FROM coincide_schema s "
                                "LEFT JOIN coincide_head h ON h.athlete = $1::bytea",
                                {std::string{athlete}}});
        if (!found || PQntuples(found.get()) != 1) return fail(problem_code::unreadable, "head");
        ledger_head h{.version = number(found, 0, 1), .epoch = number(found, 0, 0)};
        const auto id = bytes(found, 0, 2);
        for (std::size_t i = 0; i < h.last_commit.size() && i < id.size(); ++i) h.last_commit[i] = static_cast<std::uint8_t>(id[i]);
        return h;
    }

    [[nodiscard]] result<std::vector<ledger_entry>> read(std::string_view athlete, const key_range& range, std::size_t limit) {
        const auto at_most = std::min(limit, static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max()));
        const auto found = ask({"SELECT key, value FROM coincide_entry WHERE athlete = $1::bytea AND key >= $2::bytea AND key < $3::bytea ORDER BY key LIMIT $4::bigint",
                                {std::string{athlete}, range.from, range.to, parameter(at_most)}});
        if (!found) return fail(problem_code::unreadable, "entries");
        std::vector<ledger_entry> out;
        for (int row = 0; row < PQntuples(found.get()); ++row) out.push_back({std::string{bytes(found, row, 0)}, std::string{bytes(found, row, 1)}});
        return out;
    }

    /// All entries of each range, in one round trip.
    [[nodiscard]] result<std::vector<std::vector<ledger_entry>>> read_ranges(std::string_view athlete, std::span<const key_range> ranges) {
        std::vector<std::vector<ledger_entry>> out(ranges.size());
        if (ranges.empty()) return out;
        rows asked{"SELECT r.place, e.key, e.value FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY r(lowest, beyond, place) CROSS JOIN LATERAL "
                   "(SELECT key, value FROM coincide_entry WHERE athlete = $1::bytea AND key >= r.lowest AND key < r.beyond ORDER BY key) e",
                   {some_bytes, some_bytes}};
        for (const auto& r : ranges) asked.bytes(r.from).bytes(r.to);
        std::vector<statement> one;
        asked.to(one, athlete);
        const auto found = ask(one.front());
        if (!found) return fail(problem_code::unreadable, "entries");
        for (int row = 0; row < PQntuples(found.get()); ++row)
            if (const auto place = number(found, row, 0) - 1; place < out.size()) out[place].push_back({std::string{bytes(found, row, 1)}, std::string{bytes(found, row, 2)}});
        for (auto& entries : out)  // they come in order, which no one promised
            if (!std::is_sorted(entries.begin(), entries.end())) std::sort(entries.begin(), entries.end());
        return out;
    }

    [[nodiscard]] commit_result commit(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        if (expected.version == 0 && expected.last_commit != commit_id{}) return commit_result::conflict;
        auto rest = writing(athlete, writes);
        if (!rest || !connected()) return commit_result::failed;
        const auto moved = run({{"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", {}}, moving(athlete, expected, id)});
        if (!good(moved, 2)) return rolled_back(commit_result::failed);
        if (PQntuples(moved[1].get()) == 0) return rolled_back(commit_result::conflict);
        if (options_.alongside) {
            if (!good(run(*rest), rest->size()) || !options_.alongside(connection_.get(), athlete, writes)) return rolled_back(commit_result::failed);
            rest->clear();
        }
        rest->push_back({"COMMIT", {}});
        const auto done = run(*rest);
        if (good(done, rest->size()) && std::string_view{PQcmdStatus(done.back().get())} == "COMMIT") return commit_result::ok;  // of a transaction with an error: ROLLBACK
        if (PQstatus(connection_.get()) == CONNECTION_OK) return rolled_back(commit_result::failed);
        in_doubt_ = bytes(moved[1], 0, 0);
        return commit_result::unknown;
    }

    /// Athletes that have anything, in byte order.
    [[nodiscard]] result<std::vector<std::string>> athletes() {
        const auto found = ask({"SELECT athlete FROM coincide_head ORDER BY athlete", {}});
        if (!found) return fail(problem_code::unreadable, "athletes");
        std::vector<std::string> out;
        for (int row = 0; row < PQntuples(found.get()); ++row) out.emplace_back(bytes(found, row, 0));
        return out;
    }

    /// To be called after a backup was restored, before anyone reads: whoever has seen more than the backup holds is told so.
    [[nodiscard]] result<std::uint64_t> renew_epoch() {
        const auto found = connected() ? only(run({{"UPDATE coincide_schema SET epoch = DEFAULT RETURNING epoch", {}}})) : answer{};
        if (!found || PQntuples(found.get()) != 1) return fail(problem_code::unreadable, "epoch");
        return number(found, 0, 0);
    }

    /// The connection, for a host's own tables; null after it was lost. Not in a transaction, and to be left so.
    [[nodiscard]] PGconn* connection() const noexcept { return connection_.get(); }

    /// What PostgreSQL last said when a call failed: for a log.
    [[nodiscard]] const std::string& last_error() const noexcept { return error_; }

private:
    struct close_connection {
        void operator()(PGconn* c) const noexcept { PQfinish(c); }
    };
    using answer = detail::postgres::answer;
    using statement = detail::postgres::statement;
    using rows = detail::postgres::rows;
    using enum detail::postgres::type;

    postgres_store(std::string conninfo, postgres_options&& options) : conninfo_{std::move(conninfo)}, options_{std::move(options)} {}

    [[nodiscard]] static std::string parameter(std::uint64_t v) { return detail::postgres::eight(v); }
    [[nodiscard]] static std::string_view bytes(const answer& of, int row, int column) { return detail::postgres::cell(of, row, column); }
    [[nodiscard]] static std::uint64_t number(const answer& of, int row, int column) { return detail::postgres::number(of, row, column); }
    [[nodiscard]] static bool good(const answer& a) { return detail::postgres::good(a); }
    [[nodiscard]] static bool good(const std::vector<answer>& all, std::size_t expected) { return detail::postgres::good(all, expected); }
    [[nodiscard]] static answer only(std::vector<answer>&& all) { return good(all, 1) ? std::move(all.front()) : answer{}; }

    /// Moves the head if it is the expected one, and says in which transaction; waits for one that has moved it and is still open.
    [[nodiscard]] static statement moving(std::string_view athlete, const ledger_head& expected, const commit_id& id) {
        const auto text = [](const commit_id& of) { return std::string{of.begin(), of.end()}; };
        if (expected.version == 0)
            return {"INSERT INTO coincide_head (athlete, version, last_commit) SELECT $1::bytea, 1, $2::bytea FROM coincide_schema WHERE epoch = $3::bigint "
                    "ON CONFLICT (athlete) DO NOTHING RETURNING pg_current_xact_id()",
                    {std::string{athlete}, text(id), parameter(expected.epoch)}};
        return {"UPDATE coincide_head SET version = version + 1, last_commit = $2::bytea WHERE athlete = $1::bytea AND version = $4::bigint AND last_commit = $5::bytea "
                "AND (SELECT epoch FROM coincide_schema) = $3::bigint RETURNING pg_current_xact_id()",
                {std::string{athlete}, text(id), parameter(expected.epoch), parameter(expected.version), text(expected.last_commit)}};
    }

    /// The statements that write, some megabytes each; none where a value is larger than PostgreSQL takes.
    [[nodiscard]] static std::optional<std::vector<statement>> writing(std::string_view athlete, const write_set& writes) {
        constexpr std::size_t bytes_max = 1000000000;
        rows puts{"INSERT INTO coincide_entry (athlete, key, value) SELECT $1::bytea, p.key, p.value FROM unnest($2::bytea[], $3::bytea[]) p(key, value) "
                  "ON CONFLICT (athlete, key) DO UPDATE SET value = EXCLUDED.value",
                  {some_bytes, some_bytes}};
        rows deletes{"DELETE FROM coincide_entry WHERE athlete = $1::bytea AND key = ANY ($2::bytea[])", {some_bytes}};
        for (const auto& e : writes.puts) {
            if (e.value.size() > bytes_max || e.key.size() > bytes_max) return std::nullopt;
            puts.bytes(e.key).bytes(e.value).end(athlete);
        }
        for (const auto& k : writes.deletes) {
            if (k.size() > bytes_max) return std::nullopt;
            deletes.bytes(k).end(athlete);
        }
        std::vector<statement> out;
        puts.to(out, athlete);
        deletes.to(out, athlete);
        return out;
    }

    /// Carries statements out in one round trip. After an error the rest of them is skipped; without a connection there are fewer answers.
    [[nodiscard]] std::vector<answer> run(const std::vector<statement>& all) {
        std::vector<answer> out;
        const bool usable = detail::postgres::answers_of(connection_.get(), all, out);
        for (const auto& a : out)
            if (const std::string_view said{PQresultErrorMessage(a.get())}; !said.empty()) error_ = said;
        if (usable) return out;
        if (out.empty()) error_ = PQerrorMessage(connection_.get());
        connection_.reset();
        return out;
    }

    /// One statement that only reads: once more if the connection was lost since the last call. Null when it failed.
    [[nodiscard]] answer ask(const statement& s) {
        for (int attempt = 0; attempt < 2 && connected(); ++attempt) {
            if (auto found = only(run({s}))) return found;
            if (connection_) break;
        }
        return {};
    }
    [[nodiscard]] commit_result rolled_back(commit_result r) {
        if (connection_ && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) static_cast<void>(run({{"ROLLBACK", {}}}));
        return r;
    }

    /// Sees to a connection that is in no transaction, and to a commit whose answer was lost being done or not.
    [[nodiscard]] bool connected() {
        if (PQstatus(connection_.get()) != CONNECTION_OK || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
            connection_.reset(PQconnectdb(conninfo_.c_str()));
            PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
            const auto wait_ms = std::to_string(options_.patience.count());
            if (!simply("SET lock_timeout = " + wait_ms + "; SET idle_in_transaction_session_timeout = " + wait_ms +
                        "; SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'")) {
                connection_.reset();
                return false;
            }
        }
        for (const auto until = std::chrono::steady_clock::now() + options_.patience; !in_doubt_.empty();) {
            const auto found = run({{"SELECT 1 WHERE pg_xact_status($1::xid8) = 'in progress'", {in_doubt_}}});
            const auto* state = found.empty() ? nullptr : PQresultErrorField(found[0].get(), PG_DIAG_SQLSTATE);
            const bool of_the_future = state && std::string_view{state} == "22023";  // a server took over that has not seen it
            if (!of_the_future && !good(found, 1)) return false;
            if (of_the_future || PQntuples(found[0].get()) == 0) in_doubt_.clear();
            else if (std::chrono::steady_clock::now() > until) return false;
            else std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        return true;
    }

    /// Statements without parameters, in one text.
    [[nodiscard]] bool simply(const std::string& text) {
        if (good(answer{PQexec(connection_.get(), text.c_str())})) return true;
        error_ = PQerrorMessage(connection_.get());
        return false;
    }
    /// 0 where there are no tables.
    [[nodiscard]] std::optional<std::uint64_t> schema_found() {
        // Without pg_class in the query, a table made while the lock was waited for would not be seen: the look-up of names is cached.
        const auto there = only(run({{"SELECT 1 FROM pg_class WHERE oid = to_regclass('coincide_schema')", {}}}));
        if (!there) return std::nullopt;
        if (PQntuples(there.get()) == 0) return 0;
        const auto is = only(run({{"SELECT number::bigint FROM coincide_schema", {}}}));
        if (!is || PQntuples(is.get()) != 1) return std::nullopt;
        return number(is, 0, 0);
    }
    [[nodiscard]] std::optional<problem> migrate() {
        static constexpr const char* steps[] = {  // to each number from the one before; what was released stays as it is
            "CREATE TABLE coincide_schema (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), number integer NOT NULL, epoch bigint NOT NULL DEFAULT "
            "(('x' || right(gen_random_uuid()::text, 12) || left(gen_random_uuid()::text, 4))::bit(64)::bigint & 9223372036854775807));"
            "INSERT INTO coincide_schema (number) VALUES (1);"
            "CREATE TABLE coincide_head (athlete bytea PRIMARY KEY, version bigint NOT NULL, last_commit bytea NOT NULL) WITH (fillfactor = 50);"
            "CREATE TABLE coincide_entry (athlete bytea NOT NULL, key bytea NOT NULL, value bytea NOT NULL, PRIMARY KEY (athlete, key))",
        };
        static_assert(std::size(steps) == schema_version);
        const problem unreadable{problem_code::unreadable, "database", {}, {}, 0};
        auto found = schema_found();
        if (found && *found < schema_version) {  // under a lock that goes with the transaction; its number is "coincide" in ASCII
            if (!simply("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(7165061455004918885)")) return unreadable;
            found = schema_found();
            for (; found && *found < schema_version; ++*found)
                if (!simply(steps[*found]) || !simply("UPDATE coincide_schema SET number = " + std::to_string(*found + 1))) return unreadable;
            if (!found || !simply("COMMIT")) return unreadable;
        }
        if (!found) return unreadable;
        if (*found > schema_version) return problem{problem_code::unsupported, "database", {}, {}, 0};
        return std::nullopt;
    }

    std::string conninfo_, error_{};
    postgres_options options_;
    std::unique_ptr<PGconn, close_connection> connection_{};
    std::string in_doubt_{};  // the number of a transaction whose COMMIT was sent and not answered
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// A ledger in one SQLite file: for phones, desktops and small servers. Link SQLite to use it.
//
//     auto store = sqlite_store::open("history.sqlite", 1719565000123);        // an epoch of the host's choice, used if the file is new
//     if (!store) …store.error()…
//     ingest(*store, "ann", rides, policy, now);
//
// Write-ahead log, synchronous FULL: a commit that said ok survives a power cut. A writer takes the write lock first (BEGIN IMMEDIATE), so
// the busy timeout works: a transaction that reads first and writes then would be refused at once. One object for each thread; any number
// of processes on one file.
#pragma once

#include <coincide/ledger/storage.hpp>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

class sqlite_store {
public:
    static constexpr int schema_version = 1;  // in the file, as user_version; a newer one is refused

    /// Opens or makes the file. `busy` bounds how long another writer is waited for.
    /// Errors  unreadable (SQLite cannot open it, or it is no database), unsupported (made by a newer version)
    [[nodiscard]] static result<sqlite_store> open(const std::string& path, std::uint64_t epoch_if_new, std::chrono::milliseconds busy = std::chrono::seconds{30}) {
        sqlite3* raw = nullptr;
        const int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
        sqlite_store store;
        store.db_.reset(raw);
        if (opened != SQLITE_OK) return fail(problem_code::unreadable, "database");
        sqlite3_busy_timeout(raw, static_cast<int>(busy.count()));
        if (auto wrong = store.migrate(epoch_if_new)) return tl::unexpected<problem>(*wrong);
        for (const auto& [to, text] : {std::pair{&store.head_, "SELECT version, last_commit FROM coincide_head WHERE athlete = ?1"},
                                       {&store.read_, "SELECT key, value FROM coincide_entry WHERE athlete = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4"},
                                       {&store.move_, "INSERT INTO coincide_head (athlete, version, last_commit) VALUES (?1, ?2, ?3) ON CONFLICT (athlete) DO UPDATE SET version = ?2, last_commit = ?3"},
                                       {&store.put_, "INSERT INTO coincide_entry (athlete, key, value) VALUES (?1, ?2, ?3) ON CONFLICT (athlete, key) DO UPDATE SET value = ?3"},
                                       {&store.delete_, "DELETE FROM coincide_entry WHERE athlete = ?1 AND key = ?2"}}) {
            sqlite3_stmt* prepared = nullptr;
            if (sqlite3_prepare_v3(raw, text, -1, SQLITE_PREPARE_PERSISTENT, &prepared, nullptr) != SQLITE_OK) return fail(problem_code::unreadable, "database");
            to->reset(prepared);
        }
        return store;
    }

    [[nodiscard]] result<ledger_head> head(std::string_view athlete) {
        const running now{head_.get()};
        bind(now, 1, athlete);
        ledger_head h{.epoch = epoch_};
        const int step = sqlite3_step(now.statement);
        if (step == SQLITE_ROW) {
            h.version = static_cast<std::uint64_t>(sqlite3_column_int64(now.statement, 0));
            const auto id = column(now, 1);
            for (std::size_t i = 0; i < h.last_commit.size() && i < id.size(); ++i) h.last_commit[i] = static_cast<std::uint8_t>(id[i]);
        } else if (step != SQLITE_DONE) return fail(problem_code::unreadable, "head");
        return h;
    }

    [[nodiscard]] result<std::vector<ledger_entry>> read(std::string_view athlete, const key_range& range, std::size_t limit) {
        const running now{read_.get()};
        bind(now, 1, athlete), bind(now, 2, range.from), bind(now, 3, range.to);
        sqlite3_bind_int64(now.statement, 4, static_cast<std::int64_t>(limit));
        std::vector<ledger_entry> out;
        int step = sqlite3_step(now.statement);
        for (; step == SQLITE_ROW; step = sqlite3_step(now.statement)) out.push_back({std::string{column(now, 0)}, std::string{column(now, 1)}});
        if (step != SQLITE_DONE) return fail(problem_code::unreadable, "entries");
        return out;
    }

    /// A failed COMMIT leaves the transaction open and is rolled back, so there is never an unknown outcome.
    [[nodiscard]] commit_result commit(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        if (sqlite3_exec(db_.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) return commit_result::failed;
        auto done = write(athlete, expected, writes, id);
        if (done == commit_result::ok && sqlite3_exec(db_.get(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) done = commit_result::failed;
        if (done != commit_result::ok) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
        return done;
    }

    /// The connection, for a host's own tables in the same file.
    [[nodiscard]] sqlite3* connection() const noexcept { return db_.get(); }

    /// Athletes that have anything, in byte order.
    [[nodiscard]] result<std::vector<std::string>> athletes() {
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v2(db_.get(), "SELECT athlete FROM coincide_head ORDER BY athlete", -1, &prepared, nullptr) != SQLITE_OK) return fail(problem_code::unreadable, "athletes");
        const statement owned{prepared};
        const running now{prepared};
        std::vector<std::string> out;
        int step = sqlite3_step(prepared);
        for (; step == SQLITE_ROW; step = sqlite3_step(prepared)) out.emplace_back(column(now, 0));
        if (step != SQLITE_DONE) return fail(problem_code::unreadable, "athletes");
        return out;
    }

private:
    struct close_database {
        void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    };
    struct finish_statement {
        void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
    };
    using statement = std::unique_ptr<sqlite3_stmt, finish_statement>;
    /// A prepared statement in use; ready for the next use afterwards.
    struct running {
        explicit running(sqlite3_stmt* s) noexcept : statement{s} {}
        running(const running&) = delete;
        running& operator=(const running&) = delete;
        ~running() { sqlite3_reset(statement), sqlite3_clear_bindings(statement); }
        sqlite3_stmt* statement;
    };

    static void bind(const running& to, int at, std::string_view bytes) { sqlite3_bind_blob64(to.statement, at, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC); }
    [[nodiscard]] static std::string_view column(const running& of, int at) {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(of.statement, at));
        return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(of.statement, at))};
    }

    [[nodiscard]] commit_result write(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        const auto now = head(athlete);
        if (!now) return commit_result::failed;
        if (!(*now == expected)) return commit_result::conflict;
        const std::string_view id_bytes{reinterpret_cast<const char*>(id.data()), id.size()};
        const auto runs = [](const running& r) { return sqlite3_step(r.statement) == SQLITE_DONE; };
        {
            const running move{move_.get()};
            bind(move, 1, athlete), bind(move, 3, id_bytes);
            sqlite3_bind_int64(move.statement, 2, static_cast<std::int64_t>(expected.version + 1));
            if (!runs(move)) return commit_result::failed;
        }
        for (const auto& e : writes.puts) {
            const running put{put_.get()};
            bind(put, 1, athlete), bind(put, 2, e.key), bind(put, 3, e.value);
            if (!runs(put)) return commit_result::failed;
        }
        for (const auto& k : writes.deletes) {
            const running del{delete_.get()};
            bind(del, 1, athlete), bind(del, 2, k);
            if (!runs(del)) return commit_result::failed;
        }
        return commit_result::ok;
    }

    [[nodiscard]] std::int64_t number_of(const char* query) const {
        sqlite3_stmt* prepared = nullptr;
        if (sqlite3_prepare_v2(db_.get(), query, -1, &prepared, nullptr) != SQLITE_OK) return -1;
        const statement owned{prepared};
        return sqlite3_step(prepared) == SQLITE_ROW ? sqlite3_column_int64(prepared, 0) : -1;
    }
    [[nodiscard]] std::optional<problem> migrate(std::uint64_t epoch_if_new) {
        const auto run = [this](const std::string& text) { return sqlite3_exec(db_.get(), text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; };
        const auto unreadable = problem{problem_code::unreadable, "database", {}, {}, 0};
        if (!run("PRAGMA journal_mode = WAL") || !run("PRAGMA synchronous = FULL") || !run("BEGIN IMMEDIATE")) return unreadable;
        const auto found = number_of("PRAGMA user_version");
        if (found > schema_version) return run("ROLLBACK"), problem{problem_code::unsupported, "database", {}, {}, 0};
        bool made = found >= 0;
        if (found == 0)
            made = run("CREATE TABLE coincide_ledger (epoch INTEGER NOT NULL)") &&
                   run("INSERT INTO coincide_ledger VALUES (" + std::to_string(static_cast<std::int64_t>(epoch_if_new & 0x7FFFFFFFFFFFFFFFull)) + ")") &&
                   run("CREATE TABLE coincide_head (athlete BLOB PRIMARY KEY, version INTEGER NOT NULL, last_commit BLOB NOT NULL) WITHOUT ROWID") &&
                   run("CREATE TABLE coincide_entry (athlete BLOB NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (athlete, key)) WITHOUT ROWID") &&
                   run("PRAGMA user_version = " + std::to_string(schema_version));
        if (!made || !run("COMMIT")) return run("ROLLBACK"), unreadable;
        const auto stored = number_of("SELECT epoch FROM coincide_ledger");
        if (stored < 0) return unreadable;
        epoch_ = static_cast<std::uint64_t>(stored);
        return std::nullopt;
    }

    std::unique_ptr<sqlite3, close_database> db_{};
    statement head_{}, read_{}, move_{}, put_{}, delete_{};  // closed before the database
    std::uint64_t epoch_ = 0;
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// What keeping records costs: one delivery after another into a ledger on each storage, beside what a product does by itself on the same
// database in the same run: look up by the requirement's window (±2 min, the same type, duration ±10 %), then insert.
//
//     ledger_throughput [activities]        table on standard output, as in docs/reliability.md
//
// The plain rule does less: it compares nothing but the window, keeps no revisions, merges nothing, tells no change. How many activities it
// ends with stands beside how many there were.
#include "activities.hpp"
#include "postgres_server.hpp"

#include <coincide/adapters/memory_store.hpp>
#include <coincide/adapters/postgres_store.hpp>
#include <coincide/adapters/sqlite_store.hpp>
#include <coincide/ledger/ingest.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

using namespace coincide;

namespace {

using clock_type = std::chrono::steady_clock;

/// Calls deliver(record) for each, and prints a row.
void measure(const char* what, const std::vector<activity>& records, const std::function<bool(const activity&)>& deliver, const std::function<std::size_t()>& activities) {
    std::vector<double> us;
    const auto begin = clock_type::now();
    for (const auto& r : records) {
        const auto from = clock_type::now();
        if (!deliver(r)) {
            std::printf("| %s | failed |\n", what);
            return;
        }
        us.push_back(std::chrono::duration<double, std::micro>(clock_type::now() - from).count());
    }
    const double s = std::chrono::duration<double>(clock_type::now() - begin).count();
    std::sort(us.begin(), us.end());
    std::printf("| %s | %.0f | %.0f | %.0f | %zu |\n", what, static_cast<double>(records.size()) / s, us[us.size() / 2], us[us.size() * 99 / 100], activities());
}

template <class Store>
void measure_ledger(const char* what, Store& store, const std::vector<activity>& records) {
    const ledger_policy policy;
    measure(what, records, [&](const activity& r) { return ingest(store, "ann", std::vector{r}, policy, r.start_time).has_value(); },
            [&] { return detail::read_range(store, "ann", keys_under("dg"))->size(); });
}

constexpr const char* table = "CREATE TABLE plain (id %s PRIMARY KEY, athlete TEXT NOT NULL, started_ms BIGINT NOT NULL, sport TEXT, seconds BIGINT, meters DOUBLE PRECISION, duplicate_of BIGINT)";
constexpr const char* index_on = "CREATE INDEX plain_start ON plain (athlete, started_ms)";
constexpr const char* look_up = "SELECT id FROM plain WHERE athlete = $1 AND started_ms BETWEEN CAST($2 AS BIGINT) - 120000 AND CAST($2 AS BIGINT) + 120000 AND sport = $3 "
                                "AND abs(seconds - CAST($4 AS BIGINT)) * 10 <= CASE WHEN seconds > CAST($4 AS BIGINT) THEN seconds ELSE CAST($4 AS BIGINT) END LIMIT 1";
constexpr const char* insert = "INSERT INTO plain (athlete, started_ms, sport, seconds, meters, duplicate_of) VALUES ($1, $2, $3, $4, $5, $6)";

struct row {
    std::int64_t started_ms, seconds;
    double meters;
    std::string sport_slug;
    explicit row(const activity& a)
        : started_ms{a.start_time.time_since_epoch().count()}, seconds{a.elapsed ? a.elapsed->count() / 1000 : 0}, meters{a.distance_m.value_or(0)}, sport_slug{a.sport ? a.sport->slug() : ""} {}
};

void measure_plain_sqlite(const std::string& path, const std::vector<activity>& records) {
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    const auto run = [db](const std::string& text) { return sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; };
    char create[400];
    std::snprintf(create, sizeof create, table, "INTEGER");
    run("PRAGMA journal_mode = WAL"), run("PRAGMA synchronous = FULL"), run(create), run(index_on);
    sqlite3_stmt *find = nullptr, *add = nullptr, *count = nullptr;
    sqlite3_prepare_v2(db, look_up, -1, &find, nullptr), sqlite3_prepare_v2(db, insert, -1, &add, nullptr);
    const auto bind = [](sqlite3_stmt* s, const row& r) {
        sqlite3_bind_text(s, 1, "ann", 3, SQLITE_STATIC), sqlite3_bind_int64(s, 2, r.started_ms);
        sqlite3_bind_text(s, 3, r.sport_slug.c_str(), -1, SQLITE_TRANSIENT), sqlite3_bind_int64(s, 4, r.seconds);
    };
    measure("SQLite, look up and insert", records, [&](const activity& a) {
        const row r{a};
        if (!run("BEGIN IMMEDIATE")) return false;
        bind(find, r), bind(add, r);
        sqlite3_bind_double(add, 5, r.meters);
        if (sqlite3_step(find) == SQLITE_ROW) sqlite3_bind_int64(add, 6, sqlite3_column_int64(find, 0));
        else sqlite3_bind_null(add, 6);
        sqlite3_reset(find);
        const bool added = sqlite3_step(add) == SQLITE_DONE;
        sqlite3_reset(add);
        return run("COMMIT") && added;
    }, [&] {
        sqlite3_prepare_v2(db, "SELECT count(*) FROM plain WHERE duplicate_of IS NULL", -1, &count, nullptr);
        sqlite3_step(count);
        return static_cast<std::size_t>(sqlite3_column_int64(count, 0));
    });
    for (auto* s : {find, add, count}) sqlite3_finalize(s);
    sqlite3_close(db);
}

void measure_plain_postgres(const std::string& conninfo, const std::vector<activity>& records) {
    PGconn* db = PQconnectdb(conninfo.c_str());
    const auto run = [db](const char* text) {
        PGresult* done = PQexec(db, text);
        if (PQresultStatus(done) != PGRES_COMMAND_OK) std::fputs(PQerrorMessage(db), stderr);
        PQclear(done);
    };
    char create[400];
    std::snprintf(create, sizeof create, table, "BIGSERIAL");
    run(create), run(index_on);
    for (const auto& [statement, text] : {std::pair{"find", look_up}, {"add", insert}}) {
        PGresult* prepared = PQprepare(db, statement, text, 0, nullptr);
        if (PQresultStatus(prepared) != PGRES_COMMAND_OK) std::fputs(PQerrorMessage(db), stderr);
        PQclear(prepared);
    }
    measure("PostgreSQL, look up and insert", records, [&](const activity& a) {
        const row r{a};
        const auto started = std::to_string(r.started_ms), lasted = std::to_string(r.seconds), meters_text = std::to_string(r.meters);
        const char* asked[] = {"ann", started.c_str(), r.sport_slug.c_str(), lasted.c_str()};
        run("BEGIN");
        PGresult* found = PQexecPrepared(db, "find", 4, asked, nullptr, nullptr, 0);
        const std::string of = PQntuples(found) > 0 ? PQgetvalue(found, 0, 0) : "";
        PQclear(found);
        const char* added[] = {"ann", started.c_str(), r.sport_slug.c_str(), lasted.c_str(), meters_text.c_str(), of.empty() ? nullptr : of.c_str()};
        PQclear(PQexecPrepared(db, "add", 6, added, nullptr, nullptr, 0));
        PGresult* done = PQexec(db, "COMMIT");
        const bool good = std::string_view{PQcmdStatus(done)} == "COMMIT";  // ROLLBACK where a statement failed
        PQclear(done);
        return good;
    }, [&] {
        PGresult* counted = PQexec(db, "SELECT count(*) FROM plain WHERE duplicate_of IS NULL");
        const auto n = std::strtoull(PQgetvalue(counted, 0, 0), nullptr, 10);
        PQclear(counted);
        return static_cast<std::size_t>(n);
    });
    PQfinish(db);
}

}  // namespace

int main(int argc, char** argv) {
    const int activities = argc > 1 ? std::atoi(argv[1]) : 800;
    const auto made = rides::history_of(20261128, activities);
    const auto records = made.records;
    std::printf("%zu records of %d activities, one delivery each, one writer\n\n| storage | records/s | p50 µs | p99 µs | activities in the end |\n|---|--:|--:|--:|--:|\n", records.size(), activities);
    memory_store memory;
    measure_ledger("ledger in memory", memory, records);
    const auto folder = std::filesystem::temp_directory_path() / "coincide-ledger-throughput";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    if (auto store = sqlite_store::open((folder / "ledger.sqlite").string(), 1)) measure_ledger("ledger on SQLite", *store, records);
    measure_plain_sqlite((folder / "plain.sqlite").string(), records);
    if (const auto server = postgres_server::start({.fsync = true})) {
        if (auto store = postgres_store::open(server->conninfo())) measure_ledger("ledger on PostgreSQL", *store, records);
        measure_plain_postgres(server->conninfo(), records);
    } else std::printf("(no PostgreSQL here)\n");
    std::filesystem::remove_all(folder);
}

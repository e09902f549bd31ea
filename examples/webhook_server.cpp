// SPDX-License-Identifier: BSL-1.0
//
// The webhook handler of a server on PostgreSQL: four workers take deliveries from one queue, in whatever order; two services report the same
// ride within a second, repeat themselves, send an update before what it updates, and delete. What is left is one activity a ride, and the
// tables that the rest of the server reads are written in the same transaction.
//
// Uses the database that COINCIDE_POSTGRES names (a connection string; nothing in it but the rows of two athletes is touched), else a server of
// its own for as long as it runs; without either it says so and ends well.
#if __has_include(<libpq-fe.h>)
#include <coincide/adapters/postgres_projection.hpp>
#include <coincide/adapters/postgres_store.hpp>
#include <coincide/coincide.hpp>
#include <coincide/ledger/ingest.hpp>

#if __has_include("postgres_server.hpp")
#include "postgres_server.hpp"
#endif

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

/// As it stands in the queue: when it came, for whom, and what was sent.
struct delivery {
    instant received{};
    std::string athlete{};
    bool deletes = false;
    activity record{};
    std::string payload{};
};

std::vector<delivery> queue_of_a_morning() {
    std::vector<delivery> queue;
    auto now = parse_rfc3339("2024-05-27T09:00:00Z")->at;
    const auto comes = [&](std::string_view athlete, std::string_view from, std::string_view id, std::string_view started, seconds lasted, double meters, std::string_view title, int update = 0) {
        activity a;
        a.source = from, a.external_id = id, a.start_time = parse_rfc3339(started)->at, a.elapsed = lasted, a.distance_m = meters, a.name = title;
        a.sport = sport_from_slug("cycling");
        if (update > 0) a.updated_at = a.start_time + 3h + update * 1min;
        auto payload = R"({"id": ")" + std::string{id} + R"(", "distance": )" + std::to_string(meters) + R"(, "title": ")" + std::string{title} + "\"}";
        queue.push_back({now += 1s, "example/" + std::string{athlete}, false, std::move(a), std::move(payload)});
    };
    comes("ann", "garmin", "g-1", "2024-05-27T06:00:00Z", 3605s, 25010, "");
    comes("ann", "strava", "s-1", "2024-05-27T06:00:02Z", 3602s, 24990, "Morning ride");
    comes("ann", "strava", "s-1", "2024-05-27T06:00:02Z", 3602s, 24990, "Morning ride");   // again, for it was not answered in time
    comes("ben", "strava", "s-7", "2024-05-26T15:00:00Z", 7200s, 61000, "To the sea", 2);  // the update …
    comes("ben", "strava", "s-7", "2024-05-26T15:00:00Z", 7200s, 61000, "Ride", 1);        // … and what it updates
    comes("ben", "garmin", "g-7", "2024-05-26T15:00:01Z", 7201s, 61030, "");
    comes("ann", "garmin", "g-2", "2024-05-25T10:00:00Z", 61s, 90, "");                    // a button pressed by mistake
    comes("ann", "garmin", "g-2", "2024-05-25T10:00:00Z", 61s, 90, "");
    queue.back().deletes = true;
    comes("ben", "garmin", "g-7", "2024-05-26T15:00:01Z", 7201s, 61030, "");
    return queue;
}

/// Longer with each attempt, and by chance all of it: workers that lost a race do not meet again.
void wait_before(unsigned attempt) {
    thread_local std::mt19937 chance{std::random_device{}()};
    const auto most = 2000 << std::min(attempt, 9u);
    std::this_thread::sleep_for(std::chrono::microseconds{std::uniform_int_distribution{0, most}(chance)});
}

std::string handled(postgres_store& store, const delivery& d, const ledger_policy& policy) {
    request in{.received = d.received, .author = d.record.source, .batch = "webhook"};
    if (d.deletes) in.records.push_back(gone({d.record.source, d.record.external_id}));
    else in.records.push_back(incoming(d.record, d.athlete, policy, d.payload));
    const auto done = carry_out<activity>(store, d.athlete, in, policy, {}, wait_before);
    if (!done) return "answer 503, so that it is sent again: " + std::string{to_string(done.error().code)};
    return std::string{to_string(done->answers[0].of)} + (done->attempts > 1 ? ", at attempt " + std::to_string(done->attempts) : "");
}

int serve(const std::string& database) {
    const postgres_projection tables{.on_error = [](std::string_view said) { std::cerr << said; }};
    auto first = postgres_store::open(database);
    if (!first || !postgres_projection::migrate(first->connection())) return std::cerr << "no database, or no right to make tables in it\n", 1;

    const auto queue = queue_of_a_morning();
    std::vector<std::string> became(queue.size());
    std::atomic<std::size_t> taken{0};
    std::vector<std::thread> workers;
    for (int w = 0; w < 4; ++w)
        workers.emplace_back([&] {
            auto store = postgres_store::open(database, {.alongside = tables});  // one connection for each
            for (std::size_t i; (i = taken++) < queue.size();) became[i] = store ? handled(*store, queue[i], {}) : "no connection";
        });
    for (auto& w : workers) w.join();
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const auto& d = queue[i];
        std::cout << d.athlete << "  " << d.record.source << ' ' << d.record.external_id << (d.deletes ? " deleted" : "") << ": " << became[i] << '\n';
    }

    const std::unique_ptr<PGresult, decltype(&PQclear)> rows{
        PQexec(first->connection(), "SELECT a.athlete_id, to_char(a.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), a.activity_type, round(a.distance_m), coalesce(a.name, ''), count(r) "
                                    "FROM activities a JOIN activity_records r ON (r.athlete_id, r.activity_source, r.activity_external_id) = (a.athlete_id, a.source, a.external_id) "
                                    "WHERE a.athlete_id IN ('example/ann', 'example/ben') GROUP BY a.athlete_id, a.source, a.external_id ORDER BY 1, 2"), PQclear};
    std::string table;
    for (int row = 0; row < PQntuples(rows.get()); ++row)
        for (int c = 0; c < PQnfields(rows.get()); ++c) table.append(PQgetvalue(rows.get(), row, c)).append(c + 1 < PQnfields(rows.get()) ? " | " : "\n");
    std::cout << '\n' << table;
    return table == "example/ann | 2024-05-27 06:00 | cycling | 25010 | Morning ride | 2\nexample/ben | 2024-05-26 15:00 | cycling | 61030 | To the sea | 2\n" ? 0 : 1;
}

}  // namespace

int main() {
    if (const auto* database = std::getenv("COINCIDE_POSTGRES")) return serve(database);
#if __has_include("postgres_server.hpp")
    if (const auto server = postgres_server::start()) return serve(server->conninfo());
#endif
    std::cout << "skipped: COINCIDE_POSTGRES names no database, and there is no server to start\n";
}
#else
int main() {}
#endif

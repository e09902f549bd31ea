// SPDX-License-Identifier: BSL-1.0
//
// A host that waits in its own way: a server on coroutines calls `plan` itself and reads and commits asynchronously. Nothing of the
// library waits, so nothing of it has to know how.
#include <coincide/adapters/memory_store.hpp>
#include <coincide/coincide.hpp>
#include <coincide/ledger/plan.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using namespace coincide;

namespace {

/// A storage behind a network: every call lets others run first.
struct remote_store {
    memory_store there{};
    asio::awaitable<ledger_head> head(std::string who) {
        co_await asio::post(asio::use_awaitable);
        co_return *there.head(who);
    }
    asio::awaitable<std::vector<ledger_entry>> read(std::string who, key_range range) {
        co_await asio::post(asio::use_awaitable);
        co_return *there.read(who, range, 1000000);
    }
    asio::awaitable<commit_result> commit(std::string who, ledger_head expected, write_set writes, commit_id id) {
        co_await asio::post(asio::use_awaitable);
        co_return there.commit(who, expected, writes, id);
    }
};

/// One webhook: read, plan, commit, and again where another one was faster.
asio::awaitable<outcome> delivered(remote_store& store, activity one) {
    const ledger_policy policy;
    request in{.received = one.start_time, .batch = "webhook"};
    in.records.push_back(incoming(one, "ann", policy));
    while (true) {
        ledger_view known{co_await store.head("ann")};
        auto p = plan<activity>(known, "ann", in, policy);
        while (!p.missing.empty()) {
            for (const auto& range : p.missing) known.add(range, co_await store.read("ann", range));
            p = plan<activity>(known, "ann", in, policy);
        }
        if (p.writes.empty()) co_return p.answers[0].of;
        if (co_await store.commit("ann", known.head(), p.writes, p.id) == commit_result::ok) co_return p.answers[0].of;
    }
}

}  // namespace

int main() {
    asio::io_context context;
    remote_store store;
    int fresh = 0, joined = 0;
    for (const auto* from : {"garmin", "strava", "wahoo", "polar"}) {
        activity ride;
        ride.athlete_id = "ann", ride.source = from, ride.external_id = "1";
        ride.start_time = parse_rfc3339("2024-05-27T06:19:26Z")->at, ride.elapsed = std::chrono::seconds{3600}, ride.distance_m = 30000, ride.sport = sport_from_slug("cycling");
        asio::co_spawn(context, [&store, &fresh, &joined, ride]() -> asio::awaitable<void> {
            const auto became = co_await delivered(store, ride);
            fresh += became == outcome::fresh, joined += became == outcome::joined;
        }, asio::detached);
    }
    context.run();
    std::cout << "four webhooks at once: " << fresh << " new, " << joined << " joined, version " << store.there.head("ann")->version << '\n';
    return fresh == 1 && joined == 3 ? 0 : 1;
}

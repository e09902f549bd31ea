// SPDX-License-Identifier: BSL-1.0
//
// A nightly batch on every core: rides of 200 athletes in pieces, a std::jthread each, and the same answer as on one thread.
#include <coincide/coincide.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

struct Ride {
    std::string athlete, service, id;
    std::chrono::sys_seconds started;
    int seconds = 0;
    double meters = 0;
};

template <>
struct coincide::describe<Ride> {
    static constexpr schema fields{
        bind(athlete_id, &Ride::athlete), bind(source, &Ride::service),   bind(external_id, &Ride::id),
        bind(start_time, &Ride::started), bind(elapsed, &Ride::seconds), bind(distance_m, &Ride::meters),
    };
};

/// Each ride arrives from a watch and from a service that rounds.
std::vector<Ride> rides_of(int athletes) {
    std::vector<Ride> out;
    for (int a = 0; a < athletes; ++a)
        for (int day = 0; day < 30; ++day) {
            const std::chrono::sys_seconds start{std::chrono::days{19800 + day} + std::chrono::minutes{360 + 7 * a % 600}};
            const int seconds = 1800 + 37 * a % 900 + 41 * day % 700;
            const auto who = "athlete " + std::to_string(a), id = std::to_string(day);
            out.push_back({who, "garmin", id, start, seconds, seconds * 7.5});
            out.push_back({who, "strava", id, start + std::chrono::seconds{2}, seconds - 3, seconds * 7.5 + 11});
        }
    return out;
}

int main() {
    const auto rides = rides_of(200);
    const auto pieces = coincide::split_by_athlete(rides, std::max(2u, std::thread::hardware_concurrency()));
    std::vector<coincide::grouping> answers(pieces.size());
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < pieces.size(); ++i)
            threads.emplace_back([&, i] { answers[i] = coincide::group_piece(rides, pieces[i], coincide::presets::balanced); });
    }  // all have ended
    const auto groups = coincide::join_pieces(answers);
    const auto on_one_thread = coincide::group(rides, coincide::presets::balanced);
    std::cout << rides.size() << " records, " << pieces.size() << " pieces, " << groups.size() << " activities\n";

    bool same = groups.size() == on_one_thread.size() && groups.size() == 200 * 30;
    for (std::size_t g = 0; same && g < groups.size(); ++g) same = std::ranges::equal(groups[g].members, on_one_thread[g].members);
    return same ? 0 : 1;
}

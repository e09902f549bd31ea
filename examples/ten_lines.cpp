// SPDX-License-Identifier: BSL-1.0
//
// The whole library on a struct of one's own: describe it once, group, merge. This is the first screen of the README.
#include <coincide/coincide.hpp>

#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

struct Ride {  // yours, as it is
    std::string service, id;
    std::chrono::sys_seconds started;
    int seconds = 0;
    std::optional<double> km;
    std::string kind, title;
};

template <>
struct coincide::describe<Ride> {
    static constexpr schema fields{
        bind(source, &Ride::service),
        bind(external_id, &Ride::id),
        bind(start_time, &Ride::started),
        bind(elapsed, &Ride::seconds),
        bind(distance_m, &Ride::km, units::kilometer),
        bind(sport, &Ride::kind),
        bind(name, &Ride::title),
    };
};
static_assert(coincide::record<Ride>);

int main() {
    using namespace std::chrono_literals;
    const std::chrono::sys_seconds monday{1717394400s};
    const std::vector<Ride> rides{
        {"garmin", "5001", monday, 3600, 31.4, "cycling", ""},
        {"strava", "9001", monday + 2s, 3588, 31.5, "cycling", "Along the canal"},
        {"garmin", "5002", monday + 10h, 3630, 31.3, "cycling", ""},  // the way back
    };

    for (auto const& group : coincide::group(rides, coincide::presets::balanced)) {
        auto const chosen = coincide::merge(rides, group, coincide::presets::measured_first);
        Ride clean;
        coincide::write(chosen, rides, clean);
        std::cout << group.members.size() << " record(s): " << *clean.km << " km, \"" << clean.title << "\"\n";
        for (auto const& link : group.links)
            for (auto const& sign : link.why) std::cout << "    " << sign.weight / 100.0 << " bits  " << coincide::words_of(sign) << '\n';
    }
    return coincide::group(rides, coincide::presets::balanced).size() == 2 ? 0 : 1;
}

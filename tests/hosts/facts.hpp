// SPDX-License-Identifier: BSL-1.0
//
// The same rides for every host: what happened, before any host has put it into its own form.
#pragma once

#include "activities.hpp"

#include <coincide/record/activity.hpp>

#include <string>
#include <vector>

namespace hosts {

struct facts {
    std::string athlete, source, id;
    coincide::instant start;  // whole seconds
    int elapsed_s;
    double metres;
    std::string sport, title;
    coincide::samples track{};  // whole seconds
};

/// Three activities, the first and second recorded twice, and another athlete at the same time.
inline std::vector<facts> some_rides() {
    const auto start = rides::at("2024-05-01T08:00:10Z");
    const auto path = rides::path_of({}, 1800);
    using std::chrono::hours, std::chrono::seconds;
    return {
        {"ann", "garmin", "1", start, 1800, 12600.5, "cycling", "", rides::recorded(path, {.noise_m = 3, .seed = 1})},
        {"ann", "strava", "2", start + seconds{20}, 1780, 12460.5, "gravel_cycling", "Morning",
         rides::recorded(path, {.noise_m = 4, .every_s = 5, .seed = 2}, 20)},
        {"ann", "garmin", "3", start + hours{30}, 3600, 10000.5, "running", "", {}},
        {"ann", "manual", "4", start + hours{30} + seconds{50}, 3600, 10000.5, "running", "felt light", {}},
        {"ann", "wahoo", "5", start + hours{77}, 2400, 8000.5, "running", "", {}},
        {"bob", "garmin", "6", start, 1800, 12600.5, "cycling", "", {}},
    };
}

/// A host's records, made of facts. Specialized beside each host.
template <class Host>
struct made_of;

}  // namespace hosts

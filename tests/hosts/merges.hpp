// SPDX-License-Identifier: BSL-1.0
//
// What merging has to come to for every host.
#pragma once

#include "facts.hpp"

#include <coincide/merge/merge.hpp>

#include <catch2/catch.hpp>

#include <cmath>

namespace hosts {

// rows of the two recordings of the first activity, and of the second, by source
inline constexpr std::uint32_t of_ride[] = {0, 1}, of_run[] = {2, 3};

template <class Records>
coincide::choices merged(const Records& records, std::span<const std::uint32_t> members) {
    return merge(records, coincide::record_group{members, {}, false}, coincide::presets::measured_first);
}

template <class Host>
void merges_alike() {
    const made_of<Host> host{some_rides()};
    const auto chosen = merged(host.records, of_ride);
    CHECK(chosen.primary == 0);
    coincide::activity ride;
    write(chosen, host.records, ride);
    CHECK(ride.start_time == some_rides()[0].start);
    CHECK(ride.elapsed == std::chrono::seconds{1800});
    CHECK(std::abs(*ride.distance_m - 12600.5) < 1e-6);
    CHECK(ride.sport->slug() == "gravel_cycling");
    CHECK(ride.name == "Morning");
    CHECK(merged(host.records, of_run).of(coincide::name)->row == 3);
}

}  // namespace hosts

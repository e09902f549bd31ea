// SPDX-License-Identifier: BSL-1.0
//
// What an athlete truly does, second by second: how far, which pulse, which power. Devices see it only afterwards.
//
//     performance p{.start = seven_o_clock, .way = &loop, .sections = {{&kinds::run, 8000}}};
//     perform(p, chance);
//     p.meters[600];          // how far after ten minutes
//     p.sections[0].to_s;     // the second at which it was done
//
// One performance may have several sections: the legs of a triathlon, warm-up and main part, repetitions with rests between.
#pragma once

#include "route.hpp"
#include "zone.hpp"

#include <string_view>
#include <vector>

namespace accuracy {

/// How a sport goes. A speed of 0: one stays in place, and there is no distance.
struct kind {
    std::string_view slug{};   // as the device that fits it best would say
    std::string_view title{};  // in the names that services give
    double speed_mps = 0;
    double bpm = 130;
    double watts = 0;          // of legs on pedals; 0: nobody measures any
    surface on = surface::streets;
    bool indoor = false;
    double lights_per_km = 0;  // stops of 8 to 70 s
};

namespace kinds {
inline constexpr kind run{"running", "Run", 2.9, 150, 0, surface::streets, false, 0.12};
inline constexpr kind track_run{"track_running", "Run", 4.1, 168};
inline constexpr kind trail{"trail_running", "Trail Run", 2.4, 152, 0, surface::trails};
inline constexpr kind treadmill{"treadmill_running", "Treadmill Run", 2.8, 145, 0, surface::streets, true};
inline constexpr kind ride{"road_cycling", "Ride", 7.6, 138, 185, surface::roads, false, 0.09};
inline constexpr kind gravel{"gravel_cycling", "Gravel Ride", 6.0, 140, 180, surface::trails, false, 0.03};
inline constexpr kind commute{"cycling", "Ride", 5.4, 122, 120, surface::streets, false, 0.5};
inline constexpr kind e_bike{"e_biking", "E-Bike Ride", 6.3, 108, 0, surface::streets, false, 0.3};
inline constexpr kind trainer{"virtual_cycling", "Virtual Ride", 8.6, 142, 190, surface::roads, true};
inline constexpr kind walk{"walking", "Walk", 1.35, 98, 0, surface::streets, false, 0.15};
inline constexpr kind hike{"hiking", "Hike", 1.1, 112, 0, surface::trails, false, 0.08};
inline constexpr kind pool{"pool_swimming", "Swim", 0.85, 132, 0, surface::water, true};
inline constexpr kind open_water{"open_water_swimming", "Swim", 0.82, 138, 0, surface::water};
inline constexpr kind rower{"indoor_rowing", "Row", 3.4, 148, 0, surface::streets, true};
inline constexpr kind strength{"strength_training", "Strength Training", 0, 108, 0, surface::streets, true};
inline constexpr kind climb{"indoor_climbing", "Climb", 0, 112, 0, surface::streets, true};
inline constexpr kind yoga{"yoga", "Yoga", 0, 84, 0, surface::streets, true};
inline constexpr kind core{"core_training", "Core", 0, 101, 0, surface::streets, true};
inline constexpr kind shift{"transition", "Transition", 1.2, 135};
}  // namespace kinds

struct section {
    const kind* what = nullptr;
    double meters = 0;      // ends it, or
    double duration_s = 0;  // this does
    double rest_s = 0;      // standing after it
    double pace = 1;        // of the kind's speed
    double cafe_s = 0;      // a stop, half way or so
    std::uint64_t program = 0;  // of a machine: the same number is the same program, second by second
    int from_s = 0, to_s = 0;   // set by perform
};

struct performance {
    instant start{};
    const route* way = nullptr;  // nothing: indoors
    double form = 1;             // of this athlete on this day
    std::vector<section> sections{};
    std::vector<float> meters{}, bpm{}, watts{};  // one a second

    [[nodiscard]] int duration_s() const noexcept { return static_cast<int>(meters.size()) - 1; }
    [[nodiscard]] double meters_at(int second) const noexcept;
    [[nodiscard]] bool standing_at(int second) const noexcept { return meters_at(second + 1) - meters_at(second) < 0.15; }
};

void perform(performance&, rng&);

}  // namespace accuracy

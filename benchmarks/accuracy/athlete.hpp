// SPDX-License-Identifier: BSL-1.0
//
// Who it is: where they live, what they wear, which services they have connected, and what they do every week.
//
//     rng chance{mixed(seed, 1)};
//     const athlete kim = athlete_of(chance, mix::all);
//     const plan year = plan_of(kim, mix::all, chance);   // 100 to 250 acts, each performed
#pragma once

#include "alter.hpp"
#include "device.hpp"
#include "service.hpp"

#include <deque>
#include <string>
#include <vector>

namespace accuracy {

/// A service that gets copies, and what it does to all of them.
struct connection {
    const service* to = nullptr;
    habit usual = habit::none;
    double share = 0.9;  // of acts that arrive there
};

/// A source whose times are wrong for a while.
struct zone_fault {
    std::string_view source{};
    misread how = misread::as_utc;
    instant from{}, until{};
};

struct athlete {
    std::string id{}, friend_id{};
    const city* home = nullptr;
    landscape land{};
    double form = 1;
    device watch{}, bike{}, second{}, same_service{}, phone{}, band{}, game{}, machine{}, of_friend{};
    bool has_bike_computer = false;
    double wears_second = 0;  // share of acts
    std::vector<connection> connected{};
    std::vector<zone_fault> faults{};
    double hides_m = 400;
    bool commutes = false, loves_loop = false, on_treadmill = false, has_dog = false, stretches = false, lifts = false;
    const kind* sports[3]{};  // of free days

    [[nodiscard]] const device& device_for(const kind&) const noexcept;
};
[[nodiscard]] athlete athlete_of(rng&, mix);

/// Something done in one go. Each section is an act of its own, unless `session`.
struct outing {
    performance done{};
    const scenario* kind_of_act = &kinds_of_act::alone;
    bool session = false;      // the sections are legs of one act
    bool with_friend = false;
};

struct plan {
    std::deque<route> ways{};  // addresses stay
    std::vector<outing> outings{};
    instant from{}, until{};
};
[[nodiscard]] plan plan_of(const athlete&, mix, rng&);

}  // namespace accuracy

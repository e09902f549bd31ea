// SPDX-License-Identifier: BSL-1.0
#include "athlete.hpp"

#include <algorithm>

namespace accuracy {
namespace {

constexpr const device_model* watches[] = {&models::forerunner, &models::forerunner, &models::fenix, &models::apple_watch, &models::apple_watch,
                                           &models::vantage, &models::race, &models::pace, &models::strava_app};
constexpr const device_model* seconds_ones[] = {&models::fenix, &models::vantage, &models::race, &models::pace, &models::apple_watch};
constexpr const device_model* computers[] = {&models::edge, &models::elemnt};
constexpr const device_model* apps[] = {&models::runkeeper_app, &models::strava_app};
constexpr const device_model* bands[] = {&models::whoop_band, &models::fitbit_band, &models::oura_ring};

constexpr const service* receivers[] = {&services::strava, &services::strava, &services::strava, &services::intervals, &services::intervals,
                                        &services::trainingpeaks, &services::runkeeper, &services::ridewithgps, &services::apple_health,
                                        &services::google_fit, &services::health_connect};

constexpr habit habits[] = {habit::none, habit::none, habit::none, habit::none, habit::none, habit::renamed, habit::distance, habit::minute_start,
                            habit::whole_minutes, habit::moving, habit::thinned, habit::no_track, habit::no_pulse};

constexpr const kind* free_sports[] = {&kinds::run, &kinds::run, &kinds::trail, &kinds::ride, &kinds::ride, &kinds::gravel, &kinds::walk,
                                       &kinds::hike, &kinds::pool, &kinds::trainer, &kinds::trainer, &kinds::e_bike, &kinds::rower, &kinds::climb,
                                       &kinds::open_water, &kinds::strength};

/// One of them whose service is none of those that the athlete has on another device.
template <std::size_t N>
device another(const device_model* const (&from)[N], rng& chance, std::initializer_list<std::string_view> taken) {
    for (;;) {
        const auto* model = chance.pick(from);
        if (std::find(taken.begin(), taken.end(), model->source) == taken.end()) return device_of(*model, chance);
    }
}

const device_model& of_same_service(const device_model& m) {
    return &m == &models::forerunner ? models::fenix : &m == &models::fenix ? models::forerunner : m;
}

void connect(athlete& a, rng& chance) {
    const int wanted = chance.between(1, 3);
    for (int tries = 0; tries < 20 && static_cast<int>(a.connected.size()) < wanted; ++tries) {
        const service* to = chance.pick(receivers);
        const auto taken = [&](const connection& c) { return c.to == to; };
        const bool own = to->slug == a.watch.model->source || to->slug == a.bike.model->source || to->slug == a.second.model->source ||
                         to->slug == a.phone.model->source;
        if (own || std::any_of(a.connected.begin(), a.connected.end(), taken)) continue;
        a.connected.push_back({to, chance.pick(habits), chance.uniform(0.6, 0.98)});
    }
}

}  // namespace

const device& athlete::device_for(const kind& what) const noexcept {
    return has_bike_computer && what.watts > 0 && !what.indoor ? bike : watch;
}

athlete athlete_of(rng& chance, mix of) {
    athlete a;
    a.id = "athlete-" + std::to_string(chance.between(10000, 99999));
    a.friend_id = "athlete-" + std::to_string(chance.between(100000, 999999));
    a.home = &chance.pick(cities);
    a.land = landscape_of(chance);
    a.form = std::clamp(chance.normal(1, 0.12), 0.7, 1.35);
    a.watch = device_of(*chance.pick(watches), chance);
    a.bike = another(computers, chance, {});
    a.has_bike_computer = chance.chance(0.4);
    a.second = another(seconds_ones, chance, {a.watch.model->source, a.bike.model->source});
    a.same_service = device_of(of_same_service(*a.watch.model), chance);
    a.phone = another(apps, chance, {a.watch.model->source});
    a.band = another(bands, chance, {});
    a.game = device_of(models::zwift, chance);
    a.machine = device_of(models::treadmill, chance);
    a.of_friend = device_of(*chance.pick(watches), chance);
    a.wears_second = chance.chance(0.15) ? chance.uniform(0.1, 0.6) : 0;
    connect(a, chance);
    a.hides_m = 200 * chance.between(1, 4);
    a.commutes = chance.chance(0.35), a.loves_loop = chance.chance(0.4), a.on_treadmill = chance.chance(0.2);
    a.has_dog = of == mix::all && chance.chance(0.2);
    a.stretches = chance.chance(0.25), a.lifts = chance.chance(0.3);
    for (auto& sport : a.sports) sport = chance.pick(free_sports);
    return a;
}

}  // namespace accuracy

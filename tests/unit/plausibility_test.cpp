// SPDX-License-Identifier: BSL-1.0
//
// Values that are off by a unit's factor: found, told with the likely factor, and left alone unless a host repairs.
#include <coincide/normalize/plausibility.hpp>
#include <coincide/record/activity.hpp>

#include <catch2/catch.hpp>

#include <cmath>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

/// 10.04 km in 62 minutes, as a sound record says it.
activity sound_run() {
    activity r;
    r.start_time = parse_rfc3339("2025-03-30T00:45:10Z")->at;
    r.sport = find_sport("running");
    r.elapsed = 4000s, r.moving = 3723s;
    r.distance_m = 10040, r.elevation_gain_m = 87, r.energy_kcal = 712;
    r.avg_speed_mps = 2.697, r.max_speed_mps = 4.1;
    r.avg_heart_rate_bpm = 150, r.max_heart_rate_bpm = 176, r.avg_cadence_rpm = 85;
    return r;
}
activity of(const char* slug, double meters, std::chrono::milliseconds time) {
    activity r;
    r.start_time = parse_rfc3339("2025-03-30T00:45:10Z")->at;
    r.sport = find_sport(slug);
    r.distance_m = meters, r.moving = time;
    return r;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); }
/// Exactly this is suspected, and nothing else.
bool only(const std::vector<suspicion>& found, std::string_view field, double factor, suspicion_by why) {
    if (found.size() != 1) return false;
    CAPTURE(found[0].field, found[0].factor);
    return found[0].field == field && near(found[0].factor, factor) && found[0].why == why;
}
template <class Change>
std::vector<suspicion> when(Change change) {
    auto r = sound_run();
    change(r);
    return implausible(r);
}

}  // namespace

TEST_CASE("a sound record is not suspected, nor one that says too little", "[plausibility]") {
    CHECK(implausible(sound_run()).empty());
    CHECK(implausible(activity{}).empty());
    CHECK(when([](activity& r) { r.distance_m.reset(); }).empty());
    CHECK(when([](activity& r) { r.moving.reset(), r.elapsed.reset(); }).empty());
    CHECK(when([](activity& r) { r.distance_m = 0, r.avg_speed_mps = 0, r.energy_kcal = 0, r.avg_cadence_rpm = 0, r.avg_heart_rate_bpm = 0; }).empty());  // unknown
    CHECK(implausible(of("cycling", 320000, 8h)).empty());
    CHECK(implausible(of("hiking", 12467, 4h)).empty());
    CHECK(implausible(of("pool_swimming", 1500, 40min)).empty());
    CHECK(implausible(of("alpine_skiing", 30000, 1h)).empty());
    CHECK(implausible(of("flying", 300000, 1h)).empty());
    CHECK(implausible(of("yoga", 150, 1h)).empty());
}

TEST_CASE("distance, time and speed that do not fit tell which of them is off, and by what", "[plausibility][trap]") {
    using by = suspicion_by;
    CHECK(only(when([](activity& r) { r.distance_m = 10.04; }), "distance_m", 1000, by::second_field));
    CHECK(only(when([](activity& r) { r.distance_m = 1004000; }), "distance_m", 0.01, by::second_field));
    CHECK(only(when([](activity& r) { r.distance_m = 6.2385; }), "distance_m", 1609.344, by::second_field));
    CHECK(only(when([](activity& r) { r.avg_speed_mps = 0.2697; }), "avg_speed_mps", 10, by::second_field));  // tens of metres a second
    auto ride = of("cycling", 30000, 1h);
    ride.avg_speed_mps = 30;
    CHECK(only(implausible(ride), "avg_speed_mps", 1 / 3.6, by::second_field));  // km/h
}

// The factor is turned over: moving time in milliseconds is told as true value = value × 1000 (plausibility.hpp, `1 / *time_slip`).
TEST_CASE("milliseconds in a field of seconds are told as a thousandth", "[plausibility][trap]") {
    CHECK(only(when([](activity& r) { r.moving = 3723000s; }), "moving_time_s", 0.001, suspicion_by::second_field));
}

TEST_CASE("without a second field the speeds of the sport tell", "[plausibility][trap]") {
    CHECK(only(implausible(of("running", 10.04, 3723s)), "distance_m", 1000, suspicion_by::speed));
    CHECK(only(implausible(of("running", 1004000, 3723s)), "distance_m", 0.01, suspicion_by::speed));
    CHECK(only(implausible(of("cycling", 42, 90min)), "distance_m", 1000, suspicion_by::speed));
    CHECK(implausible(of("trail_running", 400, 1h)).empty());  // slow, yet no unit's factor
}

TEST_CASE("energy that no body turns over is kilojoules or small calories", "[plausibility][trap]") {
    using by = suspicion_by;
    CHECK(only(when([](activity& r) { r.energy_kcal = 2979; }), "energy_kcal", 1 / 4.184, by::body));
    CHECK(only(when([](activity& r) { r.energy_kcal = 712000; }), "energy_kcal", 0.001, by::body));
    CHECK(when([](activity& r) { r.energy_kcal = 1300; }).empty());
    CHECK(when([](activity& r) { r.moving = 200s, r.elapsed = 200s, r.distance_m = 540, r.energy_kcal = 200; }).empty());  // too short to tell
}

TEST_CASE("rates that no body has are hertz, or both legs", "[plausibility][trap]") {
    using by = suspicion_by;
    CHECK(only(when([](activity& r) { r.avg_cadence_rpm = 170; }), "avg_cadence_rpm", 0.5, by::body));
    CHECK(only(when([](activity& r) { r.avg_cadence_rpm = 1.42; }), "avg_cadence_rpm", 60, by::body));
    CHECK(only(when([](activity& r) { r.avg_heart_rate_bpm = 2.5; }), "avg_heart_rate_bpm", 60, by::body));
    CHECK(only(when([](activity& r) { r.max_heart_rate_bpm = 2.9; }), "max_heart_rate_bpm", 60, by::body));
    auto spin = of("indoor_cycling", 20000, 1h);
    spin.avg_cadence_rpm = 130;  // quick, and no leg is counted twice
    CHECK(implausible(spin).empty());
    auto walk = of("hiking", 6000, 90min);
    walk.avg_cadence_rpm = 124;
    CHECK(only(implausible(walk), "avg_cadence_rpm", 0.5, by::body));
}

TEST_CASE("a climb of hundredths of metres is told by its shape", "[plausibility][trap]") {
    CHECK(only(when([](activity& r) { r.elevation_gain_m = 0.87; }), "elevation_gain_m", 100, suspicion_by::shape));
    CHECK(when([](activity& r) { r.elevation_gain_m = 1; }).empty());    // a flat run, in whole metres
    CHECK(when([](activity& r) { r.elevation_gain_m = 8.7; }).empty());
    CHECK(when([](activity& r) { r.elevation_gain_m = 0.87, r.distance_m = 2500, r.moving = 927s, r.energy_kcal = 180; }).empty());  // too short to tell
}

TEST_CASE("a duplicate tells which factor a value is off by", "[plausibility][trap]") {
    const auto b = sound_run();
    const auto beside = [&](auto change) {
        auto a = sound_run();
        change(a);
        return implausible_beside(a, b);
    };
    using by = suspicion_by;
    CHECK(beside([](activity&) {}).empty());
    CHECK(beside([](activity& r) { r.distance_m = 10120, r.energy_kcal = 650, r.elevation_gain_m = 120; }).empty());  // another device
    CHECK(only(beside([](activity& r) { r.distance_m = 10.04; }), "distance_m", 1000, by::duplicate));
    CHECK(only(beside([](activity& r) { r.distance_m = 6238.5; }), "distance_m", 1.609344, by::duplicate));
    CHECK(only(beside([](activity& r) { r.distance_m = 32940; }), "distance_m", 0.3048, by::duplicate));
    CHECK(only(beside([](activity& r) { r.elapsed = 4000000s; }), "elapsed_time_s", 0.001, by::duplicate));
    CHECK(only(beside([](activity& r) { r.moving = 62050ms; }), "moving_time_s", 60, by::duplicate));
    CHECK(only(beside([](activity& r) { r.energy_kcal = 2979; }), "energy_kcal", 1 / 4.184, by::duplicate));
    CHECK(only(beside([](activity& r) { r.avg_speed_mps = 9.71; }), "avg_speed_mps", 1 / 3.6, by::duplicate));
    CHECK(only(beside([](activity& r) { r.avg_cadence_rpm = 170; }), "avg_cadence_rpm", 0.5, by::duplicate));
    CHECK(only(beside([](activity& r) { r.avg_heart_rate_bpm = 2.5; }), "avg_heart_rate_bpm", 60, by::duplicate));
    CHECK(only(beside([](activity& r) { r.elevation_gain_m = 0.87; }), "elevation_gain_m", 100, by::duplicate));
    CHECK(beside([](activity& r) { r.distance_m = 10980; }).empty());  // yards are told from metres in pools only
    auto swum = of("pool_swimming", 1640.4, 40min), true_swim = of("pool_swimming", 1500, 40min);
    CHECK(only(implausible_beside(swum, true_swim), "distance_m", 0.9144, by::duplicate));
    CHECK(implausible_beside(activity{}, b).empty());
}

TEST_CASE("nothing is changed unless the host repairs, and then only what was suspected", "[plausibility]") {
    auto r = sound_run();
    r.distance_m = 10.04;
    const auto found = implausible(r);
    CHECK(r.distance_m == 10.04);
    REQUIRE(found.size() == 1);
    repair(r, found[0]);
    CHECK(near(*r.distance_m, 10040));
    CHECK(implausible(r).empty());
    repair(r, {"elapsed_time_s", 0.001, suspicion_by::duplicate});
    CHECK(r.elapsed == 4s);
    repair(r, {"no_such_field", 2, suspicion_by::body});
    repair(r, {"avg_power_w", 2, suspicion_by::body});  // not known: stays so
    CHECK_FALSE(r.avg_power_w);
    CHECK(r.moving == 3723s);
}

namespace {
struct kilometers_of_a_host {
    std::chrono::sys_seconds began{};
    int seconds = 0;
    std::optional<double> km{};
    std::optional<float> speed{};
    [[nodiscard]] double energy() const { return 2979; }
};
}  // namespace
template <>
struct coincide::describe<kilometers_of_a_host> {
    static constexpr schema fields{bind(start_time, &kilometers_of_a_host::began), bind(moving, &kilometers_of_a_host::seconds),
                                   bind(distance_m, &kilometers_of_a_host::km, units::kilometer), bind(avg_speed_mps, &kilometers_of_a_host::speed),
                                   bind(energy_kcal, &kilometers_of_a_host::energy)};
};

TEST_CASE("a host's own type is looked at and repaired in its own units; what it cannot write stays", "[plausibility]") {
    kilometers_of_a_host r{{}, 3723, 10040, 2.697F};  // metres in a field of kilometres
    const auto found = implausible(r);
    REQUIRE(found.size() == 2);
    CHECK(found[0].field == "distance_m");
    CHECK(near(found[0].factor, 0.001));
    CHECK(found[1].field == "energy_kcal");
    for (const auto& s : found) repair(r, s);
    CHECK(near(*r.km, 10.04));
    CHECK(r.energy() == 2979);
}

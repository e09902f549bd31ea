// SPDX-License-Identifier: BSL-1.0
//
// From what services send to canonical values: a page of JSON, a struct filled from one, a column of a table.
#include <coincide/adapters/nlohmann_json.hpp>
#include <coincide/normalize/columns.hpp>
#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/page.hpp>
#include <coincide/normalize/plausibility.hpp>
#include <coincide/normalize/profiles.hpp>

#include <iostream>
#include <span>

namespace {

// A server's own type, filled from Fitbit's answer as it came. The units are taken from the profile: duration is milliseconds.
struct fitbit_row {
    long long log_id;
    std::string started;
    long long duration, active;
};

}  // namespace

template <>
struct coincide::describe<fitbit_row> {
    static constexpr schema fields{
        bind(start_time, &fitbit_row::started),
        bind(elapsed, &fitbit_row::duration, unit_in(providers::fitbit, elapsed, "/duration")),
        bind(moving, &fitbit_row::active, unit_in(providers::fitbit, moving, "/activeDuration")),
    };
};

int main() {
    using namespace coincide;

    // A page, recognised by its shape. One bad record does not stop the others.
    const auto body = nlohmann::json::parse(R"({"records": [
        {"id": "a1", "start": "2025-03-30T00:45:10.000Z", "end": "2025-03-30T01:51:50.000Z", "timezone_offset": "+01:00",
         "sport_name": "running", "score_state": "SCORED", "score": {"kilojoule": 2979.008, "distance_meter": 10037.2}},
        {"id": "a2", "start": "2025-03-31T06:00:00.000Z", "end": "2025-03-31T07:00:00.000Z", "timezone_offset": "+02:00",
         "sport_name": "cycling", "score_state": "SCORED", "score": {"kilojoule": "a lot"}}]})");
    const auto page = for_each_record(&body, providers::all, {}, [](const auto& one, const profile& by, std::string_view pointer) {
        const auto ride = normalize(one, by);
        if (!ride) {
            std::cout << pointer << ride.error().path << ": " << to_string(ride.error().code) << '\n';
            return;
        }
        std::cout << pointer << ": " << ride->record.sport->slug() << ", " << *ride->record.energy_kcal << " kcal, told as "
                  << ride->originals.front().value << ' ' << ride->originals.front().unit << '\n';
    });
    std::cout << "a page of " << page.by->name << '\n';

    // A struct of the host's, read in canonical units.
    const fitbit_row row{7, "2017-09-01T08:16:14-07:00", 4000000, 3723000};
    std::cout << read(row, moving)->count() / 1000 << " s moving\n";

    // A column at once: heart rates in hertz, as a Suunto log has them; 0 is no strap.
    const double logged[] = {2.45, 2.5, 0.0};
    double bpm[3];
    convert(std::span<const double>{logged}, std::span<double>{bpm}, units::hertz, {.nothing = 0});
    std::cout << bpm[0] << ' ' << bpm[1] << (bpm[2] == bpm[2] ? " ?" : " -") << '\n';

    // A value off by a unit's factor is told, never changed behind your back.
    activity typed;
    typed.sport = sport_from_slug("running");
    typed.distance_m = 10.04;  // kilometres in a field of metres
    typed.moving = seconds{3723};
    for (const auto& doubt : implausible(typed)) std::cout << doubt.field << " × " << doubt.factor << " would fit\n";
}

// SPDX-License-Identifier: BSL-1.0
//
// Whole columns at once, and the units of a profile for a host's own schema.
#include <coincide/normalize/columns.hpp>
#include <coincide/normalize/providers/coros.hpp>
#include <coincide/normalize/providers/fitbit.hpp>
#include <coincide/normalize/providers/garmin_connect.hpp>
#include <coincide/normalize/providers/health_connect.hpp>
#include <coincide/normalize/providers/suunto.hpp>
#include <coincide/normalize/providers/whoop.hpp>

#include <catch2/catch.hpp>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

template <class Number, class Dimension>
std::vector<double> converted(const std::vector<Number>& from, unit<Dimension> in, column_options options = {}) {
    std::vector<double> to(from.size(), -1);
    convert(std::span<const Number>{from}, std::span<double>{to}, in, options);
    return to;
}
bool unknown(double v) { return std::isnan(v); }

/// A row as Fitbit, Garmin's export and WHOOP deliver it.
struct row {
    std::string began;
    std::int64_t duration = 0;
    double distance = 0;
    std::optional<double> kilojoule{};
    float avg_speed = 0;
};

/// Whether a schema may ask a profile for this unit at all.
template <const profile& By, class Role>
concept has_unit = requires { typename std::bool_constant<(unit_in(By, Role{}, By.numbers[0].path), true)>; };

constexpr number_rule paces[] = {pace(avg_speed_mps, "/pace", 1000)};
constexpr number_rule named[] = {take(distance_m, "/distance", "/unit", words::length)};
constexpr number_rule measures[] = {take(elevation_gain_m, "/climb", {}, words::length).encoded(encoding::measure)};
constexpr number_rule doubtful[] = {take(elapsed, "/elapsed").or_in(0.001, "/timer")};
constexpr number_rule plain[] = {take(distance_m, "/distance", units::kilometer)};
constexpr profile of(std::span<const number_rule> numbers) { return {.name = "test", .source = "testing", .needs = {}, .start = {}, .numbers = numbers, .says = {}}; }
constexpr profile paced = of(paces), named_units = of(named), measured = of(measures), doubted = of(doubtful), sound = of(plain);

}  // namespace

template <>
struct coincide::describe<row> {
    static constexpr schema fields{
        bind(start_time, &row::began),
        bind(elapsed, &row::duration, unit_in(providers::fitbit, elapsed, "/duration")),
        bind(distance_m, &row::distance, unit_in(providers::garmin_export, distance_m, "/distance")),
        bind(energy_kcal, &row::kilojoule, unit_in(providers::whoop, energy_kcal, "/score/kilojoule")),
        bind(avg_speed_mps, &row::avg_speed, unit_in(providers::garmin_export, avg_speed_mps, "/avgSpeed")),
    };
};

TEST_CASE("a column is converted at once, whatever numbers it holds", "[columns]") {
    CHECK(converted<double>({12.5, 0, 42.195}, units::kilometer) == std::vector<double>{12500, 0, 42.195 * 1000});
    CHECK(converted<std::int32_t>({1, 2, 3}, units::mile) == std::vector<double>{1609.344, 3218.688, 3 * 1609.344});
    CHECK(converted<std::uint8_t>({120, 254}, units::per_minute) == std::vector<double>{120, 254});
    CHECK(converted<float>({36.0F}, units::kilometer_per_hour) == std::vector<double>{36 * (1 / 3.6)});
    CHECK(converted<std::int16_t>({-40}, units::celsius) == std::vector<double>{-40});
    CHECK(converted<double>({0}, units::kelvin) == std::vector<double>{-273.15});
    CHECK(converted<double>({}, units::meter).empty());
}

TEST_CASE("what a column has for nothing, NaN and infinities become not known", "[columns]") {
    const auto hr = converted<std::uint8_t>({120, 255, 0}, units::per_minute, {.nothing = 255});
    CHECK(hr[0] == 120);
    CHECK(unknown(hr[1]));
    CHECK(hr[2] == 0);
    const auto climb = converted<double>({-1, -20000, 7}, units::foot, {.nothing = -20000});  // compared as delivered
    CHECK(climb[0] == -0.3048);
    CHECK(unknown(climb[1]));
    for (const double v : converted<double>({HUGE_VAL, -HUGE_VAL, std::nan(""), 1e308}, units::kilometer)) CHECK(unknown(v));
    CHECK(unknown(converted<float>({HUGE_VALF}, units::kelvin)[0]));
}

TEST_CASE("a column may be converted in place", "[columns]") {
    std::vector<double> column{1, 2, no_value};
    convert(std::span<const double>{column}, std::span<double>{column}, units::minute);
    CHECK(column[0] == 60);
    CHECK(column[1] == 120);
    CHECK(unknown(column[2]));
}

TEST_CASE("columns are converted in constant expressions too", "[columns]") {
    constexpr auto meters = [] {
        constexpr std::array<int, 2> km{1, 2};
        std::array<double, 2> out{};
        convert(std::span<const int>{km}, std::span<double>{out}, units::kilometer, {.nothing = 2});
        return out;
    }();
    STATIC_REQUIRE(meters[0] == 1000.0);
    STATIC_REQUIRE(meters[1] != meters[1]);
}

TEST_CASE("a host's schema takes its units from a profile", "[columns][units]") {
    const row r{"2025-03-30T02:45:10+02:00", 4000000, 1004400, 2979.008, 0.27F};
    CHECK(read(r, elapsed) == 4000s);
    CHECK(read(r, distance_m) == 10044.0);
    CHECK(std::abs(*read(r, energy_kcal) - 712) < 1e-9);
    CHECK(std::abs(*read(r, avg_speed_mps) - 2.7) < 1e-6);
    CHECK(unit_in(providers::suunto_devicelog, avg_heart_rate_bpm, "/DeviceLog/Header/HR/0/Avg").factor == 60);
    CHECK(unit_in(providers::suunto_devicelog, avg_temperature_c, "/DeviceLog/Header/Temperature/0/Avg").zero == 273.15);
    STATIC_REQUIRE(has_unit<sound, distance_m_t>);
    STATIC_REQUIRE_FALSE(has_unit<sound, elapsed_t>);
}

// unit_in gives the factor of any rule: 1000 for a pace (300 s/km are read as 300 000 m/s), 1 for a unit that only the payload names, seconds for
// what may be milliseconds.
TEST_CASE("a profile has no unit for a pace, for a unit named in the payload, or for one of two", "[columns][units]") {
    CHECK_FALSE((has_unit<paced, avg_speed_mps_t>));
    CHECK_FALSE((has_unit<named_units, distance_m_t>));
    CHECK_FALSE((has_unit<measured, elevation_gain_m_t>));
    CHECK_FALSE((has_unit<doubted, elapsed_t>));
}

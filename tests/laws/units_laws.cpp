// SPDX-License-Identifier: BSL-1.0
//
// Every unit there and back, in order, and in step with its neighbors.
#include <coincide/record/describe.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

using namespace coincide;

namespace {

/// All units of a dimension behind one role.
template <class Role>
struct checked {
    unit<typename Role::dimension> in;
    const char* name;
};
constexpr checked<distance_m_t> lengths[] = {{units::meter, "m"},       {units::kilometer, "km"}, {units::centimeter, "cm"},
                                             {units::millimeter, "mm"}, {units::mile, "mi"},      {units::yard, "yd"},
                                             {units::foot, "ft"}};
constexpr checked<energy_kcal_t> energies[] = {{units::kilocalorie, "kcal"}, {units::kilojoule, "kJ"}, {units::joule, "J"}};
constexpr checked<avg_speed_mps_t> speeds[] = {
    {units::meter_per_second, "m/s"}, {units::kilometer_per_hour, "km/h"}, {units::mile_per_hour, "mph"}};
constexpr checked<start_lat_deg_t> angles[] = {
    {units::degree, "deg"}, {units::radian, "rad"}, {units::semicircle, "semicircle"}};
constexpr checked<avg_cadence_rpm_t> rates[] = {{units::per_minute, "rpm"}, {units::hertz, "Hz"}};
constexpr checked<avg_temperature_c_t> temperatures[] = {
    {units::celsius, "C"}, {units::fahrenheit, "F"}, {units::kelvin, "K"}};

/// A plausible or an extreme number.
double any_number() {
    const auto digits = *rc::gen::inRange<std::int64_t>(-9007199254740992, 9007199254740992);
    const auto exponent = *rc::gen::inRange(-60, 20);
    return std::ldexp(static_cast<double>(digits), exponent);
}

template <class Role>
double to_canonical(double v, const checked<Role>& u) {
    return *detail::convert<Role>(v, u.in);
}
template <class Role>
double back(double v, const checked<Role>& u) {
    double host = 0;
    detail::from_canonical(host, v, u.in);
    return host;
}

/// Runs a check over every unit of every dimension.
template <class Check>
void for_every_unit(Check check) {
    const auto over = [&](const auto& units_of_dimension) {
        for (const auto& u : units_of_dimension) check(u);
    };
    over(lengths), over(energies), over(speeds), over(angles), over(rates), over(temperatures);
}

}  // namespace

TEST_CASE("a number survives the way to canonical units and back", "[units][law]") {
    rc::prop("within two roundings of the largest value on the way", [] {
        const double v = any_number();
        for_every_unit([v](const auto& u) {
            const double canonical = to_canonical(v, u), again = back(canonical, u);
            const double largest =
                std::max({std::abs(v), std::abs(canonical / u.in.factor), std::abs(u.in.zero)});
            RC_ASSERT(std::abs(again - v) <= 4 * std::numeric_limits<double>::epsilon() * largest);
        });
    });
}

TEST_CASE("a larger number is never a smaller measure", "[units][law]") {
    rc::prop("in any unit", [] {
        const double x = any_number(), y = any_number(), a = std::min(x, y), b = std::max(x, y);
        for_every_unit([a, b](const auto& u) { RC_ASSERT(to_canonical(a, u) <= to_canonical(b, u)); });
    });
    rc::prop("nor the nearest larger one", [] {
        const double v = any_number();
        for_every_unit([v](const auto& u) { RC_ASSERT(to_canonical(v, u) <= to_canonical(std::nextafter(v, 1e300), u)); });
    });
}

TEST_CASE("milliseconds survive being held as seconds, minutes or hours", "[units][law]") {
    rc::prop("up to years", [] {
        const milliseconds time{*rc::gen::inRange<std::int64_t>(-100000000000, 100000000000)};
        for (const auto in : {units::second, units::millisecond, units::minute, units::hour}) {
            double host = 0;
            detail::from_canonical(host, time, in);
            RC_ASSERT(detail::convert<elapsed_t>(host, in) == time);
        }
    });
}

TEST_CASE("an instant survives being held as a number", "[units][law]") {
    rc::prop("in every epoch", [] {
        const instant when{milliseconds{*rc::gen::inRange<std::int64_t>(0, 7258118400000)}};
        for (const auto in : {units::unix_second, units::unix_millisecond, units::fit_second}) {
            double host = 0;
            detail::from_canonical(host, when, in);
            RC_ASSERT(detail::convert<start_time_t>(host, in) == when);
        }
        std::int64_t ms = 0;
        detail::from_canonical(ms, when, units::unix_millisecond);
        RC_ASSERT(ms == when.time_since_epoch().count());
    });
}

TEST_CASE("whole numbers of a host stay what they are", "[units][law]") {
    rc::prop("in integer members of every unit", [] {
        const auto n = *rc::gen::inRange(-1000000, 1000000);
        for_every_unit([n](const auto& u) {
            int host = 0;
            detail::from_canonical(host, to_canonical(static_cast<double>(n), u), u.in);
            RC_ASSERT(host == n);
        });
    });
}

TEST_CASE("known conversions hold", "[units]") {
    // NIST SP 811, appendix B.8; FIT: 2^31 semicircles are 180 degrees
    const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-12 * std::abs(b); };
    CHECK(near(to_canonical(1.0, lengths[4]), 1609.344));
    CHECK(near(to_canonical(1.0, lengths[5]), 0.9144));
    CHECK(near(to_canonical(1.0, lengths[6]), 0.3048));
    CHECK(near(to_canonical(4.184, energies[1]), 1.0));
    CHECK(near(to_canonical(1.0, speeds[2]), 0.44704));
    CHECK(near(to_canonical(3.6, speeds[1]), 1.0));
    CHECK(near(to_canonical(3.14159265358979323846, angles[1]), 180.0));
    CHECK(near(to_canonical(-2147483648.0, angles[2]), -180.0));
    CHECK(near(to_canonical(98.6, temperatures[1]), 37.0));
    CHECK(near(to_canonical(310.15, temperatures[2]), 37.0));
    CHECK(to_canonical(-40.0, temperatures[1]) > -40.0 - 1e-9);
    CHECK(to_canonical(-40.0, temperatures[1]) < -40.0 + 1e-9);
}

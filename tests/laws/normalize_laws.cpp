// SPDX-License-Identifier: BSL-1.0
//
// Laws of normalizing numbers: there and back in every unit, in step with the neighbours, with their originals.
#include "../support/all_units.hpp"

#include <coincide/normalize/plausibility.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <cmath>
#include <cstdint>

using namespace coincide;
using all_units::taken;

TEST_CASE("a number comes back to the digits that the source wrote", "[normalize][law]") {
    rc::prop("within half a unit in their last place, in every unit", [] {
        const auto digits = *rc::gen::inRange<std::int64_t>(0, 100'000);
        all_units::for_each([digits]<class Role>(const all_units::checked<Role>& u) {
            const double last = std::pow(10.0, -u.decimals), v = static_cast<double>(digits) * last;
            const auto here = taken(u, v);
            if (std::is_same_v<Role, start_lat_deg_t> && v * u.in.factor > 90) return;  // off the globe
            RC_ASSERT(here.has_value());
            RC_ASSERT((std::abs(*here / u.in.factor + u.in.zero - v) <= last / 2));
        });
    });
}

TEST_CASE("a larger number as delivered is never a smaller measure", "[normalize][law]") {
    rc::prop("in any unit", [] {
        const auto a = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000), b = *rc::gen::inRange<std::int64_t>(a, 1'000'000'001);
        const double scale = std::pow(10.0, -*rc::gen::inRange(0, 9));
        all_units::for_each([&]<class Role>(const all_units::checked<Role>& u) {
            const auto x = taken(u, static_cast<double>(a) * scale), y = taken(u, static_cast<double>(b) * scale);
            RC_ASSERT((!(x && y) || *x <= *y));
        });
    });
    rc::prop("a longer pace is never a higher speed", [] {
        const auto a = *rc::gen::inRange<std::int64_t>(1, 100'000), b = *rc::gen::inRange<std::int64_t>(a, 100'001);
        const auto rule = pace(avg_speed_mps, "/v", 1000);
        RC_ASSERT((*all_units::read_by(rule, a)->record.avg_speed_mps >= *all_units::read_by(rule, b)->record.avg_speed_mps));
    });
}

TEST_CASE("the original of a converted number times its unit is the number", "[normalize][law]") {
    rc::prop("in every unit", [] {
        const double v = static_cast<double>(*rc::gen::inRange<std::int64_t>(1, 1'000'000)) / 1000;
        all_units::for_each([v]<class Role>(const all_units::checked<Role>& u) {
            const auto got = all_units::read_by(take(Role{}, "/v", u.in), v);
            RC_ASSERT(got.has_value());
            for (const auto& o : got->originals) {
                RC_ASSERT((o.value == v));
                RC_ASSERT((o.unit == u.in.name));
            }
            RC_ASSERT((got->originals.size() == std::size_t{(v - u.in.zero) * u.in.factor != v}));
        });
    });
}

TEST_CASE("two records that differ by a known factor tell it, in both directions, and repair agrees", "[plausibility][law]") {
    rc::prop("for every slip of lengths, times, energies and rates", [] {
        const double v = static_cast<double>(*rc::gen::inRange(1000, 100'000));
        const auto check = [v](auto role_of, std::span<const double> slips) {
            using Role = decltype(role_of);
            for (const double s : slips) {
                activity a, b;
                detail::set_role<Role>(a, v * s), detail::set_role<Role>(b, v);
                const auto over = implausible_beside(a, b), under = implausible_beside(b, a);
                RC_ASSERT((over.size() == 1U));
                RC_ASSERT((under.size() == 1U));
                RC_ASSERT((over[0].field == Role::name));
                RC_ASSERT((std::abs(over[0].factor * under[0].factor - 1) < 1e-9));
                repair(a, over[0]);
                RC_ASSERT(implausible_beside(a, b).empty());
                RC_ASSERT((std::abs(*all_units::canonical<Role>(a) / v - 1) < 1e-3));
            }
        };
        check(distance_m, std::span{detail::length_slips}.first(5));
        check(moving, detail::duration_slips);
        check(energy_kcal, detail::energy_slips);
        check(avg_speed_mps, detail::speed_slips);
        check(avg_cadence_rpm, detail::rate_slips);
    });
}

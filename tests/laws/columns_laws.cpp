// SPDX-License-Identifier: BSL-1.0
//
// Laws of columns and hosts: in bulk as one by one, and what was normalized survives a host's own units.
#include "../support/all_units.hpp"

#include <coincide/normalize/columns.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace coincide;
using all_units::taken;

namespace {

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

/// A host's own row: kilometres, minutes, kilojoules, kilometres an hour.
struct host_row {
    std::chrono::sys_time<std::chrono::milliseconds> began{};
    double minutes = 0;
    double km = 0, kj = 0, kmh = 0;
    std::string id{};
};

}  // namespace

template <>
struct coincide::describe<host_row> {
    static constexpr schema fields{
        bind(start_time, &host_row::began),          bind(moving, &host_row::minutes, units::minute), bind(distance_m, &host_row::km, units::kilometer),
        bind(energy_kcal, &host_row::kj, units::kilojoule), bind(avg_speed_mps, &host_row::kmh, units::kilometer_per_hour), bind(external_id, &host_row::id),
    };
};

TEST_CASE("a column in bulk is the same bits as one value at a time", "[normalize][columns][law]") {
    rc::prop("as read through a schema, and as the normalizer reads it", [] {
        const auto raw = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000));
        const double scale = std::pow(10.0, -*rc::gen::inRange(0, 7));
        std::vector<double> from;
        for (const auto v : raw) from.push_back(static_cast<double>(v) * scale);
        if (*rc::gen::arbitrary<bool>()) from.push_back(HUGE_VAL), from.push_back(no_value), from.push_back(1e308);
        all_units::for_each([&]<class Role>(const all_units::checked<Role>& u) {
            if constexpr (std::is_same_v<typename Role::value_type, double>) {
                std::vector<double> to(from.size());
                convert(std::span<const double>{from}, std::span<double>{to}, u.in);
                for (std::size_t i = 0; i < from.size(); ++i) {
                    const auto single = detail::convert<Role>(from[i], u.in);
                    RC_ASSERT((single.has_value() == !std::isnan(to[i])));
                    if (single) RC_ASSERT(same_bits(*single, to[i]));
                    if (i > 5) continue;  // a few of each by the whole normalizer
                    if (const auto whole = taken(u, from[i])) RC_ASSERT(same_bits(*whole, to[i]));
                }
            }
        });
    });
    rc::prop("whole numbers of every width too", [] {
        const auto v = *rc::gen::arbitrary<std::int16_t>();
        const std::int16_t narrow[] = {v};
        const float single[] = {static_cast<float>(v)};
        const std::int64_t wide[] = {v};
        double a[1], b[1], c[1];
        convert(std::span<const std::int16_t>{narrow}, std::span<double>{a}, units::mile);
        convert(std::span<const float>{single}, std::span<double>{b}, units::mile);
        convert(std::span<const std::int64_t>{wide}, std::span<double>{c}, units::mile);
        RC_ASSERT((a[0] == b[0]));
        RC_ASSERT((a[0] == c[0]));
        RC_ASSERT((a[0] == detail::convert<distance_m_t>(v, units::mile)));
    });
}

TEST_CASE("what was normalized can be written into a host's struct and read back", "[normalize][law]") {
    rc::prop("in the host's own units", [] {
        const auto meters = *rc::gen::inRange<std::int64_t>(0, 400'000'000), ms = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000), kcal = *rc::gen::inRange<std::int64_t>(0, 20'000'000);
        const auto at = *rc::gen::inRange<std::int64_t>(0, 7'258'118'400'000);
        constexpr moment_rule epoch[] = {{"/start", stamp::unix_ms}};
        constexpr number_rule numbers[] = {take(distance_m, "/mm", units::millimeter), take(moving, "/ms", units::millisecond), take(energy_kcal, "/cal", units::small_calorie),
                                           take(avg_speed_mps, "/mms", units::millimeter_per_second)};
        const flat_payload ride{{"/id", "7"}, {"/start", at}, {"/mm", meters}, {"/ms", ms}, {"/cal", kcal}, {"/mms", meters / 10'000}};
        RC_PRE(at >= 100'000'000'000);  // below it a number of milliseconds is taken for seconds
        const auto got = normalize(ride, profile{.name = "test", .source = "testing", .needs = all_units::needs, .start = epoch, .numbers = numbers, .says = all_units::says});
        RC_ASSERT(got.has_value());
        const auto& r = got->record;
        host_row host;
        write_role(host, start_time, r.start_time), write_role(host, moving, *r.moving), write_role(host, distance_m, *r.distance_m);
        write_role(host, energy_kcal, *r.energy_kcal), write_role(host, avg_speed_mps, *r.avg_speed_mps), write_role(host, external_id, std::string_view{r.external_id});
        RC_ASSERT((read(host, start_time) == r.start_time));
        RC_ASSERT((read(host, moving) == r.moving));
        const auto close = [](std::optional<double> a, std::optional<double> b) { return a && b && std::abs(*a - *b) <= 4e-16 * std::abs(*b); };
        RC_ASSERT(close(read(host, distance_m), r.distance_m));
        RC_ASSERT(close(read(host, energy_kcal), r.energy_kcal));
        RC_ASSERT(close(read(host, avg_speed_mps), r.avg_speed_mps));
        RC_ASSERT((read(host, external_id) == "7"));
    });
}


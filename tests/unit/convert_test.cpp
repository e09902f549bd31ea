// SPDX-License-Identifier: BSL-1.0
//
// Rounding and ranges between a host's numbers and the canonical ones, hostile numbers above all.
#include <coincide/record/describe.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

template <class T>
struct holding {  // one host for every kind of field
    T value{};
};
using years = std::chrono::duration<std::int64_t, std::ratio<31556952>>;
using days = std::chrono::duration<std::int64_t, std::ratio<86400>>;

template <class Role, class T>
auto as(const T& value, unit<typename Role::dimension> in = {}) {
    return detail::convert<Role>(value, in);
}

constexpr double infinity = std::numeric_limits<double>::infinity(), no_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("numbers of every type are seconds unless a unit says otherwise", "[convert]") {
    CHECK(as<elapsed_t>(90) == 90s);
    CHECK(as<elapsed_t>(std::uint8_t{90}) == 90s);
    CHECK(as<elapsed_t>(1.5F) == 1500ms);
    CHECK(as<elapsed_t>(90, units::minute) == 90min);
    CHECK(as<elapsed_t>(1500, units::millisecond) == 1500ms);
    CHECK(as<utc_offset_t>(-3600) == -3600s);
}

TEST_CASE("parts of a millisecond are rounded half away from zero", "[convert]") {
    CHECK(as<elapsed_t>(0.0005) == 1ms);
    CHECK(as<elapsed_t>(0.000499) == 0ms);
    CHECK(as<elapsed_t>(-0.0005) == -1ms);
    CHECK(as<utc_offset_t>(0.5) == 1s);
    CHECK(as<utc_offset_t>(-0.5) == -1s);
    CHECK(as<utc_offset_t>(0.49) == 0s);
}

TEST_CASE("a duration of any chrono type is read", "[convert]") {
    CHECK(as<elapsed_t>(2h) == 2h);
    CHECK(as<elapsed_t>(std::chrono::duration<double>{1.5}) == 1500ms);
    CHECK(as<elapsed_t>(1999999ns) == 1ms);
    CHECK(as<elapsed_t>(days{3}) == 72h);
}

TEST_CASE("a time point of any clock duration is read", "[convert]") {
    using std::chrono::sys_time;
    CHECK(as<start_time_t>(std::chrono::sys_seconds{1567841390s}) == instant{1567841390s});
    CHECK(as<start_time_t>(sys_time<std::chrono::nanoseconds>{1567841390123456789ns}) == instant{1567841390123ms});
    CHECK(as<start_time_t>(sys_time<std::chrono::nanoseconds>{-1ns}) == instant{-1ms});
    CHECK(as<start_time_t>(sys_time<days>{days{19723}}) == instant{1704067200s});  // 2024-01-01
    CHECK(as<start_time_t>(1567841390123, units::unix_millisecond) == instant{1567841390123ms});
    CHECK(as<start_time_t>(1567841390.25) == instant{1567841390250ms});
}

TEST_CASE("durations and times beyond all calendars are absent, not wrapped", "[convert][hostile]") {
    for (const double v : {infinity, -infinity, no_number, 1e308, -1e308, 1e19, 9.3e15}) {
        CHECK_FALSE(as<elapsed_t>(v));
        CHECK_FALSE(as<start_time_t>(v));
    }
    CHECK_FALSE(as<elapsed_t>(1e308, units::hour));
    CHECK_FALSE(as<elapsed_t>(std::numeric_limits<std::int64_t>::max()));
    CHECK_FALSE(as<elapsed_t>(std::numeric_limits<std::uint64_t>::max()));
    CHECK_FALSE(as<elapsed_t>(std::chrono::hours::max()));
    CHECK_FALSE(as<elapsed_t>(std::chrono::hours::min()));
    CHECK_FALSE(as<elapsed_t>(years::max()));
    CHECK_FALSE(as<elapsed_t>(milliseconds::max()));
    CHECK_FALSE(as<elapsed_t>(std::chrono::duration<double>{no_number}));
    CHECK_FALSE(as<start_time_t>(std::chrono::sys_seconds::max()));
    CHECK_FALSE(as<start_time_t>(std::chrono::sys_time<days>::min()));
    CHECK_FALSE(as<start_time_t>(std::numeric_limits<std::int64_t>::min(), units::unix_millisecond));
}

TEST_CASE("the years 1970 and 9999 are times", "[convert][hostile]") {
    CHECK(as<start_time_t>(0) == instant{});
    CHECK(as<start_time_t>(253402300799.0) == instant{253402300799s});
}

TEST_CASE("a written number is rounded half away from zero", "[convert]") {
    holding<int> whole;
    detail::from_canonical(whole.value, 2.5, units::meter);
    CHECK(whole.value == 3);
    detail::from_canonical(whole.value, -2.5, units::meter);
    CHECK(whole.value == -3);
    detail::from_canonical(whole.value, 2499.0, units::kilometer);
    CHECK(whole.value == 2);
    detail::from_canonical(whole.value, milliseconds{3599500}, units::second);
    CHECK(whole.value == 3600);
    holding<std::optional<std::int64_t>> stamp;
    detail::from_canonical(stamp.value, instant{1567841390123ms}, units::unix_millisecond);
    CHECK(stamp.value == 1567841390123);
    detail::from_canonical(stamp.value, instant{1567841390123ms}, units::fit_second);
    CHECK(stamp.value == 1567841390 - 631065600);
}

TEST_CASE("a time is written into a coarser time point by cutting towards the past", "[convert]") {
    holding<std::chrono::sys_seconds> at;
    detail::from_canonical(at.value, instant{-1ms}, unit<dimension::instant>{});
    CHECK(at.value == std::chrono::sys_seconds{-1s});
}

TEST_CASE("half of every size rounds away, and sums are exact", "[convert]") {
    for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1}, std::int64_t{999}, std::int64_t{3999999999999999}}) {
        const auto v = static_cast<double>(n);
        CHECK(detail::round_half_away(v) == n);
        CHECK(detail::round_half_away(-v) == -n);
        CHECK(detail::round_half_away(v + 0.5) == n + 1);
        CHECK(detail::round_half_away(-v - 0.5) == -n - 1);
        if (n > 0) CHECK(detail::round_half_away(v - 0.5) == n);
    }
    CHECK(detail::round_half_away(0.49999999999999994) == 0);
}

TEST_CASE("a value that the host's type cannot hold is written as the nearest that it can", "[convert][hostile]") {
    holding<int> whole;
    for (const double v : {1e300, 3e9, 9.3e18}) {
        detail::from_canonical(whole.value, v, units::meter);
        CHECK(whole.value == std::numeric_limits<int>::max());
        detail::from_canonical(whole.value, -v, units::meter);
        CHECK(whole.value == std::numeric_limits<int>::min());
    }
    holding<std::chrono::sys_time<std::chrono::nanoseconds>> at;
    detail::from_canonical(at.value, instant{253402300799s}, unit<dimension::instant>{});
    CHECK(at.value.time_since_epoch() > 0ns);
    holding<std::chrono::time_point<std::chrono::system_clock, std::chrono::duration<std::int32_t>>> narrow;
    detail::from_canonical(narrow.value, instant{253402300799s}, unit<dimension::instant>{});
    CHECK(narrow.value.time_since_epoch().count() == std::numeric_limits<std::int32_t>::max());
    detail::from_canonical(narrow.value, instant{-253402300799s}, unit<dimension::instant>{});
    CHECK(narrow.value.time_since_epoch().count() == std::numeric_limits<std::int32_t>::min());
    holding<float> single;
    detail::from_canonical(single.value, 1e308, units::meter);
    CHECK(single.value == std::numeric_limits<float>::max());
    detail::from_canonical(single.value, -1e308, units::meter);
    CHECK(single.value == std::numeric_limits<float>::lowest());
}

TEST_CASE("a duration is rounded alike into a number and into a chrono type", "[convert]") {
    holding<int> number;
    holding<std::chrono::seconds> duration;
    detail::from_canonical(number.value, milliseconds{3599600}, units::second);
    detail::from_canonical(duration.value, milliseconds{3599600}, units::second);
    CHECK(duration.value.count() == number.value);
}

// SPDX-License-Identifier: BSL-1.0
//
// Promises about the small types: cheap to copy, safe to pass between threads and over interfaces, complete tables of words.
#include <coincide/record/activity.hpp>
#include <coincide/record/source.hpp>
#include <coincide/result.hpp>

#include <type_traits>

namespace coincide {
namespace {

static_assert(std::is_trivially_copyable_v<problem> && std::is_trivially_copyable_v<sample> && std::is_trivially_copyable_v<sport_id>);
static_assert(std::is_trivially_copyable_v<unit<dimension::length>> && std::is_trivially_copyable_v<track_faults>);
static_assert(std::is_empty_v<start_time_t> && std::is_empty_v<distance_m_t> && std::is_empty_v<track_t>);

// Moving a record never throws, so a vector of records moves and does not copy.
static_assert(std::is_nothrow_move_constructible_v<activity> && std::is_nothrow_move_assignable_v<activity>);
static_assert(std::is_nothrow_move_constructible_v<samples> && std::is_nothrow_move_assignable_v<samples>);
static_assert(std::is_nothrow_move_constructible_v<result<activity>>);

// result: an alias of one type on every language level, and no exception needed to look into it.
static_assert(std::is_same_v<result<int>, tl::expected<int, problem>>);
static_assert(noexcept(fail(problem_code::empty)) && noexcept(to_string(problem_code::empty)));

// Words exist for every code, and each is its own.
constexpr bool distinct_words() {
    constexpr auto last = static_cast<int>(problem_code::recovered);
    for (int a = 0; a <= last; ++a) {
        const auto word = to_string(static_cast<problem_code>(a));
        if (word.empty() || word == "unknown") return false;
        for (int b = 0; b < a; ++b)
            if (to_string(static_cast<problem_code>(b)) == word) return false;
    }
    return true;
}
static_assert(distinct_words());

constexpr bool device_words_come_back() {
    for (const auto type : {device_type::watch, device_type::bike_computer, device_type::band, device_type::ring,
                            device_type::phone, device_type::other, device_type::unknown})
        if (device_type_from(to_string(type)) != type) return false;
    return device_type_from("toaster") == device_type::unknown;
}
static_assert(device_words_come_back());

static_assert(kind_of_source("garmin") == source_kind::device_service && kind_of_source("gpx_file") == source_kind::format);
static_assert(kind_of_source("strava") == source_kind::aggregator && kind_of_source("new_service") == source_kind::unknown);
static_assert(is_virtual_source("zwift") && !is_virtual_source("garmin") && !is_virtual_source(""));

// Unit factors: exact by definition (inch of 1959, thermochemical calorie, 2^31 semicircles to 180 degrees).
static_assert(units::mile.factor == 1609.344 && units::foot.factor == 0.3048 && units::yard.factor == 0.9144);
static_assert(units::semicircle.factor * 2147483648.0 == 180.0 && units::joule.factor * 4184.0 == 1.0);
static_assert(units::fit_second.zero == -631065600.0);  // date -u -d 1989-12-31T00:00:00Z +%s

static_assert(plausible_position(51.0, 3.5) && plausible_position(-90.0, 180.0) && plausible_position(0.0, 3.5));
static_assert(!plausible_position(0.0, 0.0) && !plausible_position(90.1, 0.0) && !plausible_position(0.0, -180.1));
static_assert(!plausible_position(no_value, 3.5) && !plausible_position(51.0, no_value));

}  // namespace
}  // namespace coincide

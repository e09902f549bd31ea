// SPDX-License-Identifier: BSL-1.0
//
// Reading RFC 3339 text at compile time. Expected seconds are those of `date -u -d <text> +%s` (GNU coreutils).
#include <coincide/record/time.hpp>

#include <string_view>

namespace coincide {
namespace {

using namespace std::chrono_literals;

constexpr bool reads(std::string_view text, std::chrono::milliseconds since_1970) {
    const auto parsed = parse_rfc3339(text);
    return parsed.has_value() && (*parsed).at == instant{since_1970};
}
constexpr bool rejects(std::string_view text) {
    const auto parsed = parse_rfc3339(text);
    return !parsed.has_value();
}

static_assert(reads("1970-01-01T00:00:00Z", 0ms));
static_assert(reads("1969-12-31T23:59:59Z", -1s));
static_assert(reads("1972-02-29T00:00:00Z", 68169600s));
static_assert(reads("2000-02-29T12:34:56Z", 951827696s));
static_assert(reads("2024-05-27T06:19:26.5+08:00", 1716761966500ms));
static_assert(reads("2024-05-26t22:19:26z", 1716761966s));
static_assert(reads("2024-05-26 22:19:26Z", 1716761966s));
static_assert(reads("2024-05-26T22:19:26.123456789Z", 1716761966123ms), "cut, not rounded");
static_assert(reads("2024-05-26T14:19:26-0800", 1716761966s));
static_assert(reads("2016-12-31T23:59:60Z", 1483228800s), "a leap second is the next second");
static_assert(reads("2199-12-31T23:59:59.999Z", latest_start.time_since_epoch()));
static_assert((*parse_rfc3339("2016-12-31T23:59:60Z")).leap_second);
static_assert((*parse_rfc3339("2024-05-27T06:19:26+08:00")).offset == 8h);
static_assert(!(*parse_rfc3339("2024-05-27T06:19:26-00:00")).offset && (*parse_rfc3339("2024-05-27T06:19:26-00:00")).has_zone);
static_assert(!(*parse_rfc3339("2024-05-27T06:19:26")).has_zone);

static_assert(rejects("") && rejects("2024") && rejects("2024-05-27") && rejects("2024-05-27T06:19"));
static_assert(rejects("2023-02-29T00:00:00Z") && rejects("1900-02-29T00:00:00Z") && rejects("2024-13-01T00:00:00Z"));
static_assert(rejects("2024-00-10T00:00:00Z") && rejects("2024-04-31T00:00:00Z"));
static_assert(rejects("2024-05-27T24:00:00Z") && rejects("2024-05-27T06:60:00Z") && rejects("2024-05-27T06:19:61Z"));
static_assert(rejects("2024-05-27T06:19:26.Z") && rejects("2024-05-27T06:19:26Zulu") && rejects("2024-05-27T06:19:26+24:00"));
static_assert(rejects("2024-05-27T06:19:26+08:60") && rejects("2024-05-27T06:19:26+") && rejects(" 2024-05-27T06:19:26Z"));
static_assert(rejects("+024-05-27T06:19:26Z") && rejects("2024-5-27T06:19:26Z") && rejects("20240527T061926Z"));

static_assert(noexcept(parse_rfc3339(std::string_view{})));
static_assert(sizeof(instant) == 8 && std::is_trivially_copyable_v<rfc3339_time>);
static_assert(earliest_start < latest_start);

}  // namespace
}  // namespace coincide

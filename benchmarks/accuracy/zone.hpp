// SPDX-License-Identifier: BSL-1.0
//
// Where athletes live, and what their clocks on the wall show.
//
//     offset_at(ghent, parse_rfc3339("2023-07-01T10:00:00Z")->at)   -> 7200 s (summer time)
//     instant_of(ghent, local_day, 18 * 60)                          -> 16:00 UTC on that day
//
// Whole, half and three-quarter hours; with and without summer time; both sides of Greenwich and of the equator.
#pragma once

#include <coincide/record/time.hpp>

#include <string_view>

namespace accuracy {

using coincide::instant;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

enum class summer : std::uint8_t { none, europe, america, south };

struct city {
    std::string_view name;
    double lat_deg, lon_deg;
    std::string_view timezone;
    int standard_min;  // local minus UTC, without summer time
    summer rule;
};

inline constexpr city cities[] = {
    {"Ghent", 51.0543, 3.7174, "Europe/Brussels", 60, summer::europe},
    {"Winchester", 51.0632, -1.3080, "Europe/London", 0, summer::europe},
    {"Helsinki", 60.1699, 24.9384, "Europe/Helsinki", 120, summer::europe},
    {"Freiburg", 47.9990, 7.8421, "Europe/Berlin", 60, summer::europe},
    {"Girona", 41.9794, 2.8214, "Europe/Madrid", 60, summer::europe},
    {"Boston", 42.3601, -71.0589, "America/New_York", -300, summer::america},
    {"Chicago", 41.8781, -87.6298, "America/Chicago", -360, summer::america},
    {"Boulder", 40.0150, -105.2705, "America/Denver", -420, summer::america},
    {"Portland", 45.5152, -122.6784, "America/Los_Angeles", -480, summer::america},
    {"St. John's", 47.5615, -52.7126, "America/St_Johns", -210, summer::america},
    {"Campinas", -22.9056, -47.0608, "America/Sao_Paulo", -180, summer::none},
    {"Nairobi", -1.2921, 36.8219, "Africa/Nairobi", 180, summer::none},
    {"Pune", 18.5204, 73.8567, "Asia/Kolkata", 330, summer::none},
    {"Kathmandu", 27.7172, 85.3240, "Asia/Kathmandu", 345, summer::none},
    {"Singapore", 1.3521, 103.8198, "Asia/Singapore", 480, summer::none},
    {"Kyoto", 35.0116, 135.7681, "Asia/Tokyo", 540, summer::none},
    {"Adelaide", -34.9285, 138.6007, "Australia/Adelaide", 570, summer::south},
    {"Dunedin", -45.8788, 170.5028, "Pacific/Auckland", 720, summer::south},
};

/// Whether summer time is in force. The hour of the change itself is taken as 01:00 UTC everywhere: nobody trains through it.
[[nodiscard]] inline bool is_summer(summer rule, instant at) {
    using namespace date;
    if (rule == summer::none) return false;
    const year y = year_month_day{floor<days>(at)}.year();
    const auto last_sunday = [y](month m) { return instant{sys_days{y / m / Sunday[last]}} + std::chrono::hours{1}; };
    const auto sunday = [y](unsigned n, month m) { return instant{sys_days{y / m / Sunday[n]}} + std::chrono::hours{1}; };
    switch (rule) {
    case summer::europe: return at >= last_sunday(March) && at < last_sunday(October);
    case summer::america: return at >= sunday(2, March) && at < sunday(1, November);
    case summer::south: return at < sunday(1, April) || at >= sunday(1, October);
    case summer::none: break;
    }
    return false;
}

[[nodiscard]] inline seconds offset_at(const city& where, instant at) {
    return minutes{where.standard_min + (is_summer(where.rule, at) ? 60 : 0)};
}

/// The instant at which the wall shows so many minutes after midnight of that day.
[[nodiscard]] inline instant instant_of(const city& where, date::sys_days local_day, double minute_of_day) {
    const instant wall = instant{local_day} + milliseconds{static_cast<std::int64_t>(minute_of_day * 60e3)};
    return wall - offset_at(where, wall - offset_at(where, wall));
}

/// Midnight, by the wall, of the day of that instant.
[[nodiscard]] inline instant local_midnight(const city& where, instant at) {
    return instant_of(where, date::floor<date::days>(at + offset_at(where, at)), 0);
}

}  // namespace accuracy

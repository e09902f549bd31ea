// SPDX-License-Identifier: BSL-1.0
//
// Offsets of named zones from Howard Hinnant's tz library, for normalizing: link date::date-tz. On systems without a
// time-zone database, and for names it does not know, nothing is known, and nothing fails.
//
//     normalize(payload, profile, {.zones = date_zones()});        // "Europe/Berlin" gives 3600 s in March
//
// tz reports unknown zones with exceptions; where those are off, it does not compile, and this database knows nothing.
#pragma once

#include <coincide/normalize/clock.hpp>

#ifdef __cpp_exceptions
#    include <date/tz.h>

#    include <stdexcept>
#endif

namespace coincide {

#ifdef __cpp_exceptions
namespace detail {
inline const date::time_zone* zone_named(std::string_view zone) noexcept {
    try {
        return date::locate_zone(zone);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}
}  // namespace detail

[[nodiscard]] inline zone_database date_zones() noexcept {
    return {
        [](std::string_view zone, instant at) -> std::optional<seconds> {
            const auto* const z = detail::zone_named(zone);
            return z ? std::optional{z->get_info(at).offset} : std::nullopt;
        },
        [](std::string_view zone, instant local_digits) -> std::optional<seconds> {
            const auto* const z = detail::zone_named(zone);
            if (!z) return std::nullopt;
            return z->get_info(date::local_time<milliseconds>{local_digits.time_since_epoch()}).first.offset;
        },
    };
}
#else
[[nodiscard]] inline zone_database date_zones() noexcept { return {}; }
#endif

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Offsets of named zones from Howard Hinnant's tz library, for normalizing: link date::date-tz. On systems without a
// time-zone database, and for names it does not know, nothing is known, and nothing fails.
//
//     normalize(payload, profile, {.zones = date_zones()});        // "Europe/Berlin" gives 3600 s in March
//
// tz reports unknown zones with exceptions; where those are off, this database knows nothing.
#pragma once

#include <coincide/normalize/clock.hpp>

#include <date/tz.h>

#include <stdexcept>

namespace coincide {

[[nodiscard]] inline zone_database date_zones() noexcept {
    constexpr auto find = [](std::string_view zone) -> const date::time_zone* {
#ifdef __cpp_exceptions
        try {
            return date::locate_zone(zone);
        } catch (const std::runtime_error&) {
            return nullptr;
        }
#else
        static_cast<void>(zone);
        return nullptr;
#endif
    };
    static constexpr auto locate = find;
    return {
        [](std::string_view zone, instant at) -> std::optional<seconds> {
            const auto* const z = locate(zone);
            return z ? std::optional{z->get_info(at).offset} : std::nullopt;
        },
        [](std::string_view zone, instant local_digits) -> std::optional<seconds> {
            const auto* const z = locate(zone);
            if (!z) return std::nullopt;
            return z->get_info(date::local_time<milliseconds>{local_digits.time_since_epoch()}).first.offset;
        },
    };
}

}  // namespace coincide

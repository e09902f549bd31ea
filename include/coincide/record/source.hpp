// SPDX-License-Identifier: BSL-1.0
//
// Who says it. A source is named by a slug; the known ones carry what the library must know about them. Unknown slugs are
// allowed everywhere and behave like an unknown service.
#pragma once

#include <coincide/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coincide {

/// What kind of thing a source is; decides nothing by itself, policies use it.
enum class source_kind : std::uint8_t {
    device_service,  // the maker of the device that recorded
    aggregator,      // gets its data from others
    platform,        // a phone's health store
    format,          // a file; the slug names its format, so two files of one format are not "the same source twice"
    person,          // typed by the athlete
    unknown,
};

namespace detail {
struct source_row {
    std::string_view slug;
    source_kind kind;
    bool virtual_world;  // positions are those of a game
};
inline constexpr source_row source_table[] = {
    {"apple_health", source_kind::platform, false},     {"concept2", source_kind::device_service, false},
    {"coros", source_kind::device_service, false},      {"edit", source_kind::person, false},
    {"fit_file", source_kind::format, false},             {"fitbit", source_kind::device_service, false},
    {"garmin", source_kind::device_service, false},     {"google_fit", source_kind::platform, false},
    {"google_health", source_kind::platform, false},    {"gpx_file", source_kind::format, false},
    {"health_connect", source_kind::platform, false},   {"hevy", source_kind::person, false},
    {"ifit", source_kind::device_service, false},       {"intervals_icu", source_kind::aggregator, false},
    {"manual", source_kind::person, false},             {"mapmyrun", source_kind::device_service, false},
    {"oura", source_kind::device_service, false},       {"peloton", source_kind::device_service, false},
    {"polar", source_kind::device_service, false},      {"ridewithgps", source_kind::aggregator, false},
    {"rouvy", source_kind::device_service, true},       {"runkeeper", source_kind::device_service, false},
    {"samsung_health", source_kind::platform, false},   {"sporttracks", source_kind::aggregator, false},
    {"strava", source_kind::aggregator, false},         {"strong", source_kind::person, false},
    {"suunto", source_kind::device_service, false},     {"hammerhead", source_kind::device_service, false},
    {"tag_heuer", source_kind::device_service, false},  {"tcx_file", source_kind::format, false},
    {"trainingpeaks", source_kind::aggregator, false},  {"wahoo", source_kind::device_service, false},
    {"whoop", source_kind::device_service, false},      {"withings", source_kind::device_service, false},
    {"zepp", source_kind::device_service, false},       {"zwift", source_kind::device_service, true},
};
/// The row of a slug; one of an unknown kind when the table has none.
constexpr source_row row_of_source(std::string_view slug) noexcept {
    for (const auto& row : source_table)
        if (row.slug.size() == slug.size() && row.slug.front() == slug.front() && row.slug == slug) return row;
    return {slug, source_kind::unknown, false};
}
}  // namespace detail

/// The kind of a source; `unknown` for slugs that are not in the table.
[[nodiscard]] constexpr source_kind kind_of_source(std::string_view slug) noexcept {
    return detail::row_of_source(slug).kind;
}

/// Whether positions from this source are those of a virtual world.
[[nodiscard]] constexpr bool is_virtual_source(std::string_view slug) noexcept {
    return detail::row_of_source(slug).virtual_world;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Whose word counts more. A policy names sources, best first, for everybody and for single athletes; within one source the
// device type decides (Watch > Band > Ring > Phone > Other, requirement 000), then the richer record.
//
//     merge_policy policy = presets::ridetool_priority;          // FIT file 4, Garmin 3, Wahoo 2, Strava 1
//     policy.of_athlete["ann"] = {{"apple_health", 3}, {"garmin", 2}, {"strava", 1}};
//
// A source that no list names has the rank of its kind (files and device makers before platforms before aggregators).
#pragma once

#include <coincide/record/describe.hpp>
#include <coincide/record/source.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

struct source_rank {
    std::string source{};
    int rank = 0;  // higher leads
};

struct merge_policy {
    std::vector<source_rank> sources{};                                   // for everybody
    std::map<std::string, std::vector<source_rank>, std::less<>> of_athlete{};  // replaces `sources` for one athlete
};

namespace presets {
/// Only the ranks of kinds, see rank_of_kind.
inline const merge_policy measured_first{};
/// Requirement 004: manual FIT upload (4), Garmin (3), Wahoo (2), Strava (1).
inline const merge_policy ridetool_priority{{{"fit_file", 4}, {"garmin", 3}, {"wahoo", 2}, {"strava", 1}}, {}};
/// Requirement 000's example: Apple Health > Garmin > Strava.
inline const merge_policy trainstack_priority{{{"apple_health", 3}, {"garmin", 2}, {"strava", 1}}, {}};
}  // namespace presets

/// Ranks below every named source. The device's own file has all it recorded; its maker's service nearly so; GPX lacks
/// summaries; an aggregator has what it was given; what a person typed is right about the person, not about the metres.
[[nodiscard]] constexpr int rank_of_kind(std::string_view slug, source_kind kind) noexcept {
    switch (kind) {
    case source_kind::device_service: return -2;
    case source_kind::format: return slug == "fit_file" ? -1 : slug == "tcx_file" ? -3 : -4;
    case source_kind::platform: return -5;
    case source_kind::unknown: return -6;
    case source_kind::aggregator: return -7;
    case source_kind::person: return -8;
    }
    return -9;
}

[[nodiscard]] constexpr int rank_of_kind(std::string_view slug) noexcept { return rank_of_kind(slug, kind_of_source(slug)); }

/// The rank of a source for an athlete. O(sources named).
[[nodiscard]] inline int rank_of(const merge_policy& policy, std::string_view athlete, std::string_view slug, source_kind kind) {
    const auto own = policy.of_athlete.find(athlete);
    for (const auto& named : own != policy.of_athlete.end() ? own->second : policy.sources)
        if (named.source == slug) return named.rank;
    return rank_of_kind(slug, kind);
}
[[nodiscard]] inline int rank_of(const merge_policy& policy, std::string_view athlete, std::string_view slug) {
    return rank_of(policy, athlete, slug, kind_of_source(slug));
}

}  // namespace coincide

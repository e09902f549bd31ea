// SPDX-License-Identifier: BSL-1.0
//
// A plain row, as out of a database: kilometers, whole seconds, slugs, its own point type.
#pragma once

#include "facts.hpp"

#include <optional>

namespace hosts {

struct row_point {
    int second = 0;
    float lat = 0, lon = 0;
};
struct row_struct {
    std::string athlete, provider, id;
    std::chrono::sys_seconds started{};
    int seconds = 0;
    std::optional<double> km{};
    std::string kind, title;
    std::vector<row_point> points{};
};

template <>
struct made_of<row_struct> {
    std::vector<row_struct> records{};
    explicit made_of(const std::vector<facts>& all) {
        for (const auto& f : all) {
            row_struct r{f.athlete,   f.source,        f.id,    std::chrono::floor<std::chrono::seconds>(f.start),
                         f.elapsed_s, f.metres / 1000, f.sport, f.title};
            for (const auto s : f.track)
                r.points.push_back(
                    {static_cast<int>(s.t.count() / 1000), static_cast<float>(s.lat_deg), static_cast<float>(s.lon_deg)});
            records.push_back(r);
        }
    }
};

}  // namespace hosts

template <>
struct coincide::describe<hosts::row_point> {
    static constexpr schema fields{bind(since_start, &hosts::row_point::second), bind(lat_deg, &hosts::row_point::lat),
                                   bind(lon_deg, &hosts::row_point::lon)};
};
template <>
struct coincide::describe<hosts::row_struct> {
    static constexpr schema fields{
        bind(athlete_id, &hosts::row_struct::athlete),
        bind(source, &hosts::row_struct::provider),
        bind(external_id, &hosts::row_struct::id),
        bind(start_time, &hosts::row_struct::started),
        bind(elapsed, &hosts::row_struct::seconds, {}, absent_when(0)),
        bind(distance_m, &hosts::row_struct::km, units::kilometer),
        bind(sport, &hosts::row_struct::kind),
        bind(name, &hosts::row_struct::title),
        bind(track, &hosts::row_struct::points),
    };
};
static_assert(coincide::record<hosts::row_struct>);

// SPDX-License-Identifier: BSL-1.0
//
// A type that one does not own, described from outside: FIT's epoch, miles, radians, an own enumeration of sports, C strings.
#pragma once

#include "facts.hpp"

#include <cstdint>
#include <cstdio>
#include <numbers>

// A vendor's header: cannot be changed.
namespace vendor {

enum class sport_t : int { none, bike, run, gravel };
struct gps_point {
    std::uint32_t fit_time;
    double lat_rad, lon_rad;
};
struct workout {
    char user[16], service[16], key[16], label[32];
    std::uint32_t fit_start;
    double hours, miles;
    sport_t sport;
    std::vector<gps_point> gps;
};

}  // namespace vendor

namespace hosts {

using foreign_type = vendor::workout;

struct slug_of_vendor {
    constexpr std::string_view operator()(const vendor::workout& w) const {
        switch (w.sport) {
        case vendor::sport_t::bike: return "cycling";
        case vendor::sport_t::run: return "running";
        case vendor::sport_t::gravel: return "gravel_cycling";
        case vendor::sport_t::none: break;
        }
        return "";
    }
};
/// Text of a C array, by a getter of our own.
template <auto Member>
struct text_of {
    constexpr std::string_view operator()(const vendor::workout& w) const { return static_cast<const char*>(w.*Member); }
};

template <>
struct made_of<foreign_type> {
    std::vector<foreign_type> records{};
    explicit made_of(const std::vector<facts>& all) {
        constexpr double degree = std::numbers::pi / 180;
        for (const auto& f : all) {
            foreign_type w{};
            std::snprintf(w.user, sizeof w.user, "%s", f.athlete.c_str());
            std::snprintf(w.service, sizeof w.service, "%s", f.source.c_str());
            std::snprintf(w.key, sizeof w.key, "%s", f.id.c_str());
            std::snprintf(w.label, sizeof w.label, "%s", f.title.c_str());
            w.fit_start = static_cast<std::uint32_t>(f.start.time_since_epoch().count() / 1000 - 631065600);
            w.hours = f.elapsed_s / 3600.0, w.miles = f.metres / 1609.344;
            w.sport = f.sport == "cycling"   ? vendor::sport_t::bike
                      : f.sport == "running" ? vendor::sport_t::run
                                             : vendor::sport_t::gravel;
            for (const auto s : f.track)
                w.gps.push_back(
                    {w.fit_start + static_cast<std::uint32_t>(s.t.count() / 1000), s.lat_deg * degree, s.lon_deg * degree});
            records.push_back(w);
        }
    }
};

}  // namespace hosts

template <>
struct coincide::describe<vendor::gps_point> {
    static constexpr schema fields{bind(fix_time, &vendor::gps_point::fit_time, units::fit_second),
                                   bind(lat_deg, &vendor::gps_point::lat_rad, units::radian),
                                   bind(lon_deg, &vendor::gps_point::lon_rad, units::radian)};
};
template <>
struct coincide::describe<vendor::workout> {
    using host = vendor::workout;
    static constexpr schema fields{
        bind(athlete_id, hosts::text_of<&host::user>{}),
        bind(source, hosts::text_of<&host::service>{}),
        bind(external_id, hosts::text_of<&host::key>{}),
        bind(start_time, &host::fit_start, units::fit_second),
        bind(elapsed, &host::hours, units::hour),
        bind(distance_m, &host::miles, units::mile),
        bind(sport, hosts::slug_of_vendor{}),
        bind(name, hosts::text_of<&host::label>{}),
        bind(track, &host::gps),
    };
};
static_assert(coincide::record<vendor::workout>);

// SPDX-License-Identifier: BSL-1.0
//
// A class with private data: const getters that return references, and setters. Times are texts.
#pragma once

#include "facts.hpp"

#include <utility>

namespace hosts {

class getters_class {
public:
    const std::string& athlete() const { return athlete_; }
    const std::string& provider() const { return provider_; }
    const std::string& id() const { return id_; }
    const std::string& started() const { return started_; }
    const std::chrono::duration<double>& length() const { return length_; }
    const double& meters() const { return meters_; }
    const std::string& kind() const { return kind_; }
    const std::string& title() const { return title_; }
    const coincide::samples& points() const { return points_; }

    void set_athlete(std::string v) { athlete_ = std::move(v); }
    void set_provider(std::string v) { provider_ = std::move(v); }
    void set_id(std::string v) { id_ = std::move(v); }
    void set_started(const std::string& v) { started_ = v; }
    void set_length(std::chrono::duration<double> v) { length_ = v; }
    void set_meters(double v) { meters_ = v; }
    void set_kind(std::string v) { kind_ = std::move(v); }
    void set_title(std::string v) { title_ = std::move(v); }
    void set_points(coincide::samples v) { points_ = std::move(v); }

private:
    std::string athlete_, provider_, id_, started_ = "1970-01-01T00:00:00Z", kind_, title_;
    std::chrono::duration<double> length_{};
    double meters_ = 0;
    coincide::samples points_{};
};

template <>
struct made_of<getters_class> {
    std::vector<getters_class> records{};
    explicit made_of(const std::vector<facts>& all) {
        for (const auto& f : all) {
            getters_class r;
            r.set_athlete(f.athlete), r.set_provider(f.source), r.set_id(f.id),
                r.set_started(coincide::format_rfc3339(f.start));
            r.set_length(std::chrono::seconds{f.elapsed_s}), r.set_meters(f.metres), r.set_kind(f.sport),
                r.set_title(f.title), r.set_points(f.track);
            records.push_back(r);
        }
    }
};

}  // namespace hosts

template <>
struct coincide::describe<hosts::getters_class> {
    using host = hosts::getters_class;
    static constexpr schema fields{
        bind(athlete_id, &host::athlete, &host::set_athlete),
        bind(source, &host::provider, &host::set_provider),
        bind(external_id, &host::id, &host::set_id),
        bind(start_time, &host::started, &host::set_started),
        bind(elapsed, &host::length, &host::set_length),
        bind(distance_m, &host::meters, &host::set_meters),
        bind(sport, &host::kind, &host::set_kind),
        bind(name, &host::title, &host::set_title),
        bind(track, &host::points, &host::set_points),
    };
};
static_assert(coincide::record<hosts::getters_class>);

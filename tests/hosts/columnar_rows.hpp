// SPDX-License-Identifier: BSL-1.0
//
// A table in columns, described through the getters of a small row handle.
#pragma once

#include "facts.hpp"

#include <cstddef>
#include <cstdint>

namespace hosts {

struct ride_table {
    std::vector<std::string> athlete, source, id, kind, title;
    std::vector<std::int64_t> start_ms;
    std::vector<float> minutes;
    std::vector<std::int32_t> decimetres;
    std::vector<coincide::samples> points;
};

class columnar_row {
public:
    columnar_row(const ride_table& table, std::size_t row) : table_{&table}, row_{row} {}
    const std::string& athlete() const { return table_->athlete[row_]; }
    const std::string& source() const { return table_->source[row_]; }
    std::string_view id() const { return table_->id[row_]; }
    std::int64_t start_ms() const { return table_->start_ms[row_]; }
    float minutes() const { return table_->minutes[row_]; }
    std::int32_t decimetres() const { return table_->decimetres[row_]; }
    const std::string& kind() const { return table_->kind[row_]; }
    const std::string& title() const { return table_->title[row_]; }
    const coincide::samples& points() const { return table_->points[row_]; }

private:
    const ride_table* table_;
    std::size_t row_;
};

template <>
struct made_of<columnar_row> {
    ride_table table{};
    std::vector<columnar_row> records{};
    explicit made_of(const std::vector<facts>& all) {
        for (const auto& f : all) {
            table.athlete.push_back(f.athlete), table.source.push_back(f.source), table.id.push_back(f.id),
                table.kind.push_back(f.sport), table.title.push_back(f.title);
            table.start_ms.push_back(f.start.time_since_epoch().count());
            table.minutes.push_back(static_cast<float>(f.elapsed_s) / 60);
            table.decimetres.push_back(static_cast<std::int32_t>(f.metres * 10));
            table.points.push_back(f.track);
        }
        for (std::size_t row = 0; row < all.size(); ++row) records.emplace_back(table, row);
    }
    made_of(const made_of&) = delete;
    made_of& operator=(const made_of&) = delete;
};

}  // namespace hosts

template <>
struct coincide::describe<hosts::columnar_row> {
    using host = hosts::columnar_row;
    static constexpr schema fields{
        bind(athlete_id, &host::athlete),
        bind(source, &host::source),
        bind(external_id, &host::id),
        bind(start_time, &host::start_ms, units::unix_millisecond),
        bind(elapsed, &host::minutes, units::minute),
        bind(distance_m, &host::decimetres, unit<dimension::length>{0.1}),
        bind(sport, &host::kind),
        bind(name, &host::title),
        bind(track, &host::points),
    };
};
static_assert(coincide::record<hosts::columnar_row>);

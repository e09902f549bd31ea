// SPDX-License-Identifier: BSL-1.0
//
// The samples that a payload carries, as columns: an array of objects, or arrays side by side.
//
//     "path": [{"timestamp": 0, "latitude": 51.0, "longitude": 3.5, "altitude": 12}, …]      // Runkeeper
#pragma once

#include <coincide/normalize/read_number.hpp>

namespace coincide::detail {

template <payload P>
class sample_reader {
public:
    sample_reader(const P& from, instant start, std::optional<seconds> offset) : in_{from}, start_{start}, offset_{offset} {}

    /// Samples that were left out because they lie over a year from the start, or have no time that can be read; columns, because they
    /// are not as long as the times.
    [[nodiscard]] std::size_t too_far() const noexcept { return too_far_; }
    [[nodiscard]] std::size_t without_time() const noexcept { return without_time_; }
    [[nodiscard]] std::size_t unequal() const noexcept { return unequal_; }

    /// The first of the rules that yields samples; they are in the order of the payload.
    [[nodiscard]] samples read(std::span<const sample_rule> rules) const {
        for (const auto& r : rules) {
            if (!r.only_where.empty() && in_.at(r.only_where).text != r.holds) continue;
            auto out = r.rows.empty() ? side_by_side(r) : rows(r);
            if (!out.empty()) return out;
        }
        return {};
    }

private:
    [[nodiscard]] std::optional<milliseconds> time_of(const sample_rule& r, const delivered& v) const {
        if (r.time_factor != 0) {
            const auto n = rough_number(v);
            return n ? duration_from_seconds<milliseconds>(*n * r.time_factor) : std::nullopt;
        }
        const auto at = read_stamp(v, r.form);
        if (!at) return std::nullopt;
        return at->is_instant || !offset_ ? at->at - start_ : at->at - start_ - *offset_;
    }
    [[nodiscard]] bool is_within_reach(milliseconds t) const noexcept {
        constexpr milliseconds reach = std::chrono::hours{24 * 366};
        const bool within = t <= reach && t >= -reach;
        too_far_ += !within;
        return within;
    }
    [[nodiscard]] static double value_at(const P& row, std::string_view path, double factor, double zero) {
        const auto n = rough_number(row.at(path));
        const double v = n ? (*n - zero) * factor : no_value;
        return finite(v) ? v : no_value;
    }

    [[nodiscard]] static double value_of(const P& row, const sample_column& c) {
        if (!c.inverted) return value_at(row, c.path, c.factor, c.zero);
        const double v = value_at(row, c.path, 1, 0);
        return v > 0 ? c.factor / v : no_value;
    }

    [[nodiscard]] samples rows(const sample_rule& r) const {
        samples out;
        in_.for_each(r.rows, [&](const P& row) {
            const auto t = time_of(r, row.at(r.time));
            without_time_ += !t;
            if (!t || !is_within_reach(*t)) return true;
            out.t_ms.push_back(t->count());
            append(out, out.lat, r.lat.empty() ? no_value : value_at(row, r.lat, r.angle_factor, 0));
            append(out, out.lon, r.lon.empty() ? no_value : value_at(row, r.lon, r.angle_factor, 0));
            double column[samples::column_count];
            for (double& v : column) v = no_value;
            for (const auto& c : r.columns)
                if (const double v = value_of(row, c); v == v) column[c.to] = v;
            for (std::size_t c = 0; c < samples::column_count; ++c) append(out, out.values[c], column[c]);
            return true;
        });
        out.finish();
        return out;
    }
    static void append(const samples& of, std::vector<double>& column, double v) {
        if (column.empty() && v != v) return;
        column.resize(of.t_ms.size() - 1, no_value);
        column.push_back(v);
    }

    /// All or nothing: arrays of unequal length do not belong together.
    [[nodiscard]] samples side_by_side(const sample_rule& r) const {
        samples out;
        bool whole = true;
        in_.for_each(r.time, [&](const P& item) {
            const auto t = time_of(r, item.at({}));
            without_time_ += !t;
            whole = whole && t.has_value() && is_within_reach(*t);
            out.t_ms.push_back(t.value_or(milliseconds{0}).count());
            return whole;
        });
        if (!whole) return {};
        const auto column = [&](std::string_view path, double factor, double zero, std::vector<double>& to) {
            if (path.empty()) return;
            in_.for_each(path, [&](const P& item) { return to.push_back(value_at(item, {}, factor, zero)), true; });
            unequal_ += !to.empty() && to.size() != out.t_ms.size();
            if (to.size() != out.t_ms.size()) to.clear();
        };
        column(r.lat, r.angle_factor, 0, out.lat), column(r.lon, r.angle_factor, 0, out.lon);
        for (const auto& c : r.columns) column(c.path, c.factor, c.zero, out.values[c.to]);
        return out;
    }

    const P& in_;
    instant start_;
    std::optional<seconds> offset_;
    mutable std::size_t too_far_ = 0, without_time_ = 0, unequal_ = 0;
};

}  // namespace coincide::detail

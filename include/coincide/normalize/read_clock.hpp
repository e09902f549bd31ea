// SPDX-License-Identifier: BSL-1.0
//
// When a record began, where its clock stood, and how sure that is, by the moments and offsets of its profile.
//
//     Polar:   start_time "2025-03-30T01:45:10" is local, start_time_utc_offset 60  ->  00:45:10Z, offset 3600 s
//     Garmin:  startTimeGMT and startTimeLocal                                     ->  the difference is the offset
//     TrainingPeaks: StartTime without any zone                                    ->  the digits, ±14 h, remarked as zone_unknown
#pragma once

#include <coincide/normalize/read_number.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace coincide {

inline constexpr seconds unknown_zone_precision{50400};  // zones reach from UTC-12 to UTC+14
inline constexpr seconds furthest_offset{50400};

/// What the host knows of zones.
struct normalize_options {
    zone_database zones{};
    std::string_view default_zone{};  // of times that name none: the athlete's, where the host knows it
};

namespace detail {

struct clock_told {
    record_span span{};            // start: an instant, or local digits while `zone_known` is false
    bool zone_known = true;
    std::optional<seconds> offset{};
    std::string zone{};            // IANA name
    std::optional<seconds> precision{};
    std::string_view start_path{};
};

[[nodiscard]] constexpr bool is_word(const delivered& v, std::string_view word) noexcept {
    if (v.is == delivered::kind::text) return v.text == word;
    if (v.is == delivered::kind::boolean) return word == (v.boolean ? "true" : "false");
    const auto number = integer_in(word);
    return number && (v.is == delivered::kind::integer ? *number == v.integer : v.is == delivered::kind::number && static_cast<double>(*number) == v.number);
}

template <payload P>
class clock_reader {
public:
    clock_reader(const P& from, const profile& by, const normalize_options& options, std::vector<remark>& remarks)
        : in_{from}, by_{by}, options_{options}, remarks_{remarks} {}

    [[nodiscard]] result<clock_told> read() const {
        clock_told out;
        std::optional<clock_reading> start;
        for (const auto& m : by_.start) {
            if (in_.at(m.path).absent()) continue;
            start = moment(m);
            out.start_path = m.path;
            if (start) break;
        }
        if (out.start_path.empty()) return fail(problem_code::missing_key, start_time_t::name, by_.start.front().path);
        if (!start) return fail(problem_code::bad_time, start_time_t::name, out.start_path);
        if (start->rescaled) remarks_.push_back({problem_code::unit_chosen, start_time_t::name, out.start_path});
        place_start(*start, out);
        if (auto wrong = place_end(*start, out)) return tl::unexpected<problem>(*wrong);
        for (const auto& p : by_.precision)
            if (is_word(in_.at(p.path), p.word)) out.precision = std::max(out.precision.value_or(seconds{0}), p.within);
        return out;
    }

    /// The record's own revision time.
    [[nodiscard]] std::optional<instant> updated() const {
        std::optional<remark> unused;
        for (const auto& m : by_.updated) {
            if (in_.at(m.path).absent()) continue;
            const auto t = moment(m);
            if (t && t->is_instant && t->at >= earliest_start && t->at <= latest_start) return t->at;
            unused = remark{t && t->is_instant ? problem_code::out_of_range : problem_code::bad_time, updated_at_t::name, m.path};
        }
        if (unused) remarks_.push_back(*unused);
        return std::nullopt;
    }

private:
    [[nodiscard]] std::optional<clock_reading> moment(const moment_rule& m) const {
        const auto v = in_.at(m.path);
        if (v.absent() || m.day.empty()) return read_stamp(v, m.form, m.zone);
        const std::string whole = std::string{in_.at(m.day).text}.append("T").append(v.text);
        return read_stamp(delivered::of(std::string_view{whole}), m.form, m.zone);
    }

    void place_start(const clock_reading& start, clock_told& out) const {
        if (const auto name_of_zone = in_.at(by_.zone); !by_.zone.empty() && name_of_zone.is == delivered::kind::text) out.zone = zone_name(name_of_zone.text);
        out.precision = start.precision;
        if (start.is_instant && !by_.offset_untrusted && start.offset) {
            if (of_a_place(*start.offset)) out.offset = start.offset;
            else remarks_.push_back({problem_code::offset_conflict, utc_offset_t::name, out.start_path});
        }
        if (!out.offset) out.offset = told_offset(start.is_instant ? std::optional{start.at} : std::nullopt);
        if (!out.offset && !out.zone.empty()) out.offset = zone_offset(out.zone, start);
        if (!out.offset && !start.is_instant && !options_.default_zone.empty()) out.offset = zone_offset(options_.default_zone, start);
        out.zone_known = start.is_instant || out.offset.has_value();
        out.span.start = !start.is_instant && out.offset ? start.at - *out.offset : start.at;
        if (!out.zone_known) {
            out.precision = unknown_zone_precision;
            remarks_.push_back({problem_code::zone_unknown, start_time_t::name, out.start_path});
        }
    }

    [[nodiscard]] std::optional<problem> place_end(const clock_reading& start, clock_told& out) const {
        std::string_view unread{};
        for (const auto& m : by_.end) {
            if (in_.at(m.path).absent()) continue;
            const auto end = moment(m);
            if (!end) {
                unread = m.path;
                continue;
            }
            const bool comparable = out.zone_known || !end->is_instant;  // an instant and local digits have no difference
            if (comparable) out.span.end = end->is_instant || !out.offset ? end->at : end->at - offset_at_end(*end, out);
            if (comparable && start.is_instant && !end->is_instant && !out.offset) out.span.end.reset();
            // local digits that go back by no more than an hour: the clocks were set back in between
            if (out.span.end && !start.is_instant && !end->is_instant && *out.span.end < *out.span.start && *out.span.start - *out.span.end <= std::chrono::hours{1}) out.span.end.reset();
            return std::nullopt;
        }
        if (unread.empty()) return std::nullopt;
        return problem{problem_code::bad_time, elapsed_t::name, unread};
    }

    /// The clocks may have changed since the start.
    [[nodiscard]] seconds offset_at_end(const clock_reading& end, const clock_told& out) const {
        const auto then = options_.zones.at_local && !out.zone.empty() ? options_.zones.at_local(out.zone, end.at) : std::nullopt;
        return then.value_or(*out.offset);
    }

    /// "(GMT+01:00) Europe/Berlin" names the standard offset before the zone, which says nothing about the day.
    [[nodiscard]] static std::string_view zone_name(std::string_view text) {
        const auto end = text.starts_with('(') ? text.find(") ") : std::string_view::npos;
        return end == std::string_view::npos ? text : text.substr(end + 2);
    }

    /// No place is further from UTC than 14 h, or at other steps than quarter hours since 1972.
    [[nodiscard]] static constexpr bool of_a_place(seconds offset) noexcept {
        return offset >= -furthest_offset && offset <= furthest_offset && offset % seconds{900} == seconds{0};
    }

    [[nodiscard]] std::optional<seconds> told_offset(std::optional<instant> start) const {
        std::string_view useless{};
        for (const auto& o : by_.offset) {
            const auto v = in_.at(o.path);
            if (v.absent()) continue;
            const auto offset = one_offset(o, v, start);
            if (offset && of_a_place(*offset)) return offset;
            useless = o.path;
        }
        if (!useless.empty()) remarks_.push_back({problem_code::offset_conflict, utc_offset_t::name, useless});
        return std::nullopt;
    }
    [[nodiscard]] std::optional<seconds> one_offset(const offset_rule& o, const delivered& v, std::optional<instant> start) const {
        if (!o.minus.empty()) {
            const auto local = read_stamp(v, o.form, zone_rule::local);
            if (local && local->offset) return local->offset;  // it says so itself
            const auto other = o.minus == "start" ? std::nullopt : read_stamp(in_.at(o.minus), o.form, zone_rule::utc);
            const auto instant_there = other ? std::optional{other->at} : o.minus == "start" ? start : std::nullopt;
            return local && instant_there ? std::optional{std::chrono::duration_cast<seconds>(local->at - *instant_there)} : std::nullopt;
        }
        if (o.factor == 0) return v.is == delivered::kind::text ? offset_in(v.text) : std::nullopt;
        const auto n = rough_number(v);
        return n && *n * o.factor > -86400 && *n * o.factor < 86400 ? std::optional{seconds{round_half_away(*n * o.factor)}} : std::nullopt;
    }
    [[nodiscard]] std::optional<seconds> zone_offset(std::string_view zone, const clock_reading& start) const {
        if (const auto fixed = fixed_zone_offset(zone)) return fixed;
        const auto look_up = start.is_instant ? options_.zones.at_instant : options_.zones.at_local;
        return look_up ? look_up(zone, start.at) : std::nullopt;
    }

    const P& in_;
    const profile& by_;
    const normalize_options& options_;
    std::vector<remark>& remarks_;
};

}  // namespace detail
}  // namespace coincide

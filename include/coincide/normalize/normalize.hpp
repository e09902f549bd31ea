// SPDX-License-Identifier: BSL-1.0
//
// From a source's payload to a record in canonical units, by its profile.
//
//     const auto ride = normalize(json_payload{&json}, providers::whoop);
//     if (!ride) report(ride.error().code, ride.error().path);       // wrong_type at "/score/kilojoule"
//     ride->record.energy_kcal;                                      // 712
//     ride->originals;                                               // {"energy_kcal", "/score/kilojoule", "kJ", 2979.008}
//     ride->remarks;                                                 // what was decided, and what stayed unknown
//
// The payload is never altered. A value of the wrong type, negative or not finite rejects the record with its path; what the
// source does not say stays absent. Nothing is invented: a local time without an offset keeps ±14 h of doubt.
#pragma once

#include <coincide/normalize/read_clock.hpp>
#include <coincide/normalize/read_number.hpp>
#include <coincide/normalize/read_samples.hpp>
#include <coincide/normalize/sport_name.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace coincide {

/// A number as the source had it, before its unit was changed.
struct original {
    std::string_view key, path, unit;
    double value = 0;
};

struct normalized {
    activity record{};
    std::vector<original> originals{};
    std::vector<remark> remarks{};
    std::string account{};  // at the source; not the athlete, who may have several
};

namespace detail {

/// Text, or the digits of a whole number.
inline std::optional<std::string> id_text(const delivered& v) {
    if (v.is == delivered::kind::text) return std::string{v.text};
    if (v.is == delivered::kind::integer) return std::to_string(v.integer);
    constexpr double exact = 9007199254740992;  // 2^53
    if (v.is == delivered::kind::number && v.number > -exact && v.number < exact)
        if (const auto whole = static_cast<std::int64_t>(v.number); static_cast<double>(whole) == v.number) return std::to_string(whole);
    return std::nullopt;
}

template <payload P>
class normalizing {
public:
    normalizing(const P& from, const profile& by, const normalize_options& options) : in_{from}, by_{by}, options_{options} {}

    [[nodiscard]] result<normalized> run() {
        out_.record.source = by_.source;
        for (const auto& none : by_.not_activities)
            if (is_word(in_.at(none.path), none.word)) return fail(problem_code::no_activity, {}, none.path);
        auto told = clock_reader<P>{in_, by_, options_, out_.remarks}.read();
        if (!told) return tl::unexpected<problem>(told.error());
        clock_ = std::move(*told);
        for (const auto step : {&normalizing::read_sport, &normalizing::read_numbers, &normalizing::settle_span, &normalizing::read_texts, &normalizing::complete})
            if (auto wrong = (this->*step)()) return tl::unexpected<problem>(*wrong);
        return std::move(out_);
    }

private:
    using fault = std::optional<problem>;

    [[nodiscard]] fault read_numbers() {
        const number_reader<P> reader{in_, clock_.span, out_.remarks};
        for (const auto& r : by_.numbers) {
            if (r.is_set(out_.record)) continue;
            auto taken = reader.read(r);
            if (!taken) return taken.error();
            if (!*taken) continue;
            if (r.both_legs && goes_otherwise()) (*taken)->value = (*taken)->raw;
            r.set(out_.record, (*taken)->value);
            if ((*taken)->raw != (*taken)->value) out_.originals.push_back({r.role, r.path, (*taken)->unit, (*taken)->raw});
        }
        return {};
    }

    /// In a sport that is known, and is not one on foot.
    [[nodiscard]] bool goes_otherwise() const {
        const auto s = out_.record.sport;
        return s && !s->unspecific() && !descends_from(*s, sport_from_slug("running")) && !descends_from(*s, sport_from_slug("walking"));
    }

    [[nodiscard]] fault settle_span() {
        auto& r = out_.record;
        auto& [start, end] = clock_.span;
        r.timezone = clock_.zone;
        r.utc_offset = clock_.offset;
        r.start_precision = clock_.precision;
        if (by_.end_stamped) {
            const auto length = r.elapsed ? r.elapsed : r.timer ? r.timer : r.moving;
            if (!length) return problem{problem_code::missing_key, elapsed_t::name, clock_.start_path};
            start = *start - *length;
            if (r.utc_offset && options_.zones.at_instant && !r.timezone.empty())  // the clock may have changed in between
                if (const auto then = options_.zones.at_instant(r.timezone, *start)) r.utc_offset = *then;
        } else if (end && !r.elapsed) {
            if (*end < *start) return problem{problem_code::negative, elapsed_t::name, by_.end.front().path};
            if (*end > *start) r.elapsed = *end - *start;  // an end at the start means unfinished
        }
        if (*start < earliest_start || *start > latest_start) return problem{problem_code::out_of_range, start_time_t::name, clock_.start_path};
        if (r.elapsed && *r.elapsed > std::chrono::hours{24 * 366}) return problem{problem_code::out_of_range, elapsed_t::name, clock_.start_path};
        r.start_time = *start;
        r.clock_unset = is_of_unset_clock(*start);
        if (r.clock_unset) out_.remarks.push_back({problem_code::clock_unset, start_time_t::name, clock_.start_path});
        if (const auto at = clock_reader<P>{in_, by_, options_, out_.remarks}.updated()) r.updated_at = *at;
        return subtract_pauses();
    }
    [[nodiscard]] fault subtract_pauses() {
        auto& r = out_.record;
        if (by_.pauses.path.empty() || !r.elapsed || r.moving) return {};
        const auto pause = number_reader<P>{in_, clock_.span, out_.remarks}.read(by_.pauses);
        if (!pause) return pause.error();
        const auto paused = *pause ? duration_from_seconds<milliseconds>((*pause)->value) : std::nullopt;
        if (paused && paused->count() > 0 && *paused < *r.elapsed) r.moving = *r.elapsed - *paused;
        return {};
    }

    [[nodiscard]] fault read_texts() {
        for (const auto& t : by_.says) {
            auto& to = t.to.in(out_.record);
            const auto v = in_.at(t.path);
            if (!to.empty() || v.absent()) continue;
            const auto words = t.id ? id_text(v) : v.is == delivered::kind::text ? std::optional{std::string{v.text}} : std::nullopt;
            if (!words) return problem{problem_code::wrong_type, t.to.key, t.path};
            to = *words;
        }
        if (!by_.account.empty()) out_.account = id_text(in_.at(by_.account)).value_or("");
        for (const auto& type : by_.device_types)
            if (is_word(in_.at(by_.device_type), type.word)) out_.record.device.type = device_type_from(type.means);
        read_origin();
        return {};
    }

    void read_origin() {
        auto& copied_from = out_.record.origin;
        for (const auto& o : by_.origins) {
            const auto id = o.path.empty() ? std::string{} : id_text(in_.at(o.path)).value_or("");
            const bool none = id.empty() || id == "-1" || id == "0";
            if ((none && !o.path.empty()) || !id.starts_with(o.prefix)) continue;
            const auto whose = o.source_path.empty() ? o.whose : app_named(in_.at(o.source_path).text);
            if (!o.source_path.empty() && (whose.empty() || whose == by_.source)) continue;  // written by itself, or by nobody we know
            copied_from.source = whose;
            auto& device_model = out_.record.device.model;  // an app is no device
            if (!o.source_path.empty() && same_name(device_model, in_.at(o.source_path).text)) device_model.clear();
            copied_from.external_id = id.substr(o.prefix.size());
            if (const auto dot = copied_from.external_id.rfind('.'); dot != std::string::npos && !o.prefix.empty()) copied_from.external_id.resize(dot);
            return;
        }
    }
    [[nodiscard]] std::string_view app_named(std::string_view word) const {
        for (const auto& app : by_.apps)
            if (same_name(app.word, word)) return app.means;
        return {};
    }

    /// The first name that the vocabulary knows; the first at all is kept as the source's own.
    [[nodiscard]] fault read_sport() {
        auto& r = out_.record;
        std::string first;
        for (const auto path : by_.sport) {
            const auto plus = path.find('+');
            const auto v = in_.at(path.substr(0, plus));
            auto word = id_text(v);
            if (!word && !v.absent()) return problem{problem_code::wrong_type, sport_t::name, path.substr(0, plus)};
            if (plus != std::string_view::npos) {
                const auto more = id_text(in_.at(path.substr(plus + 1)));
                if (!word || !more) continue;
                word->append("/").append(*more);
            }
            if (!word || word->empty()) continue;
            if (first.empty()) first = *word;
            r.sport = sport_of_name(*word, by_.vocabulary, by_.name_prefix);
            if (r.sport) break;
        }
        if (!r.sport && !first.empty()) r.sport = sport_id{};
        if (!by_.only_sport.empty()) r.sport = sport_from_slug(by_.only_sport);
        if (r.source_activity_type.empty()) r.source_activity_type = std::move(first);
        for (const auto& hint : by_.hints) {
            const auto from = find_sport(hint.from);
            if (!r.sport || !from || (r.sport->indoor() && *r.sport != *from) || !is_word(in_.at(hint.path), hint.word) || !descends_from(*r.sport, *from)) continue;
            r.sport = sport_from_slug(hint.to);
            break;
        }
        return {};
    }

    [[nodiscard]] fault complete() {
        auto& r = out_.record;
        auto &lat = r.start_lat_deg, &lon = r.start_lon_deg;
        if ((lat || lon) && !(lat && lon && plausible_position(*lat, *lon))) {
            out_.remarks.push_back({problem_code::fix_out_of_range, start_lat_deg_t::name, {}});
            lat.reset(), lon.reset();
        }
        if (r.external_id.empty() && by_.make_id) r.external_id = made_id();
        if (r.external_id.empty()) return problem{problem_code::missing_key, external_id_t::name, by_.says.empty() ? std::string_view{} : by_.says.front().path};

        const sample_reader<P> reader{in_, r.start_time, r.utc_offset};
        auto taken = reader.read(by_.track);
        const auto faults = taken.tidy();
        const auto remark = [&](std::size_t count, problem_code code) {
            if (count != 0) out_.remarks.push_back({code, track_t::name, by_.track.front().rows});
        };
        remark(reader.too_far(), problem_code::out_of_range), remark(reader.without_time(), problem_code::fix_without_time), remark(reader.unequal(), problem_code::unequal_lengths);
        remark(faults.out_of_range, problem_code::fix_out_of_range), remark(faults.went_back + faults.same_stamp, problem_code::time_went_back);
        if (!taken.empty()) (taken.has_positions() ? r.track : r.streams) = std::move(taken);
        return {};
    }
    /// "2016-11-14T15:25:41Z+311/HKWorkoutActivityTypeRunning/Watch2,4": the same for every delivery of one workout.
    [[nodiscard]] std::string made_id() const {
        const auto& r = out_.record;
        auto id = format_rfc3339(r.start_time);
        if (r.elapsed) id.append("+").append(std::to_string(r.elapsed->count() / 1000));
        for (const auto* part : {&r.source_activity_type, &r.device.model})
            if (!part->empty()) id.append("/").append(*part);
        return id;
    }

    const P& in_;
    const profile& by_;
    const normalize_options& options_;
    normalized out_{};
    clock_told clock_{};
};

}  // namespace detail

/// What the payload says, in canonical units.
///
/// Errors      missing_key, wrong_type, bad_time, out_of_range, negative, not_finite with role and path; no_activity where the
///             source says that it is none.
/// Complexity  O(rules × path length) look-ups, and the samples once.
template <payload P>
[[nodiscard]] result<normalized> normalize(const P& from, const profile& by, const normalize_options& options = {}) {
    return detail::normalizing<P>{from, by, options}.run();
}

}  // namespace coincide

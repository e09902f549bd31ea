// SPDX-License-Identifier: BSL-1.0
//
// From a source's payload to a record in canonical units, by its profile.
//
//     const auto ride = normalize(json_payload{&json}, providers::whoop);
//     if (!ride) report(ride.error().code, ride.error().path);       // wrong_type at "/score/kilojoule"
//     ride->record.energy_kcal;                                      // 712
//     ride->originals;                                               // {"energy_kcal", "/score/kilojoule", 2979.008, "kJ"}
//     ride->remarks;                                                 // what was decided, and what stayed unknown
//
// The payload is never altered. A value of the wrong type, negative or not finite rejects the record with its path; what the
// source does not say stays absent. Nothing is invented: a local time without an offset keeps ±14 h of doubt.
#pragma once

#include <coincide/normalize/profile.hpp>
#include <coincide/normalize/sport_name.hpp>
#include <coincide/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace coincide {

struct normalize_options {
    zone_database zones{};
    std::string_view default_zone{};  // of times that name none: the athlete's, where the host knows it
};

/// A number as the source had it, before its unit was changed.
struct original {
    std::string_view role, path, unit;
    double value = 0;
};

/// Something that was decided or stayed unknown. The record is good; its reader should know.
struct remark {
    problem_code code{};
    std::string_view field{}, path{};
    friend bool operator==(const remark&, const remark&) = default;
};

struct normalized {
    activity record{};
    std::vector<original> originals{};
    std::vector<remark> remarks{};
    std::string account{};
};

inline constexpr double largest_total = 1e9;             // metres, kcal, watts …: no activity comes near
inline constexpr seconds unknown_zone_precision{50400};  // zones reach from UTC-12 to UTC+14

namespace detail {

constexpr bool is_word(const delivered& v, std::string_view word) noexcept {
    if (v.is == delivered::kind::text) return v.text == word;
    if (v.is == delivered::kind::boolean) return word == (v.boolean ? "true" : "false");
    if (v.is == delivered::kind::integer) {
        const auto number = integer_in(word);
        return number && *number == v.integer;
    }
    return false;
}

/// Text, or an integer's digits.
inline std::optional<std::string> id_text(const delivered& v) {
    if (v.is == delivered::kind::text) return std::string{v.text};
    if (v.is == delivered::kind::integer) return std::to_string(v.integer);
    if (v.is == delivered::kind::number && v.number == static_cast<double>(static_cast<std::int64_t>(v.number > -9e15 && v.number < 9e15 ? v.number : 0.5)))
        return std::to_string(static_cast<std::int64_t>(v.number));  // "7.0" for 7
    return std::nullopt;
}

template <payload P>
class normalizing {
public:
    normalizing(const P& from, const profile& by, const normalize_options& options) : in_{from}, by_{by}, options_{options} {}

    result<normalized> run() {
        out_.record.source = by_.source;
        for (const auto& word : by_.not_activities)
            if (is_word(in_.at(word.path), word.word)) return fail(problem_code::no_activity, {}, word.path);
        const bool good = read_clock() && read_numbers() && settle_span() && read_texts() && read_sport() && complete();
        if (!good) return tl::unexpected<problem>(wrong_);
        return std::move(out_);
    }

private:
    bool reject(problem_code code, std::string_view field, std::string_view path) {
        wrong_ = {code, field, path};
        return false;
    }
    void note(problem_code code, std::string_view field, std::string_view path) { out_.remarks.push_back({code, field, path}); }

    // ---- numbers

    /// The number at a path, whatever its encoding, for comparing only.
    std::optional<double> rough_number(const delivered& v) const {
        if (v.numeric()) return v.number;
        if (v.is != delivered::kind::text) return std::nullopt;
        if (const auto n = number_in(v.text)) return n;
        return duration_in(v.text);
    }

    struct taken {
        double value;                 // canonical
        double raw;
        std::string_view unit;
    };

    /// false: rejected. Nothing in `out`: absent.
    bool take_one(const number_rule& r, const P& from, std::optional<taken>& out) {
        const auto v = from.at(r.path);
        if (v.absent()) return true;
        double raw = 0;
        std::string_view word{};
        if (v.numeric()) {
            if (r.as == encoding::duration || r.as == encoding::measure) return reject(problem_code::wrong_type, r.role, r.path);
            raw = v.number;
        } else if (v.is == delivered::kind::text) {
            if (v.text.empty()) return true;
            if (v.text == "-Infinity" || v.text == "Infinity" || v.text == "NaN") return true;  // Garmin writes these for "none"
            std::optional<double> number;
            if (r.as == encoding::duration) number = duration_in(v.text);
            else if (r.as == encoding::measure) {
                const auto blank = v.text.find(' ');
                number = number_in(v.text.substr(0, blank));
                word = blank == std::string_view::npos ? std::string_view{} : v.text.substr(blank + 1);
            } else if (r.as == encoding::text_number || r.as == encoding::inverse_text || P::text_only) number = number_in(v.text);
            if (!number) return reject(problem_code::wrong_type, r.role, r.path);
            raw = *number;
        } else {
            return reject(problem_code::wrong_type, r.role, r.path);
        }
        if (!finite(raw)) return reject(problem_code::not_finite, r.role, r.path);
        for (const double n : r.nothing)
            if (raw == n) return true;
        if (!r.also.empty()) {
            const auto more = rough_number(from.at(r.also));
            if (!more) return true;
            raw += *more;
        }
        if (r.as == encoding::inverse || r.as == encoding::inverse_text) {
            if (raw > 0 && r.factor / raw < largest_total) out = taken{r.factor / raw, raw, "pace"};
            return raw >= 0 || reject(problem_code::negative, r.role, r.path);
        }
        double factor = r.factor, offset = r.offset;
        std::string_view unit = r.unit;
        if (!r.words.empty()) {
            if (r.as != encoding::measure) word = (r.unit_path.starts_with('.') ? from.at(r.unit_path.substr(1)) : in_.at(r.unit_path)).text;
            const unit_word* known = nullptr;
            for (const auto& w : r.words)
                if (w.word == word) known = &w;
            if (known) factor = known->factor, offset = known->offset, unit = known->word;
            else if (!word.empty() || !r.unit_given) return note(problem_code::unit_unknown, r.role, r.path), true;
        }
        double value = raw * factor + offset;
        if (r.other_factor != 0 && unit == r.unit) {
            const double other = raw * r.other_factor + offset;
            const auto choice = choose(r, value, other);
            if (choice == reading::neither) return note(problem_code::unit_unknown, r.role, r.path), true;
            if (choice == reading::second) value = other, unit = "second unit";
            if (choice == reading::second || (r.words.empty() ? false : word.empty())) note(problem_code::unit_chosen, r.role, r.path);
        }
        if (value < 0 && !r.signed_value) return reject(problem_code::negative, r.role, r.path);
        if (!finite(value) || value > largest_total || value < -largest_total) return reject(problem_code::out_of_range, r.role, r.path);
        out = taken{value, raw, unit};
        return true;
    }

    enum class reading : std::uint8_t { first, second, neither };
    reading choose(const number_rule& r, double first, double second) const {
        const auto near = second_field(r.near_path);
        if (near && *near > 0 && first > 0) {
            const double goal = *near * r.near_factor;
            const auto apart = [goal](double v) { return v > goal ? v / goal : goal / v; };
            return apart(first) <= apart(second) ? reading::first : reading::second;
        }
        if (r.below == 0) return reading::neither;
        return first < r.below ? reading::first : reading::second;
    }
    std::optional<double> second_field(std::string_view path) const {
        if (path.empty()) return std::nullopt;
        if (path == "span") return span_seconds();
        const auto per = path.find(" per ");
        const auto value = rough_number(in_.at(path.substr(0, per)));
        if (per == std::string_view::npos || !value) return value;
        const auto divisor = rough_number(in_.at(path.substr(per + 5)));
        return divisor && *divisor > 0 ? std::optional{*value / *divisor} : std::nullopt;
    }
    std::optional<double> span_seconds() const {
        if (!end_ || !start_) return std::nullopt;
        return std::chrono::duration<double>(*end_ - *start_).count();
    }

    bool read_numbers() {
        for (const auto& r : by_.numbers) {
            if (r.is_set(out_.record)) continue;
            std::optional<taken> value;
            if (r.rows.empty() ? !take_one(r, in_, value) : !take_sum(r, value)) return false;
            if (!value) continue;
            r.set(out_.record, value->value);
            if (value->raw != value->value) out_.originals.push_back({r.role, r.path, value->unit, value->raw});
        }
        return true;
    }

    bool take_sum(const number_rule& r, std::optional<taken>& total) {
        bool good = true;
        in_.for_each(r.rows, [&](const P& row) {
            const auto begins = read_stamp(row.at(r.row_start), r.row_form, zone_rule::utc);
            if (begins && start_ && end_ && (begins->at < *start_ || begins->at >= *end_)) return true;
            std::optional<taken> one;
            good = take_one(r, row, one);
            if (one && total) total->value += one->value, total->raw += one->raw;
            else if (one) total = one;
            return good;
        });
        return good;
    }

    // ---- clock

    std::optional<clock_reading> moment(const moment_rule& m) const {
        const auto v = in_.at(m.path);
        if (v.absent() || m.day.empty()) return read_stamp(v, m.form, m.zone);
        const auto day = in_.at(m.day);
        const std::string whole = std::string{day.text}.append("T").append(v.text);
        return read_stamp(delivered::of(std::string_view{whole}), m.form, m.zone);
    }

    bool read_clock() {
        std::optional<clock_reading> start;
        std::string_view at{};
        for (const auto& m : by_.start) {
            if (in_.at(m.path).absent()) continue;
            start = moment(m);
            at = m.path;
            if (start) break;
        }
        if (!start) return at.empty() ? reject(problem_code::missing_key, start_time_t::name, by_.start.front().path) : reject(problem_code::bad_time, start_time_t::name, at);
        start_path_ = at;
        auto& r = out_.record;
        if (const auto zone = in_.at(by_.zone); !by_.zone.empty() && zone.is == delivered::kind::text) r.timezone = zone_name(zone.text);
        if (start->precision) r.start_precision = *start->precision;
        if (start->rescaled) note(problem_code::unit_chosen, start_time_t::name, at);
        if (start->is_instant) {
            start_ = start->at;
            if (start->offset && !by_.offset_untrusted) r.utc_offset = *start->offset;
        }
        if (!r.utc_offset) r.utc_offset = told_offset(start->is_instant ? std::optional{start->at} : std::nullopt);
        const std::string_view zone = r.timezone.empty() ? options_.default_zone : std::string_view{r.timezone};
        if (!r.utc_offset && !zone.empty()) r.utc_offset = zone_offset(zone, *start, r.timezone.empty());
        if (!start->is_instant) {
            start_ = r.utc_offset ? start->at - *r.utc_offset : start->at;
            if (!r.utc_offset) {
                r.start_precision = unknown_zone_precision;
                note(problem_code::zone_unknown, start_time_t::name, at);
            }
        }
        for (const auto& m : by_.end) {
            if (in_.at(m.path).absent()) continue;
            const auto end = moment(m);
            if (!end && &m == &by_.end.back()) return reject(problem_code::bad_time, elapsed_t::name, m.path);
            if (!end) continue;
            end_ = end->is_instant || !r.utc_offset ? end->at : end->at - *r.utc_offset;
            if (end->is_instant && !start->is_instant && !r.utc_offset) end_.reset();  // an instant and local digits have no difference
            break;
        }
        for (const auto& p : by_.precision)
            if (is_word(in_.at(p.path), p.word)) r.start_precision = p.within;
        for (const auto& m : by_.updated)
            if (const auto t = moment(m); t && t->is_instant && !r.updated_at && plausible(t->at)) r.updated_at = t->at;
        return true;
    }

    static bool plausible(instant at) { return at >= earliest_start && at <= latest_start; }

    /// "(GMT+01:00) Europe/Berlin" names the standard offset before the zone, which says nothing about the day.
    static std::string_view zone_name(std::string_view text) {
        const auto end = text.starts_with('(') ? text.find(") ") : std::string_view::npos;
        return end == std::string_view::npos ? text : text.substr(end + 2);
    }

    std::optional<seconds> told_offset(std::optional<instant> start) {
        std::string_view useless{};
        for (const auto& o : by_.offset) {
            const auto v = in_.at(o.path);
            if (v.absent()) continue;
            std::optional<seconds> offset;
            if (!o.minus.empty()) {
                const auto local = read_stamp(v, o.form, zone_rule::local);
                const auto other = o.minus == "start" ? start : instant_at(o);
                if (local && other) offset = std::chrono::duration_cast<seconds>(local->at - *other);
            } else if (o.factor == 0) {
                if (v.is == delivered::kind::text) offset = offset_in(v.text);
            } else if (const auto n = rough_number(v)) {
                const auto s = *n * o.factor;
                if (s > -86400 && s < 86400) offset = seconds{round_half_away(s)};
            }
            // No place on earth is further than 14 h from UTC, or at other steps than quarter hours since 1972.
            constexpr seconds furthest{14 * 3600}, quarter{900};
            if (offset && *offset >= -furthest && *offset <= furthest && *offset % quarter == seconds{0}) return offset;
            useless = o.path;
        }
        if (!useless.empty()) note(problem_code::offset_conflict, utc_offset_t::name, useless);
        return std::nullopt;
    }
    std::optional<instant> instant_at(const offset_rule& o) const {
        const auto t = read_stamp(in_.at(o.minus), o.form, zone_rule::utc);
        return t ? std::optional{t->at} : std::nullopt;
    }
    std::optional<seconds> zone_offset(std::string_view zone, const clock_reading& start, bool assumed) const {
        if (const auto fixed = fixed_zone_offset(zone)) return fixed;
        if (start.is_instant) return options_.zones.at_instant && !assumed ? options_.zones.at_instant(zone, start.at) : std::nullopt;
        return options_.zones.at_local ? options_.zones.at_local(zone, start.at) : std::nullopt;
    }

    bool settle_span() {
        auto& r = out_.record;
        if (by_.end_stamped) {
            const auto length = r.elapsed ? r.elapsed : r.timer ? r.timer : r.moving;
            if (!length) return reject(problem_code::missing_key, elapsed_t::name, start_path_);
            start_ = *start_ - *length;
            if (r.utc_offset && options_.zones.at_instant && !r.timezone.empty()) {  // the clock may have changed in between
                if (const auto then = options_.zones.at_instant(r.timezone, *start_)) r.utc_offset = *then;
            }
        } else if (end_ && !r.elapsed) {
            if (*end_ < *start_) return reject(problem_code::negative, elapsed_t::name, by_.end.front().path);
            if (*end_ > *start_) r.elapsed = *end_ - *start_;  // an end at the start means unfinished
        }
        if (!plausible(*start_)) return reject(problem_code::out_of_range, start_time_t::name, start_path_);
        if (r.elapsed && *r.elapsed > std::chrono::hours{24 * 366}) return reject(problem_code::out_of_range, elapsed_t::name, start_path_);
        r.start_time = *start_;
        std::optional<taken> pause;
        if (!by_.pauses.path.empty() && !take_one(by_.pauses, in_, pause)) return false;
        if (pause && pause->value > 0 && r.elapsed && !r.moving) {
            const auto paused = duration_from_seconds<milliseconds>(pause->value);
            if (paused && *paused < *r.elapsed) r.moving = *r.elapsed - *paused;
        }
        return true;
    }

    // ---- text

    bool read_texts() {
        for (const auto& t : by_.says) {
            auto& to = t.to.in(out_.record);
            const auto v = in_.at(t.path);
            if (!to.empty() || v.absent()) continue;
            if (t.id) {
                auto id = id_text(v);
                if (!id) return reject(problem_code::wrong_type, t.to.key, t.path);
                to = std::move(*id);
            } else if (v.is == delivered::kind::text) {
                to = v.text;
            } else {
                return reject(problem_code::wrong_type, t.to.key, t.path);
            }
        }
        if (const auto v = in_.at(by_.account); !by_.account.empty() && !v.absent()) out_.account = id_text(v).value_or("");
        for (const auto& type : by_.device_types)
            if (is_word(in_.at(by_.device_type), type.name)) out_.record.device.type = device_type_from(type.source);
        read_origin();
        return true;
    }

    void read_origin() {
        auto& copied_from = out_.record.origin;
        for (const auto& o : by_.origins) {
            const auto id = o.path.empty() ? std::optional<std::string>{""} : id_text(in_.at(o.path));
            if (!id || (id->empty() && !o.path.empty()) || !id->starts_with(o.prefix)) continue;
            std::string_view whose = o.source;
            if (!o.source_path.empty()) whose = source_of_app(in_.at(o.source_path).text);
            if (!o.source_path.empty() && (whose.empty() || whose == by_.source)) continue;  // written by itself, or by nobody we know
            copied_from.source = whose;
            copied_from.external_id = id->substr(o.prefix.size());
            if (const auto dot = copied_from.external_id.rfind('.'); dot != std::string::npos && !o.prefix.empty()) copied_from.external_id.resize(dot);
            return;
        }
    }
    std::string_view source_of_app(std::string_view word) const {
        for (const auto& app : by_.apps)
            if (same_name(app.name, word)) return app.source;
        return {};
    }

    bool read_sport() {
        auto& r = out_.record;
        std::string first;
        for (const auto path : by_.sport) {
            const auto plus = path.find('+');
            auto word = id_text(in_.at(path.substr(0, plus)));
            if (!word && !in_.at(path.substr(0, plus)).absent()) return reject(problem_code::wrong_type, sport_t::name, path);
            if (plus != std::string_view::npos) {
                const auto more = id_text(in_.at(path.substr(plus + 1)));
                if (!word || !more) continue;
                word->append("/").append(*more);
            }
            if (!word || word->empty()) continue;
            if (first.empty()) first = *word;
            if (const auto known = sport_of_name(*word, by_.vocabulary, by_.name_prefix)) {
                r.sport = *known;
                break;
            }
        }
        if (!r.sport && !first.empty()) r.sport = sport_id{};
        if (!by_.only_sport.empty()) r.sport = sport_from_slug(by_.only_sport);
        if (r.source_activity_type.empty()) r.source_activity_type = std::move(first);
        for (const auto& hint : by_.hints) {
            if (!r.sport || !is_word(in_.at(hint.path), hint.word)) continue;
            const auto from = find_sport(hint.from);
            if (!from || !descends_from(*r.sport, *from) || r.sport->indoor()) continue;
            r.sport = sport_from_slug(hint.to);
            break;
        }
        return true;
    }

    // ---- samples

    void read_samples() {
        for (const auto& t : by_.track) {
            samples out;
            if (t.rows.empty()) read_columns(t, out);
            else read_rows(t, out);
            if (out.empty()) continue;
            const auto faults = out.tidy();
            if (faults.out_of_range != 0) note(problem_code::fix_out_of_range, track_t::name, t.rows);
            if (faults.went_back != 0) note(problem_code::time_went_back, track_t::name, t.rows);
            (out.has_positions() ? out_.record.track : out_.record.streams) = std::move(out);
            return;
        }
    }
    std::optional<milliseconds> sample_time(const sample_rule& t, const delivered& v) const {
        if (t.time_factor != 0) {
            const auto n = rough_number(v);
            return n ? duration_from_seconds<milliseconds>(*n * t.time_factor) : std::nullopt;
        }
        const auto at = read_stamp(v, t.form);
        if (!at) return std::nullopt;
        const auto since = at->at - out_.record.start_time;
        return at->is_instant || !out_.record.utc_offset ? since : since - *out_.record.utc_offset;
    }
    void read_rows(const sample_rule& t, samples& out) {
        in_.for_each(t.rows, [&](const P& row) {
            const auto time = sample_time(t, row.at(t.time));
            if (!time) return true;
            sample s{*time};
            s.lat_deg = value_at(row, t.lat, t.angle_factor, 0), s.lon_deg = value_at(row, t.lon, t.angle_factor, 0);
            for (const auto& c : t.columns)
                if (const double v = value_at(row, c.path, c.factor, c.offset); v == v) column_of(s, c.to) = v;
            out.push(s);
            return true;
        });
        out.finish();
    }
    void read_columns(const sample_rule& t, samples& out) {
        bool whole = true;
        in_.for_each(t.time, [&](const P& item) {
            const auto time = sample_time(t, item.at(""));
            whole = whole && time.has_value();
            out.t_ms.push_back(time.value_or(milliseconds{0}).count());
            return true;
        });
        const auto column = [&](std::string_view path, double factor, double offset, std::vector<double>& to) {
            if (path.empty()) return;
            in_.for_each(path, [&](const P& item) { return to.push_back(value_at(item, "", factor, offset)), true; });
            if (to.size() != out.t_ms.size()) to.clear();
        };
        if (!whole) return void(out = samples{});
        column(t.lat, t.angle_factor, 0, out.lat), column(t.lon, t.angle_factor, 0, out.lon);
        for (const auto& c : t.columns) column(c.path, c.factor, c.offset, out.values[c.to]);
    }
    double value_at(const P& row, std::string_view path, double factor, double offset) const {
        const auto n = rough_number(row.at(path));
        return n && finite(*n) ? *n * factor + offset : no_value;
    }
    static double& column_of(sample& s, samples::column c) {
        switch (c) {
        case samples::ele: return s.ele_m;
        case samples::hr: return s.hr_bpm;
        case samples::power: return s.power_w;
        case samples::cadence: return s.cadence_rpm;
        case samples::speed: return s.speed_mps;
        default: return s.distance_m;
        }
    }

    // ---- the record as a whole

    bool complete() {
        auto& r = out_.record;
        auto &lat = r.start_lat_deg, &lon = r.start_lon_deg;
        if ((lat || lon) && !(lat && lon && plausible_position(*lat, *lon))) {
            note(problem_code::fix_out_of_range, start_lat_deg_t::name, {});
            lat.reset(), lon.reset();
        }
        if (r.external_id.empty() && by_.make_id) {
            r.external_id = format_rfc3339(r.start_time);
            if (r.elapsed) r.external_id += '+' + std::to_string(r.elapsed->count() / 1000);
            for (const auto* part : {&r.source_activity_type, &r.device.model})
                if (!part->empty()) r.external_id.append("/").append(*part);
        }
        if (r.external_id.empty()) return reject(problem_code::missing_key, external_id_t::name, by_.says.empty() ? std::string_view{} : by_.says.front().path);
        read_samples();
        return true;
    }

    const P& in_;
    const profile& by_;
    const normalize_options& options_;
    normalized out_{};
    problem wrong_{};
    std::optional<instant> start_{}, end_{};  // `start_` is local digits while the offset is unknown
    std::string_view start_path_{};
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

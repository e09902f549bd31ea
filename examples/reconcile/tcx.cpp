// SPDX-License-Identifier: BSL-1.0
#include "tcx.hpp"

#include "track_file.hpp"
#include "xml.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reconcile {
namespace {

using coincide::instant;
using coincide::milliseconds;
using coincide::problem_code;
using coincide::samples;

constexpr milliseconds longest_activity = std::chrono::hours{24 * 30};  // as for samples
// A first position may take minutes; a lap start in local time is at least 15 away.
constexpr milliseconds lap_and_point_apart = std::chrono::minutes{10};

/// Where in the document we are: elements that hold others have a row below, all else is elsewhere. What Position and TPX
/// hold counts as the trackpoint's own, whatever the nesting.
enum class place {
    document, database, activities, session, leg, activity, lap, lap_extension, average_hr, maximum_hr, track, trackpoint,
    trackpoint_hr, creator, author, elsewhere,
};

struct place_row {
    place parent;
    std::string_view name;
    place is;
};
constexpr place_row places[] = {
    {place::document, "TrainingCenterDatabase", place::database},
    {place::database, "Activities", place::activities},
    {place::database, "Author", place::author},
    {place::activities, "Activity", place::activity},
    {place::activities, "MultiSportSession", place::session},
    {place::session, "FirstSport", place::leg},
    {place::session, "NextSport", place::leg},
    {place::leg, "Activity", place::activity},
    {place::activity, "Lap", place::lap},
    {place::activity, "Creator", place::creator},
    {place::lap, "Track", place::track},
    {place::lap, "Extensions", place::lap_extension},
    {place::lap, "AverageHeartRateBpm", place::average_hr},
    {place::lap, "MaximumHeartRateBpm", place::maximum_hr},
    {place::lap_extension, "LX", place::lap_extension},
    {place::track, "Trackpoint", place::trackpoint},
    {place::trackpoint, "HeartRateBpm", place::trackpoint_hr},
    {place::trackpoint, "Position", place::trackpoint},
    {place::trackpoint, "Extensions", place::trackpoint},
    {place::trackpoint, "TPX", place::trackpoint},
};

place place_of(place parent, std::string_view name) noexcept {
    for (const auto& row : places)
        if (row.parent == parent && row.name == name) return row.is;
    return place::elsewhere;
}

/// What a lap says of itself.
struct lap_values {
    std::optional<file_time> start{};
    std::optional<double> seconds{}, distance_m{}, energy_kcal{}, max_speed_mps{};
    std::optional<double> avg_hr{}, max_hr{}, cadence{}, avg_power{}, max_power{};
};

/// Range of a total. Zero stays zero; what it means is not for a decoder to say.
struct total_range {
    double most;
    std::string_view field;
};
constexpr total_range seconds_range{30.0 * 24 * 3600, coincide::timer_t_::name};
constexpr total_range distance_range{1e8, coincide::distance_m_t::name};
constexpr total_range energy_range{1e6, coincide::energy_kcal_t::name};
constexpr total_range max_speed_range{400, coincide::max_speed_mps_t::name};
constexpr total_range avg_hr_range{300, coincide::avg_heart_rate_bpm_t::name};
constexpr total_range max_hr_range{300, coincide::max_heart_rate_bpm_t::name};
constexpr total_range cadence_range{255, coincide::avg_cadence_rpm_t::name};
constexpr total_range avg_power_range{10'000, coincide::avg_power_w_t::name};
constexpr total_range max_power_range{10'000, coincide::max_power_w_t::name};

/// An average of laps, weighted by their time.
struct weighted_mean {
    double sum = 0, weight = 0;

    void add(std::optional<double> value, double seconds) noexcept {
        if (!value || *value == 0) return;  // an average of zero is a sensor that was not there
        sum += *value * seconds;
        weight += seconds;
    }
    [[nodiscard]] std::optional<double> value() const noexcept {
        return weight > 0 ? std::optional{sum / weight} : std::nullopt;
    }
};

void add_to(std::optional<double>& sum, std::optional<double> value) {
    if (value) sum = sum.value_or(0) + *value;
}
void raise_to(std::optional<double>& most, std::optional<double> value) {
    if (value) most = std::max(most.value_or(0), *value);
}

milliseconds from_seconds(double s) noexcept { return milliseconds{std::llround(s * 1000)}; }

/// An activity while its laps come in.
struct activity_state {
    coincide::activity record{};
    std::uint64_t line = 0;
    std::string id{};
    bool has_lap = false;
    bool impossible_start = false;
    std::optional<file_time> first_lap{};
    std::optional<instant> laps_end{};
    std::optional<double> seconds{};
    weighted_mean hr{}, power{}, cadence{};

    void add(const lap_values& lap, salvage_counts& counts) {
        has_lap = true;
        if (lap.start && !plausible_start(lap.start->at)) impossible_start = true;
        else if (lap.start) add_times(*lap.start, lap.seconds.value_or(0), counts);
        add_to(seconds, lap.seconds);
        add_to(record.distance_m, lap.distance_m);
        add_to(record.energy_kcal, lap.energy_kcal);
        raise_to(record.max_speed_mps, lap.max_speed_mps);
        raise_to(record.max_heart_rate_bpm, lap.max_hr);
        raise_to(record.max_power_w, lap.max_power);
        const double weight = lap.seconds.value_or(0);
        hr.add(lap.avg_hr, weight);
        power.add(lap.avg_power, weight);
        cadence.add(lap.cadence, weight);
    }

private:
    void add_times(const file_time& start, double lap_seconds, salvage_counts& counts) {
        if (!start.has_zone) counts.add(problem_code::missing_zone, "start_time", "lap times without a zone read as UTC");
        if (!first_lap) first_lap = start;
        const auto after_first = start.at - first_lap->at;
        if (after_first < milliseconds{0} || after_first > longest_activity) return;
        laps_end = std::max(laps_end.value_or(start.at), start.at + from_seconds(lap_seconds));
    }
};

class tcx_reader final : public xml_handler {
public:
    explicit tcx_reader(const decode_limits& limits) : limits_{limits} {}

    bool open(const xml_tag& tag) override {
        const place now = place_of(places_.back(), tag.name());
        if (places_.back() == place::document && now != place::database)
            return stop(problem_code::malformed, "the root element is not TrainingCenterDatabase", tag.line());
        places_.push_back(now);
        if (now == place::session) {
            legs_begin_ = out_.activities.size();
        } else if (now == place::activity) {
            if (++activities_ > limits_.activities) return stop(problem_code::too_large, "too many activities", tag.line());
            state_.emplace();
            state_->line = tag.line();
            state_->record.source_activity_type = trimmed(tag["Sport"]);
        } else if (now == place::lap) {
            lap_.emplace();
            lap_->start = time_in(tag["StartTime"]);
        } else if (now == place::trackpoint && places_[places_.size() - 2] == place::track) {
            if (++trackpoints_ > limits_.fixes) return stop(problem_code::too_large, "too many trackpoints", tag.line());
            points_.open();
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text) override {
        const place closed = places_.back();
        places_.pop_back();
        const place parent = places_.back();
        if (closed == place::trackpoint && parent == place::track) points_.close();
        else if (closed == place::lap) end_lap();
        else if (closed == place::activity) end_activity();
        else if (closed == place::session) end_session();
        else text_of(parent, name, text);
        return true;
    }

    /// What was read, also when the document broke off inside an activity.
    decoded finish(std::optional<finding> fault) {
        if (lap_) end_lap();
        if (state_) end_activity();
        if (legs_begin_) end_session();
        for (auto& each : out_.activities)
            if (each.activity.origin.empty()) each.activity.origin.source = author_;
        end_document(out_, fault ? std::move(fault) : std::move(stopped_), "the document holds no activity");
        return std::move(out_);
    }

private:
    bool stop(problem_code code, std::string_view reason, std::uint64_t line) {
        stopped_ = finding_at(line, finding_kind::reject, code, reason);
        return false;
    }

    void text_of(place parent, std::string_view name, std::string_view text) {
        switch (parent) {
        case place::trackpoint: return point_value(name, text);
        case place::trackpoint_hr:
            if (name == "Value") points_.value(samples::hr, text);
            return;
        case place::lap:
        case place::lap_extension: return lap_value(name, text);
        case place::average_hr:
            if (name == "Value") lap_->avg_hr = total(text, avg_hr_range);
            return;
        case place::maximum_hr:
            if (name == "Value") lap_->max_hr = total(text, max_hr_range);
            return;
        case place::activity:
            if (name == "Id") state_->id = text;
            else if (name == "Notes") state_->record.notes = text;
            return;
        case place::creator: return creator_value(name, text);
        case place::author:
            if (name == "Name") author_ = service_named(text);
            return;
        default: return;
        }
    }

    void point_value(std::string_view name, std::string_view text) {
        if (name == "Time") points_.time(text);
        else if (name == "LatitudeDegrees") points_.latitude(text);
        else if (name == "LongitudeDegrees") points_.longitude(text);
        else if (name == "AltitudeMeters") points_.value(samples::ele, text);
        else if (name == "DistanceMeters") points_.value(samples::distance, text);
        else if (name == "Cadence" || name == "RunCadence") points_.value(samples::cadence, text);
        else if (name == "Watts") points_.value(samples::power, text);
        else if (name == "Speed") points_.value(samples::speed, text);
    }

    void lap_value(std::string_view name, std::string_view text) {
        if (name == "TotalTimeSeconds") lap_->seconds = total(text, seconds_range);
        else if (name == "DistanceMeters") lap_->distance_m = total(text, distance_range);
        else if (name == "Calories") lap_->energy_kcal = total(text, energy_range);
        else if (name == "MaximumSpeed") lap_->max_speed_mps = total(text, max_speed_range);
        else if (name == "Cadence" || name == "AvgRunCadence") lap_->cadence = total(text, cadence_range);
        else if (name == "AvgWatts") lap_->avg_power = total(text, avg_power_range);
        else if (name == "MaxWatts") lap_->max_power = total(text, max_power_range);
    }

    /// A total that can be one. Anything else is absent and counted.
    std::optional<double> total(std::string_view text, const total_range& range) {
        const auto value = number_in(text);
        if (!value) counts_.add(problem_code::wrong_type, range.field, "lap totals dropped: no number");
        else if (*value < 0) counts_.add(problem_code::negative, range.field, "lap totals dropped: negative");
        else if (*value > range.most) counts_.add(problem_code::out_of_range, range.field, "lap totals dropped: too large");
        else return value;
        return std::nullopt;
    }

    void creator_value(std::string_view name, std::string_view text) {
        auto& device = state_->record.device;
        const bool number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
        const bool zero = text.find_first_not_of('0') == std::string_view::npos;
        if (name == "Name") {
            const std::string serial = std::move(device.serial);
            device = device_named(text);
            device.serial = serial;
            state_->record.origin.source = service_named(text);
            if (device.model.empty() && state_->record.origin.source.empty()) device.model = text;
        } else if (name == "UnitId" && number && !zero) {
            device.serial = text;
        } else if (name == "ProductID" && number && !zero) {
            state_->record.file.product = text;
        }
    }

    void end_lap() {
        state_->add(*lap_, counts_);
        lap_.reset();
    }

    void end_activity() {
        activity_state state = std::move(*state_);
        state_.reset();
        timed_track read = points_.take();
        auto& record = state.record;
        const auto start = start_of(state, read);
        if (!start) {
            counts_ = {};
            return no_activity(state, read);
        }
        set_start(record, start->at, counts_);
        record.utc_offset = start->utc_offset;
        record.source = "tcx_file";
        record.sport = sport_named(record.source_activity_type);
        set_timer(state);
        record.avg_heart_rate_bpm = state.hr.value();
        record.avg_power_w = state.power.value();
        record.avg_cadence_rpm = state.cadence.value();
        set_elapsed(state, read.rows);
        place_samples(record, std::move(read.rows), record.start_time);
        if (record.distance_m.value_or(0) == 0)
            if (const auto way = odometer_m(record).value_or(0); way > 0) record.distance_m = way, record.computed.emplace_back(coincide::distance_m_t::name);
        if (!record.distance_m && (record.distance_m = track_length_m(record.track)))
            record.computed.emplace_back(coincide::distance_m_t::name);
        fill_from_samples(record);
        counts_.report(out_.findings, state.line);
        out_.activities.push_back({std::move(record)});
    }

    /// What the trackpoints count up to, where the laps say nothing of it.
    static std::optional<double> odometer_m(const coincide::activity& record) {
        const auto& way = (record.track.empty() ? record.streams : record.track).values[coincide::samples::distance];
        std::optional<double> most;
        for (const double d : way)
            if (d == d) most = std::max(most.value_or(d), d);
        return most;
    }

    static std::optional<file_time> start_of(const activity_state& state, const timed_track& read) {
        if (read.rows.empty()) {
            if (state.first_lap || !state.has_lap || state.impossible_start) return state.first_lap;
            const auto id = time_in(state.id);
            return id && plausible_start(id->at) ? id : std::nullopt;
        }
        const instant first{milliseconds{read.rows.t_ms.front()}};
        const bool laps_agree = state.first_lap && std::chrono::abs(state.first_lap->at - first) <= lap_and_point_apart;
        if (laps_agree) return file_time{std::min(state.first_lap->at, first), state.first_lap->utc_offset};
        return file_time{first, read.utc_offset};
    }

    void set_timer(activity_state& state) {
        if (!state.seconds) return;
        const milliseconds timer = from_seconds(*state.seconds);
        if (timer <= longest_activity) state.record.timer = timer;
        else counts_.add(problem_code::out_of_range, coincide::timer_t_::name, "sum of lap times dropped: over 30 days");
    }

    /// To the last trackpoint, or to the end of the last lap when there is none; never less than the timer. Laps are not
    /// asked otherwise: they round, and their times may be local.
    static void set_elapsed(activity_state& state, const samples& rows) {
        auto& record = state.record;
        const instant end =
            rows.empty() ? state.laps_end.value_or(record.start_time) : instant{milliseconds{rows.t_ms.back()}};
        const milliseconds elapsed = std::max(end - record.start_time, record.timer.value_or(milliseconds{0}));
        if (elapsed <= milliseconds{0}) return;
        record.elapsed = elapsed;
        record.computed.emplace_back(coincide::elapsed_t::name);
    }

    void no_activity(const activity_state& state, const timed_track& read) {
        if (state.impossible_start || read.impossible > 0)
            out_.findings.push_back(finding_at(state.line, finding_kind::reject, problem_code::out_of_range,
                                               "the activity is before 1970 or after 2199", "start_time"));
        else if (state.has_lap)
            out_.findings.push_back(finding_at(state.line, finding_kind::reject, problem_code::missing_key,
                                               "neither laps nor trackpoints have a readable time", "start_time"));
        else
            out_.findings.push_back(
                finding_at(state.line, finding_kind::skip, problem_code::no_activity, "an activity without laps"));
    }

    /// Puts the session before its legs. One leg alone is an activity like any other.
    void end_session() {
        const std::size_t begin = *std::exchange(legs_begin_, std::nullopt);
        if (out_.activities.size() < begin + 2) return;
        const auto parent_ordinal = static_cast<unsigned>(begin + 1);
        const auto first_leg = out_.activities.begin() + static_cast<std::ptrdiff_t>(begin);
        decoded_activity parent{session_of({first_leg, out_.activities.end()})};
        for (auto leg = first_leg; leg != out_.activities.end(); ++leg) leg->parent_ordinal = parent_ordinal;
        out_.activities.insert(first_leg, std::move(parent));
    }

    /// Of all legs; nothing when one does not say: a sum of some of them is too small.
    template <class Value>
    static std::optional<Value> sum_of(std::span<const decoded_activity> legs, std::optional<Value> coincide::activity::* of) {
        std::optional<Value> sum{Value{}};
        for (const auto& leg : legs) {
            if (!(leg.activity.*of)) return std::nullopt;
            *sum += *(leg.activity.*of);
        }
        return sum;
    }

    /// A session says nothing of itself: everything is summed from its legs.
    static coincide::activity session_of(std::span<const decoded_activity> legs) {
        coincide::activity session;
        const auto& first = legs.front().activity;
        session.source = first.source;
        session.sport = coincide::sport_from_slug("multisport");
        session.source_activity_type = "MultiSportSession";
        session.utc_offset = first.utc_offset;
        session.device = first.device;
        session.start_time = first.start_time;
        instant end = first.start_time;
        for (const auto& each : legs) {
            const auto& leg = each.activity;
            session.start_time = std::min(session.start_time, leg.start_time);
            end = std::max(end, leg.start_time + leg.elapsed.value_or(leg.timer.value_or(milliseconds{0})));
            session.clock_unset |= leg.clock_unset;
        }
        session.timer = sum_of(legs, &coincide::activity::timer);
        session.distance_m = sum_of(legs, &coincide::activity::distance_m);
        session.energy_kcal = sum_of(legs, &coincide::activity::energy_kcal);
        if (end > session.start_time) session.elapsed = end - session.start_time;
        if (session.elapsed) session.computed.emplace_back(coincide::elapsed_t::name);
        if (session.timer) session.computed.emplace_back(coincide::timer_t_::name);
        if (session.distance_m) session.computed.emplace_back(coincide::distance_m_t::name);
        if (session.energy_kcal) session.computed.emplace_back(coincide::energy_kcal_t::name);
        return session;
    }

    const decode_limits& limits_;
    decoded out_{};
    std::optional<finding> stopped_{};
    std::vector<place> places_{place::document};
    std::size_t activities_ = 0, trackpoints_ = 0;  // opened so far, also those that came to nothing
    salvage_counts counts_{};
    timed_samples points_{counts_};
    std::optional<activity_state> state_{};     // while inside an Activity
    std::optional<lap_values> lap_{};           // while inside a Lap
    std::optional<std::size_t> legs_begin_{};   // while inside a MultiSportSession
    std::string_view author_{};
};

}  // namespace

decoded decode_tcx(std::span<const std::byte> document, const decode_limits& limits) {
    return read_mended<tcx_reader>(document, limits);
}

}  // namespace reconcile

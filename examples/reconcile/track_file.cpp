// SPDX-License-Identifier: BSL-1.0
#include "track_file.hpp"

#include <coincide/normalize/providers/garmin_connect.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/sport_name.hpp>

#include "xml.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <string>
#include <utility>

namespace reconcile {
namespace {

using coincide::no_value;
using coincide::problem_code;
using coincide::sample;
using coincide::samples;

constexpr std::int64_t outlier_ms = std::int64_t{30} * 24 * 3600 * 1000;

/// What a sensor may say, in the order of samples::column. A value outside is dropped and counted; `none` is the number
/// that devices write for "no value", and is dropped silently.
struct value_range {
    double least, most, none;
};
constexpr value_range value_ranges[] = {
    {-1000, 100'000, no_value},  // ele, m: below the Dead Sea, up to space
    {1, 300, 0},                 // hr, bpm
    {0, 10'000, no_value},       // power, W
    {0, 254, 255},               // cadence, rpm
    {0, 400, no_value},          // speed, m/s: an airliner
    {0, 1e8, no_value},          // distance, m: twice around the Earth
};
static_assert(std::size(value_ranges) == samples::column_count);

double& value_of(sample& s, samples::column column) noexcept {
    switch (column) {
    case samples::ele: return s.ele_m;
    case samples::hr: return s.hr_bpm;
    case samples::power: return s.power_w;
    case samples::cadence: return s.cadence_rpm;
    case samples::speed: return s.speed_mps;
    default: return s.distance_m;
    }
}

/// Rows within 30 days of the median time: a stray date would make a ride of an hour last for years.
samples without_outliers(samples rows, salvage_counts& counts) {
    const auto [first, last] = std::minmax_element(rows.t_ms.begin(), rows.t_ms.end());
    if (first == rows.t_ms.end() || *last - *first <= outlier_ms) return rows;
    auto times = rows.t_ms;
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    samples kept;
    for (const sample s : rows)
        if (std::abs(s.t.count() - *middle) <= outlier_ms) kept.push(s);
    kept.finish();
    counts.add(problem_code::out_of_range, "track", "samples dropped: over 30 days from the others",
               rows.size() - kept.size());
    return kept;
}

double distance_between_m(const sample& a, const sample& b) noexcept {
    constexpr double radius_m = 6371008.8;
    constexpr double radians = std::numbers::pi / 180;
    const double half_lat = std::sin((b.lat_deg - a.lat_deg) * radians / 2);
    const double half_lon = std::sin((b.lon_deg - a.lon_deg) * radians / 2);
    const double h =
        half_lat * half_lat + std::cos(a.lat_deg * radians) * std::cos(b.lat_deg * radians) * half_lon * half_lon;
    return 2 * radius_m * std::asin(std::min(1.0, std::sqrt(h)));
}

void fill(coincide::activity& of, const std::vector<double>& values, std::optional<double>& mean, std::string_view mean_name,
          std::optional<double>& most, std::string_view most_name) {
    double sum = 0, largest = 0;
    std::size_t count = 0;
    for (const double v : values) {
        if (v != v) continue;
        sum += v;
        largest = std::max(largest, v);
        ++count;
    }
    if (count == 0) return;
    if (!mean) {
        mean = sum / static_cast<double>(count);
        of.computed.emplace_back(mean_name);
    }
    if (!most) {
        most = largest;
        of.computed.emplace_back(most_name);
    }
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where `word` (lower case) stands in `text`, letter case of ASCII ignored; npos if nowhere.
std::size_t find_word(std::string_view text, std::string_view word) noexcept {
    const auto at =
        std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; });
    return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

/// What GPX and TCX files say beside the words of Strava and Garmin Connect. Strava used to write a number into GPX.
constexpr coincide::sport_names words_of_files[] = {
    {"cycling", "1|biking|bike|ride|cycling_sport|cycling_transportation|touringbicycle|outdoor cycling|outdoor biking"},
    {"alpine_skiing", "2"},
    {"running", "9|run|jogging|outdoor running|outdoor run"},
    {"walking", "10|walk|fitness_walking|outdoor walking|outdoor walk"},
    {"hiking", "4|hike|trekking"},
    {"workout", "16"},
    {"mountain_biking", "mtb|mtb_easy|mtb_advanced"},
    {"road_cycling", "racebike|road biking"},
    {"e_biking", "e_touringbicycle"},
    {"swimming", "swim"},
    {"treadmill_running", "treadmill"},
};

/// Programs and sites, by a word that their files say about themselves. Asked before the devices, so that "Garmin Connect"
/// is no device of Garmin.
struct service_row {
    std::string_view word, slug;
};
constexpr service_row services[] = {
    {"strava", "strava"},          // creator "StravaGPX", "StravaGPX Android"
    {"garmin connect", "garmin"},  // creator of the web site's export; TCX author "Garmin Connect API"
    {"connect api", "garmin"},     // TCX author, later
    {"garmin explore", "garmin"},
    {"polar flow", "polar"},
    {"apple health", "apple_health"},  // creator "Apple Health Export"
    {"ifit", "ifit"},                  // TCX author "iFit.com"
    {"runkeeper", "runkeeper"},
    {"mapmyrun", "mapmyrun"},
    {"ridewithgps", "ridewithgps"},
    {"trainingpeaks", "trainingpeaks"},
    {"zwift", "zwift"},
};

/// Devices, by how their name begins.
struct device_row {
    std::string_view prefix, manufacturer;
    coincide::device_type type;
};
constexpr device_row devices[] = {
    {"garmin edge", "garmin", coincide::device_type::bike_computer},
    {"edge ", "garmin", coincide::device_type::bike_computer},
    {"garmin forerunner", "garmin", coincide::device_type::watch},
    {"forerunner", "garmin", coincide::device_type::watch},
    {"garmin fenix", "garmin", coincide::device_type::watch},
    {"fenix", "garmin", coincide::device_type::watch},
    {"f\xC3\xA9nix", "garmin", coincide::device_type::watch},       // fénix
    {"v\xC3\xADvoactive", "garmin", coincide::device_type::watch},  // vívoactive
    {"garmin swim", "garmin", coincide::device_type::watch},
    {"garmin etrex", "garmin", coincide::device_type::other},
    {"etrex", "garmin", coincide::device_type::other},
    {"garmin ", "garmin", coincide::device_type::unknown},
    {"polar m", "polar", coincide::device_type::watch},  // M400, M430
    {"polar v", "polar", coincide::device_type::watch},  // V800, Vantage
    {"polar ", "polar", coincide::device_type::unknown},
    {"suunto ", "suunto", coincide::device_type::unknown},
    {"coros ", "coros", coincide::device_type::unknown},
};

}  // namespace

finding finding_at(std::uint64_t line, finding_kind kind, problem_code code, std::string_view reason,
                   std::string_view field) {
    finding f;
    f.kind = kind;
    f.code = code;
    f.reason = reason;
    f.field = field;
    f.line = line;
    return f;
}

void end_document(decoded& out, std::optional<finding> fault, std::string_view nothing) {
    if (fault && !out.activities.empty()) {
        const bool broken = fault->code == problem_code::truncated || fault->code == problem_code::malformed;
        if (broken) fault->code = problem_code::recovered;
        fault->kind = finding_kind::salvage;
        fault->reason += "; what came before is kept";
    }
    if (fault) out.findings.push_back(std::move(*fault));
    if (out.activities.empty() && out.findings.empty())
        out.findings.push_back(finding_at(1, finding_kind::skip, problem_code::no_activity, nothing));
    unsigned ordinal = 0;
    for (auto& each : out.activities) each.ordinal = ++ordinal;
}

void salvage_counts::add(problem_code code, std::string_view field, std::string_view what, std::size_t count) {
    if (count == 0) return;
    for (auto& r : rows_)
        if (r.code == code && r.field == field && r.what == what) {
            r.count += count;
            return;
        }
    rows_.push_back({code, field, what, count});
}

void salvage_counts::report(std::vector<finding>& to, std::uint64_t line) {
    for (const auto& r : rows_)
        to.push_back(finding_at(line, finding_kind::salvage, r.code, std::to_string(r.count).append(" ").append(r.what),
                                r.field));
    rows_.clear();
}

std::optional<file_time> time_in(std::string_view text) noexcept {
    text = trimmed(text);
    const auto parsed = coincide::parse_rfc3339(text);
    if (!parsed) return std::nullopt;
    const bool zulu = text.ends_with('Z') || text.ends_with('z');
    return file_time{parsed->at, zulu ? std::nullopt : parsed->offset, parsed->has_zone};
}

void timed_samples::open() {
    now_ = {};
    now_time_.reset();
    now_bad_position_ = false;
}

void timed_samples::time(std::string_view text) { now_time_ = time_in(text); }

void timed_samples::latitude(std::string_view text) {
    const auto value = number_in(text);
    now_.lat_deg = value.value_or(no_value);
    now_bad_position_ |= !value;
}

void timed_samples::longitude(std::string_view text) {
    const auto value = number_in(text);
    now_.lon_deg = value.value_or(no_value);
    now_bad_position_ |= !value;
}

void timed_samples::value(samples::column column, std::string_view text) {
    if (text.empty()) return;
    const auto& range = value_ranges[column];
    const auto value = number_in(text);
    if (value == range.none) return;
    if (value && *value >= range.least && *value <= range.most)
        value_of(now_, column) = *value;
    else
        counts_.add(problem_code::out_of_range, "track", "values of samples dropped: no number, or out of range");
}

void timed_samples::close() {
    if (!now_time_) {
        ++untimed_;
        return;
    }
    if (!plausible_start(now_time_->at)) {
        ++impossible_;
        return;
    }
    const bool half = (now_.lat_deg == now_.lat_deg) != (now_.lon_deg == now_.lon_deg);
    const bool off_globe = now_.has_position() && !coincide::plausible_position(now_.lat_deg, now_.lon_deg);
    if (now_bad_position_ || half || off_globe) {
        now_.lat_deg = now_.lon_deg = no_value;
        counts_.add(problem_code::fix_out_of_range, "track", "positions dropped: no numbers, off the globe, or (0,0)");
    }
    if (!now_time_->has_zone) counts_.add(problem_code::missing_zone, "track", "times without a zone read as UTC");
    if (rows_.empty()) utc_offset_ = now_time_->utc_offset;
    now_.t = now_time_->at.time_since_epoch();
    rows_.push(now_);
}

timed_track timed_samples::take() {
    timed_track out;
    out.utc_offset = std::exchange(utc_offset_, {});
    out.untimed = std::exchange(untimed_, 0);
    out.impossible = std::exchange(impossible_, 0);
    rows_.finish();
    out.rows = without_outliers(std::exchange(rows_, {}), counts_);
    const auto faults = out.rows.tidy();
    counts_.add(problem_code::fix_without_time, "track", "samples dropped: no readable time", out.untimed);
    counts_.add(problem_code::out_of_range, "track", "samples dropped: before 1970 or after 2199", out.impossible);
    counts_.add(problem_code::time_went_back, "track", "samples sorted: earlier than their predecessor", faults.went_back);
    counts_.add(problem_code::time_went_back, "track", "samples folded into one with the same time", faults.same_stamp);
    return out;
}

void place_samples(coincide::activity& into, samples rows, coincide::instant start) {
    for (auto& t : rows.t_ms) t -= start.time_since_epoch().count();
    if (rows.positions() > 0) {
        into.track = std::move(rows);
        return;
    }
    rows.lat.clear();
    rows.lon.clear();
    const bool has_values =
        std::any_of(std::begin(rows.values), std::end(rows.values), [](const auto& c) { return !c.empty(); });
    if (has_values) into.streams = std::move(rows);
}

void set_start(coincide::activity& of, coincide::instant start, salvage_counts& counts) {
    of.start_time = start;
    of.clock_unset = coincide::is_of_unset_clock(start);
    if (of.clock_unset) counts.add(problem_code::clock_unset, "start_time", "start time of a clock that was never set");
}

std::optional<coincide::sport_id> sport_named(std::string_view text) {
    if (text.empty()) return std::nullopt;
    for (const auto names : {std::span<const coincide::sport_names>{words_of_files}, coincide::providers::strava.vocabulary, coincide::providers::garmin_connect.vocabulary})
        if (const auto known = coincide::sport_of_name(text, names)) return known;
    return coincide::sport_id{};
}

std::optional<double> track_length_m(const samples& track) noexcept {
    std::optional<sample> before;
    std::optional<double> sum;
    for (const sample s : track) {
        if (!s.has_position()) continue;
        if (before) sum = sum.value_or(0) + distance_between_m(*before, s);
        before = s;
    }
    constexpr double grid_m = 1e-3;  // sine and cosine differ in the last bit from platform to platform
    if (sum) sum = static_cast<double>(std::llround(*sum / grid_m)) * grid_m;
    return sum;
}

void fill_from_samples(coincide::activity& of) {
    using namespace coincide;
    const auto& rows = of.track.empty() ? of.streams : of.track;
    fill(of, rows.values[samples::hr], of.avg_heart_rate_bpm, avg_heart_rate_bpm_t::name, of.max_heart_rate_bpm,
         max_heart_rate_bpm_t::name);
    fill(of, rows.values[samples::power], of.avg_power_w, avg_power_w_t::name, of.max_power_w, max_power_w_t::name);
}

coincide::device_info device_named(std::string_view text) {
    if (!service_named(text).empty()) return {};
    for (const auto& row : devices)
        if (find_word(text, row.prefix) == 0)
            return {.manufacturer = std::string{row.manufacturer},
                    .model = std::string{text},
                    .serial = {},
                    .type = row.type};
    return {};
}

std::string_view service_named(std::string_view text) noexcept {
    for (const auto& row : services)
        if (find_word(text, row.word) != std::string_view::npos) return row.slug;
    return {};
}

}  // namespace reconcile

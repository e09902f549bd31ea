// SPDX-License-Identifier: BSL-1.0
#include "derived_families.hpp"
#include "derived_recordings.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>
#include <utility>

namespace accuracy::derived {
namespace {

using namespace std::chrono;

bool has_heart_rate(const activity& a) { return !a.track.values[samples::hr].empty() || !a.streams.values[samples::hr].empty(); }

template <class Duration>
void round_to(std::optional<milliseconds>& t, Duration unit) {
    if (t) t = std::max<milliseconds>(unit, milliseconds{(*t + unit / 2) / unit * unit});
}
void round_to(std::optional<double>& value, double unit) {
    if (value) value = std::round(*value / unit) * unit;
}
// Clocks and zones.

activity in_other_zone(activity a, minutes by) {
    shift(a, by);
    a.utc_offset.reset(), a.timezone.clear();
    return a;
}

std::vector<activity> whole_hours(const activity& a, rng& luck) {
    if (!lasts(a, 5min)) return {};
    const auto by = luck.between(-12, 13);
    return {in_other_zone(a, hours{by < 0 ? by : by + 1})};
}

std::vector<activity> quarter_hours(const activity& a, rng& luck) {
    constexpr std::array zones{345, 570, 330, 210, 270, 390, 525, 630, 765, -210, -150, -570};  // Nepal +5:45, Adelaide +9:30, India +5:30 …
    if (!lasts(a, 5min)) return {};
    return {in_other_zone(a, minutes{luck.pick(zones)})};
}

/// A shift of hours that brings the start to the day before or after.
std::vector<activity> across_midnight(const activity& a, rng& luck) {
    if (!lasts(a, 5min)) return {};
    std::vector<hours> ways;
    for (hours h{-12}; h <= hours{14}; ++h)
        if (date::floor<date::days>(a.start_time + h) != date::floor<date::days>(a.start_time)) ways.push_back(h);
    return {in_other_zone(a, luck.pick(ways))};
}

/// Small errors are more frequent than large ones.
std::vector<activity> wrong_clock(const activity& a, rng& luck) {
    if (!lasts(a, 5min)) return {};
    const double u = luck.uniform();
    auto out = a;
    shift(out, seconds{std::lround(10.0 + 2390.0 * u * u * u)} * (luck.chance(0.5) ? 1 : -1));
    return {out};
}

std::vector<activity> unset_clock(const activity& a, rng& luck) {
    constexpr coincide::instant zero{seconds{631065600}};  // 1989-12-31, where FIT begins to count
    if (!has_track(a)) return {};
    auto out = a;
    shift(out, zero + some_seconds(luck, 5, 4 * 3600) - a.start_time);
    out.clock_unset = true;
    return {out};
}

// Parts.

bool can_be_trimmed(const activity& a) { return has_track(a, 10min) && path_of(a.track).back() >= 4000.0; }

enum ends : std::uint8_t { start = 1, finish = 2, both = 3 };

template <ends At>
std::pair<milliseconds, milliseconds> trimmed_ends(const activity& a, rng& luck) {
    const double at_start = luck.uniform(200.0, 1000.0), at_finish = luck.uniform(200.0, 1000.0);
    return {At & start ? time_after(a.track, at_start) : milliseconds{0}, At & finish ? time_before_end(a.track, at_finish) : length(a)};
}

template <ends At>
std::vector<activity> trimmed(const activity& a, rng& luck) {
    if (!can_be_trimmed(a)) return {};
    const auto [from, to] = trimmed_ends<At>(a, luck);
    return {part(a, from, to)};
}

/// A service that hides the ends of the track: start and totals are still those of the whole.
std::vector<activity> hidden_ends(const activity& a, rng& luck) {
    if (!can_be_trimmed(a)) return {};
    const auto [from, to] = trimmed_ends<both>(a, luck);
    auto out = a;
    hide(out.track, from, to);
    out.start_lat_deg.reset(), out.start_lon_deg.reset();
    return {out};
}

milliseconds up_to_15_minutes(const activity& a, rng& luck) { return std::min(some_seconds(luck, 60, 900), length(a) / 3); }

std::vector<activity> late_start(const activity& a, rng& luck) {
    if (!lasts(a, 10min)) return {};
    return {part(a, up_to_15_minutes(a, luck), length(a))};
}

std::vector<activity> early_stop(const activity& a, rng& luck) {
    if (!lasts(a, 10min)) return {};
    return {part(a, 0ms, length(a) - up_to_15_minutes(a, luck))};
}

std::vector<activity> truncated(const activity& a, rng& luck) {
    if (!lasts(a, 10min)) return {};
    return {part(a, 0ms, length(a) * luck.between(30, 80) / 100)};
}

/// Stopped and started again: what lies between is in neither.
template <int Parts>
std::vector<activity> split(const activity& a, rng& luck) {
    if (!lasts(a, minutes{10 * Parts})) return {};
    std::vector<activity> out;
    milliseconds from{0};
    for (int k = 1; k <= Parts; ++k) {
        const auto to = k == Parts ? length(a) : length(a) * (100 * k + luck.between(-20, 20)) / (100 * Parts);
        out.push_back(part(a, from, to));
        from = to + some_seconds(luck, 10, 300);
    }
    return out;
}

// Poorer copies.

template <int Every>
std::vector<activity> thinned(const activity& a, rng&) {
    auto out = a;
    thin(out.track, seconds{Every});
    if (!has_track(out) || out.track.size() * 3 > a.track.size() * 2) return {};
    return {out};
}

template <int Sigma>
std::vector<activity> noisy(const activity& a, rng& luck) {
    if (!has_track(a)) return {};
    auto out = a;
    blur(out.track, Sigma, luck);
    if (out.distance_m) *out.distance_m *= luck.uniform(0.99, 1.02);
    return {out};
}

std::vector<activity> totals_only(const activity& a, rng&) {
    if (!lasts(a, 5min)) return {};
    auto out = a;
    out.elapsed = floor<seconds>(time_in_motion(a));
    out.timer.reset(), out.moving.reset();
    out.start_time = date::floor<minutes>(a.start_time);
    out.start_precision = seconds{60};
    for (auto* v : {&out.distance_m, &out.elevation_gain_m}) round_to(*v, 10.0);
    for (auto* v : {&out.avg_heart_rate_bpm, &out.max_heart_rate_bpm, &out.energy_kcal}) round_to(*v, 1.0);
    forget_samples(out);
    return {out};
}

template <bool OnlyHeartRate>
std::vector<activity> without_positions(const activity& a, rng&) {
    if (!has_track(a) || !has_heart_rate(a)) return {};
    auto out = a;
    forget_positions(out, OnlyHeartRate);
    return {out};
}

/// What a person writes into a diary: when, how long, how far.
activity written_down(const activity& a) {
    activity out;
    out.athlete_id = a.athlete_id;
    out.start_time = a.start_time, out.utc_offset = a.utc_offset, out.timezone = a.timezone;
    out.elapsed = a.timer ? a.timer : a.elapsed;
    round_to(out.elapsed, 5min);
    if (a.distance_m.value_or(0.0) > 0.0) out.distance_m = a.distance_m;
    round_to(out.distance_m, 100.0);
    out.sport = a.sport, out.source_activity_type = a.source_activity_type;
    return out;
}

std::vector<activity> by_hand(const activity& a, rng&) {
    if (!lasts(a, 10min)) return {};
    auto out = written_down(a);
    out.start_time = date::floor<duration<std::int64_t, std::ratio<900>>>(a.start_time + 450s);
    out.start_precision = seconds{60};
    return {out};
}

std::vector<activity> day_only(const activity& a, rng&) {
    if (!lasts(a, 10min)) return {};
    auto out = written_down(a);
    const auto offset = a.utc_offset.value_or(0s);
    out.start_time = date::floor<date::days>(a.start_time + offset) - offset;
    out.start_precision = hours{24};
    return {out};
}

// Several at once.

std::vector<activity> zone_trim_noise(const activity& a, rng& luck) {
    auto out = trimmed<both>(a, luck);
    for (auto& x : out) {
        blur(x.track, 5.0, luck);
        x = std::move(whole_hours(x, luck).front());
    }
    return out;
}

std::vector<activity> late_and_thin(const activity& a, rng& luck) {
    if (!has_track(a, 10min)) return {};
    auto out = late_start(a, luck);
    for (auto& x : out) thin(x.track, 15s);
    return out;
}

// clang-format off
constexpr family table[] = {
    {{"zone: whole hours", 40}, comes_as::copies, "strava", whole_hours},
    {{"zone: quarter hours", 42}, comes_as::copies, "phone_app", quarter_hours},
    {{"zone: across midnight", 41}, comes_as::copies, "strava", across_midnight},
    {{"clock: off by 10 s to 40 min", 35}, comes_as::copies, "phone_app", wrong_clock},
    {{"clock: never set", 80}, comes_as::copies, "polar", unset_clock},
    {{"trimmed: start", 20}, comes_as::copies, "strava", trimmed<start>},
    {{"trimmed: end", 20}, comes_as::copies, "strava", trimmed<finish>},
    {{"trimmed: both ends", 22}, comes_as::copies, "strava", trimmed<both>},
    {{"trimmed: both ends, totals of the whole", 18}, comes_as::copies, "strava", hidden_ends},
    {{"part: started 1 to 15 min late", 30}, comes_as::copies, "phone_app", late_start},
    {{"part: stopped 1 to 15 min early", 30}, comes_as::copies, "phone_app", early_stop},
    {{"part: the first 30 to 80 %", 45}, comes_as::copies, "phone_app", truncated},
    {{"parts: two", 50}, comes_as::copies, "phone_app", split<2>},
    {{"parts: three", 51}, comes_as::copies, "phone_app", split<3>},
    {{"thinned: a fix in 5 s", 10}, comes_as::copies, "phone_app", thinned<5>},
    {{"thinned: a fix in 15 s", 11}, comes_as::copies, "phone_app", thinned<15>},
    {{"thinned: a fix in 30 s", 12}, comes_as::copies, "phone_app", thinned<30>},
    {{"noise: 5 m", 10}, comes_as::copies, "phone_app", noisy<5>},
    {{"noise: 8 m", 11}, comes_as::copies, "phone_app", noisy<8>},
    {{"without: samples, totals rounded", 55}, comes_as::copies, "strava", totals_only},
    {{"without: positions", 50}, comes_as::copies, "health_connect", without_positions<false>},
    {{"without: all but heart rate", 60}, comes_as::copies, "polar", without_positions<true>},
    {{"by hand: to 15 min, 5 min, 100 m", 70}, comes_as::copies, "manual", by_hand},
    {{"by hand: the day, 5 min, 100 m", 75}, comes_as::copies, "manual", day_only},
    {{"zone, trimmed ends and noise", 65}, comes_as::copies, "strava", zone_trim_noise},
    {{"late start and a fix in 15 s", 36}, comes_as::copies, "phone_app", late_and_thin},
};
// clang-format on

}  // namespace

std::span<const family> copies() { return table; }

}  // namespace accuracy::derived

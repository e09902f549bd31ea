// SPDX-License-Identifier: BSL-1.0
#include "derived_changes.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace accuracy::derived {
namespace {

using coincide::no_value;
using coincide::sample;

constexpr double meters_a_degree = 111'195.0;
constexpr double degrees_to_radians = 0.017453292519943295;

double seconds_of(milliseconds t) { return static_cast<double>(t.count()) / 1000.0; }
milliseconds to_ms(double s) { return milliseconds{std::llround(s * 1000.0)}; }

/// As files keep degrees, so that the last bits of a platform's cosine do not show.
double kept(double degrees) { return std::round(degrees * 1e7) / 1e7; }

double meters_between(const sample& a, const sample& b) {
    const double north = (b.lat_deg - a.lat_deg) * meters_a_degree;
    const double east = (b.lon_deg - a.lon_deg) * meters_a_degree * std::cos(a.lat_deg * degrees_to_radians);
    return std::sqrt(north * north + east * east);
}

/// The samples that `change` keeps, as it left them.
template <class Change>
samples changed(const samples& from, Change change) {
    samples out;
    for (auto s : from)
        if (change(s)) out.push(s);
    out.finish();
    return out;
}

void scale(std::optional<double>& value, double by) {
    if (value) *value *= by;
}
void scale(std::optional<milliseconds>& value, double by) {
    if (value) *value = to_ms(seconds_of(*value) * by);
}

/// Average and maximum of a column, where the record has them.
void follow(const std::vector<double>& column, std::optional<double>& average, std::optional<double>& highest) {
    double sum = 0.0, most = 0.0;
    std::size_t n = 0;
    for (const double v : column)
        if (v == v) sum += v, most = std::max(most, v), ++n;
    if (n == 0) return;
    if (average) average = std::round(sum / static_cast<double>(n));
    if (highest) highest = most;
}

/// What a device would have written in the summary of these samples.
void follow_samples(activity& r) {
    const auto& s = r.track.empty() ? r.streams : r.track;
    std::optional<double> none;
    follow(s.values[samples::hr], r.avg_heart_rate_bpm, r.max_heart_rate_bpm);
    follow(s.values[samples::power], r.avg_power_w, r.max_power_w);
    follow(s.values[samples::cadence], r.avg_cadence_rpm, none);
    follow(s.values[samples::speed], none, r.max_speed_mps);
    const auto time = r.timer ? r.timer : r.elapsed;
    if (r.avg_speed_mps && r.distance_m && time && time->count() > 0) r.avg_speed_mps = *r.distance_m / seconds_of(*time);
    if (!r.start_lat_deg) return;
    for (const auto& x : r.track)
        if (x.has_position()) {
            r.start_lat_deg = x.lat_deg, r.start_lon_deg = x.lon_deg;
            return;
        }
}

/// An error that stays for a while: each value is what is left of the last one, and news.
class wander {
public:
    wander(double sigma, double fades_s, rng& luck) : sigma_{sigma}, fades_s_{fades_s}, luck_{luck}, now_{sigma * luck.normal()} {}
    double after(double dt_s) {
        const double left = std::exp(-std::max(dt_s, 0.0) / fades_s_);
        return now_ = left * now_ + sigma_ * std::sqrt(1.0 - left * left) * luck_.normal();
    }

private:
    double sigma_, fades_s_;
    rng& luck_;
    double now_;
};

/// How another day went: `of(t)` is when the first day was where this one is at t. The pace differs by `faster` in all, and by up to
/// 2 % more or less along the way.
struct other_pace {
    double faster, turns_a_second, phase;
    double of(double t) const { return t * (1.0 + faster) + 0.02 / turns_a_second * (std::sin(turns_a_second * t + phase) - std::sin(phase)); }
};

/// Values of the first day at this day's stamps. This day lasts until it is where the first one ended.
samples at_pace(const samples& day, const other_pace& pace) {
    samples out;
    if (day.size() < 2) return day;
    const double end = static_cast<double>(day.t_ms.back()) / 1000.0;
    std::size_t next = 1;
    for (std::size_t i = 0;; ++i) {
        const auto beyond = i < day.size() ? 0 : static_cast<std::int64_t>(i - day.size() + 1) * 1000;  // a slower day goes on, second by second
        const milliseconds t{(i < day.size() ? day.t_ms[i] : day.t_ms.back()) + beyond};
        const double then = std::max(pace.of(seconds_of(t)), static_cast<double>(day.t_ms.front()) / 1000.0);
        if (then > end) break;
        while (next + 1 < day.size() && static_cast<double>(day.t_ms[next]) / 1000.0 < then) ++next;
        const auto a = day[next - 1], b = day[next];
        const double share = a.t == b.t ? 0.0 : (then - seconds_of(a.t)) / seconds_of(b.t - a.t);
        const auto between = [share](double x, double y) { return x + share * (y - x); };
        out.push({t, between(a.lat_deg, b.lat_deg), between(a.lon_deg, b.lon_deg), between(a.ele_m, b.ele_m), between(a.hr_bpm, b.hr_bpm),
                  between(a.power_w, b.power_w), between(a.cadence_rpm, b.cadence_rpm), between(a.speed_mps, b.speed_mps),
                  between(a.distance_m, b.distance_m)});
    }
    out.finish();
    return out;
}

/// Another day's errors and another day's heart.
samples with_own_values(const samples& day, double longer, rng& luck) {
    wander heart{4.0, 90.0, luck}, effort{0.05, 30.0, luck}, height{2.0, 120.0, luck};
    const double rested = luck.uniform(-4.0, 4.0);
    milliseconds last{0};
    return changed(day, [&](sample& x) {
        const double dt = seconds_of(x.t - last);
        last = x.t;
        x.hr_bpm = std::round(x.hr_bpm + rested + heart.after(dt));
        x.power_w = std::round(x.power_w * (1.0 + effort.after(dt)));
        x.ele_m += height.after(dt);
        x.distance_m *= longer;
        return true;
    });
}

}  // namespace

std::vector<double> path_of(const samples& track) {
    std::vector<double> out;
    out.reserve(track.size());
    std::optional<sample> last;
    double meters = 0.0;
    for (const auto& x : track) {
        if (x.has_position()) {
            if (last) meters += meters_between(*last, x);
            last = x;
        }
        out.push_back(meters);
    }
    return out;
}

milliseconds time_after(const samples& track, double meters) {
    const auto path = path_of(track);
    const auto at = std::lower_bound(path.begin(), path.end(), meters);
    return milliseconds{track.t_ms[static_cast<std::size_t>(std::min(at, std::prev(path.end())) - path.begin())]};
}

milliseconds time_before_end(const samples& track, double meters) {
    const auto path = path_of(track);
    return time_after(track, path.back() - meters);
}

milliseconds time_in_motion(const activity& record) {
    if (record.moving) return *record.moving;
    if (record.timer) return *record.timer;
    const auto& track = record.track;
    if (track.size() < 2) return record.elapsed.value_or(milliseconds{0});
    const auto path = path_of(track);
    std::int64_t moved_ms = 0;
    for (std::size_t i = 1; i < track.size(); ++i) {
        const auto dt = track.t_ms[i] - track.t_ms[i - 1];
        if ((path[i] - path[i - 1]) * 1000.0 > 0.5 * static_cast<double>(dt)) moved_ms += dt;
    }
    return milliseconds{moved_ms};
}

activity part(const activity& whole, milliseconds from, milliseconds to) {
    activity out = whole;
    const auto cut = [&](const samples& s) {
        double before = no_value;
        return changed(s, [&](sample& x) {
            if (x.t < from || x.t > to) return false;
            x.t -= from;
            if (before != before) before = x.distance_m;
            x.distance_m -= before;
            return true;
        });
    };
    const auto all = whole.elapsed.value_or(to - from);
    const double of_time = std::min(1.0, seconds_of(to - from) / std::max(1.0, seconds_of(all)));
    double of_way = of_time;
    if (const auto path = path_of(whole.track); !path.empty() && path.back() > 0.0) {
        const auto at = [&](milliseconds t) {
            const auto after = std::upper_bound(whole.track.t_ms.begin(), whole.track.t_ms.end(), t.count());
            return after == whole.track.t_ms.begin() ? 0.0 : path[static_cast<std::size_t>(after - whole.track.t_ms.begin()) - 1];
        };
        of_way = (at(to) - at(from)) / path.back();
    }
    out.start_time += from;
    out.elapsed = to - from;
    for (auto* t : {&out.timer, &out.moving}) scale(*t, of_time);
    for (auto* v : {&out.distance_m, &out.elevation_gain_m}) scale(*v, of_way);
    scale(out.energy_kcal, of_time);
    out.track = cut(whole.track);
    out.streams = cut(whole.streams);
    follow_samples(out);
    return out;
}

void thin(samples& s, seconds every) {
    std::optional<milliseconds> last;
    s = changed(s, [&](const sample& x) {
        if (last && x.t - *last < every) return false;
        last = x.t;
        return true;
    });
}

void blur(samples& s, double sigma_m, rng& luck) {
    wander north{sigma_m, 60.0, luck}, east{sigma_m, 60.0, luck};
    milliseconds last{0};
    s = changed(s, [&](sample& x) {
        if (!x.has_position()) return true;
        const double dt = seconds_of(x.t - last);
        last = x.t;
        x.lon_deg = kept(x.lon_deg + east.after(dt) / (meters_a_degree * std::cos(x.lat_deg * degrees_to_radians)));
        x.lat_deg = kept(x.lat_deg + north.after(dt) / meters_a_degree);
        return true;
    });
}

void hide(samples& track, milliseconds from, milliseconds to) {
    track = changed(track, [&](const sample& x) { return x.t >= from && x.t <= to; });
}

void forget_positions(activity& r, bool only_heart_rate) {
    const auto& s = r.track.empty() ? r.streams : r.track;
    r.streams = changed(s, [&](sample& x) {
        if (only_heart_rate) x = {.t = x.t, .hr_bpm = x.hr_bpm};
        x.lat_deg = x.lon_deg = no_value;
        return true;
    });
    r.track = {};
    r.start_lat_deg.reset(), r.start_lon_deg.reset();
    if (!only_heart_rate) return;
    for (auto* v : {&r.distance_m, &r.elevation_gain_m, &r.avg_speed_mps, &r.max_speed_mps, &r.avg_power_w, &r.max_power_w, &r.avg_cadence_rpm,
                    &r.avg_temperature_c})
        v->reset();
}

void forget_samples(activity& r) {
    r.track = {}, r.streams = {};
    r.start_lat_deg.reset(), r.start_lon_deg.reset();
}

void turn_around(activity& r) {
    auto& s = r.track;
    if (s.empty()) return;
    const auto ends = s.t_ms.front() + s.t_ms.back();
    std::vector<std::int64_t> stamps(s.t_ms.rbegin(), s.t_ms.rend());
    for (auto& t : stamps) t = ends - t;
    for (auto* c : {&s.lat, &s.lon, &s.values[samples::ele], &s.values[samples::speed], &s.values[samples::distance]}) std::reverse(c->begin(), c->end());
    auto& meters = s.values[samples::distance];
    const double most = meters.empty() ? 0.0 : *std::max_element(meters.begin(), meters.end(), [](double a, double b) { return b == b && !(a >= b); });
    for (auto& d : meters) d = most - d;
    s.t_ms = std::move(stamps);
    follow_samples(r);
}

void another_day(activity& r, rng& luck) {
    const double whole_s = std::max(60.0, seconds_of(r.elapsed.value_or(milliseconds{0})));
    const other_pace pace{luck.uniform(0.005, 0.03) * (luck.chance(0.5) ? 1.0 : -1.0), luck.uniform(1.0, 3.0) * 6.283 / whole_s, luck.uniform(0.0, 6.283)};
    const double longer = 1.0 + luck.uniform(-0.004, 0.004);
    const double before_s = whole_s;
    double after_s = before_s / (1.0 + pace.faster);
    for (auto* s : {&r.track, &r.streams}) {
        if (s->size() < 2) continue;
        const auto end = s->t_ms.back();
        *s = with_own_values(at_pace(*s, pace), longer, luck);
        after_s = before_s + static_cast<double>(s->t_ms.back() - end) / 1000.0;
    }
    blur(r.track, 4.0, luck);
    for (auto* t : {&r.elapsed, &r.timer, &r.moving}) scale(*t, after_s / before_s);
    if (r.elapsed) r.elapsed = std::chrono::round<seconds>(*r.elapsed);
    scale(r.distance_m, longer);
    scale(r.elevation_gain_m, luck.uniform(0.94, 1.06));
    scale(r.energy_kcal, luck.uniform(0.96, 1.04));
    for (auto* v : {&r.max_speed_mps, &r.avg_power_w, &r.max_power_w}) scale(*v, luck.uniform(0.97, 1.03));
    if (r.avg_heart_rate_bpm) *r.avg_heart_rate_bpm = std::round(*r.avg_heart_rate_bpm + luck.uniform(-4.0, 4.0));
    if (r.max_heart_rate_bpm) *r.max_heart_rate_bpm = std::round(*r.max_heart_rate_bpm + luck.uniform(-5.0, 5.0));
    follow_samples(r);
}

}  // namespace accuracy::derived

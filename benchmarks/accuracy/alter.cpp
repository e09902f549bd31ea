// SPDX-License-Identifier: BSL-1.0
#include "alter.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

using coincide::activity;
using coincide::samples;

double between(const samples& t, std::size_t i, std::size_t j) {
    const double y = (t.lat[j] - t.lat[i]) * 111320, x = (t.lon[j] - t.lon[i]) * 111320 * std::cos(t.lat[i] * 0.017453292519943295);
    return std::sqrt(x * x + y * y);
}

/// Meters of the track from sample `from` to `to`. Steps under 2 m are noise of standing.
double length(const samples& t, std::size_t from, std::size_t to) {
    double sum = 0;
    std::size_t last = from;
    for (std::size_t i = from + 1; i <= to; ++i)
        if (const double step = between(t, last, i); step >= 2) sum += step, last = i;
    return sum;
}

/// Samples from … to only, counted from a new start when `rebase`.
samples part_of(const samples& all, std::size_t from, std::size_t to, bool rebase) {
    samples part;
    const std::int64_t zero = rebase ? all.t_ms[from] : 0;
    for (std::size_t i = from; i <= to; ++i) {
        auto s = all[i];
        s.t -= milliseconds{zero};
        part.push(s);
    }
    part.finish();
    return part;
}

std::optional<milliseconds> rounded(std::optional<milliseconds> value, int to_min) {
    if (!value) return value;
    const auto to = milliseconds{std::int64_t{to_min} * 60000};
    return std::max(to, to * ((*value + to / 2) / to));
}

/// Where the servers of many services stand, and their clocks.
constexpr city california{"", 0, 0, "America/Los_Angeles", -480, summer::america};

void drop_averages(activity& a) {
    a.avg_speed_mps.reset(), a.max_speed_mps.reset(), a.elevation_gain_m.reset(), a.energy_kcal.reset();
    a.avg_power_w.reset(), a.max_power_w.reset();
}

}  // namespace

/// Services hide what lies within a radius of the ends, as the crow flies (200 m to 1.6 km to choose from).
bool hide_ends(activity& a, double meters, hidden how) {
    const samples& t = a.track;
    if (t.size() < 60 || t.lat.size() != t.size()) return false;
    std::size_t from = 0, to = t.size() - 1;
    while (from < to && between(t, 0, from) < meters) ++from;
    while (to > from && between(t, t.size() - 1, to) < meters) --to;
    if (to - from < 30) return false;
    const auto lead = milliseconds{t.t_ms[from]}, left = milliseconds{t.t_ms[to] - t.t_ms[from]};
    const auto all = milliseconds{t.t_ms.back()};
    if (how == hidden::totals) {
        a.distance_m = std::round(length(t, from, to) * 10) / 10;
        const auto standing = [&](std::optional<milliseconds> value) { return value ? std::max(all - *value, milliseconds{0}) : milliseconds{0}; };
        if (a.elapsed) a.elapsed = left;
        if (a.timer) a.timer = std::max(left - standing(a.timer), milliseconds{60000});
        if (a.moving) a.moving = std::max(left - standing(a.moving), milliseconds{60000});
        drop_averages(a);
    }
    a.track = part_of(t, from, to, how != hidden::kept);
    if (how != hidden::kept) a.start_time += std::chrono::floor<seconds>(lead);
    a.start_lat_deg = a.track.lat.front(), a.start_lon_deg = a.track.lon.front();
    return true;
}

void cut_off(activity& a, int keep_s) {
    const auto keep = milliseconds{std::int64_t{keep_s} * 1000};
    for (auto* t : {&a.track, &a.streams}) {
        if (t->empty()) continue;
        const auto end = std::upper_bound(t->t_ms.begin(), t->t_ms.end(), keep.count()) - t->t_ms.begin();
        if (end < 2) *t = {};
        else *t = part_of(*t, 0, static_cast<std::size_t>(end) - 1, true);
    }
    if (a.distance_m && !a.track.empty()) a.distance_m = std::round(length(a.track, 0, a.track.size() - 1) * 10) / 10;
    a.elapsed = keep, a.timer.reset(), a.moving.reset();
    drop_averages(a);
    a.avg_heart_rate_bpm.reset(), a.max_heart_rate_bpm.reset();
}

seconds shift_of(misread how, const city& where, instant start) {
    const seconds offset = offset_at(where, start), standard = minutes{where.standard_min};
    switch (how) {
    case misread::as_utc: return offset;
    case misread::as_local: return -offset;
    case misread::sign: return 2 * offset;
    case misread::at_server: return offset - offset_at(california, start);
    case misread::summer: return offset == standard ? (where.rule == summer::none ? seconds{0} : seconds{-3600}) : seconds{3600};
    }
    return seconds{0};
}

void shift(activity& a, misread how, seconds by, rng& chance) {
    a.start_time += by;
    a.timezone.clear();
    if (how == misread::as_utc && chance.chance(0.5)) a.utc_offset = seconds{0};
    else if (chance.chance(0.5)) a.utc_offset.reset();
}

activity by_hand(const activity& done, rounding to, const city& where, rng& chance) {
    static constexpr std::string_view said[] = {"Evening training", "Easy", "With Kim", "Felt tired", "Nice weather", "Long one", "Back home", "Club", ""};
    activity a;
    static constexpr std::string_view logs[] = {"manual", "manual", "manual", "trainingpeaks", "strava"};
    a.source = chance.pick(logs);
    a.sport = done.sport;
    a.name = chance.pick(said);
    a.utc_offset = offset_at(where, done.start_time);
    const auto midnight = local_midnight(where, done.start_time);
    const auto step = minutes{to.start_min};
    a.start_time = to.only_day ? midnight : midnight + step * ((done.start_time - midnight + milliseconds{step} / 2) / step);
    if (to.only_day) a.start_precision = seconds{86400};
    else if (to.tells_precision) a.start_precision = seconds{step};
    const auto took = done.elapsed ? done.elapsed : done.timer;
    a.elapsed = rounded(chance.chance(0.5) && done.moving ? done.moving : took, to.duration_min);
    if (done.distance_m && *done.distance_m > 0.8 * to.distance_m)
        a.distance_m = std::max(1.0, std::round(*done.distance_m / to.distance_m)) * to.distance_m;
    if (done.avg_heart_rate_bpm && chance.chance(0.15)) a.avg_heart_rate_bpm = done.avg_heart_rate_bpm;
    if (chance.chance(0.4)) a.rpe = chance.between(2, 9);
    return a;
}

}  // namespace accuracy

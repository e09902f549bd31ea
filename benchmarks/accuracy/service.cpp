// SPDX-License-Identifier: BSL-1.0
#include "service.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

using coincide::activity;
using coincide::samples;
using coincide::sport_id;

constexpr const service* known[] = {
    &services::garmin, &services::wahoo, &services::polar, &services::suunto, &services::coros, &services::whoop, &services::fitbit,
    &services::oura, &services::zwift, &services::technogym, &services::apple_health, &services::strava, &services::intervals,
    &services::trainingpeaks, &services::runkeeper, &services::ridewithgps, &services::google_fit, &services::health_connect,
    &services::fit_file, &services::gpx_file, &services::manual};

/// Services with few names call each sport by its family's.
sport_id coarse(sport_id sport) {
    const auto slug = sport.slug();
    if (slug == "core_training" || slug == "strength_training") return *coincide::find_sport("workout");
    if (slug == "hiking" || slug == "e_biking") return sport;
    return sport.family();
}

/// Other names under which one sport goes, as people choose and devices guess.
struct confusion {
    std::string_view slug;
    std::string_view also[3];
};
constexpr confusion confusions[] = {
    {"running", {"road_running", "trail_running", "workout"}},
    {"track_running", {"running", "running", "workout"}},
    {"trail_running", {"running", "hiking", "running"}},
    {"treadmill_running", {"running", "indoor_walking", "cardio"}},
    {"road_cycling", {"cycling", "gravel_cycling", "e_biking"}},
    {"gravel_cycling", {"cycling", "mountain_biking", "road_cycling"}},
    {"cycling", {"commuting_cycling", "road_cycling", "e_biking"}},
    {"e_biking", {"cycling", "cycling", "e_mountain_biking"}},
    {"virtual_cycling", {"indoor_cycling", "cycling", "indoor_cycling"}},
    {"walking", {"hiking", "walking", "running"}},
    {"hiking", {"walking", "mountaineering", "trail_running"}},
    {"strength_training", {"climbing", "other", "functional_training"}},
    {"indoor_climbing", {"strength_training", "other", "bouldering"}},
    {"yoga", {"stretching", "pilates", "workout"}},
    {"core_training", {"strength_training", "workout", "functional_training"}},
    {"pool_swimming", {"swimming", "swimming", "workout"}},
    {"open_water_swimming", {"swimming", "pool_swimming", "other"}},
    {"indoor_rowing", {"rowing", "cardio", "workout"}},
};

void round_to(std::optional<double>& value, double to) {
    if (value) value = std::max(1.0, std::round(*value / to)) * to;
}

std::optional<milliseconds> in_minutes(std::optional<milliseconds> value) {
    if (value) value = std::max(minutes{1}, std::chrono::round<minutes>(*value));
    return value;
}

/// Keeps every n-th sample, as services do that store few.
void thin(samples& track, std::size_t every) {
    samples few;
    for (std::size_t i = 0; i < track.size(); i += every) few.push(track[i]);
    few.finish();
    track = std::move(few);
}

/// What the receiving service lacks it reckons from what came: moving time from the track, an end from start and duration.
void reckon_times(const service& by, activity& a, rng& chance) {
    if (by.moving && !a.moving && a.distance_m) {
        const auto from = a.timer ? a.timer : a.elapsed;
        if (from) a.moving = std::chrono::round<seconds>(*from * chance.uniform(0.97, 1.0));
    }
    if (by.timer && !a.timer) a.timer = a.moving && chance.chance(0.5) ? a.moving : a.elapsed;
    const auto& samples_in = a.track.empty() ? a.streams : a.track;
    if (by.elapsed && !a.elapsed && !samples_in.empty()) a.elapsed = milliseconds{samples_in.t_ms.back()};
    if (by.elapsed && !a.elapsed) a.elapsed = a.timer ? a.timer : a.moving;
}

void keep_what_it_shows(const service& by, activity& a) {
    if (!by.elapsed) a.elapsed.reset();
    if (!by.timer && (a.elapsed || a.moving)) a.timer.reset();
    if (!by.moving) a.moving.reset();
    if (!by.track) a.track = {}, a.start_lat_deg.reset(), a.start_lon_deg.reset();
    if (!by.streams) a.streams = {};
    if (!by.offset) a.utc_offset.reset();
}

void name_it(const service& by, activity& a, std::string_view title, const city& where, rng& chance) {
    if (by.coarse && a.sport && chance.chance(0.9)) a.sport = coarse(*a.sport);
    a.source_activity_type = a.sport ? std::string{a.sport->slug()} : std::string{};
    if (!by.names) a.name.clear();
    else if (by.slug == "garmin") a.name = std::string{where.name} + " " + std::string{title};
    else if (by.slug == "strava" || a.name.empty()) a.name = name_by_hour(a.start_time, title, where);
    if (by.offset && chance.chance(0.6)) a.timezone = where.timezone;
}

}  // namespace

const service& service_named(std::string_view slug) {
    return **std::find_if(std::begin(known), std::end(known) - 1, [&](const service* s) { return s->slug == slug; });
}

const scenario& scenario_of(habit what) {
    switch (what) {
    case habit::none: return scenarios::copy;
    case habit::renamed: return scenarios::copy_renamed;
    case habit::distance: return scenarios::copy_distance;
    case habit::minute_start: return scenarios::copy_minute_start;
    case habit::whole_minutes: return scenarios::copy_minutes;
    case habit::moving: return scenarios::copy_moving;
    case habit::thinned: return scenarios::copy_thinned;
    case habit::no_track: return scenarios::copy_no_track;
    case habit::no_pulse: return scenarios::copy_no_pulse;
    }
    return scenarios::copy;
}

activity shown_by(const service& by, const activity& recorded, std::string_view title, const city& where, rng& chance) {
    activity a = recorded;
    a.source = by.slug;
    keep_what_it_shows(by, a);
    if (by.slug != "fit_file") {
        if (by.slug != "garmin" || chance.chance(0.4)) a.device.serial.clear();  // few services pass the serial on
        a.file = {};
    }
    if (!chance.chance(by.tells_device)) a.device = {};
    name_it(by, a, title, where, chance);
    return a;
}

activity copied_to(const service& by, const activity& original, std::string_view title, const city& where, rng& chance) {
    activity a = original;
    a.source = by.slug;
    a.origin = {};
    a.timezone.clear();
    a.max_speed_mps.reset();
    if (chance.chance(by.tells_origin)) a.origin = {original.source, by.origin_id ? original.external_id : std::string{}};
    reckon_times(by, a, chance);
    keep_what_it_shows(by, a);
    if (chance.chance(0.08)) a.start_time += seconds{chance.between(-2, 2)};  // first sample for the press of the button
    if (by.slug == "apple_health") a.track = {};  // other apps write workouts there, hardly ever their routes
    // The receiving service reckons the energy anew, or has none; its own distance from the track, now and then.
    if (a.energy_kcal && chance.chance(0.5)) a.energy_kcal = std::round(*a.energy_kcal * chance.uniform(0.8, 1.15));
    else if (chance.chance(0.3)) a.energy_kcal.reset();
    if (a.distance_m && by.track && chance.chance(0.25)) a.distance_m = std::round(*a.distance_m * chance.normal(1, 0.003) * 10) / 10;
    a.device.serial.clear();
    if (!chance.chance(by.tells_device)) a.device = {};
    if (by.slug != "fit_file") a.file = {};
    if (!original.track.empty() || chance.chance(0.5)) a.elevation_gain_m.reset();
    name_it(by, a, title, where, chance);
    return a;
}

bool blur(activity& a, habit what, rng& chance) {
    static constexpr std::string_view own_names[] = {"Easy one", "With the club", "Lunch break", "Felt good", "Tempo", "Z2", "Recovery",
                                                     "Around the lake", "Test", "Coach's plan"};
    switch (what) {
    case habit::none: return true;
    case habit::renamed:
        a.name = chance.pick(own_names);
        if (a.sport) a.sport = other_label(*a.sport, chance), a.source_activity_type = a.sport->slug();
        return true;
    case habit::distance: {
        if (!a.distance_m) return false;
        round_to(a.distance_m, chance.chance(0.5) ? 10 : 100);
        return true;
    }
    case habit::minute_start:
        a.start_time = std::chrono::floor<minutes>(a.start_time);
        return true;
    case habit::whole_minutes:
        a.start_time = std::chrono::floor<minutes>(a.start_time);
        a.elapsed = in_minutes(a.elapsed), a.timer = in_minutes(a.timer), a.moving.reset();
        round_to(a.distance_m, 10);
        a.track = {}, a.streams = {};
        return a.elapsed || a.timer;
    case habit::moving: {
        const auto moving = a.moving ? a.moving : a.timer;
        if (!moving || !a.elapsed || *moving == *a.elapsed) return false;
        a.elapsed = moving, a.moving.reset(), a.timer.reset();
        if (chance.chance(0.5)) a.track = {}, a.streams = {};
        return true;
    }
    case habit::thinned:
        if (a.track.size() < 100) return false;
        thin(a.track, static_cast<std::size_t>(chance.between(3, 20)));
        return true;
    case habit::no_track:
        if (a.track.empty()) return false;
        a.track = {};
        if (chance.chance(0.7)) a.start_lat_deg.reset(), a.start_lon_deg.reset();
        return true;
    case habit::no_pulse:
        if (!a.avg_heart_rate_bpm) return false;
        a.avg_heart_rate_bpm.reset(), a.max_heart_rate_bpm.reset();
        a.track.values[samples::hr].clear();
        a.streams = {};
        return true;
    }
    return false;
}

std::string name_by_hour(instant start, std::string_view title, const city& where) {
    const auto wall = start + offset_at(where, start);
    const auto hour = std::chrono::duration_cast<std::chrono::hours>(wall - date::floor<date::days>(wall)).count();
    const std::string_view part = hour < 4 ? "Night" : hour < 11 ? "Morning" : hour < 14 ? "Lunch" : hour < 18 ? "Afternoon" : hour < 22 ? "Evening" : "Night";
    return std::string{part} + " " + std::string{title};
}

sport_id other_label(sport_id sport, rng& chance) {
    for (const auto& c : confusions)
        if (c.slug == sport.slug()) return *coincide::find_sport(chance.pick(c.also));
    return sport;
}

}  // namespace accuracy

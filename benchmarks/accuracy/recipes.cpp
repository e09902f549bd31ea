// SPDX-License-Identifier: BSL-1.0
//
// How an act comes to be in the accounts: one function a recipe, and a table of how often each is met.
#include "scene.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

using coincide::activity;
using namespace scenarios;

/// The athlete's device and its copies: what most acts have.
activity usual_records(const scene& s) {
    auto mine = s.own();
    s.add(mine, plain);
    s.copies(mine);
    return mine;
}

void ordinary(const scene& s) {
    usual_records(s);
    if (s.outdoors() && s.chance.chance(s.who.wears_second)) s.by(s.who.second, s.presses_of(), device_gps);
}

void second_device(const scene& s) { usual_records(s), s.by(s.who.second, s.presses_of(), device_gps); }
void phone_too(const scene& s) { usual_records(s), s.by(s.who.phone, s.presses_of(), device_phone); }
void band_too(const scene& s) { usual_records(s), s.by(s.who.band, s.presses_of(), device_band); }
void two_of_one_service(const scene& s) { usual_records(s), s.by(s.who.same_service, s.presses_of(), device_one_service); }

/// Bands notice a workout after some minutes of raised pulse and end it when the pulse is down, or before the last climb.
void noticed_by_band(const scene& s) {
    usual_records(s);
    const presses at{s.part().from_s + s.chance.between(30, 480), s.part().to_s - s.chance.between(-60, 300)};
    auto a = s.recorded(s.who.band, at);
    if (s.chance.chance(0.5)) a.sport = *coincide::find_sport(s.chance.chance(0.5) ? "workout" : "other");
    if (s.chance.chance(0.5)) a.distance_m.reset(), a.avg_speed_mps.reset(), a.max_speed_mps.reset();
    s.add(std::move(a), device_detected);
}

void other_label_too(const scene& s) {
    usual_records(s);
    auto a = s.recorded(s.outdoors() ? s.who.second : s.who.band, s.presses_of());
    if (a.sport) a.sport = other_label(s.what().slug == a.sport->slug() ? *a.sport : *coincide::find_sport(s.what().slug), s.chance);
    s.add(std::move(a), device_label);
}

void late(const scene& s, int least, int most, const scenario& how) {
    usual_records(s);
    presses at = s.presses_of();
    at.from_s = s.part().from_s + s.chance.between(least, most);
    s.by(s.who.second, at, how);
}
void late_little(const scene& s) { late(s, 20, 120, late_short); }
void late_much(const scene& s) { late(s, 121, std::min(900, s.length_s() / 2), late_long); }

void early(const scene& s, int least, int most, const scenario& how) {
    usual_records(s);
    presses at = s.presses_of();
    at.to_s = s.part().to_s - s.chance.between(least, most);
    s.by(s.who.second, at, how);
}
void early_little(const scene& s) { early(s, 20, 120, early_short); }
void early_much(const scene& s) { early(s, 121, std::min(900, s.length_s() / 2), early_long); }

/// Hours on the table at home; then somebody cuts the copy, or another device has it right.
void forgot_to_stop(const scene& s) {
    presses at = s.presses_of();
    const presses right = at;
    at.to_s += s.chance.between(3600, 6 * 3600);
    if (s.chance.chance(0.5)) {
        usual_records(s);
        return s.by(s.who.second, at, forgotten);
    }
    s.add(s.recorded(s.own_device(), at), forgotten);
    for (const auto& c : s.who.connected) {
        const auto cut = s.recorded(s.own_device(), {at.from_s, right.to_s + s.chance.between(-60, 120)});
        const scenario* how = nullptr;
        s.add(s.copy(*c.to, cut, habit::none, how), forgotten_cut);
    }
    if (s.who.connected.empty()) s.by(s.who.second, s.presses_of(), device_gps);
}

void hidden_ends(const scene& s) {
    const auto mine = usual_records(s);
    const auto how = static_cast<hidden>(s.chance.between(0, 2));
    const scenario* copied = nullptr;
    auto a = s.copy(services::strava, mine, habit::none, copied);
    if (!hide_ends(a, s.who.hides_m, how)) return;
    s.add(std::move(a), how == hidden::kept ? privacy_kept : how == hidden::moved ? privacy_moved : privacy_totals);
}

/// Parts on the second device between the cuts; each begins some time after the one before ended.
void parts(const scene& s, std::initializer_list<presses> pieces, const scenario& how) {
    usual_records(s);
    for (const auto& piece : pieces)
        if (piece.to_s - piece.from_s > 30) s.by(s.who.second, piece, how);
}
void crash(const scene& s) {
    const presses all = s.presses_of();
    const int n = s.length_s(), first = all.from_s + static_cast<int>(n * s.chance.uniform(0.15, 0.7)), gap = s.chance.between(20, 360);
    if (s.chance.chance(0.75)) return parts(s, {{all.from_s, first}, {first + gap, all.to_s}}, split);
    const int second = first + gap + static_cast<int>((all.to_s - first) * s.chance.uniform(0.2, 0.7));
    parts(s, {{all.from_s, first}, {first + gap, second}, {second + s.chance.between(15, 120), all.to_s}}, split);
}
void saved_at_the_cafe(const scene& s) {
    const presses all = s.presses_of();
    int stop = -1, standing = 0;
    for (int i = s.part().from_s; i < s.part().to_s && stop < 0; ++i) {
        standing = s.of.done.standing_at(i) ? standing + 1 : 0;
        if (standing > 300) stop = i - 290;
    }
    if (stop < 0) return crash(s);
    int go = stop + 290;
    while (go < s.part().to_s && s.of.done.standing_at(go)) ++go;
    parts(s, {{all.from_s, stop + s.chance.between(0, 60)}, {go - s.chance.between(0, 40), all.to_s}}, split_cafe);
}

void cut_file(const scene& s) {
    usual_records(s);
    auto a = s.recorded(s.who.second, s.presses_of());
    cut_off(a, static_cast<int>(s.length_s() * s.chance.uniform(0.3, 0.92)));
    s.add(std::move(a), truncated);
}

void typed(const scene& s, rounding to, const scenario& how) {
    const auto mine = usual_records(s);
    to.distance_m = s.what().watts > 0 ? (s.chance.chance(0.5) ? 1000 : 5000) : s.chance.chance(0.5) ? 500 : 1000;
    const auto truly = record(s.of.done, {s.part().from_s, s.part().to_s}, s.what(), s.own_device(), *s.who.home, s.chance);
    auto entry = by_hand(truly, to, *s.who.home, s.chance);
    if (entry.name.empty()) entry.name = name_by_hour(truly.start_time, s.what().title, *s.who.home);
    if (entry.sport && s.chance.chance(0.2)) entry.sport = other_label(*entry.sport, s.chance);
    const bool twin = to.only_day && s.has_twin(entry, std::chrono::hours{24}, minutes{to.duration_min}, to.distance_m, true);
    s.add(std::move(entry), twin ? hand_day_twin : how);
}
int remembered_minutes(const scene& s) { return s.chance.chance(0.3) ? 5 : s.chance.chance(0.6) ? 15 : 30; }
int counted_minutes(const scene& s) { return s.chance.chance(0.6) ? 5 : s.chance.chance(0.6) ? 10 : 15; }
void typed_in(const scene& s) { typed(s, {remembered_minutes(s), counted_minutes(s)}, hand_rounded); }
void typed_with_precision(const scene& s) { typed(s, {remembered_minutes(s), counted_minutes(s), 1000, true}, hand_precision); }
void typed_day(const scene& s) { typed(s, {1, counted_minutes(s), 1000, false, true}, hand_day); }

/// One file whose clock was read in the wrong zone. Without a track and with a like act about, nobody can tell.
void misread_as(const scene& s, activity a, const scenario& before, misread how) {
    const auto by = shift_of(how, *s.who.home, a.start_time);
    if (by == seconds{0}) return s.add(std::move(a), before);
    const bool device = before.rank >= device_gps.rank, bare = device && a.track.empty();
    const seconds took = std::chrono::round<seconds>(a.elapsed.value_or(a.timer.value_or(milliseconds{0})));
    const bool twin = bare && s.has_twin(a, std::chrono::hours{27}, std::max(seconds{60}, took * 3 / 100), a.distance_m.value_or(0) * 0.03, false);
    const scenario& name = twin ? zone_twin : shifted(before, a, device, how, by);
    shift(a, how, by, s.chance);
    s.add(std::move(a), name);
}
misread either_way(const scene& s) {
    return s.chance.chance(0.5) ? misread::as_utc : s.chance.chance(0.7) ? misread::as_local : misread::at_server;
}
void misread_copy(const scene& s, habit h, misread how) {
    const auto mine = usual_records(s);
    const service* to = s.who.connected.empty() ? &services::ridewithgps : &services::runkeeper;
    const scenario* copied = nullptr;
    auto a = s.copy(*to, mine, h, copied);
    misread_as(s, std::move(a), *copied, how);
}
void zone_of_copy(const scene& s) { misread_copy(s, habit::none, either_way(s)); }
void zone_of_bare_copy(const scene& s) {
    const auto how = either_way(s);
    misread_copy(s, s.chance.chance(0.5) ? habit::no_track : habit::whole_minutes, how);
}
void zone_of_device(const scene& s) {
    usual_records(s);
    const auto how = either_way(s);
    misread_as(s, s.recorded(s.who.second, s.presses_of()), device_gps, how);
}
void zone_of_bare_device(const scene& s) {
    usual_records(s);
    const auto how = either_way(s);
    misread_as(s, s.recorded(s.who.band, s.presses_of()), device_band, how);
}
void zone_backwards(const scene& s) { misread_copy(s, s.chance.chance(0.5) ? habit::none : habit::no_track, misread::sign); }
void zone_in_summer(const scene& s) {
    if (s.chance.chance(0.5)) return misread_copy(s, habit::none, misread::summer);
    usual_records(s);
    misread_as(s, s.recorded(s.who.second, s.presses_of()), device_gps, misread::summer);
}

/// The date a receiver has that never saw a satellite: FIT's and others' zero, plus the time it was on.
void never_set(const scene& s) {
    usual_records(s);
    auto a = s.recorded(s.who.second, s.presses_of());
    static constexpr std::string_view zeros[] = {"1989-12-31T00:00:00Z", "1989-12-31T00:00:00Z", "1970-01-01T00:00:00Z", "2000-01-01T00:00:00Z"};
    a.start_time = coincide::parse_rfc3339(s.chance.pick(zeros))->at;
    a.start_time += seconds{s.chance.between(60, 200000)};
    a.clock_unset = true;
    a.utc_offset.reset(), a.timezone.clear();
    // one that takes as long as another, but for the time of 20 m, drifts by no more from it than two receivers do
    const auto took = std::chrono::duration<double>(a.elapsed.value_or(a.timer.value_or(milliseconds{0}))).count();
    const auto meters = a.distance_m.value_or(0);
    const bool twin = meters > 0 && s.has_twin(a, std::chrono::hours{100000}, seconds{std::lround(20 * took / meters)}, meters * 0.03, false);
    s.add(std::move(a), twin ? clock_unset_twin : clock_unset);
}

void twice_on_one_service(const scene& s) {
    const auto mine = s.own();
    s.add(mine, plain);
    const scenario* how = nullptr;
    const service& to = mine.source == "strava" ? services::intervals : services::strava;
    s.add(s.copy(to, mine, habit::none, how), copy);
    s.add(s.copy(to, mine, s.chance.chance(0.5) ? habit::renamed : habit::thinned, how), copy_twice);
}

void echo(const scene& s) {
    const auto mine = s.own();
    s.add(mine, plain);
    const scenario* how = nullptr;
    const auto there = s.copy(mine.source == "strava" ? services::ridewithgps : services::strava, mine, habit::renamed, how);
    s.add(there, *how);
    const auto further = s.copy(services::trainingpeaks, there, habit::none, how);
    s.add(further, copy_echo);
    if (s.chance.chance(0.4)) s.add(s.copy(services::health_connect, further, habit::renamed, how), copy_echo);
}

void exported(const scene& s) {
    const device& d = s.own_device();
    const auto raw = record(s.of.done, s.presses_of(), s.what(), d, *s.who.home, s.chance);
    auto mine = shown_by(service_named(d.model->source), raw, s.what().title, *s.who.home, s.chance);
    mine.external_id = s.out.new_id(mine.source);
    s.add(mine, plain);
    s.copies(mine);
    auto file = shown_by(d.model->writes_file ? services::fit_file : services::gpx_file, raw, s.what().title, *s.who.home, s.chance);
    if (!d.model->writes_file) blur(file, habit::no_pulse, s.chance);
    file.external_id = s.out.new_id(file.source);
    s.add(std::move(file), copy_file);
}

/// The game counts by power, the watch by the wheel or not at all: a fifth apart is usual.
void virtual_ride(const scene& s) {
    usual_records(s);
    auto a = s.recorded(s.who.game, s.presses_of());
    if (a.distance_m) *a.distance_m = std::round(*a.distance_m * s.chance.uniform(0.8, 1.25));
    if (s.chance.chance(0.4)) a.avg_heart_rate_bpm.reset(), a.max_heart_rate_bpm.reset(), a.track.values[coincide::samples::hr].clear();
    s.add(std::move(a), indoor_trainer);
}

/// The belt's own figure is round to 10 m; the watch guesses from the arm.
void on_the_belt(const scene& s) {
    auto mine = s.own();
    if (mine.distance_m) *mine.distance_m = std::round(*mine.distance_m * s.chance.uniform(0.92, 1.09));
    s.add(mine, plain);
    s.copies(mine);
    auto a = s.recorded(s.who.machine, {s.part().from_s, s.part().to_s});
    if (a.distance_m) *a.distance_m = std::round(*a.distance_m / 10) * 10;
    s.add(std::move(a), indoor_treadmill);
}

void without_distance(const scene& s) {
    usual_records(s);
    auto a = s.recorded(s.outdoors() ? s.who.second : s.who.band, s.presses_of());
    a.distance_m.reset(), a.avg_speed_mps.reset(), a.max_speed_mps.reset();
    if (s.chance.chance(0.7)) a.track = {};
    s.add(std::move(a), missing_distance);
}

void without_duration(const scene& s) {
    const auto mine = usual_records(s);
    const scenario* how = nullptr;
    auto a = s.copy(services::health_connect, mine, habit::none, how);
    a.elapsed.reset(), a.timer.reset(), a.moving.reset(), a.streams = {};
    s.add(std::move(a), missing_duration);
}

void with_zeros(const scene& s) {
    const auto mine = usual_records(s);
    const scenario* how = nullptr;
    auto a = s.copy(services::google_fit, mine, habit::none, how);
    a.distance_m = 0, a.avg_heart_rate_bpm = 0, a.energy_kcal = 0, a.avg_speed_mps.reset(), a.max_heart_rate_bpm.reset();
    s.add(std::move(a), missing_zeros);
}

bool always(const scene&) { return true; }
bool outdoors(const scene& s) { return s.outdoors(); }
bool long_outdoors(const scene& s) { return s.outdoors() && s.length_s() > 1500; }
bool with_cafe(const scene& s) { return s.outdoors() && s.part().cafe_s > 0; }
bool quarter_hour(const scene& s) { return s.length_s() > 900; }
bool another_unit(const scene& s) { return s.outdoors() && s.own_device().model->source == s.who.same_service.model->source; }
bool measured(const scene& s) { return s.what().speed_mps > 0 && s.length_s() > 600; }
bool not_on_strava(const scene& s) {
    const bool there = std::any_of(s.who.connected.begin(), s.who.connected.end(), [](const auto& c) { return c.to == &services::strava; });
    return s.outdoors() && !there && s.own_device().model->source != "strava";
}

struct recipe {
    void (*make)(const scene&);
    bool (*fits)(const scene&);
    double common, all;  // shares of acts, where it fits
};
// Ordinary ones as the feeds of forums suggest; rare ones so that each is met some hundred times in 400 histories.
// clang-format off
constexpr recipe recipes[] = {
    {second_device,       outdoors,      0.060, 0.050}, {phone_too,            outdoors,      0.040, 0.020},
    {band_too,            quarter_hour,     0.000, 0.025}, {noticed_by_band,      quarter_hour,     0.000, 0.012},
    {two_of_one_service,  another_unit,  0.000, 0.015}, {other_label_too,      quarter_hour,     0.000, 0.012},
    {late_little,         long_outdoors, 0.000, 0.012}, {late_much,            long_outdoors, 0.000, 0.014},
    {early_little,        long_outdoors, 0.000, 0.010}, {early_much,           long_outdoors, 0.000, 0.012},
    {forgot_to_stop,      outdoors,      0.000, 0.012}, {hidden_ends,          not_on_strava, 0.080, 0.060},
    {crash,               long_outdoors, 0.020, 0.012}, {saved_at_the_cafe,    with_cafe,     0.250, 0.250},
    {cut_file,            long_outdoors, 0.000, 0.010}, {typed_in,             quarter_hour,     0.040, 0.020},
    {typed_with_precision,quarter_hour,     0.020, 0.010}, {typed_day,            quarter_hour,     0.000, 0.012},
    {zone_of_copy,        outdoors,      0.010, 0.010}, {zone_of_bare_copy,    outdoors,      0.012, 0.010},
    {zone_of_device,      outdoors,      0.015, 0.012}, {zone_of_bare_device,  quarter_hour,     0.000, 0.008},
    {zone_backwards,      outdoors,      0.000, 0.008}, {zone_in_summer,       outdoors,      0.006, 0.008},
    {never_set,           outdoors,      0.000, 0.006}, {twice_on_one_service, outdoors,      0.000, 0.010},
    {echo,                always,        0.010, 0.010}, {exported,             always,        0.015, 0.012},
    {without_distance,    measured,      0.000, 0.008}, {without_duration,     always,        0.000, 0.008},
    {with_zeros,          measured,      0.000, 0.008},
};
// clang-format on

}  // namespace

void write_act(const scene& s) {
    const bool rare = s.level == mix::all;
    if (rare && s.what().slug == kinds::trainer.slug && s.chance.chance(0.6)) return virtual_ride(s);
    if (rare && s.what().slug == kinds::treadmill.slug && s.chance.chance(0.4)) return on_the_belt(s);
    double draw = s.chance.uniform();
    if (s.single() && s.length_s() > 300)
        for (const auto& r : recipes) {
            const double share = rare ? r.all : r.common;
            if (share > 0 && draw < share && r.fits(s)) return r.make(s);
            if (r.fits(s)) draw -= share;
            if (draw < 0) break;
        }
    ordinary(s);
}

}  // namespace accuracy

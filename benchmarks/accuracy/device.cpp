// SPDX-License-Identifier: BSL-1.0
#include "device.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

using coincide::samples;

/// Errors of positions: slowly wandering (atmosphere, satellites), a little white noise, and echoes between houses.
/// Two watches on one arm, compared: 6 m each, half of it still there after 40 s. Receivers smooth what they write, so that a
/// second's step is right to some 0.2 m.
class gps_error {
public:
    gps_error(const device& d, bool town, rng& chance)
        : chance_{chance}, keep_{1 - 1 / d.gps_correlation_s}, kick_{d.gps_sigma_m * std::sqrt(2 / d.gps_correlation_s)},
          grain_{d.model->samples == sampling::phone ? 0.4 : 0.1}, echo_rate_{town ? 1 / 2400.0 : 1 / 9000.0},
          raw_x_{chance.normal(0, d.gps_sigma_m)}, raw_y_{chance.normal(0, d.gps_sigma_m)}, x_{raw_x_}, y_{raw_y_} {}

    void second() {
        raw_x_ = keep_ * raw_x_ + chance_.normal(0, kick_);
        raw_y_ = keep_ * raw_y_ + chance_.normal(0, kick_);
        x_ += (raw_x_ - x_) * 0.1;
        y_ += (raw_y_ - y_) * 0.1;
        if (echo_s_ == 0 && chance_.chance(echo_rate_))
            echo_s_ = chance_.between(15, 80), echo_to_x_ = chance_.normal(0, 22), echo_to_y_ = chance_.normal(0, 22);
        const bool echo = echo_s_ > 0;
        if (echo) --echo_s_;
        echo_x_ += ((echo ? echo_to_x_ : 0) - echo_x_) * 0.12;
        echo_y_ += ((echo ? echo_to_y_ : 0) - echo_y_) * 0.12;
    }
    [[nodiscard]] place moved(place p) {
        return {p.x + x_ + echo_x_ + chance_.normal(0, grain_), p.y + y_ + echo_y_ + chance_.normal(0, grain_), p.ele};
    }

private:
    rng& chance_;
    double keep_, kick_, grain_, echo_rate_, raw_x_, raw_y_, x_, y_;
    double echo_x_ = 0, echo_y_ = 0, echo_to_x_ = 0, echo_to_y_ = 0;
    int echo_s_ = 0;
};

/// Seconds until the next sample. Smart recording writes at turns and changes: mostly 1 to 8 s, up to some 20 s on the straight.
int next_gap(const device& d, rng& chance) {
    switch (d.model->samples) {
    case sampling::every_second: return 1;
    case sampling::smart: return chance.chance(0.4) ? chance.between(1, 3) : chance.chance(0.93) ? chance.between(4, 8) : chance.between(9, 20);
    case sampling::phone: return std::max(1, d.phone_interval_s + (chance.chance(0.3) ? chance.between(-1, 2) : 0));
    }
    return 1;
}

/// Virtual rides happen on an island in the Pacific.
constexpr city watopia{"Watopia", -11.6364, 166.9480, "", 0, summer::none};

struct totals {
    int timer_s = 0, moving_s = 0, pulse_n = 0;
    double meters = 0, beats = 0, top_bpm = 0, work = 0, top_watts = 0, top_mps = 0, climb_m = 0;
};

double rounded(double v, double to) { return std::round(v / to) * to; }
milliseconds whole_seconds(int s) { return milliseconds{std::int64_t{s} * 1000}; }

void write_totals(coincide::activity& a, const totals& sum, const kind& what, const device& d, rng& chance) {
    a.timer = whole_seconds(sum.timer_s);
    const double one_ride = d.model->source == "zwift" ? 1 : chance.normal(1, 0.003);  // a game counts without error
    const double meters = sum.meters * d.distance_factor * one_ride;
    if (what.speed_mps > 0) {
        a.moving = whole_seconds(sum.moving_s);
        if (meters > 20) a.distance_m = rounded(meters, 0.01);
        if (meters > 20 && sum.moving_s > 0) a.avg_speed_mps = rounded(meters / sum.moving_s, 0.001), a.max_speed_mps = rounded(sum.top_mps * 1.05, 0.001);
    }
    if (sum.pulse_n > 30) {
        a.avg_heart_rate_bpm = std::round(sum.beats / sum.pulse_n);
        a.max_heart_rate_bpm = std::round(sum.top_bpm);
    }
    // about 10 kcal a minute at 140 bpm (Keytel 2005, middle of the range); makers differ by a fifth
    const double bpm = sum.pulse_n > 0 ? sum.beats / sum.pulse_n : what.bpm;
    a.energy_kcal = std::round(sum.timer_s / 60.0 * std::max(2.0, (bpm - 60) * 0.125) * d.energy_factor);
    if (d.model->has_power && what.watts > 0 && sum.timer_s > 0) {
        a.avg_power_w = std::round(sum.work / sum.timer_s);
        a.max_power_w = std::round(sum.top_watts);
    }
    if (d.has_heights && !what.indoor && what.on != surface::water) a.elevation_gain_m = std::round(sum.climb_m * chance.uniform(0.85, 1.2));
}

std::string hex(rng& chance, std::size_t digits) {
    std::string text;
    while (text.size() < digits) text += "0123456789abcdef"[chance.next() & 15];
    return text;
}

}  // namespace

seconds device::clock_error_at(instant at) const noexcept {
    for (const auto& spell : clock)
        if (at >= spell.from && at < spell.until) return spell.by;
    return seconds{0};
}

device device_of(const device_model& model, rng& chance) {
    device d;
    d.model = &model;
    d.serial = std::to_string(3000000000u + chance.next() % 900000000u);
    d.distance_factor = 1 + std::clamp(chance.normal(0.003, model.distance_error), -0.15, 0.15);
    d.energy_factor = chance.uniform(0.85, 1.2);
    d.pulse_bias = chance.normal(0, 1);
    d.gps_sigma_m = chance.uniform(3, 8);
    d.gps_correlation_s = chance.uniform(20, 100);
    d.phone_interval_s = chance.between(2, 10);
    d.auto_pause = chance.chance(0.45);
    d.has_heights = chance.chance(0.7);
    d.gives_meters = chance.chance(0.25);
    return d;
}

/// Most people press within seconds, some look for their gloves first.
presses pressed(rng& chance, int from_s, int to_s) {
    const int early = chance.chance(0.8) ? chance.between(-6, 8) : chance.between(-15, 45);
    const int late = chance.chance(0.8) ? chance.between(0, 15) : chance.between(-10, 70);
    return {from_s - early, to_s + late};
}

coincide::activity record(const performance& p, presses at, const kind& what, const device& d, const city& home, rng& chance) {
    coincide::activity a;
    const device_model& model = *d.model;
    const bool game = model.source == "zwift", positions = model.has_gps && p.way && (game || !what.indoor);
    const city& origin = game ? watopia : home;
    a.start_time = std::chrono::round<seconds>(p.start + seconds{at.from_s} + d.clock_error_at(p.start));
    if (model.samples == sampling::phone) a.start_time += milliseconds{chance.between(0, 999)};
    a.utc_offset = offset_at(home, a.start_time);
    a.elapsed = whole_seconds(at.to_s - at.from_s);
    a.sport = coincide::find_sport(what.slug);
    a.device = {std::string{model.maker}, std::string{model.model}, d.serial, model.type};
    if (model.writes_file) a.file = {std::string{model.maker}, std::string{model.model}, d.serial, a.start_time, hex(chance, 64)};

    const bool streams = model.has_pulse || (model.has_power && what.watts > 0);
    samples& into = positions ? a.track : a.streams;
    samples none;
    samples& out = positions || streams ? into : none;
    const bool pulse = model.has_pulse, power = model.has_power && what.watts > 0, heights = positions && d.has_heights;
    const bool meters = d.gives_meters && what.speed_mps > 0;
    const bool pauses_by_hand = chance.chance(0.6);
    const double lon_m = 111320 * std::cos(origin.lat_deg * 0.017453292519943295);
    const auto expected = static_cast<std::size_t>(at.to_s - at.from_s + 1);
    out.t_ms.reserve(expected);
    if (positions) out.lat.reserve(expected), out.lon.reserve(expected);
    if (pulse) out.values[samples::hr].reserve(expected);

    walker on{p.way};
    gps_error error{d, what.on == surface::streets, chance};
    totals sum;
    double last_ele = 0, wrist = d.pulse_bias;
    int stood_s = 0, next_s = at.from_s;
    const double first_m = p.meters_at(at.from_s);
    for (int s = at.from_s; s <= at.to_s; ++s) {
        error.second();
        wrist += (d.pulse_bias - wrist) * 0.05 + chance.normal(0, 0.25);
        const double here_m = p.meters_at(s), mps = here_m - p.meters_at(s - 1);
        const bool standing = what.speed_mps > 0 && s > at.from_s && mps < 0.15;
        stood_s = standing ? stood_s + 1 : 0;
        sum.moving_s += s > at.from_s && !standing;
        // auto pause waits some seconds; by hand one pauses for a coffee
        if ((d.auto_pause && stood_s > 5) || (pauses_by_hand && stood_s > 90)) continue;
        sum.timer_s += s > at.from_s;
        sum.top_mps = std::max(sum.top_mps, mps);
        const auto i = static_cast<std::size_t>(std::clamp(s, 0, p.duration_s()));
        const double rest = 60.0 / (60.0 + std::max(0, s - p.duration_s()));  // afterwards the pulse goes down, with a half-life of a minute
        const double bpm = std::clamp(65 + (static_cast<double>(p.bpm[i]) - 65) * rest + wrist, 40.0, 205.0);
        const double watts = standing ? 0 : static_cast<double>(p.watts[i]);
        if (pulse) sum.beats += bpm, ++sum.pulse_n, sum.top_bpm = std::max(sum.top_bpm, bpm);
        sum.work += watts, sum.top_watts = std::max(sum.top_watts, watts);
        if (s < next_s && s != at.to_s) continue;
        next_s = s + next_gap(d, chance);
        if (&out == &none) continue;
        out.t_ms.push_back(std::int64_t{s - at.from_s} * 1000);
        if (pulse) out.values[samples::hr].push_back(std::round(bpm));
        if (power) out.values[samples::power].push_back(std::round(watts));
        if (meters) out.values[samples::distance].push_back(rounded((here_m - first_m) * d.distance_factor, 0.1));
        if (!positions) continue;
        const place truly = on.at(here_m), seen = game ? truly : error.moved(truly);
        out.lat.push_back(rounded(origin.lat_deg + seen.y / 111320, 1e-7));
        out.lon.push_back(rounded(origin.lon_deg + seen.x / lon_m, 1e-7));
        if (heights) out.values[samples::ele].push_back(rounded(seen.ele + chance.normal(0, 0.3), 0.2));
        if (out.size() > 1 && truly.ele > last_ele) sum.climb_m += truly.ele - last_ele;
        last_ele = truly.ele;
    }
    sum.meters = p.meters_at(at.to_s) - first_m;
    write_totals(a, sum, what, d, chance);
    if (positions && !out.lat.empty()) a.start_lat_deg = out.lat.front(), a.start_lon_deg = out.lon.front();
    return a;
}

}  // namespace accuracy

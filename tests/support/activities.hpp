// SPDX-License-Identifier: BSL-1.0
//
// Plausible activities for tests: a path that somebody moved along, and recordings of it by devices with noise, clock errors,
// pauses and their own sampling. Everything follows from a seed, on every platform.
//
//     const auto path = path_of({.speed_mps = 7}, 3600);                       // where the rider truly was, second by second
//     const auto watch = recorded(path, {.noise_m = 3, .seed = 1});            // two devices on one ride
//     const auto phone = recorded(path, {.noise_m = 6, .clock_off_s = 3, .seed = 2});
#pragma once

#include <coincide/record/activity.hpp>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rides {

/// Random numbers of our own (splitmix64, by Vigna): those of the standard library differ between implementations.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ull;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    /// 0 … n-1
    std::uint64_t below(std::uint64_t n) { return next() % n; }
    /// low … high, both included
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    /// 0 … 1
    double part() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
    /// About normal, with this standard deviation: the sum of twelve parts.
    double around_zero(double deviation) {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += part();
        return sum * deviation;
    }
    bool one_in(std::uint64_t n) { return below(n) == 0; }
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::uint64_t state_;
};

inline constexpr double meters_per_degree = 111195.0;  // of latitude, on a sphere of 6371 km

struct position {
    double lat, lon;
};

/// A route from a start in a heading, swaying to both sides of it.
struct route {
    double lat = 51.05, lon = 3.72;
    double heading_deg = 40;
    double speed_mps = 7;
    double sway_deg = 50;       // how far the heading swings
    double sway_every_s = 300;  // in one full swing
};

/// The true positions, one a second, `seconds` of them.
inline std::vector<position> path_of(const route& way, int seconds) {
    constexpr double degree = std::numbers::pi / 180;
    std::vector<position> path;
    position at{way.lat, way.lon};
    for (int s = 0; s < seconds; ++s) {
        path.push_back(at);
        const double heading =
            (way.heading_deg + way.sway_deg * std::sin(2 * std::numbers::pi * s / way.sway_every_s)) * degree;
        at.lat += way.speed_mps * std::cos(heading) / meters_per_degree;
        at.lon += way.speed_mps * std::sin(heading) / (meters_per_degree * std::cos(at.lat * degree));
        if (at.lon > 180) at.lon -= 360;
        if (at.lon < -180) at.lon += 360;
    }
    return path;
}

/// How one device records.
struct recorder {
    double noise_m = 0;
    int every_s = 1;      // seconds between samples
    int clock_off_s = 0;  // its clock is so much ahead
    int pause_from_s = 0, pause_to_s = 0;
    int heart_rate = 0;  // around this; 0: no sensor
    std::uint64_t seed = 1;
};

/// What a device stores of a path, from true second `from` to `to`; times since the device's own start. A clock that is ahead
/// does not show here but in the start time, see `ride_along`.
inline coincide::samples recorded(const std::vector<position>& path, const recorder& by, std::size_t from = 0,
                                  std::size_t to = ~std::size_t{0}) {
    constexpr double degree = std::numbers::pi / 180;
    dice roll{by.seed};
    coincide::samples out;
    for (std::size_t s = from; s < std::min(to, path.size()); s += static_cast<std::size_t>(by.every_s)) {
        const auto since = static_cast<int>(s - from);
        if (since >= by.pause_from_s && since < by.pause_to_s) continue;
        coincide::sample one;
        one.t = std::chrono::seconds{since};
        one.lat_deg = path[s].lat + roll.around_zero(by.noise_m) / meters_per_degree;
        one.lon_deg = path[s].lon + roll.around_zero(by.noise_m) / (meters_per_degree * std::cos(path[s].lat * degree));
        if (by.heart_rate > 0)
            one.hr_bpm = std::round(by.heart_rate + 25 * std::sin(static_cast<double>(s) / 97.0) +
                                    6 * std::sin(static_cast<double>(s) / 11.0));
        out.push(one);
    }
    out.finish();
    return out;
}

/// An instant of a text like "2024-05-27T06:19:26Z".
inline coincide::instant at(std::string_view text) { return coincide::parse_rfc3339(text)->at; }

/// A record with the usual totals and no track.
inline coincide::activity activity_of(std::string_view source, std::string_view id, coincide::instant start,
                                      std::chrono::seconds elapsed, double distance_m, std::string_view sport = "running") {
    coincide::activity one;
    one.athlete_id = "ann";
    one.source = source;
    one.external_id = id;
    one.start_time = start;
    if (elapsed.count() > 0) one.elapsed = elapsed;
    if (distance_m > 0) one.distance_m = distance_m;
    if (!sport.empty()) one.sport = coincide::sport_from_slug(sport);
    return one;
}

/// A record of a piece of a path, [from, to) in true seconds, whose true start is `start`.
inline coincide::activity ride_along(std::string_view source, std::string_view id, coincide::instant start,
                                     const std::vector<position>& path, double speed_mps, const recorder& by,
                                     std::size_t from = 0, std::size_t to = ~std::size_t{0}) {
    to = std::min(to, path.size());
    const auto length = std::chrono::seconds{to - from};
    auto one = activity_of(source, id, start + std::chrono::seconds{static_cast<std::int64_t>(from) + by.clock_off_s},
                           length, static_cast<double>(to - from) * speed_mps, "cycling");
    one.track = recorded(path, by, from, to);
    return one;
}

/// A history of one athlete: some activities, each recorded by one to four sources that differ a little. `truth[i]` is the
/// number of the activity that record i shows.
struct history {
    std::vector<coincide::activity> records;
    std::vector<int> truth;
};

inline history history_of(std::uint64_t seed, int activities, bool tracks = false, std::string_view athlete = "ann") {
    constexpr std::string_view sources[] = {"garmin", "strava", "apple_health", "manual"};
    constexpr std::string_view sports[] = {"running", "cycling", "hiking", "pool_swimming", "strength_training"};
    dice roll{seed};
    history out;
    auto start = at("2024-03-01T06:00:00Z");
    for (int a = 0; a < activities; ++a) {
        start += std::chrono::seconds{roll.between(9000, 90000)};
        const auto sport = sports[roll.below(5)];
        const auto elapsed = std::chrono::seconds{roll.between(600, 7200)};
        const double speed = 1.5 + 6 * roll.part();
        const auto path = tracks ? path_of({.lat = 51 + roll.part(), .lon = 3 + roll.part(), .speed_mps = speed},
                                           static_cast<int>(elapsed.count()))
                                 : std::vector<position>{};
        const auto first = roll.below(4), how_many = 1 + roll.below(4);
        for (std::uint64_t k = 0; k < how_many; ++k) {
            const auto source = sources[(first + k) % 4];
            const auto late = std::chrono::seconds{roll.between(0, 40)};
            auto one =
                activity_of(source, std::string{source} + "-" + std::to_string(a), start + late, elapsed - late,
                            static_cast<double>((elapsed - late).count()) * speed * (1 + roll.around_zero(0.004)), sport);
            one.athlete_id = athlete;
            if (tracks && source != "manual")
                one.track = recorded(
                    path,
                    {.noise_m = 4, .every_s = static_cast<int>(roll.between(1, 5)), .heart_rate = 140, .seed = roll.next()},
                    static_cast<std::size_t>(late.count()));
            if (roll.one_in(2)) one.name = std::string{sport} + " " + std::string{source};
            if (roll.one_in(3)) one.notes = "noted by " + std::string{source};
            if (roll.one_in(3)) one.tags = {"tag" + std::to_string(roll.below(4)), "tag" + std::to_string(roll.below(4))};
            if (roll.one_in(2)) one.avg_heart_rate_bpm = static_cast<double>(roll.between(90, 170));
            if (roll.one_in(3)) one.energy_kcal = static_cast<double>(roll.between(100, 2000));
            if (roll.one_in(4)) one.rpe = static_cast<double>(roll.between(1, 10));
            if (roll.one_in(3))
                one.device = {"maker", "model " + std::to_string(roll.below(3)), std::to_string(roll.below(4)),
                              static_cast<coincide::device_type>(roll.below(7))};
            out.records.push_back(std::move(one));
            out.truth.push_back(a);
        }
    }
    return out;
}

/// The records of such a history, some of it as people's are not: identities, wrong clocks, vague starts, days without an end.
inline std::vector<coincide::activity> odd_records(dice& roll, int activities, bool tracks = false) {
    auto records = history_of(roll.next(), activities, tracks).records;
    for (auto& r : records) {
        if (roll.one_in(12)) r.start_time += std::chrono::hours{roll.between(-3, 3)};
        if (roll.one_in(15)) r.clock_unset = true;
        if (roll.one_in(10)) r.start_precision = coincide::seconds{roll.between(0, 86400)};
        if (roll.one_in(12)) r.elapsed.reset();
        if (roll.one_in(25)) r.elapsed = std::chrono::hours{roll.between(20, 100)};
        if (roll.one_in(12)) r.distance_m.reset();
        if (roll.one_in(15)) r.origin = {"garmin", "garmin-" + std::to_string(roll.below(5))};
        if (roll.one_in(20)) r.parent_id = r.source + "-" + std::to_string(roll.below(5));
    }
    return records;
}

}  // namespace rides

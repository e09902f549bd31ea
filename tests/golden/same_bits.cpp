// SPDX-License-Identifier: BSL-1.0
//
// The same bits from every compiler, level of optimisation, set of instructions and processor: digests of what a made-up history is
// prepared to, compared and merged as, against those of a file.
//
//     same_bits same_bits.txt      says which line differs; without a file it prints them
//
// The history is made in integers (positions are whole 10^-7 degrees), so that nothing but the library can differ. Needs only the standard
// library: scripts/same_bits.sh builds it for other processors as well.
#include <coincide/coincide.hpp>
#include <coincide/group/learn_clocks.hpp>
#include <coincide/normalize/columns.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace coincide;

namespace {

class chance {  // splitmix64
public:
    explicit chance(std::uint64_t seed) : state_{seed} {}
    std::int64_t between(std::int64_t low, std::int64_t high) {
        auto z = state_ += 0x9E3779B97F4A7C15ull;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ull, z = (z ^ z >> 27) * 0x94D049BB133111EBull;
        return low + static_cast<std::int64_t>((z ^ z >> 31) % static_cast<std::uint64_t>(high - low + 1));
    }

private:
    std::uint64_t state_;
};

class digest {  // FNV-1a
public:
    void add(std::uint64_t v) {
        for (int i = 0; i < 8; ++i, v >>= 8) bits_ = (bits_ ^ (v & 0xFF)) * 0x100000001B3ull;
    }
    void add(double v) { add(std::bit_cast<std::uint64_t>(v == v ? v : 0.0)); }
    void add(std::string_view text) {
        for (const char c : text) bits_ = (bits_ ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
        add(text.size());
    }
    [[nodiscard]] std::uint64_t bits() const { return bits_; }

private:
    std::uint64_t bits_ = 0xCBF29CE484222325ull;
};

struct way {
    std::vector<std::int64_t> lat, lon;  // 10^-7 degrees, a second each
};
way way_of(chance& roll, std::size_t seconds_long) {
    way out;
    std::int64_t lat = roll.between(-600000000, 600000000), lon = roll.between(-1799000000, 1799000000), north = roll.between(-900, 900), east = roll.between(-900, 900);
    for (std::size_t s = 0; s < seconds_long; ++s) {
        if (s % 40 == 0) north += roll.between(-400, 400), east += roll.between(-400, 400);
        north -= north / 30, east -= east / 30;
        out.lat.push_back(lat += north), out.lon.push_back(lon += east);
    }
    return out;
}
/// One receiver's: noise, a fix every so many ms, pauses.
samples seen(const way& of, chance& roll, std::int64_t every_ms, std::int64_t from_ms) {
    samples out;
    std::int64_t north = 0, east = 0;
    for (std::int64_t ms = from_ms; ms < static_cast<std::int64_t>(of.lat.size() - 1) * 1000; ms += every_ms + (roll.between(0, 300) == 0 ? roll.between(1, 90) * 500 : 0)) {
        north += roll.between(-60, 60) - north / 20, east += roll.between(-60, 60) - east / 20;
        const auto s = static_cast<std::size_t>(ms / 1000);
        const auto between = [&](const std::vector<std::int64_t>& v) { return v[s] + (v[s + 1] - v[s]) * (ms % 1000) / 1000; };
        sample one;
        one.t = milliseconds{ms}, one.lat_deg = static_cast<double>(between(of.lat) + north) / 1e7, one.lon_deg = static_cast<double>(between(of.lon) + east) / 1e7;
        one.hr_bpm = static_cast<double>(roll.between(110, 170));
        out.push(one);
    }
    return out;
}

/// 40 days: a watch, its copy, a phone; some clocks hours off; some by hand.
std::vector<activity> history() {
    chance roll{20261128};
    std::vector<activity> out;
    for (int day = 0; day < 40; ++day) {
        const auto ride = way_of(roll, static_cast<std::size_t>(roll.between(900, 2400)));
        const instant start{std::chrono::days{19000 + day} + milliseconds{roll.between(20000000, 70000000)}};
        const auto duration = milliseconds{static_cast<std::int64_t>(ride.lat.size()) * 1000};
        const auto add = [&](const char* source, std::int64_t late_ms, double meters, samples&& track) {
            activity a;
            a.athlete_id = "ann", a.source = source, a.external_id = std::to_string(day), a.start_time = start + milliseconds{late_ms}, a.elapsed = duration - milliseconds{late_ms % 1000};
            a.distance_m = meters, a.track = std::move(track), a.name = std::string{source} + " ride";
            out.push_back(std::move(a));
        };
        const auto meters = static_cast<double>(roll.between(40000, 200000)) / 7;
        add("garmin", 0, meters, seen(ride, roll, 1000, 0));
        add("strava", day % 5 == 0 ? 7200000 : 1000, meters * 1.01, seen(ride, roll, day % 3 == 0 ? 730 : 3000, 0));
        const auto late_min = roll.between(-60, 60), half_km = roll.between(1, 60);
        if (day % 4 == 0) add("manual", late_min * 60000, static_cast<double>(half_km) * 500, {});
        if (day % 6 == 0) add("polar", 437000, meters / 1.02, seen(ride, roll, 1000, 500));
    }
    return out;
}

std::string digests() {
    std::ostringstream out;
    const auto say = [&](const char* what, const digest& of) { out << what << ' ' << std::hex << of.bits() << std::dec << '\n'; };
    const auto records = history();

    digest rasters, comparisons, fingerprints, groups, merged, of_units;
    std::vector<prepared_tracks> prepared;
    for (const auto& r : records) {
        prepared.push_back(prepare_tracks(r));
        const auto& p = prepared.back().path;
        rasters.add(static_cast<std::uint64_t>(p.first_s));
        for (std::size_t i = 0; i < p.lat.size(); ++i) rasters.add(static_cast<std::uint64_t>(p.lat[i])), rasters.add(static_cast<std::uint64_t>(p.lon[i]));
        for (const auto& v : prepared.back().values)
            for (const auto x : v.value) rasters.add(static_cast<std::uint64_t>(x));
        fingerprints.add(fingerprint_of(r)->bits);
    }
    say("rasters", rasters), say("fingerprints", fingerprints);
    for (std::size_t i = 0; i < records.size(); ++i)
        for (auto j = i + 1; j < std::min(records.size(), i + 6); ++j) {
            const auto found = compare(features_of(records[i], 0), features_of(records[j], 1), &prepared[i], &prepared[j], presets::balanced);
            for (const auto& e : found.why) comparisons.add(static_cast<std::uint64_t>(e.of)), comparisons.add(static_cast<std::uint64_t>(e.a)), comparisons.add(static_cast<std::uint64_t>(e.weight));
            const auto guess = shift_by_places(prepared[i].path, prepared[j].path, 100000);
            const auto fit = fit_of_shift(prepared[i].path, prepared[j].path, guess.shift_s);
            for (const auto v : {guess.shift_s, std::int64_t{guess.agreeing}, std::int64_t{fit.sharp}, std::int64_t{fit.spread_m}, std::int64_t{fit.middle_s}}) comparisons.add(static_cast<std::uint64_t>(v));
        }
    say("comparisons", comparisons);
    const auto learned = group_and_learn(records, presets::balanced);
    for (const auto g : learned.groups) {
        for (const auto m : g.members) groups.add(std::uint64_t{m});
        for (const auto& link : g.links) groups.add(std::uint64_t{link.a}), groups.add(std::uint64_t{link.b}), groups.add(static_cast<std::uint64_t>(link.weight()));
        const auto chosen = merge(records, g, presets::measured_first);
        activity clean;
        write(chosen, records, clean);
        merged.add(clean.name), merged.add(clean.distance_m.value_or(0)), merged.add(static_cast<std::uint64_t>(clean.start_time.time_since_epoch().count()));
    }
    for (const auto& c : learned.clocks) groups.add(c.source), groups.add(static_cast<std::uint64_t>(c.ahead.count()));
    say("groups", groups), say("merged", merged);

    std::vector<double> from(1000), to(1000);
    chance roll{5};
    for (auto& v : from) v = static_cast<double>(roll.between(-1000000, 1000000)) / 997;
    const auto all_of = [&](auto in) {
        convert<double>(from, to, in);
        for (const auto v : to) of_units.add(v);
    };
    all_of(units::fahrenheit), all_of(units::kelvin), all_of(units::mile), all_of(units::kilojoule), all_of(units::semicircle), all_of(units::kilometer_per_hour);
    say("units", of_units);
    return out.str();
}

}  // namespace

int main(int count, char** arguments) {
    const auto here = digests();
    if (count < 2) return std::cout << here, 0;
    std::ifstream kept{arguments[1]};
    std::istringstream fresh{here};
    int wrong = 0;
    for (std::string expected, got; std::getline(fresh, got);)
        if (!std::getline(kept, expected) || expected != got) ++wrong, std::cout << "here: " << got << "\nfile: " << expected << '\n';
    return wrong == 0 ? 0 : 1;
}

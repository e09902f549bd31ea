// SPDX-License-Identifier: BSL-1.0
//
// Tracks on whole seconds: where the positions come to lie, and which fixes are no use.
#include "activities.hpp"

#include <coincide/match/raster.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <utility>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr double angles_per_degree = 4294967296.0 / 360;
const auto start = rides::at("2024-05-01T10:00:00Z");
const auto start_s = start.time_since_epoch().count() / 1000;

samples track_of_fixes(std::initializer_list<sample> fixes) {
    samples out;
    for (const auto& f : fixes) out.push(f);
    out.finish();
    return out;
}
sample fix_at(milliseconds t, double lat, double lon) { return {.t = t, .lat_deg = lat, .lon_deg = lon}; }

/// Within one binary angle (9 mm) of these degrees, across the antimeridian too.
bool lies_at(std::int32_t angle, double degrees) {
    const auto wanted =
        static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(degrees * angles_per_degree)));
    return std::abs(static_cast<std::int32_t>(static_cast<std::uint32_t>(angle) - static_cast<std::uint32_t>(wanted))) <= 2;
}

}  // namespace

TEST_CASE("the example of the header: three whole seconds between two fixes", "[raster]") {
    const auto r = make_raster(track_of_fixes({fix_at(400ms, 51.0, 3.5), fix_at(3400ms, 51.0003, 3.5)}), start);
    CHECK(r.first_s == start_s + 1);
    REQUIRE(r.lat.size() == 3);
    CHECK(r.valid == 3);
    CHECK(r.end_s() == start_s + 4);
    CHECK(lies_at(r.lat[0], 51.00006));
    CHECK(lies_at(r.lat[1], 51.00016));
    CHECK(lies_at(r.lat[2], 51.00026));
    for (const auto lon : r.lon) CHECK(lies_at(lon, 3.5));
}

TEST_CASE("a pause longer than the gap is no data, a shorter one is a straight line", "[raster]") {
    const auto bridged = make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(30s, 51.003, 3)}), start);
    CHECK(bridged.valid == 31);
    CHECK(lies_at(bridged.lat[10], 51.001));
    const auto paused =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(31s, 51.003, 3), fix_at(32s, 51.0031, 3)}), start);
    CHECK(paused.lat.size() == 33);
    CHECK(paused.valid == 3);
    for (std::size_t s = 1; s < 31; ++s) CHECK(paused.lat[s] == raster::no_fix);
    CHECK(paused.lat[31] != raster::no_fix);
}

TEST_CASE("a line across the antimeridian goes the short way", "[raster]") {
    const auto east = make_raster(track_of_fixes({fix_at(0s, -17, 179.999), fix_at(4s, -17, -179.997)}), start);
    REQUIRE(east.lon.size() == 5);
    CHECK(lies_at(east.lon[1], -180.0));
    CHECK(lies_at(east.lon[2], -179.999));
    CHECK(lies_at(east.lon[3], -179.998));
    const auto both_names = make_raster(track_of_fixes({fix_at(0s, -17, 180), fix_at(1s, -17, -180)}), start);
    CHECK(both_names.lon[0] == both_names.lon[1]);
}

TEST_CASE("the poles have positions", "[raster]") {
    const auto r = make_raster(track_of_fixes({fix_at(0s, 90, 0), fix_at(1s, 90, 120), fix_at(2s, -90, 0)}), start);
    CHECK(r.valid == 3);
    CHECK(r.lat[0] == 1 << 30);
    CHECK(r.lat[2] == -(1 << 30));
}

TEST_CASE("fixes that do not ascend, or are off the globe, or at zero, are skipped", "[raster][hostile]") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const auto clean = make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(1s, 51.001, 3), fix_at(2s, 51.002, 3)}), start);
    const auto dirty = make_raster(
        track_of_fixes({fix_at(0s, 51, 3), fix_at(0s, 52, 3), fix_at(500ms, 0, 0), fix_at(600ms, 91, 3),
                        fix_at(700ms, 51, 181), fix_at(800ms, no_value, 3), fix_at(900ms, infinity, 3),
                        fix_at(950ms, 1e308, -1e308), fix_at(1s, 51.001, 3), fix_at(-5s, 40, 3), fix_at(2s, 51.002, 3),
                        fix_at(milliseconds::max(), 51, 3), fix_at(milliseconds::min(), 51, 3)}),
        start);
    CHECK(dirty.first_s == clean.first_s);
    CHECK(dirty.lat == clean.lat);
    CHECK(dirty.lon == clean.lon);
}

TEST_CASE("an empty track, one fix, and fixes of one stamp", "[raster][hostile]") {
    CHECK(make_raster(samples{}, start).empty());
    const auto one = make_raster(track_of_fixes({fix_at(7s, 51, 3)}), start);
    CHECK(one.valid == 1);
    CHECK(one.first_s == start_s + 7);
    CHECK(make_raster(track_of_fixes({fix_at(400ms, 51, 3)}), start).empty());  // no whole second
    CHECK(make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(0s, 51, 3), fix_at(0s, 51, 3)}), start).valid == 1);
}

TEST_CASE("a raster has at most its length, however far the fixes reach", "[raster][hostile]") {
    const auto far =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(1s, 51, 3), fix_at(24h * 365 * 100, 51, 3)}), start);
    CHECK(far.lat.size() == 2);
    const auto short_one =
        make_raster(track_of_fixes({fix_at(0s, 51, 3), fix_at(20s, 51, 3), fix_at(40s, 51, 3)}), start, {.length_max = 30s});
    CHECK(short_one.lat.size() <= 30);
    CHECK(short_one.valid == 21);
}

TEST_CASE("before 1970 seconds are counted downwards, not towards zero", "[raster][hostile]") {
    const auto r = make_raster(track_of_fixes({fix_at(0ms, 51, 3), fix_at(3s, 51.003, 3)}), instant{-1500ms});
    CHECK(r.first_s == -1);
    REQUIRE(r.lat.size() == 3);
    CHECK(lies_at(r.lat[0], 51.0005));
    CHECK(lies_at(r.lat[2], 51.0025));
}

TEST_CASE("a million fixes are one pass", "[raster][hostile]") {
    samples long_one;
    for (int i = 0; i < 1000000; ++i) long_one.push(fix_at(milliseconds{i * 200}, 51 + 1e-7 * i, 3 - 1e-7 * i));
    long_one.finish();
    const auto r = make_raster(long_one, start);
    CHECK(r.valid == 200000);
    CHECK(r.first_s == start_s);
    CHECK(lies_at(r.lat[199999], 51 + 1e-7 * 999995));
}

TEST_CASE("one stamp that is years off loses one position, not the rest of the track", "[raster][hostile]") {
    auto ride = rides::recorded(rides::path_of({.lat = 51, .lon = 3, .heading_deg = 80, .speed_mps = 9}, 3600), {});
    ride.t_ms[10] = std::int64_t{1} << 40;
    CHECK(make_raster(ride, start).valid == 3600);
    ride.t_ms[300] = std::int64_t{1} << 40;
    CHECK(make_raster(std::vector<sample>(ride.begin(), ride.end()), start).valid == 3600);
}

TEST_CASE("resampling at one's own seconds keeps every position", "[raster][law]") {
    const auto path = rides::path_of({.lat = -43.5, .lon = 179.98, .heading_deg = 80, .speed_mps = 9}, 900);  // crosses 180
    const auto r = make_raster(rides::recorded(path, {}), start);
    REQUIRE(r.valid == 900);
    for (std::size_t s = 0; s < path.size(); ++s) {
        CHECK(lies_at(r.lat[s], path[s].lat));
        CHECK(lies_at(r.lon[s], path[s].lon));
    }
}

namespace {

/// The same by the definition: each whole second between two usable fixes that are not too far apart, or on one.
raster by_definition(const samples& fixes, std::int64_t from_ms) {
    struct place {
        std::int64_t ms;
        double lat, lon;
    };
    std::vector<place> usable;
    for (const auto& f : fixes) {
        const auto ms = from_ms + f.t.count();
        if (!(std::abs(f.lat_deg) <= 90 && std::abs(f.lon_deg) <= 180) || (f.lat_deg == 0 && f.lon_deg == 0) || (!usable.empty() && ms <= usable.back().ms)) continue;
        usable.push_back({ms, f.lat_deg, f.lon_deg});
    }
    std::map<std::int64_t, std::pair<double, double>> at;
    for (std::size_t i = 0; i < usable.size(); ++i) {
        const auto& [ms, lat, lon] = usable[i];
        if (ms % 1000 == 0) at[ms / 1000] = {lat, lon};
        if (i + 1 == usable.size() || usable[i + 1].ms - ms > 30000) continue;
        const auto& next = usable[i + 1];
        const double way = next.lon - lon > 180 ? next.lon - lon - 360 : next.lon - lon < -180 ? next.lon - lon + 360 : next.lon - lon;
        for (auto s = ms / 1000; s * 1000 < next.ms; ++s) {
            const double part = static_cast<double>(s * 1000 - ms) / static_cast<double>(next.ms - ms);
            if (s * 1000 > ms) at[s] = {lat + (next.lat - lat) * part, lon + way * part};
        }
    }
    std::vector<std::int32_t> lats, lons;
    const auto angle = [](double degrees) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::int64_t>(degrees * angles_per_degree))); };
    if (at.empty()) return {};
    for (auto s = at.begin()->first; s <= at.rbegin()->first; ++s) {
        const auto found = at.find(s);
        lats.push_back(found == at.end() ? raster::no_fix : angle(found->second.first)), lons.push_back(found == at.end() ? raster::no_fix : angle(found->second.second));
    }
    return raster::of(at.begin()->first, std::move(lats), std::move(lons));
}

}  // namespace

TEST_CASE("whatever a device leaves out, every second is where the definition puts it, and the runs are the seconds with data", "[raster][law]") {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        rides::dice roll{seed};
        const auto style = roll.below(9);
        samples fixes;
        double lat = roll.around_zero(60), lon = seed % 10 == 0 ? 179.9995 : roll.around_zero(170);
        std::int64_t ms = roll.one_in(2) ? 370 : 0;
        const auto n = 1 + roll.below(1500);
        for (std::size_t i = 0; i < n; ++i) {
            lat += roll.around_zero(1e-4), lon += roll.around_zero(2e-4);
            if (lon > 180) lon -= 360;
            fixes.push(fix_at(milliseconds{ms}, style == 5 && roll.one_in(200) ? no_value : lat, style == 5 && roll.one_in(100) ? 0 : lon));
            const bool goes_back = style >= 6 && i % 256 == 255 && roll.one_in(2);
            if (goes_back) ms -= static_cast<std::int64_t>(roll.below(300)) * (style == 8 ? 370 : 1000);
            else if (style == 0 || style == 6) ms += 1000;
            else if (style == 1 || style == 7) ms += 1000 * static_cast<std::int64_t>(1 + roll.below(4));
            else if (style == 2 || style == 8) ms += 900 + static_cast<std::int64_t>(roll.below(250));
            else if (style == 3) ms += roll.one_in(300) ? 31000 + static_cast<std::int64_t>(roll.below(90000)) : 1000;
            else ms += static_cast<std::int64_t>(roll.below(5)) * 500 - (roll.one_in(50) ? 700 : 0);
        }
        fixes.finish();
        const auto now = make_raster(fixes, start), wanted = by_definition(fixes, start.time_since_epoch().count());
        INFO("seed " << seed << " style " << style);
        REQUIRE(now.lat.size() == wanted.lat.size());
        if (!wanted.empty()) REQUIRE(now.first_s == wanted.first_s);
        REQUIRE(now.valid == wanted.valid);
        REQUIRE((now.runs == wanted.runs));
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < now.lat.size(); ++i) {
            const auto off = [](std::int32_t x, std::int32_t y) { return std::abs(static_cast<std::int32_t>(static_cast<std::uint32_t>(x) - static_cast<std::uint32_t>(y))); };
            wrong += (now.lat[i] == raster::no_fix) != (wanted.lat[i] == raster::no_fix) || off(now.lat[i], wanted.lat[i]) > 2 || off(now.lon[i], wanted.lon[i]) > 2;
        }
        REQUIRE(wrong == 0);
        std::map<std::size_t, std::array<std::int32_t, 4>> around;  // of each 256 samples: south, north, west, east
        for (std::size_t i = 0; i < now.lat.size(); ++i) {
            if (now.lat[i] == raster::no_fix) continue;
            auto& box = around.try_emplace(i / 256, std::array{now.lat[i], now.lat[i], now.lon[i], now.lon[i]}).first->second;
            box = {std::min(box[0], now.lat[i]), std::max(box[1], now.lat[i]), std::min(box[2], now.lon[i]), std::max(box[3], now.lon[i])};
        }
        for (const auto& [k, box] : around) REQUIRE((std::array{now.boxes.at(k).lat_from, now.boxes.at(k).lat_to, now.boxes.at(k).lon_from, now.boxes.at(k).lon_to} == box));
        // the same from a host's rows as from columns
        std::vector<sample> rows(fixes.begin(), fixes.end());
        const auto from_rows = make_raster(rows, start);
        REQUIRE((from_rows.first_s == now.first_s && from_rows.lat == now.lat && from_rows.lon == now.lon && from_rows.runs == now.runs && from_rows.boxes == now.boxes));
    }
}

// SPDX-License-Identifier: BSL-1.0
//
// What a signature and the features beside it keep of a record, and what they leave out.
#include "activities.hpp"

#include <coincide/match/features.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;

namespace {

const auto start = rides::at("2019-07-21T14:13:16Z");
constexpr double no_number = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("the example of the header gives its integers", "[signature]") {
    const auto s = signature_of(activity_of("garmin", "3855400590", start, 7225s, 49793.8), 7);
    CHECK(s.start_ms == 1563718396000);
    CHECK(s.elapsed_ms == 7225000);
    CHECK(s.distance_5cm == 995876);
    CHECK(s.row == 7);
    CHECK(s.end_ms() == 1563718396000 + 7225000);
    CHECK(s.sport_row() == sport_from_slug("running"));
    CHECK(s.has_sport == 1);
    CHECK(s.precision_s == 1);
    CHECK(s.clock_unset == 0);
    CHECK(s.file_source == 0);
}

TEST_CASE("a record that says nothing but its start leaves the rest unknown", "[signature]") {
    activity bare;
    bare.start_time = start;
    const auto s = signature_of(bare, 0);
    CHECK(s.elapsed_ms == 0);
    CHECK(s.distance_5cm == 0);
    CHECK(s.source == 0);
    CHECK(s.device == 0);
    CHECK(s.has_sport == 0);
    CHECK(s.sport_row().slug() == "other");
    CHECK(s.duration == static_cast<unsigned>(duration_kind::none));
}

TEST_CASE("the wall time is taken before the time without pauses and that before the moving time", "[signature]") {
    auto r = activity_of("garmin", "1", start, 0s, 0);
    r.moving = 50min;
    CHECK(signature_of(r, 0).elapsed_ms == 3000000);
    CHECK(signature_of(r, 0).duration == static_cast<unsigned>(duration_kind::in_motion));
    r.timer = 55min;
    CHECK(signature_of(r, 0).elapsed_ms == 3300000);
    CHECK(signature_of(r, 0).duration == static_cast<unsigned>(duration_kind::without_pauses));
    r.elapsed = 60min;
    CHECK(signature_of(r, 0).elapsed_ms == 3600000);
    CHECK(signature_of(r, 0).duration == static_cast<unsigned>(duration_kind::wall));
}

TEST_CASE("totals that no signature can hold are saturated, and those that are none are unknown", "[signature][hostile]") {
    auto r = activity_of("garmin", "1", start, 1h, 10000);
    r.elapsed = 24h * 365;
    CHECK(signature_of(r, 0).elapsed_ms == std::numeric_limits<std::uint32_t>::max());
    r.elapsed = milliseconds::max();
    CHECK(signature_of(r, 0).elapsed_ms == 0);
    r.elapsed = -1h;
    CHECK(signature_of(r, 0).elapsed_ms == 0);
    r.distance_m = 300000e3;  // beyond 214 000 km
    CHECK(signature_of(r, 0).distance_5cm == std::numeric_limits<std::uint32_t>::max());
    for (const double v : {no_number, infinity, -infinity, -5.0, 0.0}) {
        r.distance_m = v;
        CHECK(signature_of(r, 0).distance_5cm == 0);
        CHECK(features_of(r, 0).distance_m == 0);
    }
    for (const double v : {no_number, infinity, 1e308, -1.0, 1e18}) {
        r.avg_heart_rate_bpm = v;
        CHECK(features_of(r, 0).avg_heart_rate == 0);
    }
    r.start_precision = seconds::max();
    CHECK(signature_of(r, 0).precision_s <= 131071);
    r.start_precision = -5s;
    CHECK(signature_of(r, 0).precision_s == 0);
}

TEST_CASE("starts in 1970 and 9999 are kept", "[signature][hostile]") {
    CHECK(signature_of(activity_of("garmin", "1", instant{}, 1h, 0), 0).start_ms == 0);
    CHECK(signature_of(activity_of("garmin", "1", rides::at("9999-12-31T23:59:59Z"), 1h, 0), 0).start_ms == 253402300799000);
}

TEST_CASE("a zero total in a record over a minute is not known, in a shorter one it is a zero", "[signature]") {
    CHECK_FALSE(detail::known_total(0, 60001));
    CHECK(detail::known_total(0, 60000));
    CHECK(detail::known_total(0.1, 3600000));
    CHECK_FALSE(detail::known_total(-1, 3600000));
    CHECK_FALSE(detail::known_total(no_number, 3600000));
}

TEST_CASE("files are told from services, and games from places", "[signature]") {
    CHECK(signature_of(activity_of("fit_file", "a.fit", start, 1h, 0), 0).file_source == 1);
    CHECK(signature_of(activity_of("zwift", "1", start, 1h, 0), 0).virtual_place == 1);
    CHECK(signature_of(activity_of("strava", "1", start, 1h, 0, "virtual_cycling"), 0).virtual_place == 1);
    CHECK(signature_of(activity_of("strava", "1", start, 1h, 0, "indoor_cycling"), 0).virtual_place == 0);
}

TEST_CASE("a device is known by its serial", "[signature]") {
    auto a = activity_of("garmin", "1", start, 1h, 0), b = a;
    a.device = {"garmin", "edge", "12345", device_type::bike_computer};
    b.device = {"garmin", "", "12345", device_type::unknown};
    CHECK(signature_of(a, 0).device != 0);
    CHECK(signature_of(a, 0).device == signature_of(b, 0).device);
    b.device.serial = "12346";
    CHECK(signature_of(a, 0).device != signature_of(b, 0).device);
    b.device.serial = "";
    CHECK(signature_of(b, 0).device == 0);
}

TEST_CASE("joined fields do not run into each other", "[signature]") {
    using detail::hash_more, detail::hash_text;
    CHECK(hash_more(hash_text("ab"), "c") != hash_more(hash_text("a"), "bc"));
    CHECK(hash_more(hash_text("ab"), "") != hash_text("ab"));
    // FNV-1a of "a" and "foobar" as its authors publish them
    CHECK(hash_text("") == 0xcbf29ce484222325ull);
    CHECK(hash_text("a") == 0xaf63dc4c8601ec8cull);
    CHECK(hash_text("foobar") == 0x85944171f73967e8ull);
}

TEST_CASE("a copy names the identity of its original", "[signature]") {
    const auto original = features_of(activity_of("garmin", "77", start, 1h, 0), 0);
    auto copy = activity_of("strava", "1", start, 1h, 0);
    copy.origin = {"garmin", "77"};
    CHECK(features_of(copy, 0).origin == original.own);
    copy.origin.external_id = "";  // names only the service
    CHECK(features_of(copy, 0).origin == 0);
    auto leg = activity_of("garmin", "78", start, 1h, 0);
    leg.parent_id = "77";
    CHECK(features_of(leg, 0).parent == original.own);
}

TEST_CASE("a FIT file_id is the second of creation and the device, not less", "[signature]") {
    auto r = activity_of("fit_file", "x.fit", start, 1h, 0);
    r.file = {.manufacturer = "garmin", .product = "1036", .serial = "3855", .time_created = start};
    const auto whole = features_of(r, 0).file_id;
    CHECK(whole != 0);
    r.file.time_created = start + 1s;
    CHECK(features_of(r, 0).file_id != whole);
    r.file.time_created.reset();
    CHECK(features_of(r, 0).file_id == 0);
    r.file = {.manufacturer = "garmin", .time_created = start};  // all devices of a maker
    CHECK(features_of(r, 0).file_id == 0);
}

TEST_CASE("files of one name in two formats share a stem, when the name says something", "[signature]") {
    CHECK(detail::telling_stem("rides/2019/20190721.fit.gz") == "rides/2019/20190721");
    CHECK(detail::telling_stem("rides/2019/20190721.gpx") == "rides/2019/20190721");
    CHECK(detail::telling_stem("2025-08-30 09.44.gpx") == "2025-08-30 09.44");
    CHECK(detail::telling_stem("2019/activity.fit").empty());  // the folder's digits are not the name's
    CHECK(detail::telling_stem("ride1.gpx").empty());
    CHECK(detail::telling_stem("ride12345.gpx").empty());
    CHECK(detail::telling_stem("ride123456.gpx") == "ride123456");
    CHECK(detail::telling_stem("").empty());
    CHECK(detail::telling_stem("/").empty());
    CHECK(detail::telling_stem(".gpx").empty());
}

TEST_CASE("tracks of hostile records are prepared without harm", "[signature][hostile]") {
    auto r = activity_of("garmin", "1", start, 1h, 0);
    CHECK(prepare_tracks(r).path.empty());
    r.track.push({.t = 0s, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 120});
    CHECK(prepare_tracks(r).path.valid == 1);
    for (const double v : {no_number, infinity, -1.0, 4001.0, 1e308}) {
        samples strange;
        strange.push({.t = 0s, .hr_bpm = 100});
        strange.push({.t = 1s, .hr_bpm = v});
        strange.finish();
        r.streams = strange;
        r.track = {};
        CHECK(prepare_tracks(r).values[0].value.size() == 1);
    }
    r.start_time = instant::max();  // no time: no place on the clock
    CHECK(prepare_tracks(r).values[0].value.empty());
}

TEST_CASE("a sample at the end of time has no place on the clock", "[signature][hostile]") {
    auto r = activity_of("garmin", "1", start, 1h, 0);
    for (const auto t : {milliseconds::max(), milliseconds::min()}) {
        r.track = {};
        r.track.push({.t = 0s, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 100});
        r.track.push({.t = t, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 100});
        CHECK(prepare_tracks(r).values[0].value.size() == 1);
    }
}

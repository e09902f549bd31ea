// SPDX-License-Identifier: BSL-1.0
//
// What the FIT decoder makes of whole, odd and damaged files. The files are built here, byte by byte; expected values are
// those that were written. Real recordings are compared with the maker's own decoder by tests/tools/fit_crosscheck.mjs.
#include "../support/fit_builder.hpp"
#include "fit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

using coincide::problem_code;
using reconcile::decode_fit;
using reconcile::decoded;
using reconcile::finding_kind;
using field = fit_builder::field;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::int64_t noon = 1700000000;  // 2023-11-14T22:13:20Z, whatever its name says

std::vector<std::byte> small_ride(const fit_builder::options& how = {}) {
    fit_builder file{how};
    file.file_id({.manufacturer = 1, .product = 2050, .serial = 77, .created = noon});
    for (int i = 0; i < 10; ++i)
        file.record({.at = noon + i,
                     .lat = 51.0 + i * 1e-4,
                     .lon = 3.5,
                     .ele = 12.2,
                     .hr = 120.0 + i,
                     .power = 200,
                     .cadence = 80,
                     .speed = 11.1,
                     .distance = 11.1 * i});
    file.session({.start = noon,
                  .written = noon + 9,
                  .elapsed_s = 9.5,
                  .timer_s = 9.25,
                  .distance_m = 99.9,
                  .sport = 2,
                  .sub_sport = 7,
                  .kcal = 5,
                  .ascent_m = 3,
                  .avg_hr = 124,
                  .max_hr = 129,
                  .avg_power = 200,
                  .max_power = 201,
                  .avg_cadence = 80,
                  .avg_speed = 10.8,
                  .max_speed = 11.2});
    file.activity({.at = noon + 10, .utc_offset_s = 3600});
    return file.finish();
}

bool has(const decoded& d, finding_kind kind, problem_code code) {
    return std::any_of(d.findings.begin(), d.findings.end(),
                       [&](const auto& f) { return f.kind == kind && f.code == code; });
}

std::vector<std::byte> joined(std::vector<std::byte> a, const std::vector<std::byte>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// What must hold of any answer, whatever the input.
void check_sane(const decoded& d) {
    for (std::size_t i = 0; i < d.activities.size(); ++i) {
        const auto& a = d.activities[i].activity;
        const auto ordinal = d.activities[i].ordinal, parent = d.activities[i].parent_ordinal;
        CHECK(ordinal == i + 1);
        CHECK(parent < ordinal);
        CHECK(a.source == "fit_file");
        if (a.elapsed) CHECK(a.elapsed->count() >= 0);
        if (a.distance_m) CHECK(*a.distance_m >= 0.0);
        for (const auto* s : {&a.track, &a.streams}) CHECK(std::is_sorted(s->t_ms.begin(), s->t_ms.end()));
    }
    CHECK((!d.activities.empty() || !d.findings.empty()));
}

}  // namespace

TEST_CASE("a FIT ride is read with its totals, track, device and file identity") {
    const auto d = decode_fit(small_ride());
    REQUIRE(d.activities.size() == 1);
    CHECK(d.findings.empty());
    const auto& a = d.activities[0].activity;
    CHECK(a.source == "fit_file");
    CHECK(a.start_time == coincide::instant{seconds{noon}});
    CHECK_FALSE(a.clock_unset);
    CHECK(a.elapsed == milliseconds{9500});
    CHECK(a.timer == milliseconds{9250});
    CHECK_FALSE(a.moving);
    CHECK(a.distance_m.value_or(0) == Approx(99.9));
    CHECK(a.energy_kcal == 5.0);
    CHECK(a.elevation_gain_m == 3.0);
    CHECK(a.avg_heart_rate_bpm == 124.0);
    CHECK(a.max_heart_rate_bpm == 129.0);
    CHECK(a.avg_power_w == 200.0);
    CHECK(a.max_power_w == 201.0);
    CHECK(a.avg_cadence_rpm == 80.0);
    CHECK(a.avg_speed_mps.value_or(0) == Approx(10.8));
    CHECK(a.max_speed_mps.value_or(0) == Approx(11.2));
    CHECK_FALSE(a.avg_temperature_c);
    REQUIRE(a.sport);
    CHECK(a.sport->slug() == "road_cycling");
    CHECK(a.source_activity_type == "cycling/road");
    CHECK(a.utc_offset == seconds{3600});
    CHECK(a.device.manufacturer == "garmin");
    CHECK(a.device.model == "2050");
    CHECK(a.device.serial == "77");
    CHECK(a.device.type == coincide::device_type::watch);
    CHECK(a.file.manufacturer == "garmin");
    CHECK(a.file.product == "2050");
    CHECK(a.file.serial == "77");
    CHECK(a.file.time_created == coincide::instant{seconds{noon}});
    CHECK(a.computed.empty());
    CHECK(a.streams.empty());
    REQUIRE(a.track.size() == 10);
    CHECK(a.track.positions() == 10);
    const auto s = a.track[3];
    CHECK(s.t == milliseconds{3000});
    CHECK(s.lat_deg == Approx(51.0003).margin(1e-7));
    CHECK(s.lon_deg == Approx(3.5).margin(1e-7));
    CHECK(s.ele_m == Approx(12.2));
    CHECK(s.hr_bpm == 123.0);
    CHECK(s.power_w == 200.0);
    CHECK(s.cadence_rpm == 80.0);
    CHECK(s.speed_mps == Approx(11.1));
    CHECK(s.distance_m == Approx(33.3));
}

TEST_CASE("byte order and header form make no difference to a FIT file") {
    const auto expected = decode_fit(small_ride());
    for (const bool big : {false, true})
        for (const std::uint8_t header : {std::uint8_t{12}, std::uint8_t{14}}) {
            const auto d = decode_fit(small_ride({.big_endian = big, .header_size = header}));
            CHECK(d.findings.empty());
            REQUIRE(d.activities.size() == 1);
            const auto &a = d.activities[0].activity, &b = expected.activities[0].activity;
            CHECK(a.track == b.track);
            CHECK(a.start_time == b.start_time);
            CHECK(a.distance_m == b.distance_m);
            CHECK(a.file == b.file);
        }
}

TEST_CASE("a FIT file cut anywhere keeps the samples before the cut and says so") {
    const auto whole = small_ride();
    std::size_t most = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        INFO("length " << length);
        const auto d = decode_fit(std::span{whole}.first(length));
        check_sane(d);
        REQUIRE_FALSE(d.findings.empty());
        if (d.activities.empty()) {
            CHECK(std::all_of(d.findings.begin(), d.findings.end(),
                              [](const auto& f) { return f.kind == finding_kind::reject; }));
            continue;
        }
        CHECK(has(d, finding_kind::salvage, problem_code::truncated));
        CHECK(d.findings[0].offset.value_or(length + 1) <= length);
        const auto kept = d.activities[0].activity.track.size();
        CHECK(kept >= most);
        CHECK(d.findings[0].reason.find("kept " + std::to_string(kept)) != std::string::npos);
        most = kept;
    }
    CHECK(most == 10);
}

TEST_CASE("a FIT file with any one byte changed gives an answer") {
    const auto whole = small_ride();
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (const unsigned flip : {0x01u, 0x40u, 0x80u, 0xFFu}) {
            INFO("byte " << i << " xor " << flip);
            auto damaged = whole;
            damaged[i] ^= static_cast<std::byte>(flip);
            const auto d = decode_fit(damaged);
            check_sane(d);
            CHECK_FALSE(d.findings.empty());  // there is a checksum
        }
}

TEST_CASE("a wrong FIT checksum is reported and the data are kept") {
    const auto body = decode_fit(small_ride({.spoil_checksum = 1}));
    REQUIRE(body.activities.size() == 1);
    CHECK(body.activities[0].activity.track.size() == 10);
    CHECK(has(body, finding_kind::salvage, problem_code::bad_checksum));
    const auto header =
        decode_fit(small_ride({.spoil_header_checksum = 1}));  // covered by the file's checksum, so that is right
    REQUIRE(header.activities.size() == 1);
    CHECK(has(header, finding_kind::salvage, problem_code::bad_checksum));
}

TEST_CASE("a FIT header whose size is wrong does not cost data") {
    const auto right = static_cast<std::uint32_t>(small_ride().size() - 16);
    for (const std::uint32_t size : {0u, 1u, 40u, right - 1, right + 1, right + 1000, 0xFFFFFFFFu}) {
        INFO("size " << size);
        const auto d = decode_fit(small_ride({.data_size = size}));
        REQUIRE(d.activities.size() == 1);
        CHECK(d.activities[0].activity.track.size() == 10);
        CHECK(d.activities[0].activity.elapsed == milliseconds{9500});
        CHECK(has(d, finding_kind::salvage, problem_code::recovered));
    }
}

TEST_CASE("bytes that are no FIT file are rejected") {
    CHECK(has(decode_fit({}), finding_kind::reject, problem_code::empty));
    const std::vector<std::byte> zeros(1000);
    CHECK(has(decode_fit(zeros), finding_kind::reject, problem_code::malformed));
    const std::vector<std::byte> ones(1000, std::byte{0xFF});
    CHECK(has(decode_fit(ones), finding_kind::reject, problem_code::malformed));
}

TEST_CASE("garbage behind a FIT file is reported and the file is kept") {
    const auto d = decode_fit(joined(small_ride(), std::vector<std::byte>(7)));
    REQUIRE(d.activities.size() == 1);
    CHECK(d.activities[0].activity.track.size() == 10);
    CHECK(has(d, finding_kind::salvage, problem_code::malformed));
}

TEST_CASE("FIT files that hold no activity are skipped") {
    fit_builder workout;
    workout.file_id({.type = 5, .manufacturer = 1});
    CHECK(has(decode_fit(workout.finish()), finding_kind::skip, problem_code::no_activity));
    fit_builder course;  // a course has records, and nobody has ridden them
    course.file_id({.type = 6}).record({.at = noon, .lat = 1, .lon = 1}).record({.at = noon + 1, .lat = 1.1, .lon = 1});
    const auto d = decode_fit(course.finish());
    CHECK(d.activities.empty());
    REQUIRE(d.findings.size() == 1);
    CHECK(d.findings[0].kind == finding_kind::skip);
    fit_builder nothing;
    nothing.file_id({});
    CHECK(has(decode_fit(nothing.finish()), finding_kind::skip, problem_code::no_activity));
}

TEST_CASE("FIT developer fields, unknown messages and unknown fields are passed over") {
    fit_builder file;
    file.file_id({});
    const std::uint8_t developer[] = {1, 2, 3, 4, 5};
    file.message(0xFF77, {field::blob(1, std::vector<std::uint8_t>(255, 9)), field::integer(2, 0x33, 1)}, developer);
    for (int i = 0; i < 3; ++i)
        file.message(20,
                     {field::integer(253, fit_builder::t_u32, fit_builder::fit_time(noon + i)),
                      field::integer(200, fit_builder::t_u64, 5), field::integer(3, fit_builder::t_u8, 100 + i)},
                     developer);
    file.session({.start = noon, .elapsed_s = 2});
    const auto d = decode_fit(file.finish());
    CHECK(d.findings.empty());
    REQUIRE(d.activities.size() == 1);
    const auto& streams = d.activities[0].activity.streams;
    REQUIRE(streams.size() == 3);
    CHECK(streams[2].hr_bpm == 102.0);
}

TEST_CASE("compressed FIT time stamps count on from the last full one, over the five bits' end") {
    fit_builder file;
    file.file_id({}).event({.at = noon});
    const std::int64_t gaps[] = {0, 1, 20, 31, 32 - 1, 5};
    std::int64_t at = noon;
    std::vector<std::int64_t> expected;
    for (const auto gap : gaps) {
        at += gap;
        expected.push_back((at - noon) * 1000);
        file.compressed(20, at, {field::integer(3, fit_builder::t_u8, 100)});
    }
    file.session({.start = noon, .elapsed_s = 100});
    const auto d = decode_fit(file.finish());
    CHECK(d.findings.empty());
    REQUIRE(d.activities.size() == 1);
    CHECK(d.activities[0].activity.streams.t_ms == expected);
}

TEST_CASE("a compressed FIT time stamp without a full one before it is no time") {
    fit_builder file;
    file.file_id({})
        .compressed(20, noon, {field::integer(3, fit_builder::t_u8, 100)})
        .session({.start = noon, .elapsed_s = 9});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    CHECK(d.activities[0].activity.streams.empty());
    CHECK(has(d, finding_kind::salvage, problem_code::fix_without_time));
}

TEST_CASE("FIT's compressed speed and distance are added up over the roll-over") {
    fit_builder file;
    file.file_id({});
    unsigned total = 0;  // sixteenths of a metre
    for (int i = 0; i < 5; ++i, total += 16 * 100) {
        const unsigned speed = 300, distance = total & 0xFFF;
        file.message(20, {field::integer(253, fit_builder::t_u32, fit_builder::fit_time(noon + i)),
                          field::blob(8, {static_cast<std::uint8_t>(speed),
                                          static_cast<std::uint8_t>(speed >> 8 | (distance & 15) << 4),
                                          static_cast<std::uint8_t>(distance >> 4)})});
    }
    file.message(
        20, {field::integer(253, fit_builder::t_u32, fit_builder::fit_time(noon + 5)), field::blob(8, {255, 255, 255})});
    file.session({.start = noon, .elapsed_s = 5});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& streams = d.activities[0].activity.streams;
    REQUIRE(streams.size() == 6);
    CHECK(streams[0].distance_m == 0.0);
    CHECK(streams[4].distance_m == 400.0);
    CHECK(streams[4].speed_mps == 3.0);
    CHECK(std::isnan(streams[5].distance_m));
}

TEST_CASE("FIT values that mean no data are absent") {
    fit_builder file;
    using b = fit_builder;
    file.message(0, {field::integer(0, b::t_enum, 4), field::integer(1, b::t_u16, 0xFFFF), field::integer(3, b::t_u32z, 0),
                     field::integer(4, b::t_u32, 0xFFFFFFFF)});
    file.message(20, {field::integer(253, b::t_u32, b::fit_time(noon)), field::integer(0, b::t_s32, 0x7FFFFFFF),
                      field::integer(1, b::t_s32, 0x7FFFFFFF), field::integer(3, b::t_u8, 0xFF),
                      field::integer(7, b::t_u16, 0xFFFF), field::integer(78, b::t_u32, 0xFFFFFFFF),
                      field::real32(6, std::numeric_limits<float>::quiet_NaN()),
                      field::real64(5, std::numeric_limits<double>::infinity()), field::integer(4, b::t_u8, 70)});
    file.message(18,
                 {field::integer(2, b::t_u32, b::fit_time(noon)), field::integer(7, b::t_u32, 0xFFFFFFFF),
                  field::integer(9, b::t_u32, 0xFFFFFFFF), field::integer(11, b::t_u16, 0xFFFF),
                  field::integer(16, b::t_u8, 0xFF), field::integer(57, b::t_s8, 0x7F), field::integer(5, b::t_enum, 0xFF),
                  field::integer(192, b::t_u8, 0xFF), field::integer(193, b::t_u8, 0xFF),
                  field::integer(3, b::t_s32, 0x7FFFFFFF), field::integer(4, b::t_s32, 0x7FFFFFFF)});
    const auto d = decode_fit(file.finish());
    CHECK(d.findings.empty());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.file.empty());
    CHECK_FALSE(a.distance_m);
    CHECK_FALSE(a.energy_kcal);
    CHECK_FALSE(a.avg_heart_rate_bpm);
    CHECK_FALSE(a.avg_temperature_c);
    CHECK_FALSE(a.sport);
    CHECK_FALSE(a.rpe);
    CHECK_FALSE(a.feeling);
    CHECK_FALSE(a.start_lat_deg);
    CHECK(a.source_activity_type.empty());
    CHECK(a.track.empty());
    REQUIRE(a.streams.size() == 1);
    CHECK(a.streams[0].cadence_rpm == 70.0);
    CHECK_FALSE(a.streams[0].has_position());
    for (const auto c : {coincide::samples::ele, coincide::samples::hr, coincide::samples::power, coincide::samples::speed,
                         coincide::samples::distance})
        CHECK(a.streams.values[c].empty());
}

TEST_CASE("a FIT field of another type or size than the profile's is read by its own") {
    fit_builder file;
    using b = fit_builder;
    file.file_id({});
    file.message(20, {field::integer(253, b::t_u32, b::fit_time(noon)), field::integer(3, b::t_u16, 150),
                      field::integer(7, b::t_u8, 99), field::real32(6, 2500.0F), field{4, b::t_u16, 1, {1, 2, 3}}});
    file.message(18, {field::integer(2, b::t_u32, b::fit_time(noon)), field::integer(7, b::t_u16, 60000),
                      field::integer(9, b::t_s32, -5), field::text(11, "many")});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.elapsed == seconds{60});
    CHECK_FALSE(a.distance_m);  // negative
    CHECK(has(d, finding_kind::salvage, problem_code::out_of_range));
    CHECK_FALSE(a.energy_kcal);
    REQUIRE(a.streams.size() == 1);
    CHECK(a.streams[0].hr_bpm == 150.0);
    CHECK(a.streams[0].power_w == 99.0);
    CHECK(a.streams[0].speed_mps == 2.5);
    CHECK(std::isnan(a.streams[0].cadence_rpm));  // three bytes are no 16-bit numbers
}

TEST_CASE("fractions of cadence and ascent, effort and feeling are read") {
    fit_builder file;
    using b = fit_builder;
    file.file_id({});
    file.message(20, {field::integer(253, b::t_u32, b::fit_time(noon)), field::integer(4, b::t_u8, 80),
                      field::integer(53, b::t_u8, 64)});
    file.message(18, {field::integer(2, b::t_u32, b::fit_time(noon)), field::integer(7, b::t_u32, 1000),
                      field::integer(18, b::t_u8, 85), field::integer(92, b::t_u8, 32), field::integer(22, b::t_u16, 10),
                      field::integer(199, b::t_u8, 50), field::integer(57, b::t_s8, -4), field::integer(193, b::t_u8, 70),
                      field::integer(192, b::t_u8, 75)});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.streams[0].cadence_rpm == 80.5);
    CHECK(a.avg_cadence_rpm == 85.25);
    CHECK(a.elevation_gain_m == 10.5);
    CHECK(a.avg_temperature_c == -4.0);
    CHECK(a.rpe == 7.0);
    CHECK(a.feeling == 4.0);
    CHECK(d.findings.empty());
}

TEST_CASE("FIT files one after another are all read and their activities numbered on") {
    const auto d =
        decode_fit(joined(small_ride(), joined(small_ride({.big_endian = true}), small_ride({.header_size = 12}))));
    CHECK(d.findings.empty());
    REQUIRE(d.activities.size() == 3);
    for (unsigned i = 0; i < 3; ++i) {
        CHECK(d.activities[i].ordinal == i + 1);
        CHECK(d.activities[i].parent_ordinal == 0);
        CHECK(d.activities[i].activity.track.size() == 10);
    }
}

TEST_CASE("a damaged FIT file does not cost the one behind it") {
    for (const std::optional<std::uint32_t> size : {std::optional<std::uint32_t>{}, std::optional<std::uint32_t>{0}}) {
        fit_builder first{{.data_size = size}};
        first.file_id({}).record({.at = noon, .hr = 99}).bytes({0x0D, 1, 2, 3});  // local number 13 was never defined
        const auto d = decode_fit(joined(first.finish(), small_ride()));
        REQUIRE(d.activities.size() == 2);
        CHECK(has(d, finding_kind::salvage, problem_code::malformed));
        CHECK(d.activities[0].activity.streams.size() == 1);
        CHECK(d.activities[1].activity.track.size() == 10);
    }
}

namespace {
/// Sessions of ten seconds each, with a sample a second all the way through.
decoded sessions_at(std::initializer_list<std::pair<int, std::uint8_t>> start_and_sport, int last_second) {
    fit_builder file;
    file.file_id({.manufacturer = 1});
    for (int i = 0; i <= last_second; ++i) file.record({.at = noon + i, .lat = 51, .lon = 3});
    for (const auto& [start, sport] : start_and_sport)
        file.session({.start = noon + start,
                      .elapsed_s = 10,
                      .timer_s = 9,
                      .distance_m = 100,
                      .sport = sport,
                      .kcal = 7,
                      .max_hr = 150.0 + sport});
    return decode_fit(file.finish());
}
}  // namespace

TEST_CASE("linked FIT sessions give a record of the whole and one each") {
    const auto d = sessions_at({{0, 5}, {10, 3}, {20, 2}, {30, 3}, {40, 1}}, 50);
    CHECK(d.findings.empty());
    REQUIRE(d.activities.size() == 6);
    const auto& whole = d.activities[0].activity;
    CHECK(d.activities[0].parent_ordinal == 0);
    REQUIRE(whole.sport);
    CHECK(whole.sport->slug() == "triathlon");
    CHECK(whole.start_time == coincide::instant{seconds{noon}});
    CHECK(whole.elapsed == seconds{50});
    CHECK(whole.timer == seconds{45});
    CHECK(whole.distance_m == 500.0);
    CHECK(whole.energy_kcal == 35.0);
    CHECK(whole.max_heart_rate_bpm == 155.0);
    CHECK(whole.track.size() == 51);
    for (std::size_t i = 1; i < 6; ++i) {
        CHECK(d.activities[i].ordinal == i + 1);
        CHECK(d.activities[i].parent_ordinal == 1);
        const auto& leg = d.activities[i].activity;
        CHECK(leg.track.size() == 11);  // from the start to the end, both included
        CHECK(leg.track.t_ms.front() == 0);
        CHECK(leg.track.t_ms.back() == 10000);
        CHECK(leg.file == whole.file);
    }
    CHECK(d.activities[2].activity.sport->slug() == "transition");
}

TEST_CASE("the sport of linked FIT sessions tells which") {
    const auto sport = [](std::initializer_list<std::pair<int, std::uint8_t>> legs) {
        return std::string{sessions_at(legs, 40).activities.at(0).activity.sport->slug()};
    };
    CHECK(sport({{0, 1}, {10, 2}, {20, 1}}) == "duathlon");
    CHECK(sport({{0, 1}, {10, 1}}) == "running");
    CHECK(sport({{0, 1}, {10, 15}}) == "multisport");
    CHECK(sport({{0, 5}, {10, 2}, {20, 1}, {30, 15}}) == "multisport");
}

TEST_CASE("FIT sessions far apart are activities of their own") {
    const auto d = sessions_at({{0, 1}, {3600, 2}}, 3610);
    REQUIRE(d.activities.size() == 2);
    CHECK(d.activities[0].parent_ordinal == 0);
    CHECK(d.activities[1].parent_ordinal == 0);
    CHECK(d.activities[0].activity.track.size() + d.activities[1].activity.track.size() == 3611);
    CHECK(d.activities[1].activity.track.t_ms.back() == 10000);
}

TEST_CASE("the gap that links FIT sessions is thirty minutes") {
    CHECK(sessions_at({{0, 1}, {10 + 1800, 2}}, 5).activities.size() == 3);
    CHECK(sessions_at({{0, 1}, {10 + 1801, 2}}, 5).activities.size() == 2);
}

TEST_CASE("a FIT file without a session is made from its samples and says what was computed") {
    fit_builder file;
    file.file_id({});
    for (int i = 0; i < 5; ++i) file.record({.at = noon + 10 * i, .lat = 51, .lon = 3, .distance = 10.0 * i});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.start_time == coincide::instant{seconds{noon}});
    CHECK(a.elapsed == seconds{40});
    CHECK(a.distance_m == 40.0);
    CHECK_FALSE(a.timer);
    CHECK(a.computed == std::vector<std::string>{"start_time", "elapsed_time_s", "distance_m"});
}

TEST_CASE("a FIT session without a duration gets it from its samples") {
    fit_builder file;
    file.file_id({}).record({.at = noon, .hr = 99}).record({.at = noon + 70, .hr = 99}).session({.start = noon});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    CHECK(d.activities[0].activity.elapsed == seconds{70});
    CHECK(d.activities[0].activity.computed == std::vector<std::string>{"elapsed_time_s"});
}

TEST_CASE("FIT positions stay when only some samples have one, and are none when all are at (0,0)") {
    fit_builder file;
    file.file_id({}).record({.at = noon, .lat = 0, .lon = 0, .hr = 90}).record({.at = noon + 1, .hr = 91});
    file.record({.at = noon + 2, .lat = 51, .lon = 3}).session({.start = noon, .elapsed_s = 2});
    const auto some = decode_fit(file.finish());
    REQUIRE(some.activities.size() == 1);
    CHECK(some.activities[0].activity.track.size() == 3);
    CHECK(some.activities[0].activity.track.positions() == 1);
    CHECK(has(some, finding_kind::salvage, problem_code::fix_out_of_range));

    file.file_id({}).record({.at = noon, .lat = 0, .lon = 0, .hr = 90}).session({.start = noon, .elapsed_s = 2});
    const auto none = decode_fit(file.finish());
    REQUIRE(none.activities.size() == 1);
    CHECK(none.activities[0].activity.track.empty());
    CHECK(none.activities[0].activity.streams.size() == 1);
    CHECK_FALSE(none.activities[0].activity.streams.has_positions());
}

TEST_CASE("FIT samples out of order are sorted, and those of another day dropped") {
    fit_builder file;
    file.file_id({});
    for (const int t : {0, 2, 1, 3, 3}) file.record({.at = noon + t, .hr = 100.0 + t});
    file.record({.at = noon + 2000000000, .hr = 50}).session({.start = noon, .elapsed_s = 3});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    CHECK(d.activities[0].activity.streams.t_ms == std::vector<std::int64_t>{0, 1000, 2000, 3000});
    CHECK(has(d, finding_kind::salvage, problem_code::time_went_back));
    CHECK(has(d, finding_kind::salvage, problem_code::out_of_range));
}

TEST_CASE("a FIT time below 0x10000000 is no date") {
    const std::int64_t power_on = 631065600 + 485;  // 8 minutes after 1989-12-31
    fit_builder file;
    file.file_id({.created = power_on}).record({.at = power_on, .hr = 99}).session({.start = power_on, .elapsed_s = 60});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.clock_unset);
    CHECK(a.start_time == coincide::instant{seconds{power_on}});
    CHECK_FALSE(a.file.time_created);
    CHECK(has(d, finding_kind::salvage, problem_code::clock_unset));
}

TEST_CASE("the UTC offset of a FIT file is believed only when it can be one") {
    const auto offset = [](std::int64_t local_minus_utc) {
        fit_builder file;
        file.file_id({})
            .session({.start = noon, .elapsed_s = 60})
            .activity({.at = noon + 60, .utc_offset_s = local_minus_utc});
        return decode_fit(file.finish()).activities.at(0).activity.utc_offset;
    };
    CHECK(offset(0) == seconds{0});
    CHECK(offset(20700) == seconds{20700});  // Nepal
    CHECK(offset(-36000) == seconds{-36000});
    CHECK(offset(7200 + 631065600) == seconds{7200});  // local time on the Unix epoch
    CHECK_FALSE(offset(3601));
    CHECK_FALSE(offset(15 * 3600));
}

TEST_CASE("unknown numbers in a FIT file stay numbers") {
    fit_builder file;
    file.file_id({.manufacturer = 9999, .product = 3})
        .session({.start = noon, .elapsed_s = 1, .sport = 200, .sub_sport = 201});
    const auto d = decode_fit(file.finish());
    REQUIRE(d.activities.size() == 1);
    const auto& a = d.activities[0].activity;
    CHECK(a.device.manufacturer == "9999");
    CHECK(a.device.type == coincide::device_type::unknown);
    CHECK(a.source_activity_type == "200/201");
    CHECK(a.sport == coincide::sport_id{});
}

TEST_CASE("limits of a FIT file are kept") {
    CHECK(has(decode_fit(small_ride(), {.file_bytes = 100}), finding_kind::reject, problem_code::too_large));
    const auto few = decode_fit(small_ride(), {.fixes = 9});
    CHECK(few.activities.empty());
    CHECK(has(few, finding_kind::reject, problem_code::too_large));
    CHECK(decode_fit(small_ride(), {.fixes = 10}).activities.size() == 1);

    const auto three = joined(small_ride(), joined(small_ride(), small_ride()));
    CHECK(has(decode_fit(three, {.activities = 2}), finding_kind::reject, problem_code::too_large));
    CHECK(decode_fit(three, {.activities = 3}).activities.size() == 3);

    fit_builder many;  // sessions that all claim the same samples
    many.file_id({});
    for (int i = 0; i < 100; ++i) many.record({.at = noon + i, .hr = 99});
    for (int i = 0; i < 100; ++i) many.session({.start = noon, .elapsed_s = 1000});
    CHECK(has(decode_fit(many.finish(), {.fixes = 100}), finding_kind::reject, problem_code::too_large));
}

// SPDX-License-Identifier: BSL-1.0
//
// Records, words and stored bytes that no well-behaved source, person or storage would give: numbers that are none, times at the limits,
// crowds, giants, keys of any bytes, damage. A ledger takes them or says what is wrong with them, and says the same of everything else.
#include "activities.hpp"
#include "ledgers.hpp"
#include "sanitized.hpp"

#include <coincide/group/group.hpp>
#include <coincide/ledger/ingest.hpp>
#include <coincide/ledger/read_back.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <locale>
#include <map>
#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using ledgers::book;

namespace {

activity ride(std::string_view from, std::string_view id, std::chrono::seconds late = 0s, std::chrono::seconds lasts = 3600s, double meters = 25000) {
    return rides::activity_of(from, id, ledgers::at_s(0) + late, lasts, meters, "cycling");
}
activity named(activity r, std::string_view title) { return r.name = title, r; }

std::vector<ledger_entry> all_bytes(book& b) {
    auto all = detail::read_range(b.store, "ann", key_range{"", "\xFF"});
    return all ? std::move(*all) : std::vector<ledger_entry>{};
}
std::size_t deliveries(book& b) { return ledgers::entries(b.store, "fr").size(); }

using lines = std::vector<std::vector<std::string>>;
const record_key garmin_1{"garmin", "1"}, strava_9{"strava", "9"}, wahoo_3{"wahoo", "3"};

/// Every living record in exactly one group; a feed without gaps; and what the facts come to when everything is made anew.
void check_laws(book& b) {
    std::map<record_key, int> homes;
    for (const auto& g : ledgers::groups(b.store))
        for (const auto& m : g.members) ++homes[m];
    CHECK(homes.size() == ledgers::entries(b.store, "ds").size());
    CHECK(std::all_of(homes.begin(), homes.end(), [](const auto& h) { return h.second == 1; }));
    std::uint64_t commits = 0;
    for (const auto& e : ledgers::entries(b.store, "cl")) commits += decode_note(e.value).has_value();
    CHECK(commits == b.version());
    const auto now = ledgers::told(b.store);
    b.policy.match.limits.component_max += 1;  // another policy of the same decisions
    b.run({.received = b.now});
    CHECK(!b.failed);
    CHECK(now == ledgers::told(b.store));
}

}  // namespace

TEST_CASE("numbers that are none never reach an activity, nor make two records alike", "[ledger][fault][f47]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity(), tiny = std::numeric_limits<double>::denorm_min();
    const auto strange = [&](activity r, double v) {
        r.distance_m = v, r.energy_kcal = v, r.avg_heart_rate_bpm = v, r.avg_power_w = v, r.elevation_gain_m = v, r.rpe = v, r.start_lat_deg = v, r.start_lon_deg = v;
        return r;
    };
    for (const double v : {nan, inf, -inf, 1e308, -0.0, tiny, 95.0, 540.0}) {
        book b;
        const auto answers = b.deliver({strange(ride("garmin", "1"), v), strange(ride("strava", "9", 40s), v)}).answers;
        for (const auto& a : answers) CHECK((a.of != outcome::rejected || a.wrong.has_value()));
        for (const auto& g : ledgers::groups(b.store)) {
            activity whole;
            REQUIRE(decode(g.body, whole));
            for (const auto& read_back : {whole.distance_m, whole.energy_kcal, whole.avg_heart_rate_bpm, whole.elevation_gain_m}) CHECK((!read_back || std::isfinite(*read_back)));
        }
        check_laws(b);
        if (v == v) continue;
        book without;  // as if nothing had been said
        auto bare = ride("garmin", "1"), bare_too = ride("strava", "9", 40s);
        bare.distance_m.reset(), bare_too.distance_m.reset();
        without.deliver({bare, bare_too});
        CHECK(ledgers::told(b.store) == ledgers::told(without.store));
    }
    const double odd[][2] = {{95, 3}, {51, 540}, {nan, 3}, {51, nan}, {inf, -inf}, {1e308, 1e308}, {-0.0, 0}, {tiny, tiny}, {51, 3}};
    book b;
    long hour = 0;
    for (const auto& [la, lo] : odd)
        for (const int fixes : {1, 60}) {
            auto r = ride("garmin", "t" + std::to_string(++hour), hour * 7200s), other = ride("strava", "t" + std::to_string(hour), hour * 7200s);
            for (int i = 0; i < fixes; ++i) r.track.push({.t = seconds{i * 60}, .lat_deg = la, .lon_deg = lo, .hr_bpm = nan}), other.track.push({.t = seconds{i * 60}, .lat_deg = la, .lon_deg = lo});
            r.track.finish(), other.track.finish();
            b.deliver({r, other});
            CHECK(!b.failed);
        }
    check_laws(b);
}

TEST_CASE("a track of ten million fixes is refused, and none of it kept", "[ledger][fault][f48]") {
    const ledger_policy policy;
    auto r = ride("garmin", "1");
    r.track.t_ms.resize(10'000'000);
    const auto in = incoming(r, "ann", policy);
    REQUIRE(in.wrong);
    CHECK(in.wrong->code == problem_code::too_large);
    CHECK((in.fact.body.empty() && in.series.empty()));
    book b;
    request all{.received = b.now};
    all.records = {in, incoming(ride("strava", "9"), "ann", policy)};
    const auto done = b.run(all);
    CHECK(done.answers.front().of == outcome::rejected);
    CHECK(deliveries(b) == 1);
    std::swap(r.streams, r.track);
    CHECK(incoming(r, "ann", policy).wrong);
    ledger_policy narrow;
    narrow.fixes_max = 3;
    auto short_one = ride("garmin", "1");
    for (int i = 0; i < 3; ++i) short_one.track.push({.t = seconds{i}, .lat_deg = 51, .lon_deg = 3});
    CHECK(!incoming(short_one, "ann", narrow).wrong);
    short_one.track.push({.t = seconds{4}, .lat_deg = 51, .lon_deg = 3});
    CHECK(incoming(short_one, "ann", narrow).wrong);
}

TEST_CASE("texts are bytes: twins stay two, nothing is mended, no locale matters", "[ledger][fault][f50]") {
    struct comma : std::numpunct<char> {
        char do_decimal_point() const override { return ','; }
        char do_thousands_sep() const override { return '.'; }
        std::string do_grouping() const override { return "\3"; }
    };
    const std::vector<std::string> ids{"caf\xC3\xA9", "cafe\xCC\x81", "\xC3\x28", "\xFF\xFE", std::string("a\0b", 3), std::string("a\0", 2), std::string("\0", 1), std::string("\0\xFF\1", 3),
                                       "\xE2\x80\xAE" "1", "I", "i", "\xC4\xB0", "\xC4\xB1", "1", "01", "9007199254740993", "9007199254740992", std::string(512, '\xFF')};
    std::vector<std::vector<ledger_entry>> outcomes;
    for (const bool with_comma : {false, true}) {
        const auto before = std::locale::global(with_comma ? std::locale{std::locale::classic(), new comma} : std::locale::classic());
        book b;
        long day = 0;
        for (const auto& id : ids) {
            b.deliver(named(ride("garmin", id, 30h * ++day, 3600s, 12345.678), id));
            CHECK(!b.failed);
        }
        std::locale::global(before);
        CHECK(ledgers::groups(b.store).size() == ids.size());
        for (const auto& id : ids) CHECK(ledgers::text(ledgers::group_of(b.store, "garmin", id), "name") == id);
        outcomes.push_back(all_bytes(b));
        check_laws(b);
    }
    CHECK(outcomes[0] == outcomes[1]);
    book b;
    const ledger_policy policy;
    b.deliver({named(ride("garmin", "1"), std::string(policy.text_bytes_max, 'x')), named(ride("garmin", "2", 20h), std::string(policy.text_bytes_max + 1, 'x')), ride("garmin", std::string(513, 'i'))});
    CHECK(deliveries(b) == 1);
    CHECK(ledgers::text(ledgers::group_of(b.store, "garmin", "1"), "name").size() == policy.text_bytes_max);
}

TEST_CASE("times outside what a device can record are refused, and no time overflows", "[ledger][fault][f51]") {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    const auto wrong_of = [](std::int64_t start_ms) {
        auto r = ride("garmin", "1");
        r.start_time = instant{milliseconds{start_ms}};
        const auto in = incoming(r, "ann", ledger_policy{});
        return in.wrong && in.wrong->field == "start_time";
    };
    for (const auto ms : {most, most / 1000, least, std::int64_t{-1}, std::int64_t{9223372036855} * 1000, std::int64_t{253402300800000}, std::int64_t{1716800000} * 1000 * 1000})
        CHECK(wrong_of(ms));
    for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{2147483648} * 1000, std::int64_t{1716800000}, std::int64_t{latest_start.time_since_epoch().count()}}) CHECK(!wrong_of(ms));
    book b;
    auto long_one = ride("garmin", "1"), old = ride("strava", "9");
    long_one.elapsed = long_one.timer = long_one.moving = milliseconds{most}, long_one.start_precision = seconds{131071};
    old.updated_at = instant{milliseconds{least}}, old.file.time_created = instant{milliseconds{most}}, old.file.serial = "1";
    b.deliver({long_one, old, ride("wahoo", "3", 40h)});
    CHECK(!b.failed);
    CHECK(deliveries(b) == 3);
    check_laws(b);
}

TEST_CASE("leap seconds, missing zones and the date line lose no ride", "[ledger][fault][f52]") {
    book b;
    auto leap = ride("garmin", "1"), next = ride("strava", "9");
    leap.start_time = rides::at("2016-12-31T23:59:60Z"), next.start_time = rides::at("2017-01-01T00:00:00Z");
    CHECK(leap.start_time == next.start_time);
    b.deliver({leap, next});
    CHECK(ledgers::group_of(b.store, "garmin", "1").members.size() == 2);
    std::vector<std::vector<std::string>> outcomes;
    for (const auto* zone : {"", "Europe/Brussels", "Nowhere/At_All"}) {  // a zone's name decides nothing
        book c;
        auto local = ride("manual", "5", 2h), measured = ride("garmin", "6");
        local.timezone = zone, local.start_precision = 14h, local.utc_offset = 2h;
        c.deliver({local, measured});
        CHECK(ledgers::value(ledgers::group_of(c.store, "manual", "5"), utc_offset) == 2h);
        outcomes.emplace_back();
        for (const auto& g : ledgers::partition(c.store)) outcomes.back().insert(outcomes.back().end(), g.begin(), g.end());
        check_laws(c);
    }
    CHECK((outcomes[0] == outcomes[1] && outcomes[1] == outcomes[2]));
    // The hour that a zone leaves out in spring, and the one that it has twice in autumn: to the ledger hours like others.
    for (const auto* hour : {"2024-03-31T00:30:00Z", "2024-03-31T01:00:00Z", "2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z", "2024-06-15T01:30:00Z"}) {
        book c;
        auto local = ride("manual", "5"), measured = ride("garmin", "6");
        local.start_time = measured.start_time = rides::at(hour);
        local.timezone = "Europe/Brussels", local.start_precision = 14h;
        c.deliver({local, measured});
        CHECK(ledgers::partition(c.store).size() == 1);
        CHECK(ledgers::value(ledgers::group_of(c.store, "manual", "5"), start_time) == rides::at(hour));
    }
    const auto path = rides::path_of({.lat = -16.8, .lon = 179.99, .heading_deg = 90, .speed_mps = 7}, 1800);
    REQUIRE(path.back().lon < 0);
    book d;
    d.deliver(rides::ride_along("garmin", "1", ledgers::at_s(0), path, 7, {.noise_m = 3, .seed = 1}));
    d.deliver(rides::ride_along("strava", "9", ledgers::at_s(0), path, 7, {.noise_m = 5, .clock_off_s = 4, .seed = 2}));
    CHECK(ledgers::partition(d.store) == lines{{"garmin:1", "strava:9"}});
    check_laws(d);
}

namespace {
struct imperial_ride {
    std::string from{}, id{};
    instant began{};
    std::optional<double> miles{}, kilojoules{}, mph{}, lat{}, lon{};
};
}  // namespace
template <>
struct coincide::describe<imperial_ride> {
    static constexpr schema fields{bind(coincide::source, &imperial_ride::from), bind(coincide::external_id, &imperial_ride::id), bind(coincide::start_time, &imperial_ride::began),
                                   bind(coincide::distance_m, &imperial_ride::miles, units::mile), bind(coincide::energy_kcal, &imperial_ride::kilojoules, units::kilojoule),
                                   bind(coincide::avg_speed_mps, &imperial_ride::mph, units::mile_per_hour), bind(coincide::start_lat_deg, &imperial_ride::lat, units::semicircle),
                                   bind(coincide::start_lon_deg, &imperial_ride::lon, units::semicircle)};
};

TEST_CASE("units are those of the record's meaning, once and however often it is read again, and raw bytes stay as they were", "[ledger][fault][f53]") {
    const imperial_ride host{"garmin", "1", ledgers::at_s(0), 10.0, 4184.0, 20.0, 608453700.0, 44382639.0};
    activity plain, again;
    REQUIRE(decode(encode(host), plain));
    CHECK(plain.distance_m == 16093.44);
    CHECK(*plain.energy_kcal == Approx(1000).epsilon(1e-12));
    CHECK(plain.avg_speed_mps == 20 * 0.44704);
    CHECK(*plain.start_lat_deg == Approx(51.0).margin(1e-6));
    auto bytes = encode(plain);
    for (int i = 0; i < 5; ++i) {
        REQUIRE(decode(bytes, again));
        CHECK(encode(again) == bytes);
        bytes = encode(again);
    }
    imperial_ride home;
    REQUIRE(decode(bytes, home));
    CHECK(*home.miles == Approx(10).epsilon(1e-12));
    std::string raw;
    for (int i = 0; i < 256; ++i) raw.push_back(static_cast<char>(i));
    book b;
    request in{.received = b.now};
    in.records.push_back(incoming(ride("garmin", "1"), "ann", b.policy, raw));
    b.run(in), b.run(in);
    REQUIRE(deliveries(b) == 1);
    CHECK(decode_delivery(ledgers::entries(b.store, "fr").front().value)->raw == raw);
}

TEST_CASE("ten thousand records of one start are taken in, and that not all were compared is told", "[ledger][fault][f54]") {
    const int size = test_support::sanitized ? 2500 : 10000;
    std::vector<activity> crowd;
    for (int i = 0; i < size; ++i) crowd.push_back(ride(i % 2 == 0 ? "garmin" : "strava", std::to_string(i), 0s, seconds{600 + i}, 1000 + i));
    book b;
    const auto all = b.deliver(crowd);
    CHECK(!b.failed);
    CHECK(all.left_out > 0);
    CHECK(all.answers.size() == crowd.size());
    CHECK(deliveries(b) == static_cast<std::size_t>(size));
}

TEST_CASE("one more record in a crowd is taken in as well", "[ledger][fault][f54]") {
    book b;
    b.policy.match.limits.neighbors_max = 2;
    std::vector<activity> crowd;
    for (int i = 0; i < 300; ++i) crowd.push_back(ride(i % 2 == 0 ? "garmin" : "strava", std::to_string(i), 0s, seconds{3000 + i}, 20000 + i));
    b.deliver(crowd);
    request in{.received = b.now};
    in.records.push_back(incoming(ride("wahoo", "3", 0s, 3000s, 20000), "ann", b.policy));
    CHECK(carry_out<activity>(b.store, "ann", in, b.policy, {.attempts_max = 1}).has_value());
}

TEST_CASE("a body that is cut off or unpacks to more than it may writes nothing", "[ledger][fault][f55]") {
    auto r = ride("garmin", "1");
    r.track = rides::recorded(rides::path_of({}, 50), {.noise_m = 2, .heart_rate = 140});
    const auto body = encode(r), series = encode_series(r);
    for (std::size_t n = 1; n < series.size(); ++n) {
        activity to;
        CHECK(!decode_series(std::string_view{series}.substr(0, n), to));
        CHECK(to.track.empty());
    }
    for (std::size_t n = 1; n < body.size(); ++n) {
        activity to;
        if (!decode(std::string_view{body}.substr(0, n), to)) CHECK(encode(to) == encode(activity{}));
    }
    std::string bomb;  // says that it holds 2^40 samples
    byte_writer{bomb}.count(std::uint64_t{1} << 40).raw("\1\1\1\1\1\1\1\1");
    activity to;
    CHECK(!decode_series(bomb, to));
    std::string tall;  // as many stamps as bytes, and a column that says it is longer
    byte_writer out{tall};
    out.count(4).raw(std::string(4, '\2')).count(std::uint64_t{1} << 40).byte(255);
    CHECK(!decode_series(tall, to));
    book b;
    ledger_policy narrow;
    narrow.fixes_max = 10, narrow.text_bytes_max = 10;
    request in{.received = b.now};
    in.records = {incoming(r, "ann", narrow), incoming(named(ride("strava", "9"), "longer than ten"), "ann", narrow)};
    CHECK(!b.run(in).wrote);
    CHECK(all_bytes(b).empty());
}

// --- words ------------------------------------------------------------------------------------------------------------------------

TEST_CASE("an edit of bytes that are no value of its field changes nothing else", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    int refused = 0;
    const std::string values[] = {"", "t", "r123", "l\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", "txyz", std::string("\0\0\0", 3), "d\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"};
    for (const auto* field_name : {"distance_m", "elapsed_time_s", "start_time", "tags", "device", "activity_type", "utc_offset_s", "no such field", ""})
        for (const auto& v : values) {
            b.say(said(word::edit, {garmin_1}, b.stamp_now(), field_name, v));
            refused += b.failed.has_value();
        }
    CHECK(refused >= 60);  // a few are values that may be said, such as an offset
    CHECK(ledgers::value(ledgers::group_of(b.store, "garmin", "1"), distance_m) == 25000);
    check_laws(b);
}

TEST_CASE("an edit that has no effect is not told as the athlete's own value", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    b.say(said(word::edit, {garmin_1}, b.stamp_now(), "distance_m", "no number"));
    const auto g = ledgers::group_of(b.store, "garmin", "1");
    CHECK((g.choice_of("distance_m") && g.choice_of("distance_m")->by != rule::edit));
    b.say(said(word::edit, {garmin_1}, b.stamp_now(), "no such field", "tx"));
    CHECK(!ledgers::group_of(b.store, "garmin", "1").choice_of("no such field"));
}

TEST_CASE("an edit cannot change whose record it is, nor what a source may not say", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    b.say(said(word::edit, {garmin_1}, b.stamp_now(), "athlete_id", encoded(name, "bob")));
    REQUIRE(b.failed);
    CHECK(b.failed->code == problem_code::unsupported);
    b.say(said(word::edit, {garmin_1}, b.stamp_now(), "distance_m", encoded(distance_m, -5.0)));
    CHECK(ledgers::value(ledgers::group_of(b.store, "garmin", "1"), distance_m) == 25000);
    b.say(said(word::edit, {garmin_1}, b.stamp_now(), "name", "t" + std::string(5000000, 'x')));
    CHECK(ledgers::text(ledgers::group_of(b.store, "garmin", "1"), "name").empty());
}

TEST_CASE("taking back and taking that back can go on for ever", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    auto last_done = b.version();
    for (int i = 0; i < 62 && !b.failed; ++i) last_done = b.say(undo_of(last_done, b.stamp_now())).version;
    CHECK(!b.failed);
}

TEST_CASE("taking back an unlinking, and that again, brings and takes the source", "[ledger][hostile]") {
    book b;
    b.deliver({ride("strava", "9"), ride("garmin", "1", 3s)});
    const auto linked = ledgers::state(b.store);
    const auto unlinked = b.say(unlink_of("strava", b.stamp_now())).version;
    const auto taken_back = b.say(undo_of(unlinked, b.stamp_now())).version;
    CHECK(ledgers::state(b.store) == linked);
    b.say(undo_of(taken_back, b.stamp_now()));
    CHECK(ledgers::partition(b.store) == lines{{"garmin:1"}});
    CHECK(b.deliver(ride("strava", "10", 30h)).answers.front().of == outcome::rejected);
    check_laws(b);
}

TEST_CASE("split, joined and split again is what was said last", "[ledger][hostile]") {
    book b;
    b.deliver({ride("strava", "9"), ride("garmin", "1", 3s), ride("wahoo", "3", 2s)});
    b.say(said(word::split, {strava_9}, b.stamp_now()));
    CHECK(ledgers::partition(b.store) == lines{{"garmin:1", "wahoo:3"}, {"strava:9"}});
    b.say(said(word::must, {strava_9, garmin_1}, b.stamp_now())), b.say(said(word::must, {strava_9, wahoo_3}, b.stamp_now()));
    CHECK(ledgers::groups(b.store).size() == 1);
    b.say(said(word::split, {strava_9}, b.stamp_now()));
    CHECK(ledgers::partition(b.store) == lines{{"garmin:1", "wahoo:3"}, {"strava:9"}});
    check_laws(b);
}

TEST_CASE("random deliveries, words, deletions and takings back come to what everything made anew comes to", "[ledger][hostile]") {
    rides::dice roll{4};
    for (int run = 0; run < 40; ++run) {
        book b;
        for (int i = 0; i < 12; ++i) {
            const std::string_view from = std::vector{"garmin", "strava", "wahoo"}[roll.below(3)];
            const record_key key{std::string{from}, std::to_string(roll.below(2))};
            const auto what = roll.below(8);
            b.now += 1s;
            if (what < 3) {
                auto r = ride(from, key.external_id, seconds{roll.between(0, 20)} + (key.external_id == "1" ? 3h : 0h), 3600s, static_cast<double>(roll.between(25000, 25050)));
                r.revision = roll.between(1, 9);
                b.deliver(r);
            } else if (what == 3) {
                request in{.received = b.now};
                in.records.push_back(gone(key, static_cast<double>(roll.between(1, 9))));
                b.run(in);
            } else if (what == 4) b.say(said(word::edit, {key}, b.stamp_now(), "name", encoded(name, std::to_string(i))));
            else if (what == 5 && key != record_key{"garmin", "0"}) b.say(said(roll.one_in(2) ? word::must : word::cannot, {key, {"garmin", "0"}}, b.stamp_now()));
            else if (what == 6 && b.version() > 1) b.say(undo_of(1 + roll.below(b.version()), b.stamp_now()));
            else if (what == 7) b.say(unlink_of(from, b.stamp_now()));
            REQUIRE(!b.failed);
        }
        check_laws(b);
    }
}

// --- taking out -------------------------------------------------------------------------------------------------------------------

TEST_CASE("after a source is taken out another record does not lead because that source's had been chosen to", "[ledger][hostile]") {
    book b;
    b.policy.merge.sources = {{"wahoo", 9}};
    b.deliver({ride("strava", "9"), ride("garmin", "1", 3s), ride("wahoo", "3", 2s)});
    b.say(said(word::primary, {strava_9}, b.stamp_now()));
    request erase{.received = b.now};
    erase.erase = "strava";
    b.run(erase);
    const auto leader = [&] {
        const auto g = ledgers::group_of(b.store, "wahoo", "3");
        return ledgers::name_of(g.members.at(g.primary));
    };
    REQUIRE(leader() == "wahoo:3");
    b.deliver(named(ride("wahoo", "3", 2s), "again"));
    CHECK(leader() == "wahoo:3");
}

TEST_CASE("nothing of a source is left after it was taken out, whatever came in the same request", "[ledger][hostile]") {
    book b;
    b.deliver({ride("strava", "9"), ride("garmin", "1", 3s)});
    request erase{.received = b.now};
    erase.erase = "strava";
    erase.records.push_back(incoming(ride("strava", "10", 9h), "ann", b.policy));
    b.run(erase);
    CHECK(ledgers::entries(b.store, key_writer{"fr"}.text("strava").take()).empty());
}

TEST_CASE("what an operation was answered, and what was said of a source's clocks, goes with the source", "[ledger][hostile]") {
    book b;
    request first{.received = b.now, .operation = "op 1"};
    first.records.push_back(incoming(ride("strava", "SECRET"), "ann", b.policy));
    first.records.push_back(incoming(ride("garmin", "1", 3s), "ann", b.policy));
    b.run(first);
    const auto clock_of = [](std::string_view from, std::string_view serial) {
        clock_error c;
        c.athlete_id = "ann", c.source = from, c.device_serial = serial, c.from = ledgers::at_s(0), c.to = ledgers::at_s(1000), c.ahead = 3600s;
        return c;
    };
    request clocks{.received = b.now};
    clocks.words.push_back(clocks_are(std::vector{clock_of("strava", "SECRET"), clock_of("garmin", "7")}, b.stamp_now()));
    b.run(clocks);
    request erase{.received = b.now};
    erase.erase = "strava";
    b.run(erase);
    REQUIRE(!b.failed);
    for (const auto& e : all_bytes(b)) CHECK((e.key + e.value).find("SECRET") == std::string::npos);
    const auto left = read_back<activity>(b.store, "ann");
    REQUIRE(left);
    REQUIRE(left->clocks.size() == 1);
    CHECK(left->clocks[0].device_serial == "7");
    const auto version = b.version();
    b.deliver({ride("garmin", "1", 3s)});
    CHECK(b.version() == version);  // all is derived by the clocks that are left already
    check_laws(b);
    const auto again = carry_out<activity>(b.store, "ann", first, b.policy);
    REQUIRE(again);
    CHECK(again->answers.size() == 2);
    CHECK(deliveries(b) == 1);
}

TEST_CASE("the answer to the request that takes a source out keeps none of its ids", "[ledger][hostile]") {
    book b;
    b.deliver({ride("garmin", "1")});
    request erase{.received = b.now, .operation = "op 1"};
    erase.erase = "strava";
    erase.records.push_back(incoming(ride("strava", "SECRET", 9h), "ann", b.policy));
    b.run(erase);
    REQUIRE(!b.failed);
    for (const auto& e : all_bytes(b)) CHECK((e.key + e.value).find("SECRET") == std::string::npos);
}

// --- answers ----------------------------------------------------------------------------------------------------------------------

namespace {
/// Does something after the head was read, or with the first commit.
struct meddling_store {
    memory_store& inner;
    std::function<void()> after_head{};
    bool first_commit_is_late = false;
    std::function<void()> late{};

    result<ledger_head> head(std::string_view athlete) {
        auto h = inner.head(athlete);
        if (const auto act = std::exchange(after_head, {})) act();
        return h;
    }
    result<std::vector<ledger_entry>> read(std::string_view athlete, const key_range& range, std::size_t limit) { return inner.read(athlete, range, limit); }
    commit_result commit(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        if (std::exchange(first_commit_is_late, false)) {
            late = [this, whose = std::string{athlete}, expected, writes, id] { static_cast<void>(inner.commit(whose, expected, writes, id)); };
            return commit_result::unknown;
        }
        if (const auto act = std::exchange(late, {})) act();
        return inner.commit(athlete, expected, writes, id);
    }
};
}  // namespace

TEST_CASE("the version that is answered has the record in it, also where another writer brought it meanwhile", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    meddling_store store{.inner = b.store, .after_head = [&] { b.deliver(ride("strava", "9", 3s)); }};
    request in{.received = b.now};
    in.records.push_back(incoming(ride("strava", "9", 3s), "ann", b.policy));
    const auto done = carry_out<activity>(store, "ann", in, b.policy);
    REQUIRE(done.has_value());
    CHECK(done->version == 2);
}

TEST_CASE("a commit that arrives after it was given up has no second effect", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    meddling_store store{.inner = b.store, .first_commit_is_late = true};
    request in{.received = b.now};
    in.words.push_back(said(word::edit, {garmin_1}, b.stamp_now(), "name", encoded(name, "Mine")));
    REQUIRE(carry_out<activity>(store, "ann", in, b.policy).has_value());
    CHECK(ledgers::entries(b.store, "fd").size() == 1);
}

TEST_CASE("an operation that deletes another revision is another operation", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    for (const double of_revision : {1.0, 5.0}) {
        request in{.received = b.now, .operation = "operation-7"};
        in.records.push_back(gone(garmin_1, of_revision));
        b.run(in);
    }
    CHECK((b.failed && b.failed->code == problem_code::id_reused));
}

TEST_CASE("one operation from two devices is done once", "[ledger][hostile]") {
    book b;
    b.deliver(ride("garmin", "1"));
    for (const auto* on : {"phone", "restored phone"}) {
        request in{.received = b.now, .operation = "operation-7"};
        in.words.push_back(said(word::edit, {garmin_1}, {5, 0, on}, "name", encoded(name, "Mine")));
        b.run(in);
    }
    CHECK((b.failed && b.failed->code == problem_code::id_reused));
    CHECK(ledgers::entries(b.store, "fd").size() == 1);
}

TEST_CASE("an athlete's own ranks count also for records that do not name the athlete", "[ledger][hostile]") {
    book b;
    b.policy.merge.of_athlete["ann"] = {{"strava", 9}};
    auto watch = ride("garmin", "1"), service = ride("strava", "9", 3s);
    watch.athlete_id.clear(), service.athlete_id.clear();
    b.deliver({watch, service});
    const auto g = ledgers::group_of(b.store, "garmin", "1");
    CHECK(g.members.at(g.primary) == strava_9);
}

// --- damage -----------------------------------------------------------------------------------------------------------------------

TEST_CASE("one damaged value breaks no more than what it said", "[ledger][hostile]") {
    const auto path = rides::path_of({.speed_mps = 7}, 120);
    const auto prepare = [&](book& b) {
        b.deliver({rides::ride_along("garmin", "1", ledgers::at_s(0), path, 7, {.noise_m = 2, .heart_rate = 140, .seed = 1}), rides::ride_along("strava", "9", ledgers::at_s(0), path, 7, {.noise_m = 4, .seed = 3})});
        b.say(said(word::edit, {garmin_1}, b.stamp_now(), "name", encoded(name, "x")));
        auto lost = ride("coros", "7");
        lost.clock_unset = true;
        b.deliver(lost);
    };
    rides::dice roll{9};
    for (int i = 0; i < 60; ++i) {
        book b;
        prepare(b);
        auto all = all_bytes(b);
        std::erase_if(all, [](const ledger_entry& e) { return e.key.starts_with("cl") || e.key.starts_with("dn") || e.key.starts_with("bl"); });
        auto& e = all[roll.below(all.size())];
        if (roll.one_in(3)) e.value.resize(roll.below(e.value.size() + 1));
        else
            for (auto n = roll.below(3); n < 3 && !e.value.empty(); ++n) e.value[roll.below(e.value.size())] = static_cast<char>(roll.one_in(3) ? 255 : roll.below(256));
        write_set damage;
        damage.puts.push_back(e);
        REQUIRE(b.store.commit("ann", *b.store.head("ann"), damage, {}) == commit_result::ok);
        b.deliver(ride("wahoo", "3", 2s));
        b.say(said(word::edit, {garmin_1}, b.stamp_now(), "notes", encoded(notes, "x")));
        b.say(said(word::split, {strava_9}, b.stamp_now()));
        b.say(undo_of(1, b.stamp_now()));
        b.policy.match.limits.component_max += 1;
        b.run({.received = b.now});
        CHECK(ledgers::group_of(b.store, "wahoo", "3").members.size() >= 1);
    }
}

TEST_CASE("what was damaged is not read back as if it had never been", "[ledger][hostile]") {
    book b;
    const auto path = rides::path_of({.speed_mps = 7}, 120);
    b.deliver({rides::ride_along("garmin", "1", ledgers::at_s(0), path, 7, {.noise_m = 2, .heart_rate = 140, .seed = 1}), ride("strava", "9")});
    b.say(said(word::must, {garmin_1, strava_9}, b.stamp_now()));
    clock_error late;
    late.source = "strava", late.ahead = 3600s;
    b.say(clocks_are(std::vector{late}, b.stamp_now()));
    REQUIRE(read_back<activity>(b.store, "ann"));
    std::size_t damaged = 0;
    for (const auto& e : all_bytes(b)) {
        if (!e.key.starts_with("fr") && !e.key.starts_with("fd") && !e.key.starts_with("bl") && !e.key.starts_with("dg") && !e.key.starts_with("dmj")) continue;
        const auto put = [&](const std::string& value) {
            const std::vector<ledger_entry> one{{e.key, value}};
            REQUIRE(b.store.commit("ann", *b.store.head("ann"), {.puts = one, .deletes = {}}, {}) == commit_result::ok);
        };
        put(e.value.substr(0, e.value.size() / 2));
        const auto got = read_back<activity>(b.store, "ann");
        INFO(e.key);
        CHECK((!got && got.error().code == problem_code::malformed));
        put(e.value);
        ++damaged;
    }
    CHECK(damaged >= 7);
    CHECK(read_back<activity>(b.store, "ann"));
    const auto series = ledgers::entries(b.store, "bl");
    REQUIRE(series.size() == 1);
    const std::vector<std::string> gone{series[0].key};
    REQUIRE(b.store.commit("ann", *b.store.head("ann"), {.puts = {}, .deletes = gone}, {}) == commit_result::ok);
    CHECK(!read_back<activity>(b.store, "ann"));
}

TEST_CASE("a start at the end of time has no tracks that would overflow", "[ledger][hostile]") {
    activity r;
    r.start_time = instant::max();
    r.track.push({.t = 0s, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 140}), r.track.push({.t = 5s, .lat_deg = 51, .lon_deg = 3, .hr_bpm = 140}), r.track.finish();
    const auto tracks = prepare_tracks(r);
    CHECK(tracks.path.lat.empty());
    CHECK(tracks.values[0].value.empty());
}

TEST_CASE("an operation whose answers were damaged is not answered with half of them", "[ledger][hostile]") {
    book b;
    request op{.received = b.now, .operation = "op 1"};
    op.records.push_back(incoming(ride("garmin", "1"), "ann", b.policy)), op.records.push_back(incoming(ride("strava", "9", 9h), "ann", b.policy));
    REQUIRE(carry_out<activity>(b.store, "ann", op, b.policy)->answers.size() == 2);
    CHECK(carry_out<activity>(b.store, "ann", op, b.policy)->answers.size() == 2);
    const auto kept = ledgers::entries(b.store, "fo");
    REQUIRE(kept.size() == 1);
    const std::vector<ledger_entry> cut{{kept[0].key, kept[0].value.substr(0, kept[0].value.size() - 3)}};
    REQUIRE(b.store.commit("ann", *b.store.head("ann"), {.puts = cut, .deletes = {}}, {}) == commit_result::ok);
    const auto again = carry_out<activity>(b.store, "ann", op, b.policy);
    REQUIRE(!again);
    CHECK(again.error().code == problem_code::malformed);
    CHECK(deliveries(b) == 2);
    request erase{.received = b.now};
    erase.erase = "wahoo";
    b.run(erase);  // does not make it look whole
    CHECK(!carry_out<activity>(b.store, "ann", op, b.policy));
}

TEST_CASE("an update beyond all time is known when it comes again", "[ledger][hostile]") {
    book b;
    auto odd = ride("garmin", "1");
    odd.updated_at = instant{milliseconds{2000000000000000}};  // microseconds, taken for milliseconds
    b.deliver({odd});
    CHECK(b.deliver({odd}).answers.at(0).of == outcome::unchanged);
    CHECK(deliveries(b) == 1);
}

TEST_CASE("times in damaged bytes are none that overflow", "[ledger][hostile]") {
    record_header far;
    far.start = instant::max(), far.of.sig.start_ms = std::numeric_limits<std::int64_t>::min(), far.of.elapsed_ms = std::numeric_limits<std::int64_t>::max();
    const auto back = decode_header(encode(far));
    REQUIRE(back);
    CHECK(back->start - instant{} == milliseconds{1000000000000000});
    CHECK(back->of.sig.end_ms() == -1000000000000000);
    CHECK(back->of.elapsed_ms == 1000000000000000);
    far.of.perhaps_ahead_s = std::numeric_limits<std::int32_t>::min();
    CHECK(decode_header(encode(far))->of.perhaps_ahead_s == -1000000000);
    delivery_fact later;
    later.received = instant::min(), later.updated_at = instant::max(), later.revision = std::numeric_limits<double>::quiet_NaN();
    const auto fact = decode_delivery(encode(later));
    REQUIRE(fact);
    CHECK(fact->received - instant{} == milliseconds{-1000000000000000});
    CHECK_FALSE(fact->revision);  // it would have no place in the order of deliveries
}

TEST_CASE("a delivery of no revision that is a number is known when it comes again", "[ledger][hostile]") {
    book b;
    request odd{.received = b.now};
    odd.records.push_back(incoming(ride("garmin", "1"), "ann", b.policy));
    odd.records[0].fact.revision = std::numeric_limits<double>::quiet_NaN();
    REQUIRE(carry_out<activity>(b.store, "ann", odd, b.policy));
    const auto again = carry_out<activity>(b.store, "ann", odd, b.policy);
    REQUIRE(again);
    CHECK(again->answers.at(0).of == outcome::unchanged);
    CHECK(deliveries(b) == 1);
}

TEST_CASE("samples whose columns are not of one length are refused, and the rest of the athlete's records can be read", "[ledger][hostile]") {
    book b;
    auto uneven = ride("garmin", "1");
    uneven.track.push({.t = 0s, .lat_deg = 51, .lon_deg = 3}), uneven.track.push({.t = 1s, .lat_deg = 51, .lon_deg = 3}), uneven.track.finish();
    auto still = ride("wahoo", "3");
    still.streams = uneven.track;
    uneven.track.values[samples::hr] = {120};
    still.streams.lat.push_back(51);
    const auto answers = b.deliver({uneven, ride("strava", "9"), still}).answers;
    REQUIRE(answers.size() == 3);
    for (const auto i : {std::size_t{0}, std::size_t{2}}) {
        REQUIRE(answers[i].wrong);
        CHECK(answers[i].wrong->code == problem_code::unequal_lengths);
    }
    const auto all = read_back<activity>(b.store, "ann");
    REQUIRE(all);
    CHECK(all->records.size() == 1);
}

TEST_CASE("a clock that was never set finds its ride among hundreds of one place, whatever came first", "[ledger][hostile]") {
    const auto path = rides::path_of({.speed_mps = 7}, 120);
    auto lost = rides::ride_along("garmin", "lost", ledgers::at_s(0), path, 7, {.noise_m = 2, .seed = 1});
    lost.elapsed = 3600s, lost.clock_unset = true, lost.start_time = instant{};
    auto true_ride = rides::ride_along("strava", "true", ledgers::at_s(0), path, 7, {.noise_m = 2, .seed = 2});
    true_ride.elapsed = 3700s;
    std::vector<activity> others;
    for (int i = 0; i < 300; ++i) {
        auto r = rides::activity_of("wahoo", std::to_string(i), ledgers::at_s(86400 * (i + 1)), std::chrono::seconds{3601 + i % 60}, 0, "cycling");
        for (int k = 0; k < 3; ++k) r.track.push({.t = std::chrono::seconds{k}, .lat_deg = path[0].lat, .lon_deg = path[0].lon + 1e-5 * k});
        r.track.finish();
        others.push_back(r);
    }
    book first, last, at_once;
    first.deliver({lost, true_ride}), first.deliver(others);
    last.deliver(others), last.deliver({lost, true_ride});
    auto all = others;
    all.push_back(lost), all.push_back(true_ride);
    at_once.deliver(all);
    CHECK(ledgers::told(first.store) == ledgers::told(last.store));
    CHECK(ledgers::told(first.store) == ledgers::told(at_once.store));
}

TEST_CASE("a long chain of undos, each of the two before it, takes no longer than it is long", "[ledger][hostile]") {
    memory_store store{7};
    const ledger_policy policy;
    const auto now = ledgers::at_s(100000);
    REQUIRE(ingest(store, "ann", std::vector{ride("garmin", "1")}, policy, now));
    REQUIRE(ingest(store, "ann", std::vector{ride("strava", "9", 90000s)}, policy, now));
    for (int i = 0; i < 60; ++i) {  // by all ways through them, the last would look 10^12 times
        request both{.received = now};
        const auto version = store.head("ann")->version;
        both.words.push_back(undo_of(version, {i + 1, 0, "phone"}));
        both.words.push_back(undo_of(version - 1, {i + 1, 0, "phone"}));
        REQUIRE(carry_out<activity>(store, "ann", both, policy));
    }
    CHECK(store.head("ann")->version == 62);
}

TEST_CASE("a key that was cut to its first letters is passed over", "[ledger][hostile]") {
    memory_store store{7};
    const ledger_policy policy;
    const auto now = ledgers::at_s(100000);
    REQUIRE(ingest(store, "ann", std::vector{ride("garmin", "1")}, policy, now));
    const std::vector<ledger_entry> cut{{"dm", ""}};
    REQUIRE(store.commit("ann", *store.head("ann"), {.puts = cut, .deletes = {}}, commit_id{9}) == commit_result::ok);
    CHECK(ingest(store, "ann", std::vector{ride("wahoo", "2", 90000s)}, policy, now));
}

// SPDX-License-Identifier: BSL-1.0
//
// When a record began, where its clock stood, and how sure that is.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>

#include <catch2/catch.hpp>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
constexpr std::string_view needs[] = {"/id"};
constexpr moment_rule utc_start[] = {{"/start", stamp::text, zone_rule::utc}};
constexpr moment_rule local_start[] = {{"/start", stamp::text, zone_rule::local}};
constexpr moment_rule written_start[] = {{"/start"}};
constexpr moment_rule written_end[] = {{"/end"}};
constexpr number_rule lengths[] = {take(elapsed, "/elapsed"), take(timer, "/timer"), take(moving, "/moving")};

profile with_start(std::span<const moment_rule> start) {
    return {.name = "test", .source = "testing", .needs = needs, .start = start, .numbers = lengths, .says = says};
}
flat_payload at(const char* start) { return {{"/id", "7"}, {"/start", start}}; }
instant time(std::string_view text) { return parse_rfc3339(text)->at; }

std::string problem_of(const result<normalized>& r) {
    if (r) return "none";
    return std::string{to_string(r.error().code)}.append(" ").append(r.error().field).append(" ").append(r.error().path);
}
std::string remark_of(const result<normalized>& r) {
    if (!r || r->remarks.size() != 1) return "not one";
    return std::string{to_string(r->remarks[0].code)}.append(" ").append(r->remarks[0].field).append(" ").append(r->remarks[0].path);
}

/// "2025-03-30T00:45:10Z+3600", "…±50400": start, offset, precision.
std::string clock_of(const result<normalized>& r) {
    if (!r) return problem_of(r);
    auto out = format_rfc3339(r->record.start_time);
    if (r->record.utc_offset) out += (*r->record.utc_offset < 0s ? "" : "+") + std::to_string(r->record.utc_offset->count());
    if (r->record.start_precision) out += "±" + std::to_string(r->record.start_precision->count());
    return out;
}

/// Berlin, as a host with a database would say it: summer time from 2025-03-30T01:00Z to 2025-10-26T01:00Z.
bool berlin_summer(instant at) { return at >= instant{1743296400s} && at < instant{1761440400s}; }
const zone_database berlin{
    [](std::string_view zone, instant at) -> std::optional<seconds> {
        if (zone != "Europe/Berlin") return std::nullopt;
        return berlin_summer(at) ? 2h : 1h;
    },
    [](std::string_view zone, instant local) -> std::optional<seconds> {
        if (zone != "Europe/Berlin") return std::nullopt;
        return berlin_summer(local - 2h) ? 2h : 1h;
    }};

}  // namespace

TEST_CASE("the first moment that can be read is the start; without any there is no record", "[normalize][clock]") {
    constexpr moment_rule moments[] = {{"/a", stamp::unix_ms}, {"/a", stamp::text, zone_rule::utc}, {"/b", stamp::text, zone_rule::utc}};
    const auto by = with_start(moments);
    const flat_payload none{{"/id", "7"}};
    CHECK(clock_of(normalize(none.with({{"/a", 1743295510000}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(clock_of(normalize(none.with({{"/a", "2025-03-30 00:45:10"}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(clock_of(normalize(none.with({{"/b", "2025-03-30T00:45:10Z"}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(clock_of(normalize(none.with({{"/a", "?"}, {"/b", "2025-03-30T00:45:10Z"}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(problem_of(normalize(none, by)) == "missing_key start_time /a");
    CHECK(problem_of(normalize(none.with({{"/a", "soon"}}), by)) == "bad_time start_time /a");
    CHECK(problem_of(normalize(none.with({{"/b", 12}}), by)) == "bad_time start_time /b");
    CHECK(problem_of(normalize(none.with({{"/b", flat_value::structured()}}), by)) == "bad_time start_time /b");
}

TEST_CASE("starts before 1970 and after 2199 are no activity's", "[normalize][clock][reject]") {
    const auto by = with_start(utc_start);
    for (const char* start : {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
        CHECK(problem_of(normalize(at(start), by)) == "out_of_range start_time /start");
    CHECK(clock_of(normalize(at("1970-01-01T00:00:00Z"), by)) == "1970-01-01T00:00:00Z");
    CHECK(clock_of(normalize(at("2199-12-31T23:59:59Z"), by)) == "2199-12-31T23:59:59Z");
    CHECK(clock_of(normalize(at("2016-12-31T23:59:60Z"), by)) == "2017-01-01T00:00:00Z");
}

TEST_CASE("local time is made an instant by its offset, in whatever unit that is told", "[normalize][clock][trap]") {
    const auto offset = [](const offset_rule& rule, const flat_value& v) {
        auto by = with_start(local_start);
        by.offset = {&rule, 1};
        return clock_of(normalize(at("2025-03-30T01:45:10Z").with({{"/offset", v}}), by));
    };
    CHECK(offset(offset_as("/offset", units::second), 3600) == "2025-03-30T00:45:10Z+3600");
    CHECK(offset(offset_as("/offset", units::minute), 60) == "2025-03-30T00:45:10Z+3600");
    CHECK(offset(offset_as("/offset", units::minute), -210) == "2025-03-30T05:15:10Z-12600");
    CHECK(offset(offset_as("/offset", units::hour), 5.75) == "2025-03-29T20:00:10Z+20700");  // Nepal
    CHECK(offset(offset_as("/offset", units::quarter_hour), 32) == "2025-03-29T17:45:10Z+28800");
    CHECK(offset(offset_as("/offset", units::quarter_hour), 55) == "2025-03-29T12:00:10Z+49500");  // Chatham in summer
    CHECK(offset(offset_as("/offset", units::millisecond), 3600000) == "2025-03-30T00:45:10Z+3600");
    CHECK(offset(offset_as("/offset", units::millisecond), "3600000") == "2025-03-30T00:45:10Z+3600");
    CHECK(offset(offset_as("/offset", units::hour), 0) == "2025-03-30T01:45:10Z+0");
    CHECK(offset(offset_text("/offset"), "UTC-0500") == "2025-03-30T06:45:10Z-18000");
    CHECK(offset(offset_text("/offset"), "+05:30") == "2025-03-29T20:15:10Z+19800");
    CHECK(offset(offset_text("/offset"), "3600s") == "2025-03-30T00:45:10Z+3600");
}

TEST_CASE("the difference of two fields is the offset: local digits against UTC, as text or as a shifted epoch", "[normalize][clock][trap]") {
    constexpr offset_rule texts_apart[] = {local_at("/local")}, epochs_apart[] = {local_at("/local", stamp::unix_ms)};
    constexpr offset_rule other_field[] = {local_at("/device", stamp::unix_s, "/created")};
    auto by = with_start(utc_start);
    by.offset = texts_apart;
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/local", "2025-03-30T02:45:10Z"}}), by)) == "2025-03-30T00:45:10Z+7200");
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/local", "2025-03-29 21:15:10"}}), by)) == "2025-03-30T00:45:10Z-12600");
    by.offset = epochs_apart;
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/local", 1743302710000}}), by)) == "2025-03-30T00:45:10Z+7200");
    by.offset = other_field;
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/device", 1743302000}, {"/created", 1743294800}}), by)) == "2025-03-30T00:45:10Z+7200");
    CHECK(remark_of(normalize(at("2025-03-30T00:45:10Z").with({{"/device", 1743302000}}), by)) == "offset_conflict utc_offset_s /device");
}

TEST_CASE("an offset that no place has is left out and told", "[normalize][clock]") {
    constexpr offset_rule rule[] = {offset_as("/offset", units::second)};
    auto by = with_start(utc_start);
    by.offset = rule;
    for (const flat_value& v : {flat_value{50401}, flat_value{54000}, flat_value{-54000}, flat_value{3601}, flat_value{60}, flat_value{1e300}, flat_value{"east"}, flat_value{true}}) {
        const auto got = normalize(at("2025-03-30T00:45:10Z").with({{"/offset", v}}), by);
        CHECK(clock_of(got) == "2025-03-30T00:45:10Z");
        CHECK(remark_of(got) == "offset_conflict utc_offset_s /offset");
    }
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/offset", 50400}}), by)) == "2025-03-30T00:45:10Z+50400");
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/offset", -43200}}), by)) == "2025-03-30T00:45:10Z-43200");
}

// place_start checks only offsets of fields of their own, not the one that stands in the time itself.
TEST_CASE("an offset in the time that no place has is left out and told too; the instant is right", "[normalize][clock]") {
    const auto got = normalize(at("2025-03-30T23:44:10+22:59"), with_start(written_start));
    REQUIRE(got->record.start_time == time("2025-03-30T00:45:10Z"));
    CHECK(remark_of(got) == "offset_conflict utc_offset_s /start");
}

TEST_CASE("local time alone keeps its doubt: digits as if UTC, 14 hours each way", "[normalize][clock][trap]") {
    const auto got = normalize(at("2025-03-30T01:45:10"), with_start(local_start));
    CHECK(clock_of(got) == "2025-03-30T01:45:10Z±50400");
    CHECK(remark_of(got) == "zone_unknown start_time /start");
    CHECK(clock_of(normalize(at("2025-03-30T01:45"), with_start(written_start))) == "2025-03-30T01:45:00Z±50400");
    normalize_options unhelpful;
    unhelpful.default_zone = "Europe/Berlin";  // without a database
    CHECK(clock_of(normalize(at("2025-03-30T01:45:10"), with_start(local_start), unhelpful)) == "2025-03-30T01:45:10Z±50400");
}

TEST_CASE("a zone name resolves with a database, before and after the clocks change", "[normalize][clock]") {
    auto by = with_start(local_start);
    by.zone = "/zone";
    normalize_options options;
    options.zones = berlin;
    const auto in = [&](const char* local, const char* zone) { return clock_of(normalize(at(local).with({{"/zone", zone}}), by, options)); };
    CHECK(in("2025-03-30T01:45:10", "Europe/Berlin") == "2025-03-30T00:45:10Z+3600");
    CHECK(in("2025-03-30T03:15:10", "Europe/Berlin") == "2025-03-30T01:15:10Z+7200");
    CHECK(in("2025-03-30T03:15:10", "(GMT+01:00) Europe/Berlin") == "2025-03-30T01:15:10Z+7200");
    CHECK(in("2025-03-30T03:15:10", "Mars/Olympus") == "2025-03-30T03:15:10Z±50400");
    CHECK(in("2025-03-30T03:15:10", "Etc/GMT+6") == "2025-03-30T09:15:10Z-21600");
    CHECK(normalize(at("2025-03-30T03:15:10").with({{"/zone", "(GMT+01:00) Europe/Berlin"}}), by, options)->record.timezone == "Europe/Berlin");

    by.start = utc_start;
    CHECK(in("2025-03-30T00:59:59Z", "Europe/Berlin") == "2025-03-30T00:59:59Z+3600");
    CHECK(in("2025-03-30T01:00:00Z", "Europe/Berlin") == "2025-03-30T01:00:00Z+7200");

    by.start = local_start, options.default_zone = "Europe/Berlin";
    CHECK(clock_of(normalize(at("2025-03-30T03:15:10"), by, options)) == "2025-03-30T01:15:10Z+7200");
    CHECK(in("2025-03-30T03:15:10", "UTC") == "2025-03-30T03:15:10Z+0");  // the record's own zone counts first
}

TEST_CASE("an offset that is the phone's at export time is not the place's", "[normalize][clock][trap]") {
    auto by = with_start(written_start);
    CHECK(clock_of(normalize(at("2016-11-14 08:25:41 -0700"), by)) == "2016-11-14T15:25:41Z-25200");
    by.offset_untrusted = true, by.zone = "/zone";
    CHECK(clock_of(normalize(at("2016-11-14 08:25:41 -0700"), by)) == "2016-11-14T15:25:41Z");
    normalize_options options;
    options.zones = berlin;
    CHECK(clock_of(normalize(at("2016-11-14 08:25:41 -0700").with({{"/zone", "Europe/Berlin"}}), by, options)) == "2016-11-14T15:25:41Z+3600");
}

TEST_CASE("the end gives the elapsed time, where both ends are of one kind", "[normalize][clock]") {
    auto by = with_start(written_start);
    by.end = written_end;
    const auto spans = [&](const char* start, const char* end) { return normalize(at(start).with({{"/end", end}}), by); };
    CHECK(spans("2025-03-30T00:45:10Z", "2025-03-30T01:45:10.250Z")->record.elapsed == 3600250ms);
    CHECK(spans("2025-03-30T01:45:10+01:00", "2025-03-30T03:45:10+02:00")->record.elapsed == 1h);  // the clocks changed in between
    CHECK(spans("2025-03-30T01:45:10", "2025-03-30T02:45:10")->record.elapsed == 1h);
    CHECK(spans("2025-03-30T02:45:10+02:00", "2025-03-30T03:45:10")->record.elapsed == 1h);
    CHECK_FALSE(spans("2025-03-30T01:45:10", "2025-03-30T02:45:10Z")->record.elapsed);  // digits and an instant have no difference
    CHECK_FALSE(spans("2025-03-30T01:45:10Z", "2025-03-30T02:45:10")->record.elapsed);
    CHECK_FALSE(spans("2025-03-30T00:45:10Z", "2025-03-30T00:45:10Z")->record.elapsed);  // unfinished
    CHECK(problem_of(spans("2025-03-30T00:45:10Z", "2025-03-30T00:45:09Z")) == "negative elapsed_time_s /end");
    CHECK(problem_of(spans("2025-03-30T00:45:10Z", "later")) == "bad_time elapsed_time_s /end");
    CHECK(problem_of(spans("2025-03-30T00:45:10Z", "2026-04-30T00:45:10Z")).starts_with("out_of_range elapsed_time_s"));
    CHECK_FALSE(normalize(at("2025-03-30T00:45:10Z"), by)->record.elapsed);
    CHECK(normalize(at("2025-03-30T00:45:10Z").with({{"/end", "2025-03-30T01:45:10Z"}, {"/elapsed", 60}}), by)->record.elapsed == 60s);  // what the source says itself
}

TEST_CASE("a record stamped at its end began earlier by its length", "[normalize][clock][trap]") {
    auto by = with_start(utc_start);
    by.end_stamped = true;
    const auto rowed = at("2025-03-30T01:45:10Z");
    CHECK(clock_of(normalize(rowed.with({{"/elapsed", 3600}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(clock_of(normalize(rowed.with({{"/elapsed", 3600}, {"/moving", 60}}), by)) == "2025-03-30T00:45:10Z");
    CHECK(clock_of(normalize(rowed.with({{"/timer", 3600.5}}), by)) == "2025-03-30T00:45:09.500Z");
    CHECK(clock_of(normalize(rowed.with({{"/moving", 3600}}), by)) == "2025-03-30T00:45:10Z");
    CHECK_FALSE(normalize(rowed.with({{"/moving", 3600}}), by)->record.elapsed);  // a duration is never copied into another
    CHECK(problem_of(normalize(rowed, by)) == "missing_key elapsed_time_s /start");

    by.start = local_start, by.zone = "/zone";
    normalize_options options;
    options.zones = berlin;
    const auto over_the_change = at("2025-03-30T03:15:00").with({{"/zone", "Europe/Berlin"}, {"/elapsed", 1800}});
    CHECK(clock_of(normalize(over_the_change, by, options)) == "2025-03-30T00:45:00Z+3600");  // it was still winter time
}

TEST_CASE("pauses are taken off the elapsed time, where there are any", "[normalize][clock]") {
    auto by = with_start(utc_start);
    by.pauses = take(moving, "/pauses");
    const auto walk = at("2025-03-30T00:45:10Z").with({{"/elapsed", 5064}});
    CHECK(normalize(walk.with({{"/pauses", 3381}}), by)->record.moving == 1683s);
    CHECK_FALSE(normalize(walk.with({{"/pauses", 0}}), by)->record.moving);
    CHECK_FALSE(normalize(walk.with({{"/pauses", 5064}}), by)->record.moving);
    CHECK_FALSE(normalize(walk, by)->record.moving);
    CHECK(normalize(walk.with({{"/pauses", 3381}, {"/moving", 1600}}), by)->record.moving == 1600s);
    CHECK(problem_of(normalize(walk.with({{"/pauses", -1}}), by)) == "negative moving_time_s /pauses");
    CHECK(problem_of(normalize(walk.with({{"/pauses", "long"}}), by)) == "wrong_type moving_time_s /pauses");
}

TEST_CASE("a start that was detected, or typed in as a day, is as coarse as the source says", "[normalize][clock]") {
    constexpr precision_rule rules[] = {{"/how", "detected", 60s}, {"/timed", "false", 86400s}};
    auto by = with_start(utc_start);
    by.precision = rules;
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/how", "detected"}}), by)) == "2025-03-30T00:45:10Z±60");
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/timed", false}}), by)) == "2025-03-30T00:45:10Z±86400");
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10Z").with({{"/how", "manual"}, {"/timed", true}}), by)) == "2025-03-30T00:45:10Z");
}

// A precision rule replaces what was known before, even where that was coarser.
TEST_CASE("of several doubts about a start the largest counts", "[normalize][clock]") {
    constexpr precision_rule rules[] = {{"/how", "detected", 60s}, {"/how", "at once", 1s}};
    auto by = with_start(local_start);
    by.precision = rules;
    CHECK(clock_of(normalize(at("2025-03-30T00:45:10").with({{"/how", "detected"}}), by)) == "2025-03-30T00:45:10Z±50400");
    by.start = utc_start;
    CHECK(clock_of(normalize(at("2025-03-30T00:45").with({{"/how", "at once"}}), by)) == "2025-03-30T00:45:00Z±60");
}

TEST_CASE("a day and a time of day may stand in two fields", "[normalize][clock]") {
    constexpr moment_rule two_fields[] = {{"/time", stamp::text, zone_rule::local, "/day"}};
    const auto by = with_start(two_fields);
    CHECK(clock_of(normalize(flat_payload{{"/id", "7"}, {"/day", "2025-03-30"}, {"/time", "14:03"}}, by)) == "2025-03-30T14:03:00Z±50400");
    CHECK(problem_of(normalize(flat_payload{{"/id", "7"}, {"/time", "14:03"}}, by)) == "bad_time start_time /time");
    CHECK(problem_of(normalize(flat_payload{{"/id", "7"}, {"/day", 20250330}, {"/time", "14:03"}}, by)) == "bad_time start_time /time");
}

TEST_CASE("an epoch of another scale is read, and remarked as chosen", "[normalize][clock][trap]") {
    constexpr moment_rule seconds_or_not[] = {{"/start", stamp::unix_s}};
    const auto got = normalize(flat_payload{{"/id", "7"}, {"/start", 1743295510000}}, with_start(seconds_or_not));
    CHECK(clock_of(got) == "2025-03-30T00:45:10Z");
    CHECK(remark_of(got) == "unit_chosen start_time /start");
}

TEST_CASE("the revision time is kept where it is an instant that can be", "[normalize][clock]") {
    constexpr moment_rule updated[] = {{"/changed"}, {"/made"}};
    auto by = with_start(utc_start);
    by.updated = updated;
    const auto read = [&](const char* changed, const char* made) { return *normalize(at("2025-03-30T00:45:10Z").with({{"/changed", changed}, {"/made", made}}), by); };
    const auto when = [&](const char* changed, const char* made) { return read(changed, made).record.updated_at; };
    CHECK(when("2025-03-31T00:00:00Z", "2025-03-30T12:00:00Z") == time("2025-03-31T00:00:00Z"));
    CHECK(when("2025-03-31T00:00:00", "2025-03-30T12:00:00Z") == time("2025-03-30T12:00:00Z"));
    CHECK(when("9999-01-01T00:00:00Z", "never") == std::nullopt);
    CHECK(read("2025-03-31T00:00:00", "2025-03-30T12:00:00Z").remarks.empty());
    CHECK(remark_of(read("never", "9999-01-01T00:00:00Z")) == "out_of_range updated_at /made");
    CHECK(remark_of(read("9999-01-01T00:00:00Z", "never")) == "bad_time updated_at /made");
}

TEST_CASE("a record that says it is no activity is told apart from a broken one", "[normalize][reject]") {
    constexpr sport_hint none[] = {{"/category", "128", {}, {}}, {"/kind", "DayOff", {}, {}}};
    auto by = with_start(utc_start);
    by.not_activities = none;
    CHECK(problem_of(normalize(flat_payload{{"/category", 128}}, by)) == "no_activity  /category");
    CHECK(problem_of(normalize(flat_payload{{"/kind", "DayOff"}}, by)) == "no_activity  /kind");
    CHECK(problem_of(normalize(at("2025-03-30T00:45:10Z").with({{"/category", 12}}), by)) == "none");
}

// SPDX-License-Identifier: BSL-1.0
//
// Named zones with date's tz library, which reconcile links; the system's time-zone database is read.
#include "../support/flat_payload.hpp"

#include <coincide/adapters/date_tz.hpp>
#include <coincide/normalize/normalize.hpp>

#include <catch2/catch.hpp>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

instant time(std::string_view text) { return parse_rfc3339(text)->at; }

constexpr moment_rule start[] = {{"/start", stamp::text, zone_rule::local}};
constexpr moment_rule end[] = {{"/end", stamp::text, zone_rule::local}};
constexpr text_rule says[] = {say_id(texts::external_id, "/id")};
constexpr std::string_view needs[] = {"/id"};
constexpr number_rule lengths[] = {take(elapsed, "/seconds")};
constexpr profile local_clock{.name = "test", .source = "testing", .needs = needs, .start = start, .zone = "/zone", .numbers = {}, .says = says};

/// "2025-03-30T00:45:10Z+3600", with "?" when the zone is not known.
std::string clock_of(std::string_view local, std::string_view zone, const profile& by = local_clock) {
    const flat_payload ride{{"/id", "7"}, {"/start", std::string{local}}, {"/zone", std::string{zone}}, {"/seconds", 7200}};
    const auto got = normalize(ride, by, {.zones = date_zones(), .default_zone = {}});
    if (!got) return std::string{to_string(got.error().code)};
    return format_rfc3339(got->record.start_time) + (got->record.utc_offset ? (*got->record.utc_offset < 0s ? "" : "+") + std::to_string(got->record.utc_offset->count()) : "?");
}

}  // namespace

TEST_CASE("a zone name gives the offset of the day, also of quarter hours", "[zones]") {
    const auto zones = date_zones();
    CHECK(zones.at_instant("Europe/Berlin", time("2025-03-30T00:59:59Z")) == 1h);
    CHECK(zones.at_instant("Europe/Berlin", time("2025-03-30T01:00:00Z")) == 2h);
    CHECK(zones.at_instant("Asia/Kathmandu", time("2025-03-30T00:00:00Z")) == 5h + 45min);
    CHECK(zones.at_instant("Pacific/Chatham", time("2025-01-01T00:00:00Z")) == 13h + 45min);
    CHECK(zones.at_instant("Pacific/Chatham", time("2025-07-01T00:00:00Z")) == 12h + 45min);
    CHECK(zones.at_instant("Pacific/Kiritimati", time("2025-01-01T00:00:00Z")) == 14h);
    CHECK(zones.at_instant("America/St_Johns", time("2025-01-01T00:00:00Z")) == -3h - 30min);
    CHECK(zones.at_instant("Australia/Lord_Howe", time("2025-07-01T00:00:00Z")) == 10h + 30min);
    CHECK(zones.at_local("America/Los_Angeles", time("2016-11-14T07:25:41Z")) == -8h);
}

TEST_CASE("of an hour that comes twice the first counts, and one that does not come is read by the offset before it", "[zones][trap]") {
    CHECK(clock_of("2025-10-26T02:30:00", "Europe/Berlin") == "2025-10-26T00:30:00Z+7200");
    CHECK(clock_of("2025-10-26T03:30:00", "Europe/Berlin") == "2025-10-26T02:30:00Z+3600");
    CHECK(clock_of("2025-03-30T02:30:00", "Europe/Berlin") == "2025-03-30T01:30:00Z+3600");
    CHECK(clock_of("2025-03-30T03:30:00", "Europe/Berlin") == "2025-03-30T01:30:00Z+7200");
    CHECK(clock_of("2025-11-02T01:30:00", "America/New_York") == "2025-11-02T05:30:00Z-14400");
}

TEST_CASE("an end-stamped record over the change of clocks has the offset of its start", "[zones][trap]") {
    auto by = local_clock;
    by.numbers = lengths, by.end_stamped = true;
    CHECK(clock_of("2025-03-30T03:30:00", "Europe/Berlin", by) == "2025-03-29T23:30:00Z+3600");
    CHECK(clock_of("2025-10-26T03:30:00", "Europe/Berlin", by) == "2025-10-26T00:30:00Z+7200");
}

// place_end takes the offset of the start for local digits of the end.
TEST_CASE("start and end in local digits over the change of clocks are as far apart as they were", "[zones][trap]") {
    auto by = local_clock;
    by.end = end;
    const flat_payload night{{"/id", "7"}, {"/start", "2025-03-30T01:30:00"}, {"/end", "2025-03-30T03:30:00"}, {"/zone", "Europe/Berlin"}};
    CHECK(normalize(night, by, {.zones = date_zones(), .default_zone = {}})->record.elapsed == 1h);
}

TEST_CASE("names that are no zone, and times outside all tables, fail nothing", "[zones][hostile]") {
    for (const char* zone : {"", " ", "europe/berlin", "Europe/Atlantis", "Berlin", "../../../etc/passwd", "/etc/localtime", "Europe/Berlin\n", "+02:00"})
        CHECK(clock_of("2025-03-30T03:30:00", zone) == "2025-03-30T03:30:00Z?");
    CHECK(clock_of("2025-03-30T03:30:00", std::string(1'000'000, 'x')) == "2025-03-30T03:30:00Z?");
    CHECK(clock_of("2025-03-30T03:30:00", std::string("Europe/Berlin\0x", 15)) == "2025-03-30T03:30:00Z?");
    CHECK(clock_of("0001-01-01T00:00:00", "Europe/Berlin") == "out_of_range");
    CHECK(clock_of("9999-12-31T23:59:59", "Europe/Berlin") == "out_of_range");
    CHECK(clock_of("2199-07-01T12:00:00", "Europe/Berlin").starts_with("2199-07-01T1"));
    CHECK(clock_of("1970-01-02T00:00:00", "Africa/Monrovia").starts_with("1970-01-02T00:44:30Z"));  // 44 minutes and a half, until 1972
}

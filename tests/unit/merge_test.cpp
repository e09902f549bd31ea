// SPDX-License-Identifier: BSL-1.0
//
// What a group says, field by field, and by which rule. Groups are made by hand, so that each test shows one rule.
#include "activities.hpp"
#include "groups.hpp"

#include <coincide/merge/merge.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace coincide;
using namespace std::chrono_literals;
using rides::activity_of;

namespace {

const auto start = rides::at("2024-05-01T08:00:00Z");

struct merged {
    choices chosen;
    activity record;
};
merged merged_of(const std::vector<activity>& r, std::span<const pair_link> links = {},
                 const merge_policy& policy = presets::measured_first) {
    const auto rows = rides::rows_by_identity(r);
    merged out{merge(r, record_group{rows, links, false}, policy), {}};
    write(out.chosen, r, out.record);
    return out;
}
activity watch() { return activity_of("garmin", "1", start, 3600s, 10012); }
activity typed() { return activity_of("manual", "2", start, 3500s, 10000); }

}  // namespace

TEST_CASE("requirement 003: measured values from the device, notes and effort from the athlete", "[merge]") {
    auto garmin = watch(), manual = typed();
    garmin.avg_heart_rate_bpm = 151, garmin.notes = "auto", garmin.rpe = 3;
    manual.notes = "felt great", manual.rpe = 7, manual.feeling = 5, manual.avg_heart_rate_bpm = 140;
    const auto m = merged_of({garmin, manual});
    CHECK(m.chosen.primary == 0);
    CHECK(m.record.distance_m == 10012.0);
    CHECK(m.record.elapsed == 3600s);
    CHECK(m.record.avg_heart_rate_bpm == 151.0);
    CHECK(m.record.notes == "felt great");
    CHECK(m.record.rpe == 7.0);
    CHECK(m.record.feeling == 5.0);
    CHECK(m.chosen.of(notes)->by == rule::authority);
    CHECK(m.chosen.of(feeling)->by == rule::only);
    CHECK(m.chosen.of(distance_m)->row == 0);
}

TEST_CASE("requirement 004: what only the lesser source has is kept", "[merge]") {
    auto fit = activity_of("fit_file", "a.fit", start, 3600s, 10012),
         strava = activity_of("strava", "2", start + 2s, 3590s, 10000);
    strava.name = "Morning Ride", strava.energy_kcal = 640, strava.tags = {"race"};
    const auto m = merged_of({fit, strava}, {}, presets::ridetool_priority);
    CHECK(m.record.name == "Morning Ride");
    CHECK(m.record.energy_kcal == 640.0);
    CHECK(m.record.tags == std::vector<std::string>{"race"});
    CHECK(m.record.distance_m == 10012.0);
    CHECK(m.chosen.of(coincide::name)->by == rule::only);
}

TEST_CASE("a field that nobody knows has no choice and writes nothing", "[merge]") {
    const auto m = merged_of({watch(), typed()});
    CHECK(m.chosen.of(avg_power_w) == nullptr);
    CHECK(m.chosen.of(notes) == nullptr);
    CHECK_FALSE(m.record.avg_power_w);
    CHECK(m.record.notes.empty());
}

TEST_CASE("identities are never chosen", "[merge]") {
    auto a = watch(), b = typed();
    a.parent_id = "9", a.origin = {"x", "y"}, a.file.sha256 = "00", a.updated_at = start, a.revision = 3,
    a.locked = {"name"}, a.computed = {"distance_m"};
    const auto m = merged_of({a, b});
    CHECK(m.chosen.of(source) == nullptr);
    CHECK(m.chosen.of(external_id) == nullptr);
    CHECK(m.chosen.of(athlete_id) == nullptr);
    CHECK(m.record.source.empty());
    CHECK(m.record.parent_id.empty());
    CHECK(m.record.origin.empty());
    CHECK(m.record.file.empty());
    CHECK(m.record.locked.empty());
}

TEST_CASE("a locked field wins over everything, an edit over everything but a lock", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9000),
         edit = activity_of("edit", "e", start, 0s, 8000);
    edit.elapsed.reset();
    edit.name = "as it was";
    garmin.name = "Garmin run", strava.name = "fixed by me";
    strava.locked = {"name", "energy_kcal"};
    const auto m = merged_of({garmin, strava, edit});
    CHECK(m.record.name == "fixed by me");
    CHECK(m.chosen.of(coincide::name)->by == rule::lock);
    CHECK(m.record.distance_m == 8000.0);
    CHECK(m.chosen.of(distance_m)->by == rule::edit);
    CHECK(m.record.elapsed == 3600s);
    CHECK(m.chosen.primary == 0);  // an edit says something about the record and is not its best recording
}

TEST_CASE("a lock on a field that its record does not know locks nothing", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 0);
    strava.locked = {"distance_m", "nonsense", ""};
    CHECK(merged_of({garmin, strava}).record.distance_m == 10012.0);
}

TEST_CASE("fields that belong together come from one record", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start + 20s, 3570s, 9900);
    garmin.distance_m.reset();
    garmin.avg_speed_mps = 9.9;  // a speed of some other distance
    garmin.moving = 3000s;
    strava.avg_speed_mps = 2.8, strava.moving = 3550s, strava.elevation_gain_m = 120;
    const auto m = merged_of({garmin, strava});
    CHECK(m.chosen.primary == 0);
    CHECK(m.record.distance_m == 9900.0);
    CHECK(m.record.avg_speed_mps == 2.8);
    CHECK(m.record.moving == 3550s);
    CHECK(m.record.elevation_gain_m == 120.0);
    CHECK(m.chosen.of(avg_speed_mps)->by == rule::facet);
    CHECK(m.record.start_time == start);  // the span is another facet, and stays with the leader
    CHECK(m.record.elapsed == 3600s);
    CHECK(m.chosen.of(start_time)->row == m.chosen.of(elapsed)->row);
}

TEST_CASE("a delivered distance leads over one that was computed from a track", "[merge]") {
    auto gpx = activity_of("gpx_file", "a.gpx", start, 3600s, 10100),
         strava = activity_of("strava", "5", start, 3600s, 10000);
    gpx.computed = {"distance_m"};
    const auto m = merged_of({gpx, strava});
    CHECK(m.record.distance_m == 10000.0);
    const auto alone = merged_of({gpx});
    CHECK(alone.record.distance_m == 10100.0);
    CHECK(alone.chosen.of(distance_m)->by == rule::derived);
    CHECK(to_string(rule::derived) == "computed");
}

TEST_CASE("what the leader lacks comes from the next", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900),
         apple = activity_of("apple_health", "7", start, 3600s, 9800);
    strava.max_power_w = 700, apple.max_power_w = 650, apple.avg_power_w = 200;
    const auto m = merged_of({garmin, strava, apple});
    CHECK(m.record.max_power_w == 650.0);  // a platform ranks before an aggregator
    CHECK(m.record.avg_power_w == 200.0);
}

TEST_CASE("a zero that means unknown gives way", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900);
    garmin.energy_kcal = 0, garmin.avg_heart_rate_bpm = 0, garmin.distance_m = 0;
    strava.energy_kcal = 600, strava.avg_heart_rate_bpm = 141;
    const auto m = merged_of({garmin, strava});
    CHECK(m.record.energy_kcal == 600.0);
    CHECK(m.record.avg_heart_rate_bpm == 141.0);
    CHECK(m.record.distance_m == 9900.0);
}

TEST_CASE("numbers that are none are never chosen", "[merge][hostile]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900);
    for (const double v : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()}) {
        garmin.distance_m = garmin.avg_power_w = garmin.rpe = garmin.energy_kcal = v;
        strava.rpe = 4;
        const auto m = merged_of({garmin, strava});
        CHECK(m.record.distance_m == 9900.0);
        CHECK_FALSE(m.record.avg_power_w);
        CHECK(m.record.rpe == 4.0);
        CHECK(m.chosen.alternatives(*m.chosen.of(rpe)).empty());
    }
}

TEST_CASE("tags are united, sorted and each once", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900), manual = typed();
    garmin.tags = {"race", "wet"}, strava.tags = {"wet", "alps"}, manual.tags = {"alps"};
    const auto m = merged_of({garmin, strava, manual});
    CHECK(m.record.tags == std::vector<std::string>{"alps", "race", "wet"});
    CHECK(m.chosen.of(tags)->by == rule::unite);
    CHECK(m.chosen.contributors(*m.chosen.of(tags)).size() == 3);
    strava.locked = {"tags"};
    CHECK(merged_of({garmin, strava, manual}).record.tags == std::vector<std::string>{"alps", "wet"});  // of strava alone
}

TEST_CASE("names and notes that differ are listed as alternatives, each once", "[merge]") {
    auto a = watch(), b = activity_of("strava", "5", start, 3600s, 9900), c = activity_of("wahoo", "6", start, 3600s, 9900),
         d = typed();
    a.name = "Run", b.name = "Morning Run", c.name = "Morning Run", d.name = "Long one";
    const auto m = merged_of({a, b, c, d});
    CHECK(m.record.name == "Long one");  // the athlete's
    const auto others = m.chosen.alternatives(*m.chosen.of(coincide::name));
    REQUIRE(others.size() == 2);
    CHECK((others[0] == 0 || others[1] == 0));
    CHECK(((others[0] == 1) + (others[0] == 2) + (others[1] == 1) + (others[1] == 2)) == 1);
    d.name = "Run";
    const auto agreed = merged_of({a, b, c, d}).chosen;
    CHECK(agreed.alternatives(*agreed.of(coincide::name)).size() == 1);
}

TEST_CASE("the athlete's label leads, and a more exact one of the same line leads over a coarse one", "[merge]") {
    auto garmin = watch(), manual = typed();
    garmin.sport = sport_from_slug("trail_running"), manual.sport = sport_from_slug("hiking");
    CHECK(merged_of({garmin, manual}).record.sport->slug() == "hiking");
    manual.sport = sport_from_slug("running");
    CHECK(merged_of({garmin, manual}).record.sport->slug() == "trail_running");
    manual.sport = sport_from_slug("workout");
    CHECK(merged_of({garmin, manual}).record.sport->slug() == "trail_running");
    garmin.sport = sport_from_slug("other"), manual.sport.reset();
    CHECK(merged_of({garmin, manual}).record.sport->slug() == "other");
}

TEST_CASE("what parts measured is not the whole's, what was said about them is", "[merge]") {
    auto whole = activity_of("strava", "w", start, 2h, 0), first = activity_of("garmin", "a", start, 55min, 20000),
         second = activity_of("garmin", "b", start + 1h, 1h, 21000);
    first.avg_heart_rate_bpm = 150, first.notes = "windy";
    pair_link links[2];
    links[0].a = 1, links[0].b = 0, links[0].kind = relation::part_of;
    links[1].a = 2, links[1].b = 0, links[1].kind = relation::part_of;
    const auto m = merged_of({whole, first, second}, links);
    CHECK(m.chosen.primary == 0);
    CHECK(m.chosen.ranked.wholes == 1);
    CHECK(m.record.elapsed == 2h);
    CHECK_FALSE(m.record.distance_m);
    CHECK_FALSE(m.record.avg_heart_rate_bpm);
    CHECK(m.record.notes == "windy");
    links[0].joined = links[1].joined = false;  // in review they are not parts
    CHECK(merged_of({whole, first, second}, links).chosen.ranked.wholes == 3);
}

TEST_CASE("a track is taken whole from one record", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900);
    strava.track = rides::recorded(rides::path_of({}, 600), {.heart_rate = 150});
    CHECK(merged_of({garmin, strava}).record.track == strava.track);
    garmin.track = rides::recorded(rides::path_of({}, 600), {.noise_m = 2});
    CHECK(merged_of({garmin, strava}).record.track == garmin.track);
}

TEST_CASE("a group of one is that record", "[merge]") {
    auto r = watch();
    r.name = "Run", r.notes = "n", r.tags = {"b", "a", "a"}, r.rpe = 4, r.avg_power_w = 200,
    r.device = {"garmin", "fr", "1", device_type::watch};
    r.utc_offset = 7200s, r.timezone = "Europe/Brussels", r.start_precision = 5s, r.source_activity_type = "RUN",
    r.start_lat_deg = 51, r.start_lon_deg = 3;
    r.track = rides::recorded(rides::path_of({}, 10), {});
    const auto m = merged_of({r});
    CHECK(m.chosen.primary == 0);
    for (const auto& c : m.chosen.fields) {
        CHECK(c.row == 0);
        CHECK(c.by == rule::only);
        CHECK(m.chosen.alternatives(c).empty());
    }
    CHECK(m.record.name == r.name);
    CHECK(m.record.start_time == r.start_time);
    CHECK(m.record.utc_offset == r.utc_offset);
    CHECK(m.record.timezone == r.timezone);
    CHECK(m.record.start_precision == r.start_precision);
    CHECK(m.record.device == r.device);
    CHECK(m.record.track == r.track);
    CHECK(m.record.sport == r.sport);
    CHECK(m.record.start_lon_deg == r.start_lon_deg);
}

TEST_CASE("every rule has the name of the interchange format", "[merge]") {
    CHECK(to_string(rule::lock) == "locked");
    CHECK(to_string(rule::edit) == "edited");
    CHECK(to_string(rule::only) == "only");
    CHECK(to_string(rule::authority) == "authority");
    CHECK(to_string(rule::priority) == "priority");
    CHECK(to_string(rule::richness) == "richness");
    CHECK(to_string(rule::facet) == "facet");
    CHECK(to_string(rule::unite) == "union");
}

TEST_CASE("a choice between sources is priority, one between like records is richness", "[merge]") {
    auto garmin = watch(), strava = activity_of("strava", "5", start, 3600s, 9900);
    garmin.energy_kcal = 500, strava.energy_kcal = 600;
    CHECK(merged_of({garmin, strava}).chosen.of(energy_kcal)->by == rule::priority);
    auto richer = activity_of("garmin", "2", start, 3600s, 10012);
    richer.energy_kcal = 510, richer.avg_power_w = 200;
    const auto m = merged_of({garmin, richer});
    CHECK(m.chosen.of(energy_kcal)->by == rule::richness);
    CHECK(m.record.energy_kcal == 510.0);
}

TEST_CASE("a clock that was never set does not give the merged record its time", "[merge]") {
    auto lost = activity_of("fit_file", "a.fit", rides::at("1989-12-31T00:10:00Z"), 3600s, 10012),
         upload = activity_of("strava", "5", start, 3600s, 9900);
    lost.clock_unset = true;
    const auto m = merged_of({lost, upload});
    CHECK(m.record.start_time == start);
    CHECK(m.record.distance_m == 10012.0);
}

TEST_CASE("an exact start does not get the precision of a typed one", "[merge]") {
    auto manual = typed();
    manual.start_precision = 86400s;
    const auto m = merged_of({watch(), manual});
    CHECK(m.record.start_time == start);
    CHECK(m.record.start_precision.value_or(1s) == 1s);
}

TEST_CASE("the rule of a label tells why that row was chosen", "[merge]") {
    auto garmin = watch(), manual = typed();
    garmin.sport = sport_from_slug("trail_running"), manual.sport = sport_from_slug("running");
    const auto m = merged_of({garmin, manual});
    CHECK(m.chosen.of(sport)->row == 0);
    CHECK(m.chosen.of(sport)->by != rule::authority);
}

// SPDX-License-Identifier: BSL-1.0
//
// What a host relies on when it keeps an athlete's records in a ledger: answers, people's words, the feed, and what is told to the athlete.
#include "activities.hpp"
#include "ledgers.hpp"

#include <coincide/ledger/change_sentence.hpp>
#include <coincide/ledger/read_back.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;
using ledgers::book;

namespace {

const instant noon = rides::at("2024-05-27T12:00:00Z");

activity garmin_ride() {
    auto r = rides::activity_of("garmin", "5001", noon, 3600s, 30000, "cycling");
    r.avg_heart_rate_bpm = 140;
    r.device = {"Garmin", "Edge 530", "111", device_type::bike_computer};
    return r;
}
activity strava_copy() {
    auto r = rides::activity_of("strava", "9", noon + 2s, 3598s, 30010, "cycling");
    r.name = "Lunch Ride";
    return r;
}
activity manual_log() {
    auto r = rides::activity_of("manual", "1", noon - 5min, 60min, 30000, "cycling");
    r.notes = "legs were heavy";
    r.rpe = 7;
    return r;
}
std::vector<outcome> outcomes(const ledger_answer& a) {
    std::vector<outcome> out;
    for (const auto& one : a.answers) out.push_back(one.of);
    return out;
}
std::size_t count(const std::vector<ledger_change>& changes, change_kind kind) {
    return static_cast<std::size_t>(std::count_if(changes.begin(), changes.end(), [&](const auto& c) { return c.of == kind; }));
}
const ledger_change* find(const std::vector<ledger_change>& changes, change_kind kind, std::string_view field_name = {}) {
    for (const auto& c : changes)
        if (c.of == kind && (field_name.empty() || c.field == field_name)) return &c;
    return nullptr;
}

}  // namespace

TEST_CASE("each record is answered: new, joined, changed, unchanged, part, refused", "[ledger]") {
    book ann;
    CHECK(outcomes(ann.deliver(garmin_ride())) == std::vector{outcome::fresh});
    CHECK(outcomes(ann.deliver(strava_copy())) == std::vector{outcome::joined});
    CHECK(outcomes(ann.deliver(strava_copy())) == std::vector{outcome::unchanged});
    auto renamed = strava_copy();
    renamed.name = "Long Lunch Ride", renamed.revision = 2;
    CHECK(outcomes(ann.deliver(renamed)) == std::vector{outcome::changed});
    auto late = strava_copy();
    late.name = "Lunch", late.revision = 1;
    CHECK(outcomes(ann.deliver(late)) == std::vector{outcome::kept});
    auto bobs = garmin_ride();
    bobs.athlete_id = "bob";
    auto backwards = garmin_ride();
    backwards.external_id = "7", backwards.elapsed = -1s;
    const auto mixed = ann.deliver({bobs, backwards, manual_log()});
    CHECK(outcomes(mixed) == std::vector{outcome::rejected, outcome::rejected, outcome::joined});
    CHECK(mixed.answers[0].wrong->code == problem_code::other_athlete);
    CHECK(mixed.answers[1].wrong->code == problem_code::negative);
    CHECK(mixed.answers[2].group == record_key{"garmin", "5001"});
    CHECK(ledgers::groups(ann.store).size() == 1);
}

TEST_CASE("what the best source lacks stays from the others when it comes last", "[ledger]") {
    book ann;
    ann.deliver(strava_copy());
    ann.deliver(manual_log());
    ann.deliver(garmin_ride());
    const auto g = ledgers::group_of(ann.store, "garmin", "5001");
    CHECK(g.members.size() == 3);
    CHECK(g.members[g.primary].source == "garmin");
    CHECK(ledgers::text(g, "name") == "Lunch Ride");
    CHECK(ledgers::text(g, "notes") == "legs were heavy");
    CHECK(ledgers::value(g, distance_m) == 30000.0);
}

TEST_CASE("an edit holds against every delivery, and whoever is addressed it lands on the group", "[ledger][edit]") {
    book ann;
    ann.deliver({garmin_ride(), strava_copy()});
    ann.say(said(word::edit, {{"strava", "9"}}, ann.stamp_now(), "name", encoded(name, "Mine")));
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "name") == "Mine");
    auto renamed = strava_copy();
    renamed.name = "Strava says", renamed.revision = 5;
    ann.deliver(renamed);
    auto g = ledgers::group_of(ann.store, "garmin", "5001");
    CHECK(ledgers::text(g, "name") == "Mine");
    CHECK(g.choice_of("name")->by == rule::edit);
    CHECK(g.choice_of("name")->member == g.members.size());
    CHECK(!g.choice_of("name")->alternatives.empty());
    ann.say(said(word::release, {{"garmin", "5001"}}, ann.stamp_now(), "name"));
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "name") == "Strava says");
}

TEST_CASE("a lock keeps what the field says now", "[ledger][edit]") {
    book ann;
    ann.deliver({garmin_ride(), strava_copy()});
    ann.say(said(word::lock, {{"garmin", "5001"}}, ann.stamp_now(), "distance_m"));
    auto corrected = garmin_ride();
    corrected.distance_m = 31000, corrected.revision = 2;
    ann.deliver(corrected);
    const auto g = ledgers::group_of(ann.store, "garmin", "5001");
    CHECK(ledgers::value(g, distance_m) == 30000.0);
    CHECK(g.choice_of("distance_m")->by == rule::lock);
}

TEST_CASE("an edit before the record it is about waits for it", "[ledger][edit]") {
    book ann;
    ann.say(said(word::edit, {{"garmin", "5001"}}, ann.stamp_now(), "notes", encoded(notes, "later")));
    CHECK(ledgers::groups(ann.store).empty());
    ann.deliver(garmin_ride());
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "notes") == "later");
}

TEST_CASE("an edit outlives the record that it was addressed to", "[ledger][edit]") {
    book ann;
    ann.deliver({garmin_ride(), strava_copy()});
    ann.say(said(word::edit, {{"strava", "9"}}, ann.stamp_now(), "notes", encoded(notes, "kept")));
    ann.say(unlink_of("strava", ann.stamp_now()));
    const auto g = ledgers::group_of(ann.store, "garmin", "5001");
    CHECK(g.members.size() == 1);
    CHECK(ledgers::text(g, "notes") == "kept");
}

TEST_CASE("the athlete chooses who leads", "[ledger][primary]") {
    book ann;
    ann.deliver({garmin_ride(), strava_copy()});
    const auto changed = ann.say(said(word::primary, {{"strava", "9"}}, ann.stamp_now())).changes;
    const auto g = ledgers::group_of(ann.store, "garmin", "5001");
    CHECK(g.members[g.primary].source == "strava");
    CHECK(ledgers::value(g, distance_m) == 30010.0);
    REQUIRE(find(changed, change_kind::primary));
    CHECK(find(changed, change_kind::primary)->after == "tstrava 9");
    ann.deliver(manual_log());
    CHECK(ledgers::group_of(ann.store, "manual", "1").primary == 2);  // garmin, manual, strava
}

TEST_CASE("what was split stays apart, and what was confirmed stays together", "[ledger][pins]") {
    book ann;
    ann.deliver({garmin_ride(), strava_copy()});
    ann.say(said(word::split, {{"strava", "9"}}, ann.stamp_now()));
    CHECK(ledgers::groups(ann.store).size() == 2);
    auto again = strava_copy();
    again.revision = 2;
    ann.deliver({again, garmin_ride()});
    CHECK(ledgers::groups(ann.store).size() == 2);
    ann.say(said(word::must, {{"garmin", "5001"}, {"strava", "9"}}, ann.stamp_now()));
    CHECK(ledgers::groups(ann.store).size() == 1);
    ann.say(said(word::confirm, {{"garmin", "5001"}}, ann.stamp_now()));
    again.start_time += 5h, again.revision = 3;
    ann.deliver(again);
    CHECK(ledgers::groups(ann.store).size() == 1);
    ann.say(said(word::split, {{"nobody", "0"}}, ann.stamp_now()));
    REQUIRE(ann.failed);
    CHECK(ann.failed->code == problem_code::unknown_record);
}

TEST_CASE("taking back has a time, and an order of its own", "[ledger][undo]") {
    book ann;
    ann.deliver(garmin_ride());
    const auto joined = ann.deliver(strava_copy()).version;
    const auto edited = ann.say(said(word::edit, {{"garmin", "5001"}}, ann.stamp_now(), "name", encoded(name, "Mine"))).version;
    ann.now += 23h;
    ann.say(undo_of(joined, ann.stamp_now()));
    CHECK(ledgers::group_of(ann.store, "garmin", "5001").members.size() == 1);
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "name") == "Mine");
    ann.say(undo_of(edited, ann.stamp_now()));
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "name").empty());
    ann.now += 2h;
    ann.say(undo_of(joined, ann.stamp_now()));
    REQUIRE(ann.failed);
    CHECK(ann.failed->code == problem_code::too_late);
    ann.say(undo_of(99, ann.stamp_now()));
    CHECK(ann.failed->code == problem_code::unknown_version);
}

TEST_CASE("the feed says what changed, from what to what, by whom, and from when on", "[ledger][feed]") {
    book ann;
    const auto first = ann.deliver(garmin_ride());
    CHECK(first.earliest == noon);
    CHECK(count(first.changes, change_kind::formed) == 1);
    const auto second = ann.deliver(strava_copy());
    CHECK(count(second.changes, change_kind::joined) == 1);
    const auto* named = find(second.changes, change_kind::field, "name");
    REQUIRE(named);
    CHECK(named->before.empty());
    CHECK(named->after == "tLunch Ride");
    CHECK(named->source == "strava");
    auto earlier = garmin_ride();
    earlier.start_time -= 1min, earlier.revision = 2;
    CHECK(ann.deliver(earlier).earliest == noon - 1min);
    const auto feed = ledgers::entries(ann.store, "cl");
    CHECK(decode_note(feed.front().value)->received == ann.now);
}

TEST_CASE("the athlete is told what was merged, and what is from whom", "[ledger][feed]") {
    book ann;
    ann.deliver(garmin_ride());
    const auto done = ann.deliver(manual_log());
    REQUIRE(find(done.changes, change_kind::joined));
    const auto told = sentence_of(*find(done.changes, change_kind::joined));
    CHECK(told.starts_with("Your manual log was merged with the garmin record: "));
    CHECK(told.find("distance") < told.find("from garmin"));
    CHECK(told.find("notes") != std::string::npos);
    CHECK(told.find("from you") > told.find("notes"));
    const auto noted = sentence_of(*find(done.changes, change_kind::field, "notes"));
    CHECK(noted == "The notes changed from nothing to \"legs were heavy\", as you say.");
    for (const auto& c : done.changes) CHECK(!sentence_of(c).empty());
}

TEST_CASE("a change of a number that is none, or of a time before zero, can be told", "[ledger][feed]") {
    const auto told = [](const std::string& before, const std::string& after) {
        ledger_change c;
        c.of = change_kind::field, c.field = "x", c.source = "garmin", c.before = before, c.after = after;
        return sentence_of(c);
    };
    CHECK(told(encoded(distance_m, std::numeric_limits<double>::quiet_NaN()), encoded(distance_m, -0.5)) == "The x changed from no number to -0.5, as garmin says.");
    CHECK(told(encoded(elapsed, milliseconds{-5000}), encoded(elapsed, milliseconds{-3725000})) == "The x changed from -0:00:05 to -1:02:05, as garmin says.");
    CHECK(told(encoded(elapsed, milliseconds{3599999}), encoded(elapsed, milliseconds{0})) == "The x changed from 0:59:59 to 0:00:00, as garmin says.");
}

TEST_CASE("a ledger can be read back, and its clocks learnt", "[ledger][clocks]") {
    book ann;
    std::vector<activity> all;
    for (int day = 0; day < 8; ++day) {
        const auto start = noon + std::chrono::hours{24 * day};
        auto path = rides::path_of({.lat = 50.0 + day, .heading_deg = 20.0 * day}, 2400);
        all.push_back(rides::ride_along("garmin", std::to_string(day), start, path, 7, {.noise_m = 3, .seed = static_cast<std::uint64_t>(day)}));
        all.push_back(rides::ride_along("strava", std::to_string(day), start, path, 7, {.noise_m = 3, .clock_off_s = 7200, .seed = static_cast<std::uint64_t>(50 + day)}));
    }
    ann.deliver(all);
    const auto before = read_back<activity>(ann.store, "ann");
    REQUIRE(before);
    CHECK(before->records.size() == all.size());
    CHECK(before->records[3].track.size() == all[6].track.size());
    CHECK(before->clocks.empty());
    const auto learned = learn<activity>(ann.store, "ann", ann.policy, ann.now, ann.stamp_now());
    REQUIRE(learned);
    CHECK(learned->wrote);
    CHECK(count(learned->changes, change_kind::derived) == 1);
    const auto after = read_back<activity>(ann.store, "ann");
    REQUIRE(after->clocks.size() == 1);
    CHECK(after->clocks[0].ahead == 7200s);
    CHECK(!learn<activity>(ann.store, "ann", ann.policy, ann.now, ann.stamp_now())->wrote);
}

TEST_CASE("a delivery into a long history reads what is near it, not the history", "[ledger]") {
    struct counting_store {
        memory_store in{};
        std::size_t entries = 0;
        auto head(std::string_view who) { return in.head(who); }
        auto read(std::string_view who, const key_range& range, std::size_t limit) {
            auto got = in.read(who, range, limit);
            entries += got->size();
            return got;
        }
        auto commit(std::string_view who, const ledger_head& expected, const write_set& writes, const commit_id& id) { return in.commit(who, expected, writes, id); }
    } store;
    std::vector<activity> years;
    for (int day = 0; day < 3000; ++day) years.push_back(rides::activity_of("garmin", std::to_string(day), noon + std::chrono::hours{24 * day}, 3600s, 30000 + day, "cycling"));
    REQUIRE(ingest(store, "ann", years, ledger_policy{}, noon));
    store.entries = 0;
    REQUIRE(ingest(store, "ann", std::vector{rides::activity_of("strava", "x", noon + std::chrono::hours{24 * 1500} + 3s, 3598s, 31500, "cycling")}, ledger_policy{}, noon));
    CHECK(store.entries < 60);
    CHECK(ledgers::groups(store).size() == 3000);
}

TEST_CASE("stamps of one device grow whatever its clock does, and one of next year does not win for a year", "[ledger][stamp]") {
    auto last = tick({}, noon, "phone");
    const auto next = tick(last, noon - 5h, "phone");
    CHECK(last < next);
    CHECK(tick(next, noon + 1s, "phone") > next);
    book ann;
    ann.now = noon;
    ann.deliver(garmin_ride());
    const auto year = hybrid_stamp{(noon + 8760h).time_since_epoch().count(), 0, "broken"};
    ann.say(said(word::edit, {{"garmin", "5001"}}, year, "name", encoded(name, "From next year")));
    ann.now = noon + 6min;
    ann.say(said(word::edit, {{"garmin", "5001"}}, ann.stamp_now(), "name", encoded(name, "Today")));
    CHECK(ledgers::text(ledgers::group_of(ann.store, "garmin", "5001"), "name") == "Today");
}

TEST_CASE("of words on one field the same one holds, in whatever order and however often they came", "[ledger][stamp]") {
    std::vector<word_fact> all;
    for (std::int64_t ms : {0, 1})
        for (std::uint64_t counter : {0u, 1u})
            for (const auto* on : {"a", "b"})
                for (const auto* v : {"tx", "ty"}) all.push_back(said(word::edit, {{"garmin", "1"}}, {ms, counter, on}, "name", v));
    const auto holds = [](std::vector<word_fact> words) { return detail::words_on_group(words).values.fields.front().second; };
    for (std::size_t a = 0; a < all.size(); ++a)  // in ascending order of (stamp, device, value)
        for (std::size_t b = 0; b < all.size(); ++b)
            for (std::size_t c = 0; c < all.size(); ++c) REQUIRE(holds({all[a], all[b], all[c], all[a]}) == all[std::max({a, b, c})].value);
}

TEST_CASE("SHA-256 gives the standard's examples", "[ledger]") {
    CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(sha256(std::string(1000000, 'a'))) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    CHECK(hex(sha256(std::string(55, 'a'))) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(hex(sha256(std::string(56, 'a'))) == "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
}

TEST_CASE("keys are in the order of what they name", "[ledger]") {
    const std::vector<std::string> texts{"", std::string("\0", 1), std::string("\0a", 2), "a", std::string("a\0", 2), std::string("a\0b", 3), "aa", "b", "\x7f", "\xff"};
    for (const auto& a : texts)
        for (const auto& b : texts) {
            CHECK((a < b) == (key_writer{"f"}.text(a).text("z").take() < key_writer{"f"}.text(b).text("a").take()));
            CHECK(key_reader{key_writer{""}.text(a).take()}.text() == a);
        }
    for (const std::int64_t a : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{7}, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        for (const std::int64_t b : {std::int64_t{-6}, std::int64_t{0}, std::int64_t{8}}) {
            CHECK((a < b) == (key_writer{""}.integer(a).take() < key_writer{""}.integer(b).take()));
            CHECK(key_reader{key_writer{""}.integer(a).take()}.integer() == a);
        }
}

// SPDX-License-Identifier: BSL-1.0
//
// The tables beside a ledger in PostgreSQL: after every commit of random histories they are, row by row and bit by bit, what the ledger says.
#include "activities.hpp"
#include "ledgers.hpp"
#include "one_server.hpp"
#include "sanitized.hpp"

#include <coincide/adapters/postgres_projection.hpp>
#include <coincide/adapters/postgres_store.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

using namespace coincide;
using namespace std::string_literals;

namespace {

std::string somewhere() {
    static int count = 0;
    return server() ? server()->conninfo_of("tables_" + std::to_string(++count)) : std::string{};
}
postgres_store opened(const std::string& where, bool with_tables = true) {
    postgres_options options;
    if (with_tables) options.alongside = postgres_projection{.on_error = [](std::string_view said) { UNSCOPED_INFO("PostgreSQL: " << said); }};
    auto store = postgres_store::open(where, std::move(options));
    if (!store) FAIL("cannot open " << where);
    if (with_tables) REQUIRE(postgres_projection::migrate(store->connection()));
    return std::move(*store);
}

using lines = std::vector<std::string>;
/// Rows as lines, cells between bars; - is no value.
lines asked(postgres_store& store, const std::string& sql) {
    if (!store.connection()) static_cast<void>(store.head("ann"));
    PGresult* r = PQexec(store.connection(), sql.c_str());
    INFO(sql << ": " << PQresultErrorMessage(r));
    CHECK((PQresultStatus(r) == PGRES_TUPLES_OK || PQresultStatus(r) == PGRES_COMMAND_OK));
    lines out;
    for (int row = 0; row < PQntuples(r); ++row) {
        std::string line;
        for (int c = 0; c < PQnfields(r); ++c) line.append(c > 0 ? "|" : "").append(PQgetisnull(r, row, c) ? "-" : PQgetvalue(r, row, c));
        out.push_back(std::move(line));
    }
    PQclear(r);
    std::sort(out.begin(), out.end());
    return out;
}
std::string bits(double v) {
    const auto b = std::bit_cast<std::uint64_t>(v);
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(b >> shift & 0xFF));
    return hex(out);
}
std::string id(std::string_view of) { return postgres_projection::stored_id(of); }
std::string key(const record_key& k) { return id(k.source) + "|" + id(k.external_id); }
std::string moment(std::optional<instant> at) { return at ? std::to_string(at->time_since_epoch().count()) : "-"s; }
std::string encoded_value(const stored_group& g, std::string_view role_name) {
    for (const auto& [each, v] : values_of(g.body))
        if (each == role_name) return std::string{v};
    return {};
}
std::string ms_of(const std::string& column) { return "(extract(epoch FROM " + column + ") * 1000)::bigint"; }
std::string bits_of(const std::string& column) { return "encode(float8send(" + column + "), 'hex')"; }

/// What the tables have to say of a ledger, reckoned from its entries the plain way.
struct expected {
    lines activities, statistics, links, records, events;
};
expected told_by(postgres_store& store, std::string_view athlete) {
    expected out;
    const auto ann = id(athlete);
    std::map<record_key, std::string> home;
    const auto groups = ledgers::groups(store, athlete);
    for (const auto& g : groups)
        for (const auto& m : g.members) home[m] = key(g.key());

    std::vector<std::pair<std::uint64_t, word_fact>> words;
    for (const auto& e : ledgers::entries(store, "fd", athlete)) words.emplace_back(key_reader{std::string_view{e.key}.substr(2)}.number(), *decode_word(e.value));
    std::set<std::uint64_t> undone;
    for (auto w = words.rbegin(); w != words.rend(); ++w)
        if (w->second.what == word::undo && !undone.contains(w->first)) undone.insert(w->second.version);
    std::map<record_key, std::vector<std::pair<bool, delivery_fact>>> deliveries;
    for (const auto& e : ledgers::entries(store, "fr", athlete)) {
        key_reader in{std::string_view{e.key}.substr(2)};
        record_key k{in.text(), {}};
        k.external_id = in.text();
        const bool holds = !undone.contains(in.number());
        deliveries[k].emplace_back(holds, *decode_delivery(e.value));
    }
    std::map<record_key, std::string> series;
    for (auto& [k, all] : deliveries) {
        if (std::any_of(all.begin(), all.end(), [](const auto& f) { return f.first; })) std::erase_if(all, [](const auto& f) { return !f.first; });
        std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return y.second.order() < x.second.order(); });
        std::vector<const delivery_fact*> each;
        for (const auto& f : all) each.push_back(&f.second);
        std::string raw = "-", ref = "-", parent = "-";
        if (home.contains(k)) {
            const auto now = detail::current_of(each);
            REQUIRE(now);
            if (!now->raw.empty()) raw = now->raw;
            if (!now->series_name.empty()) ref = hex(now->series_name);
            for (const auto& [role_name, v] : values_of(now->body))
                if (role_name == "parent_id") parent = id(v.substr(1));
            series[k] = ref;
        }
        if (raw != "-") raw = asked(store, "SELECT coalesce(coincide_source_data(decode('" + hex(raw) + "', 'hex'))::text, '-')").front();
        const auto& f = all.front().second;
        out.records.push_back(ann + "|" + key(k) + "|" + (home.contains(k) ? home[k] : "-|-") + "|" + (f.revision ? bits(*f.revision) : "-") + "|" + moment(f.updated_at) + "|" + moment(f.received) + "|" +
                              raw + "|" + ref + "|" + parent + "|" + (home.contains(k) ? "f" : "t"));
    }
    for (const auto& g : groups) {
        const auto text = [&](std::string_view role_name) {
            const auto v = encoded_value(g, role_name);
            return v.empty() ? "-"s : postgres_projection::stored_text(v.substr(1));
        };
        std::map<std::string, std::string> numbers;
        for (const auto& [role_name, v] : values_of(g.body)) {
            if (v.front() == 'r') numbers.emplace(role_name, bits(*detail::value_of<double>(v)));
            if (v.front() == 'd') numbers.emplace(role_name, bits(static_cast<double>(detail::value_of<milliseconds>(v)->count()) / 1000));
        }
        std::string line = ann + "|" + key(g.key()) + "|" + text("activity_type") + "|" + text("source_activity_type") + "|";
        const auto started = encoded_value(g, "start_time");
        line += moment(started.empty() ? std::nullopt : detail::value_of<instant>(started));
        for (const auto* own : {"elapsed_time_s", "moving_time_s", "distance_m", "elevation_gain_m", "energy_kcal", "avg_heart_rate_bpm", "max_heart_rate_bpm", "rpe"}) {
            line += "|" + (numbers.contains(own) ? numbers[own] : "-");
            numbers.erase(own);
        }
        const auto* path = g.choice_of("track") ? g.choice_of("track") : g.choice_of("streams");
        line += "|" + text("name") + "|" + text("notes") + "|" + key(g.members[g.primary]) + (g.review ? "|t|" : "|f|") + (path ? series[g.members[path->member]] : "-");
        out.activities.push_back(line);
        for (const auto& [role_name, v] : numbers) out.statistics.push_back(ann + "|" + key(g.key()) + "|" + role_name + "|" + v);
        for (std::size_t i = 0; i < g.links.size(); ++i) {
            const auto& l = g.links[i];
            out.links.push_back(ann + "|" + key(g.key()) + "|" + std::to_string(i) + "|" + key(l.a) + "|" + key(l.b) + "|" + std::string{to_string(l.kind)} + (l.joined ? "|t|" : "|f|") + std::to_string(l.why.total()));
        }
    }
    for (const auto& e : ledgers::entries(store, "cl", athlete)) {
        key_reader in{std::string_view{e.key}.substr(2)};
        std::string line = ann + "|" + std::to_string(in.number());
        const auto index = in.number();
        line += "|" + std::to_string(index) + "|";
        const auto c = index > 0 ? decode_change(e.value) : ledger_change{};
        const auto cell = [](const std::string& v) { return v.empty() ? "-"s : id(v); };
        out.events.push_back(line + std::string{to_string(c->of)} + "|" + cell(c->record.source) + "|" + cell(c->record.external_id) + "|" + (c->field.empty() ? "-" : c->field) + "|" + cell(c->source));
    }
    for (auto* each : {&out.activities, &out.statistics, &out.links, &out.records, &out.events}) std::sort(each->begin(), each->end());
    return out;
}
expected tables(postgres_store& store) {
    std::string numbers;
    for (const auto* own : {"elapsed_s", "moving_s", "distance_m", "elevation_gain_m", "energy_kcal", "avg_heart_rate_bpm", "max_heart_rate_bpm", "rpe"}) numbers += bits_of(own) + ", ";
    return {asked(store, "SELECT athlete_id, source, external_id, activity_type, source_activity_type, " + ms_of("started_at") + ", " + numbers +
                             "name, notes, primary_source, primary_external_id, review, track_ref FROM activities"),
            asked(store, "SELECT athlete_id, source, external_id, key, " + bits_of("value") + " FROM activity_statistics"),
            asked(store, "SELECT athlete_id, source, external_id, index, a_source, a_external_id, b_source, b_external_id, relation, joined, (weight_bits * 100)::bigint FROM activity_links"),
            asked(store, "SELECT athlete_id, source, external_id, activity_source, activity_external_id, " + bits_of("revision") + ", " + ms_of("updated_at") + ", " + ms_of("received_at") +
                             ", source_data, series_ref, parent_external_id, gone FROM activity_records"),
            asked(store, "SELECT * FROM activity_events")};
}
void check_same(postgres_store& store, std::string_view athlete = "ann") {
    const auto want = told_by(store, athlete), have = tables(store);
    CHECK(have.activities == want.activities);
    CHECK(have.statistics == want.statistics);
    CHECK(have.links == want.links);
    CHECK(have.records == want.records);
    CHECK(have.events == want.events);
    CHECK(asked(store, "SELECT version FROM athletes") == lines{std::to_string(store.head(athlete)->version)});
}

/// Everything that may happen to a ledger, by chance.
class anything {
public:
    anything(postgres_store& store, std::uint64_t seed, bool hostile) : store_{store}, roll_{seed} {
        records_ = rides::history_of(seed, 12, seed % 2 == 0).records;
        for (auto& r : records_) {
            if (roll_.one_in(4)) r.revision = roll_.between(0, 3);
            if (roll_.one_in(5)) r.parent_id = "manual-" + std::to_string(roll_.below(5));
            if (roll_.one_in(6)) r.distance_m = std::nextafter(1234.5, 2000), r.avg_power_w = -0.0, r.utc_offset = std::chrono::seconds{7200};
            if (!hostile) continue;
            if (roll_.one_in(3)) r.external_id = std::vector<std::string>{"a\0b"s, "a"s, "\xff\xfe"s, "\\x00"s, std::string(512, 'x'), std::string(511, '\x80'), "\xF0\x9F\x9A\xB4"s}[roll_.below(7)] + (roll_.one_in(2) ? "" : r.external_id.substr(0, 3));
            if (roll_.one_in(3)) r.name = "\0 ride \xC3"s;
            if (roll_.one_in(3)) r.notes = "\xED\xA0\x80 ok \xC3\xA9"s;
            if (roll_.one_in(8)) r.source = "so\0urce"s;
        }
    }
    request next() {
        request in{.received = ledgers::at_s(++tick_), .author = "ann", .batch = "batch"};
        const auto about = [&] { return key_of(records_[roll_.below(records_.size())]); };
        const auto stamp = hybrid_stamp{in.received.time_since_epoch().count(), static_cast<std::uint32_t>(tick_), "phone"};
        switch (roll_.below(16)) {
        case 0: in.words.push_back(said(word::must, {about(), about()}, stamp)); break;
        case 1: in.words.push_back(said(word::cannot, {about(), about()}, stamp)); break;
        case 2: in.words.push_back(said(word::unpin, {about(), about()}, stamp)); break;
        case 3: in.words.push_back(said(roll_.one_in(2) ? word::split : word::confirm, {about()}, stamp)); break;
        case 4: in.words.push_back(said(word::primary, {about()}, stamp)); break;
        case 5: in.words.push_back(said(word::edit, {about()}, stamp, "name", encoded(name, "edited\0 "s + std::to_string(tick_)))); break;
        case 6: in.words.push_back(said(word::edit, {about()}, stamp, "distance_m", encoded(distance_m, roll_.one_in(4) ? std::numeric_limits<double>::denorm_min() : 0.1 + roll_.part()))); break;
        case 7: in.words.push_back(said(roll_.one_in(2) ? word::lock : word::release, {about()}, stamp, "name")); break;
        case 8: in.words.push_back(unlink_of(records_[roll_.below(records_.size())].source, stamp)); break;
        case 9:
        case 10: in.words.push_back(undo_of(std::max<std::uint64_t>(1, store_.head("ann")->version - roll_.below(4)), stamp)); break;
        case 11: in.records.push_back(gone(about(), roll_.one_in(2) ? std::optional<double>{static_cast<double>(roll_.below(4))} : std::nullopt)); break;
        case 12:
            if (!roll_.one_in(3)) return next();
            in.erase = records_[roll_.below(records_.size())].source;
            break;
        default:
            for (auto n = 1 + roll_.below(6); n > 0; --n) {
                auto r = records_[roll_.below(records_.size())];
                if (roll_.one_in(3)) r.energy_kcal = static_cast<double>(roll_.below(1000)), r.revision = roll_.between(0, 5);
                if (roll_.one_in(4) && !r.track.empty()) r.track.t_ms.back() += 1000;  // another series, and nothing else
                constexpr std::string_view raws[] = {"", R"({"id": 1, "k": [1.50, null]})", R"("extra":7,"b":"\u00e9")", "\x01 a FIT file", R"({"nul":"\u0000"})", "{\"bad\":\"\xff\"}", "[[[[]]]]", R"({"big":1e200000})"};
                in.records.push_back(incoming(r, "ann", policy, raws[roll_.below(8)]));
            }
        }
        return in;
    }
    ledger_policy policy{};

private:
    static record_key key_of(const activity& a) { return {a.source, a.external_id}; }
    postgres_store& store_;
    rides::dice roll_;
    std::vector<activity> records_{};
    std::int64_t tick_ = 0;
};

}  // namespace

TEST_CASE("after every commit of a random history the tables say what the ledger says", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    const auto seed = GENERATE(range(1u, 1 + test_support::rounds(12)));
    INFO("seed " << seed);
    auto store = opened(where);
    anything history{store, seed, seed % 4 >= 2};
    int done = 0;
    for (int step = 0; step < 60; ++step) {
        if (step % 20 == 19) history.policy.match.join_min += 300;  // everything is derived anew
        const auto in = history.next();
        const auto answer = carry_out<activity>(store, "ann", in, history.policy);
        if (!answer) {
            INFO(to_string(answer.error().code) << " at step " << step << ": " << store.last_error());
            REQUIRE((answer.error().code != problem_code::unreadable && answer.error().code != problem_code::conflicting));  // what was asked makes no sense
            continue;
        }
        done += answer->wrote;
        if (answer->wrote) check_same(store);
    }
    CHECK(done > 25);
    const auto before = tables(store);
    server()->run("SET search_path = " + where.substr(where.find("tables_"), where.rfind('\'') - where.find("tables_")) + "; UPDATE activities SET name = 'spoilt'; DELETE FROM activity_events; "
                  "DELETE FROM activity_statistics; UPDATE activity_records SET revision = 7");
    REQUIRE(postgres_projection{}.rebuild(store.connection(), "ann"));
    check_same(store);
    CHECK(tables(store).activities == before.activities);
}

TEST_CASE("an erased source leaves no row, no id and no payload in the tables", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const ledger_policy policy;
    request in{.received = ledgers::at_s(0)};
    for (const auto* from : {"garmin", "strava"}) {
        auto r = rides::activity_of(from, from + "-secret"s, rides::at("2024-05-27T06:00:00Z"), std::chrono::seconds{3600}, 10000);
        if (from == "strava"s) r.name = "secret name";
        in.records.push_back(incoming(r, "ann", policy, R"({"note":"secret payload of )"s + from + "\"}"));
    }
    REQUIRE(carry_out<activity>(store, "ann", in, policy));
    check_same(store);
    CHECK(asked(store, "SELECT source_data->>'note' FROM activity_records") == lines{"secret payload of garmin", "secret payload of strava"});
    request erase{.received = ledgers::at_s(9), .erase = "strava"};
    REQUIRE(carry_out<activity>(store, "ann", erase, policy));
    check_same(store);
    CHECK(asked(store, "SELECT source, external_id FROM activities") == lines{"garmin|garmin-secret"});
    for (const auto* table : {"activities", "activity_statistics", "activity_records", "activity_links", "activity_events"}) {
        CHECK(asked(store, "SELECT t FROM "s + table + " t WHERE t::text LIKE '%strava-secret%' OR t::text LIKE '%payload of strava%' OR t::text LIKE '%secret name%'").empty());
    }
}

TEST_CASE("what is taken back, and that taken back in turn, is so in the tables", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const ledger_policy policy;
    const auto versions = [&](request in) {
        in.received = ledgers::at_s(static_cast<std::int64_t>(store.head("ann")->version));
        REQUIRE(carry_out<activity>(store, "ann", in, policy));
        check_same(store);
        return asked(store, "SELECT revision, source_data->>'v' FROM activity_records").front();
    };
    const auto delivered = [&](int number, const std::string& raw) {
        auto r = rides::activity_of("garmin", "1", rides::at("2024-05-27T06:00:00Z"), std::chrono::seconds{3600}, 10000);
        r.revision = number;
        request in;
        in.records.push_back(incoming(r, "ann", policy, raw));
        return in;
    };
    const auto undone = [&](std::uint64_t version) {
        request in;
        in.words.push_back(undo_of(version, {1, 0, "phone"}));
        return in;
    };
    CHECK(versions(delivered(1, R"({"v": "one"})")) == "1|one");
    CHECK(versions(delivered(2, R"({"v": "two"})")) == "2|two");
    CHECK(versions(undone(2)) == "1|one");
    CHECK(versions(undone(3)) == "2|two");
    CHECK(versions(undone(4)) == "1|one");
    CHECK(versions(undone(1)) == "2|-");  // of a record that says nothing, what came of it last
    CHECK(asked(store, "SELECT count(*) FROM activities") == lines{"0"});
}

TEST_CASE("when the tables refuse a commit, nothing of it happened in either", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const ledger_policy policy;
    for (const auto* table : {"activities", "activity_records", "activity_events"})
        asked(store, "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.athlete_id = ''ben'' THEN RAISE EXCEPTION ''not ben''; END IF; RETURN NEW; END'"),
            asked(store, "CREATE TRIGGER refuse BEFORE INSERT ON "s + table + " FOR EACH ROW EXECUTE FUNCTION refuse()");
    std::vector<activity> of_ben = rides::history_of(3, 5, false, "ben").records, of_ann = rides::history_of(3, 5).records;
    const auto refused = ingest(store, "ben", of_ben, policy, ledgers::at_s(0));
    REQUIRE(!refused);
    CHECK(refused.error().code == problem_code::unreadable);
    CHECK(store.head("ben")->version == 0);
    CHECK(store.athletes()->empty());
    CHECK(asked(store, "SELECT * FROM coincide_entry").empty());
    CHECK(asked(store, "SELECT * FROM athletes").empty());
    REQUIRE(ingest(store, "ann", of_ann, policy, ledgers::at_s(0)));
    check_same(store);
    asked(store, "DROP TRIGGER refuse ON activity_events; DROP TRIGGER refuse ON activity_records; DROP TRIGGER refuse ON activities");
    REQUIRE(ingest(store, "ben", of_ben, policy, ledgers::at_s(0)));
    CHECK(asked(store, "SELECT count(*) FROM activities WHERE athlete_id = 'ben'") == lines{std::to_string(ledgers::groups(store, "ben").size())});
}

TEST_CASE("a commit that lost its race leaves no trace in the tables", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const ledger_policy policy;
    const auto records = rides::history_of(4, 4).records;
    REQUIRE(ingest(store, "ann", std::vector(records.begin(), records.begin() + 3), policy, ledgers::at_s(0)));
    const auto stale = *store.head("ann");
    REQUIRE(ingest(store, "ann", std::vector{records[3]}, policy, ledgers::at_s(1)));
    const auto before = tables(store);
    const auto group = ledgers::groups(store).front();
    const write_set late{{{key_of("cl", 2, 0), "x"}, {key_of("dg", {"garmin", "late"}), encode(group, "12345678")}}, {}};
    CHECK(store.commit("ann", stale, late, commit_id{1}) == commit_result::conflict);
    const auto after = tables(store);
    CHECK(after.activities == before.activities);
    CHECK(after.events == before.events);
    check_same(store);
}

TEST_CASE("writers that race on some athletes make the tables of what the ledger came to", "[postgres][projection][race]") {
    const auto where = somewhere();
    if (where.empty()) return;
    static_cast<void>(opened(where));
    const auto records = rides::history_of(31, 15).records;
    std::atomic<int> failed{0};
    std::vector<std::thread> workers;
    for (unsigned w = 0; w < 4; ++w)
        workers.emplace_back([&, w] {
            auto mine = records;
            rides::dice{w}.shuffle(mine);
            auto store = postgres_store::open(where, {.alongside = postgres_projection{}});
            for (const auto& r : mine) {
                request in{.received = ledgers::at_s(0)};
                in.records.push_back(incoming(r, "ann", ledger_policy{}));
                failed += !store || !carry_out<activity>(*store, "ann", in, ledger_policy{}, {.attempts_max = 300});
            }
        });
    for (auto& w : workers) w.join();
    CHECK(failed == 0);
    auto store = opened(where);
    check_same(store);
}

TEST_CASE("tables are made once, by whoever comes first, and hold the catalogue", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    std::atomic<int> refused{0};
    std::vector<std::thread> all;
    for (int i = 0; i < 8; ++i)
        all.emplace_back([&] {
            auto store = postgres_store::open(where);
            for (int again = 0; again < 2; ++again) refused += !store || !postgres_projection::migrate(store->connection());
        });
    for (auto& t : all) t.join();
    CHECK(refused == 0);
    auto store = opened(where);
    lines types;
    for (const auto& s : detail::sport_table) types.push_back(std::string{s.slug} + "|" + (s.parent.empty() ? "-" : std::string{s.parent}) + (s.distance_based ? "|t" : "|f"));
    std::sort(types.begin(), types.end());
    CHECK(asked(store, "SELECT * FROM activity_types") == types);
    asked(store, "UPDATE activity_types SET distance_based = NOT distance_based WHERE slug = 'yoga'; DELETE FROM activity_types WHERE slug = 'bmx'");
    REQUIRE(postgres_projection::migrate(store.connection()));
    CHECK(asked(store, "SELECT * FROM activity_types") == types);
    asked(store, "INSERT INTO athletes (id) VALUES ('zoe'); INSERT INTO sync_states VALUES ('zoe', 'garmin', 'page 7', 'partial', now())");
    PGresult* wrong = PQexec(store.connection(), "UPDATE sync_states SET last_sync_status = 'fine'");
    CHECK(PQresultStatus(wrong) == PGRES_FATAL_ERROR);
    PQclear(wrong);

    asked(store, "UPDATE coincide_projection_schema SET number = 99");
    const auto newer = postgres_projection::migrate(store.connection());
    REQUIRE(!newer);
    CHECK(newer.error().code == problem_code::unsupported);
    CHECK(PQtransactionStatus(store.connection()) == PQTRANS_IDLE);
}

TEST_CASE("where a table of that name is there already, none is made", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where, false);
    asked(store, "CREATE TABLE activity_links (own text)");
    const auto made = postgres_projection::migrate(store.connection());
    REQUIRE(!made);
    CHECK(made.error().code == problem_code::unreadable);
    CHECK(asked(store, "SELECT to_regclass('activities'), to_regclass('coincide_projection_schema')") == lines{"-|-"});
}

TEST_CASE("a ledger that is older than its tables is read into them", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    {
        auto store = opened(where, false);
        REQUIRE(ingest(store, "ann", rides::history_of(8, 20, true).records, ledger_policy{}, ledgers::at_s(0)));
    }
    auto store = opened(where);
    REQUIRE(postgres_projection{}.rebuild(store.connection(), "ann"));
    check_same(store);
}

TEST_CASE("a connection of another encoding writes the same rows", "[postgres][projection]") {
    auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    auto latin = where;
    latin.insert(latin.rfind('\''), " -cclient_encoding=LATIN1 -cdefault_transaction_isolation=serializable");
    {
        auto other = opened(latin);
        auto r = rides::activity_of("manual", "\xC3\xA9t\xC3\xA9", rides::at("2024-05-27T06:00:00Z"), std::chrono::seconds{3600}, 10000);
        r.name = "\xE5\xB1\xB1 \xF0\x9F\x9A\xB4";
        REQUIRE(ingest(other, "ann", std::vector{r}, ledger_policy{}, ledgers::at_s(0)));
        REQUIRE(postgres_projection{}.rebuild(other.connection(), "ann"));
    }
    check_same(store);
    CHECK(asked(store, "SELECT external_id, name FROM activities") == lines{"\xC3\xA9t\xC3\xA9|\xE5\xB1\xB1 \xF0\x9F\x9A\xB4"});
}

TEST_CASE("athletes and ids that PostgreSQL has no text for stay apart", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    std::set<std::string> ids;
    const std::vector<std::string> odd{"a\0b"s, "a\0"s, "a", "\xff", "\xfe", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF4\x8F\xBF\xBF", "\xE0\x9F\xBF", std::string(513, 'x'), "\\x61", postgres_projection::stored_id("\xff"), ""};
    for (const auto& one : odd) ids.insert(postgres_projection::stored_id(one));
    CHECK(ids.size() == odd.size());
    CHECK(postgres_projection::stored_text("a\0b\xff\xC3\xA9"s) == "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xC3\xA9");
    for (const auto& athlete : odd) {
        auto r = rides::activity_of("manual", "1", rides::at("2024-05-27T06:00:00Z"), std::chrono::seconds{3600}, 10000);
        r.athlete_id.clear();
        REQUIRE(ingest(store, athlete, std::vector{r}, ledger_policy{}, ledgers::at_s(0)));
    }
    CHECK(asked(store, "SELECT count(*) FROM activities") == lines{std::to_string(odd.size())});
}

TEST_CASE("two thousand records with payloads come in one commit", "[postgres][projection]") {
    const auto where = somewhere();
    if (where.empty()) return;
    auto store = opened(where);
    const auto records = rides::history_of(77, 800).records;
    request in{.received = ledgers::at_s(0)};
    for (const auto& r : records) in.records.push_back(incoming(r, "ann", ledger_policy{}, R"({"payload":")"s + std::string(500, 'p') + "\"}"));
    REQUIRE(carry_out<activity>(store, "ann", in, ledger_policy{}));
    CHECK(store.head("ann")->version == 1);
    check_same(store);
}

// SPDX-License-Identifier: BSL-1.0
//
// What a ledger in PostgreSQL says, as tables that SQL can be asked: one row an activity, one a source's record, one a change. They are
// written in the transaction of each commit, so no reader ever sees the one without the other.
//
//     auto store = postgres_store::open(where, {.alongside = postgres_projection{}});
//     if (!postgres_projection::migrate(store->connection())) …            // makes the tables, or brings them to this version
//     ingest(*store, "ann", rides, policy, now);
//     SELECT started_at, activity_type, distance_m, name FROM activities WHERE athlete_id = 'ann' ORDER BY started_at DESC LIMIT 20
//
// athletes, activity_types (the catalogue), activities (merged; the address is that of the group's smallest member), activity_statistics
// (numbers without a column of their own), activity_records (what each source delivered), activity_links (also those that a person should
// look at), activity_events (the change feed). All follow from the ledger and are not to be written by others; `rebuild` makes an athlete's
// anew, and is needed once for a ledger that is older than its tables. sync_states is the host's own.
//
// Numbers are as they are, to the bit; durations are in seconds. Texts of which PostgreSQL holds no copy (a byte 0, bytes that are no UTF-8)
// have U+FFFD in place of each such byte; such an id, one of over 512 bytes, and one that begins with `\x` is `\x` and the hex of its
// SHA-256, so that two ids never become one. An instant beyond PostgreSQL's is an infinity. The database's encoding must be UTF8.
#pragma once

#include <coincide/adapters/postgres_records.hpp>
#include <coincide/adapters/postgres_tables.hpp>
#include <coincide/ledger/change.hpp>
#include <coincide/ledger/stored_group.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

class postgres_projection {
    using answer = detail::postgres::answer;
    using statement = detail::postgres::statement;
    using rows = detail::postgres::rows;
    using records_read = detail::postgres::records_read;
    using delivery_list = detail::postgres::delivery_list;
    using enum detail::postgres::type;

public:
    static constexpr int schema_version = detail::postgres::tables_version;  // a newer one is refused

    /// Gets what PostgreSQL said when the tables could not be written (the commit then fails): for a log.
    std::function<void(std::string_view)> on_error{};

    /// Makes the tables in the first schema of the search path, where those of the ledger are, or brings them to this version, and fills
    /// activity_types; any number of processes may do so at once. The connection is in no transaction.
    /// Errors  unsupported (made by a newer version, or an encoding other than UTF8), unreadable (anything else: nothing was changed)
    [[nodiscard]] static result<void> migrate(PGconn* db) {
        const auto* encoding = PQparameterStatus(db, "server_encoding");
        if (!encoding || PQtransactionStatus(db) != PQTRANS_IDLE) return fail(problem_code::unreadable, "database");
        if (std::string_view{encoding} != "UTF8") return fail(problem_code::unsupported, "database");
        const auto is = detail::postgres::migrated(db);
        if (is && *is == schema_version && good(detail::postgres::ask(db, {"COMMIT", {}}))) return {};
        static_cast<void>(detail::postgres::ask(db, {"ROLLBACK", {}}));
        return fail(is && *is > schema_version ? problem_code::unsupported : problem_code::unreadable, "database");
    }

    /// For postgres_options::alongside. Round trips: two; four where something is taken back. O(what is written and the deliveries of the
    /// records that came); taking back looks at the keys of all deliveries.
    bool operator()(PGconn* db, std::string_view athlete, const write_set& writes) const {
        const auto records = detail::postgres::records_now(db, athlete, writes);
        return records ? run(db, statements(db, athlete, writes, *records)) : failed(db);
    }

    /// Makes an athlete's rows anew from the ledger, on a connection that is in no transaction. O(history).
    [[nodiscard]] result<void> rebuild(PGconn* db, std::string_view athlete) const {
        const auto whose = stored_id(athlete);
        bool done = run(db, {{"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", {}},
                             {"SELECT 1 FROM coincide_head WHERE athlete = $1::bytea FOR UPDATE", {std::string{athlete}}},
                             {"DELETE FROM activity_records WHERE athlete_id = convert_from($1::bytea, 'UTF8')", {whose}},
                             {"DELETE FROM activities WHERE athlete_id = convert_from($1::bytea, 'UTF8')", {whose}},
                             {"DELETE FROM activity_events WHERE athlete_id = convert_from($1::bytea, 'UTF8')", {whose}}});
        write_set all;
        for (const auto* family : {"cl", "dg", "ds", "fr"}) {
            ledger_view known;
            done = done && detail::postgres::read(db, athlete, {keys_under(family)}, true, known);
            known.for_each(keys_under(family), [&](const std::string& key, const std::string& value) { all.puts.push_back({key, value}); });
        }
        if (done && (*this)(db, athlete, all) && good(detail::postgres::ask(db, {"COMMIT", {}}))) return {};
        static_cast<void>(failed(db));
        static_cast<void>(detail::postgres::ask(db, {"ROLLBACK", {}}));
        return fail(problem_code::unreadable, "database");
    }

    /// An id, and any other text, as the tables have it.
    [[nodiscard]] static std::string stored_id(std::string_view id) { return detail::postgres::stored_id(id); }
    [[nodiscard]] static std::string stored_text(std::string_view of) { return detail::postgres::stored_text(of); }

private:
    // --- what is to be written --------------------------------------------------------------------------------------------------------

    /// A row says of a record what its deliveries say together; received and revised are those of the one that speaks first.
    static void put_record(rows& to, const record_key& k, const delivery_list& all, const detail::ledger_meta& meta) {
        std::vector<const delivery_fact*> holding;
        for (const auto& [version, f] : all)
            if (meta.holds(version)) holding.push_back(&f);
        if (holding.empty())
            for (const auto& [version, f] : all) holding.push_back(&f);
        const auto& first = **std::max_element(holding.begin(), holding.end(), [](const auto* x, const auto* y) { return x->order() < y->order(); });
        const bool none = meta.unlinked(k.source) || std::none_of(all.begin(), all.end(), [&](const auto& f) { return meta.holds(f.first); });
        const auto now = none ? std::nullopt : detail::current_of(holding);
        std::optional<std::string> parent;
        if (now)
            for (const auto& [role_name, value] : values_of(now->body))
                if (role_name == parent_id_t::name && value.size() > 1) parent = stored_id(value.substr(1));
        to.key(k).real(first.revision).moment(first.updated_at).moment(first.received);
        if (now && !now->raw.empty()) to.bytes(now->raw);
        else to.bytes({});
        if (now && !now->series_name.empty()) to.bytes(hex(now->series_name));
        else to.bytes({});
        to.bytes(parent);
    }

    [[nodiscard]] static std::optional<double> number_in(std::string_view value) {
        if (value.starts_with('r')) return detail::value_of<double>(value);
        const auto ms = value.starts_with('d') ? detail::value_of<milliseconds>(value) : std::nullopt;
        return ms ? std::optional{static_cast<double>(ms->count()) / 1000} : std::nullopt;
    }

    /// The rows of one group in activities, activity_statistics and activity_links.
    static void put_group(rows& whole, rows& numbers, rows& links, const stored_group& g) {
        constexpr std::string_view own_number[] = {elapsed_t::name,    moving_t::name,    distance_m_t::name, elevation_gain_m_t::name, energy_kcal_t::name, avg_heart_rate_bpm_t::name,
                                                   max_heart_rate_bpm_t::name, rpe_t::name};
        const auto values = values_of(g.body);
        const auto value = [&](std::string_view role_name, char kind) {
            for (const auto& [each, v] : values)
                if (each == role_name && v.starts_with(kind)) return std::optional{v};
            return std::optional<std::string_view>{};
        };
        const auto said = [&](std::string_view role_name) {
            const auto v = value(role_name, 't');
            return v ? std::optional{v->substr(1)} : v;
        };
        const auto sport_now = value(sport_t::name, 's'), started = value(start_time_t::name, 'i');
        whole.key(g.key()).bytes(sport_now ? std::optional{sport_from_slug(sport_now->substr(1)).slug()} : std::nullopt).text(said(source_activity_type_t::name));
        whole.moment(started ? detail::value_of<instant>(*started) : std::nullopt);
        for (const auto role_name : own_number) {
            const auto as_real = value(role_name, 'r'), v = as_real ? as_real : value(role_name, 'd');
            whole.real(v ? number_in(*v) : std::nullopt);
        }
        const auto* path = g.choice_of(track_t::name) ? g.choice_of(track_t::name) : g.choice_of("streams");
        whole.text(said(title_t::name)).text(said(notes_t::name)).key(g.members[g.primary]).flag(g.review);
        whole.key(path && path->member < g.members.size() ? &g.members[path->member] : nullptr);
        for (const auto& [role_name, v] : values)
            if (const auto n = number_in(v); n && std::find(std::begin(own_number), std::end(own_number), role_name) == std::end(own_number)) numbers.key(g.key()).text(role_name).real(n);
        std::int64_t place = 0;
        for (const auto& l : g.links) links.key(g.key()).count(place++).key(l.a).key(l.b).text(to_string(l.kind)).flag(l.joined).count(l.why.total());
    }

    [[nodiscard]] static std::vector<statement> statements(PGconn* db, std::string_view athlete, const write_set& writes, const records_read& records) {
        const auto whose = stored_id(athlete);
        std::uint64_t version = 0;
        // clang-format off
        rows groups{"INSERT INTO activities SELECT $1::text, g.*, r.series_ref FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::float8[], "
                    "$8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::float8[], $15::text[], $16::text[], $17::text[], $18::text[], "
                    "$19::bool[], $20::text[], $21::text[]) AS g(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, track_source, track_external_id) "
                    "LEFT JOIN activity_records r ON r.athlete_id = $1::text AND r.source = g.track_source AND r.external_id = g.track_external_id "
                    "ON CONFLICT (athlete_id, source, external_id) DO UPDATE SET (athlete_id, source, external_id, activity_type, source_activity_type, started_at, elapsed_s, "
                    "moving_s, distance_m, elevation_gain_m, energy_kcal, avg_heart_rate_bpm, max_heart_rate_bpm, rpe, name, notes, primary_source, primary_external_id, review, "
                    "track_source, track_external_id, track_ref) = ROW(EXCLUDED.*)",
                    {a_text, a_text, a_text, a_text, a_moment, a_real, a_real, a_real, a_real, a_real, a_real, a_real, a_real, a_text, a_text, a_text, a_text, a_flag, a_text, a_text}};
        rows no_numbers{"DELETE FROM activity_statistics s USING unnest($2::text[], $3::text[]) g(a, b) WHERE s.athlete_id = $1::text AND s.source = g.a AND s.external_id = g.b", {a_text, a_text}};
        rows no_links{"DELETE FROM activity_links s USING unnest($2::text[], $3::text[]) g(a, b) WHERE s.athlete_id = $1::text AND s.source = g.a AND s.external_id = g.b", {a_text, a_text}};
        rows numbers{"INSERT INTO activity_statistics SELECT $1::text, n.* FROM unnest($2::text[], $3::text[], $4::text[], $5::float8[]) n ON CONFLICT DO NOTHING", {a_text, a_text, a_text, a_real}};
        rows links{"INSERT INTO activity_links SELECT $1::text, l.a, l.b, l.c, l.d, l.e, l.f, l.g, l.h, l.i, l.w::numeric / 100 FROM unnest($2::text[], $3::text[], $4::bigint[], $5::text[], "
                   "$6::text[], $7::text[], $8::text[], $9::text[], $10::bool[], $11::bigint[]) l(a, b, c, d, e, f, g, h, i, w)",
                   {a_text, a_text, a_count, a_text, a_text, a_text, a_text, a_text, a_flag, a_count}};
        rows delivered{"INSERT INTO activity_records (athlete_id, source, external_id, revision, updated_at, received_at, source_data, series_ref, parent_external_id) "
                       "SELECT $1::text, r.a, r.b, r.c, r.d, r.e, coincide_source_data(r.f), r.g, r.h FROM unnest($2::text[], $3::text[], $4::float8[], $5::timestamptz[], "
                       "$6::timestamptz[], $7::bytea[], $8::text[], $9::text[]) r(a, b, c, d, e, f, g, h) ON CONFLICT (athlete_id, source, external_id) DO UPDATE "
                       "SET (revision, updated_at, received_at, source_data, series_ref, parent_external_id) = ROW(EXCLUDED.revision, EXCLUDED.updated_at, EXCLUDED.received_at, "
                       "EXCLUDED.source_data, EXCLUDED.series_ref, EXCLUDED.parent_external_id)",
                       {a_text, a_text, a_real, a_moment, a_moment, some_bytes, a_text, a_text}};
        rows homes{"UPDATE activity_records r SET (activity_source, activity_external_id) = (h.c, h.d) FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) h(a, b, c, d) "
                   "WHERE r.athlete_id = $1::text AND r.source = h.a AND r.external_id = h.b", {a_text, a_text, a_text, a_text}};
        rows series{"UPDATE activities a SET track_ref = r.series_ref FROM unnest($2::text[], $3::text[]) k(a, b), activity_records r WHERE r.athlete_id = $1::text AND r.source = k.a AND r.external_id = k.b "
                    "AND a.athlete_id = $1::text AND a.source = r.activity_source AND a.external_id = r.activity_external_id AND a.track_source = k.a AND a.track_external_id = k.b "
                    "AND a.track_ref IS DISTINCT FROM r.series_ref", {a_text, a_text}};
        rows erased{"DELETE FROM activity_records r USING unnest($2::text[], $3::text[]) k(a, b) WHERE r.athlete_id = $1::text AND r.source = k.a AND r.external_id = k.b", {a_text, a_text}};
        rows no_groups{"DELETE FROM activities a USING unnest($2::text[], $3::text[]) g(a, b) WHERE a.athlete_id = $1::text AND a.source = g.a AND a.external_id = g.b", {a_text, a_text}};
        rows events{"INSERT INTO activity_events SELECT $1::text, e.* FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) e "
                    "ON CONFLICT (athlete_id, version, index) DO UPDATE SET (athlete_id, version, index, kind, record_source, record_external_id, field, source) = ROW(EXCLUDED.*)",
                    {a_count, a_count, a_text, a_text, a_text, a_text, a_text}};
        // clang-format on
        for (const auto& [k, all] : records.all) {
            if (all.empty()) erased.key(k).end(whose);
            else put_record(delivered, k, all, records.meta), delivered.end(whose), series.key(k).end(whose);
        }
        for (const auto& [key, value] : writes.puts) {
            if (detail::postgres::is_of(key, "dg"))
                if (const auto g = decode_group(value)) {
                    no_numbers.key(g->key()).end(whose), no_links.key(g->key()).end(whose);
                    put_group(groups, numbers, links, *g);
                    groups.end(whose), numbers.end(whose), links.end(whose);
                }
            if (detail::postgres::is_of(key, "ds")) {
                byte_reader in{value};
                static_cast<void>(in.integer()), static_cast<void>(in.text());
                if (const auto home = take_record_key(in); in.good()) homes.key(detail::postgres::record_in(key)).key(home).end(whose);
            }
            if (!detail::postgres::is_of(key, "cl")) continue;
            key_reader in{std::string_view{key}.substr(2)};
            const auto at = in.number(), index = in.number();
            version = std::max(version, at);
            events.count(static_cast<std::int64_t>(at)).count(static_cast<std::int64_t>(index));
            const auto c = index > 0 ? decode_change(value) : std::nullopt;
            events.text(to_string(c ? c->of : change_kind::commit));
            const auto said = c ? *c : ledger_change{};
            for (const auto* of : {&said.record.source, &said.record.external_id, &said.field, &said.source}) {
                if (of->empty()) events.bytes({});
                else of == &said.field ? events.text(*of) : events.id(*of);
            }
            events.end(whose);
        }
        for (const auto& k : writes.deletes) {
            if (detail::postgres::is_of(k, "dg")) no_groups.key(detail::postgres::record_in(k)).end(whose);
            if (detail::postgres::is_of(k, "ds")) homes.key(detail::postgres::record_in(k)).key(nullptr).end(whose);
        }
        std::vector<statement> out;
        const auto* encoding = PQparameterStatus(db, "client_encoding");
        if (!encoding || std::string_view{encoding} != "UTF8") out.push_back({"SET LOCAL client_encoding = 'UTF8'"});
        out.push_back({"INSERT INTO athletes AS a (id, version) VALUES ($1::text, $2::bigint) ON CONFLICT (id) DO UPDATE SET version = greatest(a.version, EXCLUDED.version)",
                       {whose, detail::postgres::eight(version)}});
        // groups before the records that are in them, records out of groups before these go
        for (auto* each : {&delivered, &groups, &no_numbers, &numbers, &no_links, &links, &homes, &series, &erased, &no_groups, &events}) each->to(out, whose);
        return out;
    }

    // --- PostgreSQL -------------------------------------------------------------------------------------------------------------------

    bool failed(PGconn* db) const {
        if (on_error) on_error(PQerrorMessage(db));
        return false;
    }
    /// In one round trip; false after the first error.
    [[nodiscard]] bool run(PGconn* db, const std::vector<statement>& all) const {
        std::vector<answer> answers;
        const bool usable = answers_of(db, all, answers);
        const auto wrong = std::find_if(answers.begin(), answers.end(), [](const answer& a) { return !good(a); });
        if (wrong == answers.end()) return usable && answers.size() == all.size();
        if (on_error) on_error(PQresultErrorMessage(wrong->get()));
        return false;
    }
};

}  // namespace coincide

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

#include <coincide/ledger/change.hpp>
#include <coincide/ledger/folding.hpp>
#include <coincide/ledger/sha256.hpp>
#include <coincide/ledger/stored_group.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

class postgres_projection {
public:
    static constexpr int schema_version = 1;  // in the table coincide_projection_schema; a newer one is refused

    /// Gets what PostgreSQL said when the tables could not be written (the commit then fails): for a log.
    std::function<void(std::string_view)> on_error{};

    /// Makes the tables in the first schema of the search path, where those of the ledger are, or brings them to this version, and fills
    /// activity_types; any number of processes may do so at once. The connection is in no transaction.
    /// Errors  unsupported (made by a newer version, or an encoding other than UTF8), unreadable (anything else: nothing was changed)
    [[nodiscard]] static result<void> migrate(PGconn* db) {
        const auto* encoding = PQparameterStatus(db, "server_encoding");
        if (!encoding || PQtransactionStatus(db) != PQTRANS_IDLE) return fail(problem_code::unreadable, "database");
        if (std::string_view{encoding} != "UTF8") return fail(problem_code::unsupported, "database");
        const auto is = migrated(db);
        if (is && *is == schema_version && good(ask(db, {"COMMIT", {}}))) return {};
        static_cast<void>(ask(db, {"ROLLBACK", {}}));
        return fail(is && *is > schema_version ? problem_code::unsupported : problem_code::unreadable, "database");
    }

    /// For postgres_options::alongside. Round trips: two; four where something is taken back. O(what is written and the deliveries of the
    /// records that came); taking back looks at the keys of all deliveries.
    bool operator()(PGconn* db, std::string_view athlete, const write_set& writes) const {
        const auto records = records_now(db, athlete, writes);
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
            done = done && read(db, athlete, {keys_under(family)}, true, known);
            known.for_each(keys_under(family), [&](const std::string& key, const std::string& value) { all.puts.push_back({key, value}); });
        }
        if (done && (*this)(db, athlete, all) && good(ask(db, {"COMMIT", {}}))) return {};
        static_cast<void>(failed(db));
        static_cast<void>(ask(db, {"ROLLBACK", {}}));
        return fail(problem_code::unreadable, "database");
    }

    /// An id as the tables have it.
    [[nodiscard]] static std::string stored_id(std::string_view id) {
        bool as_it_is = id.size() <= 512 && !id.starts_with("\\x");
        for (auto rest = id; as_it_is && !rest.empty(); rest.remove_prefix(std::max<std::size_t>(character(rest), 1))) as_it_is = character(rest) > 0;
        return as_it_is ? std::string{id} : "\\x" + hex(sha256(id));
    }
    /// Any other text as the tables have it.
    [[nodiscard]] static std::string stored_text(std::string_view of) {
        std::string out;
        for (std::size_t n = 0; !of.empty(); of.remove_prefix(std::max<std::size_t>(n, 1))) n = character(of), out.append(n > 0 ? of.substr(0, n) : "\xEF\xBF\xBD");
        return out;
    }

private:
    struct clear_result {
        void operator()(PGresult* r) const noexcept { PQclear(r); }
    };
    using answer = std::unique_ptr<PGresult, clear_result>;
    /// Parameters and answers are in PostgreSQL's binary form.
    struct statement {
        const char* text;
        std::vector<std::string> parameters{};
    };
    enum type : std::uint32_t { a_flag = 16, some_bytes = 17, a_count = 20, a_text = 25, a_real = 701, a_moment = 1184 };  // PostgreSQL's numbers for them

    [[nodiscard]] static std::string eight(std::uint64_t v) { return key_writer{""}.number(v).take(); }
    [[nodiscard]] static std::string four(std::uint32_t v) { return eight(v).substr(4); }

    /// One statement for many rows: $1 is the athlete, and each column of the rows is an array. Cells are added row by row.
    class rows {
    public:
        rows(const char* sql, std::initializer_list<type> types) : sql_{sql} {
            for (const auto t : types) columns_.push_back({t, {}});
        }
        rows& bytes(std::optional<std::string_view> v) {
            auto& into = columns_[at_++ % columns_.size()].second;
            into.append(four(v ? static_cast<std::uint32_t>(v->size()) : ~0u)).append(v.value_or(std::string_view{}));
            size_ += v ? v->size() + 4 : 4;
            return *this;
        }
        rows& id(std::string_view v) { return bytes(stored_id(v)); }
        rows& key(const record_key& k) { return id(k.source).id(k.external_id); }
        rows& key(const record_key* k) { return k ? key(*k) : bytes({}).bytes({}); }
        rows& text(std::optional<std::string_view> v) { return v ? bytes(stored_text(*v)) : bytes({}); }
        rows& flag(bool v) { return bytes(v ? std::string_view{"\1", 1} : std::string_view{"\0", 1}); }
        rows& count(std::int64_t v) { return bytes(eight(static_cast<std::uint64_t>(v))); }
        rows& real(std::optional<double> v) { return v ? bytes(eight(std::bit_cast<std::uint64_t>(*v))) : bytes({}); }
        rows& moment(std::optional<instant> v) {  // microseconds since 2000; before 4713 BC and after the year 294276 infinite
            if (!v) return bytes({});
            constexpr std::int64_t first = -210866803200000, beyond = 9224318016000000, epoch = 946684800000;
            const auto ms = v->time_since_epoch().count();
            using limits = std::numeric_limits<std::int64_t>;
            return count(ms < first ? limits::min() : ms >= beyond ? limits::max() : (ms - epoch) * 1000);
        }
        /// After each row. So many bytes are enough for one statement.
        void end(std::string_view athlete) {
            if (size_ > 16000000) cut(athlete);
        }
        void to(std::vector<statement>& all, std::string_view athlete) {
            cut(athlete);
            std::move(full_.begin(), full_.end(), std::back_inserter(all));
        }

    private:
        void cut(std::string_view athlete) {
            if (size_ == 0) return;
            statement s{sql_, {std::string{athlete}}};
            const auto length = four(static_cast<std::uint32_t>(at_ / columns_.size()));
            for (auto& [t, cells] : columns_) s.parameters.push_back(four(1) + four(1) + four(t) + length + four(1) + std::exchange(cells, {}));
            full_.push_back(std::move(s));
            at_ = size_ = 0;
        }
        const char* sql_;
        std::vector<std::pair<type, std::string>> columns_{};
        std::vector<statement> full_{};
        std::size_t at_ = 0, size_ = 0;
    };

    /// The length of the character that a text begins with; 0 where it is none, or 0.
    [[nodiscard]] static std::size_t character(std::string_view of) {
        const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(of[i]); };
        const unsigned lead = at(0);
        const std::size_t n = lead < 0x80 ? lead != 0 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (n < 2) return n;
        if (of.size() < n) return 0;
        for (std::size_t i = 1; i < n; ++i)
            if ((at(i) & 0xC0) != 0x80) return 0;
        const bool too_short = (lead == 0xE0 && at(1) < 0xA0) || (lead == 0xF0 && at(1) < 0x90);
        const bool no_character = (lead == 0xED && at(1) > 0x9F) || (lead == 0xF4 && at(1) > 0x8F);
        return too_short || no_character ? 0 : n;
    }

    // --- what is to be written --------------------------------------------------------------------------------------------------------

    using delivery_list = std::vector<std::pair<std::uint64_t, delivery_fact>>;
    struct records_read {
        detail::ledger_meta meta{};
        std::map<record_key, delivery_list> all{};  // of the records that a commit concerns; none: the record was erased
    };

    [[nodiscard]] static record_key record_in(std::string_view key, std::uint64_t* version = nullptr) {
        key_reader in{key.substr(2)};
        record_key k;
        k.source = in.text(), k.external_id = in.text();
        if (version) *version = in.number();
        return k;
    }
    [[nodiscard]] static bool is_of(std::string_view key, std::string_view family) { return key.starts_with(family); }

    /// The deliveries of each record whose deliveries are written, or counted otherwise since something was taken back or unlinked.
    [[nodiscard]] static std::optional<records_read> records_now(PGconn* db, std::string_view athlete, const write_set& writes) {
        records_read out;
        std::set<std::uint64_t> versions;
        std::set<std::string, std::less<>> unlinked;
        const auto look = [&](std::string_view key) {
            key_reader in{key.substr(std::min<std::size_t>(key.size(), 3))};
            if (is_of(key, "fr")) out.all.try_emplace(record_in(key));
            if (is_of(key, "dmx")) versions.insert(in.number());
            if (is_of(key, "dmk")) unlinked.insert(in.text());
        };
        for (const auto& e : writes.puts) look(e.key);
        for (const auto& k : writes.deletes) look(k);
        if (out.all.empty() && versions.empty() && unlinked.empty()) return out;
        ledger_view known{{.version = 1}}, keys{{.version = 1}};
        if (!read(db, athlete, {keys_under("dm")}, true, known)) return std::nullopt;
        detail::asking ask_known{known};
        out.meta = detail::ledger_meta::read(ask_known);
        for (bool more = true; std::exchange(more, false);)  // what takes back a taking back
            for (const auto& [by, version] : out.meta.undos)
                if (versions.contains(by)) more |= versions.insert(version).second;
        for (const auto& [from, version] : out.meta.unlinks)
            if (versions.contains(version)) unlinked.insert(from);
        if (!versions.empty() || !unlinked.empty()) {
            if (!read(db, athlete, {keys_under("fr")}, false, keys)) return std::nullopt;
            keys.for_each(keys_under("fr"), [&](const std::string& key, const std::string&) {
                std::uint64_t version = 0;
                auto k = record_in(key, &version);
                if (versions.contains(version) || unlinked.contains(k.source)) out.all.try_emplace(std::move(k));
            });
        }
        std::vector<key_range> ranges;
        for (const auto& [k, facts] : out.all) ranges.push_back(keys_under(key_of("fr", k)));
        ledger_view facts;
        if (!read(db, athlete, ranges, true, facts)) return std::nullopt;
        facts.for_each(keys_under("fr"), [&](const std::string& key, const std::string& value) {
            std::uint64_t version = 0;
            const auto at = out.all.find(record_in(key, &version));
            if (auto f = decode_delivery(value); f && at != out.all.end()) at->second.emplace_back(version, std::move(*f));
        });
        return out;
    }

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
            if (is_of(key, "dg"))
                if (const auto g = decode_group(value)) {
                    no_numbers.key(g->key()).end(whose), no_links.key(g->key()).end(whose);
                    put_group(groups, numbers, links, *g);
                    groups.end(whose), numbers.end(whose), links.end(whose);
                }
            if (is_of(key, "ds")) {
                byte_reader in{value};
                static_cast<void>(in.integer()), static_cast<void>(in.text());
                if (const auto home = take_record_key(in); in.good()) homes.key(record_in(key)).key(home).end(whose);
            }
            if (!is_of(key, "cl")) continue;
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
            if (is_of(k, "dg")) no_groups.key(record_in(k)).end(whose);
            if (is_of(k, "ds")) homes.key(record_in(k)).key(nullptr).end(whose);
        }
        std::vector<statement> out;
        const auto* encoding = PQparameterStatus(db, "client_encoding");
        if (!encoding || std::string_view{encoding} != "UTF8") out.push_back({"SET LOCAL client_encoding = 'UTF8'"});
        out.push_back({"INSERT INTO athletes AS a (id, version) VALUES ($1::text, $2::bigint) ON CONFLICT (id) DO UPDATE SET version = greatest(a.version, EXCLUDED.version)",
                       {whose, eight(version)}});
        // groups before the records that are in them, records out of groups before these go
        for (auto* each : {&delivered, &groups, &no_numbers, &numbers, &no_links, &links, &homes, &series, &erased, &no_groups, &events}) each->to(out, whose);
        return out;
    }

    // --- PostgreSQL -------------------------------------------------------------------------------------------------------------------

    [[nodiscard]] static bool good(const answer& a) {
        const auto is = PQresultStatus(a.get());
        return is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK;
    }
    bool failed(PGconn* db) const {
        if (on_error) on_error(PQerrorMessage(db));
        return false;
    }
    struct sent_form {
        explicit sent_form(const statement& s) : binary(s.parameters.size(), 1) {
            for (const auto& p : s.parameters) values.push_back(p.data()), lengths.push_back(static_cast<int>(p.size()));
        }
        std::vector<const char*> values{};
        std::vector<int> lengths{}, binary;
    };
    [[nodiscard]] static answer ask(PGconn* db, const statement& s) {
        const sent_form f{s};
        return answer{PQexecParams(db, s.text, static_cast<int>(f.values.size()), nullptr, f.values.data(), f.lengths.data(), f.binary.data(), 1)};
    }
    /// In one round trip; false after the first error.
    [[nodiscard]] bool run(PGconn* db, const std::vector<statement>& all) const {
        bool sent = PQenterPipelineMode(db) == 1, done = sent;
        for (std::size_t i = 0; sent && i < all.size(); ++i) {
            const sent_form f{all[i]};
            sent = PQsendQueryParams(db, all[i].text, static_cast<int>(f.values.size()), nullptr, f.values.data(), f.lengths.data(), f.binary.data(), 1) == 1;
        }
        sent = sent && PQpipelineSync(db) == 1;
        for (bool more = sent, ended = false; more;) {
            const answer next{PQgetResult(db)};
            if (!next) more = !std::exchange(ended, true);
            else if (ended = false; PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC) more = false;
            else if (!good(next)) {
                if (done && on_error) on_error(PQresultErrorMessage(next.get()));
                done = false;
            }
        }
        return PQexitPipelineMode(db) == 1 && sent && done && PQstatus(db) == CONNECTION_OK;
    }
    [[nodiscard]] static std::string_view cell(const answer& of, int row, int column) {
        return {PQgetvalue(of.get(), row, column), static_cast<std::size_t>(PQgetlength(of.get(), row, column))};
    }
    /// Entries of ranges, or their keys alone.
    [[nodiscard]] static bool read(PGconn* db, std::string_view athlete, const std::vector<key_range>& ranges, bool values, ledger_view& to) {
        constexpr const char* sql[] = {  // without values PostgreSQL need not look beyond its index
            "SELECT e.key, ''::bytea FROM unnest($2::bytea[], $3::bytea[]) r(f, t) CROSS JOIN LATERAL "
            "(SELECT key FROM coincide_entry WHERE athlete = $1::bytea AND key >= r.f AND key < r.t ORDER BY key) e",
            "SELECT e.key, e.value FROM unnest($2::bytea[], $3::bytea[]) r(f, t) CROSS JOIN LATERAL "
            "(SELECT key, value FROM coincide_entry WHERE athlete = $1::bytea AND key >= r.f AND key < r.t ORDER BY key) e"};
        rows all{sql[values], {some_bytes, some_bytes}};
        for (const auto& r : ranges) all.bytes(r.from).bytes(r.to);
        std::vector<statement> asked;
        all.to(asked, athlete);
        for (const auto& s : asked) {
            const auto found = ask(db, s);
            if (!good(found)) return false;
            std::vector<ledger_entry> entries;
            for (int row = 0; row < PQntuples(found.get()); ++row) entries.push_back({std::string{cell(found, row, 0)}, std::string{cell(found, row, 1)}});
            for (const auto& r : ranges) to.add(r, std::exchange(entries, {}));
        }
        return true;
    }

    /// Opens a transaction, and leaves it open: the number that the tables have now.
    [[nodiscard]] static std::optional<int> migrated(PGconn* db) {
        static constexpr const char* steps[] = {  // to each number from the one before; what was released stays as it is
            "CREATE TABLE coincide_projection_schema (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), number integer NOT NULL);"
            "INSERT INTO coincide_projection_schema (number) VALUES (0);"
            "CREATE TABLE athletes (id text PRIMARY KEY, version bigint NOT NULL DEFAULT 0);"
            "CREATE TABLE activity_types (slug text PRIMARY KEY, parent text REFERENCES activity_types, distance_based boolean NOT NULL);"
            "CREATE TABLE activities (athlete_id text NOT NULL REFERENCES athletes, source text NOT NULL, external_id text NOT NULL, activity_type text REFERENCES activity_types, source_activity_type text,"
            " started_at timestamptz, elapsed_s float8, moving_s float8, distance_m float8, elevation_gain_m float8, energy_kcal float8, avg_heart_rate_bpm float8, max_heart_rate_bpm float8, rpe float8,"
            " name text, notes text, primary_source text NOT NULL, primary_external_id text NOT NULL, review boolean NOT NULL, track_source text, track_external_id text, track_ref text,"
            " PRIMARY KEY (athlete_id, source, external_id));"
            "CREATE INDEX activities_by_start ON activities (athlete_id, started_at DESC);"
            "CREATE TABLE activity_statistics (athlete_id text, source text, external_id text, key text, value float8 NOT NULL, PRIMARY KEY (athlete_id, source, external_id, key),"
            " FOREIGN KEY (athlete_id, source, external_id) REFERENCES activities ON DELETE CASCADE);"
            "CREATE TABLE activity_records (athlete_id text NOT NULL REFERENCES athletes, source text NOT NULL, external_id text NOT NULL, activity_source text, activity_external_id text,"
            " revision float8, updated_at timestamptz, received_at timestamptz NOT NULL, source_data jsonb, series_ref text, parent_external_id text,"
            " gone boolean NOT NULL GENERATED ALWAYS AS (activity_source IS NULL) STORED, PRIMARY KEY (athlete_id, source, external_id),"
            " FOREIGN KEY (athlete_id, activity_source, activity_external_id) REFERENCES activities);"
            "CREATE INDEX activity_records_by_activity ON activity_records (athlete_id, activity_source, activity_external_id);"
            "CREATE TABLE activity_links (athlete_id text, source text, external_id text, index bigint, a_source text NOT NULL, a_external_id text NOT NULL, b_source text NOT NULL, b_external_id text NOT NULL,"
            " relation text NOT NULL, joined boolean NOT NULL, weight_bits numeric(12, 2) NOT NULL, PRIMARY KEY (athlete_id, source, external_id, index),"
            " FOREIGN KEY (athlete_id, source, external_id) REFERENCES activities ON DELETE CASCADE);"
            "CREATE TABLE activity_events (athlete_id text REFERENCES athletes, version bigint, index bigint, kind text NOT NULL, record_source text, record_external_id text, field text, source text,"
            " PRIMARY KEY (athlete_id, version, index));"
            "CREATE TABLE sync_states (athlete_id text REFERENCES athletes, source text, anchor text, last_sync_status text CHECK (last_sync_status IN ('success', 'partial', 'failed')), last_sync_at timestamptz,"
            " PRIMARY KEY (athlete_id, source));"
            "CREATE FUNCTION coincide_source_data(raw bytea) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$ BEGIN RETURN convert_from(raw, 'UTF8')::jsonb; EXCEPTION WHEN OTHERS THEN"
            " BEGIN RETURN convert_from('\\x7b'::bytea || raw || '\\x7d'::bytea, 'UTF8')::jsonb; EXCEPTION WHEN OTHERS THEN RETURN NULL; END; END $$",
        };
        static_assert(std::size(steps) == schema_version);
        const auto simply = [db](const char* text) { return good(answer{PQexec(db, text)}); };
        if (!simply("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL client_encoding = 'UTF8'; SELECT pg_advisory_xact_lock(7165061455004918886)")) return std::nullopt;
        const auto there = ask(db, {"SELECT 1::bigint FROM pg_class WHERE oid = to_regclass('coincide_projection_schema')"});
        if (!good(there)) return std::nullopt;
        std::optional<int> number = 0;
        if (PQntuples(there.get()) > 0) {
            const auto is = ask(db, {"SELECT number::bigint FROM coincide_projection_schema"});
            if (!good(is) || PQntuples(is.get()) != 1) return std::nullopt;
            number = static_cast<int>(key_reader{cell(is, 0, 0)}.number());
        }
        for (; number && *number < schema_version; ++*number)
            if (!simply(steps[*number]) || !simply("UPDATE coincide_projection_schema SET number = number + 1")) return std::nullopt;
        if (number != schema_version) return number;
        rows types{"INSERT INTO activity_types SELECT * FROM unnest($2::text[], $3::text[], $4::bool[]) t WHERE $1::text = '' EXCEPT SELECT slug, parent, distance_based FROM activity_types "
                   "ON CONFLICT (slug) DO UPDATE SET (parent, distance_based) = (EXCLUDED.parent, EXCLUDED.distance_based)", {a_text, a_text, a_flag}};
        for (const auto& s : detail::sport_table) types.bytes(s.slug).bytes(s.parent.empty() ? std::nullopt : std::optional{s.parent}).flag(s.distance_based);
        std::vector<statement> all;
        types.to(all, "");
        return good(ask(db, all.front())) ? number : std::nullopt;
    }
};

}  // namespace coincide

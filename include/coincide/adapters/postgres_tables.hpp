// SPDX-License-Identifier: BSL-1.0
//
// The tables that postgres_projection.hpp keeps, and how they are brought to the version that a program knows. What was released stays as
// it is; a change is a further step.
#pragma once

#include <coincide/adapters/postgres_query.hpp>
#include <coincide/record/sport.hpp>

#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

namespace coincide::detail::postgres {

inline constexpr int tables_version = 1;  // in the table coincide_projection_schema

/// Opens a transaction, and leaves it open: the number that the tables have now.
[[nodiscard]] inline std::optional<int> migrated(PGconn* db) {
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
    static_assert(std::size(steps) == tables_version);
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
    for (; number && *number < tables_version; ++*number)
        if (!simply(steps[*number]) || !simply("UPDATE coincide_projection_schema SET number = number + 1")) return std::nullopt;
    if (number != tables_version) return number;
    rows types{"INSERT INTO activity_types SELECT * FROM unnest($2::text[], $3::text[], $4::bool[]) t WHERE $1::text = '' EXCEPT SELECT slug, parent, distance_based FROM activity_types "
               "ON CONFLICT (slug) DO UPDATE SET (parent, distance_based) = (EXCLUDED.parent, EXCLUDED.distance_based)", {a_text, a_text, a_flag}};
    for (const auto& s : detail::sport_table) types.bytes(s.slug).bytes(s.parent.empty() ? std::nullopt : std::optional{s.parent}).flag(s.distance_based);
    std::vector<statement> all;
    types.to(all, "");
    return good(ask(db, all.front())) ? number : std::nullopt;
}

}  // namespace coincide::detail::postgres

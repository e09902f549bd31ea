// SPDX-License-Identifier: BSL-1.0
//
// Statements and their answers in PostgreSQL's binary form, many in one round trip. The inside of the PostgreSQL adapters.
//
//     rows ids{"DELETE FROM t USING unnest($2::text[]) k WHERE t.whose = $1::text AND t.id = k", {a_text}};
//     for (…) ids.id(one).end("ann");
//     ids.to(statements, "ann");                    // one statement for all rows, or for each 16 MB of them
//     answers_of(db, statements)                    // sent together, answered together
#pragma once

#include <coincide/adapters/postgres_text.hpp>
#include <coincide/ledger/facts.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail::postgres {

struct clear_result {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using answer = std::unique_ptr<PGresult, clear_result>;
/// Parameters and answers are in PostgreSQL's binary form.
struct statement {
    const char* text;
    std::vector<std::string> parameters{};
};

[[nodiscard]] inline bool good(const answer& a) {
    const auto is = PQresultStatus(a.get());
    return is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK;
}
[[nodiscard]] inline bool good(const std::vector<answer>& all, std::size_t expected) {
    return all.size() == expected && std::all_of(all.begin(), all.end(), [](const answer& a) { return good(a); });
}
[[nodiscard]] inline std::string_view cell(const answer& of, int row, int column) {
    return {PQgetvalue(of.get(), row, column), static_cast<std::size_t>(PQgetlength(of.get(), row, column))};
}
[[nodiscard]] inline std::uint64_t number(const answer& of, int row, int column) { return key_reader{cell(of, row, column)}.number(); }

struct sent_form {
    explicit sent_form(const statement& s) : binary(s.parameters.size(), 1) {
        for (const auto& p : s.parameters) values.push_back(p.data()), lengths.push_back(static_cast<int>(p.size()));
    }
    std::vector<const char*> values{};
    std::vector<int> lengths{}, binary;
};
[[nodiscard]] inline answer ask(PGconn* db, const statement& s) {
    const sent_form f{s};
    return answer{PQexecParams(db, s.text, static_cast<int>(f.values.size()), nullptr, f.values.data(), f.lengths.data(), f.binary.data(), 1)};
}

/// Statements in one round trip. After an error the rest of them is skipped; without a connection there are fewer answers. False: the
/// connection cannot be used any more.
[[nodiscard]] inline bool answers_of(PGconn* db, const std::vector<statement>& all, std::vector<answer>& out) {
    bool sent = PQenterPipelineMode(db) == 1;
    for (std::size_t i = 0; sent && i < all.size(); ++i) {
        const sent_form f{all[i]};
        sent = PQsendQueryParams(db, all[i].text, static_cast<int>(f.values.size()), nullptr, f.values.data(), f.lengths.data(), f.binary.data(), 1) == 1;
    }
    sent = sent && PQpipelineSync(db) == 1;
    for (bool more = sent, ended = false; more && out.size() <= all.size();) {
        answer next{PQgetResult(db)};
        if (!next) more = !std::exchange(ended, true);  // the end of one statement's answers; twice: the connection is lost, though PQstatus may not know
        else if (ended = false; PQresultStatus(next.get()) == PGRES_PIPELINE_SYNC) more = false;
        else out.push_back(std::move(next));
    }
    return sent && PQexitPipelineMode(db) == 1 && PQstatus(db) == CONNECTION_OK;
}

enum type : std::uint32_t { a_flag = 16, some_bytes = 17, a_count = 20, a_text = 25, a_real = 701, a_moment = 1184 };  // PostgreSQL's numbers for them

[[nodiscard]] inline std::string eight(std::uint64_t v) { return key_writer{""}.number(v).take(); }
[[nodiscard]] inline std::string four(std::uint32_t v) { return eight(v).substr(4); }

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

}  // namespace coincide::detail::postgres

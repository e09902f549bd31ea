// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include "utf8.hpp"

#include <coincide/normalize/page.hpp>
#include <coincide/normalize/providers/samsung_health.hpp>
#include <coincide/normalize/providers/strava.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace reconcile {

using coincide::problem_code;

std::optional<std::vector<std::string>> csv_reader::next() {
    while (!rest_.empty() && (rest_.front() == '\n' || rest_.starts_with("\r\n"))) {
        rest_.remove_prefix(rest_.front() == '\n' ? 1 : 2);
        ++next_line_;
    }
    if (rest_.empty()) return std::nullopt;
    line_ = next_line_;
    std::vector<std::string> fields{""};
    bool quoted = false;
    std::size_t i = 0;
    for (; i < rest_.size(); ++i) {
        const char c = rest_[i];
        if (c == '\n') ++next_line_;
        if (quoted) {
            if (c != '"') fields.back() += c;
            else if (i + 1 < rest_.size() && rest_[i + 1] == '"') fields.back() += rest_[++i];
            else quoted = false;
        } else if (c == '"' && fields.back().empty()) {
            quoted = true;
        } else if (c == ',') {
            too_wide_ = fields.size() == csv_columns;
            if (too_wide_) break;
            fields.emplace_back();
        } else if (c == '\n') {
            break;
        } else if (c != '\r' || (i + 1 < rest_.size() && rest_[i + 1] != '\n')) {
            fields.back() += c;
        }
    }
    broken_ = quoted;
    if (too_wide_) rest_ = {}, i = 0;
    rest_.remove_prefix(std::min(i + 1, rest_.size()));
    return fields;
}

namespace {

/// A row under its headings.
class csv_row {
public:
    static constexpr bool text_only = true;

    csv_row(const std::map<std::string, std::size_t, std::less<>>& columns, const std::vector<std::string>& fields) : columns_{columns}, fields_{fields} {}

    [[nodiscard]] coincide::delivered at(std::string_view path) const {
        if (path.starts_with('/')) path.remove_prefix(1);
        const auto found = columns_.find(path);
        if (found == columns_.end() || found->second >= fields_.size() || fields_[found->second].empty()) return {};
        return coincide::delivered::of(std::string_view{fields_[found->second]});
    }
    template <class Visit>
    bool for_each(std::string_view, Visit&&) const {
        return false;
    }

private:
    const std::map<std::string, std::size_t, std::less<>>& columns_;
    const std::vector<std::string>& fields_;
};
static_assert(coincide::payload<csv_row>);

/// Samsung writes the package before every column; a name that comes again gets "#2", "#3" …
std::map<std::string, std::size_t, std::less<>> columns_of(const std::vector<std::string>& headings) {
    constexpr std::string_view package = "com.samsung.health.exercise.";
    std::map<std::string, std::size_t, std::less<>> columns;
    std::map<std::string, int> seen;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        auto heading = headings[i].starts_with(package) ? headings[i].substr(package.size()) : headings[i];
        if (const int n = ++seen[heading]; n > 1) heading += '#' + std::to_string(n);
        columns.emplace(std::move(heading), i);
    }
    return columns;
}

finding about(finding_kind kind, problem_code code, std::string reason, std::optional<std::uint64_t> line = {}) {
    finding f;
    f.kind = kind;
    f.code = code;
    f.reason = std::move(reason);
    f.line = line;
    return f;
}

}  // namespace

decoded decode_csv(std::span<const std::byte> bytes, const provider_options& options, const decode_limits& limits) {
    decoded out;
    std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        out.findings.push_back(about(finding_kind::reject, problem_code::empty, "The file is empty"));
        return out;
    }
    csv_reader rows{text};
    auto headings = rows.next();
    if (headings && headings->front() == "com.samsung.shealth.exercise") headings = rows.next();  // a line about the table stands first
    const auto columns = headings && !rows.too_wide() ? columns_of(*headings) : std::map<std::string, std::size_t, std::less<>>{};
    const auto has_all = [&columns](const coincide::profile& by) {
        return std::all_of(by.needs.begin(), by.needs.end(), [&](std::string_view any_of) {
            bool found = false;
            coincide::detail::each_name(any_of, [&](std::string_view path) { return !(found = columns.contains(path.substr(1))); });
            return found;
        });
    };
    const coincide::profile* by = nullptr;
    for (const auto* known : {&coincide::providers::strava_csv, &coincide::providers::samsung_health})
        if (!by && has_all(*known)) by = known;
    if (!by) {
        out.findings.push_back(about(finding_kind::skip, problem_code::no_activity, "The table is not one of activities that is known"));
        return out;
    }
    const auto normalizing = normalizing_by(options);
    for (std::size_t row = 0; auto fields = rows.next(); ++row) {
        if (row == limits.activities) {
            out.findings.push_back(about(finding_kind::reject, problem_code::too_large, "More rows than the limit of one file; the rest is left out", rows.line()));
            break;
        }
        if (rows.too_wide()) {
            out.findings.push_back(about(finding_kind::reject, problem_code::too_large, "The row has more fields than any table; the rest is left out", rows.line()));
            break;
        }
        if (rows.broken()) {
            out.findings.push_back(about(finding_kind::reject, problem_code::truncated, "The row ends within quotes", rows.line()));
            break;
        }
        if (std::any_of(fields->begin(), fields->end(), [](const std::string& field) { return !is_utf8(field); })) {
            out.findings.push_back(about(finding_kind::reject, problem_code::invalid_utf8, "The row is not UTF-8", rows.line()));
            continue;
        }
        const csv_row record{columns, *fields};
        const auto before = out.activities.size();
        keep(out, normalize(record, *by, normalizing), *by, '/' + std::to_string(row), rows.line());
        if (out.activities.size() > before && by == &coincide::providers::strava_csv)
            if (const auto file = record.at("/Filename"); !file.absent()) out.activities.back().companions.emplace_back(file.text);
    }
    return out;
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
#include "provider_json.hpp"

#include "json_text.hpp"
#include "json_write.hpp"

#include <coincide/adapters/simdjson.hpp>
#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/page.hpp>
#include <coincide/normalize/profiles.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace reconcile {
namespace {

using coincide::problem_code;
using simdjson::dom::element;

finding about(finding_kind kind, problem_code code, std::string reason, std::string pointer = {}) {
    finding f;
    f.kind = kind;
    f.code = code;
    f.reason = std::move(reason);
    f.pointer = std::move(pointer);
    return f;
}

std::string sentence_of(problem_code code) {
    switch (code) {
    case problem_code::invalid_utf8: return "The file is not UTF-8";
    case problem_code::too_deep: return "Objects and arrays are nested deeper than " + std::to_string(page_depth);
    case problem_code::too_large: return "The file is too large";
    default: return "The file is not JSON";
    }
}

void append_token(std::string& pointer, std::string_view key) {
    pointer += '/';
    for (const char c : key) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
}

/// A page whose list stands twice would lose one of them in silence.
std::optional<finding> key_that_stands_twice(element document) {
    simdjson::dom::object members;
    if (document.get(members)) return std::nullopt;
    std::vector<std::string_view> keys;
    for (const auto member : members) keys.push_back(member.key);
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return std::nullopt;
    std::string at;
    append_token(at, twice->substr(0, 64));
    return about(finding_kind::reject, problem_code::duplicate_key, "A key stands twice in the page", at);
}

/// What stands against reading a record at all: keys that stand twice (which of them counts?) and nesting without end.
std::optional<finding> objection_to(element value, const std::string& pointer, std::size_t depth = 0) {
    if (depth > record_depth) return about(finding_kind::reject, problem_code::too_deep, "The record is nested deeper than " + std::to_string(record_depth), pointer);
    simdjson::dom::array items;
    if (!value.get(items)) {
        std::size_t i = 0;
        for (const auto item : items) {
            const auto at = i++;
            if (!item.is_object() && !item.is_array()) continue;
            if (auto wrong = objection_to(item, pointer + '/' + std::to_string(at), depth + 1)) return wrong;
        }
    }
    simdjson::dom::object members;
    if (value.get(members)) return std::nullopt;
    std::vector<std::string_view> keys;
    for (const auto member : members) {
        keys.push_back(member.key);
        if (!member.value.is_object() && !member.value.is_array()) continue;
        auto inner = pointer;
        append_token(inner, member.key.substr(0, 64));
        if (auto wrong = objection_to(member.value, inner, depth + 1)) return wrong;
    }
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return std::nullopt;
    auto at = pointer;
    append_token(at, twice->substr(0, 64));
    return about(finding_kind::reject, problem_code::duplicate_key, "A key stands twice in one object", at);
}

/// Rows of the page that every record of this kind is summed from (Google Fit's datasets lie beside its sessions).
std::size_t rows_beside(element document, const coincide::profile& by) {
    std::size_t rows = 0;
    simdjson::dom::array array;
    for (const auto& r : by.numbers)
        if (const auto found = r.rows.starts_with('^') ? coincide::json_payload{document}.find(r.rows) : std::nullopt; found && !found->get(array)) rows += array.size();
    return rows;
}

/// A record that was refused may still have an id to find it by.
void name_by_id(finding& refused, const auto& record, const coincide::profile& by) {
    for (const auto& says : by.says)
        if (says.id && says.to.key == coincide::external_id.name && refused.external_id.empty())
            refused.external_id = coincide::detail::id_text(record.at(says.path)).value_or("").substr(0, 256);
}

}  // namespace

decoded decode_provider_json(std::span<const std::byte> bytes, const provider_options& options, const decode_limits& limits) {
    decoded out;
    std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        out.findings.push_back(about(finding_kind::reject, problem_code::empty, "The file is empty"));
        return out;
    }
    simdjson::dom::parser parser;
    element document;
    auto error = parse_text(parser, text, page_depth, document);
    std::optional<std::string> mended;
    if (error && (mended = without_slips(text))) {
        error = parse_text(parser, *mended, page_depth, document);
        if (!error) out.findings.push_back(about(finding_kind::salvage, problem_code::malformed, "Not quite JSON: NaN, Infinity or half a character stands where none may, and was passed over"));
    }
    if (error) {
        const auto code = code_of(error);
        out.findings.push_back(about(finding_kind::reject, code, sentence_of(code)));
        return out;
    }
    if (auto twice = key_that_stands_twice(document)) {
        out.findings.push_back(std::move(*twice));
        return out;
    }
    const auto normalizing = normalizing_by(options);
    std::size_t visited = 0, beside = 0, looked_at = 0;
    payload_texts texts{mended ? *mended : text};
    const auto as_delivered = [&](std::string_view value) { return mended ? text.substr(static_cast<std::size_t>(value.data() - mended->data()), value.size()) : value; };
    const std::span<const coincide::profile* const> known{coincide::providers::all};
    const auto page = coincide::for_each_record(document, known, options.source, [&](const auto& record, const coincide::profile& by, std::string_view pointer) {
        const std::string at{pointer};
        if (visited++ == 0) beside = rows_beside(document, by);
        looked_at += beside;
        if (visited > limits.activities || looked_at > limits.summed_rows) return;
        if (!record.value().is_object())
            out.findings.push_back(about(finding_kind::reject, problem_code::wrong_type, "A record is an object", at));
        else if (auto wrong = objection_to(record.value(), at))
            out.findings.push_back(std::move(*wrong));
        else {
            const auto before = out.activities.size();
            keep(out, normalize(record, by, normalizing), by, at, {}, [&record](std::string_view path) { return record.pointer_of(path); });
            if (out.activities.size() == before) name_by_id(out.findings.back(), record, by);
            if (!options.with_payloads || out.activities.size() == before) return;
            auto& extra = out.activities.back().activity.extra;
            extra += extra.empty() ? "\"payload\":" : ",\"payload\":";
            append_string(extra, as_delivered(texts.at(at)));
        }
    });
    if (!page.by) out.findings.push_back(about(finding_kind::skip, problem_code::no_activity, "The file holds no activities of a kind that is known"));
    if (visited > limits.activities || looked_at > limits.summed_rows)
        out.findings.push_back(about(finding_kind::reject, problem_code::too_large, "More records than the limit of one file, or than can be summed from the rows beside them; the rest is left out"));
    return out;
}

}  // namespace reconcile

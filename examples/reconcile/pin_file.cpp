// SPDX-License-Identifier: BSL-1.0
#include "pin_file.hpp"

#include "json_read.hpp"
#include "json_text.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace reconcile {
namespace {

using coincide::problem_code;
using simdjson::dom::element;

/// One line. What is wrong with it is told by the first fault.
class line_reader {
public:
    line_reader(pin_line& pin, finding& fault) : pin_{pin}, fault_{fault} {}

    bool read(element root) {
        simdjson::dom::object object;
        if (root.get(object)) return fail(problem_code::wrong_type, {}, "A pin is an object");
        bool has_kind = false, has_a = false, has_b = false;
        for (const auto member : object) {
            if (member.key == "pin") {
                if (!once(has_kind, member.key) || !read_kind(member.value)) return false;
            } else if (member.key == "athlete_id") {
                if (!read_id(member.value, "athlete_id", pin_.athlete)) return false;
            } else if (member.key == "a") {
                if (!once(has_a, member.key) || !read_record(member.value, "a", pin_.a)) return false;
            } else if (member.key == "b") {
                if (!once(has_b, member.key) || !read_record(member.value, "b", pin_.b)) return false;
            }
        }
        if (!has_kind || !has_a || !has_b) return fail(problem_code::missing_key, !has_kind ? "pin" : !has_a ? "a" : "b", "A pin needs pin, a and b");
        if (std::tie(pin_.a.source, pin_.a.external_id) == std::tie(pin_.b.source, pin_.b.external_id))
            return fail(problem_code::malformed, "b", "A pin needs two records");
        return true;
    }

private:
    bool fail(problem_code code, std::string_view field, const char* reason) {
        fault_.code = code;
        fault_.field = field;
        fault_.reason = reason;
        return false;
    }
    bool once(bool& seen, std::string_view key) {
        if (seen) return fail(problem_code::duplicate_key, key, "A key stands twice in one object");
        seen = true;
        return true;
    }
    bool read_kind(element value) {
        std::string_view word;
        if (value.get(word)) return fail(problem_code::wrong_type, "pin", "A text is expected");
        if (word == "must") pin_.kind = coincide::pin_kind::must;
        else if (word == "cannot") pin_.kind = coincide::pin_kind::cannot;
        else return fail(problem_code::malformed, "pin", "A pin is must or cannot");
        return true;
    }
    bool read_record(element value, std::string_view field, named_record& out) {
        simdjson::dom::object object;
        if (value.get(object)) return fail(problem_code::wrong_type, field, "An object with source and external_id is expected");
        bool has_source = false, has_id = false;
        for (const auto member : object) {
            if (member.key == "source") {
                if (!once(has_source, field) || !read_id(member.value, field, out.source)) return false;
            } else if (member.key == "external_id") {
                if (!once(has_id, field) || !read_id(member.value, field, out.external_id)) return false;
            }
        }
        return (has_source && has_id) || fail(problem_code::missing_key, field, "A record is named by source and external_id");
    }
    /// A text, or an integer, which keeps its digits.
    bool read_id(element value, std::string_view field, std::string& out) {
        std::string_view text;
        std::int64_t number = 0;
        if (!value.get(text)) out = text;
        else if (!value.get(number)) out = std::to_string(number);
        else return fail(problem_code::wrong_type, field, "A text is expected");
        return true;
    }

    pin_line& pin_;
    finding& fault_;
};

std::optional<pin_line> read_line(simdjson::dom::parser& parser, std::string_view line, std::string_view athlete, const decode_limits& limits, finding& fault) {
    pin_line pin;
    pin.athlete = athlete;
    if (line.size() > limits.line_bytes) {
        fault.code = problem_code::too_large;
        fault.reason = "The line is over the limit";
        return std::nullopt;
    }
    element root;
    if (const auto error = parse_text(parser, line, json_depth, root)) {
        fault.code = code_of(error);
        fault.reason = "No JSON object";
        return std::nullopt;
    }
    if (!line_reader{pin, fault}.read(root)) return std::nullopt;
    return pin;
}

}  // namespace

pin_file read_pins(std::string_view text, std::string name, std::string_view athlete, const decode_limits& limits) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    pin_file out;
    out.name = std::move(name);
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    simdjson::dom::parser parser;
    for (std::uint64_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        finding fault;
        fault.line = number;
        fault.file = out.name;
        if (auto pin = read_line(parser, line, athlete, limits, fault)) {
            pin->line = number;
            out.pins.push_back(std::move(*pin));
        } else out.findings.push_back(std::move(fault));
    }
    return out;
}

std::vector<coincide::pin> rows_of(pin_file& file, const std::vector<coincide::activity>& records) {
    std::vector<coincide::pin> out;
    if (file.pins.empty()) return out;
    using identity = std::tuple<std::string_view, std::string_view, std::string_view>;
    std::map<identity, std::uint32_t> rows;
    for (std::uint32_t row = 0; row < records.size(); ++row) rows.emplace(identity{records[row].athlete_id, records[row].source, records[row].external_id}, row);
    const auto find = [&](const pin_line& pin, const named_record& of) -> const std::uint32_t* {
        const auto at = rows.find({pin.athlete, of.source, of.external_id});
        if (at != rows.end()) return &at->second;
        finding f{finding_kind::skip, problem_code::no_activity, "The pin names a record that was not read", {}, pin.line};
        f.file = file.name;
        f.source = of.source;
        f.external_id = of.external_id;
        file.findings.push_back(std::move(f));
        return nullptr;
    };
    for (const auto& pin : file.pins) {
        const auto *a = find(pin, pin.a), *b = find(pin, pin.b);
        if (a && b) out.push_back({*a, *b, pin.kind});
    }
    return out;
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
#include "json_text.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace reconcile {

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && coincide::detail::is_digit(text[at])) ++at;
    return at;
}

namespace {

bool is_json_number(std::string_view text) {
    const std::size_t whole = text.starts_with('-') ? 1 : 0;
    std::size_t at = skip_digits(text, whole);
    if (at == whole || (text[whole] == '0' && at > whole + 1)) return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = at + 1;
        at = skip_digits(text, fraction);
        if (at == fraction) return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        std::size_t exponent = at + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        at = skip_digits(text, exponent);
        if (at == exponent) return false;
    }
    return at == text.size();
}

// The number in a form that fits a double: long integers with a fraction, numbers beyond double as the largest double.
void append_widened(std::string& out, std::string_view number) {
    double value = 0;
    fast_float::from_chars(number.data(), number.data() + number.size(), value);
    if (std::isinf(value)) {
        out += value < 0 ? "-1.7976931348623157e308" : "1.7976931348623157e308";
        return;
    }
    out += number;
    std::int64_t whole = 0;
    std::uint64_t larger = 0;
    const auto fits = [&number](auto& integer) {
        const auto read = std::from_chars(number.data(), number.data() + number.size(), integer);
        return read.ec == std::errc{} && read.ptr == number.data() + number.size();
    };
    if (number.find_first_of(".eE") == std::string_view::npos && !fits(whole) && !fits(larger)) out += ".0";
}

}  // namespace

std::string widen_numbers(std::string_view line) {
    std::string out;
    out.reserve(line.size() + 16);
    for (std::size_t i = 0; i < line.size();) {
        const std::size_t start = i;
        if (line[i] == '"') {
            for (++i; i < line.size() && line[i] != '"'; ++i) i += line[i] == '\\';
            i = std::min(i + 1, line.size());
            out += line.substr(start, i - start);
        } else if (line[i] == '-' || coincide::detail::is_digit(line[i])) {
            i = std::min(line.find_first_not_of("+-.0123456789eE", i), line.size());
            const auto number = line.substr(start, i - start);
            if (is_json_number(number))
                append_widened(out, number);
            else
                out += number;
        } else {
            out += line[i++];
        }
    }
    return out;
}

simdjson::error_code parse_text(simdjson::dom::parser& parser, std::string_view text, std::size_t depth, simdjson::dom::element& root) {
    auto error = parser.max_depth() == depth ? simdjson::SUCCESS : parser.allocate(0, depth);
    if (!error) error = parser.parse(text.data(), text.size()).get(root);
    if (error == simdjson::NUMBER_ERROR) error = parser.parse(widen_numbers(text)).get(root);
    return error;
}

std::optional<std::string> without_slips(std::string_view text) {
    std::optional<std::string> out;
    const auto mend = [&](std::size_t at, std::size_t length, std::string_view by) {
        if (!out) out = std::string{text};
        out->replace(at, by.size(), by);
        std::fill(out->begin() + static_cast<std::ptrdiff_t>(at + by.size()), out->begin() + static_cast<std::ptrdiff_t>(at + length), ' ');
    };
    /// The four digits of an escape, or nothing.
    const auto escaped = [&](std::size_t at) -> std::optional<unsigned> {
        unsigned unit = 0;
        if (text.substr(at, 2) != "\\u" || at + 6 > text.size()) return std::nullopt;
        const auto [end, error] = std::from_chars(text.data() + at + 2, text.data() + at + 6, unit, 16);
        return error == std::errc{} && end == text.data() + at + 6 ? std::optional{unit} : std::nullopt;
    };
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') quoted = !quoted;
        else if (quoted && text[i] == '\\') {
            const auto unit = escaped(i);
            const bool high = unit && *unit >= 0xD800 && *unit < 0xDC00, low = unit && *unit >= 0xDC00 && *unit < 0xE000;
            const auto next = high ? escaped(i + 6) : std::nullopt;
            const bool pair = next && *next >= 0xDC00 && *next < 0xE000;
            if ((high && !pair) || low) mend(i, 6, "\\ufffd");
            i += pair ? 11 : 1;
        } else if (!quoted) {
            for (const std::string_view word : {"NaN", "Infinity", "-Infinity"})
                if (text.substr(i, word.size()) == word) {
                    mend(i, word.size(), "\"\"");
                    i += word.size() - 1;
                    break;
                }
        }
    }
    return out;
}

coincide::problem_code code_of(simdjson::error_code error) {
    switch (error) {
    case simdjson::UTF8_ERROR: return coincide::problem_code::invalid_utf8;
    case simdjson::DEPTH_ERROR: return coincide::problem_code::too_deep;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return coincide::problem_code::too_large;
    default: return coincide::problem_code::malformed;
    }
}

std::string_view raw_values::next_item() {
    const auto value = take(value_length());
    skip(" \t\r\n,");
    return value;
}

raw_member raw_values::next_member() {
    raw_member member;
    member.key = take(string_length());
    skip(" \t\r\n:");
    member.value = next_item();
    return member;
}

std::string_view raw_values::take(std::size_t length) {
    const auto taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
}

std::size_t raw_values::string_length(std::size_t from) const {
    std::size_t i = from + 1;
    while (i < rest_.size() && rest_[i] != '"') i += rest_[i] == '\\' ? 2 : 1;
    return i + 1 - from;
}

std::size_t raw_values::value_length() const {
    if (rest_.empty()) return 0;
    if (rest_.front() == '"') return string_length();
    if (rest_.front() != '{' && rest_.front() != '[') return std::min(rest_.find_first_of(" \t\r\n,]}"), rest_.size());
    std::size_t depth = 0, i = 0;
    do {
        const char c = rest_[i];
        if (c == '"') i += string_length(i) - 1;
        depth += c == '{' || c == '[';
        depth -= c == '}' || c == ']';
        ++i;
    } while (depth > 0 && i < rest_.size());
    return i;
}

std::string_view payload_texts::walk(std::string_view pointer) const {
    auto here = document_;
    here.remove_prefix(std::min(here.find_first_not_of(" \t\r\n"), here.size()));
    here = here.substr(0, here.find_last_not_of(" \t\r\n") + 1);
    while (!pointer.empty() && !here.empty()) {
        pointer.remove_prefix(1);
        const auto token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        std::string_view found{};
        raw_values values{here};
        if (here.front() == '{') {
            while (!values.done()) {
                const auto member = values.next_member();
                if (member.key.size() == token.size() + 2 && member.key.substr(1, token.size()) == token) found = member.value;
            }
        } else if (here.front() == '[') {
            for (std::size_t i = 0; !values.done(); ++i) {
                const auto item = values.next_item();
                if (std::to_string(i) != token) continue;
                found = item;
                break;
            }
        }
        here = found;
    }
    return here;
}

std::string_view payload_texts::at(std::string_view pointer) {
    const auto slash = pointer.rfind('/');
    if (slash == std::string_view::npos) return walk(pointer);
    const auto parent = pointer.substr(0, slash);
    if (!rest_ || array_ != parent) {
        const auto array = walk(parent);
        if (!array.starts_with('[')) return walk(pointer);
        array_ = parent, rest_.emplace(array), next_ = 0;
    }
    for (; !rest_->done(); ++next_) {
        const auto item = rest_->next_item();
        if (std::to_string(next_) != pointer.substr(slash + 1)) continue;
        ++next_;
        return item;
    }
    rest_.reset();  // asked for out of turn
    return walk(pointer);
}

}  // namespace reconcile

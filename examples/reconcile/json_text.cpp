// SPDX-License-Identifier: BSL-1.0
#include "json_text.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <cmath>

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
    if (number.size() > 18 && number.find_first_of(".eE") == std::string_view::npos) out += ".0";
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

coincide::problem_code code_of(simdjson::error_code error) {
    switch (error) {
    case simdjson::UTF8_ERROR: return coincide::problem_code::invalid_utf8;
    case simdjson::DEPTH_ERROR: return coincide::problem_code::too_deep;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return coincide::problem_code::too_large;
    default: return coincide::problem_code::malformed;
    }
}

}  // namespace reconcile

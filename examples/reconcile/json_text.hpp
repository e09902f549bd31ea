// SPDX-License-Identifier: BSL-1.0
//
// JSON as text, for both readers: what simdjson refuses although JSON allows it, and its errors in our words.
#pragma once

#include <coincide/problem.hpp>
#include <coincide/record/time.hpp>

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace reconcile {

/// The largest double stands for every number that is larger: see widen_numbers.
inline constexpr double beyond_double = std::numeric_limits<double>::max();

/// The position after the digits that begin at `at`.
[[nodiscard]] std::size_t skip_digits(std::string_view text, std::size_t at);

/// The same text with every number widened to what a double can say. JSON sets no limit to numbers, simdjson does; one long
/// integer in a key that nobody reads should not cost the record.
[[nodiscard]] std::string widen_numbers(std::string_view text);

/// Parses a document, with widened numbers where it must be. The elements belong to the parser.
[[nodiscard]] simdjson::error_code parse_text(simdjson::dom::parser& parser, std::string_view text, std::size_t depth, simdjson::dom::element& root);

/// What services write although JSON forbids it, as JSON of the same length: NaN and Infinity as "", half of a surrogate pair (an
/// emoji that was cut) as U+FFFD. Nothing when there is none of it.
[[nodiscard]] std::optional<std::string> without_slips(std::string_view text);

[[nodiscard]] coincide::problem_code code_of(simdjson::error_code error);

struct raw_member {
    std::string_view key;  // with its quotes
    std::string_view value;
};

/// Walks the values of a text that simdjson has found valid, as they stand there: this is how unknown members keep their bytes,
/// ids beyond 64 bits their digits, and payloads everything. The order is that of simdjson's own iteration.
class raw_values {
public:
    /// The text of an object or an array.
    explicit raw_values(std::string_view container) : rest_{container} { skip(" \t\r\n"), rest_.remove_prefix(rest_.empty() ? 0 : 1), skip(" \t\r\n"); }

    [[nodiscard]] bool done() const noexcept { return rest_.empty() || rest_.front() == ']' || rest_.front() == '}'; }
    [[nodiscard]] std::string_view next_item();
    [[nodiscard]] raw_member next_member();

private:
    void skip(std::string_view characters) { rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size())); }
    std::string_view take(std::size_t length);
    [[nodiscard]] std::size_t string_length(std::size_t from = 0) const;
    [[nodiscard]] std::size_t value_length() const;

    std::string_view rest_;
};

/// The text of the value at a JSON pointer whose keys need no escapes; empty when there is none. Elements of one array are found
/// in turn: asking for /list/0, /list/1 … walks the document once.
class payload_texts {
public:
    explicit payload_texts(std::string_view document) : document_{document} {}
    [[nodiscard]] std::string_view at(std::string_view pointer);

private:
    [[nodiscard]] std::string_view walk(std::string_view pointer) const;

    std::string_view document_;
    std::string array_{};  // pointer of the array that was asked for last
    std::optional<raw_values> rest_{};
    std::size_t next_ = 0;
};

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// JSON as text, for both readers: what simdjson refuses although JSON allows it, and its errors in our words.
#pragma once

#include <coincide/problem.hpp>
#include <coincide/record/time.hpp>

#include <simdjson.h>

#include <cstddef>
#include <limits>
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

[[nodiscard]] coincide::problem_code code_of(simdjson::error_code error);

}  // namespace reconcile

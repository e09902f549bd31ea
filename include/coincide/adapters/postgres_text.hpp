// SPDX-License-Identifier: BSL-1.0
//
// What PostgreSQL can hold as text, of ids and texts of any bytes. The inside of the PostgreSQL adapters.
//
//     "5001" -> "5001"      "a\0b" as an id -> "\x" and the hex of its SHA-256, as a text -> "a\uFFFDb"
#pragma once

#include <coincide/ledger/sha256.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace coincide::detail::postgres {

/// The length of the character that a text begins with; 0 where it is none, or 0.
[[nodiscard]] inline std::size_t character(std::string_view of) {
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

/// An id as the tables have it.
[[nodiscard]] inline std::string stored_id(std::string_view id) {
    bool as_it_is = id.size() <= 512 && !id.starts_with("\\x");
    for (auto rest = id; as_it_is && !rest.empty(); rest.remove_prefix(std::max<std::size_t>(character(rest), 1))) as_it_is = character(rest) > 0;
    return as_it_is ? std::string{id} : "\\x" + hex(sha256(id));
}
/// Any other text as the tables have it.
[[nodiscard]] inline std::string stored_text(std::string_view of) {
    std::string out;
    for (std::size_t n = 0; !of.empty(); of.remove_prefix(std::max<std::size_t>(n, 1))) n = character(of), out.append(n > 0 ? of.substr(0, n) : "\xEF\xBF\xBD");
    return out;
}

}  // namespace coincide::detail::postgres

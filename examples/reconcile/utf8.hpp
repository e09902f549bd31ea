// SPDX-License-Identifier: BSL-1.0
//
// Takes text that may not be UTF-8 apart, without trusting it: names of files, strings of binary formats.
//
//     utf8_length("é…")    -> 2
//     utf8_length("\xff")  -> 0
#pragma once

#include <cstddef>
#include <string_view>

namespace reconcile {

/// Bytes of the character that the text starts with, as RFC 3629 has it; 0 when it starts with none.
[[nodiscard]] constexpr std::size_t utf8_length(std::string_view text) noexcept {
    const auto at = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto continues = [&at](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned first = at(0), second = at(1);
    if (first < 0x80) return text.empty() ? 0 : 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && second < 0xA0, surrogate = first == 0xED && second >= 0xA0;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && second < 0x90, too_large = first == 0xF4 && second >= 0x90;
        return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
    }
    return 0;
}

/// Whether the whole text is UTF-8. O(length).
[[nodiscard]] constexpr bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto length = utf8_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace reconcile

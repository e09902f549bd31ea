// SPDX-License-Identifier: BSL-1.0
//
// Columns of whole numbers as text: what keeps a report of ten thousand activities small without a compressor, and safe inside
// a page. Five bits a character, the least significant first; the characters are those of base64url.
//
//     append_whole(column, 7);                 // "H"
//     append_whole(column, 40);                // "oB": 8 and "there is more", then 1
//     append_signed(column, -3);               // "G"; nothing known is append_nothing(column): "A"
//
// A reader takes numbers one after the other; how many there are, and what they mean, it knows from elsewhere.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace reconcile {

inline constexpr std::string_view compact_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A number of at least 0.
inline void append_whole(std::string& out, std::uint64_t value) {
    for (; value >= 32; value >>= 5) out += compact_digits[32 + (value & 31)];
    out += compact_digits[value];
}

inline void append_nothing(std::string& out) { append_whole(out, 0); }

/// A number of either sign, kept within what a page's script holds exactly.
inline void append_signed(std::string& out, std::int64_t value) {
    constexpr std::int64_t most = std::int64_t{1} << 51;
    value = std::clamp(value, -most, most);
    append_whole(out, 1 + (value < 0 ? static_cast<std::uint64_t>(-value) * 2 - 1 : static_cast<std::uint64_t>(value) * 2));
}

/// A value in steps of 1/scale, or nothing for what is not finite.
inline void append_scaled(std::string& out, double value, double scale) {
    if (!std::isfinite(value) || std::abs(value * scale) > 1e15) append_nothing(out);
    else append_signed(out, std::llround(value * scale));
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Tracks and streams as bytes: every value comes back bit for bit, and a recorded second takes a few bytes.
//
//     lat 51.0000000 51.0000512 51.0001024      ->  scale 10^7, then the differences 510000000, 512, 512 as short integers
//
// A column whose values are all decimals of at most seven places (or three, or none) is kept as differences of whole numbers; any other
// one as it is, eight bytes a value.
#pragma once

#include <coincide/ledger/bytes.hpp>
#include <coincide/record/track.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

namespace detail {

inline constexpr std::array<double, 4> decimal_scales{1, 10, 1000, 10000000};
inline constexpr std::uint8_t as_it_is = 255;

constexpr bool is_decimal(double v, double scale) noexcept {
    if (!(v * scale < 9e15 && v * scale > -9e15)) return false;
    if (v == 0 && 1 / v < 0) return false;  // -0 is no whole number
    return static_cast<double>(round_half_away(v * scale)) / scale == v;
}

inline void put_column(byte_writer& out, const std::vector<double>& values) {
    out.count(values.size());
    if (values.empty()) return;
    std::uint8_t scale = 0;
    const auto fits = [&](double by) { return std::all_of(values.begin(), values.end(), [by](double v) { return v != v || is_decimal(v, by); }); };
    while (scale < decimal_scales.size() && !fits(decimal_scales[scale])) ++scale;
    if (scale == decimal_scales.size()) {
        out.byte(as_it_is);
        for (const double v : values) out.real(v);
        return;
    }
    out.byte(scale);
    std::int64_t before = 0;
    for (const double v : values) {
        if (v != v) out.count(0);
        else {
            const auto whole = round_half_away(v * decimal_scales[scale]), step = whole - before;
            out.count(1 + (static_cast<std::uint64_t>(step) << 1 ^ static_cast<std::uint64_t>(step >> 63)));  // 0 is "no value"
            before = whole;
        }
    }
}

/// False where the bytes are none of put_column's.
inline bool take_column(byte_reader& in, std::size_t rows, std::vector<double>& to) {
    const auto n = in.count();
    if (n == 0) return in.good();
    if (n != rows || n > in.rest().size()) return false;
    const auto scale = in.byte();
    if (scale != as_it_is && scale >= decimal_scales.size()) return false;
    to.reserve(rows);
    std::int64_t before = 0;
    for (std::size_t i = 0; i < rows && in.good(); ++i) {
        if (scale == as_it_is) {
            to.push_back(in.real());
            continue;
        }
        const auto coded = in.count();
        if (coded == 0) {
            to.push_back(no_value);
            continue;
        }
        const auto zigzag = coded - 1;
        before = static_cast<std::int64_t>(static_cast<std::uint64_t>(before) + ((zigzag >> 1) ^ (~(zigzag & 1) + 1)));
        to.push_back(static_cast<double>(before) / decimal_scales[scale]);
    }
    return in.good();
}

}  // namespace detail

inline void put_samples(byte_writer& out, const samples& of) {
    out.count(of.size());
    std::int64_t before = 0;
    for (const auto t : of.t_ms) {
        out.integer(static_cast<std::int64_t>(static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(before)));
        before = t;
    }
    detail::put_column(out, of.lat);
    detail::put_column(out, of.lon);
    for (const auto& column : of.values) detail::put_column(out, column);
}

/// Nothing where the bytes are damaged. Memory is at most 72 bytes a byte.
[[nodiscard]] inline std::optional<samples> take_samples(byte_reader& in) {
    samples out;
    const auto n = in.count();
    if (n > in.rest().size()) return std::nullopt;
    std::uint64_t before = 0;
    for (std::uint64_t i = 0; i < n && in.good(); ++i) out.t_ms.push_back(static_cast<std::int64_t>(before += static_cast<std::uint64_t>(in.integer())));
    if (!in.good() || !detail::take_column(in, out.size(), out.lat) || !detail::take_column(in, out.size(), out.lon)) return std::nullopt;
    for (auto& column : out.values)
        if (!detail::take_column(in, out.size(), column)) return std::nullopt;
    return out;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Tracks and streams as bytes: every value comes back bit for bit, and a recorded second takes a few bytes.
//
//     lat 51.0000000 51.0000512 51.0001024      ->  ten-millionths 510000000, steps of 512, 512  ->  510000000, 512, 0 as short integers
//
// A column whose values are all whole numbers of one measure (decimals of at most seven places, three, one, none; FIT's semicircles and
// altitudes) is kept as its steps, or as the differences of its steps where that is shorter; any other one as it is, eight bytes a value.
#pragma once

#include <coincide/ledger/bytes.hpp>
#include <coincide/record/track.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

namespace detail {

/// value = whole / parts - below, or whole * size; tried in this order, which is that of their numbers in the bytes.
struct measure {
    double parts = 1, below = 0, size = 0;
    [[nodiscard]] constexpr double value(std::int64_t whole) const noexcept {
        const auto n = static_cast<double>(whole);
        return size != 0 ? n * size : n / parts - below;
    }
    /// Whether a value is exactly that of a whole number, and of which.
    [[nodiscard]] constexpr bool counts(double v, std::int64_t& whole) const noexcept {
        const double n = size != 0 ? v / size : (v + below) * parts;
        if (!(n < 1e15 && n > -1e15) || (v == 0 && 1 / v < 0)) return false;  // -0 is no whole number
        whole = round_half_away(n);
        return value(whole) == v;
    }
};
inline constexpr std::array<measure, 6> measures{{{1}, {10}, {1000}, {10000000}, {1, 0, 180.0 / 2147483648.0}, {5, 500}}};
inline constexpr std::uint8_t as_it_is = 255, by_steps_of_steps = 8;

/// What stands in a column between two values: "no value", or by how much the next one differs from what was expected.
class column_coder {
public:
    explicit column_coder(bool steps_of_steps) noexcept : steps_of_steps_{steps_of_steps} {}

    [[nodiscard]] std::uint64_t code(std::int64_t whole) noexcept {
        const auto off = whole - expected();
        accept(whole);
        return 1 + (static_cast<std::uint64_t>(off) << 1 ^ static_cast<std::uint64_t>(off >> 63));  // 0 is "no value"
    }
    [[nodiscard]] std::int64_t decode(std::uint64_t code) noexcept {
        const auto zigzag = code - 1;
        const auto whole = static_cast<std::int64_t>(static_cast<std::uint64_t>(expected()) + ((zigzag >> 1) ^ (~(zigzag & 1) + 1)));
        accept(whole);
        return whole;
    }

private:
    // unsigned: damaged bytes may lead anywhere
    [[nodiscard]] std::int64_t expected() const noexcept { return static_cast<std::int64_t>(static_cast<std::uint64_t>(before_) + step_); }
    void accept(std::int64_t whole) noexcept {
        if (steps_of_steps_) step_ = any_ ? static_cast<std::uint64_t>(whole) - static_cast<std::uint64_t>(before_) : 0;
        before_ = whole, any_ = true;
    }
    std::int64_t before_ = 0;
    std::uint64_t step_ = 0;
    bool steps_of_steps_, any_ = false;
};

inline constexpr std::int64_t no_whole = std::numeric_limits<std::int64_t>::min();

/// The column as whole numbers of one measure: false at the first value that is none.
inline bool count_in(const measure& m, const std::vector<double>& values, std::vector<std::int64_t>& wholes) {
    wholes.clear();
    for (const double v : values) {
        std::int64_t whole = no_whole;
        if (v == v && !m.counts(v, whole)) return false;
        wholes.push_back(whole);
    }
    return true;
}

inline void put_column(byte_writer& out, const std::vector<double>& values) {
    out.count(values.size());
    if (values.empty()) return;
    std::vector<std::int64_t> wholes;
    wholes.reserve(values.size());
    const auto in = static_cast<std::size_t>(std::find_if(measures.begin(), measures.end(), [&](const measure& m) { return count_in(m, values, wholes); }) - measures.begin());
    if (in == measures.size()) {
        out.byte(as_it_is);
        for (const double v : values) out.real(v);
        return;
    }
    const auto length_of = [](std::uint64_t code) { return static_cast<unsigned>(std::bit_width(code | 1) + 6) / 7u; };
    std::uint64_t by_steps = 0, by_their_steps = 0;
    column_coder one{false}, other{true};
    for (const auto whole : wholes)
        if (whole != no_whole) by_steps += length_of(one.code(whole)), by_their_steps += length_of(other.code(whole));
    const bool shorter = by_their_steps < by_steps;
    out.byte(static_cast<std::uint8_t>(in | (shorter ? by_steps_of_steps : 0)));
    column_coder coder{shorter};
    for (const auto whole : wholes) out.count(whole == no_whole ? 0 : coder.code(whole));
}

/// False where the bytes are none of put_column's.
inline bool take_column(byte_reader& in, std::size_t rows, std::vector<double>& to) {
    const auto n = in.count();
    if (n == 0) return in.good();
    if (n != rows || n > in.rest().size()) return false;
    const auto kind = in.byte();
    const std::size_t measured = kind & ~by_steps_of_steps;
    if (kind != as_it_is && measured >= measures.size()) return false;
    to.reserve(rows);
    column_coder coder{(kind & by_steps_of_steps) != 0};
    for (std::size_t i = 0; i < rows && in.good(); ++i) {
        if (kind == as_it_is) {
            to.push_back(in.real());
            continue;
        }
        const auto code = in.count();
        to.push_back(code == 0 ? no_value : measures[measured].value(coder.decode(code)));
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

/// One sample, with a value in every column that the whole has: which fields are known, and that there is a track, can be told from it.
[[nodiscard]] inline samples sketch_of(const samples& of) {
    samples one;
    if (of.empty()) return one;
    const auto first = [](const std::vector<double>& column) {
        const auto at = std::find_if(column.begin(), column.end(), [](double v) { return v == v; });
        return at == column.end() ? std::vector<double>{} : std::vector<double>{*at};
    };
    one.t_ms = {of.t_ms.front()}, one.lat = first(of.lat), one.lon = first(of.lon);
    for (std::size_t c = 0; c < samples::column_count; ++c) one.values[c] = first(of.values[c]);
    return one;
}

}  // namespace coincide

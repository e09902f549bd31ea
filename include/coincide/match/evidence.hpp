// SPDX-License-Identifier: BSL-1.0
//
// Why two records are, or are not, one activity. Each comparison adds a weight in bits (a factor of two in the odds, as in
// Fellegi and Sunter's record linkage, 1969) with a reason; the verdict is the sum, against two thresholds.
//
//     start     41 s apart                     +5.00
//     overlap   100 % of the shorter           +7.00
//     duration  3600 s against 3588 s          +3.00
//     sport     running, trail_running         +1.00
//                                      total  +16.00   ->  join
//
// An item is a code, two integers and a weight in 1/100 bit; words are made on demand. The same bytes on every platform.
#pragma once

#include <coincide/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace coincide {

/// What was compared. The two integers of an item mean what the comment says.
enum class evidence_code : std::uint8_t {
    pin,          // the athlete said so: a = 1 must, 0 cannot
    parent,       // one names the other as its session
    copied,       // one names the other as its original, or both name the same original
    same_file,    // equal bytes (SHA-256)
    file_id,      // equal FIT file_id
    file_name,    // files of one name and folder with another extension
    start,        // a: seconds apart; b: how many of them the stated precisions explain, 2 where none is stated
    overlap,      // a: per mille of the shorter span that both cover; b: its seconds
    clock_shift,  // a: seconds by which the first one's clock is ahead of the second one's; b: 1 where a clock was never set
    duration,     // a, b: seconds of the best agreeing pair of like durations
    distance,     // a, b: metres
    label,        // a, b: catalogue rows
    gps,          // a: per mille of common seconds within the gap; b: common seconds
    values,       // equal heart rate, power or cadence second by second. a: per mille; b: seconds
    correlation,  // a: correlation of a value in 1/1000; b: seconds
    heart_rate,   // equal average and maximum. a, b: bpm
    same_source,  // one source, two ids
    same_device,  // one device serial, spans overlap
    window,       // a requirement's hard window. a = 1 inside, 0 outside
    parts,        // with its neighbors it adds up to the whole. a: parts; b: per mille of the whole
    end,          // of a record that started later than the other one. a: seconds apart
    equal_totals, // to the second and the metre, under a wrong clock. a: seconds, b: metres by which they differ
    figures,      // other equal figures (heart rate, energy, climb, power), under a wrong clock. a of b
    only_one,     // no other activity fits a record that names but the day (a: 0), or whose clock was never set (a: 1)
};

[[nodiscard]] constexpr std::string_view to_string(evidence_code code) noexcept {
    constexpr std::string_view names[] = {"pin",      "parent",   "origin", "same_file", "file_id", "file_name",   "start",
                                          "overlap",  "clock_shift", "duration", "distance",  "sport",   "gps",         "values",
                                          "correlation", "heart_rate", "same_source", "same_device", "window",   "parts",     "end",
                                          "equal_totals", "figures", "only_one"};
    return names[static_cast<std::size_t>(code)];
}

/// 1/100 bit.
using centibits = std::int32_t;

struct evidence {
    evidence_code of{};
    std::int32_t a = 0, b = 0;
    centibits weight = 0;

    friend constexpr bool operator==(const evidence&, const evidence&) = default;
};

/// A list without allocation; no comparison gives more than `capacity` items.
class evidence_list {
public:
    static constexpr std::size_t capacity = 24;

    constexpr void add(evidence_code of, std::int32_t a, std::int32_t b, centibits weight) noexcept {
        COINCIDE_ASSERT(count_ < capacity, "more evidence than there are codes");
        items_[count_++] = {of, a, b, weight};
    }
    [[nodiscard]] constexpr const evidence* begin() const noexcept { return items_.data(); }
    [[nodiscard]] constexpr const evidence* end() const noexcept { return items_.data() + count_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr centibits total() const noexcept {
        centibits sum = 0;
        for (const auto& e : *this) sum += e.weight;
        return sum;
    }
    /// As it reads for the pair in its other order.
    [[nodiscard]] constexpr evidence_list mirrored() const noexcept {
        auto out = *this;
        for (auto& e : std::span{out.items_}.first(count_)) {
            if (e.of == evidence_code::clock_shift) e.a = -e.a;
            else if (e.of == evidence_code::duration || e.of == evidence_code::distance || e.of == evidence_code::label) std::swap(e.a, e.b);
        }
        return out;
    }
    /// Keeps what was seen and takes its weight: for a rule that decides alone.
    constexpr void silence() noexcept {
        for (std::size_t i = 0; i < count_; ++i) items_[i].weight = 0;
    }
    [[nodiscard]] constexpr const evidence* find(evidence_code of) const noexcept {
        for (const auto& e : *this)
            if (e.of == of) return &e;
        return nullptr;
    }
    friend constexpr bool operator==(const evidence_list& x, const evidence_list& y) noexcept {
        if (x.count_ != y.count_) return false;
        for (std::size_t i = 0; i < x.count_; ++i)
            if (!(x.items_[i] == y.items_[i])) return false;
        return true;
    }

private:
    std::array<evidence, capacity> items_{};
    std::size_t count_ = 0;
};

enum class decision : std::uint8_t { apart, review, join };
enum class relation : std::uint8_t { same, part_of, copy_of };

[[nodiscard]] constexpr std::string_view to_string(decision d) noexcept {
    return d == decision::join ? "join" : d == decision::review ? "review" : "apart";
}
[[nodiscard]] constexpr std::string_view to_string(relation r) noexcept {
    return r == relation::same ? "same" : r == relation::part_of ? "part_of" : "copy_of";
}

}  // namespace coincide

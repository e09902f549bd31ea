// SPDX-License-Identifier: BSL-1.0
//
// A record as 32 bytes of integers: all that the first, wide pass of matching looks at. Hot loops run over these, never over
// host types, so a million records are 32 MB and a comparison touches one cache line.
//
//     signature s = signature_of(ride, row);
//     s.start_ms      1563718396000
//     s.elapsed_ms    7225000          0: not known
//     s.distance_5cm  995876           0: not known (49 793.8 m)
//
// Zero in a record over a minute is "not known" (a watch indoors reports a distance of 0), so zero can stand for absence.
#pragma once

#include <coincide/record/describe.hpp>
#include <coincide/record/source.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

namespace coincide {

enum class duration_kind : std::uint8_t { none, wall, without_pauses, in_motion };

/// From this precision on a start names a day.
inline constexpr std::int64_t day_precision_s = 86400;

struct signature {
    std::int64_t start_ms = 0;
    std::uint32_t elapsed_ms = 0;    // the longest known meaning of duration, saturated at 49 days
    std::uint32_t distance_5cm = 0;  // saturated at 214 000 km
    std::uint32_t athlete = 0;       // hash of the athlete id; equal athletes are confirmed by their text
    std::uint32_t row = 0;           // of the host's records
    std::uint16_t source = 0;        // hash of the source slug; 0: not known
    std::uint16_t device = 0;        // hash of the device; 0: not known
    std::uint32_t precision_s : 17 = 1;
    std::uint32_t sport : 8 = sport_id{}.row();
    std::uint32_t duration : 2 = 0;  // duration_kind
    std::uint32_t has_sport : 1 = 0;
    std::uint32_t by_hand : 1 = 0;        // typed, by what kind of source it comes from
    std::uint32_t clock_unset : 1 = 0;
    std::uint32_t virtual_place : 1 = 0;  // positions, if any, are those of a game
    std::uint32_t file_source : 1 = 0;    // the source names a file format, not a service

    [[nodiscard]] constexpr std::int64_t end_ms() const noexcept { return start_ms + elapsed_ms; }
    [[nodiscard]] constexpr sport_id sport_row() const noexcept { return sport_id{static_cast<std::uint8_t>(sport)}; }
};
static_assert(sizeof(signature) == 32 && std::is_trivially_copyable_v<signature>);

namespace detail {

/// FNV-1a, 64 bits (Fowler, Noll, Vo): small, endian-free, the same everywhere. Used to find equals, which are then confirmed.
constexpr std::uint64_t hash_text(std::string_view text, std::uint64_t h = 14695981039346656037ull) noexcept {
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 1099511628211ull;
    }
    return h;
}
/// Joins fields so that ("ab","c") and ("a","bc") differ.
constexpr std::uint64_t hash_more(std::uint64_t h, std::string_view text) noexcept { return hash_text(text, hash_text("\x1f", h)); }

constexpr std::uint16_t hash16(std::string_view text) noexcept {
    const auto h = hash_text(text);
    return static_cast<std::uint16_t>((h ^ (h >> 16) ^ (h >> 32) ^ (h >> 48)) | 1u);  // never 0, which means "not known"
}

template <class T>
constexpr T saturate(std::int64_t v) noexcept {
    constexpr std::int64_t most = std::numeric_limits<T>::max();
    return v <= 0 ? T{0} : static_cast<T>(v < most ? v : most);
}

struct known_duration {
    std::int64_t ms = 0;
    duration_kind kind = duration_kind::none;
};

/// Elapsed, else timer, else moving time; zero when a record has none.
template <record R>
[[nodiscard]] constexpr known_duration duration_of(const R& r) {
    if (const auto e = read_if_bound(r, elapsed); e && e->count() > 0) return {e->count(), duration_kind::wall};
    if (const auto t = read_if_bound(r, timer); t && t->count() > 0) return {t->count(), duration_kind::without_pauses};
    if (const auto m = read_if_bound(r, moving); m && m->count() > 0) return {m->count(), duration_kind::in_motion};
    return {};
}

/// A zero total in a record over 60 s is kept, and counts as not known.
constexpr bool known_total(double v, std::int64_t duration_ms) noexcept { return v > 0 || (v == 0 && duration_ms > 0 && duration_ms <= 60000); }

}  // namespace detail

/// O(length of the ids). Absent roles leave their zero. Never fails.
template <record R>
[[nodiscard]] constexpr signature signature_of(const R& r, std::uint32_t row) {
    signature s;
    s.row = row;
    if (const auto start = read(r, start_time)) s.start_ms = detail::bounded_ms(start->time_since_epoch().count());
    else s.clock_unset = 1;
    const auto lasted = detail::duration_of(r);
    s.elapsed_ms = detail::saturate<std::uint32_t>(lasted.ms);
    s.duration = static_cast<unsigned>(lasted.kind) & 3u;
    if (const auto d = read_if_bound(r, distance_m); d && *d > 0 && *d < 1e9) s.distance_5cm = detail::saturate<std::uint32_t>(detail::round_half_away(*d * 1000.0) / 50);
    if (const auto a = read_if_bound(r, athlete_id)) s.athlete = static_cast<std::uint32_t>(detail::hash_text(*a) >> 32);
    if (const auto from = read_if_bound(r, coincide::source)) {
        s.source = detail::hash16(*from);
        const auto known = detail::row_of_source(*from);
        s.file_source = known.kind == source_kind::format;
        s.virtual_place = known.virtual_world;
        s.by_hand = known.kind == source_kind::person;
    }
    if (const auto* d = read_if_bound(r, coincide::device); d && !d->serial.empty())
        s.device = detail::hash16(d->serial);
    const auto precise_to = read_if_bound(r, start_precision);
    const auto local_ms = 1000 * (read_if_bound(r, utc_offset).value_or(seconds{0}).count() % 86400);
    const auto into_day = ((s.start_ms + local_ms) % 86400000 + 86400000) % 86400000;
    if (precise_to) s.precision_s = static_cast<unsigned>(std::clamp<std::int64_t>(precise_to->count(), 0, 131071)) & 0x1FFFFu;
    // midnight to the millisecond where the hand was that typed it: a day without a time
    else if (into_day == 0 && s.by_hand != 0 && read_if_bound(r, utc_offset)) s.precision_s = static_cast<unsigned>(day_precision_s) & 0x1FFFFu;
    if (s.precision_s >= day_precision_s) s.start_ms -= into_day;  // "any instant of the local day named": it begins at local midnight
    if (const auto kind = read_if_bound(r, coincide::sport)) {
        s.sport = kind->row();
        s.has_sport = 1;
        if (kind->is_virtual()) s.virtual_place = 1;
    }
    return s;
}

}  // namespace coincide

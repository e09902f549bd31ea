// SPDX-License-Identifier: BSL-1.0
//
// A persistent exact key: the start minute and the whole meters of a record, in one 64-bit integer (requirement 004,
// "start_minute||distance_m"). A host stores it in an indexed column and finds re-imports without a scan.
//
//     fingerprint_of(start 2019-09-07T07:29:50Z, 12 062.22 m)  ->  version 1, minute 26 130 689, meter 12 062
//
// A key near a bucket's edge misses its neighbor: records that start 30 s apart fall into different minutes half of the time.
// `neighbors` gives the nine keys to look up. Even so, a fingerprint is a fast path for copies, not a duplicate finder: of
// pairs from two devices few share minute and meter. Only an equal key of the same athlete means anything.
#pragma once

#include <coincide/record/describe.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <optional>

namespace coincide {

/// Stored by hosts: bits 63…56 version, 55…28 minutes since 1970, 27…0 meters (all ones: distance not known).
struct fingerprint {
    static constexpr std::uint64_t version = 1;
    static constexpr std::uint32_t no_distance = (1u << 28) - 1;

    std::uint64_t bits = 0;

    [[nodiscard]] constexpr std::uint32_t minute() const noexcept { return static_cast<std::uint32_t>(bits >> 28) & no_distance; }
    [[nodiscard]] constexpr std::uint32_t meter() const noexcept { return static_cast<std::uint32_t>(bits) & no_distance; }
    [[nodiscard]] static constexpr fingerprint pack(std::uint32_t minute, std::uint32_t meter) noexcept {
        return {version << 56 | std::uint64_t{minute & no_distance} << 28 | (meter & no_distance)};
    }
    friend constexpr auto operator<=>(const fingerprint&, const fingerprint&) = default;
};

/// The fingerprint of a start and a distance (meters, cut to whole ones as the requirement's integer division does); nothing
/// for a start outside 1970 … 2199.
[[nodiscard]] constexpr std::optional<fingerprint> make_fingerprint(instant start, std::optional<double> meters) noexcept {
    if (start < earliest_start || start > latest_start) return std::nullopt;
    const auto minute = static_cast<std::uint32_t>(start.time_since_epoch().count() / 60000);
    const bool known = meters && *meters > 0 && *meters < static_cast<double>(fingerprint::no_distance);
    // to the millimetre first: 1.001 km is 1000.9999… m in binary, and is the meter 1001 all the same
    return fingerprint::pack(minute, known ? static_cast<std::uint32_t>(detail::round_half_away(*meters * 1000.0) / 1000) : fingerprint::no_distance);
}

template <record R>
[[nodiscard]] constexpr std::optional<fingerprint> fingerprint_of(const R& r) {
    const auto start = read(r, start_time);
    return start ? make_fingerprint(*start, read_if_bound(r, distance_m)) : std::nullopt;
}

/// The keys within one minute and one meter, the key itself first. With an unknown distance only the minute varies, and the
/// rest repeat the key itself.
[[nodiscard]] constexpr std::array<fingerprint, 9> neighbors(fingerprint of) noexcept {
    std::array<fingerprint, 9> keys{};
    keys.fill(of);
    std::size_t n = 1;
    const bool meters = of.meter() != fingerprint::no_distance;
    for (int dm = -1; dm <= 1; ++dm)
        for (int dd = meters ? -1 : 0; dd <= (meters ? 1 : 0); ++dd) {
            if (dm == 0 && dd == 0) continue;
            const std::int64_t minute = std::int64_t{of.minute()} + dm, meter = std::int64_t{of.meter()} + dd;
            if (minute < 0 || meter < 0 || (meters && meter == fingerprint::no_distance)) continue;
            keys[n++] = fingerprint::pack(static_cast<std::uint32_t>(minute), static_cast<std::uint32_t>(meter));
        }
    return keys;
}

}  // namespace coincide

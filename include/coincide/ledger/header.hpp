// SPDX-License-Identifier: BSL-1.0
//
// What matching needs of a record, apart from the record: its features, and its prepared tracks. They lie in time order, so a delivery
// reads the headers of some days and not a history, and no track is prepared twice.
//
//     dh <start> <source> <id>    header, some 150 bytes          dl …   of records longer than a day or vaguer: from, to
//     dt <source> <id>            prepared tracks                 du …   of clocks that were never set
//     dn <hash> <start> <source> <id>   who has, or names, this identity
#pragma once

#include <coincide/ledger/encode.hpp>
#include <coincide/ledger/facts.hpp>
#include <coincide/match/features.hpp>
#include <coincide/match/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

/// The corners of a track in binary angles; longitudes of one that crosses the antimeridian are west > east.
struct track_box {
    bool known = false;
    std::int32_t south = 0, north = 0, west = 0, east = 0;
    friend bool operator==(const track_box&, const track_box&) = default;
};

struct record_header {
    record_key key{};
    instant start{};
    features of{};
    bool has_series = false;
    track_box box{};
};

[[nodiscard]] inline track_box box_of_raster(const raster& path) {
    track_box b;
    if (path.empty()) return b;
    std::int32_t first = 0, west = 0, east = 0;  // longitudes relative to the first, so that they wrap
    for (std::size_t i = 0; i < path.lat.size(); ++i) {
        if (path.lat[i] == raster::no_fix) continue;
        if (!b.known) b = {true, path.lat[i], path.lat[i], 0, 0}, first = path.lon[i];
        const auto east_of_first = static_cast<std::int32_t>(static_cast<std::uint32_t>(path.lon[i]) - static_cast<std::uint32_t>(first));
        b.south = std::min(b.south, path.lat[i]), b.north = std::max(b.north, path.lat[i]);
        west = std::min(west, east_of_first), east = std::max(east, east_of_first);
    }
    b.west = static_cast<std::int32_t>(static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(west));
    b.east = static_cast<std::int32_t>(static_cast<std::uint32_t>(first) + static_cast<std::uint32_t>(east));
    return b;
}

[[nodiscard]] constexpr bool meet(const track_box& a, const track_box& b) noexcept {
    if (!a.known || !b.known || a.south > b.north || b.south > a.north) return false;
    const auto width = [](const track_box& of) { return static_cast<std::uint32_t>(of.east) - static_cast<std::uint32_t>(of.west); };
    const auto from_a = static_cast<std::uint32_t>(b.west) - static_cast<std::uint32_t>(a.west);
    return from_a <= width(a) || std::uint32_t{0} - from_a <= width(b);
}

namespace detail {

/// Calls io for every number of a header, in one order for writing and reading.
template <class Features, class Io>
void for_each_number(Features& f, Io&& io) {
    io(f.sig.start_ms), io(f.sig.elapsed_ms), io(f.sig.distance_5cm), io(f.sig.athlete), io(f.sig.source), io(f.sig.device);
    io(f.elapsed_ms), io(f.timer_ms), io(f.moving_ms), io(f.avg_heart_rate), io(f.max_heart_rate), io(f.energy_kcal), io(f.climb_m), io(f.avg_power_w);
    io(f.perhaps_ahead_s), io(f.own), io(f.origin), io(f.file_id), io(f.sha256), io(f.parent), io(f.file_stem), io(f.file_format);
}

inline void put_ints(byte_writer& out, const std::vector<std::int32_t>& of) {
    std::int32_t before = 0;
    for (const auto v : of) out.integer(std::int64_t{v} - before), before = v;
}
inline void take_ints(byte_reader& in, std::size_t n, std::vector<std::int32_t>& to) {
    std::int64_t before = 0;
    for (std::size_t i = 0; i < n && in.good(); ++i) to.push_back(static_cast<std::int32_t>(before = static_cast<std::int32_t>(static_cast<std::uint64_t>(before) + static_cast<std::uint64_t>(in.integer()))));
}

}  // namespace detail

[[nodiscard]] inline std::string encode(const record_header& h) {
    std::string bytes;
    byte_writer out{bytes};
    put(out, h.key).integer(h.start.time_since_epoch().count());
    detail::for_each_number(h.of, [&]<class T>(const T& v) { out.integer(static_cast<std::int64_t>(v)); });
    const auto& s = h.of.sig;
    out.real(h.of.distance_m).count(s.precision_s).count(s.sport).count(s.duration);
    out.byte(static_cast<std::uint8_t>(s.has_sport | s.by_hand << 1 | s.clock_unset << 2 | s.virtual_place << 3 | s.file_source << 4));
    out.byte(static_cast<std::uint8_t>(h.of.tracked | h.has_series << 1 | h.box.known << 2));
    if (h.box.known) out.integer(h.box.south).integer(h.box.north).integer(h.box.west).integer(h.box.east);
    return bytes;
}

[[nodiscard]] inline std::optional<record_header> decode_header(std::string_view bytes) {
    byte_reader in{bytes};
    record_header h;
    h.key = take_record_key(in);
    h.start = instant{milliseconds{in.time_ms()}};
    detail::for_each_number(h.of, [&]<class T>(T& v) { v = static_cast<T>(in.integer()); });
    auto& s = h.of.sig;
    for (auto* ms : {&s.start_ms, &h.of.elapsed_ms, &h.of.timer_ms, &h.of.moving_ms}) *ms = detail::bounded_ms(*ms);
    h.of.perhaps_ahead_s = std::clamp(h.of.perhaps_ahead_s, -1000000000, 1000000000);
    h.of.distance_m = in.real();
    s.precision_s = static_cast<std::uint32_t>(in.count()) & 0x1FFFFu, s.sport = static_cast<std::uint32_t>(std::min<std::uint64_t>(in.count(), sport_count - 1)) & 0xFFu;
    s.duration = static_cast<std::uint32_t>(in.count()) & 3u;
    const unsigned flags = in.byte(), more = in.byte();
    s.has_sport = flags & 1u, s.by_hand = flags >> 1 & 1u, s.clock_unset = flags >> 2 & 1u, s.virtual_place = flags >> 3 & 1u, s.file_source = flags >> 4 & 1u;
    h.of.tracked = more & 1u, h.has_series = more & 2u, h.box.known = more & 4u;
    if (h.box.known)
        for (auto* to : {&h.box.south, &h.box.north, &h.box.west, &h.box.east}) *to = static_cast<std::int32_t>(in.integer());
    return in.good() ? std::optional{std::move(h)} : std::nullopt;
}

/// For hosts that keep what was prepared, with or without a ledger: some 4 or 5 bytes a second of positions and 1 of each sensor.
[[nodiscard]] inline std::string encode(const prepared_tracks& t) {
    std::string bytes;
    byte_writer out{bytes};
    out.byte(prepared_format).count(t.path.lat.size()).integer(t.path.first_s);
    detail::put_ints(out, t.path.lat);
    detail::put_ints(out, t.path.lon);
    for (const auto& v : t.values) {
        out.count(v.value.size()).integer(v.first_s);
        detail::put_ints(out, {v.value.begin(), v.value.end()});
    }
    return bytes;
}

/// Absent: cut short, or of another version of the library: to be prepared anew.
[[nodiscard]] inline std::optional<prepared_tracks> decode_tracks(std::string_view bytes) {
    byte_reader in{bytes};
    if (in.byte() != prepared_format) return std::nullopt;
    prepared_tracks t;
    const auto n = in.count();
    if (n > bytes.size()) return std::nullopt;
    const auto first_s = in.integer();
    const auto is_second = [](std::int64_t s) { return detail::is_time(s) && detail::is_time(s * 1000); };  // so sums of them never overflow
    if (!is_second(first_s)) return std::nullopt;
    std::vector<std::int32_t> lat, lon;
    detail::take_ints(in, n, lat);
    detail::take_ints(in, n, lon);
    if (lat.size() == lon.size()) t.path = raster::of(first_s, std::move(lat), std::move(lon));
    for (auto& v : t.values) {
        const auto m = in.count();
        if (m > bytes.size()) return std::nullopt;
        v.first_s = in.integer();
        if (!is_second(v.first_s)) return std::nullopt;
        std::vector<std::int32_t> wide;
        detail::take_ints(in, m, wide);
        for (const auto x : wide) {
            if (x < -1 || x > 4095) return std::nullopt;
            v.value.push_back(static_cast<std::int16_t>(x));
        }
    }
    return in.good() ? std::optional{std::move(t)} : std::nullopt;
}

/// Up to which start later records are near in time to this one (candidates.hpp).
[[nodiscard]] constexpr std::int64_t reach_ms(const signature& s, const search_limits& limits) noexcept {
    return std::max<std::int64_t>(s.start_ms + limits.clock_reach.count(), s.end_ms() + 1000 * std::int64_t{s.precision_s});
}
[[nodiscard]] constexpr bool reaches_far(const signature& s, const search_limits& limits) noexcept { return reach_ms(s, limits) > s.start_ms + limits.clock_reach.count(); }
/// No record reaches further: a saturated duration and precision.
inline constexpr std::int64_t reach_ms_max = 4294967295 + std::int64_t{131071} * 1000;

[[nodiscard]] inline std::string header_key(const record_header& h) {
    return key_writer{"dh"}.integer(h.of.sig.start_ms).text(h.key.source).text(h.key.external_id).take();
}
/// The hashes under which a record is found: its own identity and all that it shares or names. Without zeros, sorted, each once.
[[nodiscard]] inline std::vector<std::uint64_t> names_of(const features& f) {
    std::vector<std::uint64_t> out{f.own, f.origin, f.parent, f.file_id, f.sha256, f.file_stem};
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    std::erase(out, std::uint64_t{0});
    return out;
}

}  // namespace coincide

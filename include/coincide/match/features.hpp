// SPDX-License-Identifier: BSL-1.0
//
// What comparing two records needs beyond their signatures: durations of each kind, summaries, and hashes of the identities
// that announce a copy. Integers only; made once a record.
#pragma once

#include <coincide/match/clock_table.hpp>
#include <coincide/match/raster.hpp>
#include <coincide/match/signature.hpp>
#include <coincide/match/stream_overlap.hpp>
#include <coincide/record/activity.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace coincide {

/// Hashes are 0 where the record does not say. Equal hashes are taken as equal texts: at 64 bits, a chance equality is
/// rarer than 1 in 10^7 even among a million records of one athlete.
struct features {
    signature sig{};
    std::int64_t elapsed_ms = 0, timer_ms = 0, moving_ms = 0;  // 0: not known
    double distance_m = 0;                                     // 0: not known
    std::int32_t avg_heart_rate = 0, max_heart_rate = 0;
    std::int32_t energy_kcal = 0, climb_m = 0, avg_power_w = 0;  // 0: not known
    bool tracked = false;              // has positions, or at least a place for them
    std::int32_t perhaps_ahead_s = 0;  // the error that the policy's table has for this clock, then
    std::uint64_t own = 0;         // (source, external id)
    std::uint64_t origin = 0;      // the record this is a copy of
    std::uint64_t file_id = 0;     // FIT file_id
    std::uint64_t sha256 = 0;
    std::uint64_t parent = 0;      // (source, parent id)
    std::uint64_t file_stem = 0;   // path without extensions, for file sources
    std::uint64_t file_format = 0; // source slug of a file
};

namespace detail {

/// "rides/2019/a.fit.gz" -> "rides/2019/a". A stem of fewer than six digits ("activity", "ride1") names nothing.
constexpr std::string_view telling_stem(std::string_view id) noexcept {
    const auto slash = id.rfind('/');
    const auto name_at = slash == std::string_view::npos ? 0 : slash + 1;
    auto stem_end = id.size();  // dots inside a name (2025-08-30 09.44) stay: only known extensions are cut
    for (const std::string_view ext : {".gz", ".fit", ".gpx", ".tcx", ".csv"})
        if (id.substr(name_at, stem_end - name_at).ends_with(ext)) stem_end -= ext.size();
    const auto stem = id.substr(0, stem_end);
    int digits = 0;
    for (const char c : stem.substr(name_at)) digits += c >= '0' && c <= '9';
    return digits >= 6 ? stem : std::string_view{};
}

constexpr std::int64_t positive_ms(std::optional<milliseconds> d) noexcept { return d && d->count() > 0 ? d->count() : 0; }

constexpr std::int32_t rounded(std::optional<double> v, double below = 1000) noexcept {
    return v && *v > 0 && *v < below ? static_cast<std::int32_t>(round_half_away(*v)) : 0;
}

}  // namespace detail

/// Reads everything once; `clocks` are those known to be wrong. O(length of the texts).
template <record R>
[[nodiscard]] features features_of(const R& r, std::uint32_t row, std::span<const clock_error> clocks = {}) {
    features f;
    f.sig = signature_of(r, row);
    f.perhaps_ahead_s = static_cast<std::int32_t>(std::clamp<std::int64_t>(known_error(r, clocks).count(), -1000000000, 1000000000));
    if (const auto unset = read_if_bound(r, unset_clock); unset && *unset) f.sig.clock_unset = 1;
    if constexpr (has_role<R, track_t>) f.tracked = !std::ranges::empty(track_of(r));
    f.elapsed_ms = detail::positive_ms(read_if_bound(r, elapsed));
    f.timer_ms = detail::positive_ms(read_if_bound(r, timer));
    f.moving_ms = detail::positive_ms(read_if_bound(r, moving));
    if (const auto d = read_if_bound(r, distance_m); d && *d >= 0.05 && *d < 1e9) f.distance_m = *d;
    f.avg_heart_rate = detail::rounded(read_if_bound(r, avg_heart_rate_bpm));
    f.max_heart_rate = detail::rounded(read_if_bound(r, max_heart_rate_bpm));
    f.energy_kcal = detail::rounded(read_if_bound(r, coincide::energy_kcal), 100000);
    f.climb_m = detail::rounded(read_if_bound(r, elevation_gain_m), 100000);
    f.avg_power_w = detail::rounded(read_if_bound(r, coincide::avg_power_w), 10000);

    const auto from = read_if_bound(r, coincide::source), id = read_if_bound(r, external_id), parent = read_if_bound(r, parent_id);
    if (from && id) f.own = detail::hash_more(detail::hash_text(*from), *id);
    if (from && parent) f.parent = detail::hash_more(detail::hash_text(*from), *parent);
    if (from && id && f.sig.file_source) {
        if (const auto stem = detail::telling_stem(*id); !stem.empty()) f.file_stem = detail::hash_text(stem);
        f.file_format = detail::hash_text(*from);
    }
    if (const auto* o = read_if_bound(r, coincide::origin); o && !o->source.empty() && !o->external_id.empty())
        f.origin = detail::hash_more(detail::hash_text(o->source), o->external_id);
    if (const auto* in = read_if_bound(r, coincide::file)) {
        if (!in->sha256.empty()) f.sha256 = detail::hash_text(in->sha256);
        // a serial or product and the second of creation: less than that many devices share
        if (in->time_created && !(in->serial.empty() && in->product.empty())) {
            auto h = detail::hash_more(detail::hash_text(in->manufacturer), in->product);
            h = detail::hash_more(h, in->serial);
            f.file_id = detail::hash_more(h, format_rfc3339(*in->time_created));
        }
    }
    return f;
}

/// Raised with every change of what preparing makes, or of the bytes it is kept in (ledger/header.hpp).
inline constexpr std::uint8_t prepared_format = 2;

/// Track and values of one record on the absolute clock; empty where it has none.
struct prepared_tracks {
    raster path{};
    std::array<value_series, 3> values{};  // heart rate, power, cadence
};

/// The same on a clock that is set back.
[[nodiscard]] inline prepared_tracks set_back(prepared_tracks of, std::int64_t by_s) {
    of.path.first_s -= by_s;
    for (auto& v : of.values) v.first_s -= by_s;
    return of;
}

namespace detail {
inline void add_values(prepared_tracks& to, const samples& from, instant start) {
    constexpr samples::column columns[] = {samples::hr, samples::power, samples::cadence};
    for (std::size_t c = 0; c < 3; ++c)
        if (to.values[c].value.empty()) to.values[c] = make_series(from, columns[c], start);
}
}  // namespace detail

/// O(samples + seconds). Works for any host: values are read from the ready-made columns, positions from any range of fixes.
template <record R>
[[nodiscard]] prepared_tracks prepare_tracks(const R& r, const raster_options& options = {}) {
    prepared_tracks out;
    const auto start = read(r, start_time);
    if (!start || !detail::is_time(start->time_since_epoch().count())) return out;
    if constexpr (has_role<R, track_t>) {
        const auto& positions = track_of(r);
        out.path = make_raster(positions, *start, options);
        if constexpr (std::same_as<std::remove_cvref_t<decltype(positions)>, samples>) detail::add_values(out, positions, *start);
    }
    if constexpr (has_role<R, streams_t>)
        if (const auto* s = read(r, streams)) detail::add_values(out, *s, *start);
    return out;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// By what a ledger decides. A value that the host passes with every call; its digest stands on everything that was derived, so a changed
// policy, a changed table of clocks or a new version of the library is noticed, and the athlete's groups are made anew.
#pragma once

#include <coincide/ledger/sha256.hpp>
#include <coincide/ledger/bytes.hpp>
#include <coincide/match/features.hpp>
#include <coincide/match/policy.hpp>
#include <coincide/merge/priority.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coincide {

struct ledger_policy {
    match_policy match = presets::balanced;  // its table of clocks is left alone: the ledger has one of its own
    merge_policy merge = presets::measured_first;
    /// How far a device's clock may be ahead before its words are taken as said at the receipt. Clocks that are set by a network are within
    /// seconds; 5 minutes is what Kerberos (RFC 4120) allows.
    std::chrono::milliseconds ahead_max{300000};
    std::chrono::seconds undo_window{86400};   // requirement 003: 24 hours
    std::size_t fixes_max = 4000000;           // of one record: 46 days of seconds
    std::size_t text_bytes_max = 1000000;      // of one text
};

inline void put_clocks(byte_writer& out, std::span<const clock_error> clocks) {
    out.count(clocks.size());
    for (const auto& c : clocks)
        out.text(c.athlete_id).text(c.source).text(c.device_serial).integer(c.from.time_since_epoch().count()).integer(c.to.time_since_epoch().count()).integer(c.ahead.count()).count(c.pairs);
}
[[nodiscard]] inline std::vector<clock_error> take_clocks(byte_reader& in) {
    std::vector<clock_error> out;
    for (auto n = in.count(); n > 0 && in.good(); --n) {
        clock_error c;
        c.athlete_id = in.text(), c.source = in.text(), c.device_serial = in.text();
        c.from = instant{milliseconds{in.integer()}}, c.to = instant{milliseconds{in.integer()}}, c.ahead = seconds{in.integer()};
        c.pairs = static_cast<std::uint32_t>(in.count());
        out.push_back(std::move(c));
    }
    if (!in.good()) out.clear();
    return out;
}

/// A table of clocks without those of one source. One that is damaged says nothing, and stays damaged.
[[nodiscard]] inline std::string without_clocks_of(std::string_view from, std::string_view table) {
    byte_reader in{table};
    auto clocks = take_clocks(in);
    std::string bytes;
    if (!in.good()) return bytes;
    std::erase_if(clocks, [from](const clock_error& c) { return c.source == from; });
    byte_writer out{bytes};
    put_clocks(out, clocks);
    return bytes;
}

/// Raised with every change of what is derived, or of its bytes.
inline constexpr std::uint64_t derived_format = 4;

/// 8 bytes: equal digests give equal groups of equal facts. Of an athlete, since a policy may rank sources by athlete.
[[nodiscard]] inline std::string digest_of(const ledger_policy& policy, std::string_view athlete, std::span<const clock_error> clocks) {
    std::string all;
    byte_writer out{all};
    const auto& m = policy.match;
    out.count(derived_format).count(prepared_format).count(COINCIDE_VERSION_MAJOR).count(COINCIDE_VERSION_MINOR).count(COINCIDE_VERSION_PATCH);
    for (const auto v : {m.join_min, m.review_min, m.veto_max, m.outvote_min, m.veto_always}) out.integer(v);
    const auto numbers = [&](const auto& table) {
        for (const auto v : table) out.integer(v);
    };
    numbers(m.weights.start), numbers(m.weights.overlap), numbers(m.weights.duration), numbers(m.weights.distance), numbers(m.weights.track), numbers(m.weights.sport);
    out.count(m.limits.neighbors_max).count(m.limits.alike_max).integer(m.limits.clock_reach.count()).count(m.limits.component_max);
    out.integer(m.sampling.gap_max.count()).integer(m.sampling.length_max.count()).integer(m.overlap.gap_m_max).integer(m.overlap.shift_s_max);
    out.byte(m.window.has_value());
    if (const auto& w = m.window)
        out.integer(w->start_gap_max.count()).integer(w->duration_percent_max).integer(w->distance_percent_max).byte(w->same_sport).byte(w->equal_key).byte(w->gps_decides);
    const auto own = policy.merge.of_athlete.find(athlete);
    for (const auto& r : own != policy.merge.of_athlete.end() ? own->second : policy.merge.sources) out.text(r.source).integer(r.rank);
    put_clocks(out, clocks);
    return sha256(all).substr(0, 8);
}

}  // namespace coincide

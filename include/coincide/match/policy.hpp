// SPDX-License-Identifier: BSL-1.0
//
// What decides: the weights of signs, what sum joins two records, and which clocks are known to be wrong. Policy is a value that the
// caller passes; nothing is global.
//
//     auto groups = group(rides, presets::balanced);
//
//     auto own = presets::balanced;
//     own.weights.sport[0] = 0;                                   // an athlete of one sport: equal labels say nothing
//     own.clocks = clocks;                                        // a span of learn_clocks' table, which the host keeps
#pragma once

#include <coincide/match/clock_table.hpp>
#include <coincide/match/fuzzy.hpp>
#include <coincide/match/gps_overlap.hpp>
#include <coincide/match/weights.hpp>

#include <cstddef>
#include <optional>
#include <span>

namespace coincide {

/// How far is looked, so that no crowd of records costs more than a crowd should.
struct search_limits {
    std::size_t neighbors_max = 32;  // records near in time, of each; a day with three sources of a triathlon's legs has some twenty
    std::size_t alike_max = 16;      // records of one identity, or of one length where a clock was never set
    milliseconds clock_reach{26 * 3600000 + 60000};  // ±13 h, with the sign of the zone reversed, and a minute
    /// Records that links (at least in review) tie to each other; of more, only identities and pins count. The largest that was seen in
    /// 200 made-up histories is in docs/thresholds.md.
    std::size_t component_max = 512;
};

struct match_policy {
    centibits join_min = 800;    // 8 bits: 256 to 1 beyond even odds among near pairs
    centibits review_min = 400;  // from here on a person is asked
    centibits veto_max = -200;     // a pair across two groups that sums to less speaks against joining them …
    centibits outvote_min = 1600;  // … unless all pairs across them come to this together
    centibits veto_always = -800;  // and from here down it always does
    weight_table weights{};
    std::span<const clock_error> clocks{};  // known errors; the host keeps them (clock_table.hpp)
    search_limits limits{};
    raster_options sampling{};
    overlap_options overlap{};
    /// Set: this hard window alone decides, as the named requirement says; evidence is reported all the same.
    std::optional<fuzzy_window> window{};

    constexpr match_policy() = default;
    constexpr match_policy(const fuzzy_window& w) : window{w} {}  // NOLINT: a preset of a requirement is a policy
};

/// What a sum of evidence comes to.
[[nodiscard]] constexpr decision verdict_of(centibits total, const match_policy& policy) noexcept {
    return total >= policy.join_min ? decision::join : total >= policy.review_min ? decision::review : decision::apart;
}

namespace presets {
inline constexpr match_policy balanced{};
}

}  // namespace coincide

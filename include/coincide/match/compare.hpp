// SPDX-License-Identifier: BSL-1.0
//
// Two records, all signs, one verdict. Symmetric: compare(a, b) and compare(b, a) give the same weights.
//
//     const auto answer = compare(features_of(x, 0), features_of(y, 1), &tracks_x, &tracks_y, presets::balanced);
//     answer.verdict            decision::join
//     answer.why.total()        1750            17.50 bits
//     answer.why                start, overlap, duration, …, each with what was seen
//
// No single sign decides. What announces a copy (FIT file_id, a named origin) outweighs everything measured; a track run at
// the same time in the same place outweighs totals that differ; spans that do not touch outweigh all that looks alike.
#pragma once

#include <coincide/match/clock_shift.hpp>
#include <coincide/match/unset_clock.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace coincide {

namespace detail {

enum class clocks_as : std::uint8_t { told, perhaps_wrong };

/// On the time that the clocks tell, a's set back by `ahead_s` already; or with a wrong clock, where that explains the pair.
[[nodiscard]] inline comparison compare_at(const features& a, const features& b, const prepared_tracks* ta, const prepared_tracks* tb,
                                           const match_policy& policy, std::int32_t ahead_s, clocks_as how) noexcept {
    comparison out;
    if (ahead_s != 0) out.why.add(evidence_code::clock_shift, ahead_s, 0, weights::clock_shift_known);
    const auto clock = look_at_clocks(a.sig, b.sig);
    totals_view totals{best_durations(a, b), a.distance_m, b.distance_m, a.distance_m > 0 && b.distance_m > 0, false};
    totals.one_contains_other = clock.touch() && clock.vaguest_s * 2000 < clock.spans.shorter_ms && contains(a.sig, b.sig, totals);

    weigh_identity(a, b, totals, out);
    const bool shifted = how == clocks_as::perhaps_wrong && !policy.window && clock.known && !clock.possible && (!clock.touch() || clock.gap_s > 600) &&
                         weigh_clock_shift(a, b, totals, ta, tb, policy, clock.spans_known && clock.spans.per_mille() >= 200, out);
    if (clock.known && !shifted) {
        auto start = policy.weights.start[level_of(limits::start_gap_s, clock.gap_s)];
        start = std::min(start, weigh(weights::start_precision_s, clock.vaguest_s, 0));
        // near starts of short, separate activities; a start vaguer than the activity is long tells nothing of its neighbors
        if (clock.spans_known && clock.spans.per_mille() < 500 && (!clock.possible || clock.allowed_s * 1000 >= clock.spans.shorter_ms)) start = 0;
        out.why.add(evidence_code::start, saturate<std::int32_t>(clock.apart_s), saturate<std::int32_t>(clock.allowed_s), start);
        start += weigh_end(a, b, clock, totals, start, policy.weights, out);
        if (clock.spans_known && clock.allowed_s < 43200) {
            auto shared = weigh_overlap(clock.spans, policy.weights);
            if (clock.possible) shared = std::max(shared, centibits{0});  // what may be common is no sign for, and none against
            shared = std::min({shared, weights::clock_max - start, weigh(weights::start_precision_s, clock.vaguest_s, 0)});
            out.why.add(evidence_code::overlap, clock.spans.per_mille(), seconds_of(clock.spans.common_ms), shared);
        } else if (!clock.spans_known && (clock.gap_s > 1200 || after_the_end(a.sig, b.sig, clock)))
            out.why.add(evidence_code::overlap, 0, 0, -800);
        else if (clock.allowed_s >= 43200 && clock.gap_s > 0)
            out.why.add(evidence_code::overlap, 0, 0, -1500);
    }
    std::optional<std::int64_t> found_s;  // by which a's clock is ahead, where places or values say so
    if (!clock.known && ta && tb && !policy.window) found_s = weigh_unset_clock(a, b, *ta, *tb, policy, out);
    else if (shifted) found_s = out.why.find(evidence_code::clock_shift)->a;
    if (found_s) {
        auto on_time = a.sig;
        on_time.start_ms -= 1000 * *found_s;
        totals.one_contains_other = contains(on_time, b.sig, totals);
    }
    weigh_totals(a, b, totals, policy.weights, out);
    const auto distance = a.sig.has_sport && b.sig.has_sport ? sport_distance_between(a.sig.sport_row(), b.sig.sport_row()) : sport_distance::unspecific;
    const bool both_unspecific = distance == sport_distance::equal && a.sig.sport_row().unspecific();
    auto of_sport = both_unspecific ? 0 : policy.weights.sport[static_cast<std::size_t>(distance)];
    if (out.why.find(evidence_code::equal_totals)) of_sport = std::min(of_sport, centibits{0});  // habits have one sport, too
    out.why.add(evidence_code::label, static_cast<std::int32_t>(a.sig.sport), static_cast<std::int32_t>(b.sig.sport), of_sport);
    if (clock.known && !shifted) weigh_tracks(a, b, clock, ta, tb, policy, ahead_s, out);
    // on clocks that say nothing, equal summaries are no second sign beside equal totals
    if (clock.known && !out.why.find(evidence_code::figures) && a.avg_heart_rate > 0 && a.max_heart_rate > 0 && a.avg_heart_rate == b.avg_heart_rate && a.max_heart_rate == b.max_heart_rate)
        out.why.add(evidence_code::heart_rate, a.avg_heart_rate, a.max_heart_rate, weights::equal_heart_rate);

    if (policy.window) {
        const auto* gps = policy.window->gps_decides ? out.why.find(evidence_code::gps) : nullptr;
        const bool in = gps ? gps->weight > 0 : inside(*policy.window, a.sig, b.sig);
        out.why.silence();
        out.why.add(evidence_code::window, in, 0, in ? policy.join_min : 0);
    }
    out.verdict = verdict_of(out.why.total(), policy);
    return out;
}

}  // namespace detail

/// Compares two records of one athlete. Tracks may be null. Where a clock may be wrong (by what this pair shows, or by the policy's
/// table), the better of the answers with and without that. O(seconds of the tracks); no allocation.
[[nodiscard]] inline comparison compare(const features& a, const features& b, const prepared_tracks* ta, const prepared_tracks* tb,
                                        const match_policy& policy) noexcept {
    using detail::clocks_as;
    auto best = detail::compare_at(a, b, ta, tb, policy, 0, clocks_as::perhaps_wrong);
    std::int32_t best_s = 0;
    const auto consider = [&](std::int32_t ahead_s) {
        auto set_back = a;
        set_back.sig.start_ms -= 1000 * std::int64_t{ahead_s};
        const auto other = detail::compare_at(set_back, b, ta, tb, policy, ahead_s, clocks_as::told);
        const auto more = other.why.total() - best.why.total();
        if (more > 0 || (more == 0 && detail::magnitude(ahead_s) < detail::magnitude(best_s))) best = other, best_s = ahead_s;
    };
    if (best.verdict != decision::join && !a.sig.clock_unset && !b.sig.clock_unset && best.why.find(evidence_code::clock_shift) && overlap_of_spans(a.sig, b.sig).common_ms > 0) consider(0);
    if (policy.window || (a.perhaps_ahead_s == 0 && b.perhaps_ahead_s == 0)) return best;
    for (const auto ahead_s : {a.perhaps_ahead_s, -b.perhaps_ahead_s, a.perhaps_ahead_s - b.perhaps_ahead_s})
        if (ahead_s != 0) consider(ahead_s);
    return best;
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Weights from a host's own history, for those signs that depend on its athletes and devices (weight_table).
//
//     auto policy = presets::balanced;
//     const auto own = calibrate(rides, presets::balanced);                // no labels: by expectation and maximization
//     const auto own = calibrate(rides, presets::balanced, decided);       // with pairs that athletes decided, as pins
//     policy.weights = own.weights, policy.join_min -= own.prior;
//
//     starts within 5 s in 81 % of 3 100 pairs of one activity, in 0.4 % of 240 others  ->  log2(81 / 0.4) = 7.6 bits, the preset has 7
//     with 240 pairs to learn from, 70 % of the way from the preset                     ->  7.4
//
// Fellegi and Sunter's (1969) weights as Winkler (1988) estimates them without labels: a pair counts as one activity by the chance that its
// sum gives it, the weights are taken from those counts, and again. What few pairs show stays near the preset, no weight moves by more than
// two bits, and a better agreement never weighs less than a worse one. In integers: the same table on every platform.
#pragma once

#include <coincide/group/group.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace coincide {

struct calibration {
    std::uint32_t halfway_pairs = 100;  // of the rarer kind: from so many on what is seen counts more than the preset
    centibits change_max = 200;
    int rounds = 10;
};

struct calibrated {
    weight_table weights{};
    std::uint64_t pairs = 0;  // near in time, of clocks that were set
    std::uint64_t alike = 0;  // of these, taken for one activity
    /// The odds that a pair near in time is one activity before anything else is looked at, at most 4 bits. Presets take them for even;
    /// a threshold that is lower by as much joins at the certainty that it was meant to stand for.
    centibits prior = 0;
};

namespace detail {

/// The signs of a table, one after the other.
inline std::array<std::span<centibits>, 6> signs_of(weight_table& t) noexcept { return {t.start, t.overlap, t.duration, t.distance, t.track, t.sport}; }

inline constexpr std::int8_t not_seen = -1;

/// Which level of each sign a pair shows; nothing of one that its values cannot tell fully (a vague start, a distance indoors).
using seen_levels = std::array<std::int8_t, 6>;

inline seen_levels levels_of(const evidence_list& why) noexcept {
    seen_levels out;
    out.fill(not_seen);
    const auto level = [](std::span<const std::int32_t> limits, std::int64_t v) { return static_cast<std::int8_t>(level_of(limits, v)); };
    bool indoor = false;
    if (const auto* e = why.find(evidence_code::label)) {
        const sport_id a{static_cast<std::uint8_t>(e->a)}, b{static_cast<std::uint8_t>(e->b)};
        indoor = a.indoor() || b.indoor();
        if (!a.unspecific() && !b.unspecific()) out[5] = static_cast<std::int8_t>(sport_distance_between(a, b));
    }
    if (const auto* e = why.find(evidence_code::start); e && e->b <= 60) out[0] = level(limits::start_gap_s, std::max(0, e->a - e->b));
    const auto* lasted = why.find(evidence_code::duration);
    if (lasted) out[2] = level(limits::duration_gap_pm, gap_per_mille(lasted->a, lasted->b));
    if (const auto* e = why.find(evidence_code::overlap); e && lasted && std::min(lasted->a, lasted->b) >= 600)
        out[1] = e->a == 0 ? std::int8_t{5} : std::min<std::int8_t>(level(limits::span_missed_pm, 1000 - e->a), 4);
    if (const auto* e = why.find(evidence_code::distance); e && !indoor) out[3] = level(limits::distance_gap_pm, gap_per_mille(e->a, e->b));
    if (const auto* e = why.find(evidence_code::gps); e && e->b >= 120) out[4] = level(limits::track_missed_pm, 1000 - e->a);
    return out;
}

/// Near in time, and by clocks that were set and right.
inline bool teaches(const evidence_list& why) noexcept {
    const auto *start = why.find(evidence_code::start), *shared = why.find(evidence_code::overlap);
    return start && !why.find(evidence_code::clock_shift) && (start->a - start->b <= 1200 || (shared && shared->a > 0));
}

inline constexpr std::uint64_t one_q16 = 65536;

/// Chance, in 1/65536, of a sum of weights at even odds.
inline std::uint64_t chance_q16(centibits total) noexcept {
    constexpr auto parts = [] {  // 2^(i/100), by one multiplication after another
        std::array<std::uint64_t, 100> out{};
        double power = 65536.0;
        for (auto& p : out) p = static_cast<std::uint64_t>(power + 0.5), power *= 1.0069555500567189;
        return out;
    }();
    const auto m = std::min<std::uint32_t>(static_cast<std::uint32_t>(total < 0 ? -std::int64_t{total} : total), 1599);
    const auto odds = parts[m % 100] << (m / 100);
    const auto larger = odds * one_q16 / (odds + one_q16);
    return total < 0 ? one_q16 - larger : larger;
}

/// log2(x) in 1/100 bit, rounded down; x > 0. Squaring the mantissa gives one bit of the logarithm after the other.
inline centibits log2_centibits(std::uint64_t x) noexcept {
    int whole = 0;
    while (x >> whole > 1) ++whole;
    std::uint64_t mantissa = whole > 31 ? x >> (whole - 31) : x << (31 - whole), bits = 0;  // 2^31 <= mantissa < 2^32
    for (int k = 0; k < 20; ++k) {
        mantissa = mantissa * mantissa >> 31;
        bits = bits << 1 | (mantissa >> 32);
        if (mantissa >> 32) mantissa >>= 1;
    }
    return whole * 100 + static_cast<centibits>(bits * 100 >> 20);
}

struct taught_pair {
    seen_levels levels{};
    centibits by_preset = 0;  // its sum
    std::int8_t label = not_seen;
};

/// Weighted counts, in 1/65536 pairs, of one level among pairs of one activity and among others.
struct level_counts {
    std::uint64_t one = 0, other = 0;
};

/// One round: the chance of each pair by `now`, and what weights those chances give.
inline calibrated next_round(std::span<const taught_pair> pairs, weight_table preset, calibrated now, const calibration& options) {
    const auto before = signs_of(preset), current = signs_of(now.weights);
    std::array<std::array<level_counts, 9>, 6> counts{};
    std::array<level_counts, 6> sums{};
    std::uint64_t alike_q16 = 0;
    for (const auto& p : pairs) {
        auto total = p.by_preset + now.prior;
        for (std::size_t s = 0; s < 6; ++s)
            if (const auto at = static_cast<std::size_t>(p.levels[s]); p.levels[s] != not_seen) total += current[s][at] - before[s][at];
        const auto chance = p.label == not_seen ? chance_q16(total) : p.label == 1 ? one_q16 : 0;
        alike_q16 += chance;
        for (std::size_t s = 0; s < 6; ++s)
            if (p.levels[s] != not_seen) {
                auto& at = counts[s][static_cast<std::size_t>(p.levels[s])];
                at.one += chance, at.other += one_q16 - chance;
                sums[s].one += chance, sums[s].other += one_q16 - chance;
            }
    }
    calibrated out{preset, pairs.size(), alike_q16 / one_q16, 0};
    out.prior = std::clamp(log2_centibits(alike_q16 + 1) - log2_centibits(pairs.size() * one_q16 - alike_q16 + 1), -400, 400);
    const auto after = signs_of(out.weights);
    for (std::size_t s = 0; s < 6; ++s)
        for (std::size_t at = 0; at < after[s].size(); ++at) {
            const auto& c = counts[s][at];
            // half a pair of each kind more, so that what was never seen is no certainty
            const auto seen = log2_centibits(c.one + one_q16 / 2) - log2_centibits(c.other + one_q16 / 2) - log2_centibits(sums[s].one + one_q16 / 2) + log2_centibits(sums[s].other + one_q16 / 2);
            const auto of_rarer = static_cast<std::int64_t>(std::min(sums[s].one, sums[s].other) / one_q16), in_level = static_cast<std::int64_t>((c.one + c.other) / one_q16);
            const auto trust = std::min(of_rarer, in_level), all = trust + options.halfway_pairs;
            const auto moved = all == 0 ? 0 : static_cast<centibits>((seen - before[s][at]) * trust / all);
            after[s][at] = before[s][at] + std::clamp(moved, -options.change_max, options.change_max);
            if (at > 0 && before[s][at] <= before[s][at - 1]) after[s][at] = std::min(after[s][at], after[s][at - 1]);
        }
    return out;
}

}  // namespace detail

/// Estimates the weight table from a history. `labels` are pairs that somebody decided; a pair that is never compared teaches nothing.
///
/// Complexity  that of `group`, and rounds · pairs; 16 bytes a pair
/// Absent      a sign that no pair shows keeps the preset's weights; so do all of a history without pairs
template <std::ranges::random_access_range R>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] calibrated calibrate(const R& records, const match_policy& policy, std::span<const pin> labels = {}, const calibration& options = {}) {
    std::vector<std::pair<row_pair, pin_kind>> known;
    for (const auto& p : labels) known.push_back({{std::min(p.a, p.b), std::max(p.a, p.b)}, p.kind});
    std::sort(known.begin(), known.end());
    std::vector<detail::taught_pair> pairs;
    const detail::record_rows<R> all{&records};
    detail::grouper_of(all, policy, {}, {}).for_each_pair([&](row_pair rows, const comparison& c) {
        if (!detail::teaches(c.why)) return;
        const row_pair key{std::min(rows.a, rows.b), std::max(rows.a, rows.b)};
        const auto to = std::upper_bound(known.begin(), known.end(), std::pair{key, pin_kind::cannot});  // of contradicting labels `cannot` holds
        const bool labelled = to != known.begin() && std::prev(to)->first == key;
        pairs.push_back({detail::levels_of(c.why), c.why.total(), labelled ? static_cast<std::int8_t>(std::prev(to)->second == pin_kind::must) : detail::not_seen});
    });
    calibrated out{policy.weights, 0, 0, 0};
    for (int round = 0; round < options.rounds && !pairs.empty(); ++round) out = detail::next_round(pairs, policy.weights, out, options);
    return out;
}

}  // namespace coincide

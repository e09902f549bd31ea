// SPDX-License-Identifier: BSL-1.0
//
// The single signs that compare.hpp adds up, but for those of tracks (track_signs.hpp): identities, spans, totals. Each looks at two
// records' features and adds at most one item a sign to the list.
#pragma once

#include <coincide/match/features.hpp>
#include <coincide/match/policy.hpp>

#include <algorithm>
#include <cstdint>

namespace coincide {

struct comparison {
    decision verdict = decision::apart;
    relation kind = relation::same;
    bool a_is_subject = true;  // for part_of and copy_of: a is the part or the copy
    evidence_list why{};
};

/// Share of the shorter span that both cover.
struct span_overlap {
    std::int64_t shorter_ms = 0, common_ms = 0;
    [[nodiscard]] constexpr std::int32_t per_mille() const noexcept {
        return shorter_ms == 0 ? 0 : static_cast<std::int32_t>(common_ms * 1000 / shorter_ms);
    }
};

[[nodiscard]] constexpr span_overlap overlap_of_spans(const signature& a, const signature& b) noexcept {
    span_overlap out;
    out.shorter_ms = std::min<std::int64_t>(a.elapsed_ms, b.elapsed_ms);
    const auto common = std::min(a.end_ms(), b.end_ms()) - std::max(a.start_ms, b.start_ms);
    out.common_ms = std::clamp<std::int64_t>(common, 0, out.shorter_ms);
    return out;
}

namespace detail {

constexpr std::int32_t seconds_of(std::int64_t ms) noexcept { return saturate<std::int32_t>(ms / 1000); }
constexpr std::int64_t magnitude(std::int64_t v) noexcept { return v < 0 ? -v : v; }

/// Per mille of the larger by which two positive values differ.
constexpr std::int64_t gap_per_mille(std::int64_t a, std::int64_t b) noexcept {
    const auto larger = std::max(a, b);
    return larger == 0 ? 0 : magnitude(a - b) * 1000 / larger;
}

struct pair_of_values {
    std::int64_t a = 0, b = 0;
    [[nodiscard]] constexpr bool known() const noexcept { return a > 0 && b > 0; }
};

/// The like durations that agree best; unlike kinds only when no kind is on both sides (the stop time explains the rest).
constexpr pair_of_values best_durations(const features& a, const features& b) noexcept {
    pair_of_values best;
    const auto consider = [&best](std::int64_t x, std::int64_t y) {
        if (x > 0 && y > 0 && (!best.known() || gap_per_mille(x, y) < gap_per_mille(best.a, best.b))) best = {x, y};
    };
    consider(a.elapsed_ms, b.elapsed_ms);
    consider(a.timer_ms, b.timer_ms);
    consider(a.moving_ms, b.moving_ms);
    if (!best.known()) {
        consider(a.elapsed_ms, b.timer_ms), consider(a.timer_ms, b.elapsed_ms);
        consider(a.elapsed_ms, b.moving_ms), consider(a.moving_ms, b.elapsed_ms);
        consider(a.timer_ms, b.moving_ms), consider(a.moving_ms, b.timer_ms);
    }
    return best;
}

/// What the two clocks say, before any track is looked at.
struct clock_view {
    bool known = false;             // both clocks were set
    std::int64_t allowed_s = 0;     // what the stated precisions explain
    std::int64_t vaguest_s = 0;     // the wider precision of the two
    std::int64_t apart_s = 0;       // the starts
    std::int64_t gap_s = 0;         // beyond what the precisions explain
    span_overlap spans{};
    bool spans_known = false;
    bool possible = false;          // the spans meet only if the precision is used up
    [[nodiscard]] constexpr bool touch() const noexcept { return possible || (spans_known && spans.common_ms > 0); }
};

/// From this precision on a start is a memory: "in the afternoon", "about seven".
constexpr bool vague(const signature& s) noexcept { return s.precision_s >= 900; }

/// A start known to the day lies within half a day of that day's noon; signature_of has put it at local midnight.
constexpr std::int64_t reach_of_start(const signature& s) noexcept { return s.precision_s >= day_precision_s ? day_precision_s / 2 : s.precision_s; }
constexpr std::int64_t middle_of_start(const signature& s) noexcept {
    return s.start_ms + (s.precision_s >= day_precision_s ? day_precision_s * 500 : 0);
}

constexpr clock_view look_at_clocks(const signature& a, const signature& b) noexcept {
    clock_view v;
    v.known = !a.clock_unset && !b.clock_unset;
    if (!v.known) return v;
    v.allowed_s = reach_of_start(a) + reach_of_start(b);
    v.vaguest_s = std::max(reach_of_start(a), reach_of_start(b));
    v.apart_s = magnitude(middle_of_start(a) - middle_of_start(b)) / 1000;
    v.gap_s = std::max<std::int64_t>(0, v.apart_s - v.allowed_s);
    v.spans = overlap_of_spans(a, b);
    v.spans_known = v.spans.shorter_ms > 0;
    v.possible = v.gap_s == 0 && v.allowed_s > 2;
    return v;
}

/// One device, or one service that is not a kind of file: their times are told by one clock.
constexpr bool one_clock(const signature& a, const signature& b) noexcept {
    return (a.device != 0 && a.device == b.device) || (a.source != 0 && a.source == b.source && !a.file_source);
}

/// One span is known, and the other record started when that was over.
constexpr bool after_the_end(const signature& a, const signature& b, const clock_view& v) noexcept {
    const auto& known = a.elapsed_ms != 0 ? a : b;
    const auto& other = a.elapsed_ms != 0 ? b : a;
    return known.elapsed_ms != 0 && other.start_ms > known.end_ms() + 1000 * (v.allowed_s + 10);
}

/// Weight of the shared span: long spans of one athlete that cover each other are hardly ever two activities; very short ones
/// may be.
constexpr centibits weigh_overlap(const span_overlap& s, const weight_table& w) noexcept {
    const auto level = s.common_ms > 0 ? std::min<std::size_t>(level_of(limits::span_missed_pm, 1000 - s.per_mille()), 4) : 5;
    const centibits shorter = s.shorter_ms >= 600000 ? 0 : s.shorter_ms >= 120000 ? 1 : 2;
    return w.overlap[level] - (level < 3 ? 200 * shorter : level == 3 && shorter == 2 ? 100 : 0);
}

struct totals_view {
    pair_of_values durations{};
    double a_m = 0, b_m = 0;
    bool distance_known = false, one_contains_other = false;
    /// The shorter one, of these durations, could be the end of the longer: half of it and more, or as fast, and no more of the way.
    [[nodiscard]] constexpr bool could_be_the_end() const noexcept {
        if (durations.a == durations.b) return true;
        const auto shorter_m = durations.a < durations.b ? a_m : b_m, longer_m = durations.a < durations.b ? b_m : a_m;
        if (distance_known && shorter_m > longer_m * 1.1) return false;
        return gap_per_mille(durations.a, durations.b) <= 500 || one_speed();
    }
    [[nodiscard]] constexpr bool exact() const noexcept {
        return durations.known() && magnitude(durations.a - durations.b) <= 1000 && distance_known && gap_m() <= std::max(1.0, larger_m() * 1e-4);
    }
    /// What the shorter lacks in distance it lacks in time.
    [[nodiscard]] constexpr bool one_speed() const noexcept {
        if (!durations.known() || !distance_known) return false;
        const double x = a_m * static_cast<double>(durations.b), y = b_m * static_cast<double>(durations.a);
        return x <= y * 1.1 && y <= x * 1.1;
    }
    [[nodiscard]] constexpr bool close() const noexcept {
        return durations.known() && magnitude(durations.a - durations.b) <= 2000 && distance_known && gap_m() <= larger_m() * 1e-3;
    }
    /// Whole hundreds of metres on both sides: typed, or planned.
    [[nodiscard]] constexpr bool round_distances() const noexcept {
        const auto hundreds = [](double m) { return static_cast<std::int64_t>(m * 10.0) % 1000 == 0; };
        return hundreds(a_m) && hundreds(b_m);
    }
    /// One is typed in whole kilometers, and the other rounds to it.
    [[nodiscard]] constexpr bool rounded_to_km(bool a_typed, bool b_typed) const noexcept {
        const auto whole = [](double m) { return static_cast<std::int64_t>(m * 10.0) % 10000 == 0; };
        return gap_m() <= 500 && ((a_typed && whole(a_m)) || (b_typed && whole(b_m)));
    }
    [[nodiscard]] constexpr double gap_m() const noexcept { return a_m > b_m ? a_m - b_m : b_m - a_m; }
    [[nodiscard]] constexpr double larger_m() const noexcept { return a_m > b_m ? a_m : b_m; }
};

/// One lies in the other, and is clearly shorter, or as fast.
constexpr bool contains(const signature& a, const signature& b, const totals_view& t) noexcept {
    return overlap_of_spans(a, b).per_mille() >= 900 && (gap_per_mille(a.elapsed_ms, b.elapsed_ms) > 300 || t.one_speed());
}

/// Names that survive a copy. Equal ids of one kind are near proof; the relation says which record is the copy.
inline void weigh_identity(const features& a, const features& b, const totals_view& t, comparison& out) noexcept {
    const auto equal = [](std::uint64_t x, std::uint64_t y) { return x != 0 && x == y; };
    if (equal(a.parent, b.own) || equal(b.parent, a.own)) {
        out.kind = relation::part_of;
        out.a_is_subject = equal(a.parent, b.own);
        out.why.add(evidence_code::parent, 0, 0, weights::declared_parent);
    }
    if (equal(a.origin, b.own) || equal(b.origin, a.own)) {
        out.kind = relation::copy_of;
        out.a_is_subject = equal(a.origin, b.own);
        out.why.add(evidence_code::copied, 0, 0, weights::named_origin);
    } else if (equal(a.origin, b.origin)) {
        out.why.add(evidence_code::copied, 1, 1, weights::named_origin);
    }
    const bool siblings = equal(a.parent, b.parent) || out.kind == relation::part_of;
    // Activities of one file share its identity without being copies: legs and parent, several tracks of one GPX. Two records
    // of one source from equal bytes are that; and so are spans that neither touch nor are equally long.
    const bool same_bytes = equal(a.sha256, b.sha256), one_file = same_bytes && a.sig.source == b.sig.source;
    // A converter may stamp one second of creation, or a host one hash, on the rides of a year: those differ in length.
    const bool equal_length = magnitude(std::int64_t{a.sig.elapsed_ms} - b.sig.elapsed_ms) <= 2000 && (a.distance_m == 0 || b.distance_m == 0 || t.close());
    const bool alike = overlap_of_spans(a.sig, b.sig).common_ms > 0 || equal_length;
    if (!siblings && !one_file && alike) {
        if (same_bytes) out.why.add(evidence_code::same_file, 0, 0, weights::equal_file);
        else if (equal(a.file_id, b.file_id)) out.why.add(evidence_code::file_id, 0, 0, weights::equal_file_id);
        if (equal(a.file_stem, b.file_stem) && a.file_format != b.file_format) out.why.add(evidence_code::file_name, 0, 0, weights::equal_stem);
    }
    if (a.sig.source != 0 && a.sig.source == b.sig.source && !a.sig.file_source)
        out.why.add(evidence_code::same_source, 0, 0, a.sig.source == hash16("manual") ? weights::one_person : weights::one_source);
}

struct weights_of_totals {
    centibits duration = 0, distance = 0;
    [[nodiscard]] constexpr centibits sum() const noexcept { return duration + distance; }
};

/// Duration and distance. Their joint weight is capped because they say nearly the same thing.
inline weights_of_totals weight_of_totals(const features& a, const features& b, const totals_view& t, const weight_table& of) noexcept {
    weights_of_totals w;
    if (t.durations.known()) {
        w.duration = of.duration[level_of(limits::duration_gap_pm, gap_per_mille(t.durations.a, t.durations.b))];
        if (t.one_contains_other && t.one_speed()) w.duration = std::max(w.duration, centibits{0});  // it lacks as much of the way
    }
    if (t.distance_known) {
        const auto gap_pm = static_cast<std::int64_t>(t.gap_m() * 1000.0 / t.larger_m());
        w.distance = of.distance[level_of(limits::distance_gap_pm, gap_pm)];
        if (t.rounded_to_km(a.sig.by_hand || vague(a.sig), b.sig.by_hand || vague(b.sig))) w.distance = std::max(w.distance, weights::rounded_distance);
        if (a.sig.sport_row().indoor() || b.sig.sport_row().indoor()) w.distance = std::max(w.distance, weights::indoor_distance_min);
        // the shorter of a contained pair covers less ground in less time: nothing speaks against it
        if (t.one_contains_other) w.distance = std::max(w.distance, centibits{0});
        w.distance = std::min(w.distance, weights::totals_max - std::max(w.duration, centibits{0}));
    }
    return w;
}

inline void weigh_totals(const features& a, const features& b, const totals_view& t, const weight_table& of, comparison& out) noexcept {
    const auto w = weight_of_totals(a, b, t, of);
    if (t.durations.known()) {
        const bool to_the_ms = t.durations.a == t.durations.b && t.durations.a % 1000 != 0;
        out.why.add(evidence_code::duration, seconds_of(t.durations.a), seconds_of(t.durations.b), w.duration + (to_the_ms ? weights::duration_to_the_ms : 0));
    }
    if (t.distance_known)
        out.why.add(evidence_code::distance, saturate<std::int32_t>(round_half_away(t.a_m)), saturate<std::int32_t>(round_half_away(t.b_m)), w.distance);
}

/// Started late, ended together: what the ends say beyond the starts, less one bit, as there are two to choose from. Only of wall
/// times, where one lies in the other and could be its end.
inline centibits weigh_end(const features& a, const features& b, const clock_view& clock, const totals_view& t, centibits start, const weight_table& of,
                           comparison& out) noexcept {
    if (a.elapsed_ms == 0 || b.elapsed_ms == 0 || clock.spans.per_mille() < 950 || clock.allowed_s >= 43200 || !t.could_be_the_end()) return 0;
    const auto apart_s = magnitude(a.sig.end_ms() - b.sig.end_ms()) / 1000;
    const auto more = std::min(of.start[level_of(limits::start_gap_s, apart_s)] - 100, weigh(weights::start_precision_s, clock.vaguest_s, 0)) - start;
    if (more <= 0) return 0;
    out.why.add(evidence_code::end, saturate<std::int32_t>(apart_s), 0, more);
    return more;
}

}  // namespace detail

}  // namespace coincide

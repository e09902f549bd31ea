// SPDX-License-Identifier: BSL-1.0
//
// Why two records are one activity, or are not, in one sentence: for an athlete, a log, a conflict list.
//
//     One activity: 98 % of 58 min at the same place, durations 3480 s and 3480 s; strava's clock is 2 h ahead of garmin's; without the
//     first of these they would be two.
//     Perhaps one activity: durations 1800 s and 1800 s, distances 5000 m and 5010 m; 2.5 bits more and they would be one.
//     Two activities: the spans do not overlap; for one activity: starts 41 s apart; without what speaks against it they would be one.
//
// What weighed most, what spoke against it, whose clock is wrong, and what would have changed the answer. English, ASCII, no locale.
#pragma once

#include <coincide/match/policy.hpp>
#include <coincide/match/words.hpp>

#include <string>
#include <string_view>

namespace coincide {

/// Whom the sentence speaks of, e.g. their sources: "strava" and "garmin". Empty or equal ones are told as "one" and "the other".
struct pair_names {
    std::string_view a{}, b{};
};

namespace detail {

/// 350 -> "3.5 bits"
inline std::string bits_in_words(centibits w) {
    auto text = std::to_string(w / 100);
    if (w % 100 != 0) text += "." + std::to_string(w % 100 / 10) + (w % 10 != 0 ? std::to_string(w % 10) : "");
    return text + (w == 100 ? " bit" : " bits");
}

inline std::string clock_in_words(const evidence& shift, pair_names names) {
    if (shift.b != 0) return "a clock was never set";
    const auto gap = length_of_time(shift.a < 0 ? -std::int64_t{shift.a} : shift.a);
    if (names.a.empty() || names.b.empty() || names.a == names.b) return "one clock is " + gap + " ahead of the other";
    const auto early = shift.a < 0 ? names.b : names.a, late = shift.a < 0 ? names.a : names.b;
    return std::string{early} + "'s clock is " + gap + " ahead of " + std::string{late} + "'s";
}

/// What would have changed the answer: the one sign it hangs on, or how much is missing.
inline std::string turning_point(decision verdict, centibits total, const evidence* most, const evidence* against, const match_policy& policy) {
    const auto named = [](decision d) { return d == decision::join ? "they would be one" : d == decision::review ? "a person would be asked" : "they would be two"; };
    if (verdict == decision::review && total >= policy.join_min) return "other members of their groups hold them apart";
    if (verdict == decision::join && total < policy.join_min) return most ? "other members of their group join them" : "";
    const auto* sign = verdict == decision::join ? most : against;
    if (sign)
        if (const auto without = verdict_of(total - sign->weight, policy); without != verdict)
            return std::string{"without "} + (verdict == decision::join ? "the first of these " : "what speaks against it ") + named(without);
    if (verdict == decision::join) return {};
    const auto next = verdict == decision::review ? policy.join_min : policy.review_min;
    if (next <= total) return {};
    return bits_in_words(next - total) + " more and " + named(verdict == decision::review ? decision::join : decision::review);
}

}  // namespace detail

/// The sentence of a pair. `verdict` is what became of it: a pair whose sum would join and that its groups hold apart is in review.
[[nodiscard]] inline std::string sentence_of(decision verdict, relation kind, const evidence_list& why, pair_names names = {}, const match_policy& policy = {}) {
    const evidence *most = nullptr, *second = nullptr, *against = nullptr;
    const auto* shift = why.find(evidence_code::clock_shift);
    for (const auto& e : why) {
        if (e.weight > 0 && (!most || e.weight > most->weight)) second = most, most = &e;
        else if (e.weight > 0 && (!second || e.weight > second->weight)) second = &e;
        if (e.weight < 0 && &e != shift && (!against || e.weight < against->weight)) against = &e;
    }
    std::string text = verdict == decision::apart    ? "Two activities"
                       : verdict == decision::review ? "Perhaps one activity"
                       : kind == relation::part_of   ? "One is a part of the other"
                       : kind == relation::copy_of   ? "One is a copy of the other"
                                                     : "One activity";
    const char* between = ": ";
    const auto add = [&](const std::string& clause, const char* join_by) {
        if (clause.empty()) return;
        text += (*between == ':' ? between : join_by) + clause;
        between = "; ";
    };
    if (verdict == decision::apart) {
        if (against) add(words_of(*against), "; ");
        if (most) add("for one activity: " + words_of(*most), "; ");
    } else {
        if (most) add(words_of(*most), ", ");
        if (second) add(words_of(*second), ", ");
        if (shift) add(detail::clock_in_words(*shift, names), "; ");
        if (against) add("against it: " + words_of(*against), "; ");
    }
    add(detail::turning_point(verdict, why.total(), most, against, policy), "; ");
    return text + ".";
}

}  // namespace coincide

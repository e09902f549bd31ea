// SPDX-License-Identifier: BSL-1.0
//
// Evidence in words, made on demand: for a report, a log line, an athlete's question "why are these two one?".
//
//     words_of({evidence_code::start, 41, 2, 500})   ->  "starts 41 s apart"
//
// English, ASCII, no locale, no private text: numbers, sport slugs and nothing that an athlete wrote.
#pragma once

#include <coincide/match/clock_table.hpp>
#include <coincide/match/evidence.hpp>
#include <coincide/record/sport.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace coincide {

namespace detail {
inline std::string count_of(std::int64_t n, std::string_view unit_name) { return std::to_string(n) + " " + std::string{unit_name}; }

/// 987 -> "98.7 %"
inline std::string percent(std::int32_t per_mille) {
    auto text = std::to_string(per_mille / 10);
    if (per_mille % 10 != 0) text += "." + std::to_string(per_mille % 10);
    return text + " %";
}

/// 25200 -> "7 h", 20700 -> "5 h 45 min", 1320 -> "22 min"
inline std::string clock_gap(std::int32_t s) {
    const auto m = std::abs(s) / 60, rest = std::abs(s) % 60;
    std::string text = s < 0 ? "-" : "+";
    if (m >= 60) text += count_of(m / 60, "h");
    if (m % 60 != 0) text += (m >= 60 ? " " : "") + count_of(m % 60, "min");
    if (rest != 0 || m == 0) text += (m > 0 ? " " : "") + count_of(rest, "s");
    return text;
}

inline std::string_view slug_of(std::int32_t row) {
    return row >= 0 && static_cast<std::size_t>(row) < sport_count ? sport_id{static_cast<std::uint8_t>(row)}.slug() : "unknown";
}
}  // namespace detail

/// What was seen, as a phrase.
[[nodiscard]] inline std::string words_of(const evidence& e) {
    using detail::count_of, detail::percent, detail::slug_of;
    switch (e.of) {
    case evidence_code::pin: return e.a != 0 ? "the athlete says they are one" : "the athlete says they are two";
    case evidence_code::parent: return "one names the other as its session";
    case evidence_code::copied: return e.a != 0 ? "both name one original" : "one names the other as its original";
    case evidence_code::same_file: return "the files are equal byte for byte";
    case evidence_code::file_id: return "one FIT file_id: device, serial and second of creation are equal";
    case evidence_code::file_name: return "files of one name in two formats";
    case evidence_code::start:
        return "starts " + count_of(e.a, "s") + " apart" + (e.b > 2 ? ", stated to within " + count_of(e.b, "s") : "");
    case evidence_code::overlap:
        return e.a == 0 ? std::string{"the spans do not overlap"} : percent(e.a) + " of the shorter span is common (" + count_of(e.b, "s") + ")";
    case evidence_code::clock_shift: return e.b != 0 ? "a clock was never set" : "the clocks differ by " + detail::clock_gap(e.a);
    case evidence_code::duration: return "durations " + count_of(e.a, "s") + " and " + count_of(e.b, "s");
    case evidence_code::distance: return "distances " + count_of(e.a, "m") + " and " + count_of(e.b, "m");
    case evidence_code::label: return std::string{slug_of(e.a)} + (e.a == e.b ? " on both" : " and " + std::string{slug_of(e.b)});
    case evidence_code::gps: return percent(e.a) + " of " + count_of(e.b, "common seconds") + " at the same place";
    case evidence_code::values: return "equal sensor values in " + percent(e.a) + " of " + count_of(e.b, "s");
    case evidence_code::correlation: return "sensor values correlate at " + percent(e.a) + " over " + count_of(e.b, "s");
    case evidence_code::heart_rate: return "average " + count_of(e.a, "bpm") + " and maximum " + count_of(e.b, "bpm") + " on both";
    case evidence_code::same_source: return "one source lists them as two";
    case evidence_code::same_device: return "one device recorded both at once";
    case evidence_code::parts: return count_of(e.a, "parts") + " add up to " + percent(e.b) + " of the whole";
    case evidence_code::end: return "ends " + count_of(e.a, "s") + " apart";
    case evidence_code::equal_totals:
        return "the durations differ by " + count_of(e.a, "s") + (e.b < 0 ? "" : ", the distances by " + count_of(e.b, "m"));
    case evidence_code::figures: return std::to_string(e.a) + " of " + count_of(e.b, "other figures") + (e.a == 1 ? " is equal" : " are equal");
    case evidence_code::only_one: return e.a != 0 ? "nothing else fits" : "nothing else of that day fits";
    case evidence_code::window: return e.a != 0 ? "inside the window of the rule" : "outside the window of the rule";
    }
    return {};
}

/// "the clock of strava is +7 h off from 2024-03-01 to 2024-03-20 (9 pairs)"
[[nodiscard]] inline std::string words_of(const clock_error& c) {
    const auto day = [](instant t) { return format_rfc3339(t).substr(0, 10); };
    std::string text = "the clock of " + (c.device_serial.empty() ? c.source : "device " + c.device_serial + (c.source.empty() ? "" : " at " + c.source));
    return text + " is " + detail::clock_gap(static_cast<std::int32_t>(c.ahead.count())) + " off from " + day(c.from) + " to " + day(c.to) + " (" + detail::count_of(c.pairs, "pairs") + ")";
}

/// One sentence for a compared pair: the verdict and what weighed most, for and against.
[[nodiscard]] inline std::string sentence_of(decision verdict, relation kind, const evidence_list& why) {
    const evidence *most = nullptr, *second = nullptr, *against = nullptr;
    for (const auto& e : why) {
        if (e.weight > 0 && (!most || e.weight > most->weight)) second = most, most = &e;
        else if (e.weight > 0 && (!second || e.weight > second->weight)) second = &e;
        if (e.weight < 0 && (!against || e.weight < against->weight)) against = &e;
    }
    std::string text = verdict == decision::apart    ? "Two activities"
                       : verdict == decision::review ? "Perhaps one activity"
                       : kind == relation::part_of   ? "One is a part of the other"
                       : kind == relation::copy_of   ? "One is a copy of the other"
                                                     : "One activity";
    if (verdict == decision::apart) {
        if (against) text += ": " + words_of(*against);
        if (most) text += "; for one activity: " + words_of(*most);
        return text + ".";
    }
    if (most) text += ": " + words_of(*most);
    if (second) text += ", " + words_of(*second);
    if (against) text += "; against it: " + words_of(*against);
    return text + ".";
}

}  // namespace coincide

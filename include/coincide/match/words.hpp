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

/// 25200 -> "7 h", 20700 -> "5 h 45 min", 1320 -> "22 min"; never negative
inline std::string length_of_time(std::int64_t s) {
    std::string text;
    const auto add = [&text](std::int64_t n, std::string_view unit_name) {
        if (n != 0) text += (text.empty() ? "" : " ") + count_of(n, unit_name);
    };
    add(s / 3600, "h"), add(s / 60 % 60, "min"), add(s % 60, "s");
    return text.empty() ? "0 s" : text;
}
inline std::string clock_gap(std::int64_t s) { return (s < 0 ? "-" : "+") + length_of_time(s < 0 ? -s : s); }

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
    case evidence_code::gps: return percent(e.a) + " of " + detail::length_of_time(e.b) + " at the same place";
    case evidence_code::values: return "equal sensor values in " + percent(e.a) + " of " + detail::length_of_time(e.b);
    case evidence_code::correlation: return "sensor values correlate at " + percent(e.a) + " over " + detail::length_of_time(e.b);
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
    return text + " is " + detail::clock_gap(c.ahead.count()) + " off from " + day(c.from) + " to " + day(c.to) + " (" + detail::count_of(c.pairs, "pairs") + ")";
}

}  // namespace coincide

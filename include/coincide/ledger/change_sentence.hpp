// SPDX-License-Identifier: BSL-1.0
//
// What a change means, in a sentence for the athlete: the conflict log and the notification of requirement 003. Made on demand; the feed
// keeps codes and values.
//
//     joined manual 1   ->  "Your manual log was merged with the garmin record: distance, time from garmin; notes from you."
//     field name        ->  "The name changed from \"Ride\" to \"Lunch Ride\", as strava says."
//
// Every such change can be taken back: by the version that it stands in (word::undo), within the policy's time, or later by a split.
#pragma once

#include <coincide/ledger/change.hpp>
#include <coincide/record/source.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

namespace detail {

/// A value to be read: "12.4", "2024-05-27T06:19:26Z", "1:02:03", "\"Lunch Ride\"".
[[nodiscard]] inline std::string shown(std::string_view value) {
    if (value.empty()) return "nothing";
    switch (value.front()) {
    case 'r': {
        const auto number = value_of<double>(value).value_or(0);
        if (number != number) return "no number";
        const auto milli = std::clamp(number, -9e14, 9e14) * 1000;
        const auto whole = round_half_away(milli);
        auto out = std::to_string(whole / 1000);
        if (whole < 0 && whole / 1000 == 0) out.insert(0, "-");
        auto rest = std::to_string(whole < 0 ? -(whole % 1000) : whole % 1000);
        rest.insert(0, 3 - rest.size(), '0');
        while (!rest.empty() && rest.back() == '0') rest.pop_back();
        return rest.empty() ? out : out + "." + rest;
    }
    case 'i': return format_rfc3339(value_of<instant>(value).value_or(instant{}));
    case 'd': {
        const auto ms = value_of<milliseconds>(value).value_or(milliseconds{}).count(), s = (ms < 0 ? -ms : ms) / 1000;
        const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
        return (ms < 0 ? "-" : "") + std::to_string(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60);
    }
    case 't': return '"' + std::string{value.substr(1)} + '"';
    case 's': return std::string{value.substr(1)};
    case 'l': {
        std::string out;
        for (const auto& one : value_of<std::vector<std::string>>(value).value_or(std::vector<std::string>{})) out += (out.empty() ? "" : ", ") + one;
        return out.empty() ? "nothing" : out;
    }
    default: return "something else";
    }
}

/// "avg_heart_rate_bpm" as a person says it: "average heart rate".
[[nodiscard]] inline std::string shown_field(std::string_view role_name) {
    for (const auto& [key, words] : {std::pair<std::string_view, std::string_view>{"distance_m", "distance"}, {"elapsed_time_s", "time"}, {"timer_time_s", "time without pauses"},
                                     {"moving_time_s", "moving time"}, {"activity_type", "sport"}, {"start_time", "start"}})
        if (role_name == key) return std::string{words};
    for (const std::string_view unit_at_end : {"_kcal", "_mps", "_bpm", "_rpm", "_m", "_w", "_c", "_s"})
        if (role_name.ends_with(unit_at_end)) role_name.remove_suffix(unit_at_end.size());
    auto out = std::string{role_name};
    if (out.starts_with("avg_")) out.replace(0, 3, "average");
    if (out.starts_with("max_")) out.replace(0, 3, "highest");
    std::replace(out.begin(), out.end(), '_', ' ');
    return out;
}

[[nodiscard]] inline std::string shown_source(std::string_view from) { return from == "edit" || kind_of_source(from) == source_kind::person ? "you" : std::string{from}; }

[[nodiscard]] inline std::string as_who_says(std::string_view from) {
    const auto who = shown_source(from);
    return who.empty() ? "." : who == "you" ? ", as you say." : ", as " + who + " says.";
}

[[nodiscard]] inline std::string merge_sentence(const ledger_change& c) {
    const bool own = kind_of_source(c.record.source) == source_kind::person;
    std::string out = own ? "Your " + c.record.source + " log" : "The " + c.record.source + " record";
    out += " was merged with the " + (c.source == c.record.source ? "activity" : c.source + " record");
    std::vector<std::pair<std::string, std::string>> by_source;  // who, what
    const auto list = value_of<std::vector<std::string>>(c.after).value_or(std::vector<std::string>{});
    for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
        const auto who = shown_source(list[i + 1]);
        if (list[i] == "utc_offset_s" || list[i] == "timezone" || list[i] == "start_precision_s" || list[i] == "source_activity_type" || list[i] == "device") continue;
        auto at = std::find_if(by_source.begin(), by_source.end(), [&](const auto& b) { return b.first == who; });
        if (at == by_source.end()) at = by_source.insert(at, {who, {}});
        at->second += (at->second.empty() ? "" : ", ") + shown_field(list[i]);
    }
    for (std::size_t i = 0; i < by_source.size(); ++i) out += (i == 0 ? ": " : "; ") + by_source[i].second + " from " + by_source[i].first;
    return out + ".";
}

}  // namespace detail

/// English. Empty for what tells an athlete nothing (a commit's own entry). Ids and values are those of the feed, as they came.
[[nodiscard]] inline std::string sentence_of(const ledger_change& c) {
    const auto record = c.record.source + " " + c.record.external_id;
    switch (c.of) {
    case change_kind::commit: return {};
    case change_kind::delivered: return c.before.empty() ? "A new record came from " + c.record.source + "." : "The " + c.record.source + " record was delivered again, and says something else.";
    case change_kind::gone: return "The " + c.record.source + " record counts no more.";
    case change_kind::conflict: return "Two deliveries of one revision of " + record + " differ; the greater one was taken, and both are kept.";
    case change_kind::said: return c.field == "undo" ? "Something was taken back." : c.field == "unlink" ? "You unlinked " + c.source + "." : "You said: " + c.field + ".";
    case change_kind::formed: return "There is a new activity.";
    case change_kind::joined: return detail::merge_sentence(c);
    case change_kind::left: return "The " + c.record.source + " record was parted from the activity of " + c.group.source + " " + c.group.external_id + ".";
    case change_kind::dissolved: return c.group.source.empty() ? "An activity is there no more." : "An activity is now a part of another one.";
    case change_kind::primary: return "The activity is now led by " + c.source + ".";
    case change_kind::field:
        if (c.field == "track" || c.field == "streams") return "The " + c.field + " is now that of " + detail::shown_source(c.source) + ".";
        return "The " + detail::shown_field(c.field) + " changed from " + detail::shown(c.before) + " to " + detail::shown(c.after) + detail::as_who_says(c.source);
    case change_kind::asked: return "Two records look alike, but not enough: " + record + " and " + c.group.source + " " + c.group.external_id + ". Are they one activity?";
    case change_kind::derived: return "Everything was grouped and merged anew, by other rules than before.";
    case change_kind::erased: return "All that came from " + c.source + " was removed.";
    }
    return {};
}

}  // namespace coincide

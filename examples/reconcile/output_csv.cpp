// SPDX-License-Identifier: BSL-1.0
#include "output_csv.hpp"

#include "json_write.hpp"

#include <coincide/record/source.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace reconcile {
namespace {

using coincide::activity;

struct row_source {
    const std::vector<activity>& records;
    const merged_activity& merged;
};

bool looks_like_formula(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    return first != std::string_view::npos && std::string_view{"=+-@\t\r\n"}.find(text[first]) != std::string_view::npos;
}

void put(std::string& out, std::string_view raw) {
    std::string text = printable(raw);
    if (looks_like_formula(text)) text.insert(0, 1, '\'');
    if (text.find_first_of("\",\r\n") == std::string::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) out.append(c == '"' ? 2 : 1, c);
    out += '"';
}

void put(std::string& out, double value) {
    if (std::isfinite(value)) append_number(out, value);
}
void put(std::string& out, coincide::milliseconds value) { append_seconds(out, value); }
void put(std::string& out, coincide::seconds value) { out += std::to_string(value.count()); }
void put(std::string& out, coincide::sport_id sport) { put(out, sport.slug()); }

std::string joined(const auto& texts, std::string_view by) {
    std::string all;
    for (const auto& text : texts) {
        if (!all.empty()) all += by;
        all += text;
    }
    return all;
}
void put(std::string& out, const std::vector<std::string>& texts) { put(out, joined(texts, ", ")); }

template <class Value>
void put(std::string& out, const std::optional<Value>& value) {
    if (value) put(out, *value);
}

/// A member of the merged activity as it is.
template <auto Member>
void member(std::string& out, const row_source& row) {
    put(out, row.merged.activity.*Member);
}

/// "2024-05-27 08:19:26": the form that spreadsheets take for a date in every language; whole seconds, because a fraction
/// makes them show minutes and seconds only.
void start_local(std::string& out, const row_source& row) {
    const auto& a = row.merged.activity;
    if (!a.utc_offset) return;
    std::string text = coincide::format_rfc3339(date::floor<coincide::seconds>(a.start_time + *a.utc_offset));
    text[10] = ' ';
    text.pop_back();  // Z
    out += text;
}

bool begins_with(std::string_view text, std::string_view word) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [&](char a, char b) { return lower(a) == lower(b); });
}

/// "polar Vantage V", "Garmin Edge 1000", else what kind of thing it is. Many models name their maker themselves.
void device(std::string& out, const row_source& row) {
    const auto& d = row.merged.activity.device;
    if (d.manufacturer.empty() && d.model.empty()) return put(out, to_string(d.type));
    const bool model_says_all = d.manufacturer.empty() || begins_with(d.model, d.manufacturer);
    put(out, model_says_all ? d.model : d.model.empty() ? d.manufacturer : d.manufacturer + " " + d.model);
}

/// The services that hold the activity; a file whose service is not known stands for itself, as fit_file.
void sources(std::string& out, const row_source& row) {
    std::set<std::string> slugs;
    for (const auto member_row : row.merged.members) {
        const auto& r = row.records[member_row];
        const bool of_service =
            coincide::kind_of_source(r.source) == coincide::source_kind::format && !r.origin.source.empty();
        slugs.insert(of_service ? r.origin.source : r.source);
    }
    put(out, joined(slugs, "+"));
}

struct column {
    std::string_view name;
    void (*write)(std::string& out, const row_source& row);
};
constexpr column columns[] = {
    {coincide::start_time.name,
     [](std::string& out, const row_source& row) { out += coincide::format_rfc3339(row.merged.activity.start_time); }},
    {"start_local", start_local},
    {coincide::utc_offset.name, member<&activity::utc_offset>},
    {coincide::sport.name, member<&activity::sport>},
    {coincide::name.name, member<&activity::name>},
    {coincide::elapsed.name, member<&activity::elapsed>},
    {coincide::timer.name, member<&activity::timer>},
    {coincide::moving.name, member<&activity::moving>},
    {coincide::distance_m.name, member<&activity::distance_m>},
    {coincide::elevation_gain_m.name, member<&activity::elevation_gain_m>},
    {coincide::energy_kcal.name, member<&activity::energy_kcal>},
    {coincide::avg_heart_rate_bpm.name, member<&activity::avg_heart_rate_bpm>},
    {coincide::max_heart_rate_bpm.name, member<&activity::max_heart_rate_bpm>},
    {coincide::avg_power_w.name, member<&activity::avg_power_w>},
    {coincide::max_power_w.name, member<&activity::max_power_w>},
    {coincide::avg_speed_mps.name, member<&activity::avg_speed_mps>},
    {coincide::max_speed_mps.name, member<&activity::max_speed_mps>},
    {coincide::avg_cadence_rpm.name, member<&activity::avg_cadence_rpm>},
    {coincide::avg_temperature_c.name, member<&activity::avg_temperature_c>},
    {coincide::rpe.name, member<&activity::rpe>},
    {coincide::feeling.name, member<&activity::feeling>},
    {coincide::device.name, device},
    {coincide::notes.name, member<&activity::notes>},
    {coincide::tags.name, member<&activity::tags>},
    {"sources", sources},
    {"records", [](std::string& out, const row_source& row) { out += std::to_string(row.merged.members.size()); }},
    {"review", [](std::string& out, const row_source& row) { out += row.merged.review ? "true" : "false"; }},
    {coincide::athlete_id.name, member<&activity::athlete_id>},
    {"group", [](std::string& out, const row_source& row) { put(out, row.merged.group); }},
    {coincide::parent_id.name, member<&activity::parent_id>},
};

}  // namespace

std::string history_header() {
    std::string out = "\xEF\xBB\xBF";
    for (const auto& c : columns) {
        if (&c != columns) out += ',';
        out += c.name;
    }
    return out += '\n';
}

void append_history_row(std::string& out, const std::vector<activity>& records, const merged_activity& merged) {
    const row_source row{records, merged};
    for (const auto& c : columns) {
        if (&c != columns) out += ',';
        c.write(out, row);
    }
    out += '\n';
}

}  // namespace reconcile

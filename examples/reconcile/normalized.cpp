// SPDX-License-Identifier: BSL-1.0
#include "normalized.hpp"

#include "json_write.hpp"

#include <coincide/adapters/date_tz.hpp>

#include <utility>

namespace reconcile {

using coincide::problem_code;

namespace {

std::string reason_of(problem_code code) {
    switch (code) {
    case problem_code::missing_key: return "A field that the record needs is missing or empty";
    case problem_code::wrong_type: return "The value is not of the type that the source writes";
    case problem_code::negative: return "The value is negative, or the end lies before the start";
    case problem_code::not_finite: return "The number is not finite";
    case problem_code::out_of_range: return "The value is outside what any activity has";
    case problem_code::bad_time: return "The time is not in a form that the source writes";
    case problem_code::no_activity: return "The source says that this is no activity";
    case problem_code::unit_unknown: return "Left out: the source does not say the unit, and nothing else decides";
    case problem_code::zone_unknown: return "Local time without an offset: the instant is known to 14 hours; --timezone tells the zone";
    case problem_code::offset_conflict: return "The UTC offset is none that any place has, and is left out";
    case problem_code::fix_out_of_range: return "Dropped positions off the globe, at (0,0) or half missing";
    case problem_code::fix_without_time: return "Left out samples whose time is missing or cannot be read";
    case problem_code::unequal_lengths: return "Left out values that are not as many as their times";
    case problem_code::time_went_back: return "Sorted samples that went back in time, folded those of one time";
    case problem_code::clock_unset: return "The clock was never set; the start decides nothing";
    case problem_code::implausible: return "The value is off by what looks like a unit's factor";
    default: return "The record could not be read";
    }
}

using path_to_pointer = std::function<std::string(std::string_view)>;

finding told(finding_kind kind, const coincide::problem& p, std::string_view pointer, std::optional<std::uint64_t> line, const path_to_pointer& exactly) {
    finding f;
    f.kind = kind;
    f.code = p.code;
    f.reason = reason_of(p.code);
    f.field = p.field;
    f.line = line;
    const auto there = p.rows.empty() ? p.path : p.rows;
    const bool from_root = there.starts_with('^');
    f.pointer = from_root ? std::string{} : std::string{pointer};
    const auto step = there.substr(from_root ? 1 : 0);
    f.pointer += exactly && !from_root ? exactly(step) : std::string{step};
    if (!p.rows.empty()) f.pointer.append("/").append(std::to_string(p.row)).append(p.path);
    return f;
}

/// What a reader may want to know of the delivery, as members of `extra`.
std::string told_extra(const coincide::normalized& n, const coincide::profile& by) {
    std::string out;
    json_writer json{out};
    json.key("profile").string(by.name);
    if (!n.account.empty()) json.raw("\"account\":"), append_string(out, n.account);
    if (!n.originals.empty()) {
        json.raw("\"delivered\":");
        json.begin_object();
        for (const auto& o : n.originals) {
            json.key(o.key);
            json.begin_object();
            json.key("at").string(o.path);
            json.key("value").number(o.value, 9);
            if (!o.unit.empty()) json.key("unit").string(o.unit);
            json.end_object();
        }
        json.end_object();
    }
    if (!n.remarks.empty()) {
        json.raw("\"remarks\":");
        json.begin_array();
        for (const auto& r : n.remarks) {
            json.begin_object();
            json.key("code").string(to_string(r.code));
            if (!r.field.empty()) json.key("field").string(r.field);
            if (!r.path.empty()) json.key("at").string(r.path);
            json.end_object();
        }
        json.end_array();
    }
    return out;
}

}  // namespace

coincide::normalize_options normalizing_by(const provider_options& options) { return {coincide::date_zones(), options.timezone}; }

void keep(decoded& out, coincide::result<coincide::normalized>&& from, const coincide::profile& by, std::string pointer, std::optional<std::uint64_t> line,
          const path_to_pointer& exactly) {
    if (!from) {
        const auto kind = from.error().code == problem_code::no_activity ? finding_kind::skip : finding_kind::reject;
        out.findings.push_back(told(kind, from.error(), pointer, line, exactly));
        out.findings.back().source = by.source;
        return;
    }
    for (const auto& r : from->remarks) {
        if (r.code == problem_code::unit_chosen) continue;  // nothing was lost; `extra` says it
        out.findings.push_back(told(finding_kind::salvage, {r.code, r.field, r.path, {}, 0}, pointer, line, exactly));
        out.findings.back().source = by.source;
        out.findings.back().external_id = from->record.external_id;
    }
    from->record.extra = told_extra(*from, by);
    decoded_activity one;
    one.activity = std::move(from->record);
    one.ordinal = static_cast<unsigned>(out.activities.size() + 1);
    one.pointer = std::move(pointer);
    out.activities.push_back(std::move(one));
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include "doubts.hpp"
#include "output.hpp"
#include "output_csv.hpp"
#include "output_gpx.hpp"
#include "report.hpp"

#include <coincide/match/words.hpp>

#include <algorithm>
#include <iomanip>
#include <map>
#include <ostream>
#include <string>

namespace reconcile {

using coincide::activity;

const coincide::merge_policy& merging() { return coincide::presets::measured_first; }

std::uint32_t primary_of(const std::vector<activity>& records, const coincide::record_group& group) {
    return rank_members(records, group.members, group.links, merging()).rows.front();
}

namespace {

void print_summary(std::ostream& out, const results& all, std::span<const finding> findings, const std::filesystem::path& folder) {
    struct row {
        std::size_t records = 0, leading = 0, folded = 0;
    };
    std::map<std::string, row> by_source;
    std::size_t several = 0, reviews = 0;
    const auto& records = all.records.records();
    const auto& groups = all.groups;
    const auto clocks = all.clocks;
    for (const auto& g : groups) {
        const auto primary = primary_of(records, g);
        several += g.members.size() > 1;
        reviews += g.review;
        for (const auto r : g.members) {
            auto& line = by_source[records[r].source];
            ++line.records;
            ++(r == primary ? line.leading : line.folded);
        }
    }
    std::size_t counts[3] = {};
    for (const auto& f : findings) ++counts[static_cast<std::size_t>(f.kind)];

    std::size_t width = 6;
    for (const auto& [name, line] : by_source) width = std::max(width, name.size());
    const auto cell = [&out](auto value) { out << std::right << std::setw(10) << value; };
    out << std::left << std::setw(static_cast<int>(width)) << "source" << std::right;
    for (const auto* head : {"records", "leading", "folded"}) cell(head);
    out << '\n';
    for (const auto& [name, line] : by_source) {
        out << std::left << std::setw(static_cast<int>(width)) << name;
        cell(line.records), cell(line.leading), cell(line.folded);
        out << '\n';
    }
    out << '\n'
        << all.files << " files, " << records.size() << " records, " << groups.size() << " activities (" << several << " seen by more than one record)\n"
        << reviews << " activities to review, " << counts[0] << " rejects, " << counts[1] << " salvaged, " << counts[2] << " skipped\n"
        << "written to " << folder.string() << '\n';
    constexpr std::size_t shown = 8;
    for (const auto& clock : clocks.first(std::min(clocks.size(), shown))) out << coincide::words_of(clock) << '\n';
    if (clocks.size() > shown) out << "and " << clocks.size() - shown << " more clocks\n";
    if (groups.left_out() != 0) out << groups.left_out() << " records were not compared with all that are near in time: there are too many\n";
}

}  // namespace

exit_status write_results(const results& all, const result_options& options, std::ostream& summary, std::ostream& errors) {
    const auto failed = [&] {
        errors << "the results cannot be written to " << options.out.string() << '\n';
        return not_written;
    };
    const auto& records = all.records.records();
    output_folder out{options.out};
    bool written = out.append("history.csv", history_header());
    for (const auto* name : {"groups.ndjson", "activities.ndjson", "records.ndjson", "rejects.ndjson"}) written = written && out.append(name, "");
    const auto line = [&](std::string_view name, auto&& make) {  // one at a time: tracks may be in it
        std::string text;
        make(text);
        written = written && out.append(name, text);
    };
    gpx_names names;
    report_page report{all.records};
    auto findings = all.findings;
    samples_reader samples_of;  // unpacked only for what is written
    if (options.with_tracks || options.gpx) samples_of = [&](std::uint32_t row) { return all.records.packed(row).unpack(); };
    for (const auto& g : all.groups) {
        line("groups.ndjson", [&](std::string& to) { append_group(to, records, g, primary_of(records, g)); });
        for (auto& f : doubt_members(records, g, primary_of(records, g))) findings.push_back(std::move(f));
        const auto activities = merged_activities(records, g, merging(), samples_of);
        report.add(g, activities);
        for (const auto& merged : activities) {
            line("activities.ndjson", [&](std::string& to) { append_activity(to, records, merged, options.with_tracks); });
            line("history.csv", [&](std::string& to) { append_history_row(to, records, merged); });
            if (!options.gpx || merged.activity.track.positions() == 0) continue;
            if (!out.write("gpx/" + names.next(merged.activity), gpx_of(merged.activity))) return failed();
        }
    }
    for (std::size_t i = 0; i < records.size(); ++i) line("records.ndjson", [&](std::string& to) { append_source_record(to, all.records, i, options.with_tracks); });
    sort_findings(findings);
    for (const auto& f : findings) line("rejects.ndjson", [&](std::string& to) { append_finding(to, f); });
    report.write({.files = all.files, .left_out = all.groups.left_out()}, findings, [&](std::string_view piece) { written = written && out.append("report.html", piece); });
    if (!written || !out.publish()) return failed();
    print_summary(summary, all, findings, options.out);
    for (std::size_t i = 0; records.empty() && i < std::min<std::size_t>(findings.size(), 5); ++i) errors << findings[i].file << ": " << findings[i].reason << '\n';
    return records.empty() ? nothing_read : done;
}

}  // namespace reconcile

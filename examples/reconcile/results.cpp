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
    std::string group_lines, activity_lines, record_lines, reject_lines, history_rows = history_header();
    output_folder out{options.out};
    gpx_names names;
    report_page report{all.records};
    auto findings = all.findings;
    for (const auto& g : all.groups) {
        append_group(group_lines, records, g, primary_of(records, g));
        for (auto& f : doubt_members(records, g, primary_of(records, g))) findings.push_back(std::move(f));
        const auto activities = merged_activities(records, g, merging());
        report.add(g, activities);
        for (const auto& merged : activities) {
            append_activity(activity_lines, records, merged, options.with_tracks);
            append_history_row(history_rows, records, merged);
            if (!options.gpx || merged.activity.track.positions() == 0) continue;
            if (!out.write("gpx/" + names.next(merged.activity), gpx_of(merged.activity))) return failed();
        }
    }
    for (std::size_t i = 0; i < records.size(); ++i) append_source_record(record_lines, records[i], all.records.from(i), options.with_tracks);
    sort_findings(findings);
    for (const auto& f : findings) append_finding(reject_lines, f);

    const bool written = out.write("groups.ndjson", group_lines) && out.write("activities.ndjson", activity_lines) &&
                         out.write("records.ndjson", record_lines) && out.write("rejects.ndjson", reject_lines) &&
                         out.write("history.csv", history_rows) &&
                         out.write("report.html", report.html({.files = all.files, .left_out = all.groups.left_out()}, findings)) && out.publish();
    if (!written) return failed();
    print_summary(summary, all, findings, options.out);
    for (std::size_t i = 0; records.empty() && i < std::min<std::size_t>(findings.size(), 5); ++i) errors << findings[i].file << ": " << findings[i].reason << '\n';
    return records.empty() ? nothing_read : done;
}

}  // namespace reconcile

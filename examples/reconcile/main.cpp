// SPDX-License-Identifier: BSL-1.0
//
// coincide merge | explain | groups: the command line, see docs/command-line.md.
#include "commands.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <unistd.h>

namespace {

/// INPUTs in order, each with the --source that was given before it.
std::vector<reconcile::input_spec> inputs_in_order(const CLI::App& command, const CLI::Option* input, const std::vector<std::string>& paths, const CLI::Option* source,
                                                   const std::vector<std::string>& sources) {
    std::vector<reconcile::input_spec> out;
    std::size_t next_path = 0, next_source = 0;
    std::string current;
    for (const auto* option : command.parse_order()) {
        if (option == source && next_source < sources.size()) current = sources[next_source++];
        if (option == input && next_path < paths.size()) out.push_back({paths[next_path++], current});
    }
    for (; next_path < paths.size(); ++next_path) out.push_back({paths[next_path], current});
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    CLI::App app{"Tells which recordings show one and the same activity, and makes one good record of them."};
    app.require_subcommand(1);

    auto* merge = app.add_subcommand("merge", "From files of several devices and services to one clean history");
    reconcile::merge_options merging;
    std::vector<std::string> paths, sources;
    std::string out;
    const auto* input = merge->add_option("INPUT", paths, "Files, folders and .zip archives: .fit .gpx .tcx .ndjson, JSON of services, export.xml, activities.csv, each also as .gz")->required();
    const auto* source = merge->add_option("--source", sources, "Service that the INPUTs after it come from, e.g. strava")->allow_extra_args(false);
    merge->add_option("--out", out, "Folder for the results")->required();
    const CLI::Validator not_empty{[](const std::string& text) { return text.empty() ? "is empty" : ""; }, "TEXT"};
    merge->add_option("--athlete", merging.athlete, "Athlete id where the data name none")->check(not_empty)->capture_default_str();
    merge->add_option("--timezone", merging.timezone, "Zone of times that name none, e.g. Europe/Berlin");
    merge->add_flag("--repair", merging.repair, "Mend values that are off by a unit's factor (they are reported in any case)");
    merge->add_flag("--with-payloads", merging.with_payloads, "Keep the text of services' JSON records, byte for byte, in extra.payload");
    merge->add_flag("--with-tracks", merging.with_tracks, "Write tracks and streams into the NDJSON files");
    merge->add_flag("--gpx", merging.gpx, "Write a GPX file for each activity with positions, into the folder gpx");
    merge->add_option("--pins", merging.pins, "What you decided about pairs of records: lines that report.html gives to copy")->check(CLI::ExistingFile);
    merge->add_option("--threads", merging.threads, "Threads for decoding; 0 uses all")->capture_default_str();

    auto* explain = app.add_subcommand("explain", "Why two records are, or are not, one activity");
    reconcile::explain_options explaining;
    explain->add_option("A", explaining.a, "An INPUT with one record, or FILE#id")->required();
    explain->add_option("B", explaining.b, "The other one")->required();
    explain->add_option("--athlete", explaining.athlete, "Athlete id where the data name none")->check(not_empty)->capture_default_str();
    explain->add_option("--timezone", explaining.timezone, "Zone of times that name none");
    explain->add_flag("--json", explaining.json, "One line of JSON");

    auto* groups = app.add_subcommand("groups", "Filter: records as NDJSON in, groups as NDJSON out, rejects on standard error");
    reconcile::groups_options grouping;
    groups->add_option("--athlete", grouping.athlete, "Athlete id where the data name none")->check(not_empty)->capture_default_str();
    groups->add_flag("--sorted-by-athlete", grouping.sorted_by_athlete, "Input is sorted by athlete_id bytes: memory is kept to one athlete");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? reconcile::done : reconcile::wrong_usage;
    }
    if (merge->parsed()) {
        merging.inputs = inputs_in_order(*merge, input, paths, source, sources);
        merging.out = out;
        return reconcile::merge_inputs(merging, std::cout, std::cerr, isatty(STDERR_FILENO) ? &std::cerr : nullptr);
    }
    if (explain->parsed()) return reconcile::explain_pair(explaining, std::cout, std::cerr);
    return reconcile::group_stream(grouping, std::cin, std::cout, std::cerr);
}

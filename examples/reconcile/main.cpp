// SPDX-License-Identifier: BSL-1.0
//
// coincide merge | explain | groups, and import | history | undo | split | join | unlink | export on a ledger: the command line, see
// docs/command-line.md.
#include "commands.hpp"
#include "ledger_commands.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <new>
#include <optional>
#include <string>
#include <unistd.h>
#include <vector>

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

/// What works on a ledger: each command has --db and --athlete.
class ledger_commands {
public:
    explicit ledger_commands(CLI::App& app, const CLI::Validator& not_empty) {
        const auto add = [&](const char* command, const char* words, bool may_be_new = false) {
            auto* one = app.add_subcommand(command, words);
            auto* db = one->add_option("--db", ledger_.db, "The ledger, an SQLite file")->required();
            if (!may_be_new) db->check(CLI::ExistingFile);
            one->add_option("--athlete", ledger_.athlete, "Athlete id where the data name none")->check(not_empty)->capture_default_str();
            return one;
        };
        import_ = add("import", "Takes in what is new in the INPUTs, and says what that did", true);
        input_ = import_->add_option("INPUT", paths_, "As for merge")->required();
        source_ = import_->add_option("--source", sources_, "Service that the INPUTs after it come from, e.g. strava")->allow_extra_args(false);
        import_->add_option("--timezone", reading_.timezone, "Zone of times that name none, e.g. Europe/Berlin");
        import_->add_flag("--repair", reading_.repair, "Mend values that are off by a unit's factor");
        import_->add_flag("--with-payloads", reading_.with_payloads, "Keep the text of services' JSON records, byte for byte");
        import_->add_option("--threads", reading_.threads, "Threads for decoding; 0 uses all")->capture_default_str();
        history_ = add("history", "Lists the activities, with the records of each");
        history_->add_flag("--batches", batches_, "The commits instead, with the batches that can be taken back");
        undo_ = add("undo", "Takes a batch back, as if it had not been");
        undo_->add_option("BATCH", a_, "As import names it, and history --batches")->required();
        split_ = add("split", "A record is none of the activity that it was put to");
        split_->add_option("RECORD", a_, "SOURCE/ID, as history lists it")->required();
        join_ = add("join", "Two records are one activity");
        join_->add_option("A", a_, "SOURCE/ID")->required();
        join_->add_option("B", b_, "SOURCE/ID")->required();
        unlink_ = add("unlink", "The records of a source count no more");
        unlink_->add_option("SOURCE", a_, "As history lists it")->required();
        unlink_->add_flag("--erase", erase_, "Remove them for good; this cannot be taken back");
        export_ = add("export", "Writes what merge writes, of what the ledger holds");
        export_->add_option("--out", out_, "Folder for the results")->required();
        export_->add_flag("--with-tracks", with_tracks_, "Write tracks and streams into the NDJSON files");
        export_->add_flag("--gpx", gpx_, "Write a GPX file for each activity with positions, into the folder gpx");
    }

    /// Runs the one that was asked for, if one was.
    [[nodiscard]] std::optional<reconcile::exit_status> run() {
        using namespace reconcile;
        if (import_->parsed()) {
            reading_.inputs = inputs_in_order(*import_, input_, paths_, source_, sources_);
            return import_inputs(ledger_, reading_, std::cout, std::cerr, isatty(STDERR_FILENO) ? &std::cerr : nullptr);
        }
        if (history_->parsed()) return list_history(ledger_, batches_, std::cout, std::cerr);
        if (undo_->parsed()) return undo_batch(ledger_, a_, std::cout, std::cerr);
        if (split_->parsed()) return split_record(ledger_, a_, std::cout, std::cerr);
        if (join_->parsed()) return join_records(ledger_, a_, b_, std::cout, std::cerr);
        if (unlink_->parsed()) return unlink_source(ledger_, a_, erase_, std::cout, std::cerr);
        if (export_->parsed()) return export_ledger(ledger_, out_, with_tracks_, gpx_, std::cout, std::cerr);
        return std::nullopt;
    }

private:
    CLI::App *import_, *history_, *undo_, *split_, *join_, *unlink_, *export_;
    const CLI::Option *input_, *source_;
    reconcile::ledger_options ledger_{};
    reconcile::merge_options reading_{};
    std::vector<std::string> paths_{}, sources_{};
    std::string a_{}, b_{}, out_{};
    bool batches_ = false, erase_ = false, with_tracks_ = false, gpx_ = false;
};

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

    ledger_commands on_ledger{app, not_empty};

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? reconcile::done : reconcile::wrong_usage;
    }
    try {
        if (const auto status = on_ledger.run()) return *status;
        if (merge->parsed()) {
            merging.inputs = inputs_in_order(*merge, input, paths, source, sources);
            merging.out = out;
            return reconcile::merge_inputs(merging, std::cout, std::cerr, isatty(STDERR_FILENO) ? &std::cerr : nullptr);
        }
        if (explain->parsed()) return reconcile::explain_pair(explaining, std::cout, std::cerr);
        return reconcile::group_stream(grouping, std::cin, std::cout, std::cerr);
    } catch (const std::bad_alloc&) {
        std::cerr << "coincide: there is not enough memory; results that are not complete were not put in place\n";
        return reconcile::not_written;
    }
}

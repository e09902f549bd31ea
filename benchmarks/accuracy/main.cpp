// SPDX-License-Identifier: BSL-1.0
//
// How often the answer is right, measured on histories of which the truth is known.
//
//     accuracy --histories 100                     tables of both mixes, coincide beside the published rules
//     accuracy --histories 100 --sweep --docs docs the same into docs/accuracy.md, and the plots into docs/pictures
//     accuracy --derived recordings                real recordings, made harder
//     accuracy --histories 20 --mix all --no-rules --wrong mistakes.txt
//
// Exit 0: measured; 1: a file could not be read or written; 2: wrong usage.
#include "derived.hpp"
#include "plot.hpp"
#include "report.hpp"
#include "write_history.hpp"

#include <coincide/adapters/places.hpp>
#include <coincide/group/learn_clocks.hpp>

#include <CLI/CLI.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace {

using namespace accuracy;
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) throw std::runtime_error{"cannot read " + path.string()};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void update_docs(const fs::path& folder, const std::vector<trial>& trials) {
    auto page = read_file(folder / "accuracy.md");
    fs::create_directories(folder / "pictures");
    for (const auto& t : trials) {
        for (const auto& each : tables_of(t))
            if (!put_between_markers(page, each)) std::cerr << "accuracy.md has no markers for " << each.name << '\n';
        const auto of = "-" + std::string{to_string(t.options.of)} + ".svg";
        write_file(folder / "pictures" / ("precision-recall" + of), precision_recall_plot(t));
        write_file(folder / "pictures" / ("errors" + of), errors_plot(t));
    }
    write_file(folder / "accuracy.md", page);
}

/// Eight seeds over the same recordings.
measurement measure_derived(const fs::path& folder) {
    measurement out;
    for (std::uint64_t seed = 1; seed <= 8; ++seed)
        for (const auto& h : derive(folder, seed)) {
            auto one = measure(h, answer_of(coincide::group_and_learn(h.records, coincide::presets::balanced, {}, coincide::pairs_of_one_place(h.records)).groups, h.records.size()));
            out += one;
        }
    return out;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Measures how often coincide is right, on made-up histories of which the truth is known."};
    trial_options options;
    std::string which = "both", docs, wrong, recordings;
    app.add_option("--histories", options.histories, "Histories of each mix")->check(CLI::Range(1u, 1000000u))->capture_default_str();
    app.add_option("--first-seed", options.first_seed, "Seed of the first history; the others follow it")->capture_default_str();
    app.add_option("--mix", which, "common: what everybody's accounts hold; all: rare cases too")->check(CLI::IsMember({"common", "all", "both"}))->capture_default_str();
    app.add_flag("--rules,!--no-rules", options.with_rules, "Measure the published rules as well (default)");
    app.add_flag("--sweep", options.with_sweep, "Measure at thresholds from 2 to 20 bits: the curves");
    app.add_option("--calibrate", options.calibrate_on, "Measure weights as well that are calibrated on so many further histories")->capture_default_str();
    app.add_option("--threads", options.threads, "Histories measured at a time")->check(CLI::Range(1u, 256u))->capture_default_str();
    app.add_option("--docs", docs, "FOLDER: write tables into FOLDER/accuracy.md, between their markers, and plots into FOLDER/pictures")->check(CLI::ExistingDirectory);
    app.add_option("--derived", recordings, "FOLDER: real recordings with their INDEX.json; measures what is derived of them instead of histories")->check(CLI::ExistingDirectory);
    app.add_option("--write", options.write_to, "FOLDER: write each history as NDJSON, with the truth beside it");
    app.add_option("--wrong", wrong, "FILE: write every wrong join, missed pair and review, with both records");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.with_mistakes = !wrong.empty();

    try {
        if (!recordings.empty()) {
            const auto each = derived_table(measure_derived(recordings));
            std::cout << each.text;
            if (docs.empty()) return 0;
            auto page = read_file(fs::path{docs} / "accuracy.md");
            if (!put_between_markers(page, each)) std::cerr << "accuracy.md has no markers for " << each.name << '\n';
            write_file(fs::path{docs} / "accuracy.md", page);
            return 0;
        }
        std::vector<trial> trials;
        std::string mistakes;
        for (const auto m : {mix::common, mix::all}) {
            if (which != "both" && which != to_string(m)) continue;
            options.of = m;
            trials.push_back(run(options));
            const auto& t = trials.back();
            std::cout << "# Mix: " << to_string(m) << "\n\n";
            for (const auto& each : tables_of(t)) std::cout << "## " << each.name << "\n\n" << each.text << '\n';
            std::cout << speed_of(t) << '\n' << std::flush;
            if (!t.mistakes.empty()) mistakes += "# Mix: " + std::string{to_string(m)} + "\n\n" + t.mistakes + '\n';
        }
        if (!wrong.empty()) write_file(wrong, mistakes);
        if (!docs.empty()) update_docs(docs, trials);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}

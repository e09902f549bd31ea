// SPDX-License-Identifier: BSL-1.0
//
// The three commands, apart from the reading of options. Each gives the exit status of the contract:
// 0 done (rejects are counted, not fatal), 1 nothing could be read, 2 usage, 3 output not written.
#pragma once

#include "inputs.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace reconcile {

enum exit_status : int { done = 0, nothing_read = 1, wrong_usage = 2, not_written = 3 };

struct merge_options {
    std::vector<input_spec> inputs{};
    std::filesystem::path out{};
    std::string athlete = "me";
    std::string timezone{};  // of local times that name none
    bool repair = false;     // values that are off by a unit's factor are mended
    bool with_payloads = false;  // the text of services' records, in `extra`
    bool with_tracks = false;
    bool gpx = false;      // a GPX file for each activity with positions
    unsigned threads = 0;  // 0: as many as the machine has
    std::filesystem::path pins{};  // what the athlete decided about pairs, see pin_file.hpp
};

/// Reads everything, groups, merges, writes the output folder, prints a summary. `errors` hears why nothing was written.
[[nodiscard]] exit_status merge_inputs(const merge_options& options, std::ostream& summary, std::ostream& errors, std::ostream* progress);

struct explain_options {
    std::string a{}, b{};  // an INPUT with one record, or FILE#id
    std::string athlete = "me";
    std::string timezone{};
    bool json = false;
};

/// Compares two records and says why, and what would have changed the answer.
[[nodiscard]] exit_status explain_pair(const explain_options& options, std::ostream& out, std::ostream& errors);

struct groups_options {
    std::string athlete = "me";
    bool sorted_by_athlete = false;  // keeps memory to one athlete
};

/// The bare filter: records in, groups out, rejects to `errors`, all NDJSON.
[[nodiscard]] exit_status group_stream(const groups_options& options, std::istream& in, std::ostream& out, std::ostream& errors);

}  // namespace reconcile

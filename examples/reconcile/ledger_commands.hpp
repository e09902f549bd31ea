// SPDX-License-Identifier: BSL-1.0
//
// The main job made incremental: a ledger in one SQLite file. `import` takes in what is new in the INPUTs and says what it did; the other
// commands say what a person decided, show the history, and write the results as `merge` does.
//
//     coincide import ~/exports --db history.sqlite      import-1: 412 new, 389 joined …
//     coincide import ~/exports --db history.sqlite      nothing is new
//     coincide undo import-1 --db history.sqlite         as if it had not been; the files it came from are not needed
#pragma once

#include "commands.hpp"

#include <iosfwd>
#include <string>

namespace reconcile {

struct ledger_options {
    std::filesystem::path db{};
    std::string athlete = "me";
};

/// Reads INPUTs and takes in their records, of each athlete into a ledger of their own, under one batch name. `merge.out` is not used.
[[nodiscard]] exit_status import_inputs(const ledger_options& ledger, const merge_options& reading, std::ostream& summary, std::ostream& errors, std::ostream* progress);

/// Activities by time, or the batches that can be taken back.
[[nodiscard]] exit_status list_history(const ledger_options& ledger, bool batches, std::ostream& out, std::ostream& errors);

/// Takes back every commit of a batch, of all athletes. Taking back that ("undo import-1") brings it again.
[[nodiscard]] exit_status undo_batch(const ledger_options& ledger, const std::string& batch, std::ostream& out, std::ostream& errors);

/// SOURCE/ID is none of its group.
[[nodiscard]] exit_status split_record(const ledger_options& ledger, const std::string& key, std::ostream& out, std::ostream& errors);
/// Two records, SOURCE/ID each, are one activity.
[[nodiscard]] exit_status join_records(const ledger_options& ledger, const std::string& a, const std::string& b, std::ostream& out, std::ostream& errors);
/// The records of a source count no more; with `erase` they are removed for good.
[[nodiscard]] exit_status unlink_source(const ledger_options& ledger, const std::string& source, bool erase, std::ostream& out, std::ostream& errors);

/// What `merge` writes, of what the ledger holds.
[[nodiscard]] exit_status export_ledger(const ledger_options& ledger, const std::filesystem::path& out_folder, bool with_tracks, bool gpx, std::ostream& summary, std::ostream& errors);

}  // namespace reconcile

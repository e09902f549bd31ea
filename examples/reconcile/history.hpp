// SPDX-License-Identifier: BSL-1.0
//
// The records of one run, as they are handed to matching: every identity once, in one order whatever order they came in.
//
//     history all;
//     all.add(file_a, decode_fit(…));           // ids are made from the file's path
//     all.add(file_b, decode_ndjson(…));        // records that bring their own identity
//     all.settle();                             // repeated deliveries united, sorted by athlete, start, identity
#pragma once

#include "decoded.hpp"

#include <string>
#include <vector>

namespace reconcile {

/// An accepted source record and the places it was read from: input file, and JSON pointer where there is one.
struct stored_record {
    coincide::activity record{};
    packed_samples packed{};
    std::vector<std::string> from{};
};

/// Where a piece of decoded input came from.
struct provenance {
    std::string id{};      // path relative to its INPUT, percent-encoded as ids are
    std::string sha256{};  // of the file as it stood; empty for a stream
    std::string source{};  // the service that --source named, or empty
    bool brings_ids = false;  // NDJSON: records have an identity of their own
};

/// Brings findings into the order of rejects.ndjson.
void sort_findings(std::vector<finding>& findings);

class history {
public:
    explicit history(std::string default_athlete = "me") : default_athlete_{std::move(default_athlete)} {}

    /// Takes what a decoder gave for one file, with its findings.
    void add(const provenance& file, decoded&& content);
    /// Findings that belong to no decoded file.
    void add(std::vector<finding>&& more);

    /// Gives files with equal paths their distinguishing suffix, unites equal files and repeated deliveries, sorts everything.
    /// Call once, after the last add.
    void settle();

    /// Their samples are packed: of a track or stream there is one row. `whole` has them all.
    [[nodiscard]] const std::vector<coincide::activity>& records() const noexcept { return records_; }
    [[nodiscard]] const packed_samples& packed(std::size_t i) const noexcept { return packed_[i]; }
    [[nodiscard]] coincide::activity whole(std::size_t i) const;
    /// Of record i, sorted and without repetition.
    [[nodiscard]] const std::vector<std::string>& from(std::size_t i) const noexcept { return from_[i]; }
    [[nodiscard]] const std::vector<finding>& findings() const noexcept { return findings_; }

private:
    struct added_file {
        provenance file;
        decoded content;
        std::size_t records = 0;  // in `stored_`, once they are there
    };
    void unite_equal_files();
    void name_records();
    void unite_deliveries();

    std::string default_athlete_;
    std::vector<added_file> files_{};
    std::vector<stored_record> stored_{};
    std::vector<coincide::activity> records_{};
    std::vector<packed_samples> packed_{};
    std::vector<std::vector<std::string>> from_{};
    std::vector<finding> findings_{};
};

/// One record out of several deliveries of one identity: a higher revision, else a later update, else the delivery with more
/// known fields, else the greater canonical bytes speaks first; what it does not say comes from the next. Absence erases
/// nothing.
[[nodiscard]] coincide::activity unite(std::vector<coincide::activity> deliveries);

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// What every decoder of the command line gives back: the activities that a piece of input holds, and everything that was
// wrong with it. A decoder never throws and never stops a batch: bad input becomes a finding, and whatever good there was
// before it is kept.
#pragma once

#include "packed_samples.hpp"

#include <coincide/problem.hpp>
#include <coincide/record/activity.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace reconcile {

/// What becomes of the input a finding is about; the words of rejects.ndjson.
enum class finding_kind : std::uint8_t {
    reject,   // no record came of it
    salvage,  // a record came of it, and something was lost or mended
    skip,     // not meant to give a record (a photo, a laps list); nothing is wrong
};

/// One line of rejects.ndjson. Holds no input values except ids.
struct finding {
    finding_kind kind = finding_kind::reject;
    coincide::problem_code code{};
    std::string reason{};                      // one sentence; counts are welcome ("dropped 12 positions at (0,0)")
    std::string field{};                       // role name, where one field is at fault
    std::optional<std::uint64_t> line{};       // text formats, from 1
    std::optional<std::uint64_t> offset{};     // binary formats, from 0
    std::string pointer{};                     // JSON pointer
    std::string file{};                        // filled by the caller
    std::string source{}, external_id{};       // where known
};

/// An activity and its place in its file. The caller makes ids of it: the path, `path#2`, `path#3` … In NDJSON, where records
/// bring their ids, the place is the line.
struct decoded_activity {
    coincide::activity activity{};
    unsigned ordinal = 1;         // 1: the path itself
    unsigned parent_ordinal = 0;  // ordinal of the session parent in the same file; 0: none
    std::vector<std::string> companions{};  // files that belong to it, relative to the folder of the one it was read from
    std::vector<std::string> also_from{};   // ids of those that were read into it
    packed_samples packed{};                // the activity's samples, while it waits
    std::optional<std::string> pointer{};  // JSON pointer of a record that brings its id; nothing: NDJSON, where the ordinal is the line
};

/// Packs the samples of an activity, and puts them back; nothing where that is so already.
void pack(decoded_activity& one);
void unpack(decoded_activity& one);

struct decoded {
    std::vector<decoded_activity> activities{};
    std::vector<finding> findings{};
};

/// Limits of one input file. Beyond them the answer is a reject, so memory stays bounded whatever the input claims.
struct decode_limits {
    std::size_t file_bytes = std::size_t{512} << 20;     // of one file, after decompression
    std::size_t fixes = 20'000'000;                      // samples of one file (230 days at 1 Hz)
    std::size_t line_bytes = std::size_t{64} << 20;      // of one NDJSON line; reading it takes some twenty times as much memory
    std::size_t summed_rows = 200'000'000;               // of a page, looked at for totals of its records: some 20 s
    std::size_t activities = 100'000;                    // of one FIT, GPX or TCX file
};

}  // namespace reconcile

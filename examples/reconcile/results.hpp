// SPDX-License-Identifier: BSL-1.0
//
// The folder of results, whether the records came from files or from a ledger: groups, activities, records, rejects, the table, the
// report; and the summary that a person reads.
#pragma once

#include "commands.hpp"
#include "history.hpp"

#include <coincide/group/group.hpp>
#include <coincide/match/clock_table.hpp>
#include <coincide/merge/merge.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <span>
#include <vector>

namespace reconcile {

[[nodiscard]] const coincide::merge_policy& merging();
[[nodiscard]] std::uint32_t primary_of(const std::vector<coincide::activity>& records, const coincide::record_group& group);

struct results {
    const history& records;
    std::size_t files = 0;  // that could be opened
    const coincide::grouping& groups;
    std::span<const coincide::clock_error> clocks{};
    std::vector<finding> findings{};
};

struct result_options {
    std::filesystem::path out{};
    bool with_tracks = false;
    bool gpx = false;
};

/// Writes everything or nothing, and prints the summary. `errors` hears why nothing was written.
[[nodiscard]] exit_status write_results(const results& all, const result_options& options, std::ostream& summary, std::ostream& errors);

}  // namespace reconcile

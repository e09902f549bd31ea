// SPDX-License-Identifier: BSL-1.0
//
// The files of `--out`, line by line, exactly as the interchange format says. Same records, same bytes.
#pragma once

#include "history.hpp"

#include <coincide/merge/merge.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace reconcile {

/// "athlete/source/external_id" of a record, each part percent-encoded: the name of a group by its smallest member.
[[nodiscard]] std::string group_id(const coincide::activity& smallest);

void append_group(std::string& out, const std::vector<coincide::activity>& records, const coincide::record_group& group, std::uint32_t primary);
void append_link(std::string& out, const std::vector<coincide::activity>& records, const coincide::pair_link& link);
void append_finding(std::string& out, const finding& f);

/// The merged activity of a group, and one line for each declared leg of a session.
void append_activities(std::string& out, const std::vector<coincide::activity>& records, const coincide::record_group& group,
                       const coincide::merge_policy& policy, bool with_tracks);

/// A source record with its `points` and `from`.
void append_source_record(std::string& out, const coincide::activity& record, const std::vector<std::string>& from, bool with_tracks);

/// Writes files that appear together: each under a temporary name first, renamed when all are complete.
class output_folder {
public:
    explicit output_folder(std::filesystem::path folder) : folder_{std::move(folder)} {}
    ~output_folder();  // removes what was not published
    output_folder(const output_folder&) = delete;
    output_folder& operator=(const output_folder&) = delete;

    [[nodiscard]] bool write(std::string_view name, std::string_view content);
    [[nodiscard]] bool publish();

private:
    std::filesystem::path folder_;
    std::vector<std::string> pending_{};
};

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// The files of `--out`, line by line, exactly as the interchange format says. Same records, same bytes.
#pragma once

#include "history.hpp"

#include <coincide/merge/merge.hpp>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reconcile {

/// "athlete/source/external_id" of a record, each part percent-encoded: the name of a group by its smallest member.
[[nodiscard]] std::string group_id(const coincide::activity& smallest);

void append_group(std::string& out, const std::vector<coincide::activity>& records, const coincide::record_group& group, std::uint32_t primary);
/// One compared pair with its evidence, the verdict, and each sign that alone would have turned it.
void append_explanation(std::string& out, const std::vector<coincide::activity>& records, const coincide::pair_link& link, const coincide::match_policy& policy, bool one_athlete);
void append_finding(std::string& out, const finding& f);

/// What the records of a group, or of one declared leg of a session, come to. The lines of activities.ndjson, the rows of
/// history.csv and the GPX files are all made of this.
struct merged_activity {
    coincide::activity activity{};         // source `coincide` and an id of its own; a leg has the group as parent_id
    coincide::choices chosen{};            // which record gave which value
    std::string group{};                   // its id
    std::vector<std::uint32_t> members{};  // rows of the records
    bool review = false;                   // of the group
};

/// The samples of a record; without one, those that the records themselves hold.
using samples_reader = std::function<recorded(std::uint32_t row)>;

/// The merged activity of a group, then one for each declared leg of a session.
[[nodiscard]] std::vector<merged_activity> merged_activities(const std::vector<coincide::activity>& records,
                                                             const coincide::record_group& group,
                                                             const coincide::merge_policy& policy, const samples_reader& samples_of = {});

void append_activity(std::string& out, const std::vector<coincide::activity>& records, const merged_activity& merged, bool with_tracks);

/// Record i with its `points` and `from`.
void append_source_record(std::string& out, const history& all, std::size_t i, bool with_tracks);

/// Text for readers that take less than JSON does: without the control characters that XML 1.0 cannot hold, and with U+FFFD
/// for bytes that are not UTF-8.
[[nodiscard]] std::string printable(std::string_view text);

/// Writes files that appear together: each under a temporary name first, renamed when all are complete. A name may have a
/// folder in front: "gpx/ride.gpx". The marker file `.coincide` is written along and lists the files in such folders; those
/// that an earlier run listed and this one does not write are removed, and nothing else.
class output_folder {
public:
    explicit output_folder(std::filesystem::path folder) : folder_{std::move(folder)} {}
    ~output_folder();  // removes what was not published
    output_folder(const output_folder&) = delete;
    output_folder& operator=(const output_folder&) = delete;

    [[nodiscard]] bool write(std::string_view name, std::string_view content);
    /// To the end of a file that is made piece by piece.
    [[nodiscard]] bool append(std::string_view name, std::string_view content);
    [[nodiscard]] bool publish();

private:
    [[nodiscard]] std::optional<std::ofstream> begin(std::string_view name);
    [[nodiscard]] bool write_marker();
    [[nodiscard]] std::vector<std::string> written_before() const;

    std::filesystem::path folder_;
    std::vector<std::string> pending_{};
    std::map<std::string, std::ofstream, std::less<>> open_{};  // of those that are appended to
};

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// history.csv: one row for each line of activities.ndjson, for a spreadsheet.
//
//     std::string csv = history_header();              // "start_time,start_local,utc_offset_s,activity_type,name,…"
//     append_history_row(csv, records, merged);        // "2024-05-27T06:19:26Z,2024-05-27 08:19:26,7200,running,…"
//
// Keys, numbers and their rounding are those of the NDJSON; unknown is an empty cell. Quoted as RFC 4180 says. It begins with
// a byte order mark, because Excel takes the file for its old code page without one. Rows end in a line feed, as in the other
// files: every spreadsheet takes that, and a carriage return would stick to the last cell in tools that work line by line.
//
// A spreadsheet runs a cell that begins like a formula. Names and notes come from strangers, so cells of text that begin
// with one of = + - @, a tab or a line break get an apostrophe in front (the advice of OWASP, "CSV Injection"). Numbers never do.
#pragma once

#include "output.hpp"

#include <coincide/record/activity.hpp>

#include <string>
#include <vector>

namespace reconcile {

/// The byte order mark and the row of column names.
[[nodiscard]] std::string history_header();

/// The row of a merged activity. A leg of a session names its group in `parent_id`, so that a sum can leave it out.
void append_history_row(std::string& out, const std::vector<coincide::activity>& records, const merged_activity& merged);

}  // namespace reconcile

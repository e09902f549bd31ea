// SPDX-License-Identifier: BSL-1.0
//
// Histories and mistakes as text: to give to other programs, and to look at.
//
//     common-7.ndjson        {"source":"garmin","external_id":"3855400590","start_time":…}    the records, with their tracks
//     common-7.truth.ndjson  {"source":"garmin","external_id":"3855400590","act":12,"scenario":"late start","near":"commute"}
//
// Line n of one is line n of the other; records of one act show one activity.
#pragma once

#include "history.hpp"
#include "measure.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace accuracy {

/// Makes the folder where needed. Throws std::runtime_error when a file cannot be written.
void write(const history& h, const std::filesystem::path& folder, const std::string& name);

/// A mistake in three lines: what it is, and one line a record.
[[nodiscard]] std::string told(const history& h, const mistake& m, std::uint64_t seed);

/// Writes a whole file, or throws std::runtime_error.
void write_file(const std::filesystem::path& path, const std::string& text);

}  // namespace accuracy

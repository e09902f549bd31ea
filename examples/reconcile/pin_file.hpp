// SPDX-License-Identifier: BSL-1.0
//
// The file of `--pins`: what the athlete has decided about pairs of records, one JSON object a line. The report gives such
// lines to copy.
//
//     {"pin":"must","athlete_id":"me","a":{"source":"garmin","external_id":"5001"},"b":{"source":"manual","external_id":"note-1"}}
//
// `must`: the two are one activity; `cannot`: they are not. Which of the two is a does not matter; athlete_id may be missing,
// ids may be integers, other keys are not looked at. A line that says none of this is a reject, and the others hold.
#pragma once

#include "decoded.hpp"

#include <coincide/group/pins.hpp>
#include <coincide/record/activity.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reconcile {

struct named_record {
    std::string source{}, external_id{};
};

struct pin_line {
    coincide::pin_kind kind{};
    std::string athlete{};
    named_record a{}, b{};
    std::uint64_t line = 0;
};

struct pin_file {
    std::string name{};  // as findings tell it
    std::vector<pin_line> pins{};
    std::vector<finding> findings{};
};

/// Reads all lines. `athlete` is used where a line names none. O(bytes).
[[nodiscard]] pin_file read_pins(std::string_view text, std::string name, std::string_view athlete = "me", const decode_limits& limits = {});

/// The pins as rows of the records. One that names a record that was not read is a skip, added to the findings: it holds
/// again when that record is there. O((records + pins) log records).
[[nodiscard]] std::vector<coincide::pin> rows_of(pin_file& file, const std::vector<coincide::activity>& records);

}  // namespace reconcile

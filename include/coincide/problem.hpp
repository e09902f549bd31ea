// SPDX-License-Identifier: BSL-1.0
//
// What is wrong with a piece of data, as a value: which rule it broke (code), which field, and where.
//
//     problem p{problem_code::out_of_range, "start_time"};   // prints as "start_time: out of range"
//
// Codes are stable: hosts may store and compare their names. No input value is ever part of a problem.
#pragma once

#include <coincide/config.hpp>

#include <cstdint>
#include <string_view>

namespace coincide {

enum class problem_code : std::uint8_t {
    // the container or the text as a whole
    unreadable,        // could not be opened or read
    empty,             // no bytes, or no content
    malformed,         // not in the format it claims to be
    truncated,         // ends in the middle
    bad_checksum,      // the stored checksum does not fit the content
    invalid_utf8,      // bytes that are no text
    too_large,         // over a stated limit
    too_deep,          // nested deeper than the stated limit
    unsupported,       // understood, and not handled
    forbidden_entity,  // XML that declares entities
    unsafe_path,       // a path that leads out of its archive
    no_activity,       // well formed, and holds no activity
    // one field
    missing_key,
    duplicate_key,
    wrong_type,
    unequal_lengths,   // arrays of one track with different lengths
    out_of_range,
    not_finite,
    negative,
    bad_time,          // not a valid RFC 3339 date and time
    missing_zone,      // a time without Z or offset where an instant is needed
    // accepted, but flagged
    clock_unset,       // the device's clock was never set; its time decides nothing
    fix_out_of_range,  // positions dropped: outside the globe, or (0,0)
    fix_without_time,  // positions dropped: no time stamp
    time_went_back,    // time stamps not ascending; sorted, equal ones folded
    offset_conflict,   // start_time's own offset differs from the given one
    recovered,         // a damaged file was read up to its last good part
    unit_chosen,       // two units were possible; a second field or plausibility decided
    unit_unknown,      // the source does not say the unit, and nothing else decides: the value is left out
    zone_unknown,      // local time without an offset: the instant lies within ±14 h of the one given
    implausible,       // a value is off by what looks like a unit's factor
    // the ledger
    other_athlete,     // a record of one athlete was handed to the ledger of another one
    source_unlinked,   // the athlete has unlinked this source
    unknown_record,    // no record of this identity is known
    unknown_version,   // no commit has this number
    too_late,          // the time for taking it back is over
    id_reused,         // an operation's id came again with other content
    conflicting,       // lost the race against other writers more often than was allowed
    outcome_unknown,   // it cannot be found out whether a commit happened
};

/// The stable name of a code, in snake_case.
[[nodiscard]] constexpr std::string_view to_string(problem_code code) noexcept {
    switch (code) {
    case problem_code::unreadable: return "unreadable";
    case problem_code::empty: return "empty";
    case problem_code::malformed: return "malformed";
    case problem_code::truncated: return "truncated";
    case problem_code::bad_checksum: return "bad_checksum";
    case problem_code::invalid_utf8: return "invalid_utf8";
    case problem_code::too_large: return "too_large";
    case problem_code::too_deep: return "too_deep";
    case problem_code::unsupported: return "unsupported";
    case problem_code::forbidden_entity: return "forbidden_entity";
    case problem_code::unsafe_path: return "unsafe_path";
    case problem_code::no_activity: return "no_activity";
    case problem_code::missing_key: return "missing_key";
    case problem_code::duplicate_key: return "duplicate_key";
    case problem_code::wrong_type: return "wrong_type";
    case problem_code::unequal_lengths: return "unequal_lengths";
    case problem_code::out_of_range: return "out_of_range";
    case problem_code::not_finite: return "not_finite";
    case problem_code::negative: return "negative";
    case problem_code::bad_time: return "bad_time";
    case problem_code::missing_zone: return "missing_zone";
    case problem_code::clock_unset: return "clock_unset";
    case problem_code::fix_out_of_range: return "fix_out_of_range";
    case problem_code::fix_without_time: return "fix_without_time";
    case problem_code::time_went_back: return "time_went_back";
    case problem_code::offset_conflict: return "offset_conflict";
    case problem_code::recovered: return "recovered";
    case problem_code::unit_chosen: return "unit_chosen";
    case problem_code::unit_unknown: return "unit_unknown";
    case problem_code::zone_unknown: return "zone_unknown";
    case problem_code::implausible: return "implausible";
    case problem_code::other_athlete: return "other_athlete";
    case problem_code::source_unlinked: return "source_unlinked";
    case problem_code::unknown_record: return "unknown_record";
    case problem_code::unknown_version: return "unknown_version";
    case problem_code::too_late: return "too_late";
    case problem_code::id_reused: return "id_reused";
    case problem_code::conflicting: return "conflicting";
    case problem_code::outcome_unknown: return "outcome_unknown";
    }
    return "unknown";
}

struct problem {
    problem_code code{};
    std::string_view field{};  // the role or key at fault; empty when the whole record or file is. Static storage.
    std::string_view path{};   // where a source's payload says it, e.g. "/score/kilojoule"; empty elsewhere. Static storage.
    std::string_view rows{};   // … and where that stands in an element of an array: the array, and which element
    std::uint32_t row = 0;

    friend constexpr bool operator==(const problem&, const problem&) = default;
};

}  // namespace coincide

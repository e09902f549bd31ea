// SPDX-License-Identifier: BSL-1.0
//
// A history of which the truth is known: what an athlete's accounts hold, and which records show one activity.
//
//     for (const auto& h : {make_history(1, mix::common), make_history(2, mix::common)})
//         …  // h.truths[i] tells what h.records[i] shows
//
// The truth is that of records: two are a true pair when they show one activity, also where one shows only a part of it (half of a ride
// that was split, a leg of a triathlon), or the whole evening of which the other shows the main part. What the athlete did is one `act`;
// what has to stay apart (out and home, repetitions, a brick saved as two) are acts of their own.
#pragma once

#include <coincide/record/activity.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace accuracy {

/// common: what everybody's accounts hold (copies through aggregators, two devices, splits, zone shifts, privacy trims, entries by
/// hand). all: the rare cases too, at plausible rates.
enum class mix : std::uint8_t { common, all };

/// Why a record looks as it does, or why an act is easily taken for another. A name is a row of the report.
struct scenario {
    std::string_view name{};
    /// Of a pair's two records the higher one names the pair: the plain original has 0, the hardest alteration most.
    std::int32_t rank = 0;
    /// What no rule could know from the records (said in the report beside its row), or empty.
    std::string_view cannot_be_known{};
};

struct truth {
    std::uint32_t act = 0;             // records of one act are true pairs
    const scenario* record = nullptr;  // how this record came about
    const scenario* act_kind = nullptr;  // what the act has near it: a twin, or nothing special
};

struct history {
    std::vector<coincide::activity> records{};
    std::vector<truth> truths{};  // one a record
};

/// One athlete's months. The same bytes for a seed on every platform; records in an order that tells nothing.
[[nodiscard]] history make_history(std::uint64_t seed, mix of);

}  // namespace accuracy

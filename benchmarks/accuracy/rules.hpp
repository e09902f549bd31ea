// SPDX-License-Identifier: BSL-1.0
//
// How other systems tell that two records show one activity: their published rules, to be measured beside ours on the same records.
//
//     watch   06:52:00  56:40   9.7 km  running
//     typed   07:00:00  60:00  10.0 km  running       8 min apart, 52 of 56 min in common
//
//     RideTool  start ±2 min, duration ±15 %, distance ±10 %   no
//     noop      same sport, overlap above one half             yes
//
// The rules see what those systems see: start, duration, distance, sport, source, never a track. All get one vocabulary of sports
// (tapiriik's, which is short), so that no rule fails for a name: that favors them. What a description leaves open is read in favor
// of the rule: a value that one record lacks drops its criterion, unless the rule has nothing else to go by. Groups are what a
// database with one group number makes of the pairs: their transitive closure.
#pragma once

#include <coincide/record/activity.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace accuracy {

struct matching_rule {
    std::string name{};
    std::string says{};    // the rule in a few words
    std::string source{};  // where it is published
    /// Records that start further apart are never one for this rule; absent: not once the earlier one has ended.
    std::optional<std::chrono::minutes> reach{};
    std::function<bool(const coincide::activity&, const coincide::activity&)> same{};  // symmetric
};

/// One rule with its window at several widths: a curve instead of a point.
struct rule_family {
    std::string name{};
    std::vector<matching_rule> rules{};
};

[[nodiscard]] const std::vector<matching_rule>& published_rules();

/// The two shapes that most rules have: starts within n minutes (1 to 60), and overlap of the shorter one above n per cent (5 to 95);
/// both with the same sport.
[[nodiscard]] const std::vector<rule_family>& swept_rules();

/// The group of each record: equal numbers are one group. Athletes never meet. O(n log n + pairs within reach).
[[nodiscard]] std::vector<std::uint32_t> groups_by(const matching_rule& rule, std::span<const coincide::activity> records);

}  // namespace accuracy

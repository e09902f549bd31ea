// SPDX-License-Identifier: BSL-1.0
//
// How right an answer is: the groups that somebody made of a history's records, beside the truth.
//
//     truth   {1 2 3} {4} {5}            3 true pairs
//     answer  {1 2} {3} {4 5}            review asks about 2 and 3
//
//     joined 1, in review 2 (a yes joins {1 2} and {3}), missed 0, wrong joins 1 (4–5), needless reviews 0
//     recall 1/3, precision 1/2, groups exactly right 0 of 3
//     B-cubed precision 4/5: records 4 and 5 stand in groups of which half is theirs; recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5 = 11/15
//
// A pair is named by the scenario of the higher rank of its two records; a pair of two activities also by what the two have near
// them, of which again the higher rank is taken. Counts add: those of many histories are their sums, and each figure is one of the sums.
#pragma once

#include "history.hpp"

#include <coincide/group/grouping.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace accuracy {

struct answer {
    std::vector<std::uint32_t> group{};  // one a record; equal numbers are one group
    std::vector<std::pair<std::uint32_t, std::uint32_t>> in_review{};
};
[[nodiscard]] answer answer_of(const coincide::grouping& groups, std::size_t records);

struct counts {
    std::int64_t records = 0, acts = 0;
    std::int64_t true_pairs = 0, joined = 0, in_review = 0;
    std::int64_t wrong_joins = 0;
    std::int64_t reviews = 0, needless_reviews = 0;  // a review is a pair of groups that somebody is asked about
    std::int64_t exact_groups = 0;                   // acts of which the answer's group holds all records and no other
    double b3_precision = 0, b3_recall = 0;          // sums over the records

    [[nodiscard]] std::int64_t missed() const { return true_pairs - joined - in_review; }
    counts& operator+=(const counts& other);
};
[[nodiscard]] counts sum(std::span<const counts> of);

/// What one scenario has part in.
struct scenario_counts {
    scenario what{};
    std::int64_t acts = 0, records = 0;
    std::int64_t true_pairs = 0, joined = 0, in_review = 0, wrong_joins = 0, needless_reviews = 0;

    [[nodiscard]] std::int64_t missed() const { return true_pairs - joined - in_review; }
};

enum class mistake_kind : std::uint8_t { wrong_join, missed, in_review, needless_review };
[[nodiscard]] std::string_view to_string(mistake_kind kind);

struct mistake {
    mistake_kind kind{};
    std::uint32_t a = 0, b = 0;  // records
    std::string_view scenario{}, near{};  // how the records came about; what the acts have near them
};

struct measurement {
    counts all{};
    /// By how a record came about, and by what an act has near it. Wrong joins and needless reviews stand in both.
    std::map<std::string_view, scenario_counts> of_records{}, of_acts{};
    std::vector<mistake> mistakes{};

    /// Adds the counts. Mistakes hold rows of one history and are not added.
    measurement& operator+=(const measurement& other);
};
/// O(records + pairs within groups and acts).
[[nodiscard]] measurement measure(const history& of, const answer& given);
/// The same without names: what comparisons of many answers need.
[[nodiscard]] counts count(const history& of, const answer& given);

}  // namespace accuracy

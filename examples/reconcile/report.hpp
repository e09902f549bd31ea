// SPDX-License-Identifier: BSL-1.0
//
// report.html: one page that shows what was found, why, and what a person should decide. It opens from disk and asks nothing of
// any network.
//
//     report_page page{read.records.records()};
//     for (const auto& g : groups) page.add(g, merged_activities(records, g, policy));
//     page.write({.files = read.files}, findings, [&](std::string_view piece) { out.append("report.html", piece); });
//
// The page's text and scripts stand in report/; here its data is made: one JSON object, in columns.
//
//     "texts"     every text once; elsewhere its number. 0: none
//     "records"   a column for each key of the interchange format, as text (compact_text.hpp), a number a record: texts by number,
//                 times in ms, durations in ms (utc_offset_s and start_precision_s in s), other values in 1/1000, degrees in
//                 1/100 000. start_time is the difference to the record before
//     "groups"    rows (leader first), numbers of the links, and of the choices: its own, then one for each leg of a session
//     "choices"   member positions (none: all), then for each field its name, rule, position, contributors, alternatives
//     "links"     a, b, relation, joined, seconds to add to b's clock, the sentence, the evidence
//     "samples"   a text a record, see report_samples.hpp
//     "findings"  columns, as records
//
// Sentences are kept as a text in which U+0001 stands for each number, and the numbers: "starts 41 s apart" and "starts 7 s
// apart" share a text. Tracks get as many steps as the limit of the page allows. Same records, same bytes.
#pragma once

#include "decoded.hpp"
#include "history.hpp"
#include "output.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reconcile {

struct report_facts {
    std::size_t files = 0;     // that could be opened
    std::size_t left_out = 0;  // pairs that were not compared
};

inline constexpr std::size_t report_bytes_max = 18'000'000;  // what tracks may fill a page up to
inline constexpr std::size_t report_steps_max = 400;         // of one track

class report_page {
public:
    explicit report_page(const history& all, std::size_t bytes_max = report_bytes_max);

    /// A group, in the order of the groups, with what merged_activities gave for it.
    void add(const coincide::record_group& group, const std::vector<merged_activity>& merged);

    /// The whole page, in pieces. `findings` in the order of rejects.ndjson.
    void write(const report_facts& facts, const std::vector<finding>& findings, const std::function<void(std::string_view)>& piece);

    /// The data alone, as it stands in the page.
    [[nodiscard]] std::string data(const report_facts& facts, const std::vector<finding>& findings);

private:
    using row = std::uint32_t;

    /// Every text once.
    class text_table {
    public:
        [[nodiscard]] std::uint64_t id(std::string_view text);
        [[nodiscard]] const std::vector<std::string>& all() const noexcept { return texts_; }

    private:
        std::map<std::string, std::uint64_t, std::less<>> ids_{{"", 0}};
        std::vector<std::string> texts_{""};
    };

    void append_phrase(std::string& out, std::string_view words);
    [[nodiscard]] std::uint64_t link_id(const coincide::pair_link& link);
    [[nodiscard]] std::uint64_t choices_id(const coincide::choices& chosen, const std::vector<row>& group_rows, const std::vector<row>& members);
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> record_columns();
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> finding_columns(const std::vector<finding>& findings);
    [[nodiscard]] std::vector<std::size_t> steps_for(std::size_t characters) const;
    [[nodiscard]] std::string drawn(row of, std::size_t steps) const;
    [[nodiscard]] std::vector<std::string> drawn_samples(std::size_t bytes) const;

    const history& history_;
    std::size_t bytes_max_;
    text_table texts_{}, links_{}, choices_{};  // links and choices are texts as well, each once
    std::string sizes_{}, rows_{}, link_counts_{}, link_ids_{}, choice_counts_{}, choice_ids_{};
    std::size_t groups_ = 0;
    std::vector<bool> of_several_{};  // records that share a group or a review with others: their tracks are compared
};

}  // namespace reconcile

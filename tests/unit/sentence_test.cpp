// SPDX-License-Identifier: BSL-1.0
//
// Why, and what would have changed it, in one sentence.
#include <coincide/match/sentence.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace coincide;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

evidence_list of(std::initializer_list<evidence> items) {
    evidence_list out;
    for (const auto& e : items) out.add(e.of, e.a, e.b, e.weight);
    return out;
}

const evidence starts{evidence_code::start, 41, 2, 500}, spans{evidence_code::overlap, 1000, 3600, 700}, apart_spans{evidence_code::overlap, 0, 0, -1500},
    lengths{evidence_code::duration, 1800, 1800, 300}, ways{evidence_code::distance, 5000, 5000, 300}, other_ways{evidence_code::distance, 10000, 8000, -200},
    tracks{evidence_code::gps, 980, 3480, 1200};

}  // namespace

TEST_CASE("a sentence says the verdict, what weighed most, and what spoke against it", "[sentence]") {
    const auto why = of({starts, spans, other_ways});
    CHECK(sentence_of(decision::join, relation::same, why) ==
          "One activity: 100 % of the shorter span is common (3600 s), starts 41 s apart; against it: distances 10000 m and 8000 m; "
          "without the first of these they would be two.");
    CHECK(sentence_of(decision::join, relation::part_of, why).starts_with("One is a part of the other: "));
    CHECK(sentence_of(decision::join, relation::copy_of, why).starts_with("One is a copy of the other: "));
    CHECK(sentence_of(decision::join, relation::same, {}) == "One activity.");
}

TEST_CASE("whose clock is wrong is told by name, by which way the shift goes", "[sentence]") {
    const auto by = [](std::int32_t ahead_s, pair_names names, std::int32_t unset = 0) {
        return sentence_of(decision::join, relation::same, of({{evidence_code::clock_shift, ahead_s, unset, -300}, tracks, lengths}), names);
    };
    CHECK(by(7200, {"strava", "garmin"}) == "One activity: 98 % of 58 min at the same place, durations 1800 s and 1800 s; strava's clock is 2 h ahead of garmin's; "
                                            "without the first of these they would be two.");
    CHECK(has(by(-7200, {"strava", "garmin"}), "garmin's clock is 2 h ahead of strava's"));
    CHECK(has(by(20700, {"garmin", "garmin"}), "one clock is 5 h 45 min ahead of the other"));
    CHECK(has(by(61, {}), "one clock is 1 min 1 s ahead of the other"));
    CHECK(has(by(1000000000, {"fit_file", "garmin"}, 1), "a clock was never set"));
    CHECK_FALSE(has(by(7200, {"strava", "garmin"}), "against it"));
}

TEST_CASE("a refusal says what would have changed it", "[sentence]") {
    CHECK(sentence_of(decision::apart, relation::same, of({apart_spans, lengths, ways, {evidence_code::label, 0, 0, 150}, starts})) ==
          "Two activities: the spans do not overlap; for one activity: starts 41 s apart; without what speaks against it they would be one.");
    CHECK(sentence_of(decision::apart, relation::same, of({lengths, {evidence_code::distance, 5000, 4000, -200}})) ==
          "Two activities: distances 5000 m and 4000 m; for one activity: durations 1800 s and 1800 s; 3 bits more and a person would be asked.");
    CHECK(sentence_of(decision::apart, relation::same, {}) == "Two activities: 4 bits more and a person would be asked.");
}

TEST_CASE("a question says how much is missing, or who stands against it", "[sentence]") {
    CHECK(has(sentence_of(decision::review, relation::same, of({lengths, {evidence_code::distance, 5000, 5010, 250}})), "; 2.5 bits more and they would be one."));
    CHECK(has(sentence_of(decision::review, relation::same, of({lengths, ways, {evidence_code::same_source, 0, 0, -100}})), "without what speaks against it they would be asked") == false);
    CHECK(has(sentence_of(decision::review, relation::same, of({starts, spans})), "other members of their groups hold them apart"));
}

TEST_CASE("a policy with other thresholds tells by them", "[sentence]") {
    match_policy strict;
    strict.join_min = 1600, strict.review_min = 1000;
    CHECK(has(sentence_of(decision::review, relation::same, of({starts, spans}), {}, strict), "4 bits more and they would be one"));
}

TEST_CASE("a link inside a group that others joined says so, and nothing is told that is not", "[sentence]") {
    CHECK(has(sentence_of(decision::join, relation::same, of({lengths, {evidence_code::distance, 5000, 5010, 250}})), "; other members of their group join them."));
    CHECK(sentence_of(decision::apart, relation::same, of({starts, lengths})) == "Two activities: for one activity: starts 41 s apart.");
}

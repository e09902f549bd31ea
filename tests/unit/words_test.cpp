// SPDX-License-Identifier: BSL-1.0
//
// Evidence in words.
#include <coincide/match/words.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace coincide;

namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every code has words of printable ASCII, and a name", "[words]") {
    for (int code = 0; code <= static_cast<int>(evidence_code::only_one); ++code)
        for (const int a : {0, 1, 3, 999, 1000, 25200, -25200}) {
            const auto of = static_cast<evidence_code>(code);
            INFO(to_string(of));
            const auto text = words_of({of, a, 2, 100});
            CHECK_FALSE(text.empty());
            CHECK_FALSE(to_string(of).empty());
            for (const char c : text) CHECK((c >= ' ' && c <= '~'));
        }
}

TEST_CASE("numbers are said with their unit", "[words]") {
    CHECK(has(words_of({evidence_code::overlap, 987, 3553, 700}), "98.7 %"));
    CHECK(has(words_of({evidence_code::overlap, 1000, 3600, 700}), "100 %"));
    CHECK(has(words_of({evidence_code::overlap, 1000, 3600, 700}), "3600 s"));
    CHECK(has(words_of({evidence_code::clock_shift, 25200, 0, 0}), "7 h"));
    CHECK(has(words_of({evidence_code::clock_shift, 20700, 0, 0}), "5 h 45 min"));
    CHECK(has(words_of({evidence_code::clock_shift, 1320, 0, 0}), "22 min"));
    CHECK(has(words_of({evidence_code::clock_shift, -3600, 0, 0}), "-1 h"));
    CHECK(has(words_of({evidence_code::duration, 3600, 3588, 300}), "3588 s"));
    CHECK(has(words_of({evidence_code::distance, 10012, 9987, 300}), "9987 m"));
}

TEST_CASE("sports are named by their slugs", "[words]") {
    const auto run = sport_from_slug("running").row(), trail = sport_from_slug("trail_running").row();
    CHECK(has(words_of({evidence_code::label, run, trail, 100}), "trail_running"));
    CHECK(has(words_of({evidence_code::label, run, run, 150}), "running"));
    CHECK_FALSE(words_of({evidence_code::label, -1, 100000, 0}).empty());
}

TEST_CASE("what an athlete said is told as such", "[words]") {
    CHECK(words_of({evidence_code::pin, 1, 0, 0}) != words_of({evidence_code::pin, 0, 0, 0}));
    CHECK(has(words_of({evidence_code::pin, 1, 0, 0}), "athlete"));
    CHECK(words_of({evidence_code::window, 1, 0, 0}) != words_of({evidence_code::window, 0, 0, 0}));
}

TEST_CASE("a correlation is told in per cent", "[words]") {
    CHECK(has(words_of({evidence_code::correlation, 1000, 600, 400}), "100 %"));
    CHECK(has(words_of({evidence_code::correlation, 950, 600, 400}), "95 %"));
}

TEST_CASE("the example of the header is what it says", "[words]") {
    CHECK(words_of({evidence_code::start, 41, 2, 500}) == "starts 41 s apart");
}

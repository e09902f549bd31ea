// SPDX-License-Identifier: BSL-1.0
//
// Many histories, each answered by coincide and by the published rules. Histories are made, answered and dropped one by one, on
// two threads; what is kept are counts, in the order of the seeds, so the result does not depend on the threads.
//
//     const auto t = run({.of = mix::common, .first_seed = 1, .histories = 100});
//     t.coincide().total().joined           // of t.coincide().total().true_pairs
//     t.contenders[1].name                  // "tapiriik"
#pragma once

#include "history.hpp"
#include "measure.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace accuracy {

[[nodiscard]] constexpr std::string_view to_string(mix m) { return m == mix::common ? "common" : "all"; }

struct trial_options {
    mix of = mix::common;
    std::uint64_t first_seed = 1;
    std::uint32_t histories = 100;
    bool with_rules = true;
    bool with_sweep = false;
    bool with_mistakes = false;
    std::uint32_t calibrate_on = 0;  // histories after those measured; weights calibrated on them are measured as well
    std::filesystem::path write_to{};  // each history as NDJSON with its truth; empty: not written
    unsigned threads = 2;
};

/// Who answered, and how right it was, history by history.
struct contender {
    std::string name{}, says{}, source{};
    std::vector<counts> histories{};

    [[nodiscard]] counts total() const { return sum(histories); }
};

/// The same rule at several widths. `at_default` is the point that is in use, or -1.
struct curve {
    std::string name{};
    std::vector<contender> points{};
    int at_default = -1;
};

struct trial {
    trial_options options{};
    measurement coincide_by_scenario{};
    std::vector<contender> contenders{};  // coincide first
    std::vector<curve> curves{};          // coincide first; empty without a sweep
    std::vector<contender> calibrated{};  // empty unless asked for: on weights of other histories, and on a threshold that knows the prior too
    std::size_t largest_component = 0;    // records that links tie to each other
    double group_s = 0;                   // processor time of coincide::group alone
    std::int64_t compared = 0;            // candidate pairs
    std::string mistakes{};               // a paragraph each

    [[nodiscard]] const contender& coincide() const { return contenders.front(); }
};

/// Throws std::runtime_error when a file cannot be written.
[[nodiscard]] trial run(const trial_options& options);

}  // namespace accuracy

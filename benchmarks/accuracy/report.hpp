// SPDX-License-Identifier: BSL-1.0
//
// A trial as Markdown tables.
//
//     | Rule | Recall % | Precision % | … |
//     | **coincide** | 97.5 (97.1–97.9) | 100.0 (99.9–100.0) | … |
//
// Each table has a name. A page that holds the markers
//
//     <!-- accuracy:begin rules-common -->
//     <!-- accuracy:end rules-common -->
//
// gets the table between them; everything else of the page stays as it is.
#pragma once

#include "trial.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace accuracy {

struct table {
    std::string name{};  // e.g. rules-common
    std::string text{};  // Markdown, ends with a line end
};

/// overview-MIX, scenarios-MIX, twins-MIX, and where they were asked for rules-MIX, curve-MIX and calibrated-MIX; and rule-sources.
[[nodiscard]] std::vector<table> tables_of(const trial& t);

/// How a record came about, of recordings that were made harder: named derived.
[[nodiscard]] table derived_table(const measurement& of);

/// Speed is not among the tables: it differs from run to run.
[[nodiscard]] std::string speed_of(const trial& t);

/// Puts a table between its markers; false, and nothing done, when the page has not both of them.
[[nodiscard]] bool put_between_markers(std::string& page, const table& t);

}  // namespace accuracy

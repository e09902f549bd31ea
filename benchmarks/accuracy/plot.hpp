// SPDX-License-Identifier: BSL-1.0
//
// Two plots as SVG text. Colors are Okabe and Ito's, which color-blind readers tell apart; every color is said in words or by shape
// too. The background is the plot's own, so it can be read on a dark page. The same trial gives the same bytes.
//
//     precision_recall_plot(t)   recall to the right, precision upwards: coincide as a line over its thresholds, rules as points
//     errors_plot(t)             a bar for each scenario of which a pair was missed or in review; wrong joins below
#pragma once

#include "trial.hpp"

#include <string>

namespace accuracy {

[[nodiscard]] std::string precision_recall_plot(const trial& t);
[[nodiscard]] std::string errors_plot(const trial& t);

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// A bar for each scenario of which a pair was not joined, the worst first: of 40 pairs 1 missed and 3 in review is a bar of 10 %, a
// quarter of it in the color of missed. Below it, wrong joins by name, as numbers: there is nothing that they would be a share of.
#include "plot.hpp"

#include "svg.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace accuracy {
namespace {

using namespace colors;

std::vector<scenario_counts> chosen(const std::map<std::string_view, scenario_counts>& of, auto wanted) {
    std::vector<scenario_counts> out;
    for (const auto& [name, s] : of)
        if (wanted(s)) out.push_back(s);
    return out;
}
void worst_first(std::vector<scenario_counts>& list, auto badness) {
    std::stable_sort(list.begin(), list.end(), [&](const auto& a, const auto& b) { return badness(a) > badness(b); });
}
double not_joined(const scenario_counts& s) { return static_cast<double>(s.true_pairs - s.joined) / static_cast<double>(std::max<std::int64_t>(1, s.true_pairs)); }

}  // namespace

std::string errors_plot(const trial& t) {
    const auto& records = t.coincide_by_scenario.of_records;
    auto bars = chosen(records, [](const auto& s) { return s.joined < s.true_pairs; });
    worst_first(bars, not_joined);
    const auto perfect = std::count_if(records.begin(), records.end(), [](const auto& s) { return s.second.true_pairs > 0 && s.second.joined == s.second.true_pairs; });
    auto wrong = chosen(t.coincide_by_scenario.of_acts, [](const auto& s) { return s.wrong_joins > 0; });
    worst_first(wrong, [](const auto& s) { return s.wrong_joins; });

    double longest = 100;
    for (const auto* list : {&bars, &wrong})
        for (const auto& s : *list) longest = std::max(longest, width_of(s.what.name, 12));
    constexpr double row_height = 20, right = 690, figures = 120;
    const double left = 16 + longest + 10;
    const double height = 118 + row_height * static_cast<double>(bars.size()) + 76 + row_height * static_cast<double>(std::max<std::size_t>(1, wrong.size()));
    svg out{right + figures, height, "Errors by scenario, mix " + std::string{to_string(t.options.of)}};
    out.text(16, 26, "Errors by scenario, mix “" + std::string{to_string(t.options.of)} + "”", {.size = 16, .bold = true});
    out.text(16, 48, "Pairs of one activity that are not joined, in per cent of the scenario’s pairs:", {.size = 13});
    out.rectangle({16, 59, 28, 71}, vermilion);
    out.text(34, 70, "missed");
    out.rectangle({92, 59, 104, 71}, sky);
    out.text(110, 70, "in review: a person is asked");

    double y = 84;
    const auto across = [&](double share) { return left + (right - left) * share; };
    const double top = y, bottom = y + row_height * static_cast<double>(bars.size());
    for (const int v : {0, 25, 50, 75, 100}) {
        out.line(across(v / 100.0), top - 4, across(v / 100.0), bottom + 2, grid);
        out.text(across(v / 100.0), bottom + 17, std::to_string(v) + " %", {.color = gray, .anchor = "middle"});
    }
    for (const auto& s : bars) {
        const auto pairs = static_cast<double>(s.true_pairs);
        const double missed = across(static_cast<double>(s.missed()) / pairs), asked = across(not_joined(s));
        out.text(left - 8, y + 13, s.what.name, {.anchor = "end"});
        out.rectangle({left, y + 2, missed, y + row_height - 2}, vermilion);
        out.rectangle({missed, y + 2, asked, y + row_height - 2}, sky);
        out.text(right + 8, y + 13, std::to_string(s.true_pairs - s.joined) + " of " + std::to_string(s.true_pairs), {.color = gray});
        y += row_height;
    }
    y = bottom + 38;
    out.text(16, y, std::to_string(perfect) + (bars.empty() ? " scenarios, of each every pair was joined." : " more scenarios, of each every pair was joined."), {.color = gray});
    y += 30;
    out.text(16, y, "Wrong joins: pairs of two activities in one group, by what the two have near them", {.size = 13});
    y += 12;
    if (wrong.empty()) out.text(16, y + 14, "None.");
    const auto most = wrong.empty() ? 1 : wrong.front().wrong_joins;
    for (const auto& s : wrong) {
        out.text(left - 8, y + 13, s.what.name, {.anchor = "end"});
        out.rectangle({left, y + 2, across(static_cast<double>(s.wrong_joins) / static_cast<double>(most)), y + row_height - 2}, orange);
        out.text(right + 8, y + 13, std::to_string(s.wrong_joins), {.color = gray});
        y += row_height;
    }
    return out.done();
}

}  // namespace accuracy

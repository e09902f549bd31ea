// SPDX-License-Identifier: BSL-1.0
//
// Shares are per cent with one decimal and 95 % bounds: 97.5 (97.1–97.9). A share that is not whole is never rounded up to 100.0: 29999 of
// 30000 is 99.9. Scenarios stand from the plain ones to the hardest, by rank and then by name.
#include "report.hpp"

#include "bounds.hpp"
#include "rules.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace accuracy {
namespace {

std::string fixed(double value, int decimals) {
    char text[32];
    return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.*f", decimals, value))};
}
/// Per cent with one decimal, rounded towards the worse where rounding would say "all" or "none".
std::string percent(double share) {
    const double tenths = std::round(1000 * share);
    return fixed((share < 1 && tenths >= 1000 ? 999 : share > 0 && tenths <= 0 ? 1 : tenths) / 10, 1);
}
std::string percent(std::int64_t hits, std::int64_t of) { return of == 0 ? "" : percent(static_cast<double>(hits) / static_cast<double>(of)); }
std::string with_bounds(const bounded& b) {
    return b.known ? percent(b.value) + " (" + percent(b.low) + "–" + percent(b.high) + ")" : "";
}
/// Two decimals, cut off: for what has to be better than 99.9.
std::string in_hundredths(const bounded& b) {
    const auto cut = [](double share) { return fixed(std::floor(10000 * share) / 100, 2); };
    return b.known ? cut(b.value) + " (" + cut(b.low) + "–" + cut(b.high) + ")" : "";
}
std::string in_bits_of(const std::string& name) { return name.substr(0, name.find(' ')); }

std::string row(std::initializer_list<std::string> cells) {
    std::string out = "|";
    for (const auto& c : cells) out += " " + c + " |";
    return out + "\n";
}
std::string n(std::int64_t value) { return std::to_string(value); }

/// Precision as B-cubed has it: of each record's group, the share that is its act's; the mean over the records.
std::string mean(double total, std::int64_t of) { return of == 0 ? "" : percent(total / static_cast<double>(of)); }

std::vector<scenario_counts> in_order(const std::map<std::string_view, scenario_counts>& table) {
    std::vector<scenario_counts> out;
    for (const auto& [name, counted] : table) out.push_back(counted);
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.what.rank < b.what.rank; });
    return out;
}

std::string overview(const trial& t) {
    const auto all = t.coincide().total();
    std::int64_t knowable = 0, found = 0;
    for (const auto& [name, s] : t.coincide_by_scenario.of_records)
        if (s.what.cannot_be_known.empty()) knowable += s.true_pairs, found += s.joined;
    std::string out = n(t.options.histories) + " histories (seeds " + std::to_string(t.options.first_seed) + " to " +
                      std::to_string(t.options.first_seed + t.options.histories - 1) + "), " + n(all.acts) + " activities, " + n(all.records) + " records, " +
                      n(all.true_pairs) + " pairs that show one activity.\n\n";
    out += "| | % (95 % bounds) | Count |\n|---|---:|---:|\n";
    out += row({"Recall: true pairs joined", with_bounds(recall_of(all)), n(all.joined) + " of " + n(all.true_pairs)});
    if (knowable != all.true_pairs)
        out += row({"Recall without scenarios that the records cannot settle", with_bounds(share_of(found, knowable)), n(found) + " of " + n(knowable)});
    out += row({"Precision: joined pairs that are true", in_hundredths(precision_of(all)), n(all.wrong_joins) + " wrong joins"});
    out += row({"F1", in_hundredths(f1_of(t.coincide().histories)), ""});
    out += row({"True pairs in review", with_bounds(share_of(all.in_review, all.true_pairs)), n(all.in_review)});
    out += row({"True pairs missed", with_bounds(share_of(all.missed(), all.true_pairs)), n(all.missed())});
    out += row({"Reviews that are needless", with_bounds(share_of(all.needless_reviews, all.reviews)), n(all.needless_reviews) + " of " + n(all.reviews)});
    out += row({"Most records that hang together by links", "", n(static_cast<std::int64_t>(t.largest_component))});
    out += row({"Activities whose group is exactly right", with_bounds(share_of(all.exact_groups, all.acts)), n(all.exact_groups) + " of " + n(all.acts)});
    out += row({"B-cubed precision, by record", mean(all.b3_precision, all.records), ""});
    return out + row({"B-cubed recall, by record", mean(all.b3_recall, all.records), ""});
}

std::string scenarios(const std::map<std::string_view, scenario_counts>& of_records) {
    std::string out = "| How a record came about | Pairs | Recall % | In review % | Missed | Wrong joins | Needless reviews | What cannot be known |\n"
                      "|---|---:|---:|---:|---:|---:|---:|---|\n";
    for (const auto& s : in_order(of_records)) {
        if (s.true_pairs + s.wrong_joins + s.needless_reviews == 0) continue;
        out += row({std::string{s.what.name}, n(s.true_pairs), with_bounds(share_of(s.joined, s.true_pairs)), percent(s.in_review, s.true_pairs), n(s.missed()), n(s.wrong_joins),
                    n(s.needless_reviews), std::string{s.what.cannot_be_known}});
    }
    return out;
}

std::string twins(const trial& t) {
    std::string out = "| What an activity has near it | Activities | Records | Wrong joins | Needless reviews | Pairs | Recall % | What cannot be known |\n|---|---:|---:|---:|---:|---:|---:|---|\n";
    for (const auto& s : in_order(t.coincide_by_scenario.of_acts))
        out += row({std::string{s.what.name}, n(s.acts), n(s.records), n(s.wrong_joins), n(s.needless_reviews), n(s.true_pairs), with_bounds(share_of(s.joined, s.true_pairs)),
                    std::string{s.what.cannot_be_known}});
    return out;
}

std::string rules(const trial& t) {
    std::string out = "| Rule | Recall % | Precision % | F1 % | Missed | Wrong joins | Groups right % | B-cubed precision, recall % |\n|---|---:|---:|---:|---:|---:|---:|---:|\n";
    for (const auto& c : t.contenders) {
        const auto all = c.total();
        const auto name = &c == &t.coincide() ? "**" + c.name + "**" : c.name;
        out += row({name, with_bounds(recall_of(all)), with_bounds(precision_of(all)), with_bounds(f1_of(c.histories)), n(all.missed() + all.in_review), n(all.wrong_joins),
                    percent(all.exact_groups, all.acts), mean(all.b3_precision, all.records) + ", " + mean(all.b3_recall, all.records)});
    }
    const auto ours = t.coincide().total();
    return out + "\nMissed are here all that are not joined: coincide asks about " + n(ours.in_review) + " of its " + n(ours.missed() + ours.in_review) + "; the rules ask nothing.\n";
}

std::string calibrated(const trial& t) {
    std::string out = "| | Recall % | Precision % | F1 % | Missed | Wrong joins | True pairs in review |\n|---|---:|---:|---:|---:|---:|---:|\n";
    const auto add = [&](const std::string& name, const contender& c) {
        const auto all = c.total();
        out += row({name, with_bounds(recall_of(all)), with_bounds(precision_of(all)), with_bounds(f1_of(c.histories)), n(all.missed()), n(all.wrong_joins), n(all.in_review)});
    };
    add("the preset", t.coincide());
    for (const auto& c : t.calibrated) add(c.name, c);
    return out;
}

std::string rule_sources(const trial& t) {
    std::string out = "| Rule | As published | Where |\n|---|---|---|\n";
    for (std::size_t i = 1; i < t.contenders.size(); ++i) out += row({t.contenders[i].name, t.contenders[i].says, t.contenders[i].source});
    return out;
}

std::string threshold_curve(const curve& ours) {
    std::string out = "| Joined from, bits | Recall % | Precision % | F1 % | Wrong joins | True pairs in review | Needless reviews |\n|---:|---:|---:|---:|---:|---:|---:|\n";
    for (std::size_t i = 0; i < ours.points.size(); ++i) {
        const auto& point = ours.points[i];
        const auto all = point.total();
        const auto name = in_bits_of(point.name);
        out += row({static_cast<int>(i) == ours.at_default ? "**" + name + "**" : name, with_bounds(recall_of(all)), with_bounds(precision_of(all)), with_bounds(f1_of(point.histories)),
                    n(all.wrong_joins), n(all.in_review), n(all.needless_reviews)});
    }
    return out;
}

}  // namespace

std::vector<table> tables_of(const trial& t) {
    const auto of = "-" + std::string{to_string(t.options.of)};
    std::vector<table> out{{"overview" + of, overview(t)}, {"scenarios" + of, scenarios(t.coincide_by_scenario.of_records)}, {"twins" + of, twins(t)}};
    if (t.options.with_rules) out.push_back({"rules" + of, rules(t)});
    if (!t.curves.empty()) out.push_back({"curve" + of, threshold_curve(t.curves.front())});
    if (!t.calibrated.empty()) out.push_back({"calibrated" + of, calibrated(t)});
    if (t.options.with_rules) out.push_back({"rule-sources", rule_sources(t)});
    return out;
}

std::string speed_of(const trial& t) {
    const auto records = t.coincide().total().records;
    const auto a_second = [&](std::int64_t count) { return t.group_s > 0 ? fixed(static_cast<double>(count) / t.group_s, 0) : "?"; };
    return n(records) + " records grouped in " + fixed(t.group_s, 2) + " s of one core, tracks and all: " + a_second(records) + " records/s; " + n(t.compared) + " pairs compared: " +
           a_second(t.compared) + " pairs/s\n";
}

bool put_between_markers(std::string& page, const table& t) {
    const auto begin = "<!-- accuracy:begin " + t.name + " -->\n", end = "<!-- accuracy:end " + t.name + " -->";
    const auto from = page.find(begin);
    if (from == std::string::npos) return false;
    const auto to = page.find(end, from);
    if (to == std::string::npos) return false;
    page.replace(from + begin.size(), to - from - begin.size(), t.text);
    return true;
}

table derived_table(const measurement& of) { return {"derived", scenarios(of.of_records)}; }

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// One history at a time: made from its seed, grouped by coincide (timed), by each rule, and by coincide at each threshold. The
// threshold of joining is swept from 2 to 20 bits; that of asking stays at its default, or at the threshold where that is lower.
#include "trial.hpp"

#include "rules.hpp"
#include "write_history.hpp"

#include <coincide/adapters/places.hpp>
#include <coincide/group/calibrate.hpp>
#include <coincide/group/learn_clocks.hpp>

#include <algorithm>
#include <atomic>
#include <ctime>
#include <exception>
#include <map>
#include <span>
#include <thread>
#include <utility>

namespace accuracy {
namespace {

using namespace coincide;

/// What a trial keeps of one history.
struct outcome {
    measurement ours{};
    std::vector<counts> rules{};                // as published_rules()
    std::vector<std::vector<counts>> curves{};  // coincide, then as swept_rules()
    std::vector<counts> calibrated{};           // as calibrated_policies()
    std::size_t largest_component = 0;
    double group_s = 0;
    std::int64_t compared = 0;
    std::string mistakes{};
};

std::vector<match_policy> swept_policies() {
    std::vector<match_policy> out;
    for (centibits join_min = 200; join_min <= 2000; join_min += 100) {
        match_policy policy;
        policy.join_min = join_min;
        policy.review_min = std::min(policy.review_min, join_min);
        out.push_back(policy);
    }
    return out;
}

/// Two policies whose weights were learned, without the truth, from histories that are not measured: with the preset's threshold, and with
/// that of the prior.
std::vector<match_policy> calibrated_policies(const trial_options& options) {
    if (options.calibrate_on == 0) return {};
    std::vector<activity> pool;
    for (std::uint64_t k = 0; k < options.calibrate_on; ++k) {
        auto h = make_history(options.first_seed + options.histories + k, options.of);
        for (auto& r : h.records) {
            r.athlete_id += "/" + std::to_string(k);
            pool.push_back(std::move(r));
        }
    }
    const auto own = calibrate(pool, presets::balanced);
    match_policy weighted, shifted;
    weighted.weights = shifted.weights = own.weights;
    shifted.join_min -= own.prior;
    shifted.review_min = std::min(shifted.review_min, shifted.join_min);
    return {weighted, shifted};
}

/// Of this thread alone, so that other programs on the machine do not count.
double processor_s() {
    std::timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// How many pairs coincide compares: of each athlete those near in time and those that share an identity.
std::int64_t compared_pairs(const std::vector<activity>& records) {
    std::map<std::string_view, std::vector<features>> of_athletes;
    for (std::uint32_t row = 0; row < records.size(); ++row) of_athletes[records[row].athlete_id].push_back(features_of(records[row], row));
    std::size_t pairs = 0;
    for (auto& [athlete, all] : of_athletes) {
        std::stable_sort(all.begin(), all.end(), [](const features& a, const features& b) { return a.sig.start_ms < b.sig.start_ms; });
        pairs += candidates(all, {}).pairs.size();
    }
    return static_cast<std::int64_t>(pairs);
}

outcome try_one(const trial_options& options, std::span<const match_policy> calibrated, std::uint64_t seed) {
    const auto h = make_history(seed, options.of);
    const auto n = h.records.size();
    outcome out;
    const auto before = processor_s();
    const auto places = pairs_of_one_place(h.records);
    const auto groups = group_and_learn(h.records, presets::balanced, {}, places).groups;
    out.group_s = processor_s() - before;
    out.largest_component = groups.largest_component();
    out.compared = compared_pairs(h.records);
    out.ours = measure(h, answer_of(groups, n));
    if (options.with_mistakes)
        for (const auto& m : out.ours.mistakes) out.mistakes += told(h, m, seed);
    out.ours.mistakes.clear();
    if (!options.write_to.empty()) write(h, options.write_to, std::string{to_string(options.of)} + "-" + std::to_string(seed));

    for (const auto& policy : calibrated) out.calibrated.push_back(count(h, answer_of(group_and_learn(h.records, policy, {}, places).groups, n)));
    const auto answer_by = [&](const matching_rule& rule) { return count(h, {groups_by(rule, h.records), {}}); };
    if (options.with_rules)
        for (const auto& rule : published_rules()) out.rules.push_back(answer_by(rule));
    if (options.with_sweep) {
        out.curves.emplace_back();
        for (const auto& policy : swept_policies()) out.curves.back().push_back(count(h, answer_of(group_and_learn(h.records, policy, {}, places).groups, n)));
        for (const auto& family : swept_rules()) {
            out.curves.emplace_back();
            for (const auto& rule : family.rules) out.curves.back().push_back(answer_by(rule));
        }
    }
    return out;
}

/// All outcomes in the order of the seeds. A thread takes the next seed that nobody has; the first exception of any is thrown on.
std::vector<outcome> try_all(const trial_options& options) {
    const auto calibrated = calibrated_policies(options);
    std::vector<outcome> all(options.histories);
    std::vector<std::exception_ptr> failed(std::max(1u, options.threads));
    std::atomic<std::uint32_t> next{0};
    {
        std::vector<std::jthread> workers;
        for (auto& failure : failed)
            workers.emplace_back([&] {
                try {
                    for (auto i = next++; i < options.histories; i = next++) all[i] = try_one(options, calibrated, options.first_seed + i);
                } catch (...) {
                    failure = std::current_exception();
                    next = options.histories;
                }
            });
    }
    for (const auto& failure : failed)
        if (failure) std::rethrow_exception(failure);
    return all;
}

std::string bits(centibits value) {
    const auto part = value % 100;
    return std::to_string(value / 100) + (part == 0 ? "" : "." + std::to_string(part / 10)) + " bits";
}

}  // namespace

trial run(const trial_options& options) {
    const auto all = try_all(options);
    trial out{.options = options};
    out.contenders.push_back({"coincide", "the evidence of include/coincide/match summed up; joined from " + bits(match_policy{}.join_min), "this library", {}});
    if (options.with_rules)
        for (const auto& rule : published_rules()) out.contenders.push_back({rule.name, rule.says, rule.source, {}});
    if (options.with_sweep) {
        out.curves.push_back({"coincide", {}, -1});
        for (const auto& policy : swept_policies()) {
            if (policy.join_min == match_policy{}.join_min) out.curves.back().at_default = static_cast<int>(out.curves.back().points.size());
            out.curves.back().points.push_back({bits(policy.join_min), {}, {}, {}});
        }
        for (const auto& family : swept_rules()) {
            out.curves.push_back({family.name, {}, -1});
            for (const auto& rule : family.rules) out.curves.back().points.push_back({rule.name, {}, {}, {}});
        }
    }
    if (options.calibrate_on != 0)
        out.calibrated = {{"weights calibrated on other histories", {}, {}, {}}, {"and joined from 8 bits less the prior", {}, {}, {}}};
    for (const auto& one : all) {
        for (std::size_t c = 0; c < one.calibrated.size(); ++c) out.calibrated[c].histories.push_back(one.calibrated[c]);
        out.largest_component = std::max(out.largest_component, one.largest_component);
        out.coincide_by_scenario += one.ours;
        out.contenders.front().histories.push_back(one.ours.all);
        for (std::size_t r = 0; r < one.rules.size(); ++r) out.contenders[r + 1].histories.push_back(one.rules[r]);
        for (std::size_t c = 0; c < one.curves.size(); ++c)
            for (std::size_t p = 0; p < one.curves[c].size(); ++p) out.curves[c].points[p].histories.push_back(one.curves[c][p]);
        out.group_s += one.group_s;
        out.compared += one.compared;
        out.mistakes += one.mistakes;
    }
    return out;
}

}  // namespace accuracy

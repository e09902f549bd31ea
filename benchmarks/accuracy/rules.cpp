// SPDX-License-Identifier: BSL-1.0
//
// Each rule in the words of its source. A start is that of the record, a duration the longest one it has (elapsed, else timer, else
// moving), and what a service shows as local time is the start plus the record's own offset: 06:52Z at +02:00 is 08:52.
#include "rules.hpp"

#include <coincide/group/disjoint_sets.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <tuple>

namespace accuracy {
namespace {

using coincide::activity;
using namespace std::chrono_literals;
using ms = std::chrono::milliseconds;

// ---- what such a system knows of a record --------------------------------------------------------------------------------------

/// The types that tapiriik knows; a sport that it does not know is the nearest one above it that it does.
constexpr std::string_view common_types[] = {
    "running", "cycling", "mountain_biking", "walking", "hiking", "alpine_skiing", "cross_country_skiing", "snowboarding", "ice_skating", "swimming",
    "wheelchair", "rowing", "elliptical", "climbing", "roller_skiing", "strength_training", "stand_up_paddling", "yoga"};

coincide::sport_id type_of(const activity& r) {
    auto kind = r.sport.value_or(coincide::sport_id{});
    while (std::find(std::begin(common_types), std::end(common_types), kind.slug()) == std::end(common_types) && kind != kind.parent()) kind = kind.parent();
    return kind;
}
bool same_type(const activity& a, const activity& b) { return type_of(a) == type_of(b); }

ms start_of(const activity& r) { return r.start_time.time_since_epoch(); }
ms local_start_of(const activity& r) { return start_of(r) + r.utc_offset.value_or(0s); }
ms start_gap(const activity& a, const activity& b) { return std::chrono::abs(start_of(a) - start_of(b)); }
template <class Unit>
bool same_start(const activity& a, const activity& b) {
    return std::chrono::floor<Unit>(start_of(a)) == std::chrono::floor<Unit>(start_of(b));
}
template <class Unit>
bool same_local(const activity& a, const activity& b) {
    return std::chrono::floor<Unit>(local_start_of(a)) == std::chrono::floor<Unit>(local_start_of(b));
}

/// Zero: not known.
ms duration_of(const activity& r) {
    for (const auto& d : {r.elapsed, r.timer, r.moving})
        if (d && *d > ms{0}) return *d;
    return ms{0};
}
double meters_of(const activity& r) { return r.distance_m.value_or(0); }

/// At most so much of the larger one apart; true when one is not known.
bool within(double a, double b, double share) { return a <= 0 || b <= 0 || std::abs(a - b) <= share * std::max(a, b); }
bool durations_within(const activity& a, const activity& b, double share) {
    return within(static_cast<double>(duration_of(a).count()), static_cast<double>(duration_of(b).count()), share);
}

/// Time that both cover, as a share of the shorter or of the longer one; 0 when one has no duration, for then it covers nothing.
double overlap(const activity& a, const activity& b, bool of_the_longer) {
    const auto shorter = std::min(duration_of(a), duration_of(b)), longer = std::max(duration_of(a), duration_of(b));
    if (shorter <= ms{0}) return 0;
    const auto common = std::min(start_of(a) + duration_of(a), start_of(b) + duration_of(b)) - std::max(start_of(a), start_of(b));
    return static_cast<double>(common.count()) / static_cast<double>((of_the_longer ? longer : shorter).count());
}

// ---- rules that need more than a line --------------------------------------------------------------------------------------------

/// Types are alike when equal, when one is not known, or when both are on wheels or on foot. Then the starts are within 3 min; or of
/// one hour-blind clock time (the hour set to 0, the date kept), give or take a minute, or half an hour and 30 s.
bool tapiriik(const activity& a, const activity& b) {
    const auto x = type_of(a).slug(), y = type_of(b).slug();
    const auto known = [](std::string_view type) { return std::find(std::begin(common_types), std::end(common_types), type) != std::end(common_types); };
    const auto wheels = [](std::string_view type) { return type == "cycling" || type == "mountain_biking"; };
    const auto feet = [](std::string_view type) { return type == "running" || type == "walking" || type == "hiking"; };
    if (!(x == y || !known(x) || !known(y) || (wheels(x) && wheels(y)) || (feet(x) && feet(y)))) return false;
    if (start_gap(a, b) < 3min) return true;
    if (std::chrono::abs(local_start_of(a) - local_start_of(b)) >= 38h || !same_local<std::chrono::days>(a, b)) return false;
    const auto into_hour = [](const activity& r) { return local_start_of(r) - std::chrono::floor<std::chrono::hours>(local_start_of(r)); };
    const ms apart = std::chrono::abs(into_hour(a) - into_hour(b));
    return apart < 1min || std::chrono::abs(apart - ms{30min}) < 30s;
}

bool ridetool(const activity& a, const activity& b) {
    const bool one_key = same_start<std::chrono::minutes>(a, b) && meters_of(a) > 0 && std::floor(meters_of(a)) == std::floor(meters_of(b));
    const bool one_id = !a.external_id.empty() && a.source == b.source && a.external_id == b.external_id;
    return one_id || one_key || (start_gap(a, b) <= 2min && durations_within(a, b, 0.15) && within(meters_of(a), meters_of(b), 0.10));
}

/// The share is "of the Hevy session"; of any two records either may be that one, so both must be covered.
bool hevy2garmin(const activity& a, const activity& b) { return same_type(a, b) && start_gap(a, b) <= 20min && overlap(a, b, true) >= 0.70; }

}  // namespace

const std::vector<matching_rule>& published_rules() {
    static const std::vector<matching_rule> rules{
        {"tapiriik", "like type; start within 3 min, or the same clock time on one day with any hour, give or take 1 min or half an hour",
         "cpfair/tapiriik, tapiriik/sync/sync.py", 38h, tapiriik},
        {"RideTool", "start minute and whole meters; or start ±2 min, duration ±15 %, distance ±10 %", "ridetool.cc/docs/sync-internals", 2min, ridetool},
        {"Trainstack", "start ±2 min, same type, duration ±10 %", "trainstack.app/docs/roadmap/3", 2min,
         [](const activity& a, const activity& b) { return start_gap(a, b) <= 2min && same_type(a, b) && durations_within(a, b, 0.10); }},
        {"10 min and type", "start within 10 min, same type", "a product requirement (docs/thresholds.md)", 10min,
         [](const activity& a, const activity& b) { return start_gap(a, b) <= 10min && same_type(a, b); }},
        {"pacelore", "start within 300 s, same sport", "pacelore.com/blog/deduplication", 5min,
         [](const activity& a, const activity& b) { return start_gap(a, b) <= 300s && same_type(a, b); }},
        {"Cyclelytic", "start within 5 min, duration within 10 %", "cyclelytic.com/support", 5min,
         [](const activity& a, const activity& b) { return start_gap(a, b) <= 5min && durations_within(a, b, 0.10); }},
        {"SparkyFitness", "two sources, same date, start within 10 min, durations alike to 80 %, any sport", "CodeWithCJ/SparkyFitness, pull request 1022", 10min,
         [](const activity& a, const activity& b) {
             return a.source != b.source && same_local<std::chrono::days>(a, b) && start_gap(a, b) <= 10min && durations_within(a, b, 0.20);
         }},
        {"noop", "same sport, overlap above 50 % of the shorter one", "ryanbr/noop, Strand/Data/WorkoutSource.swift", {},
         [](const activity& a, const activity& b) { return same_type(a, b) && overlap(a, b, false) > 0.5; }},
        {"hevy2garmin", "same type, overlap 70 %, starts within 20 min", "drkostas/hevy2garmin, src/hevy2garmin/garmin.py", 20min, hevy2garmin},
        {"SyncMyWorkout", "start ±2 min, elapsed time ±4 min", "syncmyworkout.com/blog/syncmyworkout-merge-feature-explained", 2min,
         [](const activity& a, const activity& b) {
             const auto x = duration_of(a), y = duration_of(b);
             return start_gap(a, b) <= 2min && (x == ms{0} || y == ms{0} || std::chrono::abs(x - y) <= 4min);
         }},
        {"Endurain", "same second of the start (GoldenCheetah's import too)", "endurain, backend/app/activities/activity/crud.py", 1min, same_start<std::chrono::seconds>},
        {"Runalyze", "same minute of the start", "Runalyze, src/CoreBundle/Entity/Adapter/ActivityAdapter.php", 1min, same_start<std::chrono::minutes>},
        {"GoldenCheetah cloud", "same hour of the local start (the dialog of its cloud services)", "GoldenCheetah, src/Cloud/CloudService.cpp", 27h,
         same_local<std::chrono::hours>},
        {"open-wearables", "same source, start and end", "the-momentum/open-wearables, backend/app/models/event_record.py", 1min,
         [](const activity& a, const activity& b) { return a.source == b.source && start_of(a) == start_of(b) && duration_of(a) == duration_of(b); }},
        {"equal file", "same SHA-256 of the file", "martin-ueding/geo-activity-playground, directory_import/importer.py; jovandeginste/workout-tracker", 38h,
         [](const activity& a, const activity& b) { return !a.file.sha256.empty() && a.file.sha256 == b.file.sha256; }},
    };
    return rules;
}

const std::vector<rule_family>& swept_rules() {
    static const std::vector<rule_family> families = [] {
        rule_family start{"start within n min, same sport", {}}, common{"overlap above n %, same sport", {}};
        for (const int n : {1, 2, 3, 5, 10, 15, 20, 30, 45, 60}) {
            const std::chrono::minutes gap{n};
            start.rules.push_back({std::to_string(n) + " min", {}, {}, gap, [gap](const activity& a, const activity& b) { return start_gap(a, b) <= gap && same_type(a, b); }});
        }
        for (const int n : {95, 90, 80, 70, 60, 50, 40, 30, 20, 10, 5})
            common.rules.push_back({std::to_string(n) + " %", {}, {}, {}, [n](const activity& a, const activity& b) { return same_type(a, b) && 100 * overlap(a, b, false) > n; }});
        return std::vector{start, common};
    }();
    return families;
}

std::vector<std::uint32_t> groups_by(const matching_rule& rule, std::span<const activity> records) {
    const auto n = static_cast<std::uint32_t>(records.size());
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    const auto key = [&](std::uint32_t r) { return std::tuple{std::string_view{records[r].athlete_id}, start_of(records[r]), r}; };
    std::sort(order.begin(), order.end(), [&](auto x, auto y) { return key(x) < key(y); });
    coincide::disjoint_sets groups{n};
    for (std::uint32_t i = 0; i < n; ++i) {
        const auto& earlier = records[order[i]];
        const auto until = start_of(earlier) + (rule.reach ? ms{*rule.reach} : duration_of(earlier));
        for (auto j = i + 1; j < n; ++j) {
            const auto& later = records[order[j]];
            if (later.athlete_id != earlier.athlete_id || start_of(later) > until) break;
            if (rule.same(earlier, later)) groups.unite(order[i], order[j]);
        }
    }
    std::vector<std::uint32_t> group(n);
    for (std::uint32_t i = 0; i < n; ++i) group[i] = groups.root(i);
    return group;
}

}  // namespace accuracy

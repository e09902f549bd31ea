// SPDX-License-Identifier: BSL-1.0
//
// Which clocks of a history are wrong, and when. A service that takes local time for UTC, or a watch that is 22 minutes late, is wrong
// by the same amount again and again; the pairs that tracks or equal figures settle teach it, and then the pairs that have neither
// are compared on the right time.
//
//     9 of strava's records of 1 to 20 March stand 7 h after their twins, 4 beside them
//         ->  {.source = "strava", .from = 16 February, .to = 3 April, .ahead = 7 h, .pairs = 9}
//
// An error that is known is a second reading of a time, not a correction: both are tried, and the better one counts.
//
// Learning is a step of its own: the table goes into the policy (match_policy::clocks), and grouping stays a pure function of it.
//
//     const auto clocks = learn_clocks(rides, group(rides, presets::balanced));
//     auto policy = presets::balanced;
//     policy.clocks = clocks;
//     const auto groups = group(rides, policy);          // all this in one call: group_and_learn(rides, presets::balanced)
#pragma once

#include <coincide/group/group.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

struct clock_learning {
    std::uint32_t pairs_min = 3;  // two may be one habit that was taken for a wrong clock; three with one error hardly are
    seconds spread_max{20};       // between the errors of one clock: what starts by hand and small errors make of one
    seconds error_min{90};     // a shift is told to some seconds; below that tracks and spans mostly agree by themselves
    seconds reach{14 * 86400};    // between two pairs of one run, and beyond its first and last
};

namespace detail {

/// What one joined pair says of one of its two clocks. The athlete, and a source or a device.
struct clock_sighting {
    std::string_view athlete, source, device;
    instant at{};
    std::int64_t ahead_s = 0;
    std::uint32_t link = 0;
    [[nodiscard]] auto clock() const { return std::tie(athlete, source, device); }
};

/// Whether a source tells times by a clock of its own: files and persons do not.
constexpr bool is_clock(std::string_view source) noexcept {
    const auto kind = kind_of_source(source);
    return !source.empty() && kind != source_kind::format && kind != source_kind::person;
}

/// Of two clocks that explain as many pairs, the one that more often is wrong: who gets data from others also converts its times.
constexpr int often_wrong(const clock_sighting& s) noexcept {
    const auto kind = kind_of_source(s.source);
    return s.source.empty() ? 0 : kind == source_kind::aggregator ? 3 : kind == source_kind::platform ? 2 : 1;
}

/// Sightings of one clock that agree, no two neighbors further apart than the reach.
struct clock_run {
    std::size_t first = 0, last = 0;
    std::int64_t ahead_s = 0;
    std::uint32_t pairs = 0;  // 0: others of that clock say otherwise more than three times as often
};

/// The run that begins at `first`, among the sightings of its clock up to `to`; marks its members. Explained links count neither way.
/// O(sightings within reach of the run).
inline clock_run run_from(std::span<const clock_sighting> all, const std::vector<char>& explained, std::size_t to, std::size_t first,
                          const clock_learning& options, std::vector<char>& in_run) {
    clock_run run{first, first, all[first].ahead_s, 1};
    std::uint32_t others = 0, others_so_far = 0;
    for (auto i = first + 1; i < to && all[i].at - all[run.last].at <= options.reach; ++i) {
        if (explained[all[i].link]) continue;
        if (magnitude(all[i].ahead_s - run.ahead_s) > options.spread_max.count()) {
            ++others_so_far;
            continue;
        }
        run.last = i, others = others_so_far, in_run[i] = 1;
        ++run.pairs;
    }
    if (others > 3 * run.pairs) run.pairs = 0;
    return run;
}

/// A zone is wrong by whole quarters of an hour; what is near one is that.
constexpr std::int64_t snapped_to_quarter(std::int64_t ahead_s, std::int64_t within_s) noexcept {
    const auto quarter = quarters_in(ahead_s * 1000) * 900;
    return magnitude(ahead_s - quarter) <= within_s ? quarter : ahead_s;
}

/// The longest run first; what it explains counts no more for the other clock of its pairs. `all` by clock and time.
inline void learn_of_athlete(std::span<const clock_sighting> all, std::vector<char>& explained, const clock_learning& options, std::vector<clock_error>& out) {
    while (true) {
        clock_run best;
        std::vector<char> in_run(all.size(), 0);  // what began no run of its own: it would only be shorter
        for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
            while (to < all.size() && all[to].clock() == all[from].clock()) ++to;
            for (auto i = from; i < to; ++i) {
                if (explained[all[i].link] || in_run[i] || magnitude(all[i].ahead_s) < options.error_min.count()) continue;
                const auto run = run_from(all, explained, to, i, options, in_run);
                if (run.pairs < options.pairs_min) continue;
                if (best.pairs == 0 || std::pair{run.pairs, often_wrong(all[i])} > std::pair{best.pairs, often_wrong(all[best.first])}) best = run;
            }
        }
        if (best.pairs == 0) return;
        const auto &first = all[best.first], &last = all[best.last];
        out.push_back({std::string{first.athlete}, std::string{first.source}, std::string{first.device}, first.at - options.reach, last.at + options.reach,
                       seconds{snapped_to_quarter(best.ahead_s, options.spread_max.count())}, best.pairs});
        for (auto i = best.first; i <= best.last; ++i)
            if (magnitude(all[i].ahead_s - best.ahead_s) <= options.spread_max.count()) explained[all[i].link] = 1;
    }
}

}  // namespace detail

/// Learns the constant errors of sources and devices from the joined links of a grouping of the same records. Of two clocks that
/// disagree the one is taken to be wrong that explains more pairs; where both explain as many, the choice changes no group.
///
/// Complexity  O(links log links), and for each entry found once more through the links of its athlete
/// Absent      a record without source and device serial teaches nothing
template <std::ranges::random_access_range R>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] std::vector<clock_error> learn_clocks(const R& records, const grouping& groups, const clock_learning& options = {}) {
    std::vector<detail::clock_sighting> all;
    std::uint32_t links = 0;
    for (const auto g : groups)
        for (const auto& link : g.links) {
            if (!link.joined || link.why.find(evidence_code::parent)) continue;
            const auto* shift = link.why.find(evidence_code::clock_shift);
            if (shift && shift->b != 0) continue;  // a clock that was never set is another one each time
            const std::int64_t a_ahead_s = shift ? shift->a : 0;
            for (const auto& [row, ahead_s] : {std::pair{link.a, a_ahead_s}, std::pair{link.b, -a_ahead_s}}) {
                const auto& one = detail::record_at<R>(&records, row);
                const auto at = read(one, start_time);
                const device_info* on = read_if_bound(one, coincide::device);
                const auto athlete = read_if_bound(one, athlete_id).value_or("");
                if (!at) continue;
                if (const auto from = read_if_bound(one, coincide::source).value_or(""); detail::is_clock(from))
                    all.push_back({athlete, from, "", *at, ahead_s, links});
                if (on && !on->serial.empty()) all.push_back({athlete, "", on->serial, *at, ahead_s, links});
            }
            ++links;
        }
    std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) {
        return std::tuple{x.athlete, x.source, x.device, x.at, x.ahead_s, x.link} < std::tuple{y.athlete, y.source, y.device, y.at, y.ahead_s, y.link};
    });

    std::vector<clock_error> out;
    std::vector<char> explained(links, 0);
    for (std::size_t from = 0, to = 0; from < all.size(); from = to) {
        while (to < all.size() && all[to].athlete == all[from].athlete) ++to;
        detail::learn_of_athlete(std::span{all}.subspan(from, to - from), explained, options, out);
    }
    return out;
}

struct learned_grouping {
    grouping groups{};
    std::vector<clock_error> clocks{};  // what was learned; the policy that leads to these groups again has it as its table
};

/// Groups, learns, and groups once more on what was learned. Parameters as for `group`.
template <std::ranges::random_access_range R, track_supply Tracks = std::span<const prepared_tracks>>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] learned_grouping group_and_learn(const R& records, match_policy policy, std::span<const pin> pins = {}, std::span<const row_pair> also = {},
                                               const Tracks& tracks = {}) {
    learned_grouping out{group(records, policy, pins, also, tracks), {}};
    if (policy.window) return out;
    out.clocks = learn_clocks(records, out.groups);
    if (out.clocks.empty()) return out;
    policy.clocks = out.clocks;
    out.groups = group(records, policy, pins, also, tracks);
    return out;
}

}  // namespace coincide

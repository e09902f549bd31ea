// SPDX-License-Identifier: BSL-1.0
//
// A clock that was never set says nothing, so its record is looked for by place, over the whole history: a Boost.Geometry R-tree over the
// boxes of the tracks. Link coincide::geo to use it; it needs RTTI, as Boost does.
//
//     const auto also = pairs_of_one_place(rides);                     // 1989's ride with the 12 rides whose boxes are like its own
//     const auto groups = group(rides, presets::balanced, pins, also);
//
// A pair is only worth comparing; what joins is a shift of the clock at which both tracks are at one place all along
// (match/unset_clock.hpp).
#pragma once

#include <coincide/group/pins.hpp>
#include <coincide/match/signature.hpp>
#include <coincide/record/activity.hpp>

#include <boost/geometry/core/cs.hpp>
#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point.hpp>
#include <boost/geometry/index/rtree.hpp>
#include <boost/geometry/strategies/strategies.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

struct place_options {
    std::size_t alike_max = 256;  // of one clock that was never set; of more, those whose box and length are most like its own
};

/// Degrees; east of the antimeridian longitudes go on beyond 180.
using place_box = boost::geometry::model::box<boost::geometry::model::point<double, 2, boost::geometry::cs::cartesian>>;

/// The box of a track; none where it has no two positions. O(fixes).
template <std::ranges::input_range Fixes>
    requires fix<std::ranges::range_value_t<Fixes>>
[[nodiscard]] std::optional<place_box> box_of(Fixes&& fixes) {
    double south = 90, north = -90, west = 540, east = -540, first = 0;
    std::size_t n = 0;
    for (auto&& f : fixes) {
        const auto lat = read(f, lat_deg), lon = read(f, lon_deg);
        if (!lat || !lon || !(*lat >= -90 && *lat <= 90 && *lon >= -180 && *lon <= 180) || (*lat == 0 && *lon == 0)) continue;
        if (n++ == 0) first = *lon;
        const double near_first = *lon - first > 180 ? *lon - 360 : *lon - first < -180 ? *lon + 360 : *lon;
        south = std::min(south, *lat), north = std::max(north, *lat), west = std::min(west, near_first), east = std::max(east, near_first);
    }
    if (n < 2) return std::nullopt;
    return place_box{{west, south}, {east, north}};
}

namespace detail {

struct placed_row {
    std::uint32_t row = 0;
    bool unset = false;
    place_box box{};
    std::int64_t length_ms = 0;
    std::uint64_t identity = 0;  // decides between equals, so that the order of the input does not
};

/// How unlike two records are: a hundredth of a degree at an edge counts as ten minutes of length.
inline double unlikeness(const placed_row& x, const placed_row& y) {
    namespace bg = boost::geometry;
    const auto edges = std::abs(bg::get<bg::min_corner, 0>(x.box) - bg::get<bg::min_corner, 0>(y.box)) + std::abs(bg::get<bg::max_corner, 0>(x.box) - bg::get<bg::max_corner, 0>(y.box)) +
                       std::abs(bg::get<bg::min_corner, 1>(x.box) - bg::get<bg::min_corner, 1>(y.box)) + std::abs(bg::get<bg::max_corner, 1>(x.box) - bg::get<bg::max_corner, 1>(y.box));
    return edges * 100 + std::abs(static_cast<double>(x.length_ms - y.length_ms)) / 600000;
}

inline void pair_places(const std::vector<placed_row>& all, const place_options& options, std::vector<row_pair>& out) {
    namespace bg = boost::geometry;
    std::vector<std::pair<place_box, std::size_t>> entries;
    for (std::size_t i = 0; i < all.size(); ++i) entries.emplace_back(all[i].box, i);
    const bg::index::rtree<std::pair<place_box, std::size_t>, bg::index::rstar<16>> tree(entries);
    for (const auto& lost : all) {
        if (!lost.unset) continue;
        std::vector<std::tuple<double, std::uint64_t, std::uint32_t>> found;
        for (const double turn : {0.0, -360.0, 360.0}) {
            auto turned = lost;
            bg::set<bg::min_corner, 0>(turned.box, bg::get<bg::min_corner, 0>(lost.box) + turn);
            bg::set<bg::max_corner, 0>(turned.box, bg::get<bg::max_corner, 0>(lost.box) + turn);
            for (auto at = tree.qbegin(bg::index::intersects(turned.box)); at != tree.qend(); ++at)
                if (const auto& other = all[at->second]; other.row != lost.row) found.emplace_back(unlikeness(turned, other), other.identity, other.row);
        }
        std::sort(found.begin(), found.end());
        found.resize(std::min(found.size(), options.alike_max));
        for (const auto& [unlike, identity, row] : found) out.push_back({std::min(row, lost.row), std::max(row, lost.row)});
    }
}

}  // namespace detail

/// Pairs of records of one athlete, of which one has no set clock, whose tracks' boxes meet, of each clock at most the limit; sorted, each
/// once.
///
/// `fixes_of`  the positions of a row, for a host that keeps them elsewhere: any range of fixes
/// Complexity  nothing is read of a history without such a clock; else O(fixes + n log n) for the athletes that have one
/// Absent      records without a track are in no pair
template <std::ranges::random_access_range R, std::invocable<std::uint32_t> FixesOf>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] std::vector<row_pair> pairs_of_one_place(const R& records, const place_options& options, FixesOf&& fixes_of) {
    std::map<std::string_view, std::vector<detail::placed_row>> lost;  // by athlete
    const auto whose = [](const auto& r) { return std::string_view{read_if_bound(r, athlete_id).value_or("")}; };
    for (const auto& r : records)
        if (read_if_bound(r, unset_clock).value_or(false)) lost.try_emplace(whose(r));
    if (lost.empty()) return {};
    const auto identity_of = [](const auto& r) { return detail::hash_more(detail::hash_text(read_if_bound(r, source).value_or("")), read_if_bound(r, external_id).value_or("")); };
    std::uint32_t row = 0;
    for (const auto& r : records) {
        const auto of = lost.find(whose(r));
        if (const auto at = row++; of != lost.end())
            if (const auto box = box_of(fixes_of(at)))
                of->second.push_back({at, read_if_bound(r, unset_clock).value_or(false), *box, detail::duration_of(r).ms, identity_of(r)});
    }
    std::vector<row_pair> out;
    for (const auto& [athlete, all] : lost) detail::pair_places(all, options, out);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// The same by the records' own tracks.
template <std::ranges::random_access_range R>
    requires record<std::ranges::range_value_t<R>> && has_role<std::ranges::range_value_t<R>, track_t>
[[nodiscard]] std::vector<row_pair> pairs_of_one_place(const R& records, const place_options& options = {}) {
    return pairs_of_one_place(records, options, [&](std::uint32_t row) -> decltype(auto) {
        return track_of(std::ranges::begin(records)[static_cast<std::ranges::range_difference_t<const R>>(row)]);
    });
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// Which records show one activity. The public entry of matching:
//
//     for (auto const& g : coincide::group(rides, presets::balanced)) {
//         for (auto row : g.members) …            // rows of `rides`, sorted by identity
//         for (auto const& link : g.links) …      // every decided pair, with its evidence
//         if (g.review) …                         // a person should look: a link here was not joined
//     }
//
// Pure: the same records, pins and policy give the same groups, whatever the order of the records. (Records without source and
// external_id have no identity; ties between equal ones go by row.) Every record is in exactly one group. Records of two
// athletes never meet. Nothing is kept: the answer holds rows, not records.
#pragma once

#include <coincide/group/grouper.hpp>

#include <concepts>
#include <cstdint>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace coincide {

/// Where the tracks of a grouping come from when not from the records: prepared before (prepare_tracks, decode_tracks), of the first so
/// many rows; or a function of the row, called when its tracks are needed, for a host that keeps them elsewhere:
///
///     group(rides, policy, {}, {}, [&](std::uint32_t row) { return decode_tracks(bytes_of(rides[row])).value_or(prepared_tracks{}); });
///
/// Either way by the `sampling` of the same policy.
template <class T>
concept track_supply = std::convertible_to<const T&, std::span<const prepared_tracks>> || std::is_invocable_r_v<prepared_tracks, const T&, std::uint32_t>;

namespace detail {
template <std::ranges::random_access_range R>
[[nodiscard]] decltype(auto) record_at(const void* records, std::uint32_t row) {
    return std::ranges::begin(*static_cast<const R*>(records))[static_cast<std::ranges::range_difference_t<R>>(row)];
}
/// The records of a call: all of a range, or the rows that are listed.
template <std::ranges::random_access_range R, track_supply Tracks = std::span<const prepared_tracks>>
struct record_rows {
    const R* records = nullptr;
    const std::vector<std::uint32_t>* rows = nullptr;  // null: all
    const Tracks* tracks = nullptr;                    // null: of the records
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(rows ? rows->size() : std::ranges::size(*records)); }
    [[nodiscard]] decltype(auto) at(std::uint32_t row) const { return record_at<R>(records, place_of(row)); }
    [[nodiscard]] track_handle tracks_at(std::uint32_t row, const match_policy& by) const {
        const auto place = place_of(row);
        if constexpr (std::invocable<const Tracks&, std::uint32_t>) {
            return track_handle{prepared_tracks{(*tracks)(place)}};
        } else {
            const auto prepared = tracks ? std::span<const prepared_tracks>{*tracks} : std::span<const prepared_tracks>{};
            return place < prepared.size() ? track_handle{prepared[place]} : track_handle{prepare_tracks(at(row), by.sampling)};
        }
    }

private:
    [[nodiscard]] std::uint32_t place_of(std::uint32_t row) const { return rows ? (*rows)[row] : row; }
};
template <std::ranges::random_access_range R, track_supply Tracks>
[[nodiscard]] grouper grouper_of(const record_rows<R, Tracks>& records, const match_policy& policy, std::span<const pin> pins, std::span<const row_pair> also) {
    std::vector<record_identity> identities;
    identities.reserve(records.size());
    for (std::uint32_t r = 0; r < records.size(); ++r) {
        const auto& one = records.at(r);
        identities.push_back({read_if_bound(one, athlete_id).value_or(""), read_if_bound(one, coincide::source).value_or(""),
                              read_if_bound(one, external_id).value_or(""), read(one, start_time).value_or(instant{})});
    }
    const record_source from{
        &records,
        [](const void* all, std::uint32_t row, const match_policy& by) { return features_of(static_cast<const record_rows<R, Tracks>*>(all)->at(row), row, by.clocks); },
        [](const void* all, std::uint32_t row, const match_policy& by) { return static_cast<const record_rows<R, Tracks>*>(all)->tracks_at(row, by); },
    };
    return {from, std::move(identities), policy, pins, also};
}
}  // namespace detail

/// Groups records by the activity they show. `records` is any random-access range of a described type; at most 2^32 rows.
///
/// `also`      further pairs to compare, such as those of one place (adapters/places.hpp)
/// `tracks`    those that were prepared before, or a function that brings them; the others are prepared from the records when they are needed
/// Complexity  O(n log n + pairs near in time · seconds of their tracks); memory O(n) and the tracks of one neighborhood.
/// Absent      a record without a start meets others by an identity or an equal duration, and stands alone otherwise.
/// Errors      none; hostile values are absent values.
template <std::ranges::random_access_range R, track_supply Tracks = std::span<const prepared_tracks>>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] grouping group(const R& records, const match_policy& policy, std::span<const pin> pins = {}, std::span<const row_pair> also = {},
                             const Tracks& tracks = {}) {
    const detail::record_rows<R, Tracks> all{&records, nullptr, &tracks};
    return detail::grouper_of(all, policy, pins, also).run();
}

/// The rows (sorted) whose grouping a record takes part in: grouped alone they come out as they do in the whole, and no other row's
/// group depends on `row`. So a new record is a matter of its neighborhood, whatever came before it:
///
///     const auto near = neighborhood(rides, new_row, policy);    // 5 rows of 40 000
///     group(the rides of these rows, policy)                     // replaces their groups; all others stay as they are
///
/// A row that is none has none. `tracks` as for `group`. `also` must be the same pairs: where pairs_of_one_place cuts, one more record may change them.
///
/// Complexity  O(n log n) on signatures; tracks are read of the neighborhood and of what it is compared with
template <std::ranges::random_access_range R, track_supply Tracks = std::span<const prepared_tracks>>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] std::vector<std::uint32_t> neighborhood(const R& records, std::uint32_t row, const match_policy& policy, std::span<const pin> pins = {},
                                                      std::span<const row_pair> also = {}, const Tracks& tracks = {}) {
    const detail::record_rows<R, Tracks> all{&records, nullptr, &tracks};
    return detail::grouper_of(all, policy, pins, also).neighborhood_of({&row, 1}, [](std::uint32_t) {});
}

}  // namespace coincide

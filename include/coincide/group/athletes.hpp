// SPDX-License-Identifier: BSL-1.0
//
// Grouping on as many threads as the host likes. Records of two athletes never meet, so a batch falls into pieces that know nothing of
// each other; the host runs them where it wants, and joins the answers:
//
//     const auto pieces = split_by_athlete(rides, 16);             // 40 000 rows of 900 athletes: 16 pieces of some 2500 rows
//     std::vector<grouping> answers(pieces.size());
//     tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t i) { answers[i] = group_piece(rides, pieces[i], policy); });
//     const auto groups = join_pieces(answers);                    // the same as group(rides, policy), to the last link
//
// No thread, lock or atomic is in here. Pieces only read the records; reading described records of one container from several threads is safe
// where reading the container is.
#pragma once

#include <coincide/group/group.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

/// Rows of whole athletes, ascending.
using athlete_piece = std::vector<std::uint32_t>;

/// At most `pieces_max` pieces, in the order of athletes; each but the last has at least its share of the records. An athlete is never divided, so
/// few athletes make uneven pieces: ask for several pieces a thread. Records without an athlete are one athlete's. O(n log n).
template <std::ranges::random_access_range R>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] std::vector<athlete_piece> split_by_athlete(const R& records, std::size_t pieces_max) {
    std::vector<std::pair<std::string_view, std::uint32_t>> order;
    const auto n = static_cast<std::uint32_t>(std::ranges::size(records));
    order.reserve(n);
    for (std::uint32_t row = 0; row < n; ++row) order.emplace_back(read_if_bound(detail::record_at<R>(&records, row), athlete_id).value_or(""), row);
    std::sort(order.begin(), order.end());
    const auto enough = (order.size() + std::max<std::size_t>(pieces_max, 1) - 1) / std::max<std::size_t>(pieces_max, 1);
    std::vector<athlete_piece> out;
    for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
        while (to < order.size() && order[to].first == order[from].first) ++to;
        if (out.empty() || out.back().size() >= enough) out.emplace_back();
        for (auto i = from; i < to; ++i) out.back().push_back(order[i].second);
    }
    for (auto& piece : out) std::sort(piece.begin(), piece.end());
    return out;
}

namespace detail {
/// The pairs of which both rows are in the piece, by their places in it.
template <class Pair>
[[nodiscard]] std::vector<Pair> pairs_inside(std::span<const Pair> pairs, const athlete_piece& piece) {
    const auto place_of = [&](std::uint32_t row) -> std::optional<std::uint32_t> {
        const auto at = std::lower_bound(piece.begin(), piece.end(), row);
        if (at == piece.end() || *at != row) return std::nullopt;
        return static_cast<std::uint32_t>(at - piece.begin());
    };
    std::vector<Pair> out;
    for (auto pair : pairs)
        if (const auto a = place_of(pair.a), b = place_of(pair.b); a && b) pair.a = *a, pair.b = *b, out.push_back(pair);
    return out;
}
}  // namespace detail

/// The groups of one piece, by rows of `records`. Pins, further pairs and tracks are those of all; O(pairs log rows) for the pairs, else as `group`.
template <std::ranges::random_access_range R, track_supply Tracks = std::span<const prepared_tracks>>
    requires record<std::ranges::range_value_t<R>>
[[nodiscard]] grouping group_piece(const R& records, const athlete_piece& piece, const match_policy& policy, std::span<const pin> pins = {}, std::span<const row_pair> also = {},
                                   const Tracks& tracks = {}) {
    const auto own_pins = detail::pairs_inside(pins, piece);
    const auto own_pairs = detail::pairs_inside(also, piece);
    const detail::record_rows<R, Tracks> rows{&records, &piece, &tracks};
    auto out = detail::grouper_of(rows, policy, own_pins, own_pairs).run();
    out.renumber(piece);
    return out;
}

/// The groups of all pieces, in the order of the pieces. O(rows and links).
[[nodiscard]] inline grouping join_pieces(std::span<const grouping> pieces) {
    grouping out;
    for (const auto& piece : pieces) out.append(piece);
    return out;
}

}  // namespace coincide

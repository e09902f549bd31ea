// SPDX-License-Identifier: BSL-1.0
//
// Questions that tests ask of a grouping.
#pragma once

#include <coincide/group/group.hpp>
#include <coincide/record/activity.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

namespace rides {

/// The number of the group that holds a row.
inline std::size_t group_of(const coincide::grouping& groups, std::uint32_t row) {
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const auto member : groups[g].members)
            if (member == row) return g;
    return groups.size();
}
inline bool together(const coincide::grouping& groups, std::uint32_t x, std::uint32_t y) {
    return group_of(groups, x) == group_of(groups, y);
}

/// The link of two rows in a group, in either direction; null when there is none.
inline const coincide::pair_link* link_between(const coincide::record_group& group, std::uint32_t x, std::uint32_t y) {
    for (const auto& link : group.links)
        if ((link.a == x && link.b == y) || (link.a == y && link.b == x)) return &link;
    return nullptr;
}

inline std::string identity_of(const coincide::activity& r) { return r.athlete_id + "/" + r.source + "/" + r.external_id; }

/// A grouping as text of identities, so that groupings of reordered records can be compared: members, links, relations, weights.
inline std::vector<std::string> told(const std::vector<coincide::activity>& records, const coincide::grouping& groups) {
    std::vector<std::string> lines;
    for (const auto group : groups) {
        std::string line = group.review ? "review" : "";
        for (const auto row : group.members) line += " " + identity_of(records[row]);
        for (const auto& link : group.links) {
            line += " | " + identity_of(records[link.a]) + (link.joined ? " " : " not ") +
                    std::string{to_string(link.kind)} + " " + identity_of(records[link.b]);
            for (const auto& e : link.why)
                line += " " + std::string{to_string(e.of)} + " " + std::to_string(e.a) + " " + std::to_string(e.b) + " " +
                        std::to_string(e.weight);
        }
        lines.push_back(line);
    }
    return lines;
}

/// Rows of some records in the order that a group lists its members: by source and external id.
inline std::vector<std::uint32_t> rows_by_identity(const std::vector<coincide::activity>& records) {
    std::vector<std::uint32_t> rows(records.size());
    std::iota(rows.begin(), rows.end(), 0u);
    std::sort(rows.begin(), rows.end(), [&](auto x, auto y) {
        return std::tie(records[x].source, records[x].external_id, x) <
               std::tie(records[y].source, records[y].external_id, y);
    });
    return rows;
}

}  // namespace rides

// SPDX-License-Identifier: BSL-1.0
//
// Groups as the transitive closure of pairs (union and find, with halved paths): what the published rules make of their pairs.
//
//     disjoint_sets sets{4};
//     sets.unite(0, 2);  sets.unite(2, 3);
//     sets.root(0) == sets.root(3)      // 0, 2 and 3 are one set; 1 stands alone
//
// The root of a set is its smallest number, whatever the order of the unions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace coincide {

class disjoint_sets {
public:
    explicit disjoint_sets(std::uint32_t n) : above_(n) { std::iota(above_.begin(), above_.end(), 0u); }

    [[nodiscard]] std::uint32_t root(std::uint32_t i) {
        while (above_[i] != i) i = above_[i] = above_[above_[i]];
        return i;
    }
    void unite(std::uint32_t a, std::uint32_t b) {
        const auto x = root(a), y = root(b);
        above_[std::max(x, y)] = std::min(x, y);
    }

private:
    std::vector<std::uint32_t> above_;
};

}  // namespace coincide

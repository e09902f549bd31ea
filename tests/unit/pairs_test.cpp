// SPDX-License-Identifier: BSL-1.0
//
// All pairs of many records, and one record into many: whatever the order and the crowd, exactly those that the rule takes.
#include "activities.hpp"

#include <coincide/group/disjoint_sets.hpp>
#include <coincide/match/pairs.hpp>
#include <coincide/match/signature_index.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

using namespace coincide;

namespace {

using row_pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

/// Records of a few athletes, some alike, some at one instant, some without a clock, some far away in time.
std::vector<signature> some_records(std::uint64_t seed, std::size_t n) {
    rides::dice roll{seed};
    const auto athletes = 1 + roll.below(20), days = 1 + roll.below(400);
    std::vector<signature> all;
    for (std::size_t i = 0; i < n; ++i) {
        signature s;
        s.athlete = static_cast<std::uint32_t>(detail::hash_text(std::to_string(roll.below(athletes))) >> 32);
        s.start_ms = static_cast<std::int64_t>(1716800000 + roll.below(days) * 86400) * 1000 + static_cast<std::int64_t>(roll.below(240) * 1000);
        if (roll.one_in(50)) s.start_ms = roll.one_in(2) ? -62135596800000 : 253402300799000;
        s.elapsed_ms = roll.one_in(10) ? 0 : static_cast<std::uint32_t>(3000000 + roll.below(900000));
        s.distance_5cm = roll.one_in(10) ? 0 : static_cast<std::uint32_t>(200000 + roll.below(40000));
        s.sport = static_cast<std::uint32_t>(roll.below(2)) & 1u, s.has_sport = roll.one_in(5) ? 0 : 1;
        s.clock_unset = roll.one_in(40) ? 1 : 0;
        s.row = static_cast<std::uint32_t>(i);
        all.push_back(s);
    }
    return all;
}
row_pairs every_pair(const fuzzy_window& w, const std::vector<signature>& all) {
    row_pairs out;
    for (const auto& a : all)
        for (const auto& b : all)
            if (a.row < b.row && inside(w, a, b)) out.emplace(a.row, b.row);
    return out;
}
std::vector<std::pair<std::uint32_t, std::uint32_t>> found_by(pair_finder& find, const std::vector<signature>& all) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    find(all, [&](std::uint32_t a, std::uint32_t b) { out.emplace_back(a, b); });
    return out;
}
row_pairs as_set(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& list) {
    row_pairs out;
    for (const auto& [a, b] : list) out.emplace(std::min(a, b), std::max(a, b));
    return out;
}

constexpr fuzzy_window windows[] = {presets::ridetool, presets::trainstack, presets::sync_prd, {.start_gap_max = seconds{0}}, {.start_gap_max = seconds{10}, .equal_key = true}};

}  // namespace

TEST_CASE("the batch finds exactly the pairs that the rule takes, each once, in an order that the input's does not change", "[pairs][law]") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        rides::dice roll{seed};
        auto all = some_records(seed, seed % 8 == 0 ? roll.below(4) : 50 + roll.below(400));
        for (const auto& w : windows) {
            pair_finder find{w};
            const auto found = found_by(find, all);
            INFO("seed " << seed);
            REQUIRE(as_set(found) == every_pair(w, all));
            REQUIRE(as_set(found).size() == found.size());
            roll.shuffle(all);
            REQUIRE(found_by(find, all) == found);
            std::sort(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.row < y.row; });
        }
    }
}

TEST_CASE("thousands of records that start together are found, and sorted where counting does not part them", "[pairs][hostile]") {
    std::vector<signature> all(3000);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].start_ms = 1716800000000 + static_cast<std::int64_t>(i * 7919 % all.size());  // within three seconds, in no order
        all[i].row = static_cast<std::uint32_t>(i);
        if (i % 1000 == 0) all[i].start_ms = i == 0 ? -62135596800000 : 253402300799000;  // and one that stretches the scale
    }
    pair_finder find{presets::sync_prd};
    std::size_t pairs = 0;
    find(all, [&](std::uint32_t, std::uint32_t) { ++pairs; });
    CHECK(pairs == std::size_t{2997} * 2996 / 2 + 1);
}

TEST_CASE("the index gives for each record those that the rule takes, whatever was inserted before", "[pairs][law]") {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const auto all = some_records(seed, 300);
        for (const auto& w : windows) {
            signature_index index{w};
            row_pairs found;
            std::size_t kept = 0;
            for (const auto& s : all) {
                index.find(s, [&](const signature& other) { REQUIRE(found.emplace(other.row, s.row).second); });
                kept += index.insert(s);
            }
            REQUIRE(found == every_pair(w, all));
            REQUIRE(index.size() == kept);
            REQUIRE(kept == static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const signature& s) { return s.clock_unset == 0; })));
            row_pairs of_batch, one_by_one;
            index.find_all(all, [&](const signature& query, const signature& other) { of_batch.emplace(query.row, other.row); });
            for (const auto& s : all) index.find(s, [&](const signature& other) { one_by_one.emplace(s.row, other.row); });
            REQUIRE(of_batch == one_by_one);
        }
    }
}

TEST_CASE("a crowd in one hour fills its cell and no more, and the rest is told", "[pairs][hostile]") {
    signature_index index{presets::ridetool};
    signature s;
    s.start_ms = 1716800000000, s.athlete = 42;
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < 5000; ++i) s.row = i, refused += !index.insert(s);
    CHECK(index.size() + refused == 5000);
    CHECK(index.size() > signature_index::crowd_max);
    CHECK(refused > 3000);
    s.athlete = 43;
    CHECK(index.insert(s));
}

TEST_CASE("sets have their smallest number as root, in whatever order they were united", "[pairs]") {
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> edges{{5, 9}, {2, 5}, {9, 1}, {7, 8}, {0, 0}};
    auto order = edges;
    rides::dice roll{1};
    for (int i = 0; i < 20; ++i) {
        roll.shuffle(order);
        disjoint_sets sets{10};
        for (const auto& [a, b] : order) sets.unite(a, b);
        std::vector<std::uint32_t> roots;
        for (std::uint32_t k = 0; k < 10; ++k) roots.push_back(sets.root(k));
        CHECK((roots == std::vector<std::uint32_t>{0, 1, 1, 3, 4, 1, 6, 7, 7, 1}));
    }
}

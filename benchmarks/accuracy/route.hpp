// SPDX-License-Identifier: BSL-1.0
//
// The ways people go, in meters east and north of home: streets with corners, roads that bend, trails that wind.
//
//     rng chance{1};
//     const landscape hills = landscape_of(chance);
//     const route loop = make_loop(chance, hills, surface::streets, {0, 0}, 5000);
//     walker on{&loop};
//     on.at(120);      // 120 m from the start: {x, y, ele}
#pragma once

#include "random.hpp"

#include <vector>

namespace accuracy {

struct place {
    double x = 0, y = 0, ele = 0;
};

enum class surface : std::uint8_t { streets, roads, trails, water };

/// Heights of the ground: three crossing waves. And how the street grid lies.
struct landscape {
    double height_m[3]{}, length_m[3]{}, east[3]{}, north[3]{}, phase[3]{};
    double base_m = 0, street_turn = 0;
    [[nodiscard]] double height(double x, double y) const;
};
[[nodiscard]] landscape landscape_of(rng&);

struct route {
    std::vector<place> points{};
    std::vector<double> along{};  // meters from the start to each point
    [[nodiscard]] double length() const noexcept { return along.empty() ? 0 : along.back(); }
    void add(place);
};

/// A loop through `home` of about that length.
[[nodiscard]] route make_loop(rng&, const landscape&, surface, place home, double meters);
[[nodiscard]] route make_way(rng&, const landscape&, surface, place from, place to);
/// The same way, the other direction.
[[nodiscard]] route reversed(const route&);
[[nodiscard]] route out_and_back(const route& out);
/// A running track of 400 m, so many laps.
[[nodiscard]] route make_oval(place center, double turn, double meters);
/// Both, one after the other, joined where the first ends.
[[nodiscard]] route joined(const route& first, const route& then);

/// Goes along a route, forward: O(1) a step. Without a route it stays at home.
class walker {
public:
    explicit walker(const route* way) noexcept : way_{way} {}
    /// Where one is after so many meters; the ends for distances beyond them.
    [[nodiscard]] place at(double meters) noexcept;
    /// Rise per meter there.
    [[nodiscard]] double slope_at(double meters) noexcept;

private:
    bool seek(double meters) noexcept;
    const route* way_;
    std::size_t i_ = 0;
};

}  // namespace accuracy

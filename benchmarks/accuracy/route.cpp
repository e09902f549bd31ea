// SPDX-License-Identifier: BSL-1.0
#include "route.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

constexpr double full_turn = 6.283185307179586;

double distance(const place& a, const place& b) noexcept { return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)); }

using line = std::vector<place>;

/// Along the streets of a grid: blocks of 60 to 220 m, east-west or north-south as more remains there.
void go_by_streets(line& out, rng& chance, place to, double grid) {
    const double c = std::cos(grid), s = std::sin(grid);
    place at = out.back();
    double u = (to.x - at.x) * c + (to.y - at.y) * s, v = (to.y - at.y) * c - (to.x - at.x) * s;
    while (std::abs(u) > 1 || std::abs(v) > 1) {
        const bool east = std::abs(v) <= 1 || (std::abs(u) > 1 && chance.chance(std::abs(u) / (std::abs(u) + std::abs(v))));
        double& remaining = east ? u : v;
        const double block = std::copysign(std::min(std::abs(remaining), chance.uniform(60, 220)), remaining);
        at.x += east ? block * c : -block * s;
        at.y += east ? block * s : block * c;
        remaining -= block;
        out.push_back(at);
    }
    out.back() = to;
}

/// By displaced midpoints, until pieces are short: bends of all sizes.
void go_by_bends(line& out, rng& chance, place to, double piece_m, double bend) {
    const place from = out.back();
    const double length = distance(from, to);
    if (length < piece_m) return out.push_back(to);
    const double aside = chance.normal(0, bend);
    const place middle{(from.x + to.x) / 2 - (to.y - from.y) * aside, (from.y + to.y) / 2 + (to.x - from.x) * aside};
    go_by_bends(out, chance, middle, piece_m, bend);
    go_by_bends(out, chance, to, piece_m, bend);
}

void go(line& out, rng& chance, const landscape& land, surface on, place to) {
    switch (on) {
    case surface::streets: return go_by_streets(out, chance, to, land.street_turn);
    case surface::roads: return go_by_bends(out, chance, to, 90, 0.13);
    case surface::trails: return go_by_bends(out, chance, to, 25, 0.2);
    case surface::water: return go_by_bends(out, chance, to, 30, 0.04);
    }
}

/// A point every 50 m at least, each with its height.
route on_land(const landscape& land, const line& corners, bool flat) {
    route out;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const place a = corners[i == 0 ? 0 : i - 1], b = corners[i];
        const int pieces = std::max(1, static_cast<int>(distance(a, b) / 50));
        for (int k = 1; k <= pieces; ++k) {
            const double f = static_cast<double>(k) / pieces;
            const double x = a.x + (b.x - a.x) * f, y = a.y + (b.y - a.y) * f;
            out.add({x, y, flat ? land.base_m : land.height(x, y)});
        }
    }
    return out;
}

}  // namespace

double landscape::height(double x, double y) const {
    double sum = base_m;
    for (std::size_t i = 0; i < 3; ++i)
        sum += height_m[i] * std::sin(phase[i] + full_turn / length_m[i] * (x * east[i] + y * north[i]));
    return sum;
}

landscape landscape_of(rng& chance) {
    landscape land;
    const double hilly = chance.uniform(0.1, 1.0);
    for (std::size_t i = 0; i < 3; ++i) {
        land.length_m[i] = chance.uniform(700, 1500) * static_cast<double>(1 + 3 * i);
        land.height_m[i] = hilly * land.length_m[i] * 0.012;
        const double towards = chance.uniform(0, full_turn);
        land.east[i] = std::cos(towards), land.north[i] = std::sin(towards);
        land.phase[i] = chance.uniform(0, full_turn);
    }
    land.base_m = chance.uniform(20, 700);
    land.street_turn = chance.uniform(0, full_turn / 4);
    return land;
}

void route::add(place p) {
    if (!points.empty()) {
        const double step = distance(points.back(), p);
        if (step < 0.01) return;
        along.push_back(along.back() + step);
    } else {
        along.push_back(0);
    }
    points.push_back(p);
}

route make_loop(rng& chance, const landscape& land, surface on, place home, double meters) {
    const double radius = meters / (full_turn * 1.2), first = chance.uniform(0, full_turn), way_round = chance.chance(0.5) ? 1 : -1;
    const int corners = chance.between(4, 8);
    line out{home};
    const place center{home.x - radius * std::cos(first), home.y - radius * std::sin(first)};
    for (int k = 1; k < corners; ++k) {
        const double angle = first + way_round * full_turn * (k + chance.uniform(-0.3, 0.3)) / corners, r = radius * chance.uniform(0.6, 1.4);
        go(out, chance, land, on, {center.x + r * std::cos(angle), center.y + r * std::sin(angle)});
    }
    go(out, chance, land, on, home);
    double length = 0;
    for (std::size_t i = 1; i < out.size(); ++i) length += distance(out[i - 1], out[i]);
    for (auto& p : out) p = {home.x + (p.x - home.x) * meters / length, home.y + (p.y - home.y) * meters / length};
    return on_land(land, out, on == surface::water);
}

route make_way(rng& chance, const landscape& land, surface on, place from, place to) {
    line out{from};
    go(out, chance, land, on, to);
    return on_land(land, out, on == surface::water);
}

route reversed(const route& way) {
    route out;
    for (auto p = way.points.rbegin(); p != way.points.rend(); ++p) out.add(*p);
    return out;
}

route out_and_back(const route& out) { return joined(out, reversed(out)); }

route make_oval(place center, double angle, double meters) {
    constexpr double straight = 84.39, radius = 36.8;  // World Athletics: standard 400 m track, measured 0.3 m from the curb
    route out;
    const double c = std::cos(angle), s = std::sin(angle);
    for (int lap = 0; lap <= static_cast<int>(meters / 400); ++lap)
        for (int k = 0; k < 32; ++k) {
            const bool far_side = k >= 16;
            const double bend = (k % 16) / 15.0 * full_turn / 2 + (far_side ? full_turn / 2 : 0) - full_turn / 4;
            const double u = (far_side ? -straight : straight) / 2 + radius * std::cos(bend), v = radius * std::sin(bend);
            out.add({center.x + u * c - v * s, center.y + u * s + v * c, center.ele});
        }
    return out;
}

route joined(const route& first, const route& then) {
    route out = first;
    for (const auto& p : then.points) out.add(p);
    return out;
}

bool walker::seek(double meters) noexcept {
    if (!way_ || way_->points.size() < 2) return false;
    const auto& along = way_->along;
    if (meters < along[i_]) i_ = 0;
    while (i_ + 2 < along.size() && along[i_ + 1] <= meters) ++i_;
    return true;
}

place walker::at(double meters) noexcept {
    if (!seek(meters)) return {};
    const auto& along = way_->along;
    const place &a = way_->points[i_], &b = way_->points[i_ + 1];
    const double f = std::clamp((meters - along[i_]) / (along[i_ + 1] - along[i_]), 0.0, 1.0);
    return {a.x + (b.x - a.x) * f, a.y + (b.y - a.y) * f, a.ele + (b.ele - a.ele) * f};
}

double walker::slope_at(double meters) noexcept {
    if (!seek(meters)) return 0;
    return (way_->points[i_ + 1].ele - way_->points[i_].ele) / (way_->along[i_ + 1] - way_->along[i_]);
}

}  // namespace accuracy

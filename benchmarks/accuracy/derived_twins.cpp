// SPDX-License-Identifier: BSL-1.0
#include "derived_families.hpp"
#include "derived_recordings.hpp"

#include <chrono>
#include <utility>

namespace accuracy::derived {
namespace {

using namespace std::chrono;

template <int Days>
std::vector<activity> same_way(const activity& a, rng& luck) {
    if (!lasts(a, 5min)) return {};
    auto out = a;
    another_day(out, luck);
    shift(out, hours{24 * Days});
    return {out};
}

std::vector<activity> same_way_about_then(const activity& a, rng& luck) {
    auto out = same_way<1>(a, luck);
    for (auto& x : out) shift(x, some_seconds(luck, -600, 600));
    return out;
}

std::vector<activity> way_back(const activity& a, rng& luck) {
    if (!has_track(a)) return {};
    auto out = a;
    turn_around(out);
    another_day(out, luck);
    shift(out, length(a) + some_seconds(luck, 8 * 3600, 10 * 3600));
    return {out};
}

/// The second half of a loop hours after the first: there at noon, back in the evening.
std::vector<activity> two_halves(const activity& a, rng& luck) {
    if (!has_track(a, 20min)) return {};
    const auto& track = a.track;
    const double way = path_of(track).back();
    std::vector<coincide::sample> fixes;
    for (const auto& x : track)
        if (x.has_position()) fixes.push_back(x);
    samples ends;
    ends.push(fixes.front()), ends.push(fixes.back());
    if (path_of(ends).back() > 300.0 || way < 2000.0) return {};
    const auto half = time_after(track, way / 2);
    auto back = part(a, half, length(a));
    shift(back, some_seconds(luck, 2 * 3600, 5 * 3600));
    return {part(a, 0ms, half), std::move(back)};
}

// clang-format off
constexpr family table[] = {
    {{"apart: same way, exactly 1 day later", 1}, comes_as::twin, {}, same_way<1>},
    {{"apart: same way, exactly 2 days later", 2}, comes_as::twin, {}, same_way<2>},
    {{"apart: same way, exactly 7 days later", 3}, comes_as::twin, {}, same_way<7>},
    {{"apart: same way, a day later within 10 min", 4}, comes_as::twin, {}, same_way_about_then},
    {{"apart: the way back, 8 to 10 h later", 5}, comes_as::twin, {}, way_back},
    {{"apart: two halves of a loop, hours between", 6}, comes_as::halves, {}, two_halves},
};
// clang-format on

}  // namespace

std::span<const family> twins() { return table; }

}  // namespace accuracy::derived

// SPDX-License-Identifier: BSL-1.0
//
// The kinds of hard cases: what each makes of a recording. A table of those that stay one activity with it, and one of those that must not.
//
//     for (const auto& f : copies())
//         f.make(ride, luck);     // {} where that does not suit it: nobody trims a kilometer off a ride of two
//
// How far a kind goes is by chance within what its name says. The figures are those of life (how wide privacy zones are, how late one
// remembers to press start), not those of any matcher.
#pragma once

#include "derived_changes.hpp"
#include "history.hpp"
#include "random.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace accuracy::derived {

enum class comes_as : std::uint8_t {
    copies,  // one activity with the original, from another source
    twin,    // an act of its own beside the original, from the same device
    halves,  // acts of their own in place of the original
};

struct family {
    scenario kind;
    comes_as as;
    std::string_view source;  // of copies; twins keep that of the original
    std::vector<activity> (*make)(const activity&, rng&);
};

[[nodiscard]] std::span<const family> copies();
[[nodiscard]] std::span<const family> twins();

[[nodiscard]] inline milliseconds length(const activity& a) { return a.elapsed.value_or(milliseconds{0}); }
[[nodiscard]] inline bool lasts(const activity& a, std::chrono::minutes least) { return length(a) >= least; }
[[nodiscard]] inline bool has_track(const activity& a, std::chrono::minutes least = std::chrono::minutes{5}) {
    return a.track.positions() >= 20 && lasts(a, least);
}
[[nodiscard]] inline milliseconds some_seconds(rng& luck, int from, int to) { return seconds{luck.between(from, to)}; }

}  // namespace accuracy::derived

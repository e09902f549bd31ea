// SPDX-License-Identifier: BSL-1.0
//
// How sure a measured figure is: 95 % bounds.
//
//     share_of(97, 100)      // 97.0 %, between 91.5 and 99.0: Wilson's interval (1927), which holds near 0 and 1 too
//     share_of(100, 100)     // 100 %, at least 96.3
//     f1_of(histories)       // by drawing histories anew, 1000 times: pairs of one history are not independent of each other
//
// The bounds tell what chance did among histories of this making; they do not tell how near the making is to life.
#pragma once

#include "measure.hpp"

#include <cstdint>
#include <span>

namespace accuracy {

struct bounded {
    double value = 0, low = 0, high = 1;
    bool known = false;  // false: nothing was counted
};

[[nodiscard]] bounded share_of(std::int64_t hits, std::int64_t of);

/// Of joined pairs: those that are true; of true pairs: those that are joined.
[[nodiscard]] inline bounded precision_of(const counts& c) { return share_of(c.joined, c.joined + c.wrong_joins); }
[[nodiscard]] inline bounded recall_of(const counts& c) { return share_of(c.joined, c.true_pairs); }

/// The harmonic mean of precision and recall, with bounds by resampling histories. Its random numbers are its own: the same bytes
/// everywhere, each time.
[[nodiscard]] bounded f1_of(std::span<const counts> histories);

}  // namespace accuracy

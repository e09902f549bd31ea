// SPDX-License-Identifier: BSL-1.0
//
// What a piece of code takes from the heap. The program that includes it counts every operator new.
#pragma once

#include <cstddef>

namespace counted {

struct heap {
    std::size_t calls = 0;
    std::size_t bytes_now = 0, bytes_most = 0;  // as asked for
};
[[nodiscard]] const heap& now() noexcept;
void forget_most() noexcept;

/// Calls of operator new while `work` runs.
template <class Work>
[[nodiscard]] std::size_t allocations(Work&& work) {
    const auto before = now().calls;
    work();
    return now().calls - before;
}
/// The most bytes that `work` holds at once, beyond what was held before.
template <class Work>
[[nodiscard]] std::size_t bytes_held(Work&& work) {
    const auto before = now().bytes_now;
    forget_most();
    work();
    return now().bytes_most - before;
}

}  // namespace counted

// SPDX-License-Identifier: BSL-1.0
//
// The operators that count, and that they do.
#include "memory/counted.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

namespace {
counted::heap heap_;
constexpr std::size_t before_block = alignof(std::max_align_t);  // where a block's size is kept

void* taken(std::size_t size) {
    auto* const block = static_cast<unsigned char*>(std::malloc(size + before_block));
    if (!block) throw std::bad_alloc{};
    *reinterpret_cast<std::size_t*>(block) = size;
    ++heap_.calls, heap_.bytes_now += size;
    if (heap_.bytes_now > heap_.bytes_most) heap_.bytes_most = heap_.bytes_now;
    return block + before_block;
}
void given_back(void* at) noexcept {
    if (!at) return;
    auto* const block = static_cast<unsigned char*>(at) - before_block;
    heap_.bytes_now -= *reinterpret_cast<std::size_t*>(block);
    std::free(block);
}
}  // namespace

const counted::heap& counted::now() noexcept { return heap_; }
void counted::forget_most() noexcept { heap_.bytes_most = heap_.bytes_now; }

void* operator new(std::size_t size) { return taken(size); }
void* operator new[](std::size_t size) { return taken(size); }
void operator delete(void* at) noexcept { given_back(at); }
void operator delete[](void* at) noexcept { given_back(at); }
void operator delete(void* at, std::size_t) noexcept { given_back(at); }
void operator delete[](void* at, std::size_t) noexcept { given_back(at); }

TEST_CASE("what is taken from the heap is counted", "[memory]") {
    std::vector<int> kept;
    CHECK(counted::allocations([&] { kept.reserve(100); }) == 1);
    CHECK(counted::bytes_held([] { std::make_unique<char[]>(1000); }) == 1000);
    CHECK(counted::allocations([] {}) == 0);
}

// SPDX-License-Identifier: BSL-1.0
//
// Which of millions of keys have been there before: exact duplicates of a re-import, without a string or a node a key.
//
//     fingerprint_set seen{1'000'000};
//     seen.insert(key)                                      // false: it was there
//     seen.insert_all(keys, [&](std::size_t i) { … });      // called for each that was there; fetches ahead
//
// A flat table of 64-bit keys, at most half full: 16 to 32 bytes a key. A fingerprint says nothing of the athlete: `key_of` joins them.
// Who chooses the keys can make them collide; for keys from outside mix in a secret, or keep to a table that bounds it.
#pragma once

#include <coincide/match/fingerprint.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace coincide {

/// A key of one athlete's fingerprint, never 0. `athlete` is a hash, as in a signature.
[[nodiscard]] constexpr std::uint64_t key_of(std::uint32_t athlete, fingerprint f) noexcept {
    const auto mixed = (f.bits ^ std::uint64_t{athlete} * 0xD6E8FEB86659FD93ull) * 0x9E3779B97F4A7C15ull;
    return (mixed ^ mixed >> 32) | 1u;
}

class fingerprint_set {
public:
    explicit fingerprint_set(std::size_t expected = 0) : slots_(std::bit_ceil(std::max<std::size_t>(16, expected * 2)), 0) {}

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return slots_.capacity() * sizeof(std::uint64_t); }

    /// False when the key was there. The key is not 0. Amortised O(1).
    bool insert(std::uint64_t key) {
        if ((size_ + 1) * 2 > slots_.size()) grow();
        auto at = place_of(key);
        for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
            if (slots_[at] == key) return false;
        slots_[at] = key;
        ++size_;
        return true;
    }

    /// Calls repeated(i) for each key that was there, or came before in the same batch.
    template <class Repeated>
    void insert_all(std::span<const std::uint64_t> keys, Repeated&& repeated) {
        constexpr std::size_t ahead = 16;
        while ((size_ + keys.size()) * 2 > slots_.size()) grow();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (i + ahead < keys.size()) __builtin_prefetch(&slots_[place_of(keys[i + ahead])], 1);
            if (!insert(keys[i])) repeated(i);
        }
    }

private:
    [[nodiscard]] std::size_t place_of(std::uint64_t key) const noexcept { return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ull >> std::countl_zero(slots_.size() - 1)); }
    void grow() {
        std::vector<std::uint64_t> old(slots_.size() * 2, 0);
        old.swap(slots_);
        for (const auto key : old) {
            if (key == 0) continue;
            auto at = place_of(key);
            while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = key;
        }
    }

    std::vector<std::uint64_t> slots_;
    std::size_t size_ = 0;
};

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// The samples of a record while it waits: thousands of recordings are read before the first group is known, and in columns of numbers a
// second of one takes 64 bytes.
//
//     packed_samples packed{ride};      // a ride of 1800 seconds, 115 kB  ->  8 kB
//     ride.track.size()                 // 1: a sketch stays, so that who asks what was recorded need not unpack it
//     packed.put_back(ride);            // bit for bit what it was
#pragma once

#include <coincide/record/activity.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace reconcile {

/// What one record recorded.
struct recorded {
    coincide::samples track{}, streams{};
};

class packed_samples {
public:
    packed_samples() = default;
    /// Takes the samples out of an activity, but for a sketch of each: one row, with a value in every column that there is.
    explicit packed_samples(coincide::activity& of);

    [[nodiscard]] recorded unpack() const;
    /// Makes an activity whole again.
    void put_back(coincide::activity& into) const;

    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_.size(); }
    [[nodiscard]] std::size_t positions() const noexcept { return positions_; }  // of the track
    [[nodiscard]] std::size_t track_size() const noexcept { return track_; }
    [[nodiscard]] std::size_t streams_size() const noexcept { return streams_; }

private:
    std::string bytes_{};       // of put_samples, compressed
    std::size_t unpacked_ = 0;  // their length before; 0: not compressed, there was no memory for it
    std::uint32_t positions_ = 0, track_ = 0, streams_ = 0;
};

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// What can happen to one recording. Each change keeps a record consistent: a part has the totals of a part, averages follow samples.
//
//     auto late = part(ride, 4min, *ride.elapsed);   // started four minutes late: start, totals and samples accordingly
//     thin(late.track, 15s);                          // one fix every 15 s
//     blur(late.track, 5.0, luck);                    // positions off by some 5 m, for a minute in the same direction
#pragma once

#include "random.hpp"

#include <coincide/record/activity.hpp>

#include <chrono>
#include <vector>

namespace accuracy::derived {

using coincide::activity;
using coincide::samples;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Meters along the track up to each sample.
[[nodiscard]] std::vector<double> path_of(const samples& track);

/// Since the start of the record: when the track has covered `meters` from its start, or has as many left to its end.
[[nodiscard]] milliseconds time_after(const samples& track, double meters);
[[nodiscard]] milliseconds time_before_end(const samples& track, double meters);

/// Seconds with some motion, as a service counts them that was not told of pauses.
[[nodiscard]] milliseconds time_in_motion(const activity& record);

/// The record as if it had been started and stopped then.
[[nodiscard]] activity part(const activity& whole, milliseconds from, milliseconds to);

/// Keeps a sample when the last one kept is at least `every` ago.
void thin(samples& s, seconds every);

/// Position errors of a deviation in meters for each axis, which fade within a minute (Gauss-Markov).
void blur(samples& s, double sigma_m, rng& luck);

/// Takes the positions before and after away, as a privacy zone does; nothing else changes.
void hide(samples& track, milliseconds from, milliseconds to);

/// The track becomes a stream; with `only_heart_rate` without what a strap does not measure.
void forget_positions(activity& record, bool only_heart_rate);

/// No samples of any kind, nor a position.
void forget_samples(activity& record);

/// The same way in the other direction. Effort stays in its order: one is warm at the end, whatever the direction.
void turn_around(activity& record);

/// Another day on the same way: slower or faster by 0.5 … 3 % in all, here and there by more, with errors and a heart of its own.
void another_day(activity& record, rng& luck);

}  // namespace accuracy::derived

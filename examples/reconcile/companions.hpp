// SPDX-License-Identifier: BSL-1.0
//
// Archives that split an activity between a table and a file: Strava's activities.csv names the recording of each row, Apple's
// export.xml the route of each workout. Here they become one record again.
//
//     export.zip: activities.csv (12070555079, "Lunch Ride", activities/7.fit.gz) and activities/7.fit.gz
//         ->  one record strava/12070555079 with its name, its notes, the device and the track of the file
#pragma once

#include "history.hpp"
#include "inputs.hpp"

#include <functional>
#include <vector>

namespace reconcile {

/// A file that was read, and what came of it.
struct read_file {
    input_file file{};
    provenance from{};
    decoded content{};
    bool opened = false;
};

/// Gives every record that names companions what those files say, and takes the files' own records out. A file that is
/// missing, or that holds several activities, is left as it is. `load_beside` reads a file that is not among the INPUTs but lies
/// beside one of them on disk.
void attach_companions(std::vector<read_file>& files, const std::function<read_file(const input_file&)>& load_beside);

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Apple Health's export.xml: finds the workouts among millions of records, in memory that does not grow with the file.
//
//     <HealthData locale="en_US"><Record .../>…<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="62.05"
//         durationUnit="min" startDate="2025-03-30 02:45:10 +0200" …>
//       <MetadataEntry key="HKTimeZone" value="Europe/Berlin"/>
//       <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="148" unit="count/min"/>
//       <WorkoutRoute …><FileReference path="/workout-routes/route_2025-03-30_2.45am.gpx"/></WorkoutRoute></Workout>…
//
//     workout["/@duration"]                                                        ->  "62.05"
//     workout["/MetadataEntry/HKTimeZone"]                                         ->  "Europe/Berlin"
//     workout["/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@average"]     ->  "148"
//     workout.route_files                                                          ->  the path of the GPX file
//
// What the fields mean is left to the caller. Attributes outside of workouts are not looked at: faults in them do no harm, but
// for a bare "<" or a missing quote. Two faults of real exports that would hide every workout are mended: the document type of
// iOS 16 (export version 12) is not well formed, so what it declares is passed over, unless that is an entity; and control
// characters, which XML forbids and texts of other programs contain, are read as blanks.
#pragma once

#include "decoded.hpp"
#include "track_file.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reconcile {

/// A workout as the export says it.
struct apple_workout {
    /// Path and text, in document order, each path once; of repeated elements the last one counts. Attributes of the
    /// workout, the metadata of the workout itself, and its statistics by type.
    std::vector<std::pair<std::string, std::string>> fields{};
    coincide::samples route{};  // `Location` inside the workout; t since /@startDate, empty when that is no date
    std::vector<std::string> route_files{};  // as written; see route_member_name
    unsigned ordinal = 1;                    // among all workouts of the document, also those that were rejected
    std::uint64_t line = 0;

    /// The text of a field; empty when there is none. Complexity: O(fields).
    [[nodiscard]] std::string_view operator[](std::string_view path) const noexcept;
};

struct apple_limits {
    std::size_t fields = 10'000;                        // of one workout, with its route files
    std::size_t text_bytes = std::size_t{1} << 20;      // of the same
    std::size_t fixes = decode_limits{}.fixes;          // of one workout
    std::size_t workouts = decode_limits{}.activities;  // of one file
};

/// Reads an export that comes in pieces, of any size, and hands over each workout when it closes:
///
///     apple_reader reader{[&](apple_workout workout) { … }};
///     const auto end = for_each_chunk(file, {}, [&](auto piece) { return reader.feed(piece); });
///     for (const finding& f : reader.finish()) …
///
/// The visitor may read other files meanwhile, such as the routes.
class apple_reader {
public:
    using visitor = std::function<void(apple_workout)>;

    explicit apple_reader(visitor visit, const apple_limits& limits = {});
    ~apple_reader();
    apple_reader(const apple_reader&) = delete;
    apple_reader& operator=(const apple_reader&) = delete;

    /// False when the reading has ended: this is no export of Apple Health, or it is damaged. Further pieces are ignored.
    bool feed(std::span<const std::byte> piece);

    /// The file is complete: what was wrong. Call once.
    ///
    /// A file that breaks off or is damaged is a salvage, when a workout came before the break, else a reject. A workout over
    /// the limits is a reject, and the reading goes on. Another document than an export is a skip, also one without workouts.
    [[nodiscard]] std::vector<finding> finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// The same for an export in memory.
[[nodiscard]] std::vector<finding> read_apple_xml(std::span<const std::byte> document, const apple_reader::visitor& visit,
                                                  const apple_limits& limits = {});

/// A date of an export: "2016-11-14 07:25:44 -0700". The instant is right; the offset is that of the phone at the time of the
/// export, for every date of the file, and says nothing about the workout.
[[nodiscard]] std::optional<file_time> apple_time(std::string_view text);

/// The name under which a route lies beside export.xml: "workout-routes/route_1.gpx" for "/workout-routes/route_1.gpx". Empty
/// for names that lead out of the folder.
[[nodiscard]] std::string route_member_name(std::string_view path);

}  // namespace reconcile

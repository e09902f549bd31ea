// SPDX-License-Identifier: BSL-1.0
//
// What GPX and TCX have in common: values that are text, absolute times, and devices whose clock cannot be trusted.
//
//     timed_samples points{counts};
//     points.open();                                       // one <trkpt> or <Trackpoint>
//     points.time("2019-07-21T14:13:16Z");
//     points.latitude("45.210537"); points.longitude("5.783033");
//     points.value(coincide::samples::hr, "118");
//     points.close();
//     …
//     timed_track read = points.take();                      // ascending, t in ms since 1970; counts says what was dropped
//     place_samples(activity, std::move(read.rows), start);  // now since the start, in activity.track or .streams
//
// Nothing is guessed: a value that cannot be is left out and counted, and each kind of loss becomes one finding.
#pragma once

#include "decoded.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace reconcile {

[[nodiscard]] finding finding_at(std::uint64_t line, finding_kind kind, coincide::problem_code code, std::string_view reason,
                                 std::string_view field = {});

/// Completes what was decoded of a document. A fault is a reject when nothing came before it, else a salvage of what did. A
/// document without activity or finding is skipped, with the reason `nothing`. Ordinals are places in the list.
void end_document(decoded& out, std::optional<finding> fault, std::string_view nothing);

/// Losses of one activity, added up, so that a file with a million bad positions gives one finding.
class salvage_counts {
public:
    /// `field` and `what` are literals; `what` follows a number: "positions dropped: …".
    void add(coincide::problem_code code, std::string_view field, std::string_view what, std::size_t count = 1);
    /// Appends the findings, in the order in which the kinds first came up, and forgets them.
    void report(std::vector<finding>& to, std::uint64_t line);

private:
    struct row {
        coincide::problem_code code;
        std::string_view field, what;
        std::size_t count;
    };
    std::vector<row> rows_{};
};

/// A time as a file says it. Without a zone it is read as UTC.
struct file_time {
    coincide::instant at{};
    std::optional<coincide::seconds> utc_offset{};  // "Z" gives none: it does not say where the athlete was
    bool has_zone = false;
};
[[nodiscard]] std::optional<file_time> time_in(std::string_view text) noexcept;

/// Whether a recording can have begun then.
[[nodiscard]] constexpr bool plausible_start(coincide::instant at) noexcept {
    return at >= coincide::earliest_start && at <= coincide::latest_start;
}

/// The samples of one activity, ready for use.
struct timed_track {
    coincide::samples rows{};  // ascending, t in milliseconds since 1970, none over 30 days from their median
    std::optional<coincide::seconds> utc_offset{};  // of the first sample in the file
    std::size_t untimed = 0;                        // dropped: without a readable time
    std::size_t impossible = 0;                     // dropped: before 1970 or after 2199
};

/// The samples of one activity while they are read, in file order.
class timed_samples {
public:
    explicit timed_samples(salvage_counts& counts) noexcept : counts_{counts} {}

    void open();  // a new sample
    void time(std::string_view text);
    void latitude(std::string_view text);
    void longitude(std::string_view text);
    void value(coincide::samples::column column, std::string_view text);
    void close();  // keeps it, if it has a possible time

    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }

    /// Ends the activity and begins the next.
    [[nodiscard]] timed_track take();

private:
    salvage_counts& counts_;
    coincide::samples rows_{};
    std::size_t untimed_ = 0, impossible_ = 0;
    std::optional<coincide::seconds> utc_offset_{};
    coincide::sample now_{};
    std::optional<file_time> now_time_{};
    bool now_bad_position_ = false;
};

/// Makes `rows` relative to `start`, and puts them into the track if they have positions, else into the streams.
void place_samples(coincide::activity& into, coincide::samples rows, coincide::instant start);

/// Sets the start. One in 1989 or January 1990 is that of a Garmin device whose clock was never set: it counts from
/// 1989-12-31. It is flagged and counted.
void set_start(coincide::activity& of, coincide::instant start, salvage_counts& counts);

/// Length along the positions in metres: great circles on a sphere of radius 6 371 008.8 m (the mean Earth radius of IUGG),
/// also across pauses, as if every fix were of one segment. Nothing with fewer than two positions.
/// The sport of a GPX `type` or a TCX `Sport`: writers use the catalogue's words, their service's, Strava's old numbers, or their own.
/// Unknown names are `other`; no name says nothing.
[[nodiscard]] std::optional<coincide::sport_id> sport_named(std::string_view text);

[[nodiscard]] std::optional<double> track_length_m(const coincide::samples& track) noexcept;

/// Sets average and maximum of heart rate and power from the samples (plain means), where they are unknown, and lists them
/// as computed.
void fill_from_samples(coincide::activity& of);

/// The device that a free text names ("Garmin Edge 530", "Forerunner 245"); empty when it names none that we know.
[[nodiscard]] coincide::device_info device_named(std::string_view text);
/// The slug of the service that a free text names ("StravaGPX"); empty when it names none that we know.
[[nodiscard]] std::string_view service_named(std::string_view text) noexcept;

}  // namespace reconcile

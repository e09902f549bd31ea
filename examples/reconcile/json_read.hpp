// SPDX-License-Identifier: BSL-1.0
//
// Reads records of the interchange format, one JSON object a line.
//
//     {"athlete_id":"me","source":"strava","external_id":"7","start_time":"2024-05-27T06:19:26Z","distance_m":-3}
//
// gives no record but a finding: reject, negative, field distance_m, pointer /distance_m. The next line is read all the
// same.
//
// Values are kept as delivered; what a 0 means is decided later. Top-level keys the format does not know are kept in
// `activity::extra`, and so are unknown members of device, origin and file (as a member `device` of extra, and so on). A
// member `extra` that is an object, our own output, is merged back. Columns of a track that the format does not know are not
// read. Ids may be integers; their digits are kept as text.
#pragma once

#include "decoded.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace simdjson::dom {
class parser;
}

namespace reconcile {

inline constexpr std::size_t json_depth = 64;  // objects and arrays within each other
inline constexpr double largest_value = 1e9;      // metres, kcal, watts …: no activity comes near
inline constexpr double longest_span_s = 1e9;  // 31 years: a duration or a sample's time beyond is a unit slip

/// Reads record after record and reuses its memory. Not to be shared between threads.
class record_reader {
public:
    explicit record_reader(decode_limits limits = {}, std::string athlete = "me");
    ~record_reader();
    record_reader(record_reader&&) noexcept;
    record_reader& operator=(record_reader&&) noexcept;

    /// The record of one JSON object, or nothing and a reject. What was mended is added to `findings`, with the line number.
    [[nodiscard]] std::optional<coincide::activity> read(std::string_view line, std::uint64_t number,
                                                         std::vector<finding>& findings);

private:
    decode_limits limits_;
    std::string athlete_;
    std::unique_ptr<simdjson::dom::parser> parser_;
};

/// Reads one line on its own.
[[nodiscard]] std::optional<coincide::activity> decode_record_line(std::string_view line, std::uint64_t number,
                                                                   std::vector<finding>& findings,
                                                                   const decode_limits& limits = {},
                                                                   std::string athlete = "me");

/// Reads all lines; blank ones, a byte order mark at the start and CR before LF are ignored. Ordinals count the records.
[[nodiscard]] decoded decode_ndjson(std::span<const std::byte> bytes, const decode_limits& limits = {},
                                    std::string athlete = "me");

}  // namespace reconcile

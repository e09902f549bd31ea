// SPDX-License-Identifier: BSL-1.0
//
// Reads the tables of exports: Strava's activities.csv and Samsung Health's com.samsung.shealth.exercise.
//
//     Activity ID,Activity Date,…,Distance,…,Distance            // the second "Distance" is the column "Distance#2"
//     12070555079,"May 29, 2022, 3:53:35 PM",…,3.32,…,3322.9
//
// A row is a payload, so the profiles of normalize/ say what its columns mean. Other tables give a skip.
#pragma once

#include "decoded.hpp"
#include "normalized.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reconcile {

/// Splits RFC 4180 text into records, one at a time. Quotes may hold separators and line ends; a CR before LF is dropped.
class csv_reader {
public:
    explicit csv_reader(std::string_view text) noexcept : rest_{text} {}

    /// The fields of the next record; nothing at the end. Blank lines are passed over.
    [[nodiscard]] std::optional<std::vector<std::string>> next();
    /// The line the last record began in, from 1.
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }
    /// A quote that was never closed: the last record is what there was of it.
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    /// More fields than `csv_columns`: reading ends with the first so many.
    [[nodiscard]] bool too_wide() const noexcept { return too_wide_; }

private:
    std::string_view rest_;
    std::uint64_t line_ = 0, next_line_ = 1;
    bool broken_ = false, too_wide_ = false;
};

inline constexpr std::size_t csv_columns = 1000;

[[nodiscard]] decoded decode_csv(std::span<const std::byte> bytes, const provider_options& options = {}, const decode_limits& limits = {});

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Reads the JSON of services: one record, a list, or a service's own page of a list, recognised by its shape.
//
//     {"status":0,"body":{"series":[{"id":7,"category":2,"startdate":1743295510, …}, …]}}       // Withings
//
// gives a record at /body/series/0, and for every record that is wrong a reject with its pointer and code; the rest of the
// page goes on. A document without activities (laps, statistics, a list of types) gives a skip.
#pragma once

#include "decoded.hpp"
#include "normalized.hpp"

#include <cstddef>
#include <span>

namespace reconcile {

inline constexpr std::size_t page_depth = 1024;   // of the document: beyond it nothing is read …
inline constexpr std::size_t record_depth = 64;   // … and of a record: beyond it that record is refused

[[nodiscard]] decoded decode_provider_json(std::span<const std::byte> bytes, const provider_options& options = {}, const decode_limits& limits = {});

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// From INPUTs to a settled history: finds the files, decodes them on several threads, and hands all records over in an order
// that does not depend on the threads.
#pragma once

#include "history.hpp"
#include "inputs.hpp"
#include "normalized.hpp"

#include <functional>
#include <span>
#include <string>

namespace reconcile {

struct read_options {
    std::string athlete = "me";
    std::string timezone{};  // of local times that name no zone
    bool with_payloads = false;  // keeps the text of services' records
    bool repair = false;     // values that are off by a unit's factor are mended
    unsigned threads = 0;
    std::filesystem::path out{};                                      // never read
    std::function<void(std::size_t done, std::size_t all)> progress{};  // called from one thread at a time
};

struct read_result {
    history records;
    std::size_t files = 0;  // that could be decoded or were at least opened
};

[[nodiscard]] read_result read_inputs(std::span<const input_spec> inputs, const read_options& options);

struct decode_options {
    std::string athlete = "me";
    provider_options provider{};
};

/// Chooses the decoder by format. Formats without one give a skip.
[[nodiscard]] decoded decode(file_format format, std::span<const std::byte> bytes, const decode_limits& limits, const decode_options& options);

}  // namespace reconcile

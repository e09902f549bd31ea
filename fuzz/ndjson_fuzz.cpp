// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as NDJSON: no crash, every line accounted for, and what was read is written to the same bytes twice.
#include "fuzzing.hpp"
#include "json_read.hpp"

#include <cstdlib>

using fuzzing::written;

namespace {

reconcile::decoded read(std::string_view text) { return reconcile::decode_ndjson(std::as_bytes(std::span{text})); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto once = read({reinterpret_cast<const char*>(data), size});
    const std::string first = written(once);
    const auto twice = read(first);
    if (twice.activities.size() != once.activities.size() || written(twice) != first) std::abort();
    return 0;
}

// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as NDJSON: no crash, every line accounted for, and what was read is written to the same bytes twice.
#include "json_read.hpp"
#include "json_write.hpp"

#include <cstdlib>

namespace {

std::string written(const reconcile::decoded& records) {
    std::string out;
    for (const auto& record : records.activities) {
        reconcile::write_record(out, record.activity, {.with_tracks = true});
        out += '\n';
    }
    return out;
}

reconcile::decoded read(std::string_view text) { return reconcile::decode_ndjson(std::as_bytes(std::span{text})); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto once = read({reinterpret_cast<const char*>(data), size});
    const std::string first = written(once);
    const auto twice = read(first);
    if (twice.activities.size() != once.activities.size() || written(twice) != first) std::abort();
    return 0;
}

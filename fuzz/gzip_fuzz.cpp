// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as gzip: no crash, and never more output than the limit.
#include "inputs.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const reconcile::decode_limits limits{.file_bytes = std::size_t{4} << 20};
    const auto out = reconcile::gunzip(std::as_bytes(std::span{data, size}), limits);
    if (out && out->bytes.size() > limits.file_bytes) std::abort();
    return 0;
}

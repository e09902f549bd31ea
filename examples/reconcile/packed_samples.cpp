// SPDX-License-Identifier: BSL-1.0
#include "packed_samples.hpp"

#include "decoded.hpp"

#include <coincide/ledger/encode_samples.hpp>

#include <zstd.h>

#include <new>
#include <utility>

namespace reconcile {

packed_samples::packed_samples(coincide::activity& of)
    : positions_{static_cast<std::uint32_t>(of.track.positions())},
      track_{static_cast<std::uint32_t>(of.track.size())},
      streams_{static_cast<std::uint32_t>(of.streams.size())} {
    if (of.track.empty() && of.streams.empty()) return;
    std::string bytes;
    coincide::byte_writer out{bytes};
    for (auto* one : {&of.track, &of.streams}) {
        put_samples(out, *one);
        *one = coincide::sketch_of(*one);
    }
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    const auto size = ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 1);
    unpacked_ = ZSTD_isError(size) ? 0 : bytes.size();
    bytes_ = unpacked_ != 0 ? packed.substr(0, size) : bytes.substr();  // a copy: without the room it has grown by
}

recorded packed_samples::unpack() const {
    if (bytes_.empty()) return {};
    std::string bytes(unpacked_, '\0');
    if (unpacked_ != 0 && ZSTD_decompress(bytes.data(), bytes.size(), bytes_.data(), bytes_.size()) != bytes.size()) throw std::bad_alloc{};  // what else could be wrong with them
    coincide::byte_reader in{unpacked_ != 0 ? bytes : bytes_};
    auto first = take_samples(in), second = take_samples(in);
    return {std::move(first).value(), std::move(second).value()};
}

void packed_samples::put_back(coincide::activity& into) const {
    auto all = unpack();
    into.track = std::move(all.track), into.streams = std::move(all.streams);
}

void pack(decoded_activity& one) {
    if (one.packed.empty()) one.packed = packed_samples{one.activity};
}

void unpack(decoded_activity& one) {
    if (!one.packed.empty()) std::exchange(one.packed, {}).put_back(one.activity);
}

}  // namespace reconcile

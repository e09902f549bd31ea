// SPDX-License-Identifier: BSL-1.0
//
// Hard cases made of real recordings: what happens to a recording on its way through devices, apps and hands, one kind at a time.
//
//     for (const auto& h : derive("data/recordings", 1))
//         …  // one history a kind: "zone: whole hours", "trimmed: start", "apart: same way, exactly 1 day later" …
//
// Every history holds the originals of all recordings and, of each activity that the kind suits, one altered copy under another source,
// without the identities that would give it away. Kinds that have to stay apart (a habit, the way back) add acts of their own.
//
//     originals  A, B of one ride; C of a run       acts 0, 0, 1
//     a kind     A' of the ride; C' of the run      acts 0, 1 (an altered copy), or 2, 3 (a twin that has to stay apart)
//
// All are of one athlete. Activities are moved by whole weeks, each at a time of its own, so that two never meet by accident. Their
// time of day and day of the week stay.
#pragma once

#include "history.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace accuracy {

/// `folder` holds recordings (FIT, GPX, TCX, JSON) and INDEX.json, which names each file's activity. Empty when there are none.
/// The same histories for a seed; the seed chooses the recording of each act, and how much is done to it.
[[nodiscard]] std::vector<history> derive(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace accuracy

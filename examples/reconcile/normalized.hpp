// SPDX-License-Identifier: BSL-1.0
//
// From what normalizing gave to what the command line keeps: the record with its place, what was decided about it in
// `extra`, and what stayed unknown among the findings. For JSON, CSV and Apple's XML alike.
#pragma once

#include "decoded.hpp"

#include <coincide/normalize/normalize.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace reconcile {

/// How provider records are read, beside their bytes.
struct provider_options {
    std::string source{};    // --source: which service it is from, where the shape leaves a choice
    std::string timezone{};  // --timezone: of local times that name no zone
    bool with_payloads = false;  // --with-payloads: the record's own text, byte for byte, in `extra.payload`
};

/// The options of normalizing, with the system's time-zone database. The text stays with `options`.
[[nodiscard]] coincide::normalize_options normalizing_by(const provider_options& options);

/// Adds the record, or the reject or skip that came of it. `pointer` is where the record stands in its file.
///
/// `extra` of the record gets "delivered": role -> {at, value, unit} for numbers that were converted, "remarks", "profile",
/// and "account" where the source names one.
///
/// `exactly` makes a JSON pointer of a path of the profile, which may say "[slug=distance]".
void keep(decoded& out, coincide::result<coincide::normalized>&& from, const coincide::profile& by, std::string pointer,
          std::optional<std::uint64_t> line = {}, const std::function<std::string(std::string_view)>& exactly = {});

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Texts as documents, for the tests of the XML formats.
#pragma once

#include "decoded.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace xml_support {

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

inline const reconcile::finding* find(const reconcile::decoded& in, coincide::problem_code code) {
    const auto at = std::find_if(in.findings.begin(), in.findings.end(), [code](const auto& f) { return f.code == code; });
    return at == in.findings.end() ? nullptr : &*at;
}

inline bool has(const reconcile::decoded& in, reconcile::finding_kind kind, coincide::problem_code code) {
    return std::any_of(in.findings.begin(), in.findings.end(),
                       [&](const auto& f) { return f.kind == kind && f.code == code; });
}

inline bool lists(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

inline bool near(double a, double b, double by) { return std::abs(a - b) <= by; }

inline coincide::instant at(std::string_view rfc3339) { return coincide::parse_rfc3339(rfc3339)->at; }

/// A recording of the shared data, or nothing where there is none.
inline std::string recording(std::string_view path) {
    const char* data = std::getenv("COINCIDE_DATA");
    if (!data) return {};
    std::ifstream file{std::string{data}.append("/recordings/").append(path), std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The same text in UTF-16, little endian, with a byte order mark. ASCII only.
inline std::string in_utf16(std::string_view ascii) {
    std::string out = "\xFF\xFE";
    for (const char c : ascii) out.append({c, '\0'});
    return out;
}

/// Bytes that look random and are the same everywhere.
class noise {
public:
    explicit noise(std::uint64_t seed) : state_{seed} {}
    std::uint64_t next() {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return state_ >> 33;
    }

private:
    std::uint64_t state_;
};

}  // namespace xml_support

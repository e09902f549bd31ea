// SPDX-License-Identifier: BSL-1.0
//
// Under a sanitizer code takes ten times as long: what only repeats a test at random is repeated less often there, and a crowd is smaller.
//
//     for (unsigned seed = 1; seed <= rounds(8); ++seed) …      // 8, under a sanitizer 2
#pragma once

namespace test_support {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COINCIDE_TEST_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(COINCIDE_TEST_SANITIZED)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

constexpr unsigned rounds(unsigned usually) { return sanitized ? (usually + 3) / 4 : usually; }

}  // namespace test_support

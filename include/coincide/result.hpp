// SPDX-License-Identifier: BSL-1.0
//
// result<T>: a value, or the problem that prevented it. An alias of tl::expected on every compiler and language level.
//
//     result<track_file> file = load(path);
//     if (!file) return tl::unexpected(file.error());
//     use(*file);
//
// `.value()` is not used anywhere in the library: it throws, or is undefined where exceptions are off.
#pragma once

#include <coincide/problem.hpp>

#include <tl/expected.hpp>

namespace coincide {

template <class T>
using result = tl::expected<T, problem>;

[[nodiscard]] constexpr auto fail(problem_code code, std::string_view field = {}, std::string_view path = {}) noexcept {
    return tl::unexpected<problem>(problem{code, field, path, {}, 0});
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// What a source delivered, before it means anything: the one thing that normalizing asks of a JSON object, a CSV row or a
// flattened XML element. A payload answers "what stands at this path?"; paths are JSON pointers (RFC 6901), and in a path
// of a profile `[key=word]` also picks the first element of an array whose member `key` is that word, and a path that begins
// with `^` starts at the root of the document instead of the record.
//
//     payload.at("/score/kilojoule")                                   // a number: 2979.008
//     payload.at("/performance_graph/summaries/[slug=distance]/value")  // Peloton
//
// Views point into the payload. Nothing here allocates.
#pragma once

#include <coincide/config.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>

namespace coincide {

/// A single value, as the source's format has it.
struct delivered {
    enum class kind : std::uint8_t {
        absent,   // nothing stands there, or null
        boolean,
        integer,  // fits int64: `integer` is exact, `number` may not be
        number,
        text,
        other,    // an object or array
    };
    kind is = kind::absent;
    bool boolean = false;
    std::int64_t integer = 0;
    double number = 0;
    std::string_view text{};

    [[nodiscard]] constexpr bool absent() const noexcept { return is == kind::absent; }
    [[nodiscard]] constexpr bool numeric() const noexcept { return is == kind::integer || is == kind::number; }

    [[nodiscard]] static constexpr delivered of(bool v) noexcept { return {kind::boolean, v, 0, 0, {}}; }
    [[nodiscard]] static constexpr delivered of(std::int64_t v) noexcept { return {kind::integer, false, v, static_cast<double>(v), {}}; }
    [[nodiscard]] static constexpr delivered of(double v) noexcept { return {kind::number, false, 0, v, {}}; }
    [[nodiscard]] static constexpr delivered of(std::string_view v) noexcept { return {kind::text, false, 0, 0, v}; }
};

/// Anything that a profile can be read from.
///
/// `at`          the value at a path
/// `for_each`    calls visit(payload) for every element of the array at a path, in order, and says whether there is an array
/// `text_only`   the format has no numbers: "12.5" is one (CSV, XML)
template <class P>
concept payload = requires(const P& p, std::string_view path, bool (*visit)(const P&)) {
    { p.at(path) } -> std::same_as<delivered>;
    { p.for_each(path, visit) } -> std::same_as<bool>;
    { P::text_only } -> std::convertible_to<bool>;
};

namespace detail {

/// The next token of a path, and what follows it.
struct path_step {
    std::string_view token, rest;
};
constexpr path_step next_step(std::string_view path) noexcept {
    if (path.starts_with('/')) path.remove_prefix(1);
    const auto end = path.find('/');
    return end == std::string_view::npos ? path_step{path, {}} : path_step{path.substr(0, end), path.substr(end)};
}

/// "[slug=distance]" as its two halves; an empty key when the token is no choice.
struct path_choice {
    std::string_view key, word;
};
constexpr path_choice choice_in(std::string_view token) noexcept {
    const auto equals = token.find('=');
    if (!token.starts_with('[') || !token.ends_with(']') || equals == std::string_view::npos) return {};
    return {token.substr(1, equals - 1), token.substr(equals + 1, token.size() - equals - 2)};
}

}  // namespace detail
}  // namespace coincide

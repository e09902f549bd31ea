// SPDX-License-Identifier: BSL-1.0
//
// Between a host's field types and the canonical ones: the part of describe.hpp that a host never calls.
//
// Numbers may be any arithmetic type, times any system_clock time point, a number with an instant unit or RFC 3339 text,
// durations any chrono duration or a number, text anything that a string_view can be made of, sports a slug or a sport_id;
// each of them may be wrapped in an optional. One place converts, one place writes back.
#pragma once

#include <coincide/record/role.hpp>

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace coincide::detail {

template <class T>
concept optional_like = requires(const T& t) {
    { t.has_value() } -> std::convertible_to<bool>;
    *t;
};
template <class T>
concept number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;
template <class T>
concept chrono_duration = requires { typename T::rep; typename T::period; };
template <class T>
concept time_point = requires { typename T::clock; typename T::duration; };
template <class T>
concept text = std::convertible_to<const T&, std::string_view>;

/// Class types are handed out by pointer: a track or a device is not copied to be compared.
template <class Role>
inline constexpr bool by_pointer = std::is_class_v<typename Role::value_type> && !std::is_trivially_copyable_v<typename Role::value_type>;

template <class Role>
constexpr auto absent_value() {
    if constexpr (by_pointer<Role>) return static_cast<const typename Role::value_type*>(nullptr);
    else return std::optional<typename Role::value_type>{};
}

/// std::isfinite, in constant expressions too. By its bits: beside a conversion in floating point that costs half of two comparisons.
constexpr bool finite(double v) noexcept {
    static_assert(std::numeric_limits<double>::is_iec559);
    constexpr std::uint64_t exponent = 0x7ff0000000000000u;
    return (std::bit_cast<std::uint64_t>(v) & exponent) != exponent;
}

/// Half away from zero, into int64; the caller has checked the range. Doubling is exact and nothing is added in floating
/// point, so a compiler that fuses multiply and add gives the same answer as one that does not.
constexpr std::int64_t round_half_away(double v) noexcept {
    const auto halves = static_cast<std::int64_t>(v * 2.0);
    return (halves + (halves < 0 ? -1 : 1)) / 2;
}

inline constexpr double largest_ms = 4e15;  // 127 000 years: twice that is below 2^53, so a double holds every half millisecond exactly

template <class Duration>
constexpr std::optional<Duration> duration_from_seconds(double s) noexcept {
    const double ticks = s * static_cast<double>(Duration::period::den) / static_cast<double>(Duration::period::num);
    if (!finite(ticks) || ticks > largest_ms || ticks < -largest_ms) return std::nullopt;
    return Duration{round_half_away(ticks)};
}

/// A coarse duration may be too large for a fine one: converted through double only to check.
template <class To, class From>
constexpr std::optional<To> checked_duration(From d) noexcept {
    const auto s = std::chrono::duration_cast<std::chrono::duration<double>>(d).count();
    if (!finite(s) || s > largest_ms / 1000 || s < -largest_ms / 1000) return std::nullopt;
    return std::chrono::floor<To>(d);
}

template <class Role, class Host>
constexpr auto convert(const Host& value, unit<typename Role::dimension> in) -> std::optional<typename Role::value_type> {
    using To = typename Role::value_type;
    if constexpr (std::same_as<To, double>) {
        static_assert(number<Host>, "coincide: this role needs a number (or an optional of one)");
        const double canonical = (static_cast<double>(value) - in.zero) * in.factor;
        return finite(canonical) ? std::optional{canonical} : std::nullopt;
    } else if constexpr (std::same_as<To, instant>) {
        if constexpr (time_point<Host>) {
            const auto since = checked_duration<milliseconds>(value.time_since_epoch());
            return since ? std::optional{instant{*since}} : std::nullopt;
        } else if constexpr (text<Host>) {
            const auto parsed = parse_rfc3339(value);
            return parsed && parsed->has_zone ? std::optional{parsed->at} : std::nullopt;
        } else {
            static_assert(number<Host>, "coincide: this role needs a time point, RFC 3339 text, or a number with an instant unit");
            const auto since = duration_from_seconds<milliseconds>((static_cast<double>(value) - in.zero) * in.factor);
            return since ? std::optional{instant{*since}} : std::nullopt;
        }
    } else if constexpr (chrono_duration<To>) {
        if constexpr (chrono_duration<Host>) return checked_duration<To>(value);
        else {
            static_assert(number<Host>, "coincide: this role needs a chrono duration, or a number of seconds (or with a unit)");
            return duration_from_seconds<To>((static_cast<double>(value) - in.zero) * in.factor);
        }
    } else if constexpr (std::same_as<To, std::string_view>) {
        static_assert(text<Host>, "coincide: this role needs text");
        const std::string_view view = value;
        return view.empty() ? std::nullopt : std::optional{view};
    } else if constexpr (std::same_as<To, sport_id>) {
        if constexpr (std::same_as<Host, sport_id>) return value;
        else {
            static_assert(text<Host>, "coincide: a sport is a canonical slug or a sport_id; give a getter for other types");
            const std::string_view slug = value;
            return slug.empty() ? std::nullopt : std::optional{sport_from_slug(slug)};
        }
    } else {
        static_assert(std::same_as<Host, To>, "coincide: this role of a host's own needs exactly its value type");
        return value;
    }
}

/// `Got` is what the getter returned, so that text returned by value, which would dangle, does not compile.
template <class Role, class Got, class Absent>
constexpr auto to_canonical(Got&& got, unit<typename Role::dimension> in, const Absent& absent) {
    using Host = std::remove_cvref_t<Got>;
    if constexpr (by_pointer<Role>) {
        static_assert(std::is_lvalue_reference_v<Got>, "coincide: bind a member or a getter that returns a reference");
        static_assert(std::same_as<Host, typename Role::value_type>, "coincide: this role needs exactly its value type");
        if constexpr (requires { got.empty(); }) return got.empty() ? nullptr : &got;
        else return &got;
    } else {
        constexpr bool viewed = std::same_as<typename Role::value_type, std::string_view>;
        static_assert(!viewed || std::is_lvalue_reference_v<Got> || !std::same_as<Host, std::string>,
                      "coincide: a getter that returns std::string by value would leave a dangling view; return a reference or string_view");
        if constexpr (requires { absent.value; }) {
            if constexpr (optional_like<Host>) {
                if (got.has_value() && *got == absent.value) return absent_value<Role>();
            } else if (got == absent.value) return absent_value<Role>();
        }
        if constexpr (optional_like<Host>) {
            return got.has_value() ? convert<Role>(*got, in) : std::nullopt;  // one return: of two, g++ 12 copies the optional through memory, and waits
        } else return convert<Role>(got, in);
    }
}

/// A number as a host's type: rounded half away for integers, and the nearest that the type can hold.
template <class Host>
constexpr Host fitted(double raw) noexcept {
    if constexpr (std::is_floating_point_v<Host> && sizeof(Host) >= sizeof(double)) return static_cast<Host>(raw);
    else if constexpr (std::is_floating_point_v<Host>) {
        constexpr double most = std::numeric_limits<Host>::max();
        return static_cast<Host>(raw > most ? most : raw < -most ? -most : raw);
    } else {
        if (!(raw < static_cast<double>(std::numeric_limits<Host>::max()))) return std::numeric_limits<Host>::max();
        if (!(raw > static_cast<double>(std::numeric_limits<Host>::min()))) return std::numeric_limits<Host>::min();
        if (raw > largest_ms || raw < -largest_ms) return static_cast<Host>(raw);  // every such double is whole
        return static_cast<Host>(round_half_away(raw));
    }
}

/// Milliseconds in a host's duration: rounded half away where it is coarser, and the nearest that it can hold.
template <class Host>
constexpr Host fitted(milliseconds v) noexcept {
    using exact = std::chrono::duration<double>;
    if constexpr (std::chrono::treat_as_floating_point_v<typename Host::rep>) return std::chrono::duration_cast<Host>(v);
    else {
        if (exact{v} >= exact{Host::max()}) return Host::max();
        if (exact{v} <= exact{Host::min()}) return Host::min();
        if constexpr (std::ratio_less_equal_v<typename Host::period, std::milli>) return std::chrono::duration_cast<Host>(v);
        else return Host{fitted<typename Host::rep>(static_cast<double>(v.count()) * Host::period::den / (1000.0 * Host::period::num))};
    }
}

/// Writes a canonical value into a host's member, in the host's unit; see `fitted` for what does not fit.
template <class Host, class Value, class Dimension>
constexpr void from_canonical(Host& host, const Value& value, unit<Dimension> in) {
    if constexpr (optional_like<Host>) {
        std::remove_cvref_t<decltype(*host)> inner{};
        from_canonical(inner, value, in);
        host = std::move(inner);
    } else if constexpr (std::same_as<Value, instant>) {
        if constexpr (time_point<Host>) {  // an instant belongs to the second it falls in: cut, not rounded
            using ticks = typename Host::duration;
            const auto since = value.time_since_epoch();
            if constexpr (std::ratio_less_equal_v<typename ticks::period, std::milli>) host = Host{fitted<ticks>(since)};
            else {
                using exact = std::chrono::duration<double>;
                host = Host{exact{since} >= exact{ticks::max()} ? ticks::max() : exact{since} <= exact{ticks::min()} ? ticks::min() : std::chrono::floor<ticks>(since)};
            }
        } else if constexpr (number<Host>) {
            host = fitted<Host>(static_cast<double>(value.time_since_epoch().count()) / 1000.0 / in.factor + in.zero);
        } else host = format_rfc3339(value);
    } else if constexpr (chrono_duration<Value>) {
        if constexpr (chrono_duration<Host>) host = fitted<Host>(std::chrono::duration_cast<milliseconds>(value));
        else from_canonical(host, std::chrono::duration<double>(value).count(), in);
    } else if constexpr (std::same_as<Value, double> && number<Host>) {
        host = fitted<Host>(value / in.factor + in.zero);
    } else if constexpr (std::same_as<Value, sport_id> && !std::same_as<Host, sport_id>) {
        host = Host{value.slug()};
    } else if constexpr (std::same_as<Value, std::string_view>) {
        host = Host{value};
    } else {
        host = value;
    }
}

}  // namespace coincide::detail

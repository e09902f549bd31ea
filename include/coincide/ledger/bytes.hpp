// SPDX-License-Identifier: BSL-1.0
//
// Values as bytes, the same on every platform: what facts and derived entries are kept in, and keys whose byte order is the order of
// what they name.
//
//     std::string out;
//     byte_writer{out}.count(300).text("garmin").real(49793.8);      // ac 02 | 06 "garmin" | 8 bytes
//     byte_reader in{out};  in.count();  in.text();  in.real();      in.good()
//
// A reader of damaged bytes gives zeros and empty texts from there on, and says so once at the end: `good()`.
#pragma once

#include <coincide/config.hpp>
#include <coincide/record/time.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace coincide {

class byte_writer {
public:
    explicit byte_writer(std::string& out) noexcept : out_{out} {}

    byte_writer& byte(std::uint8_t v) { return out_.push_back(static_cast<char>(v)), *this; }
    /// Seven bits a byte, the lowest first (LEB128).
    byte_writer& count(std::uint64_t v) {
        if (v < 0x80) return byte(static_cast<std::uint8_t>(v));
        for (; v >= 0x80; v >>= 7) byte(static_cast<std::uint8_t>(v | 0x80));
        return byte(static_cast<std::uint8_t>(v));
    }
    /// Small magnitudes of both signs are short (zigzag).
    byte_writer& integer(std::int64_t v) { return count((static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63)); }
    byte_writer& real(double v) {
        const auto bits = std::bit_cast<std::uint64_t>(v);
        for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(bits >> shift));
        return *this;
    }
    byte_writer& text(std::string_view v) { return count(v.size()).raw(v); }
    byte_writer& raw(std::string_view v) { return out_.append(v), *this; }

private:
    std::string& out_;
};

class byte_reader {
public:
    explicit byte_reader(std::string_view in) noexcept : in_{in} {}

    std::uint8_t byte() noexcept {
        if (in_.empty()) return fail(), std::uint8_t{0};
        const auto v = static_cast<std::uint8_t>(in_.front());
        in_.remove_prefix(1);
        return v;
    }
    std::uint64_t count() noexcept {
        if (!in_.empty() && static_cast<std::uint8_t>(in_.front()) < 0x80) return byte();  // nearly all
        std::uint64_t v = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto b = byte();
            v |= static_cast<std::uint64_t>(b & 0x7F) << shift;
            if (b < 0x80) return v;
        }
        return fail(), 0;
    }
    std::int64_t integer() noexcept {
        const auto v = count();
        return static_cast<std::int64_t>((v >> 1) ^ (~(v & 1) + 1));
    }
    /// Milliseconds since 1970, at most 31 000 years from there, so that sums and differences of damaged ones do not overflow.
    std::int64_t time_ms() noexcept { return detail::bounded_ms(integer()); }
    double real() noexcept {
        std::uint64_t bits = 0;
        for (int shift = 0; shift < 64; shift += 8) bits |= static_cast<std::uint64_t>(byte()) << shift;
        return std::bit_cast<double>(bits);
    }
    std::string_view text() noexcept { return raw(count()); }
    std::string_view raw(std::uint64_t size) noexcept {
        if (size > in_.size()) return fail(), std::string_view{};
        const auto v = in_.substr(0, static_cast<std::size_t>(size));
        in_.remove_prefix(v.size());
        return v;
    }
    [[nodiscard]] std::string_view rest() const noexcept { return in_; }
    [[nodiscard]] bool done() const noexcept { return in_.empty(); }
    [[nodiscard]] bool good() const noexcept { return good_; }

private:
    void fail() noexcept { good_ = false, in_ = {}; }
    std::string_view in_;
    bool good_ = true;
};

/// Keys: numbers with the highest byte first; texts so that none is a prefix of another one and their order stays.
class key_writer {
public:
    explicit key_writer(std::string_view family) : out_{family} {}

    key_writer& number(std::uint64_t v) {
        for (int shift = 56; shift >= 0; shift -= 8) out_.push_back(static_cast<char>(v >> shift & 0xFF));
        return *this;
    }
    /// Negative before positive.
    key_writer& integer(std::int64_t v) { return number(static_cast<std::uint64_t>(v) ^ (std::uint64_t{1} << 63)); }
    key_writer& text(std::string_view v) {
        for (const char c : v) {
            out_.push_back(c);
            if (c == '\0') out_.push_back('\xFF');
        }
        out_.push_back('\0'), out_.push_back('\1');
        return *this;
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Reads such a key, after its family.
class key_reader {
public:
    explicit key_reader(std::string_view key) noexcept : in_{key} {}

    std::uint64_t number() noexcept {
        std::uint64_t v = 0;
        for (int i = 0; i < 8 && !in_.empty(); ++i, in_.remove_prefix(1)) v = v << 8 | static_cast<std::uint8_t>(in_.front());
        return v;
    }
    std::int64_t integer() noexcept { return static_cast<std::int64_t>(number() ^ (std::uint64_t{1} << 63)); }
    std::string text() {
        std::string out;
        while (in_.size() >= 2) {
            const char c = in_[0], next = in_[1];
            if (c == '\0' && next == '\1') return in_.remove_prefix(2), out;
            in_.remove_prefix(c == '\0' ? 2 : 1);
            out.push_back(c);
        }
        in_ = {};
        return out;
    }

private:
    std::string_view in_;
};

}  // namespace coincide

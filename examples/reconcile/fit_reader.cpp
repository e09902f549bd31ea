// SPDX-License-Identifier: BSL-1.0
#include "fit_reader.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace reconcile::fit {
namespace {

constexpr double absent = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t checksum_bytes = 2;

// CRC-16 with the polynomial 0xA001, as FIT uses it. Eight tables, so that eight bytes are one step: a checksum of the whole
// file should cost less than reading it.
constexpr auto crc_tables = [] {
    std::array<std::array<std::uint16_t, 256>, 8> tables{};
    for (unsigned i = 0; i < 256; ++i) {
        unsigned crc = i;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xA001u : 0u);
        tables[0][i] = static_cast<std::uint16_t>(crc);
    }
    for (std::size_t t = 1; t < tables.size(); ++t)
        for (std::size_t i = 0; i < 256; ++i)
            tables[t][i] = static_cast<std::uint16_t>((tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 0xFFu]);
    return tables;
}();

std::uint16_t checksum(std::span<const std::byte> bytes) noexcept {
    unsigned crc = 0;
    const auto at = [&bytes](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
    for (; bytes.size() >= 8; bytes = bytes.subspan(8)) {
        crc = crc_tables[7][(crc ^ at(0)) & 0xFFu] ^ crc_tables[6][((crc >> 8) ^ at(1)) & 0xFFu] ^ crc_tables[5][at(2)] ^
              crc_tables[4][at(3)] ^ crc_tables[3][at(4)] ^ crc_tables[2][at(5)] ^ crc_tables[1][at(6)] ^
              crc_tables[0][at(7)];
    }
    for (const auto b : bytes) crc = (crc >> 8) ^ crc_tables[0][(crc ^ std::to_integer<unsigned>(b)) & 0xFFu];
    return static_cast<std::uint16_t>(crc);
}

template <class Unsigned>
Unsigned load(const std::byte* at, bool big_endian) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Unsigned); ++i) {
        const std::size_t shift = 8 * (big_endian ? sizeof(Unsigned) - 1 - i : i);
        value |= std::to_integer<std::uint64_t>(at[i]) << shift;
    }
    return static_cast<Unsigned>(value);
}

/// An integer of the stored type, unless it is the one that means "no data".
template <class Integer>
double integer(std::span<const std::byte> bytes, bool big_endian, Integer invalid) noexcept {
    if (bytes.empty() || bytes.size() % sizeof(Integer) != 0) return absent;
    const auto value = static_cast<Integer>(load<std::make_unsigned_t<Integer>>(bytes.data(), big_endian));
    return value == invalid ? absent : static_cast<double>(value);
}

template <class Float, class Bits>
double real(std::span<const std::byte> bytes, bool big_endian) noexcept {
    if (bytes.empty() || bytes.size() % sizeof(Float) != 0) return absent;
    const auto value = double{std::bit_cast<Float>(load<Bits>(bytes.data(), big_endian))};
    constexpr double largest = 18446744073709551616.0;  // beyond every integer type of FIT: sums of it stay finite
    return std::abs(value) <= largest ? value : absent;
}

bool is_printable_utf8(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        if (lead < 0x20 || lead == 0x7F || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4) return false;
        const std::size_t more = lead < 0x80 ? 0u : lead < 0xE0 ? 1u : lead < 0xF0 ? 2u : 3u;
        if (text.size() - i < more) return false;
        for (std::size_t k = 0; k < more; ++k) {
            const auto c = static_cast<unsigned char>(text[i + k]);
            unsigned lowest = 0x80,
                     highest = 0xBF;  // the second byte excludes overlong forms, surrogates and beyond U+10FFFF
            if (k == 0 && lead == 0xE0) lowest = 0xA0;
            if (k == 0 && lead == 0xED) highest = 0x9F;
            if (k == 0 && lead == 0xF0) lowest = 0x90;
            if (k == 0 && lead == 0xF4) highest = 0x8F;
            if (c < lowest || c > highest) return false;
        }
        i += more;
    }
    return true;
}

}  // namespace

void definition::add(std::uint8_t number_of_field, std::uint8_t bytes, std::uint8_t base_type) {
    fields_.push_back({size, bytes, base_type});
    size += bytes;
    if (row_of_[number_of_field] == 0) row_of_[number_of_field] = static_cast<std::uint8_t>(fields_.size());
}

std::span<const std::byte> message::bytes(std::uint8_t field_number) const noexcept {
    const auto* f = shape_->find(field_number);
    return f == nullptr ? std::span<const std::byte>{} : content_.subspan(f->offset, f->size);
}

double message::value(std::uint8_t field_number) const noexcept {
    const auto* f = shape_->find(field_number);
    if (f == nullptr) return absent;
    const auto raw = content_.subspan(f->offset, f->size);
    const bool big = shape_->big_endian;
    // clang-format off
    switch (f->base_type & 0x1Fu) {  // the high bits only repeat whether the type has a byte order
    case 0:                                                             // enum
    case 2:                                                             // uint8
    case 13: return integer<std::uint8_t>(raw, big, 0xFF);              // byte
    case 1: return integer<std::int8_t>(raw, big, 0x7F);
    case 3: return integer<std::int16_t>(raw, big, 0x7FFF);
    case 4: return integer<std::uint16_t>(raw, big, 0xFFFF);
    case 5: return integer<std::int32_t>(raw, big, 0x7FFFFFFF);
    case 6: return integer<std::uint32_t>(raw, big, 0xFFFFFFFFu);
    case 8: return real<float, std::uint32_t>(raw, big);                // all ones is a NaN already
    case 9: return real<double, std::uint64_t>(raw, big);
    case 10: return integer<std::uint8_t>(raw, big, 0);                 // the z types: zero is "no data"
    case 11: return integer<std::uint16_t>(raw, big, 0);
    case 12: return integer<std::uint32_t>(raw, big, 0);
    case 14: return integer<std::int64_t>(raw, big, std::numeric_limits<std::int64_t>::max());
    case 15: return integer<std::uint64_t>(raw, big, std::numeric_limits<std::uint64_t>::max());
    case 16: return integer<std::uint64_t>(raw, big, 0);
    default: return absent;                                             // a string, or a type of a later protocol
    }
    // clang-format on
}

std::optional<std::uint32_t> message::natural(std::uint8_t field_number) const noexcept {
    const double v = value(field_number);
    if (!(v >= 0.0 && v <= 4294967295.0) || v != std::floor(v)) return std::nullopt;
    return static_cast<std::uint32_t>(v);
}

std::string message::text(std::uint8_t field_number) const {
    std::string out;
    for (const auto b : bytes(field_number)) {
        if (b == std::byte{0}) break;
        out.push_back(static_cast<char>(b));
    }
    if (!is_printable_utf8(out)) out.clear();
    return out;
}

bool reader::header_at(std::size_t at) const noexcept {
    if (bytes_.size() < at || bytes_.size() - at < 12 || std::memcmp(&bytes_[at + 8], ".FIT", 4) != 0) return false;
    const auto size = std::to_integer<std::size_t>(bytes_[at]);
    return (size == 12 || size >= 14) && size <= bytes_.size() - at;
}

bool reader::open_part() {
    std::size_t at = next_part_;
    while (at < bytes_.size() && !header_at(at)) ++at;
    const bool after_damage = part_.ending == part_ending::truncated || part_.ending == part_ending::malformed;
    const std::size_t skipped = after_damage ? 0 : at - next_part_;  // the rest of a damaged part is no surprise
    if (at == bytes_.size()) {
        skipped_at_end_ = skipped;
        next_part_ = at;
        return open_ = false;
    }
    const auto header_size = std::to_integer<std::size_t>(bytes_[at]);
    const std::size_t data_size = load<std::uint32_t>(&bytes_[at + 4], false);
    part_ = {};
    part_.begin = at;
    part_.skipped = skipped;
    if (header_size >= 14) {
        const auto stored = load<std::uint16_t>(&bytes_[at + 12], false);  // zero: not computed
        part_.bad_header_checksum = stored != 0 && stored != checksum(bytes_.subspan(at, 12));
    }
    position_ = at + header_size;
    const std::size_t rest = bytes_.size() - position_;
    declared_end_ = position_ + data_size;
    size_is_sound_ = data_size > 0 && rest >= checksum_bytes && data_size <= rest - checksum_bytes &&
                     (declared_end_ + checksum_bytes == bytes_.size() || header_at(declared_end_ + checksum_bytes));
    limit_ = size_is_sound_ ? declared_end_ : bytes_.size();
    definitions_ = {};
    last_time_.reset();
    return open_ = true;
}

const message* reader::next() {
    while (open_ && !at_end()) {
        const auto header = peek(0);
        const bool defines = (header & 0xC0u) == 0x40u;
        if (defines) {
            if (!read_definition()) break;
        } else {
            return read_data(header) ? &current_ : nullptr;
        }
    }
    return nullptr;
}

/// Whether the two bytes at the position are the checksum of all before them in this part.
bool reader::checksum_fits() const noexcept {
    return load<std::uint16_t>(&bytes_[position_], false) == checksum(bytes_.subspan(part_.begin, position_ - part_.begin));
}

/// Closes the part when it is over. Where the header's size cannot be trusted, it is over where a fitting checksum stands.
bool reader::at_end() {
    if (size_is_sound_) {
        if (position_ < limit_) return false;
        close(checksum_fits() ? part_ending::complete : part_ending::bad_checksum, declared_end_ + checksum_bytes);
        return true;
    }
    if ((position_ == declared_end_ || left() == checksum_bytes) && left() >= checksum_bytes && checksum_fits()) {
        part_.size_is_wrong = position_ != declared_end_;
        close(part_ending::complete, position_ + checksum_bytes);
        return true;
    }
    if (left() > 0 && (position_ != declared_end_ || left() >= checksum_bytes)) return false;
    close(part_ending::truncated, position_);
    return true;
}

void reader::close(part_ending how, std::size_t next_part) noexcept {
    part_.ending = how;
    part_.end = position_;
    next_part_ = next_part;
    open_ = false;
}

/// A part of sound size is left for the next one; otherwise the next header is looked for from here.
bool reader::give_up(part_ending how) noexcept {
    close(how, size_is_sound_ ? declared_end_ + checksum_bytes : position_);
    return false;
}

bool reader::stop_short() noexcept {
    return give_up(limit_ == bytes_.size() ? part_ending::truncated : part_ending::malformed);
}

bool reader::read_definition() {
    const auto header = peek(0);
    constexpr std::size_t fixed = 6, per_field = 3;
    if (left() < fixed) return stop_short();
    const std::size_t fields = peek(5);
    std::size_t size = fixed + fields * per_field;
    const bool has_developer_fields = (header & 0x20u) != 0;
    if (left() < size + (has_developer_fields ? 1u : 0u)) return stop_short();
    const std::size_t developer_fields = has_developer_fields ? peek(size) : 0;
    if (has_developer_fields) size += 1 + developer_fields * per_field;
    if (left() < size) return stop_short();

    auto& shape = definitions_[header & 0x0Fu].emplace();
    shape.big_endian = peek(2) != 0;
    shape.number = load<std::uint16_t>(&bytes_[position_ + 3], shape.big_endian);
    for (std::size_t i = 0; i < fields; ++i) {
        const std::size_t at = fixed + i * per_field;
        shape.add(peek(at), peek(at + 1), peek(at + 2));
    }
    for (std::size_t i = 0; i < developer_fields; ++i)
        shape.size += peek(fixed + fields * per_field + 1 + i * per_field + 1);
    position_ += size;
    return true;
}

bool reader::read_data(std::uint8_t header) {
    const bool compressed = (header & 0x80u) != 0;
    const auto& shape = definitions_[compressed ? (header >> 5) & 0x03u : header & 0x0Fu];
    if (!shape) return give_up(part_ending::malformed);
    if (left() < 1 + std::size_t{shape->size}) return stop_short();
    current_ = message{*shape, bytes_.subspan(position_ + 1, shape->size)};
    current_.time_ = time_of(current_, header);
    position_ += 1 + std::size_t{shape->size};
    return true;
}

/// A compressed header gives the low five bits of a time; it is the first such time not before the last one seen.
std::optional<std::uint32_t> reader::time_of(const message& data, std::uint8_t header) noexcept {
    if (const auto given = data.natural(timestamp_field)) return last_time_ = given;
    if ((header & 0x80u) == 0 || !last_time_) return std::nullopt;
    const std::uint32_t low = header & 0x1Fu;
    return last_time_ = *last_time_ + ((low - *last_time_) & 0x1Fu);
}

}  // namespace reconcile::fit

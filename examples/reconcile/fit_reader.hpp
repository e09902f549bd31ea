// SPDX-License-Identifier: BSL-1.0
//
// The byte level of FIT: takes a file apart into messages, and knows nothing of what they mean.
//
//     fit::reader in{bytes};
//     while (in.open_part()) {                              // an input may be several FIT files, one after another
//         while (const auto* m = in.next())
//             if (m->number() == 20) use(m->time(), m->value(3));   // a record: its time, its heart rate
//         report(in.part());                                // how that file ended
//     }
//
// A FIT file describes itself: a definition message lists the fields of the data messages after it, with sizes and types, so
// unknown messages and fields are skipped without knowing them. Values are read by the type that the file declares, not by
// the one that the profile gives; a value that means "no data" (all bits one, mostly) reads as NaN. Memory is constant.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace reconcile::fit {

/// The field that every message may have: its time, in seconds since 1989-12-31T00:00:00Z.
inline constexpr std::uint8_t timestamp_field = 253;

struct field {
    std::uint32_t offset = 0;  // from the start of the message's content
    std::uint8_t size = 0;     // in bytes
    std::uint8_t base_type = 0;
};

/// What a definition message says about the data messages that follow it.
class definition {
public:
    std::uint16_t number = 0;  // of the message, in the profile
    bool big_endian = false;
    std::uint32_t size = 0;  // of the content, developer fields included

    void add(std::uint8_t number_of_field, std::uint8_t bytes, std::uint8_t base_type);
    [[nodiscard]] const field* find(std::uint8_t number_of_field) const noexcept {
        const auto row = row_of_[number_of_field];
        return row == 0 ? nullptr : &fields_[row - 1u];
    }

private:
    std::vector<field> fields_{};
    std::array<std::uint8_t, 256> row_of_{};  // field number -> row + 1, so that a lookup is one step
};

/// One data message. Valid until the next call of the reader.
class message {
public:
    message() = default;
    message(const definition& shape, std::span<const std::byte> content) noexcept : shape_{&shape}, content_{content} {}

    [[nodiscard]] std::uint16_t number() const noexcept { return shape_->number; }
    /// The raw value of a field, not scaled; its first element when it is an array. NaN when it is absent or invalid.
    [[nodiscard]] double value(std::uint8_t field_number) const noexcept;
    /// A value that must be a whole number of at most 32 bits: an enum, a number, a time.
    [[nodiscard]] std::optional<std::uint32_t> natural(std::uint8_t field_number) const noexcept;
    /// The bytes up to the first zero; empty when the field is absent, or not printable UTF-8.
    [[nodiscard]] std::string text(std::uint8_t field_number) const;
    /// The bytes as they are; empty when the field is absent.
    [[nodiscard]] std::span<const std::byte> bytes(std::uint8_t field_number) const noexcept;
    /// The time stamp, from the field or from a compressed header; nothing when neither is there.
    [[nodiscard]] std::optional<std::uint32_t> time() const noexcept { return time_; }

private:
    friend class reader;
    const definition* shape_ = nullptr;
    std::span<const std::byte> content_{};
    std::optional<std::uint32_t> time_{};
};

enum class part_ending : std::uint8_t {
    complete,      // as long as it says, and the checksum fits
    bad_checksum,  // as long as it says, and the checksum does not fit
    truncated,     // the input ends before the part does
    malformed,     // a message that cannot be read
};

/// One FIT file of the input.
struct part_info {
    std::size_t begin = 0;
    std::size_t skipped = 0;  // bytes before it that belong to no part, not even a damaged one
    bool bad_header_checksum = false;
    bool size_is_wrong = false;  // the header's size is zero or leads nowhere; the part was read without it
    part_ending ending = part_ending::complete;
    std::size_t end = 0;  // where reading stopped
};

class reader {
public:
    explicit reader(std::span<const std::byte> bytes) noexcept : bytes_{bytes} {}

    /// Goes to the next FIT header. False when there is none; `skipped_at_end` then tells what was left over.
    bool open_part();
    /// The next data message of the part; nullptr at its end.
    const message* next();
    [[nodiscard]] const part_info& part() const noexcept { return part_; }
    [[nodiscard]] std::size_t skipped_at_end() const noexcept { return skipped_at_end_; }

private:
    [[nodiscard]] bool header_at(std::size_t at) const noexcept;
    [[nodiscard]] std::size_t left() const noexcept { return limit_ - position_; }
    [[nodiscard]] std::uint8_t peek(std::size_t ahead) const noexcept {
        return std::to_integer<std::uint8_t>(bytes_[position_ + ahead]);
    }
    [[nodiscard]] bool at_end();
    [[nodiscard]] bool checksum_fits() const noexcept;
    void close(part_ending how, std::size_t next_part) noexcept;
    [[nodiscard]] bool give_up(part_ending how) noexcept;  // these two close the part and are false
    [[nodiscard]] bool stop_short() noexcept;              // a message that goes on beyond the limit
    [[nodiscard]] bool read_definition();
    [[nodiscard]] bool read_data(std::uint8_t header);
    [[nodiscard]] std::optional<std::uint32_t> time_of(const message& data, std::uint8_t header) noexcept;

    std::span<const std::byte> bytes_;
    std::size_t position_ = 0;
    std::size_t declared_end_ = 0;  // of the messages, as the header says
    std::size_t limit_ = 0;         // no message may go beyond
    bool size_is_sound_ = false;    // the declared end is followed by a checksum, and then by nothing or by another part
    bool open_ = false;
    std::size_t next_part_ = 0;  // where to look for the next part
    std::size_t skipped_at_end_ = 0;
    part_info part_{};
    message current_{};
    std::array<std::optional<definition>, 16> definitions_{};  // by local number
    std::optional<std::uint32_t> last_time_{};                 // what compressed headers count from
};

}  // namespace reconcile::fit

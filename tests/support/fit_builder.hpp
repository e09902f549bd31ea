// SPDX-License-Identifier: BSL-1.0
//
// Writes FIT files, for tests and sample data: messages in real units, the bytes at the end.
//
//     fit_builder file;
//     file.file_id({.manufacturer = 1, .product = 2050, .serial = 77, .created = 1700000000});
//     file.record({.at = 1700000000, .lat = 51.0, .lon = 3.5, .hr = 120});
//     file.record({.at = 1700000001, .lat = 51.0001, .lon = 3.5, .hr = 121});
//     file.session({.start = 1700000000, .elapsed_s = 1, .distance_m = 11.1, .sport = 2});
//     file.activity({.at = 1700000001, .utc_offset_s = 3600});
//     std::vector<std::byte> bytes = file.finish();
//
// Times are Unix seconds. What is not given is not written. Definition messages come by themselves, whenever the fields
// change. `message` writes any message from raw fields; the options, damage and all, are there for tests of a reader.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

class fit_builder {
public:
    enum base_type : std::uint8_t {
        t_enum = 0x00,
        t_s8 = 0x01,
        t_u8 = 0x02,
        t_s16 = 0x83,
        t_u16 = 0x84,
        t_s32 = 0x85,
        t_u32 = 0x86,
        t_string = 0x07,
        t_f32 = 0x88,
        t_f64 = 0x89,
        t_u8z = 0x0A,
        t_u16z = 0x8B,
        t_u32z = 0x8C,
        t_byte = 0x0D,
        t_s64 = 0x8E,
        t_u64 = 0x8F
    };

    /// One field of a message: its number, its type, and its bytes, least significant first.
    struct field {
        std::uint8_t number = 0;
        std::uint8_t type = t_byte;
        std::size_t element = 1;  // size of one element: what a change of byte order turns around
        std::vector<std::uint8_t> bytes{};

        static field integer(std::uint8_t number, std::uint8_t type, std::int64_t value) {
            return raw(number, type, static_cast<std::uint64_t>(value), size_of(type));
        }
        static field real32(std::uint8_t number, float value) {
            return raw(number, t_f32, std::bit_cast<std::uint32_t>(value), 4);
        }
        static field real64(std::uint8_t number, double value) {
            return raw(number, t_f64, std::bit_cast<std::uint64_t>(value), 8);
        }
        static field text(std::uint8_t number, std::string_view value) {
            field f{number, t_string, 1, {value.begin(), value.end()}};
            f.bytes.push_back(0);
            return f;
        }
        static field blob(std::uint8_t number, std::vector<std::uint8_t> bytes) {
            return {number, t_byte, 1, std::move(bytes)};
        }

    private:
        static field raw(std::uint8_t number, std::uint8_t type, std::uint64_t bits, std::size_t size) {
            field f{number, type, size, {}};
            for (std::size_t i = 0; i < size; ++i) f.bytes.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
            return f;
        }
        static std::size_t size_of(std::uint8_t type) {
            switch (type) {
            case t_s16:
            case t_u16:
            case t_u16z: return 2;
            case t_s32:
            case t_u32:
            case t_u32z: return 4;
            case t_s64:
            case t_u64: return 8;
            default: return 1;
            }
        }
    };

    struct options {
        bool big_endian = false;
        std::uint8_t header_size = 14;             // or 12: the older form, without a checksum
        std::optional<std::uint32_t> data_size{};  // a wrong one
        std::uint16_t spoil_checksum = 0;          // is xor-ed into the file's checksum
        std::uint16_t spoil_header_checksum = 0;
    };

    struct file_id_message {
        std::uint8_t type = 4;  // activity
        std::optional<std::uint16_t> manufacturer{}, product{};
        std::optional<std::uint32_t> serial{};
        std::optional<std::int64_t> created{};
        std::string_view product_name{};
    };
    struct record_message {
        std::optional<std::int64_t> at{};
        std::optional<double> lat{}, lon{}, ele{};  // degrees, metres
        std::optional<double> hr{}, power{}, cadence{}, speed{}, distance{};
    };
    struct session_message {
        std::optional<std::int64_t> start{}, written{};
        std::optional<double> elapsed_s{}, timer_s{}, distance_m{};
        std::optional<std::uint8_t> sport{}, sub_sport{};
        std::optional<double> kcal{}, ascent_m{}, avg_hr{}, max_hr{}, avg_power{}, max_power{}, avg_cadence{};
        std::optional<double> avg_speed{}, max_speed{};
    };
    struct event_message {
        std::int64_t at = 0;
        std::uint8_t event = 0, type = 0;  // timer start; type 1: stop, 4: stop all
    };
    struct activity_message {
        std::int64_t at = 0;
        std::optional<std::int64_t> utc_offset_s{};
        std::uint16_t sessions = 1;
    };

    fit_builder() = default;
    explicit fit_builder(const options& how) : how_{how} {}

    fit_builder& file_id(const file_id_message& m) {
        field_list f;
        f.put(0, t_enum, m.type);
        f.put(1, t_u16, m.manufacturer);
        f.put(2, t_u16, m.product);
        f.put(3, t_u32z, m.serial);
        f.time(4, m.created);
        if (!m.product_name.empty()) f.list.push_back(field::text(8, m.product_name));
        return message(0, f.list);
    }
    fit_builder& record(const record_message& m) {
        field_list f;
        f.time(253, m.at);
        f.scaled(0, t_s32, m.lat, semicircles_per_degree);
        f.scaled(1, t_s32, m.lon, semicircles_per_degree);
        if (m.ele) f.scaled(78, t_u32, *m.ele + 500.0, 5);
        f.scaled(3, t_u8, m.hr, 1);
        f.scaled(4, t_u8, m.cadence, 1);
        f.scaled(5, t_u32, m.distance, 100);
        f.scaled(73, t_u32, m.speed, 1000);
        f.scaled(7, t_u16, m.power, 1);
        return message(20, f.list);
    }
    fit_builder& session(const session_message& m) {
        field_list f;
        f.time(253, m.written);
        f.time(2, m.start);
        f.scaled(7, t_u32, m.elapsed_s, 1000);
        f.scaled(8, t_u32, m.timer_s, 1000);
        f.scaled(9, t_u32, m.distance_m, 100);
        f.put(5, t_enum, m.sport);
        f.put(6, t_enum, m.sub_sport);
        f.scaled(11, t_u16, m.kcal, 1);
        f.scaled(22, t_u16, m.ascent_m, 1);
        f.scaled(16, t_u8, m.avg_hr, 1);
        f.scaled(17, t_u8, m.max_hr, 1);
        f.scaled(20, t_u16, m.avg_power, 1);
        f.scaled(21, t_u16, m.max_power, 1);
        f.scaled(18, t_u8, m.avg_cadence, 1);
        f.scaled(124, t_u32, m.avg_speed, 1000);
        f.scaled(125, t_u32, m.max_speed, 1000);
        return message(18, f.list);
    }
    fit_builder& event(const event_message& m) {
        field_list f;
        f.time(253, m.at);
        f.put(0, t_enum, std::optional{m.event});
        f.put(1, t_enum, std::optional{m.type});
        return message(21, f.list);
    }
    fit_builder& activity(const activity_message& m) {
        field_list f;
        f.time(253, m.at);
        if (m.utc_offset_s) f.time(5, m.at + *m.utc_offset_s);
        f.put(1, t_u16, std::optional{m.sessions});
        return message(34, f.list);
    }

    /// Any message. `developer_bytes` is the content of one developer field; the reader has to pass over it.
    fit_builder& message(std::uint16_t number, const std::vector<field>& fields,
                         std::span<const std::uint8_t> developer_bytes = {}) {
        const auto local = local_of(number);
        define(local, number, fields, developer_bytes.size());
        put8(local);
        put_content(fields);
        for (const auto b : developer_bytes) put8(b);
        return *this;
    }
    /// A message whose header has the low five bits of its time.
    fit_builder& compressed(std::uint16_t number, std::int64_t at, const std::vector<field>& fields) {
        define(0, number, fields, 0);
        put8(static_cast<std::uint8_t>(0x80 | (fit_time(at) & 0x1F)));
        put_content(fields);
        return *this;
    }
    /// Bytes as they are, good or bad.
    fit_builder& bytes(std::initializer_list<std::uint8_t> values) {
        for (const auto v : values) put8(v);
        return *this;
    }

    /// Header, messages, checksum. The builder is as new afterwards.
    [[nodiscard]] std::vector<std::byte> finish() {
        std::vector<std::byte> out;
        const auto put = [&out](std::uint64_t value, std::size_t size) {
            for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<std::byte>(value >> (8 * i)));
        };
        put(how_.header_size, 1);
        put(0x20, 1);
        put(2132, 2);
        put(how_.data_size.value_or(static_cast<std::uint32_t>(data_.size())), 4);
        for (const char c : std::string_view{".FIT"}) out.push_back(static_cast<std::byte>(c));
        if (how_.header_size >= 14) put(checksum(out) ^ how_.spoil_header_checksum, 2);
        out.insert(out.end(), data_.begin(), data_.end());
        put(checksum(out) ^ how_.spoil_checksum, 2);
        data_.clear();
        shapes_ = {};
        return out;
    }

    [[nodiscard]] static constexpr std::uint32_t fit_time(std::int64_t unix_seconds) {
        return static_cast<std::uint32_t>(unix_seconds - 631065600);
    }
    /// The CRC-16 of FIT, bit by bit.
    [[nodiscard]] static std::uint16_t checksum(std::span<const std::byte> bytes) {
        unsigned crc = 0;
        for (const auto b : bytes) {
            crc ^= std::to_integer<unsigned>(b);
            for (int bit = 0; bit < 8; ++bit) crc = (crc & 1u) != 0 ? (crc >> 1) ^ 0xA001u : crc >> 1;
        }
        return static_cast<std::uint16_t>(crc);
    }

private:
    static constexpr double semicircles_per_degree = 2147483648.0 / 180.0;

    /// Fields that have a value.
    struct field_list {
        std::vector<field> list{};
        template <class T>
        void put(std::uint8_t number, std::uint8_t type, const std::optional<T>& value) {
            if (value) list.push_back(field::integer(number, type, *value));
        }
        void put(std::uint8_t number, std::uint8_t type, std::uint8_t value) {
            list.push_back(field::integer(number, type, value));
        }
        void scaled(std::uint8_t number, std::uint8_t type, const std::optional<double>& value, double per_unit) {
            if (value) list.push_back(field::integer(number, type, std::llround(*value * per_unit)));
        }
        void time(std::uint8_t number, const std::optional<std::int64_t>& at) {
            if (at) list.push_back(field::integer(number, t_u32, fit_time(*at)));
        }
    };

    /// Records have the local number 0, which compressed headers can name too.
    static std::uint8_t local_of(std::uint16_t number) {
        return static_cast<std::uint8_t>(number == 20 ? 0 : 1 + number % 15);
    }

    void put8(std::uint8_t value) { data_.push_back(static_cast<std::byte>(value)); }

    void define(std::uint8_t local, std::uint16_t number, const std::vector<field>& fields, std::size_t developer_size) {
        std::vector<std::uint8_t> shape{0, how_.big_endian ? std::uint8_t{1} : std::uint8_t{0}};
        const auto low = static_cast<std::uint8_t>(number), high = static_cast<std::uint8_t>(number >> 8);
        shape.push_back(how_.big_endian ? high : low);
        shape.push_back(how_.big_endian ? low : high);
        shape.push_back(static_cast<std::uint8_t>(fields.size()));
        for (const auto& f : fields) {
            shape.push_back(f.number);
            shape.push_back(static_cast<std::uint8_t>(f.bytes.size()));
            shape.push_back(f.type);
        }
        if (developer_size > 0) {
            const std::uint8_t one_field[] = {1, 0, static_cast<std::uint8_t>(developer_size),
                                              0};  // count; number, size, index
            shape.insert(shape.end(), std::begin(one_field), std::end(one_field));
        }
        if (shapes_[local] == shape) return;
        shapes_[local] = shape;
        put8(static_cast<std::uint8_t>(0x40 | (developer_size > 0 ? 0x20 : 0) | local));
        for (const auto b : shape) put8(b);
    }

    void put_content(const std::vector<field>& fields) {
        for (const auto& f : fields)
            for (std::size_t i = 0; i < f.bytes.size(); ++i) {
                const std::size_t in_element = i % f.element;
                put8(f.bytes[how_.big_endian ? i - in_element + (f.element - 1 - in_element) : i]);
            }
    }

    options how_{};
    std::vector<std::byte> data_{};
    std::array<std::vector<std::uint8_t>, 16> shapes_{};
};

// SPDX-License-Identifier: BSL-1.0
//
// What recorded it, what it was copied from, and which file it came in: the three kinds of evidence that announce a copy.
#pragma once

#include <coincide/record/time.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coincide {

/// Order is the default priority within one source: Watch > Band > Ring > Phone > Other (requirement 000). A bike computer
/// stands beside the watch, which is the same maker's device for the same purpose; unknown is last.
enum class device_type : std::uint8_t { watch, bike_computer, band, ring, phone, other, unknown };

[[nodiscard]] constexpr std::string_view to_string(device_type type) noexcept {
    switch (type) {
    case device_type::watch: return "watch";
    case device_type::bike_computer: return "bike_computer";
    case device_type::band: return "band";
    case device_type::ring: return "ring";
    case device_type::phone: return "phone";
    case device_type::other: return "other";
    case device_type::unknown: break;
    }
    return "";
}

/// `unknown` for any other word.
[[nodiscard]] constexpr device_type device_type_from(std::string_view word) noexcept {
    for (const auto type : {device_type::watch, device_type::bike_computer, device_type::band, device_type::ring, device_type::phone,
                            device_type::other})
        if (to_string(type) == word) return type;
    return device_type::unknown;
}

struct device_info {
    std::string manufacturer{};
    std::string model{};
    std::string serial{};
    device_type type = device_type::unknown;

    [[nodiscard]] bool empty() const noexcept {
        return manufacturer.empty() && model.empty() && serial.empty() && type == device_type::unknown;
    }
    friend bool operator==(const device_info&, const device_info&) = default;
};

/// The record this one was copied from, where the source tells. An empty external_id names only the service.
struct origin_ref {
    std::string source{};
    std::string external_id{};

    [[nodiscard]] bool empty() const noexcept { return source.empty() && external_id.empty(); }
    friend bool operator==(const origin_ref&, const origin_ref&) = default;
};

/// FIT file_id, which survives copies: manufacturer, product, serial and time_created together name one recording. And the
/// SHA-256 of the file as it came, of any format, in hex.
struct file_identity {
    std::string manufacturer{};
    std::string product{};
    std::string serial{};
    std::optional<instant> time_created{};
    std::string sha256{};

    [[nodiscard]] bool empty() const noexcept {
        return manufacturer.empty() && product.empty() && serial.empty() && !time_created && sha256.empty();
    }
    friend bool operator==(const file_identity&, const file_identity&) = default;
};

}  // namespace coincide

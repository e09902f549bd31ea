// SPDX-License-Identifier: BSL-1.0
#include "json_write.hpp"

#include "json_keys.hpp"
#include "utf8.hpp"

#include <simdjson.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace reconcile {
namespace {

// Adds one to the last digit of "-19.99" and carries: "-20.00", "99" -> "100".
void increment(std::string& digits) {
    for (std::size_t i = digits.size(); i-- > 0;) {
        if (digits[i] == '.') continue;
        if (digits[i] == '-') break;
        if (digits[i] != '9') {
            ++digits[i];
            return;
        }
        digits[i] = '0';
    }
    digits.insert(digits.front() == '-' ? 1 : 0, 1, '1');
}

void strip_zeros(std::string& digits) {
    if (digits.find('.') == std::string::npos) return;
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
}

std::string repaired(std::string_view text) {
    std::string valid;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        valid += length == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return valid;
}

void append_escaped(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20) {
        out += c;
        return;
    }
    out += "\\u00";
    out += hex[code >> 4];
    out += hex[code & 15];
}

void write_text(json_writer& json, std::string_view key, std::string_view value) {
    if (!value.empty()) json.key(key).string(value);
}

void write_column(json_writer& json, std::string_view key, const std::vector<double>& values, unsigned decimals) {
    json.key(key).begin_array();
    for (const double v : values) json.number_or_null(v, decimals);
    json.end_array();
}

// A track has lat and lon even when no position is known, because its readers ask for them.
void write_samples(json_writer& json, std::string_view key, const coincide::samples& samples, bool positions) {
    if (samples.empty()) return;
    json.key(key).begin_object();
    json.key("t").begin_array();
    for (const auto t : samples.t_ms) json.duration(coincide::milliseconds{t});
    json.end_array();
    if (positions) {
        const std::vector<double> none(samples.has_positions() ? 0 : samples.size(), coincide::no_value);
        write_column(json, "lat", samples.has_positions() ? samples.lat : none, degree_decimals);
        write_column(json, "lon", samples.has_positions() ? samples.lon : none, degree_decimals);
    }
    for (std::size_t c = 0; c < coincide::samples::column_count; ++c)
        if (!samples.values[c].empty()) write_column(json, column_keys[c], samples.values[c], plain_decimals);
    json.end_object();
}

// One overload a type of member; `decimals` matters to doubles only.
class member_writer {
public:
    member_writer(json_writer& json, const write_options& options) : json_{json}, options_{options} {}

    void operator()(std::string_view key, const std::string& text, unsigned) { write_text(json_, key, text); }
    void operator()(std::string_view key, coincide::instant at, unsigned) { json_.key(key).time(at); }
    void operator()(std::string_view key, double value, unsigned decimals) {
        if (std::isfinite(value)) json_.key(key).number(value, decimals);
    }
    void operator()(std::string_view key, coincide::milliseconds value, unsigned) { json_.key(key).duration(value); }
    void operator()(std::string_view key, coincide::seconds value, unsigned) { json_.key(key).integer(value.count()); }
    void operator()(std::string_view key, std::int64_t value, unsigned) { json_.key(key).integer(value); }
    void operator()(std::string_view key, coincide::sport_id sport, unsigned) { json_.key(key).string(sport.slug()); }
    void operator()(std::string_view key, const std::vector<std::string>& texts, unsigned) {
        if (texts.empty()) return;
        json_.key(key).begin_array();
        for (const auto& text : texts) json_.string(text);
        json_.end_array();
    }
    void operator()(std::string_view key, const coincide::device_info& device, unsigned) {
        if (device.empty()) return;
        json_.key(key).begin_object();
        write_text(json_, "manufacturer", device.manufacturer);
        write_text(json_, "model", device.model);
        write_text(json_, "serial", device.serial);
        write_text(json_, "type", to_string(device.type));
        json_.end_object();
    }
    void operator()(std::string_view key, const coincide::origin_ref& origin, unsigned) {
        if (origin.empty()) return;
        json_.key(key).begin_object();
        write_text(json_, "source", origin.source);
        write_text(json_, "external_id", origin.external_id);
        json_.end_object();
    }
    void operator()(std::string_view key, const coincide::file_identity& file, unsigned) {
        if (file.empty()) return;
        json_.key(key).begin_object();
        write_text(json_, "manufacturer", file.manufacturer);
        write_text(json_, "product", file.product);
        write_text(json_, "serial", file.serial);
        if (file.time_created) json_.key("time_created").time(*file.time_created);
        write_text(json_, "sha256", file.sha256);
        json_.end_object();
    }
    void operator()(std::string_view key, const coincide::samples& samples, unsigned) {
        if (options_.with_tracks) write_samples(json_, key, samples, key == coincide::track.name);
    }
    template <class Value>
    void operator()(std::string_view key, const std::optional<Value>& value, unsigned decimals) {
        if (value) (*this)(key, *value, decimals);
    }

private:
    json_writer& json_;
    const write_options& options_;
};

}  // namespace

void append_number(std::string& out, double value, unsigned decimals) {
    char text[400];  // the longest is a sign, 309 digits, or "0." and 324 digits
    const auto written = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed);
    std::string digits{text, written.ptr};
    if (const auto point = digits.find('.'); point != std::string::npos && digits.size() > point + 1 + decimals) {
        const bool up = digits[point + 1 + decimals] >= '5';
        digits.erase(point + 1 + decimals);
        if (up) increment(digits);
    }
    strip_zeros(digits);
    out += digits == "-0" ? "0" : digits;
}

void append_seconds(std::string& out, coincide::milliseconds value) {
    const auto count = value.count();
    const auto magnitude = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    if (count < 0) out += '-';
    out += std::to_string(magnitude / 1000);
    if (magnitude % 1000 == 0) return;
    std::string fraction = std::to_string(1000 + magnitude % 1000);
    fraction.front() = '.';
    strip_zeros(fraction);
    out += fraction;
}

void append_string(std::string& out, std::string_view text) {
    if (!simdjson::validate_utf8(text.data(), text.size())) return append_string(out, repaired(text));
    out += '"';
    for (const char c : text) append_escaped(out, c);
    out += '"';
}

void json_writer::number_or_null(double value, unsigned decimals) {
    if (std::isfinite(value))
        number(value, decimals);
    else
        raw("null");
}

void write_members(json_writer& json, const coincide::activity& record, const write_options& options) {
    member_writer write{json, options};
    for_each_key([&](auto role, auto member) {
        write(role.name, record.*member, is_angle<decltype(role)> ? degree_decimals : plain_decimals);
    });
    if (record.extra.empty()) return;
    json.key("extra").begin_object();
    json.raw(record.extra);
    json.end_object();
}

void write_record(std::string& out, const coincide::activity& record, const write_options& options) {
    json_writer json{out};
    json.begin_object();
    write_members(json, record, options);
    json.end_object();
}

}  // namespace reconcile

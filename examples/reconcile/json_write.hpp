// SPDX-License-Identifier: BSL-1.0
//
// Writes JSON whose bytes depend on the values alone: no locale, no pointer order, no exponent. And a record in the
// interchange format.
//
//     std::string line;
//     json_writer json{line};
//     json.begin_object();
//     json.key("distance_m").number(49793.80049);     // {"distance_m":49793.8
//     json.key("start_lat").number(51.00000005, 7);   // ,"start_lat":51.0000001
//     json.end_object();
//
// Numbers are rounded half away from zero, as the decimal digits say that name the double shortest: 1.0005 gives 1.001,
// although the double lies a little below. Python gives the same with Decimal(repr(x)).quantize(…, ROUND_HALF_UP). Whole
// numbers beyond 2^53 have all the digits of the double.
#pragma once

#include <coincide/record/activity.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace reconcile {

inline constexpr unsigned degree_decimals = 7;
inline constexpr unsigned bit_decimals = 2;
inline constexpr unsigned plain_decimals = 3;  // everything else

/// Appends a finite number, rounded; no trailing zeros, no exponent, no -0.
void append_number(std::string& out, double value, unsigned decimals = plain_decimals);

/// Appends seconds with up to three decimals: 1500 ms is 1.5.
void append_seconds(std::string& out, coincide::milliseconds value);

/// Appends text as a JSON string. Bytes that are not UTF-8 become U+FFFD, so that the output is always valid.
void append_string(std::string& out, std::string_view text);

/// Appends values to a text and puts the commas. Nesting is the caller's: every begin needs its end.
class json_writer {
public:
    explicit json_writer(std::string& out) noexcept : out_{out} {}

    void begin_object() { open('{'); }
    void end_object() { out_ += '}'; }
    void begin_array() { open('['); }
    void end_array() { out_ += ']'; }
    json_writer& key(std::string_view name) {
        string(name);
        out_ += ':';
        return *this;
    }
    void string(std::string_view text) { separate(), append_string(out_, text); }
    void number(double value, unsigned decimals = plain_decimals) { separate(), append_number(out_, value, decimals); }
    void number_or_null(double value, unsigned decimals = plain_decimals);
    void integer(std::int64_t value) { separate(), out_ += std::to_string(value); }
    void duration(coincide::milliseconds value) { separate(), append_seconds(out_, value); }
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void time(coincide::instant at) { string(coincide::format_rfc3339(at)); }
    /// JSON that is made already: one value, or members joined by commas.
    void raw(std::string_view json) { separate(), out_ += json; }

private:
    void open(char bracket) { separate(), out_ += bracket; }
    void separate() {  // a value ends in a quote, a digit, a letter or a closing bracket, never in one of these
        if (!out_.empty() && std::string_view{"{[:\n"}.find(out_.back()) == std::string_view::npos) out_ += ',';
    }

    std::string& out_;
};

struct write_options {
    bool with_tracks = false;
};

/// The members of a record, in the order of the interchange table, then `extra`; unknown values are left out. The caller
/// opens and closes the object, and may add members of its own.
void write_members(json_writer& json, const coincide::activity& record, const write_options& options);

/// A record as one JSON object, without a line end.
void write_record(std::string& out, const coincide::activity& record, const write_options& options = {});

}  // namespace reconcile

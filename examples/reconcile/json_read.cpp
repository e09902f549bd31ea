// SPDX-License-Identifier: BSL-1.0
#include "json_read.hpp"

#include "json_keys.hpp"
#include "json_text.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace reconcile {
namespace {

using coincide::problem_code;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

// ---- one record -------------------------------------------------------------------------------------------------------

// Where a value stands: /key, /key/sub or /key/sub/index.
struct place {
    std::string_view key;
    std::string_view sub{};
    std::optional<std::size_t> index{};

    [[nodiscard]] std::string pointer() const {
        std::string text;
        if (!key.empty()) append(text, key);
        if (!sub.empty()) append(text, sub);
        if (index) text += '/' + std::to_string(*index);
        return text;
    }

private:
    static void append(std::string& text, std::string_view part) {
        text += '/';
        for (const char c : part) {
            if (c == '~')
                text += "~0";
            else if (c == '/')
                text += "~1";
            else
                text += c;
        }
    }
};

constexpr std::size_t longest_key_told = 64;  // an unknown key of any length would otherwise stand in the finding

template <class Role>
constexpr bool is_id = std::is_same_v<Role, coincide::external_id_t> || std::is_same_v<Role, coincide::parent_id_t>;

template <class Role>
constexpr bool may_be_negative =
    is_angle<Role> || std::is_same_v<typename Role::dimension, coincide::dimension::temperature>;

bool is_known_key(std::string_view key) {
    bool known = false;
    for_each_key([&](auto role, auto) { known = known || role.name == key; });
    return known;
}

// The known members of the objects whose unknown members are kept.
constexpr std::string_view device_keys[] = {"manufacturer", "model", "serial", "type"};
constexpr std::string_view origin_keys[] = {"source", "external_id"};
constexpr std::string_view file_keys[] = {"manufacturer", "product", "serial", "time_created", "sha256"};

/// What only our own output has: worked out anew from the records, not handed on.
constexpr std::string_view output_keys[] = {"points", "from", "group", "provenance", "alternatives"};
bool is_output_key(std::string_view key) { return std::find(std::begin(output_keys), std::end(output_keys), key) != std::end(output_keys); }

std::span<const std::string_view> nested_keys(std::string_view key) {
    if (key == coincide::device.name) return device_keys;
    if (key == coincide::origin.name) return origin_keys;
    if (key == coincide::file.name) return file_keys;
    return {};
}

// Reads one object into a record. Every step gives false once the record has been rejected.
class record_parse {
public:
    record_parse(std::string_view text, std::uint64_t line, const decode_limits& limits, std::vector<finding>& findings)
        : text_{text},
          line_{line},
          limits_{limits},
          findings_{findings},
          first_finding_{findings.size()} {}

    bool run(element root, const std::string& athlete) {
        if (root.get(root_)) return reject(problem_code::wrong_type, {}, "A record is an object");
        const bool good = unique_keys(root_, {}) && read_members() && keep_unknown() && complete(athlete);
        name_findings();
        return good;
    }
    bool reject(problem_code code, const place& at, std::string reason) {
        findings_.resize(first_finding_);
        add(finding_kind::reject, code, at, std::move(reason));
        return false;
    }
    coincide::activity& record() { return record_; }

private:
    void add(finding_kind kind, problem_code code, const place& at, std::string reason) {
        finding f;
        f.kind = kind;
        f.code = code;
        f.reason = std::move(reason);
        if (is_known_key(at.key)) f.field = at.key;
        f.line = line_;
        if (at.key.size() <= longest_key_told && at.sub.size() <= longest_key_told) f.pointer = at.pointer();
        findings_.push_back(std::move(f));
    }
    void salvage(problem_code code, const place& at, std::string reason) {
        add(finding_kind::salvage, code, at, std::move(reason));
    }

    // Findings name the record, even when it was rejected before its ids were reached.
    void name_findings() {
        std::string source, id;
        element value;
        if (find(root_, "source", value)) text_of(value, source);
        if (find(root_, "external_id", value)) id_of(value, {"external_id"}, id);
        for (std::size_t i = first_finding_; i < findings_.size(); ++i) {
            findings_[i].source = source;
            findings_[i].external_id = id;
        }
    }

    bool unique_keys(const object& members, const place& at) {
        std::vector<std::string_view> keys;
        for (const auto member : members) keys.push_back(member.key);
        return unique(std::move(keys), at);
    }
    bool unique(std::vector<std::string_view> keys, const place& at) {
        std::sort(keys.begin(), keys.end());
        const auto twice = std::adjacent_find(keys.begin(), keys.end());
        if (twice == keys.end()) return true;
        return reject(problem_code::duplicate_key, at.key.empty() ? place{*twice} : place{at.key, *twice},
                      "A key stands twice in one object");
    }

    bool read_members() {
        for (const auto member : root_) {
            bool good = true, known = false;
            for_each_key([&](auto role, auto field) {
                if (known || role.name != member.key) return;
                known = true;
                if (member.value.is_null()) return;
                if constexpr (is_id<decltype(role)>)
                    good = read_id(member.value, {role.name}, record_.*field);
                else
                    good = read(role, member.value, {role.name}, record_.*field);
            });
            if (!good) return false;
            has_unknown_ = has_unknown_ || !known;
        }
        return true;
    }

    // ---- values, by the type that the record has for them

    template <class Role>
    bool read(Role, element value, const place& at, std::string& out) {
        return read_text(value, at, out);
    }
    template <class Role>
    bool read(Role, element value, const place& at, std::optional<double>& out) {
        double number = 0;
        if (!read_number(value, at, number)) return false;
        if (number < 0 && !may_be_negative<Role>) return reject(problem_code::negative, at, "The value is negative");
        if (std::abs(number) > largest_value) return reject(problem_code::out_of_range, at, "The value is over 1e9");
        if (in_scale(Role{}, number))
            out = number;
        else
            salvage(problem_code::out_of_range, at, "Dropped a value outside its scale");
        return true;
    }
    template <class Role>
    bool read(Role, element value, const place& at, std::optional<coincide::milliseconds>& out) {
        double number = 0;
        if (!read_number(value, at, number) || !within_span(number, at)) return false;
        out = to_milliseconds(number);
        return true;
    }
    bool read(coincide::utc_offset_t, element value, const place& at, std::optional<coincide::seconds>& out) {
        std::int64_t number = 0;
        if (!read_integer(value, at, number)) return false;
        if (number <= -86400 || number >= 86400)
            return reject(problem_code::out_of_range, at, "An offset is less than a day");
        out = coincide::seconds{number};
        return true;
    }
    bool read(coincide::start_precision_t, element value, const place& at, std::optional<coincide::seconds>& out) {
        std::int64_t number = 0;
        if (!read_integer(value, at, number) || !within_span(static_cast<double>(number), at)) return false;
        out = coincide::seconds{number};
        return true;
    }
    bool read(coincide::revision_t, element value, const place& at, std::optional<std::int64_t>& out) {
        return read_integer(value, at, out.emplace());
    }
    bool read(coincide::start_time_t, element value, const place& at, coincide::instant& out) {
        coincide::rfc3339_time time;
        if (!read_time(value, at, time)) return false;
        if (!plausible(time.at))
            return reject(problem_code::out_of_range, at, "The start lies outside the years 1970 to 2199");
        out = time.at;
        start_ = time;
        return true;
    }
    // Times beside the start decide nothing about the record, and some sources write the year 1 for "never".
    template <class Role>
    bool read(Role, element value, const place& at, std::optional<coincide::instant>& out) {
        coincide::rfc3339_time time;
        if (!read_time(value, at, time)) return false;
        if (plausible(time.at))
            out = time.at;
        else
            salvage(problem_code::out_of_range, at, "Dropped a time outside the years 1970 to 2199");
        return true;
    }
    template <class Role>
    bool read(Role, element value, const place& at, std::vector<std::string>& out) {
        simdjson::dom::array array;
        if (value.get(array)) return reject(problem_code::wrong_type, at, "An array of strings is expected");
        for (const auto item : array) {
            const place item_at{at.key, {}, out.size()};
            if (!read_text(item, item_at, out.emplace_back())) return false;
        }
        return true;
    }
    bool read(coincide::sport_t, element value, const place& at, std::optional<coincide::sport_id>& out) {
        std::string slug;
        if (!read_text(value, at, slug)) return false;
        if (slug.empty()) return true;
        out = coincide::sport_from_slug(slug);
        if (!coincide::find_sport(slug)) unknown_sport_ = std::move(slug);
        return true;
    }
    bool read(coincide::device_t, element value, const place& at, coincide::device_info& out) {
        object members;
        std::string type;
        if (!open(value, at, members) || !read_member(members, at, "manufacturer", out.manufacturer) ||
            !read_member(members, at, "model", out.model) || !read_id_member(members, at, "serial", out.serial) ||
            !read_member(members, at, "type", type))
            return false;
        out.type = coincide::device_type_from(type);
        if (out.type == coincide::device_type::unknown && !type.empty()) {
            out.type = coincide::device_type::other;
            salvage(problem_code::out_of_range, {at.key, "type"}, "A type of device that is not known is taken for another one");
        }
        return true;
    }
    bool read(coincide::origin_t, element value, const place& at, coincide::origin_ref& out) {
        object members;
        return open(value, at, members) && read_member(members, at, "source", out.source) &&
               read_id_member(members, at, "external_id", out.external_id);
    }
    bool read(coincide::file_t role, element value, const place& at, coincide::file_identity& out) {
        object members;
        element created;
        return open(value, at, members) && read_member(members, at, "manufacturer", out.manufacturer) &&
               read_id_member(members, at, "product", out.product) && read_id_member(members, at, "serial", out.serial) &&
               read_member(members, at, "sha256", out.sha256) &&
               (!find(members, "time_created", created) || read(role, created, {at.key, "time_created"}, out.time_created));
    }
    template <class Role>
    bool read(Role role, element value, const place& at, coincide::samples& out) {
        object members;
        std::vector<double> t;
        if (!open(value, at, members) || !read_times(members, at, t)) return false;
        if (role.name == coincide::track.name) {
            if (!read_column(members, at, "lat", t.size(), out.lat) || !read_column(members, at, "lon", t.size(), out.lon))
                return false;
        }
        for (std::size_t c = 0; c < coincide::samples::column_count; ++c)
            if (has(members, column_keys[c]) && !read_column(members, at, column_keys[c], t.size(), out.values[c]))
                return false;
        keep_timed(out, t, at);
        tidy(out, at);
        return true;
    }

    // ---- what those are made of

    static bool find(const object& members, std::string_view key, element& value) {
        return members[key].get(value) == simdjson::SUCCESS && !value.is_null();
    }
    static bool has(const object& members, std::string_view key) {
        element value;
        return find(members, key, value);
    }
    bool open(element value, const place& at, object& members) {
        if (value.get(members)) return reject(problem_code::wrong_type, at, "An object is expected");
        if (const auto known = nested_keys(at.key); !known.empty())
            for (const auto member : members)
                has_unknown_ = has_unknown_ || std::find(known.begin(), known.end(), member.key) == known.end();
        return unique_keys(members, at);
    }
    bool read_member(const object& members, const place& at, std::string_view key, std::string& out) {
        element value;
        return !find(members, key, value) || read_text(value, {at.key, key}, out);
    }
    bool read_id_member(const object& members, const place& at, std::string_view key, std::string& out) {
        element value;
        return !find(members, key, value) || read_id(value, {at.key, key}, out);
    }

    static bool text_of(element value, std::string& out) {
        std::string_view text;
        if (value.get(text)) return false;
        out = text;
        return true;
    }
    bool read_text(element value, const place& at, std::string& out) {
        return text_of(value, out) || reject(problem_code::wrong_type, at, "A string is expected");
    }
    // An integer of any length keeps the digits that stand in the line.
    bool id_of(element value, const place& at, std::string& out) const {
        if (!value.is_number()) return text_of(value, out);
        const auto top = raw_value(text_, root_, at.key);
        object inner;
        const auto digits = at.sub.empty() || root_[at.key].get(inner) ? top : raw_value(top, inner, at.sub);
        if (skip_digits(digits, digits.starts_with('-') ? 1 : 0) != digits.size()) return false;
        out = digits;
        return true;
    }
    bool read_id(element value, const place& at, std::string& out) {
        return id_of(value, at, out) || reject(problem_code::wrong_type, at, "A string or an integer is expected");
    }
    bool read_number(element value, const place& at, double& out) {
        if (value.get(out)) return reject(problem_code::wrong_type, at, "A number is expected");
        if (std::abs(out) == beyond_double)
            return reject(problem_code::not_finite, at, "The number is too large for a double");
        return true;
    }
    bool read_integer(element value, const place& at, std::int64_t& out) {
        if (value.is_int64()) return !value.get(out);
        double number = 0;
        if (!read_number(value, at, number)) return false;
        if (number != std::trunc(number)) return reject(problem_code::wrong_type, at, "An integer is expected");
        constexpr double exact = 9007199254740992;  // 2^53
        if (std::abs(number) > exact) return reject(problem_code::out_of_range, at, "The integer is too large");
        out = static_cast<std::int64_t>(number);
        return true;
    }
    bool read_time(element value, const place& at, coincide::rfc3339_time& out) {
        std::string text;
        if (!read_text(value, at, text)) return false;
        const auto time = coincide::parse_rfc3339(text);
        if (!time) return reject(problem_code::bad_time, at, "A date and time of RFC 3339 is expected");
        if (!time->has_zone) return reject(problem_code::missing_zone, at, "The time has neither Z nor an offset");
        if (time->leap_second) salvage(problem_code::bad_time, at, "Second 60 was read as the next second");
        out = *time;
        if (text.back() == 'Z' || text.back() == 'z') out.offset.reset();  // an instant, and nothing about the place
        return true;
    }
    bool within_span(double number, const place& at) {
        if (number < 0) return reject(problem_code::negative, at, "The value is negative");
        if (number > longest_span_s) return reject(problem_code::out_of_range, at, "The value is over 1e9 seconds");
        return true;
    }
    static bool plausible(coincide::instant at) { return at >= coincide::earliest_start && at <= coincide::latest_start; }
    static coincide::milliseconds to_milliseconds(double seconds) {
        return coincide::milliseconds{std::llround(seconds * 1000)};
    }

    template <class Role>
    static bool in_scale(Role, double) {
        return true;
    }
    static bool in_scale(coincide::rpe_t, double value) { return value >= 1 && value <= 10; }
    static bool in_scale(coincide::feeling_t, double value) { return value >= 1 && value <= 5; }

    // ---- tracks

    bool read_times(const object& members, const place& at, std::vector<double>& t) {
        simdjson::dom::array array;
        if (!read_array(members, at, "t", array)) return false;
        for (const auto item : array) {
            if (t.size() == limits_.fixes)
                return reject(problem_code::too_large, at, "More samples than the limit of one file");
            if (!read_sample(item, {at.key, "t", t.size()}, t)) return false;
        }
        return true;
    }
    bool read_column(const object& members, const place& at, std::string_view key, std::size_t size,
                     std::vector<double>& values) {
        simdjson::dom::array array;
        if (!read_array(members, at, key, array)) return false;
        const auto unequal = [&] {
            return reject(problem_code::unequal_lengths, {at.key, key}, "The array is not as long as t");
        };
        values.reserve(size);
        for (const auto item : array) {
            if (values.size() == size) return unequal();
            if (!read_sample(item, {at.key, key, values.size()}, values)) return false;
        }
        return values.size() == size || unequal();
    }
    bool read_array(const object& members, const place& at, std::string_view key, simdjson::dom::array& array) {
        element value;
        if (!find(members, key, value)) return reject(problem_code::missing_key, {at.key, key}, "The array is missing");
        return !value.get(array) || reject(problem_code::wrong_type, {at.key, key}, "An array of numbers is expected");
    }
    bool read_sample(element value, const place& at, std::vector<double>& column) {
        double number = coincide::no_value;
        if (!value.is_null() && !read_number(value, at, number)) return false;
        column.push_back(number);
        return true;
    }
    void keep_timed(coincide::samples& out, const std::vector<double>& t, const place& at) {
        const auto timed = [&](std::size_t i) { return std::abs(t[i]) <= longest_span_s; };
        for (std::size_t i = 0; i < t.size(); ++i)
            if (timed(i)) out.t_ms.push_back(to_milliseconds(t[i]).count());
        const std::size_t dropped = t.size() - out.size();
        if (dropped == 0) return;
        const auto keep = [&](std::vector<double>& column) {
            std::size_t kept = 0;
            for (std::size_t i = 0; i < column.size(); ++i)
                if (timed(i)) column[kept++] = column[i];
            column.resize(kept);
        };
        keep(out.lat), keep(out.lon);
        for (auto& column : out.values) keep(column);
        salvage(problem_code::fix_without_time, at, "Dropped " + std::to_string(dropped) + " samples without a usable time");
    }
    void tidy(coincide::samples& out, const place& at) {
        const auto faults = out.tidy();
        if (faults.out_of_range > 0)
            salvage(problem_code::fix_out_of_range, at,
                    "Dropped " + std::to_string(faults.out_of_range) + " positions off the globe, at (0,0) or half missing");
        if (faults.went_back + faults.same_stamp > 0)
            salvage(problem_code::time_went_back, at,
                    "Sorted " + std::to_string(faults.went_back) + " samples that went back in time, folded " +
                        std::to_string(faults.same_stamp) + " with an equal time");
        const auto has_value = [](double v) { return v == v; };
        if (out.positions() == 0) out.lat.clear(), out.lon.clear();
        for (auto& column : out.values)
            if (std::none_of(column.begin(), column.end(), has_value)) column.clear();
    }

    // ---- unknown members

    static std::string_view raw_value(std::string_view object_text, const object& members, std::string_view key) {
        raw_values raw{object_text};
        for (const auto member : members) {
            const auto as_is = raw.next_member();
            if (member.key == key) return as_is.value;
        }
        return {};
    }
    // A value may come from a text of many lines; a record is one line, and between tokens a blank says the same.
    static void append_member(std::string& out, const raw_member& member) {
        if (!out.empty()) out += ',';
        out += member.key;
        out += ':';
        for (const char c : member.value) out += c == '\n' || c == '\r' ? ' ' : c;
    }
    bool keep_unknown() {
        if (!has_unknown_) return true;
        std::vector<std::string_view> kept;
        raw_values raw{text_};
        for (const auto member : root_) {
            const auto as_is = raw.next_member();
            object inner;
            const bool is_object = !member.value.get(inner);
            if (is_known_key(member.key)) {
                const auto nested = nested_keys(member.key);
                if (!is_object || nested.empty()) continue;
                const auto unknown = unknown_members(as_is.value, inner, nested);
                if (unknown.empty()) continue;
                append_member(record_.extra, {as_is.key, unknown});
                kept.push_back(member.key);
            } else if (is_output_key(member.key)) {
                continue;
            } else if (member.key == "extra" && is_object) {
                raw_values raw_inner{as_is.value};
                for (const auto inner_member : inner) {
                    append_member(record_.extra, raw_inner.next_member());
                    kept.push_back(inner_member.key);
                }
            } else if (member.key != "extra" || !member.value.is_null()) {
                append_member(record_.extra, as_is);
                kept.push_back(member.key);
            }
        }
        return unique(std::move(kept), {"extra"});
    }
    static std::string unknown_members(std::string_view text, const object& members,
                                       std::span<const std::string_view> known) {
        std::string unknown;
        raw_values raw{text};
        for (const auto member : members) {
            const auto as_is = raw.next_member();
            if (std::find(known.begin(), known.end(), member.key) == known.end()) append_member(unknown, as_is);
        }
        return unknown.empty() ? unknown : '{' + unknown + '}';
    }

    // ---- the record as a whole

    bool complete(const std::string& athlete) {
        if (record_.athlete_id.empty()) record_.athlete_id = athlete;
        if (record_.source.empty()) return missing(coincide::source.name);
        if (record_.external_id.empty()) return missing(coincide::external_id.name);
        if (!start_) return missing(coincide::start_time.name);
        settle_offset();
        if (record_.source_activity_type.empty()) record_.source_activity_type = std::move(unknown_sport_);
        flag_unset_clock();
        check_start_position();
        return true;
    }
    bool missing(std::string_view key) {
        return reject(problem_code::missing_key, {key}, "A required key is missing or empty");
    }
    void settle_offset() {
        if (!start_->offset) return;
        if (!record_.utc_offset)
            record_.utc_offset = start_->offset;
        else if (*record_.utc_offset != *start_->offset)
            salvage(problem_code::offset_conflict, {coincide::utc_offset.name},
                    "The offset of start_time differs from utc_offset_s, which is kept");
    }
    void flag_unset_clock() {
        record_.clock_unset = coincide::is_of_unset_clock(record_.start_time);
        if (record_.clock_unset)
            salvage(problem_code::clock_unset, {coincide::start_time.name},
                    "The clock was never set; the start decides nothing");
    }
    void check_start_position() {
        auto &lat = record_.start_lat_deg, &lon = record_.start_lon_deg;
        if (!lat && !lon) return;
        if (lat && lon && coincide::plausible_position(*lat, *lon)) return;
        lat.reset(), lon.reset();
        salvage(problem_code::fix_out_of_range, {coincide::start_lat_deg.name},
                "Dropped a start position off the globe, at (0,0) or half missing");
    }

    std::string_view text_;
    std::uint64_t line_;
    const decode_limits& limits_;
    std::vector<finding>& findings_;
    std::size_t first_finding_;
    object root_{};
    coincide::activity record_{};
    std::optional<coincide::rfc3339_time> start_{};
    std::string unknown_sport_{};
    bool has_unknown_ = false;  // at the top, or in one of the objects of which unknown members are kept
};

std::string sentence_of(problem_code code) {
    switch (code) {
    case problem_code::invalid_utf8: return "The line is not UTF-8";
    case problem_code::too_deep: return "Objects and arrays are nested deeper than " + std::to_string(json_depth);
    case problem_code::too_large: return "The line is too long";
    default: return "The line is not JSON";
    }
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

record_reader::record_reader(decode_limits limits, std::string athlete)
    : limits_{limits},
      athlete_{std::move(athlete)},
      parser_{std::make_unique<simdjson::dom::parser>()} {}
record_reader::~record_reader() = default;
record_reader::record_reader(record_reader&&) noexcept = default;
record_reader& record_reader::operator=(record_reader&&) noexcept = default;

std::optional<coincide::activity> record_reader::read(std::string_view line, std::uint64_t number,
                                                      std::vector<finding>& findings) {
    record_parse parse{line, number, limits_, findings};
    const auto refuse = [&](problem_code code) { return parse.reject(code, {}, sentence_of(code)), std::nullopt; };
    if (line.size() > limits_.line_bytes) return refuse(problem_code::too_large);
    element root;
    if (const auto error = parse_text(*parser_, line, json_depth, root)) return refuse(code_of(error));
    if (!parse.run(root, athlete_)) return std::nullopt;
    return std::move(parse.record());
}

std::optional<coincide::activity> decode_record_line(std::string_view line, std::uint64_t number,
                                                     std::vector<finding>& findings, const decode_limits& limits,
                                                     std::string athlete) {
    return record_reader{limits, std::move(athlete)}.read(line, number, findings);
}

decoded decode_ndjson(std::span<const std::byte> bytes, const decode_limits& limits, std::string athlete) {
    decoded out;
    std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (is_blank(text)) {
        out.findings.push_back({finding_kind::reject, problem_code::empty, "The file is empty"});
        return out;
    }
    record_reader reader{limits, std::move(athlete)};
    for (std::uint64_t number = 1; !text.empty(); ++number) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (is_blank(line)) continue;
        if (auto record = reader.read(line, number, out.findings))
            out.activities.push_back({std::move(*record), static_cast<unsigned>(number)});
    }
    return out;
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include "compact_text.hpp"
#include "json_keys.hpp"
#include "json_write.hpp"
#include "report_samples.hpp"
#include "report_source.hpp"

#include <coincide/match/policy.hpp>
#include <coincide/match/sentence.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <type_traits>

namespace reconcile {
namespace {

using coincide::activity;

constexpr char number_mark = '\x01';
constexpr std::size_t text_bytes_max = 2000;  // of a name or a note

/// Cut where a character ends.
std::string_view shortened(std::string_view text) {
    if (text.size() <= text_bytes_max) return text;
    auto end = text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

/// Parts of one thing in one text.
std::string lines_of(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) (out += part) += '\n';
    out.pop_back();
    return out.find_first_not_of('\n') == std::string::npos ? std::string{} : out;
}

std::string lines_of(const std::vector<std::string>& parts) {
    std::string out;
    for (const auto& part : parts) {
        if (!out.empty()) out += '\n';
        out += part;
    }
    return out;
}

std::string text_of(const std::string& text) { return text; }
std::string text_of(const std::vector<std::string>& list) { return lines_of(list); }
std::string text_of(const std::optional<coincide::sport_id>& sport) { return sport ? std::string{sport->slug()} : ""; }
std::string text_of(const coincide::device_info& d) { return lines_of({d.manufacturer, d.model, d.serial, to_string(d.type)}); }
std::string text_of(const coincide::origin_ref& o) { return lines_of({o.source, o.external_id}); }
std::string text_of(const coincide::file_identity& f) {
    const auto created = f.time_created ? coincide::format_rfc3339(*f.time_created) : std::string{};
    return lines_of({f.manufacturer, f.product, f.serial, created, std::string_view{f.sha256}.substr(0, 12)});
}

void append_value(std::string& out, coincide::milliseconds value) { append_signed(out, value.count()); }
void append_value(std::string& out, coincide::seconds value) { append_signed(out, value.count()); }
void append_value(std::string& out, coincide::instant value) { append_signed(out, value.time_since_epoch().count()); }
void append_value(std::string& out, std::int64_t value) { append_signed(out, value); }

template <class Member>
constexpr bool is_samples = std::is_same_v<Member, coincide::samples>;
template <class Member>
constexpr bool is_text = requires(const Member& m) { text_of(m); };

/// Everything but '<' is as in JSON. A '<' could end the element that the data stands in.
void escape_for_page(std::string& json) {
    const auto count = static_cast<std::size_t>(std::count(json.begin(), json.end(), '<'));
    if (count == 0) return;
    std::string out;
    out.reserve(json.size() + 5 * count);
    for (const char c : json) {
        if (c == '<') out += "\\u003c";
        else out += c;
    }
    json = std::move(out);
}

/// As they stand in an array: two quotes and a comma each.
std::size_t bytes_of(const std::vector<std::string>& texts) {
    std::size_t sum = 0;
    for (const auto& text : texts) sum += text.size() + 3;
    return sum;
}

void write_texts(json_writer& json, std::string_view key, const std::vector<std::string>& texts) {
    json.key(key).begin_array();
    for (const auto& text : texts) json.string(text);
    json.end_array();
}

void write_columns(json_writer& json, std::string_view key, std::size_t count, const std::vector<std::pair<std::string, std::string>>& columns) {
    json.key(key).begin_object();
    json.key("count").integer(static_cast<std::int64_t>(count));
    for (const auto& [name, column] : columns) {
        // a column in which nothing is known is one "A" a row
        if (column.find_first_not_of('A') != std::string::npos) json.key(name).string(column);
    }
    json.end_object();
}

}  // namespace

std::uint64_t report_page::text_table::id(std::string_view text) {
    const auto at = ids_.lower_bound(text);
    if (at != ids_.end() && at->first == text) return at->second;
    texts_.emplace_back(text);
    ids_.emplace_hint(at, text, texts_.size() - 1);
    return texts_.size() - 1;
}

report_page::report_page(const history& all, std::size_t bytes_max) : history_{all}, bytes_max_{bytes_max}, of_several_(all.records().size()) {}

/// Runs of digits become marks; those that a number would not give back (a leading 0, sixteen digits) stay.
void report_page::append_phrase(std::string& out, std::string_view words) {
    std::string text, numbers;
    for (std::size_t i = 0; i < words.size();) {
        const auto length = std::min(words.find_first_not_of("0123456789", i), words.size()) - i;
        if (length == 0) {
            text += words[i++];
            continue;
        }
        const auto digits = words.substr(i, length);
        i += length;
        if (length > 15 || (length > 1 && digits.front() == '0')) {
            text += digits;
            continue;
        }
        text += number_mark;
        std::uint64_t value = 0;
        for (const char c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
        append_whole(numbers, value);
    }
    append_whole(out, texts_.id(text));
    out += numbers;
}

std::uint64_t report_page::link_id(const coincide::pair_link& link) {
    std::string out;
    append_whole(out, link.a);
    append_whole(out, link.b);
    append_whole(out, texts_.id(to_string(link.kind)));
    append_whole(out, link.joined);
    std::int64_t shift_s = 0;
    if (const auto* seen = link.why.find(coincide::evidence_code::clock_shift)) shift_s = seen->a;  // which clock is wrong is not known: b's is moved to a's
    append_signed(out, shift_s);
    append_phrase(out, sentence_of(link.joined ? coincide::decision::join : coincide::decision::review, link.kind, link.why,
                                   {history_.records()[link.a].source, history_.records()[link.b].source}));
    append_whole(out, link.why.size());
    for (const auto& e : link.why) {
        append_whole(out, texts_.id(to_string(e.of)));
        append_signed(out, e.weight);
        append_phrase(out, words_of(e));
    }
    return links_.id(out);
}

std::uint64_t report_page::choices_id(const coincide::choices& chosen, const std::vector<row>& group_rows, const std::vector<row>& members) {
    const auto position = [&](row r) { return static_cast<std::uint64_t>(std::find(group_rows.begin(), group_rows.end(), r) - group_rows.begin()); };
    std::string out;
    const auto append_positions = [&](std::span<const row> rows) {
        append_whole(out, rows.size());
        for (const auto r : rows) append_whole(out, position(r));
    };
    append_positions(members);
    append_whole(out, chosen.fields.size());
    for (const auto& c : chosen.fields) {
        append_whole(out, texts_.id(c.role));
        append_whole(out, texts_.id(to_string(c.by)));
        append_whole(out, position(c.row));
        append_positions(chosen.contributors(c));
        append_positions(chosen.alternatives(c));
    }
    return choices_.id(out);
}

void report_page::add(const coincide::record_group& group, const std::vector<merged_activity>& merged) {
    ++groups_;
    const auto& rows = merged.front().chosen.ranked.rows;
    append_whole(sizes_, rows.size());
    for (const auto r : rows) append_whole(rows_, r);
    append_whole(link_counts_, group.links.size());
    for (const auto& link : group.links) {
        append_whole(link_ids_, link_id(link));
        of_several_[link.a] = of_several_[link.b] = true;
    }
    append_whole(choice_counts_, merged.size());
    for (std::size_t i = 0; i < merged.size(); ++i)
        append_whole(choice_ids_, choices_id(merged[i].chosen, rows, i == 0 ? std::vector<row>{} : merged[i].members));
}

std::vector<std::pair<std::string, std::string>> report_page::record_columns() {
    std::vector<std::pair<std::string, std::string>> columns;
    const auto& records = history_.records();
    for_each_key([&](auto role, auto member) {
        using member_type = std::remove_cvref_t<decltype(records.front().*member)>;
        if constexpr (!is_samples<member_type>) {
            std::string column;
            coincide::instant before{};
            for (const auto& record : records) {
                const auto& value = record.*member;
                if constexpr (is_text<member_type>) append_whole(column, texts_.id(shortened(text_of(value))));
                else if constexpr (std::is_same_v<member_type, coincide::instant>) {
                    append_signed(column, (value - before).count());
                    before = value;
                } else if (!value) append_nothing(column);
                else if constexpr (std::is_same_v<member_type, std::optional<double>>)
                    append_scaled(column, *value, is_angle<decltype(role)> ? 1e5 : 1e3);
                else append_value(column, *value);
            }
            columns.emplace_back(role.name, std::move(column));
        }
    });
    std::string unset, points, from;
    for (std::size_t i = 0; i < records.size(); ++i) {
        append_whole(unset, records[i].clock_unset);
        append_whole(points, std::max(history_.packed(i).positions(), history_.packed(i).streams_size()));
        const auto paths = lines_of(history_.from(i));
        append_whole(from, paths == records[i].external_id ? 0 : texts_.id(paths));
    }
    columns.emplace_back("clock_unset", std::move(unset));
    columns.emplace_back("points", std::move(points));
    columns.emplace_back("from", std::move(from));
    return columns;
}

std::vector<std::pair<std::string, std::string>> report_page::finding_columns(const std::vector<finding>& findings) {
    constexpr std::string_view kinds[] = {"reject", "salvage", "skip"};
    std::vector<std::pair<std::string, std::string>> columns;
    const auto texts = [&](std::string_view name, auto text) {
        std::string column;
        for (const auto& f : findings) append_whole(column, texts_.id(text(f)));
        columns.emplace_back(name, std::move(column));
    };
    const auto numbers = [&](std::string_view name, auto number) {
        std::string column;
        for (const auto& f : findings) {
            const std::optional<std::uint64_t> value = number(f);
            if (value) append_signed(column, static_cast<std::int64_t>(*value));
            else append_nothing(column);
        }
        columns.emplace_back(name, std::move(column));
    };
    texts("kind", [&](const finding& f) { return kinds[static_cast<std::size_t>(f.kind)]; });
    texts("code", [](const finding& f) { return to_string(f.code); });
    texts("file", [](const finding& f) { return f.file; });
    numbers("line", [](const finding& f) { return f.line; });
    numbers("offset", [](const finding& f) { return f.offset; });
    texts("pointer", [](const finding& f) { return f.pointer; });
    texts("source", [](const finding& f) { return f.source; });
    texts("external_id", [](const finding& f) { return f.external_id; });
    texts("field", [](const finding& f) { return f.field; });
    texts("reason", [](const finding& f) { return f.reason; });
    return columns;
}

/// As many steps for every record as fit into so many characters; records that are compared with others get four times as many
/// as those that stand alone.
std::vector<std::size_t> report_page::steps_for(std::size_t characters) const {
    const auto& records = history_.records();
    std::vector<std::size_t> a_step(records.size()), samples(records.size()), out(records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        samples[i] = std::max(history_.packed(i).track_size(), history_.packed(i).streams_size());
        a_step[i] = samples[i] < 2 ? 0 : characters_a_step(records[i]);
    }
    const auto steps = [&](std::size_t i, std::size_t base) { return std::min({report_steps_max, samples[i], of_several_[i] ? 4 * base : base}); };
    std::size_t low = 8, high = report_steps_max;
    while (low < high) {
        const auto base = (low + high + 1) / 2;
        std::size_t sum = 0;
        for (std::size_t i = 0; i < records.size(); ++i) sum += a_step[i] * steps(i, base);
        if (sum <= characters) low = base;
        else high = base - 1;
    }
    for (std::size_t i = 0; i < records.size(); ++i) out[i] = steps(i, low);
    return out;
}

std::string report_page::drawn(row of, std::size_t steps) const {
    coincide::activity only;
    history_.packed(of).put_back(only);
    return compact_samples(only, steps);
}

/// Every record's samples within so many bytes. How many characters a step takes is known once it is written: what the first
/// attempt leaves over makes the second one finer.
std::vector<std::string> report_page::drawn_samples(std::size_t bytes) const {
    const auto count = static_cast<row>(history_.records().size());
    const auto draw = [&](const std::vector<std::size_t>& steps, row every) {
        std::vector<std::string> texts;
        for (row i = 0; i < count; i += every) texts.push_back(drawn(i, steps[i]));
        return texts;
    };
    const row every = count < 1000 ? 1 : 8;  // of many, an eighth tells how long the others will be
    const auto steps = steps_for(bytes);
    const auto some = draw(steps, every);
    const auto taken = std::max<std::size_t>(bytes_of(some) * every, 1);
    if (taken < bytes) {
        const auto finer = steps_for(bytes / 32 * (bytes * 31 / taken));
        if (auto texts = finer == steps && every == 1 ? some : draw(finer, 1); bytes_of(texts) <= bytes) return texts;
    }
    return every == 1 ? some : draw(steps, 1);
}

std::string report_page::data(const report_facts& facts, const std::vector<finding>& findings) {
    const auto& records = history_.records();
    const auto of_records = record_columns();
    const auto of_findings = finding_columns(findings);

    std::string out;
    json_writer json{out};
    json.begin_object();
    json.key("format").integer(1);
    json.key("files").integer(static_cast<std::int64_t>(facts.files));
    json.key("left_out").integer(static_cast<std::int64_t>(facts.left_out));
    json.key("join_bits").number(coincide::presets::balanced.join_min / 100.0, bit_decimals);
    json.key("review_bits").number(coincide::presets::balanced.review_min / 100.0, bit_decimals);
    write_columns(json, "records", records.size(), of_records);
    write_columns(json, "groups", groups_,
                  {{"size", sizes_}, {"rows", rows_}, {"link_count", link_counts_}, {"links", link_ids_}, {"choice_count", choice_counts_}, {"choices", choice_ids_}});
    write_texts(json, "choices", choices_.all());
    write_texts(json, "links", links_.all());
    write_columns(json, "findings", findings.size(), of_findings);
    write_texts(json, "texts", texts_.all());

    const auto used = out.size() + page_before_data.size() + page_after_data.size();
    const auto drawn = drawn_samples(used < bytes_max_ ? bytes_max_ - used : 0);
    out.reserve(out.size() + bytes_of(drawn) + 64);
    write_texts(json, "samples", drawn);
    json.end_object();
    escape_for_page(out);
    return out;
}

void report_page::write(const report_facts& facts, const std::vector<finding>& findings, const std::function<void(std::string_view)>& piece) {
    piece(page_before_data);
    piece(data(facts, findings));
    piece(page_after_data);
}

}  // namespace reconcile

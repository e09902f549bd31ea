// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include "grouped.hpp"
#include "json_read.hpp"
#include "output.hpp"
#include "pin_file.hpp"
#include "read_inputs.hpp"
#include "results.hpp"

#include <coincide/adapters/date_tz.hpp>
#include <coincide/match/sentence.hpp>
#include <coincide/merge/merge.hpp>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <istream>
#include <map>
#include <ostream>
#include <span>
#include <sstream>

namespace reconcile {

using coincide::activity;

namespace {

const coincide::match_policy& matching() { return coincide::presets::balanced; }

std::string bits(coincide::centibits weight) {
    std::ostringstream text;
    text << std::showpos << std::fixed << std::setprecision(2) << weight / 100.0;
    return text.str();
}

/// An --out that is an INPUT or stands above one would hide that INPUT from the next run.
bool hides_an_input(const merge_options& options) {
    namespace fs = std::filesystem;
    std::error_code failed;
    const auto out = fs::weakly_canonical(options.out, failed);
    return std::any_of(options.inputs.begin(), options.inputs.end(), [&](const input_spec& in) {
        const auto path = fs::weakly_canonical(in.path, failed);
        return std::mismatch(out.begin(), out.end(), path.begin(), path.end()).first == out.end();
    });
}

/// The content of a file; empty for no file, nothing when it cannot be read.
std::optional<std::string> text_of_file(const std::filesystem::path& path) {
    if (path.empty()) return std::string{};
    std::ifstream file{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file.is_open() || file.bad()) return std::nullopt;
    return text;
}

/// FILE#id picks one record of a file; a path that exists as it stands is taken as it is.
struct record_choice {
    std::string file, id;
};
record_choice split_choice(const std::string& text) {
    std::error_code failed;
    const auto hash = text.find('#');
    if (hash == std::string::npos || std::filesystem::exists(text, failed)) return {text, {}};
    return {text.substr(0, hash), text.substr(hash + 1)};
}

/// The one record that an argument of `explain` means; tells why when there is none.
std::optional<activity> one_record(const std::string& argument, const explain_options& options, std::ostream& errors) {
    const auto [file, id] = split_choice(argument);
    const input_spec spec{file, {}};
    const auto read = read_inputs({&spec, 1}, {.athlete = options.athlete, .timezone = options.timezone});
    const auto& all = read.records.records();
    std::vector<std::size_t> meant;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& r = all[i];
        const bool numbered = r.external_id.size() > id.size() && r.external_id.ends_with("#" + id);
        if (id.empty() || r.external_id == id || numbered) meant.push_back(i);
    }
    if (meant.size() == 1) return read.records.whole(meant.front());
    errors << argument << ": " << (meant.empty() ? "no record" : "more than one record; name one as FILE#id") << '\n';
    for (const auto i : meant) errors << "  " << file << '#' << all[i].external_id << '\n';
    for (const auto& f : read.records.findings()) errors << "  " << f.file << ": " << f.reason << " (" << to_string(f.code) << ")\n";
    return std::nullopt;
}

/// "without gps: +4.50, apart" for each sign that alone turned the answer.
void print_what_if(std::ostream& out, const coincide::comparison& answer) {
    const auto verdict_at = [](coincide::centibits total) { return verdict_of(total, matching()); };
    const auto total = answer.why.total();
    bool any = false;
    for (const auto& e : answer.why) {
        const auto without = total - e.weight;
        if (verdict_at(without) == answer.verdict) continue;
        out << (any ? "" : "What would have changed the answer:\n") << "  without " << to_string(e.of) << ": " << bits(without) << ", " << to_string(verdict_at(without)) << '\n';
        any = true;
    }
    if (!any) out << "No single sign decides: the answer stays the same without any one of them.\n";
    if (answer.verdict != coincide::decision::join) out << "  " << bits(matching().join_min - total) << " bits more would join them\n";
    else out << "  " << bits(total - matching().join_min).substr(1) << " bits less would still join them\n";
}

}  // namespace

exit_status merge_inputs(const merge_options& options, std::ostream& summary, std::ostream& errors, std::ostream* progress) {
    if (hides_an_input(options)) {
        errors << "--out must not be an INPUT or a folder above one\n";
        return wrong_usage;
    }
    if (!options.timezone.empty() && !coincide::date_zones().at_local(options.timezone, coincide::instant{})) {
        errors << "--timezone " << options.timezone << " is not a zone that is known\n";
        return wrong_usage;
    }
    const auto decided = text_of_file(options.pins);
    if (!decided) {
        errors << "the file of --pins cannot be read\n";
        return wrong_usage;
    }
    read_options reading{.athlete = options.athlete, .timezone = options.timezone, .with_payloads = options.with_payloads, .repair = options.repair, .threads = options.threads, .out = options.out};
    if (progress) reading.progress = [progress](std::size_t n, std::size_t all) { *progress << "\rreading " << n << " of " << all << std::flush; };
    const auto read = read_inputs(options.inputs, reading);
    if (progress) *progress << "\r\033[K" << std::flush;
    const auto& records = read.records.records();

    auto pins = read_pins(*decided, options.pins.filename().string(), options.athlete);
    const auto [groups, clocks] = grouped(read.records, rows_of(pins, records));
    auto findings = read.records.findings();
    findings.insert(findings.end(), pins.findings.begin(), pins.findings.end());
    return write_results({read.records, read.files, groups, clocks, std::move(findings)}, {options.out, options.with_tracks, options.gpx}, summary, errors);
}

exit_status explain_pair(const explain_options& options, std::ostream& out, std::ostream& errors) {
    auto a = one_record(options.a, options, errors), b = one_record(options.b, options, errors);
    if (!a || !b) return nothing_read;
    std::vector<activity> records{std::move(*a), std::move(*b)};
    if (std::tie(records[1].source, records[1].external_id) < std::tie(records[0].source, records[0].external_id)) std::swap(records[0], records[1]);

    const bool one_athlete = records[0].athlete_id == records[1].athlete_id;
    const auto tracks_a = prepare_tracks(records[0]), tracks_b = prepare_tracks(records[1]);
    const auto answer = compare(coincide::features_of(records[0], 0), coincide::features_of(records[1], 1), &tracks_a, &tracks_b, matching());
    const bool swapped = answer.kind != coincide::relation::same && !answer.a_is_subject;
    const coincide::pair_link link{swapped ? 1u : 0u, swapped ? 0u : 1u, answer.kind, one_athlete && answer.verdict == coincide::decision::join,
                                  swapped ? answer.why.mirrored() : answer.why};
    if (options.json) {
        std::string line;
        append_explanation(line, records, link, matching(), one_athlete);
        out << line << std::flush;
        return out ? done : not_written;
    }
    const auto show = [&out](const char* label, const activity& r) {
        out << label << "  " << r.source << ' ' << r.external_id << "\n   " << coincide::format_rfc3339(r.start_time);
        if (r.elapsed) out << ", " << r.elapsed->count() / 1000 << " s";
        if (r.distance_m) out << ", " << static_cast<long long>(*r.distance_m) << " m";
        if (r.sport) out << ", " << r.sport->slug();
        out << '\n';
    };
    show("a", records[0]);
    show("b", records[1]);
    out << '\n';
    for (const auto& e : answer.why)
        out << "  " << std::left << std::setw(13) << to_string(e.of) << std::right << std::setw(9) << bits(e.weight) << "  " << words_of(e) << '\n';
    out << "  " << std::left << std::setw(13) << "total" << std::right << std::setw(9) << bits(answer.why.total()) << "  " << to_string(answer.verdict)
        << " (joins from " << bits(matching().join_min) << ", review from " << bits(matching().review_min) << ")\n\n";
    if (!one_athlete) {
        out << "They belong to two athletes, and never meet whatever the evidence says.\n" << std::flush;
        return out ? done : not_written;
    }
    out << sentence_of(answer.verdict, answer.kind, answer.why, {records[0].source, records[1].source}, matching()) << '\n';
    print_what_if(out, answer);
    out << std::flush;
    return out ? done : not_written;
}

namespace {

/// Groups what has been read so far and writes it.
void flush_groups(history&& all, std::ostream& out, std::ostream& errors) {
    all.settle();
    const auto& records = all.records();
    std::string lines;
    for (const auto& g : grouped(all).groups) append_group(lines, records, g, primary_of(records, g));
    out << lines;
    lines.clear();
    for (const auto& f : all.findings()) append_finding(lines, f);
    errors << lines;
}

}  // namespace

namespace {

/// A line of at most `most` bytes and one; the rest of a longer one is passed over. A read that fails ends the input, and marks it bad.
bool next_line(std::istream& in, std::string& line, std::size_t most) {
    line.clear();
    constexpr auto end = std::char_traits<char>::eof();
    bool any = false;
    try {
        for (int c = in.rdbuf()->sbumpc(); c != end; c = in.rdbuf()->sbumpc()) {
            any = true;
            if (c == '\n') break;
            if (line.size() <= most) line += static_cast<char>(c);
        }
    } catch (const std::ios_base::failure&) {
        in.setstate(std::ios_base::badbit);
    }
    return any;
}

}  // namespace

exit_status group_stream(const groups_options& options, std::istream& in, std::ostream& out, std::ostream& errors) {
    record_reader reader{{}, options.athlete};
    history pending{options.athlete};
    std::string line, athlete;
    std::uint64_t number = 0;
    std::size_t accepted = 0, refused = 0;
    bool waiting = false;
    while (next_line(in, line, decode_limits{}.line_bytes)) {
        if (++number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        std::vector<finding> findings;
        auto record = reader.read(line, number, findings);
        if (record && options.sorted_by_athlete && waiting && record->athlete_id != athlete) {
            if (record->athlete_id < athlete) {
                findings.push_back({finding_kind::reject, coincide::problem_code::malformed, "athletes are not in ascending byte order", "athlete_id", number});
                record.reset();
            } else {
                flush_groups(std::exchange(pending, history{options.athlete}), out, errors);
            }
        }
        decoded one;
        one.findings = std::move(findings);
        refused += !record;
        if (record) {
            athlete = record->athlete_id;
            waiting = true;
            ++accepted;
            one.activities.push_back({std::move(*record), static_cast<unsigned>(number), 0});
        }
        pending.add({.brings_ids = true}, std::move(one));
    }
    flush_groups(std::move(pending), out, errors);
    out.flush();
    if (!out) return not_written;
    if (in.bad()) {
        errors << R"({"kind":"reject","code":"unreadable","reason":"The input could not be read to its end"})" << '\n';
        return nothing_read;
    }
    return accepted == 0 && refused > 0 ? nothing_read : done;
}

}  // namespace reconcile

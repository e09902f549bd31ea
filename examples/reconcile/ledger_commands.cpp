// SPDX-License-Identifier: BSL-1.0
#include "ledger_commands.hpp"

#include "grouped.hpp"
#include "json_write.hpp"
#include "output.hpp"
#include "pin_file.hpp"
#include "read_inputs.hpp"
#include "results.hpp"

#include <coincide/adapters/date_tz.hpp>
#include <coincide/adapters/sqlite_store.hpp>
#include <coincide/ledger/read_back.hpp>

#include <algorithm>
#include <array>
#include <iomanip>
#include <map>
#include <ostream>
#include <random>
#include <set>
#include <sstream>
#include <utility>

namespace reconcile {

using coincide::activity;
using coincide::record_key;

namespace {

/// A person at the command line may take back what is older than a day.
coincide::ledger_policy at_the_command_line() {
    coincide::ledger_policy policy;
    policy.undo_window = std::chrono::hours{24 * 365 * 100};
    return policy;
}

coincide::instant now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

std::string words_of(const coincide::problem& p) {
    std::string out{to_string(p.code)};
    return p.field.empty() ? out : std::string{p.field} + ": " + out;
}

/// The file; a new one is only made by import.
coincide::result<coincide::sqlite_store> opened(const std::filesystem::path& db, bool may_be_new) {
    std::error_code failed;
    if (!may_be_new && !std::filesystem::exists(db, failed)) return coincide::fail(coincide::problem_code::unreadable, "database");
    std::random_device chance;
    return coincide::sqlite_store::open(db.string(), (std::uint64_t{chance()} << 32 | chance()) | 1);
}

/// Opens, works, and tells what went wrong.
template <class Work>
exit_status with_ledger(const ledger_options& ledger, std::ostream& errors, bool may_be_new, Work&& work) {
    auto store = opened(ledger.db, may_be_new);
    const auto done_or = store ? work(*store) : coincide::result<exit_status>{tl::unexpected<coincide::problem>(store.error())};
    if (done_or) return *done_or;
    errors << ledger.db.string() << ": " << words_of(done_or.error()) << '\n';
    switch (done_or.error().code) {
    case coincide::problem_code::unknown_record:
    case coincide::problem_code::unknown_version: return wrong_usage;
    case coincide::problem_code::unreadable:
    case coincide::problem_code::unsupported: return nothing_read;
    default: return not_written;
    }
}

/// SOURCE/ID; the id may hold further slashes.
record_key key_from(const std::string& text) {
    const auto slash = text.find('/');
    return slash == std::string::npos ? record_key{text, {}} : record_key{text.substr(0, slash), text.substr(slash + 1)};
}

coincide::hybrid_stamp stamp_of(coincide::sqlite_store& store, const std::string& athlete) {
    const auto head = store.head(athlete);
    return {now().time_since_epoch().count(), head ? head->version : 0, "command line"};
}

/// A number of commits that only grows: what the next batch is named by.
coincide::result<std::uint64_t> commits_of_all(coincide::sqlite_store& store) {
    const auto all = store.athletes();
    if (!all) return tl::unexpected<coincide::problem>(all.error());
    std::uint64_t n = 0;
    for (const auto& one : *all)
        if (const auto head = store.head(one)) n += head->version;
    return n;
}

void print_counts(std::ostream& out, const std::array<std::size_t, 8>& of_outcome) {
    bool any = false;
    for (const auto o : {coincide::outcome::fresh, coincide::outcome::joined, coincide::outcome::part, coincide::outcome::review, coincide::outcome::changed, coincide::outcome::kept,
                         coincide::outcome::unchanged, coincide::outcome::rejected})
        if (const auto n = of_outcome[static_cast<std::size_t>(o)]; n != 0) out << (any ? ", " : "") << n << ' ' << to_string(o), any = true;
    out << (any ? "\n" : "nothing\n");
}

/// "split-8": named by a number that no other batch has, and by nothing of the records, which may be erased one day.
std::string batch_named(coincide::sqlite_store& store, std::string_view what) {
    return std::string{what} + "-" + std::to_string(commits_of_all(store).value_or(0) + 1);
}

/// Says one thing about the athlete's records, and how many activities it changed.
coincide::result<exit_status> say(coincide::sqlite_store& store, const std::string& athlete, coincide::request in, std::ostream& out) {
    in.received = now(), in.author = "command line";
    const auto done_or = coincide::carry_out<activity>(store, athlete, in, at_the_command_line());
    if (!done_or) return tl::unexpected<coincide::problem>(done_or.error());
    std::array<std::size_t, 14> of_kind{};
    for (const auto& c : done_or->changes) ++of_kind[static_cast<std::size_t>(c.of)];
    out << in.batch << ": " << athlete << " is at version " << done_or->version;
    for (const auto k : {coincide::change_kind::gone, coincide::change_kind::delivered, coincide::change_kind::formed, coincide::change_kind::joined, coincide::change_kind::left, coincide::change_kind::dissolved})
        if (const auto n = of_kind[static_cast<std::size_t>(k)]; n != 0) out << ", " << n << ' ' << to_string(k);
    out << '\n';
    if (done_or->earliest) out << "touched from " << coincide::format_rfc3339(*done_or->earliest) << " on\n";
    return done;
}

/// Every commit of the feed, oldest first.
coincide::result<std::vector<coincide::commit_note>> notes_of(coincide::sqlite_store& store, const std::string& athlete) {
    const auto entries = coincide::detail::read_range(store, athlete, coincide::feed_range(0));
    if (!entries) return tl::unexpected<coincide::problem>(entries.error());
    std::vector<coincide::commit_note> out;
    for (const auto& e : *entries)
        if (auto note = coincide::decode_note(e.value)) out.push_back(std::move(*note));
    return out;
}

constexpr std::size_t commit_records = 2000, commit_bytes = std::size_t{64} << 20;  // of one commit: what fits into a phone's memory

}  // namespace

exit_status import_inputs(const ledger_options& ledger, const merge_options& reading, std::ostream& summary, std::ostream& errors, std::ostream* progress) {
    if (!reading.timezone.empty() && !coincide::date_zones().at_local(reading.timezone, coincide::instant{})) {
        errors << "--timezone " << reading.timezone << " is not a zone that is known\n";
        return wrong_usage;
    }
    read_options how{.athlete = ledger.athlete, .timezone = reading.timezone, .with_payloads = reading.with_payloads, .repair = reading.repair, .threads = reading.threads};
    if (progress) how.progress = [progress](std::size_t n, std::size_t all) { *progress << "\rreading " << n << " of " << all << std::flush; };
    const auto read = read_inputs(reading.inputs, how);
    if (progress) *progress << "\r\033[K" << std::flush;
    return with_ledger(ledger, errors, true, [&](coincide::sqlite_store& store) -> coincide::result<exit_status> {
        const auto batch = batch_named(store, "import");
        const auto policy = at_the_command_line();
        const auto& records = read.records.records();  // athlete by athlete
        std::array<std::size_t, 8> of_outcome{};
        std::set<std::string> written_for;
        std::optional<coincide::instant> earliest;
        std::size_t left_out = 0;
        for (std::size_t from = 0; from < records.size();) {
            const auto& athlete = records[from].athlete_id;
            coincide::request in{.received = now(), .author = "command line", .batch = batch};
            std::size_t bytes = 0;
            for (; from < records.size() && records[from].athlete_id == athlete && in.records.size() < commit_records && bytes < commit_bytes; ++from) {
                in.records.push_back(coincide::incoming(read.records.whole(from), athlete, policy, records[from].extra));
                bytes += in.records.back().series.size() + in.records.back().fact.body.size();
            }
            const auto done_or = coincide::carry_out<activity>(store, athlete, in, policy);
            if (!done_or) return tl::unexpected<coincide::problem>(done_or.error());
            for (const auto& a : done_or->answers) ++of_outcome[static_cast<std::size_t>(a.of)];
            if (done_or->wrote) written_for.insert(athlete);
            left_out = std::max(left_out, done_or->left_out);
            if (done_or->earliest) earliest = std::min(earliest.value_or(*done_or->earliest), *done_or->earliest);
            for (std::size_t i = 0; i < done_or->answers.size(); ++i)
                if (const auto& a = done_or->answers[i]; a.wrong) errors << a.key.source << '/' << a.key.external_id << ": " << words_of(*a.wrong) << '\n';
        }
        for (const auto& athlete : written_for)
            if (const auto learned = coincide::learn<activity>(store, athlete, policy, now(), stamp_of(store, athlete)); !learned) return tl::unexpected<coincide::problem>(learned.error());
        std::array<std::size_t, 3> found{};
        for (const auto& f : read.records.findings()) ++found[static_cast<std::size_t>(f.kind)];
        summary << read.files << " files, " << records.size() << " records, " << found[0] << " rejects, " << found[1] << " salvaged, " << found[2] << " skipped\n";
        if (written_for.empty()) summary << "nothing is new\n";
        else summary << batch << ": ", print_counts(summary, of_outcome);
        if (earliest) summary << "touched from " << coincide::format_rfc3339(*earliest) << " on\n";
        if (left_out != 0) summary << "some records were not compared with all that are near in time: there are too many\n";
        for (std::size_t i = 0; records.empty() && i < std::min<std::size_t>(read.records.findings().size(), 5); ++i)
            errors << read.records.findings()[i].file << ": " << read.records.findings()[i].reason << '\n';
        return records.empty() ? nothing_read : done;
    });
}

exit_status list_history(const ledger_options& ledger, bool batches, std::ostream& out, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) -> coincide::result<exit_status> {
        const auto athletes = store.athletes();
        if (!athletes) return tl::unexpected<coincide::problem>(athletes.error());
        for (const auto& athlete : *athletes) {
            if (batches) {
                const auto notes = notes_of(store, athlete);
                if (!notes) return tl::unexpected<coincide::problem>(notes.error());
                for (const auto& n : *notes) out << athlete << "  " << n.version << "  " << coincide::format_rfc3339(n.received) << "  " << n.batch << "  " << n.changes << " changes\n";
                continue;
            }
            const auto entries = coincide::detail::read_range(store, athlete, coincide::keys_under("dg"));
            if (!entries) return tl::unexpected<coincide::problem>(entries.error());
            std::vector<coincide::stored_group> groups;
            for (const auto& e : *entries)
                if (auto g = coincide::decode_group(e.value)) groups.push_back(std::move(*g));
            std::sort(groups.begin(), groups.end(), [](const auto& x, const auto& y) { return std::tie(x.earliest_ms, x.key()) < std::tie(y.earliest_ms, y.key()); });
            for (const auto& g : groups) {
                activity a;
                if (!coincide::decode(g.body, a)) continue;
                out << coincide::format_rfc3339(a.start_time) << "  " << std::left << std::setw(20) << (a.sport ? a.sport->slug() : "") << std::right;
                out << std::setw(8) << (a.elapsed ? std::to_string(a.elapsed->count() / 60000) + " min" : "") << std::setw(10);
                out << (a.distance_m ? std::to_string(static_cast<long long>(*a.distance_m)) + " m" : "") << "  " << printable(a.name) << (g.review ? "  (to review)" : "") << '\n';
                for (std::size_t i = 0; i < g.members.size(); ++i) out << (i == g.primary ? "    * " : "      ") << printable(g.members[i].source) << '/' << printable(g.members[i].external_id) << '\n';
            }
        }
        return done;
    });
}

exit_status undo_batch(const ledger_options& ledger, const std::string& batch, std::ostream& out, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) -> coincide::result<exit_status> {
        const auto athletes = store.athletes();
        if (!athletes) return tl::unexpected<coincide::problem>(athletes.error());
        bool any = false;
        for (const auto& athlete : *athletes) {
            const auto notes = notes_of(store, athlete);
            if (!notes) return tl::unexpected<coincide::problem>(notes.error());
            coincide::request in{.batch = "undo " + batch};
            for (const auto& n : *notes)
                if (n.batch == batch) in.words.push_back(coincide::undo_of(n.version, stamp_of(store, athlete)));
            if (in.words.empty()) continue;
            any = true;
            if (const auto told = say(store, athlete, std::move(in), out); !told) return told;
        }
        if (any) return done;
        errors << "no batch is named " << batch << "; `coincide history --batches` lists them\n";
        return wrong_usage;
    });
}

exit_status split_record(const ledger_options& ledger, const std::string& key, std::ostream& out, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) {
        coincide::request in{.batch = batch_named(store, "split")};
        in.words.push_back(coincide::said(coincide::word::split, {key_from(key)}, stamp_of(store, ledger.athlete)));
        return say(store, ledger.athlete, std::move(in), out);
    });
}

exit_status join_records(const ledger_options& ledger, const std::string& a, const std::string& b, std::ostream& out, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) -> coincide::result<exit_status> {
        for (const auto& key : {a, b}) {
            const auto k = key_from(key);
            const auto found = store.read(ledger.athlete, coincide::keys_under(coincide::key_of("fr", k)), 1);
            if (!found) return tl::unexpected<coincide::problem>(found.error());
            if (!found->empty()) continue;
            errors << "no record " << key << '\n';
            return coincide::fail(coincide::problem_code::unknown_record, "record");
        }
        coincide::request in{.batch = batch_named(store, "join")};
        in.words.push_back(coincide::said(coincide::word::must, {key_from(a), key_from(b)}, stamp_of(store, ledger.athlete)));
        return say(store, ledger.athlete, std::move(in), out);
    });
}

exit_status unlink_source(const ledger_options& ledger, const std::string& source, bool erase, std::ostream& out, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) {
        coincide::request in{.batch = batch_named(store, erase ? "erase" : "unlink")};
        if (erase) in.erase = source;
        else in.words.push_back(coincide::unlink_of(source, stamp_of(store, ledger.athlete)));
        return say(store, ledger.athlete, std::move(in), out);
    });
}

exit_status export_ledger(const ledger_options& ledger, const std::filesystem::path& out_folder, bool with_tracks, bool gpx, std::ostream& summary, std::ostream& errors) {
    return with_ledger(ledger, errors, false, [&](coincide::sqlite_store& store) -> coincide::result<exit_status> {
        const auto athletes = store.athletes();
        if (!athletes) return tl::unexpected<coincide::problem>(athletes.error());
        history all{ledger.athlete};
        pin_file pins;
        auto policy = coincide::presets::balanced;
        std::vector<coincide::clock_error> clocks;
        decoded content;
        for (const auto& athlete : *athletes) {
            auto of = coincide::read_back<activity>(store, athlete);
            if (!of) return tl::unexpected<coincide::problem>(of.error());
            const auto named = [&](std::uint32_t row) { return named_record{of->records[row].source, of->records[row].external_id}; };
            for (const auto& p : of->pins) pins.pins.push_back({p.kind, athlete, named(p.a), named(p.b)});
            for (auto& c : of->clocks) {
                c.athlete_id = athlete;
                clocks.push_back(std::move(c));
            }
            for (std::size_t i = 0; i < of->records.size(); ++i) {
                of->records[i].extra = std::move(of->raw[i]);
                of->records[i].athlete_id = athlete;
                auto key = '/' + of->records[i].source + '/' + of->records[i].external_id;
                content.activities.push_back({.activity = std::move(of->records[i]), .pointer = std::move(key)});
            }
        }
        all.add({.id = ledger.db.filename().string(), .brings_ids = true}, std::move(content));
        all.settle();
        policy.clocks = clocks;
        const auto groups = grouped_by(policy, all, rows_of(pins, all.records()));
        return write_results({all, 1, groups, clocks, {}}, {out_folder, with_tracks, gpx}, summary, errors);
    });
}

}  // namespace reconcile

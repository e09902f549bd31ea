// SPDX-License-Identifier: BSL-1.0
#include "output.hpp"

#include "json_write.hpp"
#include "utf8.hpp"

#include <coincide/match/sentence.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <span>
#include <system_error>

namespace reconcile {

using coincide::activity;

namespace {

constexpr std::string_view marker = ".coincide";

/// Everything but letters, digits and "-._~" (RFC 3986, unreserved).
std::string percent_encoded(std::string_view part) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) out += c;
        else (out += '%') += {hex[byte >> 4], hex[byte & 15]};
    }
    return out;
}

void write_identity(json_writer& json, const activity& record) {
    json.begin_object();
    json.key("source").string(record.source);
    json.key("external_id").string(record.external_id);
    json.end_object();
}

void write_link_members(json_writer& json, const std::vector<activity>& records, const coincide::pair_link& link, coincide::decision verdict) {
    json.key("a"), write_identity(json, records[link.a]);
    json.key("b"), write_identity(json, records[link.b]);
    json.key("relation").string(to_string(link.kind));
    json.key("joined").boolean(link.joined);
    json.key("weight").number(link.weight() / 100.0, bit_decimals);
    json.key("why").string(sentence_of(verdict, link.kind, link.why, {records[link.a].source, records[link.b].source}));
    json.key("evidence").begin_array();
    for (const auto& e : link.why) {
        json.begin_object();
        json.key("of").string(to_string(e.of));
        json.key("saw").string(words_of(e));
        json.key("weight").number(e.weight / 100.0, bit_decimals);
        json.end_object();
    }
    json.end_array();
}

void write_value(json_writer& json, std::string_view text) { json.string(text); }
void write_value(json_writer& json, double number) { json.number(number); }
void write_value(json_writer& json, coincide::sport_id sport) { json.string(sport.slug()); }
void write_value(json_writer& json, const std::vector<std::string>& list) {
    json.begin_array();
    for (const auto& item : list) json.string(item);
    json.end_array();
}

/// The values that other members hold, for the roles that keep alternatives: names, notes, labels, ratings.
template <class Role>
void write_alternatives_of(json_writer& json, const std::vector<activity>& records, const coincide::choices& chosen) {
    using value = typename Role::value_type;
    if constexpr (std::same_as<value, std::string_view> || std::same_as<value, double> || std::same_as<value, coincide::sport_id> ||
                  std::same_as<value, std::vector<std::string>>) {
        const auto* c = chosen.of(Role{});
        if (!c || chosen.alternatives(*c).empty()) return;
        json.key(Role::name).begin_array();
        for (const auto row : chosen.alternatives(*c)) {
            json.begin_object();
            json.key("value"), write_value(json, *read(records[row], Role{}));
            json.key("source").string(records[row].source);
            json.key("external_id").string(records[row].external_id);
            json.end_object();
        }
        json.end_array();
    }
}

void write_provenance(json_writer& json, const std::vector<activity>& records, const coincide::choices& chosen, bool with_tracks) {
    json.key("provenance").begin_object();
    for (const auto& c : chosen.fields) {
        if (!with_tracks && (c.role == coincide::track.name || c.role == coincide::streams.name)) continue;
        json.key(c.role).begin_object();
        json.key("source").string(records[c.row].source);
        json.key("external_id").string(records[c.row].external_id);
        json.key("rule").string(to_string(c.by));
        json.end_object();
    }
    json.end_object();
}

void write_alternatives(json_writer& json, const std::vector<activity>& records, const coincide::choices& chosen) {
    if (std::none_of(chosen.fields.begin(), chosen.fields.end(), [&](const auto& c) { return !chosen.alternatives(c).empty(); })) return;
    json.key("alternatives").begin_object();
    coincide::describe<activity>::fields.for_each(
        [&]<class Role, class G, class S, class A>(const coincide::field<Role, G, S, A>&) { write_alternatives_of<Role>(json, records, chosen); });
    json.end_object();
}

/// Fields locked in any member stay locked; a field taken from a record that had computed it stays computed.
void carry_lists(activity& merged, const std::vector<activity>& records, const coincide::choices& chosen) {
    for (const auto& c : chosen.fields) {
        const auto& from = records[c.row];
        if (std::find(from.computed.begin(), from.computed.end(), c.role) != from.computed.end()) merged.computed.emplace_back(c.role);
        if (c.by == coincide::rule::lock) merged.locked.emplace_back(c.role);
    }
}

/// By how much x's clock is ahead of y's, as their link saw it; 0 when nobody saw it.
coincide::seconds clock_ahead_of(std::span<const coincide::pair_link> links, std::uint32_t x, std::uint32_t y) {
    for (const auto& link : links)
        if (std::minmax(link.a, link.b) == std::minmax(x, y))
            if (const auto* seen = link.why.find(coincide::evidence_code::clock_shift)) return coincide::seconds{link.a == x ? seen->a : -seen->a};
    return coincide::seconds{0};
}

/// Samples count from the start of their own record; the merged activity may have its start from another one. They keep
/// their instants, unless the two clocks disagree: then they are told by the clock that gave the start.
void count_from_merged_start(coincide::samples& of, const std::vector<activity>& records, std::span<const coincide::pair_link> links,
                             const coincide::choice* from, const coincide::choice* start) {
    if (of.empty() || !from || !start || from->row == start->row) return;
    auto later = (records[from->row].start_time - records[start->row].start_time).count();
    const auto length_of = [&](std::uint32_t row) { return records[row].elapsed.value_or(coincide::milliseconds{0}).count(); };
    const auto longest = std::max({of.t_ms.back() - of.t_ms.front(), length_of(from->row), length_of(start->row)});
    if (std::abs(later) > longest) return;  // recordings of one activity overlap
    later -= coincide::milliseconds{clock_ahead_of(links, from->row, start->row)}.count();
    for (auto& t : of.t_ms) t += later;
}

/// `links` are those of the whole group, also for a leg.
merged_activity merged_from(const std::vector<activity>& records, const coincide::record_group& group, std::span<const coincide::pair_link> links,
                            const coincide::merge_policy& policy, const samples_reader& samples_of) {
    merged_activity out;
    out.chosen = merge(records, group, policy);
    out.members.assign(group.members.begin(), group.members.end());
    write(out.chosen, records, out.activity);
    out.activity.athlete_id = records[out.chosen.primary].athlete_id;
    out.activity.source = "coincide";
    out.activity.external_id = group_id(records[group.members.front()]);
    const auto* start = out.chosen.of(coincide::start_time);
    const auto *path = out.chosen.of(coincide::track), *still = out.chosen.of(coincide::streams);
    if (samples_of && path) out.activity.track = samples_of(path->row).track;
    if (samples_of && still) out.activity.streams = samples_of(still->row).streams;
    if (start) out.activity.clock_unset = records[start->row].clock_unset;
    count_from_merged_start(out.activity.track, records, links, path, start);
    count_from_merged_start(out.activity.streams, records, links, still, start);
    carry_lists(out.activity, records, out.chosen);
    return out;
}

/// A file that the next run may remove. The marker file may be anybody's: it can name nothing but what we would write.
bool is_listed_file(std::string_view line) {
    return line.starts_with("gpx/") && line.ends_with(".gpx") && line.find('/', 4) == std::string_view::npos;
}

/// Where a file stands until all are complete: "gpx/.ride.gpx.part".
std::filesystem::path part_of(const std::filesystem::path& file) { return file.parent_path() / ("." + file.filename().string() + ".part"); }

}  // namespace

void append_explanation(std::string& out, const std::vector<activity>& records, const coincide::pair_link& link, const coincide::match_policy& policy, bool one_athlete) {
    const auto total = link.weight();
    const auto verdict = one_athlete ? verdict_of(total, policy) : coincide::decision::apart;
    json_writer json{out};
    json.begin_object();
    write_link_members(json, records, link, verdict);
    json.key("verdict").string(to_string(verdict));
    json.key("one_athlete").boolean(one_athlete);
    json.key("join_from").number(policy.join_min / 100.0, bit_decimals);
    json.key("review_from").number(policy.review_min / 100.0, bit_decimals);
    json.key("without").begin_array();  // what would have changed the answer
    for (const auto& e : link.why) {
        const auto without = total - e.weight;
        if (!one_athlete || verdict_of(without, policy) == verdict) continue;
        json.begin_object();
        json.key("of").string(to_string(e.of));
        json.key("weight").number(without / 100.0, bit_decimals);
        json.key("verdict").string(to_string(verdict_of(without, policy)));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    out += '\n';
}

std::string group_id(const activity& smallest) {
    return percent_encoded(smallest.athlete_id) + "/" + percent_encoded(smallest.source) + "/" + percent_encoded(smallest.external_id);
}

void append_group(std::string& out, const std::vector<activity>& records, const coincide::record_group& group, std::uint32_t primary) {
    json_writer json{out};
    json.begin_object();
    json.key("group").string(group_id(records[group.members.front()]));
    json.key("athlete_id").string(records[group.members.front()].athlete_id);
    json.key("members").begin_array();
    for (const auto row : group.members) write_identity(json, records[row]);
    json.end_array();
    json.key("primary"), write_identity(json, records[primary]);
    json.key("review").boolean(group.review);
    json.key("links").begin_array();
    for (const auto& link : group.links) {
        json.begin_object();
        write_link_members(json, records, link, link.joined ? coincide::decision::join : coincide::decision::review);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    out += '\n';
}

void append_activity(std::string& out, const std::vector<activity>& records, const merged_activity& merged, bool with_tracks) {
    json_writer json{out};
    json.begin_object();
    write_members(json, merged.activity, {.with_tracks = with_tracks});
    json.key("group").string(merged.group);
    write_provenance(json, records, merged.chosen, with_tracks);
    write_alternatives(json, records, merged.chosen);
    json.end_object();
    out += '\n';
}

std::vector<merged_activity> merged_activities(const std::vector<activity>& records, const coincide::record_group& group, const coincide::merge_policy& policy,
                                               const samples_reader& samples_of) {
    std::vector<merged_activity> out;
    out.push_back(merged_from(records, group, group.links, policy, samples_of));
    const auto id = out.front().activity.external_id;

    // the declared legs of a session, each with the other recordings of that leg
    const auto is_leg = [&](std::uint32_t row) {
        return !records[row].parent_id.empty() && std::any_of(group.links.begin(), group.links.end(), [&](const coincide::pair_link& l) {
                   return l.a == row && l.kind == coincide::relation::part_of && l.why.find(coincide::evidence_code::parent);
               });
    };
    std::vector<std::vector<std::uint32_t>> legs;
    for (const auto row : group.members) {
        if (!is_leg(row)) continue;
        std::vector<std::uint32_t> members{row};
        for (const auto& l : group.links)
            if (l.joined && l.kind != coincide::relation::part_of && (l.a == row || l.b == row)) members.push_back(l.a == row ? l.b : l.a);
        std::sort(members.begin(), members.end(), [&](std::uint32_t x, std::uint32_t y) {
            return std::tie(records[x].source, records[x].external_id) < std::tie(records[y].source, records[y].external_id);
        });
        if (std::find(legs.begin(), legs.end(), members) == legs.end()) legs.push_back(std::move(members));
    }
    std::sort(legs.begin(), legs.end(), [&](const auto& x, const auto& y) {
        const auto earliest = [&](const auto& leg) {
            auto start = records[leg.front()].start_time;
            for (const auto row : leg) start = std::min(start, records[row].start_time);
            return start;
        };
        return std::pair{earliest(x), group_id(records[x.front()])} < std::pair{earliest(y), group_id(records[y.front()])};
    });
    for (const auto& leg : legs) {
        out.push_back(merged_from(records, coincide::record_group{leg, {}, false}, group.links, policy, samples_of));
        auto& activity = out.back().activity;
        activity.parent_id = id;
        if (activity.external_id == id) activity.external_id += "#leg";  // the group has its name from a leg
    }
    for (auto& merged : out) {
        merged.group = id;
        merged.review = group.review;
    }
    return out;
}

void append_source_record(std::string& out, const history& all, std::size_t i, bool with_tracks) {
    json_writer json{out};
    json.begin_object();
    if (with_tracks) write_members(json, all.whole(i), {.with_tracks = true});
    else write_members(json, all.records()[i], {.with_tracks = false});
    json.key("points").integer(static_cast<std::int64_t>(all.packed(i).positions()));
    json.key("from").begin_array();
    for (const auto& path : all.from(i)) json.string(path);
    json.end_array();
    json.end_object();
    out += '\n';
}

void append_finding(std::string& out, const finding& f) {
    constexpr std::string_view kinds[] = {"reject", "salvage", "skip"};
    json_writer json{out};
    const auto text = [&json](std::string_view key, std::string_view value) {
        if (!value.empty()) json.key(key).string(value);
    };
    json.begin_object();
    json.key("kind").string(kinds[static_cast<std::size_t>(f.kind)]);
    text("file", f.file);
    if (f.line) json.key("line").integer(static_cast<std::int64_t>(*f.line));
    if (f.offset) json.key("offset").integer(static_cast<std::int64_t>(*f.offset));
    text("pointer", f.pointer);
    text("source", f.source);
    text("external_id", f.external_id);
    text("field", f.field);
    json.key("code").string(to_string(f.code));
    text("reason", f.reason);
    json.end_object();
    out += '\n';
}

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto length = utf8_length(text);
        const auto c = text.substr(0, std::max<std::size_t>(length, 1));
        const bool control = static_cast<unsigned char>(c[0]) < ' ' && c[0] != '\t' && c[0] != '\n' && c[0] != '\r';
        const bool no_character = c == "\xEF\xBF\xBE" || c == "\xEF\xBF\xBF";  // U+FFFE, U+FFFF
        if (length == 0) out += "\xEF\xBF\xBD";
        else if (!control && !no_character) out += c;
        text.remove_prefix(c.size());
    }
    return out;
}

output_folder::~output_folder() {
    std::error_code ignored;
    for (const auto& name : pending_) std::filesystem::remove(part_of(folder_ / name), ignored);
}

std::optional<std::ofstream> output_folder::begin(std::string_view name) {
    std::error_code failed;
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path(), failed);
    if (failed) return std::nullopt;
    pending_.emplace_back(name);
    return std::ofstream{part_of(path), std::ios::binary | std::ios::trunc};
}

bool output_folder::write(std::string_view name, std::string_view content) {
    auto file = begin(name);
    if (!file) return false;
    file->write(content.data(), static_cast<std::streamsize>(content.size()));
    file->close();
    return !file->fail();
}

bool output_folder::append(std::string_view name, std::string_view content) {
    auto at = open_.find(name);
    if (at == open_.end()) {
        auto file = begin(name);
        if (!file) return false;
        at = open_.emplace(name, std::move(*file)).first;
    }
    return static_cast<bool>(at->second.write(content.data(), static_cast<std::streamsize>(content.size())));
}

bool output_folder::write_marker() {
    std::string text = "Output of coincide merge; not read as input.\n";
    for (const auto& name : pending_)
        if (is_listed_file(name)) text += name + "\n";
    return write(marker, text);
}

std::vector<std::string> output_folder::written_before() const {
    std::vector<std::string> names;
    std::ifstream file{folder_ / marker};
    for (std::string line; std::getline(file, line);)
        if (is_listed_file(line)) names.push_back(line);
    return names;
}

bool output_folder::publish() {
    const auto before = written_before();
    for (auto& [name, file] : open_) {
        file.close();
        if (file.fail()) return false;
    }
    if (!write_marker()) return false;
    std::error_code failed;
    std::rotate(pending_.begin(), pending_.end() - 1, pending_.end());  // the marker first: what is here is no input
    for (const auto& name : pending_) {
        std::filesystem::rename(part_of(folder_ / name), folder_ / name, failed);
        if (failed) return false;
    }
    const std::set<std::string_view> now{pending_.begin(), pending_.end()};
    for (const auto& name : before)
        if (!now.contains(name)) std::filesystem::remove(folder_ / name, failed);
    pending_.clear();
    return true;
}

}  // namespace reconcile

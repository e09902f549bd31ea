// SPDX-License-Identifier: BSL-1.0
#include "output.hpp"

#include "json_write.hpp"

#include <coincide/match/words.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <system_error>

namespace reconcile {

using coincide::activity;

namespace {

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

void write_link(json_writer& json, const std::vector<activity>& records, const coincide::pair_link& link) {
    json.begin_object();
    json.key("a"), write_identity(json, records[link.a]);
    json.key("b"), write_identity(json, records[link.b]);
    json.key("relation").string(to_string(link.kind));
    json.key("joined").boolean(link.joined);
    json.key("weight").number(link.weight() / 100.0, bit_decimals);
    json.key("why").string(sentence_of(link.joined ? coincide::decision::join : coincide::decision::review, link.kind, link.why));
    json.key("evidence").begin_array();
    for (const auto& e : link.why) {
        json.begin_object();
        json.key("of").string(to_string(e.of));
        json.key("saw").string(words_of(e));
        json.key("weight").number(e.weight / 100.0, bit_decimals);
        json.end_object();
    }
    json.end_array();
    json.end_object();
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
        if (!c || c->alternatives.empty()) return;
        json.key(Role::name).begin_array();
        for (const auto row : c->alternatives) {
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
    if (std::none_of(chosen.fields.begin(), chosen.fields.end(), [](const auto& c) { return !c.alternatives.empty(); })) return;
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

void append_merged(std::string& out, const std::vector<activity>& records, const coincide::choices& chosen, const std::string& id,
                   const std::string& group, bool is_leg, bool with_tracks) {
    activity merged;
    write(chosen, records, merged);
    merged.athlete_id = records[chosen.primary].athlete_id;
    merged.source = "coincide";
    merged.external_id = id;
    if (const auto* start = chosen.of(coincide::start_time)) merged.clock_unset = records[start->row].clock_unset;
    if (is_leg) merged.parent_id = group;
    carry_lists(merged, records, chosen);
    json_writer json{out};
    json.begin_object();
    write_members(json, merged, {.with_tracks = with_tracks});
    json.key("group").string(group);
    write_provenance(json, records, chosen, with_tracks);
    write_alternatives(json, records, chosen);
    json.end_object();
    out += '\n';
}

}  // namespace

std::string group_id(const activity& smallest) {
    return percent_encoded(smallest.athlete_id) + "/" + percent_encoded(smallest.source) + "/" + percent_encoded(smallest.external_id);
}

void append_link(std::string& out, const std::vector<activity>& records, const coincide::pair_link& link) {
    json_writer json{out};
    write_link(json, records, link);
    out += '\n';
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
    for (const auto& link : group.links) write_link(json, records, link);
    json.end_array();
    json.end_object();
    out += '\n';
}

void append_activities(std::string& out, const std::vector<activity>& records, const coincide::record_group& group, const coincide::merge_policy& policy,
                       bool with_tracks) {
    const auto id = group_id(records[group.members.front()]);
    append_merged(out, records, merge(records, group, policy), id, id, false, with_tracks);

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
    for (const auto& leg : legs)
        append_merged(out, records, merge(records, coincide::record_group{leg, {}, false}, policy), group_id(records[leg.front()]), id, true, with_tracks);
}

void append_source_record(std::string& out, const activity& record, const std::vector<std::string>& from, bool with_tracks) {
    json_writer json{out};
    json.begin_object();
    write_members(json, record, {.with_tracks = with_tracks});
    json.key("points").integer(static_cast<std::int64_t>(record.track.positions()));
    json.key("from").begin_array();
    for (const auto& path : from) json.string(path);
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

output_folder::~output_folder() {
    std::error_code ignored;
    for (const auto& name : pending_) std::filesystem::remove(folder_ / ("." + name + ".part"), ignored);
}

bool output_folder::write(std::string_view name, std::string_view content) {
    std::error_code failed;
    std::filesystem::create_directories(folder_, failed);
    if (failed) return false;
    pending_.emplace_back(name);
    std::ofstream file{folder_ / ("." + std::string{name} + ".part"), std::ios::binary | std::ios::trunc};
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    return !file.fail();
}

bool output_folder::publish() {
    std::error_code failed;
    for (const auto& name : pending_) {
        std::filesystem::rename(folder_ / ("." + name + ".part"), folder_ / name, failed);
        if (failed) return false;
    }
    pending_.clear();
    return true;
}

}  // namespace reconcile

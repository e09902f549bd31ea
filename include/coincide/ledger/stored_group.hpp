// SPDX-License-Identifier: BSL-1.0
//
// A group as the ledger keeps it: who is in it, why, and what it says. Derived: it can be made anew of the facts at any time.
//
//     dg <source> <id of the smallest member>
//     members   garmin 5001, manual 1, strava 9          primary garmin 5001
//     links     strava 9 copy_of garmin 5001 +30 …       as group() gives them
//     body      start_time, distance_m, name …           the merged record, and for each value whose it is and by which rule
//
// It has no id of its own: any member's key is its address, and links to it survive merges and splits.
#pragma once

#include <coincide/group/grouping.hpp>
#include <coincide/ledger/encode.hpp>
#include <coincide/ledger/facts.hpp>
#include <coincide/merge/merge.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

struct stored_link {
    record_key a{}, b{};
    relation kind = relation::same;
    bool joined = true;
    evidence_list why{};
    friend bool operator==(const stored_link&, const stored_link&) = default;
};

/// Whose value a field has. `member`: position among the members; as many as there are members: the athlete's own word.
struct stored_choice {
    std::string role{};
    std::uint32_t member = 0;
    rule by = rule::only;
    std::vector<std::uint32_t> alternatives{};
    friend bool operator==(const stored_choice&, const stored_choice&) = default;
};

struct stored_group {
    std::vector<record_key> members{};  // sorted
    std::uint32_t primary = 0;          // position
    std::vector<stored_link> links{};
    std::vector<stored_choice> choices{};
    std::string body{};           // values in canonical form; track and streams are those of the choices `track` and `streams`
    std::int64_t earliest_ms = 0, latest_ms = 0;  // of the members' starts and ends
    bool review = false;
    friend bool operator==(const stored_group&, const stored_group&) = default;

    [[nodiscard]] const record_key& key() const noexcept { return members.front(); }
    [[nodiscard]] const stored_choice* choice_of(std::string_view role_name) const noexcept {
        for (const auto& c : choices)
            if (c.role == role_name) return &c;
        return nullptr;
    }
};

namespace detail {

inline void put_positions(byte_writer& out, const std::vector<std::uint32_t>& of) {
    out.count(of.size());
    for (const auto v : of) out.count(v);
}

inline void put_link(byte_writer& out, const stored_link& l) {
    put(put(out, l.a), l.b).byte(static_cast<std::uint8_t>(l.kind)).byte(l.joined).count(l.why.size());
    for (const auto& e : l.why) out.byte(static_cast<std::uint8_t>(e.of)).integer(e.a).integer(e.b).integer(e.weight);
}
inline stored_link take_link(byte_reader& in) {
    stored_link l;
    l.a = take_record_key(in), l.b = take_record_key(in);
    l.kind = static_cast<relation>(std::min<std::uint8_t>(in.byte(), 2)), l.joined = in.byte() != 0;
    for (auto n = std::min<std::uint64_t>(in.count(), evidence_list::capacity); n > 0 && in.good(); --n) {
        const auto of = static_cast<evidence_code>(std::min<std::uint8_t>(in.byte(), static_cast<std::uint8_t>(evidence_code::only_one)));
        const auto a = static_cast<std::int32_t>(in.integer()), b = static_cast<std::int32_t>(in.integer());
        l.why.add(of, a, b, static_cast<centibits>(in.integer()));
    }
    return l;
}

}  // namespace detail

/// `digest`: 8 bytes, of the policy it was derived by.
[[nodiscard]] inline std::string encode(const stored_group& g, std::string_view digest) {
    std::string bytes;
    byte_writer out{bytes};
    out.raw(digest).count(g.members.size());
    for (const auto& m : g.members) put(out, m);
    out.count(g.primary).count(g.links.size());
    for (const auto& l : g.links) detail::put_link(out, l);
    out.count(g.choices.size());
    for (const auto& c : g.choices) {
        out.text(c.role).count(c.member).byte(static_cast<std::uint8_t>(c.by));
        detail::put_positions(out, c.alternatives);
    }
    out.text(g.body).integer(g.earliest_ms).integer(g.latest_ms).byte(g.review);
    return bytes;
}

[[nodiscard]] inline std::optional<stored_group> decode_group(std::string_view bytes) {
    byte_reader in{bytes};
    stored_group g;
    static_cast<void>(in.raw(8));
    for (auto n = in.count(); n > 0 && in.good(); --n) g.members.push_back(take_record_key(in));
    g.primary = static_cast<std::uint32_t>(in.count());
    for (auto n = in.count(); n > 0 && in.good(); --n) g.links.push_back(detail::take_link(in));
    for (auto n = in.count(); n > 0 && in.good(); --n) {
        stored_choice c;
        c.role = in.text(), c.member = static_cast<std::uint32_t>(in.count()), c.by = static_cast<rule>(std::min<std::uint8_t>(in.byte(), 8));
        for (auto m = in.count(); m > 0 && in.good(); --m) c.alternatives.push_back(static_cast<std::uint32_t>(in.count()));
        g.choices.push_back(std::move(c));
    }
    g.body = in.text(), g.earliest_ms = in.time_ms(), g.latest_ms = in.time_ms(), g.review = in.byte() != 0;
    return in.good() && !g.members.empty() && g.primary < g.members.size() ? std::optional{std::move(g)} : std::nullopt;
}

// --- what a group says ------------------------------------------------------------------------------------------------------------

/// A member as merging sees it: its body, and the sketch of its series.
struct member_bytes {
    std::string body{}, sketch{};
};

/// What the athlete has said of a group's fields: encoded values by name, in byte order, and which of them are locked.
struct athletes_values {
    std::vector<std::pair<std::string, std::string>> fields{};
    std::vector<std::string> locked{};
};

/// Makes body, choices and primary of a group whose members, links and span are known. One for each host type, so that everything around
/// it is compiled once.
using merge_function = void (*)(stored_group& group, std::span<const member_bytes> members, const athletes_values& said, const record_key* first, const merge_policy& policy);

namespace detail {
/// Notes the athlete's word as the choice of its fields, with what it stands in for among the alternatives; gives the values that hold. A
/// source's own lock is stronger than an edit, and weaker than a lock.
inline std::vector<std::pair<std::string, std::string>> take_athletes_word(stored_group& g, const athletes_values& said) {
    std::vector<std::pair<std::string, std::string>> holding;
    for (const auto& [role_name, value] : said.fields) {
        const bool is_locked = std::binary_search(said.locked.begin(), said.locked.end(), role_name);
        auto at = std::find_if(g.choices.begin(), g.choices.end(), [&](const stored_choice& c) { return c.role == role_name; });
        if (at == g.choices.end()) at = g.choices.insert(at, stored_choice{role_name, 0, rule::only, {}});
        else if (at->by == rule::lock && !is_locked) continue;
        else at->alternatives.insert(at->alternatives.begin(), at->member);
        at->member = static_cast<std::uint32_t>(g.members.size()), at->by = is_locked ? rule::lock : rule::edit;
        holding.emplace_back(role_name, value);
    }
    return holding;
}
}  // namespace detail

/// merge() on encoded members of a host's type. A member whose bytes are damaged says nothing.
template <record R>
void merge_group(stored_group& g, std::span<const member_bytes> members, const athletes_values& said, const record_key* first, const merge_policy& policy) {
    std::vector<R> rows(members.size());
    std::vector<std::uint32_t> positions;
    for (std::uint32_t i = 0; i < members.size(); ++i) {
        positions.push_back(i);
        static_cast<void>(decode(members[i].body, rows[i]) && decode_series(members[i].sketch, rows[i]));
    }
    const auto at = [&](const record_key& k) { return static_cast<std::uint32_t>(std::lower_bound(g.members.begin(), g.members.end(), k) - g.members.begin()); };
    std::vector<pair_link> links;
    for (const auto& l : g.links)
        if (l.joined && std::max(at(l.a), at(l.b)) < members.size()) links.push_back({at(l.a), at(l.b), l.kind, true, {}});
    chooser<std::vector<R>> choose{rows, policy};
    const auto& chosen = first ? choose.led_by(at(*first), positions, links) : choose(record_group{positions, links});
    R whole{};
    write(chosen, rows, whole);
    g.primary = chosen.primary, g.choices.clear();
    for (const auto& c : chosen.fields) {
        const auto others = chosen.alternatives(c);
        g.choices.push_back({std::string{c.role}, c.row, c.by, {others.begin(), others.end()}});
    }
    static_cast<void>(decode(body_of(detail::take_athletes_word(g, said)), whole));
    g.body = encode(whole);
}

}  // namespace coincide

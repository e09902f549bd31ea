// SPDX-License-Identifier: BSL-1.0
//
// The change feed: what each commit changed, in order and without gaps, for hosts that keep totals, index, or tell the athlete.
//
//     41.0  commit     "webhook", received 10:00, earliest touched instant 2024-05-27T06:19:26Z
//     41.1  delivered  strava 9
//     41.2  joined     strava 9, into the group of garmin 5001
//     41.3  field      garmin 5001: name  ""  ->  "Lunch Ride", from strava
//
// An entry's place is (version, index); a cursor is a version. From the earliest instant on days have to be reckoned again.
#pragma once

#include <coincide/ledger/encode.hpp>
#include <coincide/ledger/facts.hpp>
#include <coincide/ledger/storage.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide {

enum class change_kind : std::uint8_t {
    commit,     // the first of each version
    delivered,  // a record is new, or says something else than before; before: empty where it is new
    gone,       // a record counts no more
    conflict,   // two deliveries of one revision say different things; the greater bytes were taken
    said,       // a person's word; field: which word
    formed,     // a group is there that was not
    joined,     // a record came to a group; source: that of its leader; after: a list of field, source, field, source …
    left,       // a record went from a group that is still there
    dissolved,  // a group is there no more
    primary,    // another member leads; before, after: encoded texts "source id"
    field,      // a merged value changed; source: of the value after, `edit` of the athlete's own
    asked,      // two records look alike; a person should look: record and group (the other record's)
    derived,    // made anew by another policy or version of the library
    erased,     // a source's data was removed
};

struct ledger_change {
    change_kind of{};
    record_key record{};   // of a group: its smallest member
    record_key group{};    // of joined and left: the group's smallest member
    std::string field{};
    std::string before{}, after{};  // encoded values, see encode.hpp; empty: none
    std::string source{};

    friend bool operator==(const ledger_change&, const ledger_change&) = default;
};

/// The first entry of a version.
struct commit_note {
    std::uint64_t version = 0;
    commit_id id{};
    instant received{};
    std::string author{}, batch{};      // as the host named them
    std::optional<instant> earliest{};  // of all that was touched; absent where no activity was
    std::uint64_t changes = 0;          // entries that follow

    friend bool operator==(const commit_note&, const commit_note&) = default;
};

[[nodiscard]] constexpr std::string_view to_string(change_kind k) noexcept {
    constexpr std::string_view names[] = {"commit", "delivered", "gone", "conflict", "said", "formed", "joined", "left", "dissolved", "primary", "field", "asked", "derived", "erased"};
    return names[static_cast<std::size_t>(k)];
}

[[nodiscard]] inline std::string encode(const ledger_change& c) {
    std::string bytes;
    byte_writer out{bytes};
    put(put(out.byte(static_cast<std::uint8_t>(c.of)), c.record), c.group).text(c.field).text(c.before).text(c.after).text(c.source);
    return bytes;
}
[[nodiscard]] inline std::optional<ledger_change> decode_change(std::string_view bytes) {
    byte_reader in{bytes};
    ledger_change c;
    const auto kind = in.byte();
    if (kind > static_cast<std::uint8_t>(change_kind::erased)) return std::nullopt;
    c.of = static_cast<change_kind>(kind), c.record = take_record_key(in), c.group = take_record_key(in);
    for (auto* to : {&c.field, &c.before, &c.after, &c.source}) *to = in.text();
    return in.good() ? std::optional{std::move(c)} : std::nullopt;
}

[[nodiscard]] inline std::string encode(const commit_note& n) {
    std::string bytes;
    byte_writer out{bytes};
    out.byte(static_cast<std::uint8_t>(change_kind::commit)).count(n.version);
    for (const auto b : n.id) out.byte(b);
    out.integer(n.received.time_since_epoch().count()).text(n.author).text(n.batch).byte(n.earliest.has_value());
    if (n.earliest) out.integer(n.earliest->time_since_epoch().count());
    out.count(n.changes);
    return bytes;
}
[[nodiscard]] inline std::optional<commit_note> decode_note(std::string_view bytes) {
    byte_reader in{bytes};
    commit_note n;
    if (in.byte() != static_cast<std::uint8_t>(change_kind::commit)) return std::nullopt;
    n.version = in.count();
    for (auto& b : n.id) b = in.byte();
    n.received = instant{milliseconds{in.time_ms()}}, n.author = in.text(), n.batch = in.text();
    if (in.byte() != 0) n.earliest = instant{milliseconds{in.time_ms()}};
    n.changes = in.count();
    return in.good() ? std::optional{std::move(n)} : std::nullopt;
}

/// Entries of the feed after a version, up to another one.
[[nodiscard]] inline key_range feed_range(std::uint64_t after, std::uint64_t up_to = ~std::uint64_t{0} - 1) {
    return {key_writer{"cl"}.number(after + 1).take(), key_writer{"cl"}.number(up_to + 1).take()};
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// What the ledger is told and never alters: a delivery of a source, or a word of a person.
//
//     delivery_fact   garmin 5001, revision 2, received 10:00, the record's bytes         or: gone, the source has deleted it
//     word_fact       ann on phone-7: "garmin 5001 and manual 1 are one"                  or: name = "Long run"
//
// Everything else is a function of these, so undoing is one more word, and a source can be taken out as if it had never been there.
// Where they stand: fr <source> <id> <version> <index> deliveries, fd <version> <index> words, fo <operation> operations that are known.
#pragma once

#include <coincide/ledger/bytes.hpp>
#include <coincide/ledger/stamp.hpp>
#include <coincide/record/role.hpp>
#include <coincide/result.hpp>

#include <compare>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace coincide {

/// The identity of a record within one athlete's ledger, and the address of the group it is in.
struct record_key {
    std::string source{}, external_id{};
    friend auto operator<=>(const record_key&, const record_key&) = default;
};

inline byte_writer& put(byte_writer& out, const record_key& k) { return out.text(k.source).text(k.external_id); }
[[nodiscard]] inline record_key take_record_key(byte_reader& in) {
    record_key k;
    k.source = in.text(), k.external_id = in.text();
    return k;
}

/// "fr", garmin, 5001  ->  a key; of all records of a source without the id.
[[nodiscard]] inline std::string key_of(std::string_view family, const record_key& k) { return key_writer{family}.text(k.source).text(k.external_id).take(); }
[[nodiscard]] inline std::string key_of(std::string_view family, std::uint64_t version, std::uint64_t index) {
    return key_writer{family}.number(version).number(index).take();
}

struct delivery_fact {
    bool gone = false;  // the source has no such record any more; the rest is then empty
    instant received{};
    std::optional<double> revision{};
    std::optional<instant> updated_at{};
    std::uint32_t said = 0;     // values in the body
    std::string content{};      // SHA-256 of body, series and raw: equal ones are one delivery
    std::string series_name{};  // SHA-256 of the series, which stand apart as a blob; empty where there are none
    std::string sketch{};       // see sketch_of
    std::string body{};         // the encoded record
    std::string raw{};          // what the source sent, byte for byte, where the host keeps it here

    /// Of two deliveries of one record the greater speaks first: by the source's revision, else its update, else the receipt; of equal ones
    /// a deletion, then the one that says more, then the greater bytes.
    [[nodiscard]] auto order() const { return std::tie(revision, updated_at, received, gone, said, body, series_name); }
};

/// Before it is kept and when it is read: a revision that is no number has no place in the order of deliveries, and no update is beyond all time.
inline void give_order(delivery_fact& f) {
    if (f.revision && *f.revision != *f.revision) f.revision.reset();
    if (f.updated_at) f.updated_at = instant{milliseconds{detail::bounded_ms(f.updated_at->time_since_epoch().count())}};
}

[[nodiscard]] inline std::string encode(const delivery_fact& f) {
    std::string bytes;
    byte_writer out{bytes};
    out.byte(1).byte(static_cast<std::uint8_t>(f.gone | f.revision.has_value() << 1 | f.updated_at.has_value() << 2)).integer(f.received.time_since_epoch().count());
    if (f.revision) out.real(*f.revision);
    if (f.updated_at) out.integer(f.updated_at->time_since_epoch().count());
    out.count(f.said).text(f.content).text(f.series_name).text(f.sketch).text(f.body).text(f.raw);
    return bytes;
}
[[nodiscard]] inline std::optional<delivery_fact> decode_delivery(std::string_view bytes) {
    byte_reader in{bytes};
    delivery_fact f;
    if (in.byte() != 1) return std::nullopt;
    const auto flags = in.byte();
    f.gone = flags & 1;
    f.received = instant{milliseconds{in.time_ms()}};
    if (flags & 2) f.revision = in.real();
    if (flags & 4) f.updated_at = instant{milliseconds{in.integer()}};
    f.said = static_cast<std::uint32_t>(in.count());
    for (auto* to : {&f.content, &f.series_name, &f.sketch, &f.body, &f.raw}) *to = in.text();
    give_order(f);
    return in.good() ? std::optional{std::move(f)} : std::nullopt;
}

enum class word : std::uint8_t {
    must,     // about[0] and about[1] are one activity
    cannot,   // they are not
    unpin,    // nothing is said of them any more
    primary,  // about[0] leads its group
    edit,     // a field of about[0]'s group has this value
    lock,     // … and keeps it, whatever a source's own lock says
    release,  // the field is the sources' again
    unlink,   // the athlete has unlinked a source: its records count no more
    undo,     // what one version said counts no more
    clocks,   // the clocks that are known to be wrong (learn_clocks)
    // asked for, and stored as the words above
    split,    // about[0] is none of its group: cannot, with each other member
    confirm,  // the members of about[0]'s group are one: must, each with the next
};

struct word_fact {
    word what{};
    hybrid_stamp at{};         // effective
    std::int64_t said_ms = 0;  // as the device said it
    instant received{};
    std::string author{};
    std::vector<record_key> about{};  // of an edit: the record it was addressed to, then the others of the group it was in
    std::string field{};
    std::string value{};        // an encoded value; of `clocks`, the table
    std::uint64_t version = 0;  // of undo
    std::string source{};       // of unlink

    /// Of two words on one thing the greater holds.
    [[nodiscard]] auto order() const { return std::tie(at, what, value); }
};

[[nodiscard]] inline std::string encode(const word_fact& f) {
    std::string bytes;
    byte_writer out{bytes};
    out.byte(1).byte(static_cast<std::uint8_t>(f.what)).integer(f.at.ms).count(f.at.counter).text(f.at.device).integer(f.said_ms);
    out.integer(f.received.time_since_epoch().count()).text(f.author).count(f.about.size());
    for (const auto& k : f.about) put(out, k);
    out.text(f.field).text(f.value).count(f.version).text(f.source);
    return bytes;
}
[[nodiscard]] inline std::optional<word_fact> decode_word(std::string_view bytes) {
    byte_reader in{bytes};
    word_fact f;
    if (in.byte() != 1) return std::nullopt;
    const auto what = in.byte();
    if (what > static_cast<std::uint8_t>(word::clocks)) return std::nullopt;
    f.what = static_cast<word>(what);
    f.at.ms = in.time_ms(), f.at.counter = in.count(), f.at.device = in.text();
    f.said_ms = in.time_ms(), f.received = instant{milliseconds{in.time_ms()}}, f.author = in.text();
    for (auto n = in.count(); n > 0 && in.good(); --n) f.about.push_back(take_record_key(in));
    f.field = in.text(), f.value = in.text(), f.version = in.count(), f.source = in.text();
    return in.good() ? std::optional{std::move(f)} : std::nullopt;
}

[[nodiscard]] constexpr std::string_view to_string(word w) noexcept {
    constexpr std::string_view names[] = {"must", "cannot", "unpin", "primary", "edit", "lock", "release", "unlink", "undo", "clocks", "split", "confirm"};
    return static_cast<std::size_t>(w) < std::size(names) ? names[static_cast<std::size_t>(w)] : "unknown";
}

}  // namespace coincide

// SPDX-License-Identifier: BSL-1.0
//
// What holds for any ledger: its groups are those of all its facts at once, whatever came in which order and in how many commits; what is
// taken out leaves no trace, what is taken back is as if it had not been, and the feed has no gaps.
#include "activities.hpp"
#include "groups.hpp"
#include "ledgers.hpp"

#include <coincide/adapters/places.hpp>
#include <coincide/group/group.hpp>
#include <coincide/ledger/ingest.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <vector>

using namespace coincide;
using ledgers::book;

namespace {

rides::dice any_dice() { return rides::dice{*rc::gen::arbitrary<std::uint64_t>()}; }

/// Everything that a request may hold but undo, in an order-free form: words with stamps of their own.
struct anything {
    std::vector<activity> records;  // an identity may come again, with a revision
    std::vector<word_fact> words;
};
anything any_facts(rides::dice& roll, int activities) {
    anything out{rides::odd_records(roll, activities), {}};
    const auto first = out.records.size();
    for (std::size_t i = 0; i < first; ++i)
        if (roll.one_in(4)) {
            auto again = out.records[i];
            again.revision = roll.between(1, 3);
            if (roll.one_in(2)) again.start_time += std::chrono::minutes{roll.between(-300, 300)};
            if (roll.one_in(2)) again.name = "renamed " + std::to_string(roll.below(5));
            if (roll.one_in(3)) again.elapsed.reset();
            out.records.push_back(again);
        }
    const auto key = [&] {
        const auto& r = out.records[roll.below(first)];
        return record_key{r.source, r.external_id};
    };
    for (auto n = roll.below(6); n > 0; --n) {
        const hybrid_stamp at{roll.between(0, 3), roll.below(2), roll.one_in(2) ? "phone" : "tablet"};
        auto a = key(), b = key();
        if (a == b) continue;
        if (roll.one_in(2)) out.words.push_back(said(roll.one_in(2) ? word::must : word::cannot, {a, b}, at));
        else out.words.push_back(said(word::edit, {a}, at, "name", encoded(name, roll.one_in(2) ? "mine" : "also mine")));
    }
    return out;
}

/// The same facts, in any order and any cut into commits.
void tell_all(book& to, const anything& all, rides::dice& roll) {
    std::vector<std::pair<bool, std::size_t>> order;  // is a word, which
    for (std::size_t i = 0; i < all.records.size(); ++i) order.emplace_back(false, i);
    for (std::size_t i = 0; i < all.words.size(); ++i) order.emplace_back(true, i);
    roll.shuffle(order);
    const auto largest = roll.one_in(3) ? order.size() : 1 + roll.below(4);
    for (std::size_t from = 0, to_at = 0; from < order.size(); from = to_at) {
        to_at = std::min(order.size(), from + 1 + roll.below(largest));
        request in{.received = to.now};
        for (auto i = from; i < to_at; ++i) {
            if (order[i].first) in.words.push_back(all.words[order[i].second]);
            else in.records.push_back(incoming(all.records[order[i].second], "ann", to.policy));
        }
        to.run(in);
        RC_ASSERT(!to.failed);
    }
}

/// Groups of records without a ledger, as lines of identities.
std::vector<std::vector<std::string>> partition_of(const std::vector<activity>& records, const grouping& groups) {
    std::vector<std::vector<std::string>> out;
    for (const auto g : groups) {
        out.emplace_back();
        for (const auto row : g.members) out.back().push_back(records[row].source + ":" + records[row].external_id);
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace

TEST_CASE("a ledger's groups are those of all its records at once", "[ledger][law]") {
    rc::prop("delivered one by one, in any order", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 12);
        book ann;
        auto order = records;
        roll.shuffle(order);
        for (const auto& r : order) ann.deliver(r);
        RC_ASSERT(ledgers::partition(ann.store) == partition_of(records, group(records, presets::balanced, {}, pairs_of_one_place(records))));
    });
    rc::prop("with tracks", [] {
        auto roll = any_dice();
        if (!roll.one_in(5)) return;
        auto records = rides::odd_records(roll, 4, true);
        book ann;
        auto order = records;
        roll.shuffle(order);
        for (const auto& r : order) ann.deliver(r);
        RC_ASSERT(ledgers::partition(ann.store) == partition_of(records, group(records, presets::balanced, {}, pairs_of_one_place(records))));
    });
    rc::prop("under limits that cut crowds", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 12);
        for (auto& r : records)
            if (roll.one_in(2)) r.start_time = records.front().start_time + std::chrono::seconds{roll.between(0, 300)};
        book ann;
        ann.policy.match.limits.neighbors_max = 1 + roll.below(4);
        ann.policy.match.limits.alike_max = 1 + roll.below(3);
        ann.policy.match.limits.component_max = 2 + roll.below(8);
        auto order = records;
        roll.shuffle(order);
        for (const auto& r : order) ann.deliver(r);
        RC_ASSERT(ledgers::partition(ann.store) == partition_of(records, group(records, ann.policy.match, {}, pairs_of_one_place(records))));
    });
}

TEST_CASE("the order of facts, and how they are cut into commits, does not matter", "[ledger][law]") {
    rc::prop("for revisions, pins and edits alike", [] {
        auto roll = any_dice();
        const auto all = any_facts(roll, 8);
        book one, other;
        tell_all(one, all, roll);
        tell_all(other, all, roll);
        RC_ASSERT(ledgers::told(one.store) == ledgers::told(other.store));
        RC_ASSERT(ledgers::state(one.store) == ledgers::state(other.store));
    });
}

TEST_CASE("a merged record is what merge makes of the group's records", "[ledger][law]") {
    rc::prop("value for value", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 6);
        book ann;
        ann.deliver(records);
        for (const auto g : group(records, presets::balanced, {}, pairs_of_one_place(records))) {
            const auto chosen = merge(records, g, presets::measured_first);
            activity clean;
            write(chosen, records, clean);
            const auto& smallest = records[g.members.front()];
            const auto stored = ledgers::group_of(ann.store, smallest.source, smallest.external_id);
            RC_ASSERT(stored.body == encode(clean));
            RC_ASSERT(stored.members[stored.primary].external_id == records[chosen.primary].external_id);
        }
    });
}

TEST_CASE("a source that is taken out leaves no trace in what the ledger says", "[ledger][law]") {
    const auto without = [](const std::vector<activity>& all, std::string_view gone_source) {
        auto rest = all;
        std::erase_if(rest, [&](const activity& r) { return r.source == gone_source; });
        return rest;
    };
    rc::prop("unlinked, at any time", [&] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 8);
        book ann, never;
        const auto cut = roll.below(records.size() + 1);
        ann.deliver({records.begin(), records.begin() + static_cast<std::ptrdiff_t>(cut)});
        ann.say(unlink_of("strava", ann.stamp_now()));
        const auto answers = ann.deliver({records.begin() + static_cast<std::ptrdiff_t>(cut), records.end()}).answers;
        for (const auto& a : answers) RC_ASSERT((a.of == outcome::rejected) == (a.key.source == "strava"));
        never.deliver(without(records, "strava"));
        RC_ASSERT(ledgers::state(ann.store) == ledgers::state(never.store));
    });
    rc::prop("erased, with not a byte left", [&] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 6, roll.one_in(10));
        for (auto& r : records)
            if (r.source == "strava") r.name = "SECRET", r.external_id = "SECRET" + r.external_id;
        book ann, never;
        ann.deliver(records);
        ann.say(said(word::edit, {{records.front().source, records.front().external_id}}, ann.stamp_now(), "notes", encoded(notes, "mine")));
        request erase{.received = ann.now};
        erase.erase = "strava";
        ann.run(erase);
        never.deliver(without(records, "strava"));
        const auto& first = records.front();
        const auto still = ledgers::entries(ann.store, "");
        if (first.source != "strava") never.say(said(word::edit, {{first.source, first.external_id}}, never.stamp_now(), "notes", encoded(notes, "mine")));
        for (const auto* family : {"b", "c", "d", "f"})
            for (const auto& e : ledgers::entries(ann.store, family)) {
                RC_ASSERT(e.key.find("SECRET") == std::string::npos);
                RC_ASSERT(e.value.find("SECRET") == std::string::npos);
            }
        if (first.source != "strava") RC_ASSERT(ledgers::state(ann.store) == ledgers::state(never.store));
    });
}

TEST_CASE("taking a version back is as if it had not been, and taking that back brings it again", "[ledger][law]") {
    rc::prop("whatever came before and after", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 6);
        const auto cut = roll.below(records.size());
        const auto n = 1 + roll.below(records.size() - cut);
        const auto part = [&](std::size_t from, std::size_t to) {
            return std::vector<activity>{records.begin() + static_cast<std::ptrdiff_t>(from), records.begin() + static_cast<std::ptrdiff_t>(to)};
        };
        book ann, never;
        if (cut > 0) ann.deliver(part(0, cut));
        const auto version = ann.deliver(part(cut, cut + n)).version;
        if (cut + n < records.size()) ann.deliver(part(cut + n, records.size()));
        const auto whole = ledgers::state(ann.store);
        const auto undone = ann.say(undo_of(version, ann.stamp_now())).version;
        auto rest = part(0, cut);
        for (auto& r : part(cut + n, records.size())) rest.push_back(r);
        if (!rest.empty()) never.deliver(rest);
        RC_ASSERT(ledgers::state(ann.store) == ledgers::state(never.store));
        ann.say(undo_of(undone, ann.stamp_now()));
        RC_ASSERT(ledgers::state(ann.store) == whole);
    });
    rc::prop("of pins and edits, in any order of undoing", [] {
        auto roll = any_dice();
        const auto all = any_facts(roll, 5);
        book ann;
        ann.deliver(all.records);
        const auto before = ledgers::state(ann.store);
        std::vector<std::uint64_t> versions;
        for (const auto& w : all.words) versions.push_back(ann.say(w).version);
        roll.shuffle(versions);
        for (const auto v : versions) ann.say(undo_of(v, ann.stamp_now()));
        RC_ASSERT(ledgers::state(ann.store) == before);
    });
}

TEST_CASE("another policy makes everything anew, as if it had always been the policy", "[ledger][law]") {
    rc::prop("with the next delivery", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 8);
        book ann, always;
        ann.deliver({records.begin(), records.end() - 1});
        ann.policy.match.join_min = always.policy.match.join_min = 1500;
        ann.policy.merge.sources = always.policy.merge.sources = {{"manual", 9}, {"strava", 8}};
        ann.deliver(records.back());
        always.deliver(records);
        RC_ASSERT(ledgers::state(ann.store) == ledgers::state(always.store));
    });
}

TEST_CASE("the feed counts every commit and every change", "[ledger][law]") {
    rc::prop("without gaps", [] {
        auto roll = any_dice();
        const auto all = any_facts(roll, 6);
        book ann;
        tell_all(ann, all, roll);
        std::uint64_t version = 0, index = 0, changes = 0;
        for (const auto& e : ledgers::entries(ann.store, "cl")) {
            key_reader at{std::string_view{e.key}.substr(2)};
            const auto v = at.number(), i = at.number();
            if (i == 0) {
                RC_ASSERT(index == changes);
                RC_ASSERT(v == version + 1);
                const auto note = decode_note(e.value);
                RC_ASSERT(note && note->version == v);
                version = v, index = 0, changes = note->changes;
            } else {
                RC_ASSERT(v == version);
                RC_ASSERT(i == ++index);
                RC_ASSERT(decode_change(e.value).has_value());
            }
        }
        RC_ASSERT(index == changes);
        RC_ASSERT(version == ann.version());
    });
    rc::prop("and members follow from it alone", [] {
        auto roll = any_dice();
        const auto all = any_facts(roll, 6);
        book ann;
        tell_all(ann, all, roll);
        std::map<record_key, int> alive;
        for (const auto& e : ledgers::entries(ann.store, "cl")) {
            const auto c = decode_change(e.value);
            if (!c) continue;
            if (c->of == change_kind::delivered) alive[c->record] = 1;
            if (c->of == change_kind::gone) alive.erase(c->record);
        }
        std::size_t members = 0;
        for (const auto& g : ledgers::groups(ann.store)) members += g.members.size();
        RC_ASSERT(members == alive.size());
    });
}

TEST_CASE("sending the same again has no second effect", "[ledger][law]") {
    rc::prop("of records", [] {
        auto roll = any_dice();
        const auto all = any_facts(roll, 6);
        book ann;
        ann.deliver(all.records);
        const auto version = ann.version();
        auto again = all.records;
        roll.shuffle(again);
        for (const auto& a : ann.deliver(again).answers) RC_ASSERT(a.of == outcome::unchanged);
        RC_ASSERT(ann.version() == version);
    });
}

TEST_CASE("an encoded record comes back value for value", "[ledger][law]") {
    rc::prop("with its series", [] {
        auto roll = any_dice();
        auto records = rides::odd_records(roll, 2, true);
        for (auto& r : records) {
            if (roll.one_in(3)) std::swap(r.streams, r.track);
            if (!r.track.empty() && roll.one_in(2)) r.track.lat[roll.below(r.track.size())] = roll.part() * 50;
            if (!r.track.empty() && roll.one_in(2)) r.track.t_ms[roll.below(r.track.size())] = roll.between(-1000000, 1000000);
            activity again;
            RC_ASSERT(decode(encode(r), again));
            RC_ASSERT(decode_series(encode_series(r), again));
            RC_ASSERT(encode(again) == encode(r));
            const auto equal = [](const samples& x, const samples& y) {  // NaN is equal to NaN here
                if (x.t_ms != y.t_ms || x.lat.size() != y.lat.size()) return false;
                for (std::size_t i = 0; i < x.size(); ++i) {
                    const auto a = x[i], b = y[i];
                    if (std::memcmp(&a.lat_deg, &b.lat_deg, 8) != 0 || std::memcmp(&a.lon_deg, &b.lon_deg, 8) != 0 || std::memcmp(&a.hr_bpm, &b.hr_bpm, 8) != 0) return false;
                }
                return true;
            };
            RC_ASSERT(equal(again.track, r.track));
            RC_ASSERT(equal(again.streams, r.streams));
        }
    });
    rc::prop("and damaged bytes are noticed or harmless", [] {
        auto roll = any_dice();
        const auto records = rides::odd_records(roll, 1, true);
        auto body = encode(records.front()), series = encode_series(records.front());
        for (auto* bytes : {&body, &series}) {
            if (bytes->empty()) continue;
            if (roll.one_in(2)) bytes->resize(roll.below(bytes->size()));
            else (*bytes)[roll.below(bytes->size())] = static_cast<char>(roll.below(256));
        }
        activity again;
        static_cast<void>(decode(body, again));
        static_cast<void>(decode_series(series, again));
        static_cast<void>(sketch_of(series));
        static_cast<void>(decode_group(body)), static_cast<void>(decode_header(body)), static_cast<void>(decode_tracks(series));
        static_cast<void>(decode_delivery(body)), static_cast<void>(decode_word(body)), static_cast<void>(decode_change(body)), static_cast<void>(decode_note(body));
    });
}

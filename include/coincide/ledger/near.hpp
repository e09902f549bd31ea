// SPDX-License-Identifier: BSL-1.0
//
// The records of an athlete's history that a change can reach, found by reading what lies near it and nothing else: the inside of
// plan.hpp.
//
//     a new ride of 10:00   ->  headers of the day before and after, of the records that share or name one of its identities, and of
//                               those that it is pinned to; of these, the tracks; of those that it is like, the same again
//
// A record whose clock was never set can be like any other one: it, and what is like it, makes the whole history of headers be read.
#pragma once

#include <coincide/group/grouper.hpp>
#include <coincide/ledger/header.hpp>
#include <coincide/ledger/view.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail {

/// Headers that are known, with what grouping asks of them. Those that a commit changes stand in for the stored ones.
class near_records {
public:
    using row = std::uint32_t;
    near_records(asking& ask, const match_policy& policy) : ask_{ask}, policy_{policy} {}
    near_records(const near_records&) = delete;
    near_records& operator=(const near_records&) = delete;

    /// `tracks`: encoded prepared tracks, or null where they are stored.
    void add(record_header&& h, const std::string* tracks) {
        h.of.sig.row = static_cast<row>(headers_.size());
        row_of_.insert_or_assign(h.key, h.of.sig.row);
        headers_.push_back(std::move(h));
        tracks_.push_back(tracks);
    }
    [[nodiscard]] std::span<const record_header> headers() const noexcept { return headers_; }
    [[nodiscard]] const row* find(const record_key& k) const {
        const auto at = row_of_.find(k);
        return at == row_of_.end() ? nullptr : &at->second;
    }
    void pin_together(const record_key& a, const record_key& b, pin_kind kind) {
        if (const auto *x = find(a), *y = find(b); x && y && *x != *y) pins_.push_back({*x, *y, kind});
    }

    /// Rows that hang together with some. `partners(key)`: asks for the words about a record, and gives the others they name.
    template <class Partners>
    [[nodiscard]] std::vector<row> reached_from(std::span<const row> seeds, Partners&& partners) {
        pair_unset_clocks();
        return engine().neighborhood_of(seeds, [&](row r) { ask_around(headers_[r], partners); });
    }
    [[nodiscard]] grouping groups() {
        pair_unset_clocks();
        return engine().run();
    }
    /// Some rows alone, with the pins among them.
    void keep(std::span<const row> rows, near_records& to) const {
        for (const auto r : rows) {
            auto h = headers_[r];
            to.add(std::move(h), tracks_[r]);
        }
        for (const auto& p : pins_) to.pin_together(headers_[p.a].key, headers_[p.b].key, p.kind);
    }

private:
    [[nodiscard]] grouper engine() const {
        std::vector<record_identity> identities;
        for (const auto& h : headers_) identities.push_back({"", h.key.source, h.key.external_id, h.start});
        const record_source from{
            this,
            [](const void* self, row r, const match_policy&) { return static_cast<const near_records*>(self)->headers_[r].of; },
            [](const void* self, row r, const match_policy&) { return detail::track_handle{static_cast<const near_records*>(self)->tracks_at(r)}; },
        };
        return {from, std::move(identities), policy_, pins_, also_};
    }

    [[nodiscard]] prepared_tracks tracks_at(row r) const {
        const auto& h = headers_[r];
        if (!h.has_series) return {};
        const auto* bytes = tracks_[r] ? tracks_[r] : ask_.get(key_of("dt", h.key));
        auto decoded = bytes ? decode_tracks(*bytes) : std::nullopt;
        return decoded ? std::move(*decoded) : prepared_tracks{};
    }

    /// Those of one place, as adapters/places.hpp pairs them.
    void pair_unset_clocks() {
        also_.clear();
        for (const auto& lost : headers_) {
            if (!lost.of.sig.clock_unset) continue;
            for (const auto& h : headers_)
                if (h.of.sig.row != lost.of.sig.row && meet(h.box, lost.box)) also_.push_back({std::min(h.of.sig.row, lost.of.sig.row), std::max(h.of.sig.row, lost.of.sig.row)});
        }
        std::sort(also_.begin(), also_.end());
        also_.erase(std::unique(also_.begin(), also_.end()), also_.end());
    }

    /// Asks for everything that may be like a record and is not known yet.
    template <class Partners>
    void ask_around(const record_header& h, Partners& partners) {
        if (h.of.sig.clock_unset) ask_.need(keys_under("dh"));
        else ask_around_time(h.of.sig), ask_for_lost_ones(h);
        for (const auto hash : names_of(h.of))
            ask_.scan(keys_under(key_writer{"dn"}.number(hash).take()), [&](const std::string& key, const std::string&) {
                static_cast<void>(ask_.get("dh" + key.substr(2 + sizeof(std::uint64_t))));  // hash, then what a header's key has
            });
        for (const auto& other : partners(h.key))
            if (!find(other)) ask_for_header_of(other);
    }
    void ask_for_header_of(const record_key& k) {
        ask_.scan(only_key(key_of("ds", k)), [&](const std::string&, const std::string& state) {
            byte_reader in{state};
            static_cast<void>(ask_.get(key_writer{"dh"}.integer(in.time_ms()).text(k.source).text(k.external_id).take()));
        });
    }
    /// Everything that starts within reach of a record, and everything that it starts within reach of, with what lies in the reach of those.
    void ask_around_time(const signature& s) {
        const auto headers_from_to = [&](std::int64_t from_ms, std::int64_t to_ms) { ask_.need({key_writer{"dh"}.integer(from_ms).take(), key_writer{"dh"}.integer(to_ms + 1).take()}); };
        headers_from_to(s.start_ms - policy_.limits.clock_reach.count(), reach_ms(s, policy_.limits));
        const key_range long_ones{key_writer{"dl"}.integer(s.start_ms - reach_ms_max).take(), key_writer{"dl"}.integer(s.start_ms + 1).take()};
        ask_.scan(long_ones, [&](const std::string& key, const std::string& value) {
            key_reader at{std::string_view{key}.substr(2)};
            const auto from_ms = at.integer(), to_ms = byte_reader{value}.time_ms();
            if (to_ms >= s.start_ms) headers_from_to(from_ms, to_ms);
        });
    }
    /// A clock that was never set, and a record of its length or place: either may be like any record of the history.
    void ask_for_lost_ones(const record_header& h) {
        bool like_one = false;
        ask_.scan(keys_under("du"), [&](const std::string&, const std::string& value) {
            const auto lost = decode_header(value);
            like_one |= lost && (meet(lost->box, h.box) || magnitude(std::int64_t{lost->of.sig.elapsed_ms} - h.of.sig.elapsed_ms) <= 2000);
        });
        if (like_one) ask_.need(keys_under("dh"));
    }

    asking& ask_;
    const match_policy& policy_;
    std::vector<record_header> headers_{};
    std::vector<const std::string*> tracks_{};
    std::map<record_key, row> row_of_{};
    std::vector<pin> pins_{};
    std::vector<row_pair> also_{};
};

}  // namespace coincide::detail

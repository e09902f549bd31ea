// SPDX-License-Identifier: BSL-1.0
//
// What facts come to: the inside of plan.hpp. Which words are taken back, what the deliveries of one record say together, whose word a
// field has. Functions of sets of facts: in whatever order these arrived, the answer is one.
//
//     garmin 5001:  revision 2 {distance 10 km}, revision 1 {distance 9 km, name "Run"}     ->  {distance 10 km, name "Run"}
//     version 7 took back 5, version 9 took back 7                                          ->  5 holds, 7 does not
#pragma once

#include <coincide/ledger/encode.hpp>
#include <coincide/ledger/facts.hpp>
#include <coincide/ledger/policy.hpp>
#include <coincide/ledger/stored_group.hpp>
#include <coincide/ledger/view.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coincide::detail {

/// What concerns the whole ledger, under "dm": v the digest, x <version> <by> what was taken back, k <source> <version> unlinked sources,
/// j <version> words on clocks.
struct ledger_meta {
    std::string digest{};
    std::set<std::pair<std::uint64_t, std::uint64_t>> undos{};  // (by, version)
    std::vector<std::pair<std::string, std::uint64_t>> unlinks{};
    std::map<std::uint64_t, word_fact> clocks{};

    [[nodiscard]] static ledger_meta read(asking& ask) {
        ledger_meta m;
        ask.scan(keys_under("dm"), [&](const std::string& key, const std::string& value) {
            if (key.size() < 3) return;  // damaged
            key_reader in{std::string_view{key}.substr(3)};
            if (key[2] == 'v') m.digest = value;
            if (key[2] == 'x') {
                const auto version = in.number();
                m.undos.emplace(in.number(), version);
            }
            if (key[2] == 'k') {
                auto from = in.text();
                m.unlinks.emplace_back(std::move(from), in.number());
            }
            if (key[2] == 'j') {
                const auto version = in.number();
                if (auto w = decode_word(value)) m.clocks.emplace(version, std::move(*w));
            }
        });
        m.settle();
        return m;
    }
    /// Takes in a word of this version.
    void add(const word_fact& w, std::uint64_t version) {
        if (w.what == word::undo) undos.emplace(version, w.version);
        if (w.what == word::unlink) unlinks.emplace_back(w.source, version);
        if (w.what == word::clocks) clocks.insert_or_assign(version, w);
        settle();
    }
    void forget_clocks_of(std::string_view from) {
        for (auto& [version, w] : clocks) w.value = without_clocks_of(from, w.value);
    }
    [[nodiscard]] bool holds(std::uint64_t version) const { return !taken_back_.contains(version); }
    [[nodiscard]] bool unlinked(std::string_view from) const {
        return std::any_of(unlinks.begin(), unlinks.end(), [&](const auto& u) { return u.first == from && holds(u.second); });
    }
    [[nodiscard]] std::vector<clock_error> clock_table() const {
        const word_fact* greatest = nullptr;
        for (const auto& [version, w] : clocks)
            if (holds(version) && (!greatest || greatest->order() < w.order())) greatest = &w;
        if (!greatest) return {};
        byte_reader in{greatest->value};
        return take_clocks(in);
    }

private:
    void settle() {  // a later version decides over an earlier one
        taken_back_.clear();
        for (auto at = undos.rbegin(); at != undos.rend(); ++at)
            if (!taken_back_.contains(at->first)) taken_back_.insert(at->second);
    }
    std::set<std::uint64_t> taken_back_{};
};

/// What the deliveries of one record say together.
struct current_record {
    std::string body{}, series_name{}, sketch{}, raw{};
    std::string content{};   // SHA-256 of body and series
    bool contested = false;  // the two greatest are of one revision, and differ
};

/// Values that the first body lacks come from the next ones, and with them whether they were computed. O(values log values).
[[nodiscard]] inline std::string unite_bodies(const std::vector<const delivery_fact*>& greatest_first) {
    if (greatest_first.size() == 1) return greatest_first.front()->body;
    std::map<std::string_view, std::string_view> values;
    std::vector<std::string> are_computed;
    const auto computed_in = [](std::string_view body) {
        for (const auto& [role_name, bytes] : values_of(body))
            if (role_name == computed_t::name) return value_of<std::vector<std::string>>(bytes).value_or(std::vector<std::string>{});
        return std::vector<std::string>{};
    };
    for (const auto* f : greatest_first) {
        const auto theirs = computed_in(f->body);
        for (const auto& [role_name, bytes] : values_of(f->body)) {
            if (role_name == computed_t::name || !values.try_emplace(role_name, bytes).second) continue;
            if (std::find(theirs.begin(), theirs.end(), role_name) != theirs.end()) are_computed.emplace_back(role_name);
        }
    }
    std::sort(are_computed.begin(), are_computed.end());
    std::string list;
    byte_writer out{list};
    if (!are_computed.empty()) put_value(out, are_computed), values.emplace(computed_t::name, list);
    return body_of(values);
}

/// Nothing where the record is gone, or was never there.
[[nodiscard]] inline std::optional<current_record> current_of(std::vector<const delivery_fact*> facts) {
    std::optional<instant> gone_at;  // by a deletion that names no revision: whatever came until then is gone
    for (const auto* f : facts)
        if (f->gone && !f->revision && !f->updated_at) gone_at = std::max(gone_at, std::optional{f->received});
    if (gone_at) std::erase_if(facts, [&](const auto* f) { return f->received <= *gone_at; });
    std::sort(facts.begin(), facts.end(), [](const auto* x, const auto* y) { return y->order() < x->order(); });
    facts.erase(std::find_if(facts.begin(), facts.end(), [](const auto* f) { return f->gone; }), facts.end());
    if (facts.empty()) return std::nullopt;
    current_record out;
    out.body = unite_bodies(facts);
    for (const auto* f : facts) {
        if (out.series_name.empty()) out.series_name = f->series_name, out.sketch = f->sketch;
        if (out.raw.empty()) out.raw = f->raw;
    }
    out.content = sha256(out.body + out.series_name);
    out.contested = facts.size() > 1 && (facts[0]->revision || facts[0]->updated_at) && facts[0]->revision == facts[1]->revision &&
                    facts[0]->updated_at == facts[1]->updated_at && facts[0]->content != facts[1]->content;
    return out;
}

/// What people have said of a group: for each field the greatest word, the greatest choice of a leader.
struct athletes_words {
    athletes_values values{};
    std::optional<record_key> primary{};
};

[[nodiscard]] inline athletes_words words_on_group(const std::vector<word_fact>& words) {
    std::map<std::string, const word_fact*> by_field;
    const word_fact* lead = nullptr;
    for (const auto& w : words) {
        if (w.what == word::primary && (!lead || lead->order() < w.order())) lead = &w;
        if (w.what != word::edit && w.what != word::lock && w.what != word::release) continue;
        auto& at = by_field[w.field];
        if (!at || at->order() < w.order()) at = &w;
    }
    athletes_words out;
    for (const auto& [field_name, w] : by_field) {
        if (w->what == word::release) continue;
        out.values.fields.emplace_back(field_name, w->value);
        if (w->what == word::lock) out.values.locked.push_back(field_name);
    }
    if (lead) out.primary = lead->about.front();
    return out;
}

[[nodiscard]] constexpr bool is_pin(word w) noexcept { return w == word::must || w == word::cannot || w == word::unpin; }
[[nodiscard]] constexpr bool is_about_a_group(word w) noexcept { return w == word::primary || w == word::edit || w == word::lock || w == word::release; }

}  // namespace coincide::detail

// SPDX-License-Identifier: BSL-1.0
//
// What comes in: records of sources, words of people, or both; and what the ledger answers to each record.
//
//     request in{.received = now, .batch = "webhook"};
//     in.records.push_back(incoming(ride, "ann", policy));                  // checked and encoded; a bad one is refused on its own
//     in.words.push_back(said(word::edit, {"garmin", "5001"}, stamp, "name", encoded(name, "Long run")));
//
// A request is one commit, done wholly or not at all, and is taken back by its version.
#pragma once

#include <coincide/ledger/encode.hpp>
#include <coincide/ledger/facts.hpp>
#include <coincide/ledger/policy.hpp>
#include <coincide/ledger/sha256.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <iterator>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coincide {

/// A record on its way in. Either `wrong`, or a fact whose receipt is filled in when it is accepted.
struct incoming_record {
    record_key key{};
    delivery_fact fact{};
    std::string series{};
    std::optional<problem> wrong{};
};

struct request {
    instant received{};
    std::string author{};     // who or what delivers: for the feed
    std::string batch{};      // a name for what is taken back together
    std::string operation{};  // an id that a device made once and repeats until it is answered; the same one has no second effect
    std::vector<incoming_record> records{};
    std::vector<word_fact> words{};
    std::string erase{};      // a source whose data the athlete wants removed; nothing else may be asked along with it
};

enum class outcome : std::uint8_t {
    rejected,   // see `wrong`
    unchanged,  // known, nothing new
    changed,    // a known record says something else now
    kept,       // stored, and the record says what it said: an older revision came late
    fresh,      // a new activity
    joined,     // came to a group
    part,       // came to a group, as a part of a longer record
    review,     // a new activity that looks like another one: a person should look
};

[[nodiscard]] constexpr std::string_view to_string(outcome o) noexcept {
    constexpr std::string_view names[] = {"rejected", "unchanged", "changed", "kept", "new", "joined", "part", "review"};
    return names[static_cast<std::size_t>(o)];
}

/// The answer to one incoming record, in their order.
struct ingested {
    record_key key{};
    outcome of = outcome::rejected;
    std::optional<problem> wrong{};
    record_key group{};  // its address: the group's smallest member; of a rejected one empty

    friend bool operator==(const ingested&, const ingested&) = default;
};

namespace detail {

inline constexpr std::size_t id_bytes_max = 512;

template <record R>
[[nodiscard]] std::optional<problem> wrong_with(const R& of, std::string_view athlete, const ledger_policy& policy) {
    const auto is = [](problem_code code, std::string_view role_name) { return std::optional{problem{code, role_name, {}, {}, 0}}; };
    const auto from = read_if_bound(of, source), id = read_if_bound(of, external_id), whose = read_if_bound(of, athlete_id);
    if (!from) return is(problem_code::missing_key, source_t::name);
    if (!id) return is(problem_code::missing_key, external_id_t::name);
    if (from->size() > id_bytes_max) return is(problem_code::too_large, source_t::name);
    if (id->size() > id_bytes_max) return is(problem_code::too_large, external_id_t::name);
    if (whose && *whose != athlete) return is(problem_code::other_athlete, athlete_id_t::name);
    const auto start = read(of, start_time);
    const bool unset = read_if_bound(of, unset_clock).value_or(false);
    if (!start && !unset) return is(problem_code::missing_key, start_time_t::name);
    if (start && (unset ? !is_time(start->time_since_epoch().count()) : *start < earliest_start || *start > latest_start)) return is(problem_code::out_of_range, start_time_t::name);
    std::optional<problem> found;
    const auto check = [&]<class Role>(Role) {
        if constexpr (!is_series<Role>) {
            using value_type = typename Role::value_type;
            const auto v = read(of, Role{});
            if (found || !v) return;
            if constexpr (std::same_as<value_type, std::string_view>) {
                if (v->size() > policy.text_bytes_max) found = is(problem_code::too_large, Role::name);
            } else if constexpr (std::same_as<Role, elapsed_t> || std::same_as<Role, timer_t_> || std::same_as<Role, moving_t>) {
                if (v->count() < 0) found = is(problem_code::negative, Role::name);
            } else if constexpr (std::same_as<Role, distance_m_t> || std::same_as<Role, energy_kcal_t>) {
                if (*v < 0) found = is(problem_code::negative, Role::name);
            }
        }
    };
    describe<R>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { check(Role{}); });
    if (found) return found;
    const auto is_uneven = [](const samples& s) {
        const auto n = s.size();
        const auto fits = [n](const auto& column) { return column.empty() || column.size() == n; };
        return !fits(s.lat) || !fits(s.lon) || !std::all_of(std::begin(s.values), std::end(s.values), fits);
    };
    if constexpr (has_role<R, track_t>) {
        if (static_cast<std::size_t>(std::ranges::distance(track_of(of))) > policy.fixes_max) return is(problem_code::too_large, track_t::name);
        if constexpr (std::same_as<std::remove_cvref_t<decltype(track_of(of))>, samples>)
            if (is_uneven(track_of(of))) return is(problem_code::unequal_lengths, track_t::name);
    }
    if constexpr (has_role<R, streams_t>)
        if (const auto* s = read(of, streams)) {
            if (s->size() > policy.fixes_max) return is(problem_code::too_large, streams_t::name);
            if (is_uneven(*s)) return is(problem_code::unequal_lengths, streams_t::name);
        }
    return std::nullopt;
}

}  // namespace detail

/// Checks and encodes a record. `raw`: what the source sent, kept byte for byte; where it changes, so has the record. O(values + samples).
template <record R>
    requires has_role<R, source_t> && has_role<R, external_id_t>
[[nodiscard]] incoming_record incoming(const R& of, std::string_view athlete, const ledger_policy& policy, std::string_view raw = {}) {
    incoming_record out;
    out.key = {std::string{read(of, source).value_or("")}, std::string{read(of, external_id).value_or("")}};
    out.wrong = detail::wrong_with(of, athlete, policy);
    if (out.wrong) return out;
    out.fact.revision = read_if_bound(of, revision);
    out.fact.updated_at = read_if_bound(of, updated_at);
    out.fact.body = encode(of);
    out.series = encode_series(of);
    const auto values = values_of(out.fact.body);
    for (const auto& [role_name, value] : values)
        if (value.size() > policy.text_bytes_max + 1) {  // the letter of its kind
            out.wrong = problem{problem_code::too_large, "record", {}, {}, 0};
            return out;
        }
    out.fact.said = static_cast<std::uint32_t>(values.size());
    if (!out.series.empty()) out.fact.series_name = sha256(out.series), out.fact.sketch = sketch_of(out.series);
    out.fact.raw = raw;
    out.fact.content = sha256(out.fact.body + out.fact.series_name + out.fact.raw);
    return out;
}

/// A source has deleted a record. Without a revision the receipt decides whether a delivery is older or newer.
[[nodiscard]] inline incoming_record gone(record_key key, std::optional<double> of_revision = {}, std::optional<instant> at = {}) {
    incoming_record out;
    out.key = std::move(key);
    out.fact.gone = true, out.fact.revision = of_revision, out.fact.updated_at = at;
    out.fact.content = sha256("gone");
    return out;
}

/// A role's value as facts hold it: encoded(name, "Long run").
template <class Role>
[[nodiscard]] std::string encoded(Role, const typename Role::value_type& v) {
    std::string bytes;
    byte_writer out{bytes};
    if constexpr (detail::a_duration<typename Role::value_type>) detail::put_value(out, milliseconds{v});
    else detail::put_value(out, v);
    return bytes;
}

// Words, as a device says them. Stamps: stamp.hpp.
[[nodiscard]] inline word_fact said(word what, std::vector<record_key> about, hybrid_stamp at, std::string field_name = {}, std::string value = {}) {
    word_fact w;
    w.what = what, w.about = std::move(about), w.at = std::move(at), w.field = std::move(field_name), w.value = std::move(value);
    return w;
}
[[nodiscard]] inline word_fact undo_of(std::uint64_t version, hybrid_stamp at) {
    auto w = said(word::undo, {}, std::move(at));
    w.version = version;
    return w;
}
[[nodiscard]] inline word_fact unlink_of(std::string_view from, hybrid_stamp at) {
    auto w = said(word::unlink, {}, std::move(at));
    w.source = from;
    return w;
}
[[nodiscard]] inline word_fact clocks_are(std::span<const clock_error> clocks, hybrid_stamp at) {
    auto w = said(word::clocks, {}, std::move(at));
    byte_writer out{w.value};
    put_clocks(out, clocks);
    return w;
}

/// Answers as they are kept for an operation. Of what was wrong, the code.
inline void put_answers(byte_writer& out, const std::vector<ingested>& answers) {
    out.count(answers.size());
    for (const auto& a : answers) put(put(out, a.key).byte(static_cast<std::uint8_t>(a.of)).byte(a.wrong ? static_cast<std::uint8_t>(1 + static_cast<unsigned>(a.wrong->code)) : std::uint8_t{0}), a.group);
}
[[nodiscard]] inline std::vector<ingested> take_answers(byte_reader& in) {
    std::vector<ingested> out;
    for (auto n = in.count(); n > 0 && in.good(); --n) {
        ingested a;
        a.key = take_record_key(in), a.of = static_cast<outcome>(std::min<std::uint8_t>(in.byte(), static_cast<std::uint8_t>(outcome::review)));
        if (const auto wrong = in.byte(); wrong != 0) a.wrong = problem{static_cast<problem_code>(wrong - 1), {}, {}, {}, 0};
        a.group = take_record_key(in);
        out.push_back(std::move(a));
    }
    return out;
}

/// Names what is asked, whenever and by whomever it is sent: the same operation with the same fingerprint is the same request.
[[nodiscard]] inline std::string fingerprint_of(const request& in) {
    std::string all;
    byte_writer out{all};
    for (const auto& r : in.records) put(out, r.key).text(encode(r.fact)).byte(r.wrong.has_value());
    for (auto w : in.words) {
        w.received = {};
        out.text(encode(w));
    }
    out.text(in.erase);
    return sha256(all);
}

}  // namespace coincide

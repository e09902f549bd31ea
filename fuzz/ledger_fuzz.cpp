// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as a value that a ledger stored: no decoder and no plan crashes or grows without bound, and a ride that is delivered onto the
// damage is there afterwards. The first byte chooses which value the rest stands in for.
#include <coincide/adapters/memory_store.hpp>
#include <coincide/ledger/read_back.hpp>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace coincide;

activity ride(const char* from, const char* id, std::chrono::seconds late) {
    activity a;
    a.source = from, a.external_id = id, a.sport = sport_from_slug("cycling");
    a.start_time = instant{std::chrono::seconds{1716800000}} + late;
    a.elapsed = a.timer = std::chrono::hours{1}, a.distance_m = 25000;
    for (int s = 0; s < 60; ++s) a.track.push({.t = std::chrono::seconds{s}, .lat_deg = 50.0 + s * 1e-4, .lon_deg = 4.0});
    a.track.finish();
    return a;
}

/// What a ledger holds after two rides that are one, an edit, and a word that parts them.
write_set small_ledger() {
    memory_store store{7};
    ledger_policy policy;
    static_cast<void>(ingest(store, "ann", std::vector{ride("garmin", "1", std::chrono::seconds{0}), ride("strava", "9", std::chrono::seconds{2})}, policy, instant{}));
    request said_of{.received = instant{}, .author = "ann"};
    said_of.words.push_back(said(word::edit, {{"garmin", "1"}}, {1, 0, "phone"}, "name", encoded(name, "Mine")));
    said_of.words.push_back(said(word::split, {{"strava", "9"}}, {2, 0, "phone"}));
    static_cast<void>(carry_out<activity>(store, "ann", said_of, policy));
    return {.puts = *detail::read_range(store, "ann", key_range{"", "\xFF"}), .deletes = {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    activity into;
    static_cast<void>(decode(bytes, into)), static_cast<void>(decode_series(bytes, into));
    static_cast<void>(decode_delivery(bytes)), static_cast<void>(decode_word(bytes)), static_cast<void>(decode_group(bytes));
    static_cast<void>(decode_change(bytes)), static_cast<void>(decode_note(bytes)), static_cast<void>(decode_header(bytes)), static_cast<void>(decode_tracks(bytes));

    static const auto made = small_ledger();
    auto damaged = made;
    damaged.puts[data[0] % damaged.puts.size()].value = bytes;
    memory_store store{7};
    if (store.commit("ann", *store.head("ann"), damaged, {}) != commit_result::ok) std::abort();
    static_cast<void>(read_back<activity>(store, "ann"));
    const auto done = ingest(store, "ann", std::vector{ride("wahoo", "3", std::chrono::seconds{1})}, ledger_policy{}, instant{});
    if (!done) return 0;  // the damage is told
    request undoing{.received = instant{}};
    undoing.words.push_back(undo_of(1, {3, 0, "phone"}));
    static_cast<void>(carry_out<activity>(store, "ann", undoing, ledger_policy{}));
    if (detail::read_range(store, "ann", only_key(key_of("ds", record_key{"wahoo", "3"})))->empty()) std::abort();
    return 0;
}

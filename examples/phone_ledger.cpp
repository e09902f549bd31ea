// SPDX-License-Identifier: BSL-1.0
//
// A phone's own history: everything in one SQLite file, usable without a network, and still whole when the app is killed. The athlete
// types a log while offline; later the watch's recording comes, and later still an edit from another device.
#include <coincide/adapters/sqlite_store.hpp>
#include <coincide/coincide.hpp>
#include <coincide/ledger/change_sentence.hpp>
#include <coincide/ledger/ingest.hpp>

#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

activity recording(std::string_view from, std::string_view id, std::string_view started, seconds lasted, double meters) {
    activity a;
    a.athlete_id = "me", a.source = from, a.external_id = id;
    a.start_time = parse_rfc3339(started)->at, a.elapsed = lasted, a.distance_m = meters, a.sport = sport_from_slug("running");
    return a;
}

}  // namespace

int main() {
    const auto folder = std::filesystem::temp_directory_path() / "coincide-phone-ledger";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto path = (folder / "history.sqlite").string();
    const ledger_policy policy;
    auto now = parse_rfc3339("2024-05-27T08:00:00Z")->at;
    bool good = true;
    {
        auto store = sqlite_store::open(path, 20240527);
        if (!store) return std::cerr << to_string(store.error().code) << '\n', 1;
        auto typed = recording("manual", "note-1", "2024-05-27T06:30:00Z", 50min, 10000);
        typed.notes = "felt easy", typed.rpe = 4, typed.start_precision = 900s;
        good &= ingest(*store, "me", std::vector{typed}, policy, now).has_value();
    }  // the app is killed here; what was answered is on disk
    auto store = sqlite_store::open(path, 0);
    if (!store) return 1;
    now += 1h;
    auto watch = recording("apple_health", "A-17", "2024-05-27T06:31:12Z", 2950s, 9930);
    watch.avg_heart_rate_bpm = 139;
    const auto done = ingest(*store, "me", std::vector{watch}, policy, now, "background sync");
    if (!done) return 1;
    for (const auto& c : done->changes)
        if (c.of == change_kind::joined) std::cout << sentence_of(c) << '\n';
    good &= done->answers[0].of == outcome::joined;

    // an edit that a tablet made meanwhile, with a clock of its own and an id that makes repeating it harmless
    request edit{.received = now, .author = "tablet", .operation = "tablet-000042"};
    edit.words.push_back(said(word::edit, {{"manual", "note-1"}}, tick({}, now - 10min, "tablet"), "name", encoded(name, "Morning run")));
    for (int sent = 0; sent < 2; ++sent) {
        const auto answer = carry_out<activity>(*store, "me", edit, policy);
        good &= answer && answer->wrote == (sent == 0);
    }
    const auto groups = detail::read_range(*store, "me", keys_under("dg"));
    good &= groups && groups->size() == 1;
    activity shown;
    good &= decode(decode_group(groups->front().value)->body, shown);
    std::cout << shown.name << ", " << *shown.distance_m << " m, " << shown.notes << '\n';
    good &= shown.name == "Morning run" && shown.distance_m == 9930.0 && shown.notes == "felt easy";
    std::filesystem::remove_all(folder);
    return good ? 0 : 1;
}

// SPDX-License-Identifier: BSL-1.0
//
// A ledger on a key-value storage of the host's own, such as an embedded database with ordered keys and atomic batches. The part between
// the lines is all that the host writes; at the end the storage is held against the laws.
#include <coincide/coincide.hpp>
#include <coincide/ledger/ingest.hpp>
#include <coincide/testing/ledger_laws.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

using namespace coincide;

/// What the host has: one ordered space of keys, written in batches that happen wholly or not at all.
struct key_value_database {
    std::map<std::string, std::string> all;
    std::mutex writing;
    using batch = std::map<std::string, std::optional<std::string>>;  // nothing: delete
    void write(const batch& changes) {
        for (const auto& [key, value] : changes) {
            if (value) all[key] = *value;
            else all.erase(key);
        }
    }
};

// ------------------------------------------------------------------------------------------------------------------------------------
class own_store {
public:
    explicit own_store(key_value_database& db) : db_{db} {}

    result<ledger_head> head(std::string_view athlete) {
        const std::lock_guard lock{db_.writing};
        return head_of(athlete);
    }
    result<std::vector<ledger_entry>> read(std::string_view athlete, const key_range& range, std::size_t limit) {
        const std::lock_guard lock{db_.writing};
        const auto space = place_of('e', athlete);
        std::vector<ledger_entry> out;
        for (auto at = db_.all.lower_bound(space + range.from); at != db_.all.end() && at->first < space + range.to && out.size() < limit; ++at)
            out.push_back({at->first.substr(space.size()), at->second});
        return out;
    }
    commit_result commit(std::string_view athlete, const ledger_head& expected, const write_set& writes, const commit_id& id) {
        const std::lock_guard lock{db_.writing};
        if (head_of(athlete) != expected) return commit_result::conflict;
        key_value_database::batch all;
        std::string value;
        byte_writer out{value};
        out.count(expected.version + 1);
        for (const auto b : id) out.byte(b);
        all[place_of('h', athlete)] = value;
        for (const auto& e : writes.puts) all[place_of('e', athlete) + e.key] = e.value;
        for (const auto& k : writes.deletes) all[place_of('e', athlete) + k] = std::nullopt;
        db_.write(all);
        return commit_result::ok;
    }

private:
    static std::string place_of(char what, std::string_view athlete) { return key_writer{std::string_view{&what, 1}}.text(athlete).take(); }
    ledger_head head_of(std::string_view athlete) const {
        ledger_head h{.epoch = 1};
        const auto at = db_.all.find(place_of('h', athlete));
        if (at == db_.all.end()) return h;
        byte_reader in{at->second};
        h.version = in.count();
        for (auto& b : h.last_commit) b = in.byte();
        return h;
    }
    key_value_database& db_;
};
// ------------------------------------------------------------------------------------------------------------------------------------

int main() {
    key_value_database db;
    own_store store{db};
    const auto broken = check_ledger_laws(store, [&] { return std::make_unique<own_store>(db); });
    for (const auto& b : broken) std::cerr << b.law << ": " << b.saw << '\n';

    activity ride;
    ride.athlete_id = "ann", ride.source = "garmin", ride.external_id = "5001";
    ride.start_time = parse_rfc3339("2024-05-27T06:19:26Z")->at, ride.elapsed = std::chrono::seconds{3600}, ride.distance_m = 30000;
    const auto done = ingest(store, "ann", std::vector{ride}, ledger_policy{}, ride.start_time);
    std::cout << "laws broken: " << broken.size() << ", version " << done->version << ", " << to_string(done->answers[0].of) << '\n';
    return broken.empty() && done->answers[0].of == outcome::fresh ? 0 : 1;
}

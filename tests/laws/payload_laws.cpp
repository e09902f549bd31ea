// SPDX-License-Identifier: BSL-1.0
//
// Laws of payloads: the same payload gives the same record, whatever the order of its members and whoever was read before. Records are
// compared as reconcile writes them.
#include "json_write.hpp"
#include "provider_json.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <string>
#include <utility>
#include <vector>

namespace {

using members = std::vector<std::pair<std::string, std::string>>;  // key, JSON

/// A payload of several services, with every member that may stand at the top.
const members payloads[] = {
    {{"id", "3855400590"}, {"name", "\"Lunch\""}, {"start_date", "\"2025-03-30T00:45:10Z\""}, {"start_date_local", "\"2025-03-30T02:45:10Z\""}, {"utc_offset", "7200.0"},
     {"elapsed_time", "4000"}, {"moving_time", "3723"}, {"distance", "24931.4"}, {"sport_type", "\"Ride\""}, {"type", "\"Run\""}, {"trainer", "true"},
     {"external_id", "\"garmin_push_12\""}, {"max_speed", "0"}, {"start_latlng", "[51.05,3.72]"}, {"average_cadence", "85.5"}, {"athlete", "{\"id\":7,\"x\":1}"}},
    {{"activityId", "1"}, {"startTimeGMT", "\"2019-07-21 14:13:16\""}, {"startTimeLocal", "\"2019-07-21 16:13:16\""}, {"duration", "3723.4"}, {"elapsedDuration", "4000000.0"},
     {"averageRunningCadenceInStepsPerMinute", "170"}, {"activityType", "{\"typeId\":1,\"typeKey\":\"trail_running\"}"}, {"distance", "10044"}, {"averageHR", "150"}, {"deviceId", "3947101021"}},
    {{"id", "\"a-b\""}, {"user_id", "1"}, {"start", "\"2025-03-30T00:45:10Z\""}, {"end", "\"2025-03-30T01:45:10Z\""}, {"timezone_offset", "\"+05:45\""}, {"sport_name", "\"running\""},
     {"sport_id", "0"}, {"score_state", "\"SCORED\""}, {"score", "{\"kilojoule\":2979.008,\"average_heart_rate\":123}"}, {"updated_at", "\"2025-03-31T00:00:00Z\""}},
    {{"trackid", "\"1743295510\""}, {"end_time", "\"1743299110\""}, {"dis", "\"10044.0\""}, {"run_time", "\"3500\""}, {"altitude_ascend", "\"-20000\""}, {"avg_pace", "\"0.37\""},
     {"avg_frequency", "\"170\""}, {"type", "1"}},
};

std::string object_of(const members& all) {
    std::string out = "{";
    for (const auto& [key, value] : all) out.append(out.size() > 1 ? ",\"" : "\"").append(key).append("\":").append(value);
    return out + "}";
}

/// Records and findings, as text.
std::string read(std::string_view text) {
    const auto got = reconcile::decode_provider_json(std::as_bytes(std::span{text}));
    std::string out;
    for (const auto& one : got.activities) reconcile::write_record(out, one.activity, {.with_tracks = true}), out += one.pointer.value_or("none") + "\n";
    for (const auto& f : got.findings) out.append(to_string(f.code)).append(" ").append(f.pointer).append("\n");
    return out;
}

/// In another order, by the generator.
template <class T>
void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[*rc::gen::inRange<std::size_t>(0, i)]);
}
members some_of(const members& all) {
    members out;
    for (const auto& m : all)
        if (*rc::gen::inRange(0, 8) != 0) out.push_back(m);
    return out;
}

}  // namespace

TEST_CASE("the order of members does not matter", "[normalize][json][law]") {
    rc::prop("whatever members there are", [] {
        auto some = some_of(payloads[*rc::gen::inRange<std::size_t>(0, std::size(payloads))]);
        const auto before = read(object_of(some));
        shuffle(some);
        RC_ASSERT(read(object_of(some)) == before);
        some.emplace_back("unknown to all", "[{\"id\":1,\"start\":2}]");
        shuffle(some);
        RC_ASSERT(read(object_of(some)) == before);
    });
}

TEST_CASE("a record is the same alone, in a list, and again", "[normalize][json][law]") {
    rc::prop("whatever stands beside it", [] {
        const auto& kind = payloads[*rc::gen::inRange<std::size_t>(0, std::size(payloads))];
        const auto record = object_of(kind), other = object_of(some_of(kind));
        const auto alone = read(record);
        RC_ASSERT(read(record) == alone);
        const auto line = alone.substr(0, alone.find('\n'));
        RC_ASSERT(line.size() > 100);
        const auto list = read("[" + record + "," + other + ",null," + record + "]");
        RC_ASSERT(list.starts_with(line + "/0\n"));
        RC_ASSERT(list.find(line + "/3\n") != std::string::npos);
    });
}

TEST_CASE("blanks between tokens do not matter", "[normalize][json][law]") {
    rc::prop("of any kind", [] {
        const auto record = object_of(payloads[*rc::gen::inRange<std::size_t>(0, std::size(payloads))]);
        std::string wide;
        bool quoted = false;
        for (const char c : record) {
            quoted = quoted != (c == '"');
            wide += c;
            if (!quoted && (c == ',' || c == ':' || c == '{' || c == '[')) wide.append(*rc::gen::inRange<std::size_t>(0, 3), *rc::gen::element(' ', '\n', '\t', '\r'));
        }
        RC_ASSERT(read(wide) == read(record));
    });
}

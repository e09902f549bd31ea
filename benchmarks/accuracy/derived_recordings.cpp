// SPDX-License-Identifier: BSL-1.0
#include "derived_recordings.hpp"

#include <read_inputs.hpp>

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace accuracy::derived {
namespace {

using namespace std::chrono;
using coincide::activity;
using coincide::instant;

/// file -> activity, as INDEX.json says.
std::map<std::string, std::string> read_index(const std::filesystem::path& file) {
    std::map<std::string, std::string> out;
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::array files;
    if (parser.load(file.string()).get(root) != simdjson::SUCCESS || root["files"].get(files) != simdjson::SUCCESS) return out;
    for (const auto entry : files) {
        std::string_view name, shows;
        if (entry["file"].get(name) == simdjson::SUCCESS && entry["activity"].get(shows) == simdjson::SUCCESS) out.emplace(name, shows);
    }
    return out;
}

/// Of "ride.gpx#2": "ride.gpx".
std::string file_of(const activity& record) { return record.external_id.substr(0, record.external_id.find('#')); }

/// The records of files that hold one.
std::vector<activity> single_records(const std::filesystem::path& folder) {
    const reconcile::input_spec input{folder, {}};
    const auto read = reconcile::read_inputs({&input, 1}, {});
    std::map<std::string, int> held;
    for (const auto& r : read.records.records()) ++held[file_of(r)];
    std::vector<activity> out;
    for (const auto& r : read.records.records())
        if (held[file_of(r)] == 1) out.push_back(r);
    return out;
}

/// Whole weeks to the first time at or after the act's place that is on this day of the week at this time.
milliseconds to_its_place(instant earliest, std::uint32_t act) {
    constexpr instant first{hours{24} * 17904};  // 2019-01-08
    const auto away = first + hours{24 * 21} * act - earliest;
    constexpr milliseconds week = hours{24 * 7};
    const auto weeks = away / week + (away % week > milliseconds{0});
    return weeks * week;
}

}  // namespace

void shift(activity& record, milliseconds by) {
    record.start_time += by;
    if (record.file.time_created) *record.file.time_created += by;
    if (record.updated_at) *record.updated_at += by;
}

std::vector<recording> read_recordings(const std::filesystem::path& folder) {
    const auto index = read_index(folder / "INDEX.json");
    std::map<std::string, std::vector<activity>> by_activity;
    for (auto& r : single_records(folder)) {
        const auto known = index.find(r.external_id);
        by_activity[known == index.end() ? r.external_id : known->second].push_back(std::move(r));
    }
    std::vector<recording> out;
    std::uint32_t act = 0;
    for (auto& [name, records] : by_activity) {
        const auto earlier = [](const activity& a, const activity& b) { return a.start_time < b.start_time; };
        const auto by = to_its_place(std::min_element(records.begin(), records.end(), earlier)->start_time, act);
        for (auto& r : records) {
            r.athlete_id = "me";
            if (!r.clock_unset) shift(r, by);
            out.push_back({std::move(r), act});
        }
        ++act;
    }
    std::stable_sort(out.begin(), out.end(), [](const recording& a, const recording& b) {
        return std::tie(a.act, a.record.source, a.record.external_id) < std::tie(b.act, b.record.source, b.record.external_id);
    });
    return out;
}

}  // namespace accuracy::derived

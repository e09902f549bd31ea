// SPDX-License-Identifier: BSL-1.0
//
// Any bytes as export.xml. Beside not crashing: limits hold, and it does not matter in which pieces the bytes come.
#include "apple_xml.hpp"
#include "fuzzing.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

using fuzzing::require;

namespace {

using reconcile::apple_workout;
using reconcile::finding;

struct answer {
    std::vector<apple_workout> workouts{};
    std::vector<finding> findings{};
};

answer read_in_pieces(std::span<const std::byte> bytes, std::size_t size, const reconcile::apple_limits& limits) {
    answer out;
    reconcile::apple_reader reader{[&](apple_workout workout) { out.workouts.push_back(std::move(workout)); }, limits};
    for (std::size_t at = 0; at < bytes.size(); at += size)
        if (!reader.feed(bytes.subspan(at, std::min(size, bytes.size() - at)))) break;
    out.findings = reader.finish();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span bytes{reinterpret_cast<const std::byte*>(data), size};
    const reconcile::apple_limits limits{.fields = 40, .text_bytes = 4000, .fixes = 20, .workouts = 50};
    const auto whole = read_in_pieces(bytes, std::max<std::size_t>(size, 1), limits);
    require(!whole.workouts.empty() || !whole.findings.empty());
    for (const auto& workout : whole.workouts) {
        require(workout.ordinal >= 1 && workout.ordinal <= limits.workouts);
        require(workout.fields.size() + workout.route_files.size() <= limits.fields);
        require(workout.route.size() <= limits.fixes);
        std::set<std::string_view> paths;
        for (const auto& [path, text] : workout.fields) require(path.starts_with('/') && paths.insert(path).second);
        for (const coincide::sample fix : workout.route)
            require(!fix.has_position() || coincide::plausible_position(fix.lat_deg, fix.lon_deg));
        for (const auto& path : workout.route_files) {
            const auto name = reconcile::route_member_name(path);
            require(!name.starts_with('/') && !name.starts_with("../") && name.find("/../") == std::string::npos);
        }
    }

    const auto pieces = read_in_pieces(bytes, 1 + size % 7, limits);
    require(pieces.workouts.size() == whole.workouts.size() && pieces.findings.size() == whole.findings.size());
    for (std::size_t i = 0; i < whole.workouts.size(); ++i) {
        require(pieces.workouts[i].fields == whole.workouts[i].fields);
        require(pieces.workouts[i].route_files == whole.workouts[i].route_files);
        require(pieces.workouts[i].line == whole.workouts[i].line);
    }
    for (std::size_t i = 0; i < whole.findings.size(); ++i) require(pieces.findings[i].code == whole.findings[i].code);
    return 0;
}

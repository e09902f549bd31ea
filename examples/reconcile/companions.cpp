// SPDX-License-Identifier: BSL-1.0
#include "companions.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace reconcile {

using coincide::activity;

namespace {

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string{} : path.substr(0, slash + 1);
}

/// A value that was computed from the samples stays known as that.
template <class Role>
void take_if_silent(activity& into, const activity& from) {
    constexpr auto member = coincide::describe<activity>::fields[Role{}].get;
    if (into.*member || !(from.*member)) return;
    into.*member = from.*member;
    if (std::find(from.computed.begin(), from.computed.end(), Role::name) != from.computed.end()) into.computed.emplace_back(Role::name);
}

/// The source's totals stay; what it does not say comes from the file, and the file's identity with its samples.
void take_recording(activity& into, activity&& recording) {
    const auto samples_of = [&into](coincide::samples& to, coincide::samples& of, coincide::instant began) {
        if (of.empty() || !to.empty()) return;
        const auto earlier = (began - into.start_time).count();
        for (auto& t : of.t_ms) t += earlier;
        to = std::move(of);
    };
    samples_of(into.track, recording.track, recording.start_time);
    samples_of(into.streams, recording.streams, recording.start_time);
    into.file = std::move(recording.file);
    if (into.device.empty()) into.device = std::move(recording.device);
    if (!into.utc_offset) into.utc_offset = recording.utc_offset;
    using namespace coincide;
    const auto take = [&]<class... Role>(Role...) { (take_if_silent<Role>(into, recording), ...); };
    take(elapsed, timer, moving, distance_m, elevation_gain_m, energy_kcal, avg_heart_rate_bpm, max_heart_rate_bpm, avg_power_w, max_power_w,
         avg_cadence_rpm, avg_temperature_c, start_lat_deg, start_lon_deg, sport);
}

/// A route is only a track; a workout may have several, one after the other.
void take_route(activity& into, activity&& route) {
    const auto later = (route.start_time - into.start_time).count();
    for (std::size_t i = 0; i < route.track.size(); ++i) {
        auto fix = route.track[i];
        fix.t += coincide::milliseconds{later};
        into.track.push(fix);
    }
    into.track.finish();
}

}  // namespace

void attach_companions(std::vector<read_file>& files, const std::function<read_file(const input_file&)>& load_beside) {
    std::map<std::string, std::size_t> by_place;
    for (std::size_t i = 0; i < files.size(); ++i) by_place.emplace(files[i].file.from, i);
    std::vector<read_file> beside;
    std::set<std::string> taken;  // from beside: a recording is that of one row, as it is when it is among the INPUTs
    for (auto& table : files) {
        const auto here = folder_of(table.file.from);
        std::size_t not_there = 0;
        for (auto& d : table.content.activities) {
            const bool routes = table.file.format == file_format::apple_xml;
            for (const auto& name : d.companions) {
                const auto parts = name.starts_with('/') ? std::nullopt : safe_parts(name);  // nothing outside the table's folder
                ++not_there;
                if (!parts || parts->empty()) continue;
                std::optional<read_file> loaded;
                read_file* other = nullptr;
                if (const auto found = by_place.find(here + name); found != by_place.end()) {
                    other = &files[found->second];
                } else if (!table.file.member && table.file.file.filename() == table.file.from.substr(here.size())) {
                    auto path = table.file.file;
                    path.replace_filename(name);
                    std::error_code missing;
                    if (!std::filesystem::is_regular_file(path, missing) || !taken.insert(path.lexically_normal().string()).second) continue;
                    loaded = load_beside({name, here + name, table.file.source, format_of(name), path, {}, {}});
                    other = &*loaded;
                }
                not_there -= other != nullptr;
                if (!other || other == &table || other->content.activities.size() != 1 || !other->content.activities.front().companions.empty()) {
                    if (loaded) loaded->content.activities.clear(), beside.push_back(std::move(*loaded));
                    continue;
                }
                unpack(d), unpack(other->content.activities.front());
                auto& recording = other->content.activities.front().activity;
                recording.file.sha256 = other->from.sha256;
                if (routes) take_route(d.activity, std::move(recording));
                else take_recording(d.activity, std::move(recording));
                d.also_from.push_back(other->from.id);
                other->content.activities.clear();
                if (loaded) beside.push_back(std::move(*loaded));
            }
            if (routes && d.packed.empty()) static_cast<void>(d.activity.track.tidy());
            pack(d);
        }
        if (not_there == 0) continue;
        finding f;
        f.kind = finding_kind::skip;
        f.code = coincide::problem_code::unreadable;
        f.reason = std::to_string(not_there) + " recordings that are named here are not beside it";
        table.content.findings.push_back(std::move(f));
    }
    for (auto& f : beside) files.push_back(std::move(f));  // for what was wrong with them
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// A mistake as it is told:
//
//     missed (late start, no track, near commute), seed 7
//         garmin/3855  2024-05-01T06:00:00Z  1:00:00  10000 m  running  track 3600  act 12  two devices, near commute
//         strava/9120  2024-05-01T06:12:00Z  0:48:00   8000 m  running              act 12  late start, no track, near commute
#include "write_history.hpp"

#include "json_write.hpp"

#include <fstream>
#include <stdexcept>

namespace accuracy {
namespace {

std::string clock_text(std::chrono::milliseconds d) {
    const auto s = std::chrono::floor<std::chrono::seconds>(d).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return std::to_string(s / 3600) + ":" + two(s / 60 % 60) + ":" + two(s % 60);
}

std::string_view name_of(const scenario* s) { return s ? s->name : std::string_view{"plain"}; }

std::string line_of(const history& h, std::uint32_t row) {
    const auto& r = h.records[row];
    const auto& t = h.truths[row];
    std::string out = "    " + r.source + "/" + r.external_id + "  " + coincide::format_rfc3339(r.start_time);
    if (r.utc_offset) out += "  local " + clock_text(std::chrono::milliseconds{(r.start_time.time_since_epoch() + *r.utc_offset) % std::chrono::hours{24}});
    if (r.start_precision) out += "  ±" + std::to_string(r.start_precision->count()) + " s";
    if (r.elapsed) out += "  elapsed " + clock_text(*r.elapsed);
    if (r.timer) out += "  timer " + clock_text(*r.timer);
    if (r.moving) out += "  moving " + clock_text(*r.moving);
    if (r.distance_m) {
        out += "  ";
        reconcile::append_number(out, *r.distance_m, 1);
        out += " m";
    }
    if (r.sport) out.append("  ").append(r.sport->slug());
    if (!r.device.serial.empty()) out += "  device " + r.device.serial;
    if (!r.parent_id.empty()) out += "  part of " + r.parent_id;
    if (!r.track.empty()) out += "  track " + std::to_string(r.track.size());
    if (!r.streams.empty()) out += "  streams " + std::to_string(r.streams.size());
    out += "  act " + std::to_string(t.act) + "  ";
    out.append(name_of(t.record)).append(", near ").append(name_of(t.act_kind));
    return out + "\n";
}

}  // namespace

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out{path, std::ios::binary};
    out << text;
    if (!out.flush()) throw std::runtime_error{"cannot write " + path.string()};
}

void write(const history& h, const std::filesystem::path& folder, const std::string& name) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);  // a failure shows when the files are opened
    std::string records, truth;
    for (std::size_t i = 0; i < h.records.size(); ++i) {
        reconcile::write_record(records, h.records[i], {.with_tracks = true});
        records += '\n';
        reconcile::json_writer json{truth};
        json.begin_object();
        json.key("source").string(h.records[i].source);
        json.key("external_id").string(h.records[i].external_id);
        json.key("act").integer(h.truths[i].act);
        json.key("scenario").string(name_of(h.truths[i].record));
        json.key("near").string(name_of(h.truths[i].act_kind));
        json.end_object();
        truth += '\n';
    }
    write_file(folder / (name + ".ndjson"), records);
    write_file(folder / (name + ".truth.ndjson"), truth);
}

std::string told(const history& h, const mistake& m, std::uint64_t seed) {
    std::string out{to_string(m.kind)};
    out.append(" (").append(m.scenario).append(", near ").append(m.near).append("), seed ") += std::to_string(seed) + "\n";
    return out + line_of(h, m.a) + line_of(h, m.b);
}

}  // namespace accuracy

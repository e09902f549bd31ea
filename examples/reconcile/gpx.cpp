// SPDX-License-Identifier: BSL-1.0
#include "gpx.hpp"

#include "track_file.hpp"
#include "xml.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reconcile {
namespace {

using coincide::problem_code;
using coincide::samples;

/// Where in the document we are. Children of `elsewhere` are elsewhere.
enum class place { document, gpx, trk, trkseg, trkpt, extension, elsewhere };

place place_of(place parent, std::string_view name) noexcept {
    switch (parent) {
    case place::document: return name == "gpx" ? place::gpx : place::elsewhere;
    case place::gpx: return name == "trk" ? place::trk : place::elsewhere;
    case place::trk: return name == "trkseg" ? place::trkseg : place::elsewhere;
    case place::trkseg: return name == "trkpt" ? place::trkpt : place::elsewhere;
    case place::trkpt: return name == "extensions" ? place::extension : place::elsewhere;
    case place::extension: return place::extension;
    case place::elsewhere: break;
    }
    return place::elsewhere;
}

struct sensor_row {
    std::string_view name;
    samples::column column;
};
constexpr sensor_row sensors[] = {
    {"hr", samples::hr},
    {"heartrate", samples::hr},
    {"cad", samples::cadence},
    {"cadence", samples::cadence},
    {"RunCadence", samples::cadence},
    {"power", samples::power},
    {"PowerInWatts", samples::power},
    {"speed", samples::speed},
    {"distance", samples::distance},
};

class gpx_reader final : public xml_handler {
public:
    explicit gpx_reader(const decode_limits& limits) : limits_{limits} {}

    bool open(const xml_tag& tag) override {
        const place now = place_of(places_.back(), tag.name());
        if (places_.back() == place::document && now != place::gpx)
            return stop(problem_code::malformed, "the root element is not gpx", tag.line());
        places_.push_back(now);
        if (now == place::gpx) {
            creator_ = trimmed(tag["creator"]);
        } else if (now == place::trk) {
            if (++tracks_ > limits_.activities) return stop(problem_code::too_large, "too many tracks", tag.line());
            line_ = tag.line();
            in_track_ = true;
        } else if (now == place::trkpt) {
            if (++fixes_ > limits_.fixes) return stop(problem_code::too_large, "too many fixes", tag.line());
            points_.open();
            points_.latitude(tag["lat"]);
            points_.longitude(tag["lon"]);
        }
        return true;
    }

    bool close(std::string_view name, std::string_view text) override {
        const place closed = places_.back();
        places_.pop_back();
        const place parent = places_.back();
        if (closed == place::trkpt) points_.close();
        else if (closed == place::trk) end_track();
        else if (parent == place::trkpt || parent == place::extension) point_value(parent, name, text);
        else if (parent == place::trk) track_text(name, text);
        return true;
    }

    /// What was read, also when the document broke off inside a track.
    decoded finish(std::optional<finding> fault) {
        if (in_track_) end_track();
        end_document(out_, fault ? std::move(fault) : std::move(stopped_), "the document holds no track");
        return std::move(out_);
    }

private:
    bool stop(problem_code code, std::string_view reason, std::uint64_t line) {
        stopped_ = finding_at(line, finding_kind::reject, code, reason);
        return false;
    }

    void point_value(place parent, std::string_view name, std::string_view text) {
        if (parent == place::trkpt && name == "time") return points_.time(text);
        if (parent == place::trkpt && name == "ele") return points_.value(samples::ele, text);
        if (name == "atemp" || name == "temp") return add_temperature(text);
        for (const auto& row : sensors)
            if (row.name == name) return points_.value(row.column, text);
    }

    void add_temperature(std::string_view text) {
        const auto celsius = number_in(text);
        if (!celsius || *celsius < -90 || *celsius > 90) return;
        temperature_sum_ += *celsius;
        ++temperatures_;
    }

    void track_text(std::string_view name, std::string_view text) {
        if (name == "name") track_.name = text;
        else if (name == "type") track_.source_activity_type = text;
        else if (name == "desc" && !text.empty()) track_.notes = text;
        else if (name == "cmt" && track_.notes.empty()) track_.notes = text;
    }

    void no_track(const timed_track& read) {
        const auto why = read.impossible > 0
                             ? finding_at(line_, finding_kind::reject, problem_code::out_of_range,
                                          "every fix is before 1970 or after 2199", "start_time")
                             : finding_at(line_, finding_kind::skip, problem_code::no_activity,
                                          read.untimed > 0 ? "a track whose fixes have no times" : "a track without fixes");
        out_.findings.push_back(why);
    }

    void end_track() {
        in_track_ = false;
        coincide::activity track = std::exchange(track_, {});
        const double temperature_sum = std::exchange(temperature_sum_, 0);
        const std::size_t temperatures = std::exchange(temperatures_, 0);
        timed_track read = points_.take();
        if (read.rows.empty()) {
            counts_ = {};
            return no_track(read);
        }
        track.source = "gpx_file";
        track.sport = sport_named(track.source_activity_type);
        track.device = device_named(creator_);
        track.origin.source = service_named(creator_);
        track.utc_offset = read.utc_offset;
        const coincide::milliseconds first{read.rows.t_ms.front()}, last{read.rows.t_ms.back()};
        set_start(track, coincide::instant{first}, counts_);
        place_samples(track, std::move(read.rows), track.start_time);
        if (last > first) {
            track.elapsed = last - first;
            track.computed.emplace_back(coincide::elapsed_t::name);
        }
        track.distance_m = track_length_m(track.track);
        if (track.distance_m) track.computed.emplace_back(coincide::distance_m_t::name);
        fill_from_samples(track);
        if (temperatures > 0) {
            track.avg_temperature_c = temperature_sum / static_cast<double>(temperatures);
            track.computed.emplace_back(coincide::avg_temperature_c_t::name);
        }
        counts_.report(out_.findings, line_);
        out_.activities.push_back({std::move(track)});
    }

    const decode_limits& limits_;
    decoded out_{};
    std::optional<finding> stopped_{};
    std::vector<place> places_{place::document};
    std::string creator_{};
    std::size_t tracks_ = 0, fixes_ = 0;  // opened so far, also those that came to nothing
    salvage_counts counts_{};
    timed_samples points_{counts_};
    bool in_track_ = false;
    std::uint64_t line_ = 0;      // of the track
    coincide::activity track_{};  // its texts
    double temperature_sum_ = 0;
    std::size_t temperatures_ = 0;
};

}  // namespace

decoded decode_gpx(std::span<const std::byte> document, const decode_limits& limits) {
    return read_mended<gpx_reader>(document, limits);
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
#include "output_gpx.hpp"

#include "json_write.hpp"
#include "output.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace reconcile {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : printable(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '\r': out += "&#13;"; break;  // a bare one is read as a line feed
        default: out += c;
        }
    }
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
    if (printable(text).empty()) return;
    out.append("<").append(name).append(">");
    append_escaped(out, text);
    out.append("</").append(name).append(">\n");
}

void append_value(std::string& out, std::string_view name, double value, unsigned decimals = plain_decimals) {
    if (!std::isfinite(value)) return;
    out.append("<").append(name).append(">");
    append_number(out, value, decimals);
    out.append("</").append(name).append(">");
}

/// No value unless the type of the element can hold it.
double within(double value, double least, double most) {
    return value >= least && value <= most ? value : coincide::no_value;
}

void append_extensions(std::string& out, const coincide::sample& s) {
    std::string sensors;
    append_value(sensors, "gpxtpx:hr", within(s.hr_bpm, 1, 255), 0);
    append_value(sensors, "gpxtpx:cad", within(s.cadence_rpm, 0, 254), 0);
    append_value(sensors, "gpxtpx:speed", within(s.speed_mps, 0, 1000));
    if (!sensors.empty()) sensors = "<gpxtpx:TrackPointExtension>" + sensors + "</gpxtpx:TrackPointExtension>";
    std::string power;
    append_value(power, "power", within(s.power_w, 0, 65535), 0);
    if (!power.empty() || !sensors.empty()) out += "<extensions>" + power + sensors + "</extensions>";
}

void append_degrees(std::string& out, std::string_view name, double value) {
    std::string digits;
    append_number(digits, value, degree_decimals);
    if (name == "lon" && digits == "180") digits = "-180";  // the schema excludes +180
    out.append(" ").append(name).append("=\"").append(digits).append("\"");
}

void append_fix(std::string& out, const coincide::sample& s, coincide::instant start) {
    out += "<trkpt";
    append_degrees(out, "lat", s.lat_deg);
    append_degrees(out, "lon", s.lon_deg);
    out += ">";
    append_value(out, "ele", s.ele_m);
    out += "<time>" + coincide::format_rfc3339(start + s.t) + "</time>";
    append_extensions(out, s);
    out += "</trkpt>\n";
}

}  // namespace

std::string gpx_of(const coincide::activity& merged) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<gpx version=\"1.1\" creator=\"coincide\" xmlns=\"http://www.topografix.com/GPX/1/1\" "
                      "xmlns:gpxtpx=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v2\">\n";
    out += "<metadata><time>" + coincide::format_rfc3339(merged.start_time) + "</time></metadata>\n<trk>\n";
    append_element(out, "name", merged.name);
    append_element(out, "desc", merged.notes);
    if (merged.sport) append_element(out, "type", merged.sport->slug());
    out += "<trkseg>\n";
    for (const auto s : merged.track)
        if (s.has_position()) append_fix(out, s, merged.start_time);
    return out += "</trkseg>\n</trk>\n</gpx>\n";
}

std::string gpx_names::next(const coincide::activity& merged) {
    std::string name = coincide::format_rfc3339(date::floor<coincide::seconds>(merged.start_time));
    std::replace(name.begin(), name.end(), ':', '-');
    if (merged.sport) name.append("-").append(merged.sport->slug());
    if (const auto count = ++given_[name]; count > 1) name += "-" + std::to_string(count);
    return name + ".gpx";
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// A label is tried at sixteen directions, first right of its point, then on rings that widen by 6 px, until a place is free.
#include "svg.hpp"

#include <cmath>
#include <cstdio>
#include <numbers>

namespace accuracy {
namespace {

std::string tenth(double v) {
    char text[32];
    const double rounded = std::round(v * 10) / 10;
    std::string out{text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.1f", rounded == 0 ? 0.0 : rounded))};
    if (out.ends_with(".0")) out.resize(out.size() - 2);
    return out;
}
std::string quoted(std::string_view name, std::string_view value) { return " " + std::string{name} + "=\"" + std::string{value} + "\""; }
std::string number(std::string_view name, double value) { return quoted(name, tenth(value)); }
std::string also(std::string_view more) { return more.empty() ? "" : " " + std::string{more}; }

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else out += c;
    }
    return out;
}

}  // namespace

double width_of(std::string_view text, double size) {
    double letters = 0;
    for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;  // not the later bytes of a letter
    return 0.56 * size * letters;
}

svg::svg(double width, double height, std::string_view title) {
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + tenth(width) + " " + tenth(height) + "\"" + number("width", width) + number("height", height) +
           " role=\"img\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\">\n<title>" + escaped(title) + "</title>\n";
    rectangle({0, 0, width, height}, colors::paper);
}
void svg::rectangle(const box& at, std::string_view fill, std::string_view more) {
    out_ += "<rect" + number("x", at.left) + number("y", at.top) + number("width", at.right - at.left) + number("height", at.bottom - at.top) + quoted("fill", fill) + also(more) + "/>\n";
}
void svg::line(double x1, double y1, double x2, double y2, std::string_view color, std::string_view more) {
    out_ += "<line" + number("x1", x1) + number("y1", y1) + number("x2", x2) + number("y2", y2) + quoted("stroke", color) + also(more) + "/>\n";
}
void svg::path(const std::vector<std::pair<double, double>>& points, std::string_view color, std::string_view more) {
    std::string at;
    for (const auto& [x, y] : points) at += (at.empty() ? "" : " ") + tenth(x) + "," + tenth(y);
    out_ += "<polyline" + quoted("points", at) + quoted("fill", "none") + quoted("stroke", color) + also(more) + "/>\n";
}
void svg::circle(double x, double y, double r, std::string_view fill, std::string_view more) {
    out_ += "<circle" + number("cx", x) + number("cy", y) + number("r", r) + quoted("fill", fill) + also(more) + "/>\n";
}
void svg::text(double x, double y, std::string_view words, const text_style& style) {
    out_ += "<text" + number("x", x) + number("y", y) + number("font-size", style.size) + quoted("fill", style.color) +
            (style.anchor == "start" ? "" : quoted("text-anchor", style.anchor)) + (style.bold ? quoted("font-weight", "bold") : "") +
            (style.halo ? " paint-order=\"stroke\" stroke=\"" + std::string{colors::paper} + "\" stroke-width=\"3\"" : "") + ">" + escaped(words) + "</text>\n";
}

box label_places::place(double x, double y, double width, double height) {
    constexpr double full = 2 * std::numbers::pi;
    box first{};
    for (int ring = 0; ring < 40; ++ring) {
        for (int step = 0; step < 16; ++step) {
            const double turn = full * (step % 2 == 0 ? step / 2 : -(step + 1) / 2) / 16;  // right, then alternately to both sides
            const double dx = std::cos(turn), dy = std::sin(turn), away = 9 + 6 * ring;
            const double middle_x = x + dx * (away + width / 2), middle_y = y + dy * (away + height / 2);
            const box tried{middle_x - width / 2, middle_y - height / 2, middle_x + width / 2, middle_y + height / 2};
            if (ring == 0 && step == 0) first = tried;
            bool free = tried.within(inside_);
            for (const auto& t : taken_) free = free && !tried.meets(t);
            if (!free) continue;
            taken_.push_back(tried);
            return tried;
        }
    }
    taken_.push_back(first);
    return first;
}

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// The axes of precision and recall begin at the ten below the least point: with rules down to 31 % recall and 78 % precision
// they run from 30 and 70 to 100. Rules that join less than 10 % of the pairs are not drawn but named below the plot, and of
// curves is drawn what lies within the axes.
#include "plot.hpp"

#include "svg.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace accuracy {
namespace {

using namespace colors;

struct point {
    double recall = 0, precision = 0;  // per cent
};
point point_of(const contender& c) {
    const auto all = c.total();
    const auto share = [](std::int64_t hits, std::int64_t of, double none) { return of == 0 ? none : 100 * static_cast<double>(hits) / static_cast<double>(of); };
    return {share(all.joined, all.true_pairs, 0), share(all.joined, all.joined + all.wrong_joins, 100)};
}
constexpr double shown_from = 10;
double ten_below(double percent) { return std::clamp(std::floor((percent - 0.5) / 10) * 10, 0.0, 90.0); }

constexpr double width = 820, height = 604;
constexpr box frame{70, 72, 800, 496};

/// Where a share stands on paper.
struct scale {
    double from = 0, at_from = 0, at_hundred = 1;
    [[nodiscard]] double operator()(double percent) const { return at_from + (at_hundred - at_from) * (percent - from) / (100 - from); }
};
struct axes {
    scale x, y;
};
using line_on_paper = std::vector<std::pair<double, double>>;

/// What lies within the axes.
line_on_paper line_of(const curve& of, const axes& in) {
    line_on_paper at;
    for (const auto& each : of.points) {
        const auto p = point_of(each);
        if (p.recall >= in.x.from && p.precision >= in.y.from) at.emplace_back(in.x(p.recall), in.y(p.precision));
    }
    return at;
}

struct line_style {
    std::string_view color, more;
};
constexpr line_style ours{blue, "stroke-width=\"2.5\""};
constexpr line_style families[] = {{purple, "stroke-width=\"2\" stroke-dasharray=\"7 4\""}, {green, "stroke-width=\"2\" stroke-dasharray=\"2 3\""}};
const line_style& style_of(std::size_t curve) { return curve == 0 ? ours : families[(curve - 1) % std::size(families)]; }

void draw_axes(svg& out, const axes& a) {
    for (int v = 0; v <= 100; v += 10) {
        const auto words = std::to_string(v) + " %";
        if (v >= a.x.from) {
            out.line(a.x(v), frame.top, a.x(v), frame.bottom, grid);
            out.text(a.x(v), frame.bottom + 18, words, {.color = gray, .anchor = "middle"});
        }
        if (v >= a.y.from) {
            out.line(frame.left, a.y(v), frame.right, a.y(v), grid);
            out.text(frame.left - 8, a.y(v) + 4, words, {.color = gray, .anchor = "end"});
        }
    }
    out.text((frame.left + frame.right) / 2, frame.bottom + 40, "Recall", {.size = 13, .anchor = "middle"});
    out.text(frame.left - 8, frame.top - 4, "Precision", {.size = 13, .anchor = "end"});
}

void draw_mark(svg& out, double x, double y, bool is_ours) {
    if (is_ours) out.circle(x, y, 6.5, blue, "stroke=\"#ffffff\" stroke-width=\"1.5\"");
    else out.rectangle({x - 4.5, y - 4.5, x + 4.5, y + 4.5}, vermilion, "stroke=\"#ffffff\"");
}

void draw_label(svg& out, label_places& places, double x, double y, std::string_view words, bool is_ours) {
    const double size = is_ours ? 13 : 12;
    const auto at = places.place(x, y, width_of(words, size) + 4, 16);
    const double near_x = std::clamp(x, at.left, at.right), near_y = std::clamp(y, at.top, at.bottom);
    if (std::hypot(near_x - x, near_y - y) > 14) out.line(x, y, near_x, near_y, gray, "stroke-width=\"0.7\"");
    // towards its point where it had to move away, for the width is an estimate
    const bool ends_here = (at.left + at.right) / 2 < x - 4;
    out.text(ends_here ? at.right - 2 : at.left + 2, at.bottom - 4, words, {.size = size, .anchor = ends_here ? "end" : "start", .bold = is_ours, .halo = true});
}

void keep_line_free(label_places& places, const line_on_paper& line) {
    for (std::size_t i = 1; i < line.size(); ++i) {
        const auto [x1, y1] = line[i - 1];
        const auto [x2, y2] = line[i];
        const int steps = 1 + static_cast<int>(std::hypot(x2 - x1, y2 - y1) / 4);
        for (int k = 0; k <= steps; ++k) {
            const double x = x1 + (x2 - x1) * k / steps, y = y1 + (y2 - y1) * k / steps;
            places.keep_free({x - 2, y - 2, x + 2, y + 2});
        }
    }
}

void draw_legend(svg& out, const trial& t, const std::string& not_shown) {
    double x = frame.left, y = height - 48;
    const auto entry = [&](std::string_view words, const line_style* line, bool mark, bool is_ours) {
        const double wide = 26 + width_of(words, 12);
        if (x + wide > frame.right) x = frame.left, y += 18;
        if (line) out.line(x, y - 4, x + 20, y - 4, line->color, line->more);
        if (mark) draw_mark(out, x + 10, y - 4, is_ours);
        out.text(x + 26, y, words);
        x += wide + 12;
    };
    const bool swept = !t.curves.empty();
    entry(swept ? "coincide by threshold, its default marked" : "coincide", swept ? &ours : nullptr, true, true);
    entry("published rule", nullptr, true, false);
    for (std::size_t f = 1; f < t.curves.size(); ++f) entry(t.curves[f].name, &style_of(f), false, false);
    if (!not_shown.empty()) out.text(frame.left, height - 10, "Not shown, under 10 % recall: " + not_shown, {.color = gray});
}

}  // namespace

std::string precision_recall_plot(const trial& t) {
    std::vector<std::pair<const contender*, point>> points;
    std::string not_shown;
    double least_recall = 100, least_precision = 100;
    for (const auto& c : t.contenders) {
        const auto p = point_of(c);
        if (&c != &t.coincide() && p.recall < shown_from) {
            not_shown += (not_shown.empty() ? "" : ", ") + c.name;
            continue;
        }
        points.emplace_back(&c, p);
        least_recall = std::min(least_recall, p.recall), least_precision = std::min(least_precision, p.precision);
    }
    const axes a{{ten_below(least_recall), frame.left, frame.right - 12}, {ten_below(least_precision), frame.bottom, frame.top + 12}};

    const auto title = "Precision and recall, mix “" + std::string{to_string(t.options.of)} + "”";
    svg out{width, height, title};
    out.text(16, 26, title, {.size = 16, .bold = true});
    out.text(16, 46, "Top right is best. Recall: pairs of one activity that are joined. Precision: joined pairs that are one activity.", {.color = gray});
    draw_axes(out, a);
    label_places places{frame};
    for (std::size_t c = t.curves.size(); c-- > 0;) {  // coincide's over the others
        const auto line = line_of(t.curves[c], a);
        out.path(line, style_of(c).color, style_of(c).more);
        if (c == 0) keep_line_free(places, line);
    }
    for (const auto& [c, p] : points) {
        places.keep_free({a.x(p.recall) - 6, a.y(p.precision) - 6, a.x(p.recall) + 6, a.y(p.precision) + 6});
        draw_mark(out, a.x(p.recall), a.y(p.precision), c == &t.coincide());
    }
    for (const auto& [c, p] : points) draw_label(out, places, a.x(p.recall), a.y(p.precision), c->name, c == &t.coincide());
    draw_legend(out, t, not_shown);
    return out.done();
}

}  // namespace accuracy

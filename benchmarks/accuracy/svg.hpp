// SPDX-License-Identifier: BSL-1.0
//
// An SVG picture as text, and a place for each label.
//
//     svg picture{720, 480, "Title for those who cannot see it"};
//     picture.line(0, 0, 100, 0, ink);
//     picture.text(10, 20, "12 px and up", {.size = 12});
//     picture.done()                                        // <svg …>…</svg>
//
// Coordinates are rounded to a tenth, so that no bit of a double shows: 33.333… is 33.3.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace accuracy {

/// Okabe and Ito (2008), and grays that have a contrast of 4.5 and more on white.
namespace colors {
inline constexpr std::string_view ink = "#1a1a1a", gray = "#595959", grid = "#dddddd", paper = "#ffffff";
inline constexpr std::string_view blue = "#0072b2", vermilion = "#d55e00", orange = "#e69f00", green = "#009e73", sky = "#56b4e9", purple = "#cc79a7";
}  // namespace colors

struct box {
    double left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] bool meets(const box& o) const { return left < o.right && o.left < right && top < o.bottom && o.top < bottom; }
    [[nodiscard]] bool within(const box& o) const { return left >= o.left && right <= o.right && top >= o.top && bottom <= o.bottom; }
};

/// About as wide as a sans-serif face sets it; rather too wide than too narrow.
[[nodiscard]] double width_of(std::string_view text, double size);

struct text_style {
    double size = 12;
    std::string_view color = colors::ink;
    std::string_view anchor = "start";  // start, middle, end
    bool bold = false;
    bool halo = false;  // paper around the letters, for words over lines
};

class svg {
public:
    svg(double width, double height, std::string_view title);

    void rectangle(const box& at, std::string_view fill, std::string_view more = {});
    void line(double x1, double y1, double x2, double y2, std::string_view color, std::string_view more = {});
    void path(const std::vector<std::pair<double, double>>& points, std::string_view color, std::string_view more = {});
    void circle(double x, double y, double r, std::string_view fill, std::string_view more = {});
    void text(double x, double y, std::string_view words, const text_style& style = {});
    [[nodiscard]] std::string done() const { return out_ + "</svg>\n"; }

private:
    std::string out_;
};

/// Places labels one after another so that none covers another one, a mark, or the edge.
class label_places {
public:
    explicit label_places(const box& inside) : inside_{inside} {}
    void keep_free(const box& taken) { taken_.push_back(taken); }
    /// The nearest free place for words beside (x, y).
    [[nodiscard]] box place(double x, double y, double width, double height);

private:
    box inside_;
    std::vector<box> taken_{};
};

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// One number of a payload, by its rule: encoding, unit, sentinels, second readings and sums. The part of normalize.hpp that
// decides what 3723000 means.
//
//     elapsedDuration 4000000, duration 3723, rule take(elapsed, …).or_in(0.001, "/duration")
//         read as seconds it is 1074 times the timer, read as milliseconds 1.07 times: 4000 s, remarked as unit_chosen
#pragma once

#include <coincide/normalize/profile.hpp>
#include <coincide/result.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace coincide {

/// Something that was decided or stayed unknown. The record is good; its reader should know.
struct remark {
    problem_code code{};
    std::string_view field{}, path{};
    friend bool operator==(const remark&, const remark&) = default;
};

inline constexpr double largest_total = 1e9;  // metres, kcal, watts …: no activity comes near

namespace detail {

/// A number with what it was as delivered.
struct number_taken {
    double value = 0;  // canonical
    double raw = 0;
    std::string_view unit{};
};
using number_or_none = result<std::optional<number_taken>>;

/// The number of a value whatever its encoding, for comparing only.
inline std::optional<double> rough_number(const delivered& v) noexcept {
    if (v.numeric()) return v.number;
    if (v.is != delivered::kind::text) return std::nullopt;
    if (const auto n = number_in(v.text)) return n;
    return duration_in(v.text);
}

/// When a record began and ended, as far as its clock has been read.
struct record_span {
    std::optional<instant> start{}, end{};

    [[nodiscard]] std::optional<double> seconds_long() const {
        if (!start || !end) return std::nullopt;
        return std::chrono::duration<double>(*end - *start).count();
    }
};

template <payload P>
class number_reader {
public:
    number_reader(const P& record_payload, const record_span& span, std::vector<remark>& remarks) : in_{record_payload}, span_{span}, remarks_{remarks} {}

    /// Nothing: the source does not say. An error: what it says can not be.
    [[nodiscard]] number_or_none read(const number_rule& r) const { return r.rows.empty() ? take_from(in_, r) : sum(r); }

private:
    struct encoded_number {
        double raw = 0;
        std::string_view word{};  // of the unit, where it stands in the same text
    };

    [[nodiscard]] number_or_none take_from(const P& from, const number_rule& r) const {
        const auto decoded = decode(from.at(r.path), r);
        if (!decoded) return tl::unexpected<problem>(decoded.error());
        if (!*decoded) return std::nullopt;
        double raw = (*decoded)->raw;
        if (!finite(raw)) return wrong(problem_code::not_finite, r);
        for (const double n : r.nothing)
            if (raw == n) return std::nullopt;
        if (!r.also.empty()) {
            const auto more = rough_number(from.at(r.also));
            if (!more) return std::nullopt;
            raw += *more;
        }
        const bool inverted = r.as == encoding::inverse || r.as == encoding::inverse_text;
        if (inverted && raw == 0) return std::nullopt;
        auto taken = inverted ? std::optional{number_taken{r.factor / raw, raw, "pace"}} : in_unit(from, r, raw, (*decoded)->word);
        if (!taken) return std::nullopt;
        if (taken->value < 0 && !r.signed_value) return wrong(problem_code::negative, r);
        if (!finite(taken->value) || taken->value > largest_total || taken->value < -largest_total) return wrong(problem_code::out_of_range, r);
        return taken;
    }

    [[nodiscard]] static result<std::optional<encoded_number>> decode(const delivered& v, const number_rule& r) {
        if (v.absent()) return std::nullopt;
        const bool in_text = r.as == encoding::duration || r.as == encoding::measure;
        if (v.numeric() && !in_text) return encoded_number{v.number, {}};
        if (v.is != delivered::kind::text) return wrong(problem_code::wrong_type, r);
        if (v.text.empty()) return std::nullopt;
        for (const std::string_view none : {"-Infinity", "Infinity", "NaN"})  // Garmin writes these where there is no value
            if (v.text == none) return std::nullopt;
        encoded_number out;
        std::optional<double> number;
        if (r.as == encoding::duration) number = duration_in(v.text);
        else if (r.as == encoding::measure) {
            const auto blank = v.text.find(' ');
            number = number_in(v.text.substr(0, blank));
            if (blank != std::string_view::npos) out.word = v.text.substr(blank + 1);
        } else if (r.as == encoding::text_number || r.as == encoding::inverse_text || P::text_only) number = number_in(v.text);
        if (!number) return wrong(problem_code::wrong_type, r);
        out.raw = *number;
        return out;
    }

    /// In the unit that the source names, that the rule names, or that a second field shows.
    [[nodiscard]] std::optional<number_taken> in_unit(const P& from, const number_rule& r, double raw, std::string_view word) const {
        if (!r.words.empty()) {
            if (r.as != encoding::measure) word = (r.unit_path.starts_with('.') ? from.at(r.unit_path.substr(1)) : in_.at(r.unit_path)).text;
            for (const auto& w : r.words)
                if (w.word == word) return number_taken{(raw - w.zero) * w.factor, raw, w.word};
            if (!word.empty() || !r.unit_given) return unknown(r);
        }
        const number_taken first{(raw - r.zero) * r.factor, raw, r.unit}, second{(raw - r.zero) * r.other_factor, raw, "its second unit"};
        if (r.other_factor == 0) return first;
        const auto goal = second_field(r.near_path);
        const bool told = goal && *goal > 0;
        if (!told && r.below == 0) return unknown(r);
        const double wanted = told ? *goal * r.near_factor : 0;
        if (told && (r.least != 0 || r.most != 0)) {
            const auto &smaller = first.value < second.value ? first : second, &larger = first.value < second.value ? second : first;
            const bool take_smaller = r.least != 0 ? smaller.value >= r.least * wanted : larger.value > r.most * wanted;
            if ((take_smaller ? smaller : larger).unit != first.unit) remarks_.push_back({problem_code::unit_chosen, r.role, r.path});
            return take_smaller ? smaller : larger;
        }
        if (told && r.within != 0 && (apart(first.value, wanted) <= r.within) == (apart(second.value, wanted) <= r.within)) return unknown(r);
        const bool take_first = told ? apart(first.value, wanted) <= apart(second.value, wanted) : first.value < r.below;
        if (!take_first || !r.words.empty()) remarks_.push_back({problem_code::unit_chosen, r.role, r.path});
        return take_first ? first : second;
    }
    [[nodiscard]] std::optional<number_taken> unknown(const number_rule& r) const {
        remarks_.push_back({problem_code::unit_unknown, r.role, r.path});
        return std::nullopt;
    }
    [[nodiscard]] static double apart(double v, double wanted) noexcept { return v > wanted ? v / wanted : wanted / (v > 0 ? v : 1e-9); }

    [[nodiscard]] std::optional<double> second_field(std::string_view paths) const {
        while (!paths.empty()) {
            const auto one = paths.substr(0, paths.find('|'));
            if (const auto value = one_field(one); value && *value > 0) return value;
            paths.remove_prefix(std::min(one.size() + 1, paths.size()));
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<double> one_field(std::string_view path) const {
        if (path == "span") return span_.seconds_long();
        const auto per = path.find(" per ");
        const auto value = rough_number(in_.at(path.substr(0, per)));
        if (per == std::string_view::npos || !value) return value;
        const auto divisor = rough_number(in_.at(path.substr(per + 5)));
        return divisor && *divisor > 0 ? std::optional{*value / *divisor} : std::nullopt;
    }

    /// Over the rows that begin within the record. Rows without a readable time count.
    [[nodiscard]] number_or_none sum(const number_rule& r) const {
        number_or_none total;
        std::uint32_t number = 0;
        const auto known = remarks_.size();
        in_.for_each(r.rows, [&](const P& row) {
            const auto here = number++;
            const auto begins = read_stamp(row.at(r.row_start), r.row_form, zone_rule::utc);
            if (begins && span_.start && span_.end && (begins->at < *span_.start || begins->at >= *span_.end)) return true;
            const auto one = take_from(row, r);
            if (!one) total = fail_in(r, one.error(), here);
            else if (*one && *total) {
                (*total)->raw = (*one)->unit == (*total)->unit ? (*total)->raw + (*one)->raw : (*total)->value + (*one)->value;
                if ((*one)->unit != (*total)->unit) (*total)->unit = {};
                (*total)->value += (*one)->value;
            }
            else if (*one) total = one;
            if (total && *total && (*total)->value > largest_total) total = fail_in(r, problem{problem_code::out_of_range, r.role, r.path, {}, 0}, here);
            return total.has_value();
        });
        const bool in_part = std::any_of(remarks_.begin() + static_cast<std::ptrdiff_t>(known), remarks_.end(), [](const remark& told) { return told.code == problem_code::unit_unknown; });
        if (total && in_part) return std::nullopt;  // a sum of some of its rows is too small
        return total;
    }

    [[nodiscard]] static tl::unexpected<problem> fail_in(const number_rule& r, problem wrong_there, std::uint32_t row) noexcept {
        wrong_there.rows = r.rows, wrong_there.row = row;
        return tl::unexpected<problem>(wrong_there);
    }
    [[nodiscard]] static tl::unexpected<problem> wrong(problem_code code, const number_rule& r) noexcept { return fail(code, r.role, r.path); }

    const P& in_;
    const record_span& span_;
    std::vector<remark>& remarks_;
};

}  // namespace detail
}  // namespace coincide

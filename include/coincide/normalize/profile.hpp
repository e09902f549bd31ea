// SPDX-License-Identifier: BSL-1.0
//
// What a source means, as data: one profile a source and kind of record says which path holds which role, in which unit, by
// which clock, and what stands there for "nothing". `normalize` reads any payload by it. A new source is one such header
// (docs/add-a-provider.md).
//
//     inline constexpr number_rule whoop_numbers[] = {
//         take(energy_kcal, "/score/kilojoule", units::kilojoule),       // 2979.008 is read as 712 kcal
//         take(distance_m, "/score/distance_meter"),                     // canonical unit when none is given
//         take(distance_m, "/score/strain", units::kilojoule),           // does not compile: energy is no length
//     };
//
// Rules of one role stand in order of trust; the first that yields a value is taken. What the source computes in two ways,
// or in two units under one name, is decided by a second field: `or_in`.
#pragma once

#include <coincide/normalize/clock.hpp>
#include <coincide/record/activity.hpp>

#include <span>
#include <string_view>

namespace coincide {

/// A word with which a source names a unit, and that unit's factor and zero.
struct unit_word {
    std::string_view word;
    double factor = 1;
    double zero = 0;
};
/// A row of a unit table; the dimension keeps metres out of a table of durations.
template <class Dimension>
struct unit_words {
    std::span<const unit_word> rows;
};
template <class Dimension>
[[nodiscard]] constexpr unit_word word_for(std::string_view word, unit<Dimension> in) noexcept { return {word, in.factor, in.zero}; }

enum class encoding : std::uint8_t {
    number,         // a number of the format
    text_number,    // a number, or text with one: some services write all numbers as text
    inverse,        // canonical = factor / value: a pace for a speed
    inverse_text,   // the same, where the number may stand in text
    duration,       // text that duration_in reads
    measure,        // text with a number and a unit of the table: "8700 cm"
};

/// How a number becomes a role's value.
struct number_rule {
    std::string_view role, path;
    void (*set)(activity&, double) = nullptr;
    bool (*is_set)(const activity&) = nullptr;
    bool signed_value = false;                // angles, temperatures, ratings that run backwards
    double factor = 1, zero = 0;
    std::string_view unit = "";
    encoding as = encoding::number;
    double nothing[3] = {no_value, no_value, no_value};  // values that mean "not known"
    std::span<const unit_word> words{};       // the unit is named at unit_path
    std::string_view unit_path{};             // beginning with '.': beside the value
    bool unit_given = false;                  // `factor` counts where the source names no unit
    double other_factor = 0;                  // a second reading; 0: none
    std::string_view near_path{};             // the reading nearest to this is right: a path, "A per B", "span"; "x|y": the first there is
    double near_factor = 1;
    double within = 0;                        // … and within this factor of it, the other one not; 0: no such limit …
    double least = 0, most = 0;               // … or the smaller reading from `least` times it on, the larger up to `most` times it …
    double below = 0;                         // … else the first while it stays below this; 0: no such limit
    std::string_view also{};                  // added, when it is there; nothing is taken when it is not
    std::string_view rows{}, row_start{};     // summed over the elements of an array that begin within the record
    stamp row_form = stamp::text;
    bool both_legs = false;                   // steps on foot, where two make one turn; turns or strokes in other sports

    /// This value stands for "not known", as delivered. Up to three.
    [[nodiscard]] constexpr number_rule none(double v) const {
        number_rule r = *this;
        for (double& n : r.nothing)
            if (n != n) return n = v, r;
        return r;
    }
    [[nodiscard]] constexpr number_rule encoded(encoding how) const { number_rule r = *this; r.as = how; return r; }
    /// The number may also be `second_factor` of the unit given; whichever comes closer to `path` (times `path_factor`), in
    /// proportion, is taken. Without that field: the first reading while it is below `limit`, and nothing when there is none.
    [[nodiscard]] constexpr number_rule or_in(double second_factor, std::string_view second_path, double path_factor = 1, double limit = 0) const {
        number_rule r = *this;
        r.other_factor = second_factor, r.near_path = second_path, r.near_factor = path_factor, r.below = limit;
        return r;
    }
    /// Of the two readings of `or_in`, only one that is within `factor_of` of the second field, when the other one is not.
    [[nodiscard]] constexpr number_rule only_within(double factor_of) const { number_rule r = *this; r.within = factor_of; return r; }
    /// Of the two readings of `or_in`, the smaller one if it is at least `times` the second field, which is a lower bound of the value.
    [[nodiscard]] constexpr number_rule at_least(double times) const { number_rule r = *this; r.least = times; return r; }
    /// The larger one if it is at most `times` the second field, which is an upper bound.
    [[nodiscard]] constexpr number_rule at_most(double times) const { number_rule r = *this; r.most = times; return r; }
    /// A cadence that counts both legs on foot, and turns or strokes as they are in other sports.
    [[nodiscard]] constexpr number_rule of_both_legs() const { number_rule r = *this; r.both_legs = true, r.factor = 0.5, r.unit = "1/min, steps on foot"; return r; }
    /// The sum with another field in the same unit (work and rest); without that field the rule yields nothing.
    [[nodiscard]] constexpr number_rule plus(std::string_view more) const { number_rule r = *this; r.also = more; return r; }
    /// Sums over the array at `array`; `path` is then that of the value in an element, `start` that of the element's time.
    [[nodiscard]] constexpr number_rule summed(std::string_view array, std::string_view start, stamp form) const {
        number_rule r = *this;
        r.rows = array, r.row_start = start, r.row_form = form;
        return r;
    }
};

namespace detail {
template <class Role>
constexpr auto member_of = describe<activity>::fields[Role{}].get;

template <class Role>
constexpr void set_role(activity& a, double canonical) {
    using value = typename Role::value_type;
    if constexpr (chrono_duration<value>) {
        if (const auto d = duration_from_seconds<value>(canonical)) a.*member_of<Role> = *d;
    } else {
        a.*member_of<Role> = canonical;
    }
}
template <class Role>
constexpr bool role_is_set(const activity& a) { return (a.*member_of<Role>).has_value(); }

template <class Dimension>
inline constexpr bool may_be_negative = std::is_same_v<Dimension, dimension::angle> || std::is_same_v<Dimension, dimension::temperature>;
}  // namespace detail

/// The role's value stands at `path`, in `in`.
template <class Role>
[[nodiscard]] constexpr number_rule take(Role, std::string_view path, unit<typename Role::dimension> in = {}) {
    number_rule r;
    r.role = Role::name, r.path = path, r.set = &detail::set_role<Role>, r.is_set = &detail::role_is_set<Role>;
    r.signed_value = detail::may_be_negative<typename Role::dimension>;
    r.factor = in.factor, r.zero = in.zero, r.unit = in.name;
    return r;
}
/// As above, in the unit that the source names at `unit_path`. A word that is not in the table leaves the value out, flagged.
template <class Role>
[[nodiscard]] constexpr number_rule take(Role to, std::string_view path, std::string_view unit_path, unit_words<typename Role::dimension> words) {
    number_rule r = take(to, path);
    r.unit_path = unit_path, r.words = words.rows;
    return r;
}
/// As above; `in` where the source names none.
template <class Role>
[[nodiscard]] constexpr number_rule take(Role to, std::string_view path, unit<typename Role::dimension> in, std::string_view unit_path,
                                  unit_words<typename Role::dimension> words) {
    number_rule r = take(to, path, in);
    r.unit_path = unit_path, r.words = words.rows, r.unit_given = true;
    return r;
}
/// A speed from a pace: `of` per value, e.g. 1000 for seconds a kilometre.
template <class Role>
    requires std::is_same_v<typename Role::dimension, dimension::speed>
[[nodiscard]] constexpr number_rule pace(Role to, std::string_view path, double of) {
    number_rule r = take(to, path);
    r.factor = of, r.as = encoding::inverse;
    return r;
}
/// The same, where the number may stand in text.
template <class Role>
[[nodiscard]] constexpr number_rule pace_text(Role to, std::string_view path, double of) {
    return pace(to, path, of).encoded(encoding::inverse_text);
}

/// Where a text goes; one of `texts`.
struct text_slot {
    std::string_view key;
    std::string& (*in)(activity&) = nullptr;
};
namespace texts {
inline constexpr text_slot external_id{"external_id", [](activity& a) -> std::string& { return a.external_id; }};
inline constexpr text_slot parent_id{"parent_id", [](activity& a) -> std::string& { return a.parent_id; }};
inline constexpr text_slot name{"name", [](activity& a) -> std::string& { return a.name; }};
inline constexpr text_slot notes{"notes", [](activity& a) -> std::string& { return a.notes; }};
inline constexpr text_slot manufacturer{"device", [](activity& a) -> std::string& { return a.device.manufacturer; }};
inline constexpr text_slot model{"device", [](activity& a) -> std::string& { return a.device.model; }};
inline constexpr text_slot serial{"device", [](activity& a) -> std::string& { return a.device.serial; }};
inline constexpr text_slot sport_name{"source_activity_type", [](activity& a) -> std::string& { return a.source_activity_type; }};
}  // namespace texts

/// Text that is taken as it stands. An id may also be an integer.
struct text_rule {
    std::string_view path;
    text_slot to;
    bool id = false;
};
[[nodiscard]] constexpr text_rule say(text_slot to, std::string_view path) { return {path, to, false}; }
[[nodiscard]] constexpr text_rule say_id(text_slot to, std::string_view path) { return {path, to, true}; }

/// A time of the record. `day` is a date in a field of its own, where `path` holds only hours and minutes.
struct moment_rule {
    std::string_view path;
    stamp form = stamp::text;
    zone_rule zone = zone_rule::written;
    std::string_view day{};
};

/// Local minus UTC. `minus` names the instant that local digits at `path` are compared with ("start": the record's start).
struct offset_rule {
    std::string_view path;
    double factor = 1;             // seconds a unit; 0: text that offset_in reads
    std::string_view minus{};
    stamp form = stamp::text;      // of both, where a difference is meant
};
[[nodiscard]] constexpr offset_rule offset_as(std::string_view path, unit<dimension::duration> in) { return {path, in.factor, {}, {}}; }
[[nodiscard]] constexpr offset_rule offset_text(std::string_view path) { return {path, 0, {}, {}}; }
[[nodiscard]] constexpr offset_rule local_at(std::string_view path, stamp form = stamp::text, std::string_view minus = "start") { return {path, 1, minus, form}; }

/// What makes a start coarser than its digits: `path` holds `word`.
struct precision_rule {
    std::string_view path, word;
    seconds within{};
};

/// Provider names of one sport, "Run|Running|9": the first is the name to write back. Matching passes over case and
/// everything but letters and digits, so "Trail Run", "TrailRun" and "TRAIL_RUN" are one.
struct sport_names {
    std::string_view slug, names;
};
/// A second field that refines a sport: a Ride with trainer = true is indoor_cycling.
struct sport_hint {
    std::string_view path, word;    // booleans are "true" and "false", numbers their digits
    std::string_view from, to;      // slugs; `from` also stands for every kind of it
};

/// Where a copy names its original. `prefix` is what the id begins with, `whose` the source that names (or the text at
/// `source_path` does, through `apps`).
struct origin_rule {
    std::string_view path, prefix{}, whose{}, source_path{};
};
/// Names of apps and packages, and the sources they are.
struct app_name {
    std::string_view word, means;
};

/// Samples in the record: an array of objects (`rows`), or arrays side by side.
struct sample_column {
    samples::column to;
    std::string_view path;
    double factor = 1, zero = 0;
    bool inverted = false;               // factor / value: a pace
};
[[nodiscard]] constexpr sample_column inverse(samples::column to, std::string_view path, double of) { return {to, path, of, 0, true}; }
struct sample_rule {
    std::string_view only_where{}, holds{};  // counts only for records with this word at this path
    std::string_view rows{};             // empty: `time` and the columns are arrays themselves
    std::string_view time;
    double time_factor = 1;              // seconds a unit since the start; 0: a stamp in `form`
    stamp form = stamp::unix_s;
    std::string_view lat{}, lon{};
    double angle_factor = 1;
    std::span<const sample_column> columns{};
};

/// Everything that is known about one kind of record of one source.
struct profile {
    std::string_view name;                       // of the profile, "whoop v2"
    std::string_view source;                     // slug of the records
    std::span<const std::string_view> needs;     // recognised by: all of these paths; "a|b": one of them
    std::span<const std::string_view> lacks{};   // and none of these
    std::span<const std::string_view> places{};  // where records stand in a document, "" = itself; "*" = every element or member
    std::span<const moment_rule> start;
    std::span<const moment_rule> end{};
    bool end_stamped = false;                    // `start` gives the end: the start is the elapsed time earlier
    bool offset_untrusted = false;               // offsets in times are not the place's
    std::span<const offset_rule> offset{};
    std::string_view zone{};                     // IANA name, maybe after "(GMT+01:00) "
    std::span<const precision_rule> precision{};
    number_rule pauses{};                               // moving = elapsed - this, where it is positive
    std::span<const number_rule> numbers;
    std::span<const text_rule> says;
    bool make_id = false;                        // the source has no ids: made of start, end, type and device
    std::span<const std::string_view> sport{};   // the first known name counts; "a+b": both, joined by '/'
    std::span<const sport_names> vocabulary{};
    std::string_view name_prefix{};              // of every name: "HKWorkoutActivityType"
    std::string_view only_sport{};               // every record is one
    std::span<const sport_hint> hints{};
    std::span<const origin_rule> origins{};
    std::span<const app_name> apps{};
    std::string_view device_type{};              // path of a number or word …
    std::span<const app_name> device_types{};    // … and what it means, as the words of device_type
    std::span<const moment_rule> updated{};
    std::span<const sport_hint> not_activities{};  // `path` holds `word`: no activity
    std::span<const sample_rule> track{};
    std::string_view account{};                  // whose account; never taken for the athlete
};

}  // namespace coincide

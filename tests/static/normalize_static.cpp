// SPDX-License-Identifier: BSL-1.0
//
// The tables of all providers are sound: every rule has a role, a setter and a factor, every word means something that is known. That no
// name stands in two rows of one vocabulary takes the compiler too long: tests/unit/profiles_test.cpp.
#include <coincide/normalize/profiles.hpp>
#include <coincide/normalize/sport_name.hpp>
#include <coincide/record/source.hpp>

#include <iterator>
#include <utility>

namespace coincide {
namespace {

constexpr bool is_role_of_activity(std::string_view name) {
    bool found = false;
    describe<activity>::fields.for_each([&]<class Role, class G, class S, class A>(const field<Role, G, S, A>&) { found = found || Role::name == name; });
    return found;
}
constexpr bool is_factor(double v) { return detail::finite(v) && v != 0; }
constexpr bool is_path(std::string_view path) { return path.starts_with('/') || path.starts_with("^/"); }
/// "a|b" and "/type==word" of needs, "a+/b" of sports.
constexpr bool are_paths(std::string_view paths) {
    bool sound = !paths.empty();
    detail::each_name(paths, [&](std::string_view one) { return sound = sound && is_path(one) && one.size() > 1; });
    return sound;
}
constexpr bool is_known_source(std::string_view slug) { return kind_of_source(slug) != source_kind::unknown; }

// One question a table. Each is asked of every profile.
constexpr bool rule_is_total(const number_rule& r) {
    const bool named = !r.words.empty();
    for (const auto& w : r.words)
        if (w.word.empty() || !is_factor(w.factor) || !detail::finite(w.zero)) return false;
    const bool to = is_role_of_activity(r.role) && r.set && r.is_set;
    const bool from = r.rows.empty() ? is_path(r.path) : is_path(r.rows) && is_path(r.path) && is_path(r.row_start);
    const bool in = is_factor(r.factor) && detail::finite(r.zero) && detail::finite(r.other_factor) && is_factor(r.near_factor) && r.below >= 0;
    const bool decided = r.other_factor == 0 || !r.near_path.empty() || r.below > 0;
    const bool unit_found = !named || r.as == encoding::measure || is_path(r.unit_path) || r.unit_path.starts_with("./");
    return to && from && in && decided && unit_found && named == (r.as == encoding::measure || !r.unit_path.empty());
}
constexpr bool numbers_are_total(const profile& by) {
    for (const auto& r : by.numbers)
        if (!rule_is_total(r)) return false;
    return by.pauses.path.empty() || rule_is_total(by.pauses);
}
constexpr bool is_recognized(const profile& by) {
    if (by.needs.empty() || by.start.empty() || by.name.empty()) return false;
    for (const auto paths : by.needs)
        if (!are_paths(paths)) return false;
    for (const auto path : by.lacks)
        if (!is_path(path)) return false;
    for (const auto place : by.places)
        if (!place.empty() && !is_path(place)) return false;
    return true;
}
constexpr bool clocks_are_total(const profile& by) {
    for (const auto moments : {by.start, by.end, by.updated})
        for (const auto& m : moments)
            if (!is_path(m.path) || !(m.day.empty() || is_path(m.day))) return false;
    for (const auto& o : by.offset)
        if (!is_path(o.path) || !detail::finite(o.factor) || !(o.minus.empty() || o.minus == "start" || is_path(o.minus))) return false;
    for (const auto& p : by.precision)
        if (!is_path(p.path) || p.word.empty() || p.within <= seconds{1}) return false;
    return by.zone.empty() || is_path(by.zone);
}
constexpr bool texts_are_total(const profile& by) {
    bool id = by.make_id;
    for (const auto& t : by.says) {
        if (!is_path(t.path) || !t.to.in || !is_role_of_activity(t.to.key)) return false;
        id = id || t.to.key == external_id_t::name;
    }
    return id && (by.account.empty() || is_path(by.account));
}
constexpr bool sports_are_known(const profile& by) {
    for (const auto& row : by.vocabulary) {
        bool named = !row.names.empty();
        detail::each_name(row.names, [&](std::string_view name) { return named = named && detail::same_name(name, name); });  // letters or digits
        if (!find_sport(row.slug) || !named) return false;
    }
    for (const auto path : by.sport)
        if (!is_path(path)) return false;
    return (by.only_sport.empty() || find_sport(by.only_sport)) && (by.vocabulary.empty() || !by.sport.empty());
}
constexpr bool hints_are_known(const profile& by) {
    for (const auto& h : by.hints) {
        const auto from = find_sport(h.from), to = find_sport(h.to);
        if (!is_path(h.path) || h.word.empty() || !from || !to || *from == *to || from->family() != to->family()) return false;
    }
    for (const auto& h : by.not_activities)
        if (!is_path(h.path) || h.word.empty()) return false;
    return true;
}
constexpr bool sources_are_known(const profile& by) {
    for (const auto& o : by.origins)
        if ((!o.whose.empty() && !is_known_source(o.whose)) || (!o.path.empty() && !is_path(o.path)) || (o.path.empty() && o.source_path.empty()) || (!o.source_path.empty() && by.apps.empty()))
            return false;
    for (const auto& t : by.device_types)
        if (t.word.empty() || device_type_from(t.means) == device_type::unknown) return false;
    return is_known_source(by.source) && by.device_types.empty() == by.device_type.empty();
}
constexpr bool samples_are_total(const profile& by) {
    for (const auto& r : by.track) {
        if (!is_path(r.time) || !detail::finite(r.time_factor) || !is_factor(r.angle_factor) || r.lat.empty() != r.lon.empty() || r.only_where.empty() != r.holds.empty()) return false;
        for (const auto& c : r.columns)
            if (c.to >= samples::column_count || !is_path(c.path) || !is_factor(c.factor)) return false;
    }
    return true;
}

constexpr bool every(bool (*holds)(const profile&)) {
    for (const auto* by : providers::all)
        if (!holds(*by)) return false;
    return true;
}
static_assert(every(numbers_are_total));
static_assert(every(is_recognized));
static_assert(every(clocks_are_total));
static_assert(every(texts_are_total));
// One constant a profile: compilers limit the steps of a single one, and vocabularies are long.
template <std::size_t Index>
constexpr bool sports_of = sports_are_known(*providers::all[Index]);
static_assert([]<std::size_t... Index>(std::index_sequence<Index...>) { return (sports_of<Index> && ...); }(std::make_index_sequence<std::size(providers::all)>{}));
static_assert(every(hints_are_known));
static_assert(every(sources_are_known));
static_assert(every(samples_are_total));

constexpr bool profiles_are_distinct() {
    for (std::size_t i = 0; i < std::size(providers::all); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (providers::all[i] == providers::all[j] || providers::all[i]->name == providers::all[j]->name) return false;
    return true;
}
static_assert(profiles_are_distinct());

constexpr bool apps_are_known() {
    for (const auto& app : providers::apps)
        if (app.word.empty() || !is_known_source(app.means)) return false;
    return true;
}
static_assert(apps_are_known());

template <class Dimension>
constexpr bool words_are_distinct(const unit_words<Dimension>& table) {
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (table.rows[i].word == table.rows[j].word) return false;
    return !table.rows.empty();
}
static_assert(words_are_distinct(words::length) && words_are_distinct(words::duration) && words_are_distinct(words::energy) && words_are_distinct(words::speed));
static_assert(words_are_distinct(words::rate) && words_are_distinct(words::temperature) && words_are_distinct(words::power));

}  // namespace
}  // namespace coincide

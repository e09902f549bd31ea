// SPDX-License-Identifier: BSL-1.0
#include "scene.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

using coincide::activity;

std::string hex(std::uint64_t bits, int digits) {
    std::string text;
    for (int i = 0; i < digits; ++i, bits >>= 4) text += "0123456789abcdef"[bits & 15];
    return text;
}

/// A record that has no distance at all looks alike whatever the distance.
bool alike(const std::optional<double>& a, double b, double slack) { return !a || b <= 0 || std::abs(*a - b) <= slack; }

}  // namespace

std::string ledger::new_id(std::string_view source) {
    for (;;) {
        const auto bits = ids_.next();
        std::string id = std::to_string(1000000000u + bits % 15000000000u);
        if (source == "apple_health" || source == "whoop" || source == "oura" || source == "health_connect") {
            id = hex(bits, 8);
            for (const auto& [before, digits] : {std::pair{"-", 4}, {"-4", 3}, {"-a", 3}, {"-", 12}}) id += before, id += hex(ids_.next(), digits);
        }
        if (used_.insert(id).second) return id;
    }
}

void ledger::add(activity a, const truth& about, rng& chance) {
    truth t = about;
    if (a.athlete_id.empty()) a.athlete_id = who_.id;
    if (a.external_id.empty()) a.external_id = new_id(a.source);
    const bool typed = about.record->name.starts_with("by hand");  // people read a clock on the wall
    for (const auto& fault : who_.faults) {
        if (typed) break;
        if (fault.source != a.source || a.start_time < fault.from || a.start_time >= fault.until || a.athlete_id != who_.id || a.clock_unset) continue;
        const auto by = shift_of(fault.how, *who_.home, a.start_time);
        if (by == seconds{0}) continue;
        const bool device = std::none_of(who_.connected.begin(), who_.connected.end(), [&](const auto& c) { return c.to->slug == a.source; });
        t.record = &shifted(*t.record, a, device, fault.how, by);
        shift(a, fault.how, by, chance);
        break;
    }
    into_.records.push_back(std::move(a));
    into_.truths.push_back(t);
}

const scenario& shifted(const scenario& before, const activity& a, bool device, misread how, seconds by) {
    using namespace scenarios;
    const bool track = !a.track.empty();
    if (before.rank >= clock_long.rank) return before;  // wrong twice: the harder one names it
    if (how == misread::sign) return zone_sign;
    if (how == misread::summer) return zone_summer;
    if (device && !track) return zone_device_bare;
    if (by.count() % 3600 != 0) return device ? zone_quarter_device : zone_quarter_copy;
    return device ? zone_device_track : track ? zone_copy_track : zone_copy_bare;
}

presses scene::presses_of() const {
    presses at = pressed(chance, part().from_s, part().to_s);
    const auto& all = of.done.sections;
    if (index > 0) at.from_s = std::max(at.from_s, std::min(part().from_s, all[index - 1].to_s + 3));
    if (index + 1 < all.size()) at.to_s = std::min(at.to_s, part().to_s + std::max(0, (all[index + 1].from_s - part().to_s) / 2 - 1));
    if (at.to_s - at.from_s < 15) at = {part().from_s, std::max(part().to_s, part().from_s + 15)};
    return at;
}

activity scene::recorded(const device& d, presses at) const {
    const auto raw = record(of.done, at, what(), d, *who.home, chance);
    auto a = shown_by(service_named(d.model->source), raw, what().title, *who.home, chance);
    a.external_id = out.new_id(a.source);
    return a;
}

void scene::add(activity a, const scenario& how) const { out.add(std::move(a), {act, &how, kind_of_act}, chance); }

activity scene::copy(const service& to, const activity& original, habit what_it_does, const scenario*& how) const {
    auto a = copied_to(to, original, what().title, *who.home, chance);
    a.external_id = out.new_id(a.source);
    a.parent_id.clear();
    const bool lost = !original.track.empty() && a.track.empty();
    auto before = a;
    if (!blur(a, what_it_does, chance)) a = std::move(before), what_it_does = habit::none;
    how = what_it_does == habit::none && lost ? &scenarios::copy_no_track : &scenario_of(what_it_does);
    return a;
}

void scene::copies(const activity& original) const {
    for (const auto& c : who.connected) {
        if (!chance.chance(c.share)) continue;
        const bool as_usual = chance.chance(0.85);
        const habit once = static_cast<habit>(chance.between(1, static_cast<int>(habit::no_pulse)));
        const scenario* how = nullptr;
        auto a = copy(*c.to, original, as_usual ? c.usual : chance.chance(0.5) ? once : habit::none, how);
        add(std::move(a), *how);
    }
}

void scene::by(const device& d, presses at, const scenario& how) const {
    const auto wrong = std::chrono::abs(d.clock_error_at(of.done.start));
    const scenario& clock = wrong > minutes{2} ? scenarios::clock_long : wrong > seconds{0} ? scenarios::clock_short : how;
    add(recorded(d, at), clock.rank > how.rank ? clock : how);
}

bool scene::has_twin(const activity& a, std::chrono::hours within, seconds slack, double slack_m, bool same_day) const {
    const auto day = local_midnight(*who.home, of.done.start + seconds{part().from_s});
    const seconds took = std::chrono::round<seconds>(a.elapsed.value_or(a.timer.value_or(milliseconds{0})));
    for (const auto& o : year.outings)
        for (std::size_t i = 0; i < o.done.sections.size(); ++i) {
            const auto& s = o.done.sections[i];
            if ((&o == &of && (i == index || of.session)) || s.what->title != what().title) continue;
            const auto start = o.done.start + seconds{s.from_s};
            if (std::chrono::abs(start - (of.done.start + seconds{part().from_s})) > within) continue;
            if (same_day && local_midnight(*who.home, start) != day) continue;
            const double meters = o.done.meters_at(s.to_s) - o.done.meters_at(s.from_s);
            if (std::chrono::abs(seconds{s.to_s - s.from_s} - took) <= slack && alike(a.distance_m, meters, slack_m)) return true;
        }
    return false;
}

}  // namespace accuracy

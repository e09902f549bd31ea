// SPDX-License-Identifier: BSL-1.0
#include "history.hpp"

#include "scene.hpp"

#include <algorithm>

namespace accuracy {
namespace {

/// A part of the plan's days, some weeks long; or all of it.
void some_weeks(const plan& year, rng& chance, instant& from, instant& until) {
    from = year.from, until = year.until;
    if (chance.chance(0.3)) return;
    const auto days = std::chrono::duration_cast<std::chrono::hours>(until - from).count() / 24;
    const auto first = chance.between(0, std::max(0, static_cast<int>(days) - 20));
    from += std::chrono::hours{24 * first};
    until = std::min(until, from + std::chrono::hours{24 * chance.between(10, 60)});
}

/// What is wrong for longer than one file. Such an athlete wears the device in question often.
void go_wrong(athlete& who, const plan& year, mix of, rng& chance) {
    const bool rare = of == mix::all;
    const auto zone = [&](std::string_view source) {
        const auto how = chance.chance(0.45) ? misread::as_utc : chance.chance(0.8) ? misread::as_local : misread::at_server;
        zone_fault fault{source, how};
        some_weeks(year, chance, fault.from, fault.until);
        fault.until += std::chrono::hours{26}, fault.from -= std::chrono::hours{26};
        who.faults.push_back(fault);
    };
    const auto clock = [&](int least_s, int most_s) {
        clock_spell spell;
        some_weeks(year, chance, spell.from, spell.until);
        const int ahead = chance.chance(0.5) ? 1 : -1;
        spell.by = seconds{chance.between(least_s, most_s) * ahead};
        who.second.clock.push_back(spell);
        who.wears_second = std::max(who.wears_second, 0.4);
    };
    if (!who.connected.empty() && chance.chance(0.12)) zone(chance.pick(who.connected).to->slug);
    if (chance.chance(0.06)) zone(who.second.model->source), who.wears_second = 0.4;
    if (rare && chance.chance(0.08)) clock(5, 120);
    else if (rare && chance.chance(0.10)) clock(121, 3000);
}

/// A friend on the same way, a wheel's length behind, with an account of their own.
void write_friend(const scene& s) {
    outing beside = s.of;
    beside.done.start += milliseconds{s.chance.between(500, 4000)};
    const scene theirs{s.who, s.year, beside, s.index, s.level, s.chance, s.out, s.out.new_act(), s.kind_of_act};
    auto a = theirs.recorded(s.who.of_friend, theirs.presses_of());
    a.athlete_id = s.who.friend_id;
    theirs.add(a, scenarios::plain);
    if (!s.chance.chance(0.5) || a.source == "strava") return;
    const scenario* how = nullptr;
    theirs.add(theirs.copy(services::strava, a, habit::none, how), scenarios::copy);
}

}  // namespace

void write(const athlete& who, const plan& year, const outing& o, mix of, rng& chance, ledger& out) {
    const auto& sections = o.done.sections;
    scene s{who, year, o, 0, of, chance, out, out.new_act(), o.kind_of_act};
    const bool moving_pieces = o.kind_of_act == &kinds_of_act::warm_up || o.kind_of_act == &kinds_of_act::repetitions ||
                               o.kind_of_act == &kinds_of_act::laps || o.kind_of_act == &kinds_of_act::false_start;
    if (o.session) return write_session(s);
    if (of == mix::all && moving_pieces && chance.chance(0.35)) return write_pieces_and_whole(s);
    for (; s.index < sections.size(); ++s.index) {
        if (s.index > 0) s.act = out.new_act();
        write_act(s);
    }
    if (o.with_friend) s.index = 0, write_friend(s);
}

history make_history(std::uint64_t seed, mix of) {
    history all;
    rng chance{mixed(seed, of == mix::all ? 1 : 2)};
    athlete who = athlete_of(chance, of);
    const plan year = plan_of(who, of, chance);
    go_wrong(who, year, of, chance);
    ledger out{all, who, seed};
    for (std::size_t i = 0; i < year.outings.size(); ++i) {
        rng own{mixed(chance.next(), i)};
        write(who, year, year.outings[i], of, own, out);
    }
    for (std::size_t i = all.records.size(); i > 1; --i) {  // Fisher, Yates
        const auto j = static_cast<std::size_t>(chance.next() % i);
        std::swap(all.records[i - 1], all.records[j]);
        std::swap(all.truths[i - 1], all.truths[j]);
    }
    return all;
}

}  // namespace accuracy

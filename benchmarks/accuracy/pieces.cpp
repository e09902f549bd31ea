// SPDX-License-Identifier: BSL-1.0
//
// What is saved in pieces: sessions with legs, and repetitions that another device took for one.
#include "scene.hpp"

#include <algorithm>

namespace accuracy {
namespace {

using coincide::activity;
using namespace scenarios;

coincide::sport_id sport_of_whole(const outing& o) {
    if (o.done.sections.front().what == &kinds::strength) return *coincide::find_sport("strength_training");
    return *coincide::find_sport(o.done.sections.size() > 3 ? "triathlon" : "multisport");
}

scene at_section(const scene& s, std::size_t i) {
    return {s.who, s.year, s.of, i, s.level, s.chance, s.out, s.act, s.kind_of_act};
}

/// The buttons of a session: a leg ends where the next begins; sets have rests between.
std::vector<presses> lap_presses(const scene& s, bool sets) {
    std::vector<presses> all;
    for (std::size_t i = 0; i < s.of.done.sections.size(); ++i) {
        all.push_back(at_section(s, i).presses_of());
        if (i > 0 && !sets) all[i].from_s = all[i - 1].to_s;
    }
    return all;
}

/// The session and its legs on the service of that device.
activity with_legs(const scene& s, const device& d) {
    const bool sets = s.what().speed_mps == 0;
    const auto at = lap_presses(s, sets);
    auto whole = s.recorded(d, {at.front().from_s, at.back().to_s});
    whole.sport = sport_of_whole(s.of);
    whole.source_activity_type = whole.sport->slug();
    s.add(whole, session);
    for (std::size_t i = 0; i < at.size(); ++i) {
        auto a = at_section(s, i).recorded(d, at[i]);
        a.parent_id = whole.external_id;
        s.add(std::move(a), sets ? set_of_session : leg);
    }
    return whole;
}

/// The other service made single activities of the legs.
void legs_one_by_one(const scene& s, const service& to) {
    for (std::size_t i = 0; i < s.of.done.sections.size(); ++i) {
        const scene at = at_section(s, i);
        if (at.what().slug == kinds::shift.slug) continue;
        const scenario* how = nullptr;
        s.add(at.copy(to, at.own(), habit::none, how), leg);
    }
}

}  // namespace

void write_session(const scene& s) {
    const auto whole = with_legs(s, s.who.watch);
    const service& to = whole.source == "strava" ? services::intervals : services::strava;
    const bool sets = s.what().speed_mps == 0;
    switch (s.chance.between(0, 3)) {
    case 0: if (!sets) legs_one_by_one(s, to); break;
    case 1: if (!sets) with_legs(s, s.who.second); break;
    case 2: break;
    default: {
        const scenario* how = nullptr;
        s.add(s.copy(to, whole, habit::none, how), session_bare);
    }
    }
}

void write_pieces_and_whole(const scene& s) {
    const auto& sections = s.of.done.sections;
    const bool restarted = s.kind_of_act == &kinds_of_act::false_start;
    scene main = s;
    for (std::size_t i = 0; i < sections.size(); ++i)
        if (sections[i].to_s - sections[i].from_s > main.length_s()) main.index = i;
    main.kind_of_act = &kinds_of_act::alone;
    const auto whole = main.recorded(s.who.watch, s.whole());
    main.add(whole, plain);
    main.copies(whole);
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const scene piece = at_section(main, i);
        piece.by(s.who.second, piece.presses_of(), restarted ? split_false_start : apart_whole);
    }
}

}  // namespace accuracy

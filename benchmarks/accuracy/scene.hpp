// SPDX-License-Identifier: BSL-1.0
//
// One act and the accounts it is written to. Recipes are functions of a scene.
//
//     const auto mine = s.own();                                 // what the athlete's device recorded, as its service shows it
//     s.add(mine, scenarios::plain);
//     s.copies(mine);                                            // to every connected service
//     s.by(s.who.phone, s.presses(), scenarios::device_phone);   // and the phone was there too
#pragma once

#include "athlete.hpp"

#include <unordered_set>

namespace accuracy {

/// Collects records, gives ids, and applies what is wrong with a source.
class ledger {
public:
    ledger(history& into, const athlete& who, std::uint64_t seed) : into_{into}, who_{who}, ids_{mixed(seed, 77)} {}

    [[nodiscard]] std::string new_id(std::string_view source);
    [[nodiscard]] std::uint32_t new_act() noexcept { return acts_++; }
    void add(coincide::activity, const truth&, rng&);

private:
    history& into_;
    const athlete& who_;
    rng ids_;
    std::uint32_t acts_ = 0;
    std::unordered_set<std::string> used_{};
};

/// The name of a shifted record: by what it was before, by how far, by whether another device recorded it, and by whether it has a track.
[[nodiscard]] const scenario& shifted(const scenario& before, const coincide::activity&, bool device, misread, seconds by);

struct scene {
    const athlete& who;
    const plan& year;
    const outing& of;
    std::size_t index;  // of the section
    mix level;
    rng& chance;
    ledger& out;
    std::uint32_t act;
    const scenario* kind_of_act;

    [[nodiscard]] const section& part() const { return of.done.sections[index]; }
    [[nodiscard]] const kind& what() const { return *part().what; }
    [[nodiscard]] int length_s() const { return part().to_s - part().from_s; }
    [[nodiscard]] bool outdoors() const { return !what().indoor && of.done.way != nullptr; }
    [[nodiscard]] bool single() const { return of.done.sections.size() == 1; }
    [[nodiscard]] const device& own_device() const { return who.device_for(what()); }

    /// When buttons were pressed: not before the section before ended, nor after the next began.
    [[nodiscard]] presses presses_of() const;
    [[nodiscard]] presses whole() const { return pressed(chance, of.done.sections.front().from_s, of.done.sections.back().to_s); }

    /// What that device recorded, as its service shows it, with an id.
    [[nodiscard]] coincide::activity recorded(const device&, presses) const;
    [[nodiscard]] coincide::activity own() const { return recorded(own_device(), presses_of()); }
    void add(coincide::activity, const scenario&) const;
    void by(const device&, presses, const scenario&) const;

    /// A copy on that service, altered by that habit; says how it came about.
    [[nodiscard]] coincide::activity copy(const service&, const coincide::activity& original, habit, const scenario*& how) const;
    void copies(const coincide::activity& original) const;
    /// Another act of that sport, as long and as far but for the slack, whose start is as near: nobody could tell which one a
    /// record shows that has no track. `a.start_time` must be right still.
    [[nodiscard]] bool has_twin(const coincide::activity& a, std::chrono::hours within, seconds slack, double slack_m, bool same_day) const;
};

/// An act of its own, by the chance of the rates.
void write_act(const scene&);
/// Several sections that another device took for one; the legs of a session.
void write_pieces_and_whole(const scene&);
void write_session(const scene&);

/// Writes the records of an outing.
void write(const athlete&, const plan&, const outing&, mix, rng&, ledger&);

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
#include "performance.hpp"

#include <algorithm>
#include <cmath>

namespace accuracy {
namespace {

/// A body: the pulse follows the effort with a lag of half a minute (time constants of 20 to 60 s are reported).
struct body {
    double bpm = 85, wander = 0;
    double beat(rng& chance, double target) {
        wander = 0.985 * wander + chance.normal(0, 0.5);
        bpm += (target - bpm) / 32;
        return bpm + wander;
    }
};

struct stops {
    double next_light_m, cafe_m;
    int waiting_s = 0;
};

class doing {
public:
    doing(performance& p, rng& chance) : p_{p}, chance_{chance}, on_{p.way} {}

    void section_of(section& s) {
        s.from_s = second();
        if (s.what->speed_mps == 0) stay(s, s.duration_s, 1);
        else if (s.program != 0) by_program(s);
        else go(s);
        s.to_s = second();
        if (s.rest_s > 0) stay(s, s.rest_s, 0.35);
    }

private:
    [[nodiscard]] int second() const { return static_cast<int>(p_.meters.size()); }

    void put(double effort, const kind& what, double watts) {
        p_.meters.push_back(static_cast<float>(at_m_));
        p_.bpm.push_back(static_cast<float>(body_.beat(chance_, 72 + (what.bpm - 72) * effort)));
        p_.watts.push_back(static_cast<float>(watts));
    }

    /// Sets, poses, rests: the pulse goes up and down, nobody moves on.
    void stay(const section& s, double duration, double effort) {
        double level = effort;
        for (int i = 0; i < static_cast<int>(duration); ++i) {
            if (i % 45 == 0) level = effort * chance_.uniform(0.75, 1.25);
            put(level, *s.what, 0);
        }
    }

    /// A machine's program: blocks of one to five minutes at a set speed, the same each time.
    void by_program(const section& s) {
        rng program{s.program};
        const double until_m = s.meters > 0 ? at_m_ + s.meters : 1e12;
        double level = 1;
        int left = 0;
        for (int i = 0; at_m_ < until_m && (s.duration_s <= 0 || i < static_cast<int>(s.duration_s)); ++i) {
            if (left-- == 0) level = program.uniform(0.8, 1.2), left = program.between(60, 300);
            at_m_ += s.what->speed_mps * s.pace * level;
            put(level, *s.what, s.what->watts * level * level + chance_.normal(0, 12));
        }
    }

    /// Over ground: slower uphill, waiting at lights, the day's drift of effort.
    void go(const section& s) {
        const kind& what = *s.what;
        const double from_m = at_m_, end_m = from_m + s.meters;
        double speed = 0, drift = 0;
        stops ahead{from_m + next_light(what), s.cafe_s > 0 ? from_m + s.meters * chance_.uniform(0.35, 0.65) : 1e12};
        while (at_m_ < end_m && second() < 12 * 3600) {
            if (at_m_ >= ahead.next_light_m) ahead = {at_m_ + next_light(what), ahead.cafe_m, chance_.between(8, 70)};
            if (at_m_ >= ahead.cafe_m) ahead = {ahead.next_light_m, 1e12, static_cast<int>(s.cafe_s)};
            if (ahead.waiting_s > 0) {
                --ahead.waiting_s, speed = 0;
                put(0.3, what, 0);
                continue;
            }
            const double grade = on_.slope_at(at_m_);
            drift = 0.99 * drift + chance_.normal(0, 0.012);
            const double terrain = std::clamp(1 - (grade > 0 ? 6.5 : 3.5) * grade, 0.4, 1.4);
            const double target = what.speed_mps * s.pace * p_.form * terrain * (1 + drift);
            speed += (target - speed) * 0.22;
            at_m_ = std::min(at_m_ + speed, end_m);
            const double effort = std::clamp(s.pace * (1 + drift + 2 * grade), 0.6, 1.3);
            put(effort, what, std::max(0.0, what.watts * (1 + 8 * grade + 2 * drift + chance_.normal(0, 0.18))));
        }
    }

    double next_light(const kind& what) {
        return what.lights_per_km <= 0 ? 1e12 : 1000 / what.lights_per_km * chance_.uniform(0.3, 1.7);
    }

    performance& p_;
    rng& chance_;
    walker on_;
    body body_{};
    double at_m_ = 0;
};

}  // namespace

double performance::meters_at(int second) const noexcept {
    return static_cast<double>(meters[static_cast<std::size_t>(std::clamp(second, 0, duration_s()))]);
}

void perform(performance& p, rng& chance) {
    doing now{p, chance};
    for (auto& s : p.sections) now.section_of(s);
}

}  // namespace accuracy

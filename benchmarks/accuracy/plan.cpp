// SPDX-License-Identifier: BSL-1.0
#include "athlete.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace accuracy {
namespace {

using list = std::vector<section>;

/// Usual lengths: meters, or seconds for what has none.
struct usual {
    const kind* what;
    double least, most, early_min, late_min;  // and the hours of the day at which it begins
};
constexpr usual usuals[] = {
    {&kinds::run, 4000, 15000, 360, 1200},       {&kinds::trail, 6000, 21000, 420, 960},   {&kinds::ride, 18000, 85000, 420, 900},
    {&kinds::gravel, 15000, 55000, 420, 900},    {&kinds::walk, 1800, 7000, 480, 1260},    {&kinds::hike, 5000, 16000, 480, 780},
    {&kinds::pool, 1000, 3200, 370, 1230},       {&kinds::trainer, 12000, 45000, 360, 1290}, {&kinds::e_bike, 4000, 30000, 500, 1150},
    {&kinds::rower, 3000, 10000, 400, 1260},     {&kinds::climb, 2700, 8000, 600, 1200},   {&kinds::open_water, 700, 3000, 420, 1100},
    {&kinds::strength, 1800, 4800, 400, 1250},   {&kinds::treadmill, 3000, 9000, 400, 1290},
};
const usual& usual_of(const kind* what) {
    return *std::find_if(std::begin(usuals), std::end(usuals) - 1, [&](const usual& u) { return u.what == what; });
}

class planner {
public:
    planner(const athlete& who, mix of, rng& chance) : who_{who}, rare_{of == mix::all}, chance_{chance} {
        loop_minute_ = chance.between(380, 1180);
        loop_ = way(make_loop(chance, who.land, surface::streets, {}, chance.uniform(4500, 11000)));
        commute_ = way(make_way(chance, who.land, surface::streets, {}, {chance.uniform(2000, 6000), chance.uniform(-5000, 5000), 0}));
        home_again_ = way(reversed(*commute_));
        dog_ = way(make_loop(chance, who.land, surface::streets, {}, chance.uniform(1200, 2800)));
        program_ = chance.next() | 1;
        program_s_ = 60.0 * (5 * chance.between(4, 9));
        for (std::size_t i = 0; i < 3; ++i)
            for (auto& favorite : favorites_[i]) favorite = new_way(who.sports[i]);
    }

    plan run() {
        using namespace date;
        const int wanted = chance_.between(110, 240);
        sys_days day = year{chance_.between(2018, 2025)} / January / 1;
        day += days{chance_.between(0, 364)};
        out_.from = instant{day};
        for (int d = 0; d < 220 && acts_ < wanted; ++d, ++day) today(day);
        out_.until = instant{day} + std::chrono::hours{24};
        return std::move(out_);
    }

private:
    const route* way(route r) { return &out_.ways.emplace_back(std::move(r)); }

    const route* new_way(const kind* what) {
        if (what->speed_mps == 0 || what == &kinds::pool || what == &kinds::rower || what == &kinds::treadmill) return nullptr;
        const auto& u = usual_of(what);
        const double most = (u.most - u.least) * chance_.uniform(0.4, 1.0), meters = u.least + most * chance_.uniform();
        // water is somewhere else
        const place from = what->on == surface::water ? place{chance_.uniform(1500, 4000), chance_.uniform(1500, 4000), 0} : place{};
        const double style = chance_.uniform();
        if (style < 0.75) return way(make_loop(chance_, who_.land, what->on, from, meters));
        const place there{from.x + meters * chance_.uniform(-0.33, 0.33), from.y + meters * chance_.uniform(0.2, 0.33), 0};
        if (style < 0.95) return way(out_and_back(make_way(chance_, who_.land, what->on, from, there)));
        return way(make_way(chance_, who_.land, what->on, from, there));
    }

    /// Adds an outing at that minute of the day, or as soon as the one before is over.
    outing& put(double minute, const route* on, list sections, const scenario& kind_of_act = kinds_of_act::alone, bool session = false) {
        outing& o = out_.outings.emplace_back();
        o.kind_of_act = &kind_of_act, o.session = session;
        o.done.way = on, o.done.sections = std::move(sections);
        o.done.form = std::clamp(who_.form * chance_.normal(1, 0.03), 0.6, 1.4);
        o.done.start = instant_of(*who_.home, today_, minute) + milliseconds{chance_.between(0, 59999)};
        o.done.start = std::max(o.done.start, free_from_ + seconds{chance_.between(60, 400)});
        perform(o.done, chance_);
        free_from_ = o.done.start + seconds{o.done.duration_s() + 90};
        acts_ += session ? 1 : static_cast<int>(o.done.sections.size());
        return o;
    }

    void today(date::sys_days day) {
        today_ = day;
        const date::weekday week_day{day};
        const bool work = week_day != date::Saturday && week_day != date::Sunday;
        if (who_.has_dog && chance_.chance(0.8)) put(390 + chance_.normal(0, 4), dog_, {{&kinds::walk, dog_->length()}}, kinds_of_act::dog);
        const bool commutes = who_.commutes && work && chance_.chance(0.75);
        const bool loop = who_.loves_loop && (week_day == date::Monday || week_day == date::Wednesday || week_day == date::Saturday) &&
                          chance_.chance(0.9);
        if (commutes) put(455 + chance_.normal(0, 6), commute_, {{&kinds::commute, commute_->length()}}, kinds_of_act::commute);
        if (loop && loop_minute_ < 1000) go_loop();
        if (tomorrow_) repeat(*tomorrow_), tomorrow_.reset();
        else if (rare_ && chance_.chance(0.17)) special();
        else if (!rare_ && chance_.chance(0.08)) ordinary_special();
        else if (chance_.chance(work ? 0.5 : 0.85)) free_day();
        if (commutes) put(1035 + chance_.normal(0, 9), home_again_, {{&kinds::commute, home_again_->length()}}, kinds_of_act::commute);
        if (loop && loop_minute_ >= 1000) go_loop();
        if (who_.on_treadmill && chance_.chance(0.7))
            put(1120 + chance_.normal(0, 5), nullptr, {{&kinds::treadmill, 0, program_s_, 0, 1, 0, program_}}, kinds_of_act::program);
        if (who_.stretches && chance_.chance(0.4)) stretch();
        if (who_.lifts && chance_.chance(0.3)) lift();
        if (who_.has_dog && chance_.chance(0.8)) put(1290 + chance_.normal(0, 4), dog_, {{&kinds::walk, dog_->length()}}, kinds_of_act::dog);
    }

    void go_loop() { put(loop_minute_ + chance_.normal(0, 1), loop_, {{&kinds::run, loop_->length()}}, kinds_of_act::habit); }

    void free_day() {
        const auto i = static_cast<std::size_t>(chance_.between(0, 2));
        const kind* what = who_.sports[i];
        const auto& u = usual_of(what);
        const route* on = chance_.chance(0.6) ? chance_.pick(favorites_[i]) : new_way(what);
        section s{what};
        if (what->speed_mps == 0) s.duration_s = chance_.uniform(u.least, u.most);
        else s.meters = on ? on->length() : 100 * std::round(chance_.uniform(u.least, u.most) / 100);
        const double far = what->watts > 0 ? 20000 : what == &kinds::hike ? 7000 : 1e9;
        if (!what->indoor && s.meters > far && chance_.chance(0.4)) s.cafe_s = chance_.uniform(400, 2700);
        const bool again = what->speed_mps > 0 && chance_.chance(0.12);
        const double minute = chance_.uniform(u.early_min, u.late_min);
        outing& o = put(minute, on, {s}, again ? kinds_of_act::next_day : kinds_of_act::alone);
        if (again) tomorrow_ = same_again{minute, on, s};
        if (rare_ && !what->indoor && what->speed_mps > 0 && chance_.chance(0.04)) o.with_friend = true, o.kind_of_act = &kinds_of_act::friends;
    }

    struct same_again {
        double minute;
        const route* on;
        section s;
    };
    void repeat(const same_again& yesterday) {
        put(yesterday.minute + chance_.normal(0, 3), yesterday.on, {yesterday.s}, kinds_of_act::next_day);
    }

    void ordinary_special() { chance_.chance(0.6) ? warm_up() : brick(false); }

    void special() {
        switch (chance_.between(0, 12)) {
        case 0: case 1: return warm_up();
        case 2: return brick(false);
        case 3: return repetitions();
        case 4: return laps();
        case 5: case 6: return triathlon();
        case 7: return two_sessions();
        case 8: case 9: case 10: return false_start();
        case 11: return stretch();
        default: return lift();
        }
    }

    void put_sometime(const route* on, list sections, const scenario& kind_of_act, bool session = false) {
        put(chance_.uniform(380, 1150), on, std::move(sections), kind_of_act, session);
    }

    void warm_up() {
        const double a = chance_.uniform(1200, 2500), b = chance_.uniform(3000, 8000), c = chance_.uniform(800, 2000);
        const route* on = way(make_loop(chance_, who_.land, surface::streets, {}, a + b + c));
        put_sometime(on, {{&kinds::run, a, 0, chance_.uniform(5, 60), 0.85}, {&kinds::run, b, 0, chance_.uniform(5, 60), 1.12}, {&kinds::run, c, 0, 0, 0.8}},
                     kinds_of_act::warm_up);
    }

    void brick(bool as_session) {
        const route ride = make_loop(chance_, who_.land, surface::roads, {}, chance_.uniform(12000, 40000));
        const route run = make_loop(chance_, who_.land, surface::streets, {}, chance_.uniform(2500, 8000));
        put_sometime(way(joined(ride, run)), {{&kinds::ride, ride.length(), 0, chance_.uniform(8, 60)}, {&kinds::run, run.length()}},
                     as_session ? kinds_of_act::two_sessions : kinds_of_act::brick, as_session);
    }

    void two_sessions() { brick(true), brick(true); }

    void repetitions() {
        const int n = chance_.between(4, 9);
        const double each = 200.0 * chance_.between(2, 5);
        list sections;
        for (int i = 0; i < n; ++i) sections.push_back({&kinds::track_run, each, 0, chance_.uniform(120, 300)});
        put_sometime(oval(each * n), std::move(sections), kinds_of_act::repetitions);
    }

    void laps() {
        const int n = chance_.between(5, 10);
        list sections;
        for (int i = 0; i < n; ++i) sections.push_back({&kinds::track_run, 400, 0, chance_.uniform(4, 15), 0.92});
        put_sometime(oval(400.0 * n), std::move(sections), kinds_of_act::laps);
    }

    const route* oval(double meters) { return way(make_oval({900, 400, who_.land.base_m}, who_.land.street_turn, meters)); }

    void triathlon() {
        const double size = chance_.chance(0.6) ? 1 : 2;
        const place lake{2500, 1800, 0};
        const route swim = make_loop(chance_, who_.land, surface::water, lake, 750 * size);
        const route ride = make_loop(chance_, who_.land, surface::roads, lake, 20000 * size);
        const route run = make_loop(chance_, who_.land, surface::streets, lake, 5400 * size);
        put(chance_.uniform(450, 720), way(joined(joined(swim, ride), run)),
            {{&kinds::open_water, swim.length()}, {&kinds::shift, 180}, {&kinds::ride, ride.length() - 180}, {&kinds::shift, 120}, {&kinds::run, run.length() - 300}},
            kinds_of_act::alone, true);
    }

    void false_start() {
        const auto i = static_cast<std::size_t>(chance_.between(0, 2));
        const kind* what = who_.sports[i];
        const route* on = favorites_[i][0];
        if (!on || what->indoor) return free_day();
        const double first = what->speed_mps * chance_.uniform(20, 60);
        put_sometime(on, {{what, first, 0, chance_.uniform(10, 100)}, {what, on->length() - first}}, kinds_of_act::false_start);
    }

    void stretch() {
        put_sometime(nullptr, {{&kinds::yoga, 0, chance_.uniform(900, 2400), chance_.uniform(40, 400)}, {&kinds::core, 0, chance_.uniform(600, 1900)}},
                     kinds_of_act::yoga_core);
    }

    void lift() {
        const int n = chance_.between(4, 8);
        list sections;
        if (!rare_ || chance_.chance(0.5)) sections.push_back({&kinds::strength, 0, chance_.uniform(1800, 4200)});
        else
            for (int i = 0; i < n; ++i) sections.push_back({&kinds::strength, 0, chance_.uniform(40, 90), chance_.uniform(60, 180)});
        const bool one = sections.size() == 1, session = !one && chance_.chance(0.6);
        put_sometime(nullptr, std::move(sections), one || session ? kinds_of_act::alone : kinds_of_act::sets, session);
    }

    const athlete& who_;
    bool rare_;
    rng& chance_;
    plan out_{};
    int acts_ = 0;
    double loop_minute_ = 0, program_s_ = 0;
    const route *loop_ = nullptr, *commute_ = nullptr, *home_again_ = nullptr, *dog_ = nullptr;
    const route* favorites_[3][3]{};
    std::uint64_t program_ = 0;
    date::sys_days today_{};
    instant free_from_{};
    std::optional<same_again> tomorrow_{};
};

}  // namespace

plan plan_of(const athlete& who, mix of, rng& chance) { return planner{who, of, chance}.run(); }

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
//
// A field the library has never heard of takes part in merging: the host defines a role, says who owns it, and binds it.
#include <coincide/coincide.hpp>

#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace app {

struct mood_t : coincide::role<double, coincide::dimension::scalar, coincide::authority::subjective> {
    static constexpr std::string_view name = "mood";
};
inline constexpr mood_t mood{};

struct Session {
    std::string from;
    std::chrono::sys_seconds start;
    std::chrono::minutes length{};
    std::optional<int> mood;
    std::optional<double> watts;
};

}  // namespace app

template <>
struct coincide::describe<app::Session> {
    static constexpr schema fields{
        bind(source, &app::Session::from),
        bind(start_time, &app::Session::start),
        bind(elapsed, &app::Session::length),
        bind(app::mood, &app::Session::mood),
        bind(avg_power_w, &app::Session::watts),
    };
};
static_assert(coincide::record<app::Session>);

int main() {
    using namespace std::chrono_literals;
    const std::chrono::sys_seconds start{1717394400s};
    const std::vector<app::Session> sessions{
        {"wahoo", start, 61min, 2, 214.0},
        {"manual", start, 60min, 4, std::nullopt},
    };
    app::Session merged{};
    for (auto const& group : coincide::group(sessions, coincide::presets::balanced)) {
        auto const chosen = coincide::merge(sessions, group, coincide::presets::measured_first);
        coincide::write(chosen, sessions, merged);
        for (auto const& c : chosen.fields) std::cout << c.role << " from " << sessions[c.row].from << " (" << to_string(c.by) << ")\n";
    }
    // measured: the power meter's; felt: the athlete's own word
    return merged.watts == 214.0 && merged.mood == 4 ? 0 : 1;
}

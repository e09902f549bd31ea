// SPDX-License-Identifier: BSL-1.0
//
// The same with oneTBB: more pieces than cores, which its scheduler spreads, and groups that are merged in parallel as well.
#include <coincide/coincide.hpp>

#include <tbb/parallel_for.h>

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

struct Run {
    std::string athlete, service, id, title;
    std::chrono::sys_seconds started;
    int seconds = 0;
};

template <>
struct coincide::describe<Run> {
    static constexpr schema fields{
        bind(athlete_id, &Run::athlete), bind(source, &Run::service), bind(external_id, &Run::id),
        bind(name, &Run::title),         bind(start_time, &Run::started), bind(elapsed, &Run::seconds),
    };
};

int main() {
    using namespace std::chrono_literals;
    std::vector<Run> runs;
    for (int a = 0; a < 100; ++a)
        for (int day = 0; day < 20; ++day) {
            const std::chrono::sys_seconds start{std::chrono::days{19800 + day} + 7h};
            runs.push_back({std::to_string(a), "polar", std::to_string(day), "", start, 2400 + 31 * day});
            runs.push_back({std::to_string(a), "strava", std::to_string(day), "Run " + std::to_string(day), start + 4s, 2398 + 31 * day});
        }

    const auto pieces = coincide::split_by_athlete(runs, 64);
    std::vector<coincide::grouping> answers(pieces.size());
    tbb::parallel_for(std::size_t{0}, pieces.size(), [&](std::size_t i) { answers[i] = coincide::group_piece(runs, pieces[i], coincide::presets::balanced); });
    const auto groups = coincide::join_pieces(answers);

    std::vector<Run> clean(groups.size());
    tbb::parallel_for(std::size_t{0}, groups.size(), [&](std::size_t g) {
        coincide::write(coincide::merge(runs, groups[g], coincide::presets::measured_first), runs, clean[g]);
    });
    std::cout << runs.size() << " records of " << pieces.size() << " pieces are " << clean.size() << " runs, the first \"" << clean.front().title << "\"\n";
    return clean.size() == 2000 && clean.front().title == "Run 0" ? 0 : 1;
}

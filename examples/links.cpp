// SPDX-License-Identifier: BSL-1.0
//
// One grouping in the three forms that hosts store: a duplicate_of column, a junction table, a group id. And an athlete's pin.
#include <coincide/coincide.hpp>

#include <iostream>
#include <vector>

int main() {
    using coincide::milliseconds, coincide::seconds;
    coincide::activity watch;
    watch.source = "garmin", watch.external_id = "5001";
    watch.start_time = coincide::instant{seconds{1717394400}};
    watch.elapsed = milliseconds{3600000};
    watch.distance_m = 10000;
    auto copy = watch;
    copy.source = "strava", copy.external_id = "9001";
    copy.origin = {"garmin", "5001"};
    const std::vector<coincide::activity> records{watch, copy};

    const auto groups = coincide::group(records, coincide::presets::balanced);
    for (auto const& group : groups) {
        const auto chosen = coincide::merge(records, group, coincide::presets::ridetool_priority);
        for (auto const [row, of] : duplicate_of(chosen)) std::cout << "update activities set duplicate_of = " << of << " where row = " << row << '\n';
        for (auto const [a, b, kind, weight] : junction_rows(group)) std::cout << "insert into links values (" << a << ", " << b << ", '" << to_string(kind) << "', " << weight << ")\n";
        for (auto const [row, id] : group_ids(group)) std::cout << "update activities set duplicate_group = " << id << " where row = " << row << '\n';
    }

    const coincide::pin apart[] = {{0, 1, coincide::pin_kind::cannot}};
    return groups.size() == 1 && coincide::group(records, coincide::presets::balanced, apart).size() == 2 ? 0 : 1;
}

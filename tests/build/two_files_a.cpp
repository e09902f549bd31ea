// SPDX-License-Identifier: BSL-1.0
//
// Two source files of one program include every header, in opposite orders: it must link (nothing defined twice) and both must
// see the same objects (nothing with internal linkage that should be one thing).
#include "all_headers.hpp"

const void* start_time_seen_by_b();
const void* fields_seen_by_b();
std::size_t record_size_seen_by_b();

int main() {
    const bool same = start_time_seen_by_b() == &coincide::start_time &&
                      fields_seen_by_b() == &coincide::describe<coincide::activity>::fields &&
                      record_size_seen_by_b() == sizeof(coincide::activity);
    return same ? 0 : 1;
}

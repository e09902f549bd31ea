// SPDX-License-Identifier: BSL-1.0
//
// The other half of two_files_a.cpp.
#include "all_headers_reversed.hpp"

const void* start_time_seen_by_b() { return &coincide::start_time; }
const void* fields_seen_by_b() { return &coincide::describe<coincide::activity>::fields; }
std::size_t record_size_seen_by_b() { return sizeof(coincide::activity); }

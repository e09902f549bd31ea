// SPDX-License-Identifier: BSL-1.0
//
// Names for headers that only mention the library's types.
#pragma once

namespace coincide {

template <class Host>
struct describe;
struct activity;
class samples;
struct signature;
struct fingerprint;
struct evidence;
class evidence_list;
struct comparison;
struct match_policy;
struct pin;
struct pair_link;
struct record_group;
class grouping;
struct merge_policy;
struct choice;
struct choices;
struct problem;

}  // namespace coincide

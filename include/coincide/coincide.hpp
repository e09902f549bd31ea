// SPDX-License-Identifier: BSL-1.0
//
// Records, matching, grouping, merging and the ledger; what sources mean is normalize/profiles.hpp. Prefer the single headers in code
// that is compiled often.
#pragma once

#include <coincide/group/athletes.hpp>
#include <coincide/ledger/ingest.hpp>
#include <coincide/match/compare.hpp>
#include <coincide/match/fingerprint.hpp>
#include <coincide/match/fuzzy.hpp>
#include <coincide/match/words.hpp>
#include <coincide/merge/links.hpp>
#include <coincide/merge/merge.hpp>
#include <coincide/record/activity.hpp>

// SPDX-License-Identifier: BSL-1.0
//
// The one main of all test programs: Catch2's implementation takes seconds to compile, so it is compiled once.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

// SPDX-License-Identifier: BSL-1.0
//
// The library's version and its one assertion macro. Everything else includes this header; it costs one standard header.
//
// A host that wants its own assertion defines COINCIDE_ASSERT(condition, words) before the first include, in every file alike.
#pragma once

#define COINCIDE_VERSION_MAJOR 0
#define COINCIDE_VERSION_MINOR 1
#define COINCIDE_VERSION_PATCH 0

#ifndef COINCIDE_ASSERT
#    include <cassert>
/// A broken precondition: a mistake of the calling program, never of its data. Data errors are values, see problem.hpp.
#    define COINCIDE_ASSERT(condition, words) assert((condition) && (words))
#endif

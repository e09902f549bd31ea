// SPDX-License-Identifier: BSL-1.0
//
// The server that all tests of this folder share; they keep apart by schemas.
#pragma once

#include "postgres_server.hpp"

#include <catch2/catch.hpp>

/// Null, with a word on it, where PostgreSQL is not installed.
inline postgres_server* server() {
    static const auto one = postgres_server::start();
    if (!one && postgres_server::installed().empty()) WARN("PostgreSQL is not installed: nothing is tested");
    else if (!one) FAIL("PostgreSQL does not start");
    return one.get();
}

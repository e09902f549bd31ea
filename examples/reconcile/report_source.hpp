// SPDX-License-Identifier: BSL-1.0
//
// The page of the report as text, up to its data and after it. Made of report/ by cmake/inline_page.cmake when the program is
// built.
#pragma once

#include <string_view>

namespace reconcile {

extern const std::string_view page_before_data, page_after_data;

}  // namespace reconcile

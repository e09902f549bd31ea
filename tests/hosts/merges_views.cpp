// SPDX-License-Identifier: BSL-1.0
//
// The same for hosts whose rows are views, and for types that are not one's own.
#include "columnar_rows.hpp"
#include "foreign_type.hpp"
#include "merges.hpp"

TEMPLATE_TEST_CASE("rows that are views are merged alike into the ready-made activity", "[hosts]", hosts::columnar_row, hosts::foreign_type) {
    hosts::merges_alike<TestType>();
}

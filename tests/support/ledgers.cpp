// SPDX-License-Identifier: BSL-1.0
#include "ledgers.hpp"

template coincide::incoming_record coincide::incoming<coincide::activity>(const coincide::activity&, std::string_view, const coincide::ledger_policy&, std::string_view);
template coincide::ledger_plan coincide::plan<coincide::activity>(const coincide::ledger_view&, std::string_view, const coincide::request&, const coincide::ledger_policy&);

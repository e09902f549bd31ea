// SPDX-License-Identifier: BSL-1.0
#include "doubts.hpp"

#include "json_write.hpp"

#include <coincide/normalize/plausibility.hpp>

#include <algorithm>
#include <string>

namespace reconcile {
namespace {

std::string_view words_of(coincide::suspicion_by why) {
    switch (why) {
    case coincide::suspicion_by::second_field: return "time and average speed say so";
    case coincide::suspicion_by::speed: return "nobody moves like this in that sport";
    case coincide::suspicion_by::body: return "no body does this";
    case coincide::suspicion_by::shape: return "hundredths of a metre";
    case coincide::suspicion_by::duplicate: return "another record of this activity says so";
    }
    return {};
}

finding told(const coincide::suspicion& s, bool mended) {
    finding f;
    f.kind = finding_kind::salvage;
    f.code = coincide::problem_code::implausible;
    f.field = s.field;
    append_number(f.reason, s.factor, 4);
    f.reason += mended ? " times the value was taken" : " times the value would fit";
    f.reason.append(" (").append(words_of(s.why)).append(")");
    return f;
}

}  // namespace

void doubt_values(decoded& content, bool mend) {
    for (auto& d : content.activities) {
        for (const auto& s : coincide::implausible(d.activity)) {
            if (mend) coincide::repair(d.activity, s);
            auto f = told(s, mend);
            f.pointer = d.pointer.value_or("");
            f.source = d.activity.source;
            f.external_id = d.activity.external_id;
            content.findings.push_back(std::move(f));
        }
    }
}

std::vector<finding> doubt_members(const std::vector<coincide::activity>& records, const coincide::record_group& group, std::uint32_t primary) {
    std::vector<finding> out;
    const auto part = [&group](std::uint32_t r) {
        return std::any_of(group.links.begin(), group.links.end(), [r](const coincide::pair_link& l) {
            return l.kind == coincide::relation::part_of && (l.a == r || l.b == r);
        });
    };
    const auto of_primary = coincide::implausible(records[primary]);  // told already: then it is no measure for others
    const auto doubted = [&of_primary](std::string_view field) {
        return std::any_of(of_primary.begin(), of_primary.end(), [field](const coincide::suspicion& s) { return s.field == field; });
    };
    for (const auto r : group.members) {
        if (r == primary || part(r) || part(primary)) continue;
        for (const auto& s : coincide::implausible_beside(records[r], records[primary])) {
            if (doubted(s.field)) continue;
            auto f = told(s, false);
            f.source = records[r].source;
            f.external_id = records[r].external_id;
            out.push_back(std::move(f));
        }
    }
    return out;
}

}  // namespace reconcile

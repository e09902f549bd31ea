// SPDX-License-Identifier: BSL-1.0
//
// What a mobile SDK takes of the library: payloads of a phone's own health store normalized, records grouped (tracks, wrong clocks, learned clocks),
// merged and written back, a duplicate looked up. Built as a shared library with nothing else in it; scripts/size.sh tells its size.
// MOBILE_PROVIDERS: how many profiles are in it; 0, the 2 of a phone's own stores, or all 46.
#include <coincide/coincide.hpp>
#include <coincide/group/learn_clocks.hpp>
#include <coincide/match/pairs.hpp>
#include <coincide/match/signature_index.hpp>
#include <coincide/normalize/normalize.hpp>
#if MOBILE_PROVIDERS == 46
#include <coincide/normalize/profiles.hpp>
#elif MOBILE_PROVIDERS == 2
#include <coincide/normalize/providers/apple_health.hpp>
#include <coincide/normalize/providers/health_connect.hpp>
#endif

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

using namespace coincide;

/// The app's own parsed JSON, behind two functions.
struct app_payload {
    static constexpr bool text_only = false;
    const void* node = nullptr;
    delivered (*value_at)(const void*, std::string_view) = nullptr;
    const void* (*item_at)(const void*, std::string_view, std::uint32_t) = nullptr;

    [[nodiscard]] delivered at(std::string_view path) const { return value_at(node, path); }
    template <class Visit>
    bool for_each(std::string_view path, Visit&& visit) const {
        std::uint32_t i = 0;
        for (; const auto* item = item_at(node, path, i); ++i)
            if (!visit(app_payload{item, value_at, item_at})) break;
        return i > 0;
    }
};
static_assert(payload<app_payload>);

#if MOBILE_PROVIDERS
#if MOBILE_PROVIDERS == 2
constexpr const profile* known[] = {&providers::apple_json, &providers::health_connect};
#else
constexpr const auto& known = providers::all;
#endif
extern "C" __attribute__((visibility("default"))) bool sdk_normalize(const app_payload& from, std::uint32_t provider, activity* to) {
    auto read = normalize(from, *known[provider]);
    if (!read) return false;
    *to = std::move(read->record);
    return true;
}
#endif
extern "C" __attribute__((visibility("default"))) std::uint32_t sdk_group_and_merge(const activity* records, std::uint32_t n, activity* clean) {
    const std::vector<activity> all(records, records + n);
    const auto learned = group_and_learn(all, presets::balanced);
    std::uint32_t made = 0;
    for (const auto g : learned.groups) write(merge(all, g, presets::measured_first), all, clean[made++]);
    return made;
}
extern "C" __attribute__((visibility("default"))) std::uint64_t sdk_fingerprint(const activity& a) { return fingerprint_of(a).value_or(fingerprint{}).bits; }
extern "C" __attribute__((visibility("default"))) bool sdk_is_known(const signature_index& index, const activity& a) {
    bool found = false;
    index.find(signature_of(a, 0), [&](const signature&) { found = true; });
    return found;
}

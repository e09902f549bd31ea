// SPDX-License-Identifier: BSL-1.0
#include "derived.hpp"

#include "derived_families.hpp"
#include "derived_recordings.hpp"
#include "random.hpp"
#include "scenarios.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <utility>

namespace accuracy {
namespace {

using namespace derived;

/// Its samples reach over most of it. Of others nobody knows what a part would hold.
bool is_whole(const activity& a) {
    const auto& s = a.track.empty() ? a.streams : a.track;
    return s.empty() || milliseconds{s.t_ms.back() - s.t_ms.front()} * 5 >= length(a) * 4;
}

/// Nothing that names another record: neither ids nor checksums nor words.
void strip(activity& a, rng& luck) {
    a.external_id = std::to_string(luck.next() >> 20);
    a.origin = {}, a.file = {}, a.device = {};
    a.name.clear(), a.notes.clear(), a.tags.clear(), a.extra.clear(), a.parent_id.clear();
    a.updated_at.reset(), a.revision.reset();
    a.locked.clear(), a.computed.clear();
}

/// What the same device would write about another activity.
void as_own_recording(activity& a, rng& luck) {
    a.external_id = std::to_string(luck.next() >> 20);
    a.origin.external_id.clear();
    a.file.sha256.clear();
    if (a.file.time_created) a.file.time_created = std::chrono::floor<seconds>(a.start_time);
}

class assembly {
public:
    assembly(const std::vector<recording>& all, const family& of, std::uint64_t seed) : family_{of}, seed_{seed}, next_act_{all.back().act + 1} {
        for (auto from = all.begin(); from != all.end();) {
            const auto to = std::find_if(from, all.end(), [&](const recording& r) { return r.act != from->act; });
            add_act(from, to);
            from = to;
        }
        mix_up();
    }
    history take() { return std::move(out_); }

private:
    using place = std::vector<recording>::const_iterator;

    void add_act(place from, place to) {
        rng luck{mixed(seed_, from->act)};
        const auto made = make(from, to, luck);
        const bool apart = family_.as != comes_as::copies && !made.empty();
        const auto* near = apart ? &family_.kind : &kinds_of_act::alone;
        if (family_.as != comes_as::halves || !apart)
            for (auto r = from; r != to; ++r) add(r->record, {from->act, &scenarios::plain, near});
        for (auto a : made) {
            if (apart) as_own_recording(a, luck);
            else strip(a, luck), a.source = family_.source;
            add(std::move(a), apart ? truth{next_act_++, &scenarios::plain, near} : truth{from->act, &family_.kind, near});
        }
    }
    /// Of one recording of the act, by chance: an act that seven devices recorded does not weigh more than others.
    std::vector<activity> make(place from, place to, rng& luck) const {
        const auto n = std::distance(from, to);
        const auto first = luck.between(0, static_cast<int>(n) - 1);
        for (std::ptrdiff_t i = 0; i < n; ++i) {
            const auto& r = std::next(from, (first + i) % n)->record;
            if (r.clock_unset || !is_whole(r)) continue;
            if (auto made = family_.make(r, luck); !made.empty()) return made;
        }
        return {};
    }
    void add(activity a, truth t) {
        out_.records.push_back(std::move(a));
        out_.truths.push_back(t);
    }
    void mix_up() {
        rng luck{seed_};
        for (auto i = out_.records.size(); i > 1; --i) {
            const auto k = static_cast<std::size_t>(luck.next() % i);
            std::swap(out_.records[i - 1], out_.records[k]);
            std::swap(out_.truths[i - 1], out_.truths[k]);
        }
    }

    const family& family_;
    std::uint64_t seed_;
    std::uint32_t next_act_;
    history out_{};
};

}  // namespace

std::vector<history> derive(const std::filesystem::path& folder, std::uint64_t seed) {
    const auto all = read_recordings(folder);
    std::vector<history> out;
    if (all.empty()) return out;
    std::uint64_t number = 0;
    for (const auto table : {copies(), twins()})
        for (const auto& f : table) out.push_back(assembly{all, f, mixed(seed, number++)}.take());
    return out;
}

}  // namespace accuracy

// SPDX-License-Identifier: BSL-1.0
#include "history.hpp"

#include "json_text.hpp"
#include "json_write.hpp"

#include <coincide/merge/merge.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace reconcile {

using coincide::activity;

namespace {

template <class Role>
bool says(const activity& a) {
    if constexpr (std::same_as<Role, coincide::track_t>) return !a.track.empty();
    else if constexpr (std::same_as<Role, coincide::clock_unset_t>) return a.clock_unset;
    else return static_cast<bool>(coincide::read(a, Role{}));
}

int fields_said(const activity& a) {
    int said = 0;
    coincide::describe<activity>::fields.for_each(
        [&]<class Role, class G, class S, class A>(const coincide::field<Role, G, S, A>&) { said += says<Role>(a); });
    return said;
}

/// What is said about a field goes with the field's value: an unset clock with its start, `computed` with what was computed.
template <class Role>
constexpr bool goes_with_another = std::same_as<Role, coincide::clock_unset_t> || std::same_as<Role, coincide::computed_t>;

template <class Role>
void take_if_silent(activity& into, const activity& from) {
    constexpr auto member = coincide::describe<activity>::fields[Role{}].get;
    if (goes_with_another<Role> || says<Role>(into) || !says<Role>(from)) return;
    into.*member = from.*member;
    if (std::find(from.computed.begin(), from.computed.end(), Role::name) != from.computed.end()) into.computed.emplace_back(Role::name);
}

/// Unknown members that `extra` does not have yet.
void add_unknown(std::string& extra, const std::string& more) {
    std::set<std::string, std::less<>> known;
    const std::string have = '{' + extra + '}', others = '{' + more + '}';
    for (raw_values members{have}; !members.done();) known.emplace(members.next_member().key);
    for (raw_values members{others}; !members.done();) {
        const auto [key, value] = members.next_member();
        if (known.contains(key)) continue;
        if (!extra.empty()) extra += ',';
        extra.append(key).append(":").append(value);
    }
}

auto identity_of(const activity& a) { return std::tie(a.athlete_id, a.source, a.external_id); }

/// "#2": an activity's place in its file, until the file's name is settled.
std::string numbered(unsigned ordinal) { return std::string{'#'}.append(std::to_string(ordinal)); }

auto place_of(const finding& f) {
    return std::tie(f.file, f.line, f.offset, f.pointer, f.source, f.external_id, f.field, f.code, f.kind, f.reason);
}

}  // namespace

activity unite(std::vector<activity> deliveries) {
    struct ranked {
        activity record;
        int said;
        std::string bytes;
    };
    std::vector<ranked> order;
    for (auto& d : deliveries) {
        std::string bytes;
        write_record(bytes, d, {.with_tracks = true});
        const int said = fields_said(d);
        order.push_back({std::move(d), said, std::move(bytes)});
    }
    std::sort(order.begin(), order.end(), [](const ranked& x, const ranked& y) {
        return std::tie(x.record.revision, x.record.updated_at, x.said, x.bytes) > std::tie(y.record.revision, y.record.updated_at, y.said, y.bytes);
    });
    activity out = std::move(order.front().record);
    for (std::size_t i = 1; i < order.size(); ++i) {
        const auto& next = order[i].record;
        coincide::describe<activity>::fields.for_each(
            [&]<class Role, class G, class S, class A>(const coincide::field<Role, G, S, A>&) { take_if_silent<Role>(out, next); });
        add_unknown(out.extra, next.extra);
    }
    return out;
}

activity history::whole(std::size_t i) const {
    auto out = records_[i];
    packed_[i].put_back(out);
    return out;
}

void history::add(const provenance& file, decoded&& content) {
    for (auto& d : content.activities) pack(d);
    files_.push_back({file, std::move(content), 0});
}

void history::add(std::vector<finding>&& more) {
    findings_.insert(findings_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void history::settle() {
    std::sort(files_.begin(), files_.end(), [](const added_file& x, const added_file& y) {
        return std::tie(x.file.id, x.file.sha256, x.file.source) < std::tie(y.file.id, y.file.sha256, y.file.source);
    });
    unite_equal_files();
    name_records();
    unite_deliveries();
    sort_findings(findings_);
}

void sort_findings(std::vector<finding>& findings) {
    std::sort(findings.begin(), findings.end(), [](const finding& x, const finding& y) { return place_of(x) < place_of(y); });
}

/// Files with equal bytes are one record with every path; the first path in byte order names it.
void history::unite_equal_files() {
    std::map<std::string, std::size_t> first;  // sha256 -> index into files_
    std::vector<added_file> kept;
    std::vector<std::vector<std::string>> paths;
    for (auto& f : files_) {
        if (!f.file.brings_ids && !f.file.sha256.empty()) {
            const auto [at, is_new] = first.try_emplace(f.file.sha256, kept.size());
            auto& same = is_new ? f.content : kept[at->second].content;
            // one name may tell the kind of file where another one does not; what nobody can read is told for each
            if (!is_new && same.activities.empty() && !f.content.activities.empty()) at->second = kept.size();
            else if (!is_new && !same.activities.empty()) {
                paths[at->second].push_back(f.file.id);
                continue;
            }
        }
        paths.push_back({f.file.id});
        kept.push_back(std::move(f));
    }
    files_ = std::move(kept);
    for (std::size_t i = 0; i < files_.size(); ++i) {
        auto activities = std::exchange(files_[i].content.activities, {});
        files_[i].records = activities.size();
        for (auto& d : activities) {
            stored_record s{std::move(d.activity), std::move(d.packed), paths[i]};
            // ordinal and parent are turned into ids by name_records, which knows which paths clash
            if (files_[i].file.brings_ids) {
                s.from = {files_[i].file.id + '#'};
                s.from.front() += d.pointer ? *d.pointer : '/' + std::to_string(d.ordinal - 1);
                s.from.insert(s.from.end(), d.also_from.begin(), d.also_from.end());
            } else {
                s.record.external_id = numbered(d.ordinal);
                if (d.parent_ordinal != 0) s.record.parent_id = numbered(d.parent_ordinal);
            }
            stored_.push_back(std::move(s));
        }
    }
}

void history::name_records() {
    std::map<std::string, int> uses;  // of a path, among files that differ
    for (const auto& f : files_) uses[f.file.id] += !f.file.brings_ids;
    std::size_t next = 0;
    for (const auto& f : files_) {
        auto name = f.file.id;
        if (uses[name] > 1) name.append("@").append(f.file.sha256, 0, 8);
        const auto id_of = [&name](const std::string& ordinal) { return ordinal == "#1" ? name : name + ordinal; };
        for (std::size_t k = 0; k < f.records; ++k, ++next) {
            auto& record = stored_[next].record;
            if (record.athlete_id.empty()) record.athlete_id = default_athlete_;
            if (f.file.brings_ids) continue;
            record.external_id = id_of(record.external_id);
            if (!record.parent_id.empty()) record.parent_id = id_of(record.parent_id);
            record.file.sha256 = f.file.sha256;
            if (!f.file.source.empty()) record.origin.source = f.file.source;
        }
        for (auto finding : f.content.findings) {
            finding.file = f.file.id;
            findings_.push_back(std::move(finding));
        }
    }
}

void history::unite_deliveries() {
    std::stable_sort(stored_.begin(), stored_.end(),
                     [](const stored_record& x, const stored_record& y) { return identity_of(x.record) < identity_of(y.record); });
    std::vector<stored_record> united;
    united.reserve(stored_.size());
    for (std::size_t i = 0, j = 0; i < stored_.size(); i = j) {
        std::vector<activity> deliveries;
        std::vector<packed_samples> packed;
        stored_record one;
        for (; j < stored_.size() && (j == i || identity_of(stored_[j].record) == identity_of(deliveries.front())); ++j) {
            deliveries.push_back(std::move(stored_[j].record));
            packed.push_back(std::move(stored_[j].packed));
            one.from.insert(one.from.end(), stored_[j].from.begin(), stored_[j].from.end());
        }
        if (deliveries.size() == 1) {
            one.record = std::move(deliveries.front()), one.packed = std::move(packed.front());
        } else {
            for (std::size_t k = 0; k < deliveries.size(); ++k) packed[k].put_back(deliveries[k]);
            one.record = unite(std::move(deliveries));
            one.packed = packed_samples{one.record};
        }
        std::sort(one.from.begin(), one.from.end());
        one.from.erase(std::unique(one.from.begin(), one.from.end()), one.from.end());
        united.push_back(std::move(one));
    }
    std::sort(united.begin(), united.end(), [](const stored_record& x, const stored_record& y) {
        return std::tie(x.record.athlete_id, x.record.start_time, x.record.source, x.record.external_id) <
               std::tie(y.record.athlete_id, y.record.start_time, y.record.source, y.record.external_id);
    });
    stored_ = {}, files_ = {};
    records_.reserve(united.size());
    for (auto& s : united) {
        records_.push_back(std::move(s.record));
        packed_.push_back(std::move(s.packed));
        from_.push_back(std::move(s.from));
    }
}

}  // namespace reconcile

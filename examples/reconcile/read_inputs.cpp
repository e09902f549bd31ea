// SPDX-License-Identifier: BSL-1.0
#include "read_inputs.hpp"

#include "csv.hpp"
#include "fit.hpp"
#include "gpx.hpp"
#include "json_read.hpp"
#include "provider_json.hpp"
#include "tcx.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace reconcile {

namespace {

struct outcome {
    provenance file{};
    decoded content{};
    bool opened = false;
};

finding about(const input_file& file, finding_kind kind, coincide::problem_code code, std::string reason) {
    finding f;
    f.kind = kind;
    f.code = code;
    f.reason = std::move(reason);
    f.file = file.id;
    return f;
}

/// Records of services and of our own format have ids; those of recordings are named after their file.
bool brings_ids(file_format format) {
    return format == file_format::ndjson || format == file_format::json || format == file_format::apple_xml || format == file_format::csv;
}

outcome read_one(const input_file& file, const read_options& options, const decode_limits& limits) {
    outcome out;
    out.file = {file.id, {}, file.source, brings_ids(file.format)};
    auto content = load(file, limits);
    if (!content) {
        out.content.findings.push_back(about(file, finding_kind::reject, content.error().code, "the file could not be read"));
        return out;
    }
    out.opened = true;
    out.file.sha256 = content->sha256;
    out.content = decode(file.format, content->bytes, limits, {options.athlete, {file.source, options.timezone}});
    if (content->damage)
        out.content.findings.push_back(about(file, finding_kind::salvage, *content->damage, "the compressed file is damaged; what could be expanded was read"));
    return out;
}

}  // namespace

decoded decode(file_format format, std::span<const std::byte> bytes, const decode_limits& limits, const decode_options& options) {
    switch (format) {
    case file_format::fit: return decode_fit(bytes, limits);
    case file_format::gpx: return decode_gpx(bytes, limits);
    case file_format::tcx: return decode_tcx(bytes, limits);
    case file_format::ndjson: return decode_ndjson(bytes, limits, options.athlete);
    case file_format::csv: return decode_csv(bytes, options.provider, limits);
    case file_format::json: return decode_provider_json(bytes, options.provider, limits);
    case file_format::apple_xml:
    case file_format::other: break;
    }
    decoded out;
    out.findings.push_back({finding_kind::skip, coincide::problem_code::unsupported, "this kind of file is not read"});
    return out;
}

read_result read_inputs(std::span<const input_spec> inputs, const read_options& options) {
    read_result out{history{options.athlete}, 0};
    std::vector<finding> findings;
    const auto files = collect_inputs(inputs, options.out, findings);
    out.records.add(std::move(findings));

    const decode_limits limits;
    std::vector<outcome> outcomes(files.size());
    std::atomic<std::size_t> next{0};
    std::mutex telling;
    std::size_t done = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++) {
            outcomes[i] = read_one(files[i], options, limits);
            const std::lock_guard lock{telling};
            ++done;
            if (options.progress) options.progress(done, files.size());
        }
    };
    const auto wanted = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::thread> threads;
    for (unsigned t = 1; t < wanted && t < files.size(); ++t) threads.emplace_back(work);
    work();
    for (auto& t : threads) t.join();

    for (auto& o : outcomes) {
        out.files += o.opened;
        out.records.add(o.file, std::move(o.content));
    }
    out.records.settle();
    return out;
}

}  // namespace reconcile

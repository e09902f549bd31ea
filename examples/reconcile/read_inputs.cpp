// SPDX-License-Identifier: BSL-1.0
#include "read_inputs.hpp"

#include "apple_records.hpp"
#include "companions.hpp"
#include "csv.hpp"
#include "doubts.hpp"
#include "fit.hpp"
#include "gpx.hpp"
#include "json_read.hpp"
#include "provider_json.hpp"
#include "tcx.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <new>
#include <thread>

namespace reconcile {

namespace {

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

/// A whole export of Apple Health may be larger than the memory: it is read as it comes.
void read_apple(read_file& out, const provider_options& options) {
    const auto normalizing = normalizing_by(options);
    apple_reader reader{[&](apple_workout workout) { keep_workout(out.content, std::move(workout), normalizing); }};
    const auto end = for_each_chunk(out.file, {}, [&](std::span<const std::byte> piece) { return reader.feed(piece); });
    if (!end) {
        out.content.findings.push_back(about(out.file, finding_kind::reject, end.error().code, "the file could not be read"));
        return;
    }
    out.opened = true;
    out.from.sha256 = end->sha256;
    for (auto& f : reader.finish()) out.content.findings.push_back(std::move(f));
    if (end->damage)
        out.content.findings.push_back(about(out.file, finding_kind::salvage, *end->damage, "the compressed file is damaged; what could be expanded was read"));
}

read_file read_one(const input_file& file, const read_options& options, const decode_limits& limits) {
    read_file out;
    out.file = file;
    out.from = {file.id, {}, file.source, brings_ids(file.format)};
    if (file.format == file_format::apple_xml) {
        read_apple(out, {file.source, options.timezone, false});
        return out;
    }
    auto content = load(file, limits);
    if (!content) {
        out.content.findings.push_back(about(file, finding_kind::reject, content.error().code, "the file could not be read"));
        return out;
    }
    out.opened = true;
    out.from.sha256 = content->sha256;
    out.content = decode(file.format, content->bytes, limits, {options.athlete, {file.source, options.timezone, options.with_payloads}});
    for (auto& d : out.content.activities) pack(d);
    if (content->damage)
        out.content.findings.push_back(about(file, finding_kind::salvage, *content->damage, "the compressed file is damaged; what could be expanded was read"));
    return out;
}

/// A file that needs more memory than there is does not stop the others.
read_file read_if_it_fits(const input_file& file, const read_options& options, const decode_limits& limits) {
    try {
        return read_one(file, options, limits);
    } catch (const std::bad_alloc&) {
        read_file out;
        out.file = file;
        out.content.findings.push_back(about(file, finding_kind::reject, coincide::problem_code::too_large, "there is not enough memory for this file"));
        return out;
    }
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
    std::vector<read_file> outcomes(files.size());
    std::atomic<std::size_t> next{0};
    std::mutex telling;
    std::size_t done = 0;
    std::exception_ptr failed;  // not a matter of one file
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < files.size(); i = next++) {
                outcomes[i] = read_if_it_fits(files[i], options, limits);
                const std::lock_guard lock{telling};
                ++done;
                if (options.progress) options.progress(done, files.size());
            }
        } catch (...) {
            const std::lock_guard lock{telling};
            failed = std::current_exception(), next = files.size();
        }
    };
    const auto wanted = options.threads != 0 ? options.threads : std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::thread> threads;
    try {
        for (unsigned t = 1; t < wanted && t < files.size(); ++t) threads.emplace_back(work);
    } catch (const std::exception&) {
        // there are no more threads to be had, or no memory for one: those that run do the work
    }
    work();
    for (auto& t : threads) t.join();
    if (failed) std::rethrow_exception(failed);

    attach_companions(outcomes, [&](const input_file& file) { return read_if_it_fits(file, options, limits); });
    for (auto& o : outcomes) {
        out.files += o.opened;
        doubt_values(o.content, options.repair);
        out.records.add(o.from, std::move(o.content));
        o = {};
    }
    out.records.settle();
    return out;
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Finds the files to decode under the INPUTs of the command line, and loads them one at a time.
//
//     rides/2024/a.fit.gz   with INPUT rides        ->  id "2024/a.fit.gz", from "rides/2024/a.fit.gz"
//     rides/x.gpx           with INPUT rides/x.gpx  ->  id "x.gpx",         from "rides/x.gpx"
//     activities/7.tcx      with INPUT export.zip   ->  id "activities/7.tcx", from "export.zip/activities/7.tcx"
//
// The list depends on names alone, not on the order of the file system. Folders are walked in byte order; links to folders
// are not followed; hidden files, __MACOSX and the output of earlier runs are passed over: the --out folder, and any
// folder with a file `.coincide`. An archive is taken for hostile: members that lead out of it or that expand beyond the
// limits are rejected, and nothing is ever unpacked to disk.
#pragma once

#include "decoded.hpp"

#include <coincide/result.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reconcile {

/// An INPUT of the command line, and the --source that preceded it.
struct input_spec {
    std::filesystem::path path{};
    std::string source{};
};

/// By extension, after removing .gz, in any case.
enum class file_format : std::uint8_t { fit, gpx, tcx, ndjson, json, apple_xml, csv, other };

[[nodiscard]] file_format format_of(std::string_view name);

/// Limits of one archive, beside those of each file.
struct archive_limits {
    std::uint64_t members = 1'000'000;
    std::uint64_t nested_bytes = std::uint64_t{1} << 30;   // of an archive within an archive, which is held to be read
    std::uint64_t bytes = std::uint64_t{8} << 30;          // of the members to read, expanded, in archive order
    std::uint64_t stream_bytes = std::uint64_t{64} << 30;  // the same for apple_xml, which is read as a stream
};

/// A .zip: a file, or a member of one, as Garmin's account export keeps its recordings. No further: bombs are made that way.
struct archive_place {
    std::filesystem::path file{};
    std::optional<std::uint64_t> inside{};  // which member of `file` is the archive
};

/// A file to decode.
struct input_file {
    std::string id{};      // relative to its INPUT, with '/'; '#', '@', '%' and bytes that are not UTF-8 percent-encoded
    std::string from{};    // the INPUT as given, and the id
    std::string source{};  // from --source
    file_format format = file_format::other;
    std::filesystem::path file{};                    // the file itself, or the archive that it is a member of
    std::optional<std::uint64_t> member{};           // its index in the archive
    std::shared_ptr<const archive_place> archive{};  // one object for all members of an archive
};

/// All files under the INPUTs, in the order given. What is not read is told in `findings`, except for what is passed over.
[[nodiscard]] std::vector<input_file> collect_inputs(std::span<const input_spec> inputs,
                                                     const std::filesystem::path& out_dir, std::vector<finding>& findings,
                                                     const archive_limits& limits = {});

struct loaded {
    std::vector<std::byte> bytes{};
    std::string sha256{};                            // in hex, of the file as it stood, before gunzip
    std::optional<coincide::problem_code> damage{};  // the file is damaged; `bytes` is what could be recovered
};

/// Reads a file and expands gzip, which is recognised by its first bytes: some downloads keep the name and lose the packing.
///
/// Errors   unreadable, too_large; bad_checksum, malformed or unsupported (a member of an archive); those of gunzip.
/// Threads  may be called from many at once. Each thread keeps the archive it last read from open, so reading the members of
///          an archive in order is linear in their number.
[[nodiscard]] coincide::result<loaded> load(const input_file& file, const decode_limits& limits);

/// Limit of a file that is read as a stream. It is never held, so this bounds time, not memory.
struct stream_limits {
    std::uint64_t stream_bytes = std::uint64_t{64} << 30;  // after decompression
};

struct streamed {
    std::uint64_t bytes = 0;                         // of the pieces
    std::string sha256{};                            // as `load` gives it; empty when the file is over the limit
    std::optional<coincide::problem_code> damage{};  // why the pieces end early
};

/// Receives the pieces of a file in order, never empty, after expanding gzip. False: it wants no more.
using chunk_visitor = std::function<bool(std::span<const std::byte>)>;

/// Reads a file of any length without holding it. A visitor that wants no more is not called again; the rest of the file is
/// then read for its checksum only. The visitor may load other files meanwhile, also of the same archive.
///
/// Errors   those of `load`, while nothing has been handed over; later they are the damage.
/// Threads  may be called from many at once.
[[nodiscard]] coincide::result<streamed> for_each_chunk(const input_file& file, const stream_limits& limits,
                                                        const chunk_visitor& visit);

/// Where a name in an archive leads: its parts without "" and ".", at '/' and '\'. Nothing when it leads out of the archive.
[[nodiscard]] std::optional<std::vector<std::string>> safe_parts(std::string_view name);

/// Expands gzip data of one or more parts; trailing zeros are padding. `damage` says why it stopped early.
///
/// Errors   too_large: over `limits.file_bytes`, or over 1 MiB and a thousand times the packed size; else the damage, when
///          nothing could be recovered.
[[nodiscard]] coincide::result<loaded> gunzip(std::span<const std::byte> packed, const decode_limits& limits);

}  // namespace reconcile

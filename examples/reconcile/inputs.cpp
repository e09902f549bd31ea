// SPDX-License-Identifier: BSL-1.0
#include "inputs.hpp"

#include "utf8.hpp"

#include <openssl/evp.h>
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <utility>

namespace reconcile {
namespace {

namespace fs = std::filesystem;
using coincide::fail;
using coincide::problem_code;

constexpr std::string_view marker_file = ".coincide";
constexpr std::size_t chunk_bytes = std::size_t{1} << 16;

// No recording packs a thousand to one. Small files may: a few kilobytes of zeros harm nobody.
bool expands_too_far(std::uint64_t expanded, std::uint64_t packed) {
    return expanded > std::uint64_t{1} << 20 && expanded / 1000 > packed;
}

// ---- names ------------------------------------------------------------------------------------------------------------

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_zip_name(std::string_view name) { return lower(name).ends_with(".zip"); }

bool is_passed_over(std::string_view name) { return name.starts_with('.') || name == "__MACOSX"; }

// Percent-encodes the bytes of `reserved` and those that are not UTF-8.
std::string percent_encoded(std::string_view text, std::string_view reserved) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const auto byte = static_cast<unsigned char>(text.front());
        if (length == 0 || reserved.find(text.front()) != std::string_view::npos) {
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string id_of(std::string_view relative) { return percent_encoded(relative, "#@%"); }

std::string joined(std::string_view folder, std::string_view name) {
    std::string out{folder};
    if (!out.empty() && !out.ends_with('/')) out += '/';
    return out += name;
}

// ---- collecting -------------------------------------------------------------------------------------------------------

struct zip_closer {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
using zip_handle = std::unique_ptr<zip_t, zip_closer>;

struct zip_file_closer {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

// An archive that is open, and the bytes it is read from when it lies in another one.
struct opened_zip {
    std::vector<std::byte> bytes{};
    zip_handle zip{};
};
coincide::result<opened_zip> open_archive(const archive_place& place, std::uint64_t nested_limit);

bool is_link(zip_t* archive, std::uint64_t index) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return false;
    return system == ZIP_OPSYS_UNIX && (attributes >> 16 & 0170000) == 0120000;
}

// What stands against reading a member, judged by what the archive says of it. Whether that is true is seen when it is read.
std::optional<problem_code> objection_to(zip_t* archive, const zip_stat_t& stat) {
    constexpr zip_uint64_t needed = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if ((stat.valid & needed) != needed) return problem_code::malformed;
    const bool supported = stat.encryption_method == ZIP_EM_NONE && zip_compression_method_supported(stat.comp_method, 0);
    if (!supported || is_link(archive, stat.index)) return problem_code::unsupported;
    if (expands_too_far(stat.size, stat.comp_size)) return problem_code::too_large;
    return std::nullopt;
}

std::string sentence_of(problem_code code) {
    switch (code) {
    case problem_code::unreadable: return "The file or folder could not be read";
    case problem_code::unsafe_path: return "The name leads out of the archive";
    case problem_code::too_large: return "The archive expands beyond the limits";
    case problem_code::malformed: return "The archive is damaged";
    default: return "Files of this kind are not read";
    }
}

// What a file is that was given by name and has an ending that says nothing: a download without one, "page.json.1".
file_format format_within(const fs::path& path) {
    std::array<char, 512> head{};
    std::ifstream in{path, std::ios::binary};
    in.read(head.data(), head.size());
    std::string_view text{head.data(), static_cast<std::size_t>(in.gcount())};
    if (text.size() >= 12 && text.substr(8, 4) == ".FIT") return file_format::fit;
    text.remove_prefix(std::min(text.find_first_not_of("\xEF\xBB\xBF \t\r\n"), text.size()));
    if (text.starts_with('{') || text.starts_with('[')) return file_format::json;
    if (!text.starts_with('<')) return file_format::other;
    for (const auto& [root, format] : {std::pair{"<gpx", file_format::gpx}, std::pair{"<TrainingCenterDatabase", file_format::tcx},
                                       std::pair{"<HealthData", file_format::apple_xml}})
        if (text.find(root) != std::string_view::npos) return format;
    return file_format::other;
}

class collector {
public:
    collector(const fs::path& out_dir, std::vector<finding>& findings, const archive_limits& limits)
        : out_dir_{out_dir},
          findings_{findings},
          limits_{limits} {}

    void add(const input_spec& input) {
        source_ = input.source;
        prefix_ = percent_encoded(input.path.native(), {});
        std::error_code error;
        switch (fs::status(input.path, error).type()) {
        case fs::file_type::directory:
            if (is_output(input.path))
                note(finding_kind::skip, problem_code::unsupported, "", "A folder of results is not read");
            else
                walk(input.path, "");
            break;
        case fs::file_type::regular: add_given_file(input.path); break;
        case fs::file_type::none:
        case fs::file_type::not_found:
        case fs::file_type::unknown: reject(problem_code::unreadable, ""); break;
        default: skip(""); break;  // a pipe or a device could keep us waiting for ever
        }
    }
    std::vector<input_file> take() { return std::move(files_); }

private:
    void note(finding_kind kind, problem_code code, std::string_view relative, std::string reason) {
        finding f;
        f.kind = kind;
        f.code = code;
        f.reason = std::move(reason);
        f.file = relative.empty() ? prefix_ : id_of(relative);  // as records name their files
        f.source = source_;
        findings_.push_back(std::move(f));
    }
    void reject(problem_code code, std::string_view relative) {
        note(finding_kind::reject, code, relative, sentence_of(code));
    }
    void skip(std::string_view relative) {
        note(finding_kind::skip, problem_code::unsupported, relative, sentence_of(problem_code::unsupported));
    }

    bool is_output(const fs::path& folder) const {
        std::error_code error;
        return fs::exists(folder / marker_file, error) || (!out_dir_.empty() && fs::equivalent(folder, out_dir_, error));
    }

    void add_given_file(const fs::path& path) {
        const std::string name = path.filename().native();
        if (is_zip_name(name)) return add_archive(path, "");
        const auto format = format_of(name) == file_format::other ? format_within(path) : format_of(name);
        if (format == file_format::other) return skip("");
        files_.push_back({id_of(name), prefix_, source_, format, path, {}, {}});
    }

    void walk(const fs::path& folder, const std::string& relative) {
        std::error_code error;
        std::vector<std::string> names;
        for (fs::directory_iterator entry{folder, error}, end; !error && entry != end; entry.increment(error))
            names.push_back(entry->path().filename().native());
        if (error) reject(problem_code::unreadable, relative);
        std::sort(names.begin(), names.end());
        for (const auto& name : names)
            if (!is_passed_over(name)) add_entry(folder / name, joined(relative, name));
    }

    void add_entry(const fs::path& path, const std::string& relative) {
        std::error_code error;
        const auto type = fs::status(path, error).type();
        if (type == fs::file_type::directory) {
            if (!fs::is_symlink(fs::symlink_status(path, error)) && !is_output(path)) walk(path, relative);
        } else if (type == fs::file_type::none || type == fs::file_type::not_found) {  // a link to nowhere, or forbidden
            reject(problem_code::unreadable, relative);
        } else if (type == fs::file_type::regular && is_zip_name(relative)) {
            add_archive(path, relative);
        } else if (type != fs::file_type::regular || format_of(relative) == file_format::other) {
            skip(relative);
        } else {
            files_.push_back(
                {id_of(relative), joined(prefix_, id_of(relative)), source_, format_of(relative), path, {}, {}});
        }
    }

    void add_archive(const fs::path& path, const std::string& relative) {
        bytes_left_ = limits_.bytes;
        stream_bytes_left_ = limits_.stream_bytes;
        add_archive(archive_place{path, {}}, relative);
    }
    void add_archive(const archive_place& place, const std::string& relative) {
        const auto archive = open_archive(place, limits_.nested_bytes);
        if (!archive) return reject(archive.error().code, relative);
        const auto members = static_cast<std::uint64_t>(zip_get_num_entries(archive->zip.get(), 0));
        if (members > limits_.members) return reject(problem_code::too_large, relative);
        const auto outer = std::exchange(archive_, std::make_shared<const archive_place>(place));
        const std::size_t first = files_.size();
        std::vector<std::string> own_output;  // folders with the marker file, each with its slash
        for (std::uint64_t i = 0; i < members; ++i) {
            const char* const name = zip_get_name(archive->zip.get(), i, ZIP_FL_ENC_RAW);
            const std::string_view path{name ? name : ""};
            if (path == marker_file || path.ends_with("/.coincide")) own_output.emplace_back(path.substr(0, path.size() - marker_file.size()));
        }
        const auto is_own = [&own_output](std::string_view path) {
            return std::any_of(own_output.begin(), own_output.end(), [path](const std::string& folder) { return path.starts_with(folder); });
        };
        for (std::uint64_t i = 0; i < members; ++i) {
            const char* const name = zip_get_name(archive->zip.get(), i, ZIP_FL_ENC_RAW);
            if (own_output.empty() || !name || !is_own(name)) add_member(archive->zip.get(), i, relative);
        }
        archive_ = outer;
        std::stable_sort(files_.begin() + static_cast<std::ptrdiff_t>(first), files_.end(),
                         [](const input_file& a, const input_file& b) { return a.id < b.id; });
    }

    void add_member(zip_t* archive, std::uint64_t index, const std::string& archive_relative) {
        zip_stat_t stat;
        const char* raw_name = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
        if (!raw_name || zip_stat_index(archive, index, 0, &stat) != 0)
            return reject(problem_code::malformed, archive_relative);
        const std::string_view name{raw_name};
        const auto parts = safe_parts(name);
        if (!parts) return reject(problem_code::unsafe_path, joined(archive_relative, name));
        const bool folder = name.ends_with('/') || name.ends_with('\\');
        if (folder || std::any_of(parts->begin(), parts->end(), is_passed_over)) return;

        std::string relative = archive_relative;
        for (const auto& part : *parts) relative = joined(relative, part);
        const auto format = format_of(relative);
        const bool nested = is_zip_name(relative) && !archive_->inside;
        if (format == file_format::other && !nested) return skip(relative);
        if (const auto objection = objection_to(archive, stat)) return reject(*objection, relative);
        const bool held = format != file_format::apple_xml;
        auto& left = held ? bytes_left_ : stream_bytes_left_;
        if (stat.size > left) return reject(problem_code::too_large, relative);
        left -= stat.size;
        if (nested) return add_archive({archive_->file, index}, relative);
        files_.push_back({id_of(relative), joined(prefix_, id_of(relative)), source_, format, archive_->file, index, archive_});
    }

    const fs::path& out_dir_;
    std::vector<finding>& findings_;
    const archive_limits& limits_;
    std::vector<input_file> files_{};
    std::string source_{};                       // of the present INPUT
    std::string prefix_{};                       // the present INPUT as given
    std::shared_ptr<const archive_place> archive_{};  // the present archive
    std::uint64_t bytes_left_ = 0;               // for its further members
    std::uint64_t stream_bytes_left_ = 0;        // for those read as a stream
};

// ---- loading ----------------------------------------------------------------------------------------------------------

using bytes_result = coincide::result<std::vector<std::byte>>;

// Reads to the end, in pieces, so that no stated size is believed. `read` gives the bytes of a piece, 0 at the end, and a
// negative number on error.
template <class Read>
bytes_result read_all(std::uint64_t limit, problem_code on_error, Read read) {
    std::vector<std::byte> bytes;
    std::array<std::byte, chunk_bytes> chunk;
    for (;;) {
        const std::int64_t count = read(chunk.data(), chunk.size());
        if (count < 0) return fail(on_error);
        if (count == 0) return bytes;
        if (static_cast<std::uint64_t>(count) > limit - bytes.size()) return fail(problem_code::too_large);
        bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + count);
    }
}

auto reader_of(std::ifstream& in) {
    return [&in](std::byte* to, std::size_t size) -> std::int64_t {
        in.read(reinterpret_cast<char*>(to), static_cast<std::streamsize>(size));
        return in.bad() ? -1 : in.gcount();
    };
}

bytes_result read_file(const fs::path& path, std::uint64_t limit) {
    std::ifstream in{path, std::ios::binary};
    if (!in) return fail(problem_code::unreadable);
    return read_all(limit, problem_code::unreadable, reader_of(in));
}

problem_code code_of(zip_error_t* error) {
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_CRC: return problem_code::bad_checksum;
    case ZIP_ER_ENCRNOTSUPP:
    case ZIP_ER_COMPNOTSUPP:
    case ZIP_ER_NOPASSWD: return problem_code::unsupported;
    case ZIP_ER_OPEN:
    case ZIP_ER_READ: return problem_code::unreadable;
    default: return problem_code::malformed;
    }
}

// Reads a member of an open archive. One that is longer than its archive says is refused, so the total that was checked when
// collecting holds.
bytes_result read_member(zip_t* archive, std::uint64_t index, std::uint64_t limit) {
    zip_stat_t stat;
    if (!archive || zip_stat_index(archive, index, 0, &stat) != 0) return fail(problem_code::unreadable);
    if (stat.size > limit) return fail(problem_code::too_large);
    const std::unique_ptr<zip_file_t, zip_file_closer> member{zip_fopen_index(archive, index, 0)};
    if (!member) return fail(code_of(zip_get_error(archive)));
    auto bytes = read_all(stat.size, problem_code::malformed,
                          [&](std::byte* to, std::size_t size) { return zip_fread(member.get(), to, size); });
    if (!bytes && bytes.error().code == problem_code::malformed) return fail(code_of(zip_file_get_error(member.get())));
    return bytes;
}

coincide::result<opened_zip> open_archive(const archive_place& place, std::uint64_t nested_limit) {
    int error = 0;
    opened_zip out;
    out.zip.reset(zip_open(place.file.c_str(), ZIP_RDONLY, &error));
    if (!out.zip) return fail(error == ZIP_ER_OPEN || error == ZIP_ER_READ ? problem_code::unreadable : problem_code::malformed);
    if (!place.inside) return out;
    auto bytes = read_member(out.zip.get(), *place.inside, nested_limit);
    if (!bytes) return tl::unexpected(bytes.error());
    out.bytes = std::move(*bytes);
    zip_source_t* const source = zip_source_buffer_create(out.bytes.data(), out.bytes.size(), 0, nullptr);
    out.zip.reset(source ? zip_open_from_source(source, ZIP_RDONLY, nullptr) : nullptr);
    if (!out.zip) {
        if (source) zip_source_free(source);
        return fail(problem_code::malformed);
    }
    return out;
}

// The archive that this thread read from last. Its owner is compared, not its name, so a new file of the same name is
// opened anew.
zip_t* archive_of_this_thread(const std::shared_ptr<const archive_place>& wanted) {
    thread_local std::shared_ptr<const archive_place> owner;
    thread_local opened_zip archive;
    if (owner != wanted || !archive.zip) {
        archive.zip.reset();  // before its bytes
        if (auto opened = open_archive(*wanted, archive_limits{}.nested_bytes)) archive = std::move(*opened);
        owner = wanted;
    }
    return archive.zip.get();
}

bytes_result read_member(const input_file& file, std::uint64_t limit) {
    return read_member(archive_of_this_thread(file.archive), *file.member, limit);
}

struct free_digest {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// A checksum of what comes in pieces.
class sha256_sum {
public:
    void add(std::span<const std::byte> bytes) {
        good_ = good_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
    }
    std::string hex() {
        constexpr std::string_view digits = "0123456789abcdef";
        std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
        unsigned size = 0;
        if (!good_ || EVP_DigestFinal_ex(context_.get(), digest.data(), &size) != 1) return {};
        std::string text;
        for (unsigned i = 0; i < size; ++i) {
            text += digits[digest[i] >> 4];
            text += digits[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, free_digest> context_{EVP_MD_CTX_new()};
    bool good_ = context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
};

std::string sha256_of(std::span<const std::byte> bytes) {
    sha256_sum sum;
    sum.add(bytes);
    return sum.hex();
}

bool is_gzip(std::span<const std::byte> bytes) {
    return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

// One zlib stream; zlib counts in 32 bits, so a long piece goes in by parts.
class inflater {
public:
    inflater() { ready_ = inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }  // 16: gzip
    ~inflater() { inflateEnd(&stream_); }
    inflater(const inflater&) = delete;
    inflater& operator=(const inflater&) = delete;

    void take(std::span<const std::byte> packed) { rest_ = packed; }
    /// Fills `to` as far as it can: the bytes written and zlib's answer.
    std::pair<std::size_t, int> step(std::span<std::byte> to) {
        if (!ready_) return {0, Z_MEM_ERROR};
        const auto piece = rest_.first(std::min<std::size_t>(rest_.size(), std::size_t{1} << 30));
        stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(piece.data()));
        stream_.avail_in = static_cast<uInt>(piece.size());
        stream_.next_out = reinterpret_cast<Bytef*>(to.data());
        stream_.avail_out = static_cast<uInt>(to.size());
        const int answer = inflate(&stream_, Z_NO_FLUSH);
        rest_ = rest_.subspan(piece.size() - stream_.avail_in);
        return {to.size() - stream_.avail_out, answer};
    }
    void next_part() { inflateReset(&stream_); }
    [[nodiscard]] std::string_view message() const { return stream_.msg ? stream_.msg : ""; }
    [[nodiscard]] std::span<const std::byte> rest() const { return rest_; }

private:
    z_stream stream_{};
    std::span<const std::byte> rest_{};
    bool ready_ = false;
};

bool is_padding(std::span<const std::byte> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

problem_code damage_of(int answer, std::string_view message) {
    const bool checksum = message == "incorrect data check" || message == "incorrect length check";
    return answer == Z_DATA_ERROR && checksum ? problem_code::bad_checksum : problem_code::malformed;
}

// Expands gzip that comes in pieces: parts one after the other, then perhaps zeros.
class gzip_reader {
public:
    /// Gives what a piece expands to, until `give` answers false.
    template <class Give>
    void feed(std::span<const std::byte> packed, Give give) {
        std::array<std::byte, chunk_bytes> chunk;
        stream_.take(packed);
        while (!damage_ && (in_part_ || !stream_.rest().empty())) {
            if (!in_part_ && !enter_part()) return;
            const auto [written, answer] = stream_.step(chunk);
            if (written > 0 && !give(std::span<const std::byte>{chunk}.first(written))) return;
            if (answer == Z_BUF_ERROR) return;  // wants the next piece
            if (answer == Z_STREAM_END) in_part_ = false;
            else if (answer != Z_OK) damage_ = damage_of(answer, stream_.message());
        }
    }
    /// What was wrong, when there are no more pieces.
    [[nodiscard]] std::optional<problem_code> finish() const {
        return damage_ || !in_part_ ? damage_ : problem_code::truncated;
    }

private:
    // Judged by the first byte: zlib sees to the others.
    bool enter_part() {
        if (!padding_ && stream_.rest().front() == std::byte{0x1f}) {
            stream_.next_part();
            in_part_ = true;
        } else if (is_padding(stream_.rest())) {
            padding_ = true;
        } else {
            damage_ = problem_code::malformed;
        }
        return in_part_;
    }

    inflater stream_{};
    bool in_part_ = true;   // else behind one
    bool padding_ = false;  // nothing but zeros may follow
    std::optional<problem_code> damage_{};
};

// ---- streaming --------------------------------------------------------------------------------------------------------

// Hands the bytes of a file over as they come.
class streamer {
public:
    streamer(const stream_limits& limits, const chunk_visitor& visit) : limits_{limits}, visit_{visit} {}

    /// `read` as for read_all; `why` gives its error.
    template <class Read, class Why>
    coincide::result<streamed> run(std::uint64_t stated_size, Read read, Why why) {
        std::array<std::byte, chunk_bytes> chunk;
        for (;;) {
            std::size_t filled = 0;  // up to the end: gzip is told by the first two bytes
            std::int64_t count = 1;
            while (filled < chunk.size() && count > 0) {
                count = read(chunk.data() + filled, chunk.size() - filled);
                if (count > 0) filled += static_cast<std::size_t>(count);
            }
            if (filled > 0) add(std::span<const std::byte>{chunk}.first(filled));
            if (raw_bytes_ > std::min(limits_.stream_bytes, stated_size)) fail_with(problem_code::too_large);
            if (too_large_ || count == 0) break;
            if (count < 0) {
                fail_with(why());
                break;
            }
        }
        return finish();
    }

private:
    void fail_with(problem_code code) {
        too_large_ |= code == problem_code::too_large;
        if (!out_.damage) out_.damage = code;
        wanted_ = false;
    }

    void add(std::span<const std::byte> piece) {
        if (raw_bytes_ == 0) packed_ = is_gzip(piece);
        raw_bytes_ += piece.size();
        sum_.add(piece);
        if (!wanted_) return;
        if (!packed_) {
            give(piece);
        } else {
            gzip_.feed(piece, [this](std::span<const std::byte> expanded) { return give(expanded); });
        }
    }

    bool give(std::span<const std::byte> piece) {
        if (piece.size() > limits_.stream_bytes - out_.bytes || expands_too_far(out_.bytes + piece.size(), raw_bytes_)) {
            fail_with(problem_code::too_large);
        } else {
            out_.bytes += piece.size();
            wanted_ = visit_(piece);
        }
        return wanted_;
    }

    coincide::result<streamed> finish() {
        if (packed_ && wanted_) out_.damage = gzip_.finish();
        if (out_.damage && out_.bytes == 0) return fail(*out_.damage);
        if (!too_large_) out_.sha256 = sum_.hex();
        return std::move(out_);
    }

    const stream_limits& limits_;
    const chunk_visitor& visit_;
    streamed out_{};
    sha256_sum sum_{};
    gzip_reader gzip_{};
    std::uint64_t raw_bytes_ = 0;  // as the file stands
    bool packed_ = false;
    bool wanted_ = true;  // the visitor wants more, and there is more to give
    bool too_large_ = false;
};

}  // namespace

file_format format_of(std::string_view name) {
    std::string text = lower(name);
    if (text.ends_with(".gz")) text.resize(text.size() - 3);
    constexpr std::pair<std::string_view, file_format> known[] = {
        {".fit", file_format::fit},       {".gpx", file_format::gpx},   {".tcx", file_format::tcx},
        {".ndjson", file_format::ndjson}, {".json", file_format::json}, {".xml", file_format::apple_xml},
        {".csv", file_format::csv},
    };
    for (const auto& [extension, format] : known)
        if (text.ends_with(extension)) return format;
    return file_format::other;
}

// A backslash separates, too: some archives are made on Windows.
std::optional<std::vector<std::string>> safe_parts(std::string_view name) {
    const auto is_separator = [](char c) { return c == '/' || c == '\\'; };
    const bool drive = name.size() >= 2 && name[1] == ':' && lower(name)[0] >= 'a' && lower(name)[0] <= 'z';
    if (name.empty() || is_separator(name.front()) || drive) return std::nullopt;
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find_first_of("/\\", begin), name.size());
        const auto part = name.substr(begin, end - begin);
        if (part == "..") return std::nullopt;
        if (!part.empty() && part != ".") parts.emplace_back(part);
        begin = end + 1;
    }
    return parts;
}

std::vector<input_file> collect_inputs(std::span<const input_spec> inputs, const std::filesystem::path& out_dir,
                                       std::vector<finding>& findings, const archive_limits& limits) {
    collector files{out_dir, findings, limits};
    for (const auto& input : inputs) files.add(input);
    return files.take();
}

coincide::result<loaded> gunzip(std::span<const std::byte> packed, const decode_limits& limits) {
    loaded out;
    gzip_reader parts;
    bool too_large = false;
    parts.feed(packed, [&](std::span<const std::byte> piece) {
        too_large = piece.size() > limits.file_bytes - out.bytes.size() ||
                    expands_too_far(out.bytes.size() + piece.size(), packed.size());
        if (!too_large) out.bytes.insert(out.bytes.end(), piece.begin(), piece.end());
        return !too_large;
    });
    if (too_large) return fail(problem_code::too_large);
    out.damage = parts.finish();
    if (out.bytes.empty() && out.damage) return fail(*out.damage);
    return out;
}

coincide::result<loaded> load(const input_file& file, const decode_limits& limits) {
    auto bytes = file.member ? read_member(file, limits.file_bytes) : read_file(file.file, limits.file_bytes);
    if (!bytes) return tl::unexpected(bytes.error());
    auto sha256 = sha256_of(*bytes);
    if (!is_gzip(*bytes)) return loaded{std::move(*bytes), std::move(sha256), {}};
    auto expanded = gunzip(*bytes, limits);
    if (expanded) expanded->sha256 = std::move(sha256);
    return expanded;
}

coincide::result<streamed> for_each_chunk(const input_file& file, const stream_limits& limits, const chunk_visitor& visit) {
    streamer to{limits, visit};
    if (!file.member) {
        std::ifstream in{file.file, std::ios::binary};
        if (!in) return fail(problem_code::unreadable);
        return to.run(limits.stream_bytes, reader_of(in), [] { return problem_code::unreadable; });
    }
    // An archive of its own, not that of the thread: the visitor may load from another one, which closes that.
    const auto opened = open_archive(*file.archive, archive_limits{}.nested_bytes);
    if (!opened) return tl::unexpected(opened.error());
    zip_t* const archive = opened->zip.get();
    zip_stat_t stat;
    if (zip_stat_index(archive, *file.member, 0, &stat) != 0) return fail(problem_code::unreadable);
    if (stat.size > limits.stream_bytes) return fail(problem_code::too_large);
    const std::unique_ptr<zip_file_t, zip_file_closer> member{zip_fopen_index(archive, *file.member, 0)};
    if (!member) return fail(code_of(zip_get_error(archive)));
    return to.run(
        stat.size, [&](std::byte* to_bytes, std::size_t size) { return zip_fread(member.get(), to_bytes, size); },
        [&] { return code_of(zip_file_get_error(member.get())); });
}

}  // namespace reconcile

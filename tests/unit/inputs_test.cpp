// SPDX-License-Identifier: BSL-1.0
#include "inputs.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <optional>
#include <thread>

using namespace reconcile;
using coincide::problem_code;
namespace fs = std::filesystem;

namespace {

// A folder of its own for each test, removed afterwards.
class scratch {
public:
    scratch() {
        static std::atomic<int> count{0};
        path_ = fs::temp_directory_path() / ("coincide_inputs_" + std::to_string(getpid()) + "_" + std::to_string(count++));
        fs::create_directories(path_);
    }
    ~scratch() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;

    fs::path operator/(std::string_view name) const { return path_ / name; }
    const fs::path& path() const { return path_; }
    fs::path put(std::string_view name, std::string_view content = "x") const {
        const auto file = path_ / name;
        fs::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << content;
        return file;
    }

private:
    fs::path path_;
};

std::string little_endian(std::uint64_t value, int bytes) {
    std::string out;
    for (; bytes > 0; --bytes, value >>= 8) out += static_cast<char>(value & 0xFF);
    return out;
}

std::string deflated(const std::string& content, int window_bits) {  // -15: raw, 31: gzip
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string gzipped(const std::string& content) { return deflated(content, 31); }

// A member of an archive, truthful unless told otherwise.
struct member {
    std::string name{};
    std::string content = "x";
    bool packed = false;
    std::optional<std::uint32_t> stated_size{}, stated_crc{};
    unsigned flags = 0;  // 1: encrypted
    unsigned unix_mode = 0;
};

// Archives by hand, because libraries refuse to write the ones that matter here.
std::string zip_bytes(const std::vector<member>& members) {
    std::string files, directory;
    for (const auto& m : members) {
        const auto crc = crc32(0, reinterpret_cast<const Bytef*>(m.content.data()), static_cast<uInt>(m.content.size()));
        const std::string data = m.packed ? deflated(m.content, -15) : m.content;
        const std::string common =
            little_endian(20, 2) + little_endian(m.flags, 2) + little_endian(m.packed ? 8 : 0, 2) +
            little_endian(0x58210000, 4) + little_endian(m.stated_crc.value_or(static_cast<std::uint32_t>(crc)), 4) +
            little_endian(data.size(), 4) + little_endian(m.stated_size.value_or(m.content.size()), 4) +
            little_endian(m.name.size(), 2) + little_endian(0, 2);
        directory += "PK\x01\x02" + little_endian(0x0314, 2) + common + little_endian(0, 6) +
                     little_endian(std::uint64_t{m.unix_mode} << 16, 4) + little_endian(files.size(), 4) + m.name;
        files += "PK\x03\x04" + common + m.name + data;
    }
    return files + directory + "PK\x05\x06" + little_endian(0, 4) + little_endian(members.size(), 2) +
           little_endian(members.size(), 2) + little_endian(directory.size(), 4) + little_endian(files.size(), 4) +
           little_endian(0, 2);
}

struct collected {
    std::vector<input_file> files{};
    std::vector<finding> findings{};

    std::vector<std::string> ids() const {
        std::vector<std::string> out;
        for (const auto& f : files) out.push_back(f.id);
        return out;
    }
    // "reject unsafe_path ../x": named as records name their files; an INPUT itself with the scratch folder cut off
    std::vector<std::string> told(const fs::path& below) const {
        std::vector<std::string> out;
        for (const auto& f : findings)
            out.push_back(std::string{f.kind == finding_kind::skip ? "skip " : "reject "} + std::string{to_string(f.code)} +
                          ' ' + (!below.empty() && f.file.starts_with(below.native()) ? f.file.substr(below.native().size()) : f.file));
        return out;
    }
};

collected collect(const std::vector<fs::path>& paths, const fs::path& out_dir = {}, const archive_limits& limits = {}) {
    std::vector<input_spec> inputs;
    for (const auto& path : paths) inputs.push_back({path, "strava"});
    collected out;
    out.files = collect_inputs(inputs, out_dir, out.findings, limits);
    return out;
}

std::string text_of(const loaded& file) { return {reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size()}; }

std::string loaded_text(const input_file& file) {
    const auto out = load(file, {});
    return out ? text_of(*out) : std::string{to_string(out.error().code)};
}

coincide::result<loaded> unpacked(std::string_view packed, const decode_limits& limits = {}) {
    return gunzip(std::as_bytes(std::span{packed}), limits);
}

struct streamed_text {
    std::string text{};
    coincide::result<streamed> end;
};

streamed_text stream(const input_file& file, const stream_limits& limits = {}) {
    std::string text;
    auto end = for_each_chunk(file, limits, [&](std::span<const std::byte> piece) {
        CHECK_FALSE(piece.empty());
        text.append(reinterpret_cast<const char*>(piece.data()), piece.size());
        return true;
    });
    return {std::move(text), std::move(end)};
}

// Does not pack.
std::string noise_of(std::size_t size) {
    std::string out;
    for (unsigned x = 1; out.size() < size;) out += static_cast<char>((x = x * 1103515245 + 12345) >> 24);
    return out;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("formats are told by extension, in any case and with .gz", "[inputs]") {
    CHECK(format_of("a.FIT") == file_format::fit);
    CHECK(format_of("a.gpx.gz") == file_format::gpx);
    CHECK(format_of("a.Tcx.GZ") == file_format::tcx);
    CHECK(format_of("a.ndjson") == file_format::ndjson);
    CHECK(format_of("a.json") == file_format::json);
    CHECK(format_of("export.xml") == file_format::apple_xml);
    CHECK(format_of("activities.csv") == file_format::csv);
    CHECK(format_of("a.jpg") == file_format::other);
    CHECK(format_of("fit") == file_format::other);
    CHECK(format_of("a.gz") == file_format::other);
}

TEST_CASE("a folder is walked in byte order, with ids relative to it", "[inputs]") {
    const scratch dir;
    for (const auto name : {"in/b.fit", "in/B.fit", "in/a/z.gpx", "in/a/b/y.tcx", "in/a-1.json", "in/\xC3\xA9.fit"})
        dir.put(name);
    const auto out = collect({dir / "in"});
    CHECK(out.ids() == names{"B.fit", "a/b/y.tcx", "a/z.gpx", "a-1.json", "b.fit", "é.fit"});
    CHECK(out.files[1].from == (dir / "in").native() + "/a/b/y.tcx");
    CHECK(out.files[1].source == "strava");
    CHECK(out.findings.empty());
    CHECK(collect({(dir / "in").native() + "/"}).files[1].from == out.files[1].from);
}

TEST_CASE("a file given by itself has its name as id", "[inputs]") {
    const scratch dir;
    const auto file = dir.put("x/.hidden#1.fit");
    const auto out = collect({file, file});
    CHECK(out.ids() == names{".hidden%231.fit", ".hidden%231.fit"});
    CHECK(out.files[0].from == file.native());
}

TEST_CASE("ids encode what has a meaning in ids, and what is not UTF-8", "[inputs]") {
    const scratch dir;
    dir.put("a#b@c%d e.fit");
    dir.put("b\xFF\xC3.fit");
    CHECK(collect({dir.path()}).ids() == names{"a%23b%40c%25d e.fit", "b%FF%C3.fit"});
}

TEST_CASE("hidden files, other people's folders and our own output are passed over", "[inputs]") {
    const scratch dir;
    for (const auto name :
         {".a.fit", ".git/a.fit", "__MACOSX/a.fit", "old/.coincide", "old/records.ndjson", "out/records.ndjson", "a.fit"})
        dir.put(name);
    const auto out = collect({dir.path()}, dir / "out");
    CHECK(out.ids() == names{"a.fit"});
    CHECK(out.findings.empty());
    CHECK(collect({dir / "old"}).told(dir.path()) == names{"skip unsupported /old"});
    CHECK(collect({dir / "out"}, dir / "x/../out").files.size() == 1);  // no folder x: another name, another folder
    dir.put("x/y.fit");
    CHECK(collect({dir / "out"}, dir / "x/../out").files.empty());
}

TEST_CASE("what cannot be read is told", "[inputs]") {
    const scratch dir;
    dir.put("a.jpg");
    dir.put("b.zip", "no archive");
    fs::create_symlink(dir / "nowhere.fit", dir / "c.fit");
    CHECK(collect({dir.path()}).told(dir.path()) ==
          names{"skip unsupported a.jpg", "reject malformed b.zip", "reject unreadable c.fit"});
    CHECK(collect({dir / "missing"}).told(dir.path()) == names{"reject unreadable /missing"});
    CHECK(loaded_text({.file = dir / "missing"}) == "unreadable");
    CHECK(collect({"/dev/null"}).told("") == names{"skip unsupported /dev/null"});
}

TEST_CASE("links to folders are not followed, so a loop cannot hang", "[inputs]") {
    const scratch dir;
    dir.put("in/a.fit");
    fs::create_directory_symlink(dir / "in", dir / "in/loop");
    fs::create_symlink(dir / "in/a.fit", dir / "in/b.fit");
    CHECK(collect({dir / "in"}).ids() == names{"a.fit", "b.fit"});
    CHECK(collect({dir / "in/loop"}).ids() == names{"a.fit", "b.fit"});  // given by name it is wanted
}

TEST_CASE("an archive is read as a folder, on its own and inside one", "[inputs][zip]") {
    const scratch dir;
    const auto bytes = zip_bytes({{.name = "b/x.fit", .content = "one"},
                                  {.name = "b/"},
                                  {.name = "a.gpx", .content = "two", .packed = true},
                                  {.name = "./c.tcx"},
                                  {.name = "win\\d.json"},
                                  {.name = ".h.fit"},
                                  {.name = "__MACOSX/a.fit"}});
    dir.put("in/sub/export.ZIP", bytes);
    const auto out = collect({dir / "in"});
    CHECK(out.ids() ==
          names{"sub/export.ZIP/a.gpx", "sub/export.ZIP/b/x.fit", "sub/export.ZIP/c.tcx", "sub/export.ZIP/win/d.json"});
    CHECK(out.findings.empty());
    const auto direct = collect({dir / "in/sub/export.ZIP"});
    CHECK(direct.ids() == names{"a.gpx", "b/x.fit", "c.tcx", "win/d.json"});
    CHECK(direct.files[0].from == (dir / "in/sub/export.ZIP").native() + "/a.gpx");
    CHECK(loaded_text(direct.files[0]) == "two");
    CHECK(loaded_text(direct.files[1]) == "one");
}

TEST_CASE("members that lead out of their archive are rejected", "[inputs][zip]") {
    const scratch dir;
    const auto file = dir.put("a.zip", zip_bytes({{.name = "../a.fit"},
                                                  {.name = "/etc/b.fit"},
                                                  {.name = "C:\\c.fit"},
                                                  {.name = "c:d.fit"},
                                                  {.name = "x/../../e.fit"},
                                                  {.name = "..\\f.fit"},
                                                  {.name = "\\g.fit"},
                                                  {.name = "x/.."},
                                                  {.name = "ok..fit"}}));
    const auto out = collect({file});
    CHECK(out.ids() == names{"ok..fit"});
    CHECK(out.findings.size() == 8);
    for (const auto& f : out.findings) CHECK((f.code == problem_code::unsafe_path && f.kind == finding_kind::reject));
}

TEST_CASE("members that are not plain files of a known kind are told", "[inputs][zip]") {
    const scratch dir;
    const auto file = dir.put("a.zip", zip_bytes({{.name = "a.fit", .flags = 1},
                                                  {.name = "b.fit", .unix_mode = 0120777},
                                                  {.name = "c.zip", .content = "no archive"},
                                                  {.name = "d.jpg"}}));
    CHECK(collect({file}).told(dir.path()) == names{"reject unsupported a.fit", "reject unsupported b.fit",
                                                    "reject malformed c.zip", "skip unsupported d.jpg"});
}

TEST_CASE("an archive within an archive is read, one within that is not", "[inputs][zip]") {
    const scratch dir;
    const auto innermost = zip_bytes({{.name = "c.fit", .content = "3"}});
    const auto inner = zip_bytes({{.name = "b.fit", .content = "2"}, {.name = "deep.zip", .content = innermost}});
    const auto out = collect({dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = "1"}, {.name = "inner.zip", .content = inner}}))});
    REQUIRE(out.ids() == names{"a.fit", "inner.zip/b.fit"});
    CHECK(loaded_text(out.files[1]) == "2");
    CHECK(loaded_text(out.files[0]) == "1");
    CHECK(out.told(dir.path()) == names{"skip unsupported inner.zip/deep.zip"});
}

TEST_CASE("an archive within an archive that is too large to be held is refused", "[inputs][zip]") {
    const scratch dir;
    const auto inner = zip_bytes({{.name = "b.fit", .content = "2"}});
    const auto out = collect({dir.put("a.zip", zip_bytes({{.name = "inner.zip", .content = inner}}))}, {}, {.nested_bytes = 10});
    CHECK(out.ids().empty());
    CHECK(out.told(dir.path()) == names{"reject too_large inner.zip"});
}

TEST_CASE("a file that was given by name is known by what it begins with", "[inputs]") {
    const scratch dir;
    CHECK(collect({dir.put("page", " {\"id\":1}")}).files.at(0).format == file_format::json);
    CHECK(collect({dir.put("a.1", "<?xml version=\"1.0\"?><gpx>")}).files.at(0).format == file_format::gpx);
    CHECK(collect({dir.put("b.xml-run", "<HealthData>")}).files.at(0).format == file_format::apple_xml);
    CHECK(collect({dir.put("c", std::string("\x0e\x10\0\0\0\0\0\0.FIT..", 14))}).files.at(0).format == file_format::fit);
    CHECK(collect({dir.put("d", "hello")}).files.empty());
}

TEST_CASE("two members of one name are both read", "[inputs][zip]") {
    const scratch dir;
    const auto out =
        collect({dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = "1"}, {.name = "a.fit", .content = "2"}}))});
    REQUIRE(out.ids() == names{"a.fit", "a.fit"});
    CHECK(loaded_text(out.files[0]) == "1");
    CHECK(loaded_text(out.files[1]) == "2");
}

TEST_CASE("a damaged member is rejected when it is read", "[inputs][zip]") {
    const scratch dir;
    const auto out = collect(
        {dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = "abc", .stated_crc = 1},
                                     {.name = "b.fit", .content = std::string(5000, 'b'), .packed = true, .stated_size = 10},
                                     {.name = "c.fit", .content = "good"}}))});
    REQUIRE(out.files.size() == 3);
    CHECK(loaded_text(out.files[0]) == "bad_checksum");
    CHECK(loaded_text(out.files[1]) == "too_large");
    CHECK(loaded_text(out.files[2]) == "good");
}

TEST_CASE("an archive that expands beyond the limits is not read", "[inputs][zip]") {
    const scratch dir;
    const std::string zeros(3 << 20, '\0');
    SECTION("a member that packs over a thousand to one") {
        const auto file = dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = zeros, .packed = true}}));
        CHECK(collect({file}).told(dir.path()) == names{"reject too_large a.fit"});
    }
    SECTION("the sum of all members") {
        const auto file = dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = "12345"},
                                                      {.name = "b.fit", .content = "12345"},
                                                      {.name = "c.jpg", .content = "12345"},
                                                      {.name = "d.fit", .content = "1"}}));
        const auto out = collect({file}, {}, {.bytes = 6});
        CHECK(out.ids() == names{"a.fit", "d.fit"});
    }
    SECTION("the number of members") {
        const auto file = dir.put("a.zip", zip_bytes({{.name = "a.fit"}, {.name = "b.fit"}}));
        CHECK(collect({file}, {}, {.members = 1}).told(dir.path()) == names{"reject too_large /a.zip"});
    }
    SECTION("one file beyond the limit of a file") {
        const auto out =
            collect({dir.put("a.zip", zip_bytes({{.name = "a.fit", .content = "12345"}})), dir.put("b.fit", "12345")});
        for (const auto& file : out.files) {
            CHECK(load(file, {.file_bytes = 5}));
            CHECK(load(file, {.file_bytes = 4}).error().code == problem_code::too_large);
        }
    }
}

// SHA-256 of "abc": FIPS 180-2, appendix B.1. Of the gzip file: sha256sum.
TEST_CASE("the checksum is that of the file as it stood", "[inputs]") {
    const scratch dir;
    const auto plain = collect({dir.put("a.fit", "abc")}).files.at(0);
    CHECK(load(plain, {})->sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string gz{"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x4b\x4c\x4a\x06\x00\xc2\x41\x24\x35\x03\x00\x00\x00", 23};
    const auto packed = load(collect({dir.put("a.fit.gz", gz)}).files.at(0), {});
    REQUIRE(packed);
    CHECK(text_of(*packed) == "abc");
    CHECK(packed->sha256 == "0b3b82379e00a1994a46452e8cfd8b2c43ee8599f169a9ee4176253f1a8de469");
    CHECK(load(collect({dir.put("e.fit", "")}).files.at(0), {})->bytes.empty());
}

TEST_CASE("gzip inside an archive is expanded too, and a wrong .gz is taken as it is", "[inputs]") {
    const scratch dir;
    const auto out = collect(
        {dir.put("a.zip", zip_bytes({{.name = "a.fit.gz", .content = gzipped("inner")}})), dir.put("b.fit.gz", "plain")});
    CHECK(loaded_text(out.files.at(0)) == "inner");
    CHECK(loaded_text(out.files.at(1)) == "plain");
}

TEST_CASE("gzip of several parts is one file", "[inputs][gzip]") {
    CHECK(text_of(*unpacked(gzipped("one ") + gzipped("") + gzipped("two") + std::string(7, '\0'))) == "one two");
    CHECK_FALSE(unpacked(gzipped("one") + gzipped("two"))->damage);
}

TEST_CASE("what a damaged gzip file still holds is recovered", "[inputs][gzip]") {
    std::string noise;  // does not pack, so that a cut leaves something
    for (unsigned i = 0, x = 1; i < 100'000; ++i) noise += static_cast<char>((x = x * 1103515245 + 12345) >> 24);
    const std::string packed = gzipped(noise);

    const auto cut = unpacked(std::string_view{packed}.substr(0, packed.size() / 2));
    REQUIRE(cut);
    CHECK(cut->damage == problem_code::truncated);
    CHECK(cut->bytes.size() > 40'000);
    CHECK(noise.starts_with(text_of(*cut)));

    auto wrong_sum = packed;
    wrong_sum[wrong_sum.size() - 6] ^= 1;
    CHECK(unpacked(wrong_sum)->damage == problem_code::bad_checksum);
    CHECK(text_of(*unpacked(wrong_sum)) == noise);

    const auto garbage = unpacked(packed + "junk");
    CHECK(garbage->damage == problem_code::malformed);
    CHECK(text_of(*garbage) == noise);

    CHECK(unpacked(packed.substr(0, 12)).error().code == problem_code::truncated);
    CHECK(unpacked("\x1f\x8b\xff\xff").error().code == problem_code::malformed);
}

TEST_CASE("gzip stops at the limits", "[inputs][gzip]") {
    CHECK(unpacked(gzipped("12345"), {.file_bytes = 5}));
    CHECK(unpacked(gzipped("12345"), {.file_bytes = 4}).error().code == problem_code::too_large);
    CHECK(unpacked(gzipped(std::string(8 << 20, '\0'))).error().code == problem_code::too_large);
    CHECK(unpacked(gzipped(std::string(1 << 20, '\0'))));
}

TEST_CASE("a file streams as it loads: plain, packed, in an archive", "[inputs][stream]") {
    const scratch dir;
    const auto content = noise_of(300'000);
    dir.put("a.xml", content);
    dir.put("b.xml.gz", gzipped(content.substr(0, 100'000)) + gzipped(content.substr(100'000)) + std::string(9, '\0'));
    dir.put("c.zip", zip_bytes({{.name = "c.xml", .content = content, .packed = true},
                                {.name = "d.xml.gz", .content = gzipped(content)}}));
    dir.put("e.xml.gz", "plain");
    dir.put("f.xml", "");
    const auto out = collect({dir.path()});
    REQUIRE(out.files.size() == 6);
    for (const auto& file : out.files) {
        const auto streamed = stream(file);
        const auto whole = load(file, {});
        REQUIRE(streamed.end);
        CHECK((streamed.text == text_of(*whole)));
        CHECK(streamed.end->bytes == whole->bytes.size());
        CHECK(streamed.end->sha256 == whole->sha256);
        CHECK_FALSE(streamed.end->damage);
    }
}

TEST_CASE("gzip is expanded alike, wherever its parts and pieces end", "[inputs][gzip][stream]") {
    const scratch dir;
    for (const std::size_t size : {65'480UL, 65'500UL, 65'510UL, 65'513UL, 65'514UL, 65'515UL, 65'530UL, 65'536UL}) {
        const auto first = gzipped(noise_of(size));
        for (const auto& tail :
             {std::string{}, std::string(100'000, '\0'), gzipped("second"), gzipped("") + std::string(3, '\0'),
              std::string{"junk"}, std::string{"\x1f\x8b"}, std::string(3, '\0') + gzipped("hidden"),
              std::string(131'072 - first.size(), '\0') + gzipped("hidden")}) {
            const auto file = collect({dir.put("a.xml.gz", first + tail)}).files.at(0);
            const auto streamed = stream(file);
            const auto whole = load(file, {});
            REQUIRE(streamed.end);
            CHECK((streamed.text == text_of(*whole)));
            CHECK(streamed.end->damage == whole->damage);
            CHECK(streamed.end->sha256 == whole->sha256);
        }
    }
}

TEST_CASE("a damaged file streams up to its damage", "[inputs][stream]") {
    const scratch dir;
    const auto content = noise_of(300'000);
    const auto packed = gzipped(content);
    const auto cut = stream(collect({dir.put("a.xml.gz", packed.substr(0, packed.size() / 2))}).files.at(0));
    REQUIRE(cut.end);
    CHECK(cut.end->damage == problem_code::truncated);
    CHECK(cut.text.size() > 140'000);
    CHECK(content.starts_with(cut.text));
    CHECK(cut.end->sha256.size() == 64);

    const auto members =
        collect({dir.put("b.zip", zip_bytes({{.name = "a.xml", .content = content, .packed = true, .stated_crc = 1},
                                             {.name = "b.xml", .content = content, .packed = true, .stated_size = 200'000},
                                             {.name = "c.xml", .content = "good"}}))});
    REQUIRE(members.files.size() == 3);
    const auto wrong_sum = stream(members.files[0]);
    REQUIRE(wrong_sum.end);
    CHECK(wrong_sum.end->damage == problem_code::bad_checksum);
    CHECK((wrong_sum.text == content));
    const auto longer = stream(members.files[1]);
    REQUIRE(longer.end);
    CHECK(longer.end->damage == problem_code::too_large);
    CHECK(longer.end->sha256.empty());
    CHECK(stream(members.files[2]).text == "good");

    CHECK(stream(collect({dir.put("c.xml.gz", packed.substr(0, 12))}).files.at(0)).end.error().code ==
          problem_code::truncated);
    CHECK(stream({.file = dir / "missing"}).end.error().code == problem_code::unreadable);
    CHECK(stream({.file = dir.path()}).end.error().code == problem_code::unreadable);
}

TEST_CASE("streaming has a limit of its own, and knows a bomb", "[inputs][stream]") {
    const scratch dir;
    const auto content = noise_of(200'000);
    const auto plain = collect({dir.put("a.xml", content)}).files.at(0);
    const auto packed = collect({dir.put("b.xml.gz", gzipped(content))}).files.at(0);
    const auto member = collect({dir.put("c.zip", zip_bytes({{.name = "c.xml", .content = content}}))}).files.at(0);
    for (const auto& file : {plain, packed}) {
        CHECK_FALSE(stream(file, {.stream_bytes = 250'000}).end->damage);
        const auto over = stream(file, {.stream_bytes = 199'999});
        REQUIRE(over.end);
        CHECK(over.end->damage == problem_code::too_large);
        CHECK(over.end->sha256.empty());
        CHECK(over.text.size() <= 199'999);
        CHECK(content.starts_with(over.text));
    }
    CHECK((stream(member, {.stream_bytes = 200'000}).text == content));
    CHECK(stream(member, {.stream_bytes = 199'999}).end.error().code == problem_code::too_large);
    const auto bomb = stream(collect({dir.put("d.xml.gz", gzipped(std::string(32 << 20, '\0')))}).files.at(0));
    REQUIRE(bomb.end);
    CHECK(bomb.end->damage == problem_code::too_large);
    CHECK(bomb.text.size() < 33 << 20);
}

TEST_CASE("a visitor that wants no more is not called again, and the checksum is still that of the file", "[inputs][stream]") {
    const scratch dir;
    const auto content = noise_of(300'000);
    dir.put("a.xml", content);
    dir.put("b.xml.gz", gzipped(content));
    dir.put("c.zip", zip_bytes({{.name = "c.xml", .content = content, .packed = true}}));
    for (const auto& file : collect({dir.path()}).files) {
        int calls = 0;
        const auto end = for_each_chunk(file, {}, [&](auto) { return ++calls == 0; });
        REQUIRE(end);
        CHECK(calls == 1);
        CHECK(end->sha256 == load(file, {})->sha256);
        CHECK_FALSE(end->damage);
    }
}

TEST_CASE("a visitor may load other members, also of other archives", "[inputs][zip][stream]") {
    const scratch dir;
    const auto content = noise_of(300'000);
    const auto make = [&](std::string_view name) {
        return collect({dir.put(name, zip_bytes({{.name = "a.xml", .content = content, .packed = true},
                                                 {.name = "b.gpx", .content = "route", .packed = true}}))})
            .files;
    };
    const auto first = make("1.zip"), second = make("2.zip");
    REQUIRE(loaded_text(first[1]) == "route");
    std::string text;
    const auto end = for_each_chunk(first[0], {}, [&](std::span<const std::byte> piece) {
        text.append(reinterpret_cast<const char*>(piece.data()), piece.size());
        CHECK(loaded_text(first[1]) == "route");
        CHECK(loaded_text(second[1]) == "route");
        return true;
    });
    REQUIRE(end);
    CHECK_FALSE(end->damage);
    CHECK((text == content));
}

TEST_CASE("what is read as a stream does not use up what an archive may hold", "[inputs][zip][stream]") {
    const scratch dir;
    const auto file = dir.put("a.zip", zip_bytes({{.name = "a.xml", .content = "12345"},
                                                  {.name = "b.fit", .content = "12345"},
                                                  {.name = "c.xml", .content = "12345"},
                                                  {.name = "d.fit", .content = "12345"}}));
    CHECK(collect({file}, {}, {.bytes = 5, .stream_bytes = 9}).ids() == names{"a.xml", "b.fit"});
    CHECK(collect({file}, {}, {.bytes = 10, .stream_bytes = 10}).files.size() == 4);
}

TEST_CASE("members of one archive can be loaded by several threads", "[inputs][zip]") {
    const scratch dir;
    std::vector<member> members;
    for (int i = 0; i < 500; ++i)
        members.push_back({.name = std::to_string(i) + ".fit", .content = std::to_string(i), .packed = true});
    const auto out = collect({dir.put("a.zip", zip_bytes(members))});
    std::atomic<std::size_t> next{0}, good{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (std::size_t i = next++; i < out.files.size(); i = next++)
                good += loaded_text(out.files[i]) + ".fit" == out.files[i].id;
        });
    for (auto& thread : threads) thread.join();
    CHECK(good == members.size());
}

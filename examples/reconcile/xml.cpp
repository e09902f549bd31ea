// SPDX-License-Identifier: BSL-1.0
#include "xml.hpp"

#include "utf8.hpp"

#include <expat.h>
#include <fast_float/fast_float.h>
#include <iconv.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace reconcile {
namespace {

using coincide::problem_code;

std::string_view local_name(std::string_view qualified) noexcept {
    return qualified.substr(qualified.rfind(':') + 1);  // npos + 1 is 0
}

// Expat keeps every distinct name of a document until its end. A document of nothing but distinct names would take several
// times its own size; so expat allocates here, from a budget. Its functions get no context, hence thread_local; it is that of
// the parser at work, which changes when a handler reads another document. Each block remembers its size in front.
thread_local std::size_t* parser_budget = nullptr;
constexpr std::size_t header_bytes = alignof(std::max_align_t);

/// Must be alive around every call that lets expat allocate or free.
class budget_in_use {
public:
    explicit budget_in_use(std::size_t& budget) noexcept : before_{std::exchange(parser_budget, &budget)} {}
    ~budget_in_use() { parser_budget = before_; }
    budget_in_use(const budget_in_use&) = delete;
    budget_in_use& operator=(const budget_in_use&) = delete;

private:
    std::size_t* before_;
};

void* resize_block(void* block, std::size_t bytes) {
    char* old = block ? static_cast<char*>(block) - header_bytes : nullptr;
    std::size_t old_bytes = 0;
    if (old) std::memcpy(&old_bytes, old, sizeof old_bytes);
    if (bytes > old_bytes && bytes - old_bytes > *parser_budget) return nullptr;
    auto* fresh = static_cast<char*>(std::realloc(old, bytes + header_bytes));
    if (!fresh) return nullptr;
    *parser_budget = *parser_budget + old_bytes - bytes;
    std::memcpy(fresh, &bytes, sizeof bytes);
    return fresh + header_bytes;
}
void* new_block(std::size_t bytes) { return resize_block(nullptr, bytes); }
void free_block(void* block) {
    if (!block) return;
    char* old = static_cast<char*>(block) - header_bytes;
    std::size_t bytes = 0;
    std::memcpy(&bytes, old, sizeof bytes);
    *parser_budget += bytes;
    std::free(old);
}

struct free_parser {
    void operator()(XML_Parser parser) const noexcept { XML_ParserFree(parser); }
};

struct fault {
    problem_code code;
    const char* reason;
};

/// One document while it is read: what xml_reader keeps.
struct reading {
    reading(xml_handler& to, const xml_limits& with);
    ~reading() {
        const budget_in_use use{budget};
        parser.reset();
    }
    reading(const reading&) = delete;
    reading& operator=(const reading&) = delete;

    bool feed(std::string_view piece);
    std::optional<finding> finish();

    void stop() {
        stopped = true;
        XML_StopParser(parser.get(), XML_FALSE);
    }
    void stop(problem_code code, const char* reason) {
        if (!stopped) found = fault{code, reason};
        stop();
    }

    xml_handler& handler;
    const xml_limits limits;
    std::size_t budget;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, free_parser> parser{};
    std::size_t taken = 0;            // bytes of the document
    std::size_t given = 0;            // of these, to expat
    bool begun = false;               // something else than blanks and byte order marks has come
    std::string half_mark{};          // until then: what may become a byte order mark
    std::uint64_t skipped_lines = 0;  // before that
    std::size_t depth = 0;
    std::size_t attribute_declarations = 0;
    std::string text{};
    bool ended = false;            // nothing more is wanted
    bool stopped = false;          // by the handler or by a fault: expat may still deliver a call or two
    std::optional<fault> found{};  // a fault that expat does not see as one

private:
    bool end(problem_code code, const char* reason) {
        found = fault{code, reason};
        ended = true;
        return false;
    }
    bool begin(std::string_view piece);
    bool parse(std::string_view piece);
};

void on_open(void* data, const char* name, const char** attributes) {
    auto& r = *static_cast<reading*>(data);
    if (r.stopped) return;
    r.text.clear();
    if (++r.depth > r.limits.depth) return r.stop(problem_code::too_deep, "elements are nested too deeply");
    if (!r.handler.open(xml_tag{local_name(name), attributes, r.parser.get(), r.skipped_lines})) r.stop();
}

void on_close(void* data, const char* name) {
    auto& r = *static_cast<reading*>(data);
    if (r.stopped) return;
    --r.depth;
    if (!r.handler.close(local_name(name), trimmed(r.text))) r.stop();
    r.text.clear();
}

void on_text(void* data, const char* chars, int count) {
    auto& r = *static_cast<reading*>(data);
    if (r.stopped) return;
    const auto size = static_cast<std::size_t>(count);
    if (size > r.limits.text_bytes - r.text.size())
        return r.stop(problem_code::too_large, "the text of one element is too long");
    r.text.append(chars, size);
}

void on_entity(void* data, const char*, int, const char*, int, const char*, const char*, const char*, const char*) {
    static_cast<reading*>(data)->stop(problem_code::forbidden_entity, "the document declares an entity");
}

int on_external_entity(XML_Parser parser, const char*, const char*, const char*, const char*) {
    auto& r = *static_cast<reading*>(XML_GetUserData(parser));
    r.stop(problem_code::forbidden_entity, "the document refers to an external entity");
    return XML_STATUS_ERROR;
}

void on_attribute_declaration(void* data, const char*, const char*, const char*, const char* default_value, int) {
    auto& r = *static_cast<reading*>(data);
    if (default_value) return r.stop(problem_code::unsupported, "the document declares default values of attributes");
    if (++r.attribute_declarations > r.limits.attribute_declarations)
        r.stop(problem_code::too_large, "the document declares too many attributes");
}

/// One byte a character, as Windows and old converters write. Of others (GBK) the ASCII part is known.
int on_unknown_encoding(void*, const char* name, XML_Encoding* to) {
    const iconv_t from_name = iconv_open("UTF-32LE", name);
    if (from_name == reinterpret_cast<iconv_t>(-1)) return XML_STATUS_ERROR;
    for (int byte = 0; byte < 256; ++byte) {
        char in = static_cast<char>(byte);
        unsigned char out[4] = {};
        char *from = &in, *until = reinterpret_cast<char*>(out);
        std::size_t left = 1, room = sizeof out;
        iconv(from_name, nullptr, nullptr, nullptr, nullptr);
        const bool known = iconv(from_name, &from, &left, &until, &room) != static_cast<std::size_t>(-1) && left == 0 && room == 0;
        to->map[byte] = known && out[3] == 0 ? out[0] | out[1] << 8 | out[2] << 16 : -1;
    }
    iconv_close(from_name);
    to->data = nullptr, to->convert = nullptr, to->release = nullptr;
    return XML_STATUS_OK;
}

/// The declaration names UTF-8 in a way that expat does not know, or an encoding of two bytes for a text that has one: converters
/// of .NET and Python write these.
bool is_utf8_by_another_name(std::string_view front) {
    if (!front.starts_with("<?xml")) return false;
    const auto declaration = front.substr(0, front.find('>'));
    const auto at = declaration.find("encoding");
    const auto quote = at == std::string_view::npos ? at : declaration.find_first_of("\"'", at);
    if (quote == std::string_view::npos) return false;
    std::string name;
    for (const char c : declaration.substr(quote + 1, declaration.find(declaration[quote], quote + 1) - quote - 1))
        if (c != '-' && c != '_' && c != ' ') name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name == "utf8" || name == "utf16" || name == "unicode" || name == "ucs2" || name == "utf16le" || name == "utf16be";
}

fault fault_of(XML_Error error) noexcept {
    switch (error) {
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
    case XML_ERROR_PARTIAL_CHAR: return {problem_code::truncated, "the document ends in the middle"};
    case XML_ERROR_NO_MEMORY:
        return {problem_code::too_large, "the names and attributes of the document take too much memory"};
    default: return {problem_code::malformed, XML_ErrorString(error)};  // expat's own words, of static storage
    }
}

finding reject(const fault& what, std::optional<std::uint64_t> line) {
    finding f;
    f.code = what.code;
    f.reason = what.reason;
    f.line = line;
    return f;
}

constexpr std::string_view mark = "\xEF\xBB\xBF";  // the byte order mark of UTF-8

/// Drops blanks and byte order marks of UTF-8 from the front.
std::string_view without_leading_blanks(std::string_view text) noexcept {
    for (;;) {
        text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
        if (!text.starts_with(mark)) return text;
        text.remove_prefix(mark.size());
    }
}

reading::reading(xml_handler& to, const xml_limits& with) : handler{to}, limits{with}, budget{with.parser_bytes} {
    const budget_in_use use{budget};
    const XML_Memory_Handling_Suite memory{new_block, resize_block, free_block};
    parser.reset(XML_ParserCreate_MM(nullptr, &memory, nullptr));
    if (!parser) return;
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), on_open, on_close);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetEntityDeclHandler(parser.get(), on_entity);
    XML_SetExternalEntityRefHandler(parser.get(), on_external_entity);
    XML_SetAttlistDeclHandler(parser.get(), on_attribute_declaration);
    XML_SetUnknownEncodingHandler(parser.get(), on_unknown_encoding, nullptr);
}

bool reading::feed(std::string_view piece) {
    if (ended || !parser) return false;
    if (piece.size() > limits.bytes - taken)
        return end(problem_code::too_large, "the document is over the limit of its size");
    taken += piece.size();
    const budget_in_use use{budget};
    return begun ? parse(piece) : begin(piece);
}

/// Passes over blanks and byte order marks. A mark may come in two pieces.
bool reading::begin(std::string_view piece) {
    for (;;) {
        if (half_mark.empty()) {
            const auto rest = without_leading_blanks(piece);
            const auto skipped = piece.substr(0, piece.size() - rest.size());
            skipped_lines += static_cast<std::uint64_t>(std::count(skipped.begin(), skipped.end(), '\n'));
            piece = rest;
        }
        if (piece.empty()) return true;
        const auto missing = std::min(piece.size(), mark.size() - half_mark.size());
        half_mark.append(piece.substr(0, missing));
        piece.remove_prefix(missing);
        if (half_mark == mark) half_mark.clear();
        else if (!mark.starts_with(half_mark)) break;
    }
    begun = true;
    if (is_utf8_by_another_name(half_mark + std::string{piece.substr(0, 512)})) XML_SetEncoding(parser.get(), "UTF-8");
    return parse(half_mark) && parse(piece);
}

/// Expat copies what it is given, so it gets small pieces; it scans a token that a piece does not complete again with the
/// next one, so tokens must not be long.
bool reading::parse(std::string_view piece) {
    constexpr std::size_t piece_bytes = std::size_t{64} << 10;
    while (!piece.empty()) {
        const auto done = static_cast<std::size_t>(std::max(XML_Index{0}, XML_GetCurrentByteIndex(parser.get())));
        if (given - done > limits.tag_bytes) return end(problem_code::too_large, "a tag or a comment is too long");
        const auto part = piece.substr(0, piece_bytes);
        piece.remove_prefix(part.size());
        given += part.size();
        ended = XML_Parse(parser.get(), part.data(), static_cast<int>(part.size()), false) != XML_STATUS_OK;
        if (ended) return false;
    }
    return true;
}

std::optional<finding> reading::finish() {
    if (!parser) return reject({problem_code::too_large, "no memory for the parser"}, std::nullopt);
    if (!begun && !ended && half_mark.empty())
        return reject({problem_code::empty, "the document is empty"}, std::nullopt);
    const budget_in_use use{budget};
    if (!ended && XML_Parse(parser.get(), nullptr, 0, true) == XML_STATUS_OK) return std::nullopt;
    if (stopped && !found) return std::nullopt;
    return reject(found ? *found : fault_of(XML_GetErrorCode(parser.get())),
                  skipped_lines + XML_GetCurrentLineNumber(parser.get()));
}

}  // namespace

struct xml_reader::state : reading {
    using reading::reading;
};

std::string_view xml_tag::operator[](std::string_view attribute) const noexcept {
    for (const char* const* a = attributes_; *a; a += 2)
        if (local_name(a[0]) == attribute) return a[1];
    return {};
}

std::optional<xml_attribute> xml_tag::attribute(std::size_t index) const noexcept {
    const char* const* a = attributes_;
    for (; *a && index > 0; --index) a += 2;
    if (!*a) return std::nullopt;
    return xml_attribute{local_name(a[0]), a[1]};
}

std::uint64_t xml_tag::line() const noexcept {
    const auto parser = static_cast<XML_Parser>(const_cast<void*>(parser_));  // expat caches the count in the parser
    return skipped_lines_ + XML_GetCurrentLineNumber(parser);
}

xml_reader::xml_reader(xml_handler& handler, const xml_limits& limits)
    : state_{std::make_unique<state>(handler, limits)} {}
xml_reader::~xml_reader() = default;

bool xml_reader::feed(std::span<const std::byte> piece) {
    return state_->feed({reinterpret_cast<const char*>(piece.data()), piece.size()});
}
std::optional<finding> xml_reader::finish() { return state_->finish(); }

std::optional<finding> read_xml(std::span<const std::byte> document, xml_handler& handler, const xml_limits& limits) {
    if (document.size() > limits.bytes)
        return reject({problem_code::too_large, "the document is over the limit of its size"}, std::nullopt);
    xml_reader reader{handler, limits};
    reader.feed(document);
    return reader.finish();
}

std::optional<std::string> mended_xml(std::span<const std::byte> document) {
    std::string_view text{reinterpret_cast<const char*>(document.data()), document.size()};
    std::optional<std::string> out;
    const auto put = [&](std::size_t at, std::size_t count, char by) {
        if (!out) out = std::string{text};
        std::fill_n(out->begin() + static_cast<std::ptrdiff_t>(at), count, by);
    };
    const auto is_entity = [&](std::size_t at) {
        for (const std::string_view known : {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"})
            if (text.substr(at, known.size()) == known) return true;
        const auto end = text.find(';', at);
        return text.substr(at, 2) == "&#" && end != std::string_view::npos && end - at <= 10 && end - at > 2 &&
               text.substr(at + 2, end - at - 2).find_first_not_of("0123456789abcdefABCDEFx") == std::string_view::npos;
    };
    const auto front = text.substr(0, 64).find("<?xml");
    if (front != std::string_view::npos && front > 0) put(0, front, ' ');  // what some writer left before the declaration
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x80) {
            const auto length = utf8_length(text.substr(i));
            if (length == 0) put(i, 1, '?');
            i += std::max<std::size_t>(length, 1);
            continue;
        }
        if (c == '&' && !is_entity(i)) put(i, 1, ' ');
        if (c < ' ' && c != '\t' && c != '\n' && c != '\r') put(i, 1, ' ');
        ++i;
    }
    return out;
}

std::optional<double> number_in(std::string_view text) noexcept {
    text = trimmed(text);
    // XML Schema allows a plus, from_chars does not; that skips blanks, which we do not.
    const bool plus = text.starts_with('+');
    if (plus) text.remove_prefix(1);
    if (text.empty() || std::string_view{plus ? ".0123456789" : ".0123456789-"}.find(text.front()) == std::string_view::npos)
        return std::nullopt;
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = fast_float::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace reconcile

// SPDX-License-Identifier: BSL-1.0
//
// Reading XML that strangers wrote, as a stream of elements: a thin layer over expat.
//
//     struct names : reconcile::xml_handler {                      // <gpx><trk><name> Ride </name></trk></gpx>
//         bool open(const reconcile::xml_tag& tag) override { return true; }
//         bool close(std::string_view name, std::string_view text) override { … }    // "name", "Ride"; "trk", ""; …
//     };
//     if (const auto fault = read_xml(bytes, handler)) …           // what is wrong, and in which line
//
// Names come without their prefix, and a prefix need not be declared: real files forget to. Blanks and a byte order mark
// before the XML declaration are skipped, which real files have too. A document that breaks off gives every element before
// the break. Entities are never expanded: a document that declares one is refused before its first element.
#pragma once

#include "decoded.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace reconcile {

struct xml_attribute {
    std::string_view name, value;
};

/// An element that has just opened. Valid only during the call.
class xml_tag {
public:
    xml_tag(std::string_view name, const char* const* attributes, const void* parser, std::uint64_t skipped_lines) noexcept
        : name_{name}, attributes_{attributes}, parser_{parser}, skipped_lines_{skipped_lines} {}

    [[nodiscard]] std::string_view name() const noexcept { return name_; }
    /// The value of an attribute, named without prefix; empty when there is none.
    [[nodiscard]] std::string_view operator[](std::string_view attribute) const noexcept;
    /// The attributes in document order, named without prefix; nothing past the last one. Two may have one name: `a:x`, `b:x`.
    [[nodiscard]] std::optional<xml_attribute> attribute(std::size_t index) const noexcept;
    /// The line the element begins in, from 1. Counts the lines since the last call.
    [[nodiscard]] std::uint64_t line() const noexcept;

private:
    std::string_view name_;
    const char* const* attributes_;
    const void* parser_;
    std::uint64_t skipped_lines_;
};

/// Receives the elements in document order. Either function ends the reading by returning false.
class xml_handler {
public:
    virtual bool open(const xml_tag& tag) = 0;
    /// `text` is what stands after the last tag inside the element, without blanks around it: all of it, for elements
    /// without children. Valid UTF-8, whatever the encoding of the document.
    virtual bool close(std::string_view name, std::string_view text) = 0;

protected:
    ~xml_handler() = default;
};

struct xml_limits {
    std::size_t bytes = decode_limits{}.file_bytes;
    std::size_t depth = 64;                             // of nested elements; GPX and TCX need fewer than 12
    std::size_t text_bytes = std::size_t{1} << 20;     // of one element
    std::size_t tag_bytes = std::size_t{1} << 20;      // of one tag with its attributes, or one comment
    std::size_t attribute_declarations = 500;          // expat walks all of an element's at each of its tags
    std::size_t parser_bytes = std::size_t{64} << 20;  // what expat may hold: all names of the document
};

/// Reads one document. Nothing: it was read to its end, or to where the handler ended it. Otherwise a reject with its line:
/// empty, truncated, malformed (also an encoding that expat does not know), forbidden_entity, too_deep, too_large,
/// unsupported (a declaration that gives attributes default values).
///
/// Complexity  O(bytes); memory: the limits above, not the length of the document.
[[nodiscard]] std::optional<finding> read_xml(std::span<const std::byte> document, xml_handler& handler,
                                              const xml_limits& limits = {});

/// The same for a document that comes in pieces, of any size, and need not fit into memory:
///
///     xml_reader reader{handler};
///     while (more() && reader.feed(next_piece())) {}
///     if (const auto fault = reader.finish()) …
///
/// The handler may read other documents meanwhile.
class xml_reader {
public:
    explicit xml_reader(xml_handler& handler, const xml_limits& limits = {});
    ~xml_reader();
    xml_reader(const xml_reader&) = delete;
    xml_reader& operator=(const xml_reader&) = delete;

    /// False when the reading has ended: by the handler, or by a fault. Further pieces are ignored.
    bool feed(std::span<const std::byte> piece);
    /// The document is complete: the answer of read_xml. Call once.
    [[nodiscard]] std::optional<finding> finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// The document with blanks for what no XML may hold and converters write all the same: an ampersand that begins no entity, control
/// characters, bytes before the declaration; and `?` for bytes that are not UTF-8. Of the same length; nothing when there is none.
[[nodiscard]] std::optional<std::string> mended_xml(std::span<const std::byte> document);

/// Reads a document with a Reader (made of limits, with finish(fault)); one that is malformed is mended and read once more.
template <class Reader>
[[nodiscard]] decoded read_mended(std::span<const std::byte> document, const decode_limits& limits) {
    Reader reader{limits};
    auto fault = read_xml(document, reader, {.bytes = limits.file_bytes});
    const auto mended = fault && fault->code == coincide::problem_code::malformed ? mended_xml(document) : std::nullopt;
    if (!mended) return reader.finish(std::move(fault));
    Reader again{limits};
    auto second = again.finish(read_xml(std::as_bytes(std::span{*mended}), again, {.bytes = limits.file_bytes}));
    if (second.activities.empty()) return reader.finish(std::move(fault));
    fault->kind = finding_kind::salvage;
    fault->code = coincide::problem_code::recovered;
    fault->reason = "characters that XML does not allow were passed over: " + fault->reason;
    second.findings.push_back(std::move(*fault));
    return second;
}

/// A number that is the whole of `text` but for blanks around it. Nothing for anything else: a comma for the point, a unit,
/// "NaN", "inf", digits beyond the range of a double. Locale-free.
[[nodiscard]] std::optional<double> number_in(std::string_view text) noexcept;

/// `text` without the blanks (XML's four) around it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace reconcile

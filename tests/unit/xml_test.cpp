// SPDX-License-Identifier: BSL-1.0
#include "../support/xml_support.hpp"
#include "xml.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

namespace {

using coincide::problem_code;
using xml_support::bytes_of;

/// Writes down what it is told: "<a x=1><b>text</b></a>" becomes "<a x=1 <b text> >".
struct recorder : reconcile::xml_handler {
    std::string told{};
    std::uint64_t last_line = 0;
    std::string_view stop_at{};

    bool open(const reconcile::xml_tag& tag) override {
        told.append("<").append(tag.name()).append(" ");
        if (!tag["x"].empty()) told.append("x=").append(tag["x"]).append(" ");
        last_line = tag.line();
        return tag.name() != stop_at;
    }
    bool close(std::string_view, std::string_view text) override {
        told.append(text).append("> ");
        return true;
    }
};

struct outcome {
    std::string told;
    std::optional<reconcile::finding> fault;
};

outcome read(std::string_view document, const reconcile::xml_limits& limits = {}) {
    recorder handler;
    auto fault = reconcile::read_xml(bytes_of(document), handler, limits);
    return {handler.told, std::move(fault)};
}

problem_code fault_in(std::string_view document, const reconcile::xml_limits& limits = {}) {
    const auto result = read(document, limits);
    REQUIRE(result.fault);
    CHECK(result.fault->kind == reconcile::finding_kind::reject);
    CHECK_FALSE(result.fault->reason.empty());
    return result.fault->code;
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("elements come in document order, with their trimmed text", "[xml]") {
    const auto result = read("<a x='1'> <b> two words\n</b><c/><d>&lt;&#x41;<![CDATA[<&>]]></d></a>");
    CHECK_FALSE(result.fault);
    CHECK(result.told == "<a x=1 <b two words> <c > <d <A<&>> > ");
}

TEST_CASE("prefixes are cut off, and need not be declared", "[xml]") {
    const auto result = read("<n:a n:x='1'><undeclared:b>5</undeclared:b></n:a>");
    CHECK_FALSE(result.fault);
    CHECK(result.told == "<a x=1 <b 5> > ");
}

TEST_CASE("blanks and byte order marks may stand before the declaration", "[xml]") {
    for (const char* before : {"", "\n  \t", "\xEF\xBB\xBF", "\xEF\xBB\xBF \r\n", "  \xEF\xBB\xBF"}) {
        const auto result = read(std::string{before} + "<?xml version='1.0' encoding='UTF-8'?><a/>");
        CHECK_FALSE(result.fault);
        CHECK(result.told == "<a > ");
    }
}

TEST_CASE("lines are counted from the first byte of the document", "[xml]") {
    recorder handler;
    const std::string document = "\n\n<a>\n<b/>\n<c></d>";
    const auto fault = reconcile::read_xml(bytes_of(document), handler);
    CHECK(handler.last_line == 5);
    REQUIRE(fault);
    CHECK(fault->code == problem_code::malformed);
    CHECK(fault->line == 5u);
}

TEST_CASE("texts, tags and lines are whole, wherever the parser gets its pieces", "[xml]") {
    for (std::size_t before = 65'500; before < 65'560; ++before) {
        const auto result = read("<a>" + std::string(before, '\n') + "<b x='1'>one two\xC3\xA9</b></c>");
        CHECK(result.told == "<a <b x=1 one two\xC3\xA9> ");
        REQUIRE(result.fault);
        CHECK(result.fault->line == before + 1);
    }
}

TEST_CASE("a handler can end the reading, which is no fault", "[xml]") {
    recorder handler;
    handler.stop_at = "b";
    CHECK_FALSE(reconcile::read_xml(bytes_of("<a><b><c/></b>not even well formed"), handler));
    CHECK(handler.told == "<a <b ");
}

TEST_CASE("documents that are none say why", "[xml]") {
    CHECK(fault_in("") == problem_code::empty);
    CHECK(fault_in(" \n\xEF\xBB\xBF\t") == problem_code::empty);
    CHECK(fault_in("hello") == problem_code::malformed);
    CHECK(fault_in("<a><b></a></b>") == problem_code::malformed);
    CHECK(fault_in("<a>&nbsp;</a>") == problem_code::malformed);
    CHECK(fault_in("<a>\xFF\xFE</a>") == problem_code::malformed);
    CHECK(fault_in("<a/><b/>") == problem_code::malformed);
    CHECK(fault_in(std::string_view{"\0\0\0\0", 4}) == problem_code::malformed);
}

TEST_CASE("a document that breaks off gives what came before", "[xml]") {
    const auto result = read("<a><b>1</b><c>2</");
    REQUIRE(result.fault);
    CHECK(result.fault->code == problem_code::truncated);
    CHECK(result.told == "<a <b 1> <c ");
}

TEST_CASE("UTF-16 and Latin-1 become UTF-8", "[xml]") {
    CHECK(read(xml_support::in_utf16("<?xml version='1.0' encoding='UTF-16'?><a>b</a>")).told == "<a b> ");
    CHECK(read("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>").told == "<a \xC3\xA9> ");
}

TEST_CASE("an encoding that is unknown is malformed, and UTF-16 of one byte a character is UTF-8", "[xml]") {
    CHECK(fault_in("<?xml version='1.0' encoding='EBCDIC-42'?><a/>") == problem_code::malformed);
    CHECK_FALSE(read("<?xml version='1.0' encoding='UTF-16'?><a/>").fault);  // of one byte a character: UTF-8 by another name
}

TEST_CASE("every declaration of an entity is refused, before the first element", "[xml]") {
    std::string laughs = "<!DOCTYPE l [<!ENTITY l0 'ha'>";
    for (int i = 1; i < 30; ++i) {
        const auto below = "&l" + std::to_string(i - 1) + ";";
        laughs += "<!ENTITY l" + std::to_string(i) + " '" + repeated(below, 10) + "'>";
    }
    laughs += "]><l>&l29;</l>";
    for (const std::string& document :
         {laughs, std::string{"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"},
          std::string{"<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://localhost/x.dtd'> %x;]><a/>"},
          std::string{"<!DOCTYPE a [<!ENTITY x PUBLIC 'p' 'u' NDATA n>]><a/>"}}) {
        const auto result = read(document);
        REQUIRE(result.fault);
        CHECK(result.fault->code == problem_code::forbidden_entity);
        CHECK(result.told.empty());
    }
}

TEST_CASE("a document type without entities is read over", "[xml]") {
    const auto result = read("<!DOCTYPE a [<!ELEMENT a (b)><!ATTLIST a x CDATA #REQUIRED>]><a x='1'/>");
    CHECK_FALSE(result.fault);
    CHECK(result.told == "<a x=1 > ");
}

TEST_CASE("depth, size, texts, names and declarations have limits", "[xml]") {
    CHECK(fault_in(repeated("<a>", 1'000'000)) == problem_code::too_deep);
    CHECK_FALSE(read(repeated("<a>", 64) + repeated("</a>", 64)).fault);
    CHECK(fault_in(repeated("<a>", 65) + repeated("</a>", 65)) == problem_code::too_deep);
    CHECK(fault_in("<a/>", {.bytes = 3}) == problem_code::too_large);
    CHECK(fault_in("<a>" + std::string(100, 'x') + "</a>", {.text_bytes = 99}) == problem_code::too_large);
    CHECK_FALSE(read("<a>" + std::string(100, 'x') + "</a>", {.text_bytes = 100}).fault);

    std::string names = "<a>";
    for (int i = 0; i < 100'000; ++i) names += "<n" + std::to_string(i) + "/>";
    CHECK(fault_in(names, {.parser_bytes = std::size_t{1} << 20}) == problem_code::too_large);

    const auto declarations = "<!DOCTYPE a [" + repeated("<!ATTLIST a x CDATA #IMPLIED>", 501) + "]><a/>";
    CHECK(fault_in(declarations) == problem_code::too_large);
    CHECK(fault_in("<!DOCTYPE a [<!ATTLIST a x CDATA 'default'>]><a/>") == problem_code::unsupported);

    CHECK(fault_in("<a><!--" + std::string(3'000'000, 'x') + "--></a>") == problem_code::too_large);
    CHECK(fault_in("<a x='" + std::string(3'000'000, 'x') + "'/>") == problem_code::too_large);
    CHECK_FALSE(read("<a x='" + std::string(500'000, 'x') + "'/>").fault);
}

TEST_CASE("a document that comes in pieces reads as a whole one does", "[xml]") {
    const auto read_by = [](std::size_t size, std::string_view document, const reconcile::xml_limits& limits) {
        recorder handler;
        reconcile::xml_reader reader{handler, limits};
        for (std::size_t at = 0; at < document.size(); at += size)
            if (!reader.feed(bytes_of(document.substr(at, size)))) break;
        auto fault = reader.finish();
        return outcome{handler.told, std::move(fault)};
    };
    for (const std::string& document :
         {std::string{""}, std::string{" \n"}, std::string{"\xEF\xBB"}, std::string{"\xEF\xBB\xBF \n\xEF\xBB\xBF"},
          std::string{"\n\n\xEF\xBB\xBF\n<?xml version='1.0'?><a x='1'>\n<b>one \xC3\xA9</b><!-- c -->\r\n<c/></a>\n"},
          std::string{"\xEF\xBBx<a/>"}, std::string{"<a><b>1</b>\n<c>2</"}, std::string{"<a>\n</b>"}, std::string{"<a/><b/>"},
          std::string{"hello"}, std::string{"<!DOCTYPE a [\n<!ENTITY b 'c'>]><a/>"}, std::string{"<a><a><a><a><a></a>"},
          xml_support::in_utf16("<?xml version='1.0' encoding='UTF-16'?><a>b</a>")}) {
        const reconcile::xml_limits limits{.depth = 4};
        const auto whole = read(document, limits);
        for (std::size_t size = 1; size <= 20; ++size) {
            const auto pieces = read_by(size, document, limits);
            CHECK(pieces.told == whole.told);
            REQUIRE(pieces.fault.has_value() == whole.fault.has_value());
            if (!whole.fault) continue;
            CHECK(pieces.fault->code == whole.fault->code);
            CHECK(pieces.fault->line == whole.fault->line);
        }
    }
}

TEST_CASE("a document in pieces has limits of size, and of what the parser holds", "[xml]") {
    recorder handler;
    reconcile::xml_reader reader{handler, {.bytes = 10}};
    CHECK(reader.feed(bytes_of("<a><b/>")));
    CHECK_FALSE(reader.feed(bytes_of("<c/>")));
    CHECK_FALSE(reader.feed(bytes_of("<")));
    const auto fault = reader.finish();
    REQUIRE(fault);
    CHECK(fault->code == problem_code::too_large);
    CHECK(handler.told == "<a <b > ");

    struct : reconcile::xml_handler {
        std::size_t elements = 0;
        bool open(const reconcile::xml_tag&) override { return ++elements > 0; }
        bool close(std::string_view, std::string_view) override { return true; }
    } counter;
    reconcile::xml_reader long_reader{counter, {.parser_bytes = std::size_t{1} << 20}};
    const auto piece = repeated("<Record type='t' value='1'/>\n", 10'000);
    CHECK(long_reader.feed(bytes_of("<a>")));
    for (int i = 0; i < 100; ++i) REQUIRE(long_reader.feed(bytes_of(piece)));
    CHECK(long_reader.feed(bytes_of("</a>")));
    CHECK_FALSE(long_reader.finish());
    CHECK(counter.elements == 1'000'001);
}

TEST_CASE("a handler may read another document meanwhile, and each has its own limits", "[xml]") {
    const auto names = [](int from, int count) {
        std::string out = "<a>";
        for (int i = from; i < from + count; ++i) out += "<n" + std::to_string(i) + "/>";
        return out += "</a>";
    };
    struct : reconcile::xml_handler {
        std::string inside{};
        int read = 0;
        bool open(const reconcile::xml_tag&) override {
            if (std::exchange(read, 1) == 1) return true;
            recorder other;
            return !reconcile::read_xml(bytes_of(inside), other, {.parser_bytes = std::size_t{4} << 20});
        }
        bool close(std::string_view, std::string_view) override { return true; }
    } outer;
    const reconcile::xml_limits small{.parser_bytes = std::size_t{256} << 10};
    outer.inside = names(0, 10'000);
    CHECK_FALSE(reconcile::read_xml(bytes_of(names(0, 1000)), outer, small));
    CHECK(outer.read == 1);
    outer.read = 0;
    const auto fault = reconcile::read_xml(bytes_of(names(0, 10'000)), outer, small);
    REQUIRE(fault);
    CHECK(fault->code == problem_code::too_large);

    recorder one, two;
    reconcile::xml_reader first{one, small}, second{two, small};  // together the names would be too many
    const auto a = names(0, 1500), b = names(1500, 1500);
    for (std::size_t at = 0; at < b.size(); at += 100) {
        if (at < a.size()) CHECK(first.feed(bytes_of(std::string_view{a}.substr(at, 100))));
        CHECK(second.feed(bytes_of(std::string_view{b}.substr(at, 100))));
    }
    CHECK_FALSE(first.finish());
    CHECK_FALSE(second.finish());
}

TEST_CASE("attributes come in document order, without their prefix", "[xml]") {
    struct : reconcile::xml_handler {
        std::string told{};
        bool open(const reconcile::xml_tag& tag) override {
            for (std::size_t i = 0; const auto attribute = tag.attribute(i); ++i)
                told.append(attribute->name).append("=").append(attribute->value).append(" ");
            told += tag.attribute(100) ? "!" : ".";
            return true;
        }
        bool close(std::string_view, std::string_view) override { return true; }
    } handler;
    CHECK_FALSE(reconcile::read_xml(bytes_of("<a z='1' n:y='&lt;' x=''><b/></a>"), handler));
    CHECK(handler.told == "z=1 y=< x= ..");
}

TEST_CASE("a number is the whole text, in any locale", "[xml]") {
    using reconcile::number_in;
    CHECK(number_in("12.5") == 12.5);
    CHECK(number_in(" -0.25\n") == -0.25);
    CHECK(number_in("+3") == 3.0);
    CHECK(number_in("1e3") == 1000.0);
    CHECK(number_in(".5") == 0.5);
    CHECK(number_in("1e308") == 1e308);
    for (const char* none : {"",      " ",    "nan", "NaN", "inf", "-inf", "INF", "1e309", "-1e999", "12,5",
                             "12.5m", "0x10", "1 2", "+-1", "--1", "+ 1",  "- 1", "+",     "-",      "."})
        CHECK_FALSE(number_in(none));
}

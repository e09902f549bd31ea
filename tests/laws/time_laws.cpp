// SPDX-License-Identifier: BSL-1.0
//
// What holds for every instant and for every text.
#include <coincide/record/time.hpp>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <string>

using namespace coincide;

namespace {

constexpr std::int64_t first_ms = -62167219200000, last_ms = 253402300799999;  // 0000-01-01 and the end of 9999

instant any_instant() {
    // the inclusive end is the number after it, and whole seconds are as likely as others
    const auto ms = *rc::gen::inRange(first_ms, last_ms + 1);
    return instant{std::chrono::milliseconds{*rc::gen::arbitrary<bool>() ? ms : ms / 1000 * 1000}};
}

}  // namespace

TEST_CASE("an instant survives being written and read", "[time][law]") {
    rc::prop("of every year from 0000 to 9999", [] {
        const auto when = any_instant();
        const auto back = parse_rfc3339(format_rfc3339(when));
        RC_ASSERT(back.has_value());
        RC_ASSERT(back->at == when);
        RC_ASSERT(back->has_zone);
        RC_ASSERT(!back->leap_second);
    });
}

TEST_CASE("a written instant has 20 characters, or 24 with milliseconds", "[time][law]") {
    rc::prop("and nothing but digits between its signs", [] {
        const auto when = any_instant();
        const auto text = format_rfc3339(when);
        RC_ASSERT(text.size() == (when.time_since_epoch().count() % 1000 == 0 ? 20u : 24u));
        RC_ASSERT(text.find_first_not_of("0123456789-T:.Z") == std::string::npos);
    });
}

TEST_CASE("later instants of one form sort later as text", "[time][law]") {
    rc::prop("so a database may sort by the text", [] {
        const auto a = format_rfc3339(any_instant()), b = format_rfc3339(any_instant());
        RC_PRE(a.size() == b.size());
        RC_ASSERT((parse_rfc3339(a)->at < parse_rfc3339(b)->at) == (a < b));
    });
}

TEST_CASE("an offset moves the instant and nothing else", "[time][law]") {
    rc::prop("local digits with an offset are the digits with Z less the offset", [] {
        const auto text = format_rfc3339(any_instant());
        const auto hours = *rc::gen::inRange(0, 24), minutes = *rc::gen::inRange(0, 60);
        const bool ahead = *rc::gen::arbitrary<bool>();
        const auto two = [](int n) { return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; };
        const auto local = text.substr(0, text.size() - 1) + (ahead ? "+" : "-") + two(hours) + ":" + two(minutes);
        const auto offset = (std::chrono::hours{hours} + std::chrono::minutes{minutes}) * (ahead ? 1 : -1);
        const auto with_z = parse_rfc3339(text), with_offset = parse_rfc3339(local);
        RC_ASSERT(with_offset.has_value());
        RC_ASSERT(with_offset->at == with_z->at - offset);
        if (offset.count() != 0) RC_ASSERT(with_offset->offset == std::chrono::seconds{offset});
    });
}

TEST_CASE("no text breaks the reader", "[time][law]") {
    rc::prop("not a spoiled one", [] {
        auto text = format_rfc3339(any_instant());
        const auto where = *rc::gen::inRange<std::size_t>(0, text.size());
        text[where] = *rc::gen::arbitrary<char>();
        const auto read = parse_rfc3339(text);
        if (read && read->offset) RC_ASSERT(std::chrono::abs(*read->offset) < std::chrono::hours{24});
    });
    rc::prop("nor one cut off", [] {
        const auto text = format_rfc3339(any_instant());
        const auto cut = text.substr(0, *rc::gen::inRange<std::size_t>(0, 19));
        RC_ASSERT(!parse_rfc3339(cut));
    });
    rc::prop("nor any other", [] { static_cast<void>(parse_rfc3339(*rc::gen::arbitrary<std::string>())); });
}

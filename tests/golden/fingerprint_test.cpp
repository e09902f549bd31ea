// SPDX-License-Identifier: BSL-1.0
//
// Fingerprints as hosts have stored them: these bits may never change within version 1.
//
// Each was put together by hand from the layout: version in the upper 8 bits, minutes since 1970 in the next 28, metres in the
// lower 28. The minutes are those of `date -u -d <start> +%s` divided by 60:
//
//     2019-09-07T07:29:50Z   1567841390 s / 60 = 26130689 = 0x18EB901      12062 m = 0x0002F1E
//         01 | 18EB901 | 0002F1E  ->  0x0118EB9010002F1E
//     2019-07-21T14:13:16Z   1563718396 s / 60 = 26061973 = 0x18DAC95      49793 m = 0x000C281   (49 793.8 m, cut)
//     1970-01-01T00:00:00Z                   0                                 1 m = 0x0000001
//     2199-12-31T23:59:59.999Z  7258118399 s / 60 = 120968639 = 0x735D5BF   42195 m = 0x000A4D3
//     2024-02-29T12:00:00Z   1709208000 s / 60 = 28486800 = 0x1B2AC90      unknown  = 0xFFFFFFF
#include <coincide/match/fingerprint.hpp>

#include <catch2/catch.hpp>

using namespace coincide;

namespace {

struct stored {
    const char* start;
    double metres;  // negative: not known
    std::uint64_t bits;
};
constexpr stored keys[] = {
    {"2019-09-07T07:29:50Z", 12062.22, 0x0118EB9010002F1E}, {"2019-07-21T14:13:16Z", 49793.8, 0x0118DAC95000C281},
    {"1970-01-01T00:00:00Z", 1.0, 0x0100000000000001},      {"2199-12-31T23:59:59.999Z", 42195.0, 0x01735D5BF000A4D3},
    {"2024-02-29T12:00:00Z", -1.0, 0x011B2AC90FFFFFFF},
};

}  // namespace

TEST_CASE("stored fingerprints keep their bits", "[fingerprint][golden]") {
    for (const auto& key : keys) {
        INFO(key.start);
        const auto made =
            make_fingerprint(parse_rfc3339(key.start)->at, key.metres < 0 ? std::nullopt : std::optional{key.metres});
        REQUIRE(made);
        CHECK(made->bits == key.bits);
    }
}

// SPDX-License-Identifier: BSL-1.0
//
// Laws of the interchange format: what is written is read back, and written to the same bytes again.
#include "json_keys.hpp"
#include "json_read.hpp"
#include "json_write.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace reconcile;
using coincide::activity;

namespace {

// Values on the grid of the format, so that nothing is rounded away.
std::int64_t between(std::int64_t low, std::int64_t high) { return *rc::gen::inRange<std::int64_t>(low, high); }
bool maybe() { return *rc::gen::arbitrary<bool>(); }
double total() { return static_cast<double>(between(0, 100'000'000)) / 1000; }
double degrees(int limit) { return static_cast<double>(between(-limit * 10'000'000LL, limit * 10'000'000LL + 1)) / 1e7; }
coincide::instant instant() {
    return coincide::instant{coincide::milliseconds{between(700'000'000'000, 7'258'118'400'000)}};
}

std::string text() {  // any characters, from all planes
    std::string out;
    for (const auto c : *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange<std::uint32_t>(1, 0x110000))) {
        if (c >= 0xD800 && c < 0xE000) continue;
        const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
        if (c < 0x80)
            out += static_cast<char>(c);
        else if (c < 0x800)
            out += static_cast<char>(0xC0 | c >> 6), tail(0);
        else if (c < 0x10000)
            out += static_cast<char>(0xE0 | c >> 12), tail(6), tail(0);
        else
            out += static_cast<char>(0xF0 | c >> 18), tail(12), tail(6), tail(0);
    }
    return out;
}

coincide::samples samples(bool positions) {
    coincide::samples out;
    const auto rows = between(0, 20);
    std::int64_t t = between(-5000, 5000);
    for (std::int64_t i = 0; i < rows; ++i, t += between(1, 100'000)) {
        coincide::sample s{.t = coincide::milliseconds{t}};
        if (positions && maybe()) s.lat_deg = degrees(90), s.lon_deg = degrees(180);
        if (maybe()) s.ele_m = static_cast<double>(between(-500'000, 9'000'000)) / 1000;
        if (maybe()) s.hr_bpm = total();
        if (maybe()) s.distance_m = total();
        if (s.lat_deg == 0 && s.lon_deg == 0) s.lat_deg = 1;
        out.push(s);
    }
    out.finish();
    return out;
}

// One generator a type of member.
struct fill {
    void operator()(std::string& v) const { v = text(); }
    void operator()(std::optional<double>& v) const { v = total(); }
    void operator()(std::optional<coincide::milliseconds>& v) const {
        v = coincide::milliseconds{between(0, 1'000'000'000)};
    }
    void operator()(std::optional<coincide::seconds>& v) const { v = coincide::seconds{between(0, 86400)}; }
    void operator()(std::optional<coincide::instant>& v) const { v = instant(); }
    void operator()(std::optional<std::int64_t>& v) const { v = *rc::gen::arbitrary<std::int64_t>(); }
    void operator()(std::optional<coincide::sport_id>& v) const {
        v = coincide::sport_id{static_cast<std::uint8_t>(between(0, static_cast<std::int64_t>(coincide::sport_count)))};
    }
    void operator()(std::vector<std::string>& v) const { v = {text(), "x"}; }
    void operator()(coincide::device_info& v) const {
        v = {text(), text(), text(), coincide::device_type{static_cast<std::uint8_t>(between(0, 7))}};
    }
    void operator()(coincide::origin_ref& v) const { v = {text(), text()}; }
    void operator()(coincide::file_identity& v) const { v = {text(), text(), text(), instant(), text()}; }
    void operator()(coincide::samples&) const {}
    void operator()(coincide::instant&) const {}
};

activity canonical_record() {
    activity a;
    for_each_key([&](auto, auto member) {
        if (maybe()) fill{}(a.*member);
    });
    if (a.athlete_id.empty()) a.athlete_id = "me";
    a.source += "s", a.external_id += "7";
    a.start_time = instant();
    a.start_lat_deg.reset(), a.start_lon_deg.reset();
    if (maybe()) a.start_lat_deg = degrees(90), a.start_lon_deg = degrees(180);
    if (a.start_lat_deg == 0.0) a.start_lat_deg = 1;
    if (a.rpe) a.rpe = static_cast<double>(between(10, 101)) / 10;
    if (a.feeling) a.feeling = static_cast<double>(between(1, 6));
    a.track = samples(true);
    a.streams = samples(false);
    if (maybe()) a.extra = R"("x":[1, {"y":null}],"z":1e5)";
    return a;
}

bool same(double a, double b) { return a == b || (a != a && b != b); }

bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) { return same(x, y); });
}

bool same(const coincide::samples& a, const coincide::samples& b) {
    bool equal = a.t_ms == b.t_ms && same(a.lat, b.lat) && same(a.lon, b.lon);
    for (std::size_t c = 0; c < coincide::samples::column_count; ++c) equal = equal && same(a.values[c], b.values[c]);
    return equal;
}

template <class Value>
bool same(const Value& a, const Value& b) {
    return a == b;
}

bool same(const activity& a, const activity& b) {
    bool equal = a.extra == b.extra && a.clock_unset == b.clock_unset;
    for_each_key([&](auto, auto member) { equal = equal && same(a.*member, b.*member); });
    return equal;
}

std::string written(const activity& a) {
    std::string out;
    write_record(out, a, {.with_tracks = true});
    return out;
}

std::optional<activity> read(std::string_view line, std::vector<finding>& findings) {
    return decode_record_line(line, 1, findings);
}

}  // namespace

TEST_CASE("a canonical record survives writing and reading", "[json][law]") {
    rc::prop("read(write(x)) is x, and nothing is found wrong with it", [] {
        const auto a = canonical_record();
        RC_CLASSIFY(!a.track.empty(), "with a track");
        std::vector<finding> findings;
        const auto b = read(written(a), findings);
        RC_ASSERT(findings.empty());
        RC_ASSERT(b.has_value());
        RC_ASSERT(same(a, *b));
        RC_ASSERT(written(*b) == written(a));
    });
}

TEST_CASE("a number that was written is written the same again", "[json][law]") {
    rc::prop("for any bits of a double and any number of decimals", [] {
        const auto bits = *rc::gen::arbitrary<std::uint64_t>();
        double any = 0;
        static_assert(sizeof any == sizeof bits);
        std::memcpy(&any, &bits, sizeof any);
        const double everyday = static_cast<double>(between(-4'000'000'000'000, 4'000'000'000'000)) / 1048576;
        const double value = maybe() ? everyday : any;
        RC_PRE(std::isfinite(value));
        const auto decimals = static_cast<unsigned>(between(0, 8));
        std::string once, twice;
        append_number(once, value, decimals);
        const double read_back = std::strtod(once.c_str(), nullptr);
        append_number(twice, read_back, decimals);
        RC_ASSERT(once == twice);
        RC_ASSERT(once.find_first_of("eE") == std::string::npos && once != "-0");
        const double step = std::pow(10.0, -static_cast<double>(decimals));
        RC_ASSERT(std::abs(read_back - value) <= step * 0.5000001 + std::abs(value) * 1e-15);
    });
}

TEST_CASE("a line gives a record or exactly one reject, whatever is cut out of it", "[json][law]") {
    rc::prop("one outcome a line", [] {
        std::string line = written(canonical_record());
        const auto at = static_cast<std::size_t>(between(0, static_cast<std::int64_t>(line.size())));
        line.erase(at, static_cast<std::size_t>(between(0, 10)));
        std::vector<finding> findings;
        const auto record = read(line, findings);
        const auto rejects =
            std::count_if(findings.begin(), findings.end(), [](const finding& f) { return f.kind == finding_kind::reject; });
        RC_ASSERT(rejects == (record ? 0 : 1));
    });
}

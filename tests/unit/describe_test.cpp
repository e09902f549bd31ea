// SPDX-License-Identifier: BSL-1.0
//
// What a description gives at run time: units, absence, text times, own sports, and writing back.
#include <coincide/record/describe.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace coincide;
using namespace std::chrono_literals;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();

struct ride {
    std::string started{};  // RFC 3339
    std::optional<double> km{};
    int minutes = -1;  // -1: not known
    float fahrenheit = 0;
    std::int64_t joules = 0;
    double kmh = 0;
    double hertz = 0;
    std::string kind{};
    std::string title{};
    std::uint8_t effort = 0;  // 0: not known
    std::vector<std::string> labels{};
    device_info recorded_by{};
};
struct fit_like {
    std::uint32_t timestamp = 0;  // seconds since 1989-12-31
    std::int32_t lat = 0;         // semicircles
};

/// Private data behind getters, with and without a setter.
class kept {
public:
    double miles() const { return miles_; }
    void set_miles(double v) { miles_ = v; }
    const std::string& started() const { return started_; }
    void set_started(std::string v) { started_ = std::move(v); }
    std::string_view title() const { return title_; }
    void set_title(std::string_view v) { title_ = v; }
    int watts() const { return 200; }

private:
    double miles_ = 0;
    std::string started_ = "2024-05-27T06:19:26Z";
    std::string title_{};
};

}  // namespace

namespace coincide {
template <>
struct describe<ride> {
    static constexpr schema fields{
        bind(start_time, &ride::started),
        bind(distance_m, &ride::km, units::kilometer),
        bind(elapsed, &ride::minutes, units::minute, absent_when(-1)),
        bind(avg_temperature_c, &ride::fahrenheit, units::fahrenheit),
        bind(energy_kcal, &ride::joules, units::joule),
        bind(avg_speed_mps, &ride::kmh, units::kilometer_per_hour),
        bind(avg_cadence_rpm, &ride::hertz, units::hertz),
        bind(sport, &ride::kind),
        bind(name, &ride::title),
        bind(rpe, &ride::effort, {}, absent_when(0)),
        bind(tags, &ride::labels),
        bind(device, &ride::recorded_by),
    };
};
template <>
struct describe<fit_like> {
    static constexpr schema fields{bind(start_time, &fit_like::timestamp, units::fit_second),
                                   bind(start_lat_deg, &fit_like::lat, units::semicircle)};
};
template <>
struct describe<kept> {
    static constexpr schema fields{
        bind(start_time, &kept::started, &kept::set_started),
        bind(distance_m, &kept::miles, &kept::set_miles, units::mile),
        bind(name, &kept::title, &kept::set_title),
        bind(avg_power_w, &kept::watts),
    };
};
}  // namespace coincide

TEST_CASE("values are read in canonical units", "[describe]") {
    ride r{.started = "2024-05-27T06:19:26+02:00",
           .km = 12.5,
           .minutes = 90,
           .fahrenheit = 212,
           .joules = 418400,
           .kmh = 36,
           .hertz = 1.5,
           .kind = "hiking",
           .title = "Up",
           .effort = 7};
    CHECK(read(r, start_time) == parse_rfc3339("2024-05-27T04:19:26Z")->at);
    CHECK(read(r, distance_m) == 12500.0);
    CHECK(read(r, elapsed) == 5400s);
    CHECK(std::abs(*read(r, avg_temperature_c) - 100.0) < 1e-9);  // water boils
    CHECK(std::abs(*read(r, energy_kcal) - 100.0) < 1e-9);        // 4184 J are a kilocalorie
    CHECK(std::abs(*read(r, avg_speed_mps) - 10.0) < 1e-9);
    CHECK(read(r, avg_cadence_rpm) == 90.0);
    CHECK(read(r, sport) == sport_from_slug("hiking"));
    CHECK(read(r, name) == "Up");
    CHECK(read(r, rpe) == 7.0);
}

TEST_CASE("FIT's own epoch and angles are read as it defines them", "[describe]") {
    // 1000000000 in FIT is 2021-09-08T01:46:40Z: 631065600 + 1000000000 seconds of the epoch
    CHECK(read(fit_like{.timestamp = 1000000000}, start_time) == parse_rfc3339("2021-09-08T01:46:40Z")->at);
    CHECK(read(fit_like{.timestamp = 0}, start_time) == parse_rfc3339("1989-12-31T00:00:00Z")->at);
    CHECK(read(fit_like{.lat = 1 << 30}, start_lat_deg) == 90.0);
    CHECK(read(fit_like{.lat = std::numeric_limits<std::int32_t>::min()}, start_lat_deg) == -180.0);
}

TEST_CASE("an empty optional, an empty text and the value that means absent are absent", "[describe]") {
    const ride r;
    CHECK_FALSE(read(r, start_time));
    CHECK_FALSE(read(r, distance_m));
    CHECK_FALSE(read(r, elapsed));
    CHECK_FALSE(read(r, sport));
    CHECK_FALSE(read(r, name));
    CHECK_FALSE(read(r, rpe));
    CHECK(read(r, tags) == nullptr);
    CHECK(read(r, device) == nullptr);
    CHECK_FALSE(read_if_bound(r, moving));
    CHECK(read_if_bound(r, origin) == nullptr);
}

TEST_CASE("numbers that are none are absent", "[describe][hostile]") {
    ride r;
    for (const double v : {no_number, infinity, -infinity}) {
        r.km = v, r.kmh = v, r.fahrenheit = static_cast<float>(v);
        CHECK_FALSE(read(r, distance_m));
        CHECK_FALSE(read(r, avg_speed_mps));
        CHECK_FALSE(read(r, avg_temperature_c));
    }
    r.km = 1e308;  // infinite in metres
    CHECK_FALSE(read(r, distance_m));
    r.km = -3;
    CHECK(read(r, distance_m) == -3000.0);
}

TEST_CASE("a time text without a zone, or that is none, is absent", "[describe][hostile]") {
    for (const auto* text : {"2024-05-27T06:19:26", "yesterday", "2024-02-30T06:19:26Z", "0"})
        CHECK_FALSE(read(ride{.started = text}, start_time));
}

TEST_CASE("an unknown sport is other", "[describe]") { CHECK(read(ride{.kind = "quidditch"}, sport)->slug() == "other"); }

TEST_CASE("writing converts back to the host's unit and type", "[describe]") {
    ride r;
    write_role(r, start_time, parse_rfc3339("2024-05-27T04:19:26.5Z")->at);
    write_role(r, distance_m, 12500.0);
    write_role(r, elapsed, milliseconds{5400s});
    write_role(r, avg_temperature_c, 100.0);
    write_role(r, energy_kcal, 100.0);
    write_role(r, sport, sport_from_slug("yoga"));
    write_role(r, name, std::string_view{"Up"});
    write_role(r, tags, std::vector<std::string>{"alps"});
    CHECK(r.started == "2024-05-27T04:19:26.500Z");
    CHECK(r.km == 12.5);
    CHECK(r.minutes == 90);
    CHECK(r.fahrenheit == 212.0F);
    CHECK(r.joules == 418400);
    CHECK(r.kind == "yoga");
    CHECK(r.title == "Up");
    CHECK(r.labels == std::vector<std::string>{"alps"});
}

TEST_CASE("a setter makes a getter writable, and a getter alone is not", "[describe]") {
    kept k;
    write_role(k, distance_m, 16093.44);
    CHECK(k.miles() == 10.0);
    write_role(k, start_time, parse_rfc3339("2020-01-01T00:00:00Z")->at);
    CHECK(k.started() == "2020-01-01T00:00:00Z");
    write_role(k, name, std::string_view{"loop"});
    CHECK(read(k, name) == "loop");
    STATIC_REQUIRE(writable<kept, distance_m_t>);
    STATIC_REQUIRE_FALSE(writable<kept, avg_power_w_t>);
}

TEST_CASE("text and class types are read without a copy", "[describe]") {
    ride r{.title = "a title that is too long to be kept inside the string", .labels = {"x"}};
    CHECK(read(r, name)->data() == r.title.data());
    CHECK(read(r, tags) == &r.labels);
}

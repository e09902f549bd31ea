// SPDX-License-Identifier: BSL-1.0
//
// Samples as bytes, in the ledger and while the command line waits: what goes in comes out, bit for bit, and takes little room.
#include "packed_samples.hpp"

#include <coincide/ledger/encode_samples.hpp>

#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

using namespace coincide;

namespace {

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
    std::vector<std::uint64_t> bits;
    for (const double v : values) bits.push_back(std::isnan(v) ? 0x7ff8000000000000u : std::bit_cast<std::uint64_t>(v));
    return bits;
}

bool same_bits(const samples& a, const samples& b) {
    bool same = a.t_ms == b.t_ms && bits_of(a.lat) == bits_of(b.lat) && bits_of(a.lon) == bits_of(b.lon);
    for (std::size_t c = 0; c < samples::column_count; ++c) same = same && bits_of(a.values[c]) == bits_of(b.values[c]);
    return same;
}

/// A column alone, as bytes.
std::string bytes_of(const std::vector<double>& values) {
    std::string bytes;
    byte_writer out{bytes};
    detail::put_column(out, values);
    return bytes;
}

std::vector<double> read_again(const std::string& bytes, std::size_t rows) {
    byte_reader in{bytes};
    std::vector<double> values;
    REQUIRE(detail::take_column(in, rows, values));
    CHECK(in.done());
    return values;
}

samples ride_of(int seconds) {
    std::mt19937 roll{7};
    samples ride;
    for (int s = 0; s < seconds; ++s) {
        const auto noise = [&] { return static_cast<double>(static_cast<int>(roll() % 21) - 10); };
        ride.push({.t = std::chrono::seconds{s},
                   .lat_deg = (608000000 + s * 400 + noise()) * (180.0 / 2147483648.0),
                   .lon_deg = (41800000 + s * 300 + noise()) * (180.0 / 2147483648.0),
                   .ele_m = (2600 + s / 20 + noise() / 10) / 5.0 - 500.0,
                   .hr_bpm = 140 + std::floor(noise() / 5)});
    }
    ride.finish();
    return ride;
}

}  // namespace

TEST_CASE("every column comes back bit for bit, whatever is in it", "[packed]") {
    const double nan = no_value, huge = 1e308, tiny = 5e-324, inf = std::numeric_limits<double>::infinity();
    const std::vector<std::vector<double>> columns{
        {0}, {-0.0}, {nan}, {1, 2, 4, 8}, {1.5, nan, -1.5, 0}, {51.0000001, 51.0000002}, {0.1, 0.2, 0.30000000000000004},
        {huge, -huge, tiny}, {inf, -inf, nan}, {9e14, -9e14, 9e14}, {999999999999999, -999999999999999}, {1e15, 1e16, 9007199254740994},
        {180.0 / 2147483648.0 * 1234567890, 180.0 / 2147483648.0 * -1234567890}, {2501 / 5.0 - 500.0, 2502 / 5.0 - 500.0, 0.2 - 500.0}};
    for (const auto& values : columns) CHECK(bits_of(read_again(bytes_of(values), values.size())) == bits_of(values));
}

TEST_CASE("what devices measure in is told from the values: a step takes a byte, not eight", "[packed]") {
    std::vector<double> semicircles, altitudes, even;
    for (int i = 0; i < 1000; ++i) {
        semicircles.push_back((600000000 + i * 40) * (180.0 / 2147483648.0));
        altitudes.push_back((2600 + i % 7) / 5.0 - 500.0);
        even.push_back(i * 12345 / 1000.0);
    }
    CHECK(bytes_of(semicircles).size() < 1020);
    CHECK(bytes_of(altitudes).size() < 1020);
    CHECK(bytes_of(even).size() < 1020);  // steps of 12 345 would take three bytes; they do not change
    std::vector<double> no_measure;
    for (int i = 0; i < 1000; ++i) no_measure.push_back(std::sqrt(i));
    CHECK(bytes_of(no_measure).size() > 8000);
}

TEST_CASE("a column that an earlier version wrote is read", "[packed]") {
    // 3 values, scale 10, steps +15, none, -5: by hand from the format of before there were steps of steps
    const std::string bytes{'\x03', '\x01', '\x1f', '\x00', '\x0a'};
    CHECK(bits_of(read_again(bytes, 3)) == bits_of({1.5, no_value, 1.0}));
}

TEST_CASE("bytes that are none of a column's are refused", "[packed]") {
    std::vector<double> values;
    for (const auto& bytes : {std::string{"\x01\x06\x01", 3}, std::string{"\x01\x0e\x01", 3}, std::string{"\x02\x00\x01\x01", 4}, std::string{"\x01", 1}, std::string{"\x01\x10\x01", 3}}) {
        byte_reader in{bytes};
        values.clear();
        CHECK_FALSE((detail::take_column(in, 1, values) && in.good()));
    }
}

TEST_CASE("samples that wait take an eighth of their room, and come back bit for bit", "[packed]") {
    activity ride;
    ride.track = ride_of(3600);
    ride.streams.push({.t = std::chrono::seconds{0}, .power_w = 201.25});
    ride.streams.push({.t = std::chrono::seconds{2}, .power_w = std::sqrt(2.0)});
    ride.streams.finish();
    const auto before = ride;

    const reconcile::packed_samples packed{ride};
    CHECK(packed.bytes() * 8 < before.track.size() * 5 * sizeof(double));
    CHECK(packed.positions() == 3600);
    CHECK(packed.track_size() == 3600);
    CHECK(packed.streams_size() == 2);

    SECTION("what was recorded can be told meanwhile") {
        CHECK(ride.track.size() == 1);
        CHECK(ride.track.has_positions());
        CHECK_FALSE(ride.track.values[samples::hr].empty());
        CHECK(ride.track.values[samples::power].empty());
        CHECK(ride.streams.size() == 1);
    }
    packed.put_back(ride);
    CHECK(same_bits(ride.track, before.track));
    CHECK(same_bits(ride.streams, before.streams));
}

TEST_CASE("an activity without samples packs to nothing", "[packed]") {
    activity typed;
    const reconcile::packed_samples packed{typed};
    CHECK(packed.empty());
    packed.put_back(typed);
    CHECK(typed.track.empty());
    CHECK(typed.streams.empty());
}

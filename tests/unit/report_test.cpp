// SPDX-License-Identifier: BSL-1.0
#include "../support/activities.hpp"
#include "compact_text.hpp"
#include "grouped.hpp"
#include "report.hpp"
#include "report_samples.hpp"
#include "report_source.hpp"

#include <coincide/group/group.hpp>
#include <coincide/match/words.hpp>

#include <catch2/catch.hpp>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using coincide::activity;
using reconcile::finding;
using reconcile::history;
using reconcile::report_page;
using rides::at;

/// Reads what compact_text.hpp writes, by its description.
class reader {
public:
    explicit reader(std::string_view text) : text_{text} {}
    std::uint64_t whole() {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 5) {
            REQUIRE(at_ < text_.size());
            const auto digit = reconcile::compact_digits.find(text_[at_++]);
            REQUIRE(digit != std::string_view::npos);
            value |= static_cast<std::uint64_t>(digit & 31) << shift;
            if (digit < 32) return value;
        }
    }
    std::optional<std::int64_t> number() {
        const auto value = whole();
        if (value == 0) return std::nullopt;
        const auto half = static_cast<std::int64_t>((value - 1) / 2);
        return (value - 1) % 2 == 0 ? half : -half - 1;
    }
    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

history history_of(std::vector<activity> records) {
    history all;
    for (auto& r : records) {
        reconcile::decoded one;
        one.activities.push_back({std::move(r)});
        all.add({.id = "list.ndjson", .brings_ids = true}, std::move(one));
    }
    all.settle();
    return all;
}

std::string page_of(const history& all, const std::vector<finding>& findings = {}, std::size_t bytes_max = reconcile::report_bytes_max) {
    const auto groups = reconcile::grouped_by(coincide::presets::balanced, all, {});
    report_page page{all, bytes_max};
    for (const auto& g : groups) page.add(g, reconcile::merged_activities(all.records(), g, coincide::presets::measured_first));
    std::string html;
    page.write({.files = 3, .left_out = 0}, findings, [&html](std::string_view piece) { html += piece; });
    return html;
}

/// The data of a page, parsed.
class page_data {
public:
    explicit page_data(const std::string& page) {
        REQUIRE(page.starts_with(reconcile::page_before_data));
        REQUIRE(page.ends_with(reconcile::page_after_data));
        const auto from = reconcile::page_before_data.size();
        text_ = page.substr(from, page.size() - from - reconcile::page_after_data.size());
        root_ = parser_.parse(text_);
    }
    [[nodiscard]] const std::string& text() const { return text_; }
    simdjson::dom::element operator[](std::string_view key) const { return root_[key]; }
    [[nodiscard]] std::string_view text(std::uint64_t id) const { return root_["texts"].at(id); }
    [[nodiscard]] std::string_view list(std::string_view key, std::size_t i) const { return root_[key].at(i); }
    [[nodiscard]] reader column(std::string_view table, std::string_view name) const { return reader{std::string_view{root_[table][name]}}; }
    [[nodiscard]] bool has(std::string_view table, std::string_view name) const { return root_[table][name].error() == simdjson::SUCCESS; }
    [[nodiscard]] std::size_t count(std::string_view table) const { return std::uint64_t{root_[table]["count"]}; }

private:
    std::string text_{};
    simdjson::dom::parser parser_{};
    simdjson::dom::element root_{};
};

/// A ride with a track of so many seconds, one sample a second, going north-east.
activity tracked(std::string id, coincide::instant start, int seconds, double lat = 51, double lon = 3.7) {
    auto ride = rides::activity_of("garmin", std::move(id), start, std::chrono::seconds{seconds - 1}, 7.0 * seconds, "cycling");
    for (int s = 0; s < seconds; ++s)
        ride.track.push({.t = std::chrono::seconds{s}, .lat_deg = lat + s * 5e-5, .lon_deg = lon + s * 5e-5, .hr_bpm = 120.0 + s % 2});
    ride.track.finish();
    return ride;
}

/// What a text of samples says, by report_samples.hpp.
struct drawn {
    std::uint64_t count = 0, step_ms = 0, columns = 0;
    std::int64_t first_ms = 0;
    double quantum_deg = 0;
    std::vector<std::vector<std::optional<double>>> values{};  // a column each, in order
};
drawn read_drawn(std::string_view text) {
    reader from{text};
    drawn out;
    out.count = from.whole();
    out.first_ms = *from.number();
    out.step_ms = from.whole();
    out.columns = from.whole();
    if (out.columns & 1) out.quantum_deg = static_cast<double>(from.whole()) / 1e6;
    const double scales[] = {1 / out.quantum_deg, 1 / out.quantum_deg, 1, 1, 20, 2};
    for (std::size_t c = 0; c < 6; ++c) {
        if (!(out.columns & (c < 2 ? 1u : 1u << (c - 1)))) continue;
        std::vector<std::optional<double>> column;
        std::int64_t now = 0;
        for (std::uint64_t i = 0; i < out.count; ++i) {
            const auto difference = from.number();
            if (difference) now += *difference;
            column.push_back(difference ? std::optional{static_cast<double>(now) / scales[c]} : std::nullopt);
        }
        out.values.push_back(std::move(column));
    }
    CHECK(from.at_end());
    return out;
}

const auto morning = at("2024-05-01T08:00:00Z");

}  // namespace

TEST_CASE("numbers come back from compact text", "[report]") {
    std::string text;
    const std::int64_t numbers[] = {0, 1, -1, 15, -15, 16, 31, 32, -512, 1'714'550'400'000, -1'714'550'400'000};
    for (const auto n : numbers) reconcile::append_signed(text, n);
    reconcile::append_nothing(text);
    reconcile::append_whole(text, 1'000'000);
    reconcile::append_scaled(text, -2.0005, 1000);
    reconcile::append_scaled(text, coincide::no_value, 1000);
    reader from{text};
    for (const auto n : numbers) CHECK(from.number() == n);
    CHECK_FALSE(from.number());
    CHECK(from.whole() == 1'000'000);
    CHECK(from.number() == -2001);
    CHECK_FALSE(from.number());
    CHECK(from.at_end());
    std::string small;
    reconcile::append_signed(small, -3);
    CHECK(small == "G");
}

TEST_CASE("the page asks nothing of any network and has no open marks", "[report]") {
    const auto page = std::string{reconcile::page_before_data} + std::string{reconcile::page_after_data};
    CHECK(page.find("{{") == std::string::npos);
    CHECK(page.find("innerHTML") == std::string::npos);
    CHECK(page.find("default-src 'none'") != std::string::npos);
    for (std::size_t i = page.find("http"); i != std::string::npos; i = page.find("http", i + 1))
        CHECK((page.substr(i, 10) == "http-equiv" || page.substr(i, 26) == "http://www.w3.org/2000/svg"));
    CHECK(reconcile::page_before_data.ends_with("id=\"data\">"));
    CHECK(reconcile::page_after_data.starts_with("</script>"));
}

TEST_CASE("a name that would end the script stays a name", "[report]") {
    auto ride = rides::activity_of("strava", "1", morning, 1h, 20000, "cycling");
    ride.name = "</script><img src=x onerror=alert(1)><!--<script>";
    ride.external_id = "<b>\xff</b>";
    const auto all = history_of({ride});
    finding bad;
    bad.file = "</script>.gpx";
    const auto page = page_of(all, {bad});
    const page_data data{page};
    CHECK(data.text().find('<') == std::string::npos);
    CHECK(data.text(data.column("records", "name").whole()) == ride.name);
    CHECK(data.text(data.column("records", "external_id").whole()) == "<b>\xEF\xBF\xBD</b>");
    CHECK(data.text(data.column("findings", "file").whole()) == "</script>.gpx");
}

TEST_CASE("records come back in the columns they are kept in", "[report]") {
    auto first = rides::activity_of("garmin", "7", morning, 90min, 40210.5, "cycling");
    first.device = {.manufacturer = "garmin", .model = "Edge 530", .serial = "2002"};
    first.utc_offset = -5400s;
    first.avg_heart_rate_bpm = 141.25;
    first.tags = {"long", "wind"};
    auto second = rides::activity_of("strava", "8", morning + 24h, 30min, 0, "yoga");
    second.distance_m.reset();
    const auto all = history_of({second, first});
    const page_data data{page_of(all)};
    REQUIRE(data.count("records") == 2);
    auto start = data.column("records", "start_time");
    CHECK(*start.number() == morning.time_since_epoch().count());
    CHECK(*start.number() == std::chrono::milliseconds{24h}.count());
    auto distance = data.column("records", "distance_m");
    CHECK(distance.number() == 40'210'500);
    CHECK_FALSE(distance.number());
    CHECK(data.column("records", "elapsed_time_s").number() == 5'400'000);
    CHECK(data.column("records", "utc_offset_s").number() == -5400);
    CHECK(data.column("records", "avg_heart_rate_bpm").number() == 141'250);
    CHECK(data.text(data.column("records", "device").whole()) == "garmin\nEdge 530\n2002\n");
    CHECK(data.text(data.column("records", "tags").whole()) == "long\nwind");
    auto sport = data.column("records", "activity_type");
    CHECK(data.text(sport.whole()) == "cycling");
    CHECK(data.text(sport.whole()) == "yoga");
    CHECK(data.text(data.column("records", "from").whole()) == "list.ndjson#/0");
    CHECK_FALSE(data.has("records", "avg_power_w"));  // a column that nobody fills is left out
}

TEST_CASE("groups list the leader first, their links once, and the choices of every field", "[report]") {
    auto watch = rides::activity_of("garmin", "1", morning, 1h, 20000, "cycling");
    watch.device.type = coincide::device_type::watch;
    auto copy = rides::activity_of("apple_health", "2", morning + 7s, 1h, 20100, "cycling");
    copy.name = "Windy";
    copy.avg_heart_rate_bpm = 140;
    const auto all = history_of({copy, watch});
    const page_data data{page_of(all)};
    REQUIRE(data.count("groups") == 1);
    CHECK(data.column("groups", "size").whole() == 2);
    auto rows = data.column("groups", "rows");
    CHECK(all.records()[rows.whole()].source == "garmin");
    CHECK(all.records()[rows.whole()].source == "apple_health");
    CHECK(data.column("groups", "link_count").whole() == 1);
    reader link{data.list("links", data.column("groups", "links").whole())};
    CHECK(link.whole() == 1);  // the smaller identity, the later start
    CHECK(link.whole() == 0);
    CHECK(data.text(link.whole()) == "same");
    CHECK(link.whole() == 1);       // joined
    CHECK(link.number() == 0);      // clocks agree
    CHECK(data.text(link.whole()).starts_with("One activity: "));

    CHECK(data.column("groups", "choice_count").whole() == 1);
    reader choice{data.list("choices", data.column("groups", "choices").whole())};
    CHECK(choice.whole() == 0);  // all members
    bool named = false;
    for (auto fields = choice.whole(); fields > 0; --fields) {
        const auto name = data.text(choice.whole()), rule = data.text(choice.whole());
        const auto position = choice.whole();
        for (int list = 0; list < 2; ++list)
            for (auto n = choice.whole(); n > 0; --n) CHECK(choice.whole() < 2);
        if (name != "name") continue;
        named = true;
        CHECK(rule == "only");
        CHECK(position == 1);
    }
    CHECK(named);
    CHECK(choice.at_end());
}

TEST_CASE("sentences that differ in their numbers share a text", "[report]") {
    std::vector<activity> records;
    for (int i = 0; i < 40; ++i) {
        const auto start = morning + 24h * i;
        records.push_back(rides::activity_of("garmin", "g" + std::to_string(i), start, 1h, 20000 + i, "cycling"));
        records.push_back(rides::activity_of("strava", "s" + std::to_string(i), start + std::chrono::seconds{i}, 1h, 20010 + i, "cycling"));
    }
    const page_data data{page_of(history_of(records))};
    std::size_t starts = 0;
    for (std::size_t i = data.text().find("\"starts "); i != std::string::npos; i = data.text().find("\"starts ", i + 1)) ++starts;
    CHECK(starts == 1);
    reader link{data.list("links", 36)};  // after the empty text, one for each day
    for (int i = 0; i < 4; ++i) (void)link.whole();
    (void)link.number();
    const auto text = data.text(link.whole());
    for (auto marks = std::count(text.begin(), text.end(), '\x01'); marks > 0; --marks) (void)link.whole();
    REQUIRE(link.whole() >= 4);
    CHECK(data.text(link.whole()) == "start");
    CHECK(link.number() == 500);
    CHECK(data.text(link.whole()) == "starts \x01 s apart");
    CHECK(link.whole() == 35);
}

TEST_CASE("a pair in review is told by both groups and kept once", "[report]") {
    const auto yoga = rides::activity_of("garmin", "1", morning, 30min, 0, "yoga");
    const auto core = rides::activity_of("polar", "2", morning + 30s, 32min, 0, "core_training");
    const page_data data{page_of(history_of({yoga, core}))};
    REQUIRE(data.count("groups") == 2);
    auto counts = data.column("groups", "link_count");
    CHECK(counts.whole() == 1);
    CHECK(counts.whole() == 1);
    auto links = data.column("groups", "links");
    const auto first = links.whole();
    CHECK(links.whole() == first);
    CHECK(simdjson::dom::array{data["links"]}.size() == 2);  // and the empty text
    reader link{data.list("links", first)};
    for (int i = 0; i < 3; ++i) (void)link.whole();
    CHECK(link.whole() == 0);  // not joined
}

TEST_CASE("a wrong clock is told as what to add to the second record's clock", "[report]") {
    auto right = tracked("a", morning, 2000), late = tracked("b", morning + 7h, 2000);
    right.source = "garmin", late.source = "polar";
    for (const bool swapped : {false, true}) {
        if (swapped) std::swap(right.source, late.source);
        const auto all = history_of({right, late});
        const page_data data{page_of(all)};
        REQUIRE(data.count("groups") == 1);
        reader link{data.list("links", data.column("groups", "links").whole())};
        const auto a = link.whole(), b = link.whole();
        (void)link.whole();
        (void)link.whole();
        const auto shift = link.number();
        REQUIRE(shift);
        CHECK(all.records()[b].start_time + std::chrono::seconds{*shift} == all.records()[a].start_time);
    }
}

TEST_CASE("a recording keeps its place and its mean values at even steps", "[report]") {
    const auto ride = tracked("a", morning, 3601);
    const auto all = read_drawn(reconcile::compact_samples(ride, 400));
    REQUIRE(all.count == 400);
    CHECK(all.first_ms == 0);
    CHECK(all.columns == 3);
    CHECK(static_cast<double>(all.step_ms) * 399 >= 3'600'000);
    REQUIRE(all.values.size() == 3);
    for (std::size_t i = 0; i < 390; ++i) {
        const double s = static_cast<double>(i) * static_cast<double>(all.step_ms) / 1000;
        REQUIRE(all.values[0][i]);
        CHECK(std::abs(*all.values[0][i] - (51 + s * 5e-5)) < 5e-5 + all.quantum_deg);
        CHECK(std::abs(*all.values[1][i] - (3.7 + s * 5e-5)) < 5e-5 + all.quantum_deg);
        CHECK(std::abs(*all.values[2][i] - 120.5) <= 0.51);
    }
    CHECK(all.quantum_deg <= 3600 * 5e-5 / 2048);
    CHECK(reconcile::compact_samples(ride, 400) == reconcile::compact_samples(ride, 400));
}

TEST_CASE("a pause stays empty, a missed second does not", "[report]") {
    activity ride;
    for (int s = 0; s < 1000; ++s)
        if ((s < 300 || s > 500) && s != 700) ride.streams.push({.t = std::chrono::seconds{s}, .hr_bpm = 100});
    ride.streams.finish();
    const auto drawn_ride = read_drawn(reconcile::compact_samples(ride, 400));
    REQUIRE(drawn_ride.columns == 2);
    const auto value = [&](int s) { return drawn_ride.values[0][static_cast<std::size_t>(s) * 1000 / drawn_ride.step_ms]; };
    CHECK(value(100) == 100.0);
    CHECK_FALSE(value(400));
    CHECK(value(700) == 100.0);
}

TEST_CASE("a track over the antimeridian goes on, it does not run around the globe", "[report]") {
    activity ride;
    for (int s = 0; s < 200; ++s) {
        const double lon = 179.99 + s * 1e-4;
        ride.track.push({.t = std::chrono::seconds{s}, .lat_deg = -17, .lon_deg = lon > 180 ? lon - 360 : lon});
    }
    ride.track.finish();
    const auto all = read_drawn(reconcile::compact_samples(ride, 400));
    REQUIRE(all.count == 200);
    for (std::size_t i = 1; i < all.count; ++i) CHECK(std::abs(*all.values[1][i] - *all.values[1][i - 1]) < 2e-4);
}

TEST_CASE("what cannot be drawn is left out", "[report]") {
    CHECK(reconcile::compact_samples({}, 400).empty());
    activity one;
    one.track.push({.t = 0s, .lat_deg = 51, .lon_deg = 3});
    one.track.finish();
    CHECK(reconcile::compact_samples(one, 400).empty());
    activity hostile;
    hostile.streams.push({.t = 0s, .hr_bpm = 1e300});
    hostile.streams.push({.t = 1s, .hr_bpm = -1e300});
    hostile.streams.finish();
    const auto all = read_drawn(reconcile::compact_samples(hostile, 400));
    CHECK_FALSE(all.values[0][0]);
    CHECK_FALSE(all.values[0][1]);
}

TEST_CASE("the page keeps to its size: tracks get coarser, those that are compared last", "[report]") {
    std::vector<activity> records;
    for (int i = 0; i < 60; ++i) records.push_back(tracked("a" + std::to_string(i), morning + 48h * i, 900));
    for (int i = 0; i < 20; ++i) {
        auto twin = tracked("b" + std::to_string(i), morning + 48h * i, 900);
        twin.source = "polar";
        records.push_back(twin);
    }
    const auto all = history_of(records);
    const auto full = page_of(all);
    const auto source_bytes = reconcile::page_before_data.size() + reconcile::page_after_data.size();
    REQUIRE(full.size() > source_bytes + 60'000);
    const std::size_t limit = source_bytes + 45'000;
    const auto small = page_of(all, {}, limit);
    CHECK(small.size() <= limit);
    CHECK(small.size() > limit - 12'000);
    const page_data data{small};
    const auto steps = [&](std::size_t i) { return reader{data.list("samples", i)}.whole(); };
    CHECK(steps(0) == 4 * steps(79));  // of two records, and alone
    CHECK(reader{page_data{full}.list("samples", 79)}.whole() == 400);
}

TEST_CASE("the page of a long history keeps to its size as well, and uses it", "[report]") {
    std::vector<activity> records;
    for (int i = 0; i < 1200; ++i) records.push_back(tracked("a" + std::to_string(i), morning + 48h * i, 120 + i % 8 * 30));
    const auto all = history_of(records);
    const auto full = page_of(all), bare = page_of(all, {}, 0);
    REQUIRE(full.size() > bare.size() + 300'000);
    const auto limit = bare.size() + (full.size() - bare.size()) / 2;
    const auto half = page_of(all, {}, limit);
    CHECK(half.size() <= limit);
    CHECK(half.size() > limit - (full.size() - bare.size()) / 10);
    const page_data data{half};
    CHECK(reader{data.list("samples", 1199)}.whole() >= 8);
}

TEST_CASE("the same records give the same page, whatever order they came in", "[report]") {
    std::vector<activity> records;
    for (int i = 0; i < 12; ++i) {
        records.push_back(tracked("t" + std::to_string(i), morning + 24h * (i / 2), 300 + i));
        records.back().source = i % 2 ? "garmin" : "polar";
        records.back().athlete_id = i < 6 ? "ann" : "bob";
    }
    const auto page = page_of(history_of(records));
    rides::dice roll{3};
    for (int turn = 0; turn < 5; ++turn) {
        // one file each, so that `from` does not tell the order
        roll.shuffle(records);
        history shuffled;
        for (const auto& r : records) {
            reconcile::decoded one;
            one.activities.push_back({r});
            shuffled.add({.id = "list.ndjson", .brings_ids = true}, std::move(one));
        }
        shuffled.settle();
        CHECK(page_of(shuffled) == page);
    }
}

TEST_CASE("long notes are cut between characters", "[report]") {
    auto ride = rides::activity_of("strava", "1", morning, 1h, 20000, "cycling");
    for (int i = 0; i < 1000; ++i) ride.notes += "\xE2\x82\xAC";
    const auto all = history_of({ride});
    const page_data data{page_of(all)};
    const auto kept = data.text(data.column("records", "notes").whole());
    CHECK(kept.size() == 1998);
    CHECK(ride.notes.starts_with(kept));
}

TEST_CASE("findings keep kind, code, place and reason", "[report]") {
    finding cut{reconcile::finding_kind::salvage, coincide::problem_code::truncated, "the file ends too early", "track", std::nullopt, 17717, "/a/0"};
    cut.file = "ride.fit";
    finding bad{reconcile::finding_kind::reject, coincide::problem_code::bad_time, "no date", {}, 2};
    const page_data data{page_of(history_of({}), {cut, bad})};
    REQUIRE(data.count("findings") == 2);
    auto kind = data.column("findings", "kind"), code = data.column("findings", "code"), line = data.column("findings", "line"), offset = data.column("findings", "offset");
    CHECK(data.text(kind.whole()) == "salvage");
    CHECK(data.text(kind.whole()) == "reject");
    CHECK(data.text(code.whole()) == "truncated");
    CHECK(data.text(code.whole()) == "bad_time");
    CHECK_FALSE(line.number());
    CHECK(line.number() == 2);
    CHECK(offset.number() == 17717);
    CHECK_FALSE(offset.number());
    CHECK(data.text(data.column("findings", "reason").whole()) == "the file ends too early");
    CHECK(data.text(data.column("findings", "pointer").whole()) == "/a/0");
}

TEST_CASE("no record at all gives a page all the same", "[report]") {
    const page_data data{page_of(history_of({}))};
    CHECK(data.count("records") == 0);
    CHECK(data.count("groups") == 0);
    CHECK(std::uint64_t{data["files"]} == 3);
}

// SPDX-License-Identifier: BSL-1.0
#include "../support/activities.hpp"
#include "commands.hpp"
#include "pin_file.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using coincide::pin_kind;
using coincide::problem_code;
using reconcile::finding_kind;
using reconcile::read_pins;

constexpr std::string_view good = R"({"pin":"must","athlete_id":"ann","a":{"source":"garmin","external_id":"5001"},"b":{"source":"manual","external_id":"n 1"}})";

reconcile::finding only_fault(std::string_view line) {
    const auto file = read_pins(line, "pins.ndjson");
    CHECK(file.pins.empty());
    REQUIRE(file.findings.size() == 1);
    CHECK(file.findings[0].kind == finding_kind::reject);
    CHECK(file.findings[0].file == "pins.ndjson");
    return file.findings[0];
}

std::vector<coincide::activity> pair() {
    using namespace std::chrono_literals;
    const auto start = rides::at("2024-05-01T08:00:00Z");
    return {rides::activity_of("garmin", "1", start, 30min, 0, "yoga"), rides::activity_of("polar", "2", start + 30s, 32min, 0, "core_training")};
}

/// A folder with the pair as input, and what a merge of it gives.
class merge_run {
public:
    merge_run() : root_{std::filesystem::temp_directory_path() / ("coincide_pins_" + std::to_string(getpid()))} {
        std::filesystem::create_directories(root_ / "in");
        put("in/pair.ndjson", R"({"source":"garmin","external_id":"1","start_time":"2024-05-01T08:00:00Z","elapsed_time_s":1800,"activity_type":"yoga"}
{"source":"polar","external_id":"2","start_time":"2024-05-01T08:00:30Z","elapsed_time_s":1920,"activity_type":"core_training"}
)");
    }
    ~merge_run() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    merge_run(const merge_run&) = delete;
    merge_run& operator=(const merge_run&) = delete;

    void put(const std::string& name, std::string_view content) const { std::ofstream{root_ / name, std::ios::binary} << content; }
    [[nodiscard]] reconcile::exit_status with(const std::string& pins) const {
        reconcile::merge_options options;
        options.inputs = {{(root_ / "in").string(), {}}};
        options.out = root_ / "out";
        if (!pins.empty()) options.pins = root_ / pins;
        std::ostringstream summary;
        return merge_inputs(options, summary, summary, nullptr);
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ifstream file{root_ / "out" / name, std::ios::binary};
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }
    [[nodiscard]] auto groups() const {
        const auto text = read("groups.ndjson");
        return std::count(text.begin(), text.end(), '\n');
    }

private:
    std::filesystem::path root_;
};

}  // namespace

TEST_CASE("a line of the report is read as a pin", "[pin_file]") {
    const auto file = read_pins(good, "pins.ndjson");
    CHECK(file.findings.empty());
    REQUIRE(file.pins.size() == 1);
    const auto& pin = file.pins[0];
    CHECK(pin.kind == pin_kind::must);
    CHECK(pin.athlete == "ann");
    CHECK(pin.a.source == "garmin");
    CHECK(pin.a.external_id == "5001");
    CHECK(pin.b.external_id == "n 1");
    CHECK(pin.line == 1);
}

TEST_CASE("pins may come from another editor, with integer ids and without an athlete", "[pin_file]") {
    const auto file = read_pins("\xEF\xBB\xBF\r\n" R"({"b":{"external_id":7,"source":"polar"},"note":"sure","a":{"source":"garmin","external_id":3855400590},"pin":"cannot"})" "\r\n\n", "p", "bob");
    CHECK(file.findings.empty());
    REQUIRE(file.pins.size() == 1);
    CHECK(file.pins[0].kind == pin_kind::cannot);
    CHECK(file.pins[0].athlete == "bob");
    CHECK(file.pins[0].a.external_id == "3855400590");
    CHECK(file.pins[0].b.external_id == "7");
    CHECK(file.pins[0].line == 2);
}

TEST_CASE("a bad pin is a reject with its line, and the others hold", "[pin_file]") {
    const auto file = read_pins(std::string{good} + "\nnonsense\n" + std::string{good}, "pins.ndjson");
    CHECK(file.pins.size() == 2);
    REQUIRE(file.findings.size() == 1);
    CHECK(file.findings[0].line == 2);
    CHECK(file.findings[0].code == problem_code::malformed);
    CHECK(file.findings[0].kind == finding_kind::reject);
}

TEST_CASE("every fault of a pin has its code and field", "[pin_file]") {
    struct fault {
        const char* line;
        problem_code code;
        const char* field;
    };
    for (const auto& want : {
             fault{R"({"pin":"must")", problem_code::malformed, ""},
             fault{R"([1])", problem_code::wrong_type, ""},
             fault{R"({"a":{"source":"x","external_id":"1"},"b":{"source":"x","external_id":"2"}})", problem_code::missing_key, "pin"},
             fault{R"({"pin":"must","a":{"source":"x","external_id":"1"}})", problem_code::missing_key, "b"},
             fault{R"({"pin":"must","a":{"source":"x"},"b":{"source":"x","external_id":"2"}})", problem_code::missing_key, "a"},
             fault{R"({"pin":"maybe","a":{"source":"x","external_id":"1"},"b":{"source":"x","external_id":"2"}})", problem_code::malformed, "pin"},
             fault{R"({"pin":true,"a":{"source":"x","external_id":"1"},"b":{"source":"x","external_id":"2"}})", problem_code::wrong_type, "pin"},
             fault{R"({"pin":"must","a":"x","b":{"source":"x","external_id":"2"}})", problem_code::wrong_type, "a"},
             fault{R"({"pin":"must","a":{"source":"x","external_id":1.5},"b":{"source":"x","external_id":"2"}})", problem_code::wrong_type, "a"},
             fault{R"({"pin":"must","pin":"must","a":{"source":"x","external_id":"1"},"b":{"source":"x","external_id":"2"}})", problem_code::duplicate_key, "pin"},
             fault{R"({"pin":"must","a":{"source":"x","external_id":"1"},"b":{"source":"x","external_id":"1"}})", problem_code::malformed, "b"},
         }) {
        CAPTURE(want.line);
        const auto got = only_fault(want.line);
        CHECK(got.code == want.code);
        CHECK(got.field == want.field);
        CHECK(got.line == 1);
    }
    CHECK(only_fault("\"\xff\"").code == problem_code::invalid_utf8);
    CHECK(only_fault(std::string(200, '[') + std::string(200, ']')).code == problem_code::too_deep);
    const auto large = read_pins(good, "p", "me", {.line_bytes = 10});
    REQUIRE(large.findings.size() == 1);
    CHECK(large.findings[0].code == problem_code::too_large);
}

TEST_CASE("pins find the rows of their records; one whose record was not read waits, and says so", "[pin_file]") {
    const auto records = pair();
    auto file = read_pins(R"({"pin":"must","a":{"source":"polar","external_id":"2"},"b":{"source":"garmin","external_id":"1"}}
{"pin":"must","a":{"source":"polar","external_id":"gone"},"b":{"source":"garmin","external_id":"1"}}
{"pin":"must","athlete_id":"other","a":{"source":"polar","external_id":"2"},"b":{"source":"garmin","external_id":"1"}})",
                          "p", records[0].athlete_id);
    const auto pins = rows_of(file, records);
    REQUIRE(pins.size() == 1);
    CHECK(pins[0] == coincide::pin{1, 0, pin_kind::must});
    REQUIRE(file.findings.size() == 3);
    CHECK(file.findings[0].kind == finding_kind::skip);
    CHECK(file.findings[0].external_id == "gone");
    CHECK(file.findings[0].line == 2);
    CHECK(file.findings[2].line == 3);
}

TEST_CASE("merge honours a must and a cannot", "[pin_file]") {
    const merge_run run;
    REQUIRE(run.with("") == reconcile::done);
    REQUIRE(run.groups() == 2);
    REQUIRE(run.read("groups.ndjson").find("\"review\":true") != std::string::npos);

    run.put("pins.ndjson", R"({"pin":"must","a":{"source":"garmin","external_id":"1"},"b":{"source":"polar","external_id":"2"}})" "\n?\n");
    CHECK(run.with("pins.ndjson") == reconcile::done);
    CHECK(run.groups() == 1);
    CHECK(run.read("groups.ndjson").find("the athlete says they are one") != std::string::npos);
    CHECK(run.read("rejects.ndjson") == "{\"kind\":\"reject\",\"file\":\"pins.ndjson\",\"line\":2,\"code\":\"malformed\",\"reason\":\"No JSON object\"}\n");
    CHECK(run.read("report.html").find("the athlete says they are one") != std::string::npos);

    run.put("pins.ndjson", R"({"pin":"cannot","a":{"source":"garmin","external_id":"1"},"b":{"source":"polar","external_id":"2"}})");
    CHECK(run.with("pins.ndjson") == reconcile::done);
    CHECK(run.groups() == 2);
    CHECK(run.read("groups.ndjson").find("\"review\":true") == std::string::npos);
}

TEST_CASE("a file of pins that cannot be read stops the merge before it writes", "[pin_file]") {
    const merge_run run;
    CHECK(run.with("none.ndjson") == reconcile::wrong_usage);
    CHECK(run.read("groups.ndjson").empty());
    run.put("empty.ndjson", "");
    CHECK(run.with("empty.ndjson") == reconcile::done);
}

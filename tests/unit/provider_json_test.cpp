// SPDX-License-Identifier: BSL-1.0
//
// Pages of services as bytes: whatever stands in them, every record gives an activity or is told with pointer and code.
#include "../support/xml_support.hpp"
#include "json_write.hpp"
#include "provider_json.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using coincide::problem_code;
using reconcile::decoded;
using reconcile::finding_kind;
using xml_support::find;
using xml_support::has;

namespace {

decoded decode(std::string_view text, const reconcile::provider_options& options = {}, const reconcile::decode_limits& limits = {}) {
    return reconcile::decode_provider_json(xml_support::bytes_of(text), options, limits);
}

/// A run of WHOOP, with more members.
std::string run(int id, std::string_view more = "") {
    return R"({"id":")" + std::to_string(id) + R"(","start":"2025-03-30T00:45:10Z","end":"2025-03-30T01:45:10Z","timezone_offset":"+02:00","sport_name":"running")" + std::string{more} + "}";
}
std::string page(const std::vector<std::string>& records) {
    std::string out = R"({"records":[)";
    for (const auto& r : records) out.append(out.back() == '[' ? "" : ",").append(r);
    return out + R"(],"next_token":null})";
}

/// "reject wrong_type /records/1/score/kilojoule"
std::vector<std::string> told(const decoded& in) {
    std::vector<std::string> out;
    for (const auto& f : in.findings)
        out.push_back(std::string{f.kind == finding_kind::reject ? "reject " : f.kind == finding_kind::skip ? "skip " : "salvage "}.append(to_string(f.code)).append(f.pointer.empty() ? "" : " ").append(f.pointer));
    return out;
}
using lines = std::vector<std::string>;

/// What a page says whose middle record has these further members; the other two have to be there.
lines middle(std::string_view more) {
    const auto got = decode(page({run(1), run(2, more), run(3)}));
    REQUIRE(got.activities.size() >= 2);
    CHECK(got.activities.front().activity.external_id == "1");
    CHECK(got.activities.back().activity.external_id == "3");
    auto out = told(got);
    if (got.activities.size() == 3) out.insert(out.begin(), "kept");
    return out;
}

std::string nested(std::size_t depth) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += i % 2 == 0 ? "[" : "{\"a\":";
    out += "1";
    for (std::size_t i = depth; i-- > 0;) out += i % 2 == 0 ? "]" : "}";
    return out;
}

}  // namespace

TEST_CASE("a record of a service keeps its pointer, and what was delivered, in the activity", "[provider_json]") {
    const auto got = decode(page({run(1, R"(,"score":{"kilojoule":2979.008,"average_heart_rate":123},"user_id":10129)")}));
    REQUIRE(got.activities.size() == 1);
    CHECK(got.findings.empty());
    const auto& one = got.activities[0];
    CHECK(one.pointer == "/records/0");
    CHECK(one.activity.source == "whoop");
    CHECK(one.activity.elapsed == 1h);
    CHECK(one.activity.extra == R"("profile":"whoop","account":"10129","delivered":{"energy_kcal":{"at":"/score/kilojoule","value":2979.008,"unit":"kJ"}})");
}

TEST_CASE("a bad record is told with pointer and code, and the rest of the page goes on", "[provider_json][reject]") {
    CHECK(middle(R"(,"score":{"kilojoule":"many"})") == lines{"reject wrong_type /records/1/score/kilojoule"});
    CHECK(middle(R"(,"score":{"kilojoule":"2979"})") == lines{"reject wrong_type /records/1/score/kilojoule"});
    CHECK(middle(R"(,"score":{"kilojoule":-1})") == lines{"reject negative /records/1/score/kilojoule"});
    CHECK(middle(R"(,"score":{"kilojoule":1e300})") == lines{"reject out_of_range /records/1/score/kilojoule"});
    CHECK(middle(R"(,"score":{"kilojoule":[1]})") == lines{"reject wrong_type /records/1/score/kilojoule"});
    const auto broken = decode(page({run(1), "7", "null", "\"x\"", "[]", "{}", run(3)}));
    CHECK(broken.activities.size() == 2);
    CHECK(told(broken) == lines{"reject wrong_type /records/1", "reject wrong_type /records/2", "reject wrong_type /records/3", "reject missing_key /records/5/start"});
    CHECK(find(broken, problem_code::missing_key)->field == "start_time");
    CHECK(find(broken, problem_code::missing_key)->source == "whoop");
}

TEST_CASE("a key that stands twice in a record rejects that record, at any depth", "[provider_json][hostile]") {
    CHECK(middle(R"(,"id":"9")") == lines{"reject duplicate_key /records/1/id"});
    CHECK(middle(R"(,"score":{"a":1,"a":1})") == lines{"reject duplicate_key /records/1/score/a"});
    CHECK(middle(R"(,"x":[{"a":1},{"a":{"b":[],"b":[]}}])") == lines{"reject duplicate_key /records/1/x/1/a/b"});
    CHECK(middle(R"(,"a/b":{"c~d":1,"c~d":2})") == lines{"reject duplicate_key /records/1/a~1b/c~0d"});
    CHECK(middle(R"(,"":1,"":2)") == lines{"reject duplicate_key /records/1/"});
    CHECK(middle(R"(,"a":1,"A":2)") == lines{"kept"});
}

// Only records are looked at: the second list is lost without a word.
TEST_CASE("a list that stands twice in its page is not lost in silence", "[provider_json][hostile]") {
    const auto got = decode(R"({"records":[)" + run(1) + R"(],"records":[)" + run(2) + "]}");
    CHECK((got.activities.size() == 2 || !got.findings.empty()));
}

TEST_CASE("deep nesting rejects its record, or the file when there is no end of it", "[provider_json][hostile]") {
    CHECK(middle(R"(,"x":)" + nested(60)) == lines{"kept"});
    const auto deep = middle(R"(,"x":)" + nested(70));
    REQUIRE(deep.size() == 1);
    CHECK(deep[0].starts_with("reject too_deep /records/1/x/0/a/0"));
    CHECK(told(decode(page({run(1, R"(,"x":)" + nested(2000))}))) == lines{"reject too_deep"});
    CHECK(told(decode(nested(1'000'000))) == lines{"reject too_deep"});
    for (const char open : {'[', '{'}) CHECK(told(decode(std::string(1'000'000, open))).at(0).starts_with("reject "));
}

TEST_CASE("numbers as text and text as numbers are told; numbers beyond all types cost their record only", "[provider_json][hostile]") {
    const auto page_of = [](std::string_view id) { return middle(R"(,"score":{"kilojoule":)" + std::string{id} + "}"); };
    CHECK(page_of("1e999") == lines{"reject out_of_range /records/1/score/kilojoule"});
    CHECK(page_of("-1e999") == lines{"reject negative /records/1/score/kilojoule"});
    CHECK(page_of(std::string(400, '9')) == lines{"reject out_of_range /records/1/score/kilojoule"});
    CHECK(page_of("0." + std::string(400, '3')) == lines{"kept"});
    CHECK(page_of("18446744073709551616") == lines{"reject out_of_range /records/1/score/kilojoule"});
    for (const char* word : {"\"NaN\"", "\"-Infinity\"", "\"Infinity\"", "null", "\"\""}) CHECK(page_of(word) == lines{"kept"});
    for (const char* word : {"\"nan\"", "\"inf\"", "\"-inf\"", "\"-NaN\"", "\"NULL\"", "\"1e5\"", "true"}) CHECK(page_of(word) == lines{"reject wrong_type /records/1/score/kilojoule"});
    for (const char* word : {"NaN", "Infinity", "-Infinity"}) {  // no JSON, but written by some: no value
        CHECK(page_of(word) == lines{"kept", "salvage malformed"});
        CHECK(told(decode(page({run(1, R"(,"x":)" + std::string{word})}))) == lines{"salvage malformed"});
    }
    CHECK(page_of("\"a \\ud83d\"") == lines{"salvage malformed", "reject wrong_type /records/1/score/kilojoule"});  // half an emoji
    for (const char* word : {"nan", "01", "+1", "0x10", ".5", "1."})
        CHECK(told(decode(page({run(1, R"(,"x":)" + std::string{word})}))) == lines{"reject malformed"});
}

TEST_CASE("the text of a record is kept byte for byte, also where it is not quite JSON", "[provider_json]") {
    for (const std::string more : {R"(,"x" : 1.50e1, "y":"\u00e9")", R"(,"x":NaN)", R"(,"x":[-Infinity, Infinity],"name":"a \ud83d")"}) {
        const auto got = decode(page({run(1), run(2, more), run(3)}), {.with_payloads = true});
        REQUIRE(got.activities.size() == 3);
        const auto& extra = got.activities[1].activity.extra;
        std::string quoted;
        reconcile::append_string(quoted, run(2, more));
        CHECK(extra.ends_with("\"payload\":" + quoted));
    }
}

TEST_CASE("a page whose records would be summed from too many rows beside them is cut, and told", "[provider_json][limits]") {
    std::string text = R"({"session":[)";
    for (int i = 0; i < 30; ++i) text += (i ? "," : "") + (R"({"id":"s)" + std::to_string(i) + R"(","startTimeMillis":"1700000000000","endTimeMillis":"1700000060000","activityType":8})");
    text += R"(],"datasets":{"com.google.distance.delta":[)";
    for (int i = 0; i < 100; ++i) text += i ? ",{}" : "{}";
    reconcile::decode_limits limits;
    limits.summed_rows = 2000;
    const auto got = decode(text + "]}}", {}, limits);
    CHECK(got.activities.size() == 20);
    CHECK(told(got).back() == "reject too_large");
}

TEST_CASE("ids of 64 bits keep their digits; longer ones are told", "[provider_json][ids]") {
    const auto id_of = [](std::string_view id) {
        const auto got = decode(R"([{"id":)" + std::string{id} + R"(,"start_date":"2025-03-30T00:45:10Z","elapsed_time":4000,"type":"Ride"}])");
        return got.activities.empty() ? told(got).at(0) : got.activities[0].activity.external_id;
    };
    CHECK(id_of("9007199254740993") == "9007199254740993");
    CHECK(id_of("9223372036854775807") == "9223372036854775807");
    CHECK(id_of("\"18446744073709551615\"") == "18446744073709551615");
    CHECK(id_of("18446744073709551615") == "reject wrong_type /0/id");
    CHECK(id_of("1e19") == "reject wrong_type /0/id");
    CHECK(id_of(std::string(400, '9')) == "reject wrong_type /0/id");
}

// widen_numbers makes a double of every integer of 19 digits in the document as soon as one number of it is too long.
TEST_CASE("an endless number in one record does not cost the id of another", "[provider_json][ids][hostile]") {
    const auto ride = [](std::string_view id, std::string_view x) {
        return R"({"id":)" + std::string{id} + R"(,"start_date":"2025-03-30T00:45:10Z","elapsed_time":4000,"type":"Ride","x":)" + std::string{x} + "}";
    };
    const auto got = decode("[" + ride("1093547523487531008", "1") + "," + ride("2", std::string(30, '9')) + "]");
    CHECK(got.activities.size() == 2);
}

TEST_CASE("a page cut at any byte, or with any byte flipped, gives an answer", "[provider_json][hostile]") {
    const auto whole = page({run(1, R"(,"score":{"kilojoule":2979.008})"), run(2)});
    REQUIRE(decode(whole).activities.size() == 2);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto got = decode(std::string_view{whole}.substr(0, length));
        REQUIRE(got.activities.empty());
        REQUIRE(got.findings.size() == 1);
        REQUIRE(got.findings[0].kind == finding_kind::reject);
        REQUIRE(got.findings[0].code == (length == 0 ? problem_code::empty : problem_code::malformed));
    }
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char flipped : {'\0', '"', '}', '\xFF', '9', ','}) {
            auto damaged = whole;
            damaged[at] = flipped;
            const auto got = decode(damaged);
            REQUIRE((!got.activities.empty() || !got.findings.empty()));
        }
    xml_support::noise noise{1};
    for (int round = 0; round < 2000; ++round) {
        std::string random(noise.next() % 100, ' ');
        for (char& c : random) c = static_cast<char>(noise.next());
        REQUIRE(decode(random).activities.empty());
    }
}

TEST_CASE("other encodings and empty files are told; a byte order mark is passed over", "[provider_json][hostile]") {
    CHECK(told(decode("")) == lines{"reject empty"});
    CHECK(told(decode(" \r\n\t")) == lines{"reject empty"});
    CHECK(told(decode("\xEF\xBB\xBF")) == lines{"reject empty"});
    CHECK(decode("\xEF\xBB\xBF" + run(1)).activities.size() == 1);
    const auto utf16 = decode(xml_support::in_utf16(run(1)));
    CHECK(utf16.activities.empty());
    CHECK((has(utf16, finding_kind::reject, problem_code::invalid_utf8) || has(utf16, finding_kind::reject, problem_code::malformed)));
    CHECK(told(decode(run(1, ",\"title\":\"Caf\xE9\""))) == lines{"reject invalid_utf8"});
    CHECK(told(decode(run(1, ",\"title\":\"\xED\xA0\x80\""))) == lines{"reject invalid_utf8"});
    CHECK(told(decode(run(1) + "x")) == lines{"reject malformed"});
    CHECK(told(decode(run(1) + run(2))) == lines{"reject malformed"});
}

TEST_CASE("documents without activities are skipped with a reason", "[provider_json]") {
    for (const char* text : {"{}", "[]", "null", "7", "\"x\"", "[[]]", R"({"records":[]})", R"([{"typeId":1,"typeKey":"running"}])",
                             R"([{"id":1,"start_date":"2025-03-30T00:45:10Z","elapsed_time":60,"distance":100,"lap_index":1,"type":"Run"}])"})
        CHECK(told(decode(text)) == lines{"skip no_activity"});
    const auto off = decode(R"({"body":{"series":[{"id":7,"category":128,"startdate":1743295510,"enddate":1743299110}]}})");
    CHECK(told(off) == lines{"skip no_activity /body/series/0/category"});
}

TEST_CASE("what stayed unknown is told beside the record; --timezone tells the zone", "[provider_json]") {
    const std::string local = R"([{"Id":1,"StartTime":"2025-03-30T03:15:10","TotalTime":1.0,"WorkoutType":"Run"}])";
    const auto unknown = decode(local);
    CHECK(told(unknown) == lines{"salvage zone_unknown /0/StartTime"});
    CHECK(unknown.findings[0].external_id == "1");
    CHECK(unknown.activities.at(0).activity.start_precision == 14h);
    reconcile::provider_options options;
    options.timezone = "Europe/Berlin";
    const auto known = decode(local, options);
    CHECK(known.findings.empty());
    CHECK(known.activities.at(0).activity.utc_offset == 2h);
    CHECK(known.activities.at(0).activity.start_time == xml_support::at("2025-03-30T01:15:10Z"));
}

TEST_CASE("ten thousand records are read, in order", "[provider_json][limits]") {
    std::string text = "[";
    for (int i = 0; i < 10'000; ++i) text.append(i ? "," : "").append(run(i));
    const auto got = decode(text + "]");
    REQUIRE(got.activities.size() == 10'000);
    CHECK(got.findings.empty());
    for (std::size_t i = 0; i < got.activities.size(); i += 999) {
        CHECK(got.activities[i].activity.external_id == std::to_string(i));
        CHECK(got.activities[i].pointer == "/" + std::to_string(i));
    }
}

TEST_CASE("records beyond the limit are left out and told", "[provider_json][limits]") {
    reconcile::decode_limits three;
    three.activities = 3;
    const auto full = decode(page({run(1), run(2), run(3)}), {}, three);
    CHECK(full.activities.size() == 3);
    CHECK(full.findings.empty());
    const auto over = decode(page({run(1), run(2), run(3), run(4), run(5)}), {}, three);
    CHECK(has(over, finding_kind::reject, problem_code::too_large));
    CHECK(over.activities.size() < 5);
}

// The limit is asked after one more record was kept, and findings count as records.
TEST_CASE("the limit is one of records, to the record", "[provider_json][limits]") {
    reconcile::decode_limits three;
    three.activities = 3;
    CHECK(decode(page({run(1), run(2), run(3), run(4)}), {}, three).activities.size() == 3);
    std::string locals = "[";
    for (int i = 0; i < 3; ++i) locals += std::string(i ? "," : "") + R"({"Id":)" + std::to_string(i) + R"(,"StartTime":"2025-03-30T03:15:10","TotalTime":1.0,"WorkoutType":"Run"})";
    CHECK(decode(locals + "]", {}, three).activities.size() == 3);
}

TEST_CASE("a pointer leads to the value in the document, also from a record to the rows that are summed for it", "[provider_json][reject]") {
    const auto got = decode(R"({"session":[{"id":"a","startTimeMillis":"1743295510000","endTimeMillis":"1743299110000","activityType":8}],
        "datasets":{"com.google.distance.delta":[{"startTimeNanos":"1743295510000000000","value":[{"fpVal":1}]},
                                                 {"startTimeNanos":"1743295510000000000","value":[{"fpVal":-5}]}]}})");
    CHECK(told(got) == lines{"reject negative /datasets/com.google.distance.delta/1/value/0/fpVal"});
    const auto chosen = decode(R"({"workout":{"id":"a","start_time":1743295510,"fitness_discipline":"cycling"},
        "performance_graph":{"summaries":[{"slug":"calories"},{"slug":"distance","display_unit":"mi","value":"far"}]}})");
    CHECK(told(chosen) == lines{"reject wrong_type /performance_graph/summaries/1/value"});
}

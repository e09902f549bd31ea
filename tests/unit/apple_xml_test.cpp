// SPDX-License-Identifier: BSL-1.0
#include "../support/xml_support.hpp"
#include "apple_xml.hpp"
#include "gpx.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace {

using namespace reconcile;
using coincide::problem_code;
using coincide::samples;
using xml_support::at;
using xml_support::bytes_of;

struct answer {
    std::vector<apple_workout> workouts{};
    std::vector<finding> findings{};

    const finding* find(problem_code code) const {
        for (const auto& f : findings)
            if (f.code == code) return &f;
        return nullptr;
    }
    bool has(finding_kind kind, problem_code code) const {
        const auto* f = find(code);
        return f && f->kind == kind;
    }
};

answer read(std::string_view document, const apple_limits& limits = {}) {
    answer out;
    out.findings = read_apple_xml(
        bytes_of(document), [&](apple_workout w) { out.workouts.push_back(std::move(w)); }, limits);
    return out;
}

answer read_by(std::size_t size, std::string_view document) {
    answer out;
    apple_reader reader{[&](apple_workout w) { out.workouts.push_back(std::move(w)); }};
    for (; !document.empty(); document.remove_prefix(std::min(size, document.size())))
        if (!reader.feed(bytes_of(document.substr(0, size)))) break;
    out.findings = reader.finish();
    return out;
}

apple_workout only(const answer& in) {
    REQUIRE(in.workouts.size() == 1);
    return in.workouts.front();
}

std::string health_data(std::string_view content) {
    return std::string{"<HealthData locale=\"en_US\">\n"}.append(content).append("</HealthData>\n");
}

std::string run(std::string_view content = "", std::string_view attributes = "") {
    return std::string{R"(<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="62.05" durationUnit="min" )"}
        .append(R"(startDate="2025-03-30 02:45:10 +0200" endDate="2025-03-30 03:51:50 +0200" )")
        .append(attributes)
        .append(">")
        .append(content)
        .append("</Workout>\n");
}

std::string location(std::string_view date, std::string_view lat, std::string_view lon, std::string_view more = "") {
    return std::string{"<Location date=\""}
        .append(date)
        .append("\" latitude=\"")
        .append(lat)
        .append("\" longitude=\"")
        .append(lon)
        .append("\" ")
        .append(more)
        .append("/>");
}

std::string route(std::string_view content) {
    return std::string{"<WorkoutRoute sourceName=\"Watch\">"}.append(content).append("</WorkoutRoute>");
}

const std::string record = R"(<Record type="HKQuantityTypeIdentifierStepCount" sourceName="Phone" unit="count" value="12"/>)"
                           "\n";

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a workout has its attributes, its metadata and its statistics by type", "[apple]") {
    const auto result = read(health_data(run(
        R"(<MetadataEntry key="HKTimeZone" value="Europe/Berlin"/><MetadataEntry key="A &amp; B" value=" 1 "/>
           <WorkoutEvent type="HKWorkoutEventTypePause" date="2025-03-30 02:50:00 +0200"/>
           <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="148" maximum="171" unit="count/min"/>
           <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="10.0372" unit="km"/>)",
        R"(device="&lt;&lt;HKDevice: 0x2801&gt;, name:Apple Watch&gt;")")));
    CHECK(result.findings.empty());
    const auto workout = only(result);
    const std::vector<std::pair<std::string, std::string>> expected{
        {"/@workoutActivityType", "HKWorkoutActivityTypeRunning"},
        {"/@duration", "62.05"},
        {"/@durationUnit", "min"},
        {"/@startDate", "2025-03-30 02:45:10 +0200"},
        {"/@endDate", "2025-03-30 03:51:50 +0200"},
        {"/@device", "<<HKDevice: 0x2801>, name:Apple Watch>"},
        {"/MetadataEntry/HKTimeZone", "Europe/Berlin"},
        {"/MetadataEntry/A & B", " 1 "},
        {"/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@average", "148"},
        {"/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@maximum", "171"},
        {"/WorkoutStatistics/HKQuantityTypeIdentifierHeartRate/@unit", "count/min"},
        {"/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWalkingRunning/@sum", "10.0372"},
        {"/WorkoutStatistics/HKQuantityTypeIdentifierDistanceWalkingRunning/@unit", "km"},
    };
    CHECK(workout.fields == expected);
    CHECK(workout["/@durationUnit"] == "min");
    CHECK(workout["/@totalDistance"].empty());
    CHECK(workout.route.empty());
    CHECK(workout.route_files.empty());
}

TEST_CASE("workouts come in document order, with their number and line, as soon as they close", "[apple]") {
    const auto text = health_data(record + run() + record + record + "<Workout duration='2'/>" + run());
    const auto result = read(text);
    REQUIRE(result.workouts.size() == 3);
    CHECK(result.workouts[0].ordinal == 1);
    CHECK(result.workouts[0].line == 3);
    CHECK(result.workouts[1].ordinal == 2);
    CHECK(result.workouts[1].line == 6);
    CHECK(result.workouts[1]["/@duration"] == "2");
    CHECK(result.workouts[2].ordinal == 3);
    CHECK(result.workouts[2].line == 6);

    unsigned seen = 0;
    apple_reader reader{[&](const apple_workout&) { ++seen; }};
    const auto first = text.find("</Workout>") + std::string_view{"</Workout>"}.size();
    CHECK(reader.feed(bytes_of(text).first(first - 1)));
    CHECK(seen == 0);
    CHECK(reader.feed(bytes_of(text).subspan(first - 1, 1)));
    CHECK(seen == 1);
    CHECK(reader.feed(bytes_of(text).subspan(first)));
    CHECK(seen == 3);
    CHECK(reader.finish().empty());
}

TEST_CASE("what stands elsewhere is not taken for a workout or for a part of one", "[apple]") {
    const auto result =
        read(health_data("<Correlation type='x'>" + run() + record +
                         "</Correlation><!-- <Workout/> --><![CDATA[<Workout/>]]><?x <Workout/>?>" +
                         "<Record value='&lt;Workout/&gt;'><MetadataEntry key='a' value='1'/></Record>" +
                         run("<WorkoutEvent type='Segment'><MetadataEntry key='b' value='1'/></WorkoutEvent>"
                             "<WorkoutEvent/>" +
                             route("<MetadataEntry key='c' value='1'/>") +
                             "<Workout duration='7'><MetadataEntry key='d' value='1'/></Workout>" +
                             "<MetadataEntry key='e' value='1'><MetadataEntry key='f' value='1'/></MetadataEntry>")));
    CHECK(result.findings.empty());
    const auto workout = only(result);
    CHECK(workout.fields.size() == 6);
    CHECK(workout["/@duration"] == "62.05");
    CHECK(workout["/MetadataEntry/e"] == "1");
}

TEST_CASE("a workout of one activity may tell of itself within that, and its own word counts more", "[apple]") {
    const std::string inside = "<WorkoutActivity uuid='u'><WorkoutStatistics type='t' sum='1' unit='km'/><MetadataEntry key='k' value='1'/>"
                               "<WorkoutEvent type='x'><MetadataEntry key='z' value='1'/></WorkoutEvent></WorkoutActivity>";
    const auto alone = only(read(health_data(run(inside))));
    CHECK(alone["/WorkoutStatistics/t/@sum"] == "1");
    CHECK(alone["/MetadataEntry/k"] == "1");
    CHECK(alone["/MetadataEntry/z"].empty());
    for (const auto& own : {"<WorkoutStatistics type='t' sum='2'/>" + inside, inside + "<WorkoutStatistics type='t' sum='2'/>"}) {
        const auto both = only(read(health_data(run(own))));
        CHECK(both["/WorkoutStatistics/t/@sum"] == "2");
        CHECK(both["/WorkoutStatistics/t/@unit"].empty());
    }
    CHECK(only(read(health_data(run(inside + inside))))["/WorkoutStatistics/t/@sum"].empty());  // of two, which one?
}

TEST_CASE("of repeated metadata the last counts, of repeated statistics the last as a whole", "[apple]") {
    const auto workout = only(read(health_data(run(
        "<MetadataEntry key='k' value='1'/><MetadataEntry key='k' value='2'/><WorkoutStatistics type='t' sum='5' unit='km'/>"
        "<WorkoutStatistics type='t' sum='3'/><MetadataEntry key='' value='x'/><WorkoutStatistics sum='4'/>"))));
    CHECK(workout["/MetadataEntry/k"] == "2");
    CHECK(workout["/WorkoutStatistics/t/@sum"] == "3");
    CHECK(workout["/WorkoutStatistics/t/@unit"].empty());
    CHECK(workout.fields.size() == 7);
    const std::vector<std::pair<std::string, std::string>> last{{"/@x", "2"}};
    CHECK(only(read(health_data("<Workout a:x='1' b:x='2'/>"))).fields == last);
}

TEST_CASE("positions inside a workout become a route since its start", "[apple]") {
    const auto result = read(health_data(
        run(route(location("2025-03-30 02:45:12 +0200", "52.5", "13.4", "altitude='34.5' speed='2.5' course='-1'") +
                  location("2025-03-30 02:45:14 +0200", "52.6", "13.4", "speed='-1' horizontalAccuracy='5'")) +
            route(location("2025-03-29 17:45:16 -0700", "52.7", "13.4")))));
    CHECK(result.findings.empty());
    const auto workout = only(result);
    CHECK(workout.route.t_ms == std::vector<std::int64_t>{2000, 4000, 6000});
    CHECK(workout.route.lat == std::vector<double>{52.5, 52.6, 52.7});
    CHECK(workout.route[0].ele_m == 34.5);
    CHECK(workout.route[0].speed_mps == 2.5);
    CHECK_FALSE(workout.route[1].speed_mps == workout.route[1].speed_mps);
}

TEST_CASE("positions that cannot be are dropped and counted, with the line of the workout", "[apple]") {
    const auto result = read(health_data(
        record +
        run(route(location("2025-03-30 02:45:12 +0200", "52.5", "13.4") + location("2025-03-30 02:45:13 +0200", "0", "0") +
                  location("2025-03-30 02:45:14 +0200", "52.5", "13.4", "horizontalAccuracy='-1'") +
                  location("tomorrow", "52.5", "13.4") + location("2025-03-30 02:45:12 +0200", "52.5", "13.4")))));
    CHECK(only(result).route.positions() == 1);
    REQUIRE(result.find(problem_code::fix_out_of_range));
    CHECK(result.find(problem_code::fix_out_of_range)->reason.starts_with("2 "));
    CHECK(result.has(finding_kind::salvage, problem_code::fix_without_time));
    CHECK(result.has(finding_kind::salvage, problem_code::time_went_back));
    for (const auto& f : result.findings) CHECK(f.line == 3u);
}

TEST_CASE("without a start, or without a position, there is no route", "[apple]") {
    const auto here = route(location("2025-03-30 02:45:12 +0200", "52.5", "13.4"));
    CHECK(only(read(health_data("<Workout startDate='soon'>" + here + "</Workout>"))).route.empty());
    CHECK(only(read(health_data("<Workout>" + here + "</Workout>"))).route.empty());
    const auto nowhere = read(health_data(run(route(location("2025-03-30 02:45:12 +0200", "0", "0", "speed='1'")))));
    CHECK(only(nowhere).route.empty());
}

TEST_CASE("route files are listed as they are written", "[apple]") {
    const auto workout = only(read(health_data(
        run(route("<MetadataEntry key='HKMetadataKeySyncVersion' value='2'/><FileReference path='/workout-routes/a.gpx'/>") +
            route("<FileReference path='/workout-routes/b.gpx'/>") + "<FileReference path='elsewhere.gpx'/>"))));
    CHECK(workout.route_files == texts{"/workout-routes/a.gpx", "/workout-routes/b.gpx"});
}

TEST_CASE("a route file lies beside the export, and nowhere else", "[apple]") {
    CHECK(route_member_name("/workout-routes/route_2019-06-11_3.00pm.gpx") == "workout-routes/route_2019-06-11_3.00pm.gpx");
    CHECK(route_member_name("workout-routes/a.gpx") == "workout-routes/a.gpx");
    CHECK(route_member_name("/./workout-routes//a.gpx") == "workout-routes/a.gpx");
    CHECK(route_member_name("workout-routes\\a.gpx") == "workout-routes/a.gpx");
    for (const char* leads_out : {"", "/", "//", "//server/a.gpx", "/../a.gpx", "../a.gpx", "workout-routes/../../a.gpx",
                                  "/..", "\\\\server\\a.gpx", "/..\\a.gpx", "C:/a.gpx", "/c:a.gpx", "/workout-routes/", "."})
        CHECK(route_member_name(leads_out).empty());
}

TEST_CASE("dates are instants, whose offset is not that of the workout", "[apple]") {
    REQUIRE(apple_time("2016-11-14 07:25:44 -0700"));
    CHECK(apple_time("2016-11-14 07:25:44 -0700")->at == at("2016-11-14T14:25:44Z"));
    CHECK_FALSE(apple_time("2016-11-14 07:25:44 -0700")->utc_offset);
    CHECK(apple_time("2016-11-14T07:25:44+02:00")->at == at("2016-11-14T05:25:44Z"));
    CHECK_FALSE(apple_time("2016-11-14 07:25:44")->has_zone);
    for (const char* none : {"", " ", "2016-11-14", "2016-11-14 ", "2016-13-14 07:25:44 -0700", "2016-11-14 07:25:44  -0700",
                             "now", "2016-11-14 07:25:44 PM -0700"})
        CHECK_FALSE(apple_time(none));
}

TEST_CASE("the document type of an export is read over", "[apple]") {
    const auto result = read("<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE HealthData [\n<!-- Apple's ]> -->\n"
                             "<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>\n<!ATTLIST HealthData\n"
                             "  locale CDATA #REQUIRED\n>\n<!ATTLIST Workout duration CDATA ']'>\n]>\n" +
                             health_data(run()));
    CHECK(result.findings.empty());
    CHECK(only(result).line == 11);
}

// Export version 12: the list of VisionPrescription's attributes is not closed, and a ">" stands before the end.
TEST_CASE("the document type of iOS 16, which is not well formed, does no harm", "[apple]") {
    const std::string broken =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE HealthData [\n"
        "<!-- HealthKit Export Version: 12 -->\n<!ATTLIST VisionPrescription\n  type CDATA #REQUIRED\n"
        "<!ELEMENT RightEye EMPTY>\n<!ATTLIST RightEye\n  sphere CDATA #IMPLIED\n>\n>\n]>\n" +
        health_data(record + run());
    for (const std::size_t size : {1UL, 7UL, 100'000UL}) {
        const auto result = read_by(size, broken);
        CHECK(result.findings.empty());
        CHECK(only(result).line == 14);
    }
}

TEST_CASE("entities are forbidden", "[apple]") {
    for (const auto* type : {"<!DOCTYPE HealthData [<!ENTITY a 'b'>]>",
                             "<!DOCTYPE HealthData [<!ELEMENT a EMPTY><!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>",
                             "<!DOCTYPE HealthData SYSTEM '[' [<!ENTITY a 'b'>]>"}) {
        const auto result = read(type + health_data(run()));
        CHECK(result.workouts.empty());
        CHECK(result.has(finding_kind::reject, problem_code::forbidden_entity));
    }
    CHECK(read(health_data("<Workout a='&undeclared;'/>")).has(finding_kind::reject, problem_code::malformed));
    CHECK(read("<!DOCTYPE HealthData [ ]>" + health_data("<Workout a='&undeclared;'/>"))
              .has(finding_kind::reject, problem_code::malformed));
    const auto named = read("<!DOCTYPE HealthData SYSTEM ']>[' [ ]>" + health_data(run()) + "<!-- ]> -->");
    CHECK(only(named)["/@duration"] == "62.05");
}

TEST_CASE("control characters are blanks, and counted where they are kept", "[apple]") {
    const auto result = read(health_data("<Record value='a\x0B\x01'/>" + run("", "sourceName='My\x0BWatch\x1F'")));
    CHECK(only(result)["/@sourceName"] == "My Watch ");
    REQUIRE(result.findings.size() == 1);
    CHECK(result.has(finding_kind::salvage, problem_code::malformed));
    CHECK(result.findings[0].reason == "2 control characters read as blanks");
}

TEST_CASE("what is wrong with the attributes of records does no harm", "[apple]") {
    const auto result = read(health_data("<Record Health Mate App Version='2.6.0' a='1' a='2'/>\n<Record a='&#x0B;&nbsp;>'\n"
                                         "b='\xFF'\r/>" +
                                         run()));
    CHECK(result.findings.empty());
    CHECK(only(result).line == 5);
}

TEST_CASE("an export cut at any byte keeps the workouts before the cut", "[apple]") {
    const auto text = "<?xml version='1.0'?>\n<!DOCTYPE HealthData [\n<!-- version -->\n]>" +
                      health_data(record + run("<MetadataEntry key='k' value='v'/>") + record + run());
    const auto first = text.find("</Workout>") + 10, second = text.rfind("</Workout>") + 10;
    const auto root_end = text.rfind("</HealthData>") + 13;
    for (std::size_t length = 0; length < text.size(); ++length) {
        const auto result = read(std::string_view{text}.substr(0, length));
        REQUIRE(result.workouts.size() == (length >= second ? 2u : length >= first ? 1u : 0u));
        if (length >= root_end) {
            REQUIRE(result.findings.empty());
        } else {
            REQUIRE(result.findings.size() == 1);
            REQUIRE(result.has(length >= first ? finding_kind::salvage : finding_kind::reject,
                               length >= first ? problem_code::recovered
                               : length        ? problem_code::truncated
                                               : problem_code::empty));
        }
    }
}

TEST_CASE("damage after a workout keeps the workout and tells the line", "[apple]") {
    for (const char* damage : {"<a></b>", "<Record a='<'/>", "<Workout a=1/>", "<Workout a='1' a='2'/>", "<>", "&nbsp;",
                               "<!x>", "</HealthData><HealthData>", "<Record a='1"}) {
        const auto result = read(health_data(run() + "\n" + damage + run()));
        CHECK(only(result).ordinal == 1);
        REQUIRE(result.findings.size() == 1);
        CHECK(result.has(finding_kind::salvage, problem_code::recovered));
        CHECK(result.findings[0].line >= 4u);
    }
    CHECK(read(health_data("<a></b>" + run())).has(finding_kind::reject, problem_code::malformed));
}

TEST_CASE("other documents are skipped, and so is an export without workouts", "[apple]") {
    for (const char* other : {"<ClinicalDocument><Workout/></ClinicalDocument>", "<gpx/>", "<healthdata/>",
                              "<!DOCTYPE plist PUBLIC \"a\" \"b\"><plist><dict/></plist>", "<Workout/>"}) {
        const auto result = read(other);
        CHECK(result.workouts.empty());
        REQUIRE(result.findings.size() == 1);
        CHECK(result.has(finding_kind::skip, problem_code::unsupported));
    }
    CHECK(read(health_data(record)).has(finding_kind::skip, problem_code::no_activity));
    CHECK(read("hello").has(finding_kind::reject, problem_code::malformed));
    CHECK(read("").has(finding_kind::reject, problem_code::empty));
}

TEST_CASE("a document that is no export ends the reading at once", "[apple]") {
    apple_reader reader{[](const apple_workout&) { FAIL(); }};
    CHECK_FALSE(reader.feed(bytes_of("<ClinicalDocument><section>")));
    CHECK_FALSE(reader.feed(bytes_of("<Workout/>")));
    const auto findings = reader.finish();
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].kind == finding_kind::skip);
}

TEST_CASE("a workout over a limit is rejected, and the next is read", "[apple]") {
    const auto fields = [](std::size_t count) {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) out += "<MetadataEntry key='" + std::to_string(i) + "' value=''/>";
        return out;
    };
    const auto rejected = [](std::string_view content, const apple_limits& limits) {
        const auto result = read(health_data(run(content) + run()), limits);
        REQUIRE(result.workouts.size() == 1);
        CHECK(result.workouts[0].ordinal == 2);
        REQUIRE(result.findings.size() == 1);
        CHECK(result.has(finding_kind::reject, problem_code::too_large));
        CHECK(result.findings[0].line == 2u);
    };
    const auto accepted = [](std::string_view content, const apple_limits& limits) {
        CHECK(read(health_data(run(content)), limits).workouts.size() == 1);
    };
    rejected(fields(6) + route("<FileReference path='a'/>"), {.fields = 11});
    accepted(fields(6) + route("<FileReference path='a'/>"), {.fields = 12});
    rejected(route(repeated("<FileReference path='a'/>", 7)), {.fields = 11});
    rejected("<MetadataEntry key='k' value='" + std::string(1000, 'x') + "'/>", {.text_bytes = 1000});
    accepted("<MetadataEntry key='k' value='" + std::string(1000, 'x') + "'/>", {.text_bytes = 2000});
    const auto fixes = route(repeated(location("2025-03-30 02:45:12 +0200", "1", "2"), 5));
    rejected(fixes, {.fixes = 4});
    accepted(fixes, {.fixes = 5});
    rejected(fields(10'001), {});
    rejected(repeated(fixes, 3), {.fixes = 4});
}

TEST_CASE("too many workouts end the reading, and those before are kept", "[apple]") {
    const auto result = read(health_data(repeated(run(), 5)), {.workouts = 3});
    CHECK(result.workouts.size() == 3);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.has(finding_kind::salvage, problem_code::too_large));
}

TEST_CASE("the depth and the length of tags have limits", "[apple]") {
    CHECK(read(health_data(run() + repeated("<a>", 100'000))).has(finding_kind::salvage, problem_code::too_deep));
    CHECK(read(health_data(run() + "<!--" + std::string(3'000'000, 'x') + "-->"))
              .has(finding_kind::salvage, problem_code::too_large));
    CHECK(read(health_data("<Record a='" + std::string(3'000'000, 'x') + "'/>"))
              .has(finding_kind::reject, problem_code::too_large));
    CHECK(read("<!--" + std::string(3'000'000, 'x') + "-->" + health_data(run()))
              .has(finding_kind::reject, problem_code::too_large));
    CHECK(read(std::string(3'000'000, ' ') + health_data(run())).workouts.size() == 1);
    apple_reader reader{[](const apple_workout&) {}};
    CHECK_FALSE(reader.feed(bytes_of("<!--" + std::string(3'000'000, 'x'))));
}

TEST_CASE("it does not matter in which pieces the bytes come", "[apple]") {
    const auto text = "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE HealthData [\n<!ELEMENT Me EMPTY>\n] >\n" +
                      health_data(record + "<![CDATA[]]>" + run("<MetadataEntry key='k' value='\xC3\xA9>'/>", "a='\x0B'") +
                                  record + "<!-- <Workout/> -->" + run(route("<FileReference path='a'/>")));
    const auto whole = read(text);
    REQUIRE(whole.workouts.size() == 2);
    CHECK(whole.findings.size() == 1);
    for (std::size_t size = 1; size < 300; ++size) {
        const auto pieces = read_by(size, text);
        REQUIRE(pieces.workouts.size() == 2);
        REQUIRE(pieces.findings.size() == 1);
        for (std::size_t i = 0; i < 2; ++i) {
            REQUIRE(pieces.workouts[i].fields == whole.workouts[i].fields);
            REQUIRE(pieces.workouts[i].route_files == whole.workouts[i].route_files);
            REQUIRE(pieces.workouts[i].line == whole.workouts[i].line);
        }
    }
}

TEST_CASE("UTF-16, Latin-1 and prefixes are read", "[apple]") {
    CHECK(only(read(xml_support::in_utf16("<?xml version='1.0' encoding='UTF-16'?>" + health_data(record + run()))))
              .fields.size() == 5);
    CHECK(only(read("<?xml version='1.0' encoding='ISO-8859-1'?>" + health_data("<Workout sourceName='\xE9'/>")))
              .fields.front()
              .second == "\xC3\xA9");
    CHECK(only(read("<h:HealthData><h:Workout h:duration='1'/></h:HealthData>"))["/@duration"] == "1");
}

TEST_CASE("a visitor may read the routes while the export is read", "[apple]") {
    std::string many;  // names enough to use up what one parser may hold, if they were counted together
    for (int i = 0; i < 20'000; ++i) many += "<n" + std::to_string(i) + "/>";
    const std::string gpx = "<gpx>" + many +
                            "<trk><trkseg><trkpt lat='1' lon='2'><time>2020-05-01T08:00:00Z</time></trkpt>" +
                            "</trkseg></trk></gpx>";
    std::size_t tracks = 0;
    const auto findings =
        read_apple_xml(bytes_of(health_data(many + repeated(record + run(), 30))),
                       [&](const apple_workout&) { tracks += decode_gpx(bytes_of(gpx)).activities.size(); });
    CHECK(findings.empty());
    CHECK(tracks == 30);
}

TEST_CASE("damaged bytes give an answer, never a crash", "[apple]") {
    const auto whole = "<!DOCTYPE HealthData [\n<!ELEMENT Me EMPTY>\n]>" +
                       health_data(record +
                                   run("<MetadataEntry key='k' value='v'/>" +
                                       route(location("2025-03-30 02:45:12 +0200", "52.5", "13.4"))) +
                                   record);
    xml_support::noise noise{1};
    for (int round = 0; round < 3000; ++round) {
        auto damaged = whole;
        for (int i = 0; i <= round % 4; ++i) damaged[noise.next() % damaged.size()] = static_cast<char>(noise.next());
        const auto result = read_by(1 + noise.next() % 500, damaged);
        REQUIRE((!result.workouts.empty() || !result.findings.empty()));
    }
}

TEST_CASE("a million records are passed over", "[apple]") {
    unsigned workouts = 0;
    apple_reader reader{[&](const apple_workout&) { ++workouts; }};
    const auto block = repeated(record, 1000);
    CHECK(reader.feed(bytes_of("<HealthData>")));
    for (int i = 0; i < 1000; ++i) {
        if (i == 500) CHECK(reader.feed(bytes_of(run())));
        REQUIRE(reader.feed(bytes_of(block)));
    }
    CHECK(reader.feed(bytes_of(run() + "</HealthData>")));
    CHECK(reader.finish().empty());
    CHECK(workouts == 2);
}

TEST_CASE("real exports are read", "[apple]") {
    const char* data = std::getenv("COINCIDE_DATA");
    if (!data) return;
    const auto sample = [&](std::string_view path) {
        std::ifstream file{std::string{data}.append("/payloads/").append(path), std::ios::binary};
        return only(read(std::string{std::istreambuf_iterator<char>{file}, {}}));
    };
    const auto old = sample("apple_health/export.xml");
    CHECK(old["/@totalDistance"] == "0.4971749504535062");
    CHECK(old["/@totalDistanceUnit"] == "mi");
    CHECK(old["/MetadataEntry/HKWeatherTemperature"] == "56 degF");
    CHECK(old.route.t_ms == std::vector<std::int64_t>{3000});  // two fixes of one second
    CHECK(old.route[0].ele_m == 21.2694);
    CHECK(old.line == 14);
    CHECK(sample("constructed/apple-export-ios16.xml-run")
              ["/WorkoutStatistics/HKQuantityTypeIdentifierActiveEnergyBurned/@unit"] == "kJ");
    CHECK(sample("constructed/apple-export-old.xml-run")["/MetadataEntry/HKIndoorWorkout"] == "0");
}

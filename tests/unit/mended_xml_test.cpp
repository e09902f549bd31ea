// SPDX-License-Identifier: BSL-1.0
//
// GPX and TCX as converters write them: encodings by other names, characters that XML does not allow, words of their own.
#include "../support/xml_support.hpp"
#include "gpx.hpp"
#include "tcx.hpp"
#include "track_file.hpp"
#include "xml.hpp"

#include <catch2/catch.hpp>

#include <string>

using coincide::problem_code;
using reconcile::finding_kind;
using xml_support::has;

namespace {

const std::string fixes = "<trk><type>run</type><trkseg><trkpt lat=\"51\" lon=\"3\"><time>2021-05-09T07:00:00Z</time></trkpt>"
                          "<trkpt lat=\"51.01\" lon=\"3\"><time>2021-05-09T07:05:00Z</time></trkpt></trkseg></trk></gpx>";

reconcile::decoded gpx(const std::string& front, const std::string& metadata = "") {
    return reconcile::decode_gpx(xml_support::bytes_of(front + "<gpx>" + metadata + fixes), {});
}
std::size_t fixes_of(const reconcile::decoded& d) { return d.activities.size() == 1 ? d.activities[0].activity.track.size() : 0; }

std::string name_of(const std::string& encoding, const std::string& name) {
    const std::string text = "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><gpx><trk><name>" + name + "</name>" + fixes.substr(5);
    const auto got = reconcile::decode_gpx(xml_support::bytes_of(text), {});
    return got.activities.size() == 1 ? got.activities[0].activity.name : "none";
}

std::string slug_of(std::string_view word) {
    const auto s = reconcile::sport_named(word);
    return s ? std::string{s->slug()} : "none";
}

}  // namespace

TEST_CASE("an encoding by another name is the one it is", "[xml][encoding]") {
    for (const char* name : {"utf8", "UTF8", "utf_8", "utf-16", "UTF-16", "unicode", "utf-8", "UTF-8"}) CHECK(name_of(name, "Bl\xC3\xBCte") == "Bl\xC3\xBCte");
    CHECK(name_of("windows-1252", "Bl\xFCte \x80") == "Bl\xC3\xBCte \xE2\x82\xAC");
    CHECK(name_of("windows-1251", "\xC1\xE5\xE3") == "\xD0\x91\xD0\xB5\xD0\xB3");
    CHECK(name_of("iso-8859-2", "\xB3\xF3\xBF") == "\xC5\x82\xC3\xB3\xC5\xBC");
    CHECK(name_of("iso-8859-1", "Bl\xFCte") == "Bl\xC3\xBCte");
    CHECK(name_of("gbk", "ride") == "ride");
    CHECK(name_of("no-such-encoding", "ride") == "none");
}

TEST_CASE("characters that XML does not allow cost themselves, and are told", "[xml][hostile]") {
    const std::string front = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    for (const std::string odd : {"<name>A & B</name>", "<wpt><name>M&uuml;nchen &nbsp;</name></wpt>", "<name>Bl\xFCte</name>", "<name>a\x02z</name>", "<name>&#xZZ; &</name>"}) {
        const auto got = gpx(front, "<metadata>" + odd + "</metadata>");
        CAPTURE(odd);
        CHECK(fixes_of(got) == 2);
        CHECK(has(got, finding_kind::salvage, problem_code::recovered));
    }
    CHECK(fixes_of(gpx("gp" + front)) == 2);
    const auto clean = gpx(front, "<metadata><name>A &amp; B &#252; &#xFC;</name></metadata>");
    CHECK(fixes_of(clean) == 2);
    CHECK(clean.findings.empty());
}

TEST_CASE("what is mended has the length it had, and entities that XML has stay", "[xml]") {
    const auto mended = [](const std::string& text) { return reconcile::mended_xml(xml_support::bytes_of(text)); };
    CHECK_FALSE(mended("<a>&amp; &lt; &#10; &#xAf; \xC3\xBC\t\r\n</a>"));
    CHECK(mended("<a>& &foo; \x01 \xFF &#; &#12</a>") == "<a>   foo;   ?  #;  #12</a>");
    CHECK(mended("\x01\x02<?xml?>") == "  <?xml?>");
}

TEST_CASE("entities that a document declares are refused, mended or not", "[xml][hostile]") {
    const auto bomb = gpx("<?xml version=\"1.0\"?><!DOCTYPE gpx [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>", "<name>&b; & x</name>");
    CHECK(bomb.activities.empty());
    CHECK(has(bomb, finding_kind::reject, problem_code::forbidden_entity));
}

TEST_CASE("where laps do not say how far, the trackpoints do", "[tcx]") {
    const auto lap = [](const std::string& totals) {
        std::string text = "<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>2021-07-23T07:00:00Z</Id><Lap>" + totals + "<Track>";
        for (int i = 0; i <= 3; ++i) text += "<Trackpoint><Time>2021-07-23T07:0" + std::to_string(i) + ":00Z</Time><DistanceMeters>" + std::to_string(i * 200) + "</DistanceMeters></Trackpoint>";
        return reconcile::decode_tcx(xml_support::bytes_of(text + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"), {});
    };
    for (const auto* totals : {"", "<DistanceMeters>0</DistanceMeters>"}) {
        const auto got = lap(totals);
        REQUIRE(got.activities.size() == 1);
        CHECK(got.activities[0].activity.distance_m == 600);
        CHECK(got.activities[0].activity.computed.size() >= 1);
    }
    CHECK(lap("<DistanceMeters>612</DistanceMeters>").activities.at(0).activity.distance_m == 612);
}

TEST_CASE("sports in the words of services, of converters, and in Strava's old numbers", "[gpx][tcx]") {
    CHECK(slug_of("Running") == "running");
    CHECK(slug_of("Biking") == "cycling");
    CHECK(slug_of("Cycling") == "cycling");
    CHECK(slug_of("walking") == "walking");
    CHECK(slug_of("TrailRun") == "trail_running");
    CHECK(slug_of("street_running") == "road_running");
    CHECK(slug_of("lap_swimming") == "pool_swimming");
    CHECK(slug_of("touringbicycle") == "cycling");
    CHECK(slug_of("mtb") == "mountain_biking");
    CHECK(slug_of("Outdoor Running") == "running");
    CHECK(slug_of("9") == "running");
    CHECK(slug_of("quidditch") == "other");
    CHECK(slug_of("") == "none");
}

// SPDX-License-Identifier: BSL-1.0
//
// What holds for every provider's profile and takes the compiler too long to prove; the rest is in tests/static/normalize_static.cpp.
#include "../support/flat_payload.hpp"

#include <coincide/normalize/normalize.hpp>
#include <coincide/normalize/page.hpp>
#include <coincide/normalize/profiles.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace coincide;

namespace {

std::vector<std::string> names_of(std::string_view row) {
    std::vector<std::string> out;
    detail::each_name(row, [&](std::string_view name) { return out.emplace_back(name), true; });
    return out;
}

/// A payload that has what a profile needs, in the simplest form: its first start, its first id, one word for everything else.
flat_payload simplest(const profile& by) {
    flat_payload out;
    const auto put = [&out](std::string_view path, const flat_value& v) {
        if (!path.empty()) out.values.insert_or_assign(std::string{path}, v);
    };
    const auto written_out = [&by](std::string_view path) {
        return std::any_of(by.numbers.begin(), by.numbers.end(), [path](const auto& r) { return r.path == path && r.as == encoding::duration; });
    };
    for (const auto any_of : by.needs) {
        const auto first = any_of.substr(0, any_of.find('|'));
        const auto word = first.find("==");
        put(first.substr(0, word), word == std::string_view::npos ? written_out(first) ? flat_value{"PT1S"} : flat_value{1} : flat_value{std::string{first.substr(word + 2)}});
    }
    for (const auto* moments : {&by.end, &by.start}) {
        if (moments->empty()) continue;
        const auto& m = moments->front();
        const std::int64_t at = 1743295510 + (moments == &by.end ? 3600 : 0);
        const char* const text = moments == &by.end ? "2025-03-30T01:45:10Z" : "2025-03-30T00:45:10Z";
        if (!m.day.empty()) put(m.day, "2025-03-30"), put(m.path, "00:45:10");
        else if (m.form == stamp::words) put(m.path, "Sun, 30 Mar 2025 00:45:10");
        else put(m.path, m.form == stamp::unix_s ? flat_value{at} : m.form == stamp::unix_ms ? flat_value{at * 1000} : m.form == stamp::unix_ns ? flat_value{at * 1'000'000'000} : flat_value{text});
    }
    for (const auto& t : by.says)
        if (t.to.key == external_id_t::name && !out.at(t.path).numeric()) put(t.path, "7");
    for (const auto path : by.sport) {
        const auto plus = path.find('+');
        put(path.substr(0, plus), "?");
        if (plus != std::string_view::npos) put(path.substr(plus + 1), "?");
    }
    return out;
}

}  // namespace

TEST_CASE("no name stands in two rows of one vocabulary", "[profiles]") {
    for (const auto* by : providers::all)
        for (std::size_t i = 0; i < by->vocabulary.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                for (const auto& a : names_of(by->vocabulary[i].names))
                    for (const auto& b : names_of(by->vocabulary[j].names)) {
                        if (!detail::same_name(a, b)) continue;
                        INFO(by->name << ": " << a << " is " << by->vocabulary[i].slug << " and " << by->vocabulary[j].slug);
                        CHECK(false);
                    }
}

TEST_CASE("every name of every vocabulary is found, with the provider's prefix and without", "[profiles]") {
    for (const auto* by : providers::all)
        for (const auto& row : by->vocabulary)
            for (const auto& word : names_of(row.names)) {
                INFO(by->name << ": " << word);
                REQUIRE(sport_of_name(word, by->vocabulary, by->name_prefix) == find_sport(row.slug));
                REQUIRE(sport_of_name(std::string{by->name_prefix} + word, by->vocabulary, by->name_prefix) == find_sport(row.slug));
            }
}

TEST_CASE("a sport that is written back is read as the same sport", "[profiles]") {
    for (const auto* by : providers::all)
        for (std::size_t row = 0; row < sport_count; ++row) {
            const sport_id id{static_cast<std::uint8_t>(row)};
            if (const auto word = name_of_sport(id, by->vocabulary)) REQUIRE(sport_of_name(*word, by->vocabulary) == id);
        }
}

TEST_CASE("a slug has one row in a vocabulary, so that one name is written back", "[profiles]") {
    for (const auto* by : providers::all) {
        std::set<std::string_view> slugs;
        for (const auto& row : by->vocabulary) {
            INFO(by->name << ": " << row.slug);
            CHECK(slugs.insert(row.slug).second);
        }
    }
}

TEST_CASE("an app has one meaning", "[profiles]") {
    for (const auto& a : providers::apps)
        for (const auto& b : providers::apps) {
            INFO(a.word << " and " << b.word);
            CHECK((!detail::same_name(a.word, b.word) || a.means == b.means));
        }
}

TEST_CASE("what a profile needs is enough to be recognised by it and to give a record", "[profiles]") {
    for (const auto* by : providers::all) {
        INFO(by->name);
        const auto payload = simplest(*by);
        CHECK(looks_like(payload, *by));
        const auto got = normalize(payload, *by);
        REQUIRE(got);
        CHECK(got->record.source == by->source);
        CHECK_FALSE(got->record.external_id.empty());
        CHECK(got->record.start_time.time_since_epoch().count() / 86'400'000 == 1743295510 / 86400);
    }
}

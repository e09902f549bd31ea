// SPDX-License-Identifier: BSL-1.0
#include "fit.hpp"

#include "fit_profile.hpp"
#include "fit_reader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace reconcile {
namespace {

using coincide::activity;
using coincide::instant;
using coincide::milliseconds;
using coincide::no_value;
using coincide::problem_code;
using coincide::sample;
using coincide::seconds;
using std::chrono::duration_cast;

constexpr instant fit_epoch{seconds{631065600}};  // 1989-12-31T00:00:00Z
constexpr std::uint32_t first_date = 0x10000000;  // a lower time is counted from power-on, not from the epoch
constexpr milliseconds longest_link_gap = std::chrono::minutes{30};
constexpr milliseconds longest_link_overlap = std::chrono::minutes{1};
constexpr milliseconds longest_stray = std::chrono::hours{24};  // what lies further from its session belongs elsewhere
constexpr double degrees_per_semicircle = 180.0 / 2147483648.0;

constexpr instant instant_of(std::uint32_t fit_time) noexcept { return fit_epoch + seconds{fit_time}; }
constexpr bool is_clock_unset(instant at) noexcept { return at < instant_of(first_date) || coincide::is_of_unset_clock(at); }

constexpr double first_of(double preferred, double other) noexcept { return preferred == preferred ? preferred : other; }
constexpr double plus_fraction(double whole, double fraction) noexcept {
    return fraction == fraction ? whole + fraction : whole;
}

std::optional<double> known(double v) noexcept { return v == v ? std::optional{v} : std::nullopt; }

/// Totals and rates cannot be negative; a signed type in the file does not make them so.
std::optional<double> amount(double v) noexcept { return v >= 0.0 ? std::optional{v} : std::nullopt; }

std::optional<milliseconds> duration_of(double raw_ms) noexcept {
    constexpr double longest = 4294967295.0;  // what the profile's type can hold: 49 days
    if (!(raw_ms >= 0.0 && raw_ms <= longest)) return std::nullopt;
    return milliseconds{std::llround(raw_ms)};
}

std::string digits_of(std::optional<std::uint32_t> number) { return number ? std::to_string(*number) : std::string{}; }

std::string manufacturer_of(std::optional<std::uint32_t> number) {
    const auto* row = number ? fit::find_number(fit::manufacturers, *number) : nullptr;
    return row ? std::string{row->name} : digits_of(number);
}

std::string count_of(std::size_t n, std::string_view noun) {
    return std::to_string(n) + ' ' + std::string{noun} + (n == 1 ? "" : "s");
}

/// A session's sport, by number; either may be missing.
struct sport_numbers {
    std::optional<std::uint32_t> sport{}, sub_sport{};
};

void set_sport(activity& to, const sport_numbers& of) {
    if (!of.sport) return;
    const auto* row = fit::find_number(fit::sports, *of.sport);
    const auto* sub = of.sub_sport ? fit::find_number(fit::sub_sports, *of.sub_sport) : nullptr;
    const std::string sub_name = sub ? std::string{sub->name} : digits_of(of.sub_sport);
    to.sport = row ? coincide::sport_from_slug(fit::slug_of(*row, sub_name)) : coincide::sport_id{};
    to.source_activity_type = row ? std::string{row->name} : digits_of(of.sport);
    if (!sub_name.empty()) to.source_activity_type += '/' + sub_name;
}

/// Speed and distance in three bytes; the distance counts sixteenths of a metre and starts anew every 256 m.
class compressed_distance {
public:
    void read(std::span<const std::byte> bytes, sample& to) noexcept {
        const auto empty = [](std::byte b) { return b == std::byte{0xFF}; };
        if (bytes.size() != 3 || std::all_of(bytes.begin(), bytes.end(), empty)) return;
        const auto at = [&bytes](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
        const unsigned speed = at(0) | (at(1) & 0x0Fu) << 8;
        const unsigned distance = at(1) >> 4 | at(2) << 4;
        total_ += (distance - last_) & 0x0FFFu;
        last_ = distance;
        to.speed_mps = first_of(to.speed_mps, speed / 100.0);
        to.distance_m = first_of(to.distance_m, static_cast<double>(total_) / 16.0);
    }

private:
    unsigned last_ = 0;
    std::uint64_t total_ = 0;
};

/// One session of a file, or what stands for it.
struct leg {
    activity record{};
    instant end{};
    bool end_is_known = true;
};

/// What one FIT file says, before it is put together.
struct contents {
    std::optional<std::uint32_t> type{};
    coincide::file_identity identity{};
    coincide::device_info device{};
    std::optional<std::uint32_t> product{};
    std::optional<seconds> utc_offset{};
    sport_numbers sport{};
    std::vector<leg> sessions{};
    std::vector<sample> records{};  // t: since 1970
    compressed_distance distance{};
    std::size_t records_without_time = 0;
    std::size_t sessions_without_start = 0;
    std::size_t impossible_values = 0;  // of sessions: below zero, or of months
};

// ---- reading messages

void read_file_id(const fit::message& m, contents& to) {
    namespace f = fit::file_id_field;
    if (to.type) return;  // the first one counts
    to.type = m.natural(f::type);
    to.identity.manufacturer = manufacturer_of(m.natural(f::manufacturer));
    to.product = m.natural(f::product);
    to.identity.product = digits_of(to.product);
    to.identity.serial = digits_of(m.natural(f::serial_number));
    const auto created = m.natural(f::time_created);
    if (created && *created >= first_date) to.identity.time_created = instant_of(*created);
    to.device.manufacturer = to.identity.manufacturer;
    to.device.serial = to.identity.serial;
    to.device.model = m.text(f::product_name);
}

/// The device that wrote the file tells its name here more often than in file_id. Its serial number is not used: some apps
/// write one that all their users share.
void read_device_info(const fit::message& m, contents& to) {
    namespace f = fit::device_info_field;
    if (m.natural(f::device_index) != fit::device_index_creator) return;
    if (to.device.model.empty()) to.device.model = m.text(f::product_name);
    if (to.device.manufacturer.empty()) to.device.manufacturer = manufacturer_of(m.natural(f::manufacturer));
}

void read_sport(const fit::message& m, contents& to) {
    to.sport = {m.natural(fit::sport_field::sport), m.natural(fit::sport_field::sub_sport)};
}

/// The offset is local time minus UTC. Some writers put the local time on the Unix epoch, or zero.
void read_activity(const fit::message& m, contents& to) {
    const auto local = m.natural(fit::activity_field::local_timestamp);
    if (!local || !m.time()) return;
    const seconds fit_based{std::int64_t{*local} - std::int64_t{*m.time()}};
    const seconds unix_based = fit_based - duration_cast<seconds>(fit_epoch.time_since_epoch());
    for (const auto offset : {fit_based, unix_based})
        if (offset % std::chrono::minutes{15} == seconds{0} && std::chrono::abs(offset) <= std::chrono::hours{14})
            to.utc_offset = offset;
}

void read_session(const fit::message& m, contents& to) {
    namespace f = fit::session_field;
    leg session;
    activity& a = session.record;
    const auto scaled = [&m](std::uint8_t field, double per_unit) { return m.value(field) / per_unit; };
    const auto total = [&to](double v) { return to.impossible_values += v < 0, amount(v); };
    const auto lasting = [&to](double raw_ms) {
        const auto d = duration_of(raw_ms);
        return to.impossible_values += raw_ms == raw_ms && !d, d;
    };

    a.elapsed = lasting(m.value(f::elapsed));
    a.timer = lasting(m.value(f::timer));
    a.moving = lasting(m.value(f::moving));
    if (const auto start = m.natural(f::start_time)) {
        a.start_time = instant_of(*start);
    } else if (m.time() && a.elapsed) {
        a.start_time = instant_of(*m.time()) - *a.elapsed;
        a.computed.emplace_back(coincide::start_time.name);
    } else {
        ++to.sessions_without_start;
        return;
    }
    a.clock_unset = is_clock_unset(a.start_time);
    session.end_is_known = a.elapsed.has_value();
    session.end = a.start_time + a.elapsed.value_or(milliseconds{0});
    // No session ends after it was written. One that seems to was running while the clock was set, so its start is off.
    // (Times at or before the start say nothing: some files write all sessions first.)
    const instant written = m.time() ? instant_of(*m.time()) : a.start_time;
    if (written > a.start_time && (!a.elapsed || session.end > written + longest_link_overlap)) session.end = written;

    a.distance_m = total(scaled(f::distance, 100));
    a.energy_kcal = total(m.value(f::calories));
    a.elevation_gain_m = total(plus_fraction(m.value(f::ascent), scaled(f::fractional_ascent, 100)));
    a.avg_speed_mps = total(first_of(scaled(f::enhanced_avg_speed, 1000), scaled(f::avg_speed, 1000)));
    a.max_speed_mps = total(first_of(scaled(f::enhanced_max_speed, 1000), scaled(f::max_speed, 1000)));
    a.avg_heart_rate_bpm = total(m.value(f::avg_heart_rate));
    a.max_heart_rate_bpm = total(m.value(f::max_heart_rate));
    a.avg_power_w = total(m.value(f::avg_power));
    a.max_power_w = total(m.value(f::max_power));
    a.avg_cadence_rpm = total(plus_fraction(m.value(f::avg_cadence), scaled(f::avg_fractional_cadence, 128)));
    a.avg_temperature_c = known(m.value(f::avg_temperature));

    const double rpe = scaled(f::rpe, 10), feel = m.value(f::feel);
    if (rpe >= 1.0 && rpe <= 10.0) a.rpe = rpe;
    if (feel >= 0.0 && feel <= 100.0) a.feeling = 1.0 + feel / 25.0;

    const double lat = m.value(f::start_lat) * degrees_per_semicircle, lon = m.value(f::start_lon) * degrees_per_semicircle;
    if (coincide::plausible_position(lat, lon)) {
        a.start_lat_deg = lat;
        a.start_lon_deg = lon;
    }
    set_sport(a, {m.natural(f::sport), m.natural(f::sub_sport)});
    to.sessions.push_back(std::move(session));
}

void read_record(const fit::message& m, contents& to) {
    namespace f = fit::record_field;
    sample s;
    s.distance_m = m.value(f::distance) / 100.0;
    s.speed_mps = first_of(m.value(f::enhanced_speed), m.value(f::speed)) / 1000.0;
    to.distance.read(m.bytes(f::compressed_speed_distance), s);  // also without a time: it counts on
    if (!m.time()) {
        ++to.records_without_time;
        return;
    }
    s.t = instant_of(*m.time()).time_since_epoch();
    s.lat_deg = m.value(f::lat) * degrees_per_semicircle;
    s.lon_deg = m.value(f::lon) * degrees_per_semicircle;
    s.ele_m = first_of(m.value(f::enhanced_altitude), m.value(f::altitude)) / 5.0 - 500.0;
    s.hr_bpm = m.value(f::heart_rate);
    s.power_w = m.value(f::power);
    s.cadence_rpm =
        first_of(plus_fraction(m.value(f::cadence), m.value(f::fractional_cadence) / 128.0), m.value(f::cadence256) / 256.0);
    to.records.push_back(s);
}

void read_message(const fit::message& m, contents& to) {
    namespace n = fit::message_number;
    switch (m.number()) {
    case n::record: return read_record(m, to);
    case n::session: return read_session(m, to);
    case n::file_id: return read_file_id(m, to);
    case n::device_info: return read_device_info(m, to);
    case n::activity: return read_activity(m, to);
    case n::sport: return read_sport(m, to);
    default: return;
    }
}

/// What only the whole file tells: the name and the serial number may stand in different messages.
void name_device(contents& of) {
    auto& device = of.device;
    device.type = fit::device_type_of(device.manufacturer, of.product, device.model);
    if (device.model.empty()) device.model = of.identity.product;
}

// ---- putting activities together

/// Sessions that follow one another, first to last, and the samples that belong to them.
struct group {
    std::size_t first = 0, last = 0;  // last is included
    instant start{}, end{};
};

std::vector<group> linked(const std::vector<leg>& sessions) {
    std::vector<group> groups;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        const instant start = sessions[i].record.start_time;
        if (!groups.empty()) {
            auto& before = groups.back();
            const auto gap = start - before.end;
            if (gap <= longest_link_gap && gap >= -longest_link_overlap) {
                before.last = i;
                before.end = std::max(before.end, sessions[i].end);
                continue;
            }
        }
        groups.push_back({i, i, start, sessions[i].end});
    }
    return groups;
}

/// The sport of linked sessions: their own when all have one, triathlon or duathlon where the sports tell, else multisport.
coincide::sport_id sport_of(std::span<const leg> legs) {
    using coincide::sport_from_slug;
    std::vector<coincide::sport_id> sports, families;
    for (const auto& l : legs) {
        const auto sport = l.record.sport.value_or(coincide::sport_id{});
        if (sport.slug() == "transition") continue;
        if (std::find(sports.begin(), sports.end(), sport) == sports.end()) sports.push_back(sport);
        if (std::find(families.begin(), families.end(), sport.family()) == families.end())
            families.push_back(sport.family());
    }
    const auto all_of = [&families](std::initializer_list<std::string_view> slugs) {
        const auto present = [&families](std::string_view slug) {
            return std::find(families.begin(), families.end(), sport_from_slug(slug)) != families.end();
        };
        return families.size() == slugs.size() && std::all_of(slugs.begin(), slugs.end(), present);
    };
    if (sports.size() == 1) return sports.front();
    if (all_of({"swimming", "cycling", "running"})) return sport_from_slug("triathlon");
    if (all_of({"cycling", "running"})) return sport_from_slug("duathlon");
    return sport_from_slug("multisport");
}

/// The sum over the legs; nothing when a leg does not say, unless it is a transition, which often does not.
template <class T>
std::optional<T> sum_of(std::span<const leg> legs, std::optional<T> activity::*member) {
    std::optional<T> sum;
    for (const auto& l : legs) {
        const auto& value = l.record.*member;
        const bool transition = l.record.sport && l.record.sport->slug() == "transition";
        if (!value && !transition) return std::nullopt;
        if (value) sum = sum.value_or(T{}) + *value;
    }
    return sum;
}

std::optional<double> greatest_of(std::span<const leg> legs, std::optional<double> activity::*member) {
    std::optional<double> greatest;
    for (const auto& l : legs) greatest = std::max(greatest, l.record.*member);  // nothing is less than any value
    return greatest;
}

activity whole_of(std::span<const leg> legs, instant end) {
    activity whole;
    const activity& first = legs.front().record;
    whole.start_time = first.start_time;
    whole.clock_unset = first.clock_unset;
    whole.elapsed = end - first.start_time;
    whole.sport = sport_of(legs);
    whole.start_lat_deg = first.start_lat_deg;
    whole.start_lon_deg = first.start_lon_deg;
    whole.timer = sum_of(legs, &activity::timer);
    whole.moving = sum_of(legs, &activity::moving);
    whole.distance_m = sum_of(legs, &activity::distance_m);
    whole.energy_kcal = sum_of(legs, &activity::energy_kcal);
    whole.elevation_gain_m = sum_of(legs, &activity::elevation_gain_m);
    whole.max_speed_mps = greatest_of(legs, &activity::max_speed_mps);
    whole.max_heart_rate_bpm = greatest_of(legs, &activity::max_heart_rate_bpm);
    whole.max_power_w = greatest_of(legs, &activity::max_power_w);
    return whole;
}

/// Builds the activities of one FIT file out of its contents.
class builder {
public:
    builder(contents& from, const fit::part_info& part, std::size_t& samples_left, decoded& to)
        : from_{from},
          part_{part},
          samples_left_{samples_left},
          to_{to} {}

    /// False when there would be more samples than the limit allows.
    bool build() {
        sort_records();
        if (from_.sessions.empty() && !from_.records.empty()) from_.sessions.push_back(session_from_records());
        auto& sessions = from_.sessions;
        std::stable_sort(sessions.begin(), sessions.end(),
                         [](const leg& a, const leg& b) { return a.record.start_time < b.record.start_time; });
        const auto groups = linked(sessions);
        std::size_t placed_until = 0, placed = 0;
        for (std::size_t i = 0; i < groups.size(); ++i) {
            const auto mine = records_of(groups, i);
            const auto begin = static_cast<std::size_t>(mine.data() - from_.records.data());
            const auto end = begin + mine.size();
            placed += end - std::min(end, std::max(begin, placed_until));
            placed_until = std::max(placed_until, end);
            if (!build_group(groups[i], mine)) return false;
        }
        report(problem_code::out_of_range, "track", from_.records.size() - placed,
               "dropped # more than a day away from every session");
        report(problem_code::fix_out_of_range, "track", dropped_positions_,
               "dropped # outside the globe, at (0,0), or with only one coordinate", "position");
        report(problem_code::fix_without_time, "track", from_.records_without_time, "dropped # without a time stamp");
        report(problem_code::missing_key, "start_time", from_.sessions_without_start, "dropped # without a start",
               "session");
        report(problem_code::out_of_range, "session", from_.impossible_values, "left out # that no session can have", "value");
        return true;
    }

private:
    /// A finding with a count, when the count is not zero.
    void report(problem_code code, std::string_view field, std::size_t count, std::string_view reason,
                std::string_view noun = "sample") {
        if (count == 0) return;
        std::string text{reason};
        text.replace(text.find('#'), 1, count_of(count, noun));
        to_.findings.push_back({.kind = finding_kind::salvage,
                                .code = code,
                                .reason = std::move(text),
                                .field = std::string{field},
                                .offset = part_.begin});
    }

    /// Into ascending order, so that every session's samples are a range.
    void sort_records() {
        auto& records = from_.records;
        const auto earlier = [](const sample& a, const sample& b) { return a.t < b.t; };
        std::size_t back = 0;
        for (std::size_t i = 1; i < records.size(); ++i) back += earlier(records[i], records[i - 1]);
        if (back == 0) return;
        std::stable_sort(records.begin(), records.end(), earlier);
        report(problem_code::time_went_back, "track", back, "sorted: # lay before the one ahead of it");
    }

    /// A device that crashed wrote no session. The longest run of samples without a gap of a day is the activity; what else
    /// there is comes from before the clock was set.
    leg session_from_records() {
        const auto& records = from_.records;
        std::size_t begin = 0, end = 0;
        for (std::size_t from = 0, i = 1; i <= records.size(); ++i) {
            if (i < records.size() && records[i].t - records[i - 1].t <= longest_stray) continue;
            if (i - from > end - begin) begin = from, end = i;
            from = i;
        }
        leg session;
        activity& a = session.record;
        a.start_time = instant{records[begin].t};
        a.clock_unset = is_clock_unset(a.start_time);
        session.end = instant{records[end - 1].t};
        a.elapsed = session.end - a.start_time;
        a.computed = {std::string{coincide::start_time.name}, std::string{coincide::elapsed.name}};
        for (std::size_t i = end; i-- > begin && !a.distance_m;) a.distance_m = amount(records[i].distance_m);
        if (a.distance_m) a.computed.emplace_back(coincide::distance_m.name);
        return session;
    }

    std::span<const sample> records_between(instant start, instant end) const {
        const auto before = [](const sample& s, instant at) { return instant{s.t} < at; };
        const auto after = [](instant at, const sample& s) { return at < instant{s.t}; };
        const auto& records = from_.records;
        const auto first = std::lower_bound(records.begin(), records.end(), start, before);
        const auto last = std::upper_bound(first, records.end(), end, after);
        return {first, last};
    }

    /// A group's samples: up to a day beyond its span, and up to half-way to the next group.
    std::span<const sample> records_of(const std::vector<group>& groups, std::size_t i) const {
        const auto& g = groups[i];
        instant start = g.start - longest_stray, end = g.end + longest_stray;
        if (i > 0) start = std::max(start, std::min(g.start, groups[i - 1].end + (g.start - groups[i - 1].end) / 2));
        if (i + 1 < groups.size())
            end = std::min(end, std::max(g.end, g.end + (groups[i + 1].start - g.end) / 2 - milliseconds{1}));
        return records_between(start, end);
    }

    bool build_group(const group& g, std::span<const sample> mine) {
        const std::span<leg> legs{from_.sessions.data() + g.first, g.last - g.first + 1};
        if (is_clock_unset(g.start))
            report(problem_code::clock_unset, "start_time", legs.size(), "the clock was never set when # started",
                   "session");
        if (legs.size() == 1) return add(std::move(legs.front()), mine, 0);

        const auto parent = static_cast<unsigned>(to_.activities.size() + 1);
        if (!add({whole_of(legs, g.end), g.end, true}, mine, 0)) return false;
        for (auto& l : legs)
            if (!add(std::move(l), records_between(l.record.start_time, l.end), parent)) return false;
        return true;
    }

    bool add(leg&& of, std::span<const sample> records, unsigned parent) {
        if (records.size() > samples_left_) return false;
        samples_left_ -= records.size();
        activity& a = of.record;
        a.source = "fit_file";
        a.utc_offset = from_.utc_offset;
        a.device = from_.device;
        a.file = from_.identity;
        if (!a.sport) set_sport(a, from_.sport);
        if (!of.end_is_known && !records.empty() && instant{records.back().t} >= a.start_time) {
            a.elapsed = instant{records.back().t} - a.start_time;
            a.computed.emplace_back(coincide::elapsed.name);
        }
        coincide::samples track;
        for (sample s : records) {
            s.t -= a.start_time.time_since_epoch();
            track.push(s);
        }
        const auto faults = track.tidy();
        if (parent == 0) dropped_positions_ += faults.out_of_range;  // a part's samples are the whole's, which has told
        if (track.positions() == 0) track.lat.clear(), track.lon.clear();
        (track.has_positions() ? a.track : a.streams) = std::move(track);
        to_.activities.push_back({std::move(a), static_cast<unsigned>(to_.activities.size() + 1), parent});
        return true;
    }

    contents& from_;
    const fit::part_info& part_;
    std::size_t& samples_left_;
    decoded& to_;
    std::size_t dropped_positions_ = 0;
};

// ---- the file as a whole

finding damage(problem_code code, std::size_t offset, std::string reason) {
    return {.kind = finding_kind::salvage, .code = code, .reason = std::move(reason), .offset = offset};
}

std::string skipped_bytes(std::size_t n) { return "skipped " + count_of(n, "byte") + " that belong to no FIT file"; }

void report_damage(const fit::part_info& part, std::size_t records, decoded& to) {
    const auto add = [&to](problem_code code, std::size_t at, std::string reason) {
        to.findings.push_back(damage(code, at, std::move(reason)));
    };
    const std::string kept = "; kept " + count_of(records, "sample");
    if (part.skipped > 0) add(problem_code::malformed, part.begin - part.skipped, skipped_bytes(part.skipped));
    if (part.bad_header_checksum) add(problem_code::bad_checksum, part.begin, "the header's checksum does not fit");
    if (part.size_is_wrong)
        add(problem_code::recovered, part.begin, "the header's size is wrong; read up to the checksum" + kept);
    switch (part.ending) {
    case fit::part_ending::complete: break;
    case fit::part_ending::bad_checksum:
        add(problem_code::bad_checksum, part.end, "the checksum does not fit" + kept);
        break;
    case fit::part_ending::truncated: add(problem_code::truncated, part.end, "the file ends too early" + kept); break;
    case fit::part_ending::malformed: add(problem_code::malformed, part.end, "unreadable from here on" + kept); break;
    }
}

decoded too_large(std::string reason) {
    decoded out;
    out.findings.push_back({.kind = finding_kind::reject, .code = problem_code::too_large, .reason = std::move(reason)});
    return out;
}

}  // namespace

decoded decode_fit(std::span<const std::byte> bytes, const decode_limits& limits) {
    decoded out;
    if (bytes.empty()) {
        out.findings.push_back({.kind = finding_kind::reject, .code = problem_code::empty, .reason = "the file is empty"});
        return out;
    }
    if (bytes.size() > limits.file_bytes) return too_large("the file is larger than the limit");

    fit::reader in{bytes};
    std::size_t samples = 0, parts = 0;
    std::size_t places_left = 2 * limits.fixes;  // a linked session's samples stand in the whole and in the session
    while (in.open_part()) {
        if (++parts > limits.activities) return too_large("more FIT files in one than the limit");
        contents part;
        while (const auto* m = in.next()) {
            read_message(*m, part);
            if (samples + part.records.size() > limits.fixes) return too_large("more samples than the limit");
            if (out.activities.size() + part.sessions.size() > limits.activities)
                return too_large("more sessions than the limit");
        }
        samples += part.records.size();
        const bool other_kind = part.type && *part.type != fit::file_type_activity;
        const bool damaged = in.part().ending != fit::part_ending::complete;
        if (other_kind || (!damaged && part.sessions.empty() && part.records.empty())) {
            out.findings.push_back({.kind = finding_kind::skip,
                                    .code = problem_code::no_activity,
                                    .reason = "a FIT file without an activity",
                                    .offset = in.part().begin});
            continue;
        }
        report_damage(in.part(), part.records.size(), out);
        name_device(part);
        if (!builder{part, in.part(), places_left, out}.build()) return too_large("more samples than the limit");
    }
    if (in.skipped_at_end() > 0)
        out.findings.push_back(
            damage(problem_code::malformed, bytes.size() - in.skipped_at_end(), skipped_bytes(in.skipped_at_end())));
    if (out.activities.empty())
        for (auto& f : out.findings)
            if (f.kind == finding_kind::salvage) f.kind = finding_kind::reject;
    return out;
}

}  // namespace reconcile

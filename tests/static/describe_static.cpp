// SPDX-License-Identifier: BSL-1.0
//
// What the concepts of a description accept and reject, and what `read` gives, decided by the compiler.
#include <coincide/record/activity.hpp>
#include <coincide/record/describe.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

// A role of the host's own.
struct commute_t : coincide::role<bool> { static constexpr std::string_view name = "commute"; };
inline constexpr commute_t commute{};

namespace {

using namespace std::chrono_literals;

struct undescribed {};

// The least a record can be: it cannot be copied, moved, compared or made from nothing, and keeps its address to itself. What
// compiles with it needs nothing but the description.
class least_record {
public:
    constexpr explicit least_record(std::chrono::sys_seconds started) : started_{started} {}
    least_record(const least_record&) = delete;
    least_record& operator=(const least_record&) = delete;
    void operator&() const = delete;
    constexpr auto started() const { return started_; }

private:
    std::chrono::sys_seconds started_;
};

// All that a host may bring: units, optionals, values that mean absent, getters with setters, function objects.
struct kind_of {
    template <class Ride>
    constexpr std::string_view operator()(const Ride& ride) const {
        return ride.kind == 3 ? "running" : "";
    }
};
struct rich_record {
    std::int64_t started = 1716761966500;
    float km = 12.5F;
    std::optional<int> minutes = 90;
    int beats = 0;
    double watts = 210;
    int kind = 3;
    double fahrenheit = 68;
    std::string_view service = "garmin";
    bool commute = true;

    constexpr double power() const { return watts; }
    constexpr void set_power(double v) { watts = v; }
    constexpr double temperature() const { return fahrenheit; }
};
struct without_start {
    double km = 0;
};

// A fix from which one role at a time is left out.
enum class leave_out { nothing, time, lat, lon };
template <leave_out>
struct point {
    std::chrono::sys_time<std::chrono::milliseconds> at{};
    double lat = 0, lon = 0;
};
struct counted_point {
    int second = 0;
    double lat = 0, lon = 0;
};

}  // namespace

namespace coincide {

template <>
struct describe<least_record> {
    static constexpr schema fields{bind(start_time, &least_record::started)};
};
template <>
struct describe<rich_record> {
    static constexpr schema fields{
        bind(start_time, &rich_record::started, units::unix_millisecond),
        bind(distance_m, &rich_record::km, units::kilometer),
        bind(elapsed, &rich_record::minutes, units::minute),
        bind(avg_heart_rate_bpm, &rich_record::beats, {}, absent_when(0)),
        bind(avg_power_w, &rich_record::power, &rich_record::set_power),
        bind(avg_temperature_c, &rich_record::temperature, units::fahrenheit),
        bind(sport, kind_of{}),
        bind(source, &rich_record::service),
        bind(commute, &rich_record::commute),
    };
};
template <>
struct describe<without_start> {
    static constexpr schema fields{bind(distance_m, &without_start::km, units::kilometer)};
};
template <>
struct describe<point<leave_out::nothing>> {
    using host = point<leave_out::nothing>;
    static constexpr schema fields{bind(fix_time, &host::at), bind(lat_deg, &host::lat), bind(lon_deg, &host::lon)};
};
template <>
struct describe<point<leave_out::time>> {
    using host = point<leave_out::time>;
    static constexpr schema fields{bind(lat_deg, &host::lat), bind(lon_deg, &host::lon)};
};
template <>
struct describe<point<leave_out::lat>> {
    using host = point<leave_out::lat>;
    static constexpr schema fields{bind(fix_time, &host::at), bind(lon_deg, &host::lon)};
};
template <>
struct describe<point<leave_out::lon>> {
    using host = point<leave_out::lon>;
    static constexpr schema fields{bind(fix_time, &host::at), bind(lat_deg, &host::lat)};
};
template <>
struct describe<counted_point> {
    static constexpr schema fields{bind(since_start, &counted_point::second), bind(lat_deg, &counted_point::lat),
                                   bind(lon_deg, &counted_point::lon)};
};

namespace {

// described, record
static_assert(!described<undescribed> && !record<undescribed> && !record<int> && !record<void>);
static_assert(record<least_record> && record<rich_record> && record<activity>);
static_assert(record<const rich_record&> && record<rich_record&&>);
static_assert(described<without_start> && !record<without_start>);

// has_role
static_assert(has_role<rich_record, distance_m_t> && has_role<const rich_record&, distance_m_t>);
static_assert(!has_role<rich_record, moving_t> && !has_role<undescribed, distance_m_t>);
static_assert(has_role<rich_record, commute_t>, "a host's own role needs no change to the library");
static_assert(!has_role<rich_record, int>);

// fix: each of its requirements counts
static_assert(fix<sample> && fix<counted_point> && fix<point<leave_out::nothing>>);
static_assert(!fix<point<leave_out::time>> && !fix<point<leave_out::lat>> && !fix<point<leave_out::lon>>);
static_assert(!fix<rich_record> && !fix<undescribed> && !record<sample>);

// writable: members, and getters with a setter
static_assert(writable<rich_record, distance_m_t> && writable<rich_record, avg_power_w_t>);
static_assert(!writable<rich_record, avg_temperature_c_t> && !writable<rich_record, sport_t> && !writable<rich_record, moving_t>);
static_assert(!writable<least_record, start_time_t>);

// read: canonical units, host units, absence
constexpr least_record least{std::chrono::sys_seconds{1000s}};
static_assert(read(least, start_time) == instant{1000s});
static_assert(!read_if_bound(least, distance_m));

constexpr rich_record rich;
static_assert(read(rich, start_time) == instant{1716761966500ms});
static_assert(read(rich, distance_m) == 12500.0);
static_assert(read(rich, elapsed) == 5400s);
static_assert(!read(rich, avg_heart_rate_bpm), "absent_when(0)");
static_assert(read(rich, avg_power_w) == 210.0);
static_assert(*read(rich, avg_temperature_c) - 20.0 < 1e-9 && *read(rich, avg_temperature_c) - 20.0 > -1e-9);
static_assert(read(rich, sport) == sport_from_slug("running"));
static_assert(read(rich, source) == std::string_view{"garmin"});
static_assert(read(rich, commute) == true);
static_assert(!read_if_bound(rich, athlete_id));

constexpr rich_record bare{.minutes = std::nullopt, .beats = 61, .kind = 0, .service = ""};
static_assert(!read(bare, elapsed));
static_assert(!read(bare, sport) && !read(bare, source));
static_assert(read(bare, avg_heart_rate_bpm) == 61.0);

// write_role: back to the host's unit and type, through a member or a setter
constexpr rich_record written = [] {
    rich_record r;
    write_role(r, distance_m, 5000.0);
    write_role(r, elapsed, milliseconds{30min});
    write_role(r, avg_heart_rate_bpm, 151.6);
    write_role(r, avg_power_w, 99.5);
    return r;
}();
static_assert(written.km == 5.0F && written.minutes == 30 && written.beats == 152 && written.watts == 99.5);
static_assert(read(written, distance_m) == 5000.0 && read(written, elapsed) == 30min);

// a number is one up to the largest and down to the smallest double
static_assert(detail::finite(0.0) && detail::finite(-0.0) && detail::finite(std::numeric_limits<double>::max()) && detail::finite(std::numeric_limits<double>::lowest()) &&
              detail::finite(std::numeric_limits<double>::denorm_min()));
static_assert(!detail::finite(std::numeric_limits<double>::infinity()) && !detail::finite(-std::numeric_limits<double>::infinity()) &&
              !detail::finite(std::numeric_limits<double>::quiet_NaN()));

// what read costs: plain values for numbers and text, a pointer for class types
static_assert(std::is_same_v<decltype(read(rich, distance_m)), std::optional<double>>);
static_assert(std::is_same_v<decltype(read(rich, source)), std::optional<std::string_view>>);
static_assert(std::is_same_v<decltype(read(std::declval<const activity&>(), device)), const device_info*>);
static_assert(std::is_same_v<decltype(read(std::declval<const activity&>(), tags)), const std::vector<std::string>*>);
static_assert(std::is_same_v<decltype(track_of(std::declval<const activity&>())), const samples&>);

}  // namespace
}  // namespace coincide

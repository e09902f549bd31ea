// SPDX-License-Identifier: BSL-1.0
#include "apple_records.hpp"

#include <coincide/normalize/providers/apple_health.hpp>

#include <string>
#include <utility>

namespace reconcile {

std::string_view device_part(std::string_view device, std::string_view part) noexcept {
    const std::string_view before = ", ";
    for (std::size_t at = device.find(before); at != std::string_view::npos; at = device.find(before, at)) {
        at += before.size();
        const auto rest = device.substr(at);
        if (!rest.starts_with(part) || rest.size() <= part.size() || rest[part.size()] != ':') continue;
        const auto value = rest.substr(part.size() + 1);
        return value.substr(0, std::min(value.find(before), value.find('>')));
    }
    return {};
}

namespace {

class workout_fields {
public:
    static constexpr bool text_only = true;

    explicit workout_fields(const apple_workout& workout) : workout_{workout} {}

    [[nodiscard]] coincide::delivered at(std::string_view path) const {
        constexpr std::string_view device = "/@device/";
        const auto text = path.starts_with(device) ? device_part(workout_["/@device"], path.substr(device.size())) : workout_[path];
        return text.empty() ? coincide::delivered{} : coincide::delivered::of(text);
    }
    template <class Visit>
    bool for_each(std::string_view, Visit&&) const {
        return false;
    }

private:
    const apple_workout& workout_;
};
static_assert(coincide::payload<workout_fields>);

/// "Watch6,2" is a watch, "iPhone12,1" a phone.
coincide::device_type type_of(const coincide::device_info& device) {
    if (device.model.find("Watch") != std::string::npos) return coincide::device_type::watch;
    if (device.model.find("iPhone") != std::string::npos) return coincide::device_type::phone;
    return coincide::device_type::unknown;
}

}  // namespace

void keep_workout(decoded& out, apple_workout&& workout, const coincide::normalize_options& options) {
    const auto place = "Workout[" + std::to_string(workout.ordinal) + "]";
    auto record = normalize(workout_fields{workout}, coincide::providers::apple_export, options);
    if (record) {
        record->record.device.type = type_of(record->record.device);
        record->record.track = std::move(workout.route);
    }
    const auto before = out.activities.size();
    keep(out, std::move(record), coincide::providers::apple_export, place, workout.line);
    if (out.activities.size() == before) return;
    for (const auto& route : workout.route_files)
        if (auto file = route_member_name(route); !file.empty()) out.activities.back().companions.push_back(std::move(file));
}

}  // namespace reconcile

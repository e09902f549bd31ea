// SPDX-License-Identifier: BSL-1.0
//
// Every profile there is, for pages whose kind is not known beforehand. A new provider is one line here.
#pragma once

#include <coincide/normalize/providers/apple_health.hpp>
#include <coincide/normalize/providers/concept2.hpp>
#include <coincide/normalize/providers/coros.hpp>
#include <coincide/normalize/providers/fitbit.hpp>
#include <coincide/normalize/providers/garmin_connect.hpp>
#include <coincide/normalize/providers/garmin_health.hpp>
#include <coincide/normalize/providers/google_fit.hpp>
#include <coincide/normalize/providers/google_health.hpp>
#include <coincide/normalize/providers/health_connect.hpp>
#include <coincide/normalize/providers/health_sdk.hpp>
#include <coincide/normalize/providers/hevy.hpp>
#include <coincide/normalize/providers/intervals_icu.hpp>
#include <coincide/normalize/providers/mapmyrun.hpp>
#include <coincide/normalize/providers/oura.hpp>
#include <coincide/normalize/providers/peloton.hpp>
#include <coincide/normalize/providers/polar.hpp>
#include <coincide/normalize/providers/ridewithgps.hpp>
#include <coincide/normalize/providers/runkeeper.hpp>
#include <coincide/normalize/providers/samsung_health.hpp>
#include <coincide/normalize/providers/sporttracks.hpp>
#include <coincide/normalize/providers/strava.hpp>
#include <coincide/normalize/providers/suunto.hpp>
#include <coincide/normalize/providers/trainingpeaks.hpp>
#include <coincide/normalize/providers/wahoo.hpp>
#include <coincide/normalize/providers/whoop.hpp>
#include <coincide/normalize/providers/withings.hpp>
#include <coincide/normalize/providers/zepp.hpp>
#include <coincide/normalize/providers/zwift.hpp>

namespace coincide::providers {

inline constexpr const profile* all[] = {
    &apple_export, &apple_json, &concept2, &coros, &fitbit,
    &fitbit_day, &garmin_connect, &garmin_connect_detail, &garmin_connect_old, &garmin_export,
    &garmin_health, &garmin_health_details, &google_fit, &google_fit_segment, &google_fit_takeout, &google_health,
    &health_connect, &health_connect_session, &health_connect_sdk, &hevy, &intervals_icu, &mapmyrun,
    &oura, &peloton, &peloton_list, &polar, &polar_flow, &polar_session,
    &ridewithgps, &runkeeper, &samsung_health, &samsung_health_sdk, &sporttracks, &strava,
    &strava_web, &strava_csv, &suunto, &suunto_devicelog, &trainingpeaks,
    &wahoo, &wahoo_summary, &wahoo_webhook, &whoop, &withings, &zepp,
    &zwift,
};

}  // namespace coincide::providers

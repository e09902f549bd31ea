// SPDX-License-Identifier: BSL-1.0
//
// Which source an app is, by its Android package, its iOS bundle or the name that HealthKit shows: phone stores keep copies of
// other services' workouts and say who wrote them.
#pragma once

#include <coincide/normalize/profile.hpp>

namespace coincide::providers {

inline constexpr app_name apps[] = {
    // Android packages: Health Connect dataOrigin, Google Fit packageName, Samsung pkg_name
    {"com.strava", "strava"}, {"com.garmin.android.apps.connectmobile", "garmin"}, {"com.fitbit.FitbitMobile", "fitbit"},
    {"com.sec.android.app.shealth", "samsung_health"}, {"com.google.android.apps.fitness", "google_fit"},
    {"com.wahoofitness.fitness", "wahoo"}, {"com.wahoofitness.roam", "wahoo"}, {"fi.polar.polarflow", "polar"}, {"fi.polar.beat", "polar"},
    {"com.stt.android.suunto", "suunto"}, {"com.yf.smart.coros.dist", "coros"}, {"com.ouraring.oura", "oura"}, {"com.whoop.android", "whoop"},
    {"com.withings.wiscale2", "withings"}, {"com.huami.watch.hmwatchmanager", "zepp"}, {"com.xiaomi.hm.health", "zepp"},
    {"com.zwift.zwiftgame", "zwift"}, {"com.onepeloton.callisto", "peloton"}, {"com.concept2.ergdata", "concept2"},
    {"com.mapmyrun.android2", "mapmyrun"}, {"com.mapmyride.android2", "mapmyrun"}, {"com.mapmywalk.android2", "mapmyrun"},
    {"com.fitnesskeeper.runkeeper.pro", "runkeeper"}, {"com.hevy", "hevy"}, {"io.strongapp.strong", "strong"},
    {"com.ridewithgps.mobile", "ridewithgps"}, {"com.peaksware.trainingpeaks", "trainingpeaks"},
    // names of iOS apps: HealthKit sourceName. "Connect" is Garmin's.
    {"Strava", "strava"}, {"Connect", "garmin"}, {"Garmin Connect", "garmin"}, {"Fitbit", "fitbit"}, {"Wahoo", "wahoo"}, {"Wahoo Fitness", "wahoo"},
    {"Polar Flow", "polar"}, {"Polar Beat", "polar"}, {"Suunto", "suunto"}, {"COROS", "coros"}, {"Oura", "oura"}, {"WHOOP", "whoop"},
    {"Withings", "withings"}, {"Health Mate", "withings"}, {"Zepp", "zepp"}, {"Zepp Life", "zepp"}, {"Zwift", "zwift"}, {"Peloton", "peloton"},
    {"ErgData", "concept2"}, {"MapMyRun", "mapmyrun"}, {"MapMyRide", "mapmyrun"}, {"Runkeeper", "runkeeper"}, {"Hevy", "hevy"}, {"Strong", "strong"},
    {"Ride with GPS", "ridewithgps"}, {"TrainingPeaks", "trainingpeaks"}, {"Rouvy", "rouvy"}, {"iFit", "ifit"},
    // iOS bundles
    {"com.strava.stravaride", "strava"}, {"com.garmin.connect.mobile", "garmin"}, {"com.zwift.Zwift", "zwift"},
    // intervals.icu, Under Armour and Runkeeper name their sources in words of their own
    {"GARMIN_CONNECT", "garmin"}, {"GARMIN", "garmin"}, {"POLAR", "polar"}, {"SUUNTO", "suunto"}, {"COROS", "coros"}, {"WAHOO", "wahoo"},
    {"ZWIFT", "zwift"}, {"CONCEPT2", "concept2"}, {"HAMMERHEAD", "hammerhead"},
};

}  // namespace coincide::providers

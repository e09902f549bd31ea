#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs `coincide merge` over a folder of real recordings and compares the result with its index.

    recordings.py BINARY            uses $COINCIDE_DATA/recordings; passes quietly when that is not there

Checked against INDEX.json, which was made with other decoders: every file gives a record; start within 1 s, elapsed time
within 1 s, distance within 0.1 m (summaries) or 0.5 % (summed from the track), number of fixes equal, but for stamps that
occur twice. Pairs come out as `expect` says, and everything else stays apart. KNOWN lists where the index is shown wrong, or
means something else, with the reason.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

FOLDED = "two messages with a position carry one time stamp; they are one fix here"
KNOWN = {  # file: {field: why}
    "python-fitparse/sample-activity.fit": {"fixes": FOLDED},
    "python-fitparse/sigma-46.fit": {"fixes": FOLDED},
    "tormoder-fit/0134902991.fit": {"fixes": FOLDED},
    "tormoder-fit/2013-02-06-12-11-14.fit": {"fixes": FOLDED},
    "tormoder-fit/garmin-edge-500-activitiy.fit": {"fixes": FOLDED},
    "elevate/sloatsburg.tcx": {"fixes": FOLDED},
    "sweatpy/activity_5039744860.tcx": {"fixes": FOLDED},
    "connectstats/ExampleSummaryFirst.fit": {"fixes": "the index's decoder failed on this file; gpsbabel sees the positions too"},
    "elevate/noroeste.fit": {"fixes": "seven positions at (0,0) are none"},
    "python-fitparse/strava-android-app-201.10-b1218918.fit": {"fixes": "one fix in the year 2085 is dropped, one stamp occurs twice"},
    "gpxpy/cerknicko-jezero.gpx": {
        "elapsed": "seven trk elements are seven activities here; the index takes the file as one",
        "distance": "the same",
        "fixes": "the same",
    },
    "gpxpy/korita-zbevnica.gpx": {"elapsed": "two trk elements", "distance": "the same", "fixes": "the same"},
    "tormoder-fit/activity-large-fenxi2-multisport.fit": {
        "elapsed": "the index adds up the sessions, of which the first claims 11738 s although the second begins after 9023 s; "
        "from the first start to the last end it is 21907 s",
        "fixes": FOLDED,
    },
    "ifit/2021_09_10_15_09_Sassafras_Power_Climb__Sunset__South_Carolina.csv": {"record": "no date in it, and .csv is not read"},
}


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def lines(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def main():
    data = os.environ.get("COINCIDE_DATA")
    root = os.path.join(data, "recordings") if data else None
    if not root or not os.path.exists(os.path.join(root, "INDEX.json")):
        print("skipped: no recordings here")
        return 0
    with open(os.path.join(root, "INDEX.json"), encoding="utf-8") as f:
        index = json.load(f)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.argv[1], "merge", root, "--out", out], check=True, stdout=subprocess.DEVNULL)
        records, groups = lines(out, "records.ndjson"), lines(out, "groups.ndjson")

    by_id, group_of, faults = {}, {}, []
    for r in records:
        by_id[r["external_id"]] = r
    for g in groups:
        for m in g["members"]:
            group_of[m["external_id"]] = g["group"]

    def fault(file, field, saw, wanted):
        if field not in KNOWN.get(file, {}):
            faults.append(f"{file}: {field} is {saw}, the index says {wanted}")

    compared = 0
    for f in index["files"]:
        r = by_id.get(f["file"])
        if r is None:
            fault(f["file"], "record", "missing", "one")
            continue
        compared += 1
        if f["start_utc"] and abs(instant(r["start_time"]) - instant(f["start_utc"])) > 1:
            fault(f["file"], "start", r["start_time"], f["start_utc"])
        if f["duration_s"] is not None and abs(r.get("elapsed_time_s", -1) - f["duration_s"]) > 1:
            fault(f["file"], "elapsed", r.get("elapsed_time_s"), f["duration_s"])
        if f["timer_s"] is not None and abs(r.get("timer_time_s", -1) - f["timer_s"]) > 1:
            fault(f["file"], "timer", r.get("timer_time_s"), f["timer_s"])
        if f["distance_m"] is not None:
            slack = 0.1 if f["distance_from"] == "summary" else 0.005 * f["distance_m"]
            if abs(r.get("distance_m", 0) - f["distance_m"]) > slack:
                fault(f["file"], "distance", r.get("distance_m"), f["distance_m"])
        if f["n_positions"] != r["points"]:
            fault(f["file"], "fixes", r["points"], f["n_positions"])

    pairs = apart = 0
    activity_of = {f["file"]: f["activity"] for f in index["files"]}
    for p in index["pairs"]:
        present = [m for m in p["members"] if m in group_of]
        for m in present[1:]:
            pairs += 1
            if group_of[m] != group_of[present[0]] and "review" not in p["expect"]:
                faults.append(f"{p['pair_id']}: {m} is not with {present[0]}")
    seen = {}
    for file, group in group_of.items():
        file = file.split("#")[0]
        if file in activity_of and seen.setdefault(group, activity_of[file]) != activity_of[file]:
            faults.append(f"{file} was joined with a record of {seen[group]}")
        apart += 1
    print(f"{compared} of {len(index['files'])} files compared, {pairs} pairs, {apart} records checked for wrong joins, {len(groups)} groups")
    for text in faults:
        print(" ", text)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

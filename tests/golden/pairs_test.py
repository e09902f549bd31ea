#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Which records of different services are one activity: payloads and recordings of COINCIDE_DATA through the whole main job.

Skipped without COINCIDE_DATA. Every group of pairs.json must come out as one group, with nothing else of the same services in
it, and the recordings that belong to it as well.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main():
    program = os.path.abspath(sys.argv[1])
    data = os.environ.get("COINCIDE_DATA")
    if not data or not (Path(data) / "payloads" / "pairs.json").exists():
        print("skipped: COINCIDE_DATA is not set")
        return 0
    payloads, recordings = Path(data) / "payloads", Path(data) / "recordings"
    pairs = json.load(open(payloads / "pairs.json", encoding="utf-8"))
    with tempfile.TemporaryDirectory() as out:
        # Payload by payload, so that `from` names the file that pairs.json means.
        subprocess.run([program, "merge", str(payloads), str(recordings), "--out", out], check=True, stdout=subprocess.DEVNULL)
        records = [json.loads(line) for line in open(Path(out) / "records.ndjson", encoding="utf-8")]
        groups = [json.loads(line) for line in open(Path(out) / "groups.ndjson", encoding="utf-8")]

    group_of = {(m["source"], m["external_id"]): g["group"] for g in groups for m in g["members"]}
    members = {g["group"]: {(m["source"], m["external_id"]) for m in g["members"]} for g in groups}
    record_at = {}
    for r in records:
        for place in r["from"]:
            record_at.setdefault(place.split("#")[0], []).append((r["source"], r["external_id"]))
    faults = []
    known = {}  # identity -> name of its group in pairs.json
    for pair in pairs["groups"]:
        identities = {(m["source"], m["external_id"]) for m in pair["members"]}
        known.update(dict.fromkeys(identities, pair["group"]))
        ids = {group_of.get(i) for i in identities}
        if len(ids) != 1 or None in ids:
            faults.append(f"{pair['group']}: in {len(ids)} groups: {sorted(map(str, ids))}")
    for name, inside in members.items():
        named = {known[i] for i in inside if i in known}
        if len(named) > 1:
            faults.append(f"{name} joins {sorted(named)}")
        for source in ("strava", "garmin"):
            # Two ids of one service in a group are right only where pairs.json says so, or as parent and legs.
            several = [i for i in inside if i[0] == source]
            parts = sum("parent_id" in r for r in records if (r["source"], r["external_id"]) in several)
            if len(several) - parts > 1 and not all(i in known for i in several):
                faults.append(f"{name} holds {len(several)} records of {source}")
    for recording in pairs["recordings"]:
        ours = {group_of[i] for i in record_at.get(recording["recording"], [])}
        if "group" in recording:
            theirs = {group_of[i] for i, g in known.items() if g == recording["group"] and i in group_of}
        else:
            theirs = {group_of[i] for i in record_at.get(recording["payload"], [])}
            if "external_id" in recording:
                theirs = {group_of[i] for i in record_at.get(recording["payload"], []) if i[1] == recording["external_id"]}
        if not ours & theirs:
            faults.append(f"{recording['recording']} is not with {recording.get('group') or recording['payload']}")
    for identity in pairs["unpaired_strava"]:
        if len(members.get(group_of.get(("strava", identity)), ())) != 1:
            faults.append(f"strava {identity} should stand alone")
    for fault in faults:
        print(fault)
    print(f"{len(pairs['groups'])} groups and {len(pairs['recordings'])} recordings checked, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The payloads of services that COINCIDE_DATA holds, read by `coincide merge`, against the values expected of them.

Skipped without COINCIDE_DATA. Prints the share of values that agree and every one that does not; 99 % must.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

# What an expectation says besides values.
NOT_VALUES = {"file", "pointer", "source", "note", "cadence_note", "start_local"}


def as_seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc).timestamp()


def agrees(key, wanted, record, constructed):
    if key == "start_time":
        return abs(as_seconds(wanted) - as_seconds(record.get(key, "1970-01-01T00:00:00Z"))) < 1.0
    if key == "origin":
        origin = record.get("origin", {})
        return wanted.removeprefix("strava ").removeprefix("garmin_push_") == origin.get("external_id")
    if key == "device_model":
        return record.get("device", {}).get("model") == wanted
    have = record.get(key, 1 if key == "start_precision_s" else None)
    if isinstance(wanted, (int, float)) and isinstance(have, (int, float)):
        # Ours are rounded to three decimals; a constructed payload was rounded by its source.
        return abs(have - wanted) <= max(0.001, abs(wanted) * 1e-6, *([abs(wanted) * 1e-3] if constructed else []))
    return have == wanted


def read_with(program, files, folder):
    out = Path(folder) / "out"
    command = [program, "merge", *map(str, files), "--out", str(out)]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode not in (0, 1):
        raise SystemExit("failed: " + " ".join(command))
    return [json.loads(line) for line in open(out / "records.ndjson", encoding="utf-8")]


def place_of(record):
    """(file, pointer) of each delivery of a record."""
    for place in record["from"]:
        file, _, pointer = place.partition("#")
        yield file, pointer


def main():
    program = os.path.abspath(sys.argv[1])
    data = os.environ.get("COINCIDE_DATA")
    if not data or not (Path(data) / "payloads").is_dir():
        print("skipped: COINCIDE_DATA is not set")
        return 0
    payloads = Path(data) / "payloads"
    good = total = 0
    missed = []
    for name in ("expected.ndjson", "expected-constructed.ndjson"):
        expectations = [json.loads(line) for line in open(payloads / name, encoding="utf-8")]
        by_file = {}
        for e in expectations:
            by_file.setdefault(e["file"], []).append(e)
        for file, wanted in by_file.items():
            with tempfile.TemporaryDirectory() as folder:
                # One file at a time: other deliveries of a record would add their values.
                copy = Path(folder) / Path(file).name.removesuffix("-run")
                shutil.copyfile(payloads / file, copy)
                records = {pointer: r for r in read_with(program, [copy], folder) for _, pointer in place_of(r)}
            for e in wanted:
                record = records.get(e["pointer"])
                if record is None and len(wanted) == 1 and len(records) == 1:
                    record = next(iter(records.values()))  # places in XML and CSV are written in another way
                for key, value in e.items():
                    if key in NOT_VALUES:
                        continue
                    total += 1
                    if record is not None and agrees(key, value, record, "constructed" in name):
                        good += 1
                    else:
                        missed.append((file, e["pointer"], key, value, record and record.get(key.split("_model")[0])))
    for miss in missed:
        print("differs: %s %s %s: wanted %r, read %r" % miss)
    print(f"{good} of {total} values agree, {100 * good / total:.2f} %")
    return 0 if good >= 0.99 * total else 1


if __name__ == "__main__":
    sys.exit(main())

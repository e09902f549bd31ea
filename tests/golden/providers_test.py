#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Payloads of every service, read by `coincide merge`, against records that were worked out by hand from what the service says.

    providers_test.py BINARY [NAME...]        NAME: files of golden/providers, without .json; all when none is given

A file is {"about", "source", "cases": [case ...]}; a case is

    profile     name of the constant in normalize/providers/*.hpp that must read it
    what        what it shows
    format      "json" (when absent), "csv" or "xml": then the payload is a list of lines
    payload     what the service sends
    expected    its records, each with "pointer" and all keys of the interchange format that are known, and no others.
                "source" is that of the file, where it has one; "account" stands for extra.account; "*" is any value
    rejects, salvages, skips                  pointer -> code, or a list of codes; nothing else may be found

Records of CSV and XML leave out "pointer": they are taken in order of their starts. A finding in XML names the last step alone.
Values are exact as written: rounded half away from zero to three decimals, degrees to seven. Every profile of
normalize/profiles.hpp must have a case with a record.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
NORMALIZE = HERE.parents[1] / "include" / "coincide" / "normalize"
FILE_NAMES = {"json": "payload.json", "csv": "payload.csv", "xml": "export.xml"}
KINDS = {"reject": "rejects", "salvage": "salvages", "skip": "skips"}
# Keys of a line of records.ndjson that tell of the delivery, not of the activity.
OF_THE_LINE = {"athlete_id", "points", "from", "extra"}


def known_profiles():
    """C++ name -> what the profile calls itself; for those of the list in profiles.hpp."""
    names = {}
    for header in sorted((NORMALIZE / "providers").glob("*.hpp")):
        text = header.read_text(encoding="utf-8")
        names.update(re.findall(r'inline constexpr profile (\w+)\{\s*\.name = "([^"]+)"', text))
    listed = re.search(r"\ball\[\] = \{(.*?)\};", (NORMALIZE / "profiles.hpp").read_text(encoding="utf-8"), re.S)
    listed = set(re.findall(r"&(\w+)", listed.group(1)))
    wrong = [f"{name}: a profile that profiles.hpp does not list" for name in names if name not in listed]
    wrong += [f"{name}: listed in profiles.hpp, but no header has it" for name in listed if name not in names]
    return names, wrong


def run(program, case, folder):
    """(records, findings) of one case, as the program writes them."""
    form = case.get("format", "json")
    payload = case["payload"] if form == "json" else "\n".join(case["payload"]) + "\n"
    file = Path(folder) / FILE_NAMES[form]
    file.write_text(json.dumps(payload) if form == "json" else payload, encoding="utf-8")
    out = Path(folder) / "out"
    done = subprocess.run([program, "merge", str(file), "--out", str(out), "--with-tracks"], stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 1):
        raise SystemExit(f"exit {done.returncode} for {case['what']}")
    read = lambda name: [json.loads(line) for line in open(out / name, encoding="utf-8")] if (out / name).exists() else []
    return read("records.ndjson"), read("rejects.ndjson")


def same(wanted, have):
    if wanted == "*":
        return have not in (None, "")
    if isinstance(wanted, dict) and isinstance(have, dict):
        return wanted.keys() == have.keys() and all(same(wanted[k], have[k]) for k in wanted)
    if isinstance(wanted, list) and isinstance(have, list):
        return len(wanted) == len(have) and all(map(same, wanted, have))
    return wanted == have and isinstance(wanted, bool) == isinstance(have, bool)


def pointer_of(record):
    return record["from"][0].partition("#")[2]


def compare(case, source, names, records, findings):
    """Sentences, one for each difference."""
    expected = case.get("expected", [])
    if case.get("format", "json") == "json":
        by_pointer = {pointer_of(r): r for r in records}
        if isinstance(case["payload"], dict) and "/0" in by_pointer:
            by_pointer[""] = by_pointer.pop("/0")  # a document that is itself the record is told as its first one
        pairs = [(e["pointer"], e, by_pointer.pop(e["pointer"], None)) for e in expected]
        left_over = list(by_pointer)
    else:
        records = sorted(records, key=lambda r: r["start_time"])
        pairs = [(f"record {i}", e, records[i] if i < len(records) else None) for i, e in enumerate(expected)]
        left_over = [pointer_of(r) or "a record" for r in records[len(expected):]]
    for pointer in left_over:
        yield f"{pointer!r}: a record that is not expected"
    for pointer, e, record in pairs:
        if record is None:
            yield f"{pointer!r}: no record"
            continue
        extra = record.get("extra", {})
        if extra.get("profile") != names.get(case["profile"]):
            yield f"{pointer!r}: read as {extra.get('profile')!r}, wanted {names.get(case['profile'])!r}"
        wanted = {"source": source, **{k: v for k, v in e.items() if k != "pointer"}}
        have = {k: v for k, v in record.items() if k not in OF_THE_LINE}
        if "account" in extra:
            have["account"] = extra["account"]
        for key in sorted(wanted.keys() | have.keys()):
            if not same(wanted.get(key), have.get(key)):
                yield f"{pointer!r}: {key}: wanted {wanted.get(key)!r}, read {have.get(key)!r}"
    for kind, key in KINDS.items():
        wanted = sorted((p, code) for p, codes in case.get(key, {}).items() for code in ([codes] if isinstance(codes, str) else codes))
        place = (lambda pointer: pointer.rpartition("/")[2]) if case.get("format") == "xml" else (lambda pointer: pointer)
        have = sorted((place(f.get("pointer", "")), f["code"]) for f in findings if f["kind"] == kind)
        if wanted != have:
            yield f"{key}: wanted {wanted}, read {have}"


def main():
    program = os.path.abspath(sys.argv[1])
    files = sorted((HERE / "providers").glob("*.json"))
    chosen = [f for f in files if len(sys.argv) == 2 or f.stem in sys.argv[2:]]
    names, differences = known_profiles()
    shown, used, cases, records_seen = set(), set(), 0, 0
    for file in chosen:
        golden = json.loads(file.read_text(encoding="utf-8"))
        for case in golden["cases"]:
            cases += 1
            used.add(case["profile"])
            with tempfile.TemporaryDirectory() as folder:
                records, findings = run(program, case, folder)
            records_seen += len(records)
            found = list(compare(case, golden.get("source"), names, records, findings))
            differences += [f"{file.stem}: {case['profile']}: {case['what']}: {d}" for d in found]
            if case.get("expected"):
                shown.add(case["profile"])
    differences += [f"{name}: no profile of that name" for name in sorted(used - names.keys())]
    if len(chosen) == len(files):
        differences += [f"{name}: a profile without a case" for name in sorted(names.keys() - shown)]
    for difference in differences:
        print(difference)
    print(f"{cases} cases of {len(chosen)} services, {records_seen} records, {len(differences)} differences")
    return 1 if differences or not cases else 0


if __name__ == "__main__":
    sys.exit(main())

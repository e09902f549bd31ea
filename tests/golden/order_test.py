#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The same records give the same bytes, whatever order, split or number of threads they came in.

    order_test.py BINARY            make_sample must stand beside it

The sample history is merged with one thread and with several; its records are then written as NDJSON, shuffled, split over
files and INPUTs in several ways, and merged and filtered again. Groups, activities, history.csv and GPX files must not change by a byte.
"""
import json
import os
import random
import subprocess
import sys
import tempfile


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as f:
        return f.read()


def main():
    binary = os.path.abspath(sys.argv[1])
    sample_maker = os.path.join(os.path.dirname(binary), "make_sample")
    results = ("groups.ndjson", "activities.ndjson", "records.ndjson", "rejects.ndjson", "history.csv", "report.html")
    with tempfile.TemporaryDirectory() as top:
        run = lambda *args: subprocess.run(args, check=True, cwd=top, stdout=subprocess.DEVNULL)
        run(sample_maker, "sample")
        run(binary, "merge", "sample", "--out", "one", "--threads", "1", "--with-tracks", "--gpx")
        tracks = tuple(f"gpx/{name}" for name in sorted(os.listdir(f"{top}/one/gpx")))
        assert len(tracks) > 5
        for threads in ("2", "7"):
            run(binary, "merge", "sample", "--out", "many", "--threads", threads, "--with-tracks", "--gpx")
            for name in results + tracks:
                assert read(f"{top}/one", name) == read(f"{top}/many", name), f"{name} differs with {threads} threads"

        lines = []
        for line in read(f"{top}/one", "records.ndjson").splitlines():
            record = json.loads(line)
            del record["points"], record["from"]
            lines.append(json.dumps(record, ensure_ascii=False))
        assert len(lines) > 15

        def put(name, some):
            os.makedirs(os.path.dirname(f"{top}/{name}"), exist_ok=True)
            with open(f"{top}/{name}", "w", encoding="utf-8") as f:
                f.writelines(line + "\n" for line in some)

        put("all/records.ndjson", lines)
        run(binary, "merge", "all", "--out", "base", "--gpx")
        dice = random.Random(7)
        for turn in range(6):
            dice.shuffle(lines)
            cut = dice.randrange(1, len(lines) - 1)
            put(f"turn{turn}/a/x.ndjson", lines[:cut])
            put(f"turn{turn}/b/y.ndjson", lines[cut:] + lines[:3])  # three lines delivered twice
            inputs = [f"turn{turn}/a", f"turn{turn}/b"]
            dice.shuffle(inputs)
            run(binary, "merge", *inputs, "--out", f"out{turn}", "--gpx")
            for name in ("groups.ndjson", "activities.ndjson", "history.csv") + tracks:
                assert read(f"{top}/out{turn}", name) == read(f"{top}/base", name), f"{name} depends on the order of its input"
            filtered = subprocess.run([binary, "groups"], check=True, input="\n".join(lines).encode(), stdout=subprocess.PIPE).stdout
            assert filtered == read(f"{top}/base", "groups.ndjson"), "the filter and the merge disagree"
    print(f"{len(lines)} records, 2 thread counts, 6 orders and splits: the same bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())

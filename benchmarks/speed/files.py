#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What whole programs take to read files: gpsbabel and Garmin's SDK for one of ten hours' worth, `coincide merge` for 10 000.

    files.py build/release/bin build/bench        writes build/bench/programs.json: nanoseconds of CPU a byte, by what was measured

gpsbabel's time is that of its process, less that of one that reads a file of two fixes.
"""
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import time

binaries, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
RUNS, FILES = 9, 10000


def cpu_of(command) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(values) -> float:
    return sorted(values)[len(values) // 2]


def gpsbabel(kind: str, file: pathlib.Path, small: pathlib.Path) -> dict:
    read = lambda f: median([cpu_of(["gpsbabel", "-t", "-i", kind, "-f", str(f)]) for _ in range(RUNS)])
    return {"ns": (read(file) - read(small)) * 1e9 / (file.stat().st_size - small.stat().st_size)}


def merged(folder: pathlib.Path, size: int, threads: int) -> dict:
    results = out / "merged"
    shutil.rmtree(results, ignore_errors=True)
    started = time.monotonic()
    run = subprocess.run(["/usr/bin/time", "-f", "%U %S %M", str(binaries / "coincide"), "merge", "--threads", str(threads), "--out", str(results), str(folder)],
                         check=True, capture_output=True, text=True)
    wall = time.monotonic() - started
    user, system, kilobytes = (float(x) for x in run.stderr.strip().splitlines()[-1].split())
    lines = sum(1 for _ in open(results / "activities.ndjson"))
    return {"ns": wall * 1e9 / size, "cpu_ns": (user + system) * 1e9 / size, "megabytes_a_second": size / wall / 1e6, "resident_megabytes": kilobytes / 1024, "activities": lines}


def main() -> None:
    found = {}
    ten_hours = out / "ten_hours"
    subprocess.run([binaries / "speed_files", "--long", ten_hours], check=True)
    for kind, ending, name in (("gpx", "gpx", "GPX"), ("garmin_fit", "fit", "FIT")):
        if shutil.which("gpsbabel"):
            found[f"gpsbabel, {name}"] = gpsbabel(kind, ten_hours / f"long.{ending}", ten_hours / f"short.{ending}")
    if shutil.which("node"):
        shutil.copy("benchmarks/speed/fitsdk.mjs", out)
        if subprocess.run(["npm", "install", "--silent", "--no-save", "@garmin/fitsdk"], cwd=out, check=False, capture_output=True).returncode == 0:
            ran = subprocess.run(["node", "fitsdk.mjs", "ten_hours/long.fit"], cwd=out, check=True, capture_output=True, text=True)
            found["Garmin's FIT SDK"] = json.loads(ran.stdout)
    folder = out / "files"
    if not folder.exists() or len(list(folder.iterdir())) != FILES:
        subprocess.run([binaries / "speed_files", "--make", folder, str(FILES)], check=True)
    size = sum(f.stat().st_size for f in folder.iterdir())
    for file in folder.iterdir():
        file.read_bytes()  # from the page cache, as the decoders above
    for threads in (1, 2):
        found[f"merge, {threads} thread{'s' * (threads > 1)}"] = merged(folder, size, threads) | {"files": FILES, "bytes": size}
    (out / "programs.json").write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found, indent=1))


main()

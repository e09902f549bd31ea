#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes tables and plots of what the speed programs measured.

    report.py build/bench docs              writes the part of docs/performance.md between its marks, and docs/performance/*.svg
    report.py build/bench --only tracks     prints one program's figures

A figure is the median of the repetitions, CPU time an item. A ratio is that of two figures of one run.
"""
import argparse
import json
import math
import pathlib
import platform
import re

# (what, program, benchmark, goal in ns or None, peers as (name, program, benchmark))
rows = [
    ("Two prepared 1 h tracks compared, hot, a fix", "tracks", "overlap of 1 s rasters, hot (a fix)", 0.10, []),
    ("the same, a pair", "tracks", "overlap of 1 s rasters, hot (a pair of 1 h)", None,
     [("merge by hand, haversine", "tracks", "by hand: merge, haversine (a pair)"), ("merge by hand, equirectangular", "tracks", "by hand: merge, equirectangular (a pair)"),
      ("S2 NearlyCovers", "tracks", "S2 NearlyCovers (a pair)"), ("Boost.Geometry discrete Fréchet", "tracks", "Boost.Geometry discrete Frechet, planar (a pair)"),
      ("GEOS discrete Fréchet", "tracks", "GEOS discrete Frechet (a pair)")]),
    ("the same from memory, one arena of 690 MB, a byte", "tracks", "overlap of 1 s rasters, from memory (a byte)", None,
     [("one core reads memory, a byte", "tracks", "memory, one core reads 1 GiB (a byte)")]),
    ("Tracks of every fifth second compared, hot, a pair of 1 h", "tracks", "overlap of 5 s rasters, hot (a pair of 1 h)", 60, []),
    ("Skeletons of every 256th second, another way from the same start, 1 h", "tracks", "same start, another way: skeletons of 256 s (a pair)", 20, []),
    ("At least 80 % at one place? Another way from the same start, 1 h", "tracks", "same start, another way, at least 80 %? (a pair)", 80, []),
    ("At least 80 % at one place? 42 km away, 1 h", "tracks", "42 km away, at least 80 %? (a pair)", 80, []),
    ("Preparing a track of every second, a fix", "tracks", "prepare, every second (a fix)", 0.3, []),
    ("… of whole seconds with drops", "tracks", "prepare, whole seconds with drops (a fix)", 1.3, []),
    ("… of fractions of seconds", "tracks", "prepare, fractions of seconds (a fix)", 1.7, []),
    ("Preparing two tracks and comparing them, 1 h", "tracks", "prepare two and compare (a pair)", None, [("merge by hand, equirectangular", "tracks", "by hand: merge, equirectangular (a pair)")]),
    ("A clock 3637 s late, guessed by places and verified by overlap, 1 h", "tracks", "clock 3637 s late, guessed and verified (a pair)", 3000, []),
    ("No clock explains another way from the same start, 1 h", "tracks", "same start, another way: no clock explains it (a pair)", None, []),
    ("All fuzzy pairs of 1 M records, a record", "pairs", "all pairs (a record)/1000000", 19,
     [("DuckDB, range join", "duckdb", "plain"), ("DuckDB, buckets", "duckdb", "buckets"), ("SQLite, covering index", "pairs", "SQLite, covering index (a record)/1000000"),
      ("by hand: sort, then a window", "pairs", "by hand: sort, then a window (a record)/1000000")]),
    ("… of 10 M records", "pairs", "all pairs (a record)/10000000", 19, []),
    ("… of 10 M records and grouped", "pairs", "all pairs, grouped (a record)/10000000", 26, []),
    ("… of 10 M records on two threads, wall", "pairs", "all pairs on two threads (a record, wall)/10000000/real_time", 11, []),
    ("Who is near? A history of 1 k, a query", "lookups", "look up (a query)/1000", 20, [("SQLite in memory", "lookups", "SQLite in memory (a query)/1000")]),
    ("… of 10 k", "lookups", "look up (a query)/10000", 20, [("SQLite in memory", "lookups", "SQLite in memory (a query)/10000")]),
    ("… of 100 k", "lookups", "look up (a query)/100000", 35, [("SQLite in memory", "lookups", "SQLite in memory (a query)/100000")]),
    ("… of 100 k, with insert", "lookups", "look up and insert (a record)/100000", 45, []),
    ("… among 10 M records, cold, one by one", "lookups", "look up among 10 M records of 10 000 athletes, in batches or not (a query)/0", None, []),
    ("… among 10 M records, cold, in batches", "lookups", "look up among 10 M records of 10 000 athletes, in batches or not (a query)/1", 35, []),
    ("Fingerprint", "records", "fingerprint (a record)", 1.1, []),
    ("Exact duplicates among 1 M, a record", "records", "exact duplicates among 1 M (a record)", 7,
     [("unordered_set of strings", "records", "unordered_set of strings (a record)"), ("unordered_set of integers", "records", "unordered_set of integers (a record)")]),
    ("Units of a host's struct through the schema, a field", "records", "units through the schema (a field)", 0.4, [("by hand, asking isfinite", "records", "units by hand, with isfinite (a field)"), ("by hand, not asking", "records", "units by hand (a field)")]),
    ("Full evidence grouping without tracks, a record", "records", "grouping histories without tracks (a record)", 1000, []),
    ("… with tracks that are prepared", "records", "grouping histories with prepared tracks (a record)", 20000, []),
    ("… with tracks that are prepared then", "records", "grouping histories, preparing their tracks (a record)", None, []),
    ("Choices of a group of four", "records", "choices of a group of four (a group)", 250, []),
    ("FIT decoded, a byte", "files", "FIT decoded (a byte)", 3.33, [("Garmin's FIT SDK", "programs", "Garmin's FIT SDK"), ("gpsbabel", "programs", "gpsbabel, FIT")]),
    ("GPX decoded, a byte", "files", "GPX decoded (a byte)", 4, [("gpsbabel", "programs", "gpsbabel, GPX")]),
    ("NDJSON with tracks decoded, a byte", "files", "NDJSON with tracks decoded (a byte)", 2.5, []),
    ("10 000 FIT and GPX files merged by the command line, wall, a byte", "programs", "merge, 1 thread", None, [("on two threads", "programs", "merge, 2 threads")]),
]


def medians(folder: pathlib.Path) -> dict:
    found = {}
    for file in sorted(folder.glob("*.json")):
        data = json.loads(file.read_text())
        if file.stem in ("duckdb", "programs"):
            found.update({(file.stem, name): value for name, value in data.items() if isinstance(value, dict)})
            continue
        for run in data.get("benchmarks", []):
            if run.get("aggregate_name") == "median":
                found[(file.stem, run["run_name"])] = run
    return found


def short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}".replace(",", " ")


def table(found: dict) -> str:
    lines = ["| what | ns | goal | beside | ns | ratio |", "|---|---:|---:|---|---:|---:|"]
    for what, program, name, goal, peers in rows:
        run = found.get((program, name))
        if not run:
            continue
        ours, goal_text = run["ns"], "" if goal is None else f"{goal:g} {'met' if run['ns'] <= goal else 'missed'}"
        first = True
        for peer, peer_program, peer_name in peers or [("", "", "")]:
            other = found.get((peer_program, peer_name))
            beside = f"{peer} | {short(other['ns'])} | {short(other['ns'] / ours)}" if other else " | | "
            lines.append(f"| {what if first else ''} | {short(ours) if first else ''} | {goal_text if first else ''} | {beside} |")
            first = False
    return "\n".join(lines) + "\n"


def plot(path: pathlib.Path, title: str, unit: str, series: dict) -> None:
    """Lines over the number of records, both axes by powers of ten."""
    width, height, left, top, bottom = 640, 360, 70, 40, 50
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    if not xs:
        return
    x0, x1 = math.floor(math.log10(min(xs))), math.ceil(math.log10(max(xs)))
    y0, y1 = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    at_x = lambda x: left + (math.log10(x) - x0) / max(1, x1 - x0) * (width - left - 150)
    at_y = lambda y: height - bottom - (math.log10(y) - y0) / max(1, y1 - y0) * (height - top - bottom)
    colors = ["#1565c0", "#c62828", "#2e7d32", "#6a1b9a"]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
           '<rect width="100%" height="100%" fill="white"/>', f'<text x="{left}" y="20" font-size="14">{title} ({unit})</text>',
           f'<text x="{left}" y="{height - 10}">records</text>']
    for e in range(x0, x1 + 1):
        out.append(f'<line x1="{at_x(10.0 ** e):.1f}" x2="{at_x(10.0 ** e):.1f}" y1="{top}" y2="{height - bottom}" stroke="#ddd"/>'
                   f'<text x="{at_x(10.0 ** e):.1f}" y="{height - bottom + 16}" text-anchor="middle">1e{e}</text>')
    for e in range(y0, y1 + 1):
        out.append(f'<line x1="{left}" x2="{width - 150}" y1="{at_y(10.0 ** e):.1f}" y2="{at_y(10.0 ** e):.1f}" stroke="#ddd"/>'
                   f'<text x="{left - 6}" y="{at_y(10.0 ** e) + 4:.1f}" text-anchor="end">{10.0 ** e:g}</text>')
    labels = []  # where they stand: at the end of their line, or below the one that is there
    for (name, points), color in sorted(zip(series.items(), colors), key=lambda each: -max(each[0][1])[1]):
        points = sorted(points)
        labels.append(max([at_y(points[-1][1]) + 4] + [y + 14 for y in labels[-1:]]))
        path_text = " ".join(f"{'L' if i else 'M'}{at_x(x):.1f} {at_y(y):.1f}" for i, (x, y) in enumerate(points))
        out.append(f'<path d="{path_text}" fill="none" stroke="{color}" stroke-width="2"/>')
        out += [f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3" fill="{color}"/>' for x, y in points]
        out.append(f'<text x="{at_x(points[-1][0]) + 8:.1f}" y="{labels[-1]:.1f}" fill="{color}">{name}</text>')
    path.write_text("\n".join(out + ["</svg>"]) + "\n")


def over_size(found: dict, program: str, name: str) -> list:
    return [(int(key[1].removeprefix(name + "/")), run["ns"]) for key, run in found.items() if key[0] == program and re.fullmatch(re.escape(name) + r"/\d+", key[1])]


def machine() -> str:
    model = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text())
    return (model.group(1) if model else platform.processor()).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("docs", type=pathlib.Path, nargs="?")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    found = medians(arguments.folder)
    if arguments.only:
        for (program, name), run in found.items():
            if program == arguments.only:
                print(f"{short(run['ns']):>10} ns  {name}")
        return
    text = f"Measured on {machine()}, g++ 12 -O3 -march=x86-64-v3; medians of 9 repetitions.\n\n" + table(found)
    page = arguments.docs / "performance.md"
    begin, end = "<!-- measured -->\n", "<!-- /measured -->"
    before, rest = page.read_text().split(begin)
    page.write_text(before + begin + text + end + rest.split(end)[1])
    plots = arguments.docs / "performance"
    plots.mkdir(exist_ok=True)
    plot(plots / "pairs.svg", "All fuzzy pairs of many records", "ns a record", {"coincide": over_size(found, "pairs", "all pairs (a record)"), "and grouped": over_size(found, "pairs", "all pairs, grouped (a record)")})
    plot(plots / "lookups.svg", "Who is near one record?", "ns a query", {"look up": over_size(found, "lookups", "look up (a query)"), "and insert": over_size(found, "lookups", "look up and insert (a record)"), "SQLite": over_size(found, "lookups", "SQLite in memory (a query)")})


if __name__ == "__main__":
    main()

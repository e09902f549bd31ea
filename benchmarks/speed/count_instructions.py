#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of every kernel under callgrind and compares them with a table.

count_instructions.py PROGRAM TABLE            more than 5 % off in either direction fails: a slip is mended, a gain is written down
count_instructions.py PROGRAM TABLE --update   writes the table anew
"""
import pathlib
import re
import subprocess
import sys

TOLERANCE = 0.05  # other processors choose other routines of the C library


def counted(program, kernel):
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no", "--toggle-collect=counted_work", program, kernel],
                         capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not found:
        sys.exit(f"{kernel}: {run.stderr[-2000:]}")
    return int(found[1])


def main():
    program, table = sys.argv[1], pathlib.Path(sys.argv[2])
    kernels = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
    now = {k: counted(program, k) for k in kernels}
    if "--update" in sys.argv:
        head = "# Instructions of the kernels under callgrind: g++ 12, -O3 -march=x86-64-v3. Remade by count_instructions.py --update.\n"
        table.write_text(head + "".join(f"{n:>12}  {k}\n" for k, n in now.items()))
    before = {line[14:]: int(line[:12]) for line in table.read_text().splitlines() if not line.startswith("#")}
    wrong = 0
    for kernel, n in now.items():
        old = before.get(kernel)
        off = abs(n - old) > old * TOLERANCE if old else True
        wrong += off
        print(f"{'OFF ' if off else 'ok  '} {n:>12} {old or 'not in the table':>12}  {kernel}")
    gone = before.keys() - now.keys()
    for kernel in gone:
        print(f"GONE {kernel}")
    sys.exit(1 if wrong or gone else 0)


main()

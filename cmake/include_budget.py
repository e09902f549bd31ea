#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What including a header costs, in preprocessed lines: a number that is the same on every machine with the same compiler.

Compares every header with tests/build/include_budget.txt (lines "<budget> <header>", or a pattern such as record/*.hpp; the
first line that matches counts). Fails when a header is over its budget, and prints what each costs today.
"""
import argparse
import concurrent.futures
import fnmatch
import os
import pathlib
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
include = root / "include"


def preprocessed_lines(compiler: str, header: str) -> int:
    """Lines that are neither blank nor line markers."""
    run = subprocess.run([compiler, "-std=c++20", f"-I{include}", "-isystem", "/usr/include/postgresql",  # where Debian has libpq
                           "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1", "-E", "-x", "c++", "-"],
                         input=f"#include <{header}>\n", capture_output=True, text=True, check=True)
    return sum(1 for line in run.stdout.splitlines() if line.strip() and not line.startswith("#"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", default="g++")
    parser.add_argument("--table", type=pathlib.Path, default=root / "tests/build/include_budget.txt")
    arguments = parser.parse_args()

    budgets = [line.split() for line in arguments.table.read_text().splitlines() if line and not line.startswith("#")]
    headers = sorted(str(path.relative_to(include)) for path in include.rglob("*.hpp"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        costs = list(pool.map(lambda header: preprocessed_lines(arguments.compiler, header), headers))

    failed = False
    for header, cost in zip(headers, costs):
        budget = next((int(limit) for limit, pattern in budgets if fnmatch.fnmatch(header, pattern)), None)
        over = budget is None or cost > budget
        failed |= over
        print(f"{cost:>8} of {budget if budget is not None else 'no budget':>9}  {header}{'   OVER' if over else ''}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

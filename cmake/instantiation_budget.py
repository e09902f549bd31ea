#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What a header costs a compiler, in templates instantiated: classes and functions, as clang's own trace counts them.

Compares the headers and programs of tests/build/instantiation_budget.txt (lines "<budget> <header or source>"). The same number on every
machine with the same compiler and standard library. Fails when one is over its budget, and prints what each costs today.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parent.parent


def instantiations(compiler: str, of: str) -> int:
    text = (root / of).read_text() if of.endswith(".cpp") else f"#include <{of}>\n"
    with tempfile.NamedTemporaryFile(suffix=".json") as trace:
        subprocess.run([compiler, "-std=c++20", f"-I{root / 'include'}", "-DONLY_C_LOCALE=1", "-DHAS_STRING_VIEW=1", "-fsyntax-only",
                        f"-ftime-trace={trace.name}", "-ftime-trace-granularity=0", "-x", "c++", "-"], input=text, text=True, check=True)
        events = pathlib.Path(trace.name).read_text()
    return sum(events.count(f'"name":"Instantiate{kind}"') for kind in ("Class", "Function"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compiler", default="clang++-16")
    parser.add_argument("--table", type=pathlib.Path, default=root / "tests/build/instantiation_budget.txt")
    arguments = parser.parse_args()

    budgets = [line.split() for line in arguments.table.read_text().splitlines() if line and not line.startswith("#")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        costs = list(pool.map(lambda line: instantiations(arguments.compiler, line[1]), budgets))
    for (budget, of), cost in zip(budgets, costs):
        print(f"{cost:>8} of {budget:>8}  {of}{'   OVER' if cost > int(budget) else ''}")
    return 1 if any(cost > int(budget) for (budget, _), cost in zip(budgets, costs)) else 0


if __name__ == "__main__":
    sys.exit(main())

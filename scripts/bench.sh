#!/usr/bin/env bash
# Measures what things cost, each beside what a user would otherwise take, and writes docs/performance.md and its plots anew.
#
#   scripts/bench.sh            everything: some 8 minutes on a quiet machine
#   scripts/bench.sh tracks     one program of benchmarks/speed: tracks, pairs, lookups, records, files; prints its table
#
# Peers: Debian's packages (scripts/setup.sh --peers); DuckDB and Garmin's FIT SDK through npm where Node.js is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=build/bench
mkdir -p "$out"
programs=(tracks pairs lookups records files)
[[ $# -eq 0 ]] || programs=("$@")

scripts/setup.sh --no-browser --peers
cmake --preset release >/dev/null
targets=()
for name in "${programs[@]}"; do targets+=("speed_$name"); done
cmake --build --preset release --target "${targets[@]}" >"$out/build.log"

for name in "${programs[@]}"; do
    echo "==> $name"
    "build/release/bin/speed_$name" --benchmark_repetitions=9 --benchmark_report_aggregates_only=true \
        --benchmark_out="$out/$name.json" --benchmark_out_format=json >"$out/$name.log" 2>&1
done
if [[ " ${programs[*]} " == *" pairs "* ]] && command -v node >/dev/null; then
    echo "==> DuckDB"
    build/release/bin/speed_pairs --export=1000000 >"$out/workouts.csv"
    (cd "$out" && npm install --silent --no-save @duckdb/node-api >/dev/null) &&
        (cp benchmarks/speed/duckdb.mjs "$out/" && cd "$out" && node duckdb.mjs workouts.csv >duckdb.json) || echo "DuckDB is not measured"
fi
if [[ " ${programs[*]} " == *" files "* ]]; then
    echo "==> other programs"
    cmake --build --preset release --target coincide_cli >>"$out/build.log"
    python3 benchmarks/speed/files.py build/release/bin "$out" >"$out/programs.log"
fi
if [[ $# -eq 0 ]]; then
    python3 benchmarks/speed/report.py "$out" docs
else
    for name in "${programs[@]}"; do python3 benchmarks/speed/report.py "$out" --only "$name"; done
fi

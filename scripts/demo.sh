#!/usr/bin/env bash
# Builds the command line, writes a sample history of several devices, formats and faults, and makes one clean history of it.
# Does everything on a fresh machine.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh --no-browser
cmake --preset release >/dev/null
cmake --build build/release --target coincide_cli make_sample

sample=build/demo/sample
result=build/demo/history
rm -rf build/demo
mkdir -p "$sample"

echo
echo "A sample history in $sample:"
build/release/bin/make_sample "$sample"
echo
echo "\$ build/release/bin/coincide merge $sample --out $result"
echo
build/release/bin/coincide merge "$sample" --out "$result"
echo
echo "Results:"
echo "  $result/report.html        open it in a browser: what was found, why, and what to decide"
echo "  $result/activities.ndjson  one merged activity a line, each field with its source"
echo "  $result/groups.ndjson      which records belong together, and why"
echo "  $result/records.ndjson     every record as it was read"
echo "  $result/rejects.ndjson     what could not be used, or only in part, and why"
echo
echo "Why are these two one ride?"
echo "\$ build/release/bin/coincide explain $sample/computer/ride.fit $sample/watch/2024-06-04-ride.fit"
echo
build/release/bin/coincide explain "$sample/computer/ride.fit" "$sample/watch/2024-06-04-ride.fit"

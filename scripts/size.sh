#!/usr/bin/env bash
# What the library takes of a mobile app: benchmarks/size/mobile.cpp for arm64, -Os, without exceptions and RTTI, stripped.
#
#   scripts/size.sh            compares with benchmarks/size/size.txt: fails where it has grown by more than 5 %, or is over 300 kB with the profiles of a phone
#   scripts/size.sh --update   writes that table
#
# Pages of 16 kB, as Android has them; the compiler's own default of 64 kB only adds padding.
# Needs g++-aarch64-linux-gnu (scripts/setup.sh --cross).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=build/size
table=benchmarks/size/size.txt
mkdir -p "$out"
lines=()
for providers in 0 2 46; do
    aarch64-linux-gnu-g++ -std=c++20 -Os -fno-exceptions -fno-rtti -fvisibility=hidden -ffunction-sections -fdata-sections -shared -fPIC \
        -Wl,--gc-sections,-z,max-page-size=16384 -Iinclude -idirafter /usr/include -DHAS_STRING_VIEW=1 -DONLY_C_LOCALE=1 -DMOBILE_PROVIDERS="$providers" \
        benchmarks/size/mobile.cpp -o "$out/mobile.so"
    aarch64-linux-gnu-strip "$out/mobile.so"
    lines+=("$(printf '%8d  %2d profiles' "$(stat -c %s "$out/mobile.so")" "$providers")")
done
if [[ "${1:-}" == --update ]]; then
    { echo "# Bytes of benchmarks/size/mobile.cpp as a stripped shared library, -Os, without exceptions and RTTI."; printf '%s\n' "${lines[@]}"; } >"$table"
fi
printf '%s\n' "${lines[@]}"
[[ $(printf '%s\n' "${lines[@]}" | awk '$2 == 2 {print $1}') -le 300000 ]] || { echo "over 300 kB"; exit 1; }
while read -r bytes providers _; do
    before=$(awk -v n="$providers" '!/^#/ && $2 == n {print $1}' "$table")
    [[ $bytes -le $((before * 105 / 100)) ]] || { echo "$providers profiles: grown from $before to $bytes"; exit 1; }
done < <(printf '%s\n' "${lines[@]}")

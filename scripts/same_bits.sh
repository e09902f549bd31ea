#!/usr/bin/env bash
# The same bits from every compiler, level and instruction set: builds tests/golden/same_bits.cpp in all these ways and runs it.
#
#   scripts/same_bits.sh     g++ and clang-16, -O0 to -O3, SSE2 to AVX-512 where this machine has it, fused arithmetic or none, and arm64
#                            under qemu where its compiler is installed (g++-aarch64-linux-gnu, qemu-user-static)
#
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

out=build/same_bits
mkdir -p "$out"
common=(-std=c++20 -Iinclude -DHAS_STRING_VIEW=1 -DONLY_C_LOCALE=1 tests/golden/same_bits.cpp)
failed=0

# one NAME RUNNER COMPILER OPTION...
one() {
    local name=$1 runner=$2
    shift 2
    if "$@" "${common[@]}" -o "$out/$name" && $runner "$out/$name" tests/golden/same_bits.txt; then
        echo "same     $name"
    else
        echo "DIFFERS  $name"
        return 1
    fi
}
# Waits for what runs.
both() {
    local job
    for job in $(jobs -p); do wait "$job" || failed=1; done
}

one g++-O0 "" g++ -O0 &
one g++-O2 "" g++ -O2 &
both
one g++-O3-v3 "" g++ -O3 -march=x86-64-v3 &
one g++-O3-v3-no-fma "" g++ -O3 -march=x86-64-v3 -ffp-contract=off &
both
one clang++-O0 "" clang++-16 -O0 &
one clang++-O3-v3 "" clang++-16 -O3 -march=x86-64-v3 -ffp-contract=fast &
both
if grep -q avx512vl /proc/cpuinfo; then
    one g++-O3-v4 "" g++ -O3 -march=x86-64-v4 -mprefer-vector-width=512 &
    one clang++-O3-v4 "" clang++-16 -O3 -march=x86-64-v4 &
    both
fi
if command -v aarch64-linux-gnu-g++ >/dev/null && command -v qemu-aarch64-static >/dev/null; then
    one arm64-O0 qemu-aarch64-static aarch64-linux-gnu-g++ -O0 -static -idirafter /usr/include &
    one arm64-O3 qemu-aarch64-static aarch64-linux-gnu-g++ -O3 -static -idirafter /usr/include &
    both
fi
exit $failed

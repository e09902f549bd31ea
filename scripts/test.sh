#!/usr/bin/env bash
# Builds and tests coincide; ends with a table of what ran and how long it took. Output of every step: build/logs/.
#
#   scripts/test.sh         what has to pass before a commit: all tests with clang-16 under ASan and UBSan, 10 000 simulated failures and
#                           the instructions of the kernels with g++ -O3, all headers in one file and static tests with clang-16 +
#                           libc++ and with g++ without exceptions, most headers alone, rules, documentation
#   scripts/test.sh --all   the whole matrix: also each header alone, g++ debug and release, clang-16 with both libraries, fuzzing for 20 s a target,
#                           the same bits on every instruction set and arm64, the size of a mobile library
#
# Uses COINCIDE_DATA, the folder of real recordings, when it is set; tests that need it are skipped otherwise.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

all=no
case "${1:-}" in
    "") ;;
    --all) all=yes ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

jobs=$(nproc)
logs=build/logs
summary=()
failures=0
mkdir -p "$logs"

# step NAME COMMAND...: runs it with its output in a file; when it fails, shows what each failed command said and the end of the file.
step() {
    local name=$1 started=$SECONDS log
    shift
    log="$logs/${name// /-}.log"
    echo "==> $name"
    if "$@" >"$log" 2>&1; then
        summary+=("$(printf 'ok      %5d s  %s' $((SECONDS - started)) "$name")")
        return 0
    fi
    summary+=("$(printf 'FAILED  %5d s  %s' $((SECONDS - started)) "$name")")
    failures=$((failures + 1))
    grep -A 25 '^FAILED: ' "$log" | cut -c 1-400 | head -n 120
    tail -n 40 "$log"
    echo "==> $name FAILED, all output in $log"
    return 1
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    cmake --preset "$preset" && cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"} -- -k 0
}

# All of clang with libc++, each header alone among it.
build_libcxx() {
    cmake --preset clang -DCOINCIDE_VERIFY_ALL_HEADERS=ON && cmake --build --preset clang --parallel "$jobs" --target all all_verify_interface_header_sets -- -k 0
}

run_tests() { ctest --preset "$1" --parallel "$jobs"; }

# A person's way through report.html.
walk_report() { node tests/tools/report_walk.mjs build/asan/bin/coincide build/walk build/walk/shots; }

# What can be compiled where the test libraries cannot: all headers in one file among the macros of others, and what the compiler checks.
compile_only=(static_tests hostile_macros)

# The ledger against storages that fail, on two processes; a failing seed is printed with the command that repeats it. Then ledgers
# that are wrong, each of which has to be found out.
simulate() {
    local half status=0
    for half in 1 5001; do build/release/bin/simulator --from "$half" --seeds 5000 & done
    for half in $(jobs -p); do wait "$half" || status=1; done
    build/release/bin/simulator --mutants 1000 || status=1
    return "$status"
}

fuzz_for_20_s() {
    local program name
    for program in build/fuzz/bin/fuzz_*; do
        name=${program##*/fuzz_}
        mkdir -p "build/fuzz/corpus/$name"
        "$program" -max_total_time=20 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix=build/fuzz/ \
                   "build/fuzz/corpus/$name" "fuzz/corpus/$name" || return 1
    done
}

# Instructions of the kernels, against a table.
count_instructions() { grep -q avx2 /proc/cpuinfo || { echo "not counted: the table is for x86-64-v3"; return 0; }; python3 benchmarks/speed/count_instructions.py build/release/bin/instructions benchmarks/speed/instructions.txt; }

options=()
[[ $all == no ]] || options=(--cross)
step setup scripts/setup.sh "${options[@]}" || exit 1
step "source rules" python3 scripts/checks.py
step "build asan" build asan && step "test asan" run_tests asan
if [[ $all == yes ]]; then
    step "build dev" build dev all all_verify_interface_header_sets && step "test dev" run_tests dev
    step "build release" build release && step "test release" run_tests release
    step "build clang libc++" build_libcxx && step "test clang libc++" run_tests clang
    step "build clang libstdc++" build clang-libstdcxx && step "test clang libstdc++" run_tests clang-libstdcxx
    step "build fuzz" build fuzz && step "fuzz" fuzz_for_20_s
    step "same bits" scripts/same_bits.sh
    step "size" scripts/size.sh
else
    step "build release" build release simulator instructions memory_tests && step "memory" build/release/bin/memory_tests
    step "headers clang libc++" build clang "${compile_only[@]}" coincide_verify_interface_header_sets
fi
step "instructions of the kernels" count_instructions
step "simulate 10000 seeds" simulate
if command -v chromium >/dev/null && command -v node >/dev/null; then
    step "report in a browser" walk_report
fi
step "headers no-exceptions" build no-exceptions "${compile_only[@]}"
step "documentation" cmake --build --preset release --target docs

printf '\n%s\n' "${summary[@]}"
echo "        ----"
printf '%s  %5d s  %s\n' "$([[ $failures -eq 0 ]] && echo 'ok    ' || echo 'FAILED')" "$SECONDS" "altogether"
[[ $failures -eq 0 ]]

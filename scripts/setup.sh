#!/usr/bin/env bash
# Installs every Debian package that building, testing and documenting coincide needs.
# `scripts/setup.sh --no-browser` leaves out what only the test of the report needs; `--peers` adds the libraries that scripts/bench.sh
# measures beside, `--cross` what scripts/same_bits.sh and scripts/size.sh need for arm64.
# Safe to run again: it looks first and does nothing when nothing is missing. Works as root and with sudo.
set -euo pipefail

packages=(
    # compilers and build
    g++ clang-16 libc++-16-dev libc++abi-16-dev libclang-rt-16-dev cmake ninja-build pkg-config ccache git
    # core dependencies: calendar, expected, ranges, geometry adapter
    libhowardhinnant-date-dev libexpected-dev librange-v3-dev libboost1.81-dev
    # the command line: options, JSON, XML, numbers, containers, content hashes
    libcli11-dev libsimdjson-dev libexpat1-dev libfast-float-dev zlib1g-dev libzstd-dev libzip-dev libssl-dev tzdata
    # the ledger's storages
    libsqlite3-dev libpq-dev postgresql-15
    # the examples of hosts: threads of another library
    libtbb-dev
    # tests and documentation
    catch2 librapidcheck-dev nlohmann-json3-dev python3 doxygen valgrind
)

# The report is tested in a real browser. Node.js from elsewhere brings its own npm, and Debian's would not go with it.
if [[ " $* " != *" --no-browser "* ]]; then
    packages+=(chromium)
    command -v npm >/dev/null || packages+=(nodejs npm)
fi

if [[ " $* " == *" --peers "* ]]; then
    packages+=(libbenchmark-dev libs2-dev libgeos++-dev gpsbabel time)
fi

if [[ " $* " == *" --cross "* ]]; then
    packages+=(g++-aarch64-linux-gnu qemu-user-static)
fi

missing=()
for package in "${packages[@]}"; do
    if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed'; then
        missing+=("$package")
    fi
done

if [[ ${#missing[@]} -eq 0 ]]; then
    echo "setup: all ${#packages[@]} packages are installed"
    exit 0
fi

as_root=()
if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
        echo "setup: these packages are missing and neither root nor sudo is available: ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "setup: installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
if [[ " ${missing[*]} " == *" postgresql-15 "* ]]; then
    # Tests start a server of their own in a temporary folder; the machine need not run another one.
    conf=/etc/postgresql-common/createcluster.conf
    install postgresql-common
    [[ ! -f $conf ]] || "${as_root[@]}" sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' "$conf"
fi
install "${missing[@]}"
echo "setup: done"

#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Rules about the headers that no compiler knows: who may include whom, and what the core never does.

Floors: a header includes only from its own folder's floor or from floors below; adapters/ and testing/ are included by nobody.
Prints one line a finding as file:line: words, and fails when there is one. Lengths over 300 lines are only reported.
"""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
include = root / "include"

floors = {"record": 1, "normalize": 2, "match": 3, "group": 4, "merge": 5, "ledger": 6, "sync": 7, "health": 7}
beside = {"adapters", "testing"}  # they may include everything, and nothing includes them
top = 8

# Third-party headers and the only places that may include them.
foreign = {
    "date/": lambda name: name in ("coincide/record/time.hpp", "coincide/adapters/date_tz.hpp"),
    "tl/": lambda name: name == "coincide/result.hpp",
    "boost/": lambda name: name in ("coincide/adapters/boost_geometry.hpp", "coincide/adapters/places.hpp"),
    "range/": lambda name: floor_of(name) > 3,
}

# What the core never does: it throws nothing, and time, chance, threads and storage come from outside.
banned = {
    r"\.value\(\)": "throws, or is undefined without exceptions: use * after a check",
    r"#\s*include\s*<(iostream|fstream|thread|random|mutex|future|filesystem|iomanip|regex)>": "not in a header of the core",
    r"#\s*include\s*<(cstdio|stdio\.h|sys/[a-z]+\.h|unistd\.h|fcntl\.h)>": "the core opens nothing and prints nothing",
    r"_clock::now": "time is passed in",
    r"\b(fopen|ifstream|ofstream|std::getenv|std::rand|random_device)\b": "input, output and chance are passed in",
    r"\b(throw|catch|typeid|dynamic_cast)\b": "builds without exceptions and RTTI",
    r"std::views::": "clang 14 cannot compile it: use algorithms, or range-v3 above floor 3",
}

# What a header names of the standard library it includes, itself or through headers of ours. Compilers see the same, some standard libraries
# hide it; `scripts/test.sh --all` compiles each header alone.
standard = {
    "algorithm": "sort|stable_sort|lower_bound|upper_bound|equal_range|min|max|minmax|clamp|find|find_if|any_of|all_of|none_of|erase_if|reverse|rotate",
    "array": "array", "bit": "bit_cast|popcount|bit_width|countr_zero|countl_zero", "charconv": "from_chars|to_chars", "cmath": "sqrt|cos|sin|abs|isfinite|floor|llround",
    "compare": "strong_ordering|weak_ordering|partial_ordering", "concepts": "same_as|convertible_to|invocable|integral|floating_point",
    "cstddef": "size_t|ptrdiff_t|byte", "cstdint": "u?int(8|16|32|64)_t", "functional": "function|less|hash", "iterator": "back_inserter|make_move_iterator",
    "limits": "numeric_limits", "map": "map|multimap", "memory": "unique_ptr|shared_ptr|make_unique|make_shared", "numeric": "iota|accumulate", "optional": "optional|nullopt",
    "ranges": "ranges::[a-z_]+", "set": "set|multiset", "span": "span", "string": "string|to_string", "string_view": "string_view", "tuple": "tuple|tie|apply",
    "type_traits": "is_[a-z_]+_v|remove_cvref_t|conditional_t|decay_t", "unordered_map": "unordered_map", "utility": "move|forward|exchange|swap|pair",
    "variant": "variant|visit|monostate", "vector": "vector",
}
also_from = {"algorithm": ["ranges"], "utility": ["map", "tuple", "vector", "algorithm"], "cstddef": ["vector", "string", "array", "span", "string_view"], "compare": ["tuple", "utility", "string"],
             "concepts": ["ranges"], "type_traits": ["ranges", "concepts", "utility"], "iterator": ["ranges", "vector", "string"]}  # which the standard or every library promises


def floor_of(name: str) -> int:
    """Floor of "coincide/match/fuzzy.hpp"; headers in the root are the base, but for the umbrella."""
    parts = name.split("/")
    if name == "coincide/coincide.hpp" or parts[1] in beside:
        return top
    return floors.get(parts[1], 0) if len(parts) > 2 else 0


def code_only(line: str) -> str:
    return re.sub(r'"(\\.|[^"\\])*"', '""', line).split("//")[0]


def findings_of(path: pathlib.Path):
    name = path.relative_to(include).as_posix()
    folder = name.split("/")[1]
    core = folder not in beside
    lines = path.read_text().splitlines()
    if not lines or lines[0] != "// SPDX-License-Identifier: BSL-1.0":
        yield 1, "does not begin with the license line"
    if "#pragma once" not in lines:
        yield 1, "has no #pragma once"
    if core and name.count("/") > 1 and folder not in floors:
        yield 1, f"{folder}/ is on no floor"
    for number, line in enumerate(lines, 1):
        if core:
            for pattern, why in banned.items():
                if match := re.search(pattern, code_only(line)):
                    yield number, f"{match.group(0)}: {why}"
        included = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if not included:
            continue
        quote, other = included.groups()
        if quote == '"':
            yield number, "write <coincide/...>"
        elif other.startswith("coincide/"):
            if not (include / other).exists():
                yield number, f"{other} does not exist"
            if other.split("/")[1] in beside and core:
                yield number, f"{other} stands beside the floors: nobody inside includes it"
            elif floor_of(other) > floor_of(name):
                yield number, f"floor {floor_of(name)} includes {other} of floor {floor_of(other)}"
        for prefix, allowed in foreign.items():
            if other.startswith(prefix) and not allowed(name):
                yield number, f"{other} may not be included here"


def includes_of(path: pathlib.Path, known: dict) -> set:
    """All that a header includes, itself and through headers of ours."""
    if path not in known:
        known[path] = set()
        for other in re.findall(r"^\s*#\s*include\s*<([^>]+)>", path.read_text(), re.MULTILINE):
            known[path] |= {other} | (includes_of(include / other, known) if (include / other).exists() else set())
    return known[path]


def missing_of(path: pathlib.Path, known: dict):
    text = "\n".join(code_only(line) for line in path.read_text().splitlines())
    for header, names in standard.items():
        used = re.search(rf"\bstd::({names})\b", text)
        if used and not includes_of(path, known) & {header, *also_from.get(header, [])}:
            yield text[: used.start()].count("\n") + 1, f"names {used.group(0)} without <{header}>"


def main() -> int:
    failed = False
    known: dict = {}
    for path in sorted(include.rglob("*.hpp")):
        shown = path.relative_to(root)
        for number, words in [*findings_of(path), *missing_of(path, known)]:
            print(f"{shown}:{number}: {words}")
            failed = True
        if (length := len(path.read_text().splitlines())) > 300:
            print(f"{shown}: note: {length} lines; more than 300 is more than one idea")
    print("source rules:", "broken" if failed else "kept")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""summary.py - the closing line of a test run, from meson's log of it."""
import json
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def main(log):
    with open(log, encoding="utf-8") as lines:
        results = {}
        for line in lines:
            test = json.loads(line)
            results[test["name"]] = test["result"]
    passed = [name for name, result in results.items() if result in PASSED]
    skipped = [name for name, result in results.items() if result == "SKIP"]
    failed = [name for name in results if name not in passed and name not in skipped]
    for name in skipped:
        print(f"skipped: {name}")
    for name in failed:
        print(f"failed: {name}")
    print(f"{len(passed)} passed, {len(failed)} failed, {len(skipped)} skipped")


main(sys.argv[1])

#!/usr/bin/env python3
"""shape.py - first lines that say a file's duty, and files and functions of a size that can be read.

Fails on a missing first line, a line over 120 columns, and on what nobody can read any more (FILE_MOST,
FUNCTION_MOST). What is only longer than the house likes (FILE_GOOD, FUNCTION_GOOD) is listed, longest first."""
import os
import statistics

import tree

FILE_GOOD, FILE_MOST = 300, 600
FUNCTION_GOOD, FUNCTION_MOST = 45, 110
COLUMNS_MOST = 120
FIRST = {".c": "/* {} - ", ".h": "/* {} - ", ".sql": "-- {} - ", ".py": '"""{} - ', ".yaml": "# {} - "}


def first_line(path):
    """A complaint when the file does not begin by saying what it is for, else None."""
    ending = os.path.splitext(path)[1]
    lines = tree.read(path).splitlines()
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    want = FIRST[ending].format(os.path.basename(path))
    if lines and lines[0].startswith(want):
        return None
    return f"{path}:1: begin with: {want}what the file is for"


def functions(path):
    """(length, name, line) of each function: Linux braces stand at column 0."""
    lines = tree.code_of(tree.read(path)).splitlines()
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start:
            head = next((lines[n] for n in range(start - 2, -1, -1) if lines[n][:1].isalpha()), "")
            yield number - start - 1, head.split("(")[0].split()[-1].lstrip("*") if head else "?", start
            start = None


def main():
    complaints, long_files, long_functions, lengths = [], [], [], []
    for path in tree.files(*FIRST):
        if path.startswith(("samples/mail", "tests/flow", "tests/corpus")):
            continue
        complaints += filter(None, [first_line(path)])
    for path in tree.files(".c", ".h", under="src") + tree.files(".c", ".h", under="tests"):
        lines = tree.read(path).splitlines()
        complaints += [f"{path}:{n}: {len(line)} columns, {COLUMNS_MOST} allowed"
                       for n, line in enumerate(lines, 1) if len(line) > COLUMNS_MOST]
        if len(lines) > FILE_GOOD:
            long_files.append((len(lines), path))
        for length, name, line in functions(path):
            lengths.append(length)
            if length > FUNCTION_GOOD:
                long_functions.append((length, f"{path}:{line}: {name}"))
    for length, path in sorted(long_files, reverse=True):
        print(f"{path}: {length} lines")
        complaints += [f"{path}: {length} lines, {FILE_MOST} allowed"] * (length > FILE_MOST)
    for length, where in sorted(long_functions, reverse=True):
        print(f"{where}: {length} lines")
        complaints += [f"{where}: {length} lines, {FUNCTION_MOST} allowed"] * (length > FUNCTION_MOST)
    tree.finish(complaints, f"{len(lengths)} functions, median {statistics.median(lengths):.0f} lines")


main()

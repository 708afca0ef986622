#!/usr/bin/env python3
"""banned.py - calls and words that must not stand in the C of candor."""
import re

import tree

# What to write instead stands in CONTRIBUTING.md.
CALLS = ("strcpy strcat strncpy strncat stpcpy sprintf vsprintf strtok strtok_r atoi atol atoll atof gets system "
         "popen sscanf vsscanf alloca strdupa g_alloca g_newa tmpnam tempnam mktemp rand srand localtime gmtime "
         "ctime asctime getenv_s").split()
CALL = re.compile(r"(?<![\w.>])(" + "|".join(CALLS) + r")\s*\(")
GOTO = re.compile(r"\bgoto\b")
UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def complaints_of(path):
    text = tree.read(path)
    for number, line in enumerate(tree.code_of(text).splitlines(), 1):
        for match in CALL.finditer(line):
            yield f"{path}:{number}: {match.group(1)}() is banned"
        if GOTO.search(line):
            yield f"{path}:{number}: goto is banned"
    for number, line in enumerate(text.splitlines(), 1):
        if UNDONE.search(line):
            yield f"{path}:{number}: says that it is not done"


def main():
    complaints = []
    paths = tree.files(".c", ".h")
    for path in paths:
        complaints += complaints_of(path)
    tree.finish(complaints, f"{len(paths)} files without {len(CALLS)} banned calls")


main()

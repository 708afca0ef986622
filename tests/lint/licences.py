#!/usr/bin/env python3
"""licences.py - doc/dependencies.md names each library with its licence, and a licence for each file of data."""
import fnmatch
import re

import tree

TABLE = "doc/dependencies.md"
COMPATIBLE = re.compile(r"(LGPL|GPL|MIT|BSD|ISC|Apache|Unicode|public domain|blessing|CC0|CC-BY|Zlib)", re.I)
DATA = ("data", "samples", "tests/corpus")


def rows():
    """The cells of each table row of TABLE."""
    for line in tree.read(TABLE).splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) > 1 and not set(cells[0]) <= set("-: "):
            yield cells


def main():
    names, patterns, complaints = {}, [], []
    for cells in rows():
        licence = " ".join(cells[1:])
        for name in re.findall(r"`([^`]+)`", cells[0]):
            if "/" in name or "*" in name:
                patterns.append(name)
            names[name] = licence
        if "`" in cells[0] and not COMPATIBLE.search(licence):
            complaints.append(f"{TABLE}: {cells[0]}: no licence that we know")
    for path in ["meson.build"] + tree.files("meson.build", under="src"):
        for name in re.findall(r"dependency\('([^']+)'", tree.read(path)):
            if name not in names:
                complaints.append(f"{path}: dependency '{name}' is not in {TABLE}")
    paths = [path for folder in DATA for path in tree.files(under=folder)]
    complaints += [f"{path}: no row of {TABLE} says its licence" for path in paths
                   if not any(fnmatch.fnmatch(path, pattern) for pattern in patterns)]
    tree.finish(complaints, f"{len(names)} licences, {len(paths)} files of data")


main()

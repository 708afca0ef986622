#!/usr/bin/env python3
"""mutate.py - mutated messages and mboxes: the conductor never falls, and every message has a state.

    mutate.py [N]   N mutated messages in all (2000): three in four as files, the rest in mboxes"""
import glob
import os
import random
import sys
import tempfile

import candor
from mutants import mutate


def seeds(place):
    """Messages to start from: the samples, and made-up ones of every encoding."""
    top = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    paths = glob.glob(os.path.join(top, "samples/mail/**/*.eml"), recursive=True)
    paths += glob.glob(os.path.join(candor.generate(os.path.join(place, "seeds"), "600K", form="maildir"), "cur/*"))
    found = []
    for path in sorted(paths):
        with open(path, "rb") as file:
            found.append(file.read()[:12000])
    return found


def write_mutants(place, count, dice):
    """A folder of files and a folder of mboxes. Returns (files, mboxes)."""
    start, files, mboxes = seeds(place), count * 3 // 4, max(count // 400, 1)
    for number in range(files):
        path = os.path.join(place, "files", str(number // 1000), f"{number}.eml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(mutate(start[int(dice.random() * len(start))], dice))
    os.makedirs(os.path.join(place, "mboxes"))
    for number in range(mboxes):
        with open(os.path.join(place, "mboxes", f"{number}.mbox"), "wb") as file:
            for _ in range((count - files) // mboxes):
                file.write(b"From - Mon Sep  1 08:00:00 2025\n")
                file.write(mutate(start[int(dice.random() * len(start))], dice) + b"\n")
    return files, mboxes


def without_state(case, place):
    """Paths of files that neither a message nor a gap speaks of."""
    spoken = {row["item"] for table in ("messages", "gaps") for row in case.rows(table)}
    there = {os.path.relpath(os.path.join(folder, name), os.path.join(place, "files"))
             for folder, _, names in os.walk(os.path.join(place, "files")) for name in names}
    return there - spoken


def main(count):
    candor.programs()
    with tempfile.TemporaryDirectory(prefix="candor-mutate-") as place:
        files, mboxes = write_mutants(place, count, random.Random(count))
        case = candor.Case(place, "case")
        case.collect(os.path.join(place, "files"), os.path.join(place, "mboxes"))
        case.classify()
        print(case.run("status", case.folder, allowed=(0, 3)))
        lost = without_state(case, place)
    print(f"{files} files and {mboxes} mboxes of mutants, {len(lost)} files without a state")
    sys.exit(1 if lost else 0)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)

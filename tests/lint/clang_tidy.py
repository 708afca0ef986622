#!/usr/bin/env python3
"""clang_tidy.py - clang-tidy, with the checks of .clang-tidy, over each file that BUILD-FOLDER compiles.

gcc options that clang does not know are left out, in a copy of its compile_commands.json."""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import tree

GCC_ONLY = re.compile(r"\s-(ftrivial-auto-var-init=\S+|fstack-clash-protection|fsanitize=\S+|fcf-protection|"
                      r"D_FORTIFY_SOURCE=\S+)")


def ours(build):
    """{absolute file: compile command without what only gcc knows} for what is ours, each file once."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    kept = {}
    for entry in entries:
        path = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
        if path.startswith((os.path.join(tree.ROOT, "src/"), os.path.join(tree.ROOT, "tests/"))):
            entry["command"] = GCC_ONLY.sub("", entry["command"])
            kept.setdefault(path, entry)
    return kept


def tidy(path, folder):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", folder, path], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode != 0 or "warning:" in done.stdout else ""


def main(build):
    if shutil.which("clang-tidy") is None:
        print("no clang-tidy is installed: ./dev lint installs it")
        sys.exit(77)
    commands = ours(build)
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
            json.dump(list(commands.values()), file)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            complaints = [text for text in pool.map(lambda path: tidy(path, folder), sorted(commands)) if text]
    tree.finish(complaints, f"{len(commands)} files")


main(sys.argv[1])

#!/usr/bin/env python3
"""cppcheck.py - cppcheck over every compiled file; what it may not say stands in cppcheck.txt."""
import os
import shutil
import subprocess
import sys

import tree


def main(build):
    if shutil.which("cppcheck") is None:
        print("no cppcheck is installed: ./dev lint installs it")
        sys.exit(77)
    cache = os.path.join(build, "cppcheck")
    os.makedirs(cache, exist_ok=True)
    done = subprocess.run(
        ["cppcheck", f"--project={build}/compile_commands.json", f"--cppcheck-build-dir={cache}", "-j",
         str(os.cpu_count()), "--quiet", "--enable=warning,performance,portability", "--inline-suppr",
         "--library=posix", "--library=gnu", "--library=gtk", "--library=sqlite3", "--error-exitcode=1",
         f"--suppressions-list={tree.ROOT}/tests/lint/cppcheck.txt"], capture_output=True, text=True, check=False)
    tree.finish([done.stdout + done.stderr] if done.returncode != 0 else [], "nothing found")


main(sys.argv[1])

#!/usr/bin/env python3
"""manual.py - man pages that mandoc has nothing against, a README with its two commands, and links that lead somewhere."""
import os
import re
import shutil
import subprocess

import tree

COMMANDS = ["./dev demo", "./dev test"]


def man_pages(pages):
    if shutil.which("mandoc") is None or not pages:
        return []
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], cwd=tree.ROOT, capture_output=True,
                          text=True, check=False)
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


def readme():
    """The first block of commands in the README is the two that ./dev fresh runs."""
    block = re.search(r"^```\w*\n(.*?)^```", tree.read("README.md"), re.M | re.S)
    found = block.group(1).split("\n")[:2] if block else []
    return [] if [line.split("#")[0].strip() for line in found] == COMMANDS else \
        [f"README.md: its first block must be: {' · '.join(COMMANDS)}"]


def ten_commands():
    """The case in ten commands of the README is typed by a flow."""
    block = re.search(r"^## A case in ten commands\n+```\w*\n(.*?)^```", tree.read("README.md"), re.M | re.S)
    typed = tree.read("tests/flow/002-ten-commands/cmd")
    commands = [line.split("#")[0].strip() for line in block.group(1).splitlines()] if block else []
    return [f"README.md: no flow types: {command}" for command in commands if f"try {command}\n" not in typed] + \
        ([] if len(commands) == 10 else [f"README.md: {len(commands)} commands, ten are promised"])


def dead_links(path):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", tree.read(path)):
        if not os.path.exists(os.path.join(tree.ROOT, os.path.dirname(path), target)):
            yield f"{path}: links to {target}, which is not there"


def main():
    pages = tree.files(".1", ".5", ".7", ".8", under="doc")
    complaints = man_pages(pages) + readme() + ten_commands()
    texts = tree.files(".md")
    for path in texts:
        complaints += dead_links(path)
    tree.finish(complaints, f"{len(pages)} man pages, {len(texts)} texts")


main()

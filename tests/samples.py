#!/usr/bin/env python3
"""samples.py - what the generators in samples/ make is always the same, byte for byte."""
import filecmp
import hashlib
import os
import subprocess
import sys
import tempfile

SAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "samples")


def paths_in(folder):
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, _, names in os.walk(folder) for name in names)


def make(script, folder):
    subprocess.run([sys.executable, os.path.join(SAMPLES, script), folder], check=True)


def small_complaints():
    """The small mailbox stands in the repository."""
    with tempfile.TemporaryDirectory() as made:
        make("small.py", made)
        kept = [path for path in paths_in(SAMPLES) if path.startswith(("mail/", "truth.json"))]
        yield from (f"{path}: only in one of the two" for path in set(kept) ^ set(paths_in(made)))
        _, differ, missing = filecmp.cmpfiles(SAMPLES, made, kept, shallow=False)
        yield from (f"{path}: differs" for path in differ + missing)


def tree_digest(folder):
    """SHA-256 over the names and hashes of all files below a folder."""
    whole = hashlib.sha256()
    for path in paths_in(folder):
        with open(os.path.join(folder, path), "rb") as file:
            whole.update(f"{hashlib.sha256(file.read()).hexdigest()}  {path}\n".encode())
    return whole.hexdigest()


def case_complaints():
    """Of the case itself, too large to keep, the digest stands there."""
    with tempfile.TemporaryDirectory() as made:
        make("generate.py", made)
        digest = tree_digest(made)
    with open(os.path.join(SAMPLES, "tree.sha256"), encoding="ascii") as file:
        if file.read().strip() != digest:
            yield f"samples/generate.py makes {digest}, samples/tree.sha256 says otherwise"


def main():
    complaints = [*small_complaints(), *case_complaints()]
    print("\n".join(complaints) or "the samples are what they were")
    sys.exit(1 if complaints else 0)


main()

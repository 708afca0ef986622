#!/usr/bin/env python3
"""samples.py - what samples/generate.py makes is what samples/ has, byte for byte."""
import filecmp
import os
import subprocess
import sys
import tempfile

SAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "samples")


def paths_in(folder):
    return sorted(os.path.relpath(os.path.join(place, name), folder)
                  for place, _, names in os.walk(folder) for name in names)


def main():
    with tempfile.TemporaryDirectory() as made:
        subprocess.run([sys.executable, os.path.join(SAMPLES, "generate.py"), made], check=True)
        kept = [path for path in paths_in(SAMPLES) if path.startswith(("mail/", "truth.json"))]
        complaints = [f"{path}: only in one of the two" for path in set(kept) ^ set(paths_in(made))]
        _, differ, missing = filecmp.cmpfiles(SAMPLES, made, kept, shallow=False)
        complaints += [f"{path}: differs" for path in differ + missing]
    print("\n".join(complaints) or f"{len(kept)} files are the same")
    sys.exit(1 if complaints else 0)


main()

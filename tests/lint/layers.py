#!/usr/bin/env python3
"""layers.py - every #include stays within what src/layers.yaml allows its layer."""
import os
import re

import yaml

import tree


def layer_of(path, layers):
    """The most specific layer that a path below src/ lies in."""
    folder = os.path.dirname(path)
    while folder:
        if folder in layers:
            return folder
        folder = os.path.dirname(folder)
    return None


def complaints_of(path, layers):
    own = layer_of(os.path.relpath(path, "src"), layers)
    if own is None:
        yield f"{path}:1: its folder is no layer of src/layers.yaml"
        return
    for number, line in enumerate(tree.read(path).splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
        if not match:
            continue
        target = layer_of(match.group(1), layers)
        if target is None:
            yield f"{path}:{number}: \"{match.group(1)}\" names no layer: write it from src/ down"
        elif target != own and target not in layers[own]:
            yield f"{path}:{number}: {own} may not include {target} (src/layers.yaml)"


def main():
    layers = {name: allowed or [] for name, allowed in yaml.safe_load(tree.read("src/layers.yaml")).items()}
    complaints = [f"src/layers.yaml: {name} allows {other}, which is no layer"
                  for name, allowed in layers.items() for other in allowed if other not in layers]
    paths = tree.files(".c", ".h", under="src")
    for path in paths:
        complaints += complaints_of(path, layers)
    tree.finish(complaints, f"{len(paths)} files keep to {len(layers)} layers")


main()

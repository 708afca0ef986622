#!/usr/bin/env python3
"""embed_style.py - a style sheet as a C string: embed_style.py OUT.c FILE.css."""
import sys


def main():
    with open(sys.argv[2], encoding="utf-8") as file:
        lines = file.read().splitlines()
    quoted = ['    "' + line.replace("\\", "\\\\").replace('"', '\\"') + '\\n"' for line in lines]
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write("/* Made by embed_style.py from src/page/style.css. */\n#include \"page/style.h\"\n\n"
                   "const char page_style[] =\n" + "\n".join(quoted) + ";\n")


main()

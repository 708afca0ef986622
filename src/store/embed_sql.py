#!/usr/bin/env python3
"""embed_sql.py - the named statements of .sql files as a C array: embed_sql.py OUT.c FILE.sql…

A statement begins with "-- name: x.y" and ends before the next name. Comments are left out. Fails on a name that
stands twice and on SQL under no name."""
import re
import sys

NAME = re.compile(r"^-- name: (\S+)\s*$", re.M)
TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*")


def bare(text):
    """Without comments, empty lines and the semicolon at the end."""
    text = TOKEN.sub(lambda m: m.group(0) if m.group(0)[0] == "'" else "", text)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line).rstrip(";").strip()


def statements(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    marks = list(NAME.finditer(text))
    if bare(text[:marks[0].start()] if marks else text):
        sys.exit(f"{path}: SQL that stands under no name")
    for mark, following in zip(marks, marks[1:] + [None]):
        yield mark.group(1), bare(text[mark.end():following.start() if following else len(text)])


def quoted(text):
    lines = text.replace("\\", "\\\\").replace('"', '\\"').split("\n")
    return "\n     ".join(f'"{line}\\n"' for line in lines[:-1]) + ("\n     " if lines[1:] else "") + f'"{lines[-1]}"'


def main():
    out, seen = [], {}
    for path in sys.argv[2:]:
        for name, text in statements(path):
            if name in seen:
                sys.exit(f"{path}: {name} stands in {seen[name]} already")
            seen[name] = path
            out.append(f'    {{"{name}",\n     {quoted(text)}}},\n')
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write('/* Made by embed_sql.py from src/store/X.sql. */\n#include "store/statements.h"\n\n'
                   "const SqlStatement sql_statements[] = {\n" + "".join(out) + "};\n"
                   f"const guint sql_statement_count = {len(out)};\n")


main()

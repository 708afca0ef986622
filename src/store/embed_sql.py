#!/usr/bin/env python3
"""embed_sql.py - the named statements of .sql files as a C array: embed_sql.py OUT.c FILE.sql…

A statement begins with "-- name: x.y" and ends before the next name. Comments are left out. Fails on a name that
stands twice and on SQL under no name. A CREATE TABLE whose name is followed by a word stands for more statements:

  shadow  x.t_new, the same table under the name t_new; swap.t.1 to .3, which put it in the place of t and make an empty
          one again; shadow.t, which empties it
  act     act_add.KIND and act_rows.KIND for the table act_KIND: one row in; every act of that kind beside its row
"""
import re
import sys

NAME = re.compile(r"^-- name: (\S+)(?: (shadow|act))?\s*$", re.M)
COLUMN = re.compile(r"^\s+(\w+)\s+(?:INTEGER|TEXT|BLOB)\b", re.M)
TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*")


def bare(text):
    """Without comments, empty lines and the semicolon at the end."""
    text = TOKEN.sub(lambda m: m.group(0) if m.group(0)[0] == "'" else "", text)
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line).rstrip(";").strip()


def shadow_of(name, text):
    """What a table of opinion needs beside itself."""
    table = name.split(".")[1]
    made = text.replace(f" {table} (", f" {table}_new (", 1)
    yield f"{name}_new", made
    yield f"shadow.{table}", f"DELETE FROM {table}_new"
    yield f"swap.{table}.1", f"DROP TABLE {table}"
    yield f"swap.{table}.2", f"ALTER TABLE {table}_new RENAME TO {table}"
    yield f"swap.{table}.3", made


def act_of(name, text):
    """An act's row in, and all rows beside their acts: a row or an act that lacks the other agrees with nothing."""
    table = name.split(".")[1]
    kind = table.removeprefix("act_")
    columns = COLUMN.findall(text)
    places = ", ".join(f"?{i + 1}" for i in range(len(columns)))
    fields = ", ".join(f"t.{column}" for column in columns[1:])
    yield f"act_add.{kind}", f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
    yield f"act_rows.{kind}", (
        f"SELECT a.n, a.row, {fields}\nFROM act a LEFT JOIN {table} t ON t.act_n = a.n WHERE a.kind = '{kind}'\n"
        f"UNION ALL\nSELECT t.act_n, '', {fields}\nFROM {table} t\n"
        f"WHERE NOT EXISTS (SELECT 1 FROM act a WHERE a.n = t.act_n AND a.kind = '{kind}')")


EXPANSIONS = {"shadow": shadow_of, "act": act_of}


def expanded(name, word, text):
    """The statement, and those that its word stands for."""
    yield name, text
    if word:
        yield from EXPANSIONS[word](name, text)


def statements(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    marks = list(NAME.finditer(text))
    if bare(text[:marks[0].start()] if marks else text):
        sys.exit(f"{path}: SQL that stands under no name")
    for mark, following in zip(marks, marks[1:] + [None]):
        body = bare(text[mark.end():following.start() if following else len(text)])
        yield from expanded(mark.group(1), mark.group(2), body)


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


if __name__ == "__main__":
    main()

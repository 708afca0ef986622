"""sql.py - the statements of src/store/*.sql, as the SQL lints read them."""
import os
import re
import sys

import tree

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../src/store"))
import embed_sql  # noqa: E402 (what a name's second word stands for is said there alone)

NAME = embed_sql.NAME


class Statement:
    """One named statement: `file` and `line` say where it stands, `text` is its SQL."""

    def __init__(self, name, file, line, text):
        self.name, self.file, self.line, self.text = name, file, line, text

    @property
    def where(self):
        return f"{self.file}:{self.line}: {self.name}"

    @property
    def backend(self):
        """'sqlite' or 'postgres' for what only one of them understands (PRAGMA …), else None."""
        first = os.path.splitext(os.path.basename(self.file))[0]
        return first if first in ("sqlite", "postgres") else None

    @property
    def bare(self):
        """The SQL without comments and without the semicolon at its end."""
        token = re.compile(r"'(?:[^']|'')*'|--[^\n]*")
        text = token.sub(lambda m: m.group(0) if m.group(0)[0] == "'" else "", self.text)
        return text.strip().rstrip(";").strip()

    @property
    def parameters(self):
        return max((int(n) for n in re.findall(r"\?(\d+)", self.bare)), default=0)


def statements():
    """Every statement, in the order of the files and the lines."""
    found = []
    for path in tree.files(".sql", under="src/store"):
        text = tree.read(path)
        marks = list(NAME.finditer(text))
        for mark, following in zip(marks, marks[1:] + [None]):
            body = text[mark.end():following.start() if following else len(text)]
            line = text.count("\n", 0, mark.start()) + 1
            found.append(Statement(mark.group(1), path, line, body))
            made = embed_sql.expanded(mark.group(1), mark.group(2), embed_sql.bare(body))
            found += [Statement(name, path, line, sql) for name, sql in list(made)[1:]]
    return found


def in_order(found):
    """Tables first, then views, then indexes, then all the rest: the order in which they can be prepared."""
    rank = {"schema": 0, "stages": 1, "incoming": 1, "view_drop": 2, "view": 2, "views": 2, "index": 3}
    return sorted(found, key=lambda s: rank.get(s.name.split(".")[0], 4))


def migrations(found):
    """The steps from one schema to the next, in their order: they fit the tables of older cases alone."""
    steps = [s for s in found if s.name.startswith("migrate_")]
    return sorted(steps, key=lambda s: int(s.name.split(".")[0].removeprefix("migrate_")))


def first_tables():
    """The tables of the oldest case that is still opened."""
    text = tree.read("tests/cases/schema-1.sql")
    return [Statement(f"first.{m.group(1)}", "tests/cases/schema-1.sql", text.count("\n", 0, m.start()) + 1, m.group(0))
            for m in re.finditer(r"^CREATE TABLE (\w+) .*?;", text, re.M | re.S)]


def makes_things(statement):
    return re.match(r"\s*(CREATE|DROP|ALTER)\b", statement.bare, re.I) is not None

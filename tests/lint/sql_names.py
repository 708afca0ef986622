#!/usr/bin/env python3
"""sql_names.py - SQL stands in src/store/*.sql by name, each name is used, and no SQL stands in C."""
import collections
import re

import sql
import tree

# Files that the store runs from top to bottom; their statements are never asked for by name.
WHOLE = ("schema.sql", "schema_stages.sql", "indexes.sql", "views.sql")
IN_C = re.compile(r'"\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|'
                  r'CREATE\s+(TABLE|INDEX|VIEW)\s|DROP\s+(TABLE|INDEX|VIEW)\s|PRAGMA\s|BEGIN\s+IMMEDIATE|'
                  r'ALTER\s+TABLE\s)')


def unnamed(path):
    """SQL before the first name of a file would never be run."""
    text = tree.read(path)
    first = sql.NAME.search(text)
    head = text[:first.start()] if first else text
    loose = [line for line in head.splitlines() if line.strip() and not line.lstrip().startswith("--")]
    return [f"{path}: stands under no name: {line.strip()}" for line in loose[:1]]


def asked_for(name, strings):
    """By its whole name, or with its group ("opinion_clear.", or "migrate_%" and a number)."""
    return any(text == name or (text.endswith((".", "%")) and len(text) > 4 and name.startswith(text.rstrip("%")))
               for text in strings)


def main():
    found = sql.statements()
    strings, complaints = collections.Counter(), []
    for path in tree.files(".c", ".h", under="src"):
        code = tree.code_of(tree.read(path), keep_strings=True)
        strings.update(re.findall(r'"([\w.%]+)"', code))
        if path.endswith("_test.c"):
            continue
        complaints += [f"{path}:{code.count(chr(10), 0, match.start()) + 1}: SQL in C: move it to src/store/*.sql"
                       for match in IN_C.finditer(code)]
    for path in tree.files(".sql", under="src/store"):
        complaints += unnamed(path)
    names = collections.Counter(statement.name for statement in found)
    complaints += [f"{name}: stands {count} times" for name, count in names.items() if count > 1]
    complaints += [f"{s.where} has no SQL" for s in found if not s.bare]
    complaints += [f"{s.where} is more than one statement" for s in found if ";" in re.sub(r"'[^']*'", "", s.bare)]
    complaints += [f"{s.where} is asked for nowhere in src/" for s in found
                   if not s.file.endswith(WHOLE) and not asked_for(s.name, strings)]
    for path in tree.files(".c", under="src"):
        for name in re.findall(r'store_query\(\s*[^,]+,\s*"([^"]+)"', tree.read(path)):
            if name not in names and not path.endswith("_test.c"):
                complaints.append(f"{path}: no statement is named {name}")
    tree.finish(complaints, f"{len(found)} statements, each under one name and used")


main()

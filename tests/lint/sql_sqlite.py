#!/usr/bin/env python3
"""sql_sqlite.py - SQLite prepares every statement of src/store/*.sql after the schema."""
import sqlite3

import sql
import tree


def prepare(connection, statement):
    """None, or what SQLite has against it. EXPLAIN prepares and does not run."""
    try:
        if sql.makes_things(statement):
            connection.execute(statement.bare)
        else:
            connection.execute("EXPLAIN " + statement.bare, [None] * statement.parameters)
    except sqlite3.Error as error:
        return f"{statement.where}: {error}"
    return None


def main():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    old = sqlite3.connect(":memory:", isolation_level=None)
    found = [s for s in sql.in_order(sql.statements()) if s.backend != "postgres"]
    steps = sql.migrations(found)
    complaints = [prepare(connection, s) for s in found if s not in steps]
    complaints += [prepare(old, s) for s in sql.first_tables() + steps]
    tree.finish([complaint for complaint in complaints if complaint],
                f"{len(found)} statements prepared on SQLite {sqlite3.sqlite_version}")


main()

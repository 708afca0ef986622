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
    found = [s for s in sql.in_order(sql.statements()) if s.backend != "postgres"]
    complaints = [complaint for complaint in (prepare(connection, s) for s in found) if complaint]
    tree.finish(complaints, f"{len(found)} statements prepared on SQLite {sqlite3.sqlite_version}")


main()

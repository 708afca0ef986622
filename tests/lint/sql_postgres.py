#!/usr/bin/env python3
"""sql_postgres.py - the release's PostgreSQL prepares every statement of src/store/*.sql after the schema.

A server of our own, in a folder of its own, on a Unix socket alone, as an ordinary user; gone at the end. ?1 of
SQLite becomes $1. Exit 77 (skipped) where no PostgreSQL is installed."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import sql
import tree

OLDEST = 15


def newest_server():
    """(version, folder of programs) of the newest PostgreSQL here, or None."""
    found = []
    for program in glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        found.append((int(program.split("/")[4]), os.path.dirname(program)))
    return max(found, default=None)


def as_ordinary_user(command):
    """PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command]


def as_postgres(statement):
    """The statement with PostgreSQL's parameters, and the three words that src/store/schema.sql says differ."""
    text = re.sub(r"\?(\d+)", r"$\1", statement.bare)
    text = re.sub(r"\bBLOB\b", "BYTEA", text)
    if sql.makes_things(statement):
        for here, there in ((r"\bINTEGER\b", "BIGINT"), (r"\s*\bWITHOUT ROWID\b", "")):
            text = re.sub(here, there, text)
    return text


def script(found):
    """What psql is to run: each statement guarded by a mark that tells which one an error belongs to. Those that only
    fit older tables come last, with these in a schema of their own."""
    lines = ["\\set QUIET on", "\\set VERBOSITY terse"]
    for number, statement in enumerate(found):
        text = as_postgres(statement)
        if statement.name.startswith("first."):
            lines.append("CREATE SCHEMA IF NOT EXISTS old; SET search_path TO old;")
        lines.append(f"\\warn @{number}")
        lines.append(text + ";" if sql.makes_things(statement) else f"PREPARE p{number} AS {text};")
    return "\n".join(lines) + "\n"


def complaints_in(errors, found):
    complaints, current = [], None
    for line in errors.splitlines():
        if re.fullmatch(r"@\d+", line):
            current = found[int(line[1:])]
        elif "ERROR" in line or "FATAL" in line:
            where = current.where if current else "PostgreSQL"
            complaints.append(f"{where}: {re.sub(r'^.*?(ERROR|FATAL):', '', line).strip()}")
    return complaints


def run(programs, folder, found):
    """Start the server, feed it the script, stop it. Returns the complaints."""
    data, environment = os.path.join(folder, "data"), dict(os.environ, HOME=folder, LC_ALL="C")
    program = lambda name, *rest: as_ordinary_user([os.path.join(programs, name), *rest])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": environment, "cwd": folder, "text": True}
    made = subprocess.run(program("initdb", "-D", data, "-A", "trust", "-U", "candor", "-E", "UTF8", "--no-sync"),
                          **quiet)
    if made.returncode != 0:
        return [f"initdb: {made.stderr.strip()}"]
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    log = os.path.join(folder, "log")
    started = subprocess.run(program("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"), **quiet)
    if started.returncode != 0:
        return [f"PostgreSQL does not start: {started.stderr.strip()}"]
    try:
        psql = subprocess.run(program("psql", "-X", "-h", folder, "-U", "candor", "-d", "postgres"),
                              input=script(found), **quiet)
    finally:
        subprocess.run(program("pg_ctl", "-D", data, "-m", "immediate", "stop"), check=False, **quiet)
    if psql.returncode != 0:
        return [f"psql: {psql.stderr.strip()}"]
    return complaints_in(psql.stderr, found)


def main():
    server = newest_server()
    if server is None:
        print("no PostgreSQL is installed: ./dev test installs it")
        sys.exit(77)
    version, programs = server
    if version < OLDEST:
        tree.finish([f"PostgreSQL {version} is older than {OLDEST}"], "")
    found = [s for s in sql.in_order(sql.statements()) if s.backend != "sqlite"]
    steps = sql.migrations(found)
    found = [s for s in found if s not in steps] + sql.first_tables() + steps
    folder = tempfile.mkdtemp(prefix="candor-postgres-", dir="/tmp")
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        complaints = run(programs, folder, found)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tree.finish(complaints, f"{len(found)} statements prepared on PostgreSQL {version}")


main()

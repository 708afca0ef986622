#!/usr/bin/env python3
"""real_logs.py - a real audit log (corpora: ual) read to the last record: what candor counts is what its truth file counts.

The corpora are those that CANDOR_CORPORA names, else ../shared/corpora beside the checkout; without them it is skipped."""
import collections
import json
import lzma
import os
import sys
import tempfile

import candor

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORPORA = os.environ.get("CANDOR_CORPORA", os.path.join(ROOT, "../shared/corpora"))
FOLDER = os.path.join(CORPORA, "ual/invictus")


def once(events):
    """The first row of each record."""
    seen = {}
    for event in events:
        seen.setdefault(event["record"], event)
    return seen


def accesses(events, kind):
    return {record: event for record, event in events.items()
            if event["operation"] == "MailItemsAccessed" and event["access"] == kind}


def by_mailbox(events, items):
    """What the truth file says of each mailbox, from ours."""
    found = collections.defaultdict(lambda: {"bind": 0, "sync": 0, "ids": set(), "folders": set()})
    binds, syncs = accesses(events, "bind"), accesses(events, "sync")
    for event in binds.values():
        found[event["mailbox"]]["bind"] += 1
    for event in syncs.values():
        found[event["mailbox"]]["sync"] += 1
    for item in items:
        if item["record"] in binds and item["message_id"]:
            found[binds[item["record"]]["mailbox"]]["ids"].add(item["message_id"])
        if item["record"] in syncs:
            found[syncs[item["record"]]["mailbox"]]["folders"].add(item["folder"])
    return found


def compare(truth, case):
    """(what, ours, theirs) of everything that the truth file counts."""
    log, = case.rows("logs")
    events, items = once(case.rows("events")), case.rows("event_items")
    yield "records", log["records"] + log["unparsed"], truth["records"]
    yield "records that cannot be read", log["unparsed"], truth["unreadable_AuditData"]
    yield "gaps", len(case.rows("gaps")), truth["unreadable_AuditData"]
    yield "different records", len(events), truth["unique_ids"]
    yield "binds", len(accesses(events, "bind")), truth["MailItemsAccessed Bind"]
    yield "syncs", len(accesses(events, "sync")), truth["MailItemsAccessed Sync"]
    operations = collections.Counter(event["operation"] for event in events.values())
    theirs = collections.Counter()
    for name, count in truth["operations"].items():
        theirs[name.split(":", 1)[1].strip()] += count
    for name, count in theirs.items():
        yield f"operation {name}", operations[name], count
    ours = by_mailbox(events, items)
    for number, (name, said) in enumerate(truth["mailboxes"].items()):
        found = ours[name.lower()]
        yield f"binds of mailbox {number}", found["bind"], said["bind_records"]
        yield f"syncs of mailbox {number}", found["sync"], said["sync_records"]
        yield f"mails of mailbox {number}", len(found["ids"]), said["distinct_bind_InternetMessageIds"]
        yield f"folders of mailbox {number}", len(found["folders"]), len(said["sync_folders"])


def main():
    candor.programs()
    if not os.path.isdir(FOLDER):
        print(f"no corpora at {CORPORA}: set CANDOR_CORPORA")
        return candor.SKIPPED
    with tempfile.TemporaryDirectory(prefix="candor-logs-") as place:
        path = os.path.join(place, "audit.csv")
        with lzma.open(os.path.join(FOLDER, "auditrecords.csv.xz")) as packed, open(path, "wb") as file:
            file.write(packed.read())
        with open(os.path.join(FOLDER, "truth.json"), encoding="utf-8") as file:
            truth = json.load(file)
        case = candor.Case(place, "case")
        case.collect(path)
        counts = list(compare(truth, case))
        wrong = [line for line in counts if line[1] != line[2]]
        for what, ours, theirs in wrong:
            print(f"{what}: {ours} here, {theirs} in the truth file")
        print(f"{len(counts)} counts compared, {len(wrong)} differ")
        return 1 if wrong else 0


sys.exit(main())

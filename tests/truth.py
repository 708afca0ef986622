#!/usr/bin/env python3
"""truth.py - the made-up case holds what samples/truth.json says: every copy, every planted value, and nothing more."""
import collections
import json
import os
import sys
import tempfile

import candor

SAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "samples")


def compare(truth, messages, findings):
    """Complaints about copies, contents and findings, message by message."""
    copies = collections.Counter(row["message_id"].strip("<>") for row in messages)
    id_of = {row["key"]: row["message_id"].strip("<>") for row in messages}
    found = collections.defaultdict(set)
    for row in findings:
        found[id_of[row["message"]]].add(row["type"])
    if len(id_of) != truth["messages"]:
        yield f"{len(id_of)} contents, {truth['messages']} are true"
    for mail in truth["mail"]:
        name = mail["message_id"].strip("<>")
        planted = {item["type"] for item in mail["planted"]}
        if copies[name] != len(mail["copies"]):
            yield f"{name}: {copies[name]} copies, {len(mail['copies'])} are true"
        if planted - found[name]:
            yield f"{name}: not found: {', '.join(sorted(planted - found[name]))}"
        if found[name] - planted:
            yield f"{name}: found, but not planted: {', '.join(sorted(found[name] - planted))}"


def main():
    candor.programs()
    with open(os.path.join(SAMPLES, "truth.json"), encoding="utf-8") as file:
        truth = json.load(file)
    with tempfile.TemporaryDirectory(prefix="candor-truth-") as place:
        case = candor.Case(place, "case")
        case.collect(*(os.path.join(SAMPLES, "mail", name) for name in ("anna.keller", "support.mbox", "export")))
        case.classify()
        complaints = list(compare(truth, case.rows("messages"), case.rows("findings")))
    print("\n".join(complaints) or f"{truth['copies']} copies of {truth['messages']} messages, all that was planted found")
    sys.exit(1 if complaints else 0)


main()

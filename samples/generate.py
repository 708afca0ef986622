#!/usr/bin/env python3
"""generate.py - the made-up case: the stolen mail of a haulier that never was, its logs, its customers, in three waves.

    samples/generate.py FOLDER     writes FOLDER/wave-1, wave-2, wave-3, month-five and truth.json: the same bytes each time

wave-1 has nine mailboxes, three audit logs with a hole between two of them, a sign-in log and the list of customers;
wave-2 two more mailboxes and another audit log; wave-3 rules of the case's own (and, in the demo, converters that read
more). truth.json says what must come of it: samples/README.md tells how to read it. No person, address, account or key
in it exists."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from made import access, boxes, case_files, logs, story, truth  # noqa: E402

SEED = "tern-2025"
MESSAGES = 1530


def main(folder):
    tale = story.Story(SEED, MESSAGES)
    reach = access.Access(tale, SEED)
    copies = {wave: boxes.write_mailboxes(f"{folder}/wave-{wave}/mail", tale, wave) for wave in (1, 2)}
    log = logs.Log(tale, reach, SEED)
    for name, form, start, end, wave in access.LOGS:
        records = log.between(start, end)
        content = logs.portal_csv(records) if form == "csv" else logs.json_lines(records)
        boxes.write(f"{folder}/wave-{wave}/logs/{name}", content)
    boxes.write(f"{folder}/wave-1/logs/sign-ins.json", logs.sign_ins(SEED))
    case_files.write_all(folder, tale)
    known = truth.truth_of(tale, reach, copies)
    boxes.write(f"{folder}/truth.json", json.dumps(known, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/env python3
"""mutate_corpora.py - mutants of real mail in every form: the conductor never falls, what is declared is read or a gap.

    mutate_corpora.py [N [CORPORA]]     N mutants in all (400), 2,000 of them in a case; without the corpora: skipped

EML, Outlook messages, winmail.dat, stores, mboxes, archives and logs as they lie there, and attachments as parts of a
mail. Nothing of them is printed."""
import base64
import glob
import gzip
import os
import random
import shutil
import sys
import tempfile

import candor
from mutants import mutate

HERE = os.path.dirname(os.path.abspath(__file__))
CORPORA = os.path.join(HERE, "../../shared/corpora")
BATCH = 2000
MOST_BYTES = 2 << 20
# Folder of the corpora, and what a mutant of it is called by: its own ending, or a mail with it attached.
FORMS = ("mail-mime", "msg", "tnef", "pst", "mbox", "ual", "attachments")
NOTHING_IN_IT = {"Empty.pst"}
# A sound file is told by its kind, if no message or gap of it is.
SPOKEN_KINDS = {"audit-log", "signin-log", "empty"}


def attached(data):
    return (b"From: ada@north.example\nSubject: attached\nContent-Type: application/octet-stream; name=a\n"
            b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(data))


def seeds(corpora):
    """{form: [(bytes, ending)]}; of large files the beginning."""
    found = {}
    for form in FORMS:
        for path in sorted(glob.glob(os.path.join(corpora, form, "**/*"), recursive=True)):
            if os.path.isfile(path) and os.path.basename(path) not in NOTHING_IN_IT:
                with open(path, "rb") as file:
                    data = file.read(MOST_BYTES)
                found.setdefault(form, []).append((data, os.path.splitext(path)[1]))
    return {form: files for form, files in found.items() if files}


def one(start, dice):
    form = dice.choice(sorted(start))
    data, ending = dice.choice(start[form])
    made = mutate(data, dice)
    if form == "attachments":
        return attached(made), ".eml"
    return (gzip.compress(made, 1), ending + ".gz") if dice.random() < 0.05 else (made, ending)


def write_batch(place, start, dice, count):
    folder = os.path.join(place, "files")
    os.makedirs(folder)
    for number in range(count):
        data, ending = one(start, dice)
        with open(os.path.join(folder, f"{number}{ending}"), "wb") as file:
            file.write(data)
    return folder


def without_state(case, folder):
    """Files that no message, gap or kind speaks of, themselves or by a member."""
    spoken = {row["item"].split("//")[0] for table in ("messages", "gaps") for row in case.rows(table) if row["item"]}
    spoken |= {row["path"].split("//")[0] for row in case.rows("items") if row["kind"] in SPOKEN_KINDS}
    return set(os.listdir(folder)) - spoken


def unbalanced(case):
    """The line of `status` that says that declared is not what was read and the gaps."""
    return [line for line in case.run("status", case.folder, allowed=(0, 3)).splitlines() if "DIFFERS" in line]


def run_batch(place, start, dice, count):
    folder = write_batch(place, start, dice, count)
    case = candor.Case(place, "case")
    case.collect(folder)
    lost, wrong = without_state(case, folder), unbalanced(case)
    for name in sorted(lost)[:20]:
        kept = os.path.join(tempfile.gettempdir(), f"candor-mutant-{name}")
        shutil.copy(os.path.join(folder, name), kept)
        print(f"without a state: {kept}")
    print("\n".join(wrong), end="\n" if wrong else "")
    return len(case.rows("messages")), len(case.rows("gaps")), len(lost) + len(wrong)


def main(count, corpora):
    candor.programs()
    start = seeds(corpora)
    if not start:
        print(f"no corpora in {corpora}: skipped")
        sys.exit(candor.SKIPPED)
    dice, messages, gaps, faults = random.Random(count), 0, 0, 0
    for begun in range(0, count, BATCH):
        with tempfile.TemporaryDirectory(prefix="candor-mutate-") as place:
            read, missing, wrong = run_batch(place, start, dice, min(BATCH, count - begun))
        messages, gaps, faults = messages + read, gaps + missing, faults + wrong
    print(f"{count} mutants: {messages} messages, {gaps} gaps, {faults} faults")
    sys.exit(1 if faults else 0)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400, sys.argv[2] if len(sys.argv) > 2 else CORPORA)

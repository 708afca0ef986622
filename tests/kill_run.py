#!/usr/bin/env python3
"""kill_run.py - candor run on the made-up case ends alike with any number of workers, run again, and killed anywhere.

    kill_run.py [N]     N kills in all (10), at most five to a case"""
import json
import random
import signal
import subprocess
import sys
import tempfile
import time

import candor
import sample

KILLS_A_CASE = 5
BUSY = 75
# What holds the time of a run or of an act is another each time.
OF_ITS_TIME = {"act", "head"}


def start(case, *options):
    return subprocess.Popen(["candor", "--quiet", *options, "run", f"{case.folder}/case.yaml"], env=case.environment,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def run_or_kill(case, seconds):
    """Whether it was killed before it ended; once nothing of a killed run holds the case any more."""
    while True:
        process = start(case)
        try:
            said = process.communicate(timeout=seconds)[1]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            return True
        if process.returncode in (0, 3):
            return False
        if process.returncode != BUSY:
            sys.exit(f"candor run ended with {process.returncode}\n{said.decode()}")
        time.sleep(0.1)


def kill_often(case, dice, seconds, most):
    """Kill runs of a case, each of which goes on where the last was: until one ends, or enough were killed."""
    for number in range(most):
        began = time.monotonic()
        if not run_or_kill(case, dice.random() * seconds):
            return number, time.monotonic() - began
    return most, seconds


def finish(case, *options):
    """Run until nothing of a killed run holds the case any more."""
    for _ in range(100):
        process = start(case, *options)
        said = process.communicate()[1]
        if process.returncode != BUSY:
            break
        time.sleep(0.1)
    if process.returncode not in (0, 3):
        sys.exit(f"resuming ended with {process.returncode}\n{said.decode()}")
    return digests(case)


def digests(case):
    found = json.loads(case.candor("--json", "status", case.folder))["digests"]
    return {table: digest for table, digest in found.items() if table not in OF_ITS_TIME}


def differences(want, got, what):
    tables = [table for table in sorted(set(want) | set(got)) if want.get(table) != got.get(table)]
    for table in tables:
        print(f"{table}: not what the undisturbed run has ({what})")
    return len(tables)


def main(kills):
    candor.programs()
    dice, killed, wrong = random.Random(kills), 0, 0
    with tempfile.TemporaryDirectory(prefix="candor-kill-") as place:
        sample.prepare(place)
        whole = sample.Case(place, "undisturbed", key="kill")
        began = time.monotonic()
        whole.run(1)
        seconds, want = time.monotonic() - began, digests(whole)
        wrong += differences(want, finish(whole), "run again")
        alone = sample.Case(place, "alone", key="kill")
        alone.lay_out(1)
        wrong += differences(want, finish(alone, "--jobs", "1"), "one worker")
        case_number = 0
        while killed < kills:
            case = sample.Case(place, f"killed{case_number}", key="kill")
            case.lay_out(1)
            more, lasted = kill_often(case, dice, seconds, min(KILLS_A_CASE, kills - killed))
            killed += more
            # The machine is faster now than it was then: later moments would come after the end.
            seconds = min(seconds, lasted) if not more else seconds
            wrong += differences(want, finish(case), f"case {case_number}")
            case_number += 1
    print(f"killed {killed} times in {case_number} cases, {wrong} tables differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

#!/usr/bin/env python3
"""kill.py - collect and classify, killed at random moments and resumed, export what an undisturbed run exports.

    kill.py [N]     N kills in all (10), five to a case; jobs and the order of the sources vary"""
import os
import random
import signal
import sys
import tempfile
import time

import candor

KILLS_A_CASE = 5
BUSY = 75


def sources(place):
    """Five sources, so that there are units to lose and units to keep."""
    made = [candor.generate(os.path.join(place, f"box{n}.mbox"), "3M", seed=n) for n in range(4)]
    return made + [candor.generate(os.path.join(place, "maildir"), "3M", seed=9, form="maildir")]


def run_or_kill(case, words, seconds):
    """TRUE when the command was killed before it ended; any end of its own but done, gaps and busy is a failure."""
    process = case.start(*words)
    try:
        output = process.communicate(timeout=seconds)[0]
    except candor.subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    if process.returncode not in (0, 3, BUSY):
        print(f"candor {' '.join(words)}: ended with {process.returncode}\n{output}")
        sys.exit(1)
    return False


def finish(case, paths, jobs):
    """Resume until nothing of the killed run holds the case any more."""
    for _ in range(100):
        process = case.start("--quiet", f"--jobs={jobs}", "collect", case.folder, *paths)
        output = process.communicate()[0]
        if process.returncode != BUSY:
            break
        time.sleep(0.1)
    if process.returncode not in (0, 3):
        print(f"resuming collect ended with {process.returncode}\n{output}")
        sys.exit(1)
    case.classify()
    return case.digests()


def main(kills):
    candor.programs()
    dice = random.Random(kills)
    with tempfile.TemporaryDirectory(prefix="candor-kill-") as place:
        paths = sources(place)
        undisturbed = candor.Case(place, "undisturbed")
        began = time.monotonic()
        undisturbed.collect(*paths, jobs=1)
        middle = time.monotonic()
        undisturbed.classify()
        whole = {"collect": middle - began, "classify": time.monotonic() - middle}
        want, killed, wrong = undisturbed.digests(), 0, 0
        for number in range((kills + KILLS_A_CASE - 1) // KILLS_A_CASE):
            case, jobs = candor.Case(place, f"killed{number}"), dice.choice([1, 2, 4])
            order = dice.sample(paths, len(paths))
            for _ in range(min(KILLS_A_CASE, kills - number * KILLS_A_CASE)):
                stage = "collect" if dice.random() < 0.8 else "classify"
                words = ["--quiet", f"--jobs={jobs}", stage, case.folder] + (order if stage == "collect" else [])
                killed += run_or_kill(case, words, dice.random() * whole[stage])
            got = finish(case, order, jobs)
            for table, digest in want.items():
                if got[table] != digest:
                    print(f"{table}: not what the undisturbed run exports ({jobs} jobs, case {number})")
                    wrong += 1
    print(f"{kills} moments, {killed} killed in time, {wrong} exports differ")
    sys.exit(1 if wrong or not killed else 0)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

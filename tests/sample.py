#!/usr/bin/env python3
"""sample.py - the made-up case through its three waves, held against its truth.

Each planted fact is owed to the right customer, of the right kind, at the right level; nobody is owed what is not planted; waves two and
three change exactly what they should; and planted values stand in no output. CANDOR_BIN names the folders of the programs."""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import candor

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Addresses in quoted headers and beside passwords are found as well, and were not planted.
BESIDE = "contact.email"
DONE, GAPS = 0, 3


class Case:
    """A case folder beside the sample's waves, and what candor says of it."""

    def __init__(self, place, name, key=None):
        self.place, self.folder = place, os.path.join(place, name)
        self.outputs = []
        os.mkdir(self.folder)
        self.environment = dict(os.environ, CANDOR_KEY_FILE=os.path.join(place, f"{key or name}.key"), NO_COLOR="1")

    def candor(self, *words, codes=(DONE, GAPS)):
        done = subprocess.run(["candor", *words], cwd=self.place, env=self.environment, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.outputs.append(done.stdout + done.stderr)
        if done.returncode not in codes:
            sys.exit(f"candor {' '.join(words)} ended with {done.returncode}:\n{done.stderr.decode()}")
        return done.stdout.decode()

    def table(self, name):
        return [json.loads(line) for line in self.candor("export", self.folder, name, "--format", "ndjson").splitlines()]

    def lay_out(self, wave):
        """What that wave has: before the third, converters read only what stands on the page."""
        self.environment["CANDOR_DATA"] = os.path.join(self.place, "data-old" if wave < 3 else "data")
        shutil.copy(os.path.join(self.place, f"wave-{wave}/case.yaml"), self.folder)

    def run(self, wave):
        """All stages."""
        self.lay_out(wave)
        return self.candor("run", os.path.join(self.folder, "case.yaml"))


def prepare(place):
    subprocess.run([sys.executable, os.path.join(TOP, "samples/generate.py"), place], check=True)
    for name in ("data", "data-old"):
        shutil.copytree(os.path.join(TOP, "data"), os.path.join(place, name))
    path = os.path.join(place, "data-old/converters.yaml")
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"contents: \[.*\]", "contents: [body]", file.read())
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(place, "truth.json"), encoding="utf-8") as file:
        return json.load(file)


# --- facts, as the truth and as candor tell them ---------------------------------------------------------------------

def wanted(truth, wave):
    """(whom, kind, message, type or account) -> (level, how many)."""
    facts = collections.defaultdict(set)
    for row in truth["facts"]:
        if str(wave) in row["levels"]:
            detail = row.get("type") or row.get("account") or ""
            facts[row["whom"], row["kind"], row["message"].strip("<>"), detail].add(
                (row["levels"][str(wave)], row.get("value") or row.get("where") or row.get("unseen") or ""))
    return {key: ({level for level, _ in values}, len(values)) for key, values in facts.items()}


def found(case, table="exposure"):
    names = {row["key"]: row["message_id"] for row in case.table("messages")}
    facts = collections.defaultdict(set)
    for row in case.table(table):
        if row["type"] != BESIDE:
            detail = {"data": row["type"], "targeted": row["subject"]}.get(row["kind"], "")
            message = names.get(row["message"], "")
            facts[row["whom"], row["kind"], message, detail].add((row["level"], row["mark"] or row["subject"]))
    return {key: ({level for level, _ in values}, len(values)) for key, values in facts.items()}


def differences(want, got):
    for key in sorted(set(want) | set(got)):
        if want.get(key) != got.get(key):
            yield f"{key}: planted {want.get(key)}, candor says {got.get(key)}"


# --- the tests -------------------------------------------------------------------------------------------------------

class Complaints(list):
    def of(self, what, lines, most=12):
        lines = list(lines)
        for line in lines[:most]:
            self.append(f"{what}: {line}")
        if len(lines) > most:
            self.append(f"{what}: and {len(lines) - most} more")


def planned(case):
    """(who is owed which notice, what waits for a ruling since it was told and holds no more)."""
    rows = [json.loads(line) for line in case.candor("--json", "notify", "plan", case.folder).splitlines()
            if line.startswith("{")]
    return ({row["whom"]: row["kind"] for row in rows if row["schema"] == "plan"},
            [row["review"] for row in rows if row["schema"] == "plan-review"])


def told_wave(case, name, complaints):
    """Everything that is ready is approved, handed over and accepted."""
    case.candor("notify", "approve", case.folder, "--wave", name, "--all", "--by", "counsel")
    for line in case.candor("--json", "notify", "list", case.folder, name).splitlines():
        case.candor("notify", "deliver", case.folder, json.loads(line)["reference"], "--state", "accepted")
    complaints.of(f"after wave {name}", (f"{whom} is owed {kind}" for whom, kind in planned(case)[0].items()))


def waves(place, truth, complaints):
    case = Case(place, "tern")
    known = set()
    for wave in (1, 2, 3):
        case.run(wave)
        complaints.of(f"wave {wave}", differences(wanted(truth, wave), found(case)))
        want = {whom: "more" if whom in known else "first" for whom in owed(truth, wave)}
        notices, corrections = planned(case)
        complaints.of(f"plan {wave}", sorted(f"{whom}: {kind}" for whom, kind in set(want.items()) ^ set(notices.items())))
        complaints.of(f"corrections {wave}", corrections)
        told_wave(case, f"wave-{wave}", complaints)
        known |= set(truth["told"][str(wave)])
    return case


def owed(truth, wave):
    """Whose facts are new in a wave, or surer, or now read."""
    before, now = (wanted(truth, wave - 1) if wave > 1 else {}), wanted(truth, wave)
    changed = {key for key in now if now[key] != before.get(key)} | {key for key in before if key not in now}
    return {key[0] for key in changed}


def unmounted(case, complaints):
    """A disk that is gone is an alarm, and takes back nothing."""
    mail = os.path.join(case.place, "wave-1/mail")
    os.rename(mail, mail + ".away")
    screen = case.candor("status", case.folder)
    notices, corrections = planned(case)
    os.rename(mail + ".away", mail)
    if "missing:" not in screen:
        complaints.append("unmounted: status says nothing of it")
    complaints.of("unmounted", (f"{whom}: {kind}" for whom, kind in notices.items()))
    complaints.of("unmounted", corrections)


def taken_up(place, complaints):
    """Who was told by hand gets no first notice."""
    case = Case(place, "taken-up")
    case.run(1)
    case.candor("notify", "record", case.folder, os.path.join(place, "month-five/told.yaml"), "--by", "counsel")
    notices = planned(case)[0]
    with open(os.path.join(place, "month-five/told.yaml"), encoding="utf-8") as file:
        told = set(re.findall(r"customer: (\S+)", file.read()))
    complaints.of("taken up", (f"{whom} gets a first notice" for whom in told if notices.get(whom) == "first"))
    if "first" not in notices.values():
        complaints.append("taken up: nobody gets a first notice")
    return case


def canaries(cases, truth, complaints):
    """Planted values are in nothing that was printed, and in no file of a case."""
    values = [row["value"].encode() for row in truth["canaries"]]
    texts = {f"output {number} of {case.folder}": text for case in cases for number, text in enumerate(case.outputs)}
    for case in cases:
        for place, _, names in os.walk(case.folder):
            for name in names:
                with open(os.path.join(place, name), "rb") as file:
                    texts[os.path.join(place, name)] = file.read()
    for where, text in texts.items():
        count = sum(value in text or value.decode().encode("utf-16-le") in text for value in values)
        if count:
            complaints.append(f"{count} planted values stand in {where}")
    if len(set(values)) < 1000:
        complaints.append(f"only {len(set(values))} different values are planted")


def everything_in(folder):
    """All bytes of a release that was taken apart."""
    taken = []
    for place, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(place, name), "rb") as file:
                taken.append(file.read())
    return b"\n".join(taken)


def open_release(case, whom, number):
    """What stands in it, opened with its own key."""
    path = os.path.join(case.folder, "releases", f"{whom}-{number}.release")
    key, folder = os.path.join(case.place, f"{whom}.key"), os.path.join(case.place, f"{whom}.taken")
    case.candor("publish", case.folder, "--customer", whom, "--write-key", key)
    said = subprocess.run(["candor", "publish", "--open", path, "--key", key, "--extract", folder], check=False,
                          env=case.environment, capture_output=True)
    if said.returncode:
        sys.exit(f"{path} does not open with its own key: {said.stderr.decode()}")
    return everything_in(folder)


def newest_releases(case):
    """Customer to the number of its newest release."""
    newest = {}
    for name in os.listdir(os.path.join(case.folder, "releases")):
        whom, number = name.removesuffix(".release").rsplit("-", 1)
        newest[whom] = max(int(number), newest.get(whom, 0))
    return newest


def releases(case, truth, complaints):
    """A customer's release holds its own values, and of all others none; and no other customer's key opens it."""
    owners = collections.defaultdict(set)
    for row in truth["canaries"]:
        owners[row["value"].encode()] |= set(row["owners"])
    newest = newest_releases(case)
    own, keys = 0, []
    for whom, number in sorted(newest.items()):
        text = open_release(case, whom, number)
        held = {value for value in owners if value in text}
        own += len(held)
        complaints.of(f"release of {whom}", (f"a value of {sorted(owners[value])}" for value in held if whom not in owners[value]))
        keys.append(os.path.join(case.place, f"{whom}.key"))
    for whom, key in zip(sorted(newest), keys[1:] + keys[:1]):
        path = os.path.join(case.folder, "releases", f"{whom}-{newest[whom]}.release")
        if subprocess.run(["candor", "publish", "--open", path, "--key", key], check=False, env=case.environment,
                          capture_output=True).returncode == 0:
            complaints.append(f"release of {whom}: opens with {os.path.basename(key)}")
    if len(newest) < 50 or own < 900:
        complaints.append(f"{len(newest)} releases hold {own} planted values")


def main():
    candor.programs()
    complaints = Complaints()
    with tempfile.TemporaryDirectory() as place:
        truth = prepare(place)
        case = waves(place, truth, complaints)
        unmounted(case, complaints)
        canaries([case, taken_up(place, complaints)], truth, complaints)
        releases(case, truth, complaints)
    print("\n".join(complaints) or "the made-up case comes out as it was planted")
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()

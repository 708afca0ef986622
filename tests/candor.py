"""candor.py - what tests that drive the programs share: a case of their own, what it exports, made-up mail.

The programs are looked for in the folders of CANDOR_BIN (colon between), then on the PATH."""
import hashlib
import json
import os
import shutil
import subprocess
import sys

TABLES = ("messages", "parts", "gaps", "findings")
SKIPPED = 77


def programs():
    os.environ["PATH"] = os.environ.get("CANDOR_BIN", "") + ":" + os.environ["PATH"]
    missing = [name for name in ("candor", "candor-worker", "generate") if shutil.which(name) is None]
    if missing:
        print(f"not found: {', '.join(missing)}: name their folders in CANDOR_BIN")
        sys.exit(SKIPPED)


class Case:
    """A case below `place`; all cases there have one key, so that fingerprints can be compared."""

    def __init__(self, place, name):
        self.folder, self.key = os.path.join(place, name), os.path.join(place, "key")
        self.environment = dict(os.environ, CANDOR_KEY_FILE=self.key, NO_COLOR="1", LC_ALL="C.UTF-8")
        self.run("init", self.folder, "--vendor", "Tern Logistics")

    def start(self, *words):
        return subprocess.Popen(["candor", *words], env=self.environment, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)

    def run(self, *words, allowed=(0,)):
        """What the command printed. Any other end than those allowed ends the test."""
        process = self.start(*words)
        output = process.communicate()[0]
        if process.returncode not in allowed:
            print(f"candor {' '.join(words)}: ended with {process.returncode}\n{output}")
            sys.exit(1)
        return output

    def collect(self, *paths, jobs=2, allowed=(0, 3)):
        return self.run("--quiet", f"--jobs={jobs}", "collect", self.folder, *paths, allowed=allowed)

    def classify(self):
        return self.run("--quiet", "classify", self.folder, allowed=(0, 3))

    def rows(self, table):
        return [json.loads(line) for line in
                self.run("export", self.folder, table, "--format", "ndjson").splitlines() if line.startswith("{")]

    def digests(self):
        """{table: SHA-256 of its export}."""
        return {table: hashlib.sha256(self.run("export", self.folder, table, "--format", "csv").encode()).hexdigest()
                for table in TABLES}


def generate(out, size, mean=4000, seed=1, form="mbox"):
    """Made-up mail, once: what is there is kept."""
    if not os.path.exists(out):
        subprocess.run(["generate", "--mean", str(mean), "--bytes", size, "--seed", str(seed), "--format", form, out],
                       check=True, stdout=subprocess.DEVNULL)
    return out

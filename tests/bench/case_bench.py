#!/usr/bin/env python3
"""case_bench.py - the stages behind collect on a large case: candor attribute, its time and memory.

    case_bench.py FOLDER [MESSAGES [CUSTOMERS [FINDINGS]]]

Makes a case in FOLDER (kept, and used again) and writes its evidence and findings straight into the tables, since reading
a million mails is measured elsewhere: two parties a mail, one mail in ten of two customers, consumers, organisations in
no list, quoted headers, unread attachments; of the findings four in ten are mail addresses and one in ten a secret, half
of those behind an account. Then it runs each stage and prints seconds and megabytes (1,000,000 messages, 20,000
customers, 5,000,000 findings unless said otherwise)."""
import hashlib
import os
import random
import resource
import sqlite3
import struct
import subprocess
import sys
import time

TYPES = ["contact.email"] * 4 + ["contact.phone"] * 2 + ["financial.iban", "financial.card", "person.birth-date",
                                                         "secret.password"]
CONSUMERS = ["gmail.com", "web.de", "outlook.com", "yahoo.co.uk"]


def candor(*words):
    subprocess.run(["candor", "--quiet", *words], check=True, stdout=subprocess.DEVNULL)


def key_of(n):
    return hashlib.sha256(struct.pack("<Q", n)).digest()


def write_list(path, customers):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(customers):
            file.write(f"- {{id: C-{n}, name: Customer {n}, country: DE, domains: [customer{n}.example], contacts: "
                       f"[{{address: security@customer{n}.example, channel: mail, role: security}}]}}\n")


def emails(dice, customers):
    """(id, address, domain): the vendor's, the customers', consumers', those of organisations in no list."""
    rows = [(f"agent{n}@vendor.example", "vendor.example") for n in range(500)]
    rows += [(f"person{k}@customer{n}.example", f"customer{n}.example") for n in range(customers) for k in range(8)]
    rows += [(f"someone{n}@{dice.choice(CONSUMERS)}", "") for n in range(customers)]
    rows += [(f"x@unlisted{n}.example", f"unlisted{n}.example") for n in range(customers // 4)]
    return [(n + 1, address, address.split("@")[1]) for n, (address, _) in enumerate(rows)]


def partners(dice, customers):
    """An address id that is not the vendor's, customers of which some write much more than others."""
    at = dice.random()
    if at < 0.90:
        return 501 + 8 * min(int(dice.paretovariate(0.5)) % customers, customers - 1) + dice.randrange(8)
    if at < 0.97:
        return 501 + 8 * customers + dice.randrange(customers)
    return 501 + 9 * customers + dice.randrange(customers // 4)


def fill_mail(base, dice, messages, customers):
    def addresses(n):
        sender, others = dice.randrange(500) + 1, [partners(dice, customers)]
        if n % 10 == 0:
            others.append(partners(dice, customers))
        yield (n, 0, 0, sender)
        for i, other in enumerate(others):
            yield (n, i + 1, 3, other)
    ids = range(1, messages + 1)
    base.executemany("INSERT INTO message VALUES (?, ?, 4000, NULL, 0, NULL, NULL, NULL, 0, 1, 0)",
                     ((n, struct.unpack(">q", key_of(n)[:8])[0]) for n in ids))
    base.executemany("INSERT INTO content_key VALUES (?, ?, ?)",
                     sorted((struct.unpack(">q", key_of(n)[:8])[0], n, key_of(n)) for n in ids))
    base.executemany("INSERT INTO address (content_id, n, role, email_id) VALUES (?, ?, ?, ?)",
                     (row for n in ids for row in addresses(n)))
    base.executemany("INSERT INTO mention (content_id, n, path, role, email_id, start) VALUES (?, 0, '1', 0, ?, 900)",
                     ((n, partners(dice, customers)) for n in ids if n % 8 == 0))
    base.executemany("INSERT INTO part (content_id, path, kind, media_type, start, stop, sha256) "
                     "VALUES (?, ?, 0, 'text/plain', 0, 0, ?)",
                     ((n, str(p), key_of(-n * p % 2**40)) for n in ids for p in ((1, 2) if n % 5 == 0 else (1,))))
    base.executemany("INSERT INTO reading_attempt VALUES (?, ?, 1, ?, 0, 0, 0)",
                     ((n, str(p), 2 if p == 2 else 0) for n in ids for p in ((1, 2) if n % 5 == 0 else (1,))))
    base.execute("INSERT INTO twin SELECT id, id FROM message")
    base.execute("INSERT INTO class_access SELECT id, CASE WHEN id % 4 = 0 THEN 3 WHEN id % 50 = 1 THEN 1 ELSE 2 END, 1 "
                 "FROM message")


def fill_findings(base, dice, messages, customers, findings):
    each = max(findings // messages, 1)

    def rows():
        for n in range(1, messages + 1):
            part = key_of(-n % 2**40)
            for i in range(each):
                kind = dice.choice(TYPES)
                mark = dice.randbytes(16)
                masked = "••••"
                if kind == "contact.email":
                    masked += f"@customer{dice.randrange(customers)}.example"
                start = 100 * i + (40 if kind == "secret.password" else 0)
                yield (n, part, kind, mark, "1", "r", start, start + 20, masked, 80, 1)
    base.execute("CREATE TEMP TABLE made AS SELECT * FROM finding WHERE 0")
    base.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows())
    base.execute("INSERT INTO finding SELECT * FROM made ORDER BY 1, 2, 3, 4")
    base.execute("INSERT INTO match SELECT content_id, 1, path, start, stop, rule, type, fingerprint, masked, confidence "
                 "FROM made ORDER BY 1, 3, 4, 5, 6")
    base.execute("CREATE INDEX IF NOT EXISTS finding_type ON finding (type)")


def make(folder, messages, customers, findings):
    dice = random.Random(4)
    os.makedirs(folder)
    candor("init", f"{folder}/case", "--vendor", "Vendor")
    with open(f"{folder}/case/case.yaml", "a", encoding="utf-8") as file:
        file.write("vendor_domains: [vendor.example]\n")
    base = sqlite3.connect(f"{folder}/case/case.db", isolation_level=None)
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA temp_store = FILE")
    base.execute("BEGIN")
    base.execute("INSERT INTO reader VALUES (1, 'bench', 'bench')")
    base.executemany("INSERT INTO email VALUES (?, ?, ?)", emails(dice, customers))
    fill_mail(base, dice, messages, customers)
    fill_findings(base, dice, messages, customers, findings)
    base.execute("COMMIT")
    base.close()
    write_list(f"{folder}/customers.yaml", customers)


def measured(name, *words):
    began = time.monotonic()
    process = subprocess.Popen(["candor", "--quiet", *words], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.monotonic() - began
    if status:
        sys.exit(f"case_bench: candor {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    print(f"{name:18} {took:7.1f} s wall {used.ru_utime + used.ru_stime:7.1f} s cpu {used.ru_maxrss / 1024:8.0f} MB",
          flush=True)


def main(folder, messages=1000000, customers=20000, findings=5000000):
    os.environ["CANDOR_KEY_FILE"] = os.path.abspath(f"{folder}/case.key")
    if not os.path.exists(f"{folder}/customers.yaml"):
        make(folder, int(messages), int(customers), int(findings))
    case = f"{folder}/case"
    measured("customer import", "customer", "import", case, f"{folder}/customers.yaml")
    measured("attribute", "attribute", case)
    print(f"case.db {os.path.getsize(case + '/case.db') / 1e9:.1f} GB, this process held "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


main(*sys.argv[1:])

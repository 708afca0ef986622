"""fill.py - a large case without its mail: messages, customers and findings straight into the tables of evidence.

For the times of the stages that come after reading. Sealed texts are absent, hashes and fingerprints are random; what is written here
is not what a reader would have said, and candor verify would say so."""
import contextlib
import os
import sqlite3

# Findings of a message, one of each: type, and bytes from the one before.
TYPES = ("financial.card", "health.record-number", "secret.password", "person.passport", "contact.phone")
MESSAGES_AN_ITEM = 10000
HOUR = 3600 * 1000000
BEGAN = 1760000000 * 1000000

_SERIES = "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < {})"


def _series(count, insert, select):
    return f"{insert} {_SERIES.format(count)} SELECT {select} FROM s"


def _evidence(messages, customers):
    """One mailbox, each mail between the vendor and one of two people of a customer."""
    items = (messages + MESSAGES_AN_ITEM - 1) // MESSAGES_AN_ITEM
    item = f"(i - 1) / {MESSAGES_AN_ITEM} + 1"
    yield "INSERT INTO source (id, name, kind, mailbox, collected) VALUES (1, 'bench', 'folder', 'bench', 1)"
    yield "INSERT INTO source_path (source_id, moved, path) VALUES (1, 0, '/')"
    yield "INSERT INTO reader (id, version, rules) VALUES (1, 'bench', '')"
    yield _series(items, "INSERT INTO item (id, source_id, path, folder, kind, looks, size, mtime, inode)",
                  "i, 1, 'box' || i, 'INBOX', 'mbox', '', 1, 0, i")
    yield _series(items, "INSERT INTO unit (id, source_id, kind, first_item, last_item, range_from, range_to)",
                  "i, 1, 'mbox', i, i, 0, 1")
    yield _series(items, "INSERT INTO unit_done (unit_id, run_id, reader, declared, messages, gaps, bytes, sha256)",
                  f"i, 0, 1, {MESSAGES_AN_ITEM}, {MESSAGES_AN_ITEM}, 0, 1, randomblob(32)")
    yield _series(messages, "INSERT INTO content_key (k64, content_id, key)", "i * 9000000000000 - 4500000000000000000, i, "
                  "randomblob(32)")
    yield _series(messages, "INSERT INTO message (id, k64, size, date, zone, message_id, in_reply_to, subject_sealed, defects, "
                  "reader_id, bare)", f"i, i * 9000000000000 - 4500000000000000000, 4000, {BEGAN} + i * 30000000, 0, "
                  "i || '.m@vendor.example', NULL, NULL, 0, 1, 0")
    yield _series(messages, "INSERT INTO copy (item_id, start, length, content_id, unit_id, sha256)",
                  f"{item}, i * 4000, 4000, i, {item}, randomblob(32)")
    yield "INSERT INTO email (id, address, domain) VALUES (1, 'support@vendor.example', 'vendor.example')"
    yield _series(2 * customers, "INSERT INTO email (id, address, domain)",
                  "i + 1, 'p' || i || '@c' || ((i - 1) / 2) || '.example', 'c' || ((i - 1) / 2) || '.example'")
    yield _series(messages, "INSERT INTO address (content_id, n, role, email_id)", "i, 0, 3, 1")
    yield _series(messages, "INSERT INTO address (content_id, n, role, email_id)",
                  f"i, 1, 0, (i * 7919) % {2 * customers} + 2")
    yield _series(messages, "INSERT INTO part (content_id, path, kind, media_type, start, stop, sha256)",
                  "i, '1', 0, 'text/plain', 0, 3500, randomblob(32)")
    yield _series(messages, "INSERT INTO reading_attempt (content_id, path, reader_id, state, read, scanned, unscanned)",
                  "i, '1', 1, 0, 3500, 3500, 0")


def _findings(messages):
    for number, name in enumerate(TYPES):
        yield _series(messages, "INSERT INTO match (content_id, reader_id, path, start, stop, rule, type, fingerprint, masked, "
                      "confidence)", f"i, 1, '1', {100 * number}, {100 * number + 20}, 'bench', '{name}', randomblob(16), '', 90")
    yield ("INSERT INTO finding (content_id, part_sha256, type, fingerprint, path, rule, start, stop, masked, confidence, matches) "
           "SELECT m.content_id, p.sha256, m.type, m.fingerprint, m.path, m.rule, m.start, m.stop, m.masked, m.confidence, 1 "
           "FROM match m JOIN part p ON p.content_id = m.content_id AND p.path = m.path")


def _customers(customers):
    yield "INSERT INTO customer_list (id, imported, name, sha256, customers) VALUES (1, 1, 'bench', randomblob(32), 1)"
    yield _series(customers, "INSERT INTO listed_customer (list_id, id, name, sector, country, language)",
                  "1, 'c' || (i - 1), 'Customer ' || i, 'finance', 'US', 'en'")
    yield _series(customers, "INSERT INTO listed_name (list_id, kind, value, customer)",
                  "1, 'domain', 'c' || (i - 1) || '.example', 'c' || (i - 1)")
    yield _series(customers, "INSERT INTO listed_contact (list_id, customer, n, name, address, role, channel, source, verified)",
                  "1, 'c' || (i - 1), 1, '', 'security@c' || (i - 1) || '.example', 'security', 'mail', 'contract', NULL")


def fill(case, messages, customers):
    """Into a case that candor init has made; five findings a message."""
    with contextlib.closing(sqlite3.connect(os.path.join(case, "case.db"), isolation_level=None)) as store:
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA cache_size = -400000")
        store.execute("BEGIN")
        for statement in (*_evidence(messages, customers), *_findings(messages), *_customers(customers)):
            store.execute(statement)
        for table in ("message", "copy", "finding", "match", "reading_attempt", "part", "address", "email"):
            store.execute(f"INSERT INTO digest (name, sum, rows) SELECT '{table}', zeroblob(32), count(*) FROM {table}")
        # Nothing may be approved before classify has ended; the digests of today are those that it left: none.
        store.execute("INSERT INTO run (id, stage, began, ended, state, program, config, rules, box) "
                      "SELECT coalesce(max(id), 0) + 1, 'classify', 0, 0, 'done', '', '', '', 0 FROM run")
        store.execute("COMMIT")

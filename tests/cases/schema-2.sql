-- schema-2.sql - a case as version 2 of the schema had it, with its views and indexes, and display names beside their
-- addresses; its meta comes from the test.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    stage TEXT NOT NULL,
    began INTEGER NOT NULL,
    ended INTEGER,
    state TEXT NOT NULL,
    program TEXT NOT NULL,
    config TEXT NOT NULL,
    rules TEXT NOT NULL,
    box INTEGER NOT NULL
);
CREATE TABLE run_digest (
    run_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
);
CREATE TABLE digest (
    name TEXT NOT NULL PRIMARY KEY,
    sum BLOB NOT NULL,
    rows INTEGER NOT NULL
);
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    collected INTEGER NOT NULL
);
CREATE TABLE source_path (
    source_id INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (source_id, moved)
);
CREATE TABLE source_root (
    source_id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    root BLOB NOT NULL,
    PRIMARY KEY (source_id, run_id)
) WITHOUT ROWID;
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    folder TEXT NOT NULL,
    kind TEXT NOT NULL,
    looks TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    inode INTEGER NOT NULL
);
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first_item INTEGER NOT NULL,
    last_item INTEGER NOT NULL,
    range_from INTEGER NOT NULL,
    range_to INTEGER NOT NULL
);
CREATE TABLE unit_done (
    unit_id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL,
    reader INTEGER NOT NULL,
    declared INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    gaps INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
);
CREATE TABLE unit_again (
    unit_id INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    PRIMARY KEY (unit_id, reader_id)
) WITHOUT ROWID;
CREATE TABLE reader (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    rules TEXT NOT NULL
);
CREATE TABLE content_key (
    k64 INTEGER PRIMARY KEY,
    content_id INTEGER NOT NULL,
    key BLOB NOT NULL
);
CREATE TABLE content_key_collision (
    key BLOB NOT NULL PRIMARY KEY,
    content_id INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    k64 INTEGER NOT NULL,
    size INTEGER NOT NULL,
    date INTEGER,
    zone INTEGER NOT NULL,
    message_id TEXT,
    in_reply_to TEXT,
    subject_sealed BLOB,
    defects INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    bare INTEGER NOT NULL
);
CREATE TABLE copy (
    item_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    length INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (item_id, start)
) WITHOUT ROWID;
CREATE TABLE email (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    domain TEXT NOT NULL
);
CREATE TABLE address (
    content_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    role INTEGER NOT NULL,
    email_id INTEGER,
    name_sealed BLOB,
    PRIMARY KEY (content_id, n)
) WITHOUT ROWID;
CREATE TABLE part (
    content_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    kind INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    charset TEXT,
    filename_sealed BLOB,
    disposition TEXT,
    encoding TEXT,
    content_ref TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    sha256 BLOB,
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;
CREATE TABLE reading_attempt (
    content_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    reader_id INTEGER NOT NULL,
    state INTEGER NOT NULL,
    read INTEGER NOT NULL,
    scanned INTEGER NOT NULL,
    unscanned INTEGER NOT NULL,
    PRIMARY KEY (content_id, path, reader_id)
) WITHOUT ROWID;
CREATE TABLE mention (
    content_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    path TEXT NOT NULL,
    role INTEGER NOT NULL,
    email_id INTEGER,
    name_sealed BLOB,
    start INTEGER NOT NULL,
    PRIMARY KEY (content_id, n)
) WITHOUT ROWID;
CREATE TABLE match (
    content_id INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    rule TEXT NOT NULL,
    type TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    masked TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    PRIMARY KEY (content_id, reader_id, path, start, stop, rule)
) WITHOUT ROWID;
CREATE TABLE gap (
    id INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    item_id INTEGER,
    unit_id INTEGER,
    content_id INTEGER,
    start INTEGER NOT NULL,
    path TEXT,
    reason TEXT NOT NULL,
    detail TEXT,
    bytes INTEGER NOT NULL,
    retryable INTEGER NOT NULL,
    whole INTEGER NOT NULL,
    run_id INTEGER NOT NULL
);
CREATE TABLE finding (
    content_id INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,
    type TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    path TEXT NOT NULL,
    rule TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    masked TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    matches INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
) WITHOUT ROWID;
CREATE TABLE message_view (
    content_id INTEGER PRIMARY KEY,
    subject_sealed BLOB
);
CREATE TABLE part_view (
    content_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    filename_sealed BLOB,
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;
CREATE TABLE finding_new (
    content_id INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,
    type TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    path TEXT NOT NULL,
    rule TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    masked TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    matches INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
) WITHOUT ROWID;
CREATE TABLE message_view_new (
    content_id INTEGER PRIMARY KEY,
    subject_sealed BLOB
);
CREATE TABLE part_view_new (
    content_id INTEGER NOT NULL,
    path TEXT NOT NULL,
    filename_sealed BLOB,
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;
CREATE TABLE act (
    n INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    row TEXT NOT NULL,
    salt BLOB,
    leaf BLOB NOT NULL
);
CREATE TABLE head (
    size INTEGER PRIMARY KEY,
    root BLOB NOT NULL,
    at INTEGER NOT NULL,
    suite TEXT NOT NULL,
    signature BLOB NOT NULL
);
CREATE TABLE custody (
    act_n INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    handed_by TEXT NOT NULL,
    acquired TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE VIEW message_key AS
SELECT m.id AS content_id,
       CASE WHEN c.content_id = m.id THEN c.key
            ELSE (SELECT x.key FROM content_key_collision x WHERE x.content_id = m.id) END AS key
FROM message m JOIN content_key c ON c.k64 = m.k64;
CREATE VIEW source_now AS
SELECT p.source_id AS source_id, p.path AS path, p.moved AS moved
FROM source_path p
WHERE p.moved = (SELECT max(q.moved) FROM source_path q WHERE q.source_id = p.source_id);
CREATE VIEW gap_now AS
SELECT g.*, CASE WHEN g.reason = 'kind-not-read' AND g.detail IS NOT NULL THEN g.reason || ': ' || g.detail
                 ELSE g.reason END AS why
FROM gap g
WHERE g.retryable = 0
   OR NOT EXISTS (SELECT 1 FROM unit_done d WHERE d.unit_id = g.unit_id AND d.run_id > g.run_id);
CREATE VIEW best_attempt AS
SELECT a.content_id AS content_id, a.path AS path, a.state AS state, a.read AS read, a.scanned AS scanned,
       a.unscanned AS unscanned
FROM reading_attempt a
WHERE NOT EXISTS (
    SELECT 1 FROM reading_attempt b
    WHERE b.content_id = a.content_id AND b.path = a.path
      AND (b.state < a.state
           OR (b.state = a.state AND b.scanned > a.scanned)
           OR (b.state = a.state AND b.scanned = a.scanned AND b.reader_id > a.reader_id)));
CREATE VIEW message_line AS
SELECT m.id AS content_id, k.key AS key, m.date AS date, m.message_id AS message_id,
       (SELECT e.address FROM address a JOIN email e ON e.id = a.email_id
        WHERE a.content_id = m.id AND a.role = 0 ORDER BY a.n LIMIT 1) AS sender
FROM message m
JOIN message_key k ON k.content_id = m.id;
CREATE VIEW run_state AS
SELECT r.id AS run_id,
       CASE WHEN r.state = 'running' AND r.id < (SELECT max(l.id) FROM run l) THEN 'broken off'
            ELSE r.state END AS state
FROM run r;
CREATE VIEW first_copy AS
SELECT c.content_id AS content_id, i.source_id AS source_id, p.path AS root, i.path AS item, i.kind AS kind,
       c.start AS start, c.length AS length
FROM copy c
JOIN item i ON i.id = c.item_id
JOIN source_now p ON p.source_id = i.source_id
WHERE NOT EXISTS (
    SELECT 1 FROM copy d
    WHERE d.content_id = c.content_id
      AND (d.item_id < c.item_id OR (d.item_id = c.item_id AND d.start < c.start)));

CREATE INDEX copy_content ON copy (content_id);
CREATE INDEX collision_content ON content_key_collision (content_id);
CREATE INDEX item_source ON item (source_id, path);
CREATE INDEX unit_source ON unit (source_id);
CREATE INDEX gap_content ON gap (content_id);
CREATE UNIQUE INDEX email_address ON email (address);

INSERT INTO source VALUES (1, 'a.mbox', 'file', 'alice', 1767323045000000);
INSERT INTO reader VALUES (1, '1', '');
INSERT INTO message VALUES (1, 0, 90, NULL, 0, 'a@b.example', NULL, NULL, 0, 1, 0), (2, 1, 90, NULL, 0, NULL, NULL, NULL, 0, 1, 0);
INSERT INTO email VALUES (1, 'ann@b.example', 'b.example'), (2, 'bob@b.example', 'b.example');
INSERT INTO address VALUES (1, 0, 0, 1, X'A1'), (1, 1, 3, 2, NULL), (2, 0, 0, 1, X'A1'), (2, 1, 3, 2, X'B2');
INSERT INTO mention VALUES (2, 0, '1', 0, 2, X'B2', 17), (2, 1, '1', 3, NULL, X'C3', 40), (2, 2, '1', 3, 1, NULL, 60);

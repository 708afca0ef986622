-- schema-1.sql - a case as version 1 of the schema had it, with a row of each kind; its meta comes from the test.

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
);
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

INSERT INTO source VALUES (1, 'a.mbox', 'file', 'alice', 1767323045000000);
INSERT INTO source_path VALUES (1, 1767323045000000, '/evidence/a.mbox');
INSERT INTO item VALUES (1, 1, '', '', 'mbox', '', 100, 1767323045000000, 5);
INSERT INTO unit VALUES (1, 1, 'mbox', 1, 1, 0, 100);
INSERT INTO unit_done VALUES (1, 1, 1, 1, 1, 0, 100, zeroblob(32));
INSERT INTO reader VALUES (1, '1', '');
INSERT INTO content_key VALUES (0, 1, zeroblob(32));
INSERT INTO message VALUES (1, 0, 90, NULL, 0, 'a@b.example', NULL, NULL, 0, 1, 0);
INSERT INTO copy VALUES (1, 0, 90, 1, 1, zeroblob(32));
INSERT INTO match VALUES (1, 1, '1', 0, 4, 'r', 't', zeroblob(16), '', 90);
INSERT INTO run VALUES (1, 'collect', 1767323045000000, 1767323046000000, 'done', '0.1.0', '', '', 0);
INSERT INTO finding VALUES (1, zeroblob(32), 't', zeroblob(16), '1', 'r', 0, 4, '', 90, 1);
INSERT INTO message_view VALUES (1, NULL);
INSERT INTO part_view VALUES (1, '1', NULL);
INSERT INTO digest VALUES ('finding', zeroblob(32), 1), ('message', zeroblob(32), 1);

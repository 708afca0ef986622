-- schema.sql - the tables of a case.  Evidence is what came in, opinion what we think, acts what was done.
--
-- The subset that SQLite and PostgreSQL (15 or later) share, but for three words that the PostgreSQL door
-- replaces: INTEGER is BIGINT there, BLOB is BYTEA, WITHOUT ROWID is left out.  Tables that hang on a content are
-- clustered by it (WITHOUT ROWID), so that loading new mail appends to each of them.  Ids never leave the store;
-- content keys stand once, in content_key.  Columns named *_sealed hold seals of lib/seal.h under the context that
-- follows the column in a comment.  Secondary indexes are in indexes.sql, built after bulk loads.

-- === the case ====================================================================================================

-- name: schema.meta
CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,   -- schema_version, form, vendor, suite, key_check, public_key, created
    value TEXT NOT NULL
);

-- name: schema.run
CREATE TABLE run (
    id       INTEGER PRIMARY KEY,
    stage    TEXT NOT NULL,
    began    INTEGER NOT NULL,          -- microseconds UTC: run->now
    ended    INTEGER,
    state    TEXT NOT NULL,            -- running, done, incomplete
    program  TEXT NOT NULL,            -- version of candor
    config   TEXT NOT NULL,            -- SHA-256 of case.yaml, or ''
    rules    TEXT NOT NULL,            -- digest of the rules, or ''
    box      INTEGER NOT NULL           -- level of the box, or 0
);

-- name: schema.run_digest
CREATE TABLE run_digest (
    run_id INTEGER NOT NULL,
    name   TEXT NOT NULL,              -- table
    digest TEXT NOT NULL,
    PRIMARY KEY (run_id, name)
);

-- name: schema.digest
CREATE TABLE digest (
    name TEXT NOT NULL PRIMARY KEY,    -- table
    sum  BLOB NOT NULL,               -- 32 bytes, little-endian, modulo 2^256
    rows INTEGER NOT NULL
);

-- === evidence ====================================================================================================

-- name: schema.source
CREATE TABLE source (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,           -- last part of its first path: what exports print
    kind      TEXT NOT NULL,           -- file, folder, maildir
    mailbox   TEXT NOT NULL,           -- whose mailbox it is, as stated or taken from the name
    collected INTEGER NOT NULL
);

-- Where a source is now: the newest row holds (candor source move adds one).
-- name: schema.source_path
CREATE TABLE source_path (
    source_id INTEGER NOT NULL,
    moved     INTEGER NOT NULL,
    path      TEXT NOT NULL,
    PRIMARY KEY (source_id, moved)
);

-- What a source is: SHA-256 over the hashes of its units in order, once all of them were read.
-- name: schema.source_root
CREATE TABLE source_root (
    source_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    root      BLOB NOT NULL,
    PRIMARY KEY (source_id, run_id)
) WITHOUT ROWID;

-- A file of a source. A file that changed is a new row with the same path; the newest holds.
-- name: schema.item
CREATE TABLE item (
    id        INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    path      TEXT NOT NULL,           -- relative to the source; '' for a source that is a file
    folder    TEXT NOT NULL,           -- mail folder: INBOX, Sent/2024
    kind      TEXT NOT NULL,           -- mbox, eml, emlx, tnef, msg, pst, archive, logs, empty, other
    looks     TEXT NOT NULL,           -- what an other or archive looks like; else ''
    size      INTEGER NOT NULL,
    mtime     INTEGER NOT NULL,
    inode     INTEGER NOT NULL
);

-- name: schema.unit
CREATE TABLE unit (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL,
    kind       TEXT NOT NULL,          -- mbox, eml, pst, archive, logs
    first_item INTEGER NOT NULL,
    last_item  INTEGER NOT NULL,        -- items first..last; one for a range
    range_from INTEGER NOT NULL,        -- bytes, of a PST places; 0, 0 for a list
    range_to   INTEGER NOT NULL
);

-- A unit that was read, whole, in one transaction with everything that was read of it.
-- name: schema.unit_done
CREATE TABLE unit_done (
    unit_id  INTEGER PRIMARY KEY,
    run_id   INTEGER NOT NULL,
    reader   INTEGER NOT NULL,          -- reader.id
    declared INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    gaps     INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    sha256   BLOB NOT NULL
);

-- A unit that was read again by a newer reader or with other rules; what it saw stands beside what was seen before.
-- name: schema.unit_again
CREATE TABLE unit_again (
    unit_id   INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    run_id    INTEGER NOT NULL,
    PRIMARY KEY (unit_id, reader_id)
) WITHOUT ROWID;

-- A version of the reader with its rules, in the order in which they came into use: the newest row holds.
-- name: schema.reader
CREATE TABLE reader (
    id      INTEGER PRIMARY KEY,
    version TEXT NOT NULL,             -- of the reader
    rules   TEXT NOT NULL              -- digest of the rules
);

-- name: schema.content_key
CREATE TABLE content_key (
    k64        INTEGER PRIMARY KEY,  -- first 64 bits of the key, big-endian, signed
    content_id INTEGER NOT NULL,
    key        BLOB NOT NULL                -- 32 bytes
);

-- Keys that are not in content_key: those whose first 64 bits another key has, and, while a large case grows, those
-- of the last units, which would each rewrite a page of content_key of their own. Whoever looks for a key looks in both.
-- name: schema.content_key_collision
CREATE TABLE content_key_collision (
    key        BLOB NOT NULL PRIMARY KEY,
    content_id INTEGER NOT NULL
) WITHOUT ROWID;

-- name: schema.message
CREATE TABLE message (
    id             INTEGER PRIMARY KEY,  -- content id
    k64            INTEGER NOT NULL,              -- back to content_key (or, by id, to content_key_collision)
    size           INTEGER NOT NULL,
    date           INTEGER,
    zone           INTEGER NOT NULL,
    message_id     TEXT,
    in_reply_to    TEXT,
    subject_sealed BLOB,                        -- context "subject"
    defects        INTEGER NOT NULL,
    reader_id      INTEGER NOT NULL,             -- who read it first
    bare           INTEGER NOT NULL,             -- 1: only hashed, it once killed a box; a gap says so
    received       INTEGER                       -- when it came in, by its topmost Received header
);

-- name: schema.copy
CREATE TABLE copy (
    item_id    INTEGER NOT NULL,
    start      INTEGER NOT NULL,       -- bytes as found, in the item; of a PST its place
    length     INTEGER NOT NULL,
    content_id INTEGER NOT NULL,
    unit_id    INTEGER NOT NULL,
    sha256     BLOB NOT NULL,
    PRIMARY KEY (item_id, start)
) WITHOUT ROWID;

-- Of a copy in a container with folders and kinds of items (PST). A copy without a row is mail, in the folder of its item.
-- name: schema.copy_place
CREATE TABLE copy_place (
    item_id INTEGER NOT NULL,
    start   INTEGER NOT NULL,
    folder  TEXT,                      -- within its container; NULL: that of the item
    kind    INTEGER NOT NULL,          -- ItemKind
    state   INTEGER NOT NULL,          -- CopyState
    PRIMARY KEY (item_id, start)
) WITHOUT ROWID;

-- name: schema.email
CREATE TABLE email (
    id      INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    domain  TEXT NOT NULL
);

-- A display name, once: seals are deterministic, so that the same name has the same seal.
-- name: schema.name
CREATE TABLE name (
    id     INTEGER PRIMARY KEY,
    sealed BLOB NOT NULL               -- context "name"
);

-- name: schema.address
CREATE TABLE address (
    content_id INTEGER NOT NULL,
    n          INTEGER NOT NULL,      -- order in the message
    role       INTEGER NOT NULL,      -- Role of nouns/evidence.h
    email_id   INTEGER,
    name_id    INTEGER,
    PRIMARY KEY (content_id, n)
) WITHOUT ROWID;

-- name: schema.part
CREATE TABLE part (
    content_id      INTEGER NOT NULL,
    path            TEXT NOT NULL,
    kind            INTEGER NOT NULL,  -- PartKind
    media_type      TEXT NOT NULL,
    charset         TEXT,
    filename_sealed BLOB,              -- context "filename"
    disposition     TEXT,
    encoding        TEXT,
    content_ref     TEXT,              -- Content-ID
    start           INTEGER NOT NULL,  -- in canonical bytes
    stop            INTEGER NOT NULL,
    sha256          BLOB,              -- of the decoded bytes, leaf only
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;

-- name: schema.reading_attempt
CREATE TABLE reading_attempt (
    content_id INTEGER NOT NULL,
    path       TEXT NOT NULL,
    reader_id  INTEGER NOT NULL,
    state      INTEGER NOT NULL,       -- PartState
    read       INTEGER NOT NULL,
    scanned    INTEGER NOT NULL,
    unscanned  INTEGER NOT NULL,
    PRIMARY KEY (content_id, path, reader_id)
) WITHOUT ROWID;

-- name: schema.mention
CREATE TABLE mention (
    content_id INTEGER NOT NULL,
    n          INTEGER NOT NULL,
    path       TEXT NOT NULL,         -- of the part whose text quotes it
    role       INTEGER NOT NULL,
    email_id   INTEGER,
    start      INTEGER NOT NULL,
    name_id    INTEGER,
    PRIMARY KEY (content_id, n)
) WITHOUT ROWID;

-- name: schema.match
CREATE TABLE match (
    content_id  INTEGER NOT NULL,
    reader_id   INTEGER NOT NULL,
    path        TEXT NOT NULL,         -- of the part, or @subject, @filename:PATH, @display-name
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    rule        TEXT NOT NULL,
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    masked      TEXT NOT NULL,
    confidence  INTEGER NOT NULL,
    PRIMARY KEY (content_id, reader_id, path, start, stop, rule)
) WITHOUT ROWID;

-- name: schema.gap
CREATE TABLE gap (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL,
    item_id    INTEGER,
    unit_id    INTEGER,
    content_id INTEGER,
    start      INTEGER NOT NULL,
    path       TEXT,                   -- of the part
    reason     TEXT NOT NULL,
    detail     TEXT,
    bytes      INTEGER NOT NULL,
    retryable  INTEGER NOT NULL,
    whole      INTEGER NOT NULL,        -- 1: stands for a whole message or item that declared counts
    run_id     INTEGER NOT NULL
);

-- A converter in one version, with the rules that scanned what it made, in the order in which they came into use: of each
-- name the newest row is the one in use. `none` stands for parts that no converter takes, and has no rules.
-- name: schema.converter
CREATE TABLE converter (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,              -- ooxml, rtf, none
    version TEXT NOT NULL,
    rules   TEXT NOT NULL               -- digest of the rules
);

-- What a converter made of a part, once for all messages that carry it. The text is in the case's cache.
-- name: schema.conversion
CREATE TABLE conversion (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    state        INTEGER NOT NULL,      -- PartState
    read         INTEGER NOT NULL,      -- bytes of the part
    scanned      INTEGER NOT NULL,
    unscanned    INTEGER NOT NULL,
    text_bytes   INTEGER NOT NULL,
    run_id       INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id)
) WITHOUT ROWID;

-- name: schema.conversion_match
CREATE TABLE conversion_match (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    start        INTEGER NOT NULL,      -- in the text
    stop         INTEGER NOT NULL,
    rule         TEXT NOT NULL,
    type         TEXT NOT NULL,
    fingerprint  BLOB NOT NULL,
    masked       TEXT NOT NULL,
    confidence   INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id, start, stop, rule)
) WITHOUT ROWID;

-- Converter 0: the part could not be had again, or its time was up; it stays open, and the next run tries again.
-- name: schema.conversion_gap
CREATE TABLE conversion_gap (
    part_sha256  BLOB NOT NULL,
    converter_id INTEGER NOT NULL,
    run_id       INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    detail       TEXT,
    bytes        INTEGER NOT NULL,
    PRIMARY KEY (part_sha256, converter_id, run_id, n)
) WITHOUT ROWID;

-- === opinion =====================================================================================================

-- name: schema.finding
CREATE TABLE finding (
    content_id  INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,         -- of the part; of a pseudo-part: SHA-256 of @subject, @filename …
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    path        TEXT NOT NULL,         -- least path of that part in the message, or the pseudo-part
    rule        TEXT NOT NULL,         -- of the best match: shown, not identity
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    masked      TEXT NOT NULL,
    confidence  INTEGER NOT NULL,
    matches     INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
) WITHOUT ROWID;

-- What outputs may show of raw strings: every match in them replaced by its mask.
-- name: schema.message_view
CREATE TABLE message_view (
    content_id     INTEGER PRIMARY KEY,
    subject_sealed BLOB                -- context "view"
);

-- name: schema.part_view
CREATE TABLE part_view (
    content_id      INTEGER NOT NULL,
    path            TEXT NOT NULL,
    filename_sealed BLOB,              -- context "view"
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;

-- The shadows that classify fills and the swap puts in the place of the tables above: the same columns.
-- name: schema.finding_new
CREATE TABLE finding_new (
    content_id  INTEGER NOT NULL,
    part_sha256 BLOB NOT NULL,
    type        TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    path        TEXT NOT NULL,
    rule        TEXT NOT NULL,
    start       INTEGER NOT NULL,
    stop        INTEGER NOT NULL,
    masked      TEXT NOT NULL,
    confidence  INTEGER NOT NULL,
    matches     INTEGER NOT NULL,
    PRIMARY KEY (content_id, part_sha256, type, fingerprint)
) WITHOUT ROWID;
-- name: schema.message_view_new
CREATE TABLE message_view_new (
    content_id     INTEGER PRIMARY KEY,
    subject_sealed BLOB
);
-- name: schema.part_view_new
CREATE TABLE part_view_new (
    content_id      INTEGER NOT NULL,
    path            TEXT NOT NULL,
    filename_sealed BLOB,
    PRIMARY KEY (content_id, path)
) WITHOUT ROWID;

-- === acts ========================================================================================================

-- Every act, in order: leaf n of the audit tree.
-- name: schema.act
CREATE TABLE act (
    n      INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL,
    kind   TEXT NOT NULL,              -- custody, …
    at     INTEGER NOT NULL,
    row    TEXT NOT NULL,              -- canonical, versioned
    salt   BLOB,                      -- erased with a personal field
    leaf   BLOB NOT NULL
);

-- name: schema.head
CREATE TABLE head (
    size      INTEGER PRIMARY KEY,
    root      BLOB NOT NULL,
    at        INTEGER NOT NULL,
    suite     TEXT NOT NULL,
    signature BLOB NOT NULL
);

-- Who handed over what, how it was acquired.
-- name: schema.custody
CREATE TABLE custody (
    act_n     INTEGER PRIMARY KEY,
    source_id INTEGER NOT NULL,
    handed_by TEXT NOT NULL,
    acquired  TEXT NOT NULL,
    taken_by  TEXT NOT NULL,
    note      TEXT NOT NULL
);
